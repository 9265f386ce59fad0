//! What a table says of single words, for whoever asks it of every word of a text.

use rustc_hash::FxHashMap;

use super::{Sieve, Token, lower_ascii};

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

    /// Whether it may have a word in whatever case, written in ASCII; where not, it hasn't.
    #[inline]
    pub(crate) fn may_have(&self, token: Token) -> bool {
        !token.glance.is_ascii() || self.sieve.lets_through(token.glance)
    }

    /// What a word stands for in whatever case. Only of tables in lower case.
    pub(crate) fn get_in_any_case(&self, word: &str) -> Option<&T> {
        if self.sieve.may_have(word) { lower_ascii(word, &mut [0; 24]).and_then(|word| self.words.get(word)) } else { None }
    }

    /// The same for a token of `text`.
    #[inline]
    pub(crate) fn get_token(&self, token: Token, text: &str) -> Option<&T> {
        let may_have = self.sieve.lets_through(token.glance);
        if may_have { lower_ascii(token.text(text), &mut [0; 24]).and_then(|word| self.words.get(word)) } else { None }
    }
}

impl<T> From<FxHashMap<&'static str, T>> for WordMap<T> {
    fn from(words: FxHashMap<&'static str, T>) -> Self {
        Self { sieve: words.keys().copied().collect(), words }
    }
}
