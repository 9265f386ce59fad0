//! Spans told from an article's own day: "two weeks ago", "10 days from now". What is counted off is compared, and not the day it
//! comes to, since people count in round units.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{PartialDate, after_days};
use crate::reader::Agreement;

/// How far a day lies from that of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distance {
    /// Below nought for what has been.
    pub days: i32,
    /// The days of the unit counted in: 7 for weeks.
    pub unit: i32,
    /// "About two weeks ago", "nearly three years ago".
    pub hedged: bool,
}

impl Distance {
    /// How many of its unit; none for half a year.
    pub fn count(self) -> Option<i32> {
        (self.days.checked_rem(self.unit)? == 0).then_some(self.days.checked_div(self.unit)?.saturating_abs())
    }

    /// The days it may come to, both ends included: less than half a unit to either side, so that two weeks are not three.
    fn range(self) -> (i32, i32) {
        let slack = if self.hedged { self.unit } else { (self.unit.saturating_mul(2) / 5).max(1) };
        (self.days.saturating_sub(slack), self.days.saturating_add(slack))
    }
}

/// Compares two spans, each with the day of its article where that is known. Articles that lie further apart than half a unit, or of
/// which only one has a day, no longer count the same; they agree all the same where the days meet.
pub(super) fn compare_distances(a: Distance, as_of_a: Option<Date>, b: Distance, as_of_b: Option<Date>) -> Agreement {
    let apart = match (as_of_a, as_of_b) {
        (Some(one), Some(other)) => one.until(other).map_or(i32::MAX, |span| span.get_days()),
        (None, None) => 0,
        _ => return Agreement::Apart,
    };
    let (one, other) = (a.range(), b.range());
    if one.0 <= other.1.saturating_add(apart) && other.0.saturating_add(apart) <= one.1 {
        Agreement::Agree
    } else if apart.saturating_abs() <= a.unit.min(b.unit) / 2 {
        Agreement::Differ
    } else {
        Agreement::Apart
    }
}

/// Compares a span with a date that says its year; none where a day is not known.
pub(super) fn with_year(distance: Distance, as_of: Option<Date>, date: PartialDate) -> Option<Agreement> {
    let (first, last) = days_of(date)?;
    let day = |days: i32| after_days(as_of?, days);
    let (from, to) = (day(distance.range().0)?, day(distance.range().1)?);
    Some(if from <= last && first <= to { Agreement::Agree } else { Agreement::Differ })
}

/// The first and the last day of a year, a decade, a month or a day; none where no year is said.
fn days_of(date: PartialDate) -> Option<(Date, Date)> {
    let (year, last_year) = date.years()?;
    match (date.month, date.day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(|day| (day, day)),
        (Some(month), None) => Date::new(year, month, 1).ok().map(|first| (first, first.last_of_month())),
        _ => Some((Date::new(year, 1, 1).ok()?, Date::new(last_year, 12, 31).ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn ago(count: i32, unit: i32) -> Distance {
        Distance { days: -count * unit, unit, hedged: false }
    }

    #[test]
    fn counts_of_one_unit_differ_and_round_ones_of_two_agree() {
        let today = Some(date(2025, 6, 4));
        let compare = |a, b| compare_distances(a, today, b, today);
        assert_eq!(compare(ago(2, 7), ago(4, 7)), Agreement::Differ);
        assert_eq!(compare(ago(2, 7), ago(2, 7)), Agreement::Agree);
        assert_eq!(compare(ago(2, 7), ago(12, 1)), Agreement::Agree);
        assert_eq!(compare(ago(1, 30), ago(4, 7)), Agreement::Agree);
        assert_eq!(compare(ago(3, 365), ago(2, 365)), Agreement::Differ);
        assert_eq!(compare(Distance { hedged: true, ..ago(3, 365) }, ago(2, 365)), Agreement::Agree);
    }

    #[test]
    fn articles_of_other_days_count_from_there() {
        let (early, late) = (Some(date(2025, 6, 4)), Some(date(2025, 6, 14)));
        assert_eq!(compare_distances(ago(14, 1), late, ago(4, 1), early), Agreement::Agree);
        assert_eq!(compare_distances(ago(14, 1), late, ago(14, 1), early), Agreement::Apart);
        assert_eq!(compare_distances(ago(3, 365), late, ago(2, 365), early), Agreement::Differ);
        assert_eq!(compare_distances(ago(3, 365), late, ago(2, 365), None), Agreement::Apart);
    }

    #[test]
    fn a_year_that_the_span_reaches_agrees() {
        let with = |year| with_year(ago(42, 365), Some(date(2018, 1, 1)), PartialDate::new(Some(year), None, None));
        assert_eq!(with(1975), Some(Agreement::Agree));
        assert_eq!(with(1976), Some(Agreement::Agree));
        assert_eq!(with(1970), Some(Agreement::Differ));
        assert_eq!(with_year(ago(42, 365), None, PartialDate::new(Some(1970), None, None)), None);
    }
}
