//! Finds names by what somebody types of one. All stand folded in one text, the best attested first, so that a keystroke costs one scan
//! for a few bytes, fast at a million names, and the first hits are the ones to show.

use memchr::memmem;
use rustc_hash::FxHashSet;

use crate::text::{edit_distance, folded};

/// How a name fits what somebody types, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It has a word for the start of each typed one.
    Words,
    /// It has the typed letters in their order from the start of a word on: "vzel".
    Letters,
    /// A slip in typing parts the two: "zelnesk".
    Slip,
}

#[derive(Clone, Debug, Default)]
pub struct NameFinder {
    /// A line for each spelling, with a blank before each of its words.
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: u32,
    number: u32,
    /// Which letters it has.
    letters: u64,
}

impl NameFinder {
    /// Of names in the order in which they are to be found, each with the number of what it is a name of.
    pub fn new<'a>(names: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut finder = Self::default();
        for (name, number) in names {
            let start = finder.text.len();
            for word in folded_words(name) {
                finder.text.push(' ');
                finder.text.push_str(&word);
            }
            finder.text.push('\n');
            let letters = letters(&finder.text[start..]);
            finder.lines.push(Line { start: start as u32, number, letters });
        }
        finder
    }

    /// The numbers of those that fit `typed`, each once: by their words; then, if these are too few, by their letters; where there are
    /// none at all, those that a slip parts from it.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<(Fit, u32)> {
        let typed = folded_words(typed);
        let mut found = Found { fit: Fit::Words, numbers: Vec::new(), known: FxHashSet::default(), limit };
        self.by_words(&typed, &mut found);
        let joined = typed.concat();
        if !found.is_full() && joined.chars().nth(2).is_some() {
            found.fit = Fit::Letters;
            self.by_letters(&joined, &mut found);
        }
        if found.numbers.is_empty() {
            found.fit = Fit::Slip;
            self.by_slip(&typed, &mut found);
        }
        found.numbers
    }

    fn by_words(&self, typed: &[String], found: &mut Found) {
        let needles: Vec<String> = typed.iter().map(|word| format!(" {word}")).collect();
        let Some(longest) = needles.iter().max_by_key(|needle| needle.len()) else {
            for line in &self.lines {
                if found.is_full() {
                    return;
                }
                found.add(line.number);
            }
            return;
        };
        let finder = memmem::Finder::new(longest);
        let mut from = 0;
        while !found.is_full()
            && let Some(at) = finder.find(&self.text.as_bytes()[from..])
        {
            let line = self.lines.partition_point(|line| line.start as usize <= from + at) - 1;
            let words = self.words_of(line);
            if needles.iter().all(|needle| words.contains(needle.as_str())) {
                found.add(self.lines[line].number);
            }
            from = self.lines[line].start as usize + words.len();
        }
    }

    fn by_letters(&self, typed: &str, found: &mut Found) {
        let (wanted, first) = (letters(typed), typed.chars().next());
        for (index, line) in self.lines.iter().enumerate() {
            if found.is_full() {
                return;
            }
            if line.letters & wanted != wanted {
                continue;
            }
            let words = self.words_of(index);
            let starts = words.match_indices(' ').map(|(at, _)| &words[at + 1..]);
            if starts.filter(|rest| rest.chars().next() == first).any(|rest| has_in_order(rest, typed)) {
                found.add(line.number);
            }
        }
    }

    fn by_slip(&self, typed: &[String], found: &mut Found) {
        if !typed.iter().any(|word| word.len() >= LEAST_WITH_A_SLIP) {
            return;
        }
        let wanted = typed.iter().fold(0, |bits, word| bits | letters(word));
        for (index, line) in self.lines.iter().enumerate() {
            if found.is_full() {
                return;
            }
            // A slip brings in one other letter at most for each word.
            if (wanted & !line.letters).count_ones() as usize > typed.len() {
                continue;
            }
            let words = self.words_of(index);
            if typed.iter().all(|typed| words.split([' ', '\n']).any(|word| word.starts_with(typed.as_str()) || starts_nearly(word, typed)))
            {
                found.add(line.number);
            }
        }
    }

    fn words_of(&self, line: usize) -> &str {
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.lines[line].start as usize..end]
    }
}

/// Numbers in the order of their finding, each once.
struct Found {
    /// How those fit that are being looked for.
    fit: Fit,
    numbers: Vec<(Fit, u32)>,
    known: FxHashSet<u32>,
    limit: usize,
}

impl Found {
    fn is_full(&self) -> bool {
        self.numbers.len() >= self.limit
    }

    fn add(&mut self, number: u32) {
        if self.known.insert(number) {
            self.numbers.push((self.fit, number));
        }
    }
}

/// The words of a name, folded and parted at hyphens: by these it is found.
pub fn folded_words(name: &str) -> Vec<String> {
    folded(name).split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A bit for each letter; letters beyond the Latin ones share theirs.
fn letters(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// Shorter words are a slip away from too many others.
const LEAST_WITH_A_SLIP: usize = 4;

/// Whether one slip parts what was typed from the start of a word; in the first letter there is hardly ever one.
fn starts_nearly(word: &str, typed: &str) -> bool {
    let same_first = word.chars().next() == typed.chars().next();
    let typed_letters = typed.chars().count();
    let start = |letters: usize| word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end]);
    let near = |letters: usize| edit_distance(start(letters), typed, 1).is_some();
    same_first && typed.len() >= LEAST_WITH_A_SLIP && (typed_letters - 1..=typed_letters + 1).any(near)
}

fn has_in_order(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names found of some, which stand in the order of how well attested they are.
    fn names<'a>(all: &[&'a str], typed: &str) -> Vec<&'a str> {
        let finder = NameFinder::new(all.iter().copied().zip(0..));
        finder.find(typed, 10).iter().map(|&(_, number)| all[number as usize]).collect()
    }

    #[test]
    fn words_are_found_by_their_starts_the_best_attested_first() {
        let all = ["Per Sandbrand", "Oda Brandt-Møller", "Anna Brandvold"];
        assert_eq!(names(&all, "brand"), ["Oda Brandt-Møller", "Anna Brandvold"]);
        assert_eq!(names(&all, "MOLL"), ["Oda Brandt-Møller"]);
        assert_eq!(names(&all, "brandv an"), ["Anna Brandvold"]);
        assert_eq!(names(&all, ""), all);
        assert!(names(&all, "xy").is_empty());
    }

    #[test]
    fn letters_are_found_in_their_order_from_the_start_of_a_word() {
        let all = ["Oda Brandt", "Anna Brandvold"];
        assert_eq!(names(&all, "abrv"), ["Anna Brandvold"]);
        assert_eq!(names(&all, "bdt"), ["Oda Brandt"]);
        assert!(names(&all, "ndt").is_empty(), "the middle of a word");
    }

    #[test]
    fn a_slip_in_typing_finds_what_was_meant_where_nothing_else_is() {
        let all = ["Oda Brandt", "Anna Brandvold", "Per Bratt"];
        assert_eq!(names(&all, "brnadvo"), ["Anna Brandvold"]);
        assert_eq!(names(&all, "anna brendv"), ["Anna Brandvold"]);
        assert_eq!(names(&all, "brandtt"), ["Oda Brandt"]);
        assert!(names(&all, "brxndvx").is_empty(), "two slips");
        assert!(names(&all, "bxt").is_empty(), "too short");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_is_answered(name in "\\PC{0,20}", typed in "\\PC{0,8}", limit in 0_usize..3) {
            let finder = NameFinder::new([(&*name, 0), ("Anna Brandvold", 1)].into_iter());
            proptest::prop_assert!(finder.find(&typed, limit).len() <= limit);
        }
    }
}
