//! Whether two dates can be the same day, month or year, each told in its own article.

use jiff::civil::Date;

use super::super::Agreement;
use super::clock::{self, Beside};
use super::distance::{compare_distances, with_year};
use super::{DateMention, PartialDate, after_days, days_between};

/// Articles that many days apart no longer mean the same week by its days.
const ONE_WEEK: i32 = 6;

/// Compares two dates, each with the day of its article where that is known. A coarser one agrees with all it holds;
/// what shares neither year, month nor day of the week is [`Agreement::Apart`].
pub fn compare_dates(a: &DateMention, as_of_a: Option<Date>, b: &DateMention, as_of_b: Option<Date>) -> Agreement {
    let told = match (a.distance, b.distance) {
        (Some(one), Some(other)) => Some(compare_distances(one, as_of_a, other, as_of_b)),
        (Some(one), None) => b.value.and_then(|date| with_year(one, as_of_a, date)),
        (None, Some(other)) => a.value.and_then(|date| with_year(other, as_of_b, date)),
        (None, None) => None,
    };
    if let Some(agreement) = told {
        return agreement;
    }
    match clock::settle(a, as_of_a, b, as_of_b) {
        Beside::Apart => compare_days(a, as_of_a, b, as_of_b),
        Beside::Same(a, b) => compare_days(&a, as_of_a, &b, as_of_b),
        Beside::MayBeNeighbours => match compare_days(a, as_of_a, b, as_of_b) {
            Agreement::Differ => Agreement::Apart,
            agreement => agreement,
        },
    }
}

fn compare_days(a: &DateMention, as_of_a: Option<Date>, b: &DateMention, as_of_b: Option<Date>) -> Agreement {
    match (a.value, b.value) {
        (Some(one), Some(other)) => compare_partial(one, other),
        (Some(date), None) => with_weekday(date, b, as_of_b),
        (None, Some(date)) => with_weekday(date, a, as_of_a),
        (None, None) => {
            let (Some(one), Some(other)) = (a.weekday, b.weekday) else { return Agreement::Apart };
            let same_week = days_between(as_of_a, as_of_b).is_none_or(|days| days <= ONE_WEEK);
            match (one == other, same_week) {
                (true, _) => Agreement::Agree,
                (false, true) => Agreement::Differ,
                (false, false) => Agreement::Apart,
            }
        }
    }
}

fn compare_partial(a: PartialDate, b: PartialDate) -> Agreement {
    let both = |one: Option<i16>, other: Option<i16>| one.is_some() && other.is_some();
    let shares = both(a.year, b.year) || both(a.month.map(i16::from), b.month.map(i16::from));
    match (a.may_be(b), shares) {
        (_, false) => Agreement::Apart,
        (true, true) => Agreement::Agree,
        (false, true) => Agreement::Differ,
    }
}

/// Compares a date with a day of the week, which may be of the week before its article or of the one behind.
fn with_weekday(date: PartialDate, other: &DateMention, as_of: Option<Date>) -> Agreement {
    let Some(weekday) = other.weekday else { return Agreement::Apart };
    let Some(as_of) = as_of else {
        return match date.full() {
            Some(day) if day.weekday() == weekday => Agreement::Agree,
            Some(_) => Agreement::Differ,
            None => Agreement::Apart,
        };
    };
    if let Some(day) = date.full() {
        let is_near = days_between(day, as_of).is_some_and(|days| days <= 7);
        return if day.weekday() == weekday && is_near { Agreement::Agree } else { Agreement::Differ };
    }
    let ahead = i32::from(as_of.weekday().until(weekday));
    let near = [-7, 0, 7].into_iter().map(|week: i32| ahead.saturating_add(week)).filter(|days| days.abs() <= 7);
    let mut days = near.filter_map(|days| after_days(as_of, days));
    if days.any(|day| date.may_be(day.into())) { Agreement::Agree } else { Agreement::Differ }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    fn said(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> DateMention {
        let value = PartialDate::new(year, month, day);
        DateMention { value: Some(value), written: value, weekday: None, distance: None, either: None, clock: None }
    }

    fn weekday(weekday: Weekday) -> DateMention {
        DateMention { value: None, written: PartialDate::default(), weekday: Some(weekday), distance: None, either: None, clock: None }
    }

    #[test]
    fn a_coarser_date_agrees_with_all_it_holds() {
        let day = said(Some(2024), Some(7), Some(23));
        for (other, agreement) in [
            (said(Some(2024), Some(7), None), Agreement::Agree),
            (said(None, Some(7), None), Agreement::Agree),
            (said(Some(2024), None, None), Agreement::Agree),
            (said(None, Some(8), None), Agreement::Differ),
            (said(Some(2023), None, None), Agreement::Differ),
        ] {
            assert_eq!(compare_dates(&day, None, &other, None), agreement, "{other:?}");
            assert_eq!(compare_dates(&other, None, &day, None), agreement, "{other:?}");
        }
        let (month, year) = (said(None, Some(7), None), said(Some(2024), None, None));
        assert_eq!(compare_dates(&month, None, &year, None), Agreement::Apart);
    }

    #[test]
    fn weekdays_are_told_from_their_articles() {
        let (tuesday, friday) = (weekday(Weekday::Tuesday), weekday(Weekday::Friday));
        let compare = |a, b| compare_dates(&tuesday, Some(a), &friday, Some(b));
        assert_eq!(compare(date(2024, 7, 25), date(2024, 7, 26)), Agreement::Differ);
        assert_eq!(compare(date(2024, 7, 25), date(2024, 8, 26)), Agreement::Apart);
        let day = said(Some(2024), Some(7), Some(23));
        assert_eq!(compare_dates(&day, None, &tuesday, Some(date(2024, 7, 25))), Agreement::Agree);
        assert_eq!(compare_dates(&day, None, &friday, Some(date(2024, 7, 25))), Agreement::Differ);
    }

    proptest::proptest! {
        #[test]
        fn saying_more_of_one_date_never_turns_agreement_into_conflict_with_itself(
            year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28, keep in 0u8..8,
        ) {
            let full = said(Some(year), Some(month), Some(day));
            let part = said((keep & 1 != 0).then_some(year), (keep & 2 != 0).then_some(month), (keep & 4 != 0).then_some(day));
            proptest::prop_assert_ne!(compare_dates(&full, None, &part, None), Agreement::Differ);
        }
    }
}
