//! Days with a name that fall on the same date every year.

use std::sync::LazyLock;

use super::phrase_table::{PhraseTable, rows};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub month: i8,
    pub day: i8,
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
    rows(include_str!("../../data/holidays.tsv"))
        .filter_map(|row| holiday(&row))
        .flat_map(|(names, holiday)| names.split('|').map(move |name| (name, holiday)))
}

fn holiday(row: &[&'static str]) -> Option<(&'static str, Holiday)> {
    let &[date, names] = row else { return None };
    let (month, day) = date.split_once('-')?;
    Some((names, Holiday { month: month.parse().ok()?, day: day.parse().ok()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_day_of_the_year() {
        for row in rows(include_str!("../../data/holidays.tsv")) {
            let (_, holiday) = holiday(&row).expect("a date and names");
            assert!(jiff::civil::Date::new(2024, holiday.month, holiday.day).is_ok(), "{row:?}");
        }
    }
}
