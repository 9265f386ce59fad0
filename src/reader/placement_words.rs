//! The nouns by which a text says what a place is, as `data/placement_words.tsv` has them.

use crate::text::word_classes;

word_classes! {
    pub(super) static PLACEMENT_WORDS: PlacementWords from data::PLACEMENT_WORDS;
    settlement,
    division,
    coast,
}
