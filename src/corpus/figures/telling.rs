//! How much the words of one context tell, and what they come to: whatever it is compared with, only the words that the two share
//! have to be looked at.

use rust_decimal::Decimal;

use super::cues::Cues;
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::reader::{Context, FARTHEST, Term};
use crate::thresholds::{CLOSE, HALF_AS_NEAR, NEWS_IN_GENERAL};

/// How much a word counts for its distance: all of it beside the figure, half at [`HALF_AS_NEAR`].
pub(super) fn closeness(distance: u8) -> f64 {
    HALF_AS_NEAR / (HALF_AS_NEAR + f64::from(distance.min(FARTHEST)))
}

/// How much it tells that a word is shared which stands in `count` of `all` contexts: the rarer there and in news, the more.
pub fn how_telling(word: TermKey, count: usize, all: usize) -> f64 {
    telling(TermTables::get().commonness(word), count, all)
}

/// What it comes to that a word is shared which stands in none of them, a logarithm as [`super::Sign::Telling`].
pub(in crate::corpus) fn unheard_of(all: usize) -> f64 {
    telling(0.0, 0, all).ln_1p()
}

fn telling(commonness: f64, count: usize, all: usize) -> f64 {
    let in_news = NEWS_IN_GENERAL * commonness;
    (1.0 + (f64::from(all as u32) + NEWS_IN_GENERAL) / (1.0 + f64::from(count as u32) + in_news)).ln()
}

/// What the words of a context tell.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    /// How much each of its terms tells that it is shared.
    pub(super) terms: Box<[f64]>,
    /// The squares of these in sum, as they are and by closeness.
    pub(super) squares: f64,
    pub(super) near_squares: f64,
    pub(super) sums: Sums,
    pub(super) cues: Cues,
    /// What the values of the sentence's other figures come to.
    pub(super) values: f64,
}

/// How much a value beside both tells: small numbers meet by chance.
pub(super) fn weight_of(value: &Decimal) -> f64 {
    if value.abs() <= Decimal::TEN { 0.5 } else { 1.0 }
}

/// What some words of a context come to, each by its closeness.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) all: f64,
    /// Those close by, and the names.
    pub(super) close: f64,
    pub(super) names: f64,
    /// How many are of what is counted.
    pub(super) counted: u8,
}

impl Telling {
    /// `terms` say how much each of the context's terms tells, in their order.
    pub fn new(context: &Context, terms: Box<[f64]>) -> Self {
        let mut each = terms.iter().copied();
        let telling = Self::in_sum(context, |_| each.next().unwrap_or_default());
        Self { terms, ..telling }
    }

    /// The same without what each term tells by itself: of the contexts that one is compared with, only what theirs come to counts.
    pub(in crate::corpus) fn in_sum(context: &Context, mut tells: impl FnMut(TermKey) -> f64) -> Self {
        let values = context.values.iter().map(weight_of).sum();
        let mut telling = Self { cues: Cues::of(context), values, ..Self::default() };
        for term in &context.terms {
            let tells = tells(term.word);
            let near = tells * closeness(term.distance);
            telling.squares += tells * tells;
            telling.near_squares += near * near;
            telling.sums.add(term, near);
        }
        telling
    }
}

impl Sums {
    /// Adds a word that tells so much by its closeness.
    pub(super) fn add(&mut self, term: &Term, near: f64) {
        self.all += near;
        self.close += if term.distance <= CLOSE { near } else { 0.0 };
        self.names += if term.name { near } else { 0.0 };
        self.counted = self.counted.saturating_add(u8::from(term.counted));
    }
}
