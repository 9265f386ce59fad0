//! The report for programs: one JSON object; docs/output.md is its contract.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::super::plain_json;
use super::{Format, Linted, Look, Results};
use crate::check::Fingerprint;
use crate::corpus::Citation;
use crate::document::Document;
use crate::finding::{Finding, Fix};
use crate::text::{Position, Span};
use crate::workspace::Problem;

/// A place in a file: line and column start at 1, the column in Unicode characters; the offset is in bytes.
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::cli) struct LineAndColumn {
    line: u32,
    column: u32,
    offset: u32,
}

impl From<Position> for LineAndColumn {
    fn from(position: Position) -> Self {
        Self { line: position.line + 1, column: position.chars + 1, offset: position.offset }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<FindingRow<'a>>,
    problems: Vec<ProblemRow<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
pub(in crate::cli) struct FindingRow<'a> {
    path: String,
    rule: &'a str,
    severity: &'a str,
    start: LineAndColumn,
    end: LineAndColumn,
    text: &'a str,
    message: &'a str,
    evidence: Vec<EvidenceRow<'a>>,
    fixes: Vec<FixRow<'a>>,
    related: Vec<RelatedRow<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
pub(in crate::cli) struct EvidenceRow<'a> {
    source: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    start: LineAndColumn,
    end: LineAndColumn,
    text: &'a str,
}

#[derive(Serialize)]
struct FixRow<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditRow<'a>>,
}

#[derive(Serialize)]
struct EditRow<'a> {
    start: LineAndColumn,
    end: LineAndColumn,
    text: &'a str,
}

#[derive(Serialize)]
struct RelatedRow<'a> {
    path: String,
    start: LineAndColumn,
    end: LineAndColumn,
    text: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
pub(in crate::cli) struct ProblemRow<'a> {
    path: String,
    message: &'a str,
}

#[derive(Serialize)]
pub(super) struct Summary {
    drafts: usize,
    words: usize,
    findings: BTreeMap<&'static str, usize>,
    sources: usize,
    built_in: bool,
    undated: usize,
    problems: usize,
    unread: usize,
    skipped: usize,
    fixed: usize,
    accepted: usize,
}

pub(super) static FORMAT: Format =
    Format { name: "json", help: "One JSON object", has_problems: true, shows_fixes: true, is_commands: false, write: report };

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    out.write_all(whole(results)?.as_bytes())
}

/// The object, with its line break.
pub(in crate::cli) fn whole(results: &Results) -> io::Result<String> {
    plain_json::line(&Report {
        version: 1,
        findings: results.drafts.iter().flat_map(finding_rows).collect(),
        problems: problem_rows(results).collect(),
        summary: Summary::of(results),
    })
}

impl Summary {
    pub(super) fn of(results: &Results) -> Self {
        let mut findings: BTreeMap<&'static str, usize> = BTreeMap::new();
        for finding in results.findings() {
            *findings.entry(finding.severity.name()).or_default() += 1;
        }
        Self {
            drafts: results.drafts.len(),
            words: results.words(),
            findings,
            sources: results.against.sources,
            built_in: results.against.is_built_in,
            undated: results.undated(),
            problems: results.problems.len(),
            unread: results.against.unread,
            skipped: results.against.skipped.count(),
            fixed: results.fixed,
            accepted: results.accepted(),
        }
    }
}

pub(super) fn problem_rows(results: &Results) -> impl Iterator<Item = ProblemRow<'_>> {
    results.problems.iter().map(ProblemRow::of)
}

impl<'a> ProblemRow<'a> {
    pub(in crate::cli) fn of(problem: &'a Problem) -> Self {
        Self { path: problem.path.to_string_lossy().into_owned(), message: &problem.message }
    }
}

pub(super) fn finding_rows(Linted { path, draft }: &Linted) -> impl Iterator<Item = FindingRow<'_>> {
    draft.fingerprinted().map(move |(finding, print)| finding_row(&path.to_string_lossy(), &draft.document, finding, print))
}

pub(in crate::cli) fn finding_row<'a>(
    path: &str,
    document: &'a Document,
    finding: &'a Finding,
    fingerprint: Fingerprint,
) -> FindingRow<'a> {
    let (start, end) = places(document, finding.span);
    FindingRow {
        path: path.to_owned(),
        rule: finding.rule.name,
        severity: finding.severity.name(),
        start,
        end,
        text: finding.span.text(document.source()),
        message: &finding.message,
        evidence: finding.evidence.iter().map(evidence_row).collect(),
        fixes: finding.fixes.iter().map(|fix| fix_row(document, fix)).collect(),
        related: finding.related.iter().map(|(span, message)| related_row(path, document, *span, message)).collect(),
        fingerprint: fingerprint.to_string(),
    }
}

pub(in crate::cli) fn evidence_row(citation: &Citation) -> EvidenceRow<'_> {
    EvidenceRow {
        source: &citation.source.id,
        outlet: citation.source.outlet.as_deref(),
        published: citation.source.published.map(|date| date.to_string()),
        start: citation.start.into(),
        end: citation.end.into(),
        text: &citation.sentence,
    }
}

fn fix_row<'a>(document: &Document, fix: &'a Fix) -> FixRow<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = places(document, edit.span);
        EditRow { start, end, text: &edit.text }
    });
    FixRow { title: &fix.title, applicability: fix.applicability.name(), edits: edits.collect() }
}

fn related_row<'a>(path: &str, document: &'a Document, span: Span, message: &'a str) -> RelatedRow<'a> {
    let (start, end) = places(document, span);
    RelatedRow { path: path.to_owned(), start, end, text: span.text(document.source()), message }
}

fn places(document: &Document, span: Span) -> (LineAndColumn, LineAndColumn) {
    (document.position(span.start).into(), document.position(span.end).into())
}
