//! Titles: who someone is said to be.

use std::sync::Arc;

use super::link::{LinkedNames, LinkedTitle};
use super::{BlockReading, MentionId};
use crate::document::Document;
use crate::markup::Block;
use crate::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// The normalised head, "foreign minister".
    pub role: String,
    /// The country, organisation or person it is about, as read: "Ukraine", "NATO".
    pub of: Option<String>,
    pub status: Status,
    pub holder: Option<MentionId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    Current,
    Former,
    Acting,
    Elect,
    Deputy,
}

/// A title phrase in one block, not yet tied to a person.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleCandidate {
    /// Bytes of the block's text.
    pub span: Span,
}

pub(super) fn find(_block: &Block, _reading: &BlockReading) -> Vec<TitleCandidate> {
    Vec::new()
}

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>], _names: &LinkedNames) -> Vec<LinkedTitle> {
    Vec::new()
}
