//! Words, numbers and marks of a block of prose, with their spans.

use super::{Glance, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits behind them or apostrophes within: `Kyiv`, `O’Brien`, `M109`.
    Word,
    /// Starts with a digit: `28`, `28th`, `90bn`. Separators and decimals are tokens of their own.
    Number,
    /// A possessive `'s` or a bare `'` after a plural; also the `'s` of "it's", which looks the same.
    Possessive,
    /// One mark: punctuation, a quotation mark, a dash, a currency sign.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Lower,
    /// `Kyiv`, `McDonald`
    Capital,
    /// `NATO`, `U`; one capital letter alone is this too.
    Upper,
    /// `iPhone`, or no letters that have a case.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the block's text.
    pub span: Span,
    pub kind: TokenKind,
    pub shape: Shape,
    /// Whether white space (or the block's start) stands before it.
    pub spaced: bool,
    /// What tables look at before they look it up.
    pub(crate) glance: Glance,
}

impl Token {
    pub fn text(self, text: &str) -> &str {
        self.span.text(text)
    }

    pub const fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word)
    }

    /// A word that starts with a capital letter.
    pub const fn is_capitalised(self) -> bool {
        matches!(self.kind, TokenKind::Word) && matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    pub fn is_mark(self, text: &str, marks: &[char]) -> bool {
        self.kind == TokenKind::Mark && self.text(text).starts_with(marks)
    }
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

const fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Splits `text` into tokens, in order; white space is none.
pub fn tokens(text: &str) -> Vec<Token> {
    tokens_by(text, |text, start, before| ascii_word(text, start).unwrap_or_else(|| piece(text, start, before)))
}

/// What stands between white space: the end of it, what it is, how it is written and what tables see of it.
type Piece = (usize, TokenKind, Shape, Glance);

/// Splits `text` by what finds the piece at an offset, behind the token that it is written onto.
fn tokens_by(text: &str, piece_at: impl Fn(&str, usize, Option<&Token>) -> Piece) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5 + 4);
    let mut at = 0;
    let mut spaced = true;
    while at < bytes.len() {
        if let Some(blank) = blank_at(text, at) {
            at += blank;
            spaced = true;
            continue;
        }
        let (end, kind, shape, glance) = piece_at(text, at, out.last().filter(|_| !spaced));
        out.push(Token { span: Span::of(at..end), kind, shape, spaced, glance });
        spaced = false;
        at = end;
    }
    out
}

/// The bytes of the blank at `at`.
fn blank_at(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes()[at] {
        b' ' | b'\t'..=b'\r' => Some(1),
        0..0x80 => None,
        _ => text[at..].chars().next().filter(|&c| is_blank(c)).map(char::len_utf8),
    }
}

/// The run of letters and digits at `start`, which most of what stands in a text is: all of it ASCII, and nothing behind it that may
/// belong to it. As [`piece`] has it, at a fraction of the price.
fn ascii_word(text: &str, start: usize) -> Option<Piece> {
    let bytes = text.as_bytes();
    let (mut end, mut seen, mut first) = (start, 0, 0);
    let mut glance = Glance::start();
    while let Some(&byte) = bytes.get(end) {
        let kind = KINDS[usize::from(byte)];
        if kind == NEITHER {
            break;
        }
        if seen & (LOWER | UPPER) == 0 {
            first = kind;
        }
        seen |= kind;
        glance = glance.and(byte);
        end += 1;
    }
    if end == start || bytes.get(end).is_some_and(|&next| next == b'\'' || !next.is_ascii()) {
        return None;
    }
    let kind = if bytes[start].is_ascii_digit() { TokenKind::Number } else { TokenKind::Word };
    let shape = match (first, seen & (LOWER | UPPER)) {
        (LOWER, LOWER) => Shape::Lower,
        (UPPER, UPPER) => Shape::Upper,
        (UPPER, _) => Shape::Capital,
        _ => Shape::Other,
    };
    Some((end, kind, shape, glance.ended()))
}

/// What each byte is, were it one of ASCII.
const KINDS: [u8; 256] = {
    let mut kinds = [NEITHER; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => NEITHER,
        };
        byte += 1;
    }
    kinds
};
const NEITHER: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;

/// Whatever stands at `start`; `before` is the token that it is written onto.
fn piece(text: &str, start: usize, before: Option<&Token>) -> Piece {
    let first = text[start..].chars().next().unwrap_or_default();
    let behind = start + first.len_utf8();
    let (kind, end) = if first.is_alphanumeric() {
        (if first.is_numeric() { TokenKind::Number } else { TokenKind::Word }, word_end(text, start))
    } else if is_apostrophe(first) && closes_possessive(text, start, before) {
        (TokenKind::Possessive, behind + usize::from(text[behind..].starts_with(['s', 'S'])))
    } else {
        (TokenKind::Mark, behind)
    };
    let piece = &text[start..end];
    (end, kind, shape(piece), Glance::of(piece))
}

/// The end of the run of letters and digits at `start`, apostrophes between letters included but not a possessive.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let Some(c) = text[at..].chars().next() else { return at };
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) || c == '\u{ad}' {
            at += c.len_utf8();
        } else if is_apostrophe(c) && at > start {
            let after = at + c.len_utf8();
            let rest = &text[after..];
            let letters = rest.chars().take_while(|c| c.is_alphanumeric()).count();
            let possessive = letters == 1 && rest.starts_with(['s', 'S']);
            let before_is_letter = text[start..at].chars().next_back().is_some_and(char::is_alphabetic);
            if letters == 0 || possessive || !before_is_letter || !rest.starts_with(char::is_alphabetic) {
                return at;
            }
            at = after;
        } else {
            return at;
        }
    }
}

/// Whether the apostrophe at `at` belongs to the word before it: `Putin's`, `the allies'`; not a closing quotation mark elsewhere.
fn closes_possessive(text: &str, at: usize, before: Option<&Token>) -> bool {
    let Some(before) = before.filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)) else {
        return false;
    };
    let mark = text[at..].chars().next().map_or(1, char::len_utf8);
    let mut rest = text[at + mark..].chars();
    match rest.next() {
        Some('s' | 'S') => !rest.next().is_some_and(char::is_alphanumeric),
        // "the allies' plan": a blank and a word must follow, and the word before must end in s.
        Some(' ') => {
            before.text(text).ends_with(['s', 'S']) && rest.next().is_some_and(char::is_alphanumeric) && !opens_single_quotation(text, at)
        }
        _ => false,
    }
}

/// Whether a single quotation mark stands open before `at`, close enough to be closed there.
fn opens_single_quotation(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(200);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut open = false;
    let mut before = ' ';
    for c in text[from..at].chars() {
        match c {
            '‘' => open = true,
            '\'' if before.is_whitespace() || matches!(before, '(' | '"' | '“' | '—') => open = true,
            '’' | '\'' if open && !before.is_alphabetic() => open = false,
            _ => {}
        }
        before = c;
    }
    open
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Other };
    if first.is_lowercase() {
        if word.bytes().any(|b| b.is_ascii_uppercase()) { Shape::Other } else { Shape::Lower }
    } else if first.is_uppercase() {
        if letters.any(char::is_lowercase) { Shape::Capital } else { Shape::Upper }
    } else {
        Shape::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn possessives_stand_apart_and_apostrophes_within_names_do_not() {
        assert_eq!(split("O’Brien’s and Putin's"), ["O’Brien", "’s", "and", "Putin", "'s"]);
        assert_eq!(split("the allies' plan, don't"), ["the", "allies", "'", "plan", ",", "don't"]);
    }

    #[test]
    fn numbers_keep_what_is_written_onto_them() {
        assert_eq!(split("€90bn, 19.3% in the 28th"), ["€", "90bn", ",", "19", ".", "3", "%", "in", "the", "28th"]);
    }

    #[test]
    fn a_closing_single_quotation_mark_is_no_possessive() {
        assert_eq!(split("‘the boys’ he said"), ["‘", "the", "boys", "’", "he", "said"]);
    }

    #[test]
    fn shapes() {
        let shapes: Vec<Shape> = tokens("Kyiv NATO iPhone war É 互").into_iter().map(|t| t.shape).collect();
        assert_eq!(shapes, [Shape::Capital, Shape::Upper, Shape::Other, Shape::Lower, Shape::Upper, Shape::Other]);
    }

    proptest::proptest! {
        #[test]
        fn words_in_ascii_are_read_as_all_others_are(text in "([a-cX-Z0-2]{0,3}['’s .,\\-é½\u{ad}\u{301}\u{200b}\n]{0,2}){0,12}") {
            proptest::prop_assert_eq!(tokens(&text), tokens_by(&text, piece));
        }

        #[test]
        fn tokens_are_ordered_and_cover_all_but_white_space(text in "\\PC{0,80}") {
            let mut at = 0;
            for token in tokens(&text) {
                let range = token.span.range();
                proptest::prop_assert!(range.start >= at && range.end > range.start);
                proptest::prop_assert!(text[at..range.start].chars().all(is_blank));
                at = range.end;
            }
            proptest::prop_assert!(text[at..].chars().all(is_blank));
        }
    }
}
