//! Words that tell something of the sentence or the block they stand in, wherever they stand.

use aho_corasick::AhoCorasick;

use crate::text::{Row, Span};

/// Finds words in whatever case.
pub(super) fn finder(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> AhoCorasick {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("the words are few")
}

/// The sentences of a block that have one of the words.
pub(super) fn sentences_with(words: &AhoCorasick, row: Row<'_, '_>, sentences: &[Span]) -> Vec<Span> {
    // Most blocks have none, so that their sentences need not be looked at one by one.
    if !words.is_match(row.text) {
        return Vec::new();
    }
    let sentences = sentences.iter().map(|&tokens| row.covered(tokens));
    sentences.filter(|sentence| words.is_match(sentence.text(row.text))).collect()
}
