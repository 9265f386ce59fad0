//! How often each rule found something, for who wants to know what a desk's drafts are like, or which rule is too loud.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::text::write_summary;
use super::{Format, Look, Results};
use crate::finding::Severity;

pub(in crate::cli) static FORMAT: Format = Format {
    name: "statistics",
    help: "How often each rule found something",
    has_problems: false,
    shows_fixes: false,
    is_commands: false,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, look: &Look) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in results.findings() {
        *counts.entry((finding.rule.name, finding.severity)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|((rule, severity), count)| (count, rule, severity)).collect();
    counts.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let digits = counts.first().map_or(1, |(count, ..)| count.to_string().len());
    let longest = counts.iter().map(|(_, rule, _)| rule.len()).max().unwrap_or_default();
    for (count, rule, severity) in counts {
        writeln!(out, "{count:>digits$} {rule:longest$} {severity}")?;
    }
    write_summary(results, out, look)
}
