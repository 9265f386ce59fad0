//! Which words are given names and family names, and which endings family names have.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::rows;

/// What a word is used for as a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameUse {
    pub given: bool,
    pub family: bool,
    /// It is an ordinary word of English as well: "Mark", "Young".
    pub ordinary: bool,
}

const GIVEN: u8 = 1;
const FAMILY: u8 = 2;
const ORDINARY: u8 = 4;

static NAMES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut names = FxHashMap::with_capacity_and_hasher(96 << 10, rustc_hash::FxBuildHasher);
    for mut row in rows(include_str!("../../data/given_names.txt")) {
        let Some(name) = row.next() else { continue };
        let flags = row.nth(1).unwrap_or_default();
        *names.entry(name).or_default() |= GIVEN | if flags.contains('w') { ORDINARY } else { 0 };
    }
    for mut row in rows(include_str!("../../data/family_names.txt")) {
        let Some(name) = row.next() else { continue };
        let flags = row.next().unwrap_or_default();
        *names.entry(name).or_default() |= FAMILY | if flags.contains('w') { ORDINARY } else { 0 };
    }
    names
});

/// What a word, folded, is used for as a name.
pub fn name_use(folded: &str) -> NameUse {
    let bits = NAMES.get(folded).copied().unwrap_or_default();
    NameUse { given: bits & GIVEN != 0, family: bits & FAMILY != 0, ordinary: bits & ORDINARY != 0 }
}

/// Endings by their last three letters or fewer, with the fewest letters that must stand before them.
static ENDINGS: LazyLock<Vec<(&'static str, usize)>> = LazyLock::new(|| {
    rows(include_str!("../../data/surname_endings.tsv"))
        .filter_map(|mut row| {
            let ending = row.next()?;
            let least = row.nth(2)?.parse().ok()?;
            Some((ending, least))
        })
        .collect()
});

/// Whether a word, folded, ends as family names of some language do: "-enko", "-ashvili".
pub fn surname_ending(folded: &str) -> bool {
    ENDINGS.iter().any(|(ending, least)| folded.len() >= ending.len() + least && folded.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words() {
        assert!(name_use("olga").given && !name_use("olga").ordinary);
        assert!(name_use("mark").family && name_use("mark").ordinary);
        assert!(!name_use("ministry").given);
        assert!(surname_ending("lavrynchuk") || surname_ending("dobrynenko"));
        assert!(!surname_ending("table"));
    }
}
