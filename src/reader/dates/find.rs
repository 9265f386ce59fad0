//! Finds the dates of a block.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::date_words::DATE_WORDS;
use super::{DateCandidate, PartialDate, Relative, clock};
use crate::gazetteer::calendar::{self, full_weekday_of, month_of, weekday_of};
use crate::gazetteer::holidays::Holidays;
use crate::gazetteer::is_ordinal_ending;
use crate::gazetteer::units::{FigureTables, NumberKind};
use crate::text::{Row, Shape, Token, TokenKind, WordSet};

pub(in crate::reader) fn find<'t>(row: Row<'t, 't>) -> Vec<DateCandidate> {
    let finder = Finder { row };
    let mut out = Vec::new();
    let mut at = 0;
    while at < row.tokens.len() {
        match finder.date_at(at) {
            Some((date, end)) => {
                if let Some(first) = finder.first_of_range(at, &date) {
                    out.push(first);
                }
                let last = finder.last_of_range(end, &date).or_else(|| finder.last_weekday_of_range(end, &date));
                out.push(date);
                at = end.max(at + 1);
                if let Some((last, end)) = last {
                    out.push(last);
                    at = end;
                }
            }
            None => at += 1,
        }
    }
    for date in &mut out {
        date.clock = clock::beside(row.text, date.span);
    }
    out.sort_by_key(|date| date.span);
    out
}

/// Whether a date may begin with a word: what every word of a text is asked, and most answer with no.
fn may_begin(word: Token, text: &str) -> bool {
    static OPENERS: LazyLock<WordSet> =
        LazyLock::new(|| DATE_WORDS.opener.iter().chain(calendar::names()).chain(Holidays::get().first_words()).collect());
    // "Dec31"
    let ends_in_digit = || text.as_bytes()[..word.span.end as usize].last().is_some_and(u8::is_ascii_digit);
    OPENERS.has_token(word, text) || FigureTables::get().number_token(word, text).is_some() || ends_in_digit()
}

#[derive(Clone, Copy)]
pub(super) struct Finder<'t> {
    pub(super) row: Row<'t, 't>,
}

/// A date in the making: what it says, and the token behind it.
pub(super) type Found = (PartialDate, usize);

impl Finder<'_> {
    pub(super) fn before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.row.is(before, words))
    }

    pub(super) fn is_behind(&self, at: usize, class: &WordSet) -> bool {
        at.checked_sub(1).is_some_and(|before| self.row.is_of(before, class))
    }

    pub(super) fn candidate(
        &self,
        start: usize,
        end: usize,
        written: PartialDate,
        weekday: Option<Weekday>,
        relative: Option<Relative>,
    ) -> (DateCandidate, usize) {
        (DateCandidate { span: self.row.span(start, end), written, weekday, distance: None, clock: None, relative }, end)
    }

    fn date_at(&self, at: usize) -> Option<(DateCandidate, usize)> {
        let token = self.row.tokens[at];
        match token.kind {
            TokenKind::Number => {
                if !token.spaced && at > 0 && !self.before(at, &["(", "\"", "“", "‘", "'", "-", "–", "—", "/", "[", "=", ":", "<", ">"])
                {
                    return None;
                }
                if let Some(ago) = self.relative(at) {
                    return Some(ago);
                }
                if let Some(((one, other), (written, end))) = self.numeric_either(at) {
                    let (weekday, end) = self.weekday_behind(PartialDate { day: Some(one), ..written }, end);
                    return Some(self.candidate(at, end, written, weekday, Some(Relative::EitherOrder(one, other))));
                }
                let found = self.three_parts(at).or_else(|| self.spaced_parts(at)).or_else(|| self.day_and_month_together(at));
                let found =
                    found.or_else(|| self.iso(at)).or_else(|| self.compact(at)).or_else(|| self.numeric(at)).or_else(|| self.day_month(at));
                let found = found.or_else(|| self.year_month(at)).or_else(|| self.day_slash_month(at));
                let (written, end) = found.or_else(|| self.bare_year(at)).or_else(|| self.decade(at))?;
                let (weekday, end) = self.weekday_behind(written, end);
                Some(self.candidate(at, end, written, weekday, None))
            }
            TokenKind::Word => {
                let may_be_one = matches!(token.span.len(), 1..=13) && may_begin(token, self.row.text);
                if may_be_one { self.date_at_word(at, token.text(self.row.text)) } else { None }
            }
            TokenKind::Possessive | TokenKind::Mark => None,
        }
    }

    /// The date that begins with the word at `at`.
    fn date_at_word(&self, at: usize, word: &str) -> Option<(DateCandidate, usize)> {
        let token = self.row.tokens[at];
        if (token.is_capitalised() || token.span.len() > 4)
            && let Some(holiday) = self.holiday(at)
        {
            return Some(holiday);
        }
        if token.shape != Shape::Lower
            || month_of(word).is_some()
            || weekday_of(word).is_some_and(|_| word.len() > 3 || at == 0 && self.row.tokens.len() <= 2)
        {
            if let Some(weekday) = weekday_of(word)
                && let Some(found) = self.with_weekday(at, weekday)
            {
                return Some(found);
            }
            if let Some((written, end)) = self.month_and_day_together(at) {
                return Some(self.candidate(at, end, written, None, None));
            }
            if month_of(word).is_some() {
                let found =
                    self.three_parts(at).or_else(|| self.month_day(at)).or_else(|| self.month_year(at)).or_else(|| self.bare_month(at));
                if let Some((written, end)) = found {
                    let (weekday, end) = self.weekday_behind(written, end);
                    return Some(self.candidate(at, end, written, weekday, None));
                }
                return None;
            }
        }
        self.relative(at).or_else(|| self.weekday_of_month(at)).or_else(|| self.worded_day(at))
    }

    /// A day of the month: `3`, `3rd`.
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        let token = self.row.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let word = token.text(self.row.text);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        if digits.len() > 2 || !(suffix.is_empty() || is_ordinal_ending(suffix)) {
            return None;
        }
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    }

    /// The day of the month in words, "third", "twenty-first", and the token behind it.
    pub(super) fn day_in_words(&self, at: usize) -> Option<(i8, usize)> {
        let tables = FigureTables::get();
        let number = tables.number_word(self.row.piece(at))?;
        let (value, end) = match number.kind {
            NumberKind::Ordinal => (number.value, at + 1),
            NumberKind::Ten => {
                let hyphen = usize::from(self.row.has_joined(at + 1, "-"));
                let unit = tables.number_word(self.row.piece(at + 1 + hyphen)).filter(|unit| unit.kind == NumberKind::Ordinal)?;
                (number.value.checked_add(unit.value)?, at + 2 + hyphen)
            }
            _ => return None,
        };
        let day: i8 = value.try_into().ok()?;
        (1..=31).contains(&day).then_some((day, end))
    }

    /// A year of four digits, or `’25` of two behind an apostrophe.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let token = self.row.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let word = token.text(self.row.text);
        let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
        let goes_on = self.row.has_joined(at + 1, ",")
            && self.row.tokens.get(at + 2).is_some_and(|next| !next.spaced && next.kind == TokenKind::Number);
        ((1000..2200).contains(&year) && !goes_on).then_some(year)
    }

    /// A year, perhaps behind a comma; the token behind it.
    pub(super) fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        if self.row.has_joined(at, "-") || self.row.has_joined(at, "/") {
            return self.year(at + 1).filter(|_| !self.row.tokens[at + 1].spaced).map(|year| (year, at + 2));
        }
        let at = at + usize::from(self.row.has_joined(at, "."));
        let comma = usize::from(self.row.piece(at) == ",");
        let of = usize::from(comma == 0 && self.row.is(at, &["of", "in"]));
        let year = self.year(at + comma + of)?;
        Some((year, at + comma + of + 1))
    }

    /// A month, with the full stop of an abbreviation; the token behind it.
    pub(super) fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.row.tokens.get(at).filter(|token| token.is_word())?;
        let month = month_of(token.text(self.row.text))?;
        let short = token.span.len() == 3 && month != 5 || token.text(self.row.text).eq_ignore_ascii_case("sept");
        Some((month, at + 1 + usize::from(short && self.row.has_joined(at + 1, "."))))
    }

    /// "3 December 2025", "3rd of Dec", "3-Dec-2025"
    fn day_month(&self, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let mut next = at + 1;
        if self.row.has_joined(next, "-") || self.row.has_joined(next, "/") {
            let (month, end) = self.month(next + 1)?;
            let joined = self.row.has_joined(end, "-") || self.row.has_joined(end, "/");
            let year = self.year(end + 1).or_else(|| self.short_year(end + 1)).filter(|_| joined);
            return Some((PartialDate::new(year, Some(month), Some(day)), if year.is_some() { end + 2 } else { end }));
        }
        if self.row.is(next, &["day"]) {
            next += 1;
        }
        if self.row.is(next, &["of"]) {
            next += 1;
        }
        let (month, end) = self.month(next)?;
        // "5 may be": the verb.
        if month == 5 && self.row.tokens[next].shape == Shape::Lower && self.year_behind(end).is_none() {
            return None;
        }
        Some(self.with_year(PartialDate::new(None, Some(month), Some(day)), end))
    }

    fn with_year(&self, date: PartialDate, end: usize) -> Found {
        match self.year_behind(end) {
            Some((year, end)) => (PartialDate { year: Some(year), ..date }, end),
            None => (date, end),
        }
    }

    /// "December 3, 2025", "Dec. 3", "December the third"
    fn month_day(&self, at: usize) -> Option<Found> {
        let (month, mut end) = self.month(at)?;
        let verb = matches!(month, 3 | 5) && self.row.tokens[at].shape == Shape::Lower;
        let joined = self.row.has_joined(end, "-") || self.row.has_joined(end, "/");
        if joined && self.row.tokens.get(end + 1).is_some_and(|next| !next.spaced) {
            end += 1;
        }
        // "October, 1st"; but "in October, 12 people".
        if self.row.piece(end) == "," && self.row.piece(end + 1).ends_with(['t', 'd', 'h']) && self.day(end + 1).is_some() {
            end += 1;
        }
        if self.row.is(end, &["the"]) {
            end += 1;
        }
        let (day, after) = match self.day(end) {
            // "May 3.5%": no day.
            Some(day) if !self.is_decimal(end) => (day, end + 1),
            Some(_) => return None,
            None => self
                .day_in_words(end)
                .or_else(|| self.day_in_cardinals(end))
                .filter(|&(_, after)| !verb || self.stands_alone(at, end) || self.year_behind(after).is_some())?,
        };
        if verb
            && self.year_behind(after).is_none()
            && !self.stands_alone(at, after)
            && !self.row.piece(end).ends_with(|c: char| c.is_ascii_alphabetic())
            && at > 0
        {
            return None;
        }
        // "June 3-2 defeat" is told apart elsewhere; "June 3-5" is a range, read by its first day.
        Some(self.with_year(PartialDate::new(None, Some(month), Some(day)), after))
    }

    pub(super) fn is_decimal(&self, at: usize) -> bool {
        [".", ",", ":"].iter().any(|mark| self.row.has_joined(at + 1, mark))
            && self.row.tokens.get(at + 2).is_some_and(|next| !next.spaced && next.kind == TokenKind::Number)
            || self.row.has_joined(at + 1, "%")
            || self.row.is(at + 1, &["percent", "million", "billion"])
    }

    /// "December 2025", "Dec. of 2025"
    fn month_year(&self, at: usize) -> Option<Found> {
        let (month, end) = self.month(at)?;
        let end = end + usize::from(self.row.has_joined(end, "-") || self.row.has_joined(end, "/"));
        let (year, end) = self.year_behind(end)?;
        Some((PartialDate::new(Some(year), Some(month), None), end))
    }

    /// A month alone; May and March only where nothing else can be meant.
    fn bare_month(&self, at: usize) -> Option<Found> {
        let token = self.row.tokens[at];
        let (month, end) = self.month(at)?;
        let abbreviated = token.span.len() <= 3 && month != 5;
        let ambiguous = matches!(month, 3 | 5) || month == 4 || month == 6 || month == 8;
        let lead = self.is_behind(at, &DATE_WORDS.before_month) || self.before(at, &["-"]);
        let capital = token.shape != Shape::Lower;
        // "April said": a woman. "June" and "August" are hers and his as well, so the word after must not be a name.
        let named = self.row.tokens.get(end).is_some_and(|next| next.is_capitalised() && next.spaced);
        let sure = if ambiguous || abbreviated || !capital { lead && (capital || month != 5) && !named } else { !named || lead };
        let alone = capital && at == 0 && end == self.row.tokens.len();
        // "In may." and "in the april.": the verb has something behind it.
        let closes = self.closes(end) && (self.before(at, &["in"]) || self.before(at, &["the"]) && month_of(self.row.piece(at)) != Some(5));
        (sure || alone || closes).then_some((PartialDate::new(None, Some(month), None), end))
    }

    /// "The 1920s"; "the 1900s" may be a century.
    fn decade(&self, at: usize) -> Option<Found> {
        let year: i16 = self.row.piece(at).strip_suffix('s').filter(|digits| digits.len() == 4)?.parse().ok()?;
        let is_decade = (1000..2200).contains(&year) && year % 10 == 0 && year % 100 != 0;
        is_decade.then(|| (PartialDate::decade_from(year), at + 1))
    }

    /// A year alone, where it is no count.
    fn bare_year(&self, at: usize) -> Option<Found> {
        let year = self.year(at)?;
        let next = self.row.tokens.get(at + 1);
        let hyphen = next.is_some_and(|next| !next.spaced && matches!(next.text(self.row.text), "-" | "–" | "/"));
        if next.is_some_and(|next| !next.spaced && (next.is_word() || matches!(next.text(self.row.text), "%" | "°"))) || self.is_decimal(at)
        {
            return None;
        }
        if self.before(at, &["$", "£", "€", "#", "¥", "no", "number"]) {
            return None;
        }
        let counted = next.is_some_and(|next| next.is_word() && next.shape == Shape::Lower)
            && (crate::gazetteer::terms::TermTables::get().is_plural(self.row.piece(at + 1))
                || FigureTables::get().words.starting_at(self.row.text, self.row.tokens, at + 1).is_some()
                || FigureTables::get().symbols.starting_at(self.row.text, self.row.tokens, at + 1).is_some()
                || FigureTables::get().number_word(self.row.piece(at + 1)).is_some());
        let recent = (1900..2100).contains(&year);
        let in_brackets = self.before(at, &["("]) || recent && self.before(at, &["-", "–"]) && !self.row.tokens[at].spaced;
        let old = (1500..1900).contains(&year) && self.is_behind(at, &DATE_WORDS.before_old_year);
        let closes = next.is_none_or(|next| next.kind == TokenKind::Mark && (next.spaced || !hyphen))
            || crate::gazetteer::terms::TermTables::get().is_function_word(self.row.piece(at + 1));
        // "In about 1324"
        let hedged = self.before(at, &["about", "around", "circa"]) && self.before(at - 1, &["in", "since"]);
        let sure = (self.is_behind(at, &DATE_WORDS.surely_before_year) || in_brackets || hedged) && !counted;
        let likely = recent && !counted && (self.is_behind(at, &DATE_WORDS.before_year) || !hyphen);
        (sure || likely || old && closes && !counted).then_some((PartialDate { year: Some(year), ..PartialDate::default() }, at + 1))
    }

    /// A weekday with the date behind it, or alone.
    pub(super) fn with_weekday(&self, at: usize, weekday: Weekday) -> Option<(DateCandidate, usize)> {
        if let Some(of_week) = self.of_week(at, weekday) {
            return Some(of_week);
        }
        let short = self.row.tokens[at].span.len() <= 5 && self.row.has_joined(at + 1, ".");
        let mut next = at + 1 + usize::from(short);
        // "Tuesday (January 4)"
        let is_in_brackets = self.row.piece(next) == "(";
        if is_in_brackets || self.row.piece(next) == "," {
            next += 1;
        }
        if self.row.is(next, &["the"]) {
            next += 1;
        }
        let number = self.row.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Number);
        let found = if number {
            self.iso(next).or_else(|| self.numeric(next)).or_else(|| self.day_month(next)).or_else(|| self.day_slash_month(next))
        } else {
            self.month_and_day_together(next).or_else(|| self.month_day(next)).or_else(|| self.worded(next))
        };
        let closes = |end: usize| !is_in_brackets || self.row.piece(end) == ")";
        if let Some((written, end)) = found.filter(|(written, end)| written.day.is_some() && closes(*end)) {
            let end = end + usize::from(is_in_brackets);
            return Some(self.candidate(at, end, written, Some(weekday), None));
        }
        if let Some(((one, other), (written, end))) = self.numeric_either(next).filter(|(_, (_, end))| closes(*end)) {
            let end = end + usize::from(is_in_brackets);
            return Some(self.candidate(at, end, written, Some(weekday), Some(Relative::EitherOrder(one, other))));
        }
        if let Some((one, other, end)) = self.either_order(next).filter(|_| !is_in_brackets) {
            return Some(self.candidate(at, end, PartialDate::default(), Some(weekday), Some(Relative::EitherOrder(one, other))));
        }
        if let Some(first) = self.first_weekday_of_range(at, next, weekday).filter(|_| !is_in_brackets) {
            return Some(first);
        }
        let full = full_weekday_of(self.row.piece(at)).is_some();
        // "Monday 21", "Mon 13th": a day of a month that is not said.
        let ordinal = self.row.piece(next).ends_with(|c: char| c.is_ascii_alphabetic());
        if next == at + 1 + usize::from(short) && self.day(next).is_some() && (ordinal || full && self.closes(next + 1)) {
            return Some(self.candidate(at, next + 1, PartialDate::default(), Some(weekday), None));
        }
        // "Sun" and "Sat" are a star and a verb, "Mon" a name, unless nothing else is said.
        let alone = at == 0 && self.row.tokens.len() == at + 1 + usize::from(short);
        (full || alone).then(|| self.candidate(at, at + 1, PartialDate::default(), Some(weekday), None))
    }

    /// "3 December (Wednesday)", "December 3, a Wednesday"
    fn weekday_behind(&self, written: PartialDate, end: usize) -> (Option<Weekday>, usize) {
        if written.day.is_none() {
            return (None, end);
        }
        let at = match (self.row.piece(end), self.row.piece(end + 1)) {
            ("(", _) => end + 1,
            (",", "a") => end + 2,
            (",", _) if self.closes(end + 2) => end + 1,
            _ => return (None, end),
        };
        match weekday_of(self.row.piece(at)).filter(|_| self.row.piece(at).len() > 4 || self.row.piece(end) == ",") {
            Some(weekday) if self.row.piece(end) != "(" || self.row.piece(at + 1) == ")" => {
                (Some(weekday), at + 1 + usize::from(self.row.piece(end) == "("))
            }
            _ => (None, end),
        }
    }

    /// "the third of December", "twenty-first of May 2025"
    fn worded(&self, at: usize) -> Option<Found> {
        let (day, end) = self.day_in_words(at)?;
        let end = end + usize::from(self.row.is(end, &["day"]) && self.row.is(end + 1, &["of"]));
        let of = usize::from(self.row.is(end, &["of"]));
        let (month, after) = self.month(end + of)?;
        if of == 0 && month == 5 {
            return None;
        }
        Some(self.with_year(PartialDate::new(None, Some(month), Some(day)), after))
    }

    /// "twenty nine" behind a month.
    fn day_in_cardinals(&self, at: usize) -> Option<(i8, usize)> {
        let tables = FigureTables::get();
        let ten = tables.number_word(self.row.piece(at)).filter(|ten| ten.kind == NumberKind::Ten)?;
        let hyphen = usize::from(self.row.has_joined(at + 1, "-"));
        let one = tables.number_word(self.row.piece(at + 1 + hyphen)).filter(|one| one.kind == NumberKind::Unit)?;
        let day: i8 = ten.value.checked_add(one.value)?.try_into().ok()?;
        (1..=31).contains(&day).then_some((day, at + 2 + hyphen))
    }

    /// Whether the tokens from `at` to `end` are the whole text but for what follows the last.
    fn stands_alone(&self, at: usize, end: usize) -> bool {
        at == 0 && self.row.tokens.len() <= end + 1
    }

    /// Whether the text ends at `at` or a mark stands there.
    pub(super) fn closes(&self, at: usize) -> bool {
        self.row
            .tokens
            .get(at)
            .is_none_or(|next| next.kind == TokenKind::Mark && (next.spaced || !matches!(next.text(self.row.text), "-" | "/" | "%")))
    }

    fn worded_day(&self, at: usize) -> Option<(DateCandidate, usize)> {
        let (written, end) = self.worded(at)?;
        Some(self.candidate(at, end, written, None, None))
    }

    /// The second day of "June 3-5", when the first one's date ends before token `at`.
    fn last_of_range(&self, at: usize, first: &DateCandidate) -> Option<(DateCandidate, usize)> {
        let day_last = at.checked_sub(1).is_some_and(|last| self.day(last).is_some_and(|day| first.written.day == Some(day)));
        let month_first =
            first.written.month.is_some() && first.written.year.is_none() && self.row.tokens.get(at)?.is_mark(self.row.text, &['-', '–']);
        let day = self.day(at + 1).filter(|day| day_last && month_first && Some(*day) > first.written.day)?;
        let touching = !self.row.tokens[at].spaced && !self.row.tokens[at + 1].spaced && !self.is_decimal(at + 1);
        let written = PartialDate { day: Some(day), ..first.written };
        touching.then(|| {
            (
                DateCandidate { span: self.row.tokens[at + 1].span, written, weekday: None, distance: None, clock: None, relative: None },
                at + 2,
            )
        })
    }

    /// The first of "Monday 5 to Friday 9 January" and "Saturday 3 and Sunday 4 January", whose day stands at `day_at`.
    fn first_weekday_of_range(&self, at: usize, day_at: usize, weekday: Weekday) -> Option<(DateCandidate, usize)> {
        let day = self.day(day_at).filter(|_| !self.is_decimal(day_at))?;
        let joint = day_at + 1;
        let joined = self.row.is_of(joint, &DATE_WORDS.joining);
        let last_weekday = weekday_of(self.row.piece(joint + 1)).filter(|_| joined)?;
        let comma = usize::from(self.row.piece(joint + 2) == ",");
        let (last, _) = self.day_month(joint + 2 + comma).filter(|(last, _)| last.day > Some(day))?;
        // "Monday 5 to Monday 5": no range of days.
        (weekday != last_weekday || last.day.is_some_and(|last| last >= day.saturating_add(7))).then(|| {
            let written = PartialDate { day: Some(day), ..last };
            self.candidate(at, day_at + 1, written, Some(weekday), None)
        })
    }

    /// The last of "Monday, January 5, to Friday 9", whose weekday stands at `at`, behind the date `first`.
    fn last_weekday_of_range(&self, at: usize, first: &DateCandidate) -> Option<(DateCandidate, usize)> {
        let joint = at + usize::from(self.row.piece(at) == ",");
        let joined = self.row.is_of(joint, &DATE_WORDS.joining);
        let (month, from) = (first.written.month?, first.written.day?);
        let weekday = weekday_of(self.row.piece(joint + 1)).filter(|_| joined && first.weekday.is_some())?;
        let comma = usize::from(self.row.piece(joint + 2) == ",");
        let day_at = joint + 2 + comma;
        let day = self.day(day_at).filter(|day| *day > from && !self.is_decimal(day_at) && self.closes(day_at + 1))?;
        let written = PartialDate::new(first.written.year, Some(month), Some(day));
        Some(self.candidate(joint + 1, day_at + 1, written, Some(weekday), None))
    }

    /// The first day of "3-5 December" or "3 and 4 December", where the last one starts at `at`.
    fn first_of_range(&self, at: usize, last: &DateCandidate) -> Option<DateCandidate> {
        if last.written.day.is_none() || last.weekday.is_some() || at < 2 || self.row.tokens[at].kind != TokenKind::Number {
            return None;
        }
        let joined = self.row.is(at - 1, &["-", "–", "—", "to", "and"]);
        let day = self.day(at - 2).filter(|day| joined && Some(*day) < last.written.day)?;
        let alone = at < 3 || self.row.tokens[at - 2].spaced;
        alone.then(|| DateCandidate {
            span: self.row.tokens[at - 2].span,
            written: PartialDate { day: Some(day), ..last.written },
            weekday: None,
            distance: None,
            clock: None,
            relative: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::tokens;

    /// Words of all the tables that dates are read by, and what stands between them.
    fn word() -> impl Strategy<Value = String> {
        let tables = DATE_WORDS.opener.iter().chain(DATE_WORDS.before_month.iter()).chain(calendar::names()).map(str::to_owned);
        let others = "day week month year years ago hence from now before after weekend first second third twentieth twenty-first \
            thirty fifth few several couple fortnight decade Christmas Eve Easter Monday New Year's Day Boxing Dec31 3 12 2024 , ( ) - / . of \
            the on in and Marchetti said";
        let words: Vec<String> = tables.chain(others.split_whitespace().map(str::to_owned)).collect();
        (prop::sample::select(words), 0..3).prop_map(|(word, case)| match case {
            0 => word,
            1 => word.to_uppercase(),
            _ => word[..1].to_uppercase() + &word[1..],
        })
    }

    proptest! {
        #[test]
        fn no_date_begins_with_a_word_that_is_passed_over(words in prop::collection::vec(word(), 1..9)) {
            let text = words.join(" ");
            let tokens = tokens(&text);
            let finder = Finder { row: Row { text: &text, tokens: &tokens } };
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_word() && !may_begin(**token, &text)) {
                prop_assert!(finder.date_at_word(at, token.text(&text)).is_none(), "{}", token.text(&text));
            }
        }
    }
}
