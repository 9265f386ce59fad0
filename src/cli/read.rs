//! `copydesk read`: what the reader sees, for programs and for those who wonder.

use std::io;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::arguments::ReadArguments;
use super::report::Place;
use super::{Outcome, Terminal, complain};
use crate::document::Document;
use crate::reader::{self, Dimension, Figure, Hedge, Mention, MentionKind, Reading, Status, SubjectKind};
use crate::workspace::{collect_drafts, read_draft};

#[derive(Serialize)]
struct Line {
    path: String,
    mentions: Vec<Value>,
}

pub(super) fn run(arguments: &ReadArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (paths, mut problems) = collect_drafts(&arguments.paths);
    // A batch at a time, so that a large folder is written while it is read.
    for batch in paths.chunks(256) {
        let lines: Vec<_> = batch
            .par_iter()
            .map(|path| read_draft(path).map(|document| line(path.to_string_lossy().into_owned(), document, arguments.as_of)))
            .collect();
        for outcome in lines {
            match outcome {
                Ok(line) => {
                    serde_json::to_writer(&mut *terminal.out, &line)?;
                    writeln!(terminal.out)?;
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    complain(terminal, &problems)?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn line(path: String, document: Document, as_of: Option<Date>) -> Line {
    let document = document.dated(as_of);
    let reading = reader::read(&document);
    Line { path, mentions: reading.mentions.iter().map(|mention| row(&document, &reading, mention)).collect() }
}

fn row(document: &Document, reading: &Reading, mention: &Mention) -> Value {
    let span = document.to_source(mention.at);
    let (kind, fields) = fields(document, reading, mention);
    let mut row = Map::new();
    row.insert("kind".into(), kind.into());
    row.insert("start".into(), json!(Place::from(document.position(span.start))));
    row.insert("end".into(), json!(Place::from(document.position(span.end))));
    row.insert("text".into(), document.words(mention.at).into());
    if let Value::Object(fields) = fields {
        row.extend(fields);
    }
    Value::Object(row)
}

fn fields(document: &Document, reading: &Reading, mention: &Mention) -> (&'static str, Value) {
    match &mention.kind {
        MentionKind::Name(name) => {
            let subject = reading.subject(name.subject);
            match subject.kind {
                SubjectKind::Person => {
                    let parts = name.person.clone().unwrap_or_default();
                    let title = name.title.map(reader::MentionId::index);
                    ("person", json!({"name": subject.name, "given": parts.given, "surname": parts.surname, "title": title}))
                }
                SubjectKind::Place => ("place", json!({"name": subject.name})),
                SubjectKind::Organisation => ("organisation", json!({"name": subject.name, "acronym": subject.acronym})),
            }
        }
        MentionKind::Title(title) => {
            let holder = title.holder.map(reader::MentionId::index);
            ("title", json!({"role": title.role, "of": title.of, "status": status(title.status), "holder": holder}))
        }
        MentionKind::Figure(figure) => ("figure", figure_fields(document, mention, figure)),
        MentionKind::Date(date) => {
            ("date", json!({"value": date.value.map(|value| value.to_string()), "weekday": date.weekday.map(reader::weekday_name)}))
        }
        MentionKind::Quote(quote) => {
            let person = |id: &reader::MentionId| reading.speaker(*id).is_some_and(|subject| subject.kind == SubjectKind::Person);
            let speaker = quote.speaker.filter(person).map(reader::MentionId::index);
            ("quote", json!({"words": quote.words, "speaker": speaker, "cue": quote.cue}))
        }
    }
}

fn figure_fields(document: &Document, mention: &Mention, figure: &Figure) -> Value {
    let number = |value: rust_decimal::Decimal| -> Value { serde_json::from_str(&value.normalize().to_string()).unwrap_or(Value::Null) };
    let of = figure.of.map(|span| span.text(&document.block(mention.at).text));
    json!({
        "dimension": dimension(figure.dimension),
        "value": number(figure.value),
        "high": figure.high.map(number),
        "unit": figure.unit,
        "written": {"value": number(figure.written.value), "unit": figure.written.unit},
        "hedge": hedge(figure.hedge),
        "of": of,
    })
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Current => "current",
        Status::Former => "former",
        Status::Acting => "acting",
        Status::Elect => "elect",
        Status::Deputy => "deputy",
        Status::Shadow => "shadow",
        Status::Disputed => "disputed",
    }
}

const fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Count => "count",
        Dimension::Ordinal => "ordinal",
        Dimension::Percent => "percent",
        Dimension::Money => "money",
        Dimension::Length => "length",
        Dimension::Area => "area",
        Dimension::Volume => "volume",
        Dimension::Mass => "mass",
        Dimension::Speed => "speed",
        Dimension::Temperature => "temperature",
        Dimension::Duration => "duration",
        Dimension::Age => "age",
        Dimension::Ratio => "ratio",
        Dimension::Number => "number",
    }
}

const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exact => "exact",
        Hedge::About => "about",
        Hedge::Nearly => "nearly",
        Hedge::MoreThan => "more than",
        Hedge::AtLeast => "at least",
        Hedge::LessThan => "less than",
        Hedge::AtMost => "at most",
    }
}
