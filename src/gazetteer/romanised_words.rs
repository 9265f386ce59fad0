//! Words of romanised names, as `data/romanised_words.tsv` has them.

use crate::text::word_classes;

word_classes! {
    pub(super) static ROMANISED_WORDS: RomanisedWords from data::ROMANISED_WORDS;
    arabic,
    prefix,
}

/// What is left of a folded surname without what may be written onto it or apart from it: "sharif" of "alsharif".
pub fn without_prefix(surname: &str) -> Option<&str> {
    ROMANISED_WORDS.prefix.iter().find_map(|prefix| surname.strip_prefix(prefix))
}
