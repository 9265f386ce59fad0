//! Where a title and a name part within one run of words with capitals.

use super::candidates::Scan;
use crate::gazetteer::{PlaceKind, WordClass, is_known_organisation, name_use, near_place, places};
use crate::text::{Shape, TokenKind, folded};

impl Scan<'_> {
    /// Whether the title word at `at` is one here, rather than a part of an organisation's name ("General Motors").
    pub(super) fn is_title_here(&self, at: usize, piece: usize, end: usize, in_title: bool) -> bool {
        if in_title {
            return true;
        }
        let next = at + 1;
        if next < end {
            let last = self.last_word(piece, end);
            let followed_by_head = self.class(next).is(WordClass::HEAD) || self.class(next).is(WordClass::PLACE_HEAD);
            let ends_in_head = self.class(last).is(WordClass::HEAD) || self.class(last).is(WordClass::PLACE_HEAD);
            if followed_by_head || ends_in_head && last <= next + 1 {
                return false;
            }
            if matches!(self.word(next), "of" | "for") && !self.class(at).is(WordClass::HONORIFIC) {
                return false;
            }
        }
        true
    }

    /// The end of the body's name that begins at `at` and that a title before it is of: "director of the Division of Tides".
    pub(super) fn body_of_a_title(&self, at: usize, end: usize) -> Option<usize> {
        let before = at.checked_sub(1).filter(|&the| self.word(the) == "the").unwrap_or(at);
        let is_of = before.checked_sub(1).is_some_and(|of| matches!(self.word(of), "of" | "for" | "at"));
        let behind = is_of.then(|| self.run_end(at, end))?;
        let ends_title =
            self.titles_near(at, behind).iter().any(|title| title.tokens.contains(at as u32) && title.tokens.end as usize == behind);
        let named = behind > at + 1 && (at..behind).any(|head| self.class(head).is(WordClass::HEAD));
        (ends_title && named).then_some(behind)
    }

    /// The end of the name that begins at `at` inside a title: "Larsund's" in "Larsund's harbour master", the country in
    /// "Kenya Foreign Minister", the abbreviation in "UN envoy".
    pub(super) fn named_in_title(&self, at: usize, end: usize) -> Option<usize> {
        let run = (at..end).take(4).take_while(|&i| self.capital(i) && !self.class(i).is(WordClass::HONORIFIC)).count();
        if run == 0 {
            return None;
        }
        if let Some(behind) = self.body_of_a_title(at, end) {
            return Some(behind);
        }
        // "House Speaker Ada Quill's plan": the title ends before its holder, who owns something else.
        let owner = at + run;
        let owns = self.token(owner).is_some_and(|token| token.kind == TokenKind::Possessive);
        if owns && self.titles_near(at, owner).iter().any(|title| title.tokens.contains(at as u32) && title.tokens.contains(owner as u32)) {
            return Some(owner);
        }
        let headed = self.titles_near(at, at + run).iter().find_map(|title| title.headed_body().filter(|body| body.start as usize == at));
        if let Some(body) = headed {
            return Some(body.end as usize);
        }
        for length in (1..=run.min(3)).rev() {
            let words = self.row.span(at, at + length).text(self.row.text);
            let key = folded(words);
            let known = places(&key).any(|place| place.kind != PlaceKind::City || place.population >= 300);
            if known || is_known_organisation(words) || near_place(&key).is_some() && !name_use(&key).ordinary {
                return Some(at + length);
            }
        }
        let first = self.row.tokens[at];
        (first.shape == Shape::Upper && first.span.len() > 1 && !self.class(at).is(WordClass::OTHER)).then_some(at + 1)
    }
}
