//! `date-weekday`: a weekday and the date it stands with do not go together, or no calendar has the date. The calendar is all the evidence
//! there is.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::Case;
use super::date_words::{day_in, name_like, replaced, weekday_in};
use super::rule_words::RULE_WORDS;
use super::thresholds::SURE_DAYS;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::gazetteer::calendar::month_name;
use crate::gazetteer::terms::TermTables;
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
    if let Some(last) = last_day_before(date.written) {
        return no_such_day(case, mention, date.written, last);
    }
    let weekday = date.weekday?;
    if let Some((one, other)) = date.either {
        return of_either_order(case, mention, weekday, date.written.year, (one, other));
    }
    let meant = days_meant(date.written, case.today)?;
    if meant.iter().any(|day| day.weekday() == weekday) {
        return None;
    }
    let &day = meant.first()?;
    let said = case.document.words(mention.at);
    let words = date_words(said, weekday);
    // "Monday 5", whose month stands with another day.
    let is_day_alone = words.chars().all(char::is_alphanumeric);
    let words = match month_name(day.month()).filter(|_| is_day_alone) {
        Some(month) => format!("{} {month} {}", day.day(), day.year()),
        None if date.written.year.is_none() => format!("{} {}", words.trim(), day.year()),
        None => words.trim().to_owned(),
    };
    let message = format!("{words} is a {}; the draft has {}", weekday_name(day.weekday()), weekday_name(weekday));
    Some(told(case, mention, message, fixes(case, mention, weekday, day)))
}

fn told(case: &Case<'_>, mention: &Mention, message: String, fixes: Vec<Fix>) -> Finding {
    Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(mention.at),
        message,
        evidence: Vec::new(),
        related: Vec::new(),
        fixes,
    }
}

/// The last day of a date's month, where the day said comes behind it. Of a year that isn't said February has 29.
fn last_day_before(date: PartialDate) -> Option<i8> {
    let (month, day) = (date.month?, date.day?);
    let last = Date::new(date.year.unwrap_or(LEAP_YEAR), month, 1).ok()?.days_in_month();
    (day > last).then_some(last)
}

/// One that has all the days there are.
const LEAP_YEAR: i16 = 2024;

/// What is said of a day that no calendar has. Who speaks of it with a "no" before it, or in quotation marks, may well know.
fn no_such_day(case: &Case<'_>, mention: &Mention, date: PartialDate, last: i8) -> Option<Finding> {
    let before = case.document.block(mention.at).text.get(..mention.at.span.start as usize)?.trim_end();
    let denied = before.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|word| RULE_WORDS.denying.has_in_any_case(word));
    // "In April 31 people left": a count.
    let behind = case.document.block(mention.at).text.get(mention.at.span.end as usize..)?.trim_start();
    let next: &str = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let words = case.document.words(mention.at);
    let counts = date.year.is_none() && date.day.is_some_and(|day| words.ends_with(&day.to_string()));
    let is_count = counts && words.starts_with(char::is_alphabetic) && !next.is_empty() && !TermTables::get().is_function_word(next);
    if mention.in_quote || denied || is_count {
        return None;
    }
    let month = month_name(date.month?)?;
    let year = date.year.map(|year| format!(" {year}")).unwrap_or_default();
    let message = format!("{month}{year} has {last} days; the draft has {words}");
    // Further off, the month is as likely to be the wrong part.
    let nearest = date.day.filter(|day| day.checked_sub(1) == Some(last) && date.year.is_none_or(|_| date.month != Some(2)));
    let fix =
        nearest.and_then(|day| day_in(words, day)).and_then(|part| replaced(case, mention.at, part, &write_like(part.1, last.into())?));
    Some(told(case, mention, message, fix.into_iter().collect()))
}

/// Where day and month can't be told apart, a weekday that fits neither order is wrong.
fn of_either_order(case: &Case<'_>, mention: &Mention, said: Weekday, year: Option<i16>, (one, other): (i8, i8)) -> Option<Finding> {
    let days = [(one, other), (other, one)].map(|(month, day)| Date::new(year?, month, day).ok().map(Date::weekday));
    let [Some(first), Some(second)] = days else { return None };
    if first == said || second == said {
        return None;
    }
    let words = date_words(case.document.words(mention.at), said);
    let either =
        if first == second { weekday_name(first).to_owned() } else { format!("{} or a {}", weekday_name(first), weekday_name(second)) };
    let message = format!("{} is a {either}; the draft has {}", words.trim(), weekday_name(said));
    Some(told(case, mention, message, Vec::new()))
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
