//! A title that was right by the sources once, and that later ones replace.

use super::Case;
use super::title_conflict::{beside, finding};
use super::titles::{
    Called, DraftTitle, Outdated, Relation, Verdict, beyond_doubt, held_by_another, holder_message, speaks_of_now, verdict,
};
use crate::corpus::{Standing, plain_date};
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "title-outdated",
    family: Family::Title,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/title-outdated.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    case.titles().checked.iter().filter_map(|title| outdated(case, title).map(|found| beside(case, title, found))).collect()
}

fn outdated(case: &Case<'_>, title: &DraftTitle) -> Option<Finding> {
    if !title.office.is_current() || title.is_told_of_the_past(case) {
        return None;
    }
    let known = case.titles().attested(title);
    match verdict(case, title, known, Standing::Stylebook) {
        Some(Verdict::Outdated(outdated)) => return by_authority(case, title, &outdated),
        Some(Verdict::Right | Verdict::Other(_)) => return None,
        None => {}
    }
    let spoken_to = |one: &&Called<'_>| one.is_source() && title.office.relation(&one.office) != Relation::Unrelated;
    if known.iter().any(|one| spoken_to(&one)) {
        return by_sources(case, title, known);
    }
    match verdict(case, title, known, Standing::Reference) {
        // A bare "President" stays with a former one by courtesy.
        Some(Verdict::Outdated(outdated)) if title.question.is_some() && speaks_of_now(case, title) => {
            let mut found = by_authority(case, title, &outdated)?;
            if let Some(holding) = held_by_another(case, title, false) {
                found.message = format!("{}; {}", found.message, holder_message(holding));
                found.evidence.push(holding.title.citation.clone());
            }
            Some(found)
        }
        _ => None,
    }
}

/// What an authority that knows the terms says; where it gives no other title for now, there is none to put in.
fn by_authority(case: &Case<'_>, title: &DraftTitle, outdated: &Outdated<'_, '_>) -> Option<Finding> {
    let against = if outdated.now.is_empty() { &outdated.then } else { &outdated.now };
    let mut found = finding(case, title, against, &RULE)?;
    if outdated.now.is_empty() {
        found.fixes.clear();
    }
    found.message = outdated.message(&found.message);
    Some(found)
}

fn by_sources(case: &Case<'_>, title: &DraftTitle, all: &[Called<'_>]) -> Option<Finding> {
    let known: Vec<&Called<'_>> = all.iter().filter(|one| one.is_source()).collect();
    // A surname alone is somebody else's at another time.
    if known.iter().any(|one| one.bearer.is_some()) {
        return None;
    }
    let mut last_held = None;
    for one in &known {
        // The later day first, since the latest mostly stand first and the offices take longer to compare.
        let published = one.attestation.published;
        if published > last_held && one.office.is_current() && title.office.is_borne_out_by(&one.office) {
            last_held = published;
        }
    }
    let last_held = last_held?;
    // "Former President Quill", and a year later "President Quill" again: that is courtesy, as the draft's may be. So it is where the term is
    // known to have ended before.
    // "The late Justice Quill": the dead keep their titles.
    let is_dead = |one: &Called<'_>| one.attestation.words.trim_start_matches("the ").trim_start_matches("The ").starts_with("late ");
    let left = |one: &&Called<'_>| one.office.is_former() && !is_dead(one) && title.office.is_borne_out_by(&one.office);
    let left_before = |one: &&Called<'_>| left(one) && one.attestation.published.is_some_and(|published| published < last_held);
    let ended_before = |one: &Called<'_>| {
        let until = one.attestation.term.and_then(|term| term.until).filter(|_| !one.is_source());
        until.is_some_and(|until| until < last_held) && title.office.is_borne_out_by(&one.office)
    };
    if known.iter().any(left_before) || all.iter().any(ended_before) {
        return None;
    }
    let against: Vec<&Called<'_>> = known
        .into_iter()
        .filter(|one| {
            let other = || one.office.is_current() && title.office.relation(&one.office) == Relation::Contradicts;
            one.attestation.published.is_some_and(|published| published > last_held && case.today.is_none_or(|today| published <= today))
                && (left(one) || other())
        })
        .collect();
    let against = beyond_doubt(case, title, against);
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
