//! Hover on a figure or a date: what it comes to otherwise, what it measures, and what the sources give for it.

use std::fmt::Write as _;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Draft;
use super::markdown::{cited, escaped};
use crate::corpus::{FigureAttestation, FigureQuestion, Gist, SettledFigure};
use crate::data;
use crate::gazetteer::units::{FigureTables, Unit};
use crate::reader::{
    Agreement, DateMention, Dimension, Figure, FigureMention, Hedge, Mention, MentionKind, PartialDate, grouped, weekday_name,
};
use crate::thresholds;

/// Of those that agree and of those that don't, so many are shown.
const SHOWN: usize = 4;
/// So many orders of magnitude a slip may be off: a million for a billion is three.
const MOST_ORDERS: f64 = 3.0;

pub(super) fn about_figure(draft: &Draft, mention: &Mention, figure: &FigureMention) -> String {
    let mut out = format!("**{}**", escaped(draft.document.words(mention.at)));
    if let Some(other) = in_other_units(figure) {
        let _ = write!(out, ", {}", escaped(&other));
    }
    out.push('\n');
    if let Some(of) = what_of(draft, mention, figure) {
        let _ = writeln!(out, "\n{}", escaped(&of));
    }
    let question = FigureQuestion::about(mention);
    let attested = question.as_ref().map_or(&[][..], |question| draft.dossier.figures(question));
    let today = draft.document.date();
    list_settled(question.as_ref().map_or(&[][..], |question| draft.dossier.settled(question)), figure, today, &mut out);
    let like = |attestation: &&FigureAttestation| attestation.likeness.on(today) >= thresholds::WORTH_SHOWING;
    let agrees = |attestation: &FigureAttestation| attestation.agreement(figure, today) == Agreement::Agree;
    let gist = Gist::of(&draft.reading, today);
    // Another value is one of the same thing: in a report of the draft's event that has not the draft's as well, and of its size.
    let is_of_event = |one: &FigureAttestation| {
        let brief = draft.dossier.brief(one.source);
        brief.is_some_and(|brief| gist.may_be_one_event_with(&brief.account.gist))
    };
    let has_both = |one: &FigureAttestation| attested.iter().any(|other| other.source == one.source && agrees(other));
    let is_of_its_size = |one: &FigureAttestation| {
        figure.magnitude().zip(one.figure.magnitude()).is_none_or(|(own, other)| (own - other).abs() <= MOST_ORDERS)
    };
    let is_other = |one: &FigureAttestation| is_of_its_size(one) && !has_both(one) && is_of_event(one);
    for (heading, agreement) in [("Sources that agree", Agreement::Agree), ("Sources that give another value", Agreement::Differ)] {
        let of_these = attested.iter().filter(like).filter(|one| one.agreement(figure, today) == agreement);
        let of_these = of_these.filter(|one| agreement == Agreement::Agree || is_other(one));
        // A measure in two units is told once.
        let mut shown: Vec<&FigureAttestation> = Vec::new();
        for one in of_these {
            let told = |other: &&FigureAttestation| {
                (&other.citation.source, &other.citation.sentence) == (&one.citation.source, &one.citation.sentence)
            };
            if !shown.iter().any(&told) {
                shown.push(one);
            }
        }
        if !shown.is_empty() {
            let _ = writeln!(out, "\n{heading}\n");
        }
        for one in shown.into_iter().take(SHOWN) {
            let _ = writeln!(out, "- **{}** — {}: {}", escaped(&hedged(one)), cited(&one.citation), escaped(&one.citation.sentence));
        }
    }
    out
}

/// What a value is of, in words: "of the annual rate of inflation, March 2026", "of carts, a week".
fn what_of(draft: &Draft, mention: &Mention, figure: &FigureMention) -> Option<String> {
    let of = figure.of?.text(&draft.document.block(mention.at).text);
    let per = figure.per.map(|per| format!("a {}", per.name()));
    // Years and months, and no day that something was said on.
    let is_time = |date: &DateMention| date.weekday.is_none() && date.written.day.is_none() && date.written != PartialDate::default();
    let times = draft.reading.within(draft.reading.sentence(mention.at)).filter_map(|other| match &other.kind {
        MentionKind::Date(date) if is_time(date) => Some(draft.document.words(other.at).to_owned()),
        _ => None,
    });
    let times: Vec<String> = times.collect();
    // Of two times in a sentence either may be the value's.
    let time = if let [time] = &times[..] { Some(time.clone()) } else { None };
    Some(["of".to_owned() + " " + of].into_iter().chain(per).chain(time).collect::<Vec<_>>().join(", "))
}

/// What the desk has settled of the figure, whichever way the draft has it.
fn list_settled(settled: &[SettledFigure], figure: &FigureMention, today: Option<Date>, out: &mut String) {
    let holding = settled.iter().filter(|one| one.holds_on(today));
    let holding = holding.filter(|one| !settled.iter().any(|other| other.holds_on(today) && one.gives_way_to(other)));
    for one in holding {
        let verdict = match one.agreement(figure, today) {
            Agreement::Agree => "Settled by the desk",
            Agreement::Differ | Agreement::Apart => "The desk has settled another value",
        };
        let since = one.as_of.map(|day| format!(" as of {}", short(day))).unwrap_or_default();
        let _ = writeln!(out, "\n{verdict}{since}: **{}** — {}", escaped(&one.words), cited(&one.citation));
    }
}

/// What a source gives in its own words, with its hedge.
fn hedged(attestation: &FigureAttestation) -> String {
    match attestation.figure.hedge {
        Hedge::Exact => attestation.words.clone(),
        hedge => format!("{} {}", hedge.name(), attestation.words),
    }
}

/// A measure in the largest unit of the other system of which it is one at least, rounded as a desk would: "about 271 square miles" for
/// 701 square kilometres.
pub(super) fn in_other_units(figure: &Figure) -> Option<String> {
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
                _ => {
                    data::EVERYDAY_UNITS.words().any(|name| name == unit.name)
                        && unit.of_canonical(figure.value).is_some_and(|value| value.abs() >= Decimal::ONE)
                }
            }
    };
    let unit = FigureTables::get().units().iter().filter(fits).max_by_key(|unit| unit.factor)?;
    let low = rounded(figure.in_unit(figure.value, unit)?, figure)?;
    let value = match figure.high.and_then(|high| figure.in_unit(high, unit)) {
        Some(high) => format!("{low}–{}", rounded(high, figure)?),
        None => low,
    };
    Some(format!("about {value} {}", if value == "1" { unit.name.to_owned() } else { plural(unit.name) }))
}

const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// With as many digits that count as the figure is written with, two or three; degrees are whole.
fn rounded(value: Decimal, figure: &Figure) -> Option<String> {
    if figure.dimension == Dimension::Temperature {
        return Some(grouped(value.round()));
    }
    let written = figure.written.value.normalize().mantissa().unsigned_abs().to_string();
    let digits = written.trim_end_matches('0').len().clamp(2, 3);
    let value = value.round_sf(digits as u32)?;
    let millions = value.checked_div(MILLION).filter(|millions| millions.abs() >= Decimal::ONE);
    Some(millions.map_or_else(|| grouped(value), |millions| format!("{} million", grouped(millions.normalize()))))
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
