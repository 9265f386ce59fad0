//! Numbers in words: "two and a half million", "a hundred and twenty", "two-thirds", "twenty-first".

use rust_decimal::Decimal;

use super::number::{Form, Number, scale_at, unspaced_mark};
use crate::gazetteer::units::{FigureTables, NumberKind, NumberWord};
use crate::text::{Span, Token};

/// Reads a number in words from token `at`.
pub(super) fn read_words<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<Number<'t>> {
    let tables = FigureTables::get();
    let word_at = |index: usize| -> Option<&'t str> { tokens.get(index).filter(|token| token.is_word()).map(|token| token.text(text)) };
    let number_at = |index: usize| word_at(index).and_then(|word| tables.number_word(word));
    let is = |index: usize, word: &str| word_at(index).is_some_and(|other| other.eq_ignore_ascii_case(word));
    let first = word_at(at)?;
    if first.len() == 1 && !first.eq_ignore_ascii_case("a") || first.len() > 12 {
        return None;
    }
    let mut words = Words::default();
    let mut next = at;
    if first.eq_ignore_ascii_case("a") || first.eq_ignore_ascii_case("an") {
        return read_with_article(text, tokens, at);
    }
    if first.eq_ignore_ascii_case("half") {
        return read_half(text, tokens, at);
    }
    let start = number_at(at)?;
    if matches!(start.kind, NumberKind::Suffix | NumberKind::Fraction | NumberKind::Plural | NumberKind::Scale) {
        return None;
    }
    loop {
        let hyphen = usize::from(next > at && (unspaced_mark(text, tokens, next, "-") || unspaced_mark(text, tokens, next, "‑")));
        let index = next + hyphen;
        if hyphen == 1 && tokens.get(index).is_none_or(|token| token.spaced) {
            break;
        }
        if let Some(number) = number_at(index) {
            if let Some(fraction) = words.as_numerator(number) {
                let of = word_at(index + 1).is_some_and(|word| word.eq_ignore_ascii_case("of"));
                let plural = word_at(index).is_some_and(|word| {
                    word.ends_with(['s', 'S']) || word.eq_ignore_ascii_case("half") || word.eq_ignore_ascii_case("quarter")
                });
                // "One second", but "one third of".
                if plural || of || hyphen == 1 && words.value() == Some(Decimal::ONE) {
                    return Some(finish(text, tokens, at, index + 1, fraction, Form::Fraction, false));
                }
            }
            match words.take(number) {
                Taken::More => {
                    next = index + 1;
                    continue;
                }
                Taken::Ordinal(value) => {
                    return Some(finish(text, tokens, at, index + 1, value, Form::Ordinal, false));
                }
                Taken::No => break,
            }
        }
        // "two and a half million", "a hundred and twenty", "two million, three hundred thousand"
        if hyphen == 0 && next > at && is(next, "and") {
            if is(next + 1, "a") && is(next + 2, "half") && words.take_fraction(Decimal::new(5, 1)) {
                next += 3;
                continue;
            }
            if is(next + 1, "a") && is(next + 2, "quarter") && words.take_fraction(Decimal::new(25, 2)) {
                next += 3;
                continue;
            }
            if words.may_have_and()
                && number_at(next + 1).is_some_and(|number| matches!(number.kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten))
            {
                next += 1;
                continue;
            }
        }
        if hyphen == 0
            && next > at
            && words.may_have_and()
            && unspaced_mark(text, tokens, next, ",")
            && words.continues_with(number_at(next + 1), number_at(next + 2))
        {
            next += 1;
            continue;
        }
        if hyphen == 0
            && next > at
            && is(next, "point")
            && number_at(next + 1).is_some_and(|number| matches!(number.kind, NumberKind::Unit))
        {
            let mut place = Decimal::new(1, 1);
            next += 1;
            while let Some(number) = number_at(next).filter(|number| number.kind == NumberKind::Unit && number.value < Decimal::TEN) {
                words.take_fraction(number.value.checked_mul(place)?);
                place = place.checked_div(Decimal::TEN)?;
                next += 1;
            }
            continue;
        }
        break;
    }
    let scaled = words.scaled;
    let value = words.value()?;
    Some(finish(text, tokens, at, next, value, Form::Words, scaled))
}

/// "a hundred", "a million and a half", "a dozen", "a third of", "a quarter of a million"
fn read_with_article<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<Number<'t>> {
    let tables = FigureTables::get();
    let word = |index: usize| tokens.get(index).filter(|token| token.is_word()).map(|token| token.text(text));
    let number = tables.number_word(word(at + 1)?)?;
    let of = word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("of"));
    match number.kind {
        NumberKind::Hundred | NumberKind::Scale | NumberKind::Dozen if word(at + 1)?.len() > 3 => {
            let mut value = number.value;
            let mut end = at + 2;
            while let Some((after, scale, _)) = scale_at(text, tokens, end) {
                value = value.checked_mul(scale)?;
                end = after;
            }
            if word(end) == Some("and") && word(end + 1) == Some("a") && word(end + 2) == Some("half") {
                value = value.checked_mul(Decimal::new(15, 1))?;
                end += 3;
            } else if word(end) == Some("and") && word(end + 1).and_then(|word| tables.number_word(word)).is_some() {
                let more = read_words(text, tokens, end + 1)?;
                if more.form == Form::Words && more.value < number.value {
                    value = value.checked_add(more.value)?;
                    end = more.end;
                }
            }
            Some(finish(text, tokens, at + 1, end, value, Form::Words, true))
        }
        NumberKind::Fraction | NumberKind::Ordinal
            if of && number.value > Decimal::ONE && !word(at + 1)?.eq_ignore_ascii_case("second") =>
        {
            let value = Decimal::ONE.checked_div(number.value)?;
            // "a quarter of a million"
            if word(at + 3).is_some_and(|word| word == "a")
                && let Some((after, scale, _)) = scale_at(text, tokens, at + 4)
            {
                return Some(finish(text, tokens, at + 1, after, value.checked_mul(scale)?, Form::Words, true));
            }
            Some(finish(text, tokens, at + 1, at + 2, value, Form::Fraction, false))
        }
        NumberKind::Fraction if word(at + 1)?.eq_ignore_ascii_case("half") => read_half(text, tokens, at + 1),
        _ => None,
    }
}

/// "half a million", "half of", "half the", "half an hour", "half-million"
fn read_half<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<Number<'t>> {
    let half = Decimal::new(5, 1);
    let word = |index: usize| tokens.get(index).filter(|token| token.is_word()).map(|token| token.text(text));
    if let Some((after, scale, _)) = scale_at(text, tokens, at + 1) {
        return Some(finish(text, tokens, at, after, half.checked_mul(scale)?, Form::Words, true));
    }
    match word(at + 1)? {
        "a" | "an" => {
            if let Some((after, scale, _)) = scale_at(text, tokens, at + 2) {
                return Some(finish(text, tokens, at, after, half.checked_mul(scale)?, Form::Words, true));
            }
            // "half an hour": the article belongs to the number, so that the unit stands behind it.
            let (measure, _) = FigureTables::get().words.starting_at(text, tokens, at + 2)?;
            matches!(measure, crate::gazetteer::units::Measure::Unit(_))
                .then(|| finish(text, tokens, at, at + 2, half, Form::Fraction, false))
        }
        "of" | "the" | "its" | "their" | "his" | "her" | "all" => Some(finish(text, tokens, at, at + 1, half, Form::Fraction, false)),
        _ => None,
    }
}

fn finish<'t>(_text: &'t str, tokens: &[Token], start: usize, end: usize, value: Decimal, form: Form, scaled: bool) -> Number<'t> {
    let span = Span::new(tokens[start].span.start, tokens[end - 1].span.end);
    Number { end, span, value, form, suffix: "", scaled, plain: false }
}

/// Number words put together so far.
#[derive(Debug, Default)]
struct Words {
    total: Decimal,
    current: Decimal,
    /// The kind of the last word.
    last: Option<NumberKind>,
    last_scale: Option<Decimal>,
    scaled: bool,
}

enum Taken {
    More,
    Ordinal(Decimal),
    No,
}

impl Words {
    fn value(&self) -> Option<Decimal> {
        self.last?;
        self.total.checked_add(self.current)
    }

    fn may_have_and(&self) -> bool {
        matches!(self.last, Some(NumberKind::Hundred | NumberKind::Scale))
    }

    /// Whether "…, three hundred thousand" goes on with the same number: a scale below the last one.
    fn continues_with(&self, first: Option<NumberWord>, second: Option<NumberWord>) -> bool {
        let small = |number: NumberWord| matches!(number.kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten);
        self.last == Some(NumberKind::Scale)
            && first.is_some_and(small)
            && second.is_some_and(|number| {
                number.kind == NumberKind::Hundred
                    || self.last_scale.is_some_and(|last| number.kind == NumberKind::Scale && number.value < last)
            })
    }

    /// The value of the fraction that `number` makes with the words so far as its numerator.
    fn as_numerator(&self, number: NumberWord) -> Option<Decimal> {
        let small = self.total.is_zero() && matches!(self.last, Some(NumberKind::Unit)) && self.current < Decimal::from(20);
        let divides = matches!(number.kind, NumberKind::Fraction) || number.kind == NumberKind::Ordinal && number.value > Decimal::TWO;
        (small && divides).then(|| self.current.checked_div(number.value)).flatten()
    }

    fn take_fraction(&mut self, fraction: Decimal) -> bool {
        if self.last.is_none() {
            return false;
        }
        if self.last == Some(NumberKind::Scale) {
            let Some(part) = self.last_scale.and_then(|scale| scale.checked_mul(fraction)) else { return false };
            self.total += part;
        } else {
            self.current += fraction;
        }
        true
    }

    fn take(&mut self, number: NumberWord) -> Taken {
        let fits = |last: Option<NumberKind>| matches!(last, None | Some(NumberKind::Hundred | NumberKind::Scale));
        match number.kind {
            NumberKind::Unit if fits(self.last) || self.last == Some(NumberKind::Ten) && !number.value.is_zero() => {
                self.current += number.value;
            }
            NumberKind::Teen | NumberKind::Ten if fits(self.last) => self.current += number.value,
            NumberKind::Hundred if matches!(self.last, None | Some(NumberKind::Unit | NumberKind::Teen | NumberKind::Ten)) => {
                self.current = if self.last.is_none() { number.value } else { self.current * number.value };
                self.scaled = true;
            }
            NumberKind::Dozen if matches!(self.last, None | Some(NumberKind::Unit | NumberKind::Teen | NumberKind::Ten)) => {
                self.current = if self.last.is_none() { number.value } else { self.current * number.value };
            }
            NumberKind::Scale if self.last.is_some() && self.last != Some(NumberKind::Dozen) => {
                let grows = self.last_scale.is_some_and(|last| last <= number.value);
                let base = if grows { self.total + self.current } else { self.current };
                let Some(part) = base.checked_mul(number.value) else { return Taken::No };
                self.total = if grows { part } else { self.total + part };
                self.current = Decimal::ZERO;
                self.last_scale = Some(number.value);
                self.scaled = true;
            }
            NumberKind::Ordinal if fits(self.last) || self.last == Some(NumberKind::Ten) && number.value < Decimal::TEN => {
                return self
                    .total
                    .checked_add(self.current)
                    .and_then(|sum| sum.checked_add(number.value))
                    .map_or(Taken::No, Taken::Ordinal);
            }
            NumberKind::OrdinalScale if self.last.is_some() => {
                let base = self.total + self.current;
                return base.checked_mul(number.value).map_or(Taken::No, Taken::Ordinal);
            }
            _ => return Taken::No,
        }
        self.last = Some(number.kind);
        Taken::More
    }
}
