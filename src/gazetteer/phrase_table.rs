//! Phrases of one or more words looked up in a row of tokens: one hash look-up by the first word, then the longest match.

use rustc_hash::FxHashMap;

use crate::text::{Sieve, Token, lower_ascii};

/// Phrases with what they stand for. Words are compared in lower case (ASCII), or as written.
#[derive(Debug)]
pub struct PhraseTable<T> {
    sieve: Sieve,
    by_first: FxHashMap<&'static str, Vec<Phrase<T>>>,
    as_written: bool,
}

#[derive(Debug)]
struct Phrase<T> {
    rest: Vec<&'static str>,
    value: T,
}

impl<T: Copy> PhraseTable<T> {
    /// The words of a phrase are set apart by blanks, marks being words of their own as in [`crate::text::tokens`].
    pub fn new(phrases: impl Iterator<Item = (&'static str, T)>, as_written: bool) -> Self {
        let mut by_first: FxHashMap<&'static str, Vec<Phrase<T>>> = FxHashMap::default();
        let mut all: Vec<(&'static str, Phrase<T>)> = phrases
            .filter_map(|(phrase, value)| {
                let mut words = phrase.split(' ');
                words.next().map(|first| (first, Phrase { rest: words.collect(), value }))
            })
            .collect();
        all.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.rest.len()));
        for (first, phrase) in all {
            by_first.entry(first).or_default().push(phrase);
        }
        Self { sieve: by_first.keys().copied().collect(), by_first, as_written }
    }

    /// The words that the phrases start with, in no order.
    pub fn first_words(&self) -> impl Iterator<Item = &'static str> + use<'_, T> {
        self.by_first.keys().copied()
    }

    /// The longest phrase that starts with the token at `at`, and how many tokens it takes.
    pub fn starting_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(T, usize)> {
        let first = tokens.get(at).filter(|token| self.sieve.lets_through(token.glance))?;
        let (value, more) = self.starting_with(first.text(text), text, tokens, at + 1)?;
        Some((value, more + 1))
    }

    /// The longest phrase that starts with the word `first`, such as the letters behind the digits of `90bn`, and goes
    /// on with the tokens from `next` on; and how many of those it takes.
    pub fn starting_with(&self, first: &str, text: &str, tokens: &[Token], next: usize) -> Option<(T, usize)> {
        if !self.sieve.may_have(first) {
            return None;
        }
        let mut buffer = [0; 24];
        let list = self.by_first.get(self.key(first, &mut buffer)?)?;
        list.iter().find(|phrase| self.goes_on(phrase, text, tokens, next)).map(|phrase| (phrase.value, phrase.rest.len()))
    }

    fn goes_on(&self, phrase: &Phrase<T>, text: &str, tokens: &[Token], next: usize) -> bool {
        phrase.rest.iter().enumerate().all(|(offset, word)| {
            let mut buffer = [0; 24];
            tokens.get(next + offset).and_then(|token| self.key(token.text(text), &mut buffer)) == Some(word)
        })
    }

    /// The phrase that ends before the token at `end`, and how many tokens it takes; the longest of up to five words.
    pub fn ending_before(&self, text: &str, tokens: &[Token], end: usize) -> Option<(T, usize)> {
        (1..=5.min(end)).rev().find_map(|length| {
            let start = end - length;
            self.starting_at(text, tokens, start).filter(|&(_, taken)| taken == length).map(|(value, _)| (value, length))
        })
    }

    fn key<'a>(&self, word: &'a str, buffer: &'a mut [u8; 24]) -> Option<&'a str> {
        if self.as_written { Some(word) } else { lower_ascii(word, buffer) }
    }
}
