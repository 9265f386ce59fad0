//! Title phrases of one block: a head from the lexicon, the words before it ("former US", "Ukraine's") and after it ("of
//! the Delta Water Board"), and where the name it belongs to should stand.

use std::borrow::Cow;
use std::sync::Arc;

use super::Status;
use crate::gazetteer::roles::{RoleKind, post};
use crate::text::Span;

/// A title phrase in one block, not yet tied to a person.
///
/// What `names::find` may take from it: no name covers a token of `words`, and none crosses an end of `tokens`; within
/// `scope` (a country, an organisation, another person) names stand as anywhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleCandidate {
    /// Bytes of the block's text: the whole phrase, with the "the" before it.
    pub span: Span,
    /// The same as a half-open range of token indices.
    pub tokens: Span,
    /// The tokens that say what somebody is, with ranks and states: "former special envoy", "Prime Minister".
    pub words: Span,
    /// The normalised role: "foreign minister".
    pub role: Cow<'static, str>,
    pub kind: RoleKind,
    pub scope: Option<Scope>,
    /// The country before a title that has its organisation behind it: "Swiss head of the Delta Water Board".
    pub nation: Option<Scope>,
    /// What the title is of, in plain words, as far as the block alone says: nothing where that is somebody's.
    pub(super) of: Option<Arc<str>>,
    pub status: Status,
    pub plural: bool,
    pub place: Place,
}

impl TitleCandidate {
    /// The tokens of the firm, or the like, that somebody heads: nobody is chief executive of a person.
    pub(in crate::reader) fn headed_body(&self) -> Option<Span> {
        let is_body = |scope: &Scope| scope.chain.is_none() && matches!(scope.tie, Tie::Before | Tie::After);
        self.scope.filter(|scope| self.kind == RoleKind::Corporate && is_body(scope)).map(|scope| scope.tokens)
    }

    /// Whether it is one person's post, in apposition to what ends before the comma at token `mark`. A firm may own or publish something as well.
    pub(in crate::reader) fn is_apposed_post(&self, mark: usize) -> bool {
        let is_post = post(&self.role).is_some() || self.role.split_once(' ').is_some_and(|(_, role)| post(role).is_some());
        let post = is_post && !matches!(&*self.role, "owner" | "publisher" | "administrator");
        self.place == Place::After(mark as u32) && !self.plural && post
    }
}

/// What a title is about: the country, organisation or person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Half-open range of token indices, without a possessive's `'s`; empty for a pronoun.
    pub tokens: Span,
    pub tie: Tie,
    /// The title that stands before the person of a possessive ("Russian President Vladimir Putin's adviser") or is the
    /// possessor itself ("the president's spokesman"): its index among the block's candidates.
    pub chain: Option<u32>,
}

/// How a scope is tied to its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// "French president", "White House spokesman".
    Before,
    /// "Ukraine's president".
    Possessive,
    /// "his spokesman", "its chairman".
    Pronoun,
    /// "president of France", "envoy to Kyiv".
    After,
    /// Behind the name of the holder: "Sheriff Ada Quill of Larsund".
    BehindName,
}

/// Where the name of a title's holder should stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Right after the title: the name starts at this token.
    Before(u32),
    /// After the title and a comma: the name starts at this token.
    BeforeComma(u32),
    /// In apposition: the name (or something between it and the title) ends before this token.
    After(u32),
    /// "is the", "became": the verb stands at this token.
    Copula(u32),
    /// "as foreign minister": "as" stands at this token.
    As(u32),
    /// Beside no name.
    Alone,
}
