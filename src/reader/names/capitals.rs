//! What the capitals of a block say: whether they say anything at all, and of what kind its words are with them.

use crate::gazetteer::{WordClass, may_have_class, token_class, word_class};
use crate::markup::BlockKind;
use crate::text::{Row, Shape, TokenKind};

/// Whether capitals say nothing in this block: all in capitals, or a headline with a capital on each longer word.
pub(super) fn is_title_case(kind: BlockKind, row: Row<'_, '_>) -> bool {
    let tokens = row.tokens;
    let (mut capital, mut lower, mut upper, mut words) = (0_usize, 0_usize, 0_usize, 0_usize);
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word && token.span.len() > 3) {
        words += 1;
        match token.shape {
            Shape::Lower => lower += 1,
            Shape::Capital => capital += 1,
            Shape::Upper => upper += 1,
            Shape::Other => {}
        }
    }
    let last = tokens.last().is_some_and(|token| token.is_mark(row.text, &['.', '!', '?', '"', '”']));
    if words >= 3 && upper * 10 >= words * 7 {
        return true;
    }
    let headline = matches!(kind, BlockKind::Headline | BlockKind::Heading) || !last && tokens.len() < 25;
    headline && words >= 4 && (capital + upper) * 4 >= words * 3 && lower <= 2 || headline && words >= 4 && lower == 0
}

/// The class of each token; empty for marks and numbers.
pub(super) fn word_classes(Row { text, tokens }: Row<'_, '_>, title_case: bool) -> Vec<WordClass> {
    let mut classes: Vec<WordClass> = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !may_have_class(*token) {
            classes.push(WordClass::NONE);
            continue;
        }
        if token.shape == Shape::Lower {
            classes.push(token_class(*token, text));
            continue;
        }
        let word = token.text(text);
        folded.clear();
        if word.is_ascii() {
            folded.push_str(word);
            folded.make_ascii_lowercase();
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
        let class = word_class(&folded);
        // "HMS Solheim" is a ship and "Ms Solheim" nobody's ship, where capitals tell; "MS Solheim" may be somebody's initials.
        let is_ship = token.shape == Shape::Upper
            && !title_case
            && (class.is(WordClass::SHIP_PREFIX)
                || class.is(WordClass::SHIP_INITIALS)
                    && at > 0
                    && (classes[at - 1].is(WordClass::SHIP) || matches!(tokens[at - 1].text(text), "the" | "The")));
        classes.push(if is_ship { WordClass::SHIP_PREFIX } else { class });
    }
    classes
}
