//! Numbers in digits, with their separators, decimals, fractions and scale.

use rust_decimal::Decimal;

use super::codes::{is_code, skip_joined, skip_run};
use super::fractions::and_part;
use super::number_words::{cardinal, decimals};
use super::powers::{exponent, power};
use super::row::{Form, Number, Seen, split_digits, unspaced_mark, unspaced_number};
use crate::gazetteer::is_ordinal_ending;
use crate::gazetteer::units::{FigureTables, NumberKind};
use crate::text::{Row, Span, Token, TokenKind};

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
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Decimal::from(over).checked_div(under.into())
}

/// A number in digits before its scale has been looked for.
#[derive(Clone, Copy)]
struct Digits<'t> {
    /// Byte of the block's text.
    start: u32,
    end: usize,
    value: Decimal,
    suffix: &'t str,
    plain: bool,
    form: Form,
}

/// Reads the number whose first digits stand in the token at `at`, behind `letters` bytes of a currency code.
pub(super) fn read_digits<'t>(text: &'t str, tokens: &[Token], at: usize, letters: usize) -> Seen<'t> {
    let token = tokens[at];
    if letters == 0
        && let Some(after) = is_code(text, tokens, at)
    {
        return Seen::Code(after);
    }
    let start = token.span.start + letters as u32;
    let (first, mut suffix) = split_digits(&token.text(text)[letters..]);
    if first.is_empty() {
        let mut letters = suffix.chars();
        return match letters.next().and_then(vulgar) {
            Some(value) => {
                with_scale(text, tokens, Digits { start, end: at + 1, value, suffix: letters.as_str(), plain: false, form: Form::Fraction })
            }
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
    let fraction = suffix.chars().next().and_then(vulgar);
    // "5½", "5 1/2", "1/2"
    if let Some(fraction) = fraction {
        value = value.checked_add(fraction).unwrap_or(value);
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
            None if is_rate(text, tokens, end) => {}
            None => return Seen::Code(skip_joined(text, tokens, at)),
        }
    } else if suffix.is_empty() && plain && tokens.get(end).is_some_and(|next| next.spaced) {
        if let Some((fraction, rest)) = simple_fraction(text, tokens, end).filter(|(fraction, _)| *fraction < Decimal::ONE) {
            value = value.checked_add(fraction).unwrap_or(value);
            suffix = rest;
            end += 3;
            plain = false;
        } else if let Some(fraction) = tokens.get(end).and_then(|next| sole_vulgar(next.text(text))) {
            value = value.checked_add(fraction).unwrap_or(value);
            end += 1;
            plain = false;
        } else if let Some((fraction, after)) = worded_decimals(text, tokens, end) {
            value = value.checked_add(fraction).unwrap_or(value);
            end = after;
            plain = false;
        }
    }
    with_scale(text, tokens, Digits { start, end, value, suffix, plain, form })
}

/// Whether the stroke at `at` leads on to a unit, "$50/month", and no further.
fn is_rate(text: &str, tokens: &[Token], at: usize) -> bool {
    let unit = FigureTables::get().words.starting_at(text, tokens, at + 1);
    unit.is_some_and(|(_, length)| tokens.get(at + 1 + length).is_none_or(|next| next.spaced || next.is_mark(text, &['.', ',', ';', ')'])))
}

/// ".25": decimals without a nought before the point at `at`.
pub(super) fn read_point<'t>(text: &'t str, tokens: &[Token], at: usize) -> Seen<'t> {
    let opens = tokens[at].spaced || at == 0 || matches!(tokens[at - 1].text(text), "(" | "$" | "£" | "€" | "-" | "−" | "~");
    let Some(number) = unspaced_number(text, tokens, at + 1).filter(|_| opens) else { return Seen::Nothing };
    let (digits, suffix) = split_digits(number);
    // "… .3.1" is a version.
    let goes_on = unspaced_mark(text, tokens, at + 2, ".") && unspaced_number(text, tokens, at + 3).is_some();
    match format!("0.{digits}").parse::<Decimal>() {
        Ok(value) if !digits.is_empty() && digits.len() <= 12 && !goes_on => {
            let start = tokens[at].span.start;
            with_scale(text, tokens, Digits { start, end: at + 2, value, suffix, plain: false, form: Form::Digits })
        }
        _ => Seen::Nothing,
    }
}

/// "3 point 5", "3 point five", behind the 3.
fn worded_decimals(text: &str, tokens: &[Token], at: usize) -> Option<(Decimal, usize)> {
    let row = Row { text, tokens };
    if !row.is(at, &["point"]) {
        return None;
    }
    let next = tokens.get(at + 1)?;
    if next.kind == TokenKind::Number {
        let digits = next.text(text);
        let value = format!("0.{digits}").parse().ok().filter(|_| digits.len() <= 6)?;
        return Some((value, at + 2));
    }
    decimals(row, at + 1)
}

fn sole_vulgar(word: &str) -> Option<Decimal> {
    let mut chars = word.chars();
    chars.next().and_then(vulgar).filter(|_| chars.next().is_none())
}

fn with_scale<'t>(text: &'t str, tokens: &[Token], digits: Digits<'t>) -> Seen<'t> {
    let Digits { start, mut end, mut value, mut suffix, plain, mut form } = digits;
    let tables = FigureTables::get();
    let row = Row { text, tokens };
    let mut scaled = false;
    match suffix {
        "" => {
            if let Some((raised, after)) = power(row, end, value) {
                (value, end, scaled) = (raised, after, true);
            }
        }
        _ if form == Form::Digits && !suffix.bytes().any(|b| b.is_ascii_uppercase()) && is_ordinal_ending(suffix) => {
            form = Form::Ordinal;
            suffix = "";
        }
        // `1990s`, and times of the day.
        "s" | "am" | "pm" | "a" | "p" | "AM" | "PM" if suffix.len() > 1 || plain_year(value) || suffix == "s" && value > Decimal::ONE => {
            return Seen::Code(end);
        }
        _ => {
            if let Some((product, after)) = exponent(row, end, value, suffix) {
                (value, end, suffix, scaled) = (product, after, "", true);
            } else if let Some(word) = tables.number_word(suffix).filter(|word| matches!(word.kind, NumberKind::Scale | NumberKind::Suffix))
                // A lone m may be metres; that is for those to decide who know what stands around it.
                && suffix != "m"
            {
                let Some(product) = value.checked_mul(word.value) else { return Seen::Code(end) };
                (value, suffix, scaled) = (product, "", true);
            }
        }
    }
    let bare = suffix.is_empty() && form != Form::Ordinal;
    if bare {
        let mut last = None;
        while let Some(scale) = row.scale(end) {
            let Some(product) = value.checked_mul(scale.1) else { return Seen::Code(end) };
            value = product;
            end = scale.0;
            scaled = true;
            last = Some(scale.1);
            if scale.2 {
                break;
            }
        }
        // "3 million and a half", "5 and a half", "3 hundred and 21", "4 crore 20 lakh"
        let more = last.and_then(|last| smaller_scale(row, end, value, last));
        if let Some((sum, after)) = more.or_else(|| and_part(row, end, value, last)) {
            scaled |= row.scale(after - 1).is_some();
            (value, end) = (sum, after);
        }
    }
    let last = tokens[end - 1].span;
    let span = Span::new(start, last.end - if scaled { 0 } else { suffix.len() as u32 });
    Seen::Number(Number { end, span, value, form, suffix, scaled, plain: plain && !scaled && suffix.is_empty() && end == digits.end })
}

/// What goes on with a number that ends before `at` with the scale `last`: hundreds with ones and tens, a scale with a smaller one.
fn smaller_scale(row: Row<'_, '_>, at: usize, value: Decimal, last: Decimal) -> Option<(Decimal, usize)> {
    let and = usize::from(row.is(at, &["and"]));
    let hundred = last == Decimal::ONE_HUNDRED;
    let next = row.tokens.get(at + and).filter(|next| next.spaced)?;
    if next.kind == TokenKind::Number {
        let number: Decimal = next.text(row.text).parse().ok().filter(|number: &Decimal| number.scale() == 0 && !number.is_zero())?;
        // "3 hundred and 2.5 hundred": the digits go on, so they are a number of their own.
        let goes_on = [".", ","].into_iter().any(|mark| unspaced_mark(row.text, row.tokens, at + and + 1, mark))
            && unspaced_number(row.text, row.tokens, at + and + 2).is_some();
        let ends = row.hyphen(at + and + 1) == 0 && row.closes(at + and + 1) && !goes_on;
        let closes = ends || !row.word(at + and + 1).is_empty();
        if hundred && number < last && closes && row.scale(at + and + 1).is_none() {
            return Some((value.checked_add(number)?, at + and + 1));
        }
        let (end, scale, _) = row.scale(at + 1).filter(|_| and == 0)?;
        let part = number.checked_mul(scale).filter(|part| scale < last && *part < last)?;
        let sum = value.checked_add(part)?;
        return Some(smaller_scale(row, end, sum, scale).unwrap_or((sum, end)));
    }
    let words = cardinal(row, at + and, row.tokens.len()).filter(|words| words.ordinal.is_none() && hundred && and == 1)?;
    let more = words.words.value().filter(|more| *more < last)?;
    Some((value.checked_add(more)?, words.end))
}

fn plain_year(value: Decimal) -> bool {
    value >= Decimal::from(1000) && value < Decimal::from(2200)
}

/// Collects thousands groups and decimals behind the digits at `at` into `digits` (with a point for decimals). The token
/// behind, and letters written onto the last digits; none where the digits are no one number.
fn separated<'t>(text: &'t str, tokens: &[Token], at: usize, digits: &mut String) -> Option<(usize, &'t str)> {
    let mut end = at + 1;
    let mut rest = "";
    let mut grouped = "";
    if digits.len() <= 3 {
        for separator in [",", "."] {
            // Points group only where there are several, or a decimal comma follows: "1.000.000", "1.234,56".
            let groups = count_groups(text, tokens, end, separator);
            let enough = if separator == "," {
                groups >= 1
            } else {
                groups >= 2 || groups == 1 && unspaced_mark(text, tokens, end + 2, ",") && short_number(text, tokens, end + 3).is_some()
            };
            if enough {
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
    let listed = unspaced_mark(text, tokens, end, ",") && short_number(text, tokens, end + 1).is_some();
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
    } else if listed && grouped.is_empty() {
        let goes_on = unspaced_mark(text, tokens, end + 2, ",") && short_number(text, tokens, end + 3).is_some();
        if goes_on || in_row(text, tokens, at) {
            // "22,24,26": numbers in a row.
            return Some((end, ""));
        }
        // "3,5": a decimal comma, for thousands come in threes.
        let (decimals, letters) = split_digits(unspaced_number(text, tokens, end + 1)?);
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

/// Whether the number at `at` is written onto a comma and a number before it, so that it is not the first of a row.
fn in_row(text: &str, tokens: &[Token], at: usize) -> bool {
    at >= 2 && !tokens[at].spaced && unspaced_mark(text, tokens, at - 1, ",") && tokens[at - 2].kind == TokenKind::Number
}

/// One or two digits written onto what is before.
fn short_number<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<&'t str> {
    unspaced_number(text, tokens, at).filter(|word| matches!(split_digits(word).0.len(), 1..=2))
}

/// How many groups of thousands follow: of three digits each, or as in "12,34,567", of two but for the last.
fn count_groups(text: &str, tokens: &[Token], at: usize, separator: &str) -> usize {
    let group = |index: usize| {
        unspaced_number(text, tokens, at + 2 * index + 1)
            .filter(|_| unspaced_mark(text, tokens, at + 2 * index, separator))
            .map(|word| (split_digits(word).0.len(), word.len()))
    };
    let mut groups = 0;
    while let Some((digits, length)) = group(groups) {
        let indian = separator == "," && digits == 2 && length == 2 && group(groups + 1).is_some_and(|(next, _)| matches!(next, 2..=3));
        if digits != 3 && !indian {
            // "1,234,5": not in groups of three, so not grouped at all.
            return if separator == "," && groups > 0 && !matches!(group(groups - 1), Some((3, 3))) { 0 } else { groups };
        }
        groups += 1;
        if length > 3 {
            break;
        }
    }
    // Pairs must end with a group of three.
    if groups > 0 && group(groups - 1).is_some_and(|(digits, _)| digits == 3) { groups } else { 0 }
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
        && split_digits(token.text(text)).0.len() == 3
}

/// `1/2` and the like at `at`: the value, and letters written onto it. "24/7", "4/4 time" and odds of "5/2" are no parts of one.
fn simple_fraction<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<(Decimal, &'t str)> {
    let over = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?.text(text);
    if !unspaced_mark(text, tokens, at + 1, "/") || unspaced_mark(text, tokens, at + 3, "/") {
        return None;
    }
    let (under, letters) = split_digits(unspaced_number(text, tokens, at + 2)?);
    let (over, under): (i64, i64) = (over.parse().ok()?, under.parse().ok()?);
    let usual = matches!(under, 2..=10 | 12 | 16 | 32 | 64 | 100)
        || over < under && under < 10_000 && tokens.get(at + 3).is_some_and(|next| next.text(text) == "of");
    let value = Decimal::from(over).checked_div(under.into()).filter(|_| usual && over > 0 && over < under)?;
    Some((value, letters))
}
