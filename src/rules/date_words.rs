//! The parts of a date as a draft has written them, and how another one is put in their place.

use jiff::civil::Weekday;

use super::Case;
use super::rule_words::RULE_WORDS;
use crate::document::ProseSpan;
use crate::finding::Fix;
use crate::gazetteer::calendar::{is_full_month, month_name};
use crate::reader::{weekday_name, write_like};
use crate::text::Span;

/// A word of a date: where it stands among the date's words, in bytes, and the word.
pub(super) type Part<'w> = (usize, &'w str);

fn part<'w>(words: &str, word: &'w str) -> Part<'w> {
    (word.as_ptr() as usize - words.as_ptr() as usize, word)
}

/// The fix that puts `right` in the place of a part of the date at `at`.
pub(super) fn replaced(case: &Case<'_>, at: ProseSpan, (offset, old): Part<'_>, right: &str) -> Option<Fix> {
    let start = at.span.start + offset as u32;
    let place = ProseSpan { block: at.block, span: Span::new(start, start + old.len() as u32) };
    let edit = case.document.replace(place, right)?;
    Some(Fix::new(format!("Change “{old}” to “{right}”"), vec![edit]))
}

/// The weekday among the words of a date.
pub(super) fn weekday_in(words: &str, weekday: Weekday) -> Option<Part<'_>> {
    named_in(words, weekday_name(weekday))
}

pub(super) fn month_in(words: &str, month: i8) -> Option<Part<'_>> {
    named_in(words, month_name(month)?)
}

/// The word that is `full` or starts it.
fn named_in<'w>(words: &'w str, full: &str) -> Option<Part<'w>> {
    words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= 3)
        .find(|word| full.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
        .map(|word| part(words, word))
}

/// The day of the month, with its ordinal letters.
pub(super) fn day_in(words: &str, day: i8) -> Option<Part<'_>> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            digits.parse() == Ok(day) && digits.len() <= 2
        })
        .map(|word| part(words, word))
}

pub(super) fn year_in(words: &str, year: i16) -> Option<Part<'_>> {
    words.split(|c: char| !c.is_ascii_digit()).find(|word| word.parse() == Ok(year)).map(|word| part(words, word))
}

/// The count at the head of "two weeks ago"; none for "a week ago", whose noun would have to change with it.
pub(super) fn count_in(words: &str) -> Option<Part<'_>> {
    let count = words.split_whitespace().next()?;
    (!RULE_WORDS.single.has_in_any_case(count)).then(|| part(words, count))
}

/// A count written as `old` is; none for a single one.
pub(super) fn count_like(old: &str, count: i32) -> Option<String> {
    if count == 1 { None } else { write_like(old, count.into()) }
}

/// A weekday or month by its full name, abbreviated and in capitals as `old` is. "May" tells nothing of how others are written.
pub(super) fn name_like(old: &str, full: &str) -> String {
    let short = old.len() <= 5 && !is_full_month(old);
    let words = if short { full.get(..old.len().min(3)).unwrap_or(full) } else { full };
    if old.chars().all(char::is_uppercase) {
        words.to_uppercase()
    } else if old.starts_with(char::is_lowercase) {
        words.to_lowercase()
    } else {
        words.to_owned()
    }
}
