//! What kind of word stands in a name or beside it: titles and honorifics, heads of organisations and places, particles,
//! verbs of speech, months. The table is `data/name_cues.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::text::{Token, WordMap};

/// The classes of one word; a word may be in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordClass(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $constant:ident $name:literal = $bit:literal),+ $(,)?) => {
        impl WordClass {
            $($(#[$doc])* pub const $constant: Self = Self(1 << $bit);)+

            fn of_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$constant),)+
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Starts a sentence or a clause, and is no part of the name behind it.
    LEAD "lead" = 0,
    /// A given name as well as a word that starts a sentence: "Per", "Will".
    LEAD_OR_GIVEN "lead_or_given" = 18,
    /// The noun of an organisation's name: "ministry".
    HEAD "head" = 1,
    /// A title or a form of address.
    HONORIFIC "honorific" = 2,
    /// The noun that ends a place's name: "province".
    PLACE_HEAD "place_head" = 3,
    /// The word that starts a place's name: "Lake".
    PLACE_FIRST "place_first" = 4,
    /// A small word in or before a surname: "bin".
    PARTICLE "particle" = 5,
    /// Ends a person's name: "Jr".
    SUFFIX "suffix" = 6,
    /// What somebody does with words: "said".
    SPEECH "speech" = 7,
    /// What somebody does: "resigned".
    ACT "act" = 8,
    /// A preposition that a place follows more often than a person.
    BEFORE_PLACE "before_place" = 9,
    /// Days, months, feasts.
    CALENDAR "calendar" = 10,
    /// Written with a capital, and neither a person nor a place nor an organisation.
    OTHER "other" = 11,
    /// A family name that leads the name in China, Korea or Vietnam.
    EAST_ASIAN_SURNAME "east_asian_surname" = 12,
    /// Spelt differently in British and American English.
    TWO_SPELLINGS "two_spellings" = 13,
    /// Says that somebody is another's relative.
    KINSHIP "kinship" = 14,
    /// Leads the name of a ship: "HMS".
    SHIP_PREFIX "ship_prefix" = 15,
    /// What a ship's name may follow: "the tanker", "aboard".
    SHIP "ship" = 16,
    /// Leads the name of a ship, and may as well be somebody's initials: "MS".
    SHIP_INITIALS "ship_initials" = 17,
    /// Ends the name of a person whose forebear has the same: "Jr".
    GENERATION "generation" = 19,
}

impl WordClass {
    pub const NONE: Self = Self(0);

    pub const fn is(self, class: Self) -> bool {
        self.0 & class.0 != 0
    }

    #[must_use]
    pub const fn with(self, class: Self) -> Self {
        Self(self.0 | class.0)
    }
}

static CUES: LazyLock<WordMap<WordClass>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, WordClass> = FxHashMap::default();
    for [class, list] in data::NAME_CUES.rows() {
        let Some(class) = WordClass::of_name(class) else { continue };
        for word in list.split('|') {
            let entry = words.entry(word).or_default();
            *entry = entry.with(class);
        }
    }
    words.into()
});

/// Whether a word, in whatever case, may be of any class; where not, it is of none.
pub fn may_have_class(word: Token) -> bool {
    CUES.may_have(word)
}

/// The classes of a token of `text`, in whatever case.
pub fn token_class(token: Token, text: &str) -> WordClass {
    CUES.get_token(token, text).copied().unwrap_or_default()
}

/// The classes of a word in lower case.
pub fn word_class(word: &str) -> WordClass {
    CUES.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_table_is_known_and_used() {
        for [class, list] in data::NAME_CUES.rows() {
            assert!(WordClass::of_name(class).is_some(), "{class} is no class");
            for word in list.split('|') {
                assert!(!word.is_empty() && word == word.to_lowercase(), "{class}: `{word}`");
            }
        }
        assert!(word_class("ministry").is(WordClass::HEAD));
        assert!(word_class("van").is(WordClass::PARTICLE) && !word_class("van").is(WordClass::SPEECH));
    }
}
