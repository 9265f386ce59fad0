//! What stands between quotation marks and is no quotation: titles of works, nicknames, words put at arm's length.

use super::cues::Clue;
use super::marks::Pair;
use super::quote_words::QUOTE_WORDS;
use crate::text::{Row, Shape, Token, TokenKind};

/// The longest title, in words.
const MAX_TITLE: usize = 12;

/// Whether a pair's words can be speech at all; a first look, without the words around but the nearest.
pub(super) fn is_speech(row: Row<'_, '_>, pair: Pair) -> bool {
    let (text, tokens) = (row.text, inside(row, pair));
    let words = tokens.iter().filter(|token| token.is_word()).count();
    if words == 0 {
        return tokens.iter().any(|token| token.kind == TokenKind::Number);
    }
    let open = row.token_at(pair.outer.start);
    let before = open.checked_sub(1).map(|at| row.tokens[at]);
    let behind = row.tokens.get(row.token_from(pair.outer.end)).copied();
    if words <= MAX_TITLE && before.is_some_and(|token| QUOTE_WORDS.naming.has(token.text(text))) {
        return false;
    }
    // "The so-called “experts”".
    let so_called = open.checked_sub(2).is_some_and(|at| row.piece(at) == "-" && row.piece(at + 1) == "called");
    if words <= MAX_TITLE && so_called {
        return false;
    }
    let capitals = tokens.iter().filter(|token| token.is_word()).all(|token| token.shape != Shape::Lower);
    let nickname = words <= 3 && capitals && before.is_some_and(Token::is_capitalised) && behind.is_some_and(Token::is_capitalised);
    !nickname
}

/// Whether it is somebody's words, now that a verb of speech was or wasn't found.
pub(super) fn may_stand_alone(text: &str, pair: Pair, clue: &Clue) -> bool {
    let inner = pair.inner.text(text);
    if inner.ends_with([',', '?', '!']) || clue.alone {
        return true;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_small = |word: &str| QUOTE_WORDS.in_title.has_in_any_case(word);
    let title = (2..=MAX_TITLE).contains(&words.len())
        && words.iter().all(|word| {
            let word = trimmed(word);
            word.is_empty() || is_small(&word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        })
        && words.iter().filter(|word| trimmed(word).starts_with(char::is_uppercase)).count() >= 2;
    // Posts and slogans are shouted: a title of a work is rarely written so, and nobody says it.
    let is_shouted = words.len() > 2 && clue.cue.is_some() && !inner.contains(char::is_lowercase);
    if title && !is_shouted {
        return false;
    }
    // One or two words with nobody in sight who said them.
    words.len() > 2 || clue.cue.is_some() || clue.after_quote
}

fn inside<'k>(row: Row<'_, 'k>, pair: Pair) -> &'k [Token] {
    let (start, end) = (row.token_at(pair.inner.start), row.token_from(pair.inner.end));
    &row.tokens[start.min(end)..end]
}
