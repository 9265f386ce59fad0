//! Which figures the corpus gives, and what they measure.

use super::{Citation, Source};
use crate::document::Document;
use crate::reader::{Dimension, Figure, Mention, Reading};

/// Asks what else is said of what a figure of the draft measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureQuestion {
    pub dimension: Dimension,
    pub unit: Option<&'static str>,
    /// Folded, stemmed words that say what is measured.
    pub terms: Vec<String>,
}

impl FigureQuestion {
    /// None for a figure that says too little about what it measures.
    pub fn about(_document: &Document, _reading: &Reading, _mention: &Mention) -> Option<Self> {
        None
    }
}

/// One source giving a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureAttestation {
    pub figure: Figure,
    pub terms: Vec<String>,
    pub citation: Citation,
}

#[derive(Clone, Debug, Default)]
pub(super) struct FigureIndex;

impl FigureIndex {
    pub(super) fn build(_sources: &[Source]) -> Self {
        Self
    }

    pub(super) fn answer(&self, _question: &FigureQuestion) -> Vec<FigureAttestation> {
        Vec::new()
    }
}
