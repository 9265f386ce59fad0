//! The months and the days of the week by their names.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;

use crate::data;
use crate::text::lower_ascii;

/// Months or days of the week, from the first on.
struct Names {
    full: Vec<&'static str>,
    /// The number of each name and abbreviation, in lower case.
    numbers: FxHashMap<Box<str>, i8>,
}

/// How long names and abbreviations are.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=9;

impl Names {
    fn load(wanted: &str) -> Self {
        let mut names = Self { full: Vec::new(), numbers: FxHashMap::default() };
        let rows = data::CALENDAR.rows().filter(|[kind, ..]| *kind == wanted);
        for ([_, _, name, abbreviations], number) in rows.zip(1..) {
            names.full.push(name);
            let abbreviations = abbreviations.split('|').filter(|short| !short.is_empty()).map(Into::into);
            names.numbers.extend(abbreviations.chain([name.to_lowercase().into()]).map(|word| (word, number)));
        }
        names
    }

    fn number(&self, word: &str) -> Option<i8> {
        // Every word of a text is looked up.
        if !LENGTHS.contains(&word.len()) {
            return None;
        }
        self.numbers.get(lower_ascii(word, &mut [0; 24])?).copied()
    }

    fn full_number(&self, word: &str) -> Option<i8> {
        self.number(word).filter(|&number| self.name(number).is_some_and(|name| name.len() == word.len()))
    }

    fn name(&self, number: i8) -> Option<&'static str> {
        self.full.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
    }
}

static MONTHS: LazyLock<Names> = LazyLock::new(|| Names::load("month"));
static WEEKDAYS: LazyLock<Names> = LazyLock::new(|| Names::load("weekday"));

/// All names and abbreviations, in lower case and in no order.
pub fn names() -> impl Iterator<Item = &'static str> {
    [&*MONTHS, &*WEEKDAYS].into_iter().flat_map(|names| names.numbers.keys()).map(|name| &**name)
}

/// The month that a word names, in full or abbreviated.
pub fn month_of(word: &str) -> Option<i8> {
    MONTHS.number(word)
}

/// Whether a word names a month in full.
pub fn is_full_month(word: &str) -> bool {
    MONTHS.full_number(word).is_some()
}

pub fn month_name(month: i8) -> Option<&'static str> {
    MONTHS.name(month)
}

/// The day of the week that a word names, in full or abbreviated.
pub fn weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS.number(word).and_then(|number| Weekday::from_monday_one_offset(number).ok())
}

pub fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS.name(weekday.to_monday_one_offset()).unwrap_or_default()
}

/// The day of the week that a word names in full.
pub fn full_weekday_of(word: &str) -> Option<Weekday> {
    WEEKDAYS.full_number(word).and_then(|number| Weekday::from_monday_one_offset(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weekdays_by_name_and_number() {
        assert_eq!((month_of("SEPT"), month_of("May"), month_of("ma"), month_of("Marchetti")), (Some(9), Some(5), None, None));
        assert_eq!((month_name(12), month_name(0), month_name(13)), (Some("December"), None, None));
        assert_eq!((weekday_of("thurs"), weekday_of("Sunday")), (Some(Weekday::Thursday), Some(Weekday::Sunday)));
        assert_eq!((weekday_name(Weekday::Monday), weekday_name(Weekday::Sunday)), ("Monday", "Sunday"));
        assert!(is_full_month("may") && !is_full_month("sept") && full_weekday_of("tues").is_none());
    }

    #[test]
    fn the_table_has_each_once_and_in_order() {
        let numbers = data::CALENDAR.rows().map(|[kind, number, ..]| (kind, number.parse().expect("a number")));
        let wanted = (1..=12).map(|number| ("month", number)).chain((1..=7).map(|number| ("weekday", number)));
        assert!(numbers.eq(wanted));
        for names in [&*MONTHS, &*WEEKDAYS] {
            assert!(names.numbers.keys().all(|word| LENGTHS.contains(&word.len()) && **word == *word.to_lowercase()));
        }
    }
}
