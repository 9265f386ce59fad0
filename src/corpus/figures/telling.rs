//! How much the words of one context tell, and what they come to: whatever it is compared with, only the words that the two share
//! have to be looked at.

use super::likeness::{CLOSE, closeness};
use crate::reader::Context;

/// What the words of a context tell.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    /// How much each of its terms tells that it is shared.
    pub(super) terms: Box<[f64]>,
    /// The squares of these in sum, as they are and by closeness.
    pub(super) squares: f64,
    pub(super) near_squares: f64,
    /// By closeness, the sum of all, of those close by, and of names.
    pub(super) near: f64,
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
            telling.near += near;
            telling.close += if term.distance <= CLOSE { near } else { 0.0 };
            telling.names += if term.name { near } else { 0.0 };
            telling.counted = telling.counted.saturating_add(u8::from(term.counted));
        }
        telling.terms = terms;
        telling
    }
}
