//! Whether two spellings are one name romanised in two ways. The letter groups that stand for one sound are
//! `data/translit.tsv`; the same letters in another order are never that.

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::FxHasher;

use super::romanised_words::ROMANISED_WORDS;
use super::{WordClass, surname_language, word_class};
use crate::data;

/// The script that a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    Cyrillic,
    Arabic,
    Chinese,
}

impl Script {
    pub(crate) const ALL: [Self; 3] = [Self::Cyrillic, Self::Arabic, Self::Chinese];
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartOfWord {
    Any,
    Start,
    End,
}

struct Group {
    spellings: Vec<String>,
    /// The letters that they start with.
    starts: Letters,
    /// Whether one of them is no letter at all.
    silent: bool,
    place: PartOfWord,
    /// Whether whole romanisation systems differ in it; else it is sooner a slip.
    of_systems: bool,
}

/// The groups of one script.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
    /// A bit for each group that may start with a letter of ASCII, or with nothing.
    by_letter: Vec<u128>,
    /// A bit for each group that systems differ in.
    of_systems: u128,
    /// The letters that some group makes another letter of, or none; all others are at most doubled.
    loose: Letters,
}

/// Some letters: those of ASCII a bit each, as nearly all are.
#[derive(Default)]
struct Letters {
    ascii: u128,
    others: Vec<char>,
}

impl Letters {
    fn add(&mut self, letter: char) {
        match u8::try_from(letter).ok().filter(u8::is_ascii) {
            Some(letter) => self.ascii |= 1 << letter,
            None if self.others.contains(&letter) => {}
            None => self.others.push(letter),
        }
    }

    fn contains(&self, letter: char) -> bool {
        match u8::try_from(letter).ok().filter(u8::is_ascii) {
            Some(letter) => self.ascii & 1 << letter != 0,
            None => self.others.contains(&letter),
        }
    }
}

static GROUPS: LazyLock<[Groups; 3]> = LazyLock::new(|| {
    let mut scripts: [Groups; 3] = Default::default();
    for [script, spellings, place, of] in data::TRANSLIT.rows() {
        let group = || {
            let script = match script {
                "cyrillic" => Script::Cyrillic,
                "arabic" => Script::Arabic,
                "chinese" => Script::Chinese,
                _ => return None,
            };
            let spellings: Vec<String> = spellings.split('|').map(|spelling| spelling.replace('∅', "").replace(['_', '-'], " ")).collect();
            let place = match place {
                "start" => PartOfWord::Start,
                "end" => PartOfWord::End,
                _ => PartOfWord::Any,
            };
            Some((script, Group::new(spellings, place, of == "systems")))
        };
        if let Some((script, group)) = group() {
            let of_script = &mut scripts[script as usize];
            if !group.doubles() {
                group.spellings.iter().flat_map(|spelling| spelling.chars()).for_each(|letter| of_script.loose.add(letter));
            }
            of_script.all.push(group);
        }
    }
    for Groups { all, by_letter, of_systems, .. } in &mut scripts {
        assert!(all.len() < u128::BITS as usize, "a bit for each group");
        let longest = all.iter().flat_map(|group| &group.spellings).map(String::len).max();
        assert!(longest < Some(u16::BITS as usize), "a bit for each length");
        let starts = |group: &Group, letter: u8| group.silent || group.starts.contains(letter.into());
        let bits = |letter: u8| all.iter().rev().fold(0, |bits, group| bits << 1 | u128::from(starts(group, letter)));
        *by_letter = (0..=u8::MAX / 2).map(bits).collect();
        *of_systems = all.iter().rev().fold(0, |bits, group| bits << 1 | u128::from(group.of_systems));
    }
    scripts
});

impl Group {
    fn new(spellings: Vec<String>, place: PartOfWord, of_systems: bool) -> Self {
        let mut starts = Letters::default();
        spellings.iter().filter_map(|spelling| spelling.chars().next()).for_each(|letter| starts.add(letter));
        let silent = spellings.iter().any(String::is_empty);
        Self { spellings, starts, silent, place, of_systems }
    }

    /// Whether it only writes one letter twice.
    fn doubles(&self) -> bool {
        let mut letters = self.spellings.iter().flat_map(|spelling| spelling.chars());
        let first = letters.next();
        self.spellings.iter().all(|spelling| !spelling.is_empty()) && letters.all(|letter| Some(letter) == first)
    }
}

impl Groups {
    /// A bit for each group one of whose spellings may stand before such a letter, as far as its first byte tells.
    fn starting(&self, first: u8) -> u128 {
        self.by_letter
            .get(first as usize)
            .copied()
            .unwrap_or_else(|| u128::MAX.checked_shl(self.all.len() as u32).map_or(u128::MAX, |beyond| !beyond))
    }
}

/// The letters of a name that all its romanisations have in common, in their order, each of a row once: most names that are
/// not one are told apart by these.
fn fixed_letters(name: &str, script: Script) -> impl Iterator<Item = char> {
    let loose = &GROUPS[script as usize].loose;
    let mut last = None;
    name.chars().filter(|letter| !loose.contains(*letter)).filter(move |&letter| last.replace(letter) != Some(letter))
}

/// What all romanisations of a name have in common: to tell most pairs of many names apart without comparing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skeleton([u64; 3]);

impl Skeleton {
    /// Of a folded name.
    pub fn of(name: &str) -> Self {
        Self(Script::ALL.map(|script| {
            let mut hasher = FxHasher::default();
            fixed_letters(name, script).for_each(|letter| hasher.write_u32(letter.into()));
            hasher.finish()
        }))
    }

    /// Two that share none of these are no [`same_name`]s of any script.
    pub fn keys(self) -> impl Iterator<Item = (Script, u64)> {
        Script::ALL.into_iter().zip(self.0)
    }

    /// Whether the two may be [`same_name`]s of this script.
    pub fn may_be(self, other: Self, script: Script) -> bool {
        self.0[script as usize] == other.0[script as usize]
    }
}

/// The script that a name's words come from, as their endings and particles show; `words` are folded.
pub fn script_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Script> {
    let mut words = words.into_iter().peekable();
    let first = *words.peek()?;
    if word_class(first).is(WordClass::EAST_ASIAN_SURNAME) {
        return Some(Script::Chinese);
    }
    words.find_map(|word| match surname_language(word) {
        Some(language) if ["Slavic", "Ukrainian", "Georgian", "Armenian"].iter().any(|known| language.contains(known)) => {
            Some(Script::Cyrillic)
        }
        Some(language) if ["Arabic", "Pashto", "Persian"].iter().any(|known| language.contains(known)) => Some(Script::Arabic),
        _ if ROMANISED_WORDS.arabic.has(word) => Some(Script::Arabic),
        _ => None,
    })
}

/// The lowest bit that is set from bit `from` on.
const fn lowest_bit(bits: u64, from: usize) -> Option<usize> {
    let left = bits >> from << from;
    if left == 0 { None } else { Some(left.trailing_zeros() as usize) }
}

/// The bits that are set, from the lowest on.
fn bits(mut left: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left.wrapping_sub(1);
        Some(lowest)
    })
}

/// A longer spelling is compared with none.
const MOST_BYTES: usize = 40;

/// A folded name, made ready to be compared with others as a romanisation of one script: where the groups of that script stand in it
/// is looked for once, and not for each of the others.
#[derive(Debug)]
pub struct Romanised<'a> {
    name: &'a str,
    script: Script,
    /// None where the name is too long to be compared.
    sounds: Option<Sounds>,
}

#[derive(Debug)]
struct Sounds {
    /// For each byte of the name and its end a bit for each group one of whose spellings starts there.
    groups: Box<[u128]>,
    /// Where in `lengths` those of a byte start.
    from: Box<[u16]>,
    /// For each such group, in their order, a bit for each length that it may have there.
    lengths: Box<[u16]>,
}

impl<'a> Romanised<'a> {
    pub fn of(name: &'a str, script: Script) -> Self {
        let sounds = (name.len() <= MOST_BYTES).then(|| Sounds::of(name, &GROUPS[script as usize]));
        Self { name, script, sounds }
    }

    /// Whether two spellings of one script romanise one name; also when they are equal.
    pub fn is_one_with(&self, other: &Self) -> bool {
        self.name == other.name || self.has_letters_of(other.name) && self.sounds_like(other, u128::MAX)
    }

    fn has_letters_of(&self, other: &str) -> bool {
        fixed_letters(self.name, self.script).eq(fixed_letters(other, self.script))
    }

    /// Whether the two are one by the groups that have a bit in `of`.
    fn sounds_like(&self, other: &Self, of: u128) -> bool {
        let (Some(of_a), Some(of_b)) = (&self.sounds, &other.sounds) else { return false };
        let (a, b, groups) = (self.name, other.name, &GROUPS[self.script as usize].all);
        // Bit j of reached[i]: the first i bytes of a and j of b can be one sound after another.
        let mut reached = [0u64; MOST_BYTES + 1];
        reached[0] = 1;
        for i in (0..=a.len()).filter(|&i| a.is_char_boundary(i)) {
            let letter = a[i..].chars().next();
            // From the lowest on: what is silent leads from one bit to a higher one of the same row.
            let mut next = 0;
            while let Some(j) = lowest_bit(reached[i], next) {
                next = j + 1;
                if let Some(letter) = letter.filter(|&letter| b[j..].starts_with(letter)) {
                    reached[i + letter.len_utf8()] |= 1 << (j + letter.len_utf8());
                }
                for group in bits(of_a.groups[i] & of_b.groups[j] & of) {
                    // What starts the one whole name starts the other.
                    if groups[group].place == PartOfWord::Start && (i == 0) != (j == 0) {
                        continue;
                    }
                    let (lengths_a, lengths_b) = (of_a.lengths(i, group), of_b.lengths(j, group));
                    for length in bits(lengths_a.into()) {
                        reached[i + length] |= u64::from(lengths_b) << j;
                    }
                }
            }
        }
        reached[a.len()] & 1 << b.len() != 0
    }
}

impl Sounds {
    /// Of a name of no more than [`MOST_BYTES`].
    fn of(name: &str, groups: &Groups) -> Self {
        let (mut starting, mut from) = (vec![0; name.len() + 1], vec![0; name.len() + 1]);
        let mut all_lengths = Vec::with_capacity(8 * name.len());
        for at in (0..=name.len()).filter(|&at| name.is_char_boundary(at)) {
            let rest = &name[at..];
            let is_start = at == 0 || name[..at].ends_with(' ');
            from[at] = all_lengths.len() as u16;
            // Nothing at all is as a letter that no spelling starts with.
            for index in bits(groups.starting(rest.bytes().next().unwrap_or(0))) {
                let group = &groups.all[index];
                if group.place == PartOfWord::Start && !is_start {
                    continue;
                }
                let ends =
                    |spelling: &&String| group.place != PartOfWord::End || matches!(rest.as_bytes().get(spelling.len()), None | Some(b' '));
                let spellings = group.spellings.iter().filter(|spelling| rest.starts_with(spelling.as_str())).filter(ends);
                let lengths = spellings.fold(0_u16, |lengths, spelling| lengths | 1 << spelling.len());
                if lengths != 0 {
                    starting[at] |= 1 << index;
                    all_lengths.push(lengths);
                }
            }
        }
        Self { groups: starting.into(), from: from.into(), lengths: all_lengths.into() }
    }

    /// The lengths of a group that starts at a byte.
    fn lengths(&self, at: usize, group: usize) -> u16 {
        let before = (self.groups[at] & !(u128::MAX << group)).count_ones() as usize;
        self.lengths[self.from[at] as usize + before]
    }
}

/// Whether two folded spellings romanise one name of this script; also when they are equal.
pub fn same_name(a: &str, b: &str, script: Script) -> bool {
    is_one_by(a, b, script, u128::MAX)
}

/// The same where each is what a whole romanisation system makes of the name, and not a slip of what one makes.
pub fn is_whole_romanisation(a: &str, b: &str, script: Script) -> bool {
    is_one_by(a, b, script, GROUPS[script as usize].of_systems)
}

/// Whether two folded spellings are one by the groups that have a bit in `of`.
fn is_one_by(a: &str, b: &str, script: Script, of: u128) -> bool {
    a == b || fixed_letters(a, script).eq(fixed_letters(b, script)) && Romanised::of(a, script).sounds_like(&Romanised::of(b, script), of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn romanisations_are_one_name_and_slips_are_not() {
        let cyrillic = |a, b| same_name(a, b, Script::Cyrillic);
        assert!(cyrillic("dobryansky", "dobryanskyy") && cyrillic("lavrynchuk", "lavrinchuk"));
        assert!(!cyrillic("dobryansky", "dobrynasky") && !cyrillic("lavrynchuk", "lavrynchik"));
        assert!(same_name("al khalidi", "el khalidi", Script::Arabic));
        assert_eq!(script_of(["halyna", "lavrynchuk"]), Some(Script::Cyrillic));
        assert_eq!(script_of(["anja", "kowalczyk"]), None);
    }

    proptest! {
        #[test]
        fn one_name_is_one_name_both_ways(a in "[a-z]{0,10}", b in "[a-z]{0,10}") {
            for script in [Script::Cyrillic, Script::Arabic, Script::Chinese] {
                prop_assert_eq!(same_name(&a, &b, script), same_name(&b, &a, script));
                prop_assert!(same_name(&a, &a, script));
            }
        }
    }
}
