//! Prints what `data/fit_story.py` fits the weights of `data/story.tsv` to. Reads one event a line, JSON:
//! `{"reports": [{"date", "text"}], "sibling": {"date", "text"} or null}`. Each pair of reports comes out with a one, then the signs; each
//! pair of a report and the sibling, and of two events' reports, with a nought.
//!
//!     story < EVENTS

use std::io::{BufRead, Write};
use std::sync::Arc;

use copydesk::corpus::Gist;
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::read;

/// Of two other events' reports so many pairs out of as many again are looked at, lest they outweigh all else.
const ONE_IN: usize = 7;

#[derive(serde::Deserialize)]
struct Event {
    reports: Vec<Report>,
    sibling: Option<Report>,
}

#[derive(serde::Deserialize)]
struct Report {
    date: Option<String>,
    text: String,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut print = |kind: &str, one: &Gist, other: &Gist| {
        let signs = one.story_signs(other).map(|sign| sign.to_string());
        writeln!(out, "{kind}\t{}", signs.join("\t"))
    };
    let mut earlier: Vec<Gist> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let event: Event = serde_json::from_str(&line?).expect("an event");
        let reports: Vec<Gist> = event.reports.iter().map(gist).collect();
        for (index, one) in reports.iter().enumerate() {
            for other in &reports[index + 1..] {
                print("same", one, other)?;
            }
            if let Some(sibling) = event.sibling.as_ref().map(gist) {
                print("sibling", one, &sibling)?;
            }
            for other in earlier.iter().skip(index).step_by(ONE_IN) {
                print("other", one, other)?;
            }
        }
        earlier.extend(reports);
    }
    Ok(())
}

fn gist(report: &Report) -> Gist {
    let published = report.date.as_deref().and_then(|date| date.parse().ok());
    Gist::of(&read(&Document::parse(Arc::from(report.text.as_str()), Format::Plain)), published)
}
