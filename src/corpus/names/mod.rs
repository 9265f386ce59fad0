//! Whom the corpus knows, by which spellings and titles.

pub mod identity;
mod parts;
mod spelling;

pub use parts::Parts;
pub(super) use parts::{Compared, likenesses};
pub use spelling::Spelling;

use std::sync::Arc;

use jiff::civil::Date;

use super::{Citation, PlacementAttestation, TitleAttestation};
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
    /// The abbreviations it is known by.
    pub acronyms: Vec<String>,
    /// The latest first.
    pub titles: Vec<TitleAttestation>,
    pub sources: u32,
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Sentences that show it, the latest first; a few.
    pub citations: Vec<Citation>,
    /// How many sentences of the sources show it.
    pub places: u32,
    /// What the desk has decided; then `name` is how the desk writes it.
    pub decision: Option<Arc<Decision>>,
}

/// What the stylebook says of a person, place or organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where the name stands in the stylebook.
    pub citation: Citation,
    /// Other ways of writing the name, which the desk doesn't use.
    pub aliases: Vec<String>,
    pub needs_no_introduction: bool,
    /// For a place, what contains it, the nearest first, each with where the stylebook says so.
    pub within: Vec<(String, Citation)>,
}

/// What a decision of the desk weighs among sources: more than any number of them that a slip could hide among.
const DECIDED: u32 = 1_000;

impl Record {
    /// How many citations it holds, which are most of what it takes up.
    pub(super) fn citations_held(&self) -> usize {
        self.citations.len() + self.titles.len() + self.spellings.iter().map(|spelling| spelling.citations.len()).sum::<usize>()
    }

    /// How much speaks for the name: the sources that write it, and above them the desk.
    pub fn weight(&self) -> u32 {
        self.sources + if self.decision.is_some() { DECIDED } else { 0 }
    }

    /// How a surname is to be written, of what is no person the whole name: as the desk has decided, or else as two thirds
    /// of the sources do.
    pub fn preferred_surname(&self) -> Option<&str> {
        self.preferred(self.surname.as_deref().unwrap_or(&self.name), &self.surnames())
    }

    /// How a given name is to be written, by the same measure.
    pub fn preferred_given_name(&self) -> Option<&str> {
        self.preferred(self.given.as_deref()?, &self.given_names())
    }

    fn preferred<'a>(&self, decided: &'a str, forms: &[(&'a str, u32)]) -> Option<&'a str> {
        if self.decision.is_some() {
            return Some(decided);
        }
        let total: u32 = forms.iter().map(|(_, count)| count).sum();
        forms.first().filter(|(_, count)| *count > 0 && count * 3 >= total * 2).map(|(form, _)| *form)
    }

    /// How many sources write the name, or its surname, so; compared as written.
    pub fn sources_writing(&self, form: &str) -> u32 {
        self.spellings.iter().filter(|spelling| spelling.form == form).map(|spelling| spelling.sources).sum()
    }

    /// How many sources write each surname, the best attested first. For what is no person, the whole name.
    pub fn surnames(&self) -> Vec<(&str, u32)> {
        let is_person = self.kind == SubjectKind::Person;
        self.parts(|spelling| if is_person { spelling.person().surname.as_deref() } else { Some(&spelling.form) })
    }

    /// How many sources write each given name, the best attested first.
    pub fn given_names(&self) -> Vec<(&str, u32)> {
        self.parts(|spelling| spelling.person().given.as_deref())
    }

    fn parts<'a>(&'a self, part: impl Fn(&'a Spelling) -> Option<&'a str>) -> Vec<(&'a str, u32)> {
        let mut counts: Vec<(&str, u32)> = Vec::new();
        for spelling in &self.spellings {
            let Some(written) = part(spelling) else { continue };
            match counts.iter_mut().find(|(known, _)| *known == written) {
                Some((_, count)) => *count += spelling.sources,
                None => counts.push((written, spelling.sources)),
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        counts
    }
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
    /// For a full name, people with the same surname and another given name, the best attested first.
    pub namesakes: Vec<Arc<Record>>,
    /// For each word of [`crate::text::name_key`], how many sources have a name with that very word.
    pub word_sources: Vec<u32>,
    /// What the sources call a person, the latest first; empty where it is in doubt who is meant.
    pub titles: Vec<TitleAttestation>,
    /// Where the sources put a place, the latest first.
    pub placements: Vec<PlacementAttestation>,
}
