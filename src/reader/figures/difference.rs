//! Differences of temperature: "5C warmer", "risen by 2C", "warming of 1.5C". They are converted without the offset between two scales, and
//! are no level.

use rust_decimal::Decimal;

use super::Figure;
use super::figure_words::FIGURE_WORDS;
use crate::gazetteer::units::{Dimension, FigureTables, Unit};
use crate::text::{Row, TokenKind};

/// How far before a number "warming" may stand: "limit global warming to well below 2C".
const WARMING_WITHIN: usize = 6;
/// The most tokens of what is put in brackets behind a number, "5C (9 degrees Fahrenheit) warmer".
const BRACKET: usize = 6;

/// Whether the degrees at the tokens from `start` to `end` tell by how much and not how warm.
pub(super) fn is_told(row: Row<'_, '_>, start: usize, end: usize) -> bool {
    is_told_before(row, start) || is_told_behind(row, end)
}

fn is_told_before(row: Row<'_, '_>, start: usize) -> bool {
    let bound = |at: usize| row.is_of(at, &FIGURE_WORDS.bounding);
    let hedge = FigureTables::get().hedges_before.ending_before(row.text, row.tokens, start);
    // "Rose above 30C": to what, and not by how much.
    let before = start.saturating_sub(hedge.filter(|_| !start.checked_sub(1).is_some_and(bound)).map_or(0, |(_, length)| length));
    let article = before.checked_sub(1).is_some_and(|at| row.is(at, &["a", "an", "another", "further"]));
    let before = before.saturating_sub(usize::from(article));
    let Some(last) = before.checked_sub(1) else { return false };
    let of_change = row.is(last, &["of"]) && last.checked_sub(1).is_some_and(|at| row.is_of(at, &FIGURE_WORDS.changing));
    let window = start.saturating_sub(WARMING_WITHIN)..start;
    let of_warming = window
        .rev()
        .take_while(|&at| {
            row.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && !row.is(at, &["temperature", "temperatures"])
        })
        .any(|at| row.is(at, &["warming", "heating"]));
    row.is_of(last, &FIGURE_WORDS.changing) || row.is(last, &["by"]) || of_change || of_warming
}

fn is_told_behind(row: Row<'_, '_>, end: usize) -> bool {
    let closing = |from: usize| (from..from + BRACKET).find(|&at| row.is_mark(at, &[')']));
    let behind = match () {
        () if row.is_mark(end, &[')']) => end + 1,
        () if row.is_mark(end, &['(']) => closing(end).map_or(end, |at| at + 1),
        () => end,
    };
    let of_level = row.is(behind + 1, &["zero", "freezing", "nought"]);
    (row.is_of(behind, &FIGURE_WORDS.differing) || row.is_of(behind + row_hyphen(row, behind), &FIGURE_WORDS.change_noun)) && !of_level
}

fn row_hyphen(row: Row<'_, '_>, at: usize) -> usize {
    usize::from(row.has_joined(at, "-"))
}

impl Figure {
    /// A value of its dimension in another unit.
    pub fn in_unit(&self, value: Decimal, unit: &Unit) -> Option<Decimal> {
        if self.is_difference() { value.checked_div(unit.factor) } else { unit.of_canonical(value) }
    }

    /// Whether it is a difference of temperatures, in a unit whose scale has another nought.
    pub fn is_difference(&self) -> bool {
        let unit = self.written.measure.filter(|unit| unit.dimension == Dimension::Temperature && !unit.offset.is_zero());
        unit.is_some_and(|unit| self.written.value.checked_mul(unit.factor) == Some(self.value))
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::figures::tests::{figure_in, figures};
    use crate::reader::{Agreement, compare};

    #[test]
    fn differences_of_temperature_are_no_levels() {
        for text in [
            "It was 5C warmer than usual.",
            "Temperatures rose by 5C.",
            "A rise of about 5C was seen.",
            "It stayed 5C above normal.",
            "They limit global warming to well below 5C.",
            "A 5C rise is likely.",
            "It has warmed 5C.",
            "It was 5C (9F) colder.",
        ] {
            assert!(figure_in(text).is_difference(), "{text}");
        }
        for text in [
            "It was 5C at noon.",
            "Temperatures rose to 5C.",
            "Temperatures rose above 5C.",
            "It was 5C below zero.",
            "Warming themselves by the fire, they measured a temperature of 5C.",
        ] {
            assert!(!figure_in(text).is_difference(), "{text}");
        }
        assert_eq!(figures("It rose by 2C (3.6F)."), ["2C: temperature 2 K", "3.6F: temperature 2 K"]);
        let of = |one: &str, other: &str| compare(&figure_in(one), &figure_in(other));
        assert_eq!(of("It rose by 2C.", "It is 3.6 degrees Fahrenheit warmer."), Agreement::Agree);
        assert_eq!(of("It rose by 2C.", "It is 2C."), Agreement::Apart);
        assert_eq!(of("It rose by 2C.", "It fell by 3C."), Agreement::Differ);
    }
}
