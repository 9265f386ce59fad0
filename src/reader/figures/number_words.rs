//! Whole numbers in words, put together word by word: "two million, three hundred thousand", "a hundred and twenty", "twenty-first".

use rust_decimal::Decimal;

use super::row::unspaced_mark;
use crate::gazetteer::units::{NumberKind, NumberWord};
use crate::text::Row;

/// A number in words as far as it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cardinal {
    /// The first token behind it.
    pub(super) end: usize,
    /// The words before an ordinal at its end.
    pub(super) words: Words,
    /// Where "and" stands in it, the first token behind that and the words before.
    pub(super) before_and: Option<(usize, Words)>,
    /// The ordinal that the words make with the last one, and whether that is a plural, "fifths".
    pub(super) ordinal: Option<(Decimal, bool)>,
}

/// Whether a number in words may begin at `at`: what most words of a text are asked, and most answer with no.
pub(super) fn may_begin(row: Row<'_, '_>, at: usize) -> bool {
    row.number(at + usize::from(row.is(at, &["a", "an"]))).is_some()
}

/// Reads the number that starts at token `at`, an article counting as one, and ends before token `limit`.
pub(super) fn cardinal(row: Row<'_, '_>, at: usize, limit: usize) -> Option<Cardinal> {
    let limit = limit.min(row.tokens.len());
    let mut words = Words::default();
    let mut next = at;
    let mut before_and = None;
    let (mut behind_hundred, mut behind_scale) = (at, at);
    if row.is(at, &["a", "an"]) {
        if !matches!(row.number(at + 1)?.kind, NumberKind::Hundred | NumberKind::Scale | NumberKind::Dozen) {
            return None;
        }
        // Not "a k" or "a mn": a scale behind an article is written in full.
        if row.word(at + 1).len() < 4 {
            return None;
        }
        words.take(NumberWord { value: Decimal::ONE, kind: NumberKind::Unit });
        next += 1;
    }
    while next < limit {
        let joint = if next > at { joint(row, next, &words) } else { 0 };
        if let Some(number) = row.number(next + joint).filter(|_| next + joint < limit) {
            match words.take(number) {
                Taken::More => {
                    next += joint + 1;
                    match number.kind {
                        NumberKind::Hundred => behind_hundred = next,
                        NumberKind::Scale => behind_scale = next,
                        _ => {}
                    }
                    continue;
                }
                // "One hundred one hundred", "between one thousand and two thousand": two numbers.
                Taken::Another(NumberKind::Hundred) => return cardinal(row, at, behind_hundred),
                Taken::Another(_) => return cardinal(row, at, behind_scale),
                Taken::Ordinal(value) => {
                    let plural = is_plural_part(row.word(next + joint));
                    return Some(Cardinal { end: next + joint + 1, words, before_and, ordinal: Some((value, plural)) });
                }
                Taken::No => break,
            }
        }
        if next == at {
            break;
        }
        if joint == 0 && words.may_have_and() {
            let small = |number: NumberWord| matches!(number.kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten);
            let and = row.is(next, &["and"]) || row.tokens[next].is_mark(row.text, &['&']);
            if and && next + 1 < limit && row.number(next + 1).is_some_and(small) {
                before_and = Some((next + 1, words));
                words.and = true;
                next += 1;
                continue;
            }
            if unspaced_mark(row.text, row.tokens, next, ",") && words.continues_with(row.number(next + 1), row.number(next + 2)) {
                next += 1;
                continue;
            }
        }
        if joint == 0
            && row.is(next, &["point"])
            && let Some((fraction, end)) = decimals(row, next + 1).filter(|(_, end)| *end <= limit)
        {
            words.add(fraction);
            next = end;
            if row.scale(next).is_some() {
                continue;
            }
        }
        break;
    }
    words.last?;
    Some(Cardinal { end: next, words, before_and, ordinal: None })
}

/// The token behind the number at `at` where it is too large to be held.
pub(super) fn too_large(row: Row<'_, '_>, at: usize) -> Option<usize> {
    cardinal(row, at, row.tokens.len()).filter(|number| number.words.too_large).map(|number| number.end)
}

/// How many tokens join the number word before `at` to the next one: a hyphen, also one set in blanks after "fifty".
fn joint(row: Row<'_, '_>, at: usize, words: &Words) -> usize {
    let hyphen = row.hyphen(at);
    let spaced = hyphen == 0
        && words.last == Some(NumberKind::Ten)
        && row.tokens.get(at).is_some_and(|token| matches!(token.text(row.text), "-" | "‑"))
        && row.number(at + 1).is_some_and(|number| matches!(number.kind, NumberKind::Unit) && !number.value.is_zero());
    hyphen.max(usize::from(spaced))
}

/// The decimals in words from `at` on, behind "point": "five", "seven one", "seventy-one"; and the token behind them.
pub(super) fn decimals(row: Row<'_, '_>, at: usize) -> Option<(Decimal, usize)> {
    let mut place = Decimal::new(1, 1);
    let mut sum = Decimal::ZERO;
    let mut next = at;
    while let Some(number) = row.number(next).filter(|number| number.kind == NumberKind::Unit && number.value < Decimal::TEN) {
        sum = sum.checked_add(number.value.checked_mul(place)?)?;
        place = place.checked_div(Decimal::TEN)?;
        next += 1;
    }
    if next == at {
        let tens = cardinal(row, at, at + 3).filter(|tens| tens.ordinal.is_none())?;
        let value = tens.words.value().filter(|value| *value < Decimal::ONE_HUNDRED)?;
        return Some((value.checked_div(Decimal::ONE_HUNDRED)?, tens.end));
    }
    Some((sum, next))
}

/// Whether a word names several parts: "fifths", "halves".
pub(super) fn is_plural_part(word: &str) -> bool {
    word.ends_with(['s', 'S'])
}

/// Number words put together so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    total: Decimal,
    current: Decimal,
    /// The kind of the last word.
    pub(super) last: Option<NumberKind>,
    pub(super) last_scale: Option<Decimal>,
    pub(super) scaled: bool,
    /// Whether "and" stands behind the last scale.
    and: bool,
    /// Whether it is more than can be held, and so no number.
    pub(super) too_large: bool,
}

pub(super) enum Taken {
    More,
    Ordinal(Decimal),
    /// The word belongs to another number, which began behind the last word of its kind.
    Another(NumberKind),
    No,
}

impl Words {
    pub(super) fn value(&self) -> Option<Decimal> {
        self.last.filter(|_| !self.too_large)?;
        self.total.checked_add(self.current)
    }

    fn add(&mut self, fraction: Decimal) {
        self.current = self.current.checked_add(fraction).unwrap_or(self.current);
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

    pub(super) fn take(&mut self, number: NumberWord) -> Taken {
        self.put(number).unwrap_or_else(|| {
            self.too_large = true;
            self.last = Some(number.kind);
            Taken::More
        })
    }

    /// None where that is too large.
    fn put(&mut self, number: NumberWord) -> Option<Taken> {
        let fits = |last: Option<NumberKind>| matches!(last, None | Some(NumberKind::Hundred | NumberKind::Scale));
        let small = matches!(self.last, Some(NumberKind::Unit | NumberKind::Teen | NumberKind::Ten));
        match number.kind {
            NumberKind::Unit if fits(self.last) || self.last == Some(NumberKind::Ten) && !number.value.is_zero() => {
                self.current = self.current.checked_add(number.value)?;
            }
            NumberKind::Teen | NumberKind::Ten if fits(self.last) => self.current = self.current.checked_add(number.value)?,
            NumberKind::Hundred if small && self.current >= Decimal::ONE_HUNDRED => return Some(Taken::Another(NumberKind::Hundred)),
            NumberKind::Hundred if self.last.is_none() || small => {
                self.current = if self.last.is_none() { number.value } else { self.current.checked_mul(number.value)? };
                self.scaled = true;
            }
            NumberKind::Dozen if self.last.is_none() => self.current = number.value,
            // Of "three hundred and two dozen" only the two are dozens.
            NumberKind::Dozen | NumberKind::Plural if small && number.value < Decimal::ONE_HUNDRED => {
                let rest = self.current.checked_rem(Decimal::ONE_HUNDRED)?;
                let more = rest.checked_mul(number.value.checked_sub(Decimal::ONE)?)?;
                self.current = self.current.checked_add(more)?;
                self.scaled |= number.kind == NumberKind::Plural;
            }
            NumberKind::Plural if number.value < Decimal::ONE_THOUSAND && (small || self.last == Some(NumberKind::Hundred)) => {
                self.current = self.current.checked_mul(number.value)?;
                self.scaled = true;
            }
            NumberKind::Scale | NumberKind::Plural if self.last.is_some() && self.last != Some(NumberKind::Dozen) => {
                let grows = self.last_scale.is_some_and(|last| last <= number.value);
                let again = self.last_scale == Some(number.value) || self.and;
                if grows && again && !self.current.is_zero() {
                    return Some(Taken::Another(NumberKind::Scale));
                }
                let base = if grows { self.value()? } else { self.current };
                let part = base.checked_mul(number.value)?;
                self.total = if grows { part } else { self.total.checked_add(part)? };
                self.current = Decimal::ZERO;
                self.last_scale = Some(number.value);
                self.scaled = true;
                self.and = false;
                self.last = Some(NumberKind::Scale);
                return Some(Taken::More);
            }
            NumberKind::Ordinal if fits(self.last) || self.last == Some(NumberKind::Ten) && number.value < Decimal::TEN => {
                return self.ordinal(number.value);
            }
            // "Twenty-fifths"; "halves" and "quarters" are parts of one alone.
            NumberKind::Fraction if self.last == Some(NumberKind::Ten) && number.value != Decimal::TWO && number.value < Decimal::TEN => {
                return self.ordinal(number.value);
            }
            NumberKind::OrdinalScale if self.last.is_some() => {
                return Some(Taken::Ordinal(self.value()?.checked_mul(number.value)?));
            }
            // "Her hundredth goal"
            NumberKind::OrdinalScale => return Some(Taken::Ordinal(number.value)),
            _ => return Some(Taken::No),
        }
        self.last = Some(number.kind);
        Some(Taken::More)
    }

    fn ordinal(&self, last: Decimal) -> Option<Taken> {
        Some(Taken::Ordinal(self.total.checked_add(self.current)?.checked_add(last)?))
    }
}
