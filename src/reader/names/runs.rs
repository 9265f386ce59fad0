//! How far a run of words that may be one name goes: over small words, hyphens and "and" where these join, to where they part.

use super::candidates::Scan;
use crate::gazetteer::{PlaceKind, WordClass, places};
use crate::text::{Shape, TokenKind, folded};

impl Scan<'_> {
    /// Where a run that begins at `at` begins: there, or nowhere.
    pub(super) fn starts_run(&self, at: usize, end: usize) -> Option<usize> {
        if self.capital(at) {
            return Some(at);
        }
        // "al-Shabaab", "von der Leyen": a particle that a capital follows.
        let token = self.token(at)?;
        if token.shape == Shape::Lower
            && self.class(at).is(WordClass::PARTICLE)
            && !matches!(token.text(self.text), "of" | "a" | "as" | "at" | "an" | "la" | "den" | "y" | "e")
        {
            let next = self.after_particles(at, end)?;
            return self.capital(next).then_some(at);
        }
        None
    }

    /// The token behind up to three particles at `at`, their hyphens included.
    fn after_particles(&self, at: usize, end: usize) -> Option<usize> {
        let mut next = at;
        for _ in 0..3 {
            if next < end && self.token(next).is_some_and(|t| t.shape == Shape::Lower) && self.class(next).is(WordClass::PARTICLE) {
                next += 1;
                if self.mark(next, &['-', '–', '‑']) && self.joined(next) {
                    next += 1;
                }
            }
        }
        (next > at && next < end).then_some(next)
    }

    /// The end of the run of tokens that starts at `start`.
    pub(super) fn run_end(&self, start: usize, end: usize) -> usize {
        let mut at = start + 1;
        let mut has_head = self.class(start).is(WordClass::HEAD)
            || self.class(start).is(WordClass::PLACE_FIRST)
            || self.class(start).is(WordClass::PLACE_HEAD);
        if !self.capital(start) {
            at = self.after_particles(start, end).map_or(at, |next| next + 1);
        }
        while at < end {
            let Some(token) = self.token(at) else { break };
            if self.capital(at) {
                if !token.spaced && !self.mark(at - 1, &['-', '–', '‑', '.', '&', '/', '\'', '’']) {
                    break;
                }
                has_head |= self.class(at).is(WordClass::HEAD) || self.class(at).is(WordClass::PLACE_HEAD);
                at += 1;
                continue;
            }
            match token.kind {
                TokenKind::Mark if !token.spaced => {
                    let word = token.text(self.text);
                    let next_capital = self.capital(at + 1);
                    if word == "." {
                        let before = self.word(at - 1);
                        let single = before.chars().count() == 1;
                        let abbreviation = single
                            || before.len() <= 5 && (self.class(at - 1).is(WordClass::HONORIFIC) || matches!(before, "St" | "Mt" | "Ft"));
                        if abbreviation && next_capital && at + 1 < end {
                            at += 1;
                            continue;
                        }
                        // The last stop of "U.S." belongs to it.
                        let dotted = single && at >= 2 && self.mark(at - 2, &['.']) && self.token(at + 1).is_some();
                        if dotted || self.class(at - 1).is(WordClass::SUFFIX) && at > start + 1 {
                            at += 1;
                        }
                        break;
                    }
                    if matches!(word, "-" | "‑" | "–") && self.joined(at + 1) {
                        if next_capital {
                            if self.are_two_places(at) {
                                break;
                            }
                            at += 1;
                            continue;
                        }
                        if self.is_second_syllable(start, at + 1) {
                            at += 2;
                            continue;
                        }
                        // "Zia-ul-Haq"
                        let lower_between = self.class(at + 1).is(WordClass::PARTICLE) || self.word(at + 1).len() <= 2;
                        if lower_between && self.mark(at + 2, &['-', '‑']) && self.capital(at + 3) {
                            at += 3;
                            continue;
                        }
                    }
                    if word == "&" && next_capital {
                        at += 1;
                        continue;
                    }
                    break;
                }
                TokenKind::Mark => {
                    if token.is_mark(self.text, &['&']) && self.capital(at + 1) {
                        at += 1;
                        continue;
                    }
                    break;
                }
                TokenKind::Possessive => {
                    let plural = matches!(
                        self.word(at - 1),
                        "People"
                            | "Women"
                            | "Men"
                            | "Children"
                            | "Workers"
                            | "Farmers"
                            | "Teachers"
                            | "Lord"
                            | "Students"
                            | "Citizens"
                            | "Peoples"
                            | "Nurses"
                            | "Doctors"
                    );
                    if plural && self.capital(at + 1) {
                        at += 1;
                        continue;
                    }
                    break;
                }
                TokenKind::Word => {
                    let word = token.text(self.text);
                    if matches!(word, "of" | "for" | "on") && has_head || word == "of" && self.class(at - 1).is(WordClass::PLACE_FIRST) {
                        let next = if self.word(at + 1) == "the" { at + 2 } else { at + 1 };
                        if self.capital(next) && next < end && !self.class(next).is(WordClass::CALENDAR) {
                            at = next;
                            continue;
                        }
                        break;
                    }
                    if word == "and" && self.and_joins(start, at, end, has_head) {
                        at += 1;
                        continue;
                    }
                    if token.shape == Shape::Lower
                        && self.class(at).is(WordClass::PARTICLE)
                        && !matches!(word, "of" | "a" | "as" | "at" | "an")
                        && let Some(next) = self.after_particles(at, end).filter(|&next| self.capital(next))
                    {
                        at = next;
                        continue;
                    }
                    break;
                }
                TokenKind::Number => break,
            }
        }
        at
    }

    /// Whether the hyphen at `at` stands between two countries or capitals rather than inside a name: "Kenya-Uganda border".
    fn are_two_places(&self, at: usize) -> bool {
        let known = |word: &str| {
            places(&folded(word)).next().is_some_and(|place| place.kind == PlaceKind::Country || place.kind == PlaceKind::Other)
                || places(&folded(word)).any(|place| place.population >= 700)
        };
        let (before, after) = (self.word(at - 1), self.word(at + 1));
        known(before) && known(after) && places(&folded(&format!("{before}-{after}"))).next().is_none()
    }

    /// Whether the word in lower case at `at`, behind a hyphen, ends a given name of China or Korea: "Lai Chih-ming".
    fn is_second_syllable(&self, start: usize, at: usize) -> bool {
        let surname = at.checked_sub(3).filter(|&surname| surname >= start);
        let one_syllable = |word: &str| {
            let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ü');
            word.len() <= 6 && word.split(|c| !is_vowel(c)).filter(|vowels| !vowels.is_empty()).count() == 1
        };
        surname.is_some_and(|surname| self.class(surname).is(WordClass::EAST_ASIAN_SURNAME))
            && self.token(at - 2).is_some_and(|token| token.spaced)
            && one_syllable(self.word(at))
            && !matches!(self.word(at), "led" | "run" | "style" | "born" | "held" | "linked" | "wide" | "free" | "bound" | "type" | "era")
            && !self.mark(at + 1, &['-', '‑'])
    }

    /// Whether "and" at `at` is inside a name: "Ministry of Health and Sanitation", "Food and Drug Administration".
    fn and_joins(&self, start: usize, at: usize, end: usize, has_head: bool) -> bool {
        if !self.capital(at + 1) || at + 1 >= end {
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
}
