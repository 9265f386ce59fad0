//! A person's first mention in the body is a bare surname, and the sources know the full name.

use super::Case;
use super::spelling::{self, Named};
use crate::corpus::plain_date;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::reader::{MentionKind, SubjectKind};
use crate::text::{MOST_SLIPS, edit_distance, folded, name_key};

pub static RULE: RuleInfo = RuleInfo {
    name: "name-first-reference",
    family: Family::Name,
    severity: Severity::Hint,
    fixes: Applicability::Safe,
    page: include_str!("../../docs/rules/name-first-reference.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let draft = case.names();
    draft
        .iter()
        .filter(|named| named.is_person())
        .filter_map(|named| check_person(case, named).filter(|_| !has_full_name_spelt_otherwise(draft, named)))
        .flatten()
        .collect()
}

/// The draft has the full name, with a slip in one of the two: other rules speak of that.
fn has_full_name_spelt_otherwise(draft: &[Named<'_>], named: &Named<'_>) -> bool {
    draft.iter().filter(|other| other.is_person() && other.person.given.is_some()).any(|other| {
        if std::ptr::eq(other.subject, named.subject) {
            return false;
        }
        let surname = other.person.surname.as_deref().map(name_key).unwrap_or_default();
        edit_distance(&surname, named.key, MOST_SLIPS).is_some()
    })
}

fn check_person(case: &Case<'_>, named: &Named<'_>) -> Option<Vec<Finding>> {
    let first = named.mentions.iter().find(|mention| case.document.block(mention.at).kind.is_body() && !mention.in_quote)?;
    let MentionKind::Name(name) = &first.kind else { return None };
    if name.person.as_ref()?.given.is_some() {
        return None;
    }
    let words = case.document.words(first.at);
    // "the Solvang plan" names a thing after somebody.
    let before = &case.document.block(first.at).text[..first.at.span.start as usize];
    if before.ends_with("the ") || before.ends_with("The ") {
        return None;
    }
    let answer = named.answer?;
    let bearers: Vec<_> = answer.known.iter().filter(|record| record.kind == SubjectKind::Person && record.given.is_some()).collect();
    let [record] = bearers.as_slice() else { return None };
    if record.decision.as_ref().is_some_and(|decision| decision.needs_no_introduction) {
        return None;
    }
    if record.surname.as_deref().map(folded) != Some(folded(words)) {
        return None;
    }
    // A line such as "Foreign Minister Anja Solvang" may be read so that the given name is no part of the name.
    if record.given.as_deref().is_some_and(|given| folded(before).trim_end().ends_with(&folded(given))) {
        return None;
    }
    let evidence = spelling::evidence(record, &record.name);
    let message = match (&record.decision, record.last) {
        (Some(_), _) => {
            format!("First mention in the text; the stylebook gives the full name “{}”", record.name)
        }
        (None, Some(last)) => {
            format!("First mention in the text; the sources give the full name “{}” (last: {})", record.name, plain_date(last))
        }
        (None, None) => format!("First mention in the text; the sources give the full name “{}”", record.name),
    };
    Some(spelling::finding(case, &RULE, &[first.at], &record.name, &message, &evidence))
}
