//! Dates in digits: `2025-12-03`, `31/12/2025`, `22/04`, and those with a month's name among them.

use super::PartialDate;
use super::date_words::DATE_WORDS;
use super::find::{Finder, Found};
use crate::gazetteer::calendar::{full_weekday_of, month_of};
use crate::text::TokenKind;

impl Finder<'_> {
    /// `2025-12-03`, `2025/12/03`
    pub(super) fn iso(&self, at: usize) -> Option<Found> {
        let year = self.year(at)?;
        let mark = ["-", "/", "."].into_iter().find(|mark| self.row.has_joined(at + 1, mark))?;
        let part = |at: usize| {
            self.row
                .tokens
                .get(at)
                .filter(|token| !token.spaced && token.span.len() <= 2)
                .and_then(|_| self.row.piece(at).parse::<i8>().ok())
        };
        let month = part(at + 2).filter(|month| (1..=12).contains(month))?;
        if !self.row.has_joined(at + 3, mark) {
            return None;
        }
        let day = part(at + 4).filter(|day| (1..=31).contains(day))?;
        Some((PartialDate::new(Some(year), Some(month), Some(day)), at + 5))
    }

    /// `31/12/2025`, where day and month can be told apart.
    pub(super) fn numeric(&self, at: usize) -> Option<Found> {
        let first = self.part(at)?;
        let mark = ["/", ".", "-"].into_iter().find(|mark| self.row.has_joined(at + 1, mark))?;
        let second = self.part(at + 2).filter(|_| !self.row.tokens[at + 2].spaced)?;
        if !self.row.has_joined(at + 3, mark) {
            return None;
        }
        let short = self.short_year(at + 4).filter(|_| mark != "." || self.is_dotted_date(at));
        let year = self.year(at + 4).or(short).filter(|_| !self.row.tokens[at + 4].spaced)?;
        let (day, month) = told_apart(first, second).unzip();
        Some((PartialDate::new(Some(year), month, day), at + 5))
    }

    /// Whether "04.01.21" at `at` is a date: a time on the clock, a version or a telephone number is written so as well.
    fn is_dotted_date(&self, at: usize) -> bool {
        let written_out = [at, at + 2, at + 4].iter().all(|&part| self.row.tokens.get(part).is_some_and(|token| token.span.len() == 2));
        let cue = self.is_behind(at, &DATE_WORDS.before_day_and_month)
            || at.checked_sub(1).is_some_and(|before| {
                let before = before - usize::from(before > 0 && self.row.piece(before) == ",");
                full_weekday_of(self.row.piece(before)).is_some()
            });
        let alone = at == 0 && self.row.tokens.len() == at + 5;
        let set_off = self.before(at, &["("]) && self.row.piece(at + 5) == ")";
        written_out && (cue || alone || set_off) && self.closes_or_spaced(at + 5)
    }

    fn closes_or_spaced(&self, at: usize) -> bool {
        let goes_on = self.row.has_joined(at, ".") && self.row.tokens.get(at + 1).is_some_and(|next| !next.spaced);
        !goes_on && (self.closes(at) || self.row.tokens[at].spaced)
    }

    /// `04/01/21`, where either may be the day: the two numbers, the year, and the token behind.
    pub(super) fn numeric_either(&self, at: usize) -> Option<((i8, i8), Found)> {
        let (written, end) = self.numeric(at)?;
        let parts = (self.part(at)?, self.part(at + 2)?);
        let may_be = |part: i8| (1..=12).contains(&part);
        (written.month.is_none() && may_be(parts.0) && may_be(parts.1)).then_some((parts, (written, end)))
    }

    /// A day or a month in one or two digits.
    fn part(&self, at: usize) -> Option<i8> {
        let token = self.row.tokens.get(at).filter(|token| token.kind == TokenKind::Number && token.span.len() <= 2)?;
        token.text(self.row.text).parse().ok()
    }

    /// The year of two digits at `at`: up to 2039, then from 1940.
    pub(super) fn short_year(&self, at: usize) -> Option<i16> {
        let word = self
            .row
            .tokens
            .get(at)
            .filter(|token| !token.spaced && token.kind == TokenKind::Number)
            .map(|token| token.text(self.row.text))?;
        let year: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
        let goes_on = self.row.tokens.get(at + 1).is_some_and(|next| !next.spaced && matches!(next.text(self.row.text), "-" | "/" | "%"));
        let century: i16 = if year < 40 { 2000 } else { 1900 };
        century.checked_add(year).filter(|_| !goes_on)
    }

    /// `20251203`
    pub(super) fn compact(&self, at: usize) -> Option<Found> {
        let word = self.row.tokens.get(at).filter(|token| token.span.len() == 8).map(|token| token.text(self.row.text))?;
        if !word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (year, month, day) = (word[..4].parse().ok()?, word[4..6].parse().ok()?, word[6..].parse().ok()?);
        let date = PartialDate::new(Some(year), Some(month), Some(day));
        ((1900..2100).contains(&year) && date.full().is_some()).then_some((date, at + 1))
    }

    /// `22/04` or `2/15`, where day and month can be told apart and a date is asked for; "24/7" never is.
    pub(super) fn day_slash_month(&self, at: usize) -> Option<Found> {
        let (first, second) = (self.part(at)?, self.part(at + 2).filter(|_| !self.row.tokens[at + 2].spaced)?);
        let alone = at == 0 && self.row.tokens.len() == at + 3;
        let padded = self.row.piece(at).len() == 2
            && self.row.piece(at + 2).len() == 2
            && (self.row.piece(at).starts_with('0') || self.row.piece(at + 2).starts_with('0'));
        let day_before = || at.checked_sub(1).is_some_and(|before| full_weekday_of(self.row.piece(before)).is_some());
        let slash =
            self.row.has_joined(at + 1, "/") && (alone || padded || self.is_behind(at, &DATE_WORDS.before_day_and_month) || day_before());
        if !(slash || alone && self.row.has_joined(at + 1, "-"))
            || !self.closes(at + 3) && !self.row.tokens[at + 3].spaced
            || (first, second) == (24, 7)
        {
            return None;
        }
        let (day, month) = told_apart(first, second)?;
        // Of any year: one that leaps has them all.
        PartialDate::new(Some(2024), Some(month), Some(day)).full()?;
        Some((PartialDate::new(None, Some(month), Some(day)), at + 3))
    }

    /// `2019-aug-1`, `2020/Sep/23`, "2017 April"
    pub(super) fn year_month(&self, at: usize) -> Option<Found> {
        let year = self.year(at)?;
        let joint = usize::from(self.row.has_joined(at + 1, "-") || self.row.has_joined(at + 1, "/"));
        let (month, end) = self.month(at + 1 + joint).filter(|_| joint == 1 || !matches!(month_of(self.row.piece(at + 1)), Some(3 | 5)))?;
        let day = (joint == 1 && (self.row.has_joined(end, "-") || self.row.has_joined(end, "/"))).then(|| self.day(end + 1)).flatten();
        // "In 2017 April 3 was a Monday": the month belongs to what follows.
        if joint == 0 && (self.day(end).is_some() || self.year_behind(end).is_some()) {
            return None;
        }
        Some((PartialDate::new(Some(year), Some(month), day), if day.is_some() { end + 2 } else { end }))
    }

    /// A month's name, a year and a day in any order, joined by the same mark: `23-2020-September`.
    pub(super) fn three_parts(&self, at: usize) -> Option<Found> {
        let mark = ["-", "/"].into_iter().find(|mark| self.row.has_joined(at + 1, mark) && self.row.has_joined(at + 3, mark))?;
        if [at + 2, at + 4].iter().any(|&part| self.row.tokens.get(part).is_none_or(|token| token.spaced))
            || self.row.has_joined(at + 5, mark)
        {
            return None;
        }
        let parts = [at, at + 2, at + 4];
        let one = |found: Vec<i16>| if let [only] = found[..] { Some(only) } else { None };
        let month = one(parts.iter().filter_map(|&part| month_of(self.row.piece(part)).map(i16::from)).collect())?;
        let year = one(parts.iter().filter_map(|&part| self.year(part)).collect())?;
        let day = one(parts.iter().filter_map(|&part| self.day(part).map(i16::from)).collect())?;
        Some((PartialDate::new(Some(year), Some(month as i8), Some(day as i8)), at + 5))
    }

    /// `2016 10 16`, `31 10 1974`: all digits written, and day and month told apart.
    pub(super) fn spaced_parts(&self, at: usize) -> Option<Found> {
        let part = |at: usize| self.part(at).filter(|_| self.row.tokens[at].span.len() == 2);
        let touching = (at + 1..at + 3).all(|next| {
            self.row.tokens.get(next).is_some_and(|token| token.spaced && token.span.start == self.row.tokens[next - 1].span.end + 1)
        });
        if !touching || !self.closes(at + 3) && self.row.tokens.get(at + 3).is_some_and(|next| next.kind == TokenKind::Number) {
            return None;
        }
        let date = |year, month, day| PartialDate::new(Some(year), Some(month), Some(day));
        let found = match (self.year(at), self.year(at + 2)) {
            (Some(year), None) => date(year, part(at + 1)?, part(at + 2)?),
            (None, Some(year)) => match (part(at)?, part(at + 1)?) {
                (day @ 13.., month) | (month, day @ 13..) => date(year, month, day),
                _ => return None,
            },
            _ => return None,
        };
        found.full().map(|_| (found, at + 3))
    }

    /// `7/6`, `7.6` and `7-6` behind a day of the week, with the token behind it.
    pub(super) fn either_order(&self, at: usize) -> Option<(i8, i8, usize)> {
        let part = |at: usize| self.part(at).filter(|part| (1..=12).contains(part));
        let joined = ["/", ".", "-"].iter().any(|mark| self.row.has_joined(at + 1, mark));
        let (one, other) = (part(at)?, part(at + 2).filter(|_| joined && !self.row.tokens[at + 2].spaced)?);
        let whole = self.row.tokens.get(at + 3).is_none_or(|next| next.spaced) || self.closes(at + 3);
        (whole && one != other).then_some((one, other, at + 3))
    }

    /// `14april`, with or without the year behind.
    pub(super) fn day_and_month_together(&self, at: usize) -> Option<Found> {
        let word = self.row.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?.text(self.row.text);
        let digits = word.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=2).contains(digits))?;
        let day: i8 = word[..digits].parse().ok().filter(|day| (1..=31).contains(day))?;
        let date = PartialDate::new(None, Some(month_of(&word[digits..])?), Some(day));
        Some(match self.year_behind(at + 1) {
            Some((year, end)) => (PartialDate { year: Some(year), ..date }, end),
            None => (date, at + 1),
        })
    }

    /// `Dec31`, with or without the year behind.
    pub(super) fn month_and_day_together(&self, at: usize) -> Option<Found> {
        let token = self.row.tokens.get(at).filter(|token| token.is_capitalised())?;
        let word = token.text(self.row.text);
        let letters = word.find(|c: char| c.is_ascii_digit()).filter(|letters| (3..=9).contains(letters))?;
        let month = month_of(&word[..letters])?;
        let digits = &word[letters..];
        let day: i8 = digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))?;
        let date = PartialDate::new(None, Some(month), Some(day));
        Some(match self.year_behind(at + 1) {
            Some((year, end)) => (PartialDate { year: Some(year), ..date }, end),
            None => (date, at + 1),
        })
    }
}

/// Whether the day stands first in a date's words, where these are digits, and of one order.
pub(super) fn day_first(words: &str, written: PartialDate) -> Option<bool> {
    let (month, day) = (written.month?, written.day?);
    let mut parts = words.rsplit(' ').next()?.split(['/', '.', '-']).map(str::parse::<i16>);
    let (Ok(first), Ok(second)) = (parts.next()?, parts.next()?) else { return None };
    let (month, day) = (i16::from(month), i16::from(day));
    let is_either = (first, second) == (day, month) || (first, second) == (month, day);
    (is_either && day != month).then_some(first == day)
}

/// Which of two numbers is the day, and which the month; none where both may be either.
fn told_apart(first: i8, second: i8) -> Option<(i8, i8)> {
    match (first, second) {
        (13..=31, 1..=12) => Some((first, second)),
        (1..=12, 13..=31) => Some((second, first)),
        (1..=12, same) if same == first => Some((first, second)),
        _ => None,
    }
}
