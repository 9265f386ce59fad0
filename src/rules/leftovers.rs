//! Values left over: reports of one event share most of theirs, whatever words stand around them. Where a draft has a value that none of the
//! reports of its event gives, and they one of the kind that the draft hasn't, the two may be one, with a slip between them.
//!
//! How much each sign counts was fitted to reports of one event with slips made in them, `data/fit_leftovers.py`.

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Case;
use super::alignment::{Aligned, Own, Pair, Value, values};
use super::slips::Slip;
use crate::corpus::{Citation, Matter, Report, Row, Said, SourceId};
use crate::data;
use crate::document::ProseSpan;
use crate::gazetteer::contrasts::exclude;
use crate::reader::{Agreement, Context, DateMention, Dimension, Figure, PartialDate, days_between, leaves_unit_out};
use crate::text::edit_distance;
use crate::thresholds::{
    AGREES_AS_WELL, DATE_LEFTOVER, HELD, LEFTOVER, LIKER_THAN_GIVEN, MOST_PAIRS, MUCH_VAGUER, OF_BARE_NUMBERS, OF_BARE_SWAPS,
    SEVERAL_SOURCES, SHORT_SWAP,
};

/// What speaks for or against a value of a report being what a draft's should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftoverSign {
    /// One for any two.
    Given,
    /// How much speaks for their being of one thing, whatever they are.
    Likely,
    /// Another report of the event gives the value: how much speaks for its being of the same thing, from [`STRAY`] on. That many give one tells
    /// nothing by itself, for what all of them have the draft may leave out.
    Also,
    /// How far what else both texts tell of agrees.
    Tally,
    /// A report gives the draft's own value, though more vaguely: "more than two thousand" for 2,418.
    Vague,
    /// The draft gives the report's value elsewhere: how much speaks for that being of the same thing, from [`STRAY`] on.
    Held,
    /// How much speaks for a slip of the hand, in nats; and that anything does.
    Slip,
    Slipped,
    /// How many orders of magnitude lie between them, at most two.
    Far,
    /// It is a count, an age or a place in a row: small numbers meet by chance. And how many digits it has without noughts at its ends, at
    /// most four.
    Plain,
    Digits,
    /// Two dates are of one month and two days, of one day of two months, or of two months alone.
    Day,
    Month,
    MonthAlone,
    /// How many days lie between them, a logarithm, at most four.
    Days,
}

impl LeftoverSign {
    pub const ALL: [Self; 15] = [
        Self::Given,
        Self::Likely,
        Self::Also,
        Self::Tally,
        Self::Vague,
        Self::Held,
        Self::Slip,
        Self::Slipped,
        Self::Far,
        Self::Plain,
        Self::Digits,
        Self::Day,
        Self::Month,
        Self::MonthAlone,
        Self::Days,
    ];

    /// As the table of weights names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Likely => "likely",
            Self::Also => "also",
            Self::Tally => "tally",
            Self::Vague => "vague",
            Self::Held => "held",
            Self::Slip => "slip",
            Self::Slipped => "slipped",
            Self::Far => "far",
            Self::Plain => "plain",
            Self::Digits => "digits",
            Self::Day => "day",
            Self::Month => "month",
            Self::MonthAlone => "month-alone",
            Self::Days => "days",
        }
    }
}

/// Each sign as far as it was seen.
pub type LeftoverSigns = [f64; LeftoverSign::ALL.len()];

/// The reports that tell of the draft's event, beside it.
#[derive(Debug, Default)]
pub struct Reports<'a> {
    /// The draft's own day.
    today: Option<Date>,
    pub own: Vec<Own<'a>>,
    pub all: Vec<Aligned<'a>>,
}

impl<'a> Reports<'a> {
    pub fn of(case: &Case<'a>) -> Self {
        // Where nothing is left of one, as in a draft of other things than the built-in sources', nobody need ask what it is of.
        let with_rows = case.dossier.reports.iter().filter(|(_, report)| !report.rows().is_empty());
        let mut told: Vec<_> = with_rows.filter(|(source, _)| case.kinship(**source).may_be_one_event()).collect();
        if told.is_empty() {
            return Self::default();
        }
        let own = values(case);
        told.sort_by_key(|(source, report)| (report.rows().len(), **source));
        let mut pairs = 0_usize;
        told.retain(|(_, report)| {
            pairs = pairs.saturating_add(own.len().saturating_mul(report.rows().len()));
            pairs <= MOST_PAIRS
        });
        told.sort_by_key(|(source, _)| **source);
        let beside =
            |(source, report): (&SourceId, &'a Arc<Report>)| Aligned::new(&own, *source, report, case.kinship(*source).is_of_other_days);
        Self { today: case.today, all: told.into_iter().map(beside).collect(), own }
    }

    /// Which value of the draft this is.
    pub fn index(&self, matter: Matter, at: ProseSpan) -> Option<usize> {
        self.own.binary_search_by(|own| own.place().cmp(&(matter as usize, at))).ok()
    }
}

/// A value that may be what one of the draft should be.
#[derive(Clone, Debug)]
pub struct Leftover<'a> {
    pub source: SourceId,
    pub row: &'a Row,
    /// How much speaks for both being of one thing, whatever they are.
    likely: f64,
    pub signs: LeftoverSigns,
}

impl<'a> Leftover<'a> {
    /// How much speaks for its being meant, a logarithm of odds.
    pub fn likelihood(&self) -> f64 {
        static WEIGHTS: LazyLock<[LeftoverSigns; 2]> = LazyLock::new(|| data::LEFTOVERS.weights(LeftoverSign::ALL.map(LeftoverSign::name)));
        let matter = if matches!(self.row.fact.said, Said::Date(_)) { Matter::Date } else { Matter::Figure };
        self.signs.iter().zip(&WEIGHTS[matter as usize]).map(|(sign, weight)| sign * weight).sum()
    }

    fn value(&self) -> Option<Value<'a>> {
        Value::of(self.row)
    }
}

/// What is left over for a value of the draft; nothing where a report gives it as exactly. A small number is given for something by every
/// report: for that the words have to speak more for what is given than for what is left.
pub fn leftovers<'a>(reports: &Reports<'a>, own: usize) -> Vec<Leftover<'a>> {
    let one = &reports.own[own];
    let (mut is_vague, mut borne) = (false, f64::NEG_INFINITY);
    for aligned in &reports.all {
        for pair in aligned.of(own).iter().filter(|pair| pair.agrees) {
            if Value::of(aligned.row(pair)).is_some_and(|given| is_vaguer(given, one.value)) {
                is_vague = true;
            } else if is_small(one.value) {
                borne = borne.max(pair.likely);
            } else {
                return Vec::new();
            }
        }
    }
    let is_liker = move |pair: &&Pair| pair.likely > borne + LIKER_THAN_GIVEN;
    // Of dates few are the same by chance.
    let is_date = one.value.matter() == Matter::Date;
    // A share closes at another price every day.
    let is_of_that_day = |row: &Row| !one.is_of_its_day || days_between(reports.today, row.published).is_none_or(|days| days == 0);
    let left = reports.all.iter().filter(|aligned| !aligned.is_of_other_days).flat_map(|aligned| {
        let is_free = move |pair: &&Pair| !is_date || aligned.given[pair.row].is_empty();
        let may_be = move |pair: &&Pair| {
            !pair.agrees
                && is_of_that_day(aligned.row(pair))
                && is_liker(pair)
                && is_free(pair)
                && tells_what_of(one, aligned.row(pair), pair)
                && may_be_meant(one, aligned.row(pair))
        };
        aligned.of(own).iter().filter(may_be).map(move |pair| (aligned, pair))
    });
    let mut found: Vec<Leftover<'a>> = left
        .filter_map(|(aligned, pair)| {
            let row = aligned.row(pair);
            let mut signs = [0.0; LeftoverSign::ALL.len()];
            let mut set = |sign: LeftoverSign, much: f64| signs[sign as usize] = much;
            set(LeftoverSign::Given, 1.0);
            set(LeftoverSign::Likely, pair.likely);
            set(LeftoverSign::Tally, aligned.tally);
            set(LeftoverSign::Vague, truth(is_vague));
            set(LeftoverSign::Held, aligned.agreeing(pair.row).filter(|held| held.own != own).map(above_a_stray).fold(0.0, f64::max));
            match (one.value, Value::of(row)?) {
                (Value::Figure(figure), Value::Figure(other)) => compare_figures(&mut set, figure, other, slip(one, figure, other)),
                (Value::Date(one, day), Value::Date(other, other_day)) => compare_dates(&mut set, (one, day), (other, other_day)),
                _ => return None,
            }
            Some(Leftover { source: aligned.source, row, likely: pair.likely, signs })
        })
        .collect();
    let also: Vec<f64> = found.iter().map(|left| also(&found, left)).collect();
    for (left, also) in found.iter_mut().zip(also) {
        left.signs[LeftoverSign::Also as usize] = also;
    }
    found
}

/// Whether a value is such a number as every text has: up to twelve.
fn is_small(value: Value<'_>) -> bool {
    matches!(value, Value::Figure(figure) if figure.number() <= A_DOZEN && figure.number().fract().is_zero())
}

const A_DOZEN: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// What is less likely of one thing with a value is a stray.
const STRAY: f64 = -4.0;

fn above_a_stray(pair: &Pair) -> f64 {
    (pair.likely - STRAY).max(0.0)
}

/// How likely the likeliest of the same values of other reports is.
fn also(found: &[Leftover<'_>], left: &Leftover<'_>) -> f64 {
    let others = found.iter().filter(|other| other.source != left.source && agree(left, other));
    others.map(|other| (other.likely - STRAY).max(0.0)).fold(0.0, f64::max)
}

fn agree(one: &Leftover<'_>, other: &Leftover<'_>) -> bool {
    one.value().zip(other.value()).is_some_and(|(one, other)| one.compare(other) == Agreement::Agree)
}

/// Whether both say what they are numbers of; or else their words leave little doubt of it, or a slip does that few other numbers are apart by.
fn tells_what_of(own: &Own<'_>, row: &Row, pair: &Pair) -> bool {
    let (Value::Figure(one), Said::Figure(said)) = (own.value, &row.fact.said) else { return true };
    let is_bare = |figure: &Figure| figure.dimension == Dimension::Number && figure.context.head.is_none();
    let is_slip = |slip: Slip| {
        slip.is_of_long_number() || !leaves_unit_out(one, &said.figure) && slip.tells() >= SHORT_SWAP && pair.likely >= OF_BARE_SWAPS
    };
    !is_bare(one) && !is_bare(&said.figure) || pair.likely >= OF_BARE_NUMBERS || slip(own, one, &said.figure).is_some_and(is_slip)
}

/// The slip that a hand may have made; what is written in words has no digits.
fn slip(own: &Own<'_>, one: &Figure, other: &Figure) -> Option<Slip> {
    Slip::between(one, other).filter(|slip| own.in_digits || slip.is_of_words())
}

/// Whether nothing parts a value of the draft from one of a report: the dead of the one are no slip of the injured of the other, and what the
/// draft has worked out is none of what it was worked out from.
fn may_be_meant(own: &Own<'_>, row: &Row) -> bool {
    let parts = |other: &Context| {
        own.context.fate.zip(other.fate).is_some_and(|(one, other)| one != other) || exclude(&own.context.told, &other.told)
    };
    match (own.value, &row.fact.said) {
        (Value::Figure(one), Said::Figure(said)) => {
            let is_age = |figure: &Figure| figure.dimension == Dimension::Age;
            // "The first", "the second": each text has its own.
            let is_small_ordinal = |figure: &Figure| figure.dimension == Dimension::Ordinal && figure.value <= Decimal::TWO;
            if is_small_ordinal(one) || is_small_ordinal(&said.figure) {
                return false;
            }
            // Where a text says of whom it speaks, it gives the age as a number alone.
            let may_be_ages = is_age(one) == is_age(&said.figure) || leaves_unit_out(one, &said.figure);
            may_be_ages && !parts(&said.figure.context) && !is_worked_out(one, &said.figure) && !is_so_many_times(one, &said.figure)
        }
        (Value::Date(one, _), Said::Date(said)) => {
            let is_said_outright = |date: &DateMention| date.written.month.is_some() || date.written.year.is_some();
            // "Tomorrow" and "on Friday" are of the article's own days, of which each report of a long story has others.
            is_said_outright(one)
                && is_said_outright(&said.date)
                && !said.of_speech
                // Two days of one moment, in two places, are none.
                && Value::of(row).is_some_and(|given| own.value.compare(given) == Agreement::Differ)
                // A month that a report tells of is no slip of a day.
                && is_as_fine(one, &said.date)
                && is_as_fine(&said.date, one)
                && is_one_part_off(one, &said.date)
                && !parts(&said.context)
        }
        _ => false,
    }
}

/// Whether two dates differ in one of year, month and day, and that in a year by no more than a digit.
fn is_one_part_off(one: &DateMention, other: &DateMention) -> bool {
    fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }
    let Some((own, given)) = one.value.zip(other.value) else { return false };
    let is_slip = |one: i16, other: i16| edit_distance(&one.to_string(), &other.to_string(), 1).is_some();
    let parts = [differ(own.year, given.year), differ(own.month, given.month), differ(own.day, given.day)];
    parts.into_iter().filter(|differs| *differs).count() == 1 && own.year.zip(given.year).is_none_or(|(one, other)| is_slip(one, other))
}

/// Whether one of two figures is the other so many times as a third one of their sentences says: 800,000 a year for 35 years are 28 million.
pub(super) fn is_so_many_times(one: &Figure, other: &Figure) -> bool {
    let (value, given) = (one.written.value, other.written.value);
    given_by_one(one, other)
        .filter(|times| **times > Decimal::TWO)
        .any(|times| given.checked_mul(*times) == Some(value) || value.checked_mul(*times) == Some(given))
}

/// The other values of the sentences of two figures; what both sentences give has nothing to do with what one of them gives.
fn given_by_one<'f>(one: &'f Figure, other: &'f Figure) -> impl Iterator<Item = &'f Decimal> {
    let (own, others) = (&one.context.values, &other.context.values);
    own.iter().filter(|value| !others.contains(value)).chain(others.iter().filter(|value| !own.contains(value)))
}

/// Whether one of two figures is the other with a third one of their sentences added or taken away, or so many per cent of it: 61,000 where
/// 40,000 were planned for is 21,000 too many. Or with all others of the sentence: what 2,100, 1,560 and 1,200 come to.
fn is_worked_out(one: &Figure, other: &Figure) -> bool {
    let (value, given) = (one.written.value, other.written.value);
    let with_all = |one: Decimal, others: &[Decimal]| others.iter().try_fold(one, |sum, other| sum.checked_add(*other));
    // The same number in another unit is worked out from nothing.
    if value != given && (with_all(given, &other.context.values) == Some(value) || with_all(value, &one.context.values) == Some(given)) {
        return true;
    }
    given_by_one(one, other).filter(|beside| !beside.is_zero()).any(|beside| {
        let is = |reckoned: Option<Decimal>| reckoned == Some(value);
        let is_share = |whole: Decimal, part: Decimal| {
            let reckoned = whole.checked_mul(*beside).and_then(|times| times.checked_div(Decimal::ONE_HUNDRED));
            reckoned
                .and_then(|reckoned| reckoned.checked_sub(part))
                .is_some_and(|off| off.abs() < Decimal::ONE && part.abs() >= Decimal::TEN)
        };
        is(given.checked_add(*beside))
            || is(given.checked_sub(*beside))
            || is(beside.checked_sub(given))
            || is_share(given, value)
            || is_share(value, given)
    })
}

fn compare_figures(set: &mut impl FnMut(LeftoverSign, f64), one: &Figure, other: &Figure, slip: Option<Slip>) {
    let slip = slip.map_or(0.0, Slip::tells);
    set(LeftoverSign::Slip, slip);
    set(LeftoverSign::Slipped, truth(slip > 0.0));
    let far = if leaves_unit_out(one, other) {
        one.magnitude_of_number().zip(other.magnitude_of_number())
    } else {
        one.magnitude().zip(other.magnitude())
    };
    let far = far.map_or(0.0, |(one, other)| (one - other).abs());
    set(LeftoverSign::Far, if slip > 0.0 { 0.0 } else { (far - 0.3).clamp(0.0, 2.0) });
    let plain = matches!(one.dimension, Dimension::Count | Dimension::Number | Dimension::Ordinal | Dimension::Age);
    set(LeftoverSign::Plain, truth(plain));
    let digits = one.written.value.abs().normalize().to_string().replace('.', "");
    set(LeftoverSign::Digits, f64::from(digits.trim_matches('0').len().min(4) as u32));
}

fn compare_dates(
    set: &mut impl FnMut(LeftoverSign, f64),
    (one, day_of_own): (&DateMention, Option<Date>),
    (other, day_of_other): (&DateMention, Option<Date>),
) {
    let Some((own, given)) = one.value.zip(other.value) else { return };
    let differ = |one: Option<i8>, other: Option<i8>| one.is_some() && other.is_some() && one != other;
    let same = |one: Option<i8>, other: Option<i8>| one.is_some() && one == other;
    let month = differ(own.month, given.month);
    set(LeftoverSign::Day, truth(differ(own.day, given.day) && same(own.month, given.month)));
    set(LeftoverSign::Month, truth(month && same(own.day, given.day)));
    set(LeftoverSign::MonthAlone, truth(month && own.day.is_none()));
    let days = days_between(nearest(own, day_of_own), nearest(given, day_of_other)).filter(|days| *days < 400);
    set(LeftoverSign::Days, days.map_or(0.0, |days| f64::from(days).ln_1p().min(4.0)));
}

/// The day that is meant, of that year, where none is said, in which it lies nearest to the article's own.
fn nearest(date: PartialDate, published: Option<Date>) -> Option<Date> {
    let (month, day) = (date.month?, date.day?);
    let in_year = |year: i16| PartialDate::new(Some(year), Some(month), Some(day)).full();
    if date.year.is_some() {
        return date.full();
    }
    let published = published?;
    let years = [-1, 0, 1].into_iter().filter_map(|by| in_year(published.year().checked_add(by)?));
    years.min_by_key(|day| days_between(Some(*day), Some(published)))
}

/// What a value of the draft should be by all reports that give it, the likeliest first; nothing where little speaks for it.
pub(super) fn meant<'a>(case: &Case<'a>, matter: Matter, at: ProseSpan) -> Vec<Leftover<'a>> {
    let reports = case.reports();
    let Some(own) = reports.index(matter, at) else { return Vec::new() };
    let mut found = leftovers(reports, own);
    // Of equals the one of the earlier report, as elsewhere; what a folder is called is of no account.
    let place = |one: &Leftover<'_>| (one.row.published, case.dossier.brief(one.source).map(|brief| &brief.header.id), one.row.id.at);
    found.sort_by(|one, other| other.likelihood().total_cmp(&one.likelihood()).then_with(|| place(one).cmp(&place(other))));
    let least = if matter == Matter::Date { DATE_LEFTOVER } else { LEFTOVER };
    let Some(best) = found.first().filter(|best| best.likelihood() >= least).cloned() else { return Vec::new() };
    let mut sources = Vec::new();
    found.retain(|one| {
        let same = agree(one, &best) && !sources.contains(&one.source);
        if same {
            sources.push(one.source);
        }
        same
    });
    // Of the months and years that a report tells of, one is soon left over.
    let is_coarse = matches!(reports.own[own].value, Value::Date(date, _) if date.written.day.is_none());
    if is_coarse && sources.len() < SEVERAL_SOURCES as usize {
        return Vec::new();
    }
    found
}

/// Whether what the reports tell besides leaves one of their values to be what a figure or date of the draft should be: not where one bears the
/// draft out of which as much speaks for its being of the same thing, and not where the draft gives the report's value for what
/// is liker.
pub(super) fn is_left_open(case: &Case<'_>, matter: Matter, at: ProseSpan, citation: &Citation, source: SourceId) -> bool {
    let reports = case.reports();
    let Some(own) = reports.index(matter, at) else { return true };
    let of_source = reports.all.iter().filter(|aligned| aligned.source == source);
    let mut rivals = of_source.flat_map(|aligned| aligned.of(own).iter().map(move |pair| (aligned, pair)));
    // An age may be told by a report of anything.
    let Some((aligned, rival)) = rivals.find(|(aligned, pair)| aligned.row(pair).fact.start == citation.start) else { return true };
    let agreeing = reports.all.iter().flat_map(|aligned| aligned.of(own)).filter(|pair| pair.agrees);
    if agreeing.map(|pair| pair.likely).fold(f64::NEG_INFINITY, f64::max) >= rival.likely - AGREES_AS_WELL {
        return false;
    }
    let given = aligned.given[rival.row].iter().filter(|given| **given != own);
    let mut taken = given.flat_map(|given| aligned.of(*given)).filter(|pair| pair.row == rival.row);
    // That it is given elsewhere speaks against this one already: by the words alone it is known whose it is.
    !taken.any(|pair| pair.words > rival.words + HELD)
}

/// Whether a value that agrees with one of the draft could as well agree with many others that it wouldn't be taken for.
fn is_vaguer(given: Value<'_>, own: Value<'_>) -> bool {
    match (given, own) {
        (Value::Figure(given), Value::Figure(own)) => {
            let width = |figure: &Figure| {
                let (low, high) = figure.bounds();
                high - low
            };
            // Small numbers of things leave nothing open.
            let own_width = if own.is_exact() { 1.0 } else { width(own) };
            given.value != own.value && width(given) > MUCH_VAGUER * own_width
        }
        // "In April" bears "8 April" out but vaguely; a weekday does so wholly.
        (Value::Date(given, _), Value::Date(own, _)) => given.weekday.is_none() && !is_as_fine(given, own),
        _ => false,
    }
}

/// Whether a date says all parts that the other says.
fn is_as_fine(one: &DateMention, other: &DateMention) -> bool {
    let says = |date: &DateMention| {
        let said = date.value.unwrap_or(date.written);
        [said.year.is_some() || said.month.is_some(), said.month.is_some(), said.day.is_some()]
    };
    says(one).into_iter().zip(says(other)).all(|(one, other)| one >= other)
}

fn truth(is: bool) -> f64 {
    f64::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_weighs_the_signs_that_there_are() {
        let mut signs = LeftoverSign::ALL.map(LeftoverSign::name);
        signs.sort_unstable();
        assert!(data::LEFTOVERS.rows().map(|[name, ..]| name).eq(signs));
    }
}
