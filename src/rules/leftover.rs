//! `leftover`: what comparing two versions of a draft finds. Who sees one version alone never raises it.

use crate::finding::{Applicability, Family, RuleInfo, Severity};

pub static RULE: RuleInfo = RuleInfo {
    name: "leftover",
    family: Family::Version,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/leftover.md"),
};
