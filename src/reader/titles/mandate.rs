//! For which party and seat somebody sits, set off behind the name: "(R-Ohio)", "D-Calif.,", "(Labour, Larsund East)".

use super::Status;
use super::finder::Finder;
use super::phrase::{Place, Scope, Tie, TitleCandidate};
use crate::gazetteer::roles::{RoleKind, party};
use crate::text::Span;

/// No seat's name has more tokens.
const LONGEST_SEAT: usize = 8;

impl Finder<'_> {
    /// The mandate that begins at token `at`, behind a name and the bracket or comma that sets it off.
    pub(super) fn mandate(&self, at: usize) -> Option<TitleCandidate> {
        let open = at.checked_sub(1).filter(|&open| open > self.sentence.start as usize)?;
        if !self.is_mark(open, &['(', ',']) {
            return None;
        }
        let is_bracketed = self.is_mark(open, &['(']);
        if !self.is_name_word(open - 1) && !self.is_mark(open - 1, &['.']) {
            return None;
        }
        let (party_end, seat) = self.party_letter(at).or_else(|| self.party_name(at).filter(|_| is_bracketed))?;
        let end = self.seat_end(seat);
        if is_bracketed && !self.is_mark(end, &[')']) || !is_bracketed && end == seat {
            return None;
        }
        let scope = (end > seat).then_some(Scope { tokens: Span::of(seat..end), tie: Tie::After, chain: None });
        Some(TitleCandidate {
            span: self.row.span(at, end.max(party_end)),
            tokens: Span::of(at..end.max(party_end)),
            words: Span::of(at..party_end),
            role: "party member".into(),
            kind: RoleKind::Party,
            scope,
            nation: None,
            of: None,
            status: Status::Current,
            plural: false,
            place: Place::After(open as u32),
        })
    }

    /// "R-", where a party's letter ends and the state begins.
    fn party_letter(&self, at: usize) -> Option<(usize, usize)> {
        let hyphen = self.is_mark(at + 1, &['-', '‑', '–']) && self.row.is_joined(at + 1) && self.row.is_joined(at + 2);
        (hyphen && party(&format!("{}-", self.word(at))).is_some()).then_some((at + 1, at + 2))
    }

    /// "Labour", "Lib Dem", and the seat behind a comma.
    fn party_name(&self, at: usize) -> Option<(usize, usize)> {
        let ends = |end: &usize| self.is_mark(*end, &[',', ')']);
        let is_party = |end: usize| party(self.row.span(at, end).text(self.row.text)).is_some();
        let end = (at + 1..at + 4).take_while(|&end| self.in_sentence(end)).filter(ends).find(|&end| is_party(end))?;
        Some((end, if self.is_mark(end, &[',']) { end + 1 } else { end }))
    }

    /// Behind the last token of a seat's name.
    fn seat_end(&self, start: usize) -> usize {
        let belongs = |&at: &usize| {
            let inner = at > start && self.row.is_joined(at) && self.is_mark(at, &['.', '-', '‑', '’', '\'']);
            let small = at > start && self.is(at, &["and", "of", "upon", "the", "on"]) && self.is_name_word(at + 1);
            self.is_name_word(at) || inner || small
        };
        (start..start + LONGEST_SEAT).take_while(belongs).last().map_or(start, |last| last + 1)
    }
}
