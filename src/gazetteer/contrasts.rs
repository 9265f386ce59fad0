//! Words that part two things told in like words, women from men and the second quarter from the third: `data/contrasts.tsv`,
//! `data/series.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::data;
use crate::text::{Token, WordMap, stable_hash};

/// A member of a set whose members exclude each other. No more is kept of either than a hash, since a corpus has millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    pub set: u32,
    member: u32,
}

impl Mark {
    pub fn new(set: &str, member: &str) -> Self {
        Self { set: stable_hash(&[set]) as u32, member: stable_hash(&[member]) as u32 }
    }
}

/// Whether both have members of one set, and none of them in common.
pub fn exclude(one: &[Mark], other: &[Mark]) -> bool {
    one.iter().any(|mark| {
        let mut of_set = other.iter().filter(|other| other.set == mark.set).peekable();
        of_set.peek().is_some() && !of_set.any(|other| one.contains(other))
    })
}

/// Of which values a word tells that it parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of its sentence that no other member of the set stands nearer to.
    Sentence,
    /// Those that it stands beside.
    Close,
    /// The first where it is part of a name, "Larsund East", and else the second.
    Name,
}

/// How a noun has its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// "The second quarter".
    Ordinal,
    /// "Phase 2" as well.
    Name,
}

/// What a word tells of a value: what it is a member of, and how its own members are numbered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parting {
    pub mark: Option<(Mark, Reach)>,
    pub numbered: Option<Numbered>,
}

#[derive(Debug)]
pub struct Contrasts(WordMap<Parting>);

impl Contrasts {
    pub fn get() -> &'static Self {
        static TABLES: LazyLock<Contrasts> = LazyLock::new(Contrasts::load);
        &TABLES
    }

    /// What a word tells, in whatever case: nothing, as a rule.
    pub fn of(&self, word: &str) -> Parting {
        self.0.get_in_any_case(word).copied().unwrap_or_default()
    }

    /// The same for a token of `text`.
    pub fn of_token(&self, token: Token, text: &str) -> Parting {
        self.0.get_token(token, text).copied().unwrap_or_default()
    }

    fn load() -> Self {
        let mut words: FxHashMap<_, Parting> = FxHashMap::default();
        for [set, member, reach, forms] in data::CONTRASTS.rows() {
            let reach = match reach {
                "sentence" => Reach::Sentence,
                "name" => Reach::Name,
                _ => Reach::Close,
            };
            for word in forms.split(' ') {
                words.entry(word).or_default().mark = Some((Mark::new(set, member), reach));
            }
        }
        for [word, number] in data::SERIES.rows() {
            let numbered = if number == "name" { Numbered::Name } else { Numbered::Ordinal };
            words.entry(word).or_default().numbered = Some(numbered);
        }
        Self(words.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_of_two_sets() {
        let mut words: Vec<&str> = data::CONTRASTS.rows().flat_map(|[.., words]| words.split(' ')).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn only_what_both_sides_say_excludes() {
        let (men, women, rural) = (Mark::new("sex", "male"), Mark::new("sex", "female"), Mark::new("settled", "rural"));
        assert!(exclude(&[men], &[women]) && exclude(&[men, rural], &[women, rural]));
        assert!(!exclude(&[men], &[men, women]) && !exclude(&[men], &[rural]) && !exclude(&[], &[women]));
    }

    proptest::proptest! {
        #[test]
        fn what_excludes_does_so_either_way(one in proptest::collection::vec((0u32..4, 0u32..3), 0..5), other in proptest::collection::vec((0u32..4, 0u32..3), 0..5)) {
            let marks = |all: Vec<(u32, u32)>| all.into_iter().map(|(set, member)| Mark { set, member }).collect::<Vec<_>>();
            let (one, other) = (marks(one), marks(other));
            proptest::prop_assert_eq!(exclude(&one, &other), exclude(&other, &one));
        }
    }
}
