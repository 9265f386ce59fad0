//! Which words the corpus has in quotation marks, and whose they are.

use super::{Citation, Source};
use crate::reader::Quote;

/// Asks for utterances like one of the draft's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteQuestion {
    pub words: String,
}

impl QuoteQuestion {
    /// None for a quotation too short to be known again.
    pub fn about(_quote: &Quote) -> Option<Self> {
        None
    }
}

/// One source quoting somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteAttestation {
    pub words: String,
    /// The speaker's fullest name in that source.
    pub speaker: Option<String>,
    pub citation: Citation,
}

#[derive(Clone, Debug, Default)]
pub(super) struct QuoteIndex;

impl QuoteIndex {
    pub(super) fn build(_sources: &[Source]) -> Self {
        Self
    }

    pub(super) fn answer(&self, _question: &QuoteQuestion) -> Vec<QuoteAttestation> {
        Vec::new()
    }
}
