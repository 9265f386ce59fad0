//! The words of a source that bear something out, and where they stand.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Generation, SourceHeader};
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
    /// The order in which attestations are told: the latest source first, within one by place.
    pub fn latest_first(&self, other: &Self) -> Ordering {
        other.source.published.cmp(&self.source.published).then_with(|| self.cmp(other))
    }

    /// Whether both are one place to look at: a sentence that bears a name and a title is.
    pub fn is_at_place_of(&self, other: &Self) -> bool {
        self.source.id == other.source.id && self.start.line == other.start.line && self.sentence == other.sentence
    }
}

/// Which of many citations are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many are left out before the first.
    pub from: usize,
    pub most: usize,
}

/// A page of citations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    pub citations: Vec<Citation>,
    /// How many there are on all pages; an estimate before the last page where there are very many, and never fewer than are still to come.
    pub total: usize,
    /// Pages of one generation are of one list.
    pub generation: Generation,
}
