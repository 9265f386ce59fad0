//! Which figures the corpus gives, and what they measure.

mod cues;
mod kind;
mod likeness;
mod settled;
mod telling;

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub(super) use kind::Kind;
pub use likeness::{Likeness, Matter, Sign, Signs, Weighed, signs};
pub use settled::SettledFigure;
pub(super) use telling::unheard_of;
pub use telling::{Telling, how_telling};

use super::{Citation, SourceId};
use crate::reader::{Agreement, Context, Dimension, Figure, Mention, MentionKind, SCORE, compare_on};

/// Asks what else is said of what a figure of the draft measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureQuestion {
    pub dimension: Dimension,
    pub unit: Option<&'static str>,
    pub context: Arc<Context>,
}

impl FigureQuestion {
    /// None for a figure that says too little about what it measures.
    pub fn about(mention: &Mention) -> Option<Self> {
        let MentionKind::Figure(figure) = &mention.kind else { return None };
        Self::of(figure)
    }

    /// As [`Self::about`].
    pub fn of(figure: &Figure) -> Option<Self> {
        let comparable = match figure.dimension {
            // "The first half" and "the second" are sooner two things than one.
            Dimension::Ordinal => figure.value > Decimal::TWO,
            // An age is somebody's.
            Dimension::Age => figure.context.terms.iter().any(|term| term.name),
            _ => true,
        };
        (comparable && !figure.context.terms.is_empty()).then(|| Self {
            dimension: figure.dimension,
            unit: figure.unit,
            context: figure.context.clone(),
        })
    }

    /// What it may be compared with: of things counted also what names no noun.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let head = self.context.head.as_deref();
        let own = Kind::of_figures(self.dimension, self.unit, head);
        let counts = matches!(self.dimension, Dimension::Count | Dimension::Number);
        let without_noun = head.filter(|head| counts && *head != SCORE).map(|_| Kind::of_figures(self.dimension, self.unit, None));
        std::iter::once(own).chain(without_noun).collect()
    }

    /// What the kind of figure asked for is a sign of.
    pub(super) const fn sign(&self) -> Option<Sign> {
        match self.dimension {
            Dimension::Count => None,
            Dimension::Money => Some(Sign::Money),
            Dimension::Percent => Some(Sign::Percent),
            Dimension::Duration => Some(Sign::Duration),
            Dimension::Age => Some(Sign::Age),
            Dimension::Number => Some(Sign::Bare),
            _ => Some(Sign::Measured),
        }
    }
}

/// One source giving a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureAttestation {
    pub figure: Arc<Figure>,
    /// The number with its unit, as the source has it.
    pub words: String,
    pub likeness: Likeness,
    pub citation: Citation,
    pub source: SourceId,
}

impl FigureAttestation {
    /// Whether the value can be that of a figure told `today`.
    pub fn agreement(&self, figure: &Figure, today: Option<Date>) -> Agreement {
        compare_on(figure, today, &self.figure, self.citation.source.published)
    }
}
