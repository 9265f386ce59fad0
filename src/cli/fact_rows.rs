//! What sources attest as rows for people and programs, `copydesk read --facts` and `archive export`: for who writes a store, or wonders why a
//! source bears something out. What is read back is in `facts.rs`.

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::plain_json;
use super::report::LineAndColumn;
use crate::corpus::{Fact, Facts, SourceHeader};
use crate::workspace::{Problem, read_facts};

/// A source, with what it attests or how much.
#[derive(Serialize)]
struct Line<'a, F> {
    path: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    headline: Option<&'a str>,
    url: Option<&'a str>,
    facts: F,
}

/// A fact with its place.
#[derive(Serialize)]
struct Row<'a> {
    kind: String,
    start: LineAndColumn,
    end: LineAndColumn,
    sentence: &'a str,
    /// As it is kept.
    said: Value,
}

/// A line for each of some texts.
pub(super) fn lines(paths: &[PathBuf], as_of: Option<Date>) -> Vec<Result<io::Result<String>, Problem>> {
    let facts = read_facts(paths, as_of);
    facts.into_iter().map(|facts| facts.map(|facts| line(&facts))).collect()
}

pub(super) fn line(facts: &Facts) -> io::Result<String> {
    line_with(facts.all.iter().map(|fact| row(fact, facts)).collect::<Result<Vec<_>, _>>()?, &facts.brief.header)
}

/// The same without them: the source, and their number.
#[cfg(feature = "archive")]
pub(super) fn line_of_source(facts: &Facts) -> io::Result<String> {
    line_with(facts.all.len(), &facts.brief.header)
}

fn line_with(facts: impl Serialize, header: &SourceHeader) -> io::Result<String> {
    plain_json::line(&Line {
        path: &header.id,
        outlet: header.outlet.as_deref(),
        published: header.published.map(|day| day.to_string()),
        headline: header.headline.as_deref(),
        url: header.url.as_deref(),
        facts,
    })
}

fn row<'a>(fact: &Fact, facts: &'a Facts) -> serde_json::Result<Row<'a>> {
    // An object with one key, which is its kind.
    let (kind, said) = match serde_json::to_value(&fact.said)? {
        Value::Object(object) => object.into_iter().next().unwrap_or_default(),
        other => (String::new(), other),
    };
    let sentence = facts.sentences.get(fact.sentence as usize).map_or("", |sentence| sentence);
    Ok(Row { kind: kind.to_lowercase(), start: fact.start.into(), end: fact.end.into(), sentence, said })
}
