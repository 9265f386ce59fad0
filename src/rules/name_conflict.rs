//! The surname and the title say who is meant, but the given name is another.

use super::spelling::{self, Named, is_romanisation};
use super::{Case, Family, Rule};
use crate::finding::{Finding, Severity};
use crate::gazetteer::{WordClass, may_be_one_given_name, name_use, word_class};
use crate::reader::SubjectKind;
use crate::text::{folded, name_key};

pub(super) static RULE: Rule = Rule {
    name: "name-conflict",
    family: Family::Name,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/name-conflict.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let draft = spelling::names(case);
    draft.iter().filter(|named| named.is_person()).filter_map(|named| check_person(case, &draft, named)).flatten().collect()
}

fn check_person(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>) -> Option<Vec<Finding>> {
    let (given, surname) = (named.person.given.as_deref()?, named.person.surname.as_deref()?);
    let answer = named.answer?;
    if !answer.known.is_empty() {
        return None;
    }
    // The sources know one bearer of the surname, or the draft speaks of somebody else.
    let [record] = answer.namesakes.as_slice() else { return None };
    let record = record.as_ref();
    let meant = record.given.as_deref()?;
    if record.kind != SubjectKind::Person
        || may_be_one(given, meant, surname)
        || is_surname_first(&named.key)
        || is_surname_first(&name_key(&record.name))
    {
        return None;
    }
    if names_both(case, named, meant) {
        return None;
    }
    let surname_key = name_key(surname);
    let other_bearers = draft.iter().any(|other| {
        let bearer = other.is_person() && !std::ptr::eq(other.subject, named.subject) && other.person.given.is_some();
        bearer && other.person.surname.as_deref().is_some_and(|other| name_key(other) == surname_key)
    });
    if other_bearers || speaks_of_family(case, named) {
        return None;
    }
    let roles = named.roles(case);
    let fits = record.titles.iter().any(|title| roles.contains(&title.role.as_str()));
    let contradicts = !fits && !roles.is_empty() && !record.titles.is_empty();
    let rare = surname_key.split(' ').all(|word| !name_use(word).family);
    if !fits && !are_given_names(given, meant) {
        return None;
    }
    let plain = !contradicts && record.weight() >= 2 && named.mentions.len() >= 2;
    if !(fits || rare && !contradicts || plain) {
        return None;
    }
    let places = spelling::places_of_word(case, &named.mentions, given);
    let evidence = spelling::evidence(record, meant);
    let message = spelling::spelt_by(record.sources, &record.name, &evidence);
    Some(spelling::finding(case, &RULE, &places, meant, &message, &evidence))
}

/// Whether what stands before the surnames is given names, and not a misread title or another word.
fn are_given_names(a: &str, b: &str) -> bool {
    [a, b].iter().all(|given| name_key(given).split(' ').any(|word| name_use(word).given))
}

/// "Halvard and Ingrid Solvang": the sentence has the given name that the sources know as well.
fn names_both(case: &Case<'_>, named: &Named<'_>, meant: &str) -> bool {
    named.mentions.iter().any(|mention| {
        let sentence = folded(case.document.words(case.reading.sentence(mention.at)));
        let first = name_key(meant);
        let first = first.split(' ').next().unwrap_or_default();
        sentence.split(|c: char| !c.is_alphanumeric()).any(|word| word == first)
    })
}

fn may_be_one(a: &str, b: &str, surname: &str) -> bool {
    let (a, b) = (name_key(a), name_key(b));
    // A middle name that somebody goes by counts as well.
    a.split(' ').any(|x| {
        b.split(' ').any(|y| {
            x.len() == 1 && y.starts_with(x)
                || y.len() == 1 && x.starts_with(y)
                || may_be_one_given_name(x, y)
                || is_romanisation(x, y, &name_key(surname))
        })
    })
}

fn is_surname_first(key: &str) -> bool {
    key.split(' ').next().is_some_and(|first| word_class(first).is(WordClass::EAST_ASIAN_SURNAME))
}

/// Whether the draft calls this person somebody's relative, or speaks of a family.
fn speaks_of_family(case: &Case<'_>, named: &Named<'_>) -> bool {
    named.mentions.iter().any(|mention| {
        let sentence = folded(case.document.words(case.reading.sentence(mention.at)));
        sentence.split(|c: char| !c.is_alphanumeric()).any(|word| word_class(word).is(WordClass::KINSHIP))
    })
}
