//! How the sources expand abbreviations.

use rustc_hash::FxHashMap;

use super::{Citation, Source};
use crate::reader::{MentionKind, Reading, Subject};
use crate::text::name_key;

/// Asks how an abbreviation is expanded, and how the organisation behind it is abbreviated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcronymQuestion {
    pub acronym: String,
    pub expansion: String,
}

impl AcronymQuestion {
    /// None for what this text gives no abbreviation.
    pub fn about(subject: &Subject) -> Option<Self> {
        subject.acronym.clone().map(|acronym| Self { acronym, expansion: subject.name.clone() })
    }
}

/// One source writing "European Space Agency (ESA)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcronymAttestation {
    /// As written.
    pub acronym: String,
    pub expansion: String,
    pub citation: Citation,
}

#[derive(Clone, Debug, Default)]
pub(super) struct AcronymIndex {
    attestations: Vec<AcronymAttestation>,
    /// By the keys of abbreviations and of expansions.
    by_key: FxHashMap<String, Vec<u32>>,
}

impl AcronymIndex {
    pub(super) fn build(sources: &[Source]) -> Self {
        let mut index = Self::default();
        for source in sources {
            for subject in &source.reading.subjects {
                let Some(question) = AcronymQuestion::about(subject) else { continue };
                let Some(at) = first_mention(&source.reading, subject) else { continue };
                let id = index.attestations.len() as u32;
                for key in [name_key(&question.acronym), name_key(&question.expansion)] {
                    index.by_key.entry(key).or_default().push(id);
                }
                let AcronymQuestion { acronym, expansion } = question;
                index.attestations.push(AcronymAttestation { acronym, expansion, citation: Citation::new(source, at) });
            }
        }
        index
    }

    /// Attestations of the abbreviation or of its expansion, the latest first.
    pub(super) fn answer(&self, question: &AcronymQuestion) -> Vec<AcronymAttestation> {
        let keys = [name_key(&question.acronym), name_key(&question.expansion)];
        let mut ids: Vec<u32> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found: Vec<AcronymAttestation> = ids.into_iter().map(|id| self.attestations[id as usize].clone()).collect();
        found.sort_by(|a, b| {
            let (x, y) = (&a.citation, &b.citation);
            y.source.published.cmp(&x.source.published).then_with(|| x.cmp(y))
        });
        found
    }
}

fn first_mention(reading: &Reading, subject: &Subject) -> Option<crate::document::ProseSpan> {
    let mention = subject.mentions.iter().map(|&id| reading.mention(id)).find(|mention| matches!(mention.kind, MentionKind::Name(_)))?;
    Some(mention.at)
}
