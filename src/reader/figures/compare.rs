//! Whether two values can stand for the same one, given how each is rounded and hedged.

use jiff::Unit;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Dimension, Figure, Hedge, Period};
use crate::gazetteer::units::FigureTables;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Agree,
    Differ,
    /// Not to be compared: another dimension, unit or currency.
    Apart,
}

/// Compares two figures as values; whether they are of the same thing is another question.
pub fn compare(a: &Figure, b: &Figure) -> Agreement {
    if is_of_another_unit(a, b) {
        return Agreement::Differ;
    }
    let kind = |figure: &Figure| figure.written.measure.filter(|unit| unit.dimension == Dimension::Number).map(|unit| unit.name);
    if a.dimension != b.dimension || units_apart(a, b) || kind(a) != kind(b) || a.is_difference() != b.is_difference() {
        return Agreement::Apart;
    }
    if let Some((one, other)) = a.per.zip(b.per).filter(|(one, other)| one != other) {
        return compare_rates((a, a.meant, one), (b, b.meant, other));
    }
    // However they are hedged.
    if (a.value, a.high) == (b.value, b.high) {
        return Agreement::Agree;
    }
    a.meant.zip(b.meant).map_or(Agreement::Apart, |(first, second)| meet(first, second))
}

/// The same whatever the words around say of what they count: "384 jobs" and "384 of them", "three-quarters" and "75%", "72 years" and
/// "72-year-old".
pub fn compare_values(a: &Figure, b: &Figure) -> Agreement {
    let plain = |figure: &Figure| match figure.dimension {
        Dimension::Count | Dimension::Number => (Dimension::Number, Decimal::ONE, None),
        Dimension::Ratio => (Dimension::Percent, Decimal::ONE_HUNDRED, Some("%")),
        Dimension::Age => (Dimension::Duration, Decimal::from(SECONDS_IN_A_YEAR), Some("s")),
        dimension => (dimension, Decimal::ONE, figure.unit),
    };
    let ((kind, factor, unit), (other_kind, other_factor, other_unit)) = (plain(a), plain(b));
    if a.dimension == b.dimension && kind != Dimension::Number || is_of_another_unit(a, b) {
        return compare(a, b);
    }
    if kind != other_kind || unit != other_unit && units_apart(a, b) {
        return Agreement::Apart;
    }
    let meant = |figure: &Figure, factor: Decimal| {
        let (low, high) = figure.meant?;
        Some((low.checked_mul(factor)?, high.checked_mul(factor)?))
    };
    if let Some((one, other)) = a.per.zip(b.per).filter(|(one, other)| one != other) {
        return compare_rates((a, meant(a, factor), one), (b, meant(b, other_factor), other));
    }
    meant(a, factor).zip(meant(b, other_factor)).map_or(Agreement::Apart, |(first, second)| meet(first, second))
}

/// Whether one has a unit, and the other is a number alone: a text that has said what it counts leaves it out, "from 18.4 trillion won to
/// 746.4 trillion", "London fell 1.1".
pub fn leaves_unit_out(a: &Figure, b: &Figure) -> bool {
    let is_bare = |figure: &Figure| {
        figure.dimension == Dimension::Number && figure.written.measure.is_none_or(|unit| unit.dimension == Dimension::Number)
    };
    let has_unit = |figure: &Figure| !matches!(figure.dimension, Dimension::Number | Dimension::Count | Dimension::Ordinal);
    is_bare(a) && has_unit(b) || is_bare(b) && has_unit(a)
}

/// Compares two of which [one leaves the unit out](leaves_unit_out), as if it had the other's; all others are apart.
pub fn compare_numbers(a: &Figure, b: &Figure) -> Agreement {
    let meant = || as_number(a).zip(as_number(b));
    if leaves_unit_out(a, b) { meant().map_or(Agreement::Apart, |(one, other)| meet(one, other)) } else { Agreement::Apart }
}

/// The numbers that a figure can stand for in the unit that it is written in.
fn as_number(figure: &Figure) -> Option<Meant> {
    let (low, high) = figure.meant?;
    if matches!(figure.dimension, Dimension::Money | Dimension::Number) {
        return Some((low, high));
    }
    let unit = figure.value.checked_div(figure.written.value).filter(|unit| *unit > Decimal::ZERO)?;
    Some((low.checked_div(unit)?, high.checked_div(unit)?))
}

/// Whether both have the same number, in two currencies or in per cent and percentage points: by chance hardly anything but a round number has.
pub fn is_of_another_unit(a: &Figure, b: &Figure) -> bool {
    let same_number = || a.value == b.value && a.high.is_none() && b.high.is_none() && digits_that_count(a.value) >= DIGITS_NOT_BY_CHANCE;
    match (a.dimension, b.dimension) {
        (Dimension::Percent, Dimension::Points) | (Dimension::Points, Dimension::Percent) => same_number(),
        (Dimension::Money, Dimension::Money) if units_apart(a, b) => {
            let kind = |figure: &Figure| figure.unit.and_then(|code| FigureTables::get().kind_of_currency(code));
            same_number() && kind(a).zip(kind(b)).is_some_and(|(one, other)| one != other)
        }
        _ => false,
    }
}

/// Whether both are of units that are no one unit: whose cents "18 cents" are isn't said.
fn units_apart(a: &Figure, b: &Figure) -> bool {
    let is_of_any_currency = |figure: &Figure| {
        figure.dimension == Dimension::Money && matches!(figure.written.unit.as_deref(), Some("cent" | "cents" | "c" | "¢"))
    };
    a.unit != b.unit && !(is_of_any_currency(a) || is_of_any_currency(b))
}

/// Fewer digits are soon the same.
const DIGITS_NOT_BY_CHANCE: u32 = 2;

fn digits_that_count(value: Decimal) -> u32 {
    value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len() as u32
}

/// Compares rates of two periods, each with the values it can stand for: the same number of another period is another rate. All else is left
/// open, since few reckon alike how many days a week has.
fn compare_rates(a: (&Figure, Option<Meant>, Period), b: (&Figure, Option<Meant>, Period)) -> Agreement {
    let (shorter, longer) = if a.2 < b.2 { (a, b) } else { (b, a) };
    let as_longer = || {
        let (least, most) = FigureTables::get().period_ratio(shorter.2, longer.2)?;
        let (low, high) = shorter.1.filter(|(low, _)| *low >= Decimal::ZERO)?;
        Some((low.checked_mul(least)?, high.checked_mul(most)?))
    };
    let same_number = a.0.written.value == b.0.written.value && a.0.value == b.0.value;
    match as_longer().zip(longer.1) {
        Some((one, other)) if one.0 <= other.1 && other.0 <= one.1 => Agreement::Agree,
        Some(_) if same_number => Agreement::Differ,
        _ => Agreement::Apart,
    }
}

/// A year as durations are reckoned in.
const SECONDS_IN_A_YEAR: i64 = 31_557_600;

fn meet(first: Meant, second: Meant) -> Agreement {
    // Two rounded values whose ranges only touch are rounded to different ones.
    let (touches, rounded) = (first.0 == second.1 || second.0 == first.1, first.0 < first.1 && second.0 < second.1);
    let meets = first.0 <= second.1 && second.0 <= first.1;
    if meets && !(touches && rounded) { Agreement::Agree } else { Agreement::Differ }
}

/// The same for figures told on two days: between them somebody's age grows.
pub fn compare_on(a: &Figure, day: Option<Date>, b: &Figure, other_day: Option<Date>) -> Agreement {
    match compare(a, b) {
        Agreement::Differ
            if a.dimension == Dimension::Age && day.zip(other_day).is_some_and(|(one, other)| one_birth(a, one, b, other)) =>
        {
            Agreement::Agree
        }
        agreement => agreement,
    }
}

/// How many days of a year may go by with nobody's birthday among them: fewer make a change unlikely.
const FEW_DAYS: i32 = 30;

/// Whether somebody can be of the one age on one day and of the other on another.
fn one_birth(a: &Figure, day: Date, b: &Figure, other_day: Date) -> bool {
    if a.high.is_some() || b.high.is_some() {
        return false;
    }
    let (young, from, old, to) = if day <= other_day { (a, day, b, other_day) } else { (b, other_day, a, day) };
    let Ok(between) = from.until((Unit::Year, to)) else { return false };
    let days = between.get_months().saturating_mul(30).saturating_add(between.get_days());
    let grown = old.value.checked_sub(young.value).and_then(|more| more.checked_sub(between.get_years().into()));
    grown.is_some_and(|grown| grown.is_zero() && days <= 365 - FEW_DAYS || grown == Decimal::ONE && days >= FEW_DAYS)
}

/// The values that a figure can stand for, both ends included, in the canonical unit.
pub(super) type Meant = (Decimal, Decimal);

impl Figure {
    /// The same with what it can stand for noted.
    pub(super) fn with_meant(self) -> Self {
        let meant = meant(&self);
        Self { meant, ..self }
    }

    /// Between which values it lies, roughly: two figures of one period that [agree](Agreement::Agree) lie between bounds that meet. Quicker to look at
    /// than to [`compare`].
    pub fn bounds(&self) -> (f64, f64) {
        let (low, high) = self.meant.unwrap_or((self.value, self.high.unwrap_or(self.value)));
        let (low, high) = (low.to_f64().unwrap_or(f64::MIN), high.to_f64().unwrap_or(f64::MAX));
        (low - low.abs() * f64::EPSILON, high + high.abs() * f64::EPSILON)
    }

    /// Whether it can stand for no other value than its own.
    pub fn is_exact(&self) -> bool {
        self.meant.is_some_and(|(low, high)| low == high)
    }

    /// The logarithm of how large it is; none for nought.
    pub fn magnitude(&self) -> Option<f64> {
        magnitude(self.value)
    }

    /// Its number in the unit that it is written in.
    pub const fn number(&self) -> Decimal {
        match self.dimension {
            Dimension::Money | Dimension::Number | Dimension::Count => self.value,
            _ => self.written.value,
        }
    }

    /// The logarithm of how large that is; none for nought.
    pub fn magnitude_of_number(&self) -> Option<f64> {
        magnitude(self.number())
    }
}

fn magnitude(value: Decimal) -> Option<f64> {
    value.to_f64().filter(|value| *value != 0.0).map(|value| value.abs().log10())
}

/// Who writes out the digits of a hedged number means them: "some 185" is hardly 193, though "some 200" may be. So many steps of the
/// last place written it may be off at most.
const MOST_STEPS: i64 = 5;

fn meant(figure: &Figure) -> Option<Meant> {
    let (low, high) = (figure.value, figure.high.unwrap_or(figure.value));
    let slack = rounding(figure)?;
    let size = low.abs().max(high.abs());
    let part = |percent: i64| size.checked_mul(Decimal::new(percent, 2));
    let digits = in_canonical_unit(figure, place(figure.written.value).checked_mul(Decimal::from(MOST_STEPS))?)?;
    let about = |percent: i64| Some(part(percent)?.min(digits));
    let (below, above) = match figure.hedge {
        Hedge::Exact => (slack, slack),
        Hedge::About => (slack.max(about(10)?), slack.max(about(10)?)),
        Hedge::Nearly => (slack.max(about(15)?), slack),
        Hedge::MoreThan | Hedge::AtLeast => (slack, slack.max(part(25)?)),
        Hedge::LessThan | Hedge::AtMost => (slack.max(part(25)?), slack),
    };
    let high = high.checked_add(above)?;
    let high = match figure.written.measure {
        Some(unit) if unit.most != unit.factor => high.checked_mul(unit.most.checked_div(unit.factor)?)?,
        _ => high,
    };
    Some((low.checked_sub(below)?, high))
}

/// How far plain rounding may have moved a value, in the canonical unit: half a step of its last written place. The noughts
/// at its end may be rounding, but only up to a twentieth of it.
pub fn rounding(figure: &Figure) -> Option<Decimal> {
    let written = figure.written.value;
    let step = place(written);
    if figure.dimension == Dimension::Age {
        // Ages are told in whole years.
        return Some(Decimal::ZERO);
    }
    if figure.dimension == Dimension::Ratio {
        return Some(Decimal::new(25, 3));
    }
    let half = step.checked_div(Decimal::TWO)?;
    let half = if step > Decimal::ONE || figure.written.measure.is_some() && step == Decimal::ONE {
        half.min(written.abs().checked_mul(Decimal::new(5, 2))?)
    } else if step == Decimal::ONE
        && written.abs() < Decimal::from(1000)
        && figure.dimension != Dimension::Money
        && !matches!(figure.dimension, Dimension::Percent | Dimension::Points)
    {
        // Small whole numbers of things are exact.
        return Some(Decimal::ZERO);
    } else {
        half
    };
    in_canonical_unit(figure, half)
}

/// A difference in the unit as written.
fn in_canonical_unit(figure: &Figure, difference: Decimal) -> Option<Decimal> {
    let written = figure.written.value;
    match figure.written.measure.filter(|unit| unit.dimension != Dimension::Number) {
        Some(unit) => difference.checked_mul(unit.factor),
        // "MSEK 40" is rounded to millions, "50p" to hundredths.
        None if figure.dimension == Dimension::Money && !written.is_zero() => difference.checked_mul(figure.value.checked_div(written)?),
        None => Some(difference),
    }
}

/// The place of the last digit that is no nought: 10 for 270, 0.1 for 7.5, 1 for 8.
fn place(value: Decimal) -> Decimal {
    let value = value.normalize();
    if value.is_zero() {
        return Decimal::ONE;
    }
    if value.scale() > 0 {
        return Decimal::new(1, value.scale());
    }
    // As an integer, whose division takes a fraction of the time.
    let (mut noughts, mut rest) = (0, value.mantissa());
    while rest % 10 == 0 {
        rest /= 10;
        noughts += 1;
    }
    Decimal::from_i128_with_scale(10_i128.saturating_pow(noughts), 0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Context, Written};
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{MentionKind, read};

    fn count(value: i64) -> Figure {
        let value = Decimal::from(value);
        Figure {
            dimension: Dimension::Count,
            value,
            high: None,
            unit: None,
            written: Written { value, unit: None, measure: None },
            hedge: Hedge::Exact,
            per: None,
            context: Arc::new(Context::default()),
            meant: None,
        }
        .with_meant()
    }

    #[test]
    fn ages_are_whole_years_and_rounded_values_agree_where_they_can_be_one() {
        let age = |years| Figure { dimension: Dimension::Age, unit: Some("yr"), ..count(years) }.with_meant();
        assert_eq!(compare(&age(38), &age(8)), Agreement::Differ);
        assert_eq!(compare(&age(38), &age(38)), Agreement::Agree);
        let money = |millions: i64| Figure { dimension: Dimension::Money, unit: Some("GBP"), ..count(millions * 1_000_000) }.with_meant();
        assert_eq!(compare(&money(30), &money(28)), Agreement::Differ);
        assert_eq!(compare(&count(700), &count(701)), Agreement::Agree);
        let hedged = |hedge| Figure { hedge, ..count(48) }.with_meant();
        assert_eq!(compare(&hedged(Hedge::AtLeast), &hedged(Hedge::Nearly)), Agreement::Agree);
    }

    #[test]
    fn an_age_grows_with_the_years_between_two_articles() {
        let age = |years| Figure { dimension: Dimension::Age, unit: Some("yr"), ..count(years) }.with_meant();
        let on = |one: i64, other: i64, day: &str| {
            let (day, other_day) = ("2022-03-01".parse().ok(), day.parse().ok());
            assert_eq!(compare_on(&age(one), day, &age(other), other_day), compare_on(&age(other), other_day, &age(one), day));
            compare_on(&age(one), day, &age(other), other_day)
        };
        for (later, day) in
            [(45, "2022-03-01"), (45, "2022-12-01"), (46, "2022-12-01"), (46, "2023-03-10"), (47, "2024-09-01"), (44, "2021-09-01")]
        {
            assert_eq!(on(45, later, day), Agreement::Agree, "{later} on {day}");
        }
        for (later, day) in [(46, "2022-03-01"), (46, "2022-03-20"), (47, "2023-03-10"), (49, "2024-09-01"), (44, "2022-12-01")] {
            assert_eq!(on(45, later, day), Agreement::Differ, "{later} on {day}");
        }
        // Of a day in the past both tell the same.
        assert_eq!(on(45, 45, "2030-03-01"), Agreement::Agree);
    }

    #[test]
    fn a_hedge_covers_no_more_than_the_digits_written_leave_open() {
        let about = |value| Figure { hedge: Hedge::About, ..count(value) }.with_meant();
        assert_eq!(compare(&about(200), &count(193)), Agreement::Agree);
        assert_eq!(compare(&about(185), &count(190)), Agreement::Agree);
        assert_eq!(compare(&about(185), &count(193)), Agreement::Differ);
        let nearly = Figure { hedge: Hedge::Nearly, ..count(648) }.with_meant();
        assert_eq!(compare(&nearly, &count(644)), Agreement::Agree);
        assert_eq!(compare(&nearly, &count(600)), Agreement::Differ);
    }

    proptest::proptest! {
        #[test]
        fn a_value_agrees_with_itself_however_it_is_hedged(value in 1i64..10_000_000, hedge in 0usize..7, other in 0usize..7) {
            let with = |hedge: usize| Figure { hedge: Hedge::ALL[hedge], ..count(value) }.with_meant();
            proptest::prop_assert_eq!(compare(&with(hedge), &with(other)), Agreement::Agree);
        }

        #[test]
        fn raising_precision_never_turns_agreement_into_conflict(value in 1_000i64..10_000_000, places in 1u32..4) {
            let step = 10i64.pow(places);
            let rounded = (value + step / 2) / step * step;
            proptest::prop_assume!((rounded - value).abs() * 25 < rounded);
            proptest::prop_assert_eq!(compare(&count(rounded), &count(value)), Agreement::Agree);
        }

        #[test]
        fn what_agrees_lies_between_bounds_that_meet(
            value in 1i64..10_000, other in 1i64..10_000, hundreds: bool, hedge in 0usize..7, second in 0usize..7,
        ) {
            let scale = if hundreds { 100 } else { 1 };
            let a = Figure { hedge: Hedge::ALL[hedge], ..count(value * scale) }.with_meant();
            // Often close by.
            let b = Figure { hedge: Hedge::ALL[second], ..count((value + other % 40) * scale) }.with_meant();
            let (first, second) = (a.bounds(), b.bounds());
            let meet = first.0 <= second.1 && second.0 <= first.1;
            proptest::prop_assert!(meet || compare(&a, &b) != Agreement::Agree, "{:?} {:?}", first, second);
        }
    }

    fn figure_in(text: &str) -> Figure {
        let reading = read(&Document::parse(text.into(), Format::Plain));
        let mut mentions = reading.mentions.iter();
        let figure =
            mentions.find_map(|mention| if let MentionKind::Figure(figure) = &mention.kind { Some(figure.figure.clone()) } else { None });
        figure.expect("a figure")
    }

    #[test]
    fn a_number_alone_is_compared_with_one_that_has_a_unit() {
        let compared = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|words| figure_in(&format!("Up {words} in all.")));
            assert_eq!(compare_numbers(&one, &other), compare_numbers(&other, &one));
            compare_numbers(&one, &other)
        };
        for (one, other) in
            [("481.7 million", "481.7 million kroner"), ("3.8", "3.8 per cent"), ("59.8", "59.8 seconds"), ("189 million", "€189m")]
        {
            assert_eq!(compared(one, other), Agreement::Agree, "{one} {other}");
        }
        for (one, other) in [("418.7 million", "481.7 million kroner"), ("3.8", "3.6 per cent"), ("71", "17 miles")] {
            assert_eq!(compared(one, other), Agreement::Differ, "{one} {other}");
        }
        for (one, other) in [("3.8 per cent", "3.8 miles"), ("12", "12"), ("12", "12 boats")] {
            assert_eq!(compared(one, other), Agreement::Apart, "{one} {other}");
        }
    }

    #[test]
    fn cents_are_of_any_currency_that_has_them() {
        let compared = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|words| figure_in(&format!("They paid {words} a share.")));
            compare(&one, &other)
        };
        assert_eq!(compared("€0.18", "18 cents"), Agreement::Agree);
        assert_eq!(compared("€0.18", "19 cents"), Agreement::Differ);
        assert_eq!(compared("€0.18", "$0.21"), Agreement::Apart);
    }
}
