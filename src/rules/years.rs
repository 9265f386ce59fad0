//! Sums of years: an age and the years of birth and of what happened at that age; a number of years and those it runs from and to.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Case;
use super::rule_words::RULE_WORDS;
use crate::document::ProseSpan;
use crate::gazetteer::units::{Dimension, Hedge};
use crate::reader::{Figure, Mention, MentionKind, PartialDate};
use crate::text::Span;

/// A date of a sentence, in the order of the text.
pub(super) type Dated = (ProseSpan, PartialDate);

/// Where a sum does not come out, and what is said of it.
pub(super) type Found = (ProseSpan, String);

/// The dates that say a year, within a sentence.
pub(super) fn dated(case: &Case<'_>, sentence: ProseSpan) -> Vec<Dated> {
    let dated = |mention: &Mention| match &mention.kind {
        MentionKind::Date(date) if date.written.year.is_some() && !date.written.decade => Some((mention.at, date.written)),
        _ => None,
    };
    case.reading.within(sentence).filter_map(dated).collect()
}

fn whole_number(figure: &Figure) -> Option<i16> {
    let exact = figure.hedge == Hedge::Exact && figure.high.is_none() && figure.written.value.fract().is_zero();
    exact.then(|| i16::try_from(figure.written.value.trunc().mantissa()).ok()).flatten().filter(|_| figure.written.value > Decimal::ZERO)
}

fn words_between<'a>(case: &'a Case<'_>, first: ProseSpan, second: ProseSpan) -> &'a str {
    Span::new(first.span.end, second.span.start.max(first.span.end)).text(&case.document.block(first).text).trim()
}

/// "Born in 1950, she joined in 1968, aged 21"
pub(super) fn age(case: &Case<'_>, dates: &[Dated], at: ProseSpan, figure: &Figure) -> Option<Found> {
    if !matches!(figure.dimension, Dimension::Age | Dimension::Number) || figure.written.measure.is_some_and(|unit| unit.name != "year") {
        return None;
    }
    let age = whole_number(figure)?;
    let text = &case.document.block(at).text;
    let is_birth =
        |date: &Dated| text[..date.0.span.start as usize].split_whitespace().rev().take(4).any(|word| word.eq_ignore_ascii_case("born"));
    let birth = dates.iter().find(|date| is_birth(date))?;
    let then = dates.iter().filter(|date| *date != birth).find(|date| {
        let aged = RULE_WORDS.stating_age.has(words_between(case, date.0, at));
        let named = text[..at.span.start as usize].trim_end();
        let behind = at.span.end <= date.0.span.start
            && RULE_WORDS.when_of_age.has(words_between(case, at, date.0))
            && (named.ends_with("aged") || named.ends_with("age of") || named.ends_with("at age"));
        date.0.span.end <= at.span.start && aged || behind
    })?;
    let (least, most) = ages(birth.1, then.1)?;
    if (least..=most).contains(&age) {
        return None;
    }
    let real = if least == most { most.to_string() } else { format!("{least} or {most}") };
    let (born, day) = (case.document.words(birth.0), case.document.words(then.0));
    Some((at, format!("from {born} to {day} is {real} years; the draft has {}", case.document.words(at))))
}

/// The ages that someone may have had at a time, by what is said of it and of the birth.
fn ages(birth: PartialDate, then: PartialDate) -> Option<(i16, i16)> {
    let years = then.year?.checked_sub(birth.year?).filter(|years| *years > 0)?;
    let before = years.checked_sub(1)?;
    let day_of = |date: PartialDate, year: i16| -> Option<Date> { PartialDate { year: Some(year), ..date }.full() };
    match (day_of(birth, 2000), day_of(then, 2000)) {
        (Some(birthday), Some(day)) if day < birthday => Some((before, before)),
        (Some(_), Some(_)) => Some((years, years)),
        _ => Some((before, years)),
    }
}

/// "From 2010 to 2015, nine years"
pub(super) fn duration(case: &Case<'_>, dates: &[Dated], at: ProseSpan, figure: &Figure) -> Option<Found> {
    if figure.dimension != Dimension::Duration || figure.written.measure.is_none_or(|unit| unit.name != "year") {
        return None;
    }
    let said = whole_number(figure)?;
    let (first, second) = dates.windows(2).find_map(|pair| {
        let (first, second) = (pair[0], pair[1]);
        let runs = RULE_WORDS.to_year.has(words_between(case, first.0, second.0));
        let stated = second.0.span.end <= at.span.start && RULE_WORDS.stating_years.has(words_between(case, second.0, at));
        (runs && stated).then_some((first, second))
    })?;
    let years = second.1.year?.checked_sub(first.1.year?).filter(|years| *years > 0)?;
    // Both ends may count, or neither.
    if said.abs_diff(years) <= 1 {
        return None;
    }
    let span = ProseSpan { block: at.block, span: first.0.span.join(at.span) };
    let (from, to) = (case.document.words(first.0), case.document.words(second.0));
    Some((span, format!("{from} to {to} is {years} years; the draft has {}", case.document.words(at))))
}
