//! What is compared with what.

use crate::reader::{Dimension, Figure};
use crate::text::StableHash;

/// Figures, or dates, that may give one thing: of figures those of one dimension and unit, and for things counted of one noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind(u64);

impl Kind {
    pub fn of(figure: &Figure) -> Self {
        Self::of_figures(figure.dimension, figure.unit, figure.context.head.as_deref())
    }

    pub fn of_figures(dimension: Dimension, unit: Option<&str>, head: Option<&str>) -> Self {
        // A number without a noun is a count all the same.
        let dimension = if dimension == Dimension::Number { Dimension::Count } else { dimension };
        let head = head.filter(|_| dimension == Dimension::Count);
        let part = |hash: StableHash, part: Option<&str>| hash.number(u64::from(part.is_some())).text(part.unwrap_or_default());
        Self(part(part(StableHash::default().text("figure").text(dimension.name()), unit), head).finish())
    }

    pub fn of_dates() -> Self {
        Self(StableHash::default().text("date").finish())
    }

    pub const fn number(self) -> u64 {
        self.0
    }
}
