//! Dates: absolute, partial and relative, with their weekdays.

use jiff::civil::Weekday;

use std::sync::Arc;

use super::BlockReading;
use crate::document::{Document, ProseSpan};
use crate::markup::Block;
use crate::text::Span;

/// As much of a date as is said or follows from the article's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl std::fmt::Display for PartialDate {
    /// ISO 8601, what isn't known left out: `2025-12-03`, `2025-12`, `2025`, `--12-03`, `--07`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// What is said or follows; none for "last month" in an article without a date.
    pub value: Option<PartialDate>,
    /// What is said outright.
    pub written: PartialDate,
    pub weekday: Option<Weekday>,
}

/// A date in one block, before the article's own date is known.
#[derive(Clone, Debug, PartialEq)]
pub struct DateCandidate {
    /// Bytes of the block's text.
    pub span: Span,
    pub written: PartialDate,
    pub weekday: Option<Weekday>,
}

pub(super) fn find(_block: &Block, _reading: &BlockReading) -> Vec<DateCandidate> {
    Vec::new()
}

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>]) -> Vec<(ProseSpan, DateMention)> {
    Vec::new()
}
