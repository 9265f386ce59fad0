//! Prints what `data/fit_leftovers.py` fits the weights of `data/alignment.tsv` and `data/leftovers.tsv` to. Reads one draft a line, JSON:
//! `{"sources": [{"date", "text"}], "date", "text", "told": [{"start", "end", "sources": [{"source", "sentence", "words"}]}], "slip"}`: from
//! `start` to `end`, in bytes, it tells what the sources tell in these words of these sentences; of `slip` it has another value there, or, where
//! that is null, none.
//!
//! Each pair of values comes out that can be compared, by the matter: `figure` or `date`; `pair`, the number of the line, the number of the
//! source, which value of each, whether they agree, whether they are of one thing, the signs. Then what is left over for each value: `left`, the
//! number of the line, which value, whether it holds the slip, whether it is right, the signs.
//!
//!     leftovers < DRAFTS

use std::io::{BufRead, Write};
use std::sync::Arc;

use copydesk::corpus::{Corpus, Matter, MemoryCorpus, Questions, Row, Said, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::read;
use copydesk::rules::Case;
use copydesk::rules::leftovers::{Reports, leftovers};

#[derive(serde::Deserialize)]
struct Draft {
    sources: Vec<Report>,
    date: Option<String>,
    text: String,
    told: Vec<Told>,
    slip: Option<usize>,
}

#[derive(serde::Deserialize)]
struct Report {
    date: Option<String>,
    text: String,
}

#[derive(serde::Deserialize)]
struct Told {
    start: u32,
    end: u32,
    sources: Vec<InSource>,
}

#[derive(serde::Deserialize)]
struct InSource {
    source: String,
    sentence: String,
    words: String,
}

impl InSource {
    /// Whether a row says it.
    fn is_said_by(&self, row: &Row, source: &str) -> bool {
        let within = |one: &str, other: &str| one.contains(other) || other.contains(one);
        let words = match &row.fact.said {
            Said::Figure(said) => &said.words,
            Said::Date(said) => &said.words,
            _ => return false,
        };
        self.source == source && within(&self.sentence, &row.sentence) && within(&self.words, words)
    }
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (line, draft) in std::io::stdin().lock().lines().enumerate() {
        let draft: Draft = serde_json::from_str(&draft?).expect("a draft");
        let corpus = MemoryCorpus::new(draft.sources.iter().enumerate().map(source));
        let document = Document::parse(Arc::from(draft.text.as_str()), Format::Markdown);
        let reading = read(&document);
        let dossier = corpus.dossier(&Questions::of(&reading)).expect("the corpus is in memory");
        let case = Case::new(&document, &reading, &dossier, draft.date.as_deref().and_then(|date| date.parse().ok()));
        let reports = Reports::of(&case);
        let told = |own: usize| {
            let span = document.to_source(reports.own[own].at);
            let here = draft.told.iter().enumerate().filter(move |(_, told)| span.start < told.end && told.start < span.end);
            here.collect::<Vec<_>>()
        };
        let name = |row: &Row| dossier.brief(row.id.source).map(|brief| brief.header.id.clone()).unwrap_or_default();
        for own in 0..reports.own.len() {
            let matter = if reports.own[own].value.matter() == Matter::Date { "date" } else { "figure" };
            let here = told(own);
            let slipped = here.iter().any(|(number, _)| Some(*number) == draft.slip);
            let is_one = |row: &Row| here.iter().any(|(_, told)| told.sources.iter().any(|told| told.is_said_by(row, &name(row))));
            for aligned in &reports.all {
                let Some(words) =
                    Some(aligned.report.signs(reports.own[own].value.matter(), &reports.own[own].context).collect::<Vec<_>>())
                else {
                    continue;
                };
                for pair in aligned.of(own) {
                    let Some(words) = &words[pair.row] else { continue };
                    let (source, row) = (name(aligned.row(pair)), pair.row);
                    let signs = pair.signs(words).map(|sign| sign.to_string()).join("\t");
                    writeln!(
                        out,
                        "{matter}\tpair\t{line}\t{source}\t{own}\t{row}\t{}\t{}\t{signs}",
                        pair.agrees,
                        is_one(aligned.row(pair))
                    )?;
                }
            }
            for left in leftovers(&reports, own) {
                let signs = left.signs.map(|sign| sign.to_string()).join("\t");
                writeln!(out, "{matter}\tleft\t{line}\t{own}\t{slipped}\t{}\t{signs}", slipped && is_one(left.row))?;
            }
        }
    }
    Ok(())
}

fn source((index, report): (usize, &Report)) -> Source {
    let published = report.date.as_deref().and_then(|date| date.parse().ok());
    let header = SourceHeader { id: index.to_string(), published, ..SourceHeader::default() };
    Source::read(header, Document::parse(Arc::from(report.text.as_str()), Format::Plain))
}
