//! Words as figures are told apart by: what counts as the same word, what excludes what, and what tells nothing.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data;
use crate::text::{Token, WordMap, WordSet, folded, lower_ascii, stable_hash};

/// A word as terms are compared: of its class or stem no more is kept than a hash, since a corpus has millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermKey(u64);

/// As a number for people; else as bytes, since a hash written as a number of any length is longer.
impl Serialize for TermKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { self.0.serialize(serializer) } else { self.0.to_le_bytes().serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for TermKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return u64::deserialize(deserializer).map(Self);
        }
        <[u8; 8]>::deserialize(deserializer).map(|bytes| Self(u64::from_le_bytes(bytes)))
    }
}

impl TermKey {
    fn of(stem: &str) -> Self {
        Self(stable_hash(&[stem]))
    }

    /// As it may be stored.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The one of this number.
    pub const fn numbered(number: u64) -> Self {
        Self(number)
    }

    /// One of so many drawers, a power of two, into which keys fall evenly.
    pub const fn drawer(self, of: u64) -> u64 {
        self.0 & of.wrapping_sub(1)
    }
}

#[derive(Debug)]
pub struct TermTables {
    function_words: WordSet,
    /// Class of a word, whichever its kind.
    classes: WordMap<&'static str>,
    fates: FxHashMap<&'static str, &'static str>,
    counted: FxHashMap<&'static str, &'static str>,
    plurals: FxHashSet<&'static str>,
    /// Classes of stems before and behind a number.
    cues_before: FxHashMap<TermKey, &'static str>,
    cues_behind: FxHashMap<TermKey, &'static str>,
    /// Of a hundred sentences of news with figures, those in which a stem stands.
    in_a_hundred: FxHashMap<TermKey, f64>,
}

impl TermTables {
    pub fn get() -> &'static Self {
        static TABLES: LazyLock<TermTables> = LazyLock::new(TermTables::load);
        &TABLES
    }

    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_words.has_in_any_case(word)
    }

    /// The same for a token of `text`.
    pub fn is_function_token(&self, token: Token, text: &str) -> bool {
        self.function_words.has_token(token, text)
    }

    /// What became of people: `kill` for "killed", "dead", "deaths".
    pub fn fate(&self, word: &str) -> Option<&'static str> {
        let mut buffer = [0; 24];
        lower_ascii(word, &mut buffer).and_then(|word| self.fates.get(word)).copied()
    }

    /// A fate as [`Self::fate`] gives it.
    pub fn known_fate(&self, fate: &str) -> Option<&'static str> {
        self.fates.values().find(|known| **known == fate).copied()
    }

    /// The noun that a word stands for behind a number: `people` for "dead".
    pub fn counted(&self, word: &str) -> Option<&'static str> {
        let mut buffer = [0; 24];
        lower_ascii(word, &mut buffer).and_then(|word| self.counted.get(word)).copied()
    }

    /// Whether a word looks like the plural of a noun.
    pub fn is_plural(&self, word: &str) -> bool {
        let mut buffer = [0; 24];
        let Some(word) = lower_ascii(word, &mut buffer) else { return word.ends_with('s') };
        self.plurals.contains(word)
            || self.counted.contains_key(word)
            || word.len() > 3
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !word.ends_with("us")
                && !word.ends_with("is")
                && !word.ends_with("'s")
    }

    /// What a word just before a number says of how it belongs to others.
    pub fn cue_before(&self, word: TermKey) -> Option<&'static str> {
        self.cues_before.get(&word).copied()
    }

    /// As [`Self::cue_before`], for a word just behind.
    pub fn cue_behind(&self, word: TermKey) -> Option<&'static str> {
        self.cues_behind.get(&word).copied()
    }

    /// In what part of all sentences of news with figures a word stands: from nought to one.
    pub fn commonness(&self, word: TermKey) -> f64 {
        self.in_a_hundred.get(&word).map_or(0.0, |percent| percent / 100.0)
    }

    /// The words that most sentences of news with figures have, in a fixed order.
    pub fn common(&self) -> Vec<TermKey> {
        let mut common: Vec<TermKey> = self.in_a_hundred.keys().copied().collect();
        common.sort_unstable();
        common
    }

    /// The word as terms are compared: its class, or else its stem, folded.
    pub fn stem(&self, word: &str) -> Box<str> {
        self.stem_of(&folded(word)).into()
    }

    /// The same for what is only compared.
    pub fn key(&self, word: &str) -> TermKey {
        if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) { self.key_of(word) } else { self.key_of(&folded(word)) }
    }

    /// The same of a word that is folded already.
    pub fn key_of(&self, folded: &str) -> TermKey {
        TermKey::of(self.stem_of(folded))
    }

    fn stem_of<'w>(&self, folded: &'w str) -> &'w str {
        self.classes.get(folded).copied().unwrap_or_else(|| stem(folded))
    }

    fn load() -> Self {
        let (mut classes, mut fates, mut counted) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        let mut plurals = FxHashSet::default();
        for [class, kind, words] in data::FIGURE_TERMS.rows() {
            for word in words.split(' ') {
                if kind != "counted" {
                    classes.insert(word, class);
                }
                match kind {
                    "fate" => drop(fates.insert(word, class)),
                    "counted" | "head" => drop(counted.insert(word, class)),
                    "plural" => drop(plurals.insert(word)),
                    _ => {}
                }
            }
        }
        let mut tables = Self {
            function_words: data::FUNCTION_WORDS.words().flat_map(str::split_whitespace).collect(),
            classes: classes.into(),
            fates,
            counted,
            plurals,
            cues_before: FxHashMap::default(),
            cues_behind: FxHashMap::default(),
            in_a_hundred: FxHashMap::default(),
        };
        for [class, place, words] in data::FIGURE_CUES.rows() {
            for word in words.split(' ') {
                let key = tables.key(word);
                let cues = if place == "before" { &mut tables.cues_before } else { &mut tables.cues_behind };
                cues.insert(key, class);
            }
        }
        for [stem, percent] in data::COMMON_TERMS.rows() {
            if let Ok(percent) = percent.parse() {
                tables.in_a_hundred.insert(TermKey::of(stem), percent);
            }
        }
        tables
    }
}

/// What forms of words end in, and the fewest letters that may stand before it.
const SUFFIXES: [(&str, usize); 9] =
    [("ies", 3), ("ied", 3), ("sses", 3), ("ings", 4), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3), ("ly", 4)];

/// A crude stem: what matters is only that the forms of one word mostly share theirs.
fn stem(word: &str) -> &str {
    let mut word = word.strip_suffix("'s").unwrap_or(word);
    let ends_so = matches!(word.as_bytes().last(), Some(b's' | b'd' | b'g' | b'y'));
    let suffixes: &[(&str, usize)] = if ends_so { &SUFFIXES } else { &[] };
    for &(suffix, least) in suffixes {
        if word.len() >= suffix.len() + least && word.ends_with(suffix) {
            if suffix == "s" && (word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) {
                continue;
            }
            word = &word[..word.len() - suffix.len()];
            break;
        }
    }
    let bytes = word.as_bytes();
    if let &[.., a, b] = bytes {
        if a == b && a.is_ascii_alphabetic() && word.len() > 4 {
            return &word[..word.len() - 1];
        }
        if (b == b'e' || b == b'y' || b == b'i') && word.len() > 3 {
            return &word[..word.len() - 1];
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let tables = TermTables::get();
        for (a, b) in [
            ("visitor", "visitors"),
            ("stopped", "stopping"),
            ("city", "cities"),
            ("killed", "deaths"),
            ("prices", "price"),
            ("festival", "Festival's"),
        ] {
            assert_eq!(tables.stem(a), tables.stem(b), "{a} {b}");
            assert_eq!(tables.key(a), tables.key(b), "{a} {b}");
        }
        assert_ne!(tables.stem("killed"), tables.stem("injured"));
        assert_ne!(tables.key("killed"), tables.key("injured"));
    }
}
