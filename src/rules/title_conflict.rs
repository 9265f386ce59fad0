//! A title that can't be reconciled with what the sources call the person.

use super::titles::{Attested, DraftTitle, Relation, attested, draft_titles, evidence, is_of_that_time, message, worded};
use super::{Case, Family, Rule};
use crate::finding::{Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    name: "title-conflict",
    family: Family::Title,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/title-conflict.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    draft_titles(case).iter().filter_map(|title| conflict(case, title)).collect()
}

fn conflict(case: &Case<'_>, title: &DraftTitle) -> Option<Finding> {
    let known = attested(case, title.subject);
    // Whoever bears the draft's title out, at whatever time, takes the conflict away; an earlier time is outdated's business.
    if known.iter().any(|one| title.office.relation(&one.office) == Relation::Agrees) {
        return None;
    }
    let against: Vec<&Attested<'_>> = known
        .iter()
        .filter(|one| one.office.is_current() && is_of_that_time(case, one) && title.office.relation(&one.office) == Relation::Contradicts)
        .collect();
    finding(case, title, &against, &RULE)
}

/// The finding that `against` make of a title; none without any.
pub(super) fn finding(case: &Case<'_>, title: &DraftTitle, against: &[&Attested<'_>], rule: &'static Rule) -> Option<Finding> {
    if against.is_empty() {
        return None;
    }
    let evidence = evidence(against);
    let name = &case.reading.subject(title.subject).name;
    let fixes = worded(case, title, against)
        .filter(|words| words != case.document.words(title.at))
        .and_then(|words| Some(Fix { title: format!("Change to “{words}”"), edits: vec![case.document.replace(title.at, &words)?] }));
    Some(Finding {
        rule,
        severity: rule.severity,
        span: case.document.to_source(title.at),
        message: message(name, against, &evidence),
        evidence,
        related: Vec::new(),
        fixes: fixes.into_iter().collect(),
    })
}
