//! `stet-unused`: a stet mark that silences nothing is a leftover, and hides what comes next.

use super::Case;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::text::TextEdit;

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "stet-unused",
    family: Family::Housekeeping,
    severity: Severity::Info,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/stet-unused.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let finding = |stet: &&crate::markup::Stet| {
        let what = stet.rule.as_deref().map_or_else(|| "nothing".to_owned(), |rule| format!("no finding of {rule}"));
        let edit = TextEdit { span: stet.span, text: String::new() };
        Finding {
            rule: &RULE,
            severity: RULE.severity,
            span: stet.span,
            message: format!("this stet mark silences {what}"),
            evidence: Vec::new(),
            related: Vec::new(),
            fixes: vec![Fix::new("Remove the stet mark".to_owned(), vec![edit])],
        }
    };
    case.unused_stets.iter().map(finding).collect()
}
