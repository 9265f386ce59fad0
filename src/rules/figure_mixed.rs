//! `figure-mixed`: one draft gives the same thing two values. Points at the later one, unless the sources bear it out.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Case;
use super::figure_conflict::{fix, orders_apart};
use super::thresholds::{BEARS_OUT, FAR, OF_ITS_SIZE, POINTS_BACK, REACH, SAME_THING, SHARES, WEIGHED, WORDS_OF_A_FORM};
use crate::corpus::{FigureQuestion, Matter, SettledFigure, Sign, Telling, Weighed, how_telling, signs};
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::gazetteer::units::Dimension;
use crate::reader::{Agreement, Figure, FigureMention, compare};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "figure-mixed",
    family: Family::Figure,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/figure-mixed.md"),
};

/// A figure of the draft that may be given twice.
struct Placed<'a> {
    at: ProseSpan,
    figure: &'a FigureMention,
    /// A bit for each word around it, several words to a bit.
    words: u128,
    /// The noun counted.
    head: Option<&'a str>,
    telling: Telling,
    bounds: (f64, f64),
    magnitude: Option<f64>,
}

impl<'a> Placed<'a> {
    fn new(at: ProseSpan, figure: &'a FigureMention) -> Self {
        let words = figure.context.terms.iter().fold(0, |words, term| words | 1u128 << term.word.drawer(128));
        let head = figure.context.head.as_deref().filter(|_| figure.dimension == Dimension::Count);
        let (bounds, magnitude) = (figure.bounds(), figure.magnitude());
        Self { at, figure, words, head, telling: Telling::default(), bounds, magnitude }
    }

    /// Whether the two give the same value.
    fn agrees_with(&self, other: &Self) -> bool {
        let meet = self.bounds.0 <= other.bounds.1 && other.bounds.0 <= self.bounds.1;
        meet && compare(self.figure, other.figure) == Agreement::Agree
    }

    fn weighed(&self) -> Weighed<'_> {
        Weighed { context: &self.figure.context, telling: &self.telling }
    }

    /// How many words they have in common, as far as the bits tell.
    fn shared_with(&self, other: &Self) -> u32 {
        (self.words & other.words).count_ones()
    }

    /// How many words they have in common where they may be of one thing: not where they count two, or too little is around both.
    fn may_be_one_with(&self, other: &Self) -> Option<u32> {
        let before = |placed: &Self| placed.figure.context.before.first();
        let two_nouns = self.head.zip(other.head).is_some_and(|(one, other)| one != other);
        if two_nouns || self.figure.dimension != other.figure.dimension {
            return None;
        }
        let shared = self.shared_with(other);
        (shared > 0 || before(self) == before(other)).then_some(shared)
    }
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut figures: Vec<Placed<'_>> = case
        .figures()
        .iter()
        .filter(|(mention, figure)| !mention.in_quote && is_given_once(figure))
        .map(|&(mention, figure)| Placed::new(mention.at, figure))
        .collect();
    weigh(&mut figures);
    let mut findings: Vec<Finding> = Vec::new();
    let mut likely: Vec<(Reverse<(u32, ProseSpan)>, &Placed<'_>)> = Vec::new();
    for (index, later) in figures.iter().enumerate() {
        likely.clear();
        let before = figures[index.saturating_sub(REACH)..index].iter();
        likely.extend(before.filter_map(|earlier| Some((Reverse((earlier.may_be_one_with(later)?, earlier.at)), earlier))));
        if likely.is_empty() || case.reading.is_compared(later.at) {
            continue;
        }
        if likely.len() > WEIGHED {
            likely.select_nth_unstable_by_key(WEIGHED, |(rank, _)| *rank);
            likely.truncate(WEIGHED);
        }
        let conflicting = likely
            .iter()
            .map(|&(_, earlier)| earlier)
            .filter(|earlier| compare(earlier.figure, later.figure) == Agreement::Differ)
            .filter_map(|earlier| {
                let signs = signs(earlier.weighed(), later.weighed()).filter(|signs| signs.get(Sign::Excluded) == 0.0)?;
                let like = signs.likeness(Matter::Figure);
                is_same_thing(earlier, later, like).then_some((like, earlier))
            })
            .filter(|(_, earlier)| !same_sentence(case, earlier.at, later.at));
        // Of two that are alike the nearer.
        let likest = conflicting.max_by(|(a, one), (b, other)| a.total_cmp(b).then(one.at.cmp(&other.at)));
        let Some((_, earlier)) = likest else { continue };
        // Said the same elsewhere: then there are two things, or the draft follows a change.
        let repeated = || {
            let around = &figures[index.saturating_sub(REACH)..(index + REACH).min(figures.len())];
            around.iter().any(|other| other.at != later.at && other.agrees_with(later))
        };
        if !case.reading.is_compared(earlier.at) && !repeated() {
            findings.push(finding(case, earlier, later));
        }
    }
    findings
}

/// Whether a text gives such a figure once for each thing; it goes through the places of a row.
fn is_given_once(figure: &Figure) -> bool {
    figure.dimension != Dimension::Ordinal && FigureQuestion::of(figure).is_some()
}

/// Notes how much it tells of each word that two figures of the draft share it.
fn weigh(figures: &mut [Placed<'_>]) {
    let all = figures.len();
    // How often each word is there, and what that tells, worked out for the first that has it.
    let mut words: FxHashMap<TermKey, (usize, Option<f64>)> = FxHashMap::default();
    for term in figures.iter().flat_map(|placed| &placed.figure.context.terms) {
        words.entry(term.word).or_default().0 += 1;
    }
    for placed in figures {
        let mut tells = |word| {
            let (count, tells) = words.entry(word).or_default();
            *tells.get_or_insert_with(|| how_telling(word, *count, all))
        };
        let context = &placed.figure.context;
        placed.telling = Telling::new(context, context.terms.iter().map(|term| tells(term.word)).collect());
    }
}

/// `like` is how much their words speak for one thing.
fn is_same_thing(earlier: &Placed<'_>, later: &Placed<'_>, like: f64) -> bool {
    let figure = later.figure;
    let is_share = matches!(figure.dimension, Dimension::Percent | Dimension::Ratio);
    let least = SAME_THING + if is_share { SHARES } else { 0.0 };
    if figure.dimension == Dimension::Age || like < least - POINTS_BACK - OF_ITS_SIZE {
        return false;
    }
    let tables = TermTables::get();
    let points_back = figure.context.before.first().is_some_and(|&word| tables.cue_before(word) == Some("known"));
    // "3 of 25 photos": a place in a row.
    let part = figure.context.behind.first().is_some_and(|&word| tables.cue_behind(word) == Some("part"));
    let orders = orders_apart(earlier.magnitude, later.magnitude);
    let back = match points_back {
        true if orders > 0.0 => POINTS_BACK,
        true => POINTS_BACK + OF_ITS_SIZE,
        false => 0.0,
    };
    !part
        && like >= least - back + FAR * orders
        && !are_parallel(earlier.figure, figure)
        && tells_what_is_usual(earlier.figure) == tells_what_is_usual(figure)
}

/// Whether two sentences are one but for a word each, and so tell of two things in one form: "On the bill to mend the road, the vote was 12"
/// and "On the bill to mend the dam, the vote was 14".
fn are_parallel(one: &Figure, other: &Figure) -> bool {
    // Both in the order of their words.
    let (own, others) = (&one.context.terms, &other.context.terms);
    own.len() > WORDS_OF_A_FORM && own.len() == others.len() && {
        let mut strange = own.iter().filter(|term| others.binary_search_by_key(&term.word, |other| other.word).is_err());
        strange.next().is_some() && strange.next().is_none()
    }
}

/// "Budgets typically cover 10 years": not what this one does.
fn tells_what_is_usual(figure: &Figure) -> bool {
    let tables = TermTables::get();
    figure.context.terms.iter().any(|term| tables.cue_before(term.word) == Some("usual"))
}

fn same_sentence(case: &Case<'_>, a: ProseSpan, b: ProseSpan) -> bool {
    a.block == b.block && case.reading.sentence(a) == case.reading.sentence(b)
}

fn finding(case: &Case<'_>, earlier: &Placed<'_>, later: &Placed<'_>) -> Finding {
    let attested = |&Placed { figure, .. }: &Placed<'_>| {
        FigureQuestion::of(figure).is_some_and(|question| {
            case.dossier
                .figures(&question)
                .iter()
                .any(|answer| compare(figure, &answer.figure) == Agreement::Agree && answer.likeness.on(None) >= BEARS_OUT)
        })
    };
    let settled = |&Placed { figure, .. }: &Placed<'_>| {
        let is_it = |settled: &SettledFigure| settled.holds_on(case.today) && settled.agreement(figure, case.today) == Agreement::Agree;
        FigureQuestion::of(figure).is_some_and(|question| case.dossier.settled(&question).iter().any(is_it))
    };
    // Whatever the sources have, what the desk has settled is not the odd one.
    let bears_out_later = match (settled(earlier), settled(later)) {
        (false, true) => true,
        (true, false) => false,
        _ => attested(later) && !attested(earlier),
    };
    let (odd, other) = if bears_out_later { (earlier, later) } else { (later, earlier) };
    let (odd_words, other_words) = (case.document.words(odd.at), case.document.words(other.at));
    let place = if odd.at == later.at { "earlier on" } else { "further on" };
    Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(odd.at),
        message: format!("the draft has {odd_words} here and {other_words} {place} for the same thing"),
        evidence: Vec::new(),
        related: vec![(case.document.to_source(other.at), format!("{other_words} {place}"))],
        fixes: fix(case, odd.at, odd.figure, other.figure, other_words).into_iter().collect(),
    }
}
