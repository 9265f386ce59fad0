//! `date-weekday`: a weekday and the date it stands with do not go together. The calendar is all the evidence there is.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::Case;
use super::date_words::{day_in, name_like, replaced, weekday_in};
use super::thresholds::SURE_DAYS;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::reader::{DateMention, Mention, PartialDate, days_between, weekday_name, write_like};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "date-weekday",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/date-weekday.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    case.dates().iter().filter_map(|&(mention, date)| finding(case, mention, date)).collect()
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
        .filter(|day| days_between(*day, today).is_some_and(|days| days <= SURE_DAYS))
        .collect();
    days.sort_by_key(|day| days_between(*day, today));
    Some(days)
}

/// The weekday set right; and, second, the nearest day that is that weekday.
fn fixes(case: &Case<'_>, mention: &Mention, said: Weekday, day: Date) -> Vec<Fix> {
    let words = case.document.words(mention.at);
    let weekday =
        weekday_in(words, said).and_then(|part| replaced(case, mention.at, part, &name_like(part.1, weekday_name(day.weekday()))));
    let other =
        [-1i32, 1, -2, 2, -3, 3].into_iter().find_map(|days| day.checked_add(days.days()).ok().filter(|other| other.weekday() == said));
    let date = other.filter(|other| other.month() == day.month()).and_then(|other| {
        day_in(words, day.day()).and_then(|part| replaced(case, mention.at, part, &write_like(part.1, other.day().into())?))
    });
    weekday.into_iter().chain(date).collect()
}

/// The date without its weekday.
fn date_words(words: &str, weekday: Weekday) -> String {
    let Some((at, old)) = weekday_in(words, weekday) else { return words.to_owned() };
    let rest = if at == 0 { &words[old.len()..] } else { &words[..at] };
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')'))
        .trim_end_matches(", a")
        .trim_start_matches("the ")
        .to_owned()
}
