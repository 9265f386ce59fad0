//! Numbers that belong together: ranges, ratios, and a unit said once for two.

use rust_decimal::Decimal;

use super::Dimension;
use super::context;
use super::figure_words::FIGURE_WORDS;
use super::find::Quantity;
use super::row::{Form, Number};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, Measure, NumberKind};
use crate::text::{Row, Span, Token};

/// Puts "one in five" and "nine out of ten" into one figure.
pub(super) fn join_ratios<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    join_pairs(quantities, |part, whole| ratio(text, tokens, part, whole));
}

/// Puts one in the place of two that stand side by side, wherever `join` makes one of them.
fn join_pairs<'t>(quantities: &mut Vec<Quantity<'t>>, join: impl Fn(&Quantity<'t>, &Quantity<'t>) -> Option<Quantity<'t>>) {
    let mut left = std::mem::take(quantities).into_iter().peekable();
    while let Some(first) = left.next() {
        let joined = left.peek().and_then(|second| join(&first, second));
        if joined.is_some() {
            left.next();
        }
        quantities.push(joined.unwrap_or(first));
    }
}

fn ratio<'t>(text: &'t str, tokens: &[Token], part: &Quantity<'t>, whole: &Quantity<'t>) -> Option<Quantity<'t>> {
    let between: Vec<&str> = tokens.get(part.end..whole.start).unwrap_or_default().iter().take(3).map(|token| token.text(text)).collect();
    let bare = |quantity: &Quantity<'_>| {
        quantity.measure.is_none()
            && matches!(quantity.dimension, Dimension::Number)
            && quantity.number.form != Form::Fraction
            && quantity.value.fract().is_zero()
    };
    let row = Row { text, tokens };
    let one = part.value == Decimal::ONE;
    // "Two in five voters": only of a number that shares are told by.
    let of_round = [5, 10, 100, 1000, 10_000, 100_000].into_iter().any(|round| whole.value == Decimal::from(round));
    // "Six in 10 museum-goers": the plural may stand behind a hyphen.
    let hyphen = row.hyphen(whole.end + 1);
    let counted = row.word(if hyphen > 0 { whole.end + 1 + hyphen } else { whole.end });
    let share = of_round && (context::is_plural(counted) || row.closes(whole.end) || row.is(whole.end, &["of", "or"]));
    let joins = matches!(between.as_slice(), ["in"]) && (one || share) || matches!(between.as_slice(), ["out", "of"] | ["in", "every"]);
    // "One over three", with nothing counted behind.
    let over = matches!(between.as_slice(), ["over"]) && row.closes(whole.end) && !whole.value.is_zero() && !part.number.scaled;
    let small = whole.value <= Decimal::from(1_000_000) && part.value > Decimal::ZERO && part.value < whole.value;
    if !bare(part) || !bare(whole) || !(joins && small || over) {
        return None;
    }
    let value = part.value.checked_div(whole.value)?;
    let mut joined = whole.clone();
    joined.start = part.start;
    joined.number_start = part.number_start;
    joined.number.span = Span::new(part.number.span.start, whole.number.span.end);
    joined.number.form = Form::Fraction;
    joined.number.value = value;
    joined.value = value;
    Some(joined)
}

/// Puts two numbers with a dash or "to" between them into one range.
pub(super) fn join_ranges<'t>(text: &'t str, tokens: &[Token], quantities: &mut Vec<Quantity<'t>>) {
    join_pairs(quantities, |low, high| range(text, tokens, low, high));
}

fn range<'t>(text: &'t str, tokens: &[Token], low: &Quantity<'t>, high: &Quantity<'t>) -> Option<Quantity<'t>> {
    let between = between(text, tokens, low, high)?;
    let before = low.start.checked_sub(1).map(|before| tokens[before].text(text)).unwrap_or_default();
    // "2 -7 g": the minus sign of the second number is a dash.
    let touching = low.end == high.start && high.value.is_sign_negative() && high.measure.is_some() && low.measure.is_none();
    let dash = touching || matches!(between.as_slice(), ["-" | "–" | "—" | "‑"]);
    let joined = match between.as_slice() {
        [] => touching,
        ["-" | "–" | "—" | "‑" | "through"] | ["-", "to" | "or"] => true,
        // "rose from 40 to 50", "down $2 to $77" and "by 2 points to 5%" are changes, not ranges.
        ["to"] if low.unit_words.is_some() && tells_change(before) => false,
        ["to"] => !before.eq_ignore_ascii_case("from") || spans_from(text, tokens, low.start),
        ["and"] => before.eq_ignore_ascii_case("between"),
        _ => false,
    };
    let end_value = if touching { -high.value } else { high.value };
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
    // A unit said once is for both ends, its scale as well.
    let same_scale = low.measure.is_none() || high.measure.is_none() || low.scale == high.scale;
    if !same || !same_scale {
        return None;
    }
    if high.number.scaled && !low.number.scaled && value < Decimal::from(1000) {
        let scale = scale_of(text, &high.number)?;
        let scaled = value.checked_mul(scale)?;
        if scaled < end_value {
            value = scaled;
        }
    }
    // "40-50,000 people"
    let thousand = Decimal::from(1000);
    let in_thousands = dash
        && low.number.plain
        && high.number.span.text(text).contains(',')
        && high.value.checked_rem(thousand).is_some_and(|rest| rest.is_zero());
    if in_thousands
        && value >= Decimal::ONE
        && value < thousand
        && let Some(thousands) = value.checked_mul(thousand).filter(|thousands| *thousands < end_value)
    {
        value = thousands;
    }
    // Of two temperatures below nought the colder one may come first.
    let (value, end_value) = if value > end_value && value.is_sign_negative() { (end_value, value) } else { (value, end_value) };
    if value >= end_value {
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
    joined.high = Some(end_value);
    if joined.measure.is_none() {
        joined.measure = low.measure;
        joined.scale = low.scale;
        joined.dimension = low.dimension;
        joined.unit_words = low.unit_words;
    }
    Some(joined)
}

/// The words between two quantities, without what hedges the second: "between 2 kg and about 7 kg".
fn between<'t>(text: &'t str, tokens: &[Token], low: &Quantity<'_>, high: &Quantity<'_>) -> Option<Vec<&'t str>> {
    let words = tokens.get(low.end..high.start)?.iter().take(4).map(|token| token.text(text));
    Some(words.filter(|word| *word != "~" && !FIGURE_WORDS.before_second.has(word)).collect())
}

/// Whether the word before a number says that another one changed by so much.
fn tells_change(word: &str) -> bool {
    let tables = TermTables::get();
    tables.cue_before(tables.key(word)) == Some("change")
}

/// Whether "from" at the token before `start` opens a range and not a change: "ranging from", "anywhere from", or nothing before it.
fn spans_from(text: &str, tokens: &[Token], start: usize) -> bool {
    start < 2 || FIGURE_WORDS.spanning.has_in_any_case(tokens[start - 2].text(text))
}

/// Gives the first of two numbers the unit that is said behind the second alone: "from 100 to 1,000 grams", "45 and 50 mg".
pub(super) fn share_units<'t>(text: &'t str, tokens: &[Token], quantities: &mut [Quantity<'t>]) {
    for index in 1..quantities.len() {
        let (before, after) = quantities.split_at_mut(index);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let bare = first.measure.is_none() && first.dimension == Dimension::Number && first.number.form != Form::Fraction;
        let Some(Measure::Unit(unit)) = second.measure.filter(|_| bare && second.dimension != Dimension::Age && !second.article) else {
            continue;
        };
        let words = tokens.get(first.end..second.start).unwrap_or_default();
        let joins = match words {
            [word] => matches!(word.text(text), "to" | "or") || word.text(text) == "and" && written_alike(first, second),
            _ => false,
        };
        // "One to two kilometres"; but "died in 2 and 3 days" stays as it is written, for the words behind are the same.
        if joins {
            first.measure = second.measure;
            first.dimension = unit.dimension;
        }
    }
}

fn written_alike(first: &Quantity<'_>, second: &Quantity<'_>) -> bool {
    first.number.form == second.number.form && matches!(first.number.form, Form::Digits) && first.value < second.value
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
