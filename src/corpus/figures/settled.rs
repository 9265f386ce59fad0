//! A figure that the desk has settled: whatever the sources give for it, this is what it is.

use std::sync::Arc;

use jiff::civil::Date;

use crate::corpus::Citation;
use crate::gazetteer::terms::TermKey;
use crate::reader::{Agreement, Figure, compare_on};

/// A value that is not to be weighed against others.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledFigure {
    /// The words of what it is of, as they are compared, in their order.
    pub of: Arc<[TermKey]>,
    pub figure: Arc<Figure>,
    /// As the desk writes it.
    pub words: String,
    /// The day from which on it holds.
    pub as_of: Option<Date>,
    pub citation: Citation,
}

impl SettledFigure {
    /// Whether it is one for a draft of that day; one without a day is held against nothing that may have been otherwise before.
    pub fn holds_on(&self, today: Option<Date>) -> bool {
        self.as_of.is_none_or(|from| today.is_some_and(|today| from <= today))
    }

    /// Whether another one, which also holds, has taken its place.
    pub fn gives_way_to(&self, other: &Self) -> bool {
        self.of == other.of && self.as_of < other.as_of
    }

    /// Whether the value can be that of a figure told `today`.
    pub fn agreement(&self, figure: &Figure, today: Option<Date>) -> Agreement {
        compare_on(figure, today, &self.figure, self.as_of)
    }
}
