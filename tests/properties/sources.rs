//! What must hold of a source, whatever its bytes are: it is no text, or it says the same whenever it is read.

use std::path::Path;

use copydesk::check::{Rereader, Style};
use copydesk::config::Config;
use copydesk::corpus::{Facts, MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::workspace::parse_bytes;

use super::invariants::{ARTICLES, is_read_soundly};

/// A source of each format.
pub const NAMES: [&str; 3] = ["a.md", "a.html", "a.txt"];

pub fn is_attested_soundly(bytes: &[u8], name: &str) {
    let Ok(document) = parse_bytes(Path::new(name), bytes.to_vec()) else { return };
    is_read_soundly(document.source(), document.format());
    let facts = || {
        let header = SourceHeader { id: name.to_owned(), ..SourceHeader::default() };
        Facts::of(&Source::read(header, document.clone()))
    };
    let attested = facts();
    assert_eq!(attested, facts());
    for fact in &attested.all {
        assert!(fact.start <= fact.end && fact.end.line < document.lines().len(), "{fact:?} reaches out of the text");
        assert!((fact.sentence as usize) < attested.sentences.len(), "{fact:?} stands in no sentence");
    }
    let corpus: MemoryCorpus = [attested].into_iter().collect();
    let config = Config::default();
    for article in ARTICLES {
        let found = || {
            let draft = Document::parse(article.into(), Format::Markdown);
            let draft = Rereader::default().draft(draft, &corpus, Style { config: &config, as_of: None });
            format!("{:?}", draft.expect("a corpus in memory answers").findings)
        };
        assert_eq!(found(), found());
    }
}
