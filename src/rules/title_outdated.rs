//! A title that was right by the sources once, and that later ones replace.

use super::title_conflict::finding;
use super::titles::{Attested, DraftTitle, Relation, attested, draft_titles};
use super::{Case, Family, Rule};
use crate::corpus::plain_date;
use crate::finding::{Finding, Severity};

pub(super) static RULE: Rule = Rule {
    name: "title-outdated",
    family: Family::Title,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/title-outdated.md"),
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    draft_titles(case).iter().filter_map(|title| outdated(case, title)).collect()
}

fn outdated(case: &Case<'_>, title: &DraftTitle) -> Option<Finding> {
    let known = attested(case, title.subject);
    let relation = |one: &Attested<'_>| title.office.relation(&one.office);
    let held = known.iter().filter(|one| one.office.is_current() && relation(one) == Relation::Agrees);
    let last_held = held.filter_map(|one| one.attestation.published).max()?;
    let against: Vec<&Attested<'_>> = known
        .iter()
        .filter(|one| {
            let left = one.office.is_former() && relation(one) == Relation::Agrees;
            let other = one.office.is_current() && relation(one) == Relation::Contradicts;
            one.attestation.published.is_some_and(|published| published > last_held && case.today.is_none_or(|today| published <= today))
                && (left || other)
        })
        .collect();
    let first = against.iter().filter_map(|one| one.attestation.published).min()?;
    let mut found = finding(case, title, &against, &RULE)?;
    found.message = format!(
        "{}; the title in the draft was last given on {}, another since {}",
        found.message,
        plain_date(last_held),
        plain_date(first)
    );
    Some(found)
}
