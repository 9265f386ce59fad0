//! `figure-conversion`: two measures put as the same one are not. Arithmetic is all the evidence there is.

use rust_decimal::Decimal;

use super::Case;
use super::figure_conflict::reworded;
use super::rule_words::RULE_WORDS;
use super::thresholds::{CONVERTED, CONVERTED_ROUNDLY, HALF_A_STEP};
use crate::data;
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::contrasts::Mark;
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::gazetteer::units::{Dimension, Unit};
use crate::reader::{Figure, FigureMention, Hedge};
use crate::text::Span;

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "figure-conversion",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/figure-conversion.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let figures: Vec<(ProseSpan, &FigureMention)> = case.figures().iter().map(|&(mention, figure)| (mention.at, figure)).collect();
    figures.windows(2).filter_map(|pair| finding(case, pair[0], pair[1])).collect()
}

fn finding(
    case: &Case<'_>,
    (first_at, first): (ProseSpan, &FigureMention),
    (second_at, second): (ProseSpan, &FigureMention),
) -> Option<Finding> {
    let (from, into) = (first.written.measure?, second.written.measure?);
    let compares = first.dimension == second.dimension
        && !matches!(first.dimension, Dimension::Duration | Dimension::Percent | Dimension::Age | Dimension::Number)
        && from.system != into.system
        && from.name != "degree"
        && into.name != "degree";
    let same_block = first_at.block == second_at.block;
    if !compares || !same_block {
        return None;
    }
    let block = case.document.block(first_at);
    let between = Span::new(first_at.span.end, second_at.span.start).text(&block.text);
    let behind = Span::new(second_at.span.end, block.text.len() as u32).text(&block.text);
    if !states_equal(between, behind) || agree(first, from, second, into)? {
        return None;
    }
    let ends = |figure: &Figure| Some((figure.written.value, figure.high.and_then(|high| figure.in_unit(high, figure.written.measure?))));
    let ((low, high), (given, _)) = (ends(first)?, ends(second)?);
    let canonical = if first.is_difference() { low.checked_mul(from.factor)? } else { from.to_canonical(low)? };
    let right = rounded_like(first.in_unit(canonical, into)?, given)?;
    // A measure in two units has no number of its own to put right.
    let single = second.written.unit.is_some() && high.is_none() && second.high.is_none();
    let replaced = single
        .then(|| case.reading.blocks[second_at.block as usize].rewordings.number(&block.text, second_at.span, second, right))
        .flatten();
    let at = ProseSpan {
        block: first_at.block,
        span: first_at.span.join(Span::new(second_at.span.start, second_at.span.end + closing(between, behind))),
    };
    let message = format!(
        "{} is {} {}; the draft has {}",
        case.document.words(first_at),
        right,
        second.written.unit.as_deref().unwrap_or(into.name).trim_start(),
        case.document.words(second_at)
    );
    let fixes = replaced.and_then(|rewording| reworded(case, second_at.block, rewording)).into_iter().collect();
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(at),
        message,
        evidence: Vec::new(),
        related: Vec::new(),
        fixes,
    })
}

/// Whether the words between two measures, and those behind, put them as equal: "(…)", ", or …,", "/".
fn states_equal(between: &str, behind: &str) -> bool {
    let (between, behind) = (between.trim(), behind.trim_start());
    let closes = |mark: &str| match mark {
        "any" => true,
        "end" => behind.is_empty(),
        mark => behind.starts_with(mark),
    };
    data::EQUAL_MEASURES.rows().any(|[words, closed_by]| words == between && closed_by.split('|').any(closes))
}

/// The bytes of the bracket that closes behind the second measure.
fn closing(between: &str, behind: &str) -> u32 {
    u32::from(between.trim_start().starts_with('(') && behind.starts_with(')'))
}

/// Whether both can stand for one measure; a difference of temperatures is converted without the scales' noughts.
fn agree(first: &Figure, from: &Unit, second: &Figure, into: &Unit) -> Option<bool> {
    let range = |figure: &Figure, unit: &Unit, offset: bool| -> Option<(Decimal, Decimal)> {
        let low = figure.written.value;
        let high = match figure.high {
            Some(high) => figure.in_unit(high, unit)?,
            None => low,
        };
        let slack = slack(low.abs().max(high.abs()), figure.hedge)?;
        let convert = |value: Decimal| if offset { unit.to_canonical(value) } else { value.checked_mul(unit.factor) };
        Some((convert(low.checked_sub(slack)?)?, convert(high.checked_add(slack)?)?))
    };
    let meets = |offset: bool| -> Option<bool> {
        let (a, b) = (range(first, from, offset)?, range(second, into, offset)?);
        Some(a.0 <= b.1 && b.0 <= a.1)
    };
    Some(match first.dimension {
        Dimension::Temperature if first.is_difference() => meets(false)?,
        Dimension::Temperature if is_level(first) => meets(true)?,
        Dimension::Temperature => meets(true)? || meets(false)?,
        _ => meets(true)?,
    })
}

/// Whether a temperature is told as how warm it is, and nothing around speaks of a change: "it was 30C (86F)".
fn is_level(figure: &Figure) -> bool {
    let tables = TermTables::get();
    let is_change = |word: &TermKey| RULE_WORDS.of_change.iter().any(|change| tables.key(change) == *word);
    figure.context.told.contains(&Mark::new("reckoned", "level")) && !figure.context.terms.iter().any(|term| is_change(&term.word))
}

/// How far rounding may have moved a written value: half a step of its last place, of noughts at the end too.
fn slack(value: Decimal, hedge: Hedge) -> Option<Decimal> {
    let step = last_place(value)?;
    let part = |part: Decimal| value.checked_mul(part);
    let rounded =
        if step <= Decimal::ONE { step.checked_mul(HALF_A_STEP)? } else { step.checked_div(Decimal::TWO)?.min(part(CONVERTED_ROUNDLY)?) };
    let hedged = if hedge == Hedge::Exact { Decimal::ZERO } else { part(CONVERTED_ROUNDLY)? };
    Some(rounded.max(hedged).max(part(CONVERTED)?))
}

fn last_place(value: Decimal) -> Option<Decimal> {
    let value = value.normalize();
    if value.scale() > 0 {
        return Some(Decimal::new(1, value.scale()));
    }
    let mut step = Decimal::ONE;
    let mut rest = value;
    while !rest.is_zero() && rest.checked_rem(Decimal::TEN)?.is_zero() {
        rest = rest.checked_div(Decimal::TEN)?;
        step = step.checked_mul(Decimal::TEN)?;
    }
    Some(step)
}

/// `value` with as many decimals as `pattern`, and no more digits than news gives.
fn rounded_like(value: Decimal, pattern: Decimal) -> Option<Decimal> {
    let decimals = pattern.normalize().scale().min(2);
    let decimals = if decimals == 0 && value < Decimal::TEN { 1 } else { decimals };
    let rounded = value.round_dp(decimals);
    let step = last_place(pattern)?;
    // A pattern in thousands wants no single digits.
    let in_steps = step >= Decimal::ONE_HUNDRED && rounded > step;
    let rounded = if in_steps { value.checked_div(step)?.round().checked_mul(step)? } else { rounded };
    Some(rounded.normalize())
}
