//! People, places and organisations: candidates are found block by block, then sorted and linked over the whole text.

mod addresses;
mod beside_names;
mod candidates;
mod capitals;
mod context;
mod cues;
mod evidence;
mod folded_words;
mod forms;
mod joints;
mod kinds;
mod linking;
mod person;
mod runs;
mod spelling;
#[cfg(test)]
mod tests;
mod title_bounds;

use std::sync::Arc;

pub(super) use addresses::addresses;
pub(super) use candidates::{NameCandidate, find, lower_words, name_words};
pub use spelling::Spelling;
pub(super) use spelling::Spellings;

use super::link::LinkedNames;
use super::{BlockReading, MentionId, SubjectId};
use crate::document::{Document, ProseSpan};
use crate::text::name_key;

/// A mention of a person, place or organisation by name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    pub subject: SubjectId,
    /// The parts of a person's name as written here.
    pub person: Option<Arc<PersonName>>,
    /// The title that stands beside this mention.
    pub title: Option<MentionId>,
}

/// The parts of a person's name as one mention writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// Given names and initials.
    pub given: Option<String>,
    /// The family name with its particles; for a single name, that.
    pub surname: Option<String>,
}

impl PersonName {
    /// The parts of a name as written.
    pub fn parse(name: &str) -> Self {
        person::parts(name, false)
    }

    /// Whether one of two given names is or may be the initial of the other; both folded.
    pub fn may_be_initial_of(one: &str, other: &str) -> bool {
        let of = |short: &str, long: &str| short.chars().nth(1).is_none() && !short.is_empty() && long.starts_with(short);
        of(one, other) || of(other, one)
    }

    /// The first given name as [`name_key`] gives it.
    pub fn first_given_key(&self) -> Option<String> {
        let mut key = name_key(self.given.as_deref()?);
        key.truncate(key.find(' ').unwrap_or(key.len()));
        Some(key)
    }
}

/// What speaks for one form of a name in a text being a person, a place or an organisation; the weights are fitted to this.
#[derive(Clone, Debug, PartialEq)]
pub struct NameEvidence {
    pub mentions: Vec<ProseSpan>,
    /// Pieces of evidence by their names in `data/name_evidence.tsv`, each with how far it holds.
    pub pieces: Vec<(&'static str, f32)>,
}

/// The evidence about each form of a name in a text.
pub fn name_evidence(document: &Document) -> Vec<NameEvidence> {
    let blocks: Vec<Arc<BlockReading>> = document.blocks().iter().map(|block| Arc::new(super::read_block(block))).collect();
    let mut forms = forms::Forms::gather(document, &blocks);
    forms.classify();
    forms
        .all
        .iter()
        .enumerate()
        .map(|(index, form)| NameEvidence {
            mentions: forms.mentions.iter().filter(|(_, of)| *of == index).map(|&(at, _)| at).collect(),
            pieces: form.score.pieces().collect(),
        })
        .collect()
}

pub(super) fn link(document: &Document, blocks: &[Arc<BlockReading>]) -> LinkedNames {
    let mut forms = forms::Forms::gather(document, blocks);
    forms.classify();
    linking::link(&forms, document)
}
