//! `date-weekday`: a weekday and the date it stands with do not go together. The calendar is all the evidence there is.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::{Case, Family, Rule};
use crate::finding::{Finding, Fix, Severity};
use crate::reader::{DateMention, Mention, MentionKind, PartialDate, weekday_name};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "date-weekday",
    family: Family::Figure,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/date-weekday.md"),
    check,
};

/// Without a year, a date so far from the draft's own may be meant of either side.
const SURE_DAYS: i32 = 240;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.reading
        .mentions
        .iter()
        .filter(|mention| !case.document.block(mention.at).is_correction())
        .filter_map(|mention| match &mention.kind {
            MentionKind::Date(date) => finding(case, mention, date),
            _ => None,
        })
        .collect()
}

fn finding(case: &Case<'_>, mention: &Mention, date: &DateMention) -> Option<Finding> {
    let weekday = date.weekday?;
    let meant = days_meant(date.written, case.today)?;
    if meant.iter().any(|day| day.weekday() == weekday) {
        return None;
    }
    let &day = meant.first()?;
    let said = case.document.words(mention.at);
    let year = if date.written.year.is_none() { format!(" {}", day.year()) } else { String::new() };
    let words = date_words(said, weekday);
    let message = format!("{}{year} is a {}; the draft has {}", words.trim(), weekday_name(day.weekday()), weekday_name(weekday));
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(mention.at),
        message,
        evidence: Vec::new(),
        related: Vec::new(),
        fixes: fixes(case, mention, weekday, day),
    })
}

/// The days that a date may mean, the likeliest first: one where the year is said, else those near `today`.
fn days_meant(date: PartialDate, today: Option<Date>) -> Option<Vec<Date>> {
    if date.year.is_some() {
        return date.full().map(|day| vec![day]);
    }
    let today = today?;
    let mut days: Vec<Date> = [-1, 0, 1]
        .into_iter()
        .filter_map(|turn| PartialDate { year: today.year().checked_add(turn), ..date }.full())
        .filter(|day| distance(*day, today) <= SURE_DAYS)
        .collect();
    days.sort_by_key(|day| distance(*day, today));
    Some(days)
}

fn distance(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// The weekday set right; and, second, the nearest day that is that weekday.
fn fixes(case: &Case<'_>, mention: &Mention, said: Weekday, day: Date) -> Vec<Fix> {
    let words = case.document.words(mention.at);
    let mut fixes = Vec::new();
    if let Some((at, old)) = weekday_in(words, said) {
        let right = written_like(old, day.weekday());
        let place = crate::document::ProseSpan {
            block: mention.at.block,
            span: Span::new(mention.at.span.start + at as u32, mention.at.span.start + (at + old.len()) as u32),
        };
        if let Some(edit) = case.document.replace(place, &right) {
            fixes.push(Fix { title: format!("Change “{old}” to “{right}”"), edits: vec![edit] });
        }
    }
    let other =
        [-1i32, 1, -2, 2, -3, 3].into_iter().find_map(|days| day.checked_add(days.days()).ok().filter(|other| other.weekday() == said));
    if let Some(other) = other.filter(|other| other.month() == day.month())
        && let Some((at, old)) = day_in(words, day.day())
    {
        let place = crate::document::ProseSpan {
            block: mention.at.block,
            span: Span::new(mention.at.span.start + at as u32, mention.at.span.start + (at + old.len()) as u32),
        };
        let right = format!("{}{}", other.day(), if old.ends_with(char::is_alphabetic) { ordinal_suffix(other.day()) } else { "" });
        if let Some(edit) = case.document.replace(place, &right) {
            fixes.push(Fix { title: format!("Change “{old}” to “{right}”"), edits: vec![edit] });
        }
    }
    fixes
}

/// Where `weekday` stands among the words of a date, and how it is written there.
fn weekday_in(words: &str, weekday: Weekday) -> Option<(usize, &str)> {
    let full = weekday_name(weekday);
    words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= 3).find_map(|word| {
        let starts = full.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        starts.then(|| (word.as_ptr() as usize - words.as_ptr() as usize, word))
    })
}

/// The other weekday, abbreviated and in capitals as `old` is.
fn written_like(old: &str, weekday: Weekday) -> String {
    let full = weekday_name(weekday);
    let words = if old.len() <= 5 { full.get(..old.len().min(3)).unwrap_or(full) } else { full };
    if old.chars().all(char::is_uppercase) {
        words.to_uppercase()
    } else if old.starts_with(char::is_lowercase) {
        words.to_lowercase()
    } else {
        words.to_owned()
    }
}

/// The day of the month among the words of a date, with its ordinal letters.
fn day_in(words: &str, day: i8) -> Option<(usize, &str)> {
    words.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (digits.parse() == Ok(day) && digits.len() <= 2).then(|| (word.as_ptr() as usize - words.as_ptr() as usize, word))
    })
}

const fn ordinal_suffix(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// The date without its weekday.
fn date_words(words: &str, weekday: Weekday) -> String {
    let Some((at, old)) = weekday_in(words, weekday) else { return words.to_owned() };
    let rest = if at == 0 { &words[old.len()..] } else { &words[..at] };
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '('))
        .trim_end_matches(", a")
        .trim_start_matches("the ")
        .to_owned()
}
