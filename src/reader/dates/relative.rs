//! Dates told from another: "yesterday", "last month", "a fortnight ago", "Tuesday of next week", "the first Monday of May".

use jiff::civil::Weekday;

use super::date_words::DATE_WORDS;
use super::find::Finder;
use super::{DateCandidate, Distance, PartialDate, Relative};
use crate::gazetteer::calendar::{full_weekday_of, month_of};
use crate::gazetteer::holidays::{Holiday, Holidays};
use crate::gazetteer::units::{FigureTables, Measure, NumberKind, Unit};
use crate::text::{TokenKind, lower_ascii};

/// A date and the token behind it.
type Dated = (DateCandidate, usize);

impl Finder<'_> {
    pub(super) fn relative(&self, at: usize) -> Option<Dated> {
        let mut buffer = [0; 24];
        let word = lower_ascii(self.row.piece(at), &mut buffer)?;
        let none = PartialDate::default();
        let days = match word {
            "today" | "tonight" => Some(0),
            "yesterday" => Some(-1),
            "tomorrow" => Some(1),
            _ => None,
        };
        if let Some(days) = days {
            return Some(self.candidate(at, at + 1, none, None, Some(Relative::Days(days))));
        }
        if word == "the" && self.row.is(at + 1, &["day"]) {
            let days = match (self.row.is(at + 2, &["before"]), self.row.is(at + 2, &["after"])) {
                (true, _) if self.row.is(at + 3, &["yesterday"]) => -2,
                (_, true) if self.row.is(at + 3, &["tomorrow"]) => 2,
                _ => return None,
            };
            return Some(self.candidate(at, at + 4, none, None, Some(Relative::Days(days))));
        }
        let turn = match word {
            "last" | "past" => Some(-1),
            "this" => Some(0),
            "next" | "coming" | "upcoming" => Some(1),
            _ => None,
        };
        match turn {
            Some(turn) => self.turned(at, word, turn),
            None => self.ago(at),
        }
    }

    /// "last month", "this year", "next May", "this past Tuesday"
    fn turned(&self, at: usize, word: &str, turn: i32) -> Option<Dated> {
        let none = PartialDate::default();
        let plain = matches!(word, "last" | "this" | "next");
        if plain && self.row.is(at + 1, &["month"]) {
            return Some(self.candidate(at, at + 2, none, None, Some(Relative::Month(turn))));
        }
        if plain && self.row.is(at + 1, &["year"]) {
            return Some(self.candidate(at, at + 2, none, None, Some(Relative::Year(turn))));
        }
        if plain
            && let Some((month, end)) = self.month(at + 1).filter(|_| self.row.tokens[at + 1].is_capitalised())
            && self.day(end).is_none()
            && self.year_behind(end).is_none()
        {
            return Some(self.candidate(at, end, PartialDate { month: Some(month), ..none }, None, Some(Relative::NamedMonth(turn))));
        }
        // "This past Tuesday" and "the coming Tuesday" are the nearest; "last" and "next" may skip one.
        let (index, nearest) = match word {
            "this" if self.row.is(at + 1, &["past"]) => (at + 2, Some(-1)),
            "this" if self.row.is(at + 1, &["coming", "upcoming"]) => (at + 2, Some(1)),
            "past" | "coming" | "upcoming" => (at + 1, Some(turn)),
            _ => (at + 1, None),
        };
        let weekday = full_weekday_of(self.row.piece(index))?;
        let (found, _) = self.with_weekday(index, weekday)?;
        (found.written == none).then(|| self.candidate(at, index + 1, none, Some(weekday), nearest.map(Relative::Nearest)))
    }

    /// "Tuesday of last week", "first Tuesday of October 2014", "last Monday of March"
    pub(super) fn weekday_of_month(&self, at: usize) -> Option<Dated> {
        let nth = match FigureTables::get().number_word(self.row.piece(at)) {
            Some(number) if number.kind == NumberKind::Ordinal => i8::try_from(number.value).ok().filter(|nth| *nth <= 5)?,
            _ if self.row.is(at, &["last"]) => -1,
            _ => return None,
        };
        let weekday = full_weekday_of(self.row.piece(at + 1))?;
        let (month, end) = self.month(at + 3).filter(|_| self.row.is(at + 2, &["of", "in"]))?;
        let (year, end) = self.year_behind(end).map_or((None, end), |(year, end)| (Some(year), end));
        let written = PartialDate::new(year, Some(month), None);
        Some(self.candidate(at, end, written, Some(weekday), Some(Relative::NthWeekday(nth))))
    }

    /// The week that "of last week" behind a weekday tells.
    pub(super) fn of_week(&self, at: usize, weekday: Weekday) -> Option<Dated> {
        let turn = match () {
            () if self.row.is(at + 2, &["last"]) => -1,
            () if self.row.is(at + 2, &["this"]) => 0,
            () if self.row.is(at + 2, &["next"]) => 1,
            () => return None,
        };
        let fits = self.row.is(at + 1, &["of"]) && self.row.is(at + 3, &["week"]);
        fits.then(|| self.candidate(at, at + 4, PartialDate::default(), Some(weekday), Some(Relative::Week(turn))))
    }

    /// "a fortnight ago", "10 days ago", "half a year ago", "two weeks from now"
    fn ago(&self, at: usize) -> Option<Dated> {
        let (count, unit_at) = self.count(at)?;
        let (Measure::Unit(unit), length) = FigureTables::get().words.starting_at(self.row.text, self.row.tokens, unit_at)? else {
            return None;
        };
        let end = unit_at + length;
        let (sign, end) = match () {
            () if self.row.is(end, &["ago"]) => (-1, end + 1),
            () if self.row.is(end, &["hence"]) => (1, end + 1),
            () if self.row.is(end, &["from"]) && self.row.is(end + 1, &["now", "today"]) => (1, end + 2),
            () => return None,
        };
        let halves: i32 = count.checked_mul(sign)?;
        let relative = match unit.name {
            "day" if halves % 2 == 0 => Relative::Days(halves / 2),
            "week" if halves % 2 == 0 => Relative::Days((halves / 2).checked_mul(7)?),
            "fortnight" => Relative::Days(halves.checked_mul(7)?),
            "month" if halves % 2 == 0 => Relative::Month(halves / 2),
            "year" if halves.abs() == 1 => Relative::Month(halves.checked_mul(6)?),
            "year" if halves % 2 == 0 => Relative::Year(halves / 2),
            "decade" => Relative::Year(halves.checked_mul(5)?),
            "century" if halves.abs() < 200 => Relative::Year(halves.checked_mul(50)?),
            _ => return None,
        };
        let days = days_of(unit)?;
        let hedged = FigureTables::get().hedges_before.ending_before(self.row.text, self.row.tokens, at).is_some();
        let distance = Some(Distance { days: halves.checked_mul(days)? / 2, unit: days, hedged });
        let (candidate, end) = self.candidate(at, end, PartialDate::default(), None, Some(relative));
        Some((DateCandidate { distance, ..candidate }, end))
    }

    /// A count of halves at `at`, and the token behind: two for "a", one for "half a".
    fn count(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.row.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            let count: i32 = self.row.piece(at).parse().ok().filter(|count| *count < 1000)?;
            return Some((count.checked_mul(2)?, at + 1));
        }
        let (base, next) = match self.row.piece(at) {
            "a" | "an" | "A" | "An" => (2, at + 1),
            "half" | "Half" if self.row.is(at + 1, &["a", "an"]) => (1, at + 2),
            word => {
                let small = |kind: NumberKind| matches!(kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten);
                let number = FigureTables::get().number_word(word).filter(|number| small(number.kind))?;
                (i32::try_from(number.value).ok()?.checked_mul(2)?, at + 1)
            }
        };
        let half = self.row.is(next, &["and"]) && self.row.is(next + 1, &["a"]) && self.row.is(next + 2, &["half"]);
        Some(if half { (base.checked_add(1)?, next + 3) } else { (base, next) })
    }

    /// A day that has a name: "Christmas Day", "New Year's Eve 2025".
    pub(super) fn holiday(&self, at: usize) -> Option<Dated> {
        let (holiday, length) = Holidays::get().starting_at(self.row.text, self.row.tokens, at)?;
        let end = at + length;
        // "Christmas" is a season, a tree and an island as well.
        if length == 1
            && !(self.is_behind(at, &DATE_WORDS.before_holiday)
                && month_of(self.row.piece(end)).is_none()
                && !self.row.tokens.get(end).is_some_and(|next| next.is_capitalised()))
        {
            let sure = at == 0 && (end == self.row.tokens.len() || self.closes(end));
            if !sure {
                return None;
            }
        }
        let (year, end) = self.year(end).map_or((None, end), |year| (Some(year), end + 1));
        let (written, relative) = match holiday {
            Holiday::Fixed { month, day } => (PartialDate::new(year, Some(month), Some(day)), None),
            // Other churches have other Easters.
            _ if self.is_behind(at, &DATE_WORDS.other_church) => return None,
            moving => (PartialDate { year, ..PartialDate::default() }, Some(Relative::Named(moving))),
        };
        Some(self.candidate(at, end, written, None, relative))
    }
}

/// How many days a unit has, rounded; none for hours.
fn days_of(unit: &Unit) -> Option<i32> {
    let days = unit.factor.checked_div(FigureTables::get().unit("day")?.factor)?.round();
    i32::try_from(days).ok().filter(|days| *days > 0)
}
