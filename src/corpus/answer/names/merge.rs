//! Merges what the sources say of those of one group into one record each. The order of the sources makes no difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Citation, MOST_CITED, Record, Spelling, TitleAttestation};
use crate::gazetteer::{exonyms, same_name, script_of};
use crate::reader::{PersonName, Status, SubjectKind};
use crate::text::{folded, name_key, sound_key};

/// How many titles of one wording a record keeps, and how many in all: a head of state is called so in every article.
const MOST_ALIKE: usize = 32;
const MOST_TITLES: usize = 256;
/// So many people with one surname are not told apart by pairs.
const MOST_IN_PAIRS: usize = 200;

/// One source naming one subject.
#[derive(Clone, Debug)]
pub(super) struct Attestation {
    pub(super) kind: SubjectKind,
    pub(super) form: Arc<str>,
    pub(super) key: Arc<str>,
    pub(super) acronym: Option<Box<str>>,
    pub(super) citation: Citation,
    /// In the order of the text.
    pub(super) titles: Vec<TitleAttestation>,
}

impl Attestation {
    pub(super) fn is_of_person(&self) -> bool {
        self.kind == SubjectKind::Person
    }
}

/// How many times more than were looked at the sources write each name of a group: by whether it is a person's, and its form.
pub(super) type Unseen = FxHashMap<(bool, Arc<str>), u32>;

/// All that is said of one person, place or organisation.
pub(super) type Bearer = Vec<Attestation>;

/// Attestations of one form, case and accents aside, still apart from other spellings of the name.
struct Group {
    attestations: Bearer,
    person: bool,
    /// Folded.
    given: String,
    surname: String,
}

/// Parts what is said of those of one group (of some groups, should they be all that there are) by whom it is said of, in a fixed order,
/// each with the key of its fullest name.
/// `attestations` come in the order of their sources' days.
pub(super) fn parted(attestations: Bearer) -> Vec<(Arc<str>, Bearer)> {
    let mut by_key: BTreeMap<(bool, Arc<str>), Bearer> = BTreeMap::new();
    for attestation in attestations {
        by_key.entry((attestation.is_of_person(), attestation.key.clone())).or_default().push(attestation);
    }
    let mut groups: Vec<Group> = by_key.into_iter().map(|((person, _), attestations)| Group::new(person, attestations)).collect();
    let (heads, keys) = (merged(&groups), groups.iter().map(Group::shared_key).collect::<Vec<_>>());
    let mut members: BTreeMap<usize, Bearer> = BTreeMap::new();
    for (index, group) in groups.iter_mut().enumerate() {
        members.entry(heads[index]).or_default().append(&mut group.attestations);
    }
    members.into_iter().map(|(head, bearer)| (keys[head].clone(), bearer)).collect()
}

impl Group {
    fn new(person: bool, attestations: Bearer) -> Self {
        let name = Self::named(attestations.first().map_or("", |attestation| &*attestation.form));
        Self { attestations, person, ..name }
    }

    fn named(form: &str) -> Self {
        let parts = PersonName::parse(form);
        let part = |part: Option<String>| part.map(|part| name_key(&part)).unwrap_or_default();
        Self { person: true, given: part(parts.given), surname: part(parts.surname), attestations: Vec::new() }
    }

    fn shared_key(&self) -> Arc<str> {
        self.attestations.first().map_or_else(|| "".into(), |attestation| attestation.key.clone())
    }

    fn key(&self) -> &str {
        self.attestations.first().map_or("", |attestation| &*attestation.key)
    }
}

/// For each group the one that it is another spelling or a shorter form of, or itself.
fn merged(groups: &[Group]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..groups.len()).collect();
    let mut by_sound: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_exonym: FxHashMap<String, usize> = FxHashMap::default();
    for (index, group) in groups.iter().enumerate() {
        if group.person {
            by_sound.entry(sound_key(&group.surname)).or_default().push(index);
        } else if let Some(first) = exonyms(group.key()).and_then(|mut spellings| spellings.next()) {
            heads[index] = *by_exonym.entry(name_key(first)).or_insert(index);
        }
    }
    for bucket in by_sound.values() {
        merge_people(groups, bucket, &mut heads);
    }
    heads
}

fn merge_people(groups: &[Group], bucket: &[usize], heads: &mut [usize]) {
    let full: Vec<usize> = bucket.iter().copied().filter(|&index| !groups[index].given.is_empty()).collect();
    if full.len() <= MOST_IN_PAIRS {
        for (at, &one) in full.iter().enumerate() {
            if let Some(&other) = full[..at].iter().find(|&&other| is_same_person(&groups[one], &groups[other])) {
                heads[one] = heads[other];
            }
        }
    }
    for &index in bucket.iter().filter(|&&index| groups[index].given.is_empty()) {
        let surname = &groups[index].surname;
        let bearers = |exact: bool| {
            let mut found: Vec<usize> = full
                .iter()
                .copied()
                .filter(|&other| if exact { groups[other].surname == *surname } else { is_same_surname(&groups[other], &groups[index]) })
                .map(|other| heads[other])
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let exact = bearers(true);
        let found = if exact.is_empty() { bearers(false) } else { exact };
        if let [only] = found[..] {
            heads[index] = only;
        }
    }
}

fn is_same_person(a: &Group, b: &Group) -> bool {
    is_same_surname(a, b) && is_same_given(&a.given, &b.given, &a.surname)
}

/// Whether two full names of people are spellings of one: the same, romanised otherwise, or with middle names left out.
pub fn is_one_person(a: &str, b: &str) -> bool {
    let (a, b) = (Group::named(a), Group::named(b));
    !a.given.is_empty() && !b.given.is_empty() && is_same_person(&a, &b)
}

fn is_same_surname(a: &Group, b: &Group) -> bool {
    a.surname == b.surname
        || script_of(a.surname.split(' ').chain(a.given.split(' ')).filter(|word| !word.is_empty()))
            .is_some_and(|script| same_name(&a.surname, &b.surname, script))
}

/// Whether two given names can be one person's: equal, romanised otherwise, or with middle names left out.
fn is_same_given(a: &str, b: &str, surname: &str) -> bool {
    if a == b {
        return true;
    }
    let (mut first, mut second) = (a.split(' '), b.split(' '));
    let (Some(x), Some(y)) = (first.next(), second.next()) else { return false };
    let script = script_of(surname.split(' '));
    let firsts = x == y || x.len() > 1 && y.len() > 1 && script.is_some_and(|script| same_name(x, y, script));
    // Two different middle names or initials are two people.
    firsts && (first.next().is_none() || second.next().is_none())
}

/// What all that is said of one comes to, with what is known of the rest.
pub(super) fn record(mut attestations: Bearer, unseen: &Unseen) -> Arc<Record> {
    // The latest first, whatever order the sources came in.
    attestations.sort_by(|a, b| a.citation.latest_first(&b.citation));
    let mut spellings: BTreeMap<String, Spelling> = BTreeMap::new();
    let mut kinds: BTreeMap<SubjectKind, usize> = BTreeMap::new();
    let mut acronyms: Vec<String> = Vec::new();
    for attestation in &attestations {
        *kinds.entry(attestation.kind).or_default() += 1;
        acronyms.extend(attestation.acronym.as_deref().map(str::to_owned));
        let spelling = spellings.entry(attestation.form.to_string()).or_insert_with_key(|form| Spelling::new(form.clone(), 0));
        spelling.sources += 1;
        let outlet = attestation.citation.source.outlet_or_id();
        match spelling.outlets.iter_mut().find(|(known, _)| known == outlet) {
            Some((_, count)) => *count += 1,
            None => spelling.outlets.push((outlet.to_owned(), 1)),
        }
        if spelling.citations.len() < MOST_CITED {
            spelling.citations.push(attestation.citation.clone());
        }
    }
    let mut spellings: Vec<Spelling> = spellings.into_values().collect();
    let person = attestations.first().is_some_and(Attestation::is_of_person);
    let mut beyond = 0;
    for spelling in &mut spellings {
        let more = if unseen.is_empty() { 0 } else { unseen.get(&(person, spelling.form.as_str().into())).copied().unwrap_or_default() };
        spelling.sources = spelling.sources.saturating_add(more);
        beyond += more;
        spelling.outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    spellings.sort_by(|a, b| b.sources.cmp(&a.sources).then_with(|| a.form.cmp(&b.form)));
    acronyms.sort();
    acronyms.dedup();
    let kind = kinds.iter().max_by_key(|&(kind, count)| (*count, *kind)).map_or(SubjectKind::Person, |(kind, _)| *kind);
    // A surname alone is attested more often than the full name, and is not the fullest.
    let words = |spelling: &Spelling| if kind == SubjectKind::Person { spelling.form.split_whitespace().count().min(2) } else { 1 };
    let name = spellings
        .iter()
        .max_by_key(|spelling| (words(spelling), spelling.sources, std::cmp::Reverse(folded(&spelling.form))))
        .map(|s| s.form.clone());
    let name = name.unwrap_or_default();
    let parts = if kind == SubjectKind::Person { PersonName::parse(&name) } else { PersonName::default() };
    let dates = || attestations.iter().filter_map(|attestation| attestation.citation.source.published);
    let (first, last) = (dates().min(), dates().max());
    let mut sources: Vec<&str> = attestations.iter().map(|attestation| attestation.citation.source.id.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    Arc::new(Record {
        kind,
        name,
        given: parts.given,
        surname: parts.surname,
        spellings,
        acronyms,
        sources: (sources.len() as u32).saturating_add(beyond),
        first,
        last,
        places: places(&attestations).saturating_add(beyond),
        citations: attestations.iter().take(MOST_CITED).map(|attestation| attestation.citation.clone()).collect(),
        titles: latest_titles(attestations.into_iter().flat_map(|attestation| attestation.titles)),
        decision: None,
    })
}

/// In how many sentences they stand, each counted once.
fn places(attestations: &[Attestation]) -> u32 {
    let titles = attestations.iter().flat_map(|attestation| attestation.titles.iter().map(|title| &title.citation));
    let citations = attestations.iter().map(|attestation| &attestation.citation).chain(titles);
    let places: FxHashSet<_> = citations.map(|citation| (&*citation.source.id, citation.start.line, &*citation.sentence)).collect();
    places.len() as u32
}

/// Of titles, the latest first, those that a record keeps.
fn latest_titles(titles: impl Iterator<Item = TitleAttestation>) -> Vec<TitleAttestation> {
    let mut alike: FxHashMap<(String, Option<String>, Status), usize> = FxHashMap::default();
    let mut is_kept = |title: &TitleAttestation| {
        let count = alike.entry((title.role.clone(), title.of.clone(), title.status)).or_default();
        *count += 1;
        *count <= MOST_ALIKE
    };
    titles.filter(|title| is_kept(title)).take(MOST_TITLES).collect()
}
