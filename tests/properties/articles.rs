//! What must hold of the articles that a file holds, whatever its bytes are: their words stand where their places say, and it comes to an end.

use copydesk::corpus::{Facts, Source};
use copydesk::ingest::{FieldNames, Input, Item, read};

/// A file of each format that isn't one text.
pub const NAMES: [&str; 9] = ["a.json", "a.jsonl", "a.xml", "a.rss", "a.atom", "a.nitf", "a.docx", "a.zip", "a.jsonl.gz"];

/// Reads a file, and returns how many articles and faults were handed on.
pub fn are_told_soundly(bytes: &[u8], name: &str) -> (usize, usize) {
    let (names, mut items) = (FieldNames::default(), Vec::new());
    let outcome = read(&Input::new(name, &names), bytes.to_vec(), &mut |item| items.push(item));
    let (mut articles, mut faults) = (0, usize::from(outcome.is_err()));
    for item in items {
        let article = match item {
            Item::Article(article) => article,
            Item::Fault { .. } => {
                faults += 1;
                continue;
            }
            Item::Skipped(_) => continue,
        };
        articles += 1;
        let document = &article.document;
        let file = std::str::from_utf8(bytes).ok().filter(|_| article.is_plain);
        for block in document.blocks() {
            let words = document.source().get(block.source.range()).expect("a block is in its text");
            let (start, end) = (document.position(block.source.start), document.position(block.source.end));
            assert!((start.line, start.offset) <= (end.line, end.offset), "{start:?} is behind {end:?}");
            if let Some(file) = file {
                assert_eq!(file.get(start.offset as usize..end.offset as usize), Some(words), "words are where they are said to be");
            }
        }
        let facts = Facts::of(&Source::read(article.header.clone(), article.document));
        for fact in &facts.all {
            assert!(fact.start.offset <= fact.end.offset && (fact.sentence as usize) < facts.sentences.len(), "{fact:?}");
        }
    }
    (articles, faults)
}
