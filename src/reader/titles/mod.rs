//! Titles: who someone is said to be.

mod after;
mod alone;
mod before;
mod finder;
mod holder;
mod mandate;
mod office;
mod phrase;
mod reach;
mod scope;

pub(super) use finder::find;
pub(super) use holder::link;
pub(super) use phrase::Place;
pub use phrase::TitleCandidate;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::MentionId;
use crate::gazetteer::roles::RoleKind;
use crate::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// The normalised head, "foreign minister".
    pub role: Cow<'static, str>,
    pub kind: RoleKind,
    /// The country or organisation it is about; a country by its usual English name, in front of an organisation of it:
    /// "Ukraine", "NATO", "Ukraine national security council".
    pub of: Option<Arc<str>>,
    pub status: Status,
    /// Where what it is of stands behind the holder's name, the words that say so: "of Larsund County" of "Sheriff Ada Quill of
    /// Larsund County", in bytes of the block.
    pub behind: Option<Span>,
    pub holder: Option<MentionId>,
    /// Beside no name: who holds it, if that is known, is told by the rest of the text. What it says of that one is no news.
    pub alone: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    #[default]
    Current,
    Former,
    Acting,
    Elect,
    Deputy,
    /// The opposition's: "shadow chancellor".
    Shadow,
    /// What others deny: "self-proclaimed president".
    Disputed,
}

impl Status {
    /// As output calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Former => "former",
            Self::Acting => "acting",
            Self::Elect => "elect",
            Self::Deputy => "deputy",
            Self::Shadow => "shadow",
            Self::Disputed => "disputed",
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod forms_tests;
