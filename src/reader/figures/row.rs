//! What all that reads numbers shares: a number in a row of tokens, and what may stand beside it.

use rust_decimal::Decimal;

use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, NumberKind, NumberWord};
use crate::text::{Row, Span, Token, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Digits,
    Words,
    Ordinal,
    Fraction,
}

/// A number in a row of tokens.
#[derive(Clone, Debug)]
pub(super) struct Number<'t> {
    /// The first token behind it.
    pub(super) end: usize,
    /// Bytes of the block's text.
    pub(super) span: Span,
    pub(super) value: Decimal,
    pub(super) form: Form,
    /// Letters written onto the digits that are no scale: the `km` of `40km`.
    pub(super) suffix: &'t str,
    /// Whether a hundred, a million and the like is among its words.
    pub(super) scaled: bool,
    /// Plain digits without separator, sign, decimals or scale.
    pub(super) plain: bool,
}

impl<'t> Number<'t> {
    /// A number in words from token `start` up to `end`.
    pub(super) fn in_words(row: Row<'t, '_>, start: usize, end: usize, value: Decimal, form: Form, scaled: bool) -> Self {
        let span = Span::new(row.tokens[start].span.start, row.tokens[end - 1].span.end);
        Self { end, span, value, form, suffix: "", scaled, plain: false }
    }
}

/// What stands at a token that looks like a number's start.
#[derive(Debug)]
pub(super) enum Seen<'t> {
    Number(Number<'t>),
    /// A code, a version, a telephone number, a time, a number that can't be held: nothing up to this token is a figure.
    Code(usize),
    Nothing,
}

/// What number words ask of a row.
impl Row<'_, '_> {
    pub(super) fn number(self, at: usize) -> Option<NumberWord> {
        let word = self.tokens.get(at).filter(|token| token.is_word())?;
        FigureTables::get().number_token(*word, self.text)
    }

    /// One where a hyphen joins the word before `at` to the one behind it, else nought.
    pub(super) fn hyphen(self, at: usize) -> usize {
        let hyphen = self.tokens.get(at).is_some_and(|token| !token.spaced && matches!(token.text(self.text), "-" | "‑" | "—"));
        usize::from(hyphen && self.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.is_word()))
    }

    /// Whether the text ends at `at` or a mark stands there that closes a phrase.
    pub(super) fn closes(self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| {
            token.kind == TokenKind::Mark
                && (token.spaced || !matches!(token.text(self.text), "-" | "‑" | "%" | "°" | "/"))
                && !token.is_mark(self.text, &['$', '£', '€'])
        })
    }

    /// Whether a unit, or a number's scale, stands at `at`.
    pub(super) fn unit_or_scale(self, at: usize) -> bool {
        self.scale(at).is_some() || FigureTables::get().words.starting_at(self.text, self.tokens, at).is_some()
    }

    /// A scale word at `at`, perhaps behind a hyphen: the token behind it, its value, and whether no other may follow.
    pub(super) fn scale(self, at: usize) -> Option<(usize, Decimal, bool)> {
        let index = at + self.hyphen(at);
        let number = self.number(index)?;
        match number.kind {
            NumberKind::Scale | NumberKind::Hundred => Some((index + 1, number.value, false)),
            NumberKind::Dozen => Some((index + 1, number.value, true)),
            NumberKind::Plural => Some((index + 1, number.value, number.value < Decimal::ONE_HUNDRED)),
            _ => None,
        }
    }

    /// Whether what stands at `at` can follow a fraction with a singular name, so that "a third" is none in "a third man".
    pub(super) fn follows_fraction(self, at: usize) -> bool {
        let word = self.word(at);
        self.closes(at) || !word.is_empty() && (TermTables::get().is_plural(word) || self.unit_or_scale(at))
    }
}

pub(super) fn unspaced_mark(text: &str, tokens: &[Token], at: usize, mark: &str) -> bool {
    tokens.get(at).is_some_and(|token| !token.spaced && token.kind == TokenKind::Mark && token.text(text) == mark)
}

/// The token at `at` where it is a number written onto what is before it.
pub(super) fn unspaced_number<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<&'t str> {
    tokens.get(at).filter(|token| !token.spaced && token.kind == TokenKind::Number).map(|token| token.text(text))
}

/// Splits `90bn` into its digits and its letters.
pub(super) fn split_digits(word: &str) -> (&str, &str) {
    word.split_at(word.bytes().take_while(u8::is_ascii_digit).count())
}
