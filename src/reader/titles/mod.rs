//! Titles: who someone is said to be.

mod phrase;

use std::sync::Arc;

pub use phrase::TitleCandidate;
pub(super) use phrase::find;

use super::link::{LinkedNames, LinkedTitle};
use super::{BlockReading, MentionId};
use crate::document::Document;

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

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>], _names: &LinkedNames) -> Vec<LinkedTitle> {
    Vec::new()
}

#[cfg(test)]
mod tests;
