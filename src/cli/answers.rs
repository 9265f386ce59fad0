//! What commands print for programs, for an end that is no terminal: of a setting that is loaded already, and of texts in memory.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::report::{EvidenceRow, evidence_row};
use super::{compare, plain_json};
use crate::check::Rereader;
use crate::corpus::{Citation, CorpusError, NameQuestion, Page};
use crate::document::Document;
use crate::features::Found;
use crate::markup::Format;
use crate::workspace::{Problem, Setting, guarded};

/// Of the figures that sources give, so many are told.
const MOST_FIGURES: usize = 20;

/// What `copydesk who NAME --format json` prints.
///
/// # Errors
/// When the sources can't be read.
pub fn who(name: &str, setting: &Setting) -> Result<String, Problem> {
    guarded(Path::new("name"), || super::who::as_json(name, setting))?
}

/// What `copydesk compare OLD NEW --format json` prints of two texts that are called so.
///
/// # Errors
/// When one is no text.
pub fn compare_texts(old: (&Path, Vec<u8>), new: (&Path, Vec<u8>), setting: &Setting) -> Result<String, Problem> {
    compare::as_json_of(old, new, setting)
}

/// Where the sources speak of what some words name, and what figures they give for a figure among them.
#[derive(Serialize)]
struct Told<'a> {
    version: u32,
    query: &'a str,
    names: Vec<NameRow<'a>>,
    /// The nearest names, where nobody bears one.
    near: &'a [String],
    total: usize,
    from: usize,
    /// Where the next page begins; null after the last.
    next: Option<usize>,
    citations: Vec<EvidenceRow<'a>>,
    figures: Vec<FigureRow<'a>>,
    sources: usize,
}

#[derive(Serialize)]
struct NameRow<'a> {
    kind: &'static str,
    name: &'a str,
    sources: u32,
}

#[derive(Serialize)]
struct FigureRow<'a> {
    /// As the source has it.
    figure: &'a str,
    evidence: EvidenceRow<'a>,
}

/// What the sources have of a name or a figure, page by page.
///
/// # Errors
/// When the sources can't be read.
pub fn sources_of(query: &str, page: Page, setting: &Setting) -> Result<String, Problem> {
    let fault = |error: &dyn std::fmt::Display| Problem::new(Path::new("sources"), error);
    guarded(Path::new("query"), || told(query, page, setting).map_err(|error| fault(&error)))??.map_err(|error| fault(&error))
}

fn told(query: &str, page: Page, setting: &Setting) -> Result<std::io::Result<String>, CorpusError> {
    let corpus = &*setting.corpus;
    let read = Rereader::default().unchecked(Document::parse(Arc::from(query), Format::Plain), corpus)?;
    let mut found = Found::by(query, corpus)?;
    // Words that are no name may have some among them.
    if found.records.is_empty() && found.near.is_empty() {
        let (mut known, mut meant) = (BTreeSet::new(), BTreeSet::new());
        for subject in &read.reading.subjects {
            let of_subject = Found::by(&subject.name, corpus)?;
            found.near.extend(of_subject.near.into_iter().filter(|name| meant.insert(name.clone())));
            found.records.extend(of_subject.records.into_iter().filter(|record| known.insert((record.kind, record.name.clone()))));
        }
    }
    let names: Vec<NameQuestion> =
        found.records.iter().map(|record| NameQuestion { kind: record.kind, name: record.name.clone() }).collect();
    let cited = if names.is_empty() { crate::corpus::Cited::default() } else { corpus.cited(&names, page)? };
    let mut figures: Vec<(&str, &Citation)> =
        read.dossier.figures.values().flat_map(|found| found.iter()).map(|one| (&*one.words, &one.citation)).collect();
    figures.sort_by(|(_, one), (_, other)| one.latest_first(other));
    let mut seen = BTreeSet::new();
    figures.retain(|(_, citation)| seen.insert((&citation.source.id, citation.start.offset)));
    figures.truncate(MOST_FIGURES);
    let shown = page.from.saturating_add(cited.citations.len());
    Ok(plain_json::line(&Told {
        version: 1,
        query,
        names: found
            .records
            .iter()
            .map(|record| NameRow { kind: record.kind.name(), name: &record.name, sources: record.sources })
            .collect(),
        near: &found.near,
        total: cited.total,
        from: page.from,
        next: (shown < cited.total && !cited.citations.is_empty()).then_some(shown),
        citations: cited.citations.iter().map(evidence_row).collect(),
        figures: figures.into_iter().map(|(figure, citation)| FigureRow { figure, evidence: evidence_row(citation) }).collect(),
        sources: corpus.extent()?.sources,
    }))
}
