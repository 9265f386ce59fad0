//! Names that a desk has elsewhere, a spreadsheet or a database, taken into its stylebook: what is there stays as it is, with its comments
//! and its order, and what doesn't go together with it is told and left out.

mod merge;
mod table;
mod wikidata;

pub use merge::{Merged, merge};
pub use table::from_rows;
pub use wikidata::{Label, people};

use crate::reader::SubjectKind;

/// One entry that is to be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Where it is from, as messages name it: "line 12", "Q42".
    pub at: String,
    pub kind: SubjectKind,
    pub name: String,
    pub aliases: Vec<String>,
    pub is_not: Vec<String>,
    pub titles: Vec<ImportedTitle>,
    pub within: Vec<String>,
    pub acronym: Option<String>,
    /// What becomes a comment.
    pub note: Option<String>,
}

/// A title, and its first and last day, month or year: `2024-03-01`, `2024-03`, `2024`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTitle {
    pub title: String,
    pub from: Option<String>,
    pub until: Option<String>,
}

/// Something that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    pub at: String,
    pub why: String,
}

impl Imported {
    fn new(at: String, kind: SubjectKind, name: String) -> Self {
        let (aliases, is_not, titles, within) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { at, kind, name, aliases, is_not, titles, within, acronym: None, note: None }
    }

    fn left_out(&self, why: String) -> LeftOut {
        LeftOut { at: self.at.clone(), why }
    }
}
