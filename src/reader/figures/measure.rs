//! The unit or currency of a number: before it, behind it, or written onto it.

use rust_decimal::Decimal;

use super::context;
use super::figure_words::FIGURE_WORDS;
use super::find::Quantity;
use super::row::{Form, Number};
use super::{Dimension, Hedge};
use crate::gazetteer::units::{FigureTables, Measure, NumberKind};
use crate::text::{Row, Shape, Span, Token, TokenKind};

pub(super) fn span_of(tokens: &[Token], start: usize, end: usize) -> Span {
    Span::new(tokens[start].span.start, tokens[end - 1].span.end)
}

/// The currency whose code is written onto the digits at `at`, as in "RM42" or "$US42", and how many bytes it takes.
pub(super) fn joined_code(text: &str, tokens: &[Token], at: usize) -> Option<(Measure, usize)> {
    let token = tokens[at];
    let word = token.text(text);
    if !token.is_capitalised() || !word.ends_with(|c: char| c.is_ascii_alphanumeric()) || word.len() > 16 {
        return None;
    }
    let letters = word.find(|c: char| c.is_ascii_digit())?;
    let is_sum = || {
        let scaled = word[letters..].ends_with(|c: char| c.is_ascii_alphabetic());
        let joined = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
        let grouped = tokens.get(at + 1).is_some_and(|comma| comma.is_mark(text, &[',', '.']))
            && tokens.get(at + 2).is_some_and(|digits| digits.kind == TokenKind::Number)
            && joined(at + 1)
            && joined(at + 2);
        scaled || grouped || (Row { text, tokens }).scale(at + 1).is_some()
    };
    if FigureTables::get().money_sums.contains(&&word[..letters]) && !is_sum() {
        return None;
    }
    let is_amount = word[letters..].trim_start_matches(|c: char| c.is_ascii_digit()).len() <= 2;
    let joined = &FigureTables::get().money_joined;
    let measure = match dollar_before(text, tokens, at) {
        // Of the table's "US $" the sign stands first here.
        Some(dollar) => joined.starting_with(&word[..letters], text, tokens, dollar).filter(|&(_, more)| more == 1),
        None => joined.starting_with(&word[..letters], text, tokens, at + 1).filter(|&(_, more)| more == 0 && (2..=4).contains(&letters)),
    };
    measure.filter(|_| is_amount).map(|(measure, _)| (measure, letters))
}

/// The sign of a dollar onto which the token at `at` is written.
fn dollar_before(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    at.checked_sub(1).filter(|&before| !tokens[at].spaced && tokens[before].is_mark(text, &['$']))
}

/// The currency before the number at `start`, and how many tokens it takes: none where it is written onto the digits.
pub(super) fn money_before(text: &str, tokens: &[Token], start: usize) -> Option<(Measure, usize)> {
    if let Some((measure, _)) = joined_code(text, tokens, start) {
        return Some((measure, usize::from(dollar_before(text, tokens, start).is_some())));
    }
    let (measure, length) = FigureTables::get().money_before.ending_before(text, tokens, start)?;
    let last = tokens[start - 1];
    let is_symbol = last.kind == TokenKind::Mark && last.text(text) != ".";
    // A symbol touches its number or stands one blank off; a code always stands off, in capitals.
    let first = tokens[start - length];
    let set_off =
        first.is_word() && (first.shape == Shape::Upper && length == 1 || first.text(text).starts_with("Rs") || last.text(text).len() > 1);
    (is_symbol || set_off).then_some((measure, length))
}

/// Letters written onto the digits.
pub(super) fn take_suffix(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) -> Option<()> {
    let tables = FigureTables::get();
    let suffix = quantity.number.suffix;
    let scale = |quantity: &mut Quantity<'_>, factor: Decimal| -> Option<()> {
        quantity.value = quantity.value.checked_mul(factor)?;
        quantity.number.value = quantity.value;
        quantity.number.scaled = true;
        quantity.number.span.end += quantity.number.suffix.len() as u32;
        quantity.number.suffix = "";
        Some(())
    };
    let millions = Decimal::from(1_000_000);
    if suffix == "m" && (quantity.measure.is_some() || m_is_million(text, tokens, quantity)) {
        return scale(quantity, millions);
    }
    if quantity.measure.is_some() {
        return match suffix {
            "M" | "MM" | "mm" => scale(quantity, millions),
            "T" | "t" => scale(quantity, Decimal::from(1_000_000_000_000_i64)),
            _ => None,
        };
    }
    let start = quantity.number.span.end;
    let (measure, more) = tables
        .symbols
        .starting_with(suffix, text, tokens, quantity.end)
        .or_else(|| tables.attached.starting_with(suffix, text, tokens, quantity.end))
        .or_else(|| tables.words.starting_with(suffix, text, tokens, quantity.end))?;
    // "800,000 F", "777F": no weather on earth is so hot.
    if matches!(suffix, "F" | "C")
        && (quantity.value.abs() > Decimal::from(212)
            || tokens.get(quantity.end).is_some_and(|next| !next.spaced && next.is_mark(text, &['/', '-'])))
    {
        return None;
    }
    quantity.measure = Some(measure);
    quantity.end += more;
    quantity.unit_words = Some(Span::new(start, tokens[quantity.end - 1].span.end));
    Some(())
}

/// Whether the m in "5m" is a million: something countable or a currency stands behind it.
fn m_is_million(text: &str, tokens: &[Token], quantity: &Quantity<'_>) -> bool {
    // "€5-6m"
    let ranges = quantity.start >= 3 && matches!(tokens[quantity.start - 1].text(text), "-" | "–" | "to");
    if ranges && tokens[quantity.start - 3].is_mark(text, &['$', '£', '€', '¥', '₹']) {
        return true;
    }
    let row = Row { text, tokens };
    if row.is(quantity.end + row.hyphen(quantity.end), &["strong"]) {
        return true;
    }
    let Some(next) = tokens.get(quantity.end).filter(|next| next.is_word() && next.spaced) else { return false };
    let word = next.text(text);
    let money =
        FigureTables::get().words.starting_at(text, tokens, quantity.end).is_some_and(|(measure, _)| !matches!(measure, Measure::Unit(_)));
    money || word != "of" && context::is_plural(word) || context::plural_within(text, tokens, quantity.end, 3)
}

/// The scale that a currency behind its number has behind it: "75 USD million".
pub(super) fn scale_behind(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) {
    let money = matches!(quantity.measure, Some(Measure::Money(_))) && !quantity.number.scaled && quantity.scale == Decimal::ONE;
    if let Some((end, scale, _)) = (Row { text, tokens }).scale(quantity.end).filter(|_| money && quantity.number.form != Form::Words) {
        // The number alone stays as it is written, or what replaces it would hold the scale twice.
        quantity.scale = scale;
        quantity.unit_words = quantity.unit_words.map(|words| Span::new(words.start, tokens[end - 1].span.end));
        quantity.end = end;
    }
}

/// A code for a million of a currency before the number or behind it: "MSEK 40", "twenty MUSD", "30MEUR".
pub(super) fn take_millions(text: &str, tokens: &[Token], floor: usize, quantity: &mut Quantity<'_>) {
    let millions = &FigureTables::get().millions;
    if quantity.measure.is_some() || quantity.number.scaled {
        return;
    }
    let suffix = quantity.number.suffix;
    let behind = if suffix.is_empty() {
        millions
            .starting_at(text, tokens, quantity.end)
            .map(|(measure, length)| (measure, span_of(tokens, quantity.end, quantity.end + length), length))
    } else {
        millions.starting_with(suffix, text, tokens, quantity.end).map(|(measure, more)| {
            let start = quantity.number.span.end;
            (measure, Span::new(start, start + suffix.len() as u32), more)
        })
    };
    let before = || {
        let (measure, length) = millions.ending_before(text, tokens, quantity.start).filter(|_| suffix.is_empty())?;
        (quantity.start - length >= floor).then_some((measure, length))
    };
    if let Some((measure, words, length)) = behind {
        (quantity.measure, quantity.unit_words) = (Some(measure), Some(words));
        quantity.end += length;
        quantity.number.suffix = "";
    } else if let Some((measure, length)) = before() {
        (quantity.measure, quantity.unit_words) = (Some(measure), Some(span_of(tokens, quantity.start - length, quantity.start)));
        quantity.start -= length;
    } else {
        return;
    }
    quantity.scale = Decimal::from(1_000_000);
}

/// A letter for a scale set off by a blank, "$5 M": only of money, or where it is the whole of a text, for elsewhere it may be
/// metres, kilometres or a name. The token behind it, and the value.
pub(super) fn letter_for_scale(text: &str, tokens: &[Token], quantity: &Quantity<'_>) -> Option<(usize, Decimal)> {
    let number = &quantity.number;
    let letter = tokens.get(quantity.end).filter(|letter| letter.spaced && letter.is_word())?.text(text);
    let word = FigureTables::get().number_word(letter).filter(|word| word.kind == NumberKind::Suffix)?;
    let bare = number.form == Form::Digits && number.suffix.is_empty() && !number.scaled;
    let after = quantity.end + 1;
    let closed = (Row { text, tokens }).closes(after) || tokens.get(after).is_some_and(|next| next.shape == Shape::Lower);
    let money = matches!(quantity.measure, Some(Measure::Money(_))) && quantity.scale == Decimal::ONE && closed;
    let whole = letter == "k" && quantity.measure.is_none() && quantity.start == 0 && after == tokens.len();
    if !bare || !money && !whole {
        return None;
    }
    Some((after, number.value.checked_mul(word.value)?))
}

/// How many tokens the name of a currency takes that stands at `at` behind a sum whose currency is known. A code with digits
/// behind it is that of the next sum: "EUR 10 USD 20".
pub(super) fn said_twice(text: &str, tokens: &[Token], at: usize) -> usize {
    let tables = FigureTables::get();
    let Some((Measure::Money(_), length)) = tables.words.starting_at(text, tokens, at) else { return 0 };
    let next = at + length;
    let opens = tokens.get(next).is_some_and(|digits| digits.kind == TokenKind::Number)
        && tables.money_before.ending_before(text, tokens, next).is_some();
    if opens { 0 } else { length }
}

/// The unit or currency behind the number; no token before `floor` belongs to it.
pub(super) fn take_unit(text: &str, tokens: &[Token], floor: usize, quantity: &mut Quantity<'_>) {
    let tables = FigureTables::get();
    let at = quantity.end;
    let Some(next) = tokens.get(at) else { return };
    let digits = quantity.number.form != Form::Words;
    if digits {
        if !next.spaced {
            if let Some((measure, length)) =
                tables.attached.starting_at(text, tokens, at).or_else(|| tables.symbols.starting_at(text, tokens, at))
            {
                // Inch and foot marks are also quotation marks: only where a number in feet stands before, or no other mark.
                let is_quote = matches!(next.text(text), "\"" | "”" | "'" | "’" | "″" | "′" | "''");
                if !is_quote || is_height(text, tokens, at) || is_sole_inch_mark(text, tokens, at) {
                    return set_unit(tokens, quantity, measure, at, length);
                }
                return;
            }
        } else if let Some((measure, length)) = tables.symbols.starting_at(text, tokens, at) {
            let symbol = next.text(text);
            let mark = symbol.starts_with(['"', '\'', '”', '’', '′', '″']);
            // "10 $", but "10 $5 notes".
            let money = symbol.starts_with(['$', '£', '€']);
            let free = !money || tokens.get(at + length).is_none_or(|after| after.kind != TokenKind::Number);
            let single_letter = length == 1 && symbol.len() == 1 && next.is_word();
            // "5 m", "5 g", "20 C": a lone letter only where nothing that could go on with it follows.
            let closed = tokens.get(at + 1).is_none_or(|after| {
                after.kind == TokenKind::Mark && (after.spaced || after.text(text) != "-") || after.shape == Shape::Lower
            });
            let weather = !matches!(symbol, "F" | "C") || quantity.value.abs() <= Decimal::from(212);
            if !mark && free && (!single_letter || closed && weather && symbol != "K") {
                return set_unit(tokens, quantity, measure, at, length);
            }
        }
    }
    let row = Row { text, tokens };
    if let Some(length) = inch(row, at, floor, quantity) {
        if let Some(inch) = tables.unit("inch") {
            set_unit(tokens, quantity, Measure::Unit(inch), at, length);
        }
        return;
    }
    // "45-day", "five-hour", "701 sq km"
    let hyphen = row.hyphen(at);
    if hyphen == 0 && !next.spaced && quantity.number.suffix.is_empty() && next.is_word() {
        return;
    }
    // "Two more years", "a quarter of an hour".
    let more = usize::from(hyphen == 0 && row.is_of(at, &FIGURE_WORDS.before_unit));
    let of = if quantity.number.form == Form::Fraction || !quantity.value.fract().is_zero() { of_one(row, at) } else { 0 };
    let start = at + hyphen + more + of;
    let Some((measure, length)) = tables.words.starting_at(text, tokens, start) else { return };
    if more + of > 0 && !matches!(measure, Measure::Unit(unit) if unit.dimension != Dimension::Percent) {
        return;
    }
    let word = tokens[start].text(text);
    let measure = match measure {
        Measure::Money(_) if is_pound(word) && is_mass(text, tokens, quantity, start, hyphen == 1) => {
            tables.unit("pound").map_or(measure, Measure::Unit)
        }
        // "three times", "won two", "real": words that are units only beside digits or a scale.
        Measure::Money(_) if FIGURE_WORDS.currency_or_not.has_in_any_case(word) && !quantity.number.scaled && !digits => {
            return;
        }
        Measure::Money(_) if word.eq_ignore_ascii_case("won") && !quantity.number.scaled => return,
        Measure::Unit(unit) if word == "second" && !digits && unit.name == "second" && hyphen == 0 => return,
        Measure::Unit(unit) if unit.name == "degree" && is_angle(row, start + length) => return,
        other => other,
    };
    set_unit(tokens, quantity, measure, start, length);
    if let Some(below) = below_zero(row, quantity) {
        quantity.end = below;
        quantity.value = -quantity.value;
        quantity.number.value = quantity.value;
    }
}

/// How many words "of a" before the unit of a fraction takes: "a quarter of an hour", "three quarters of mile".
fn of_one(row: Row<'_, '_>, at: usize) -> usize {
    if !row.is(at, &["of"]) {
        return 0;
    }
    if row.is(at + 1, &["a", "an"]) {
        return 2;
    }
    usize::from(!context::is_plural(row.word(at + 1)) || row.is(at + 1, &["hours", "miles"]))
}

/// "45 degrees angle", "20 degrees north": no temperature.
fn is_angle(row: Row<'_, '_>, at: usize) -> bool {
    row.is_of(at + row.hyphen(at), &FIGURE_WORDS.of_angle)
}

/// The token behind "below zero" where that stands behind degrees.
fn below_zero(row: Row<'_, '_>, quantity: &Quantity<'_>) -> Option<usize> {
    let degrees = matches!(quantity.measure, Some(Measure::Unit(unit)) if unit.dimension == Dimension::Temperature);
    (degrees && row.is(quantity.end, &["below"]) && row.is(quantity.end + 1, &["zero"])).then_some(quantity.end + 2)
}

/// "in" behind a number where it is no preposition: "6 ft 2 in", "12 in wide", "2 in." at the end of a text.
fn inch(row: Row<'_, '_>, at: usize, floor: usize, quantity: &Quantity<'_>) -> Option<usize> {
    let digits = quantity.number.form == Form::Digits;
    if !digits || !row.tokens.get(at).is_some_and(|word| word.text(row.text) == "in" && word.spaced) {
        return None;
    }
    let feet = quantity.start == floor && floor > 0 && row.is(floor - 1, &["ft", "feet", "foot"])
        || quantity.start > 0
            && row.tokens[quantity.start - 1].text(row.text).ends_with("ft")
            && row.tokens[quantity.start - 1].kind == TokenKind::Number;
    let shape = row.is_of(at + 1, &FIGURE_WORDS.of_length);
    let last = row.tokens.get(at + 1).is_none_or(|next| next.text(row.text) == "." && row.tokens.len() == at + 2);
    (feet || shape || last).then_some(1)
}

fn set_unit(tokens: &[Token], quantity: &mut Quantity<'_>, measure: Measure, at: usize, length: usize) {
    quantity.measure = Some(measure);
    quantity.end = at + length;
    quantity.unit_words = Some(span_of(tokens, at, at + length));
}

/// `6'2"` or `6' 2"`
fn is_height(text: &str, tokens: &[Token], at: usize) -> bool {
    let feet = matches!(tokens[at].text(text), "'" | "’" | "′");
    let digits = |index: Option<usize>| index.and_then(|index| tokens.get(index)).is_some_and(|token| token.kind == TokenKind::Number);
    if feet { digits(Some(at + 1)) } else { at >= 3 && matches!(tokens[at - 2].text(text), "'" | "’" | "′") && digits(Some(at - 3)) }
}

/// Whether the inch mark at `at` cannot be a quotation mark, there being no other in the text.
fn is_sole_inch_mark(text: &str, tokens: &[Token], at: usize) -> bool {
    let mark = tokens[at].text(text);
    let twice = usize::from(mark == "'") + 1;
    matches!(mark, "\"" | "″" | "'")
        && text.matches(mark).take(twice + 1).count() == twice
        && (twice == 1 || tokens.get(at + 1).is_some_and(|next| !next.spaced))
}

fn is_pound(word: &str) -> bool {
    word.eq_ignore_ascii_case("pound") || word.eq_ignore_ascii_case("pounds")
}

/// Whether pounds are of mass: "20 pounds of cocaine", "weighs 20 pounds", "a 20-pound bag".
fn is_mass(text: &str, tokens: &[Token], quantity: &Quantity<'_>, at: usize, hyphen: bool) -> bool {
    if quantity.number.scaled && quantity.value >= Decimal::from(100_000) {
        return false;
    }
    let weighs = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            let word = token.text(text);
            token.is_word()
                && FIGURE_WORDS.of_mass.iter().any(|stem| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
        })
    };
    hyphen || (quantity.start.saturating_sub(6)..(at + 5)).any(weighs) || tokens.get(at + 1).is_some_and(|of| of.text(text) == "of")
}

/// "an hour", "a mile": one of a unit, to be kept only where it tells how much.
pub(super) fn one_unit<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<Quantity<'t>> {
    let row = Row { text, tokens };
    if !row.is(at, &["a", "an"]) {
        return None;
    }
    let (measure, length) = FigureTables::get().words.starting_at(text, tokens, at + 1)?;
    let dimension = match measure {
        Measure::Unit(unit) => unit.dimension,
        Measure::Money(_) | Measure::Minor(_) => Dimension::Money,
    };
    let whole = at == 0 && tokens.len() == length + 1;
    if matches!(dimension, Dimension::Percent | Dimension::Temperature) || row.is_of(at + 1, &FIGURE_WORDS.unit_or_not) {
        return None;
    }
    let measure = match measure {
        Measure::Money(_) if whole && is_pound(row.word(at + 1)) => FigureTables::get().unit("pound").map(Measure::Unit)?,
        other => other,
    };
    let end = at + 1 + length;
    let number =
        Number { end: at + 1, span: tokens[at].span, value: Decimal::ONE, form: Form::Words, suffix: "", scaled: false, plain: false };
    Some(Quantity {
        start: at,
        end,
        number_start: at,
        measure: Some(measure),
        unit_words: Some(span_of(tokens, at + 1, end)),
        hedge: Hedge::Exact,
        high: None,
        dimension: if matches!(measure, Measure::Unit(unit) if unit.name == "pound") { Dimension::Mass } else { dimension },
        value: Decimal::ONE,
        scale: Decimal::ONE,
        article: true,
        number,
    })
}
