//! Words that take a sentence to earlier days.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::data;

static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| data::PAST_WORDS.words().collect());

/// Whether a word, folded, tells that its sentence may be about the past: "then", "during", "anniversary".
pub fn is_past_word(word: &str) -> bool {
    WORDS.contains(word)
}
