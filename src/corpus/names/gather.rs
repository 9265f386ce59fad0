//! Merges what the sources say of a person, place or organisation into one record each. The order of the sources makes
//! no difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Record, Spelling};
use crate::corpus::titles::attested;
use crate::corpus::{Citation, MOST_CITED, Source, TitleAttestation};
use crate::gazetteer::{WordClass, exonyms, name_use, same_name, script_of, word_class};
use crate::reader::{PersonName, Subject, SubjectId, SubjectKind};
use crate::text::{folded, name_key, sound_key};

/// One source naming one subject.
struct Attestation {
    kind: SubjectKind,
    form: String,
    key: String,
    acronym: Option<String>,
    citation: Citation,
    titles: Vec<TitleAttestation>,
}

/// Attestations of one form, case and accents aside, still apart from other spellings of the name.
struct Group {
    attestations: Vec<Attestation>,
    person: bool,
    /// Folded.
    given: String,
    surname: String,
}

/// The records of all sources, in a fixed order.
pub(super) fn records(sources: &[Source]) -> Vec<Arc<Record>> {
    let mut by_key: BTreeMap<(bool, String), Vec<Attestation>> = BTreeMap::new();
    for attestation in sources.iter().flat_map(attestations) {
        by_key.entry((attestation.kind == SubjectKind::Person, attestation.key.clone())).or_default().push(attestation);
    }
    part_glued(&mut by_key);
    let mut groups: Vec<Group> = by_key.into_iter().map(|((person, _), attestations)| Group::new(person, attestations)).collect();
    let heads = merged(&groups);
    let mut members: BTreeMap<usize, Vec<Attestation>> = BTreeMap::new();
    for (index, group) in groups.iter_mut().enumerate() {
        members.entry(heads[index]).or_default().append(&mut group.attestations);
    }
    members.into_values().map(record).collect()
}

/// Gives back what one source alone writes with the next word glued on, "Ada Quilland" for "Ada Quill and": a fault of the page it
/// was taken from, and nobody's name.
fn part_glued(by_key: &mut BTreeMap<(bool, String), Vec<Attestation>>) {
    let glued: Vec<((bool, String), String)> = by_key
        .iter()
        .filter(|(_, attestations)| attestations.len() == 1)
        .filter_map(|(key, _)| Some((key.clone(), without_glued(&key.1, |name| by_key.contains_key(&(key.0, name.to_owned())))?)))
        .collect();
    for (key, name) in glued {
        let proper = by_key.get(&(key.0, name.clone())).into_iter().flatten();
        let Some(form) = proper.map(|attestation| attestation.form.clone()).min() else { continue };
        let glued = by_key.remove(&key).into_iter().flatten();
        let parted: Vec<Attestation> = glued.map(|one| Attestation { form: form.clone(), key: name.clone(), ..one }).collect();
        by_key.entry((key.0, name)).or_default().extend(parted);
    }
}

/// The known name in front of a small word that is glued to it.
fn without_glued(key: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let (_, last) = key.rsplit_once(' ')?;
    if name_use(last).family {
        return None;
    }
    (3..=5).filter_map(|letters| key.len().checked_sub(letters)).filter(|&at| key.is_char_boundary(at)).find_map(|at| {
        let (name, word) = key.split_at(at);
        (word_class(word).is(WordClass::LEAD) && name.contains(' ') && is_known(name)).then(|| name.to_owned())
    })
}

fn attestations(source: &Source) -> Vec<Attestation> {
    let reading = &source.reading;
    let read = |(number, subject): (usize, &Subject)| {
        let first =
            subject.mentions.iter().map(|&id| reading.mention(id)).find(|mention| source.document.words(mention.at) == subject.name);
        let at = first.or_else(|| subject.mentions.first().map(|&id| reading.mention(id)))?.at;
        let key = subject.key.to_string();
        let form = subject.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = form.strip_prefix("the ").or(form.strip_prefix("The ")).unwrap_or(&form).to_owned();
        (!key.is_empty()).then(|| Attestation {
            kind: subject.kind,
            form,
            key,
            acronym: subject.acronym.clone(),
            citation: Citation::new(source, at),
            titles: attested(source, SubjectId::new(number)),
        })
    };
    reading.subjects.iter().enumerate().filter_map(read).collect()
}

impl Group {
    fn new(person: bool, attestations: Vec<Attestation>) -> Self {
        let name = Self::named(attestations.first().map_or("", |attestation| attestation.form.as_str()));
        Self { attestations, person, ..name }
    }

    fn named(form: &str) -> Self {
        let parts = PersonName::parse(form);
        let part = |part: Option<String>| part.map(|part| name_key(&part)).unwrap_or_default();
        Self { person: true, given: part(parts.given), surname: part(parts.surname), attestations: Vec::new() }
    }

    fn key(&self) -> &str {
        self.attestations.first().map_or("", |attestation| attestation.key.as_str())
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
    // So many people with one surname are not told apart by pairs.
    if full.len() <= 200 {
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

fn record(mut attestations: Vec<Attestation>) -> Arc<Record> {
    // The latest first, whatever order the sources came in.
    attestations.sort_by(|a, b| {
        let (x, y) = (&a.citation, &b.citation);
        y.source.published.cmp(&x.source.published).then_with(|| x.cmp(y))
    });
    let mut spellings: BTreeMap<String, Spelling> = BTreeMap::new();
    let mut kinds: BTreeMap<SubjectKind, usize> = BTreeMap::new();
    let mut acronyms: Vec<String> = Vec::new();
    for attestation in &attestations {
        *kinds.entry(attestation.kind).or_default() += 1;
        acronyms.extend(attestation.acronym.clone());
        let spelling = spellings.entry(attestation.form.clone()).or_insert_with_key(|form| Spelling::new(form.clone(), 0));
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
    for spelling in &mut spellings {
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
        sources: sources.len() as u32,
        first,
        last,
        citations: attestations.iter().take(MOST_CITED).map(|attestation| attestation.citation.clone()).collect(),
        titles: attestations.into_iter().flat_map(|attestation| attestation.titles).collect(),
        decision: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::SourceHeader;
    use crate::document::Document;
    use crate::markup::Format;

    #[test]
    fn a_name_with_the_next_word_glued_on_is_no_name() {
        let texts = ["The mayor met Hafsa Brantvoll.", "Critics met Hafsa Brantvolland others.", "Jonas Brantvoll met Hafsa Brantvollsen."];
        let sources: Vec<Source> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let header = SourceHeader { id: format!("{index}.md"), ..SourceHeader::default() };
                Source::read(header, Document::parse((*text).into(), Format::Plain))
            })
            .collect();
        let names: Vec<(String, u32)> = records(&sources).iter().map(|record| (record.name.clone(), record.sources)).collect();
        assert!(names.contains(&("Hafsa Brantvoll".to_owned(), 2)), "{names:?}");
        assert!(names.contains(&("Hafsa Brantvollsen".to_owned(), 1)), "{names:?}");
        assert!(!names.iter().any(|(name, _)| name.contains("Brantvolland")), "{names:?}");
    }
}
