//! `date-conflict`: the sources put the same event at another date, month or year. Dates are told from each article's own
//! day; what agrees as far as the coarser one goes, agrees.

use jiff::civil::{Date, Weekday};

use super::attested::{Attested, Scale, balance_of, contradicting};
use super::date_words::{day_in, day_like, month_in, month_name, name_like, replaced, weekday_in, year_in};
use super::{Case, Family, Rule, conflict};
use crate::corpus::{Citation, DateAttestation, DateQuestion, Matter};
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix, Severity};
use crate::reader::{Agreement, DateMention, Mention, MentionKind, compare_dates, weekday_name};

pub(super) static RULE: Rule = Rule {
    name: "date-conflict",
    family: Family::Figure,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/date-conflict.md"),
    check,
};

const SCALE: Scale = Scale { least: 0.5, agreeing: 2.0 };
/// How far behind the likest date another one of the draft may be that has the attested value, and for which that one is meant.
const HELD: f64 = 0.5;

impl Attested for DateAttestation {
    fn likeness(&self, today: Option<Date>) -> f64 {
        self.signs_on(today).likeness(Matter::Date)
    }

    fn citation(&self) -> &Citation {
        &self.citation
    }

    fn is_like(&self, other: &Self) -> bool {
        compare_dates(&self.date, self.as_of, &other.date, other.as_of) == Agreement::Agree
    }
}

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.dates()
        .filter(|(mention, date)| dates_an_event(case, mention, date))
        .filter_map(|(mention, date)| finding(case, mention, date))
        .collect()
}

/// Whether a date says when something happened once: people speak on every day of the week, and of each year there are other
/// figures to tell.
fn dates_an_event(case: &Case<'_>, mention: &Mention, date: &DateMention) -> bool {
    if date.written.month.is_some() {
        return true;
    }
    let sentence = case.reading.sentence(mention.at);
    let with_figure = || {
        let within = |other: &Mention| other.at.block == sentence.block && sentence.span.covers(other.at.span);
        case.reading.mentions.iter().any(|other| matches!(other.kind, MentionKind::Figure(_)) && within(other))
    };
    date.written.year.is_some() && !with_figure()
}

fn finding(case: &Case<'_>, mention: &Mention, date: &DateMention) -> Option<Finding> {
    let question = DateQuestion::about(case.document, case.reading, mention)?;
    let verdict = |answer: &DateAttestation| compare_dates(date, case.today, &answer.date, answer.as_of);
    let found = contradicting(case.dossier.dates(&question), case.today, SCALE, verdict)?;
    let &best = found.sources.first()?;
    if held_elsewhere(case, mention, best, found.balance) {
        return None;
    }
    let evidence = found.sources.iter().map(|attestation| attestation.citation.clone()).collect();
    let fixes = fix(case, mention.at, date, &best.date).into_iter().collect();
    Some(conflict(case, &RULE, mention.at, &best.words, evidence, fixes))
}

/// Whether the draft gives the attested date elsewhere, for what is as like it: then this date is of something else.
fn held_elsewhere(case: &Case<'_>, mention: &Mention, attestation: &DateAttestation, balance: f64) -> bool {
    case.dates().filter(|(other, _)| other.at != mention.at).any(|(other, date)| {
        let verdict = |answer: &DateAttestation| compare_dates(date, case.today, &answer.date, answer.as_of);
        verdict(attestation) == Agreement::Agree
            && DateQuestion::about(case.document, case.reading, other).is_some_and(|question| {
                let meant = |answer: &DateAttestation| answer.citation == attestation.citation;
                balance_of(case.dossier.dates(&question), case.today, verdict, meant).is_some_and(|other| other >= balance - HELD)
            })
    })
}

/// The one part of the date that differs, set right in the draft's own style; none where more than one does.
fn fix(case: &Case<'_>, at: ProseSpan, date: &DateMention, attested: &DateMention) -> Option<Fix> {
    let words = case.document.words(at);
    let (said, right) = (date.written, attested.value.unwrap_or(attested.written));
    let weekday = attested.weekday.or_else(|| right.full().map(jiff::civil::Date::weekday));
    let mut fixes = Vec::new();
    if let (Some(old), Some(new)) = (said.year, right.year.filter(|new| said.year.is_some_and(|old| old != *new))) {
        fixes.push(replaced(case, at, year_in(words, old)?, &new.to_string())?);
    }
    if let (Some(old), Some(new)) = (said.month, right.month.filter(|new| said.month.is_some_and(|old| old != *new))) {
        let part = month_in(words, old)?;
        fixes.push(replaced(case, at, part, &name_like(part.1, month_name(new)?))?);
    }
    if let (Some(old), Some(new)) = (said.day, right.day.filter(|new| said.day.is_some_and(|old| old != *new))) {
        let part = day_in(words, old)?;
        fixes.push(replaced(case, at, part, &day_like(part.1, new))?);
    }
    if let (Some(old), Some(new)) = (date.weekday, weekday.filter(|new: &Weekday| date.weekday.is_some_and(|old| old != *new))) {
        let part = weekday_in(words, old)?;
        fixes.push(replaced(case, at, part, &name_like(part.1, weekday_name(new)))?);
    }
    if fixes.len() == 1 { fixes.pop() } else { None }
}
