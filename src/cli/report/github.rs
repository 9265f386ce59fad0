//! Workflow commands that GitHub shows as annotations beside the changed lines.

use std::io::{self, Write};

use super::text::summary;
use super::{Format, Linted, Look, Results};
use crate::finding::Severity;
use crate::text::shown;

pub(super) static FORMAT: Format = Format {
    name: "github",
    help: "Annotations for GitHub's checks",
    has_problems: false,
    shows_fixes: false,
    is_commands: true,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, look: &Look) -> io::Result<()> {
    for Linted { path, draft } in &results.drafts {
        for finding in &draft.findings {
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "notice",
            };
            let (start, end) = (draft.document.position(finding.span.start), draft.document.position(finding.span.end));
            write!(out, "::{level} file={},line={},endLine={}", property(&path.to_string_lossy()), start.line + 1, end.line + 1)?;
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.chars + 1, end.chars + 1)?;
            }
            writeln!(out, ",title={}::{}", property(finding.rule.name), message(&finding.message))?;
        }
    }
    if look.is_quiet {
        return Ok(());
    }
    let lines: Vec<String> = summary(results).iter().map(|line| message(line)).collect();
    writeln!(out, "::notice title=copydesk::{}", lines.join("%0A"))
}

/// Line breaks would end a command; they are shown as text, like all that acts where it is shown.
fn message(text: &str) -> String {
    shown(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
