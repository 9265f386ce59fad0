//! GitLab's code quality report, which a merge request shows beside the changed lines.

use std::io::{self, Write};

use serde::Serialize;

use super::super::plain_json;
use super::{Format, Linted, Look, Results};
use crate::finding::Severity;
use crate::text::stable_hash;

pub(super) static FORMAT: Format = Format {
    name: "gitlab",
    help: "GitLab's code quality report",
    has_problems: false,
    shows_fixes: false,
    is_commands: false,
    write: report,
};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// The same as long as the finding's own sentence is; no two of a report are alike.
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    let issues: Vec<Issue<'_>> = results.drafts.iter().flat_map(issues).collect();
    out.write_all(plain_json::line(&issues)?.as_bytes())
}

fn issues(Linted { path, draft }: &Linted) -> impl Iterator<Item = Issue<'_>> {
    draft.fingerprinted().map(move |(finding, print)| {
        let path = path.to_string_lossy().into_owned();
        let line = |offset| draft.document.position(offset).line + 1;
        Issue {
            description: &finding.message,
            check_name: finding.rule.name,
            fingerprint: format!("{:016x}", stable_hash(&[&path, &print.to_string()])),
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Info => "minor",
                Severity::Hint => "info",
            },
            location: Location { path, lines: Lines { begin: line(finding.span.start), end: line(finding.span.end) } },
        }
    })
}
