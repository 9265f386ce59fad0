//! What speaks for a country: its names, its people's adjective, its capital, the seat of its government ("the Kremlin").

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrases::PhraseTree;
use super::title_keys::title_keys;
use crate::data;
use crate::text::{self, Glance, Token};

/// A country as some words mean it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nation {
    /// ISO 3166, two letters.
    pub code: &'static str,
    /// The usual English name.
    pub name: &'static str,
    pub by: NationWord,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NationWord {
    Name,
    /// "Ukrainian"
    Demonym,
    /// Its capital, which may stand for its government or be meant itself.
    Capital,
    /// A seat of its government that stands for it: "the Kremlin".
    Seat,
}

static NATIONS: LazyLock<PhraseTree<Nation>> = LazyLock::new(|| {
    let mut tree = PhraseTree::default();
    let mut capitals = Vec::new();
    let mut names = Vec::new();
    for [name, others, code, capital, demonyms, ..] in data::COUNTRIES.rows() {
        for word in std::iter::once(name).chain(others.split('|')).filter(|word| !word.is_empty()) {
            tree.add(word, Nation { code, name, by: NationWord::Name });
        }
        for word in demonyms.split('|').filter(|word| !word.is_empty()) {
            tree.add(word, Nation { code, name, by: NationWord::Demonym });
        }
        names.push((code, name));
        capitals.extend(capital.split('|').filter(|word| !word.is_empty()).map(|word| (word, code, name)));
    }
    for [seat, code] in data::SEATS.rows() {
        if let Some(&(code, name)) = names.iter().find(|(known, _)| *known == code) {
            tree.add(seat, Nation { code, name, by: NationWord::Seat });
        }
    }
    for (word, code, name) in capitals {
        tree.add(word, Nation { code, name, by: NationWord::Capital });
    }
    tree
});

/// All the words that these are found by.
pub(super) fn words() -> impl Iterator<Item = Glance> {
    NATIONS.words().iter().copied()
}

/// What a country is called, and the word that stands before its offices: "French", "UK", "New Zealand".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryWords {
    pub name: &'static str,
    pub adjective: &'static str,
}

static COUNTRIES: LazyLock<FxHashMap<&'static str, CountryWords>> = LazyLock::new(|| {
    let words = |[name, others, code, _, demonyms, ..]: [&'static str; 7]| {
        let short = others.split('|').find(|word| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase()));
        let mut demonyms = demonyms.split('|');
        let first = demonyms.next().filter(|first| !first.is_empty());
        // "New Zealander" is a person, and no word before an office.
        let noun =
            first.is_some_and(|first| first.ends_with("er") && demonyms.next().is_some_and(|next| next.strip_suffix('s') == Some(first)));
        let adjective = short.or(first.filter(|_| !noun)).unwrap_or(name);
        (code, CountryWords { name, adjective })
    };
    data::COUNTRIES.rows().map(words).collect()
});

/// The words for a country by its ISO 3166 code.
pub fn by_code(code: &str) -> Option<CountryWords> {
    COUNTRIES.get(code).copied()
}

/// A country's code as the table has it.
pub(super) fn country_code(code: &str) -> Option<&'static str> {
    COUNTRIES.get_key_value(code).map(|(code, _)| *code)
}

/// The country that words starting at token `at` mean, and the index of the token after them.
pub fn nation_at(block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<(Nation, usize)> {
    NATIONS.longest_at(block, tokens, keys, at).filter(|_| tokens[at].is_capitalised())
}

/// The country that all of `words` mean, "the" before them set aside.
pub fn nation(words: &str) -> Option<Nation> {
    let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    if !words.starts_with(char::is_uppercase) {
        return None;
    }
    at_start(words).filter(|(_, end)| words[*end..].trim().is_empty()).map(|(nation, _)| nation)
}

/// The country at the start of `words`, and the words behind it: "Ukraine national security council".
pub fn leading(words: &str) -> Option<(Nation, &str)> {
    let words = words.strip_prefix("the ").unwrap_or(words);
    at_start(words).map(|(nation, end)| (nation, &words[end..]))
}

/// A country, and the byte behind the words for it.
type Found = Option<(Nation, usize)>;

/// The country at the start of `words`.
fn at_start(words: &str) -> Found {
    let tokens = text::tokens(words);
    let keys = title_keys(words, &tokens);
    nation_at(words, &tokens, &keys, 0).map(|(nation, end)| (nation, tokens[end - 1].span.end as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_by_any_of_its_words() {
        for words in ["Russia", "Russian", "Moscow", "the Kremlin"] {
            assert_eq!(nation(words).map(|nation| nation.code), Some("RU"), "{words}");
        }
        for words in ["US", "U.S.", "the United States", "American"] {
            assert_eq!(nation(words).map(|nation| nation.code), Some("US"), "{words}");
        }
        assert_eq!(nation("us"), None);
        assert_eq!(nation("Russian Railways"), None);
    }
}
