//! Ages: "70-year-old", "45 years old", "aged 45", "Jane Doe, 45,", "at 61, she".

use std::sync::Arc;

use rust_decimal::Decimal;

use super::figure_words::FIGURE_WORDS;
use super::find::Quantity;
use super::{Dimension, Figure, FigureMention};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::Measure;
use crate::text::{Row, Token, TokenKind};

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
    if aged || set_off || is_somebodys(Row { text, tokens }, quantity) {
        quantity.dimension = Dimension::Age;
    }
}

/// The least and the most that a bare number beside a pronoun is taken for an age.
const BARE_AGES: (i64, i64) = (5, 110);

/// "At 61, she", "who turned 61 in May", "at the age of 61", "She is 61."
fn is_somebodys(row: Row<'_, '_>, quantity: &Quantity<'_>) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    let before = |words: &[&str], back: usize| start.checked_sub(back).is_some_and(|at| row.is(at, words));
    let likely = (BARE_AGES.0.into()..=BARE_AGES.1.into()).contains(&quantity.value) && quantity.value.fract().is_zero();
    if !likely || row.unit_or_scale(end) {
        return false;
    }
    let comma = usize::from(row.piece(end) == ",");
    let at_age = before(&["at"], 1) && row.is(end + comma, &["he", "she"]) && !row.has_joined(end + comma + 1, "-");
    let turned = start.checked_sub(1).is_some_and(|at| row.is_of(at, &FIGURE_WORDS.turning_age))
        && (row.closes(end) || TermTables::get().is_function_word(row.word(end)));
    let age_of = before(&["of"], 1) && before(&["age", "ages"], 2);
    let is = before(&["is", "was"], 1) && before(&["he", "she"], 2) && row.closes(end) && !row.is_mark(end, &['-', '/', ':']);
    at_age || turned || age_of || is
}

/// Whether the words at the head of a table's column say that it holds ages.
pub(super) fn heads_ages(words: &str) -> bool {
    matches!(words.trim().trim_end_matches([':', '.']).to_lowercase().as_str(), "age" | "ages" | "aged" | "age (years)" | "age in years")
}

/// The same figure as an age, where it is a bare number that can be one.
pub(super) fn in_column(figure: &Arc<FigureMention>) -> Arc<FigureMention> {
    let bare = matches!(figure.dimension, Dimension::Number | Dimension::Count) && figure.written.measure.is_none();
    if !bare || figure.value <= Decimal::ZERO || figure.value > Decimal::from(BARE_AGES.1) {
        return figure.clone();
    }
    let FigureMention { figure, of, number } = &**figure;
    let age = Figure { dimension: Dimension::Age, unit: Dimension::Age.canonical_unit(), ..figure.clone() };
    Arc::new(FigureMention { figure: age.with_meant(), of: *of, number: *number })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::figures::tests::figures;
    use crate::reader::{MentionKind, read};

    #[test]
    fn ages_beside_a_pronoun() {
        let ages = |text: &str| figures(text).into_iter().filter(|figure| figure.contains(": age ")).count();
        for text in ["At 61, she ran again.", "He turned 40 on Sunday.", "She left at the age of 17.", "He is 52.", "At 16 he went to sea."]
        {
            assert_eq!(ages(text), 1, "{text}");
        }
        for text in ["At 61, Harbour Street, she fell.", "It turned 40 degrees.", "He is 2-0 up.", "At 61 she-goats a day.", "It is 52."] {
            assert_eq!(ages(text), 0, "{text}");
        }
    }

    #[test]
    fn a_column_of_ages_holds_ages() {
        let table = |head: &str| {
            let text = format!(
                "| Name | {head} | Boats |\n| --- | --- | --- |\n| Ines Haar | 61 | 12 |\n| Odd Kvam | 130 | 40 |\n\nShe has 61.\n"
            );
            let reading = read(&Document::parse(text.into(), Format::Markdown));
            let dimension = |kind: &MentionKind| if let MentionKind::Figure(figure) = kind { Some(figure.dimension.name()) } else { None };
            reading.mentions.iter().filter_map(|mention| dimension(&mention.kind)).collect::<Vec<_>>()
        };
        assert_eq!(table("Age"), ["age", "number", "number", "number", "number"]);
        assert_eq!(table("Points"), ["number"; 5]);
    }
}
