//! Ages: "70-year-old", "45 years old", "aged 45", "Jane Doe, 45,".

use rust_decimal::Decimal;

use super::Dimension;
use super::find::Quantity;
use crate::gazetteer::units::Measure;
use crate::text::{Token, TokenKind};

/// "70-year-old", "45 years old", "aged 45", and the age set off behind a name: "Jane Doe, 45,"
pub(super) fn take_age(text: &str, tokens: &[Token], quantity: &mut Quantity<'_>) {
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
    if word(quantity.end) == "yo" {
        quantity.end += 1;
        quantity.dimension = Dimension::Age;
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
