//! What a table says of single words, for whoever asks it of every word of a text.

use rustc_hash::FxHashMap;

use super::{Sieve, lower_ascii};

/// Words with what they stand for. Looking one up allocates nothing.
#[derive(Debug)]
pub(crate) struct WordMap<T> {
    sieve: Sieve,
    words: FxHashMap<&'static str, T>,
}

impl<T> WordMap<T> {
    /// What a word stands for, written just so.
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        if self.sieve.may_have(word) { self.words.get(word) } else { None }
    }

    /// What a word stands for in whatever case. Only of tables in lower case.
    pub(crate) fn get_in_any_case(&self, word: &str) -> Option<&T> {
        if self.sieve.may_have(word) { lower_ascii(word, &mut [0; 24]).and_then(|word| self.words.get(word)) } else { None }
    }
}

impl<T> From<FxHashMap<&'static str, T>> for WordMap<T> {
    fn from(words: FxHashMap<&'static str, T>) -> Self {
        Self { sieve: words.keys().copied().collect(), words }
    }
}
