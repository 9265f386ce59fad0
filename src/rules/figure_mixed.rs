//! `figure-mixed`: one draft gives the same thing two values. Points at the later one, unless the sources bear it out.

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
    telling: Telling,
    bounds: (f64, f64),
    magnitude: Option<f64>,
}

impl<'a> Placed<'a> {
    fn new(at: ProseSpan, figure: &'a FigureMention) -> Self {
        let (bounds, magnitude) = (figure.bounds(), figure.magnitude());
        Self { at, figure, telling: Telling::default(), bounds, magnitude }
    }

    /// Whether the two give the same value.
    fn agrees_with(&self, other: &Self) -> bool {
        let meet = self.bounds.0 <= other.bounds.1 && other.bounds.0 <= self.bounds.1;
        meet && compare(self.figure, other.figure) == Agreement::Agree
    }

    fn weighed(&self) -> Weighed<'_> {
        Weighed { context: &self.figure.context, telling: &self.telling }
    }
}

/// What is seen of a figure at a glance: each is held against hundreds of others, and these lie side by side.
struct Glance {
    dimension: Dimension,
    /// The noun counted, as a number for it; none is nought.
    head: u32,
    /// The word just before.
    before: Option<TermKey>,
    /// A bit for each word around it, several words to a bit.
    words: u128,
}

impl Glance {
    /// Of some figures, in their order.
    fn at<'a>(figures: &[Placed<'a>]) -> Vec<Self> {
        let mut heads: FxHashMap<&'a str, u32> = FxHashMap::default();
        let of = |&Placed { figure, .. }: &Placed<'a>| {
            let context = &*figure.context;
            let head = context.head.as_deref().filter(|_| figure.dimension == Dimension::Count).map_or(0, |head| {
                let next = 1 + heads.len() as u32;
                *heads.entry(head).or_insert(next)
            });
            let words = context.terms.iter().fold(0, |words, term| words | 1u128 << term.word.drawer(128));
            Self { dimension: figure.dimension, head, before: context.before.first().copied(), words }
        };
        figures.iter().map(of).collect()
    }

    /// How many words they have in common as far as the bits tell, where they may be of one thing: not where they count two, or too little
    /// is around both.
    fn may_be_one_with(&self, other: &Self) -> Option<u32> {
        let two_nouns = self.head != other.head && self.head != 0 && other.head != 0;
        if two_nouns || self.dimension != other.dimension {
            return None;
        }
        let shared = (self.words & other.words).count_ones();
        (shared > 0 || self.before == other.before).then_some(shared)
    }
}

/// The [`WEIGHED`] that have the most in common with one, of these the nearest before it.
#[derive(Default)]
struct Likely(Vec<(u32, usize)>);

impl Likely {
    /// Of those before the one at `later`, at most [`REACH`] back.
    fn find(&mut self, glances: &[Glance], later: usize) {
        self.0.clear();
        for earlier in (later.saturating_sub(REACH)..later).rev() {
            let Some(shared) = glances[earlier].may_be_one_with(&glances[later]) else { continue };
            // The nearest comes first: with as many words in common none moves it from its place.
            if self.0.len() < WEIGHED || self.0.last().is_some_and(|&(least, _)| shared > least) {
                let place = self.0.partition_point(|&(more, _)| more >= shared);
                self.0.truncate(WEIGHED - 1);
                self.0.insert(place, (shared, earlier));
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|&(_, earlier)| earlier)
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
    let glances = Glance::at(&figures);
    let mut likely = Likely::default();
    let mut findings: Vec<Finding> = Vec::new();
    for (index, later) in figures.iter().enumerate() {
        likely.find(&glances, index);
        if likely.0.is_empty() || case.reading.is_compared(later.at) {
            continue;
        }
        let conflicting = likely
            .iter()
            .map(|earlier| &figures[earlier])
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
