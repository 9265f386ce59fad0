//! `figure-conflict`: the sources give another value for the same thing. Context decides what is the same; without a
//! clear majority of the words in common, nothing is said.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Case, Family, Rule, who_says};
use crate::corpus::{Citation, FigureAttestation, FigureQuestion, Likeness};
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix, Severity};
use crate::gazetteer::units::{Dimension, FigureTables};
use crate::reader::{Agreement, Figure, Mention, MentionKind, compare, write_like};

pub(super) static RULE: Rule = Rule {
    name: "figure-conflict",
    family: Family::Figure,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/figure-conflict.md"),
    check,
};

/// The most sources that are shown.
const MAX_EVIDENCE: usize = 5;
/// How alike an attestation must be to speak against the draft, in thousandths.
const SAME_THING: u32 = 360;
/// The same for percentages and ages, of which a text tends to have several of a kind.
const SAME_SHARE: u32 = 450;
/// How alike one must be to speak for it.
const RELATED: u32 = 150;
/// How far another value must be behind the likest one.
const MARGIN: u32 = 90;

fn check(case: &Case<'_>) -> Vec<Finding> {
    case.reading
        .mentions
        .iter()
        .filter(|mention| !case.document.block(mention.at).is_correction())
        .filter_map(|mention| match &mention.kind {
            MentionKind::Figure(figure) => finding(case, mention, figure),
            _ => None,
        })
        .collect()
}

fn finding(case: &Case<'_>, mention: &Mention, figure: &Figure) -> Option<Finding> {
    if figure.value == Decimal::ONE && figure.dimension == Dimension::Count {
        return None;
    }
    let attestations = case.dossier.figures(&FigureQuestion::of(figure)?);
    let contradicting = contradicting(case, figure, attestations)?;
    let best = contradicting.first()?;
    if held_elsewhere(case, mention, best) {
        return None;
    }
    let mut evidence: Vec<Citation> = contradicting.iter().map(|attestation| attestation.citation.clone()).collect();
    evidence.sort_by_key(|citation| std::cmp::Reverse(citation.source.published));
    let attested = &best.words;
    let draft = case.document.words(mention.at);
    let give = if evidence.len() == 1 { "gives" } else { "give" };
    let message = format!("{} {give} {attested} for this; the draft has {draft}", who_says(&evidence));
    evidence.truncate(MAX_EVIDENCE);
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(mention.at),
        message,
        evidence,
        related: Vec::new(),
        fixes: fix(case, mention.at, figure, &best.figure).into_iter().collect(),
    })
}

/// The attestations that give another value for the same thing, the likest first; none where the sources agree with the
/// draft, or not with each other.
fn contradicting<'a>(case: &Case<'_>, figure: &Figure, attestations: &'a [FigureAttestation]) -> Option<Vec<&'a FigureAttestation>> {
    let agrees = |attestation: &FigureAttestation| compare(figure, &attestation.figure) != Agreement::Differ;
    let best = attestations.first()?;
    if !is_same_thing(figure, best.likeness)
        || attestations.iter().any(|attestation| agrees(attestation) && attestation.likeness.share >= RELATED)
    {
        return None;
    }
    let close = attestations.iter().filter(|attestation| attestation.likeness.share + MARGIN >= best.likeness.share);
    let of_one_mind = close.clone().all(|attestation| compare(&best.figure, &attestation.figure) == Agreement::Agree);
    if !of_one_mind || is_news(figure, best, case.today) {
        return None;
    }
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for attestation in close {
        if !seen.contains(&&attestation.citation.source) {
            seen.push(&attestation.citation.source);
            out.push(attestation);
        }
    }
    Some(out)
}

/// Whether the words in common are enough to speak of one thing.
fn is_same_thing(figure: &Figure, likeness: Likeness) -> bool {
    let (share, words) = match figure.dimension {
        Dimension::Count => (SAME_THING, 3),
        Dimension::Percent => (SAME_SHARE, 3),
        Dimension::Age => (SAME_SHARE, 2),
        _ => (SAME_THING, 2),
    };
    let somebody = figure.dimension != Dimension::Age || likeness.names > 0;
    likeness.share >= share && likeness.words >= words && likeness.near > 0 && likeness.telling >= 250 && somebody
}

/// A toll grows: a higher one, on a later day than the source's, is news.
fn is_news(figure: &Figure, attestation: &FigureAttestation, today: Option<Date>) -> bool {
    let later = today.zip(attestation.citation.source.published).is_some_and(|(today, published)| today > published);
    figure.context.fate.is_some() && later && figure.value > attestation.figure.value
}

/// Whether the draft gives the attested value elsewhere, for what is as like it: then this figure is of something else.
fn held_elsewhere(case: &Case<'_>, mention: &Mention, attestation: &FigureAttestation) -> bool {
    case.reading.mentions.iter().filter(|other| other.at != mention.at).any(|other| {
        let MentionKind::Figure(figure) = &other.kind else { return false };
        compare(figure, &attestation.figure) == Agreement::Agree
            && FigureQuestion::of(figure).is_some_and(|question| {
                case.dossier
                    .figures(&question)
                    .iter()
                    .any(|answer| answer.citation == attestation.citation && answer.likeness.share * 10 >= attestation.likeness.share * 8)
            })
    })
}

/// The attested value in the draft's own style.
pub(super) fn fix(case: &Case<'_>, at: ProseSpan, figure: &Figure, attested: &Figure) -> Option<Fix> {
    if attested.high.is_some() || figure.high.is_some() {
        return None;
    }
    let value = in_unit_of(figure, attested.value)?;
    let number = ProseSpan { block: at.block, span: figure.number };
    let old = case.document.words(number);
    let words = write_like(old, value)?;
    let edit = case.document.replace(number, &words)?;
    Some(Fix { title: format!("Change “{old}” to “{words}”"), edits: vec![edit] })
}

/// A canonical value in the unit in which `figure` is written.
fn in_unit_of(figure: &Figure, value: Decimal) -> Option<Decimal> {
    if let Some(unit) = figure.written.measure {
        if figure.dimension == Dimension::Age {
            return value.checked_mul(FigureTables::get().unit("year")?.factor)?.checked_div(unit.factor);
        }
        return unit.of_canonical(value).map(|value| value.round_dp(6));
    }
    // Cents and pence.
    let minor = figure.dimension == Dimension::Money && figure.value != figure.written.value;
    if minor { value.checked_mul(Decimal::ONE_HUNDRED) } else { Some(value) }
}
