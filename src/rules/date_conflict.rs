//! `date-conflict`: the sources put the same event at another date, month or year. Dates are told from each article's own
//! day; what agrees as far as the coarser one goes, agrees.

use jiff::civil::{Date, Weekday};

use super::attested::{Attested, Scale, contradicting, elsewhere, excluded, leeway, weighs};
use super::date_words::{Part, count_in, count_like, day_in, month_in, name_like, replaced, weekday_in, year_in};
use super::leftovers::Leftover;
use super::thresholds::{AGREEING, HELD, MONTH, WEEKDAY, YEAR};
use super::{Case, conflict, leftovers};
use crate::corpus::{Citation, DateAttestation, DateQuestion, Likeness, Matter, Said, Sign};
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::gazetteer::calendar::month_name;
use crate::reader::{Agreement, DateMention, Mention, PartialDate, compare_dates, days_between, weekday_name, write_like};
use crate::text::{Span, TextEdit, apply_within};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "date-conflict",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/date-conflict.md"),
};

const SCALE_OF_MONTHS: Scale = Scale { least: MONTH, agreeing: AGREEING };
const SCALE_OF_YEARS: Scale = Scale { least: YEAR, ..SCALE_OF_MONTHS };
const SCALE_OF_WEEKDAYS: Scale = Scale { least: WEEKDAY, ..SCALE_OF_MONTHS };

impl Attested for DateAttestation {
    fn likeness(&self) -> &Likeness {
        &self.likeness
    }

    fn citation(&self) -> &Citation {
        &self.citation
    }

    fn is_like(&self, other: &Self) -> bool {
        compare_dates(&self.date, self.as_of, &other.date, other.as_of) == Agreement::Agree
    }
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.dossier.dates.is_empty() {
        // Nobody was asked, and what the dates are of need not be known.
        return Vec::new();
    }
    case.dates().iter().filter_map(|&(mention, date)| finding(case, mention, date)).collect()
}

/// What a date says outright of itself, the finest that dates of different grain are told apart by.
#[derive(PartialEq)]
enum Grain {
    Month,
    Year,
    Decade,
    Weekday,
    Distance,
}

/// None for "today" and "last month", which say nothing outright.
fn grain(date: &DateMention) -> Option<Grain> {
    if date.distance.is_some() {
        return Some(Grain::Distance);
    }
    match (date.written.month, date.written.year, date.weekday) {
        (Some(_), ..) => Some(Grain::Month),
        (None, Some(_), _) if date.written.decade => Some(Grain::Decade),
        (None, Some(_), _) => Some(Grain::Year),
        (None, None, weekday) => weekday.map(|_| Grain::Weekday),
    }
}

/// Only dates of one grain contradict each other: a talk in May and one on Friday are two. "Ten years ago" comes to a year.
fn can_contradict(one: &DateMention, other: &DateMention) -> bool {
    let comes_to_year = |one: &DateMention, other: &DateMention| one.distance.is_some() && other.written.year.is_some();
    grain(one) == grain(other) || comes_to_year(one, other) || comes_to_year(other, one)
}

fn finding(case: &Case<'_>, mention: &Mention, date: &DateMention) -> Option<Finding> {
    let grain_said = grain(date)?;
    let question = DateQuestion::about(case.reading, mention)?;
    // People speak on every day of the week; and nobody writes one feast for another by a slip.
    if grain_said == Grain::Weekday && question.is_of_speech() || is_named_day(date, case.document.words(mention.at)) {
        return None;
    }
    if let Some(found) = by_leftovers(case, mention, date) {
        return Some(found);
    }
    let verdict = |answer: &DateAttestation| match compare_dates(date, case.today, &answer.date, answer.as_of) {
        Agreement::Differ
            if !can_contradict(date, &answer.date)
                || answer.of_speech && grain_said == Grain::Weekday
                || is_of_next_in_series(date, case.today, &answer.date, answer.as_of)
                || is_named_day(&answer.date, &answer.words) =>
        {
            Agreement::Apart
        }
        agreement => agreement,
    };
    let scale = match grain_said {
        Grain::Month | Grain::Distance => SCALE_OF_MONTHS,
        Grain::Year | Grain::Decade => SCALE_OF_YEARS,
        Grain::Weekday => SCALE_OF_WEEKDAYS,
    };
    let is_foreign = |answer: &DateAttestation| !case.account(answer.source).is_some_and(|account| account.gives_date(date, case.today));
    let retold = |answer: &DateAttestation| case.kinship(answer.source).retold;
    let leeway_of = |answer: &DateAttestation| leeway(retold(answer), || is_foreign(answer));
    let found = contradicting(
        case.dossier.dates(&question),
        case.today,
        scale,
        verdict,
        |answer: &DateAttestation| elsewhere(case, answer.source, answer.likeness.sign(Sign::Period) > 0.0) + excluded(&answer.likeness),
        leeway_of,
    )?;
    let &best = found.sources.first()?;
    // Where the names alone are shared, they did two things on two days; a score or a count tells the deed.
    let sign = |sign: Sign| best.likeness.sign(sign);
    let same_deed = grain_said != Grain::Weekday || sign(Sign::Deeds) > 0.0 || sign(Sign::Values) > 0.0;
    let same_year = grain_said != Grain::Year || retold(best) > 0.0 && is_foreign(best) || figures_bear_out(case, mention.at, best);
    let is_open = |one: &&DateAttestation| leftovers::is_left_open(case, Matter::Date, mention.at, &one.citation, one.source);
    let is_left_open = || found.sources.iter().any(is_open);
    if !same_deed || !same_year || held_elsewhere(case, mention, best, found.balance) || !is_left_open() {
        return None;
    }
    let evidence = found.sources.iter().map(|attestation| attestation.citation.clone()).collect();
    let fixes = fix(case, mention.at, date, &best.date, best.as_of).into_iter().collect();
    Some(conflict(case, &RULE, mention.at, (case.document.words(mention.at), &best.words), evidence, fixes))
}

/// Whether two articles of different weeks, months or years tell of dates that lie as far off from each: this month's report has last month's
/// rate, and last month's had that of the month before.
fn is_of_next_in_series(date: &DateMention, today: Option<Date>, attested: &DateMention, as_of: Option<Date>) -> bool {
    let (Some(one), Some(other), Some(today), Some(as_of)) = (date.value, attested.value, today, as_of) else { return false };
    let months = |year: i16, month: i8| i32::from(year).saturating_mul(12).saturating_add(month.into());
    let days_off = |date: PartialDate, day: Date| date.full().and_then(|date| day.until(date).ok()).map(|span| span.get_days());
    let months_off = |date: PartialDate, day: Date| {
        let (year, month) = (date.year.unwrap_or(day.year()), date.month?);
        // Where no year is said, January lies as far from February as December does from January.
        Some(months(year, month).saturating_sub(months(day.year(), day.month())).rem_euclid(12))
    };
    let years_off = |date: PartialDate, day: Date| date.year.map(|year| i32::from(year).saturating_sub(day.year().into()));
    let same = |off: &dyn Fn(PartialDate, Date) -> Option<i32>| off(one, today).is_some_and(|off_one| off(other, as_of) == Some(off_one));
    match (date.written.day, date.written.month) {
        (Some(_), _) => days_between(today, as_of).is_some_and(|days| days >= 7) && same(&days_off),
        (None, Some(_)) => (today.year(), today.month()) != (as_of.year(), as_of.month()) && same(&months_off),
        (None, None) => date.written.year.is_some() && today.year() != as_of.year() && same(&years_off),
    }
}

/// What the reports of the draft's event have left over for it.
fn by_leftovers(case: &Case<'_>, mention: &Mention, date: &DateMention) -> Option<Finding> {
    let found = leftovers::meant(case, Matter::Date, mention.at);
    let given = |one: &Leftover<'_>| {
        let Said::Date(said) = &one.row.fact.said else { return None };
        Some((said.date, said.words.to_string(), one.row.published))
    };
    let (best, words, published) = found.first().and_then(given)?;
    if is_of_next_in_series(date, case.today, &best, published) || is_named_day(&best, &words) {
        return None;
    }
    let evidence = found.iter().filter_map(|one| case.dossier.brief(one.source).map(|brief| one.row.cite(&brief.header))).collect();
    let fixes = fix(case, mention.at, date, &best, published).into_iter().collect();
    Some(conflict(case, &RULE, mention.at, (case.document.words(mention.at), &words), evidence, fixes))
}

/// Whether a date is said by a name, "Christmas Day", and not by its month.
fn is_named_day(date: &DateMention, words: &str) -> bool {
    let says_month = |month| words.contains(|c: char| c.is_ascii_digit()) || month_in(words, month).is_some();
    date.written.month.is_some_and(|month| !says_month(month))
}

/// Whether a figure beside the date, if there is one, stands beside the source's date too: of another year there are other
/// figures to tell.
fn figures_bear_out(case: &Case<'_>, at: ProseSpan, attestation: &DateAttestation) -> bool {
    let sentence = case.reading.sentence(at);
    let mut beside =
        case.figures().iter().filter(|(other, _)| other.at.block == at.block && sentence.span.covers(other.at.span)).peekable();
    let of_source = |number: &str| {
        let mut words = attestation.citation.sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.'));
        words.any(|word| word.trim_matches([',', '.']).eq_ignore_ascii_case(number))
    };
    beside.peek().is_none() || beside.any(|(_, figure)| of_source(case.document.words(ProseSpan { block: at.block, span: figure.number })))
}

/// Whether the draft gives the attested date elsewhere, for what is as like it: then this date is of something else.
fn held_elsewhere(case: &Case<'_>, mention: &Mention, attestation: &DateAttestation, balance: f64) -> bool {
    case.dates().iter().filter(|(other, _)| other.at != mention.at).any(|&(other, date)| {
        let verdict = |answer: &DateAttestation| compare_dates(date, case.today, &answer.date, answer.as_of);
        let is_liker = || {
            DateQuestion::about(case.reading, other).is_some_and(|question| {
                let meant = |answer: &DateAttestation| answer.citation == attestation.citation;
                weighs(balance - HELD, case.dossier.dates(&question), case.today, verdict, meant)
            })
        };
        verdict(attestation) == Agreement::Agree && (in_next_sentence(case, mention.at, other.at) || is_liker())
    })
}

/// Whether the second place stands in the sentence behind that of the first: "we said it was in May. It was in June."
fn in_next_sentence(case: &Case<'_>, first: ProseSpan, second: ProseSpan) -> bool {
    let (one, next) = (case.reading.sentence(first), case.reading.sentence(second));
    let between = || Span::new(one.span.end, next.span.start).text(&case.document.block(first).text);
    first.block == second.block && one.span.end <= next.span.start && between().trim().is_empty()
}

/// The one part of the date that differs, set right in the draft's own style, and with it the weekday, which follows from it; none where
/// more of it differs.
fn fix(case: &Case<'_>, at: ProseSpan, date: &DateMention, attested: &DateMention, as_of: Option<Date>) -> Option<Fix> {
    let words = case.document.words(at);
    match (date.distance, attested.distance) {
        (Some(said), Some(right)) => {
            // On another day it would be another count.
            let count = right.count().filter(|_| said.unit == right.unit && as_of == case.today)?;
            let part = count_in(words)?;
            return replaced(case, at, part, &count_like(part.1, count)?);
        }
        (None, None) => {}
        // "Ten years ago" comes to one year or the next.
        _ => return None,
    }
    let (said, right) = (date.written, attested.value.unwrap_or(attested.written));
    let weekday = attested.weekday.or_else(|| right.full().map(Date::weekday));
    let mut parts: Vec<(Part<'_>, String)> = Vec::new();
    if let (Some(old), Some(new)) = (said.year, right.year.filter(|new| said.year.is_some_and(|old| old != *new))) {
        parts.push((year_in(words, old)?, new.to_string()));
    }
    if let (Some(old), Some(new)) = (said.month, right.month.filter(|new| said.month.is_some_and(|old| old != *new))) {
        let part = month_in(words, old)?;
        parts.push((part, name_like(part.1, month_name(new)?)));
    }
    if let (Some(old), Some(new)) = (said.day, right.day.filter(|new| said.day.is_some_and(|old| old != *new))) {
        let part = day_in(words, old)?;
        parts.push((part, write_like(part.1, new.into())?));
    }
    if parts.len() > 1 {
        return None;
    }
    if let (Some(old), Some(new)) = (date.weekday, weekday.filter(|new: &Weekday| date.weekday.is_some_and(|old| old != *new))) {
        let part = weekday_in(words, old)?;
        parts.push((part, name_like(part.1, weekday_name(new))));
    }
    let mut fixes = parts.into_iter().map(|(part, right)| replaced(case, at, part, &right));
    let first = fixes.next()??;
    let Some(second) = fixes.next() else { return Some(first) };
    let edits: Vec<TextEdit> = [first, second?].into_iter().flat_map(|fix| fix.edits).collect();
    let place = case.document.to_source(at);
    let meant = apply_within(place.text(case.document.source()), place, &edits);
    Some(Fix::new(format!("Change “{words}” to “{meant}”"), edits))
}
