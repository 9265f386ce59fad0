//! The words that tell where sentences end, as `data/sentence_words.tsv` has them.

use super::word_classes;

word_classes! {
    pub(super) static SENTENCE_WORDS: SentenceWords from data::SENTENCE_WORDS;
    abbreviation,
    opening,
}
