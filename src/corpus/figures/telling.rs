//! How much the words of one context tell, and what they come to: whatever it is compared with, only the words that the two share
//! have to be looked at.

use crate::gazetteer::terms::{TermKey, TermTables};
use crate::reader::{Context, FARTHEST, Term};

/// How many words off is still close.
const CLOSE: u8 = 4;

/// How much a word counts for its distance: all of it beside the figure, half six words off.
pub(super) fn closeness(distance: u8) -> f64 {
    6.0 / (6.0 + f64::from(distance.min(FARTHEST)))
}

/// Sentences of news in general that a small corpus is taken to have besides its own, so that words all its sources share
/// still tell something, and common ones little.
const PRIOR: f64 = 200.0;

/// How much it tells that a word is shared which stands in `count` of `all` contexts: the rarer there and in news, the more.
pub fn how_telling(word: TermKey, count: usize, all: usize) -> f64 {
    telling(TermTables::get().commonness(word), count, all)
}

/// What it comes to that a word is shared which stands in none of them, a logarithm as [`super::Sign::Telling`].
pub(in crate::corpus) fn unheard_of(all: usize) -> f64 {
    telling(0.0, 0, all).ln_1p()
}

fn telling(commonness: f64, count: usize, all: usize) -> f64 {
    let in_news = PRIOR * commonness;
    (1.0 + (f64::from(all as u32) + PRIOR) / (1.0 + f64::from(count as u32) + in_news)).ln()
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
