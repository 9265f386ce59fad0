//! A name that is asked about, and which of some records answer to it: whoever bears it, whoever bears one like it, and namesakes.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::corpus::names::{Parts, likenesses};
use crate::corpus::store::{Form, Key};
use crate::corpus::{NameAnswer, NameQuestion, NearRecord, Record};
use crate::gazetteer::{exonyms, same_name, script_of};
use crate::reader::{PersonName, SubjectKind};
use crate::text::{MOST_SLIPS, edit_distance, name_key};

/// How far a name as a whole may be from the one asked for, in edits.
const FARTHEST: u32 = 3;
/// How many records of a kind an answer holds.
const MOST: usize = 8;
/// A longer name is none, in bytes.
const LONGEST: usize = 200;
/// Shorter words are like too many others, in letters.
const LEAST_LIKE: usize = 4;

/// The name asked about, in the forms it is compared by.
#[derive(Debug)]
pub(super) struct Asked {
    kind: SubjectKind,
    key: String,
    /// Empty for a surname alone, and for what is no person.
    given: String,
    surname: String,
    /// The keys of what the gazetteer takes for the same place.
    exonyms: Vec<String>,
    /// As [`likenesses`], of all its words that are long enough.
    likenesses: Vec<u64>,
}

impl Asked {
    /// None for what is no name.
    pub(super) fn of(question: &NameQuestion) -> Option<Self> {
        let key = name_key(&question.name);
        if key.is_empty() || key.len() > LONGEST {
            return None;
        }
        let parts = PersonName::parse(&question.name);
        let (given, surname) = match (question.kind, parts.given, parts.surname) {
            (SubjectKind::Person, given, Some(surname)) => (given.map(|given| name_key(&given)).unwrap_or_default(), name_key(&surname)),
            _ => (String::new(), key.clone()),
        };
        let exonyms = exonyms(&key).into_iter().flatten().map(name_key).collect();
        let mut likenesses: Vec<u64> = key.split(' ').filter(|word| word.chars().count() >= LEAST_LIKE).flat_map(likenesses).collect();
        likenesses.sort_unstable();
        likenesses.dedup();
        Some(Self { kind: question.kind, key, given, surname, exonyms, likenesses })
    }

    /// What leads to names that may have to do with it.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        let names = std::iter::once(&self.key).chain(&self.exonyms).map(|name| Key::name(name));
        let longer = self.is_of_several_words().then(|| self.key.split(' ').max_by_key(|word| word.len()).map(Key::word)).flatten();
        names.chain([Key::surname(&self.surname)]).chain(longer).chain(self.likenesses.iter().copied().map(Key::like))
    }

    /// What leads to names with the same words, one for each word.
    pub(super) fn word_keys(&self) -> impl Iterator<Item = Key> {
        self.key.split(' ').map(Key::word)
    }

    /// Whether a record that is written so has to do with it.
    pub(super) fn wants(&self, form: &Form) -> bool {
        let parts = form.compared();
        let bears = self.is_name(&parts.key) || form.person && parts.surname.as_ref() == Some(&self.surname);
        bears || !form.acronym && (!form.person && self.goes_on(&parts.key) || self.distance(form.person, parts).is_some())
    }

    /// The answer from records among which are all that [`Self::wants`] takes, in a fixed order; `word_sources` as in [`NameAnswer`].
    pub(super) fn answer(&self, records: &[Arc<Record>], word_sources: Vec<u32>) -> NameAnswer {
        let (mut known, mut others): (Vec<&Arc<Record>>, Vec<&Arc<Record>>) = records.iter().partition(|record| self.is_known(record));
        if known.is_empty() {
            (known, others) = records.iter().partition(|record| self.is_start_of(record));
        }
        let namesakes =
            others.iter().copied().filter(|record| !self.given.is_empty() && record.given.is_some() && self.is_surname_of(record));
        let mut near: Vec<NearRecord> = others.iter().filter_map(|record| self.near(record)).collect();
        near.sort_by(|a, b| {
            let key = |near: &NearRecord| (near.distance, Reverse(near.record.sources));
            key(a).cmp(&key(b)).then_with(|| a.record.name.cmp(&b.record.name))
        });
        near.truncate(MOST);
        NameAnswer {
            known: best_attested(known),
            near,
            namesakes: best_attested(namesakes.collect()),
            word_sources,
            ..NameAnswer::default()
        }
    }

    /// Whether it is a body's name of several words.
    fn is_of_several_words(&self) -> bool {
        self.kind == SubjectKind::Organisation && self.key.contains(' ')
    }

    /// Whether a name goes on where this one ends: "of the Armed Forces".
    fn goes_on(&self, key: &str) -> bool {
        self.is_of_several_words() && key.strip_prefix(&*self.key).is_some_and(|rest| rest.starts_with(" of "))
    }

    /// Whether the record is of a body whose name goes on where this one ends.
    fn is_start_of(&self, record: &Record) -> bool {
        record.kind == SubjectKind::Organisation && record.spellings.iter().any(|spelling| self.goes_on(spelling.key()))
    }

    fn is_name(&self, key: &str) -> bool {
        key == self.key || self.exonyms.iter().any(|exonym| exonym == key)
    }

    /// Whether the record bears this very name, or one that it is a shorter form of.
    fn is_known(&self, record: &Record) -> bool {
        let alone = !self.key.contains(' ') || self.given.is_empty();
        record.spellings.iter().any(|spelling| self.is_name(spelling.key()))
            || record.acronyms.iter().any(|acronym| self.is_name(&name_key(acronym)))
            || alone && self.is_surname_of(record)
    }

    fn is_surname_of(&self, record: &Record) -> bool {
        record.kind == SubjectKind::Person && record.spellings.iter().any(|spelling| spelling.surname_key() == Some(&self.surname))
    }

    /// The record as one whose name is like this.
    fn near(&self, record: &Arc<Record>) -> Option<NearRecord> {
        let person = record.kind == SubjectKind::Person;
        let distance = record.spellings.iter().filter_map(|spelling| self.distance(person, spelling.parts())).min()?;
        let words = || record.spellings.iter().flat_map(|spelling| spelling.key().split(' '));
        let is_like = words().flat_map(likenesses).any(|likeness| self.likenesses.binary_search(&likeness).is_ok());
        // Of one surname and one first given name, be the words too short to be like any others: "Seo Min-jea" for "Seo Min-jae".
        (is_like || person && distance == 0).then(|| NearRecord { record: record.clone(), distance })
    }

    /// The edits between this name and another; none where they are too far apart, or other people plainly.
    fn distance(&self, person: bool, other: &Parts) -> Option<u32> {
        if self.kind != SubjectKind::Person || !person {
            return word_distance(&self.key, &other.key);
        }
        let surnames = word_distance(&self.surname, other.surname.as_deref()?)?;
        let given = other.given.as_deref().unwrap_or_default();
        let (own, others) = (first_word(&self.given), first_word(given));
        let is_open = own.is_empty() || others.is_empty() || PersonName::may_be_initial_of(own, others);
        let givens = if is_open { 0 } else { word_distance(own, others)? };
        Some(surnames + givens).filter(|distance| *distance <= FARTHEST)
    }
}

fn best_attested(mut records: Vec<&Arc<Record>>) -> Vec<Arc<Record>> {
    records.sort_by_key(|record| Reverse(record.sources));
    records.into_iter().take(MOST).cloned().collect()
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

/// Edits word by word where both have as many words, else over the whole.
fn word_distance(a: &str, b: &str) -> Option<u32> {
    if let Some(script) = script_of(b.split(' ')).or_else(|| script_of(a.split(' ')))
        && same_name(a, b, script)
    {
        return Some(edit_distance(a, b, FARTHEST).unwrap_or(FARTHEST));
    }
    edit_distance(a, b, MOST_SLIPS)
}
