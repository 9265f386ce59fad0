//! What is known of a name for programs: one JSON object; docs/output.md is its contract.

use std::io;

use serde::Serialize;

use super::super::plain_json;
use super::super::report::{EvidenceRow, ProblemRow, evidence_row};
use super::Found;
use crate::corpus::{Record, Spelling, TitleAttestation};
use crate::workspace::Setting;

#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    name: &'a str,
    records: Vec<RecordRow<'a>>,
    /// How many more bear it.
    unshown: usize,
    near: &'a [String],
    problems: Vec<ProblemRow<'a>>,
    sources: usize,
    built_in: bool,
}

#[derive(Serialize)]
struct RecordRow<'a> {
    kind: &'static str,
    name: &'a str,
    given: Option<&'a str>,
    surname: Option<&'a str>,
    acronyms: &'a [String],
    /// Whether the stylebook has decided on it.
    decided: bool,
    sources: u32,
    first: Option<String>,
    last: Option<String>,
    spellings: Vec<SpellingRow<'a>>,
    titles: Vec<TitleRow<'a>>,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct SpellingRow<'a> {
    form: &'a str,
    sources: u32,
    outlets: Vec<OutletRow<'a>>,
}

#[derive(Serialize)]
struct OutletRow<'a> {
    outlet: &'a str,
    sources: u32,
}

#[derive(Serialize)]
struct TitleRow<'a> {
    words: &'a str,
    role: &'a str,
    of: Option<&'a str>,
    status: &'static str,
    evidence: EvidenceRow<'a>,
}

/// The object, in one line.
pub(super) fn line(name: &str, found: &Found, sources: usize, setting: &Setting) -> io::Result<String> {
    plain_json::line(&Answer {
        version: 1,
        name,
        records: found.records.iter().map(|record| row(record)).collect(),
        unshown: found.unshown,
        near: &found.near,
        problems: setting.problems.iter().map(ProblemRow::of).collect(),
        sources,
        built_in: setting.is_built_in(),
    })
}

fn row(record: &Record) -> RecordRow<'_> {
    RecordRow {
        kind: record.kind.name(),
        name: &record.name,
        given: record.given.as_deref(),
        surname: record.surname.as_deref(),
        acronyms: &record.acronyms,
        decided: record.decision.is_some(),
        sources: record.sources,
        first: record.first.map(|day| day.to_string()),
        last: record.last.map(|day| day.to_string()),
        spellings: record.spellings.iter().map(spelling).collect(),
        titles: record.titles.iter().map(title).collect(),
        evidence: record.citations.iter().map(evidence_row).collect(),
    }
}

fn spelling(spelling: &Spelling) -> SpellingRow<'_> {
    let outlets = spelling.outlets.iter().map(|(outlet, sources)| OutletRow { outlet, sources: *sources }).collect();
    SpellingRow { form: &spelling.form, sources: spelling.sources, outlets }
}

fn title(title: &TitleAttestation) -> TitleRow<'_> {
    TitleRow {
        words: &title.words,
        role: &title.role,
        of: title.of.as_deref(),
        status: title.status.name(),
        evidence: evidence_row(&title.citation),
    }
}
