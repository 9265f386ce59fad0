//! What the desk has decided: how names are spelt, who is somebody else, who holds which office. It outranks the corpus.

mod edit;

pub use edit::{another_person, prefer_spelling};

use crate::reader::SubjectKind;

/// The desk's decisions.
#[derive(Clone, Debug, Default)]
pub struct Stylebook {}

/// Something in a stylebook that can't be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct StylebookError {
    /// Starting at 1.
    pub line: u32,
    pub message: String,
}

/// The table that a kind of entry stands in: `[[person]]`.
const fn table_of(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Person => "person",
        SubjectKind::Place => "place",
        SubjectKind::Organisation => "organisation",
    }
}
