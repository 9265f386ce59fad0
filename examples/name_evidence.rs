//! Prints the evidence about each name of some texts, for fitting the weights of `data/name_evidence.tsv`: reads one text
//! a line, JSON-encoded, and writes one JSON line for each, `[{"mentions": [[start, end]], "pieces": {name: times}}]`
//! with offsets in bytes.

use std::io::{BufRead, Write};
use std::sync::Arc;

use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::name_evidence;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let document = Document::parse(Arc::from(text), Format::Plain);
        let forms: Vec<_> = name_evidence(&document)
            .into_iter()
            .map(|form| {
                let mentions: Vec<_> = form.mentions.iter().map(|&at| document.to_source(at)).map(|at| [at.start, at.end]).collect();
                let pieces: serde_json::Map<_, _> = form.pieces.into_iter().map(|(name, times)| (name.to_owned(), times.into())).collect();
                serde_json::json!({"mentions": mentions, "pieces": pieces})
            })
            .collect();
        writeln!(out, "{}", serde_json::Value::from(forms))?;
    }
    Ok(())
}
