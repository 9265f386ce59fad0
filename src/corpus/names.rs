//! Whom the corpus knows, by which spellings and titles.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Citation, Source, TitleAttestation};
use crate::reader::{Reading, Subject, SubjectKind};

/// Asks about one subject of the draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameQuestion {
    pub kind: SubjectKind,
    /// The fullest form in the draft.
    pub name: String,
}

impl NameQuestion {
    pub fn about(_reading: &Reading, subject: &Subject) -> Self {
        Self { kind: subject.kind, name: subject.name.clone() }
    }
}

/// One way of writing a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub form: String,
    /// How many sources write it so, and how many of each outlet.
    pub sources: u32,
    pub outlets: Vec<(String, u32)>,
    /// A few places where it stands, the latest first.
    pub citations: Vec<Citation>,
}

/// A person, place or organisation as all sources together know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub kind: SubjectKind,
    /// The fullest form, in its best attested spelling.
    pub name: String,
    pub given: Option<String>,
    pub surname: Option<String>,
    /// The best attested first.
    pub spellings: Vec<Spelling>,
    /// The latest first.
    pub titles: Vec<TitleAttestation>,
    pub sources: u32,
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Sentences that show it, the latest first; a few.
    pub citations: Vec<Citation>,
}

/// A record whose name is like the one asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct NearRecord {
    pub record: Arc<Record>,
    /// Edits between the two names, a swap of neighbours being one.
    pub distance: u32,
}

/// What the corpus knows of one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameAnswer {
    /// Records with this very name, or that it is a shorter form of; more than one where it is ambiguous.
    pub known: Vec<Arc<Record>>,
    /// Records with a name like it, the nearest and best attested first.
    pub near: Vec<NearRecord>,
}

/// The index behind the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct NameIndex;

impl NameIndex {
    pub(super) fn build(_sources: &[Source]) -> Self {
        Self
    }

    pub(super) fn answer(&self, _question: &NameQuestion) -> NameAnswer {
        NameAnswer::default()
    }

    pub(super) fn search(&self, _prefix: &str, _limit: usize) -> Vec<Arc<Record>> {
        Vec::new()
    }
}
