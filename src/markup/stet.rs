//! `stet` marks: "let it stand".

use crate::text::Span;

/// One mark in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// Where the mark stands in the source, in bytes.
    pub span: Span,
    /// The rule it silences (with its family); all rules without one.
    pub rule: Option<String>,
    /// The words it is about; the whole block without any.
    pub words: Option<String>,
    /// For the whole draft and not just the next block.
    pub whole_file: bool,
    /// The block it speaks of: the next one after it.
    pub block: Option<usize>,
}
