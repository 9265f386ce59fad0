//! Words that count as one kind, as a table lists them, and how a stage has all of a table's at hand: a field for each class.

use rustc_hash::FxHashSet;

use super::{Sieve, Token, lower_ascii};

/// Words of one class. Looking one up allocates nothing: it is done at every token of a text.
#[derive(Debug)]
pub(crate) struct WordSet {
    sieve: Sieve,
    words: FxHashSet<&'static str>,
}

impl WordSet {
    /// Whether it has a word, written just so.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.sieve.may_have(word) && self.words.contains(word)
    }

    /// Whether it has a word in whatever case. Only of classes that the table has in lower case.
    pub(crate) fn has_in_any_case(&self, word: &str) -> bool {
        self.sieve.may_have(word) && lower_ascii(word, &mut [0; 24]).is_some_and(|word| self.words.contains(word))
    }

    /// The same of a token of `text`.
    #[inline]
    pub(crate) fn has_token(&self, token: Token, text: &str) -> bool {
        self.sieve.lets_through(token.glance) && lower_ascii(token.text(text), &mut [0; 24]).is_some_and(|word| self.words.contains(word))
    }

    /// Its words, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        self.words.iter().copied()
    }
}

impl FromIterator<&'static str> for WordSet {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        let words: FxHashSet<&'static str> = words.into_iter().collect();
        Self { sieve: words.iter().copied().collect(), words }
    }
}

/// The classes of a table whose rows are a class and its words: a struct with a [`WordSet`] for each, read when first asked for, and a test
/// that the table has just these.
macro_rules! word_classes {
    (
        $(#[$doc:meta])*
        $visibility:vis static $name:ident: $Type:ident from data::$table:ident;
        $($(#[$class_doc:meta])* $class:ident,)+
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        $visibility struct $Type {
            $($(#[$class_doc])* $visibility $class: $crate::text::WordSet,)+
        }

        $visibility static $name: std::sync::LazyLock<$Type> =
            std::sync::LazyLock::new(|| $Type { $($class: $crate::data::$table.class(stringify!($class)).collect(),)+ });

        #[cfg(test)]
        mod classes {
            #[test]
            fn the_table_has_just_these_and_each_has_words() {
                let mut asked = vec![$((stringify!($class), super::$name.$class.iter().count()),)+];
                let mut there: Vec<_> = $crate::data::$table.rows().map(|[class, words]| (class, words.split('|').count())).collect();
                asked.sort_unstable();
                there.sort_unstable();
                assert_eq!(asked, there);
                assert!(there.iter().all(|(_, words)| *words > 0));
            }
        }
    };
}

pub(crate) use word_classes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_written_or_in_any_case() {
        let words: WordSet = ["in", "until", "é"].into_iter().collect();
        assert!(words.has("until") && !words.has("Until") && !words.has("since"));
        assert!(words.has_in_any_case("UNTIL") && words.has_in_any_case("In") && !words.has_in_any_case("is"));
        assert!(words.has("é") && !words.has_in_any_case("É"));
        let long = "a".repeat(100);
        assert!(!words.has(&long) && !words.has_in_any_case(&long.to_uppercase()) && !words.has(""));
    }
}
