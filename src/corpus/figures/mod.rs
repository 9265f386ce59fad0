//! Which figures the corpus gives, and what they measure.

pub(super) mod contexts;
mod likeness;
mod telling;

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use contexts::ContextIndex;
pub use contexts::how_telling;
pub use likeness::{Likeness, Matter, Sign, Signs, Weighed, signs};
pub use telling::Telling;

use super::{Account, Citation, Source};
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
}

/// One source giving a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureAttestation {
    pub figure: Arc<Figure>,
    /// The number with its unit, as the source has it.
    pub words: String,
    pub likeness: Likeness,
    pub citation: Citation,
    /// All that the source says.
    pub account: Arc<Account>,
}

impl FigureAttestation {
    /// Whether the value can be that of a figure told `today`.
    pub fn agreement(&self, figure: &Figure, today: Option<Date>) -> Agreement {
        compare_on(figure, today, &self.figure, self.citation.source.published)
    }
}

/// What is compared with what: dimension and unit, and for things counted the noun.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kind {
    dimension: Dimension,
    unit: Option<&'static str>,
    head: Option<Box<str>>,
}

impl Kind {
    fn of(dimension: Dimension, unit: Option<&'static str>, context: &Context) -> Self {
        // A number without a noun is a count all the same.
        let dimension = if dimension == Dimension::Number { Dimension::Count } else { dimension };
        Self { dimension, unit, head: context.head.clone().filter(|_| dimension == Dimension::Count) }
    }
}

/// A figure with its words.
type Given = (Arc<Figure>, String);

#[derive(Debug)]
pub(super) struct FigureIndex(ContextIndex<Kind, Given>);

impl FigureIndex {
    pub(super) fn build(sources: &[Source]) -> Self {
        let pick = |source: &Source, mention: &Mention| {
            let MentionKind::Figure(figure) = &mention.kind else { return None };
            FigureQuestion::of(figure)?;
            let kind = Kind::of(figure.dimension, figure.unit, &figure.context);
            Some((kind, (figure.clone(), source.document.words(mention.at).to_owned()), figure.context.clone()))
        };
        let value =
            |(figure, _): &Given| -> (Decimal, Option<Decimal>) { (figure.value.normalize(), figure.high.map(|high| high.normalize())) };
        Self(ContextIndex::build(sources, Matter::Figure, pick, value))
    }

    pub(super) fn answer(&self, question: &FigureQuestion) -> Vec<FigureAttestation> {
        let own = Kind::of(question.dimension, question.unit, &question.context);
        let without_noun = own.head.as_deref().is_some_and(|head| head != SCORE).then(|| Kind { head: None, ..own.clone() });
        let kinds: Vec<Kind> = std::iter::once(own).chain(without_noun).collect();
        let asked = match question.dimension {
            Dimension::Count => None,
            Dimension::Money => Some(Sign::Money),
            Dimension::Percent => Some(Sign::Percent),
            Dimension::Duration => Some(Sign::Duration),
            Dimension::Age => Some(Sign::Age),
            Dimension::Number => Some(Sign::Bare),
            _ => Some(Sign::Measured),
        };
        let look = |_: &Given, signs: &mut Signs| asked.into_iter().for_each(|sign| signs.set(sign, 1.0));
        self.0
            .answer(&kinds, &question.context, look)
            .into_iter()
            .map(|(likeness, entry)| FigureAttestation {
                figure: entry.value.0.clone(),
                words: entry.value.1.clone(),
                likeness,
                citation: entry.citation.clone(),
                account: entry.account.clone(),
            })
            .collect()
    }
}
