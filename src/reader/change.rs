//! Where a text compares: "up from 40", "another 12", "more than last year". What stands there may have changed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::BlockReading;
use super::cue_words::{finder, sentences_with};
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
    static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&CUES));
    sentences_with(&FINDER, text, reading)
}
