//! What looks like a number and is none: codes, versions, times of the day, telephone numbers.

use super::figure_words::FIGURE_WORDS;
use super::row::{split_digits, unspaced_mark, unspaced_number};
use crate::gazetteer::units::FigureTables;
use crate::text::{Token, TokenKind};

/// Whether the digits at `at` belong to a code; the token behind it.
pub(super) fn is_code(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens[at];
    // A time of the day: "10:30".
    if unspaced_mark(text, tokens, at + 1, ":") && unspaced_number(text, tokens, at + 2).is_some() {
        return Some(skip_joined(text, tokens, at));
    }
    if is_clock_time(text, tokens, at) {
        return Some(at + 1);
    }
    let before = at.checked_sub(1).map(|before| tokens[before]).filter(|_| !token.spaced)?;
    let mark = before.text(text);
    match mark {
        "#" | "_" | "@" | "=" | "/" | "\\" | "&" => Some(skip_joined(text, tokens, at)),
        "+" if is_signed(text, tokens, at) => None,
        "+" => Some(skip_run(tokens, at)),
        "-" | "–" | "‑" => {
            // "COVID-19", "F-16"; but "£3m-4m" and "6-foot-2" are for others.
            let behind = at.checked_sub(2).map(|behind| tokens[behind]).filter(|_| !before.spaced)?;
            if matches!(behind.text(text), "foot" | "feet" | "ft") {
                return None;
            }
            // "A sub-500 score": a ceiling.
            if behind.text(text).eq_ignore_ascii_case("sub") {
                return None;
            }
            if is_later_year(behind.text(text), token.text(text)) {
                return Some(at + 1);
            }
            (behind.kind == TokenKind::Word && FigureTables::get().number_word(behind.text(text)).is_none())
                .then(|| skip_joined(text, tokens, at))
        }
        "." => {
            let behind = at.checked_sub(2).map(|behind| tokens[behind]).filter(|_| !before.spaced)?;
            (behind.kind == TokenKind::Word).then(|| skip_joined(text, tokens, at))
        }
        _ => None,
    }
}

/// Whether a plus sign before the number at `at` says that it is above nought, "+0.2%", and opens no telephone number.
fn is_signed(text: &str, tokens: &[Token], at: usize) -> bool {
    let mut end = at + 1;
    if unspaced_mark(text, tokens, end, ".") && unspaced_number(text, tokens, end + 1).is_some() {
        end += 2;
    }
    unspaced_mark(text, tokens, end, "%") || FigureTables::get().words.starting_at(text, tokens, end).is_some()
}

/// Whether two digits behind a dash go on with the year before it: "1914-18", "the 2018-19 season".
fn is_later_year(year: &str, later: &str) -> bool {
    let is_year = year.len() == 4 && year.parse().is_ok_and(|year: u16| (1000..2200).contains(&year));
    is_year && later.len() == 2 && later.bytes().all(|digit| digit.is_ascii_digit()) && later > &year[2..]
}

/// "6.30am", "3 p.m.", "11 o'clock"
fn is_clock_time(text: &str, tokens: &[Token], at: usize) -> bool {
    let half_day = |word: &str| FIGURE_WORDS.clock.has_in_any_case(word);
    let mut after = at + 1;
    if unspaced_mark(text, tokens, after, ".")
        && unspaced_number(text, tokens, after + 1).is_some_and(|minutes| split_digits(minutes).0.len() == 2)
    {
        let (_, letters) = split_digits(unspaced_number(text, tokens, after + 1).unwrap_or_default());
        if half_day(letters) && letters.len() == 2 {
            return true;
        }
        after += 2;
    }
    let Some(next) = tokens.get(after).filter(|next| next.is_word() && next.text(text).len() <= 9) else { return false };
    let word = next.text(text);
    half_day(word) && word.len() != 3
        || matches!(word, "a" | "p" | "A" | "P")
            && unspaced_mark(text, tokens, after + 1, ".")
            && tokens.get(after + 2).is_some_and(|m| !m.spaced && matches!(m.text(text), "m" | "M"))
}

/// The token behind all that is written onto the one at `at`.
pub(super) fn skip_joined(text: &str, tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(token) = tokens.get(end).filter(|token| !token.spaced) {
        let joins = match token.kind {
            TokenKind::Number | TokenKind::Word => true,
            TokenKind::Possessive => false,
            TokenKind::Mark => {
                matches!(token.text(text), ":" | "." | "," | "/" | "-" | "_" | "–")
                    && tokens.get(end + 1).is_some_and(|next| !next.spaced && next.kind == TokenKind::Number)
            }
        };
        if !joins {
            break;
        }
        end += 1;
    }
    end
}

/// The token behind a run of numbers: a telephone number.
pub(super) fn skip_run(tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|token| token.kind == TokenKind::Number)
        || tokens.get(end).is_some_and(|token| token.kind == TokenKind::Mark && !token.spaced)
            && tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number && !token.spaced)
    {
        end += 1;
    }
    end
}
