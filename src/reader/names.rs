//! People, places and organisations.

use std::sync::Arc;

use super::link::LinkedNames;
use super::{BlockReading, MentionId, SubjectId};
use crate::document::Document;
use crate::markup::Block;
use crate::text::Span;

/// A mention of a person, place or organisation by name.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    pub subject: SubjectId,
    /// The parts of a person's name as written here.
    pub person: Option<PersonName>,
    /// The title that stands beside this mention.
    pub title: Option<MentionId>,
}

/// The parts of a person's name as one mention writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// Given names and initials.
    pub given: Option<String>,
    /// The family name with its particles; for a single name, that.
    pub surname: Option<String>,
}

/// What may be a name in one block.
#[derive(Clone, Debug, PartialEq)]
pub struct NameCandidate {
    /// Bytes of the block's text.
    pub span: Span,
}

pub(super) fn find(_block: &Block, _reading: &BlockReading) -> Vec<NameCandidate> {
    Vec::new()
}

pub(super) fn link(_document: &Document, _blocks: &[Arc<BlockReading>]) -> LinkedNames {
    LinkedNames::default()
}
