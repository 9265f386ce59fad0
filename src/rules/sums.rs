//! Sums in the words that news has for them: "Of the 50 boats, 31 came home and 17 were lost", "six buses and nine trams, 16 in all",
//! "three-fifths voted for it, so that a third remains". What is left open, and might be told elsewhere, is no sum.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Case;
use super::rule_words::RULE_WORDS;
use super::thresholds::{FRACTION_SLACK, OFF_AT_MOST};
use crate::data;
use crate::document::ProseSpan;
use crate::gazetteer::units::{Dimension, Hedge};
use crate::reader::{Figure, FigureMention};
use crate::text::{Span, folded};

pub(super) type Placed<'a> = (ProseSpan, &'a FigureMention);

/// Where a sum doesn't come out, and what is said of it.
pub(super) type Found = (ProseSpan, String);

/// The figures of one sentence from the one looked at on, and all of it.
pub(super) struct Sum<'a, 'c> {
    pub(super) case: &'a Case<'c>,
    pub(super) sentence: ProseSpan,
    pub(super) all: &'a [Placed<'a>],
    /// Where the one looked at stands among them.
    pub(super) at: usize,
}

impl<'a> Sum<'a, '_> {
    fn text(&self) -> &'a str {
        &self.case.document.block(self.sentence).text
    }

    fn before(&self, at: ProseSpan) -> &'a str {
        let from = self.sentence.span.start.min(at.span.start);
        Span::new(from, at.span.start).text(self.text())
    }

    fn behind(&self, at: ProseSpan) -> &'a str {
        let to = self.sentence.span.end.max(at.span.end);
        Span::new(at.span.end, to).text(self.text())
    }

    fn between(&self, one: Placed<'_>, other: Placed<'_>) -> &'a str {
        Span::new(one.0.span.end, other.0.span.start.max(one.0.span.end)).text(self.text())
    }

    fn words(&self, placed: Placed<'_>) -> &'a str {
        placed.0.span.text(self.text())
    }

    /// "Of the 50 boats, 31 came home and 17 were lost"; "of the 50 boats, 31 came home; the other 17 were lost".
    pub(super) fn of_a_whole(&self) -> Option<Found> {
        if self.at != 0 {
            return None;
        }
        let (&whole, parts) = self.all.split_first()?;
        if !is_exact(whole.1) || !(2..=MOST_PARTS).contains(&parts.len()) {
            return None;
        }
        let opening = folded(self.before(whole.0));
        // All that the sentence counts is a part, or something else is told as well.
        if !RULE_WORDS.opening_whole.iter().any(|words| opening.trim_end() == words) {
            return None;
        }
        let lower = folded(self.behind(whole.0));
        if RULE_WORDS.partial.iter().any(|cue| lower.contains(cue)) {
            return None;
        }
        let values: Vec<Decimal> = parts.iter().map(|part| part_of(whole.1, part.1)).collect::<Option<_>>()?;
        let (&last, others) = parts.split_last()?;
        let before_last = folded(self.between(*others.last()?, last));
        let takes_rest = RULE_WORDS.taking_rest.iter().any(|cue| before_last.trim_end().ends_with(cue));
        let kinds: Vec<Option<(usize, &str)>> = parts.iter().enumerate().map(|(index, _)| self.kind(parts, index)).collect();
        let is_partition = kinds.windows(2).all(|pair| {
            let [Some(one), Some(other)] = pair else { return false };
            one.0 == other.0 && one.1 != other.1
        });
        if !takes_rest && !is_partition {
            return None;
        }
        self.not_adding_up(whole, parts, &values)
    }

    fn not_adding_up(&self, whole: Placed<'_>, parts: &[Placed<'_>], values: &[Decimal]) -> Option<Found> {
        let total = total_of(whole.1, parts.first()?.1);
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        let rest = total.checked_sub(sum)?;
        if rest.is_zero() || !is_near(rest, total) || self.is_told_next(rest) {
            return None;
        }
        let terms: Vec<&str> = parts.iter().map(|part| self.words(*part)).collect();
        let message = format!("{} make {}; the draft has {}", terms.join(" and "), sum.normalize(), self.words(whole));
        Some(told(whole, *parts.last()?, message))
    }

    /// Whether the next sentence has what is missing: "Two are missing."
    fn is_told_next(&self, rest: Decimal) -> bool {
        let end = self.sentence.span.end;
        let figures = self.case.figures().iter().map(|&(mention, figure)| (mention.at, figure));
        let mut behind = figures.filter(|(at, _)| at.block == self.sentence.block && at.span.start >= end).take(MOST_PARTS);
        behind.any(|(_, figure)| figure.written.value == rest.abs() || figure.value == rest.abs())
    }

    /// The row of kinds that make up a whole which the words of a part are of, and the word.
    fn kind(&self, parts: &[Placed<'_>], index: usize) -> Option<(usize, &'static str)> {
        let part = parts[index];
        let words = parts.get(index + 1).map_or_else(|| self.behind(part.0), |next| self.between(part, *next));
        kind_of(words.split([',', ';', '.']).next().unwrap_or_default())
    }

    /// "Six buses and nine trams make 16 in all"; "the two have seven and four members, 12 together".
    pub(super) fn in_all(&self) -> Option<Found> {
        let (&first, rest) = self.all[self.at..].split_first()?;
        // Another part and the whole at least.
        if rest.len() < 2 || !is_exact(first.1) {
            return None;
        }
        let mut parts = vec![first];
        for (index, &next) in rest.iter().enumerate() {
            let gap = folded(self.between(*parts.last()?, next));
            let (is_last, listed) = (gap.trim_end().ends_with(" and") || gap.trim() == "and", gap.contains(','));
            let plain = gap.split_whitespace().count() <= WORDS_OF_A_PART && !gap.contains(['.', ';', '(', ':']);
            if !plain || !(is_last || listed) || part_of(first.1, next.1).is_none() {
                return None;
            }
            parts.push(next);
            if is_last {
                let whole = *rest.get(index + 1)?;
                return self.is_total(next, whole).then(|| self.not_in_all(&parts, whole)).flatten();
            }
        }
        None
    }

    /// Whether a number behind the last part is what they come to.
    fn is_total(&self, last: Placed<'_>, whole: Placed<'_>) -> bool {
        let gap = folded(self.between(last, whole));
        let behind = self.behind(whole.0);
        let near = behind.char_indices().nth(BEHIND_A_SUM).map_or(behind, |(end, _)| &behind[..end]);
        let behind = folded(near);
        let behind = behind.trim_start();
        // "16 vehicles in all" as well.
        let closing = RULE_WORDS.in_all.iter().any(|cue| {
            let at = behind.find(cue).filter(|&at| behind[..at].split_whitespace().count() <= 1 && !behind[..at].contains([',', '.']));
            at.is_some_and(|at| behind[at + cue.len()..].trim_start().chars().next().is_none_or(|next| !next.is_alphanumeric()))
        });
        let short = gap.split_whitespace().count() <= WORDS_OF_A_PART && !gap.contains(['.', '(']);
        let set_off =
            gap.trim_end().ends_with([',', '-', '–', '—', ';']) || RULE_WORDS.making.iter().any(|cue| gap.trim_end().ends_with(cue));
        let sums_up = RULE_WORDS.summing.iter().any(|cue| gap.trim_end().ends_with(cue));
        short && (closing && set_off || sums_up)
    }

    fn not_in_all(&self, parts: &[Placed<'_>], whole: Placed<'_>) -> Option<Found> {
        let first = parts.first()?;
        if !is_exact(whole.1) {
            return None;
        }
        let values: Vec<Decimal> = parts.iter().map(|part| part_of(whole.1, part.1)).collect::<Option<_>>()?;
        let total = total_of(whole.1, first.1);
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        let rest = total.checked_sub(sum)?;
        // Rounded parts of a rounded whole.
        let steps = parts.iter().chain([&whole]).try_fold(Decimal::ZERO, |all, part| all.checked_add(half_a_step(part.1, whole.1)))?;
        if rest.abs() <= steps || !is_near(rest, total) {
            return None;
        }
        let terms: Vec<&str> = parts.iter().map(|part| self.words(*part)).collect();
        let message = format!("{} make {}; the draft has {}", terms.join(" and "), sum.normalize(), self.words(whole));
        Some(told(*first, whole, message))
    }

    /// "Three-fifths voted for it, so that a third remains"; "60 per cent were sold and the remaining 30 per cent burnt".
    pub(super) fn complement(&self) -> Option<Found> {
        let (&[first, second], 0) = (self.all, self.at) else { return None };
        let (one, other) = (share_of(first.1)?, share_of(second.1)?);
        let gap = folded(self.between(first, second));
        let gap = gap.trim_end().trim_end_matches(" a").trim_end();
        let behind = folded(self.behind(second.0));
        let remains = RULE_WORDS
            .remaining
            .iter()
            .any(|cue| behind.trim_start().strip_prefix(cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
        let takes_rest = RULE_WORDS.taking_rest.iter().any(|cue| gap.ends_with(cue));
        let leaves = RULE_WORDS.leaving_rest.iter().any(|cue| gap.ends_with(cue));
        if !(takes_rest || leaves || remains && gap.contains("so that")) || gap.contains('.') {
            return None;
        }
        let sum = one.checked_add(other)?;
        let fraction = |figure: &Figure| figure.dimension == Dimension::Ratio;
        let slack = if fraction(first.1) || fraction(second.1) { FRACTION_SLACK } else { Decimal::new(11, 3) };
        let over = sum.checked_sub(Decimal::ONE)?;
        if over.abs() <= slack || over.abs() > OFF_AT_MOST {
            return None;
        }
        let left = Decimal::ONE.checked_sub(one)?.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(1).normalize();
        let message = format!("{} leave {left}%; the draft has {}", self.words(first), self.words(second));
        Some(told(first, second, message))
    }
}

fn told(from: Placed<'_>, to: Placed<'_>, message: String) -> Found {
    (ProseSpan { block: from.0.block, span: from.0.span.join(to.0.span) }, message)
}

/// A sum is looked at as far as this many parts, and as many words may stand between two.
const MOST_PARTS: usize = 6;
const WORDS_OF_A_PART: usize = 6;
/// "In all" stands within so many characters behind a sum.
const BEHIND_A_SUM: usize = 60;

fn is_exact(figure: &Figure) -> bool {
    let adds_up = matches!(
        figure.dimension,
        Dimension::Count | Dimension::Number | Dimension::Money | Dimension::Length | Dimension::Area | Dimension::Mass | Dimension::Volume
    );
    figure.hedge == Hedge::Exact && figure.high.is_none() && adds_up && figure.value > Decimal::ZERO
}

/// The value of a part in the terms of the whole: one without a unit has the whole's, "120 km, 70 in the north".
fn part_of(whole: &Figure, part: &Figure) -> Option<Decimal> {
    let counts = |figure: &Figure| matches!(figure.dimension, Dimension::Count | Dimension::Number) && figure.written.measure.is_none();
    let exact = is_exact(part) && part.per == whole.per;
    match () {
        () if !exact => None,
        () if counts(whole) && counts(part) => Some(part.value),
        () if counts(part) || counts(whole) => Some(part.written.value),
        () if whole.dimension == part.dimension && whole.unit == part.unit => Some(part.value),
        () => None,
    }
}

/// The value of the whole in the terms of its parts.
fn total_of(whole: &Figure, part: &Figure) -> Decimal {
    let same =
        whole.dimension == part.dimension || part.written.measure.is_none() && whole.written.measure.is_none() && whole.unit == part.unit;
    if same { whole.value } else { whole.written.value }
}

/// How far rounding may have moved a part; whole numbers of things are exact.
fn half_a_step(part: &Figure, whole: &Figure) -> Decimal {
    if matches!(whole.dimension, Dimension::Count | Dimension::Number) && part.value < Decimal::ONE_THOUSAND {
        return Decimal::ZERO;
    }
    crate::reader::rounding(part).unwrap_or_default()
}

/// Whether a sum is so near what is stated that it is meant to be that: one further off is told of other things.
fn is_near(off: Decimal, total: Decimal) -> bool {
    total.checked_mul(OFF_AT_MOST).is_some_and(|most| off.abs() <= most.max(Decimal::TWO))
}

fn share_of(figure: &Figure) -> Option<Decimal> {
    if figure.hedge != Hedge::Exact || figure.high.is_some() || figure.per.is_some() {
        return None;
    }
    match figure.dimension {
        Dimension::Ratio => Some(figure.value),
        Dimension::Percent => figure.value.checked_div(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

/// The row of kinds that together make up a whole which one of the words is of, and the word.
fn kind_of(words: &str) -> Option<(usize, &'static str)> {
    static ROWS: LazyLock<Vec<Vec<&'static str>>> =
        LazyLock::new(|| data::OUTCOMES.words().map(|row| row.split_whitespace().collect()).collect());
    let folded = folded(words);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .find_map(|word| ROWS.iter().enumerate().find_map(|(index, row)| row.iter().find(|of| **of == word).map(|of| (index, *of))))
}
