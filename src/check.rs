//! Checks a draft: all rules over one case, then what a person wants to hear of it. Sorted, and the same every time.

use crate::finding::Finding;
use crate::rules::{Case, RULES};

/// All findings of a draft, by position.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| (rule.check)(case)).collect();
    findings.sort_by(|a, b| (a.span, a.rule.name).cmp(&(b.span, b.rule.name)));
    findings
}
