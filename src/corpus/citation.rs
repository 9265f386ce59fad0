//! The words of a source that bear something out, and where they stand.

use std::sync::Arc;

use super::{Source, SourceHeader};
use crate::document::ProseSpan;
use crate::text::Position;

/// How many sources are cited for one thing: more than these nobody opens.
pub const MOST_CITED: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    pub source: Arc<SourceHeader>,
    /// The words cited, in the source's file.
    pub start: Position,
    pub end: Position,
    /// The sentence they stand in, as read.
    pub sentence: Arc<str>,
}

impl Citation {
    /// Cites the words at `at` of a source.
    pub fn new(source: &Source, at: ProseSpan) -> Self {
        let document = &source.document;
        let span = document.to_source(at);
        let sentence = document.words(source.reading.sentence(at)).trim();
        Self {
            source: source.header.clone(),
            start: document.position(span.start),
            end: document.position(span.end),
            sentence: sentence.into(),
        }
    }
}
