//! A recognised other spelling of a known name, where most sources prefer one.

use super::Case;
use super::spelling::{self, Named, is_other_romanisation};
use crate::corpus::Record;
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::exonyms;
use crate::reader::{PersonName, SubjectKind};
use crate::text::{Span, name_key};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "name-variant",
    family: Family::Name,
    severity: Severity::Info,
    fixes: Applicability::Safe,
    page: include_str!("../../docs/rules/name-variant.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    case.names().iter().filter_map(|named| check_name(case, named)).flatten().collect()
}

fn check_name(case: &Case<'_>, named: &Named<'_>) -> Option<Vec<Finding>> {
    let answer = named.answer?;
    if let Some(found) = alias(case, named) {
        return Some(found);
    }
    let records = answer.known.iter().chain(answer.near.iter().map(|near| &near.record));
    if named.is_person() {
        let surname = named.person.surname.as_deref()?;
        let (surname_key, given_key) = (name_key(surname), named.person.first_given_key());
        let record = records.into_iter().find(|record| is_variant_of(record, given_key.as_deref(), &surname_key))?;
        let by_surname = record.preferred_surname().filter(|form| is_other(surname, form, "", &record.surnames()));
        if let Some(form) = by_surname {
            return Some(report(case, named, record, surname, form));
        }
        let given = named.person.given.as_deref()?;
        let form = record.preferred_given_name()?;
        let (written, form) = (given.split_whitespace().next()?, form.split_whitespace().next()?);
        return if is_other(written, form, surname, &record.given_names()) {
            Some(report(case, named, record, written, form))
        } else {
            None
        };
    }
    let record = records.into_iter().find(|record| {
        let other = |key: &str| record.spellings.iter().any(|spelling| spelling.key() == key);
        exonyms(named.key).is_some_and(|mut spellings| spellings.any(|spelling| other(&name_key(spelling))))
    })?;
    let form = record.preferred_surname()?;
    if name_key(form) == named.key {
        return None;
    }
    Some(report(case, named, record, &named.subject.name, form))
}

/// A name that the desk has listed as another form of the one it uses, wherever the draft writes it in full or, of a person,
/// the surname alone.
fn alias(case: &Case<'_>, named: &Named<'_>) -> Option<Vec<Finding>> {
    let record = named.known().filter(|record| record.decision.is_some())?;
    let aliases = &record.decision.as_ref()?.aliases;
    let surname = |form: &str| (record.kind == SubjectKind::Person).then(|| PersonName::parse(form).surname).flatten();
    let preferred = surname(&record.name);
    let meant = |words: &str| -> Option<&str> {
        if words == record.name || Some(words) == preferred.as_deref() {
            return None;
        }
        if aliases.iter().any(|alias| alias == words) {
            return Some(&record.name);
        }
        let is_surname = aliases.iter().any(|alias| surname(alias).as_deref() == Some(words));
        preferred.as_deref().filter(|_| is_surname)
    };
    let changes: Vec<(ProseSpan, String)> = named
        .mentions
        .iter()
        .filter(|mention| !mention.in_quote)
        .filter_map(|mention| {
            let words = case.document.words(mention.at);
            let (wrong, right) = spelling::differing(words, meant(words)?);
            let at = words.find(&wrong)? as u32 + mention.at.span.start;
            Some((ProseSpan { block: mention.at.block, span: Span::new(at, at + wrong.len() as u32) }, right))
        })
        .collect();
    let (_, right) = changes.first()?;
    let evidence = spelling::evidence(record, right);
    let written = case.document.words(changes.first()?.0);
    let message = spelling::spelt_by(record.sources, right, written, &evidence);
    Some(spelling::changing(case, &RULE, &changes, right, &message, &evidence))
}

/// Both names by their keys.
fn is_variant_of(record: &Record, given: Option<&str>, surname: &str) -> bool {
    let same = |a: &str, b: &str, beside: &str| a == b || is_other_romanisation(a, b, beside);
    record.spellings.iter().any(|spelling| {
        let Some(meant) = spelling.surname_key() else { return false };
        let givens = match (given, spelling.given_key()) {
            (Some(a), Some(b)) => same(a, b, surname),
            // A surname alone may be anybody's, unless it is the draft that has it alone.
            (Some(_), None) => false,
            (None, _) => true,
        };
        givens && same(surname, meant, "")
    })
}

/// Whether what is written is a recognised form of a name and not the preferred one: another romanisation, or a form that sources use.
fn is_other(written: &str, form: &str, beside: &str, attested: &[(&str, u32)]) -> bool {
    let (a, b) = (name_key(written), name_key(form));
    let is_attested = || a != b && attested.iter().any(|(known, sources)| *known == written && *sources > 0);
    written != form && a.len() > 1 && b.len() > 1 && (is_attested() || is_other_romanisation(&a, &b, &name_key(beside)))
}

fn report(case: &Case<'_>, named: &Named<'_>, record: &Record, written: &str, form: &str) -> Vec<Finding> {
    let mentions: Vec<_> = named.mentions.iter().copied().filter(|mention| !mention.in_quote).collect();
    let places = spelling::places_of_word(case, &mentions, written);
    let evidence = spelling::evidence(record, form);
    let sources =
        record.spellings.iter().filter(|spelling| spelling::has_words(&spelling.form, form)).map(|spelling| spelling.sources).sum::<u32>();
    let message = spelling::spelt_by(sources.max(1), form, written, &evidence);
    spelling::finding(case, &RULE, &places, form, &message, &evidence)
}
