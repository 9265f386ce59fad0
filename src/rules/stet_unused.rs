//! `stet-unused`: a stet mark that silences nothing is a leftover, and hides what comes next.

use super::{Case, rule, rule_names};
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::markup::Stet;
use crate::text::{TextEdit, did_you_mean};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "stet-unused",
    family: Family::Housekeeping,
    severity: Severity::Info,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/stet-unused.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    // What is compared with another version may still be silenced by it.
    let is_of_draft = |stet: &&&Stet| stet.rule.as_deref().and_then(rule).is_none_or(|rule| rule.family != Family::Version);
    case.unused_stets.iter().filter(is_of_draft).map(|stet| finding(stet)).collect()
}

fn finding(stet: &Stet) -> Finding {
    let removed = || Fix::new("Remove the stet mark".to_owned(), vec![TextEdit { span: stet.span, text: String::new() }]);
    let (message, fix) = match stet.rule.as_deref() {
        // Of a slip in the name only who wrote it knows what was to be silenced.
        Some(name) if rule(name).is_none() => match did_you_mean(name, rule_names()) {
            Some(meant) => (format!("there is no rule `{name}`{meant}"), None),
            None => (format!("there is no rule `{name}`; `copydesk explain` lists them all"), Some(removed())),
        },
        Some(name) => (format!("this stet mark silences no finding of {name}"), Some(removed())),
        None => ("this stet mark silences nothing".to_owned(), Some(removed())),
    };
    let (evidence, related, fixes) = (Vec::new(), Vec::new(), fix.into_iter().collect());
    Finding { rule: &RULE, severity: RULE.severity, span: stet.span, message, evidence, related, fixes }
}
