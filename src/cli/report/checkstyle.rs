//! Checkstyle's XML, which many reviewers' tools and CI servers read.

use std::io::{self, Write};

use super::xml::escaped;
use super::{Format, Linted, Look, Results};
use crate::finding::Severity;

pub(super) static FORMAT: Format =
    Format { name: "checkstyle", help: "Checkstyle's XML", has_problems: false, shows_fixes: false, is_commands: false, write: report };

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for Linted { path, draft } in &results.drafts {
        writeln!(out, "  <file name=\"{}\">", escaped(&path.to_string_lossy()))?;
        for finding in &draft.findings {
            let start = draft.document.position(finding.span.start);
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"copydesk.{}\"/>",
                start.line + 1,
                start.chars + 1,
                escaped(&finding.message),
                escaped(finding.rule.name),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
