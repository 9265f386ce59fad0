//! Prints what `data/fit_leftovers.py` fits the weights of `data/leftovers.tsv` to. Reads one draft a line, JSON:
//! `{"sources": [{"date", "text"}], "date", "text", "start", "end", "right"}`; from `start` to `end`, in bytes, it has a slip for what other
//! reports write in one of the ways of `right`, or nothing where `end` is nought. Each value left over for a figure comes out: the number of the
//! line, where the figure stands, whether it holds the slip, whether the value is right, then the signs.
//!
//!     leftovers < DRAFTS

use std::io::{BufRead, Write};
use std::sync::Arc;

use copydesk::corpus::{Corpus, MemoryCorpus, Questions, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::{MentionKind, read};
use copydesk::rules::{Case, leftovers};

#[derive(serde::Deserialize)]
struct Draft {
    sources: Vec<Report>,
    date: Option<String>,
    text: String,
    start: u32,
    end: u32,
    right: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Report {
    date: Option<String>,
    text: String,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (line, draft) in std::io::stdin().lock().lines().enumerate() {
        let draft: Draft = serde_json::from_str(&draft?).expect("a draft");
        let corpus = MemoryCorpus::new(draft.sources.iter().enumerate().map(source));
        let document = Document::parse(Arc::from(draft.text.as_str()), Format::Plain);
        let reading = read(&document);
        let dossier = corpus.dossier(&Questions::of(&reading)).expect("the corpus is in memory");
        let case = Case::new(&document, &reading, &dossier, draft.date.as_deref().and_then(|date| date.parse().ok()));
        for mention in &reading.mentions {
            let MentionKind::Figure(figure) = &mention.kind else { continue };
            let span = document.to_source(mention.at);
            let slipped = span.start < draft.end && draft.start < span.end;
            for left in leftovers::leftovers(&case, mention.at, figure) {
                let right =
                    slipped && draft.right.iter().any(|words| words.contains(&*left.said.words) || left.said.words.contains(&**words));
                let signs = left.signs.map(|sign| sign.to_string());
                writeln!(out, "{line}\t{}\t{slipped}\t{right}\t{}", span.start, signs.join("\t"))?;
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
