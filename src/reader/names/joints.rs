//! Whether a mark or a small word joins two words into one name: a hyphen, an ampersand, "and", quotation marks.

use super::beside_names::BESIDE_NAMES;
use super::candidates::Scan;
use super::person::are_given_syllables;
use crate::gazetteer::nations::nation;
use crate::gazetteer::roles::{RoleKind, kind_of};
use crate::gazetteer::{PlaceKind, WordClass, is_known_organisation, name_use, places, surname_ending};
use crate::reader::TitleCandidate;
use crate::reader::titles::Place;
use crate::text::{Shape, TokenKind, folded};

/// No body's name has more tokens.
const LONGEST_BODY: usize = 16;

impl Scan<'_> {
    /// Whether the hyphen at `at` stands between two countries or capitals rather than inside a name: "Kenya-Uganda border".
    pub(super) fn are_two_places(&self, at: usize) -> bool {
        let known = |word: &str| {
            places(&folded(word)).next().is_some_and(|place| place.kind == PlaceKind::Country || place.kind == PlaceKind::Other)
                || places(&folded(word)).any(|place| place.population >= 700)
        };
        let (before, after) = (self.word(at - 1), self.word(at + 1));
        known(before) && known(after) && places(&folded(&format!("{before}-{after}"))).next().is_none()
    }

    /// Whether both words are given names, as in "Per & Tove Lindvik": two people.
    pub(super) fn are_given_names(&self, one: usize, other: usize) -> bool {
        [one, other].iter().all(|&at| {
            let name = name_use(&folded(self.word(at)));
            name.given && !name.ordinary
        })
    }

    /// The token behind a nickname in quotation marks that begins at `at`, where a name goes on there: `Jonas "Jojo" Maren`.
    pub(super) fn nickname_end(&self, at: usize, end: usize) -> Option<usize> {
        const OPENING: &[char] = &['"', '“', '‘', '\''];
        const CLOSING: &[char] = &['"', '”', '’', '\''];
        if !self.mark(at, OPENING) || !self.joined(at + 1) || !self.capital(at + 1) || !name_use(&folded(self.word(at - 1))).given {
            return None;
        }
        let close = (at + 2..at + 4).find(|&close| self.mark(close, CLOSING) && self.joined(close))?;
        let next = close + 1;
        let goes_on = next < end && self.capital(next) && !self.joined(next) && !self.class(next).is(WordClass::LEAD);
        goes_on.then_some(next)
    }

    /// Whether the word in lower case at `at`, behind a hyphen, ends a given name of China or Korea: "Lai Chih-ming", "Ji-won Quill".
    pub(super) fn is_second_syllable(&self, start: usize, at: usize) -> bool {
        let surname = at.checked_sub(3).filter(|&surname| surname >= start);
        let one_syllable = |word: &str| {
            let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ü');
            word.len() <= 6 && word.split(|c| !is_vowel(c)).filter(|vowels| !vowels.is_empty()).count() == 1
        };
        let by_surname = || {
            surname.is_some_and(|surname| self.class(surname).is(WordClass::EAST_ASIAN_SURNAME))
                && self.token(at - 2).is_some_and(|token| token.spaced)
                && one_syllable(self.word(at))
        };
        let by_syllables = || at >= start + 2 && are_given_syllables(self.word(at - 2), self.word(at));
        let before_surname = || {
            let known = at >= start + 2 && BESIDE_NAMES.given_syllable.has_in_any_case(self.word(at - 2));
            known && one_syllable(self.word(at)) && self.capital(at + 1) && self.class(at + 1).is(WordClass::EAST_ASIAN_SURNAME)
        };
        (by_syllables() || by_surname() || before_surname())
            && !BESIDE_NAMES.no_syllable.has(self.word(at))
            && !self.mark(at + 1, &['-', '‑'])
    }

    /// Whether "and" at `at` is inside a name: "Ministry of Health and Sanitation", "Food and Drug Administration".
    pub(super) fn and_joins(&self, start: usize, at: usize, end: usize, has_head: bool) -> bool {
        if !self.capital(at + 1) || at + 1 >= end {
            return false;
        }
        if self.is_spelt_by_letters(start, at, end) {
            return true;
        }
        // "Larsund Board of Trade Chairwoman Ada Quill and Omari Kip": what the title is of ended before it.
        let is_behind_a_title = |title: &TitleCandidate| {
            title.tokens.start as usize >= start && matches!(title.place, Place::Before(name) if (name as usize) < at)
        };
        if self.titles_near(start, at).iter().any(is_behind_a_title) {
            return false;
        }
        let mut next = at + 1;
        let mut ends_in_head = false;
        while next < end && self.capital(next) {
            ends_in_head = self.class(next).is(WordClass::HEAD);
            next += 1;
        }
        let length = next - at - 1;
        let has_of = (start..at).any(|i| matches!(self.word(i), "of" | "for"));
        if has_head {
            // One more thing the ministry is for, not another name behind it.
            return has_of
                && length <= 2
                && !self.class(at + 1).is(WordClass::HONORIFIC)
                && !self.class(at - 1).is(WordClass::HEAD)
                && !ends_in_head;
        }
        ends_in_head && length >= 2 && at - start == 1 && !self.class(at + 1).is(WordClass::HONORIFIC)
    }

    /// Whether letters in brackets, somewhere behind, are those of all words from `start` on: "Allied Brick and Tile Union (ABTU)".
    fn is_spelt_by_letters(&self, start: usize, at: usize, end: usize) -> bool {
        let start = if BESIDE_NAMES.opening.has(self.word(start)) { start + 1 } else { start };
        let Some(open) = (at + 1..end.min(start + LONGEST_BODY)).find(|&open| self.mark(open, &['('])) else { return false };
        let is_letters = self.token(open + 1).is_some_and(|token| token.shape == Shape::Upper && token.span.len() > 2);
        if !is_letters || !self.mark(open + 2, &[')']) {
            return false;
        }
        let small = |word: usize| self.row.tokens[word].kind == TokenKind::Possessive || BESIDE_NAMES.no_initial.has(self.word(word));
        let named = || (start..open).filter(|&word| !small(word));
        let initials = named().filter_map(|word| self.word(word).chars().next());
        named().all(|word| self.capital(word)) && initials.eq(self.word(open + 1).chars())
    }

    /// Whether a blank was lost in a person's name or behind it: "Ada Quilland Omari Kip". Whoever is meant, nobody is called so.
    pub(super) fn is_run_together(&self, from: usize, end: usize) -> bool {
        let known = |word: &str| name_use(word).given || name_use(word).family;
        let joined = |at: usize, word: &str| {
            // "Tolland" ends a name; "and" would go on to another.
            let goes_on = at + 1 < end && self.capital(at + 1);
            let and = Some("and").filter(|_| goes_on);
            let mut joints = ["who", "the", "said"].into_iter().chain(and);
            let stem = joints.find_map(|joined| word.strip_suffix(joined)).filter(|stem| stem.len() > 3);
            stem.is_some_and(known) && !known(word) && places(word).next().is_none() && !surname_ending(word)
        };
        name_use(&folded(self.word(from))).given && (from + 1..end).any(|at| self.capital(at) && joined(at, &folded(self.word(at))))
    }
}

impl Scan<'_> {
    /// Whether the possessive at `at` is inside the name of a body: "Harbour Pilots’ Association", but not "Brandvold's Association" or
    /// "the Larsund Rangers’ Club Cup tie": many people of one trade or sort have a body, and it says of what kind it is.
    pub(super) fn owns_a_body(&self, at: usize) -> bool {
        let owner = self.word(at - 1);
        let is_plural = owner.ends_with('s') && !self.word(at).ends_with(['s', 'S']);
        let named = || {
            let singular = folded(owner.strip_suffix('s').unwrap_or(owner));
            let used = name_use(&folded(owner));
            let is_surname = used.family && !used.ordinary && kind_of(&singular).is_none();
            nation(owner).is_some() || is_known_organisation(owner) || kind_of(&singular) == Some(RoleKind::Party) || is_surname
        };
        let mut words = (at + 1..at + 5).take_while(|&next| self.capital(next));
        is_plural && words.any(|next| BESIDE_NAMES.body.has(self.word(next))) && !named()
    }
}

/// Whether a possessive of this word is inside names: "People's Party", "Lord's Resistance Army".
pub(super) fn owns_in_names(word: &str) -> bool {
    BESIDE_NAMES.owner.has(word)
}
