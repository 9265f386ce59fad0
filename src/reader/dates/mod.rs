//! Dates: absolute, partial and relative, with their weekdays.

mod clock;
mod compare;
mod date_words;
mod distance;
mod find;
mod numeric;
mod relative;

use std::fmt;
use std::sync::Arc;

use jiff::Span as TimeSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use compare::compare_dates;
pub use distance::Distance;
pub(super) use find::find;

use super::BlockReading;
use crate::document::{Document, ProseSpan};
pub use crate::gazetteer::calendar::weekday_name;
use crate::gazetteer::holidays::Holiday;
use crate::text::Span;

/// As much of a date as is said or follows from the article's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// Whether the ten years from `year` on are meant: "the 1920s".
    pub decade: bool,
}

impl PartialDate {
    pub const fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Self {
        Self { year, month, day, decade: false }
    }

    pub const fn decade_from(year: i16) -> Self {
        Self { year: Some(year), month: None, day: None, decade: true }
    }

    /// The first year that may be meant and the last: ten for a decade; none where no year is said.
    pub fn years(self) -> Option<(i16, i16)> {
        self.year.map(|first| (first, first.saturating_add(if self.decade { 9 } else { 0 })))
    }

    /// Whether both say a year, or a decade, and have one in common.
    pub fn shares_year(self, other: Self) -> bool {
        self.years().zip(other.years()).is_some_and(|((first, last), (from, to))| first <= to && from <= last)
    }

    /// The very day; none where something is missing or there is no such day.
    pub fn full(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// Whether the two can be the same date as far as both go.
    pub fn may_be(self, other: Self) -> bool {
        fn same<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        let same_year = self.year.is_none() || other.year.is_none() || self.shares_year(other);
        same_year && same(self.month, other.month) && same(self.day, other.day)
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self::new(Some(date.year()), Some(date.month()), Some(date.day()))
    }
}

/// ISO 8601, `--12-03` and `--07` without a year, `192X` for a decade.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) if self.decade => write!(f, "{:03}X", year / 10)?,
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// What is said or follows; none for "last month" in an article without a date.
    pub value: Option<PartialDate>,
    /// What is said outright.
    pub written: PartialDate,
    #[serde(serialize_with = "write_weekday", deserialize_with = "read_weekday")]
    pub weekday: Option<Weekday>,
    /// How far off it is, where that is what is said: "two weeks ago".
    pub distance: Option<Distance>,
    /// Two numbers of which one is the day and one the month, where the text doesn't tell which: "04.01.21".
    pub either: Option<(i8, i8)>,
    /// The time on the clock beside it, where its zone is said.
    pub clock: Option<clock::Clock>,
}

/// Days of the week are stored by number, Monday being 1.
#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands over fields so")]
fn write_weekday<S: Serializer>(day: &Option<Weekday>, writer: S) -> Result<S::Ok, S::Error> {
    day.map(Weekday::to_monday_one_offset).serialize(writer)
}

fn read_weekday<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Weekday>, D::Error> {
    let number = Option::<i8>::deserialize(reader)?;
    number.map(Weekday::from_monday_one_offset).transpose().map_err(serde::de::Error::custom)
}

/// A date told from the article's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    Days(i32),
    /// The month or the year so many from now.
    Month(i32),
    Year(i32),
    /// A month by name: the last or the next of it, or this year's.
    NamedMonth(i32),
    /// The nearest day of its weekday, before or after today.
    Nearest(i32),
    /// Its weekday of the week so many from now, weeks starting on Monday.
    Week(i32),
    /// A day with a name that moves, in the year said or else in the article's.
    Named(Holiday),
    /// Day and month in the order of the text's other dates, or else in the one that its weekday fits, `7/6`.
    EitherOrder(i8, i8),
    /// So many of its weekday in the month it names, the last for -1; in the article's year if none is said.
    NthWeekday(i8),
}

/// A date in one block, before the article's own date is known.
#[derive(Clone, Debug, PartialEq)]
pub struct DateCandidate {
    /// Bytes of the block's text.
    pub span: Span,
    pub written: PartialDate,
    pub weekday: Option<Weekday>,
    pub distance: Option<Distance>,
    pub(super) clock: Option<clock::Clock>,
    pub(super) relative: Option<Relative>,
}

pub(super) fn link(document: &Document, blocks: &[Arc<BlockReading>]) -> Vec<(ProseSpan, DateMention)> {
    let today = document.date();
    let day_first = || order_of(document, blocks);
    let mut order = None;
    let mut out = Vec::new();
    for (block, reading) in blocks.iter().enumerate() {
        for date in &reading.dates {
            let either = if let Some(Relative::EitherOrder(one, other)) = date.relative { Some((one, other)) } else { None };
            let told =
                either.and_then(|(one, other)| Some(if (*order.get_or_insert_with(day_first))? { (other, one) } else { (one, other) }));
            let written = match told {
                Some((month, day)) => PartialDate { month: Some(month), day: Some(day), ..date.written },
                None => date.written,
            };
            let value = match date.relative.filter(|_| told.is_none()) {
                Some(relative) => resolve(relative, date, today),
                None => Some(written).filter(|written| *written != PartialDate::default()),
            };
            let either = either.filter(|_| told.is_none());
            out.push((
                ProseSpan { block: block as u32, span: date.span },
                DateMention { value, written, weekday: date.weekday, distance: date.distance, either, clock: date.clock },
            ));
        }
    }
    out
}

/// Whether the day stands before the month in the text's dates in digits, as far as those say that allow of one order alone.
fn order_of(document: &Document, blocks: &[Arc<BlockReading>]) -> Option<bool> {
    let mut orders = blocks.iter().enumerate().flat_map(|(block, reading)| {
        let text = &document.blocks()[block].text;
        reading.dates.iter().filter_map(move |date| numeric::day_first(date.span.text(text), date.written))
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// None where the article's own day is needed and not known.
fn resolve(relative: Relative, date: &DateCandidate, today: Option<Date>) -> Option<PartialDate> {
    let written = date.written;
    // The one said, or else the article's.
    let year = || written.year.or_else(|| today.map(Date::year));
    match relative {
        Relative::Days(days) => after_days(today?, days).map(Into::into),
        Relative::Month(months) => {
            let date = today?.checked_add(TimeSpan::new().try_months(months).ok()?).ok()?;
            Some(PartialDate::new(Some(date.year()), Some(date.month()), None))
        }
        Relative::Year(years) => {
            let date = today?.checked_add(TimeSpan::new().try_years(years).ok()?).ok()?;
            Some(PartialDate { year: Some(date.year()), ..PartialDate::default() })
        }
        Relative::Nearest(turn) => today?.nth_weekday(turn, date.weekday?).ok().map(Into::into),
        Relative::Week(turn) => {
            let (today, weekday) = (today?, date.weekday?);
            let within = i32::from(weekday.to_monday_zero_offset()).checked_sub(today.weekday().to_monday_zero_offset().into())?;
            after_days(today, turn.checked_mul(7)?.checked_add(within)?).map(Into::into)
        }
        Relative::Named(holiday) => holiday.in_year(year()?).map(Into::into),
        Relative::EitherOrder(one, other) => {
            let year = year()?;
            let fits = |month: i8, day: i8| {
                Date::new(year, month, day).ok().filter(|day| Some(day.weekday()) == date.weekday).map(PartialDate::from)
            };
            let (first, second) = (fits(one, other), fits(other, one));
            first.xor(second).or_else(|| Some(written).filter(|written| written.year.is_some()))
        }
        Relative::NthWeekday(nth) => {
            let first = Date::new(year()?, written.month?, 1).ok()?;
            first.nth_weekday_of_month(nth, date.weekday?).ok().map(Into::into)
        }
        Relative::NamedMonth(turn) => {
            let (month, today) = (written.month?, today?);
            let year = match turn {
                0 => today.year(),
                turn if turn < 0 => today.year().checked_sub(i16::from(month >= today.month()))?,
                _ => today.year().checked_add(i16::from(month <= today.month()))?,
            };
            Some(PartialDate { year: Some(year), ..written })
        }
    }
}

/// The day so many days after another, or before it; none where the calendar ends.
pub(super) fn after_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(TimeSpan::new().try_days(days).ok()?).ok()
}

/// How many days lie between two dates; none where one of them isn't known.
pub fn days_between(one: impl Into<Option<Date>>, other: impl Into<Option<Date>>) -> Option<i32> {
    one.into()?.until(other.into()?).ok().map(|span| span.get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Format;
    use crate::reader::{MentionKind, read};

    /// Dates of a text: words, value, weekday.
    fn dates(text: &str) -> Vec<String> {
        let document = Document::parse(text.into(), Format::Plain);
        let reading = read(&document);
        let mut out = Vec::new();
        for mention in &reading.mentions {
            let MentionKind::Date(date) = &mention.kind else { continue };
            let value = date.value.map_or_else(|| "?".to_owned(), |value| value.to_string());
            let weekday = date.weekday.map(|weekday| format!(" {weekday:?}")).unwrap_or_default();
            out.push(format!("{}: {value}{weekday}", document.words(mention.at)));
        }
        out
    }

    #[test]
    fn absolute_and_partial_dates() {
        assert_eq!(
            dates("On 3 December 2025 and Dec. 4, 2025, since 2019, in May."),
            ["3 December 2025: 2025-12-03", "Dec. 4, 2025: 2025-12-04", "2019: 2019", "May: --05"]
        );
        assert_eq!(
            dates("2025-12-03, 31/12/2025, July 2024, the 3rd of March"),
            ["2025-12-03: 2025-12-03", "31/12/2025: 2025-12-31", "July 2024: 2024-07", "3rd of March: --03-03"]
        );
        assert_eq!(dates("A 1920s tower, the late 1990s, not the 1900s"), ["1920s: 192X", "1990s: 199X"]);
        assert_eq!(dates("It was built in about 1324 by about 1400 men."), ["1324: 1324"]);
        assert_eq!(dates("It opened in June. It closed in Sept. and again in July."), ["June: --06", "Sept.: --09", "July: --07"]);
        assert_eq!(dates("The count of June 3-5 was slow."), ["June 3: --06-03", "5: --06-05"]);
        assert_eq!(dates("It may be in may, or march third 2015."), ["may: --05", "march third 2015: 2015-03-03"]);
        assert_eq!(dates("It falls on earth day 2010."), ["earth day 2010: 2010-04-22"]);
        assert_eq!(dates("3-5 December, and the election of 2024."), ["3: --12-03", "5 December: --12-05", "2024: 2024"]);
    }

    #[test]
    fn weekdays_go_with_their_dates() {
        assert_eq!(
            dates("Tuesday, 3 December 2025; Friday, March 8; on Monday"),
            ["Tuesday, 3 December 2025: 2025-12-03 Tuesday", "Friday, March 8: --03-08 Friday", "Monday: ? Monday"]
        );
        assert_eq!(
            dates("It opens on Tuesday (January 6), not on Friday (7 March 2025). It was on Monday (the 5 of us)."),
            ["Tuesday (January 6): --01-06 Tuesday", "Friday (7 March 2025): 2025-03-07 Friday", "Monday: ? Monday"]
        );
        assert_eq!(dates("It opens on 3 December 2025 (Wednesday)."), ["3 December 2025 (Wednesday): 2025-12-03 Wednesday"]);
    }

    #[test]
    fn dates_in_digits_and_joined_to_month_names() {
        assert_eq!(
            dates("On 22/04 and 31/10/74, Dec31 1994, 2019-aug-1, Sep-23-2020, in 2017 april."),
            [
                "22/04: --04-22",
                "31/10/74: 1974-10-31",
                "Dec31 1994: 1994-12-31",
                "2019-aug-1: 2019-08-01",
                "Sep-23-2020: 2020-09-23",
                "2017 april: 2017-04"
            ]
        );
        assert_eq!(
            dates("23-2020-September, 2020/23/Sep, 2016 10 16, 31 10 1974, 14april 2015, 14Apr; the years 10 12 2020 2021"),
            [
                "23-2020-September: 2020-09-23",
                "2020/23/Sep: 2020-09-23",
                "2016 10 16: 2016-10-16",
                "31 10 1974: 1974-10-31",
                "14april 2015: 2015-04-14",
                "14Apr: --04-14",
                "2020: 2020",
                "2021: 2021"
            ]
        );
        assert_eq!(
            dates("It opened on Good Friday 2025 and on black friday 2010, not at Orthodox Easter 2024."),
            ["Good Friday 2025: 2025-04-18", "black friday 2010: 2010-11-26", "2024: 2024"]
        );
        assert_eq!(dates("Open 24/7, score 3/4, on Christmas Eve 2025"), ["Christmas Eve 2025: 2025-12-24"]);
        assert_eq!(dates("the first Tuesday of October 2014"), ["first Tuesday of October 2014: 2014-10-07 Tuesday"]);
    }

    #[test]
    fn relative_dates_follow_from_the_article_s_own() {
        let dated = |text: &str| {
            let document = Document::parse(format!("---\ndate: 2025-12-04\n---\n\n{text}\n").into(), Format::Markdown);
            let reading = read(&document);
            let value = reading.mentions.iter().find_map(|mention| match &mention.kind {
                MentionKind::Date(date) => Some(date.value.map(|value| value.to_string())),
                _ => None,
            });
            value.flatten()
        };
        // 7 June 2025 was a Saturday, 6 July a Sunday.
        assert_eq!(dated("They meet on Saturday 7/6.").as_deref(), Some("2025-06-07"));
        assert_eq!(dated("They meet on Sunday, 7.6.").as_deref(), Some("2025-07-06"));
        assert_eq!(dated("They meet on Friday 7/6."), None);
        assert_eq!(dated("They met on Easter Monday.").as_deref(), Some("2025-04-21"));
        assert_eq!(dated("It began 10 days ago.").as_deref(), Some("2025-11-24"));
        assert_eq!(dated("It began half a year ago.").as_deref(), Some("2025-06"));
        assert_eq!(dated("It began a fortnight ago.").as_deref(), Some("2025-11-20"));
        assert_eq!(dated("It began half a century ago.").as_deref(), Some("1975"));
        assert_eq!(dated("It ends on Tuesday of next week.").as_deref(), Some("2025-12-09"));
        assert_eq!(dated("It ended this past Monday.").as_deref(), Some("2025-12-01"));
        assert_eq!(dated("It ends the day after tomorrow.").as_deref(), Some("2025-12-06"));
    }

    #[test]
    fn the_text_s_own_usage_tells_the_day_from_the_month() {
        assert_eq!(dates("It sank on 04/01/21."), ["04/01/21: 2021"]);
        assert_eq!(dates("It sank on 04.01.21, not 04.01.21.7 or 04.01.2"), ["04.01.21: 2021"]);
        assert_eq!(dates("It sank on 04/01/21. It was raised on 23/02/2021."), ["04/01/21: 2021-01-04", "23/02/2021: 2021-02-23"]);
        assert_eq!(dates("It sank on 04/01/21. It was raised on 4/23/2021."), ["04/01/21: 2021-04-01", "4/23/2021: 2021-04-23"]);
        assert_eq!(
            dates("It sank on 04/01/21. It was raised on 23/02/2021, or on 3/24/2021."),
            ["04/01/21: 2021", "23/02/2021: 2021-02-23", "3/24/2021: 2021-03-24"]
        );
        // 4 January 2021 was a Monday, 1 April a Thursday.
        assert_eq!(dates("On Thursday, 04.01.21, it sank."), ["Thursday, 04.01.21: 2021-04-01 Thursday"]);
        assert_eq!(dates("On Tuesday, 04.01.21, it sank."), ["Tuesday, 04.01.21: 2021 Tuesday"]);
        assert_eq!(dates("She ran it in 02.15.30, version 01.02.03, at 10.12.14.9."), Vec::<String>::new());
    }

    #[test]
    fn the_first_of_several_days_has_the_month_of_the_last() {
        assert_eq!(
            dates("From Monday 5 to Friday 9 January and on Saturday 3 and Sunday 4 July 2026."),
            [
                "Monday 5: --01-05 Monday",
                "Friday 9 January: --01-09 Friday",
                "Saturday 3: 2026-07-03 Saturday",
                "Sunday 4 July 2026: 2026-07-04 Sunday"
            ]
        );
        assert_eq!(
            dates("From Monday, January 5, to Friday 9, and Monday 5–Friday 9 January."),
            [
                "Monday, January 5: --01-05 Monday",
                "Friday 9: --01-09 Friday",
                "Monday 5: --01-05 Monday",
                "Friday 9 January: --01-09 Friday"
            ]
        );
        // Of other months, or no range at all.
        assert_eq!(
            dates("From Monday 30 to Friday 3 April. Monday 5 people left on Friday 9 January."),
            ["Monday: ? Monday", "Friday 3 April: --04-03 Friday", "Monday: ? Monday", "Friday 9 January: --01-09 Friday"]
        );
    }

    #[test]
    fn counts_and_people_are_no_dates() {
        for text in
            ["April Jones and May Smith said they may go.", "2000 people and 1500 metres", "They marched on 3,000 homes.", "Page 2,019"]
        {
            assert_eq!(dates(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "([0-9]{1,4}|may|March|Tue|of|the|third|twenty|last|month|ago|[-/.,() ]){0,30}") {
            dates(&text);
        }

        #[test]
        fn no_date_leaves_the_calendar(
            today in "(0001|0999|1970|2024|9999)-(01-01|02-28|12-31)",
            count in "[0-9]{1,5}|ninety|half a|a",
            unit in "days|weeks|fortnights|months|years|decades|century|centuries|hours",
            way in "ago|hence|from now",
            year in 0u32..100_000, month in 0u32..100, day in 0u32..100,
        ) {
            let said = format!("{count} {unit} {way}. Next month, last year, on Tuesday of last week, this past Monday, next May, on Easter Monday {year}. \
                On {year}-{month:02}-{day:02}, {day}/{month}/{year}, {day} March {year}, the {day}th of May, {month}/{day}, in the {year}s.");
            let document = Document::parse(format!("---\ndate: {today}\n---\n\n{said}\n").into(), Format::Markdown);
            read(&document);
        }
    }
}
