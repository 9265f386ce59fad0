//! Finds whom the sources know by a name or by one like it. Who is who is settled within a group of names, when it is first asked about;
//! what comes of it is kept for as long as the store is the same.

mod asked;
mod index;
mod merge;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

pub use index::NameIndex;
pub use merge::is_one_person;

use asked::Asked;
use merge::{Attestation, Bearer, parted, record};

use super::rounds::{Rounds, each_once};
use crate::corpus::facts::{GroupId, Said};
use crate::corpus::store::{Fit, Generation, Key, Row, RowId, glued};
use crate::corpus::{Citation, CorpusError, NameAnswer, NameQuestion, Record, TitleAttestation};
use crate::reader::SubjectKind;
use crate::text::name_key;

/// The most ways of writing a name that are looked at for one key, the best attested first.
const MOST_FORMS: usize = 500;
/// How many groups are kept at most.
const MOST_KEPT: usize = 20_000;

/// The records of groups, of one state of a store.
#[derive(Debug, Default)]
pub(super) struct Records {
    generation: Option<Generation>,
    by_group: FxHashMap<GroupId, Arc<[Known]>>,
}

/// A record among others of its group.
#[derive(Clone, Debug)]
struct Known {
    record: Arc<Record>,
    /// What its place among all records goes by: whether it is a person's, and the key of the fullest name.
    place: (bool, Arc<str>),
}

impl Records {
    /// Forgets those of another state, and all where they are too many.
    fn keep_only(&mut self, generation: Generation) {
        if self.generation != Some(generation) || self.by_group.len() > MOST_KEPT {
            self.by_group.clear();
            self.generation = Some(generation);
        }
    }
}

/// What is known of some names, in their order.
pub(super) fn answers(
    questions: &BTreeSet<NameQuestion>,
    rounds: &mut Rounds<'_>,
    records: &mut Records,
) -> Result<Vec<NameAnswer>, CorpusError> {
    let asked: Vec<Option<Asked>> = questions.iter().map(Asked::of).collect();
    let groups = groups_of(asked.iter().flatten(), rounds)?;
    let words = each_once(asked.iter().flatten().flat_map(Asked::word_keys));
    let counts = rounds.shelf.written(&words)?;
    let counts: FxHashMap<Key, u32> = words.into_iter().zip(counts).collect();
    load(&each_once(groups.iter().flatten().copied()), rounds, records)?;
    let mut groups = groups.into_iter();
    let answer = |asked: &Option<Asked>| {
        let Some(asked) = asked else { return NameAnswer::default() };
        let mut known: Vec<&Known> =
            groups.next().into_iter().flatten().filter_map(|group| records.by_group.get(&group)).flat_map(|of| &**of).collect();
        known.sort_by(|a, b| a.place.cmp(&b.place));
        let known: Vec<Arc<Record>> = known.into_iter().map(|known| known.record.clone()).collect();
        asked.answer(&known, asked.word_keys().map(|key| counts.get(&key).copied().unwrap_or_default()).collect())
    };
    Ok(asked.iter().map(answer).collect())
}

/// For each name the groups among which those are that have to do with it.
fn groups_of<'a>(asked: impl Iterator<Item = &'a Asked> + Clone, rounds: &Rounds<'_>) -> Result<Vec<BTreeSet<GroupId>>, CorpusError> {
    let keys = each_once(asked.clone().flat_map(Asked::keys));
    let forms: FxHashMap<Key, _> = keys.iter().copied().zip(rounds.forms(&keys, MOST_FORMS)?).collect();
    let groups = |asked: &Asked| {
        let forms = asked.keys().filter_map(|key| forms.get(&key)).flatten();
        forms.filter(|form| asked.wants(form)).map(|form| form.group).collect()
    };
    Ok(asked.map(groups).collect())
}

/// How those who bear some full names are to be written.
pub(super) fn preferred_names(
    questions: &BTreeSet<NameQuestion>,
    rounds: &mut Rounds<'_>,
    records: &mut Records,
) -> Result<Vec<Option<String>>, CorpusError> {
    let answers = answers(questions, rounds, records)?;
    Ok(questions.iter().zip(&answers).map(|(question, answer)| preferred_name(&answer.known, question)).collect())
}

/// As [`preferred_names`], of those who are known.
fn preferred_name(known: &[Arc<Record>], question: &NameQuestion) -> Option<String> {
    let key = name_key(&question.name);
    let is_named = |record: &Record| {
        record.spellings.iter().any(|spelling| spelling.key() == key) || record.acronyms.iter().any(|acronym| name_key(acronym) == key)
    };
    let records = known.iter().filter(|record| record.kind == question.kind && is_named(record));
    let record = records.max_by_key(|record| record.weight())?;
    let surname = record.preferred_surname()?;
    match record.preferred_given_name() {
        Some(given) if question.kind == SubjectKind::Person => Some(format!("{given} {surname}")),
        _ => Some(surname.to_owned()),
    }
}

/// Records that fit what somebody types, the best attested first.
pub(super) fn search(typed: &str, limit: usize, rounds: &mut Rounds<'_>, records: &mut Records) -> Result<Vec<Arc<Record>>, CorpusError> {
    // Several spellings are one record's, and the best attested spelling isn't always of the best attested record.
    let forms = rounds.shelf.names_near(typed, limit.saturating_mul(4))?;
    load(&each_once(forms.iter().map(|(_, form)| form.group)), rounds, records)?;
    let mut found: Vec<(Fit, &Arc<Record>)> = Vec::new();
    let mut taken = FxHashSet::default();
    for (fit, form) in &forms {
        let of_group = records.by_group.get(&form.group).into_iter().flat_map(|of| &**of);
        for known in of_group.filter(|known| known.record.spellings.iter().any(|spelling| spelling.form == *form.text)) {
            if taken.insert(Arc::as_ptr(&known.record)) {
                found.push((*fit, &known.record));
            }
        }
    }
    found.sort_by(|(a, one), (b, other)| (a, Reverse(one.sources), &one.name).cmp(&(b, Reverse(other.sources), &other.name)));
    found.truncate(limit);
    Ok(found.into_iter().map(|(_, record)| record.clone()).collect())
}

/// All that the sources say of those who bear one of some names, the latest first, each place once.
pub(super) fn citations(names: &[NameQuestion], rounds: &mut Rounds<'_>) -> Result<Vec<Citation>, CorpusError> {
    let asked: Vec<Asked> = names.iter().filter_map(Asked::of).collect();
    let groups = groups_of(asked.iter(), rounds)?;
    let mut citations: Vec<Citation> = Vec::new();
    for (_, bearer) in bearers(&each_once(groups.into_iter().flatten()), rounds)?.into_values().flatten() {
        let known = [record(bearer.clone())];
        if asked.iter().any(|asked| !asked.answer(&known, Vec::new()).known.is_empty()) {
            for attestation in bearer {
                // A title beside the name is at the name's place.
                let apart = attestation.titles.into_iter().map(|title| title.citation);
                citations.extend(apart.filter(|title| !title.is_at_place_of(&attestation.citation)));
                citations.push(attestation.citation);
            }
        }
    }
    citations.sort_by(Citation::latest_first);
    citations.dedup_by(|a, b| a.is_at_place_of(b));
    Ok(citations)
}

/// Makes the records of some groups that aren't kept.
fn load(groups: &[GroupId], rounds: &mut Rounds<'_>, records: &mut Records) -> Result<(), CorpusError> {
    records.keep_only(rounds.shelf.extent().generation);
    let missing: Vec<GroupId> = groups.iter().copied().filter(|group| !records.by_group.contains_key(group)).collect();
    for (group, bearers) in bearers(&missing, rounds)? {
        let known = bearers.into_iter().map(|(head, bearer)| {
            let place = (bearer.iter().any(Attestation::is_of_person), head);
            Known { record: record(bearer), place }
        });
        records.by_group.insert(group, known.collect());
    }
    Ok(())
}

/// All that is said of one, with the key of the fullest name.
type Named = (Arc<str>, Bearer);

/// All that is said of each of those who are of some groups.
fn bearers(groups: &[GroupId], rounds: &mut Rounds<'_>) -> Result<BTreeMap<GroupId, Vec<Named>>, CorpusError> {
    let mut said = attestations(groups, rounds)?;
    part_glued(&mut said, rounds)?;
    Ok(said.into_iter().map(|(group, attestations)| (group, parted(attestations))).collect())
}

/// What is said of all of some groups, in the order of the sources' days.
fn attestations(groups: &[GroupId], rounds: &mut Rounds<'_>) -> Result<BTreeMap<GroupId, Vec<Attestation>>, CorpusError> {
    rounds.look_up(groups.iter().map(|&group| Key::group(group)), usize::MAX)?;
    let ids: Vec<RowId> = each_once(groups.iter().flat_map(|&group| rounds.found(Key::group(group))).copied());
    rounds.fetch(ids.iter().copied())?;
    rounds.know(ids.iter().map(|id| id.source))?;
    let of_group = |&group: &GroupId| (group, rounds.found(Key::group(group)).iter().filter_map(|&id| rounds.row(id)).collect());
    Ok(groups.iter().map(of_group).map(|(group, rows)| (group, of_rows(rows, rounds))).collect())
}

fn of_rows(mut rows: Vec<&Row>, rounds: &Rounds<'_>) -> Vec<Attestation> {
    // A name stands before its titles.
    rows.sort_by_cached_key(|row| rounds.place(row));
    let mut found: Vec<Attestation> = Vec::new();
    for row in rows {
        let Some(citation) = rounds.cite(row) else { continue };
        match &row.fact.said {
            Said::Name(name) => found.push(Attestation {
                kind: name.kind,
                form: name.form.clone(),
                key: name.key.clone(),
                acronym: name.acronym.clone(),
                citation,
                titles: Vec::new(),
            }),
            Said::Title(title) => {
                if let Some(holder) = found.last_mut() {
                    holder.titles.push(TitleAttestation::of(title, citation));
                }
            }
            _ => {}
        }
    }
    found
}

/// Gives back what one source alone writes with the next word glued on, "Ada Quilland" for "Ada Quill and": a fault of the page it was
/// taken from, and nobody's name.
fn part_glued(said: &mut BTreeMap<GroupId, Vec<Attestation>>, rounds: &mut Rounds<'_>) -> Result<(), CorpusError> {
    let names: BTreeSet<(bool, Arc<str>)> = said.values().flatten().map(|one| (one.is_of_person(), one.key.clone())).collect();
    let onto: Vec<(bool, &str)> = names.iter().filter(|(_, key)| key.contains(' ')).map(|(person, key)| (*person, &**key)).collect();
    let known: Vec<(bool, &str)> = names.iter().flat_map(|(person, key)| glued(key).into_iter().map(move |name| (*person, name))).collect();
    let keys = onto.iter().map(|&(person, name)| Key::glued(person, name)).chain(known.iter().map(|&(_, name)| Key::name(name)));
    let mut found = rounds.forms(&keys.collect::<Vec<_>>(), MOST_FORMS)?.into_iter();
    // Names with a word glued on that some other source writes without it, once in all.
    let mut from: BTreeMap<(bool, String), (GroupId, &str)> = BTreeMap::new();
    for (&(person, name), forms) in onto.iter().zip(found.by_ref()) {
        for form in forms.iter().filter(|form| form.person == person && form.count == 1) {
            let key = &form.compared().key;
            let alone = forms.iter().filter(|other| other.compared().key == *key).count() == 1;
            if alone && glued(key).contains(&name) {
                from.insert((person, key.clone()), (form.group, name));
            }
        }
    }
    let parted: BTreeSet<(bool, &str)> = known
        .iter()
        .zip(found)
        .filter(|((person, name), forms)| forms.iter().any(|form| form.person == *person && form.compared().key == *name))
        .map(|(&known, _)| known)
        .collect();
    let sources: Vec<GroupId> = each_once(from.values().map(|(group, _)| *group));
    let others = attestations(&sources, rounds)?;
    for attestations in said.values_mut() {
        let mut counts: FxHashMap<Arc<str>, usize> = FxHashMap::default();
        for one in &*attestations {
            *counts.entry(one.key.clone()).or_default() += 1;
        }
        attestations.retain(|one| {
            let alone = counts.get(&one.key) == Some(&1);
            !(alone && glued(&one.key).iter().any(|name| parted.contains(&(one.is_of_person(), *name))))
        });
        let own: Vec<Attestation> = from
            .iter()
            .filter_map(|((person, key), (group, name))| {
                let proper = attestations.iter().filter(|one| one.is_of_person() == *person && *one.key == **name);
                let form = proper.map(|one| one.form.clone()).min()?;
                let one = others.get(group)?.iter().find(|one| one.is_of_person() == *person && *one.key == **key)?;
                Some(Attestation { form, key: (*name).into(), ..one.clone() })
            })
            .collect();
        attestations.extend(own);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
