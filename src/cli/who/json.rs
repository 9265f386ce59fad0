//! What is known of a name for programs: one JSON object; docs/output.md is its contract.

use std::io;

use jiff::civil::Date;
use serde::Serialize;

use super::super::plain_json;
use super::super::report::{EvidenceRow, ProblemRow, evidence_row};
use crate::corpus::{Citation, Spelling, TitleAttestation};
use crate::features::{Attested, Expansion, Found, HeldTitle, Location, Profile};
use crate::reader::SubjectKind;
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
    offices: Vec<OfficeRow<'a>>,
    parties: Vec<AttestedRow<'a>>,
    seats: Vec<AttestedRow<'a>>,
    /// Of a place; else null.
    place: Option<PlaceRow<'a>>,
    expansions: Vec<ExpansionRow<'a>>,
    namesakes: Vec<NamesakeRow<'a>>,
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

/// All that gives one title.
#[derive(Serialize)]
struct OfficeRow<'a> {
    words: &'a str,
    role: &'a str,
    of: Option<&'a str>,
    status: &'static str,
    /// The days of the first and the last source that give it.
    first: Option<String>,
    last: Option<String>,
    /// The term, by one who knows.
    since: Option<String>,
    until: Option<String>,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct AttestedRow<'a> {
    words: &'a str,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct PlaceRow<'a> {
    /// By the stylebook, by the sources, by the gazetteer.
    decided: Vec<AttestedRow<'a>>,
    said: Vec<AttestedRow<'a>>,
    listed: &'a [&'static str],
    other_names: &'a [&'static str],
}

#[derive(Serialize)]
struct ExpansionRow<'a> {
    acronym: &'a str,
    expansion: &'a str,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Serialize)]
struct NamesakeRow<'a> {
    name: &'a str,
    sources: u32,
}

/// The object, in one line.
pub(super) fn line(name: &str, known: &[Profile], found: &Found, sources: usize, setting: &Setting) -> io::Result<String> {
    plain_json::line(&Answer {
        version: 1,
        name,
        records: known.iter().map(row).collect(),
        unshown: found.unshown,
        near: &found.near,
        problems: setting.problems.iter().map(ProblemRow::of).collect(),
        sources,
        built_in: setting.is_built_in(),
    })
}

fn row(profile: &Profile) -> RecordRow<'_> {
    let record = &profile.record;
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
        offices: profile.offices.iter().map(office).collect(),
        parties: profile.parties.iter().map(attested).collect(),
        seats: profile.seats.iter().map(attested).collect(),
        place: (record.kind == SubjectKind::Place).then(|| place(&profile.location)),
        expansions: profile.expansions.iter().map(expansion).collect(),
        namesakes: profile.namesakes.iter().map(|other| NamesakeRow { name: &other.name, sources: other.sources }).collect(),
        evidence: evidence(&record.citations),
    }
}

fn evidence(citations: &[Citation]) -> Vec<EvidenceRow<'_>> {
    citations.iter().map(evidence_row).collect()
}

fn office(office: &HeldTitle) -> OfficeRow<'_> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    OfficeRow {
        words: &office.words,
        role: &office.role,
        of: office.of.as_deref(),
        status: office.status.name(),
        first: day(office.first),
        last: day(office.last),
        since: day(office.term.and_then(|term| term.from)),
        until: day(office.term.and_then(|term| term.until)),
        evidence: evidence(&office.evidence),
    }
}

fn attested(one: &Attested) -> AttestedRow<'_> {
    AttestedRow { words: &one.words, evidence: evidence(&one.evidence) }
}

fn place(location: &Location) -> PlaceRow<'_> {
    PlaceRow {
        decided: location.decided.iter().map(attested).collect(),
        said: location.said.iter().map(attested).collect(),
        listed: &location.listed,
        other_names: &location.other_names,
    }
}

fn expansion(one: &Expansion) -> ExpansionRow<'_> {
    ExpansionRow { acronym: &one.acronym, expansion: &one.expansion, evidence: evidence(&one.evidence) }
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
