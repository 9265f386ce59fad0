//! Finds records by what somebody types of a name. All names stand folded in one text, the best attested first, so that a
//! keystroke costs one scan for a few bytes, fast at a million names, and the first hits are the ones to show.

use std::cmp::Reverse;
use std::sync::Arc;

use memchr::memmem;

use super::Record;
use crate::text::{edit_distance, folded};

#[derive(Clone, Debug, Default)]
pub(super) struct NameFinder {
    /// A line for each spelling, with a blank before each of its words.
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: u32,
    /// The index of the record spelt so.
    record: u32,
    /// Which letters it has.
    letters: u64,
}

impl NameFinder {
    pub(super) fn new(records: &[Arc<Record>]) -> Self {
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by(|&a, &b| (Reverse(records[a].sources), &records[a].name).cmp(&(Reverse(records[b].sources), &records[b].name)));
        let mut finder = Self::default();
        for record in order {
            for spelling in &records[record].spellings {
                let start = finder.text.len();
                for word in words(&spelling.form) {
                    finder.text.push(' ');
                    finder.text.push_str(&word);
                }
                finder.text.push('\n');
                let letters = letters(&finder.text[start..]);
                finder.lines.push(Line { start: start as u32, record: record as u32, letters });
            }
        }
        finder
    }

    /// Indices of the records that fit `typed`, the best attested first: those with a word for the start of each typed one;
    /// then, if these are too few, those with the typed letters in their order from the start of a word on ("vzel"); where there
    /// are none at all, those that a slip in typing parts from these ("zelnesk").
    pub(super) fn find(&self, typed: &str, limit: usize) -> Vec<u32> {
        let typed = words(typed);
        let mut found = Found { records: Vec::new(), limit };
        self.by_words(&typed, &mut found);
        let joined = typed.concat();
        if !found.is_full() && joined.chars().nth(2).is_some() {
            self.by_letters(&joined, &mut found);
        }
        if found.records.is_empty() {
            self.by_slip(&typed, &mut found);
        }
        found.records
    }

    fn by_words(&self, typed: &[String], found: &mut Found) {
        let needles: Vec<String> = typed.iter().map(|word| format!(" {word}")).collect();
        let Some(longest) = needles.iter().max_by_key(|needle| needle.len()) else {
            for line in &self.lines {
                if found.is_full() {
                    return;
                }
                found.add(line.record);
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
                found.add(self.lines[line].record);
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
                found.add(line.record);
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
                found.add(line.record);
            }
        }
    }

    fn words_of(&self, line: usize) -> &str {
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.lines[line].start as usize..end]
    }
}

/// Records in the order of their finding, each once.
struct Found {
    records: Vec<u32>,
    limit: usize,
}

impl Found {
    fn is_full(&self) -> bool {
        self.records.len() >= self.limit
    }

    fn add(&mut self, record: u32) {
        if !self.records.contains(&record) {
            self.records.push(record);
        }
    }
}

/// The words of a name, folded and parted at hyphens.
fn words(name: &str) -> Vec<String> {
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
    use crate::corpus::{NameIndex, Spelling};
    use crate::reader::SubjectKind;

    fn index(names: &[(&str, u32)]) -> NameIndex {
        let record = |&(name, sources): &(&str, u32)| {
            let spelling = Spelling::new(name.to_owned(), sources);
            Arc::new(Record {
                kind: SubjectKind::Person,
                name: name.to_owned(),
                spellings: vec![spelling],
                acronyms: Vec::new(),
                sources,
                given: None,
                surname: None,
                titles: Vec::new(),
                first: None,
                last: None,
                citations: Vec::new(),
                decision: None,
            })
        };
        NameIndex::of(names.iter().map(record))
    }

    fn names(index: &NameIndex, typed: &str) -> Vec<String> {
        index.search(typed, 10).iter().map(|record| record.name.clone()).collect()
    }

    #[test]
    fn words_are_found_by_their_starts_the_best_attested_first() {
        let index = index(&[("Anna Brandvold", 2), ("Oda Brandt-Møller", 9), ("Per Sandbrand", 20)]);
        assert_eq!(names(&index, "brand"), ["Oda Brandt-Møller", "Anna Brandvold", "Per Sandbrand"][..2]);
        assert_eq!(names(&index, "MOLL"), ["Oda Brandt-Møller"]);
        assert_eq!(names(&index, "brandv an"), ["Anna Brandvold"]);
        assert_eq!(names(&index, ""), ["Per Sandbrand", "Oda Brandt-Møller", "Anna Brandvold"]);
        assert!(names(&index, "xy").is_empty());
    }

    #[test]
    fn letters_are_found_in_their_order_from_the_start_of_a_word() {
        let index = index(&[("Anna Brandvold", 2), ("Oda Brandt", 9)]);
        assert_eq!(names(&index, "abrv"), ["Anna Brandvold"]);
        assert_eq!(names(&index, "bdt"), ["Oda Brandt"]);
        assert!(names(&index, "ndt").is_empty(), "the middle of a word");
    }

    #[test]
    fn a_slip_in_typing_finds_what_was_meant_where_nothing_else_is() {
        let index = index(&[("Anna Brandvold", 2), ("Oda Brandt", 9), ("Per Bratt", 1)]);
        assert_eq!(names(&index, "brnadvo"), ["Anna Brandvold"]);
        assert_eq!(names(&index, "anna brendv"), ["Anna Brandvold"]);
        assert_eq!(names(&index, "brandtt"), ["Oda Brandt"]);
        assert!(names(&index, "brxndvx").is_empty(), "two slips");
        assert!(names(&index, "bxt").is_empty(), "too short");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_is_answered(name in "\\PC{0,20}", typed in "\\PC{0,8}", limit in 0_usize..3) {
            let index = index(&[(&name, 1), ("Anna Brandvold", 2)]);
            proptest::prop_assert!(index.search(&typed, limit).len() <= limit);
        }
    }
}
