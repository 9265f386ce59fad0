//! How far a run of words with capitals goes: over what joins words of a name, and no further.

use super::beside_names::BESIDE_NAMES;
use super::candidates::Scan;
use super::joints;
use crate::gazetteer::WordClass;
use crate::text::{Shape, Token, TokenKind};

const HYPHENS: &[char] = &['-', '‑', '–'];

/// What is known of a run so far.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    /// The end of its sentence.
    end: usize,
    /// Whether it has a word that heads the name of a body or a place: "Ministry", "University".
    has_head: bool,
}

impl Scan<'_> {
    /// The end of the run of tokens that starts at `start`, in a sentence that ends at `end`.
    pub(super) fn run_end(&self, start: usize, end: usize) -> usize {
        let class = self.class(start);
        let has_head = class.is(WordClass::HEAD) || class.is(WordClass::PLACE_FIRST) || class.is(WordClass::PLACE_HEAD);
        let mut run = Run { start, end, has_head };
        let mut at = start + 1;
        if !self.capital(start) {
            at = self.after_particles(start, end).map_or(at, |next| next + 1);
        }
        while at < end {
            let Some(token) = self.token(at) else { break };
            if self.capital(at) {
                if !token.spaced && !self.mark(at - 1, &['-', '–', '‑', '.', '&', '/', '\'', '’']) {
                    break;
                }
                run.has_head |= self.class(at).is(WordClass::HEAD) || self.class(at).is(WordClass::PLACE_HEAD);
                at += 1;
                continue;
            }
            if self.is_last_stop(run, at) {
                return at + 1;
            }
            let Some(next) = self.goes_on(run, at, token) else { break };
            at = next;
        }
        at
    }

    /// The token with which the run goes on behind the one at `at`, which has no capital.
    fn goes_on(&self, run: Run, at: usize, token: Token) -> Option<usize> {
        match token.kind {
            TokenKind::Mark if token.spaced => self.over_spaced_mark(at, run.end),
            TokenKind::Mark => match self.word(at) {
                "." => self.is_stop_within(run, at).then_some(at + 1),
                "&" => self.capital(at + 1).then_some(at + 1),
                _ if self.mark(at, HYPHENS) && self.joined(at + 1) => self.over_hyphen(run, at),
                _ => None,
            },
            TokenKind::Possessive => {
                (self.capital(at + 1) && (joints::owns_in_names(self.word(at - 1)) || self.owns_a_body(at))).then_some(at + 1)
            }
            TokenKind::Word => self.over_small_word(run, at, token),
            TokenKind::Number => None,
        }
    }

    /// Whether the stop at `at` is that of "J.", "Gen." or "St." with the name going on behind it.
    fn is_stop_within(&self, run: Run, at: usize) -> bool {
        let before = self.word(at - 1);
        let short = before.len() <= 5 && (self.class(at - 1).is(WordClass::HONORIFIC) || matches!(before, "St" | "Mt" | "Ft"));
        (before.chars().count() == 1 || short) && self.capital(at + 1) && at + 1 < run.end
    }

    /// Whether the stop at `at` belongs to the name and ends it: the last one of "U.S.", and that of "Jr.", but not one behind "III" or
    /// "MP".
    fn is_last_stop(&self, run: Run, at: usize) -> bool {
        if !self.mark(at, &['.']) || !self.joined(at) || self.is_stop_within(run, at) {
            return false;
        }
        let single = self.word(at - 1).chars().count() == 1;
        let dotted = single && at >= 2 && self.mark(at - 2, &['.']) && self.token(at + 1).is_some();
        let shortened = self.class(at - 1).is(WordClass::SUFFIX) && self.row.tokens[at - 1].shape != Shape::Upper;
        dotted || shortened && at > run.start + 1
    }

    fn over_hyphen(&self, run: Run, at: usize) -> Option<usize> {
        if self.capital(at + 1) {
            return (!self.are_two_places(at)).then_some(at + 1);
        }
        if self.is_second_syllable(run.start, at + 1) {
            return Some(at + 2);
        }
        // "Zia-ul-Haq"
        let lower_between = self.class(at + 1).is(WordClass::PARTICLE) || self.word(at + 1).len() <= 2;
        (lower_between && self.mark(at + 2, &['-', '‑']) && self.capital(at + 3)).then_some(at + 3)
    }

    fn over_spaced_mark(&self, at: usize, end: usize) -> Option<usize> {
        if self.mark(at, &['&']) && self.capital(at + 1) && !self.are_given_names(at - 1, at + 1) {
            return Some(at + 1);
        }
        self.nickname_end(at, end)
    }

    fn over_small_word(&self, run: Run, at: usize, token: Token) -> Option<usize> {
        let word = self.word(at);
        if matches!(word, "of" | "for" | "on") && run.has_head || word == "of" && self.class(at - 1).is(WordClass::PLACE_FIRST) {
            let next = if self.word(at + 1) == "the" { at + 2 } else { at + 1 };
            return (self.capital(next) && next < run.end && !self.class(next).is(WordClass::CALENDAR)).then_some(next);
        }
        if word == "and" && self.and_joins(run.start, at, run.end, run.has_head) {
            return Some(at + 1);
        }
        let is_particle = token.shape == Shape::Lower && self.class(at).is(WordClass::PARTICLE) && !BESIDE_NAMES.no_particle.has(word);
        self.after_particles(at, run.end).filter(|&next| is_particle && self.capital(next))
    }
}
