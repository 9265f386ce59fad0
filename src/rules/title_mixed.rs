//! One person with two titles in one draft that can't both hold.

use rustc_hash::FxHashMap;

use super::Case;
use super::titles::{DraftTitle, Relation, Verdict, capitalised_like, verdict, with_own_possessor};
use crate::corpus::Standing;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::reader::SubjectId;

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "title-mixed",
    family: Family::Title,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/title-mixed.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let titles = &case.titles().checked;
    let mut findings: Vec<Finding> = Vec::new();
    let mut by_subject: FxHashMap<SubjectId, Vec<&DraftTitle>> = FxHashMap::default();
    for later in titles.iter().filter(|title| title.office.is_current() && !title.is_told_of_the_past(case)) {
        let of_subject = by_subject.entry(later.subject).or_default();
        of_subject.push(later);
        // "The director and deputy minister Ada Quill" is told to be both.
        let same = || of_subject.iter().copied().filter(|earlier| earlier.holder != later.holder);
        if same().any(|earlier| later.office.is_borne_out_by(&earlier.office)) {
            continue;
        }
        let Some(earlier) = same().find(|earlier| later.office.relation(&earlier.office) == Relation::Contradicts) else { continue };
        // The desk may know that both are held.
        if [earlier, later].into_iter().all(|title| ruled(case, title) == Some(true)) {
            continue;
        }
        let (off, other) = if bears_out(case, later) && !bears_out(case, earlier) { (earlier, later) } else { (later, earlier) };
        findings.push(finding(case, off, other));
    }
    findings
}

/// What the stylebook says of a title, where it speaks to it.
fn ruled(case: &Case<'_>, title: &DraftTitle) -> Option<bool> {
    verdict(case, title, case.titles().attested(title), Standing::Stylebook).map(|verdict| matches!(verdict, Verdict::Right))
}

fn bears_out(case: &Case<'_>, title: &DraftTitle) -> bool {
    let said = || {
        let mut sources = case.titles().attested(title).iter().filter(|one| one.is_source() && one.office.is_current());
        sources.any(|one| title.office.is_borne_out_by(&one.office))
    };
    ruled(case, title).unwrap_or_else(said)
}

fn finding(case: &Case<'_>, off: &DraftTitle, other: &DraftTitle) -> Finding {
    let document = case.document;
    let words = document.words(other.at);
    let name = &case.reading.subject(off.subject).name;
    let place = document.to_source(other.at);
    let line = document.position(place.start).line + 1;
    let written = document.words(off.at);
    let article = written.split(' ').next().filter(|word| word.eq_ignore_ascii_case("the"));
    let bare = words.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("the")).map_or(words, |(_, rest)| rest);
    let body = capitalised_like(written, bare);
    // "The Peldon's" is no English.
    let owned = bare.split(' ').any(|word| word.ends_with("'s") || word.ends_with("’s"));
    let with_article = || article.filter(|_| !owned).map(|article| format!("{article} {body}"));
    let own = with_own_possessor(written, bare).filter(|_| !off.office.is_of_another(&other.office));
    let wording = own.or_else(with_article).unwrap_or_else(|| body.clone());
    let fix = document.replace(off.at, &wording).map(|edit| Fix::new(format!("Change to “{wording}”"), vec![edit]));
    Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: document.to_source(off.at),
        message: format!("{name} is “{words}” in line {line} of this draft"),
        evidence: Vec::new(),
        related: vec![(place, words.to_owned())],
        fixes: fix.into_iter().collect(),
    }
}
