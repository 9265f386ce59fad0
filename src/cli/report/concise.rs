//! A line a finding, as compilers have it: editors jump from it, `grep` and `wc` count it.

use std::io::{self, Write};

use super::{Format, Linted, Look, Results};
use crate::text::shown;

pub(super) static FORMAT: Format = Format {
    name: "concise",
    help: "A line a finding: path, line, column, what differs",
    has_problems: false,
    shows_fixes: false,
    is_commands: false,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    for Linted { path, draft } in &results.drafts {
        let path = path.to_string_lossy();
        for finding in &draft.findings {
            let start = draft.document.position(finding.span.start);
            let (severity, rule) = (finding.severity, finding.rule.name);
            writeln!(out, "{}:{}:{}: {severity}[{rule}]: {}", shown(&path), start.line + 1, start.chars + 1, shown(&finding.message))?;
        }
    }
    Ok(())
}
