//! Finds the figures of a block: numbers with the units, currencies and hedges beside them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::context::{self, Sentence};
use super::join::{join_compounds, join_ranges, join_ratios};
use super::number::{self, Form, Number, Seen};
use super::{Dimension, Figure, FigureCandidate, Hedge, Written};
use crate::gazetteer::units::{FigureTables, Measure};
use crate::markup::Block;
use crate::reader::BlockReading;
use crate::text::{Shape, Span, Token, TokenKind};

/// A number with its unit, before it is known what it measures.
#[derive(Clone, Debug)]
pub(super) struct Quantity<'t> {
    /// Half-open range of tokens, currency and unit included.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Number<'t>,
    pub(super) number_start: usize,
    pub(super) measure: Option<Measure>,
    /// The words of the unit.
    pub(super) unit_words: Option<Span>,
    pub(super) hedge: Hedge,
    pub(super) high: Option<Decimal>,
    pub(super) dimension: Dimension,
    /// Value in the unit as written.
    pub(super) value: Decimal,
}

pub(in crate::reader) fn find(block: &Block, reading: &BlockReading) -> Vec<FigureCandidate> {
    let text: &str = &block.text;
    let tokens = &reading.tokens;
    let mut quantities: Vec<Quantity<'_>> = Vec::new();
    let mut dates = reading.dates.iter().map(|date| date.span).peekable();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        while dates.peek().is_some_and(|date| date.end <= token.span.start) {
            dates.next();
        }
        if dates.peek().is_some_and(|date| date.contains(token.span.start)) {
            at += 1;
            continue;
        }
        match number::read(text, tokens, at) {
            Seen::Nothing => at += 1,
            Seen::Code(after) => at = after.max(at + 1),
            Seen::Number(number) => {
                let start = if token.is_word() && tokens[at].span.start < number.span.start { at + 1 } else { at };
                let after = number.end.max(at + 1);
                match quantity(text, tokens, start, number) {
                    Some(quantity) => {
                        at = quantity.end.max(after);
                        quantities.push(quantity);
                    }
                    None => at = after,
                }
            }
        }
    }
    join_ratios(text, tokens, &mut quantities);
    join_ranges(text, tokens, &mut quantities);
    join_compounds(text, tokens, &mut quantities);
    let mut sentence = Sentence::default();
    quantities.into_iter().filter_map(|quantity| candidate(text, reading, &mut sentence, quantity)).collect()
}

/// The number that starts at token `start` with its unit; none for what is no figure.
fn quantity<'t>(text: &'t str, tokens: &[Token], start: usize, number: Number<'t>) -> Option<Quantity<'t>> {
    let tables = FigureTables::get();
    let mut quantity = Quantity {
        start,
        end: number.end,
        number_start: start,
        measure: None,
        unit_words: None,
        hedge: Hedge::Exact,
        high: None,
        dimension: Dimension::Number,
        value: number.value,
        number,
    };
    if quantity.number.form == Form::Ordinal {
        // "28th Brigade" is a name; "the 28th" alone a date or a place in a row.
        let named = tokens.get(quantity.end).is_some_and(|next| next.is_capitalised() && next.spaced);
        quantity.dimension = Dimension::Ordinal;
        return (!named).then_some(quantity);
    }
    let before = tables.money_before.ending_before(text, tokens, start).filter(|&(_, length)| is_money_before(text, tokens, start, length));
    if let Some((measure, length)) = before {
        quantity.start = start - length;
        quantity.measure = Some(measure);
        quantity.unit_words = Some(span_of(tokens, quantity.start, start));
    }
    if !quantity.number.suffix.is_empty() {
        take_suffix(text, tokens, &mut quantity)?;
    }
    if quantity.measure.is_none() {
        take_unit(text, tokens, &mut quantity);
    } else if quantity.number.scaled || before.is_some() {
        // "$90 million US dollars", "£5 sterling"
        if let Some((Measure::Money(_), length)) = tables.words.starting_at(text, tokens, quantity.end).filter(|_| before.is_some()) {
            quantity.end += length;
        }
    }
    // A minus sign: nothing, or a blank, and a measure that can be below nought.
    if let Some(sign) = quantity.start.checked_sub(1).map(|sign| tokens[sign]) {
        let is_minus = matches!(sign.text(text), "-" | "−" | "–") && sign.spaced && !tokens[quantity.start].spaced;
        let is_word = sign.text(text).eq_ignore_ascii_case("minus") || sign.text(text).eq_ignore_ascii_case("negative");
        if is_minus || is_word {
            quantity.value = -quantity.value;
            quantity.number.value = -quantity.number.value;
            quantity.number_start = quantity.number_start.min(quantity.start - 1);
            quantity.start -= 1;
        }
    }
    quantity.dimension = match quantity.measure {
        Some(Measure::Unit(unit)) => unit.dimension,
        Some(Measure::Money(_) | Measure::Minor(_)) => Dimension::Money,
        None => Dimension::Number,
    };
    take_age(text, tokens, &mut quantity);
    let bare_word = quantity.number.form == Form::Words && quantity.measure.is_none() && quantity.number.value == Decimal::ONE;
    if bare_word && !one_is_counted(text, tokens, &quantity) {
        return None;
    }
    Some(quantity)
}

fn span_of(tokens: &[Token], start: usize, end: usize) -> Span {
    Span::new(tokens[start].span.start, tokens[end - 1].span.end)
}

/// Whether the currency of `length` tokens that ends before `start` really stands with the number.
fn is_money_before(text: &str, tokens: &[Token], start: usize, length: usize) -> bool {
    let last = tokens[start - 1];
    let is_symbol = last.kind == TokenKind::Mark && last.text(text) != ".";
    // A symbol touches its number or stands one blank off; a code always stands off, in capitals.
    let first = tokens[start - length];
    is_symbol
        || first.is_word()
            && (first.shape == Shape::Upper && length == 1 || first.text(text).starts_with("Rs") || tokens[start - 1].text(text).len() > 1)
}

/// Letters written onto the digits.
fn take_suffix(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) -> Option<()> {
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
    if suffix == "m" && (quantity.measure.is_some() || m_is_million(text, tokens, quantity)) {
        return scale(quantity, Decimal::from(1_000_000));
    }
    let found = tables
        .symbols
        .starting_with(suffix, text, tokens, quantity.end)
        .or_else(|| tables.attached.starting_with(suffix, text, tokens, quantity.end));
    if let Some((measure, more)) = found {
        let start = quantity.number.span.end;
        quantity.measure = Some(measure);
        quantity.end += more;
        quantity.unit_words = Some(Span::new(start, tokens[quantity.end - 1].span.end));
        return Some(());
    }
    let (measure, more) = tables.words.starting_with(suffix, text, tokens, quantity.end)?;
    let start = quantity.number.span.end;
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
    let Some(next) = tokens.get(quantity.end).filter(|next| next.is_word() && next.spaced) else { return false };
    let word = next.text(text);
    let money =
        FigureTables::get().words.starting_at(text, tokens, quantity.end).is_some_and(|(measure, _)| !matches!(measure, Measure::Unit(_)));
    money || word != "of" && context::is_plural(word) || context::plural_within(text, tokens, quantity.end, 3)
}

/// The unit or currency behind the number.
fn take_unit(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) {
    let tables = FigureTables::get();
    let at = quantity.end;
    let Some(next) = tokens.get(at) else { return };
    let digits = quantity.number.form != Form::Words;
    if digits {
        if !next.spaced {
            if let Some((measure, length)) =
                tables.attached.starting_at(text, tokens, at).or_else(|| tables.symbols.starting_at(text, tokens, at))
            {
                // Inch and foot marks are also quotation marks: only where a number in feet stands before.
                let is_quote = matches!(next.text(text), "\"" | "”" | "'" | "’" | "″" | "′" | "''");
                if !is_quote || is_height(text, tokens, at) {
                    return set_unit(tokens, quantity, measure, at, length);
                }
                return;
            }
        } else if let Some((measure, length)) = tables
            .symbols
            .starting_at(text, tokens, at)
            .filter(|_| !next.text(text).starts_with(['$', '£', '€', '"', '\'', '”', '’', '′', '″']))
        {
            let single_letter = length == 1 && next.text(text).len() == 1 && next.is_word();
            // "5 m", "5 g", "20 C": a lone letter only where nothing that could go on with it follows.
            let closed = tokens.get(at + 1).is_none_or(|after| after.kind == TokenKind::Mark || after.shape == Shape::Lower);
            if !single_letter || closed && !matches!(next.text(text), "K" | "L") {
                return set_unit(tokens, quantity, measure, at, length);
            }
        } else if next.is_mark(text, &['£', '€'])
            && tokens.get(at + 1).is_none_or(|after| after.kind != TokenKind::Number)
            && let Some((measure, length)) = tables.symbols.starting_at(text, tokens, at)
        {
            return set_unit(tokens, quantity, measure, at, length);
        }
    }
    // "45-day", "five-hour", "701 sq km"
    let hyphen = usize::from(
        !next.spaced && matches!(next.text(text), "-" | "‑") && tokens.get(at + 1).is_some_and(|word| !word.spaced && word.is_word()),
    );
    if hyphen == 0 && !next.spaced && quantity.number.suffix.is_empty() && next.is_word() {
        return;
    }
    let Some((measure, length)) = tables.words.starting_at(text, tokens, at + hyphen) else { return };
    let word = tokens[at + hyphen].text(text);
    let measure = match measure {
        Measure::Money(_) if is_pound(word) && is_mass(text, tokens, quantity, at + hyphen, hyphen == 1) => {
            tables.unit("pound").map_or(measure, Measure::Unit)
        }
        // "three times", "won two", "real": words that are units only beside digits or a scale.
        Measure::Money(_)
            if matches!(word.to_ascii_lowercase().as_str(), "won" | "real" | "lev" | "colon" | "dong" | "buck" | "rand" | "leu")
                && !quantity.number.scaled
                && !digits =>
        {
            return;
        }
        Measure::Money(_) if word.eq_ignore_ascii_case("won") && !quantity.number.scaled => return,
        Measure::Unit(unit) if word == "second" && !digits && unit.name == "second" && hyphen == 0 => return,
        other => other,
    };
    set_unit(tokens, quantity, measure, at + hyphen, length);
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
                && ["weigh", "lost", "heav", "gain", "lift", "mass"]
                    .iter()
                    .any(|stem| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
        })
    };
    hyphen || (quantity.start.saturating_sub(6)..(at + 5)).any(weighs) || tokens.get(at + 1).is_some_and(|of| of.text(text) == "of")
}

/// "70-year-old", "45 years old", "aged 45", and the age set off behind a name: "Jane Doe, 45,"
fn take_age(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) {
    let word = |index: usize| tokens.get(index).map(|token| token.text(text)).unwrap_or_default();
    if let Some(Measure::Unit(unit)) = quantity.measure {
        if unit.dimension == Dimension::Duration {
            let hyphen = usize::from(word(quantity.end) == "-");
            if matches!(word(quantity.end + hyphen), "old" | "olds") {
                quantity.end += hyphen + 1;
                quantity.dimension = Dimension::Age;
            } else if word(quantity.end) == "of" && word(quantity.end + 1) == "age" {
                quantity.end += 2;
                quantity.dimension = Dimension::Age;
            } else if quantity.start > 0 && word(quantity.start - 1).eq_ignore_ascii_case("aged") {
                quantity.dimension = Dimension::Age;
            }
        }
        return;
    }
    if quantity.measure.is_some() || quantity.number.scaled || quantity.value <= Decimal::ZERO || quantity.value > Decimal::from(120) {
        return;
    }
    let aged = quantity.start > 0 && matches!(word(quantity.start - 1), "aged" | "Aged" | "age");
    let set_off = quantity.number.plain
        && quantity.start > 1
        && word(quantity.start - 1) == ","
        && tokens[quantity.start - 2].is_capitalised()
        && (word(quantity.end) == "," || word(quantity.end) == ".")
        && tokens.get(quantity.end + 1).is_none_or(|next| next.spaced)
        && !tokens.get(quantity.end + 1).is_some_and(|next| next.kind == TokenKind::Number);
    if aged || set_off {
        quantity.dimension = Dimension::Age;
    }
}

/// "One person", but not "one of them", "no one", "one another".
fn one_is_counted(text: &str, tokens: &[Token], quantity: &Quantity<'_>) -> bool {
    let before = quantity.start.checked_sub(1).map(|before| tokens[before].text(text).to_ascii_lowercase()).unwrap_or_default();
    let pronoun_before =
        matches!(before.as_str(), "no" | "the" | "this" | "that" | "any" | "every" | "each" | "which" | "another" | "some");
    let after = tokens.get(quantity.end);
    let counted = after.is_some_and(|next| next.is_word() && next.shape == Shape::Lower && !context::is_function_word(next.text(text)));
    let alone = tokens.len() <= 2;
    let of_many = after.is_some_and(|next| matches!(next.text(text), "in" | "out"))
        && tokens
            .iter()
            .skip(quantity.end + 1)
            .take(2)
            .any(|token| token.kind == TokenKind::Number || FigureTables::get().number_word(token.text(text)).is_some());
    if of_many {
        return true;
    }
    !pronoun_before && (counted || alone) && after.is_none_or(|next| next.spaced || alone)
}

/// The figure that a quantity is, with its hedge and what it measures.
fn candidate(text: &str, reading: &BlockReading, sentence: &mut Sentence, mut quantity: Quantity<'_>) -> Option<FigureCandidate> {
    let tokens = &reading.tokens;
    let tables = FigureTables::get();
    let before = tables.hedges_before.ending_before(text, tokens, skip_article(text, tokens, quantity.start));
    let after = tables.hedges_after.starting_at(text, tokens, quantity.end);
    let tilde = quantity.start > 0 && matches!(tokens[quantity.start - 1].text(text), "~" | "≈");
    quantity.hedge = match (before, after) {
        (Some((hedge, _)), _) | (None, Some((hedge, _))) => hedge,
        (None, None) if tilde => Hedge::About,
        (None, None) => Hedge::Exact,
    };
    let of = context::counted(text, tokens, quantity.end, quantity.measure.is_some());
    if quantity.dimension == Dimension::Number {
        let fraction = quantity.number.form == Form::Fraction && quantity.value.abs() < Decimal::ONE;
        if fraction {
            quantity.dimension = Dimension::Ratio;
        } else if of.is_some_and(|of| of.plural || quantity.value == Decimal::ONE) {
            quantity.dimension = Dimension::Count;
        }
    }
    let convert = |written: Decimal| -> Option<Decimal> {
        match quantity.measure {
            Some(Measure::Unit(unit)) if quantity.dimension == Dimension::Age => {
                unit.to_canonical(written)?.checked_div(tables.unit("year")?.factor)
            }
            Some(Measure::Unit(unit)) => unit.to_canonical(written),
            Some(Measure::Minor(_)) => written.checked_div(Decimal::ONE_HUNDRED),
            Some(Measure::Money(_)) | None => Some(written),
        }
    };
    let unit = match quantity.measure {
        Some(Measure::Money(currency) | Measure::Minor(currency)) => Some(currency.code),
        Some(Measure::Unit(unit)) if unit.name == "degree" => None,
        _ => quantity.dimension.canonical_unit(),
    };
    let high = match quantity.high {
        Some(high) => Some(convert(high)?),
        None => None,
    };
    let span = span_of(tokens, quantity.start, quantity.end);
    let context = context::of(text, reading, sentence, quantity.start..quantity.end, of);
    let number = Span::new(tokens[quantity.number_start].span.start.min(quantity.number.span.start), quantity.number.span.end);
    Some(FigureCandidate {
        span,
        figure: Figure {
            dimension: quantity.dimension,
            value: convert(quantity.value)?,
            high,
            unit,
            written: Written {
                value: quantity.value,
                unit: quantity.unit_words.map(|words| words.text(text).to_owned()),
                measure: if let Some(Measure::Unit(unit)) = quantity.measure { Some(unit) } else { None },
            },
            hedge: quantity.hedge,
            of: of.map(|of| of.span),
            number,
            context: Arc::new(context),
        },
    })
}

/// The token before `start`, when that is "a", "an" or "the", so that "nearly a third" is hedged.
fn skip_article(text: &str, tokens: &[Token], start: usize) -> usize {
    let article = start.checked_sub(1).filter(|&before| matches!(tokens[before].text(text), "a" | "an" | "the"));
    article.unwrap_or(start)
}
