//! The values of a draft beside those of each report of its event: what agrees, and of the rest which is told of the same thing, each by what it
//! has in common with all others.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Case;
use super::rule_words::TRADING;
use super::slips::Slip;
use crate::corpus::{AlignmentSign, AlignmentSigns, DateQuestion, Matter, Report, Row, Said, SourceId, alignment};
use crate::document::ProseSpan;
use crate::reader::{Agreement, Context, DateMention, Figure, compare_dates, compare_numbers, compare_values, leaves_unit_out};
use crate::thresholds::AHEAD;

/// What is said: a figure, or a date told in an article of some day.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Figure(&'a Figure),
    Date(&'a DateMention, Option<Date>),
}

impl<'a> Value<'a> {
    /// What a row says; none of a name.
    pub fn of(row: &'a Row) -> Option<Self> {
        match &row.fact.said {
            Said::Figure(said) => Some(Self::Figure(&said.figure)),
            Said::Date(said) => Some(Self::Date(&said.date, row.published)),
            _ => None,
        }
    }

    pub const fn matter(self) -> Matter {
        match self {
            Self::Figure(_) => Matter::Figure,
            Self::Date(..) => Matter::Date,
        }
    }

    pub fn compare(self, other: Self) -> Agreement {
        match (self, other) {
            (Self::Figure(one), Self::Figure(other)) if leaves_unit_out(one, other) => compare_numbers(one, other),
            (Self::Figure(one), Self::Figure(other)) => compare_values(one, other),
            (Self::Date(one, day), Self::Date(other, other_day)) => compare_dates(one, day, other, other_day),
            _ => Agreement::Apart,
        }
    }

    fn is_said_just_as(self, other: Self) -> bool {
        match (self, other) {
            (Self::Figure(one), Self::Figure(other)) => (one.value, one.high) == (other.value, other.high),
            (Self::Date(one, _), Self::Date(other, _)) => one.value.is_some() && one.value == other.value,
            _ => false,
        }
    }

    fn is_unlike(self, other: Self) -> bool {
        matches!((self, other), (Self::Figure(one), Self::Figure(other)) if one.dimension != other.dimension)
    }

    fn leaves_unit_out(self, other: Self) -> bool {
        matches!((self, other), (Self::Figure(one), Self::Figure(other)) if leaves_unit_out(one, other))
    }
}

/// A value of the draft.
#[derive(Debug)]
pub struct Own<'a> {
    pub at: ProseSpan,
    pub value: Value<'a>,
    pub context: Arc<Context>,
    /// Whether it is written in digits.
    pub in_digits: bool,
    /// Whether its sentence tells how a market stood that day.
    pub is_of_its_day: bool,
    sentence: ProseSpan,
}

impl Own<'_> {
    /// By what the values of a draft stand in order.
    pub(super) const fn place(&self) -> (usize, ProseSpan) {
        (self.value.matter() as usize, self.at)
    }
}

/// The values of a draft, in the order of the text within a matter.
pub(super) fn values<'a>(case: &Case<'a>) -> Vec<Own<'a>> {
    let in_digits = |at| case.document.words(at).bytes().any(|byte| byte.is_ascii_digit());
    let own = |at, value, context| {
        let sentence = case.reading.sentence(at);
        let is_of_its_day = TRADING.is_match(case.document.words(sentence));
        Own { at, value, context, in_digits: in_digits(at), is_of_its_day, sentence }
    };
    let figures = case.figures().iter().map(|&(mention, figure)| own(mention.at, Value::Figure(&figure.figure), figure.context.clone()));
    let dates = case.dates().iter().filter_map(|&(mention, date)| {
        let question = DateQuestion::about(case.reading, mention)?;
        Some(own(mention.at, Value::Date(date, case.today), question.context))
    });
    let mut values: Vec<Own<'_>> = figures.chain(dates).collect();
    values.sort_by_key(Own::place);
    values
}

/// A value of the draft and one of a report that can be compared.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Which of each.
    pub own: usize,
    pub row: usize,
    pub agrees: bool,
    /// What the words don't tell of both: the signs from [`AlignmentSign::Values`] on.
    beside: [f64; 5],
    /// How much speaks for their being of one thing, whatever they are: the words around them, these and what else both texts tell, and all that
    /// against all others. Logarithms of odds.
    pub words: f64,
    first: f64,
    /// How far the first is ahead of that of the next value of the report, and of the draft.
    ahead: [f64; 2],
    pub likely: f64,
}

impl Pair {
    /// What tells of it in the first round; `words` is what the report's [signs](Report::signs) of the row are.
    pub fn signs(&self, words: &AlignmentSigns) -> AlignmentSigns {
        let mut seen = *words;
        for (sign, much) in BESIDE.into_iter().zip(self.beside) {
            seen[sign as usize] = much;
        }
        seen
    }
}

const BESIDE: [AlignmentSign; 5] =
    [AlignmentSign::Values, AlignmentSign::Taken, AlignmentSign::TakenWhole, AlignmentSign::Unlike, AlignmentSign::Bare];

/// So many other values of two sentences tell as much as more do.
const MOST_VALUES: f64 = 2.0;
/// And so many are looked at: more have only tables without a full stop.
const MOST_SHARED: usize = 64;

/// The values of a draft beside those of one report.
#[derive(Debug)]
pub struct Aligned<'a> {
    pub source: SourceId,
    pub report: &'a Report,
    /// So much time lies between them that what was counted anew is another number.
    pub is_of_other_days: bool,
    /// By the draft's values, and of these in the order of the report.
    pub pairs: Vec<Pair>,
    /// For each of the report's values those of the draft that agree.
    pub given: Vec<Vec<usize>>,
    /// How far what both tell of agrees: the logarithm of a part.
    pub tally: f64,
}

impl<'a> Aligned<'a> {
    pub(super) fn new(own: &[Own<'_>], source: SourceId, report: &'a Report, is_of_other_days: bool) -> Self {
        let given = vec![Vec::new(); report.rows().len()];
        let mut aligned = Self { source, report, is_of_other_days, pairs: Vec::new(), given, tally: 0.0 };
        aligned.compare(own);
        aligned.look_beside(own);
        aligned.hold_against_others(own);
        aligned.count(own);
        aligned
    }

    /// The pairs that one of the draft's values is in.
    pub fn of(&self, own: usize) -> &[Pair] {
        let first = self.pairs.partition_point(|pair| pair.own < own);
        let last = self.pairs.partition_point(|pair| pair.own <= own);
        &self.pairs[first..last]
    }

    /// The pairs in which a value of the draft agrees with one of the report.
    pub fn agreeing(&self, row: usize) -> impl Iterator<Item = &Pair> {
        self.given[row].iter().filter_map(move |&own| self.of(own).iter().find(|pair| pair.row == row))
    }

    pub fn row(&self, pair: &Pair) -> &'a Row {
        &self.report.rows()[pair.row]
    }

    fn compare(&mut self, own: &[Own<'_>]) {
        let values: Vec<Option<Value<'_>>> = self.report.rows().iter().map(Value::of).collect();
        for (index, one) in own.iter().enumerate() {
            let verdicts = values.iter().enumerate().filter_map(|(row, other)| Some((row, one.value.compare((*other)?))));
            let mut verdicts = verdicts.filter(|(_, verdict)| *verdict != Agreement::Apart).peekable();
            if verdicts.peek().is_none() {
                continue;
            }
            let words = self.report.words(one.value.matter(), &one.context);
            for (row, verdict) in verdicts {
                let agrees = verdict == Agreement::Agree;
                if agrees {
                    self.given[row].push(index);
                }
                self.pairs.push(Pair {
                    own: index,
                    row,
                    agrees,
                    beside: [0.0; 5],
                    words: words[row],
                    first: words[row],
                    ahead: [0.0; 2],
                    likely: 0.0,
                });
            }
        }
    }

    /// Looks at the other values that both give.
    fn look_beside(&mut self, own: &[Own<'_>]) {
        let rows = self.report.rows();
        let mut shared: FxHashMap<(ProseSpan, u32), Vec<Shared>> = FxHashMap::default();
        for pair in self.pairs.iter().filter(|pair| pair.agrees) {
            let much = 1.0 / f64::from(self.given[pair.row].len().max(1) as u32);
            shared.entry((own[pair.own].sentence, rows[pair.row].fact.sentence)).or_default().push(Shared {
                own: pair.own,
                row: pair.row,
                much,
            });
        }
        // How many of the draft's values are said just as each of the report's.
        let said_so = |(row, given): (&Row, &Vec<usize>)| {
            let other = Value::of(row);
            given.iter().filter(|given| other.is_some_and(|other| own[**given].value.is_said_just_as(other))).count()
        };
        let said_so: Vec<usize> = rows.iter().zip(&self.given).map(said_so).collect();
        for pair in &mut self.pairs {
            let one = &own[pair.own];
            let both = shared.get(&(one.sentence, rows[pair.row].fact.sentence)).into_iter().flatten().take(MOST_SHARED);
            let values: f64 = both.filter(|both| both.own != pair.own && both.row != pair.row).map(|both| both.much).sum();
            let other = Value::of(&rows[pair.row]);
            let is_own = pair.agrees && other.is_some_and(|other| one.value.is_said_just_as(other));
            let is_taken = self.given[pair.row].len() > usize::from(pair.agrees);
            let is_taken_whole = said_so[pair.row] > usize::from(is_own);
            let is_unlike = other.is_some_and(|other| one.value.is_unlike(other));
            let is_bare = other.is_some_and(|other| one.value.leaves_unit_out(other));
            let is_unlike = is_unlike && !is_bare;
            pair.beside = [values.min(MOST_VALUES), truth(is_taken), truth(is_taken_whole), truth(is_unlike), truth(is_bare)];
            pair.first += alignment(one.value.matter(), &pair.signs(&[0.0; AlignmentSign::ALL.len()]));
        }
    }

    /// Holds each pair against the next best for either side: what is of one thing is so from both.
    fn hold_against_others(&mut self, own: &[Own<'_>]) {
        let (mut of_own, mut of_rows) = (vec![Best::default(); own.len()], vec![Best::default(); self.given.len()]);
        for pair in &self.pairs {
            of_own[pair.own].add(pair.first);
            of_rows[pair.row].add(pair.first);
        }
        for pair in &mut self.pairs {
            pair.ahead = [of_own[pair.own].ahead(pair.first), of_rows[pair.row].ahead(pair.first)];
            let mut seen = [0.0; AlignmentSign::ALL.len()];
            let mut set = |sign: AlignmentSign, much: f64| seen[sign as usize] = much;
            set(AlignmentSign::First, pair.first);
            set(AlignmentSign::AheadOfOthers, pair.ahead[0]);
            set(AlignmentSign::AheadOfOwn, pair.ahead[1]);
            set(AlignmentSign::Second, 1.0);
            pair.likely = alignment(own[pair.own].value.matter(), &seen);
        }
    }

    /// Counts how many of the draft's values the report has too, and for how many it has others.
    fn count(&mut self, own: &[Own<'_>]) {
        let (mut agree, mut differ) = (0.0, 0.0);
        for of_one in self.pairs.chunk_by(|one, other| one.own == other.own) {
            if of_one.iter().any(|pair| pair.agrees) {
                agree += 1.0;
            } else if let Some(likest) = of_one.iter().max_by(|one, other| one.likely.total_cmp(&other.likely)) {
                let slip = match (own[likest.own].value, Value::of(self.row(likest))) {
                    (Value::Figure(one), Some(Value::Figure(other))) => Slip::between(one, other).is_some_and(Slip::is_of_long_number),
                    _ => false,
                };
                differ += if slip { 0.0 } else { 1.0 / (1.0 + (-likest.likely).exp()) };
            }
        }
        self.tally = ((agree + 1.0) / (agree + differ + 1.0)).ln();
    }
}

/// A value that a sentence of the draft and one of the report both give, and what that tells of the two.
struct Shared {
    own: usize,
    row: usize,
    much: f64,
}

/// The two likeliest of some pairs.
#[derive(Clone, Copy, Debug)]
struct Best(f64, f64);

impl Default for Best {
    fn default() -> Self {
        Self(f64::NEG_INFINITY, f64::NEG_INFINITY)
    }
}

impl Best {
    fn add(&mut self, likely: f64) {
        if likely > self.0 {
            *self = Self(likely, self.0);
        } else if likely > self.1 {
            self.1 = likely;
        }
    }

    /// How far one of them is ahead of the best of the others.
    fn ahead(self, likely: f64) -> f64 {
        let other = if likely < self.0 { self.0 } else { self.1 };
        (likely - other.max(-AHEAD)).clamp(-AHEAD, AHEAD)
    }
}

fn truth(is: bool) -> f64 {
    f64::from(u8::from(is))
}
