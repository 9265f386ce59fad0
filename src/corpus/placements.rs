//! Where the sources put places.

use rustc_hash::FxHashMap;

use super::{Citation, NameQuestion, Source};
use crate::gazetteer::exonyms;
use crate::reader::{MentionKind, Placement, placements};
use crate::text::name_key;

/// One source putting a place somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementAttestation {
    pub placement: Placement,
    /// The words that say where, and of each part those that a draft may take over.
    pub words: String,
    pub region_words: Option<String>,
    pub citation: Citation,
}

/// Placements by the key of the place's name; spellings of one place share the first of them.
#[derive(Clone, Debug, Default)]
pub(super) struct PlacementIndex {
    by_place: FxHashMap<String, Vec<PlacementAttestation>>,
}

impl PlacementIndex {
    pub(super) fn build(sources: &[Source]) -> Self {
        let mut index = Self::default();
        for source in sources {
            for placement in placements(&source.document, &source.reading) {
                let MentionKind::Name(name) = &source.reading.mention(placement.place).kind else { continue };
                let key = place_key(&source.reading.subject(name.subject).name);
                let attestation = PlacementAttestation {
                    words: source.document.words(placement.at).to_owned(),
                    region_words: placement.region.as_ref().map(|region| source.document.words(region.at).to_owned()),
                    citation: Citation::new(source, placement.at),
                    placement,
                };
                index.by_place.entry(key).or_default().push(attestation);
            }
        }
        index.by_place.values_mut().for_each(|found| {
            found.sort_by(|a, b| {
                let (x, y) = (&a.citation, &b.citation);
                y.source.published.cmp(&x.source.published).then_with(|| x.cmp(y))
            });
        });
        index
    }

    /// Where the sources put this place, the latest first.
    pub(super) fn answer(&self, question: &NameQuestion) -> Vec<PlacementAttestation> {
        self.by_place.get(&place_key(&question.name)).cloned().unwrap_or_default()
    }
}

fn place_key(name: &str) -> String {
    let key = name_key(name);
    exonyms(&key).and_then(|mut spellings| spellings.next()).map_or(key, name_key)
}
