//! How much the words of one context tell, and what they come to: whatever it is compared with, only the words that the two share
//! have to be looked at.

use crate::reader::{Context, FARTHEST, Term};

/// How many words off is still close.
const CLOSE: u8 = 4;

/// How much a word counts for its distance: all of it beside the figure, half six words off.
pub(super) fn closeness(distance: u8) -> f64 {
    6.0 / (6.0 + f64::from(distance.min(FARTHEST)))
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
        let mut telling = Self::default();
        for (term, &tells) in context.terms.iter().zip(&terms) {
            let near = tells * closeness(term.distance);
            telling.squares += tells * tells;
            telling.near_squares += near * near;
            telling.sums.add(term, near);
        }
        telling.terms = terms;
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
