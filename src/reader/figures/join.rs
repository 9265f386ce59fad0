//! Numbers that belong together: ranges, ratios, and measures in two units.

use rust_decimal::Decimal;

use super::Dimension;
use super::context;
use super::find::Quantity;
use super::number::{Form, Number};
use crate::gazetteer::units::{FigureTables, Measure, NumberKind, Unit};
use crate::text::{Span, Token};

/// Puts "one in five" and "nine out of ten" into one figure.
pub(super) fn join_ratios<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    let mut index = 0;
    while index + 1 < quantities.len() {
        let (part, whole) = (&quantities[index], &quantities[index + 1]);
        let between: Vec<&str> =
            tokens.get(part.end..whole.start).unwrap_or_default().iter().take(3).map(|token| token.text(text)).collect();
        let bare = |quantity: &Quantity<'_>| {
            quantity.dimension == Dimension::Number && quantity.number.form != Form::Fraction && !quantity.number.scaled
        };
        let joins = matches!(between.as_slice(), ["in"]) && part.value == Decimal::ONE
            || matches!(between.as_slice(), ["out", "of"] | ["in", "every"]);
        let small = whole.value <= Decimal::ONE_THOUSAND && part.value > Decimal::ZERO && part.value < whole.value;
        let value = (bare(part) && bare(whole) && joins && small).then(|| part.value.checked_div(whole.value)).flatten();
        if let Some(value) = value {
            let mut joined = whole.clone();
            joined.start = part.start;
            joined.number_start = part.number_start;
            joined.number.span = Span::new(part.number.span.start, whole.number.span.end);
            joined.number.form = Form::Fraction;
            joined.value = value;
            quantities[index] = joined;
            quantities.remove(index + 1);
        }
        index += 1;
    }
}

/// Puts two numbers with a dash or "to" between them into one range.
pub(super) fn join_ranges<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    let mut index = 0;
    while index + 1 < quantities.len() {
        let (low, high) = (&quantities[index], &quantities[index + 1]);
        if let Some(joined) = range(text, tokens, low, high) {
            quantities[index] = joined;
            quantities.remove(index + 1);
        }
        index += 1;
    }
}

fn range<'t>(text: &'t str, tokens: &[Token], low: &Quantity<'t>, high: &Quantity<'t>) -> Option<Quantity<'t>> {
    let between: Vec<&str> = tokens.get(low.end..high.start)?.iter().take(3).map(|token| token.text(text)).collect();
    let before = low.start.checked_sub(1).map(|before| tokens[before].text(text)).unwrap_or_default();
    let dash = matches!(between.as_slice(), ["-" | "–" | "—" | "‑"]);
    let joined = match between.as_slice() {
        ["-" | "–" | "—" | "‑"] => true,
        // "rose from 40 to 50" is a change, not a range.
        ["to"] => !before.eq_ignore_ascii_case("from"),
        ["and"] => before.eq_ignore_ascii_case("between"),
        _ => false,
    };
    let plain = |quantity: &Quantity<'_>| {
        !matches!(quantity.dimension, Dimension::Ordinal | Dimension::Age) && quantity.number.form != Form::Fraction
    };
    if !joined || !plain(low) || !plain(high) || high.high.is_some() || low.high.is_some() {
        return None;
    }
    // "$3-4 billion", "3 to 5 million": the scale behind is meant for both.
    let mut value = low.value;
    let same = match (low.measure, high.measure) {
        (None, _) | (Some(Measure::Money(_)), None) => true,
        (Some(Measure::Unit(a)), Some(Measure::Unit(b))) => a == b,
        (Some(Measure::Money(a)), Some(Measure::Money(b))) => a == b,
        _ => false,
    };
    if !same {
        return None;
    }
    if high.number.scaled && !low.number.scaled && value < Decimal::from(1000) {
        let scale = scale_of(text, &high.number)?;
        let scaled = value.checked_mul(scale)?;
        if scaled < high.value {
            value = scaled;
        }
    }
    if value >= high.value {
        return None;
    }
    // A score or a vote looks like a range: only with a unit, a scale or something counted behind it.
    if dash && high.measure.is_none() && low.measure.is_none() && !high.number.scaled && !context::plural_within(text, tokens, high.end, 3)
    {
        return None;
    }
    let mut joined = high.clone();
    joined.start = low.start;
    joined.number_start = low.number_start;
    joined.number.span = Span::new(low.number.span.start, high.number.span.end);
    joined.value = value;
    joined.high = Some(high.value);
    if joined.measure.is_none() {
        joined.measure = low.measure;
        joined.dimension = low.dimension;
        joined.unit_words = low.unit_words;
    }
    Some(joined)
}

/// The scale of a number such as "4 billion" or "4bn".
fn scale_of(text: &str, number: &Number<'_>) -> Option<Decimal> {
    let words = number.span.text(text);
    let letters = words.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let last = letters.rsplit([' ', '-']).next()?;
    FigureTables::get()
        .number_word(last)
        .filter(|word| matches!(word.kind, NumberKind::Scale | NumberKind::Suffix | NumberKind::Hundred))
        .map(|word| word.value)
}

/// Puts a measure in two units into one figure: "6ft 2in", "2 hours and 30 minutes", "3 dollars 50 cents".
pub(super) fn join_compounds<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    let mut index = 0;
    while index + 1 < quantities.len() {
        if let Some(joined) = compound(text, tokens, &quantities[index], &quantities[index + 1]) {
            quantities[index] = joined;
            quantities.remove(index + 1);
        } else {
            index += 1;
        }
    }
}

fn compound<'t>(text: &'t str, tokens: &[Token], large: &Quantity<'t>, small: &Quantity<'t>) -> Option<Quantity<'t>> {
    if large.high.is_some() || small.high.is_some() {
        return None;
    }
    let between: Vec<&str> = tokens.get(large.end..small.start)?.iter().take(3).map(|token| token.text(text)).collect();
    let factor = |unit: &Unit| (unit.dimension, unit.factor, unit.system);
    let value = match (large.measure?, small.measure?) {
        (Measure::Unit(a), Measure::Unit(b)) => {
            let ((dimension, big, system), (other, little, other_system)) = (factor(a), factor(b));
            let compounds = matches!(dimension, Dimension::Length | Dimension::Mass | Dimension::Duration | Dimension::Volume);
            let joins = between.is_empty() || matches!(between.as_slice(), ["and"]) && dimension == Dimension::Duration;
            if !compounds || dimension != other || system != other_system || little >= big || !joins {
                return None;
            }
            large.value.checked_add(small.value.checked_mul(little)?.checked_div(big)?)?
        }
        (Measure::Money(a), Measure::Minor(b)) if a == b || b.code == "USD" => {
            // "£1.50 and 50p" are two sums: only dollars in words go on with cents.
            let in_words = large.unit_words.is_some_and(|words| words.start >= large.number.span.end) && large.value.fract().is_zero();
            if !in_words || !(between.is_empty() || matches!(between.as_slice(), ["and"])) || small.value >= Decimal::ONE_HUNDRED {
                return None;
            }
            large.value.checked_add(small.value.checked_div(Decimal::ONE_HUNDRED)?)?
        }
        _ => return None,
    };
    let mut joined = large.clone();
    joined.end = small.end;
    joined.value = value;
    joined.unit_words = None;
    joined.number.span = Span::new(large.number.span.start, tokens[small.end - 1].span.end);
    joined.dimension = if small.dimension == Dimension::Age { Dimension::Age } else { large.dimension };
    Some(joined)
}
