//! Numbers as written, in digits or in words, with their scale: `1,234.5`, `90bn`, `two and a half million`, `two-thirds`.

use super::digits::{read_digits, read_point};
use super::fractions::read_words;
use super::number_words;
use super::row::Seen;
use crate::text::{Row, Token, TokenKind};

/// Reads the number that starts at token `at`.
pub(super) fn read<'t>(text: &'t str, tokens: &[Token], at: usize) -> Seen<'t> {
    let token = tokens[at];
    match token.kind {
        TokenKind::Number => read_digits(text, tokens, at, 0),
        TokenKind::Word => {
            let row = Row { text, tokens };
            if !number_words::may_begin(row, at) {
                return Seen::Nothing;
            }
            let too_large = || number_words::too_large(row, at).map_or(Seen::Nothing, Seen::Code);
            read_words(row, at).map_or_else(too_large, Seen::Number)
        }
        TokenKind::Mark if token.text(text) == "." => read_point(text, tokens, at),
        TokenKind::Possessive | TokenKind::Mark => Seen::Nothing,
    }
}
