//! How a draft stands to a source: whether both tell of one event, and whether the one was written from the other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::slips::Slip;
use super::thresholds::{DAYS_OF_ONE_EVENT, OF_ONE_THING};
use super::{Case, figure_conflict};
use crate::corpus::{Account, FigureQuestion, Sign, SourceId};
use crate::reader::{Agreement, Dimension, Figure};

/// How a draft stands to a source.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinship {
    /// How far the draft was written from it: from nought to one.
    pub(super) retold: f64,
    /// Whether both may tell of one event, by what each says as a whole.
    is_one_story: bool,
    /// What both tell in like words is seldom the same.
    is_another_story: bool,
    /// So much time lies between them that what was counted anew is another number.
    pub(super) is_of_other_days: bool,
}

impl Kinship {
    pub(super) fn between(case: &Case<'_>, source: SourceId) -> Self {
        let own = case.gist();
        // Of what says nothing as a whole nothing tells that it is of another event.
        let unknown = Self { is_one_story: true, ..Self::default() };
        case.account(source).map_or(unknown, |Account { gist, .. }| Self {
            retold: own.retells(gist),
            is_one_story: own.may_be_one_event_with(gist),
            is_another_story: case.tallies().get(&source).is_some_and(|tally| tally.is_of_another_story()),
            is_of_other_days: own.days_from(gist).is_some_and(|days| days > DAYS_OF_ONE_EVENT),
        })
    }

    /// Whether both may tell of one event. That one is worded as the other is tells nothing: a desk words its report of the next flight and
    /// the next quarter as it did that of the last.
    pub(super) fn may_be_one_event(self) -> bool {
        self.is_one_story && !self.is_another_story
    }
}

/// How many values of the draft a source has too, of those that both tell in like words, and for how many it has others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    agree: u32,
    differ: u32,
}

impl Tally {
    fn is_of_another_story(self) -> bool {
        self.differ > 1 && self.differ > self.agree
    }
}

/// Whether two values are told apart by a slip of the hand rather than by two things: of two events hardly one number is that of the other.
fn is_slip(figure: &Figure, attested: &Figure) -> bool {
    Slip::between(figure, attested).is_some_and(Slip::is_of_long_number)
}

/// The tally of each source that gives figures in like words.
pub(super) fn tallies(case: &Case<'_>) -> FxHashMap<SourceId, Tally> {
    let mut tallies: FxHashMap<SourceId, Tally> = FxHashMap::default();
    // What a draft says twice is said once.
    let mut values = FxHashSet::default();
    for (_, figure) in case.figures() {
        let Some(question) = FigureQuestion::of(figure).filter(|_| figure.dimension != Dimension::Ordinal) else { continue };
        if !values.insert((figure.dimension, figure.unit, figure.value.normalize(), figure.high)) {
            continue;
        }
        // Each source once, and whether any that it gives agrees.
        let mut given: Vec<(SourceId, bool)> = Vec::new();
        for answer in case.dossier.figures(&question) {
            let like = answer.likeness.on(case.today) - figure_conflict::stale(answer, case.today);
            let agrees = match answer.agreement(figure, case.today) {
                Agreement::Agree => true,
                Agreement::Differ if answer.likeness.sign(Sign::Excluded) > 0.0 => continue,
                Agreement::Differ if like >= OF_ONE_THING && !is_slip(figure, &answer.figure) => false,
                _ => continue,
            };
            match given.iter_mut().find(|(source, _)| *source == answer.source) {
                Some((_, any)) => *any |= agrees,
                None => given.push((answer.source, agrees)),
            }
        }
        for (source, agrees) in given {
            let tally = tallies.entry(source).or_default();
            let count = if agrees { &mut tally.agree } else { &mut tally.differ };
            *count = count.saturating_add(1);
        }
    }
    tallies
}
