//! Phrases looked up word by word, whatever their case, accents and hyphens.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::text::{self, Glance, Token, fold_into};

/// A word's key in these tables: the same for all its spellings that differ in case, accents and kinds of marks.
pub fn word_key(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    if word.is_ascii() {
        for byte in word.bytes() {
            hasher.write_u8(byte.to_ascii_lowercase());
        }
    } else {
        let mut folded = String::with_capacity(word.len());
        fold_into(word, &mut folded);
        for byte in folded.bytes() {
            hasher.write_u8(byte);
        }
    }
    hasher.finish()
}

/// What is seen of a word that is folded as its key is.
pub(super) fn folded_glance(word: &str) -> Glance {
    if word.is_ascii() {
        return Glance::of(word);
    }
    let mut folded = String::new();
    fold_into(word, &mut folded);
    Glance::of(&folded)
}

/// A tree of words, with what the phrases that end in it stand for.
#[derive(Debug)]
pub(super) struct PhraseTree<T> {
    /// (node, word) to node; the root is 0.
    steps: FxHashMap<(u32, u64), u32>,
    ends: Vec<Option<T>>,
    /// A bit for each kind of key that a phrase may begin with: most words of a text begin none.
    firsts: [u64; FIRSTS / 64],
    /// All words of phrases, as they are folded.
    words: Vec<Glance>,
}

/// Many times as many as there are words that begin phrases.
const FIRSTS: usize = 1 << 13;

impl<T> Default for PhraseTree<T> {
    fn default() -> Self {
        Self { steps: FxHashMap::default(), ends: vec![None], firsts: [0; FIRSTS / 64], words: Vec::new() }
    }
}

impl<T: Copy> PhraseTree<T> {
    /// Adds a phrase; the first one of its words stands.
    pub(super) fn add(&mut self, phrase: &str, value: T) {
        let mut node = 0;
        for token in text::tokens(phrase).iter().filter(|token| !is_hyphen(phrase, token)) {
            let next = self.ends.len() as u32;
            let key = word_key(token.text(phrase));
            self.words.push(folded_glance(token.text(phrase)));
            if node == 0 {
                let (word, bit) = first_of(key);
                self.firsts[word] |= bit;
            }
            node = *self.steps.entry((node, key)).or_insert(next);
            if node as usize == self.ends.len() {
                self.ends.push(None);
            }
        }
        self.ends[node as usize].get_or_insert(value);
    }

    /// The words of all phrases.
    pub(super) fn words(&self) -> &[Glance] {
        &self.words
    }

    pub(super) fn step(&self, node: u32, key: u64) -> Option<u32> {
        let (word, bit) = first_of(key);
        if node == 0 && self.firsts[word] & bit == 0 {
            return None;
        }
        self.steps.get(&(node, key)).copied()
    }

    pub(super) fn end(&self, node: u32) -> Option<T> {
        self.ends[node as usize]
    }

    /// What all of these words stand for.
    pub(super) fn whole(&self, phrase: &str) -> Option<T> {
        let tokens = text::tokens(phrase);
        let mut words = tokens.iter().filter(|token| !is_hyphen(phrase, token)).map(|token| word_key(token.text(phrase)));
        self.end(words.try_fold(0, |node, key| self.step(node, key))?)
    }

    /// The longest phrase that starts at token `at`, and the index of the token after it; `keys` are the tokens' own.
    pub(super) fn longest_at(&self, block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<(T, usize)> {
        let mut node = self.step(0, *keys.get(at)?)?;
        let mut end = at + 1;
        let mut best = self.end(node).map(|value| (value, end));
        loop {
            let next = after_hyphen(block, tokens, end);
            let Some(step) = keys.get(next).and_then(|&key| self.step(node, key)) else { return best };
            node = step;
            end = next + 1;
            best = self.end(node).map(|value| (value, end)).or(best);
        }
    }
}

/// Where a key's bit stands among the first ones.
const fn first_of(key: u64) -> (usize, u64) {
    let at = key as usize % FIRSTS;
    (at / 64, 1 << (at % 64))
}

fn is_hyphen(block: &str, token: &Token) -> bool {
    token.is_mark(block, &['-', '‑', '‐'])
}

/// The token at `at`, or the one after a hyphen there that joins two words.
pub(super) fn after_hyphen(block: &str, tokens: &[Token], at: usize) -> usize {
    let joins =
        tokens.get(at).is_some_and(|token| !token.spaced && is_hyphen(block, token)) && tokens.get(at + 1).is_some_and(|next| !next.spaced);
    if joins { at + 1 } else { at }
}
