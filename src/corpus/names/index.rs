//! Finds records by their names, and by names like theirs.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::finder::NameFinder;
use super::{NameAnswer, NameQuestion, NearRecord, Record, gather};
use crate::corpus::Source;
use crate::gazetteer::{exonyms, same_name, script_of};
use crate::reader::{PersonName, SubjectKind};
use crate::text::{MOST_SLIPS, deletion_hashes, edit_distance, name_key, sound_key, spelling_hash};

/// How far a name as a whole may be from the one asked for.
const FARTHEST: u32 = 3;
/// How many like records an answer holds.
const MOST_NEAR: usize = 8;
/// How many records with a word are looked through for a longer name.
const MOST_LONGER: usize = 500;

/// Records by their names.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    records: Vec<Arc<Record>>,
    /// By the key of each spelling, and of each abbreviation.
    by_name: FxHashMap<String, Vec<u32>>,
    by_surname: FxHashMap<String, Vec<u32>>,
    /// The words of all names, with the records they are in and how many sources write them.
    words: Vec<Word>,
    by_word: FxHashMap<String, u32>,
    /// Words by hashes of themselves with a letter left out, and of their sound.
    by_likeness: FxHashMap<u64, Vec<u32>>,
    /// Made when it is first asked, once all records are there.
    finder: OnceLock<NameFinder>,
}

#[derive(Clone, Debug)]
struct Word {
    records: Vec<u32>,
    sources: u32,
}

impl NameIndex {
    pub(in crate::corpus) fn build(sources: &[Source]) -> Self {
        Self::of(gather::records(sources))
    }

    pub fn of(records: impl IntoIterator<Item = Arc<Record>>) -> Self {
        let mut index = Self::default();
        for record in records {
            index.add(record);
        }
        index
    }

    fn add(&mut self, record: Arc<Record>) {
        let id = self.records.len() as u32;
        let mut words: FxHashMap<String, u32> = FxHashMap::default();
        for spelling in &record.spellings {
            let key = name_key(&spelling.form);
            for word in key.split(' ') {
                *words.entry(word.to_owned()).or_default() += spelling.sources.max(1);
            }
            if record.kind == SubjectKind::Person
                && let Some(surname) = PersonName::parse(&spelling.form).surname
            {
                enter(&mut self.by_surname, name_key(&surname), id);
            }
            enter(&mut self.by_name, key, id);
        }
        for acronym in &record.acronyms {
            enter(&mut self.by_name, name_key(acronym), id);
        }
        let mut words: Vec<(String, u32)> = words.into_iter().collect();
        words.sort();
        for (word, sources) in words {
            let next = self.words.len() as u32;
            let at = *self.by_word.entry(word.clone()).or_insert(next);
            if at == next {
                for likeness in likenesses(&word) {
                    self.by_likeness.entry(likeness).or_default().push(at);
                }
                self.words.push(Word { records: Vec::new(), sources: 0 });
            }
            let word = &mut self.words[at as usize];
            word.records.push(id);
            word.sources += sources;
        }
        self.records.push(record);
    }

    /// What is known of a name.
    pub fn answer(&self, question: &NameQuestion) -> NameAnswer {
        let key = name_key(&question.name);
        if key.is_empty() || key.len() > 200 {
            return NameAnswer::default();
        }
        let asked = Asked::new(question.kind, &question.name, key);
        let mut known: Vec<u32> = self.by_name.get(&asked.key).cloned().unwrap_or_default();
        if !asked.key.contains(' ') || asked.given.is_empty() {
            known.extend(self.by_surname.get(&asked.surname).into_iter().flatten());
        }
        if known.is_empty() && question.kind == SubjectKind::Organisation {
            known = self.longer(&asked.key);
        }
        if let Some(spellings) = exonyms(&asked.key) {
            known.extend(spellings.filter_map(|spelling| self.by_name.get(&name_key(spelling))).flatten());
        }
        known.sort_unstable();
        known.dedup();
        let word_sources =
            asked.key.split(' ').map(|word| self.by_word.get(word).map_or(0, |&at| self.words[at as usize].sources)).collect();
        let namesakes = if asked.given.is_empty() {
            Vec::new()
        } else {
            let bearers = self.by_surname.get(&asked.surname).into_iter().flatten().copied();
            bearers.filter(|id| !known.contains(id) && self.records[*id as usize].given.is_some()).collect()
        };
        NameAnswer {
            near: self.near(&asked, &known),
            known: self.best_attested(known),
            namesakes: self.best_attested(namesakes),
            word_sources,
        }
    }

    /// The bodies whose names go on where this one of several words ends: "of the Armed Forces".
    fn longer(&self, key: &str) -> Vec<u32> {
        let rarest = key.split(' ').filter_map(|word| self.by_word.get(word)).map(|&at| &self.words[at as usize].records);
        let candidates = rarest.min_by_key(|records| records.len()).filter(|_| key.contains(' ')).map_or(&[][..], Vec::as_slice);
        let goes_on = |form: &str| form.strip_prefix(key).is_some_and(|rest| rest.starts_with(" of "));
        let is_longer = |record: &Record| record.kind == SubjectKind::Organisation && record.spellings.iter().any(|one| goes_on(one.key()));
        candidates.iter().copied().take(MOST_LONGER).filter(|&id| is_longer(&self.records[id as usize])).collect()
    }

    /// How the one who is known by this full name is to be written.
    pub fn preferred_name(&self, kind: SubjectKind, name: &str) -> Option<String> {
        let records = self.by_name.get(&name_key(name))?.iter().map(|&id| &self.records[id as usize]);
        let record = records.filter(|record| record.kind == kind).max_by_key(|record| record.weight())?;
        let surname = record.preferred_surname()?;
        match record.preferred_given_name() {
            Some(given) if kind == SubjectKind::Person => Some(format!("{given} {surname}")),
            _ => Some(surname.to_owned()),
        }
    }

    fn best_attested(&self, mut ids: Vec<u32>) -> Vec<Arc<Record>> {
        ids.sort_by_key(|&id| (std::cmp::Reverse(self.records[id as usize].sources), id));
        ids.into_iter().take(MOST_NEAR).map(|id| self.records[id as usize].clone()).collect()
    }

    fn near(&self, asked: &Asked, known: &[u32]) -> Vec<NearRecord> {
        let mut candidates: Vec<u32> = Vec::new();
        for word in asked.key.split(' ').filter(|word| word.chars().count() >= 4) {
            for at in likenesses(word).into_iter().filter_map(|likeness| self.by_likeness.get(&likeness)).flatten() {
                // A word half the corpus shares would bring in half of it; another word of the name will do.
                let word = &self.words[*at as usize];
                candidates.extend(word.records.iter().take(500));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut near: Vec<NearRecord> = candidates
            .into_iter()
            .filter(|id| !known.contains(id))
            .filter_map(|id| {
                let record = &self.records[id as usize];
                let distance = record.spellings.iter().filter_map(|spelling| asked.distance(record.kind, &spelling.form)).min()?;
                Some(NearRecord { record: record.clone(), distance })
            })
            .collect();
        near.sort_by(|a, b| {
            (a.distance, std::cmp::Reverse(a.record.sources), &a.record.name).cmp(&(
                b.distance,
                std::cmp::Reverse(b.record.sources),
                &b.record.name,
            ))
        });
        near.truncate(MOST_NEAR);
        near
    }

    /// Records that fit what somebody types of a name, the best attested first; see [`NameFinder::find`].
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Arc<Record>> {
        let finder = self.finder.get_or_init(|| NameFinder::new(&self.records));
        finder.find(typed, limit).into_iter().map(|id| self.records[id as usize].clone()).collect()
    }
}

/// The name asked about, in the forms it is compared by.
struct Asked {
    kind: SubjectKind,
    key: String,
    /// Empty for a surname alone, and for what is no person.
    given: String,
    surname: String,
}

impl Asked {
    fn new(kind: SubjectKind, name: &str, key: String) -> Self {
        let parts = PersonName::parse(name);
        let (given, surname) = match (kind, parts.given, parts.surname) {
            (SubjectKind::Person, given, Some(surname)) => (given.map(|given| name_key(&given)).unwrap_or_default(), name_key(&surname)),
            _ => (String::new(), key.clone()),
        };
        Self { kind, key, given, surname }
    }

    /// The edits between this name and a spelling of a record; none where they are too far apart, or other people plainly.
    fn distance(&self, kind: SubjectKind, form: &str) -> Option<u32> {
        let key = name_key(form);
        let person = self.kind == SubjectKind::Person && kind == SubjectKind::Person;
        if !person {
            return word_distance(&self.key, &key);
        }
        let parts = PersonName::parse(form);
        let (given, surname) = (parts.given.map(|given| name_key(&given)).unwrap_or_default(), name_key(&parts.surname?));
        let surnames = word_distance(&self.surname, &surname)?;
        let givens = if self.given.is_empty() || given.is_empty() || is_initial(&self.given, &given) {
            0
        } else {
            let first = |given: &str| given.split(' ').next().unwrap_or_default().to_owned();
            word_distance(&first(&self.given), &first(&given))?
        };
        Some(surnames + givens).filter(|distance| *distance <= FARTHEST)
    }
}

fn is_initial(a: &str, b: &str) -> bool {
    let (x, y) = (a.split(' ').next().unwrap_or_default(), b.split(' ').next().unwrap_or_default());
    x.len() == 1 && y.starts_with(x) || y.len() == 1 && x.starts_with(y)
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

fn enter(table: &mut FxHashMap<String, Vec<u32>>, key: String, id: u32) {
    let ids = table.entry(key).or_default();
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// Hashes of a word's letters and of its sound: words that are spelt alike or sound alike share one of these.
fn likenesses(word: &str) -> Vec<u64> {
    let mut hashes = deletion_hashes(word);
    let sound = sound_key(word);
    if sound.len() >= 3 {
        // A blank keeps a sound from meeting a word.
        hashes.push(spelling_hash(&format!(" {sound}")));
    }
    hashes
}
