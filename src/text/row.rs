//! The tokens of a text in a row, as the grammars of all readers look at them: by index, and never out of bounds.

use super::{Span, Token, TokenKind, WordSet};

#[derive(Clone, Copy, Debug)]
pub struct Row<'t, 'k> {
    pub text: &'t str,
    pub tokens: &'k [Token],
}

impl<'t> Row<'t, '_> {
    /// What stands at `at`, be it a word or a mark; empty where nothing does.
    pub fn piece(self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// The word at `at`; empty where there is none.
    pub fn word(self, at: usize) -> &'t str {
        self.tokens.get(at).filter(|token| token.is_word()).map_or("", |token| token.text(self.text))
    }

    /// Whether one of these stands at `at`, in whatever case.
    pub fn is(self, at: usize, pieces: &[&str]) -> bool {
        let Some(token) = self.tokens.get(at) else { return pieces.contains(&"") };
        let length = token.span.len() as usize;
        // Hardly any is as long, and what isn't needn't be looked at.
        pieces.iter().any(|other| other.len() == length && token.text(self.text).eq_ignore_ascii_case(other))
    }

    /// Whether what stands at `at` is of a class, in whatever case.
    pub(crate) fn is_of(self, at: usize, class: &WordSet) -> bool {
        self.tokens.get(at).is_some_and(|token| class.has_token(*token, self.text))
    }

    pub fn is_mark(self, at: usize, marks: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(self.text, marks))
    }

    /// Whether what stands at `at` is written onto what is before it.
    pub fn is_joined(self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// Whether this mark stands at `at`, written onto what is before it.
    pub fn has_joined(self, at: usize, mark: &str) -> bool {
        self.is_joined(at) && self.piece(at) == mark
    }

    pub fn is_capitalised(self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    pub fn is_possessive(self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Possessive)
    }

    pub fn is_number(self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The index of the first token that ends after `offset`.
    pub fn token_at(self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }

    /// The index of the first token that starts at `offset` or behind it.
    pub fn token_from(self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < offset)
    }

    /// The bytes that a half-open range of tokens covers; none where it is empty.
    pub fn covered(self, tokens: Span) -> Span {
        if tokens.is_empty() { Span::default() } else { self.span(tokens.start as usize, tokens.end as usize) }
    }

    /// The bytes that the tokens from `start` up to `end` cover, of which there is at least one.
    pub fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.tokens[start].span.start, self.tokens[end - 1].span.end)
    }
}
