//! British and American spellings of words that titles are made of.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::text::lower_ascii;

/// Which English a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum English {
    British,
    American,
}

/// The English that a word in small letters is of, and the word in the other one.
static WORDS: LazyLock<FxHashMap<&'static str, (English, &'static str)>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for [british, american] in data::BRITISH_AMERICAN.rows() {
        words.entry(british).or_insert((English::British, american));
        words.entry(american).or_insert((English::American, british));
    }
    words
});

fn known(word: &str) -> Option<(English, &'static str)> {
    let mut buffer = [0; 24];
    lower_ascii(word, &mut buffer).and_then(|word| WORDS.get(word)).copied()
}

impl English {
    /// Which English a word is of, if its spelling tells.
    pub fn of_word(word: &str) -> Option<Self> {
        known(word).map(|(english, _)| english)
    }

    /// A word as this English spells it, where the other one spells it otherwise; a capital stays.
    pub fn spelling(self, word: &str) -> Option<String> {
        let (_, spelt) = known(word).filter(|(english, _)| *english != self)?;
        let capital = word.starts_with(char::is_uppercase);
        Some(if capital { format!("{}{}", spelt[..1].to_uppercase(), &spelt[1..]) } else { spelt.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_either_english() {
        assert_eq!(English::of_word("Defence"), Some(English::British));
        assert_eq!(English::of_word("minister"), None);
        assert_eq!(English::American.spelling("Defence").as_deref(), Some("Defense"));
        assert_eq!(English::British.spelling("defence"), None);
    }
}
