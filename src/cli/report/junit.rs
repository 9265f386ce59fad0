//! XML of `JUnit`, which every CI server shows as tests: a suite a draft, a test a finding. What lets the command fail fails; what is less
//! is a test that passes and has something to say.

use std::io::{self, Write};

use super::xml::escaped;
use super::{Format, Linted, Look, Results};

pub(super) static FORMAT: Format = Format {
    name: "junit",
    help: "JUnit's XML: a suite a draft, a test a finding",
    has_problems: false,
    shows_fixes: false,
    is_commands: false,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    let fails = results.findings().filter(|finding| results.fails(finding)).count();
    let tests: usize = results.drafts.iter().map(|linted| linted.draft.findings.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"copydesk\" tests=\"{tests}\" failures=\"{fails}\">")?;
    for Linted { path, draft } in &results.drafts {
        let path = escaped(&path.to_string_lossy());
        let fails = draft.findings.iter().filter(|finding| results.fails(finding)).count();
        let tests = draft.findings.len().max(1);
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{fails}\">")?;
        if draft.findings.is_empty() {
            writeln!(out, "    <testcase name=\"nothing to report\" classname=\"{path}\"/>")?;
        }
        for finding in &draft.findings {
            let start = draft.document.position(finding.span.start);
            let (rule, message) = (escaped(finding.rule.name), escaped(&finding.message));
            let place = format!("{}:{}", start.line + 1, start.chars + 1);
            writeln!(out, "    <testcase name=\"{rule} at {place}\" classname=\"{path}\">")?;
            let severity = finding.severity;
            if results.fails(finding) {
                writeln!(out, "      <failure type=\"{severity}\" message=\"{message}\">{path}:{place}: {message}</failure>")?;
            } else {
                writeln!(out, "      <system-out>{severity}: {path}:{place}: {message}</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
