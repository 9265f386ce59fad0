//! `figure-conflict`: the sources give another value for the same thing. Context decides what is the same; where it leaves
//! that open, nothing is said.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::attested::{Attested, Scale, contradicting, elsewhere, excluded, leeway, weighs};
use super::leftovers::{self, Leftover};
use super::settled::{Settled, settled};
use super::slips::{self, Slip};
use super::thresholds::{
    AGE, AGE_HOLDS, AGREEING, BESIDE, CHANGES, FAR, FIGURE, FRESH, HELD, HELD_BY_SENTENCE, RATE_CHANGES, SWAPPED, TOLL_HOLDS,
};
use super::{Case, conflict, unit_number};
use crate::corpus::{Citation, FigureAttestation, FigureFact, FigureQuestion, Likeness, Matter, Said, SettledFigure, Sign};
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::gazetteer::units::Dimension;
use crate::reader::{
    Agreement, Context, Figure, FigureMention, Hedge, Mention, PartialDate, Rewording, Term, as_said, compare, compare_values,
    days_between, leaves_unit_out, write_like,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "figure-conflict",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/figure-conflict.md"),
};

const SCALE: Scale = Scale { least: FIGURE, agreeing: AGREEING };
const SCALE_OF_AGES: Scale = Scale { least: AGE, ..SCALE };

impl Attested for FigureAttestation {
    fn likeness(&self) -> &Likeness {
        &self.likeness
    }

    fn citation(&self) -> &Citation {
        &self.citation
    }

    fn is_like(&self, other: &Self) -> bool {
        compare(&self.figure, &other.figure) == Agreement::Agree
    }
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let figures = case.figures().iter().filter_map(|&(mention, figure)| finding(case, mention, figure));
    figures.chain(unit_number::findings(case, &RULE)).collect()
}

fn finding(case: &Case<'_>, mention: &Mention, figure: &FigureMention) -> Option<Finding> {
    if may_be_article(figure) {
        return None;
    }
    let found = match settled(case, mention, figure) {
        Some(Settled::Agrees) => return None,
        Some(Settled::Differs(SettledFigure { figure, words, citation, .. })) => {
            Some(vec![Given { figure: figure.clone(), words: words.clone(), citation: citation.clone() }])
        }
        None => by_leftovers(case, mention, figure).or_else(|| by_words(case, mention, figure)),
    }?;
    let first = found.first()?;
    let fixes = if is_age_of_another_day(&first.figure, first.citation.source.published, case.today) {
        None
    } else {
        fix(case, mention.at, figure, &first.figure, &first.words)
    };
    let told = told(&first.figure, &first.words);
    let evidence = found.into_iter().map(|given| given.citation).collect();
    let said = as_said(figure, case.document.words(mention.at));
    Some(conflict(case, &RULE, mention.at, (&said, &told), evidence, fixes.into_iter().collect()))
}

/// A value that a source gives.
struct Given {
    figure: Arc<Figure>,
    words: String,
    citation: Citation,
}

/// What the reports of the draft's event have left over for it, the likeliest first.
fn by_leftovers(case: &Case<'_>, mention: &Mention, figure: &FigureMention) -> Option<Vec<Given>> {
    // The third of one row and the fourth of another are no slips of each other.
    if figure.dimension == Dimension::Ordinal {
        return None;
    }
    let found = leftovers::meant(case, Matter::Figure, mention.at);
    let best = found.first()?;
    let Said::Figure(FigureFact { figure: attested, .. }) = &best.row.fact.said else { return None };
    if may_be_article(attested)
        || of_two_people(figure, attested, false)
        || said_beside(case, mention.at, figure, attested)
        || is_news(figure, attested, best.row.published, case.today)
    {
        return None;
    }
    let given = |one: &Leftover<'_>| {
        let Said::Figure(said) = &one.row.fact.said else { return None };
        let citation = one.row.cite(&case.dossier.brief(one.source)?.header);
        Some(Given { figure: said.figure.clone(), words: said.words.to_string(), citation })
    };
    Some(found.iter().filter_map(given).collect())
}

/// What the sources give for what stands among like words, the likest first.
fn by_words(case: &Case<'_>, mention: &Mention, figure: &FigureMention) -> Option<Vec<Given>> {
    let answers = case.dossier.figures(&FigureQuestion::of(figure)?);
    let is_somebodys = figure.dimension == Dimension::Age && !names_beside(figure).is_empty();
    let scale = if is_somebodys { SCALE_OF_AGES } else { SCALE };
    let verdict = |answer: &FigureAttestation| verdict(figure, answer, case.today);
    let leeway_of = |answer: &FigureAttestation| {
        leeway(case.kinship(answer.source).retold, || {
            !case.account(answer.source).is_some_and(|account| account.gives_figure(figure, case.today))
        })
    };
    // How old somebody is follows from any report, whatever it tells of.
    let elsewhere = |answer: &FigureAttestation| {
        if is_somebodys { 0.0 } else { elsewhere(case, answer.source, answer.likeness.sign(Sign::Period) > 0.0) }
    };
    let unlikely = |answer: &FigureAttestation| {
        unlikely(figure, &answer.figure) + stale(answer, case.today) + elsewhere(answer) + excluded(&answer.likeness)
    };
    let found = contradicting(answers, case.today, scale, verdict, unlikely, leeway_of)?;
    let &best = found.sources.first()?;
    let told_alike = best.likeness.sign(Sign::Before) + best.likeness.sign(Sign::Behind) > 0.0;
    if may_be_article(&best.figure)
        || best.likeness.sign(Sign::Besides) == 0.0
        || of_two_people(figure, &best.figure, told_alike)
        || of_two_rows(figure, best)
        || leftovers::is_so_many_times(figure, &best.figure)
        || said_beside(case, mention.at, figure, &best.figure)
        || of_another_period(case, mention.at, &best.figure)
        || is_news(figure, &best.figure, best.citation.source.published, case.today)
        || held_elsewhere(case, mention, best, found.balance)
        || !found.sources.iter().any(|one| leftovers::is_left_open(case, Matter::Figure, mention.at, &one.citation, one.source))
    {
        return None;
    }
    let given = |one: &FigureAttestation| Given { figure: one.figure.clone(), words: one.words.clone(), citation: one.citation.clone() };
    Some(found.sources.into_iter().map(given).collect())
}

/// What a source gives, with its hedge.
fn told(figure: &Figure, words: &str) -> String {
    let words = as_said(figure, words);
    if figure.hedge == Hedge::Exact { words } else { format!("{} {words}", figure.hedge.name()) }
}

/// "One" is an article as often as a number.
fn may_be_article(figure: &Figure) -> bool {
    figure.value == Decimal::ONE && figure.dimension == Dimension::Count
}

/// Whether two ages are told of two people, as far as the names beside them say: those in one sentence are often alike in all else.
/// `told_alike`: in the same words.
fn of_two_people(figure: &Figure, attested: &Figure, told_alike: bool) -> bool {
    if figure.dimension != Dimension::Age {
        return false;
    }
    let (own, others) = (names_beside(figure), names_beside(attested));
    // "He was 45 in 1940": of somebody whom the sentence names farther off, if it's told in the same words.
    match (own.first(), others.first()) {
        (Some(closest), Some(other)) => !others.contains(closest) && !own.contains(other),
        (Some(_), None) => !(told_alike && names_any(attested, &own)),
        (None, Some(_)) => !(told_alike && names_any(figure, &others)),
        (None, None) => false,
    }
}

/// Whether two places in a row are told of two rows: "the third day", "the fourth time".
fn of_two_rows(figure: &Figure, attestation: &FigureAttestation) -> bool {
    figure.dimension == Dimension::Ordinal && attestation.likeness.sign(Sign::Behind) == 0.0
}

/// Whether an age may have grown since it was told, or was another one before, by days that count.
fn is_age_of_another_day(attested: &Figure, published: Option<Date>, today: Option<Date>) -> bool {
    attested.dimension == Dimension::Age && days_between(today, published).is_some_and(|days| days > AGE_HOLDS)
}

/// The names so close to an age that one of them may be whose age it is, the closest first.
fn names_beside(age: &Figure) -> Vec<TermKey> {
    let mut names: Vec<&Term> = age.context.terms.iter().filter(|term| term.name && term.distance <= BESIDE).collect();
    names.sort_by_key(|term| term.distance);
    names.into_iter().map(|term| term.word).collect()
}

/// Whether one of these names stands in the age's sentence.
fn names_any(age: &Figure, names: &[TermKey]) -> bool {
    age.context.terms.iter().any(|term| names.contains(&term.word))
}

/// As [`FigureAttestation::agreement`]; but "fell 3%" and "fell by -3%" are the same.
fn verdict(figure: &Figure, attestation: &FigureAttestation, today: Option<Date>) -> Agreement {
    let attested = &attestation.figure;
    let opposite = figure.value == -attested.value && figure.high.is_none() && attested.high.is_none();
    let plain = matches!(figure.dimension, Dimension::Percent | Dimension::Number | Dimension::Count | Dimension::Money);
    match attestation.agreement(figure, today) {
        Agreement::Differ if opposite && plain => Agreement::Agree,
        agreement => agreement,
    }
}

/// How many orders of magnitude lie between two values of these magnitudes, beyond the first half of one. A slip keeps a number's
/// size, or else its digits: millions for billions.
pub(super) fn orders_apart(one: Option<f64>, other: Option<f64>) -> f64 {
    let orders = one.zip(other).map_or(0.0, |(one, other)| (one - other).abs());
    let same_digits = orders > 0.5 && (orders - orders.round()).abs() < 1e-6;
    if same_digits { 0.0 } else { (orders - 0.5).max(0.0) }
}

/// How much speaks against a slip's having made one value of the other.
fn unlikely(figure: &Figure, attested: &Figure) -> f64 {
    let far = FAR * orders_apart(figure.magnitude(), attested.magnitude());
    match Slip::between(figure, attested).filter(|slip| slip.is_of_long_number()) {
        Some(Slip { kind: slips::Kind::Swapped, .. }) => -SWAPPED,
        Some(Slip { kind: slips::Kind::Digit, .. }) => 0.0,
        _ => far,
    }
}

/// How much speaks for the value's having changed between the source's day and the draft's: nothing where both say for which year it holds.
pub(super) fn stale(attestation: &FigureAttestation, today: Option<Date>) -> f64 {
    let changes = match attestation.figure.dimension {
        _ if attestation.likeness.sign(Sign::Period) > 0.0 => 0.0,
        // How much it grows is told.
        Dimension::Age => 0.0,
        Dimension::Percent => RATE_CHANGES,
        _ => CHANGES,
    };
    let days = days_between(today, attestation.citation.source.published).map_or(0.0, f64::from);
    changes * (days / FRESH).max(1.0).log2()
}

/// Whether another number of the sentence has the attested value for those of whom the same became, as far as it says: "12 people were killed
/// this week, eight of them by a missile".
fn said_beside(case: &Case<'_>, at: ProseSpan, figure: &FigureMention, attested: &Figure) -> bool {
    let Some(fate) = figure.context.fate else { return false };
    let sentence = case.reading.sentence(at);
    case.figures().iter().any(|&(other, beside)| {
        let is_beside = other.at != at && other.at.block == at.block && sentence.span.covers(other.at.span);
        is_beside && beside.context.fate.is_none_or(|other| other == fate) && compare_values(beside, attested) == Agreement::Agree
    })
}

/// Whether the date right behind a number says another year or month than the source does, though the sentence says the source's too: "700
/// in November and 500 in October".
fn of_another_period(case: &Case<'_>, at: ProseSpan, attested: &Figure) -> bool {
    let periods = &attested.context.periods;
    let is_behind = |other: &ProseSpan| other.block == at.block && other.span.start >= at.span.end;
    let sentence = case.reading.sentence(at);
    let next = case.figures().iter().map(|(other, _)| other.at).filter(is_behind).map(|other| other.span.start).min();
    let is_own = |other: &ProseSpan| is_behind(other) && sentence.span.covers(other.span) && next.is_none_or(|next| other.span.end <= next);
    let own = case.dates().iter().find(|(other, _)| is_own(&other.at)).map(|(_, date)| date.written);
    own.is_some_and(|own| {
        let other = |says: fn(&PartialDate) -> Option<i16>| {
            let said: Vec<i16> = periods.iter().filter_map(says).collect();
            says(&own).is_some_and(|own| !said.is_empty() && !said.contains(&own))
        };
        other(|date| date.year) || other(|date| date.month.map(i16::from))
    })
}

/// A toll grows: a higher one, on a later day than the source's, is news. In the next days whoever has news of it says so: "has risen to
/// 12", "at least 12", "12 now".
fn is_news(figure: &Figure, attested: &Figure, published: Option<Date>, today: Option<Date>) -> bool {
    let days = today.zip(published).filter(|(today, published)| today > published).and_then(|_| days_between(today, published));
    let says_so = || matches!(figure.hedge, Hedge::AtLeast | Hedge::MoreThan) || tells_of_growth(&figure.context);
    figure.context.fate.is_some() && figure.value > attested.value && days.is_some_and(|days| days > TOLL_HOLDS || says_so())
}

/// Whether the words around a number say that it has changed.
fn tells_of_growth(context: &Context) -> bool {
    let tables = TermTables::get();
    let beside = context.before.iter().chain(&context.behind).copied();
    beside.chain(context.terms.iter().map(|term| term.word)).any(|word| matches!(tables.cue_before(word), Some("change" | "news")))
}

/// Whether the draft gives the attested value elsewhere, for what is as like it: then this figure is of something else.
fn held_elsewhere(case: &Case<'_>, mention: &Mention, attestation: &FigureAttestation, balance: f64) -> bool {
    let least = attestation.likeness.on(case.today) - HELD_BY_SENTENCE;
    case.figures().iter().filter(|(other, _)| other.at != mention.at).any(|&(_, figure)| {
        attestation.agreement(figure, case.today) == Agreement::Agree
            && FigureQuestion::of(figure).is_some_and(|question| {
                let answers = case.dossier.figures(&question);
                let meant = |answer: &FigureAttestation| answer.citation == attestation.citation && answer.likeness.on(case.today) >= least;
                weighs(balance - HELD, answers, case.today, |answer| answer.agreement(figure, case.today), meant)
            })
    })
}

/// The value of another figure, which has these words, in the draft's own style or else in those words. None inside quotation marks.
pub(super) fn fix(case: &Case<'_>, at: ProseSpan, figure: &FigureMention, other: &Figure, words: &str) -> Option<Fix> {
    // "One hour" and "two hours": the noun would have to change with the number.
    let is_one = |figure: &Figure| figure.written.value == Decimal::ONE;
    let changes_noun =
        is_one(figure) != is_one(other) && !matches!(figure.dimension, Dimension::Money | Dimension::Percent | Dimension::Ratio);
    if changes_noun && figure.written.measure == other.written.measure {
        return None;
    }
    if leaves_unit_out(figure, other) {
        let span = figure.number;
        let number = span.text(&case.document.block(at).text);
        return reworded(case, at.block, Rewording { span, words: write_like(number, other.number())? });
    }
    let rewordings = &case.reading.blocks[at.block as usize].rewordings;
    reworded(case, at.block, rewordings.figure(&case.document.block(at).text, at.span, figure, other, words)?)
}

/// The fix that rewords a place of a block.
pub(super) fn reworded(case: &Case<'_>, block: u32, Rewording { span, words }: Rewording) -> Option<Fix> {
    let at = ProseSpan { block, span };
    let edit = case.document.replace(at, &words)?;
    Some(Fix::new(format!("Change “{}” to “{words}”", case.document.words(at)), vec![edit]))
}
