//! `copydesk read`: what the reader sees, for programs and for those who wonder.

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::arguments::ReadArguments;
use super::report::LineAndColumn;
use super::{Outcome, Terminal, complain, fact_rows, plain_json};
use crate::document::Document;
use crate::reader::{self, FigureMention, Mention, MentionKind, Reading, SubjectKind};
use crate::workspace::{Problem, collect_drafts, collect_sources, guarded, read_draft};

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    mentions: Vec<Row<'a>>,
}

/// A mention with its place; mentions are called by their index in the line.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'static str,
    start: LineAndColumn,
    end: LineAndColumn,
    text: &'a str,
    #[serde(flatten)]
    fields: Fields<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Fields<'a> {
    Person {
        name: &'a str,
        given: Option<&'a str>,
        surname: Option<&'a str>,
        title: Option<usize>,
    },
    Place {
        name: &'a str,
    },
    Organisation {
        name: &'a str,
        acronym: Option<&'a str>,
    },
    Title {
        role: &'a str,
        of: Option<&'a str>,
        status: &'static str,
        holder: Option<usize>,
    },
    Figure {
        dimension: &'static str,
        per: Option<&'static str>,
        value: Value,
        high: Option<Value>,
        unit: Option<&'static str>,
        written: Written<'a>,
        hedge: &'static str,
        of: Option<&'a str>,
    },
    Date {
        value: Option<String>,
        weekday: Option<&'static str>,
    },
    Quote {
        words: &'a str,
        speaker: Option<usize>,
        cue: Option<&'a str>,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    value: Value,
    unit: Option<&'a str>,
}

pub(super) fn run(arguments: &ReadArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let (paths, mut problems) = if arguments.facts { collect_sources(&arguments.paths) } else { collect_drafts(&arguments.paths) };
    // A batch at a time, so that a large folder is written while it is read.
    for batch in paths.chunks(256) {
        for outcome in if arguments.facts { fact_rows::lines(batch, arguments.as_of) } else { lines(batch, arguments.as_of) } {
            match outcome {
                Ok(line) => terminal.out.write_all(line?.as_bytes())?,
                Err(problem) => problems.push(problem),
            }
        }
    }
    complain(terminal, &problems)?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// A line for each of some drafts.
fn lines(paths: &[PathBuf], as_of: Option<Date>) -> Vec<Result<io::Result<String>, Problem>> {
    let read = |path: &PathBuf| {
        let document = read_draft(path)?;
        guarded(path, || line(&path.to_string_lossy(), document, as_of))
    };
    paths.par_iter().map(read).collect()
}

/// The line of one draft, with its line break.
fn line(path: &str, document: Document, as_of: Option<Date>) -> io::Result<String> {
    let document = document.dated(as_of);
    let reading = reader::read(&document);
    let mentions = reading.mentions.iter().map(|mention| row(&document, &reading, mention)).collect();
    plain_json::line(&Line { path, mentions })
}

fn row<'a>(document: &'a Document, reading: &'a Reading, mention: &'a Mention) -> Row<'a> {
    let span = document.to_source(mention.at);
    let (kind, fields) = fields(document, reading, mention);
    Row {
        kind,
        start: document.position(span.start).into(),
        end: document.position(span.end).into(),
        text: document.words(mention.at),
        fields,
    }
}

fn fields<'a>(document: &'a Document, reading: &'a Reading, mention: &'a Mention) -> (&'static str, Fields<'a>) {
    match &mention.kind {
        MentionKind::Name(name) => {
            let subject = reading.subject(name.subject);
            match subject.kind {
                SubjectKind::Person => {
                    let parts = name.person.as_ref();
                    let given = parts.and_then(|parts| parts.given.as_deref());
                    let surname = parts.and_then(|parts| parts.surname.as_deref());
                    let title = name.title.map(reader::MentionId::index);
                    ("person", Fields::Person { name: &subject.name, given, surname, title })
                }
                SubjectKind::Place => ("place", Fields::Place { name: &subject.name }),
                SubjectKind::Organisation => {
                    ("organisation", Fields::Organisation { name: &subject.name, acronym: subject.acronym.as_deref() })
                }
            }
        }
        MentionKind::Title(title) => {
            let holder = title.holder.map(reader::MentionId::index);
            ("title", Fields::Title { role: &title.role, of: title.of.as_deref(), status: title.status.name(), holder })
        }
        MentionKind::Figure(figure) => ("figure", figure_fields(document, mention, figure)),
        MentionKind::Date(date) => {
            let value = date.value.map(|value| value.to_string());
            ("date", Fields::Date { value, weekday: date.weekday.map(reader::weekday_name) })
        }
        MentionKind::Quote(quote) => {
            let speaker = quote.speaker.map(reader::MentionId::index);
            ("quote", Fields::Quote { words: &quote.words, speaker, cue: quote.cue.as_deref() })
        }
    }
}

fn figure_fields<'a>(document: &'a Document, mention: &Mention, figure: &'a FigureMention) -> Fields<'a> {
    let number = |value: rust_decimal::Decimal| -> Value { serde_json::from_str(&value.normalize().to_string()).unwrap_or(Value::Null) };
    Fields::Figure {
        dimension: figure.dimension.name(),
        per: figure.per.map(reader::Period::name),
        value: number(figure.value),
        high: figure.high.map(number),
        unit: figure.unit,
        written: Written { value: number(figure.written.value), unit: figure.written.unit.as_deref() },
        hedge: figure.hedge.name(),
        of: figure.of.map(|span| span.text(&document.block(mention.at).text)),
    }
}
