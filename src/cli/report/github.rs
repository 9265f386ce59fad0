//! Workflow commands that GitHub shows as annotations beside the changed lines.

use std::io::{self, Write};

use super::{Linted, Results};
use crate::finding::Severity;

pub(in crate::cli) fn report(results: &Results, out: &mut dyn Write) -> io::Result<()> {
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
    Ok(())
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
