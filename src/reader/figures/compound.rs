//! A measure in two or more units: "6ft 2in", "two hours and 30 minutes", "a year and a half", "3 dollars 50 cents".

use rust_decimal::Decimal;

use super::Dimension;
use super::find::Quantity;
use super::fractions::and_part;
use super::measure::span_of;
use super::row::Form;
use crate::gazetteer::units::{FigureTables, Measure, Unit};
use crate::text::{Row, Span, Token};

/// Puts the parts of each measure into one figure.
pub(super) fn join_compounds<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    let row = Row { text, tokens };
    // From the last to the first, so that "3 years, 2 months and 4 days" is one.
    let mut behind: Vec<Quantity<'t>> = Vec::with_capacity(quantities.len());
    for mut quantity in quantities.drain(..).rev() {
        if let Some(joined) = with_part(row, &quantity) {
            quantity = joined;
            while behind.pop_if(|next| next.start < quantity.end).is_some() {}
        }
        if let Some(joined) = behind.last().and_then(|small| compound(row, &quantity, small)) {
            quantity = joined;
            behind.pop();
        }
        behind.push(quantity);
    }
    quantities.extend(behind.into_iter().rev());
}

/// "An hour and a half", "two years and a quarter".
fn with_part<'t>(row: Row<'t, '_>, whole: &Quantity<'t>) -> Option<Quantity<'t>> {
    let Some(Measure::Unit(unit)) = whole.measure else { return None };
    let of_many = matches!(unit.dimension, Dimension::Length | Dimension::Mass | Dimension::Duration | Dimension::Volume | Dimension::Area);
    if !of_many || whole.high.is_some() || !whole.value.fract().is_zero() {
        return None;
    }
    let (value, end) = and_part(row, whole.end, whole.value, None)
        .filter(|(value, _)| value.checked_sub(whole.value).is_some_and(|part| part < Decimal::ONE))?;
    // "An hour and a half hour": two measures.
    let again = row.unit_or_scale(end);
    (!again).then(|| longer(row.tokens, whole, end, value))
}

/// `large` with the value and the end of what was joined to it.
fn longer<'t>(tokens: &[Token], large: &Quantity<'t>, end: usize, value: Decimal) -> Quantity<'t> {
    let mut joined = large.clone();
    joined.end = end;
    joined.value = value;
    joined.unit_words = None;
    joined.article = false;
    joined.number.span = Span::new(large.number.span.start, span_of(tokens, end - 1, end).end);
    joined
}

/// What stands between the two parts of a measure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    And,
    Comma,
    CommaAnd,
    Hyphen,
}

impl Between {
    fn of(row: Row<'_, '_>, large: &Quantity<'_>, small: &Quantity<'_>) -> Option<Self> {
        let mut pieces = row.tokens.get(large.end..small.start)?.iter().map(|token| token.text(row.text));
        match (pieces.next(), pieces.next(), pieces.next()) {
            (None, ..) => Some(Self::Nothing),
            (Some("and"), None, _) => Some(Self::And),
            (Some(","), None, _) => Some(Self::Comma),
            (Some("-"), None, _) => Some(Self::Hyphen),
            (Some(","), Some("and"), None) => Some(Self::CommaAnd),
            _ => None,
        }
    }

    const fn has_comma(self) -> bool {
        matches!(self, Self::Comma | Self::CommaAnd)
    }
}

fn compound<'t>(row: Row<'t, '_>, large: &Quantity<'t>, small: &Quantity<'t>) -> Option<Quantity<'t>> {
    // "365 days a year, 24 hours a day"
    let each = large.article && row.piece(large.end) == ",";
    if each || large.high.is_some() || small.high.is_some() || small.value.is_sign_negative() {
        return None;
    }
    let between = Between::of(row, large, small)?;
    // What the smaller part counts of the larger one's unit.
    let part = match (large.measure?, small.measure) {
        (Measure::Unit(unit), None) if between == Between::Hyphen => of_feet(large, small, unit),
        _ if between == Between::Hyphen => None,
        (Measure::Unit(unit), Some(Measure::Unit(smaller))) => of_unit(row, large, small, (unit, smaller), between),
        (Measure::Unit(unit), None) => of_hour(row, large, small, unit, between),
        (Measure::Money(money), Some(Measure::Minor(minor))) if money == minor || minor.code == "USD" => {
            of_sum_with_cents(large, small, minor.code, between)
        }
        (Measure::Money(_), None) => of_sum(row, large, small, between),
        _ => None,
    }?;
    let mut joined = longer(row.tokens, large, small.end, large.value.checked_add(part)?);
    joined.dimension = if small.dimension == Dimension::Age { Dimension::Age } else { large.dimension };
    Some(joined)
}

/// "Two hours and 30 minutes", "6ft 2in"; but "5 km and 1,500 m" are two.
fn of_unit(
    row: Row<'_, '_>,
    large: &Quantity<'_>,
    small: &Quantity<'_>,
    (unit, smaller): (&Unit, &Unit),
    between: Between,
) -> Option<Decimal> {
    // "2h 15m"
    let letter = small.unit_words.is_some_and(|words| words.text(row.text) == "m");
    let minutes = unit.name == "hour" && smaller.name == "metre" && letter && small.value < Decimal::from(60);
    if minutes && is_whole(large) && between == Between::Nothing {
        return small.value.checked_div(Decimal::from(60));
    }
    let compounds = matches!(unit.dimension, Dimension::Length | Dimension::Mass | Dimension::Duration | Dimension::Volume);
    let is_smaller = unit.dimension == smaller.dimension && unit.system == smaller.system && smaller.factor < unit.factor;
    if !compounds || !is_smaller || !large.value.fract().is_zero() || small.article {
        return None;
    }
    let value = small.value.checked_mul(smaller.factor)?;
    // What follows is less than one of the larger unit, but for "7 feet and 14 inches".
    let is_rest = value < unit.factor || unit.system == "imperial" && between != Between::Comma;
    let is_listed = matches!(between, Between::And | Between::Comma) && unit.system == "metric" && !row.closes(small.end);
    (between == Between::Nothing || is_rest && !is_listed).then(|| value.checked_div(unit.factor)).flatten()
}

/// "6-foot-2"
fn of_feet(large: &Quantity<'_>, small: &Quantity<'_>, unit: &Unit) -> Option<Decimal> {
    let inches = Decimal::from(12);
    let is_rest = unit.name == "foot" && small.value < inches && small.value.fract().is_zero();
    (is_rest && is_whole(large)).then(|| small.value.checked_div(inches)).flatten()
}

/// "2 hours ten", "1 hour and thirty."
fn of_hour(row: Row<'_, '_>, large: &Quantity<'_>, small: &Quantity<'_>, unit: &Unit, between: Between) -> Option<Decimal> {
    let minutes = unit.name == "hour" && is_rest(row, small, 60) && between != Between::Comma;
    (minutes && is_whole(large)).then(|| small.value.checked_div(Decimal::from(60))).flatten()
}

/// "Three pounds 50 pence", "$3 and 50 cents". "£1.50 and 50p" are two sums: only whole ones in words, or of dollars, go on with cents.
fn of_sum_with_cents(large: &Quantity<'_>, small: &Quantity<'_>, code: &str, between: Between) -> Option<Decimal> {
    let in_words = large.unit_words.is_some_and(|words| words.start >= large.number.span.end);
    let goes_on = is_whole_sum(large) && (in_words || code == "USD") && !between.has_comma();
    (goes_on && small.value < Decimal::ONE_HUNDRED).then(|| small.value.checked_div(Decimal::ONE_HUNDRED)).flatten()
}

/// "15 dollars 50", "$20 and 43."
fn of_sum(row: Row<'_, '_>, large: &Quantity<'_>, small: &Quantity<'_>, between: Between) -> Option<Decimal> {
    let goes_on = is_whole_sum(large) && !large.article && !between.has_comma();
    let cents = is_rest(row, small, 100) && small.value >= Decimal::TEN;
    (goes_on && cents).then(|| small.value.checked_div(Decimal::ONE_HUNDRED)).flatten()
}

/// Whether so many of a unit are a whole number, and not "an hour".
fn is_whole(large: &Quantity<'_>) -> bool {
    !large.article && large.value.fract().is_zero()
}

/// Whether a sum has no cents yet, and isn't told in thousands or millions.
fn is_whole_sum(large: &Quantity<'_>) -> bool {
    large.value.fract().is_zero() && !large.number.scaled && large.scale == Decimal::ONE
}

/// Whether a bare number is a rest below `limit` that nothing counted follows.
fn is_rest(row: Row<'_, '_>, small: &Quantity<'_>, limit: i64) -> bool {
    let bare = small.dimension == Dimension::Number && matches!(small.number.form, Form::Digits | Form::Words) && !small.number.scaled;
    let after = FigureTables::get().words.starting_at(row.text, row.tokens, small.end).is_none();
    bare && small.value.fract().is_zero() && small.value < Decimal::from(limit) && after && row.closes(small.end)
}
