//! Numbers with a power: "1.3e6", "6.2x10^-4", "2.5^3".

use rust_decimal::Decimal;

use super::row::split_digits;
use crate::text::{Row, TokenKind};

/// `value` times a power of ten whose sign `suffix` is or starts: `e6`, `E+14`, `x10^6`; and the token behind, where `at` is the
/// token behind the letters.
pub(super) fn exponent(row: Row<'_, '_>, at: usize, value: Decimal, suffix: &str) -> Option<(Decimal, usize)> {
    if let Some(digits) = suffix.strip_prefix(['e', 'E']) {
        if digits.is_empty() {
            let (exponent, end) = signed(row, at).filter(|_| row.tokens.get(at).is_some_and(|sign| sign.kind == TokenKind::Mark))?;
            return Some((times_ten_to(value, exponent)?, end));
        }
        return Some((times_ten_to(value, small(digits)?)?, at));
    }
    let (exponent, end) = signed(row, at + 1).filter(|_| suffix == "x10" && mark(row, at, "^"))?;
    Some((times_ten_to(value, exponent)?, end))
}

/// `value` raised to the power at `at`, or times a power of ten there; and the token behind.
pub(super) fn power(row: Row<'_, '_>, at: usize, value: Decimal) -> Option<(Decimal, usize)> {
    if mark(row, at, "^") {
        let (exponent, end) = signed(row, at + 1)?;
        return Some((raise(value, exponent)?, end));
    }
    let ten = row.tokens.get(at + 1).is_some_and(|token| token.text(row.text) == "10");
    let times = row.tokens.get(at).is_some_and(|token| matches!(token.text(row.text), "×" | "x"));
    let caret = usize::from(mark(row, at + 2, "^"));
    if !times || !ten {
        return None;
    }
    // Without a caret only a minus sign tells that the digits were raised: "2.48×10−5".
    let (exponent, end) = signed(row, at + 2 + caret).filter(|(exponent, _)| caret == 1 || *exponent < 0)?;
    Some((times_ten_to(value, exponent)?, end))
}

fn mark(row: Row<'_, '_>, at: usize, mark: &str) -> bool {
    row.tokens.get(at).is_some_and(|token| !token.spaced && token.text(row.text) == mark)
}

/// A small whole number with an optional sign, all written together.
fn signed(row: Row<'_, '_>, at: usize) -> Option<(i32, usize)> {
    let negative = mark(row, at, "-") || mark(row, at, "−");
    let at = at + usize::from(negative || mark(row, at, "+"));
    let digits = row.tokens.get(at).filter(|token| !token.spaced && token.kind == TokenKind::Number)?;
    let value = small(digits.text(row.text))?;
    Some((if negative { value.checked_neg()? } else { value }, at + 1))
}

fn small(word: &str) -> Option<i32> {
    let (digits, letters) = split_digits(word);
    digits.parse().ok().filter(|value: &i32| letters.is_empty() && *value <= 28)
}

fn times_ten_to(value: Decimal, exponent: i32) -> Option<Decimal> {
    let power = raise(Decimal::TEN, exponent.abs())?;
    if exponent < 0 { value.checked_div(power) } else { value.checked_mul(power) }
}

fn raise(value: Decimal, exponent: i32) -> Option<Decimal> {
    let power = (0..exponent.abs()).try_fold(Decimal::ONE, |product, _| product.checked_mul(value))?;
    if exponent < 0 { Decimal::ONE.checked_div(power) } else { Some(power) }
}
