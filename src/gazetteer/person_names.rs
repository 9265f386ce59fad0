//! Which words are given names and family names, and which endings family names have.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::folded_names::FoldedNames;
use crate::data;

/// What a word is used for as a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameUse {
    pub given: bool,
    pub family: bool,
    /// It is an ordinary word of English as well: "Mark", "Young".
    pub ordinary: bool,
}

const GIVEN: u32 = 1;
const FAMILY: u32 = 2;
const ORDINARY: u32 = 4;
const MALE: u32 = 8;
const FEMALE: u32 = 16;

static NAMES: LazyLock<FoldedNames> = LazyLock::new(|| {
    let mut names = FoldedNames::with_capacity(96 << 10);
    for [name, sex, flags] in data::GIVEN_NAMES.rows() {
        let sex = match sex {
            "m" => MALE,
            "f" => FEMALE,
            _ => 0,
        };
        names.add(name, GIVEN | sex | if flags.contains('w') { ORDINARY } else { 0 });
    }
    for [name, flags] in data::FAMILY_NAMES.rows() {
        names.add(name, FAMILY | if flags.contains('w') { ORDINARY } else { 0 });
    }
    names
});

/// What a word, folded, is used for as a name.
pub fn name_use(folded: &str) -> NameUse {
    let bits = NAMES.get(folded).fold(0, |all, bits| all | bits);
    NameUse { given: bits & GIVEN != 0, family: bits & FAMILY != 0, ordinary: bits & ORDINARY != 0 }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Female,
    Male,
}

/// Whose a folded given name is, where it is not both a man's and a woman's.
pub fn sex_of(given: &str) -> Option<Sex> {
    match NAMES.get(given).fold(0, |all, bits| all | bits) & (MALE | FEMALE) {
        MALE => Some(Sex::Male),
        FEMALE => Some(Sex::Female),
        _ => None,
    }
}

/// Whether two folded given names are a man's and a woman's, and can't be one person's.
pub fn differ_in_sex(a: &str, b: &str) -> bool {
    let sex = |name: &str| NAMES.get(name).fold(0, |all, bits| all | bits) & (MALE | FEMALE);
    sex(a) | sex(b) == MALE | FEMALE
}

/// An ending of family names.
struct Ending {
    letters: &'static str,
    language: &'static str,
    /// The fewest bytes that must stand before it.
    least: usize,
}

/// The endings by their last two bytes, which most words have in common with none; the longest first.
static ENDINGS: LazyLock<FxHashMap<[u8; 2], Vec<Ending>>> = LazyLock::new(|| {
    let mut endings: FxHashMap<[u8; 2], Vec<Ending>> = FxHashMap::default();
    let read = data::SURNAME_ENDINGS
        .rows()
        .filter_map(|[letters, language, _, least]| Some(Ending { letters, language, least: least.parse().ok()? }));
    for ending in read {
        if let Some(last) = last_two(ending.letters) {
            let alike = endings.entry(last).or_default();
            alike.push(ending);
            alike.sort_by_key(|ending| std::cmp::Reverse(ending.letters.len()));
        }
    }
    endings
});

fn last_two(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk().copied()
}

/// The language, or family of languages, whose family names end as the word, folded, does: "-enko", "-ashvili".
pub fn surname_language(folded: &str) -> Option<&'static str> {
    let fits = |ending: &&Ending| folded.strip_suffix(ending.letters).is_some_and(|before| before.len() >= ending.least);
    ENDINGS.get(&last_two(folded)?)?.iter().find(fits).map(|ending| ending.language)
}

/// Whether a word, folded, ends as family names of some language do.
pub fn surname_ending(folded: &str) -> bool {
    surname_language(folded).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words() {
        assert!(name_use("olga").given && !name_use("olga").ordinary);
        assert!(name_use("mark").family && name_use("mark").ordinary);
        assert!(!name_use("ministry").given);
        assert!(differ_in_sex("olga", "peter") && !differ_in_sex("olga", "marina") && !differ_in_sex("olga", "solvang"));
        assert!(surname_ending("lavrynchuk") || surname_ending("dobrynenko"));
        assert!(!surname_ending("table"));
    }
}
