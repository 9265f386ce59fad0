//! Finds records among a few that are all there: those of a stylebook.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::asked::Asked;
use crate::corpus::store::{Key, NameFinder, name_keys_of};
use crate::corpus::{NameAnswer, NameQuestion, Record};
use crate::reader::SubjectKind;

/// Records by their names.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    records: Vec<Arc<Record>>,
    by_key: FxHashMap<Key, Vec<u32>>,
    /// How many spellings some keys lead to.
    spellings: FxHashMap<Key, u32>,
    /// Made for the first who types.
    finder: OnceLock<NameFinder>,
}

impl FromIterator<Arc<Record>> for NameIndex {
    fn from_iter<I: IntoIterator<Item = Arc<Record>>>(records: I) -> Self {
        let mut index = Self::default();
        for record in records {
            index.add(record);
        }
        index
    }
}

impl NameIndex {
    fn add(&mut self, record: Arc<Record>) {
        let number = self.records.len() as u32;
        let person = record.kind == SubjectKind::Person;
        let spellings = record.spellings.iter().map(|spelling| (&spelling.form, false));
        for (form, acronym) in spellings.chain(record.acronyms.iter().map(|acronym| (acronym, true))) {
            for key in name_keys_of(form, person, acronym) {
                *self.spellings.entry(key).or_default() += 1;
                let numbers = self.by_key.entry(key).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        self.records.push(record);
    }

    /// What is known of a name.
    pub fn answer(&self, question: &NameQuestion) -> NameAnswer {
        let Some(asked) = Asked::of(question) else { return NameAnswer::default() };
        let mut numbers: Vec<u32> = asked.keys().filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let records: Vec<Arc<Record>> = numbers.into_iter().map(|number| self.records[number as usize].clone()).collect();
        asked.answer(&records, asked.word_keys().map(|key| self.spellings.get(&key).copied().unwrap_or_default()).collect())
    }

    /// How the one who is known by this full name is to be written.
    pub fn preferred_name(&self, kind: SubjectKind, name: &str) -> Option<String> {
        let question = NameQuestion { kind, name: name.to_owned() };
        super::preferred_name(&self.answer(&question).known, &question)
    }

    /// Records that fit what somebody types of a name, the best attested first; see [`NameFinder::find`].
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Arc<Record>> {
        let finder = self.finder.get_or_init(|| {
            let mut records: Vec<(&Arc<Record>, u32)> = self.records.iter().zip(0..).collect();
            records.sort_by(|(a, _), (b, _)| (Reverse(a.sources), &a.name).cmp(&(Reverse(b.sources), &b.name)));
            NameFinder::new(records.iter().flat_map(|(record, number)| record.spellings.iter().map(|spelling| (&*spelling.form, *number))))
        });
        finder.find(typed, limit).into_iter().map(|(_, number)| self.records[number as usize].clone()).collect()
    }
}
