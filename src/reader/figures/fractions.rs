//! Parts of a whole in words, alone and behind a number: "two-thirds", "half a million", "three and a quarter".

use rust_decimal::Decimal;

use super::figure_words::FIGURE_WORDS;
use super::number_words::{Cardinal, cardinal, is_plural_part};
use super::row::{Form, Number};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, NumberKind, NumberWord};
use crate::text::{Row, TokenKind};

/// Reads a number in words from token `at`.
pub(super) fn read_words<'t>(row: Row<'t, '_>, at: usize) -> Option<Number<'t>> {
    let first = row.word(at);
    let article = first.eq_ignore_ascii_case("a") || first.eq_ignore_ascii_case("an");
    let start = row.number(at + usize::from(article))?;
    if !article && matches!(start.kind, NumberKind::Suffix | NumberKind::Plural | NumberKind::Scale)
        || start.kind == NumberKind::Suffix
        || matches!(start.kind, NumberKind::Hundred | NumberKind::Dozen) && !article && at > 0 && is_vague(row, at - 1)
    {
        return None;
    }
    if let Some(part) = lone_part(row, at, article) {
        return Some(part.finish(row));
    }
    let limit = row.tokens.len();
    let number = cardinal(row, at, limit)?;
    if let Some(part) = counted_parts(row, at, &number) {
        return Some(part.finish(row));
    }
    let start = at + usize::from(article);
    if let Some((value, _)) = number.ordinal {
        return (!article).then(|| Number::in_words(row, start, number.end, value, Form::Ordinal, false));
    }
    let value = number.words.value()?;
    let scale = number.words.last_scale.filter(|_| number.words.last == Some(NumberKind::Scale));
    if let Some((value, end)) = and_part(row, number.end, value, scale) {
        return Some(Number::in_words(row, start, end, value, Form::Words, number.words.scaled || row.scale(end - 1).is_some()));
    }
    Some(Number::in_words(row, start, number.end, value, Form::Words, number.words.scaled))
}

/// "several hundred", "a few dozen": no number of its own.
fn is_vague(row: Row<'_, '_>, before: usize) -> bool {
    row.is_of(before, &FIGURE_WORDS.vague)
}

/// A part of a whole, before it is known whether a scale follows: "three quarters" of "three quarters of a million".
struct Part {
    start: usize,
    end: usize,
    value: Decimal,
}

impl Part {
    fn finish<'t>(self, row: Row<'t, '_>) -> Number<'t> {
        let scale = row.scale(self.end).or_else(|| {
            let of = usize::from(row.is(self.end, &["of"]));
            let article = row.is(self.end + of, &["a", "an"]);
            row.scale(self.end + of + 1).filter(|_| article)
        });
        if let Some((end, scale, _)) = scale
            && let Some(value) = self.value.checked_mul(scale)
        {
            return Number::in_words(row, self.start, end, value, Form::Words, true);
        }
        Number::in_words(row, self.start, self.end, self.value, Form::Fraction, false)
    }
}

/// "half", "a third", "a quarter", where what stands around says that no ordinal and no noun is meant.
fn lone_part(row: Row<'_, '_>, at: usize, article: bool) -> Option<Part> {
    let index = at + usize::from(article);
    let word = row.word(index);
    let (number, end) = part_word(row, index)?;
    let half = word.eq_ignore_ascii_case("half");
    if half && !article {
        return half_without_article(row, at);
    }
    if number.value <= Decimal::ONE || is_plural_part(word) {
        return None;
    }
    let part = |start: usize| Some(Part { start, end, value: Decimal::ONE.checked_div(number.value)? });
    let quarter = word.eq_ignore_ascii_case("quarter") || half;
    if quarter && (row.scale(end).is_some() || unit_behind(row, end)) {
        return part(index);
    }
    if !article {
        // "Fourth of July" is a day, "a second of silence" a time.
        let of_unit = row.is(end, &["of"]) && row.is(end + 1, &["a", "an"]) && row.unit_or_scale(end + 2);
        return (of_unit && number.value > Decimal::TWO).then(|| part(index)).flatten();
    }
    if word.eq_ignore_ascii_case("second") {
        return None;
    }
    let before = at.checked_sub(1);
    let hedged = before.is_some_and(|before| row.is_of(before, &FIGURE_WORDS.before_part));
    let compares = row.is_of(end, &FIGURE_WORDS.comparing);
    let stands = row.is(end, &["of"])
        || compares
        || row.follows_fraction(end) && (hedged || before.is_none() && row.closes(end))
        || says_again(row, at, end)
        // "So that a third remains", "leaving a third for the rest".
        || before.is_some_and(|before| row.is(before, &["that", "leaving", "leaves"]))
            && (row.is(end, &["remain", "remains"]) || row.closes(end) || row.is(end, &["for", "to", "of", "in"]));
    stands.then(|| part(index)).flatten()
}

/// Whether the part from `at` up to `end` only says once more what the numbers before it say: "28 of 56, or half,".
fn says_again(row: Row<'_, '_>, at: usize, end: usize) -> bool {
    use NumberKind::{Hundred, Scale, Teen, Ten, Unit};
    let Some(comma) = at.checked_sub(2).filter(|_| row.is(at - 1, &["or"])) else { return false };
    let counts = |token: usize| {
        row.tokens[token].kind == TokenKind::Number
            || row.number(token).is_some_and(|number| matches!(number.kind, Unit | Teen | Ten | Hundred | Scale))
    };
    row.tokens[comma].is_mark(row.text, &[',', '–', '—', '(']) && row.closes(end) && (comma.saturating_sub(SAID_BEFORE)..comma).any(counts)
}

/// How many words back the number stands at most that a part says once more.
const SAID_BEFORE: usize = 8;

/// A word that names a part, perhaps "twenty-first"; its number and the token behind it.
fn part_word(row: Row<'_, '_>, at: usize) -> Option<(NumberWord, usize)> {
    let number = row.number(at)?;
    match number.kind {
        NumberKind::Fraction | NumberKind::Ordinal | NumberKind::OrdinalScale => Some((number, at + 1)),
        NumberKind::Ten | NumberKind::Hundred | NumberKind::Scale if row.number(at + 1 + row.hyphen(at + 1)).is_some() => {
            let whole = cardinal(row, at, row.tokens.len())?;
            let (value, plural) = whole.ordinal?;
            (!plural).then_some((NumberWord { value, kind: NumberKind::Ordinal }, whole.end))
        }
        _ => None,
    }
}

/// "half a million", "half of", "half the", "half an hour", "half-litre", "more than half people"
fn half_without_article(row: Row<'_, '_>, at: usize) -> Option<Part> {
    let value = Decimal::new(5, 1);
    let end = at + 1;
    let hedged = at > 0 && row.is_of(at - 1, &FIGURE_WORDS.before_part);
    let article = row.is(end, &["a", "an"]);
    if article && unit_behind(row, end + 1) {
        // "half an hour": the article belongs to the number, so that the unit stands behind it.
        return Some(Part { start: at, end: end + 1, value });
    }
    // "The first half of the year" is no share of it.
    let one_of_two = at > 0
        && (row.is_of(at - 1, &FIGURE_WORDS.one_of_two)
            || row.word(at - 1).ends_with("ern")
            || row.number(at - 1).is_some_and(|number| number.kind == NumberKind::Ordinal));
    if one_of_two {
        return None;
    }
    // "Nearly half were", "about half that", but "just half a district", "half way", "half full".
    let stands_before = |word: &str| TermTables::get().is_plural(word) || !article && TermTables::get().is_function_word(word);
    let stands = row.scale(end).is_some()
        || article && row.scale(end + 1).is_some()
        || unit_behind(row, end + row.hyphen(end))
        || row.is_of(end, &FIGURE_WORDS.behind_half)
        || hedged && (row.closes(end) || stands_before(row.word(end)))
        || says_again(row, at, end);
    stands.then_some(Part { start: at, end, value })
}

/// Whether a unit of measure stands at `at`; a percentage is no such thing.
fn unit_behind(row: Row<'_, '_>, at: usize) -> bool {
    use crate::gazetteer::units::{Dimension, Measure};
    let found = FigureTables::get().words.starting_at(row.text, row.tokens, at);
    found.is_some_and(|(measure, _)| matches!(measure, Measure::Unit(unit) if unit.dimension != Dimension::Percent))
}

/// "two-thirds", "twenty-one fifths", "one eighth": a number of parts, the number being the one read at `at`.
fn counted_parts(row: Row<'_, '_>, at: usize, number: &Cardinal) -> Option<Part> {
    if number.words.too_large {
        return None;
    }
    // Where the word for the part is, how much it divides by, and the token behind.
    let (last, divisor, end) = if number.ordinal.is_some() {
        (number.end - 1, row.number(number.end - 1)?.value, number.end)
    } else {
        let index = number.end + part_joint(row, number.end);
        match row.number(index)?.kind {
            NumberKind::Ordinal | NumberKind::OrdinalScale | NumberKind::Fraction => (index, row.number(index)?.value, index + 1),
            _ => {
                let parts = cardinal(row, index, row.tokens.len())?;
                let (divisor, plural) = parts.ordinal?;
                let count = number.words.value()?;
                let fits = plural || count == Decimal::ONE && row.follows_fraction(parts.end);
                let value = count.checked_div(divisor)?;
                return fits.then_some(Part { start: at, end: parts.end, value });
            }
        }
    };
    let word = row.word(last);
    if divisor <= Decimal::ONE && number.ordinal.is_none_or(|(_, plural)| !plural)
        || word.eq_ignore_ascii_case("second")
        || word.eq_ignore_ascii_case("seconds")
    {
        return None;
    }
    let of_one =
        matches!(row.number(last)?.kind, NumberKind::Fraction) && divisor <= Decimal::from(4) && !word.eq_ignore_ascii_case("thirds");
    let plural = is_plural_part(word);
    // "Two million and three quarters", "two million and one half"
    let one_behind = |behind| of_one && row.closes(end) && whole(row, behind, last) == Some(Decimal::ONE);
    if let Some((behind, words)) = number.before_and
        && (plural || one_behind(behind))
    {
        let count = whole(row, behind, last)?;
        if count < divisor {
            let scale = words.last_scale.filter(|_| words.last == Some(NumberKind::Scale));
            let (value, end) = add_part(row, end, words.value()?, count.checked_div(divisor)?, scale)?;
            return Some(Part { start: at, end, value });
        }
    }
    // The longest divisor that leaves a whole number before it: "one hundred / thirty-fifths".
    let mut split = (last, divisor);
    if plural && !of_one {
        for start in at + 1..last {
            let joined = row.tokens[start].span.start == row.tokens[start - 1].span.end;
            let starts = row.number(start).is_some_and(|word| matches!(word.kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten));
            if joined || !starts || whole(row, at, start).is_none() {
                continue;
            }
            if let Some(Cardinal { ordinal: Some((value, true)), .. }) = cardinal(row, start, end) {
                split = (start, value);
                break;
            }
        }
    }
    let count = whole(row, at, split.0)?;
    let value = count.checked_div(split.1)?;
    let one = count == Decimal::ONE;
    let behind = row.is(end, &["of"]) || row.unit_or_scale(end);
    let joined = row.hyphen(number.end) == 1 && number.ordinal.is_none();
    let fits = if of_one {
        value < Decimal::ONE && (plural || one || behind)
    } else {
        plural || one && (behind || joined || row.follows_fraction(end) || TermTables::get().is_function_word(row.word(end)))
    };
    fits.then_some(Part { start: at, end, value })
}

/// A hyphen before a word for parts, also one set in blanks: "five - eighths".
fn part_joint(row: Row<'_, '_>, at: usize) -> usize {
    let spaced = row.tokens.get(at).is_some_and(|token| token.text(row.text) == "-")
        && row.number(at + 1).is_some_and(|number| {
            matches!(number.kind, NumberKind::Fraction) || number.kind == NumberKind::Ordinal && number.value > Decimal::TWO
        });
    row.hyphen(at).max(usize::from(spaced))
}

/// The whole number in words from `at` up to `end`, and nothing else.
fn whole(row: Row<'_, '_>, at: usize, end: usize) -> Option<Decimal> {
    let hyphen = usize::from(end > at + 1 && matches!(row.tokens[end - 1].text(row.text), "-" | "‑"));
    let number = cardinal(row, at, end)?;
    (number.end == end - hyphen && number.ordinal.is_none()).then(|| number.words.value()).flatten()
}

/// The part that "and" adds at `at` to `value`: "and a half", "-and-a-half", "and three quarters", "and a quarter million"; and the token behind.
/// Without a scale of its own it is a part of `scale`, if there is one.
pub(super) fn and_part(row: Row<'_, '_>, at: usize, value: Decimal, scale: Option<Decimal>) -> Option<(Decimal, usize)> {
    let and = at + row.hyphen(at);
    if !row.is(and, &["and"]) {
        return None;
    }
    let (part, end) = part_behind_and(row, and + 1 + row.hyphen(and + 1))?;
    add_part(row, end, value, part, scale)
}

/// `value` with a part that ends before `at`, which may have a scale of its own behind it; and the token behind.
fn add_part(row: Row<'_, '_>, at: usize, value: Decimal, part: Decimal, scale: Option<Decimal>) -> Option<(Decimal, usize)> {
    match row.scale(at) {
        Some((after, own, _)) if scale.is_some_and(|scale| own < scale) => Some((value.checked_add(part.checked_mul(own)?)?, after)),
        // "Two and a half million": the scale is for the whole.
        Some((after, own, _)) if scale.is_none() => Some((value.checked_add(part)?.checked_mul(own)?, after)),
        _ => Some((value.checked_add(part.checked_mul(scale.unwrap_or(Decimal::ONE))?)?, at)),
    }
}

fn part_behind_and(row: Row<'_, '_>, at: usize) -> Option<(Decimal, usize)> {
    let article = usize::from(row.is(at, &["a", "an"]));
    let index = at + article + if article == 1 { row.hyphen(at + 1) } else { 0 };
    let word = row.word(index);
    let small = word.eq_ignore_ascii_case("half") || word.eq_ignore_ascii_case("quarter");
    let (number, end) = part_word(row, index).map_or((None, index), |(number, end)| (Some(number), end));
    if let Some(number) = number {
        if word.eq_ignore_ascii_case("second") || is_plural_part(word) || number.value <= Decimal::ONE {
            return None;
        }
        let of_unit = row.is(end, &["of"]) && (unit_behind(row, end + 1) || row.is(end + 1, &["a", "an"]) && unit_behind(row, end + 2));
        let fits = if small {
            article == 1 || row.unit_or_scale(end) || of_unit || row.closes(end)
        } else {
            article == 1 && row.follows_fraction(end)
        };
        return fits.then(|| Some((Decimal::ONE.checked_div(number.value)?, end))).flatten();
    }
    let count = cardinal(row, at, row.tokens.len())?;
    if count.before_and.is_some() {
        return None;
    }
    let part = counted_parts(row, at, &count)?;
    (part.value < Decimal::ONE).then_some((part.value, part.end))
}
