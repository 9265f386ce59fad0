//! Words that take a sentence to earlier days.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/past_words.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// Whether a word, folded, tells that its sentence may be about the past: "then", "during", "anniversary".
pub fn is_past_word(word: &str) -> bool {
    WORDS.contains(word)
}
