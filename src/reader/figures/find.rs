//! Finds the figures of a block: numbers with the units, currencies and hedges beside them.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::age::take_age;
use super::compound::join_compounds;
use super::context::{self, Sentence, Setting};
use super::difference;
use super::digits::read_digits;
use super::figure_words::FIGURE_WORDS;
use super::join::{join_ranges, join_ratios, share_units};
use super::measure::{
    joined_code, letter_for_scale, money_before, one_unit, said_twice, scale_behind, span_of, take_millions, take_suffix, take_unit,
};
use super::number;
use super::row::{Form, Number, Seen};
use super::{Context, Dimension, Figure, FigureCandidate, FigureMention, Hedge, SCORE, Written};
use super::{rate, what};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, Measure};
use crate::text::{Row, Shape, Span, Token, TokenKind};

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
    /// How many of the currency the unit as written is: a million where it is "MSEK" or "USD million".
    pub(super) scale: Decimal,
    /// Whether the number is an article alone: "an hour".
    pub(super) article: bool,
}

/// The figures of a block, whose dates come with it: a date's number is no figure.
pub(in crate::reader) fn find(setting: &Setting<'_>) -> Vec<FigureCandidate> {
    let &Setting { row: Row { text, tokens }, dates, .. } = setting;
    let mut quantities: Vec<Quantity<'_>> = Vec::new();
    let mut spans = dates.iter().map(|date| date.span).peekable();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        if begins_none(text, token) {
            at += 1;
            continue;
        }
        while spans.peek().is_some_and(|date| date.end <= token.span.start) {
            spans.next();
        }
        if spans.peek().is_some_and(|date| date.contains(token.span.start)) {
            at += 1;
            continue;
        }
        let floor = quantities.last().map_or(0, |last| last.end);
        let seen = match joined_code(text, tokens, at) {
            Some((_, letters)) => read_digits(text, tokens, at, letters),
            None => number::read(text, tokens, at),
        };
        match seen {
            Seen::Nothing => {
                // "$5 an hour": a rate.
                let rate = at > 0 && floor == at;
                quantities.extend(one_unit(text, tokens, at).filter(|_| !rate));
                at += 1;
            }
            Seen::Code(after) => at = after.max(at + 1),
            Seen::Number(number) => {
                let start = if token.is_word() && tokens[at].span.end <= number.span.start { at + 1 } else { at };
                let after = number.end.max(at + 1);
                match quantity(text, tokens, floor, start, number) {
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
    share_units(text, tokens, &mut quantities);
    join_compounds(text, tokens, &mut quantities);
    join_ranges(text, tokens, &mut quantities);
    quantities.retain(|quantity| !quantity.article || stands_alone(text, tokens, quantity));
    let places: Vec<Place> = quantities
        .iter()
        .map(|Quantity { start, dimension, value, .. }| Place { start: *start, dimension: *dimension, value: *value })
        .collect();
    let mut company = Company { places: &places, sentence: Sentence::default(), here: 0..0, difference: None, kinds: FxHashMap::default() };
    let candidate = |(index, quantity)| candidate(setting, &mut company, index, quantity);
    quantities.into_iter().enumerate().filter_map(candidate).collect()
}

/// Whether no figure begins with a word, as with most words of a text: in lower case it is no currency's letters, and neither a number in
/// words nor an article before one or before a unit.
fn begins_none(text: &str, token: Token) -> bool {
    let is_article = || token.span.len() <= 2 && matches!(token.text(text), "a" | "an");
    token.kind == TokenKind::Word && token.shape == Shape::Lower && !is_article() && FigureTables::get().number_token(token, text).is_none()
}

/// A figure among those of a block.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its first token.
    start: usize,
    dimension: Dimension,
    value: Decimal,
}

/// The figures that stand in one sentence.
struct Company<'p> {
    /// All of the block.
    places: &'p [Place],
    /// The one looked at.
    sentence: Sentence,
    /// The indices of its figures.
    here: Range<usize>,
    /// Where the last figure ended, if that was a difference of temperatures.
    difference: Option<usize>,
    /// How many of each dimension they are.
    kinds: FxHashMap<Dimension, usize>,
}

impl Company<'_> {
    /// Turns to the sentence of the figure at `index`.
    fn turn_to(&mut self, setting: &Setting<'_>, index: usize) {
        if !self.sentence.turn_to(setting, self.places[index].start) {
            return;
        }
        let place_at = |token: usize| self.places.partition_point(|place| place.start < token);
        self.here = place_at(self.sentence.range.start)..place_at(self.sentence.range.end);
        self.sentence.share_among(self.here.len());
        self.kinds.clear();
        for place in &self.places[self.here.clone()] {
            *self.kinds.entry(place.dimension).or_default() += 1;
        }
    }

    /// How many other figures of the kind of the one at `index` stand in its sentence.
    fn of_kind(&self, index: usize) -> u8 {
        let count = self.kinds.get(&self.places[index].dimension).copied().unwrap_or_default();
        count.saturating_sub(1).min(u8::MAX.into()) as u8
    }

    /// The values of those around the one at `index`.
    fn values(&self, index: usize) -> Vec<Decimal> {
        let others = self.sentence.others(index, &self.here).filter(|&other| other != index);
        context::sorted(others.map(|other| self.places[other].value))
    }
}

/// The number that starts at token `start` with its unit; none for what is no figure.
fn quantity<'t>(text: &'t str, tokens: &[Token], floor: usize, start: usize, number: Number<'t>) -> Option<Quantity<'t>> {
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
        scale: Decimal::ONE,
        article: false,
        number,
    };
    if quantity.number.form == Form::Ordinal {
        // "28th Brigade" is a name; "the 28th" alone a date or a place in a row.
        let named = tokens.get(quantity.end).is_some_and(|next| next.is_capitalised() && next.spaced);
        quantity.dimension = Dimension::Ordinal;
        return (!named).then_some(quantity);
    }
    // "$-50.8bn"
    let sign = start.checked_sub(1).filter(|&sign| is_minus(tokens[sign].text(text)) && !tokens[sign].spaced && !tokens[start].spaced);
    let signed = sign.filter(|&sign| {
        money_before(text, tokens, sign).is_some_and(|(_, length)| length > 0 && sign - length >= floor)
            && sign.checked_sub(1).is_some_and(|symbol| tokens[symbol].kind == TokenKind::Mark)
    });
    let start = signed.unwrap_or(start);
    let before = money_before(text, tokens, start).filter(|&(_, length)| start - length >= floor);
    if signed.is_some() {
        quantity.value = -quantity.value;
        quantity.number.value = quantity.value;
        quantity.number_start = start;
    }
    if let Some((measure, length)) = before {
        quantity.start = start - length;
        quantity.measure = Some(measure);
        if length > 0 {
            quantity.unit_words = Some(span_of(tokens, quantity.start, start));
        } else {
            let code = tokens[start].span;
            quantity.unit_words = Some(Span::new(code.start, quantity.number.span.start));
        }
    }
    take_millions(text, tokens, floor, &mut quantity);
    if let Some((end, value)) = letter_for_scale(text, tokens, &quantity) {
        quantity.number.span.end = tokens[end - 1].span.end;
        (quantity.end, quantity.value, quantity.number.value, quantity.number.scaled) = (end, value, value, true);
    }
    if !quantity.number.suffix.is_empty() {
        take_suffix(text, tokens, &mut quantity)?;
    }
    if quantity.measure.is_none() {
        take_unit(text, tokens, floor, &mut quantity);
        scale_behind(text, tokens, &mut quantity);
    } else if before.is_some() {
        // "$90 million US dollars", "£5 sterling"
        quantity.end += said_twice(text, tokens, quantity.end);
    }
    // A minus sign: nothing, or a blank, and a measure that can be below nought.
    if let Some(sign) = quantity.start.checked_sub(1).map(|sign| tokens[sign]) {
        // "(-5C)": the bracket sets the sign off as a blank does.
        let bracket = quantity.start >= 2 && tokens[quantity.start - 2].is_mark(text, &['(', '[', '<', '>', '=', '≤', '≥']);
        let is_minus = is_minus(sign.text(text)) && (sign.spaced || bracket) && !tokens[quantity.start].spaced;
        // "Plus or minus 3 points" is so much either way.
        let row = Row { text, tokens };
        let plus = |behind: usize| quantity.start.checked_sub(behind).is_some_and(|at| row.is(at, &["plus"]));
        let either_way = quantity.start >= 3 && {
            let joint = tokens[quantity.start - 2].text(text);
            matches!(joint, "or" | "and" | "/") && plus(3) || joint == "-" && tokens[quantity.start - 3].text(text) == "or"
        };
        let is_word = !either_way && (sign.text(text).eq_ignore_ascii_case("minus") || sign.text(text).eq_ignore_ascii_case("negative"));
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

fn is_minus(mark: &str) -> bool {
    matches!(mark, "-" | "−" | "–" | "‑" | "‐" | "﹣" | "－")
}

/// Whether "an hour" tells how much: hedged, as the whole of a text, as so much of something, or as the time between two things.
fn stands_alone(text: &str, tokens: &[Token], quantity: &Quantity<'_>) -> bool {
    let whole = quantity.start == 0 && quantity.end == tokens.len();
    let hedged = FigureTables::get().hedges_before.ending_before(text, tokens, quantity.start).is_some();
    let substance = matches!(quantity.dimension, Dimension::Mass | Dimension::Volume)
        && tokens.get(quantity.end).is_some_and(|of| of.text(text) == "of");
    whole || hedged || substance || quantity.dimension == Dimension::Duration && lies_in_time(text, tokens, quantity)
}

/// Whether the words beside a span of time say how it lies: "a week after", "lasted a month". "For a minute" is a phrase.
fn lies_in_time(text: &str, tokens: &[Token], span: &Quantity<'_>) -> bool {
    let tables = TermTables::get();
    let cue_behind = tokens.get(span.end).and_then(|token| tables.cue_behind(tables.key(token.text(text))));
    let cue_before = span.start.checked_sub(1).and_then(|before| tables.cue_before(tables.key(tokens[before].text(text))));
    matches!(cue_behind, Some("later" | "earlier"))
        || cue_before == Some("length") && !matches!(span.measure, Some(Measure::Unit(unit)) if unit.name == "minute")
}

/// "One person", but not "one of them", "no one", "one another".
fn one_is_counted(text: &str, tokens: &[Token], quantity: &Quantity<'_>) -> bool {
    let pronoun_before =
        quantity.start.checked_sub(1).is_some_and(|before| FIGURE_WORDS.before_pronoun.has_in_any_case(tokens[before].text(text)));
    let after = tokens.get(quantity.end);
    let counted = after.is_some_and(|next| next.is_word() && next.shape == Shape::Lower && !context::is_function_word(next.text(text)));
    let alone = tokens.len() <= 2;
    let of_many = after.is_some_and(|next| matches!(next.text(text), "in" | "out"))
        && tokens
            .iter()
            .skip(quantity.end + 1)
            .take(2)
            .any(|token| token.kind == TokenKind::Number || FigureTables::get().number_word(token.text(text)).is_some());
    if of_many
        || quantity.start == 0 && after.is_some_and(|next| next.text(text) == "over") && ends_with_number(text, tokens, quantity.end + 1)
    {
        return true;
    }
    !pronoun_before && (counted || alone) && after.is_none_or(|next| next.spaced || alone)
}

/// Whether a number starts at `at` and is the last of the text, so that "one over three" is the whole of it and can't be a score.
fn ends_with_number(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(Seen::Number(number)) = tokens.get(at).map(|_| number::read(text, tokens, at)) else { return false };
    let rest = tokens.get(number.end..).unwrap_or_default();
    rest.is_empty() || matches!(rest, [mark] if mark.is_mark(text, &['.', ')']))
}

/// The figure that the quantity at `index` is, with its hedge and what it measures.
fn candidate(setting: &Setting<'_>, company: &mut Company<'_>, index: usize, mut quantity: Quantity<'_>) -> Option<FigureCandidate> {
    company.turn_to(setting, index);
    let Row { text, tokens } = setting.row;
    let tables = FigureTables::get();
    let before = tables.hedges_before.ending_before(text, tokens, skip_article(text, tokens, quantity.start));
    let after = tables.hedges_after.starting_at(text, tokens, quantity.end);
    let sub = quantity.start >= 2
        && tokens[quantity.start - 1].text(text) == "-"
        && !tokens[quantity.start - 1].spaced
        && setting.row.is(quantity.start - 2, &["sub"]);
    let tilde = quantity.start > 0 && matches!(tokens[quantity.start - 1].text(text), "~" | "≈");
    quantity.hedge = match (before, after) {
        (Some((hedge, _)), _) | (None, Some((hedge, _))) => hedge,
        (None, None) if sub => Hedge::LessThan,
        (None, None) if tilde => Hedge::About,
        (None, None) => Hedge::Exact,
    };
    let mut of = context::counted(text, tokens, quantity.end, quantity.measure.is_some());
    let bare = quantity.dimension == Dimension::Number && quantity.measure.is_none();
    if bare && !of.is_some_and(|of| of.plural) && quantity.number.form != Form::Fraction {
        of = context::counted_before(setting.row, &company.sentence.range, quantity.start).or(of);
    }
    if quantity.dimension == Dimension::Number && quantity.measure.is_none() {
        let fraction = quantity.number.form == Form::Fraction && quantity.value.abs() < Decimal::ONE;
        if fraction {
            quantity.dimension = Dimension::Ratio;
        } else if of.is_some_and(|of| of.plural || quantity.value == Decimal::ONE) {
            quantity.dimension = Dimension::Count;
        }
    }
    // What stands in brackets behind a difference is one, too: "risen by 2C (3.6F)".
    let of_bracket = quantity.start.checked_sub(1).is_some_and(|at| setting.row.is_mark(at, &['(']) && company.difference == Some(at));
    let is_difference =
        quantity.dimension == Dimension::Temperature && (of_bracket || difference::is_told(setting.row, quantity.start, quantity.end));
    company.difference = is_difference.then_some(quantity.end);
    let convert = |written: Decimal| -> Option<Decimal> {
        match quantity.measure {
            Some(Measure::Unit(unit)) if quantity.dimension == Dimension::Age => {
                unit.to_canonical(written)?.checked_div(tables.unit("year")?.factor)
            }
            Some(Measure::Unit(unit)) if unit.dimension == Dimension::Number => Some(written),
            Some(Measure::Unit(unit)) if is_difference => written.checked_mul(unit.factor),
            Some(Measure::Unit(unit)) => unit.to_canonical(written),
            Some(Measure::Minor(_)) => written.checked_div(Decimal::ONE_HUNDRED),
            Some(Measure::Money(_)) => written.checked_mul(quantity.scale),
            None => Some(written),
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
    let context = context::of(setting, &company.sentence, quantity.start..quantity.end, of);
    let per = rate::period(setting.row, &company.sentence.range, &(quantity.start..quantity.end));
    let (of_kind, values) = (company.of_kind(index), company.values(index));
    let head = if is_score(tokens, text, &quantity) { Some(SCORE.into()) } else { context.head };
    let context = Context { head, hedge: quantity.hedge, company: of_kind, values, ..context };
    // A minus sign belongs to the number, a currency's code written onto the digits doesn't.
    let first = tokens[quantity.number_start].span;
    let start =
        if first.contains(quantity.number.span.start) { quantity.number.span.start } else { first.start.min(quantity.number.span.start) };
    let number = Span::new(start, quantity.number.span.end);
    let figure = Figure {
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
        per,
        context: Arc::new(context),
        meant: None,
    };
    let of = of.map(|of| of.span).or_else(|| what::before(setting.row, &company.sentence.range, quantity.start));
    Some(FigureCandidate { span, figure: Arc::new(FigureMention { figure: figure.with_meant(), of, number }) })
}

/// Whether a bare number is one side of a score or a vote: "2-1", "251-174".
fn is_score(tokens: &[Token], text: &str, quantity: &Quantity<'_>) -> bool {
    let bare = quantity.measure.is_none() && quantity.high.is_none() && quantity.number.form == Form::Digits;
    let dash = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| !token.spaced && token.is_mark(text, &['-', '–']));
    let digits = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.kind == TokenKind::Number);
    let before = |steps: usize| quantity.start.checked_sub(steps);
    let behind = dash(Some(quantity.end)) && digits(Some(quantity.end + 1)) && !tokens[quantity.end + 1].spaced;
    bare && (behind || dash(before(1)) && digits(before(2)) && !tokens[quantity.start].spaced)
}

/// The token before `start`, when that is "a", "an" or "the", so that "nearly a third" is hedged.
fn skip_article(text: &str, tokens: &[Token], start: usize) -> usize {
    let article = start.checked_sub(1).filter(|&before| matches!(tokens[before].text(text), "a" | "an" | "the"));
    article.unwrap_or(start)
}
