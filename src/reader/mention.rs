//! A place in a text that names or says something checkable, and whom it is about.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{DateMention, FigureMention, NameMention, PersonName, Quote, Title};
use crate::document::ProseSpan;

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub fn new(index: usize) -> Self {
                Self(index as u32)
            }

            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index_type! {
    /// The index of a mention in its reading.
    MentionId
}
index_type! {
    /// The index of a subject in its reading.
    SubjectId
}

#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub at: ProseSpan,
    /// Whether it stands between quotation marks that are somebody's words.
    pub in_quote: bool,
    pub kind: MentionKind,
}

/// Small, since all mentions of a text are gone through again and again: what is large is kept elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum MentionKind {
    /// A person, place or organisation; which of them its subject says.
    Name(NameMention),
    Title(Box<Title>),
    Figure(Arc<FigureMention>),
    Date(DateMention),
    Quote(Box<Quote>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    Person,
    Place,
    Organisation,
}

impl SubjectKind {
    pub const ALL: [Self; 3] = [Self::Person, Self::Place, Self::Organisation];

    /// As people, output and stylebooks call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
        }
    }
}

/// A person, place or organisation of one text, with all its mentions there.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    pub kind: SubjectKind,
    /// The fullest form in this text.
    pub name: String,
    /// That as [`crate::text::name_key`] gives it.
    pub key: Arc<str>,
    /// The parts of that, for a person.
    pub person: Option<Arc<PersonName>>,
    /// For an organisation, the acronym that this text gives it.
    pub acronym: Option<String>,
    /// In the order of the text.
    pub mentions: Vec<MentionId>,
}
