//! Figures: numbers with what they measure.

mod age;
mod codes;
mod compare;
mod compound;
mod context;
mod difference;
mod digits;
mod figure_words;
mod find;
mod fractions;
mod join;
mod measure;
mod number;
mod number_words;
mod powers;
mod rate;
mod rewordings;
mod row;
mod told;
mod what;
mod write;

use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use compare::{Agreement, compare, compare_numbers, compare_on, compare_values, is_of_another_unit, leaves_unit_out, rounding};
pub use context::{Context, FARTHEST, Term};
pub(super) use context::{Setting, contexts_of_dates};
pub(super) use rewordings::Rewordings;
pub use write::{Rewording, as_said, grouped, write_figure, write_like, write_number};

pub(super) use find::find;

use super::BlockReading;
use crate::document::{Document, ProseSpan};
use crate::gazetteer::stored;
pub use crate::gazetteer::units::{Dimension, Hedge, Period};
use crate::markup::BlockKind;
use crate::text::Span;

/// What stands for the noun where a number is one side of a score.
pub const SCORE: &str = "score";

/// A value as the text has it: "701" and "sq km".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Written {
    pub value: Decimal,
    /// The words of the unit; none for what is merely counted.
    pub unit: Option<String>,
    /// The unit those words stand for; none for money and what is merely counted.
    #[serde(with = "stored::measure")]
    pub measure: Option<stored::Measure>,
}

/// A value and what it measures, wherever it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub dimension: Dimension,
    /// In the canonical unit.
    pub value: Decimal,
    /// The upper end of a range, in the canonical unit.
    pub high: Option<Decimal>,
    /// Canonical: `m`, `m2`, `m3`, `kg`, `m/s`, `K`, `s`, `%`, an ISO 4217 code, `yr` for an age.
    #[serde(with = "stored::unit")]
    pub unit: Option<stored::Code>,
    pub written: Written,
    pub hedge: Hedge,
    /// What it is reckoned by, where it is a rate: "a day". It belongs to the unit.
    pub per: Option<Period>,
    /// The words around it that tell what it measures.
    pub context: Arc<Context>,
    /// The values that it can stand for: noted when it is read, since it is compared with many. None where they can't be told.
    meant: Option<compare::Meant>,
}

/// A figure where a text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureMention {
    pub figure: Figure,
    /// The words for what is measured, bytes of the block's text.
    pub of: Option<Span>,
    /// The number alone, without unit or currency: bytes of the block's text.
    pub number: Span,
}

impl Deref for FigureMention {
    type Target = Figure;

    fn deref(&self) -> &Figure {
        &self.figure
    }
}

/// A figure in one block; it needs nothing from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureCandidate {
    /// Bytes of the block's text: the number with its unit or currency.
    pub span: Span,
    pub figure: Arc<FigureMention>,
}

pub(super) fn link(document: &Document, blocks: &[Arc<BlockReading>]) -> Vec<(ProseSpan, Arc<FigureMention>)> {
    let mut out = Vec::new();
    // Which columns of the table at hand hold ages.
    let mut of_ages: Vec<bool> = Vec::new();
    for (block, (reading, text)) in blocks.iter().zip(document.blocks()).enumerate() {
        if let BlockKind::TableCell { row, column, .. } = text.kind {
            if row == 0 {
                of_ages.truncate(column as usize);
                of_ages.resize(column as usize, false);
                of_ages.push(age::heads_ages(&text.text));
            } else if of_ages.get(column as usize) == Some(&true) {
                out.extend(
                    reading.figures.iter().map(|one| (ProseSpan { block: block as u32, span: one.span }, age::in_column(&one.figure))),
                );
                continue;
            }
        }
        out.extend(
            reading.figures.iter().map(|candidate| (ProseSpan { block: block as u32, span: candidate.span }, candidate.figure.clone())),
        );
    }
    out
}

#[cfg(test)]
mod tests;
