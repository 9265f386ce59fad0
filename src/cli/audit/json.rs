//! The list for programs: one JSON object; docs/output.md is its contract.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::super::plain_json;
use super::super::report::{EvidenceRow, ProblemRow, evidence_row};
use super::Audit;
use crate::features::{Disagreement, Objection};

#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    disagreements: Vec<Row<'a>>,
    problems: Vec<ProblemRow<'a>>,
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    sources: usize,
    outlets: Vec<OutletRow<'a>>,
    first: Option<String>,
    last: Option<String>,
    articles: Vec<ArticleRow<'a>>,
    others: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct OutletRow<'a> {
    outlet: &'a str,
    count: usize,
}

/// What an article has otherwise than others.
#[derive(Serialize)]
struct ArticleRow<'a> {
    rule: &'static str,
    message: &'a str,
    words: &'a str,
    #[serde(flatten)]
    place: EvidenceRow<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    sources: usize,
    disagreements: BTreeMap<&'static str, usize>,
    outlets: Vec<OutletRow<'a>>,
    unheard: usize,
    unread: usize,
    skipped: usize,
}

pub(super) fn line(audit: &Audit) -> io::Result<String> {
    plain_json::line(&Answer {
        version: 1,
        disagreements: audit.disagreements.iter().map(row).collect(),
        problems: audit.problems.iter().map(ProblemRow::of).collect(),
        summary: Summary {
            sources: audit.sources,
            disagreements: audit.by_rule(),
            outlets: audit.by_outlet().into_iter().map(|(outlet, count)| OutletRow { outlet, count }).collect(),
            unheard: audit.unheard,
            unread: audit.unread,
            skipped: audit.skipped.count(),
        },
    })
}

fn article(objection: &Objection) -> ArticleRow<'_> {
    let Objection { rule, message, words, place, .. } = objection;
    ArticleRow { rule: rule.name, message, words, place: evidence_row(place) }
}

fn row(one: &Disagreement) -> Row<'_> {
    let first = one.first();
    Row {
        rule: first.rule.name,
        severity: first.severity.name(),
        message: &first.message,
        sources: one.sources,
        outlets: one.outlets.iter().map(|(outlet, count)| OutletRow { outlet, count: *count }).collect(),
        first: one.days.map(|(first, _)| first.to_string()),
        last: one.days.map(|(_, last)| last.to_string()),
        articles: one.objections.iter().map(article).collect(),
        others: one.others.iter().map(evidence_row).collect(),
    }
}
