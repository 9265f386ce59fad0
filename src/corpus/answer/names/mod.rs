//! Finds whom the sources know by a name or by one like it. Who is who is settled within a group of names, when it is first asked about;
//! what comes of it is kept for as long as the store is the same.

mod asked;
mod families;
mod index;
mod kept;
mod merge;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

pub use index::NameIndex;
pub use merge::is_one_person;

use asked::Asked;
use families::{Families, Family};
pub(super) use kept::Kept;
use merge::{Attestation, Bearer, Unseen, parted, record};

use super::MOST_SAID;
use super::rounds::{Rounds, each_once};
use crate::corpus::facts::{GroupId, Said};
use crate::corpus::store::{Fit, Form, Key, Row, RowId, glued};
use crate::corpus::{Citation, CorpusError, NameAnswer, NameQuestion, Page, Record, TitleAttestation};
use crate::reader::SubjectKind;
use crate::text::name_key;

/// The most ways of writing a name that are looked at for one key, the best attested first.
const MOST_FORMS: usize = 500;

/// A record among others of its family.
#[derive(Clone, Debug)]
struct Known {
    record: Arc<Record>,
    /// What its place among all records goes by: whether it is a person's, and the key of the fullest name.
    place: (bool, Arc<str>),
}

/// What is known of some names, in their order.
pub(super) fn answers(questions: &BTreeSet<NameQuestion>, rounds: &mut Rounds<'_>, kept: &Kept) -> Result<Vec<NameAnswer>, CorpusError> {
    let asked: Vec<Option<Asked>> = questions.iter().map(Asked::of).collect();
    let wanted = families_of(asked.iter().flatten(), rounds, kept)?;
    let words = each_once(asked.iter().flatten().flat_map(Asked::word_keys));
    let counts = rounds.shelf.written(&words)?;
    let counts: FxHashMap<Key, u32> = words.into_iter().zip(counts).collect();
    let records = load(&wanted, rounds, kept)?;
    let mut wanted = wanted.of_each.into_iter();
    let answer = |asked: &Option<Asked>| {
        let Some(asked) = asked else { return NameAnswer::default() };
        let mut known: Vec<&Known> =
            wanted.next().into_iter().flatten().filter_map(|family| records.get(&family)).flat_map(|of| &**of).collect();
        known.sort_by(|a, b| a.place.cmp(&b.place));
        let known: Vec<Arc<Record>> = known.into_iter().map(|known| known.record.clone()).collect();
        asked.answer(&known, asked.word_keys().map(|key| counts.get(&key).copied().unwrap_or_default()).collect())
    };
    Ok(asked.iter().map(answer).collect())
}

/// Families that are asked about.
struct Wanted {
    /// For each name those among which they are that have to do with it.
    of_each: Vec<BTreeSet<Family>>,
    families: Families,
}

impl Wanted {
    fn all(&self) -> Vec<Family> {
        each_once(self.of_each.iter().flatten().cloned())
    }
}

/// For each name the families among which those are that have to do with it.
fn families_of<'a>(asked: impl Iterator<Item = &'a Asked> + Clone, rounds: &Rounds<'_>, kept: &Kept) -> Result<Wanted, CorpusError> {
    let keys = each_once(asked.clone().flat_map(Asked::keys));
    let found: FxHashMap<Key, _> = keys.iter().copied().zip(rounds.forms(&keys, MOST_FORMS)?).collect();
    let forms = |asked: &Asked| -> Vec<Arc<Form>> {
        let forms = asked.keys().filter_map(|key| found.get(&key)).flatten();
        forms.filter(|form| asked.wants(form)).cloned().collect()
    };
    let forms: Vec<Vec<Arc<Form>>> = asked.map(forms).collect();
    let families = Families::of(&each_once(forms.iter().flatten().map(|form| form.group)), rounds, kept)?;
    let of_each = forms.iter().map(|forms| forms.iter().flat_map(|form| families.of_form(form)).collect()).collect();
    Ok(Wanted { of_each, families })
}

/// How those who bear some full names are to be written.
pub(super) fn preferred_names(
    questions: &BTreeSet<NameQuestion>,
    rounds: &mut Rounds<'_>,
    kept: &Kept,
) -> Result<Vec<Option<String>>, CorpusError> {
    let answers = answers(questions, rounds, kept)?;
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
pub(super) fn search(typed: &str, limit: usize, rounds: &mut Rounds<'_>, kept: &Kept) -> Result<Vec<Arc<Record>>, CorpusError> {
    // Several spellings are one record's, and the best attested spelling isn't always of the best attested record.
    let forms = rounds.shelf.names_near(typed, limit.saturating_mul(4))?;
    let families = Families::of(&each_once(forms.iter().map(|(_, form)| form.group)), rounds, kept)?;
    let of_each = forms.iter().map(|(_, form)| families.of_form(form).into_iter().collect()).collect();
    let wanted = Wanted { of_each, families };
    let records = load(&wanted, rounds, kept)?;
    let mut found: Vec<(Fit, &Arc<Record>)> = Vec::new();
    let mut taken = FxHashSet::default();
    for ((fit, form), families) in forms.iter().zip(&wanted.of_each) {
        let of_family = families.iter().filter_map(|family| records.get(family)).flat_map(|of| &**of);
        for known in of_family.filter(|known| known.record.spellings.iter().any(|spelling| spelling.form == *form.text)) {
            if taken.insert(Arc::as_ptr(&known.record)) {
                found.push((*fit, &known.record));
            }
        }
    }
    found.sort_by(|(a, one), (b, other)| (a, Reverse(one.sources), &one.name).cmp(&(b, Reverse(other.sources), &other.name)));
    found.truncate(limit);
    Ok(found.into_iter().map(|(_, record)| record.clone()).collect())
}

/// What the sources say of those who bear one of some names, the latest first, each place once: a page of it, and how much there is in all.
/// Of what very many say no more is read than it takes; until the last page is reached, the number of the rest is an estimate.
pub(super) fn citations(
    names: &[NameQuestion],
    page: Page,
    rounds: &mut Rounds<'_>,
    kept: &Kept,
) -> Result<(Vec<Citation>, usize), CorpusError> {
    let asked: Vec<Asked> = names.iter().filter_map(Asked::of).collect();
    let wanted = families_of(asked.iter(), rounds, kept)?;
    let mut meant: Vec<(GroupId, Bearer)> = Vec::new();
    let mut is_whole = true;
    for ((group, _), (bearers, unseen)) in bearers(&wanted.all(), &wanted.families, rounds, kept)? {
        for (_, bearer) in bearers {
            let known = [record(bearer.clone(), &Unseen::default())];
            if asked.iter().any(|asked| !asked.answer(&known, Vec::new()).known.is_empty()) {
                is_whole &= unseen.is_empty();
                meant.push((group, bearer));
            }
        }
    }
    if is_whole {
        let all = in_order(meant.into_iter().flat_map(|(_, bearer)| bearer));
        let total = all.len();
        return Ok((all.into_iter().skip(page.from).take(page.most).collect(), total));
    }
    let key = |group: &GroupId, one: &Attestation| Key::bearer(*group, one.is_of_person(), &name_key(&one.form));
    let keys = each_once(meant.iter().flat_map(|(group, bearer)| bearer.iter().map(|one| key(group, one))));
    let mut ids: Vec<(Reverse<Option<Date>>, RowId)> =
        rounds.shelf.dated(&keys)?.into_iter().flatten().map(|(day, id)| (Reverse(day), id)).collect();
    ids.sort_unstable();
    let wanted = page.from.saturating_add(page.most);
    let mut taken = wanted.saturating_add(1);
    loop {
        // Within a day the order is that of what is said, which isn't known before it is read.
        let end = ids.get(taken.saturating_sub(1)).map_or(ids.len(), |(day, _)| ids.partition_point(|(other, _)| other <= day));
        let names: Vec<RowId> = ids.iter().take(end).map(|(_, id)| *id).collect();
        let all = in_order(told(&names, rounds)?.into_iter());
        if all.len() >= wanted || end >= ids.len() {
            let total = all.len() + (ids.len() - end.min(ids.len()));
            return Ok((all.into_iter().skip(page.from).take(page.most).collect(), total));
        }
        taken = taken.saturating_mul(2);
    }
}

/// Where all of that is said: the latest first, each place once.
fn in_order(attestations: impl Iterator<Item = Attestation>) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    for attestation in attestations {
        // A title beside the name is at the name's place.
        let apart = attestation.titles.into_iter().map(|title| title.citation);
        citations.extend(apart.filter(|title| !title.is_at_place_of(&attestation.citation)));
        citations.push(attestation.citation);
    }
    citations.sort_by(Citation::latest_first);
    citations.dedup_by(|a, b| a.is_at_place_of(b));
    citations
}

/// The records of some families; those that aren't kept are made.
fn load(wanted: &Wanted, rounds: &mut Rounds<'_>, kept: &Kept) -> Result<FxHashMap<Family, Arc<[Known]>>, CorpusError> {
    let generation = rounds.shelf.extent().generation;
    let all = wanted.all();
    let mut records = kept.records(generation, &all);
    let missing: Vec<Family> = all.into_iter().filter(|family| !records.contains_key(family)).collect();
    if !missing.is_empty() {
        let made = bearers(&missing, &wanted.families, rounds, kept)?.into_iter().map(|(family, (bearers, unseen))| {
            let known = bearers.into_iter().map(|(head, bearer)| {
                let place = (bearer.iter().any(Attestation::is_of_person), head);
                Known { record: record(bearer, &unseen), place }
            });
            (family, known.collect())
        });
        let made: BTreeMap<Family, Arc<[Known]>> = made.collect();
        kept.keep_records(generation, &made);
        records.extend(made);
    }
    Ok(records)
}

/// All that is said of one, with the key of the fullest name.
type Named = (Arc<str>, Bearer);

/// All that is said of each of those who are of some families, and what wasn't looked at.
fn bearers(
    wanted: &[Family],
    families: &Families,
    rounds: &mut Rounds<'_>,
    kept: &Kept,
) -> Result<BTreeMap<Family, (Vec<Named>, Unseen)>, CorpusError> {
    let mut said = attestations(wanted, families, rounds)?;
    let unseen: Vec<Unseen> = wanted.iter().map(|family| unseen(said.get(family), families.forms(family))).collect();
    part_glued(&mut said, rounds, kept)?;
    let mut unseen: BTreeMap<&Family, Unseen> = wanted.iter().zip(unseen).collect();
    let with_unseen = |(family, attestations)| {
        let unseen = unseen.remove(&family).unwrap_or_default();
        (family, (parted(attestations), unseen))
    };
    Ok(said.into_iter().map(with_unseen).collect())
}

/// How many times more than were looked at the sources write a name so.
fn unseen<'a>(said: Option<&Vec<Attestation>>, forms: impl Iterator<Item = &'a Arc<Form>>) -> Unseen {
    let mut seen: FxHashMap<(bool, &str), u32> = FxHashMap::default();
    for one in said.into_iter().flatten() {
        *seen.entry((one.is_of_person(), &one.form)).or_default() += 1;
    }
    let count = |form: &Form| form.count.saturating_sub(seen.get(&(form.person, &*form.text)).copied().unwrap_or_default());
    let unseen = forms.map(|form| ((form.person, form.text.clone()), count(form)));
    unseen.filter(|(_, count)| *count > 0).collect()
}

/// What is said of all of some families, in the order of the sources' days; of what many say, some of it.
fn attestations(
    wanted: &[Family],
    families: &Families,
    rounds: &mut Rounds<'_>,
) -> Result<BTreeMap<Family, Vec<Attestation>>, CorpusError> {
    let bearers = |family: &Family| {
        let key = |form: &Arc<Form>| Key::bearer(family.0, form.person, &form.compared().key);
        (family.clone(), each_once(families.forms(family).map(key)))
    };
    let keys: BTreeMap<Family, Vec<Key>> = wanted.iter().map(bearers).collect();
    let all = || keys.values().flatten().copied();
    rounds.sample(all(), MOST_SAID)?;
    let names: Vec<RowId> = each_once(all().flat_map(|key| rounds.found(key)).copied());
    fetch_named(&names, rounds)?;
    let of_family =
        |(family, keys): (&Family, &Vec<Key>)| (family.clone(), of_names(keys.iter().flat_map(|&key| rounds.found(key)), rounds));
    Ok(keys.iter().map(of_family).collect())
}

/// What is said where some names stand.
fn told(names: &[RowId], rounds: &mut Rounds<'_>) -> Result<Vec<Attestation>, CorpusError> {
    fetch_named(names, rounds)?;
    Ok(of_names(names.iter(), rounds))
}

/// Fetches names with the titles that stand behind them.
fn fetch_named(names: &[RowId], rounds: &mut Rounds<'_>) -> Result<(), CorpusError> {
    rounds.fetch(names.iter().copied())?;
    let titles = names.iter().filter_map(|&id| rounds.row(id)).flat_map(titles_behind).collect::<Vec<_>>();
    rounds.fetch(titles.into_iter())?;
    Ok(rounds.know(names.iter().map(|id| id.source))?)
}

fn of_names<'a>(names: impl Iterator<Item = &'a RowId>, rounds: &Rounds<'_>) -> Vec<Attestation> {
    let names = names.filter_map(|&id| rounds.row(id));
    let rows = names.flat_map(|name| std::iter::once(name).chain(titles_behind(name).filter_map(|id| rounds.row(id)))).collect();
    of_rows(rows, rounds)
}

/// The rows with what a source calls the bearer of a name.
fn titles_behind(name: &Row) -> impl Iterator<Item = RowId> {
    let count = if let Said::Name(said) = &name.fact.said { said.titles } else { 0 };
    let RowId { source, at } = name.id;
    (1..=count).map(move |behind| RowId { source, at: at.saturating_add(behind) })
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
fn part_glued(said: &mut BTreeMap<Family, Vec<Attestation>>, rounds: &mut Rounds<'_>, kept: &Kept) -> Result<(), CorpusError> {
    let names: BTreeSet<(bool, Arc<str>)> = said.values().flatten().map(|one| (one.is_of_person(), one.key.clone())).collect();
    let onto: Vec<(bool, &str)> = names.iter().filter(|(_, key)| key.contains(' ')).map(|(person, key)| (*person, &**key)).collect();
    let known: Vec<(bool, &str)> = names.iter().flat_map(|(person, key)| glued(key).into_iter().map(move |name| (*person, name))).collect();
    let keys = onto.iter().map(|&(person, name)| Key::glued(person, name)).chain(known.iter().map(|&(_, name)| Key::name(name)));
    let mut found = rounds.forms(&keys.collect::<Vec<_>>(), MOST_FORMS)?.into_iter();
    // Names with a word glued on that some other source writes without it, once in all.
    let mut from: BTreeMap<(bool, String), (Arc<Form>, &str)> = BTreeMap::new();
    for (&(person, name), forms) in onto.iter().zip(found.by_ref()) {
        for form in forms.iter().filter(|form| form.person == person && form.count == 1) {
            let key = &form.compared().key;
            let alone = forms.iter().filter(|other| other.compared().key == *key).count() == 1;
            if alone && glued(key).contains(&name) {
                from.insert((person, key.clone()), (form.clone(), name));
            }
        }
    }
    let parted: BTreeSet<(bool, &str)> = known
        .iter()
        .zip(found)
        .filter(|((person, name), forms)| forms.iter().any(|form| form.person == *person && form.compared().key == *name))
        .map(|(&known, _)| known)
        .collect();
    let of_written: Vec<GroupId> = each_once(from.values().map(|(form, _)| form.group));
    let families = Families::of(&of_written, rounds, kept)?;
    let of_others = each_once(from.values().flat_map(|(form, _)| families.of_form(form)));
    let others = attestations(&of_others, &families, rounds)?;
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
            .filter_map(|((person, key), (written, name))| {
                let proper = attestations.iter().filter(|one| one.is_of_person() == *person && *one.key == **name);
                let form = proper.map(|one| one.form.clone()).min()?;
                let of_written = families.of_form(written).into_iter().filter_map(|family| others.get(&family));
                let one = of_written.flatten().find(|one| one.is_of_person() == *person && *one.key == **key)?;
                Some(Attestation { form, key: (*name).into(), ..one.clone() })
            })
            .collect();
        attestations.extend(own);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
