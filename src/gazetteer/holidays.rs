//! Days with a name, and the dates that they fall on.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use jiff::fmt::strtime;

use super::phrase_table::PhraseTable;
use crate::data;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same day of every year.
    Fixed { month: i8, day: i8 },
    /// So many days from the western Easter Sunday.
    FromEaster(i8),
    /// So many days from the nth weekday of a month.
    FromWeekday { month: i8, weekday: Weekday, nth: i8, days: i8 },
}

impl Holiday {
    /// When it falls in a year; none for years that there are no dates of.
    pub fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::FromEaster(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::FromWeekday { month, weekday, nth, days } => {
                let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                day.checked_add(i64::from(days).days()).ok()
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar.
#[expect(clippy::arithmetic_side_effects, reason = "the terms are a few times the year, which has 16 bits of their 32")]
fn easter(year: i16) -> Option<Date> {
    let (golden, century, of_century) = (i32::from(year) % 19, i32::from(year) / 100, i32::from(year) % 100);
    // The age of the moon, corrected for the leap days that centuries leave out and for its own drift.
    let drift = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - drift + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let day = moon + sunday - 7 * late + 114;
    Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()
}

#[derive(Debug)]
pub struct Holidays;

impl Holidays {
    pub fn get() -> &'static PhraseTable<Holiday> {
        static TABLE: LazyLock<PhraseTable<Holiday>> = LazyLock::new(|| PhraseTable::new(load(), false));
        &TABLE
    }
}

fn load() -> impl Iterator<Item = (&'static str, Holiday)> {
    data::HOLIDAYS.rows().filter_map(|row| holiday(&row)).flat_map(|(names, holiday)| names.split('|').map(move |name| (name, holiday)))
}

fn holiday(&[date, names]: &[&'static str; 2]) -> Option<(&'static str, Holiday)> {
    let holiday = if let Some(days) = date.strip_prefix("easter") {
        Holiday::FromEaster(days.parse().ok()?)
    } else if let Some((date, days)) = date.split_once('+') {
        let [month, weekday, nth] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
        let weekday = strtime::parse("%A", weekday).ok()?.weekday()?;
        Holiday::FromWeekday { month: month.parse().ok()?, weekday, nth: nth.parse().ok()?, days: days.parse().ok()? }
    } else {
        let (month, day) = date.split_once('-')?;
        Holiday::Fixed { month: month.parse().ok()?, day: day.parse().ok()? }
    };
    Some((names, holiday))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_row_is_a_day_of_the_year() {
        for row in data::HOLIDAYS.rows() {
            let (_, holiday) = holiday(&row).expect("a date and names");
            assert!(holiday.in_year(2024).is_some(), "{row:?}");
        }
    }

    #[test]
    fn days_that_move_fall_where_the_calendar_has_them() {
        for day in [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)] {
            assert_eq!(easter(day.year()), Some(day));
        }
        let named = |name: &str| load().find(|(known, _)| *known == name).expect("a holiday").1;
        assert_eq!(named("good friday").in_year(2025), Some(date(2025, 4, 18)));
        assert_eq!(named("black friday").in_year(2024), Some(date(2024, 11, 29)));
    }
}
