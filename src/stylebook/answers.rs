//! What the corpus answers, under what the desk has decided.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Stylebook;
use crate::corpus::{Dossier, NameAnswer, NameQuestion, NearRecord, Record, TitleAttestation, is_one_person};
use crate::gazetteer::exonyms;
use crate::reader::{PersonName, SubjectKind};
use crate::text::name_key;

/// What the stylebook itself says to a question.
pub(super) struct Own {
    answer: NameAnswer,
    /// Those who are not meant, by the desk's word.
    unmeant: Vec<Arc<Record>>,
}

impl Stylebook {
    pub(super) fn own(&self, question: &NameQuestion) -> Own {
        let unmeant = self.others.get(&name_key(&question.name)).cloned().unwrap_or_default();
        Own { answer: self.names.answer(question), unmeant }
    }

    /// The answer to a question; `found` has those of the corpus to it and to its [`Own::other_names`].
    pub(super) fn answer(&self, question: &NameQuestion, own: &Own, found: &Dossier) -> NameAnswer {
        let corpus = found.name(question).cloned().unwrap_or_default();
        let mut joined = Joined { book: self, own, records: Vec::new(), taken: BTreeSet::new() };
        let own_answer = &own.answer;
        let mut known = joined.take(own_answer.known.iter().chain(&corpus.known));
        // What is known to the desk by this very name is no slip of something else.
        let near: Vec<(usize, u32)> = if own_answer.known.is_empty() {
            let near = own_answer.near.iter().chain(&corpus.near);
            near.flat_map(|near| joined.take([&near.record]).into_iter().map(|at| (at, near.distance))).collect()
        } else {
            Vec::new()
        };
        let mut namesakes = joined.take(own_answer.namesakes.iter().chain(&corpus.namesakes));
        for other in own.other_names(question) {
            let further = found.name(&other).map_or(&[][..], |answer| &answer.known);
            joined.take(further.iter().filter(|record| joined_entry(self, own, record).is_some()).collect::<Vec<_>>());
        }
        known.dedup();
        let mut near: Vec<(usize, u32)> = near.into_iter().filter(|(at, _)| !known.contains(at)).collect();
        near.sort_by_key(|&(at, distance)| (distance, std::cmp::Reverse(joined.records[at].weight())));
        let mut seen = BTreeSet::new();
        near.retain(|(at, _)| seen.insert(*at));
        namesakes.retain(|at| !known.contains(at));
        let records: Vec<Arc<Record>> = joined.records.into_iter().map(Arc::new).collect();
        let record = |at: usize| records[at].clone();
        NameAnswer {
            known: known.into_iter().map(record).collect(),
            near: near.into_iter().map(|(at, distance)| NearRecord { record: record(at), distance }).collect(),
            namesakes: namesakes.into_iter().map(record).collect(),
            word_sources: sums(&corpus.word_sources, &own_answer.word_sources),
            titles: Self::titles(question, own, found),
            placements: corpus.placements,
        }
    }

    /// What the desk and the sources call whom a question is about, the desk first.
    fn titles(question: &NameQuestion, own: &Own, found: &Dossier) -> Vec<TitleAttestation> {
        let is_full = |record: &Record| {
            let key = name_key(&question.name);
            record.spellings.iter().any(|spelling| spelling.key() == key || is_one_person(&spelling.form, &question.name))
        };
        let near = own.answer.near.iter().map(|near| &near.record);
        let mut meant = own.answer.known.iter().chain(near).filter(|record| own.is_meant(record) && is_full(record));
        let mut titles: Vec<TitleAttestation> = meant.next().map_or_else(Vec::new, |record| record.titles.clone());
        let others = own.other_names(question);
        let said = std::iter::once(question).chain(&others).flat_map(|question| found.titles(question));
        // The corpus takes a name so like another for a slip of it.
        let surname = PersonName::parse(&question.name).surname.unwrap_or_default();
        let unmeant = |title: &TitleAttestation| {
            let sentence = &title.citation.sentence;
            let other = own.unmeant.iter().any(|other| sentence.contains(&other.name)) || !sentence.contains(&surname);
            !own.unmeant.is_empty() && other && !sentence.contains(&question.name)
        };
        let mut said: Vec<TitleAttestation> = said.filter(|title| !unmeant(title)).cloned().collect();
        said.sort_by(|a, b| a.citation.latest_first(&b.citation));
        said.dedup();
        titles.extend(said);
        titles
    }

    /// A record of the corpus as the desk has it.
    pub(super) fn decided(&self, record: &Arc<Record>) -> Arc<Record> {
        let own = Own { answer: NameAnswer::default(), unmeant: Vec::new() };
        let mut joined = Joined { book: self, own: &own, records: Vec::new(), taken: BTreeSet::new() };
        joined.take([record]);
        joined.records.pop().map_or_else(|| record.clone(), Arc::new)
    }

    /// The entry, or the namesake, that a record of the corpus is.
    fn entry(&self, record: &Record) -> Option<&Arc<Record>> {
        let person = record.kind == SubjectKind::Person;
        let by_key = |key: &str| self.by_form.get(key)?.iter().find(|entry| person == (entry.kind == SubjectKind::Person));
        record.spellings.iter().find_map(|spelling| {
            let key = name_key(&spelling.form);
            // A surname alone may be anybody's.
            if person && record.given.is_some() && !key.contains(' ') {
                return None;
            }
            by_key(&key).or_else(|| exonyms(&key).filter(|_| !person)?.find_map(|other| by_key(&name_key(other))))
        })
    }
}

impl Own {
    /// The other names under which the corpus may know whom a question is about.
    pub(super) fn other_names(&self, question: &NameQuestion) -> BTreeSet<NameQuestion> {
        let near = self.answer.near.iter().map(|near| &near.record).filter(|record| is_one_person(&record.name, &question.name));
        let meant = self.answer.known.iter().chain(near).filter(|record| self.is_meant(record));
        let asked = |record: &Arc<Record>| -> Vec<NameQuestion> {
            let ask = |form: &String| NameQuestion { kind: record.kind, name: form.clone() };
            record.spellings.iter().map(|spelling| ask(&spelling.form)).collect()
        };
        meant.flat_map(asked).filter(|other| other.name != question.name).collect()
    }

    fn is_meant(&self, record: &Record) -> bool {
        !self.unmeant.iter().any(|other| other.kind == record.kind && other.name == record.name)
    }
}

/// The entry that a record is, also where it is one of those like the name asked about, in another romanisation.
fn joined_entry<'a>(book: &'a Stylebook, own: &'a Own, record: &Record) -> Option<&'a Arc<Record>> {
    book.entry(record).or_else(|| {
        let near = own.answer.near.iter().map(|near| &near.record);
        let mut like = own.answer.known.iter().chain(near).filter(|_| record.kind == SubjectKind::Person);
        like.find(|entry| is_one_person(&entry.name, &record.name))
    })
}

/// Records as they are joined, each entry of the stylebook once.
struct Joined<'a> {
    book: &'a Stylebook,
    own: &'a Own,
    records: Vec<Record>,
    /// What has gone into them: by kind and name, and whether it is an entry's own.
    taken: BTreeSet<(SubjectKind, String, bool)>,
}

impl Joined<'_> {
    /// Takes records in, and says at which places they are now; those who are not meant are left out.
    fn take<'r>(&mut self, records: impl IntoIterator<Item = &'r Arc<Record>>) -> Vec<usize> {
        let mut places = Vec::new();
        for record in records {
            let entry = if record.decision.is_some() { Some(record) } else { joined_entry(self.book, self.own, record) };
            let whole = entry.unwrap_or(record);
            if !self.own.is_meant(whole) {
                continue;
            }
            let is_new = self.taken.insert((record.kind, record.name.clone(), record.decision.is_some()));
            let at = self.records.iter().position(|known| {
                known.kind == whole.kind && known.name == whole.name && known.decision.is_some() == whole.decision.is_some()
            });
            let at = at.unwrap_or_else(|| {
                self.records.push(Record::clone(whole));
                self.records.len() - 1
            });
            if is_new && record.decision.is_none() && entry.is_some() {
                absorb(&mut self.records[at], record);
            }
            if !places.contains(&at) {
                places.push(at);
            }
        }
        places
    }
}

/// Adds to an entry what the sources say.
fn absorb(entry: &mut Record, record: &Record) {
    for spelling in &record.spellings {
        match entry.spellings.iter_mut().find(|known| known.form == spelling.form) {
            Some(known) => {
                known.sources += spelling.sources;
                known.outlets.extend(spelling.outlets.iter().cloned());
                known.citations.extend(spelling.citations.iter().cloned());
            }
            None => entry.spellings.push(spelling.clone()),
        }
    }
    for acronym in &record.acronyms {
        if !entry.acronyms.contains(acronym) {
            entry.acronyms.push(acronym.clone());
        }
    }
    entry.titles.extend(record.titles.iter().cloned());
    entry.sources += record.sources;
    entry.places += record.places;
    entry.first = entry.first.into_iter().chain(record.first).min();
    entry.last = entry.last.max(record.last);
    entry.citations.extend(record.citations.iter().cloned());
}

fn sums(a: &[u32], b: &[u32]) -> Vec<u32> {
    let at = |list: &[u32], index: usize| list.get(index).copied().unwrap_or(0);
    (0..a.len().max(b.len())).map(|index| at(a, index) + at(b, index)).collect()
}
