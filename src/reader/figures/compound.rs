//! A measure in two or more units: "6ft 2in", "two hours and 30 minutes", "a year and a half", "3 dollars 50 cents".

use rust_decimal::Decimal;

use super::Dimension;
use super::find::Quantity;
use super::fractions::and_part;
use super::measure::span_of;
use super::row::Form;
use crate::gazetteer::units::{FigureTables, Measure};
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

fn compound<'t>(row: Row<'t, '_>, large: &Quantity<'t>, small: &Quantity<'t>) -> Option<Quantity<'t>> {
    // "365 days a year, 24 hours a day"
    if large.article && row.tokens.get(large.end).is_some_and(|next| next.text(row.text) == ",") {
        return None;
    }
    if large.high.is_some() || small.high.is_some() || small.value.is_sign_negative() {
        return None;
    }
    let between: Vec<&str> = row.tokens.get(large.end..small.start)?.iter().take(3).map(|token| token.text(row.text)).collect();
    let plain = matches!(between.as_slice(), [] | ["and" | ","] | [",", "and"]);
    // "6-foot-2"
    let is_foot = matches!(large.measure, Some(Measure::Unit(unit)) if unit.name == "foot");
    let inches = is_foot && between == ["-"] && small.measure.is_none() && small.value < Decimal::from(12) && small.value.fract().is_zero();
    if !plain && !inches {
        return None;
    }
    let value = match (large.measure?, small.measure) {
        (Measure::Unit(a), Some(Measure::Unit(b))) => {
            let compounds = matches!(a.dimension, Dimension::Length | Dimension::Mass | Dimension::Duration | Dimension::Volume);
            let alike = a.dimension == b.dimension && a.system == b.system && b.factor < a.factor && large.value.fract().is_zero();
            // "7 feet, 10 inches"; but "5 km and 1,500 m" are two: what follows is less than one of the larger unit.
            let rest = small.value.checked_mul(b.factor)? < a.factor || a.system == "imperial" && between != [","];
            let counted = between.len() == 1 && a.system == "metric" && !row.closes(small.end);
            if !compounds || !alike || !between.is_empty() && (!rest || counted) || small.article {
                return None;
            }
            large.value.checked_add(small.value.checked_mul(b.factor)?.checked_div(a.factor)?)?
        }
        (Measure::Unit(unit), None) => {
            // "2 hours ten", "1 hour and thirty."
            let minutes = unit.name == "hour" && is_rest(row, small, 60) && between != [","];
            if !minutes && !inches || large.article || !large.value.fract().is_zero() {
                return None;
            }
            large.value.checked_add(small.value.checked_div(Decimal::from(if inches { 12 } else { 60 }))?)?
        }
        (Measure::Money(a), Some(Measure::Minor(b))) if a == b || b.code == "USD" => {
            // "£1.50 and 50p" are two sums: only whole ones in words, or of dollars, go on with cents.
            let whole = large.value.fract().is_zero() && !large.number.scaled && large.scale == Decimal::ONE;
            let in_words = large.unit_words.is_some_and(|words| words.start >= large.number.span.end);
            if !whole || !in_words && b.code != "USD" || small.value >= Decimal::ONE_HUNDRED || between.contains(&",") {
                return None;
            }
            large.value.checked_add(small.value.checked_div(Decimal::ONE_HUNDRED)?)?
        }
        (Measure::Money(_), None) => {
            // "15 dollars 50", "$20 and 43."
            let whole = large.value.fract().is_zero() && !large.number.scaled && large.scale == Decimal::ONE && !large.article;
            if !whole || !is_rest(row, small, 100) || small.value < Decimal::TEN || between.contains(&",") {
                return None;
            }
            large.value.checked_add(small.value.checked_div(Decimal::ONE_HUNDRED)?)?
        }
        _ => return None,
    };
    let mut joined = longer(row.tokens, large, small.end, value);
    joined.dimension = if small.dimension == Dimension::Age { Dimension::Age } else { large.dimension };
    Some(joined)
}

/// Whether a bare number is a rest below `limit` that nothing counted follows.
fn is_rest(row: Row<'_, '_>, small: &Quantity<'_>, limit: i64) -> bool {
    let bare = small.dimension == Dimension::Number && matches!(small.number.form, Form::Digits | Form::Words) && !small.number.scaled;
    let after = FigureTables::get().words.starting_at(row.text, row.tokens, small.end).is_none();
    bare && small.value.fract().is_zero() && small.value < Decimal::from(limit) && after && row.closes(small.end)
}
