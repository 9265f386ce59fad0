//! Writes a value the way another one is written: in words or digits, with its separators and its scale. What is written is read
//! back, and stands only where it reads to the value that was meant.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::figure_words::FIGURE_WORDS;
use super::number;
use super::row::{Form, Seen};
use super::{Agreement, Dimension, Figure, FigureCandidate, FigureMention, Hedge, compare};
use crate::document::Document;
use crate::gazetteer::is_ordinal_ending;
use crate::gazetteer::units::{FigureTables, NumberKind};
use crate::markup::Format;
use crate::reader::dates;
use crate::text::{Row, Span, sentences, tokens};

/// Up to this, what is written in words stays so.
const IN_WORDS: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
/// From so many on, a number before a scale, or a number without one, is no short way of writing it.
const LONG_BEFORE_SCALE: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
const LONG: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// Below this it is none either.
const SHORT: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
/// How many decimals are given at most.
const DECIMALS: u32 = 3;
/// How many bytes on either side of a figure are read again with it, where its sentence is longer.
const READ_AGAIN: usize = 300;

/// Words to stand in a place of a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewording {
    pub span: Span,
    pub words: String,
}

/// What makes the figure at `whole` of a block's text give the value of another one: in its own form where that is short, or else in the
/// other's words. None where neither reads to that value.
pub fn write_figure(text: &str, whole: Span, figure: &FigureMention, other: &Figure, words: &str) -> Option<Rewording> {
    let own_form = || {
        let (pattern, low) = (figure.number.text(text), in_unit_of(figure, other)?);
        let words = match (figure.high, other.high) {
            (None, None) if figure.dimension == Dimension::Ratio => write_share_like(pattern, other.value)?,
            (None, None) => write_like(pattern, low)?,
            (Some(_), Some(high)) => write_range_like(pattern, low, low.checked_mul(high)?.checked_div(other.value)?)?,
            _ => return None,
        };
        Some(Rewording { span: figure.number, words })
    };
    // A draft with "11" says nothing of how it has those below ten, nor one with "nine" of those above.
    let is_counted = |figure: &Figure| figure.written.measure.is_none() && figure.high.is_none() && is_plain_count(figure.dimension);
    // Nor is "2,600,000" how one that has "140,000" has "2.6 million".
    let crosses_million = split_scale(figure.number.text(text)).1.is_empty() && figure.value < MILLION && other.value >= MILLION;
    let crosses_ten = is_counted(figure) && is_counted(other) && (figure.value < Decimal::TEN) != (other.value < Decimal::TEN);
    // "Two years" is no "24 months", though that is as short.
    let (own_unit, their_unit) = (figure.written.measure, other.written.measure);
    let in_other_time = figure.dimension == Dimension::Duration && own_unit != their_unit;
    let keeps_hedge = other.hedge == Hedge::Exact || points_back(text, whole.start);
    let hedge = if keeps_hedge { figure.hedge } else { other.hedge };
    let in_words_of = || Some(Rewording { span: whole, words: cased_like(whole.text(text), words) });
    let hedged = |rewording: Rewording| hedged_as(text, whole, rewording, figure.hedge, hedge, other.hedge);
    let is_right = |rewording: &Rewording| {
        reads_as(text, whole, rewording, |read| {
            let exactly = read.value == other.value && read.high == other.high;
            // Rounded as far as the other is written, where the unit is another.
            let rounded = || read.unit == other.unit && read.high == other.high && compare(read, other) == Agreement::Agree;
            let is_value = exactly || read.written.measure != other.written.measure && rounded();
            is_value && read.dimension == other.dimension && read.unit == other.unit && read.hedge == hedge
        })
    };
    let is_single = !words.contains(' ') && read_number(words).is_some_and(|(value, _)| value == other.value);
    let candidates: [&dyn Fn() -> Option<Rewording>; 2] =
        if crosses_ten && is_single || crosses_million || in_other_time { [&in_words_of, &own_form] } else { [&own_form, &in_words_of] };
    let articled = |one: Rewording| {
        let is_share = (figure.dimension, other.dimension) == (Dimension::Ratio, Dimension::Ratio);
        with_article(text, if is_share { with_article_of_part(text, one) } else { one })
    };
    candidates.iter().find_map(|candidate| candidate().map(articled).and_then(hedged).filter(is_right))
}

/// The same for a value in the unit that the figure is written in, in its own form alone.
pub fn write_number(text: &str, whole: Span, figure: &FigureMention, value: Decimal) -> Option<Rewording> {
    let words = write_like(figure.number.text(text), value)?;
    let rewording = with_article(text, Rewording { span: figure.number, words });
    let is_right = reads_as(text, whole, &rewording, |read| {
        let same = (read.dimension, read.unit, read.hedge, read.high) == (figure.dimension, figure.unit, figure.hedge, figure.high);
        same && read.written.value == value && read.written.measure == figure.written.measure
    });
    is_right.then_some(rewording)
}

/// Whether a block's text, reworded, has a figure there that is as wanted, and as many others as before.
fn reads_as(text: &str, whole: Span, rewording: &Rewording, is_wanted: impl Fn(&Figure) -> bool) -> bool {
    let span = rewording.span.join(whole);
    let window = window(text, span);
    let reworded = [
        &text[window.start as usize..rewording.span.start as usize],
        &rewording.words,
        &text[rewording.span.end as usize..window.end as usize],
    ]
    .concat();
    let (Some(before), Some(after)) = (figures_of(window.text(text)), figures_of(&reworded)) else { return false };
    let start = rewording.span.start - window.start;
    let end = start + rewording.words.len() as u32;
    let found = after.iter().find(|candidate| candidate.span.start < end && start < candidate.span.end);
    before.len() == after.len() && found.is_some_and(|candidate| is_wanted(&candidate.figure))
}

/// The figures of a text that is one block. Nothing else is read there: a draft may have hundreds of fixes, at each keystroke anew.
fn figures_of(text: &str) -> Option<Vec<FigureCandidate>> {
    let document = Document::parse(text.into(), Format::Plain);
    let [block] = document.blocks() else { return None };
    let tokens = tokens(&block.text);
    let row = Row { text: &block.text, tokens: &tokens };
    Some(super::find(&super::Setting::new(row, &sentences(&block.text, &tokens), &dates::find(row))))
}

/// The sentence around a span, or as much of it as it takes to read the span.
fn window(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text[..start].char_indices().rev().map(|(at, _)| at).take_while(|at| start - at <= READ_AGAIN).last().unwrap_or(start);
    let to = text[end..]
        .char_indices()
        .map(|(at, letter)| end + at + letter.len_utf8())
        .take_while(|at| at - end <= READ_AGAIN)
        .last()
        .unwrap_or(end);
    let around = &text[from..to];
    let tokens = tokens(around);
    let shifted = |sentence: &Span| {
        let (first, last) = (tokens.get(sentence.start as usize)?, tokens.get(sentence.end.checked_sub(1)? as usize)?);
        Some(Span::new(first.span.start, last.span.end).shifted(from as u32))
    };
    let sentence = sentences(around, &tokens).iter().filter_map(shifted).find(|sentence| sentence.covers(span));
    sentence.unwrap_or(Span::of(from..to))
}

fn is_plain_count(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Count | Dimension::Number)
}

/// Whether a figure is one told of before, which takes no hedge: "the €90bn". "Said that 90 boats" is no such thing.
fn points_back(text: &str, at: u32) -> bool {
    let word = text[..at as usize].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    FIGURE_WORDS.pointing_back.has_in_any_case(word)
}

/// Puts `wanted` before a rewording where the figure has no hedge; none where it has one that says more than the other's does.
fn hedged_as(text: &str, whole: Span, rewording: Rewording, own: Hedge, wanted: Hedge, other: Hedge) -> Option<Rewording> {
    if own == wanted {
        return (own == other || matches!(own, Hedge::Exact | Hedge::About)).then_some(rewording);
    }
    // "A 60-day halt" takes none.
    let joined =
        text[whole.end as usize..].starts_with('-') || whole.text(text).contains('-') || article_before(text, whole.start).is_some();
    (own == Hedge::Exact && !joined).then(|| {
        let (before, behind) = (Span::new(whole.start, rewording.span.start), Span::new(rewording.span.end, whole.end));
        let hedge = if whole.text(text).starts_with(char::is_uppercase) { capitalised(wanted.name()) } else { wanted.name().to_owned() };
        let lower = if before.is_empty() { uncapitalised(&rewording.words) } else { rewording.words };
        Rewording { span: whole, words: format!("{hedge} {}{lower}{}", before.text(text), behind.text(text)) }
    })
}

/// The article right before a place, with where it starts.
fn article_before(text: &str, at: u32) -> Option<(u32, &str)> {
    let before = text[..at as usize].strip_suffix(' ')?;
    let start = before.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    (word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an")).then_some((start as u32, word))
}

/// "A quarter of the budget" is "two-thirds of the budget", and the other way round.
fn with_article_of_part(text: &str, Rewording { span, words }: Rewording) -> Rewording {
    match article_before(text, span.start) {
        Some((start, _)) if !is_single_part(&words) => {
            let words = if text[start as usize..].starts_with('A') { capitalised(&words) } else { words };
            Rewording { span: Span::new(start, span.end), words }
        }
        None if is_single_part(&words) && !is_single_part(span.text(text)) => {
            let article = if sounds_like_vowel(&words) { "an" } else { "a" };
            let article = if span.text(text).starts_with(char::is_uppercase) { capitalised(article) } else { article.to_owned() };
            Rewording { span, words: format!("{article} {}", uncapitalised(&words)) }
        }
        _ => Rewording { span, words },
    }
}

/// "Quarter", "fifth", but not "half", which stands without an article as well.
fn is_single_part(words: &str) -> bool {
    let word = FigureTables::get().number_word(words);
    word.is_some_and(|word| matches!(word.kind, NumberKind::Fraction | NumberKind::Ordinal)) && !words.eq_ignore_ascii_case("half")
}

/// The words of a figure as they stand in a sentence that tells of it: "the third", "a quarter", "nine", and of "45-year-old" "45".
pub fn as_said(figure: &Figure, words: &str) -> String {
    match figure.dimension {
        Dimension::Ordinal => format!("the {words}"),
        Dimension::Ratio if is_single_part(words) => format!("{} {words}", if sounds_like_vowel(words) { "an" } else { "a" }),
        Dimension::Age => words.split("-year").next().unwrap_or(words).to_owned(),
        _ if is_lone_scale(words) => format!("a {}", uncapitalised(words)),
        _ => cased_like("", words),
    }
}

/// "Dozen", "hundred": an article goes before it, and is no part of the figure.
fn is_lone_scale(words: &str) -> bool {
    let word = FigureTables::get().number_word(words);
    word.is_some_and(|word| matches!(word.kind, NumberKind::Dozen | NumberKind::Hundred | NumberKind::Scale))
}

/// "An 11-point plan" is "a 12-point plan".
fn with_article(text: &str, rewording: Rewording) -> Rewording {
    let Rewording { span, words } = rewording;
    match article_before(text, span.start) {
        Some((start, article)) if sounds_like_vowel(span.text(text)) != sounds_like_vowel(&words) => {
            let right = if sounds_like_vowel(&words) { "an" } else { "a" };
            let right = if article.starts_with('A') { capitalised(right) } else { right.to_owned() };
            Rewording { span: Span::new(start, span.end), words: format!("{right} {words}") }
        }
        _ => Rewording { span, words },
    }
}

/// Whether a number is spoken with a vowel first: "eight", "80", "11th", "18,000".
fn sounds_like_vowel(number: &str) -> bool {
    let digits = number.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let lower = digits.to_lowercase();
    first.starts_with('8') || (first == "11" || first == "18") || ["eight", "eleven"].iter().any(|word| lower.starts_with(word))
}

/// The value of `other` in the unit in which `figure` is written; in a unit of another system rounded as far as `other` is written, in
/// another one of the same only where it comes out even.
fn in_unit_of(figure: &Figure, other: &Figure) -> Option<Decimal> {
    let (own, theirs) = (figure.written.measure, other.written.measure);
    if own == theirs && (own.is_some() || figure.dimension != Dimension::Money) {
        return Some(other.written.value);
    }
    let Some(unit) = own else {
        // Cents and pence, and codes for millions.
        let scaled = figure.value != figure.written.value && !figure.value.is_zero();
        return if scaled { other.value.checked_mul(figure.written.value)?.checked_div(figure.value) } else { Some(other.value) };
    };
    let value = if figure.dimension == Dimension::Age {
        other.value.checked_mul(FigureTables::get().unit("year")?.factor)?.checked_div(unit.factor)?
    } else {
        figure.in_unit(other.value, unit)?
    };
    if theirs.is_some_and(|their| their.system != unit.system) {
        return value.round_sf(other.written.value.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len().clamp(2, 4) as u32);
    }
    let even = value.round_dp(DECIMALS);
    (value.checked_sub(even)?.abs() < Decimal::new(1, 6)).then_some(even)
}

/// `value` written as `pattern` is, which is a number alone, such as "95bn", "1,250" or "Nine". `value` is in the same unit
/// as the pattern's number; none where it has no short form with the pattern's scale.
pub fn write_like(pattern: &str, value: Decimal) -> Option<String> {
    let Pattern { head, scale_words, scale, form } = Pattern::of(pattern)?;
    if form == Form::Ordinal {
        return write_ordinal(pattern, value);
    }
    let mantissa = value.checked_div(scale)?.normalize();
    let scaled = scale > Decimal::ONE;
    let long = if scaled { LONG_BEFORE_SCALE } else { LONG.max(pattern_value(pattern)?) };
    let short = mantissa.is_zero() || mantissa >= SHORT || !scaled;
    if mantissa.is_sign_negative() || mantissa.scale() > DECIMALS || mantissa >= long || !short {
        return None;
    }
    if head.bytes().any(|b| b.is_ascii_digit()) {
        let whole = head.split('.').next().unwrap_or_default();
        let grouped = head.contains(',') || mantissa >= LONG_BEFORE_SCALE || whole.len() < 4;
        return Some(format!("{}{scale_words}", in_digits(mantissa, grouped, is_indian(head))));
    }
    let in_words = FigureTables::get().in_words(mantissa, false).filter(|_| mantissa <= IN_WORDS);
    let words = in_words.map_or_else(|| in_digits(mantissa, true, false), str::to_owned);
    Some(format!("{}{scale_words}", cased_like(head, &words)))
}

/// What stands between the ends of a range.
const JOINTS: [&str; 6] = [" to ", " and ", "-", "–", "—", "‑"];

/// The same for a range such as "10 to 12", "2m-€4m" or "two to four million", whose scale is for both ends.
fn write_range_like(pattern: &str, low: Decimal, high: Decimal) -> Option<String> {
    let (at, joint) = JOINTS.iter().find_map(|joint| Some((pattern.find(joint)?, joint)))?;
    let first = &pattern[..at];
    let second = pattern[at + joint.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let between = &pattern[at..pattern.len() - second.len()];
    let (_, scale) = split_scale(second);
    let first = if split_scale(first).1.is_empty() {
        write_like(&format!("{first}{scale}"), low)?.strip_suffix(scale)?.to_owned()
    } else {
        write_like(first, low)?
    };
    Some(format!("{first}{between}{}", write_like(second, high)?))
}

/// The largest whole of which parts are told in words.
const MOST_PARTS: i64 = 10;

/// A share as "two-thirds" and "half" are written, or as "one in five" and "3 out of 4".
fn write_share_like(pattern: &str, share: Decimal) -> Option<String> {
    let (parts, whole) = (2..=MOST_PARTS).find_map(|whole| {
        let parts = share.checked_mul(whole.into())?;
        let even = parts.round();
        let is_even = parts.checked_sub(even)?.abs() < Decimal::new(1, 9);
        (is_even && even >= Decimal::ONE && even < whole.into()).then_some((even, Decimal::from(whole)))
    })?;
    let (head, joint) =
        [" in ", " out of "].into_iter().find_map(|joint| Some((pattern.split_once(joint)?.0, joint))).unwrap_or((pattern, ""));
    if !joint.is_empty() {
        return Some(format!("{}{joint}{}", write_like(head, parts)?, uncapitalised(&write_like(head, whole)?)));
    }
    let tables = FigureTables::get();
    let part = match whole.to_u8()? {
        2 => "half",
        4 => "quarter",
        _ => tables.in_words(whole, true)?,
    };
    let words = if parts == Decimal::ONE { part.to_owned() } else { format!("{}-{part}s", tables.in_words(parts, false)?) };
    let last = pattern.rsplit([' ', '-']).next().unwrap_or_default();
    let is_in_words = last.eq_ignore_ascii_case("half") || is_single_part(last.strip_suffix('s').unwrap_or(last));
    is_in_words.then(|| cased_like(pattern, &words))
}

/// How a number is written.
struct Pattern<'p> {
    /// The number before its scale.
    head: &'p str,
    /// "bn", " lakh crore", with what stands before it.
    scale_words: &'p str,
    scale: Decimal,
    form: Form,
}

impl<'p> Pattern<'p> {
    /// None for a number that is not written in one of the plain ways.
    fn of(pattern: &'p str) -> Option<Self> {
        let (value, form) = read_number(pattern)?;
        if form == Form::Fraction {
            return None;
        }
        if form == Form::Ordinal || is_ordinal_in_digits(pattern) {
            return Some(Self { head: pattern, scale_words: "", scale: Decimal::ONE, form: Form::Ordinal });
        }
        let (head, scale_words) = split_scale(pattern);
        let own = if head.bytes().any(|b| b.is_ascii_digit()) { head.replace(',', "").parse().ok()? } else { read_number(head)?.0 };
        let scale = if scale_words.is_empty() { Decimal::ONE } else { value.checked_div(own)?.normalize() };
        // What is no power of ten is no scale: "5½".
        let mantissa = scale.mantissa().to_string();
        (own.checked_mul(scale)? == value && mantissa.starts_with('1') && mantissa[1..].bytes().all(|b| b == b'0') && scale >= Decimal::ONE)
            .then_some(Self { head, scale_words, scale, form })
    }
}

/// A number alone, and how it is written. "An hour": the article goes with the singular behind it, and is none.
fn read_number(words: &str) -> Option<(Decimal, Form)> {
    let tokens = tokens(words);
    if let [token] = &*tokens
        && is_ordinal_in_digits(token.text(words))
    {
        return Some((words[..words.len() - 2].replace(',', "").parse().ok()?, Form::Ordinal));
    }
    match number::read(words, &tokens, 0) {
        Seen::Number(number) if number.end == tokens.len() => {
            let scale = if number.suffix.is_empty() { Some(Decimal::ONE) } else { letter_scale(number.suffix) };
            Some((number.value.checked_mul(scale?)?, number.form))
        }
        _ => None,
    }
}

fn pattern_value(pattern: &str) -> Option<Decimal> {
    read_number(pattern).map(|(value, _)| value)
}

/// What letters on digits multiply by: "m", "bn".
fn letter_scale(letters: &str) -> Option<Decimal> {
    let word = FigureTables::get().number_word(letters)?;
    matches!(word.kind, NumberKind::Suffix | NumberKind::Scale).then_some(word.value)
}

/// "13th", "1,001st".
fn is_ordinal_in_digits(pattern: &str) -> bool {
    let digits = pattern.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &pattern[digits.len()..];
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b',');
    plain && is_ordinal_ending(suffix)
}

fn write_ordinal(pattern: &str, value: Decimal) -> Option<String> {
    let place: u64 = Some(value).filter(|value| value.fract().is_zero() && *value < LONG)?.to_u64()?;
    let has_digits = pattern.bytes().any(|b| b.is_ascii_digit());
    let word = FigureTables::get().in_words(value, true).filter(|_| !has_digits && value <= IN_WORDS);
    let words = word.map_or_else(|| format!("{}{}", in_digits(value, true, false), ordinal_suffix(place)), str::to_owned);
    Some(cased_like(pattern, &words))
}

fn ordinal_suffix(place: u64) -> &'static str {
    match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// Splits "95 billion" and "6 lakh crore" before the scale, the blank going with the scale.
fn split_scale(pattern: &str) -> (&str, &str) {
    if let Some(last) = pattern.rfind(|c: char| c.is_ascii_digit()) {
        return pattern.split_at(last + 1);
    }
    let is_scale = |word: &str| FigureTables::get().number_word(word).is_some_and(|word| matches!(word.kind, NumberKind::Scale));
    let mut at = pattern.len();
    while let Some(before) = pattern[..at].rfind([' ', '-']).filter(|before| is_scale(&pattern[before + 1..at])) {
        at = before;
    }
    pattern.split_at(at)
}

/// "1,00,000"
fn is_indian(head: &str) -> bool {
    head.split(',').rev().skip(1).any(|group| group.len() == 2) && head.matches(',').count() > 1
}

/// A value in digits, its thousands set off.
pub fn grouped(value: Decimal) -> String {
    in_digits(value, true, false)
}

fn in_digits(value: Decimal, grouped: bool, indian: bool) -> String {
    let digits = value.normalize().to_string();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, c) in whole.chars().enumerate() {
        let left = whole.len() - index;
        let parts = if indian { left == 3 || left > 3 && (left - 3).is_multiple_of(2) } else { left.is_multiple_of(3) };
        if grouped && index > 0 && parts {
            out.push(',');
        }
        out.push(c);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// `words` with a capital where `model` has one, and none that only a sentence's start gave them.
fn cased_like(model: &str, words: &str) -> String {
    let first = words.split([' ', '-']).next().unwrap_or_default();
    let is_number = FigureTables::get().number_word(first).is_some();
    if model.starts_with(char::is_uppercase) && words.starts_with(char::is_lowercase) && is_number {
        capitalised(words)
    } else if is_number && !model.starts_with(char::is_uppercase) {
        uncapitalised(words)
    } else {
        words.to_owned()
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn uncapitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_the_pattern_s_style() {
        let write = |pattern: &str, value: i64| write_like(pattern, Decimal::from(value));
        for (pattern, value, words) in [
            ("95bn", 90_000_000_000, "90bn"),
            ("95 billion", 1_500_000_000, "1.5 billion"),
            ("nine", 8, "eight"),
            ("Nine", 8, "Eight"),
            ("nine", 41, "41"),
            ("1,250", 980, "980"),
            ("950", 12_400, "12,400"),
            ("two million", 3_000_000, "three million"),
            ("third", 4, "fourth"),
            ("Third", 21, "21st"),
            ("13th", 6, "6th"),
            ("13TH", 31, "31st"),
            ("thirty-first", 112, "112th"),
            ("12 thousand", 15_000, "15 thousand"),
            ("6 lakh crore", 5_000_000_000_000, "5 lakh crore"),
            ("1,00,000", 250_000, "2,50,000"),
        ] {
            assert_eq!(write(pattern, value).as_deref(), Some(words), "{pattern}");
        }
    }

    #[test]
    fn what_has_no_short_form_has_none() {
        for (pattern, value) in [("an", 2), ("8 billion", 8_000_000), ("6 lakh crore", 5), ("three-quarters", 2), ("5½", 6), ("3", -4)] {
            assert_eq!(write_like(pattern, Decimal::from(value)), None, "{pattern}");
        }
    }
}
