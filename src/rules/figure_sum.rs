//! `figure-sum`: parts and whole, or a share and its base, don't add up as stated. Arithmetic is all the evidence there is.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::rule_words::RULE_WORDS;
use super::sums::{Placed, Sum};
use super::thresholds::{END_SLACK, FRACTION_SLACK, HEDGED_CHANGE, HEDGED_SHARE, PLAINLY};
use super::{Case, shares, years};
use crate::data;
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::gazetteer::units::{Dimension, Hedge};
use crate::reader::Figure;
use crate::text::{Apart, Span, folded};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "figure-sum",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/figure-sum.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let compared = case.figures().iter().filter(|(_, figure)| figure.dimension != Dimension::Ordinal);
    let figures: Vec<Placed<'_>> = compared.map(|&(mention, figure)| (mention.at, figure)).collect();
    let mut findings: Vec<Finding> = Vec::new();
    let mut apart = Apart::default();
    // The dates of the sentence last looked at.
    let (mut within_last, mut dates) = (None, Vec::new());
    for index in 0..figures.len() {
        let sentence = case.reading.sentence(figures[index].0);
        if within_last != Some(sentence) {
            (within_last, dates) = (Some(sentence), years::dated(case, sentence));
        }
        let within = |placed: &&Placed<'_>| placed.0.block == sentence.block && sentence.span.covers(placed.0.span);
        let (at, figure) = figures[index];
        let before = figures[..index].iter().rev().take(MOST_PARTS).take_while(within).count();
        let count = figures[index..].iter().take(MOST_PARTS).take_while(within).count();
        let all = &figures[index - before..index + count];
        let rest = &all[before..];
        let sum = Sum { case, sentence, all, at: before };
        let found = parts(case, rest)
            .or_else(|| share(case, rest))
            .or_else(|| change(case, rest))
            .or_else(|| sum.of_a_whole().or_else(|| sum.in_all()).or_else(|| sum.complement()).map(without_fix))
            .or_else(|| years::age(case, &dates, at, figure).map(without_fix))
            .or_else(|| years::duration(case, &dates, at, figure).map(without_fix));
        if let Some(Found { at, message, fix }) = found {
            let span = case.document.to_source(at);
            if apart.take(span) {
                findings.push(Finding {
                    rule: &RULE,
                    severity: RULE.severity,
                    span,
                    message,
                    evidence: Vec::new(),
                    related: Vec::new(),
                    fixes: fix.into_iter().collect(),
                });
            }
        }
    }
    findings
}

/// A whole and its parts are looked at as far as this many figures.
const MOST_PARTS: usize = 64;

struct Found {
    at: ProseSpan,
    message: String,
    fix: Option<Fix>,
}

fn without_fix((at, message): (ProseSpan, String)) -> Found {
    Found { at, message, fix: None }
}

fn covering(first: Placed<'_>, end: u32) -> ProseSpan {
    ProseSpan { block: first.0.block, span: Span::new(first.0.span.start, end.max(first.0.span.end)) }
}

fn between<'a>(case: &'a Case<'_>, a: Placed<'_>, b: Placed<'_>) -> &'a str {
    Span::new(a.0.span.end, b.0.span.start).text(&case.document.block(a.0).text)
}

fn is_exact_count(figure: &Figure) -> bool {
    figure.hedge == Hedge::Exact
        && figure.high.is_none()
        && matches!(figure.dimension, Dimension::Count | Dimension::Number)
        && figure.value.fract().is_zero()
        && figure.value > Decimal::ZERO
}

/// "12 people, seven men and four women", "27 capitals count 19 in favour, five against and two undecided"
fn parts(case: &Case<'_>, rest: &[Placed<'_>]) -> Option<Found> {
    let (&whole, parts) = rest.split_first()?;
    if !is_exact_count(whole.1) || whole.1.dimension != Dimension::Count {
        return None;
    }
    let text = &case.document.block(whole.0).text;
    // Parts follow each other with few words between, the last behind "and".
    let mut taken = 0;
    let mut end = whole.0.span.end;
    let mut closed = false;
    let mut kind: Option<usize> = None;
    for (index, &part) in parts.iter().enumerate() {
        let gap = Span::new(end, part.0.span.start).text(text);
        if !is_exact_count(part.1) || part.1.value >= whole.1.value {
            break;
        }
        let joins = if index == 0 {
            opens_parts(gap)
        } else {
            gap.split_whitespace().count() <= 6 && (gap.contains(',') || gap.ends_with(" and ")) && !gap.contains('.')
        };
        let words = part_words(text, part, parts.get(index + 1));
        let row = partition_of(words);
        if !joins || row.is_none() || kind.is_some() && row != kind {
            break;
        }
        kind = row;
        taken += 1;
        end = part.0.span.end;
        closed = gap.ends_with(" and ");
    }
    if taken < 2 || !closed || taken != parts.len() && parts[taken].0.span.start < end + 20 {
        return None;
    }
    let sum = parts[..taken].iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.1.value))?;
    if sum == whole.1.value {
        return None;
    }
    let last = parts[taken - 1];
    let tail = part_words(text, last, None);
    let word = tail.split_whitespace().find(|word| partition_of(word).is_some()).unwrap_or_default();
    let close = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    let close = if word.is_empty() { last.0.span.end } else { close as u32 };
    let terms: Vec<String> = parts[..taken].iter().map(|part| part.1.value.normalize().to_string()).collect();
    let message = format!("{} make {}; the draft has {}", terms.join(" + "), sum.normalize(), case.document.words(whole.0));
    // Whether it is the whole or one of the parts that is off can't be told.
    Some(without_fix((covering(whole, close), message)))
}

/// Whether what stands between a whole and its first part announces all of the parts.
fn opens_parts(gap: &str) -> bool {
    let folded = folded(gap);
    let words = folded.split_whitespace().count();
    let partial = RULE_WORDS.partial.iter().any(|cue| folded.contains(cue));
    words <= 6
        && !partial
        && !folded.contains('.')
        && ([",", ":", "-", "("].iter().any(|mark| folded.trim_end().ends_with(mark))
            || folded.contains(" count")
            || folded.contains(" were"))
}

fn part_words<'t>(text: &'t str, part: Placed<'_>, next: Option<&Placed<'_>>) -> &'t str {
    let end = next.map_or(text.len() as u32, |next| next.0.span.start);
    let rest = Span::new(part.0.span.end, end).text(text);
    let mut at = rest.len();
    if let Some((stop, _)) = rest.match_indices(' ').nth(4) {
        at = stop;
    }
    if let Some(stop) = rest.find(['.', ';']) {
        at = at.min(stop);
    }
    &rest[..at]
}

/// The row of kinds that one of the words belongs to.
fn partition_of(words: &str) -> Option<usize> {
    static ROWS: LazyLock<Vec<Vec<&'static str>>> =
        LazyLock::new(|| data::PARTITIONS.words().map(|row| row.split_whitespace().collect()).collect());
    let folded = folded(words);
    folded.split(|c: char| !c.is_alphanumeric()).find_map(|word| ROWS.iter().position(|row| row.contains(&word)))
}

/// "60 of the 80 seats, or two-thirds", "62 of 80, or 77%"
fn share(case: &Case<'_>, rest: &[Placed<'_>]) -> Option<Found> {
    let &[part, whole, stated, ..] = rest else { return None };
    let gap = between(case, part, whole);
    let of = RULE_WORDS.part_of.has(gap.trim());
    let exact = is_exact_count(part.1) && is_exact_count(whole.1) && part.1.value <= whole.1.value;
    let behind = between(case, whole, stated);
    let after = &case.document.block(stated.0).text[stated.0.span.end as usize..];
    // Not "(12% more than a year ago)", "(60 per cent turnout)".
    let closed = !after.trim_start().starts_with(char::is_alphanumeric) || after.starts_with(" of ");
    let again = closed && says_again(behind, stated.1.hedge);
    if !of || !exact || !again || behind.split_whitespace().count() > 12 || behind.contains('.') {
        return None;
    }
    let real = part.1.value.checked_div(whole.1.value)?;
    let (claimed, slack) = match stated.1.dimension {
        Dimension::Ratio => (stated.1.value, FRACTION_SLACK),
        Dimension::Percent => {
            (stated.1.value.checked_div(Decimal::ONE_HUNDRED)?, Decimal::new(if stated.1.value.fract().is_zero() { 10 } else { 2 }, 3))
        }
        _ => return None,
    };
    let slack = if stated.1.hedge == Hedge::Exact { slack } else { slack.checked_add(HEDGED_SHARE)? };
    let over = real.checked_sub(claimed)?;
    let within = match stated.1.hedge {
        Hedge::MoreThan | Hedge::AtLeast => over >= -PLAINLY && over <= slack,
        _ => over.abs() <= slack,
    };
    if within {
        return None;
    }
    let percent = real.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(1).normalize();
    let words = case.document.words(covering(part, whole.0.span.end)).to_owned();
    // The share only says once more what the two counts say, so it is the one to change; where the sources contradict a count,
    // that finding stands in the place of this one.
    let fix = shares::fix(case, stated.0, stated.1, real);
    Some(Found {
        at: covering(part, stated.0.span.end),
        message: format!("{words} is {percent}%; the draft has {}", case.document.words(stated.0)),
        fix,
    })
}

/// Whether the words before a share, which is hedged so, put it as what two counts before them come to: ", or nearly", " (".
fn says_again(words: &str, hedge: Hedge) -> bool {
    const MARKS: [char; 4] = [',', '(', '–', '—'];
    let Some(mark) = words.rfind(MARKS) else { return false };
    let mut rest = words[mark..].trim_start_matches(MARKS).split_whitespace().peekable();
    let or = rest.next_if_eq(&"or").is_some();
    let plain = rest.clone().all(|word| matches!(word, "a" | "an"));
    (or || words[mark..].starts_with('(')) && (plain || hedge != Hedge::Exact && rest.count() <= MOST_HEDGING)
}

/// How many words a hedge has at most, with an article: "or slightly more than a".
const MOST_HEDGING: usize = 4;

/// How far rounding may have moved an end of a change.
fn end_slack(figure: &Figure) -> Option<Decimal> {
    Some(crate::reader::rounding(figure)?.min(figure.value.abs().checked_mul(END_SLACK)?))
}

/// "rose from 40 to 50, or 20%", "a fall of 20%, from 50 to 45"
fn change(case: &Case<'_>, rest: &[Placed<'_>]) -> Option<Found> {
    let &[first, second, third, ..] = rest else { return None };
    let block = case.document.block(first.0);
    let before = |placed: Placed<'_>| Span::new(0, placed.0.span.start).text(&block.text).trim_end().to_lowercase();
    let (from, to, percent, near) = if third.1.dimension == Dimension::Percent {
        let gap = between(case, second, third);
        (first, second, third, RULE_WORDS.stating_change.has(gap.trim()))
    } else if first.1.dimension == Dimension::Percent {
        let gap = between(case, first, second);
        (second, third, first, matches!(gap.trim(), "from" | ", from" | "- from"))
    } else {
        return None;
    };
    let pair = between(case, from, to).trim() == "to" && before(from).ends_with(" from");
    let comparable = from.1.dimension == to.1.dimension
        && from.1.unit == to.1.unit
        && from.1.dimension != Dimension::Percent
        && from.1.high.is_none()
        && to.1.high.is_none();
    if !near || !pair || !comparable || from.1.value.is_zero() || percent.1.high.is_some() {
        return None;
    }
    let real = to.1.value.checked_sub(from.1.value)?.checked_div(from.1.value)?.checked_mul(Decimal::ONE_HUNDRED)?.abs();
    let claimed = percent.1.value.abs();
    let step = if claimed.fract().is_zero() { Decimal::ONE } else { Decimal::new(1, claimed.scale()) };
    // Both ends may be rounded: what half a step of either can do to the percentage is allowed.
    let ends = end_slack(from.1)?.checked_add(end_slack(to.1)?)?.checked_div(from.1.value.abs())?.checked_mul(Decimal::ONE_HUNDRED)?;
    let slack =
        step.checked_add(ends)?.max(if percent.1.hedge == Hedge::Exact { Decimal::ZERO } else { claimed.checked_mul(HEDGED_CHANGE)? });
    if real.checked_sub(claimed)?.abs() <= slack {
        return None;
    }
    let at = ProseSpan { block: first.0.block, span: Span::new(first.0.span.start, third.0.span.end) };
    let message = format!(
        "from {} to {} is {}%; the draft has {}",
        case.document.words(from.0),
        case.document.words(to.0),
        real.round_dp(1).normalize(),
        case.document.words(percent.0)
    );
    Some(Found { at, message, fix: shares::fix(case, percent.0, percent.1, real.checked_div(Decimal::ONE_HUNDRED)?) })
}
