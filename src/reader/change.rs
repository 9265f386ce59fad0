//! Where a text compares: "up from 40", "another 12", "more than last year". What stands there may have changed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::BlockReading;
use crate::text::Span;

const CUES: [&str; 14] = [
    " from ",
    "compared",
    " than ",
    " rose",
    " fell",
    "increase",
    "decrease",
    "previous",
    "earlier",
    " another ",
    " more ",
    " initial",
    " revised",
    " original",
];

/// The sentences of a block that compare.
pub(super) fn comparing(text: &str, reading: &BlockReading) -> Vec<Span> {
    static FINDER: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(CUES).expect("the cues are few"));
    if !FINDER.is_match(text) {
        return Vec::new();
    }
    let sentences = reading.sentences.iter().map(|tokens| reading.tokens_span(*tokens));
    sentences.filter(|sentence| FINDER.is_match(sentence.text(text))).collect()
}
