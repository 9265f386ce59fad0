//! Dates left over: where no report of the draft's event has a date of the draft, and they one that the draft hasn't, in its form and but for
//! one part the same, the two may be one with a slip between them.

use rustc_hash::FxHashSet;

use super::Case;
use super::leftovers::telling;
use super::thresholds::{DATE_TOLD_ALIKE, SEVERAL_SOURCES};
use crate::corpus::{DateFact, Row, Sign, Weighed, signs};
use crate::gazetteer::contrasts::exclude;
use crate::reader::{Agreement, Context, DateMention, PartialDate, compare_dates};
use crate::text::edit_distance;

/// The dates of reports that one of the draft should be, the earliest report's first, all of one day, month or year; nothing where a report has the
/// draft's own, or several dates are left over, or the words around have too little in common.
pub(super) fn meant<'a>(case: &Case<'a>, date: &DateMention, context: &Context) -> Vec<(&'a Row, &'a DateFact)> {
    let Some(said) = date.value.filter(|_| date.written.month.is_some() || date.written.year.is_some()) else { return Vec::new() };
    let reports = case.reports();
    let agrees =
        |one: &DateMention, row: &Row, given: &DateMention| compare_dates(one, case.today, given, row.published) == Agreement::Agree;
    // "In April" bears "8 April" out but vaguely; a weekday does so wholly.
    let bears_out =
        |row: &Row, given: &DateFact| agrees(date, row, &given.date) && (given.date.weekday.is_some() || is_as_fine(&given.date, date));
    if reports.dates().any(|(row, given)| bears_out(row, given)) {
        return Vec::new();
    }
    let is_said = |row: &Row, given: &DateFact| {
        case.dates()
            .iter()
            .any(|(_, own)| *own != date && (is_as_fine(own, &given.date) || own.weekday.is_some()) && agrees(own, row, &given.date))
    };
    let is_candidate = |row: &Row, given: &DateFact| {
        let one_part_off = given.date.value.is_some_and(|value| parts_off(said, value) == 1 && is_slip(said.year, value.year));
        one_part_off
            // Two days of one moment, in two places, are none.
            && compare_dates(date, case.today, &given.date, row.published) == Agreement::Differ
            && !given.of_speech
            && is_as_fine(&given.date, date)
            && is_as_fine(date, &given.date)
            && !exclude(&context.told, &given.context.told)
            && !is_said(row, given)
    };
    let mut found: Vec<(&Row, &DateFact)> = reports.dates().filter(|(row, given)| is_candidate(row, given)).collect();
    // Of the months and years that a report tells of, one is soon left over.
    let fewest = if date.written.day.is_none() { SEVERAL_SOURCES as usize } else { 1 };
    let values: Vec<PartialDate> = found.iter().filter_map(|(_, given)| given.date.value).collect();
    let are_one = values.iter().all(|value| values.iter().all(|other| value.may_be(*other)));
    let giving: FxHashSet<_> = found.iter().map(|(row, _)| row.id.source).collect();
    if !are_one || giving.len() < fewest {
        return Vec::new();
    }
    let own = telling(context);
    let told_alike = |given: &DateFact| {
        let others = telling(&given.context);
        let (asked, other) = (Weighed { context, telling: &own }, Weighed { context: &given.context, telling: &others });
        signs(asked, other).map_or(0.0, |signs| signs.get(Sign::Shared))
    };
    if !found.iter().any(|(_, given)| told_alike(given) >= DATE_TOLD_ALIKE) {
        return Vec::new();
    }
    found.sort_by_key(|(row, _)| (row.published, case.dossier.brief(row.id.source).map(|brief| brief.header.id.clone()), row.id.at));
    let mut sources = FxHashSet::default();
    found.retain(|(row, _)| sources.insert(row.id.source));
    found
}

/// Whether a date says all parts that the other says.
fn is_as_fine(one: &DateMention, other: &DateMention) -> bool {
    let says = |date: &DateMention| {
        (date.written.year.is_some() || date.written.month.is_some(), date.written.month.is_some(), date.written.day.is_some())
    };
    let (one, other) = (says(one), says(other));
    one.0 >= other.0 && one.1 >= other.1 && one.2 >= other.2
}

/// Whether two years, where both are said, are as a slip of the hand leaves them: but for one digit, or two neighbours that changed places, the same.
fn is_slip(one: Option<i16>, other: Option<i16>) -> bool {
    let digits = |year: i16| year.to_string();
    one.zip(other).is_none_or(|(one, other)| edit_distance(&digits(one), &digits(other), 1).is_some())
}

/// In how many of year, month and day two dates differ, as far as both have them.
fn parts_off(one: PartialDate, other: PartialDate) -> usize {
    fn off<T: PartialEq>(one: Option<T>, other: Option<T>) -> usize {
        usize::from(one.zip(other).is_some_and(|(one, other)| one != other))
    }
    off(one.year, other.year) + off(one.month, other.month) + off(one.day, other.day)
}
