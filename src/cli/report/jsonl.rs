//! The JSON report, a line for each finding and problem, the summary last: for what reads while it runs.

use std::io::{self, Write};

use serde::Serialize;

use super::super::plain_json;
use super::json::{FindingRow, ProblemRow, Summary, finding_rows, problem_rows};
use super::{Format, Look, Results};

pub(super) static FORMAT: Format = Format {
    name: "jsonl",
    help: "A JSON object a line: findings, problems, then the summary",
    has_problems: true,
    shows_fixes: true,
    is_commands: false,
    write: report,
};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(FindingRow<'a>),
    Problem(ProblemRow<'a>),
    Summary(Summary),
}

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    let findings = results.drafts.iter().flat_map(finding_rows).map(Line::Finding);
    let problems = problem_rows(results).map(Line::Problem);
    for line in findings.chain(problems).chain([Line::Summary(Summary::of(results))]) {
        out.write_all(plain_json::line(&line)?.as_bytes())?;
    }
    Ok(())
}
