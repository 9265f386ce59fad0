//! Where a text compares: "up from 40", "another 12", "more than last year". What stands there may have changed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::cue_words::{finder, sentences_with};
use crate::data;
use crate::text::{Row, Span};

/// The sentences of a block that compare.
pub(super) fn comparing(row: Row<'_, '_>, sentences: &[Span]) -> Vec<Span> {
    static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| finder(data::COMPARING_WORDS.words().map(|words| words.replace('_', " "))));
    sentences_with(&FINDER, row, sentences)
}
