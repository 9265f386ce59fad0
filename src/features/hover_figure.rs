//! Hover on a figure or a date: what it comes to otherwise, what it measures, and what the sources give for it.

use std::fmt::Write as _;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::Draft;
use super::markdown::{cited, escaped};
use crate::corpus::{FigureAttestation, FigureQuestion};
use crate::gazetteer::units::{FigureTables, Unit};
use crate::reader::{Agreement, DateMention, Dimension, Figure, Hedge, Mention, weekday_name};
use crate::rules::thresholds;

/// Of those that agree and of those that don't, so many are shown.
const SHOWN: usize = 4;
/// The units that readers have a notion of: no furlongs.
const EVERYDAY: [&str; 22] = [
    "kilometre",
    "metre",
    "centimetre",
    "mile",
    "foot",
    "inch",
    "square kilometre",
    "hectare",
    "square metre",
    "square mile",
    "acre",
    "square foot",
    "tonne",
    "kilogram",
    "gram",
    "pound",
    "ounce",
    "litre",
    "US gallon",
    "kilometre per hour",
    "mile per hour",
    "cubic metre",
];
pub(super) fn about_figure(draft: &Draft, mention: &Mention, figure: &Figure) -> String {
    let mut out = format!("**{}** — {}", escaped(draft.document.words(mention.at)), quantity(figure));
    if let Some((value, unit)) = in_other_units(figure) {
        let _ = write!(out, ", {}", escaped(&format!("{value} in {unit}")));
    }
    out.push('\n');
    if let Some(of) = figure.of {
        let _ = writeln!(out, "\nof {}", escaped(of.text(&draft.document.block(mention.at).text)));
    }
    let attested = FigureQuestion::about(mention).map_or(&[][..], |question| draft.dossier.figures(&question));
    let today = draft.document.date();
    let like = |attestation: &&FigureAttestation| attestation.likeness.on(today) >= thresholds::WORTH_SHOWING;
    for (heading, agreement) in [("Sources that agree", Agreement::Agree), ("Sources that give another value", Agreement::Differ)] {
        let mut of_these =
            attested.iter().filter(like).filter(|attestation| attestation.agreement(figure, today) == agreement).take(SHOWN).peekable();
        if of_these.peek().is_some() {
            let _ = writeln!(out, "\n{heading}\n");
        }
        for attestation in of_these {
            let citation = &attestation.citation;
            let _ = writeln!(out, "- **{}** — {}: {}", quantity(&attestation.figure), cited(citation), escaped(&citation.sentence));
        }
    }
    out
}

/// A figure with its hedge in its canonical unit.
fn quantity(figure: &Figure) -> String {
    let hedge = match figure.hedge {
        Hedge::Exact => "",
        Hedge::About => "about ",
        Hedge::Nearly => "nearly ",
        Hedge::MoreThan => "more than ",
        Hedge::AtLeast => "at least ",
        Hedge::LessThan => "less than ",
        Hedge::AtMost => "at most ",
    };
    let high = figure.high.map(|high| format!("–{}", high.normalize())).unwrap_or_default();
    let unit = match (figure.dimension, figure.unit) {
        (_, Some(unit)) => format!(" {unit}"),
        (Dimension::Percent, None) => " %".to_owned(),
        _ => String::new(),
    };
    escaped(&format!("{hedge}{}{high}{unit}", figure.value.round_dp(6).normalize()))
}

/// A measure in the largest unit of the other system of which it is one at least, as value and unit: miles for kilometres,
/// kilograms for pounds.
pub(super) fn in_other_units(figure: &Figure) -> Option<(String, String)> {
    let other = match figure.written.measure?.system {
        "metric" => "imperial",
        "imperial" => "metric",
        _ => return None,
    };
    let fits = |unit: &&&'static Unit| {
        unit.dimension == figure.dimension
            && unit.system == other
            && match figure.dimension {
                Dimension::Temperature => unit.name.starts_with("degree"),
                _ => EVERYDAY.contains(&unit.name) && unit.of_canonical(figure.value).is_some_and(|value| value.abs() >= Decimal::ONE),
            }
    };
    let unit = FigureTables::get().units().iter().filter(fits).max_by_key(|unit| unit.factor)?;
    let low = rounded(unit.of_canonical(figure.value)?)?;
    let value = match figure.high.and_then(|high| unit.of_canonical(high)) {
        Some(high) => format!("{low}–{}", rounded(high)?),
        None => low.to_string(),
    };
    Some((value, plural(unit.name)))
}

/// With four digits that count, or all before the point.
fn rounded(value: Decimal) -> Option<Decimal> {
    let whole = value.abs().to_f64()?.max(1.0).log10().floor();
    Some(value.round_dp((3.0 - whole).max(0.0).to_u32()?).normalize())
}

fn plural(name: &str) -> String {
    match name {
        name if name.ends_with("foot") => name.replace("foot", "feet"),
        name if name.ends_with("inch") => format!("{name}es"),
        name if name.starts_with("degree") => name.replacen("degree", "degrees", 1),
        name if name.contains(" per ") => name.replacen(" per ", "s per ", 1),
        name => format!("{name}s"),
    }
}

/// The weekday of a day, and the day that a weekday or a relative date means; none for what says no more than itself.
pub(super) fn about_date(draft: &Draft, mention: &Mention, date: DateMention) -> Option<String> {
    let words = escaped(draft.document.words(mention.at));
    if let Some(value) = date.value {
        return match (value.full(), value.year, value.month) {
            (Some(day), ..) => Some(format!("**{words}** — {}\n", long(day))),
            (None, Some(year), Some(month)) if value != date.written => {
                Date::new(year, month, 1).ok().map(|first| format!("**{words}** — {}\n", first.strftime("%B %Y")))
            }
            (None, None, Some(month)) => {
                // The year that the draft's own day supplies.
                let day = Date::new(draft.document.date()?.year(), month, value.day?).ok()?;
                Some(format!("**{words}** — {} if of that year\n", long(day)))
            }
            (None, Some(year), None) if value != date.written => Some(format!("**{words}** — {year}\n")),
            _ => None,
        };
    }
    let (weekday, today) = (date.weekday?, draft.document.date()?);
    let (last, next) = (today.nth_weekday(-1, weekday).ok()?, today.nth_weekday(1, weekday).ok()?);
    let on = if today.weekday() == weekday { format!("{}, ", long(today)) } else { String::new() };
    Some(format!("**{words}** — {on}the last {0} is {1}, the next {2}\n", weekday_name(weekday), short(last), short(next)))
}

fn long(day: Date) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

fn short(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
