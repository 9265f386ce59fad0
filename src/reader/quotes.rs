//! Direct quotations and who said them.

use std::sync::Arc;

use super::link::{LinkedNames, LinkedQuote, LinkedTitle};
use super::{BlockReading, MentionId};
use crate::document::Document;
use crate::markup::Block;
use crate::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words between the marks.
    pub words: String,
    /// The person said to have said them.
    pub speaker: Option<MentionId>,
    /// The verb of speech, as written.
    pub cue: Option<String>,
}

/// Words between quotation marks in one block.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteCandidate {
    /// Bytes of the block's text, without the marks.
    pub span: Span,
}

pub(super) fn find(_block: &Block, _reading: &BlockReading) -> Vec<QuoteCandidate> {
    Vec::new()
}

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>], _names: &LinkedNames, _titles: &[LinkedTitle]) -> Vec<LinkedQuote> {
    Vec::new()
}
