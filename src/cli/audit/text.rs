//! The list for people at a terminal: what each disagreement is about, who has it so, and who otherwise.

use super::{Audit, partakers, place};
use crate::corpus::Citation;
use crate::text::shown;

/// So many articles are named on each side.
const NAMED: usize = 10;

pub(super) fn written(audit: &Audit) -> String {
    let mut lines = Vec::new();
    for one in &audit.disagreements {
        let first = one.first();
        lines.push(format!("{}[{}]: {}", first.severity, first.rule.name, partakers(one)));
        lines.push(format!("  {}", first.message));
        let of = |citation: &Citation, has: &str| {
            let (outlet, place) = place(citation);
            [format!("    {has}: {outlet} ({place})"), format!("      “{}”", citation.sentence)]
        };
        lines.extend(one.objections.iter().take(NAMED).flat_map(|objection| of(&objection.place, &format!("“{}”", objection.words))));
        lines.extend(one.others.iter().take(NAMED).flat_map(|citation| of(citation, "otherwise")));
        let more = one.objections.len().saturating_sub(NAMED) + one.others.len().saturating_sub(NAMED);
        lines.extend((more > 0).then(|| format!("    and {more} more")));
        lines.push(String::new());
    }
    lines.extend(audit.summary());
    let outlets = audit.by_outlet();
    if !outlets.is_empty() {
        lines.push(format!(
            "by outlet: {}",
            outlets.iter().map(|(outlet, count)| format!("{outlet} {count}")).collect::<Vec<_>>().join(", ")
        ));
    }
    lines.iter().flat_map(|line| [shown(line).into_owned(), "\n".to_owned()]).collect()
}
