//! Numbers as written, in digits or in words, with their scale: `1,234.5`, `90bn`, `two and a half million`, `two-thirds`.

use rust_decimal::Decimal;

use super::number_words::read_words;
use crate::gazetteer::units::{FigureTables, NumberKind};
use crate::text::{Span, Token, TokenKind};

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

/// What stands at a token that looks like a number's start.
#[derive(Debug)]
pub(super) enum Seen<'t> {
    Number(Number<'t>),
    /// A code, a version, a telephone number, a time: nothing up to this token is a figure.
    Code(usize),
    Nothing,
}

/// Reads the number that starts at token `at`.
pub(super) fn read<'t>(text: &'t str, tokens: &[Token], at: usize) -> Seen<'t> {
    let token = tokens[at];
    match token.kind {
        TokenKind::Number => read_digits(text, tokens, at),
        TokenKind::Word => read_words(text, tokens, at).map_or(Seen::Nothing, Seen::Number),
        TokenKind::Possessive | TokenKind::Mark => Seen::Nothing,
    }
}

pub(super) fn unspaced_mark(text: &str, tokens: &[Token], at: usize, mark: &str) -> bool {
    tokens.get(at).is_some_and(|token| !token.spaced && token.kind == TokenKind::Mark && token.text(text) == mark)
}

/// The token at `at` where it is a number written onto what is before it.
fn unspaced_number<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<&'t str> {
    tokens.get(at).filter(|token| !token.spaced && token.kind == TokenKind::Number).map(|token| token.text(text))
}

/// Splits `90bn` into its digits and its letters.
fn split_digits(word: &str) -> (&str, &str) {
    word.split_at(word.bytes().take_while(u8::is_ascii_digit).count())
}

fn is_group(word: &str) -> bool {
    split_digits(word).0.len() == 3
}

fn vulgar(c: char) -> Option<Decimal> {
    let (over, under) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(Decimal::from(over) / Decimal::from(under))
}

fn read_digits<'t>(text: &'t str, tokens: &[Token], at: usize) -> Seen<'t> {
    let token = tokens[at];
    if let Some(after) = is_code(text, tokens, at) {
        return Seen::Code(after);
    }
    let (first, mut suffix) = split_digits(token.text(text));
    if first.is_empty() {
        let mut letters = suffix.chars();
        return match letters.next().and_then(vulgar) {
            Some(value) => with_scale(
                text,
                tokens,
                Digits { start: at, end: at + 1, value, suffix: letters.as_str(), plain: false, form: Form::Fraction },
            ),
            None => Seen::Code(at + 1),
        };
    }
    if first.len() > 1 && first.starts_with('0') && !unspaced_mark(text, tokens, at + 1, ".") {
        return Seen::Code(skip_run(tokens, at));
    }
    let mut digits = String::from(first);
    let mut end = at + 1;
    let mut plain = suffix.is_empty();
    if suffix.is_empty() {
        match separated(text, tokens, at, &mut digits) {
            Some((after, rest)) => {
                plain = after == end;
                end = after;
                suffix = rest;
            }
            None => return Seen::Code(skip_joined(text, tokens, at)),
        }
    }
    let Ok(mut value) = digits.parse::<Decimal>() else { return Seen::Code(end) };
    let mut form = Form::Digits;
    // "5½", "5 1/2", "1/2"
    if let Some(fraction) = suffix.chars().next().and_then(vulgar) {
        value += fraction;
        suffix = &suffix[suffix.chars().next().map_or(0, char::len_utf8)..];
        plain = false;
    } else if suffix.is_empty() && unspaced_mark(text, tokens, end, "/") && plain {
        match simple_fraction(text, tokens, at) {
            Some((fraction, rest)) => {
                value = fraction;
                suffix = rest;
                end += 2;
                form = Form::Fraction;
                plain = false;
            }
            None => return Seen::Code(skip_joined(text, tokens, at)),
        }
    } else if suffix.is_empty() && plain && tokens.get(end).is_some_and(|next| next.spaced) {
        if let Some((fraction, rest)) = simple_fraction(text, tokens, end).filter(|(fraction, _)| *fraction < Decimal::ONE) {
            value += fraction;
            suffix = rest;
            end += 3;
            plain = false;
        } else if let Some(fraction) = tokens.get(end).and_then(|next| sole_vulgar(next.text(text))) {
            value += fraction;
            end += 1;
            plain = false;
        }
    }
    with_scale(text, tokens, Digits { start: at, end, value, suffix, plain, form })
}

fn sole_vulgar(word: &str) -> Option<Decimal> {
    let mut chars = word.chars();
    chars.next().and_then(vulgar).filter(|_| chars.next().is_none())
}

/// A number in digits before its scale has been looked for.
#[derive(Clone, Copy)]
struct Digits<'t> {
    start: usize,
    end: usize,
    value: Decimal,
    suffix: &'t str,
    plain: bool,
    form: Form,
}

fn with_scale<'t>(text: &'t str, tokens: &[Token], digits: Digits<'t>) -> Seen<'t> {
    let Digits { start, mut end, mut value, mut suffix, plain, mut form } = digits;
    let tables = FigureTables::get();
    let mut scaled = false;
    match suffix {
        "" => {}
        "st" | "nd" | "rd" | "th" if form == Form::Digits => {
            form = Form::Ordinal;
            suffix = "";
        }
        // `1990s`, and times of the day.
        "s" | "am" | "pm" | "a" | "p" | "AM" | "PM" if suffix.len() > 1 || plain_year(value) || suffix == "s" && value > Decimal::ONE => {
            return Seen::Code(end);
        }
        _ => {
            if let Some(word) = tables.number_word(suffix).filter(|word| matches!(word.kind, NumberKind::Scale | NumberKind::Suffix)) {
                // A lone m may be metres; that is for those to decide who know what stands around it.
                if suffix != "m" {
                    let Some(product) = value.checked_mul(word.value) else { return Seen::Code(end) };
                    value = product;
                    suffix = "";
                    scaled = true;
                }
            }
        }
    }
    if suffix.is_empty() && form != Form::Ordinal {
        while let Some(scale) = scale_at(text, tokens, end) {
            let Some(product) = value.checked_mul(scale.1) else { return Seen::Code(end) };
            value = product;
            end = scale.0;
            scaled = true;
            if scale.2 {
                break;
            }
        }
    }
    let last = tokens[end - 1].span;
    let span = Span::new(tokens[start].span.start, last.end - if scaled { 0 } else { suffix.len() as u32 });
    Seen::Number(Number { end, span, value, form, suffix, scaled, plain: plain && !scaled && suffix.is_empty() })
}

fn plain_year(value: Decimal) -> bool {
    value >= Decimal::from(1000) && value < Decimal::from(2200)
}

/// A scale word at `at`, perhaps behind a hyphen: the token behind it, its value, and whether no other may follow.
pub(super) fn scale_at(text: &str, tokens: &[Token], at: usize) -> Option<(usize, Decimal, bool)> {
    let hyphen = usize::from(unspaced_mark(text, tokens, at, "-"));
    let token = tokens.get(at + hyphen).filter(|token| token.is_word() && (hyphen == 0 || !token.spaced))?;
    let word = token.text(text);
    let number = FigureTables::get().number_word(word)?;
    let after = at + hyphen + 1;
    match number.kind {
        NumberKind::Scale => Some((after, number.value, false)),
        NumberKind::Hundred | NumberKind::Dozen => Some((after, number.value, number.kind == NumberKind::Dozen)),
        _ => None,
    }
}

/// Collects thousands groups and decimals behind the digits at `at` into `digits` (with a point for decimals). The token
/// behind, and letters written onto the last digits; none where the digits are no one number.
fn separated<'t>(text: &'t str, tokens: &[Token], at: usize, digits: &mut String) -> Option<(usize, &'t str)> {
    let mut end = at + 1;
    let mut rest = "";
    let mut grouped = "";
    if digits.len() <= 3 {
        for separator in [",", "."] {
            // Points group only where there are several: "1.000.000".
            let groups = count_groups(text, tokens, end, separator);
            if groups >= if separator == "," { 1 } else { 2 } {
                for _ in 0..groups {
                    let (group, letters) = split_digits(unspaced_number(text, tokens, end + 1)?);
                    digits.push_str(group);
                    rest = letters;
                    end += 2;
                }
                grouped = separator;
                break;
            }
        }
        if grouped.is_empty() {
            while rest.is_empty() && blank_group(text, tokens, end) {
                let (group, letters) = split_digits(tokens[end].text(text));
                digits.push_str(group);
                rest = letters;
                end += 1;
                grouped = " ";
            }
        }
    }
    if !rest.is_empty() {
        return Some((end, rest));
    }
    let point = if grouped == "." { "," } else { "." };
    if unspaced_mark(text, tokens, end, point)
        && let Some(decimals) = unspaced_number(text, tokens, end + 1)
    {
        let (decimals, letters) = split_digits(decimals);
        if decimals.is_empty() || decimals.len() > 12 {
            return None;
        }
        digits.push('.');
        digits.push_str(decimals);
        rest = letters;
        end += 2;
    }
    // A further separator with digits behind it: a version, an address, a European decimal that could be a list.
    let joined = [".", ",", ":"].into_iter().any(|mark| unspaced_mark(text, tokens, end, mark))
        && unspaced_number(text, tokens, end + 1).is_some()
        && rest.is_empty();
    (!joined).then_some((end, rest))
}

fn count_groups(text: &str, tokens: &[Token], at: usize, separator: &str) -> usize {
    let mut groups = 0;
    while unspaced_mark(text, tokens, at + 2 * groups, separator) {
        match unspaced_number(text, tokens, at + 2 * groups + 1) {
            Some(word) if is_group(word) => groups += 1,
            // "1,234,5": not in groups of three, so not grouped at all.
            Some(word) if separator == "," && !word.is_empty() => return groups,
            _ => break,
        }
        if unspaced_number(text, tokens, at + 2 * groups - 1).is_some_and(|word| word.len() > 3) {
            break;
        }
    }
    groups
}

/// Whether the token at `at` is a group of three digits set off by one blank: "25 000".
fn blank_group(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|before| tokens.get(before)), tokens.get(at)) else { return false };
    let gap = text.get(before.span.end as usize..token.span.start as usize).unwrap_or_default();
    let mut blanks = gap.chars();
    matches!(blanks.next(), Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
        && blanks.next().is_none()
        && token.kind == TokenKind::Number
        && token.text(text).len() == 3
        && is_group(token.text(text))
}

/// `1/2` and the like at `at`: the value, and letters written onto it.
fn simple_fraction<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<(Decimal, &'t str)> {
    let over = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?.text(text);
    if !unspaced_mark(text, tokens, at + 1, "/") || unspaced_mark(text, tokens, at + 3, "/") {
        return None;
    }
    let (under, letters) = split_digits(unspaced_number(text, tokens, at + 2)?);
    let (over, under): (i64, i64) = (over.parse().ok()?, under.parse().ok()?);
    let usual = matches!(under, 2..=10 | 12 | 16 | 32 | 64 | 100);
    (usual && over > 0 && over < 100).then(|| (Decimal::from(over) / Decimal::from(under), letters))
}

/// Whether the digits at `at` belong to a code; the token behind it.
fn is_code(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
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
        "+" => Some(skip_run(tokens, at)),
        "-" | "–" | "‑" => {
            // "COVID-19", "F-16"; but "1914-18" and "£3m-4m" are for others.
            let behind = at.checked_sub(2).map(|behind| tokens[behind]).filter(|_| !before.spaced)?;
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

/// "6.30am", "3 p.m.", "11 o'clock"
fn is_clock_time(text: &str, tokens: &[Token], at: usize) -> bool {
    let half_day = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "am" | "pm" | "o'clock" | "o’clock" | "gmt" | "hrs");
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
fn skip_joined(text: &str, tokens: &[Token], at: usize) -> usize {
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
fn skip_run(tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while tokens.get(end).is_some_and(|token| token.kind == TokenKind::Number)
        || tokens.get(end).is_some_and(|token| token.kind == TokenKind::Mark && !token.spaced)
            && tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number && !token.spaced)
    {
        end += 1;
    }
    end
}
