//! `figure-mixed`: one draft gives the same thing two values. Points at the later one, unless the sources bear it out.

use rustc_hash::FxHashMap;

use super::figure_conflict::fix;
use super::{Case, Family, Rule};
use crate::corpus::{FigureQuestion, Matter, Signs, how_telling, signs};
use crate::document::ProseSpan;
use crate::finding::{Finding, Severity};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::Dimension;
use crate::reader::{Agreement, Figure, compare};

pub(super) static RULE: Rule = Rule {
    name: "figure-mixed",
    family: Family::Figure,
    severity: Severity::Warning,
    page: include_str!("../../docs/rules/figure-mixed.md"),
    check,
};

/// How much must speak for one thing, a logarithm of odds; less where the later one points back, "the eight ferries".
const SAME_THING: f64 = 1.0;
const POINTS_BACK: f64 = 1.0;
/// More for shares, of which a text has many in like words.
const SHARES: f64 = 2.0;

/// And how much for a source's bearing one of them out.
const ATTESTED: f64 = 0.0;

type Placed<'a> = (ProseSpan, &'a Figure);

/// How many figures back, and on, one is compared with.
const REACH: usize = 500;

fn check(case: &Case<'_>) -> Vec<Finding> {
    let figures: Vec<Placed<'_>> = case
        .figures()
        .filter(|(mention, figure)| !mention.in_quote && FigureQuestion::of(figure).is_some())
        .map(|(mention, figure)| (mention.at, figure))
        .collect();
    let mut frequency: FxHashMap<&str, u32> = FxHashMap::default();
    for (_, figure) in &figures {
        for term in &figure.context.terms {
            *frequency.entry(&term.word).or_default() += 1;
        }
    }
    let weight = |word: &str| how_telling(word, frequency.get(word).copied().unwrap_or(0) as usize, figures.len());
    let mut findings: Vec<Finding> = Vec::new();
    for (index, &later) in figures.iter().enumerate() {
        // Looking further back in a text of thousands of figures would take forever and find nothing that belongs together.
        let near = &figures[index.saturating_sub(REACH)..index];
        let conflicting =
            near.iter().filter(|&&earlier| same_sentence(case, earlier.0, later.0).is_none_or(|same| !same)).filter_map(|&earlier| {
                let differs = compare(earlier.1, later.1) == Agreement::Differ;
                let like = differs.then(|| signs(&earlier.1.context, &later.1.context, weight)).flatten()?;
                is_same_thing(later.1, &like).then_some((like, earlier))
            });
        let Some((_, earlier)) = conflicting.max_by(|(a, _), (b, _)| a.likeness(Matter::Figure).total_cmp(&b.likeness(Matter::Figure)))
        else {
            continue;
        };
        // Said the same elsewhere: then there are two things, or the draft follows a change.
        let around = &figures[index.saturating_sub(REACH)..(index + REACH).min(figures.len())];
        let repeated = around.iter().any(|&(at, figure)| at != later.0 && compare(figure, later.1) == Agreement::Agree);
        if repeated || changes(case, later) || changes(case, earlier) {
            continue;
        }
        findings.push(finding(case, earlier, later));
    }
    findings
}

fn is_same_thing(figure: &Figure, like: &Signs) -> bool {
    let tables = TermTables::get();
    let points_back = figure.context.before.first().is_some_and(|word| tables.cue_before(word) == Some("known"));
    // "3 of 25 photos": a place in a row.
    let part = figure.context.behind.first().is_some_and(|word| tables.cue_behind(word) == Some("part"));
    let is_share = matches!(figure.dimension, Dimension::Percent | Dimension::Ratio);
    let least = SAME_THING - if points_back { POINTS_BACK } else { 0.0 } + if is_share { SHARES } else { 0.0 };
    figure.dimension != Dimension::Age && !part && like.likeness(Matter::Figure) >= least
}

fn same_sentence(case: &Case<'_>, a: ProseSpan, b: ProseSpan) -> Option<bool> {
    (a.block == b.block).then(|| case.reading.sentence(a) == case.reading.sentence(b))
}

/// Whether the sentence compares: "up from 40", "compared with", "last year".
fn changes(case: &Case<'_>, (at, _): Placed<'_>) -> bool {
    const CUES: [&str; 14] = [
        " from ",
        "compared",
        " than ",
        " rose",
        " fell",
        "increase",
        "decrease",
        "previous",
        "earlier",
        " another ",
        " more ",
        " initial",
        " revised",
        " original",
    ];
    let sentence = case.document.words(case.reading.sentence(at)).to_lowercase();
    CUES.iter().any(|cue| sentence.contains(cue))
}

fn finding(case: &Case<'_>, earlier: Placed<'_>, later: Placed<'_>) -> Finding {
    let attested = |(_, figure): Placed<'_>| {
        FigureQuestion::of(figure).is_some_and(|question| {
            case.dossier
                .figures(&question)
                .iter()
                .any(|answer| compare(figure, &answer.figure) == Agreement::Agree && answer.signs.likeness(Matter::Figure) >= ATTESTED)
        })
    };
    let (odd, other) = if attested(later) && !attested(earlier) { (earlier, later) } else { (later, earlier) };
    let (odd_words, other_words) = (case.document.words(odd.0), case.document.words(other.0));
    let place = if odd.0 == later.0 { "earlier on" } else { "further on" };
    Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(odd.0),
        message: format!("the draft has {odd_words} here and {other_words} {place} for the same thing"),
        evidence: Vec::new(),
        related: vec![(case.document.to_source(other.0), format!("{other_words} {place}"))],
        fixes: fix(case, odd.0, odd.1, other.1).into_iter().collect(),
    }
}
