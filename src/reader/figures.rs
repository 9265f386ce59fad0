//! Figures: numbers with what they measure.

use rust_decimal::Decimal;

use std::sync::Arc;

use super::BlockReading;
use crate::document::{Document, ProseSpan};
use crate::markup::Block;
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Count,
    Ordinal,
    Percent,
    Money,
    Length,
    Area,
    Volume,
    Mass,
    Speed,
    Temperature,
    Duration,
    Age,
    Ratio,
    Number,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hedge {
    #[default]
    Exact,
    About,
    Nearly,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
}

/// A value as the text has it: "701" and "sq km".
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub value: Decimal,
    pub unit: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub dimension: Dimension,
    /// In the canonical unit.
    pub value: Decimal,
    /// The upper end of a range, in the canonical unit.
    pub high: Option<Decimal>,
    /// Canonical: `m`, `m2`, `m3`, `kg`, `m/s`, `K`, `s`, `%`, an ISO 4217 code, `yr` for an age.
    pub unit: Option<&'static str>,
    pub written: Written,
    pub hedge: Hedge,
    /// What is measured, bytes of the block's text.
    pub of: Option<Span>,
}

/// A figure in one block; it needs nothing from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureCandidate {
    /// Bytes of the block's text: the number with its unit or currency.
    pub span: Span,
    pub figure: Figure,
}

pub(super) fn find(_block: &Block, _reading: &BlockReading) -> Vec<FigureCandidate> {
    Vec::new()
}

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>]) -> Vec<(ProseSpan, Figure)> {
    Vec::new()
}
