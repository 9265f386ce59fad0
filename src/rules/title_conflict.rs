//! A title that can't be reconciled with what the sources call the person.

use super::Case;
use super::rule_words::RULE_WORDS;
use super::thresholds::{DAYS_IN_OFFICE, SEVERAL_SOURCES};
use super::titles::{
    Called, DraftTitle, Relation, Verdict, addresses, against, beyond_doubt, evidence, held_by_another, holder_message, message, name_of,
    speaks_of_now, verdict, worded,
};
use crate::corpus::Standing;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::reader::days_between;
use crate::text::folded;

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "title-conflict",
    family: Family::Title,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/title-conflict.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let titles = case.titles().checked.iter().filter_map(|title| conflict(case, title));
    titles.chain(addresses(case, &RULE)).collect()
}

fn conflict(case: &Case<'_>, title: &DraftTitle) -> Option<Finding> {
    let known = case.titles().attested(title);
    if title.office.is_former() {
        return former(case, title, known);
    }
    match verdict(case, title, known, Standing::Stylebook) {
        Some(Verdict::Other(against)) => return finding(case, title, &against, &RULE).map(|found| beside(case, title, found)),
        Some(Verdict::Right | Verdict::Outdated(_)) => return None,
        None => {}
    }
    let spoken_to = |one: &&Called<'_>| one.is_source() && title.office.relation(&one.office) != Relation::Unrelated;
    if known.iter().any(|one| spoken_to(&one)) {
        return by_sources(case, title, known);
    }
    match verdict(case, title, known, Standing::Reference) {
        Some(Verdict::Other(against)) => {
            let held = held_by_another(case, title, false).filter(|_| speaks_of_now(case, title));
            held.and_then(|_| finding(case, title, &against, &RULE)).map(|found| beside(case, title, found))
        }
        None => held_by_another(case, title, true).filter(|_| speaks_of_now(case, title)).map(|holding| Finding {
            rule: &RULE,
            severity: RULE.severity,
            span: case.document.to_source(title.at),
            message: format!("{}; the draft has {}", holder_message(holding), case.reading.subject(title.subject).name),
            evidence: vec![holding.title.citation.clone()],
            related: Vec::new(),
            fixes: Vec::new(),
        }),
        Some(Verdict::Right | Verdict::Outdated(_)) => None,
    }
}

/// What speaks against a title that the draft says somebody had: the sources give the same one of something else, or they give it as held
/// now, and neither they nor the draft tell of its end.
fn former<'a>(case: &Case<'a>, title: &DraftTitle, known: &[Called<'a>]) -> Option<Finding> {
    if known.iter().any(|one| !one.is_source() || one.bearer.is_some()) {
        return None;
    }
    let like = || known.iter().filter(|one| title.office.is_like(&one.office));
    if like().any(|one| one.office.is_former() && title.office.relation(&one.office) == Relation::Agrees) {
        return None;
    }
    if let Some(found) = still_held(case, title, known) {
        return Some(found);
    }
    let of_another: Vec<&Called<'_>> = like().filter(|one| title.office.is_of_another(&one.office)).collect();
    let (first, rest) = (of_another.first()?, &of_another[1..]);
    let one_office = rest.iter().all(|one| first.office.relation(&one.office) == Relation::Agrees);
    let none_bears_out = like().all(|one| title.office.relation(&one.office) != Relation::Agrees);
    let against = beyond_doubt(case, title, of_another.clone());
    (one_office && none_bears_out).then(|| finding(case, title, &against, &RULE)).flatten().map(|found| beside(case, title, found))
}

/// What several sources of the draft's own days say of a title that the draft calls a former one: that it is held. Of no office that somebody
/// has just left, as the draft may tell, or has left for another.
fn still_held(case: &Case<'_>, title: &DraftTitle, known: &[Called<'_>]) -> Option<Finding> {
    let today = case.today.filter(|_| title.office.is_a_post())?;
    let written = case.document.words(title.at);
    let (before, now) = written.split_once("former ").or_else(|| written.split_once("Former ")).or_else(|| written.split_once("ex-"))?;
    let block = folded(&case.document.block(title.at).text);
    let mut words = block.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| RULE_WORDS.leaving_office.has(word)) {
        return None;
    }
    let has_another = |other: &DraftTitle| other.subject == title.subject && other.office.is_current();
    let contradicts = |one: &Called<'_>| {
        let may_be = !matches!(one.office.relation(&title.office), Relation::Agrees | Relation::Unrelated);
        one.office.is_current() && may_be
    };
    if case.titles().checked.iter().any(has_another) || known.iter().any(contradicts) {
        return None;
    }
    let of_these_days = |one: &&Called<'_>| {
        let is_before = one.attestation.published.is_some_and(|day| day <= today);
        is_before && days_between(case.today, one.attestation.published).is_some_and(|days| days <= DAYS_IN_OFFICE)
    };
    let held: Vec<&Called<'_>> =
        known.iter().filter(|one| one.office.is_current() && title.office.is_held_as(&one.office)).filter(of_these_days).collect();
    let held = beyond_doubt(case, title, held);
    if u32::try_from(evidence(&held).len()).is_ok_and(|sources| sources < SEVERAL_SOURCES) {
        return None;
    }
    let mut found = finding(case, title, &held, &RULE)?;
    let words = capitalised_at_start(case, title, &format!("{before}{now}"));
    let fix = case.document.replace(title.at, &words).map(|edit| Fix::new(format!("Change to “{words}”"), vec![edit]));
    found.fixes = fix.into_iter().collect();
    Some(beside(case, title, found))
}

/// The words of a title with a capital where the draft's begins its sentence.
fn capitalised_at_start(case: &Case<'_>, title: &DraftTitle, words: &str) -> String {
    let mut chars = words.chars();
    match chars.next().filter(|_| case.reading.sentence(title.at).span.start == title.at.span.start) {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words.to_owned(),
    }
}

fn by_sources<'a>(case: &Case<'a>, title: &DraftTitle, known: &[Called<'a>]) -> Option<Finding> {
    // Whoever bears the draft's title out, at whatever time, takes the conflict away; an earlier time is outdated's business.
    let mut bearing_out = known.iter().filter(|one| one.is_source() && title.office.is_borne_out_by(&one.office)).peekable();
    let mut against = if title.is_told_of_the_past(case) { Vec::new() } else { against(case, title, known) };
    if bearing_out.peek().is_some() {
        // "The president" is no other office than "the Danish president", but says nothing against "the Norwegian president".
        let vaguely = bearing_out.all(|one| title.office.is_closer_than(&one.office));
        against.retain(|one| vaguely && title.office.is_of_another(&one.office));
    }
    finding(case, title, &against, &RULE).map(|found| beside(case, title, found))
}

/// The finding with what the draft has.
pub(super) fn beside(case: &Case<'_>, title: &DraftTitle, found: Finding) -> Finding {
    Finding { message: format!("{}; the draft has “{}”", found.message, title.told(case)), ..found }
}

/// The finding that `against` make of a title; none without any.
pub(super) fn finding(case: &Case<'_>, title: &DraftTitle, against: &[&Called<'_>], rule: &'static RuleInfo) -> Option<Finding> {
    let name = name_of(case, title, against.first()?);
    let evidence = evidence(against);
    let fixes = worded(case, title, against)
        .filter(|words| words != case.document.words(title.at))
        .and_then(|words| Some(Fix::new(format!("Change to “{words}”"), vec![case.document.replace(title.at, &words)?])));
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
