//! Finds the contexts most like one: what figures and dates of the sources stand among the words that the draft's stands among. How much a
//! word tells depends on all sources: it is worked out for the few contexts that come into question, from what the snapshot counts.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::super::figures::{Kind, how_telling, unheard_of};
use super::super::store::{Key, Row, RowId, Statistics, of_context};
use super::super::{Citation, Likeness, Matter, Sign, Telling, Weighed, signs};
use super::rounds::{Rounds, each_once};
use crate::gazetteer::terms::TermKey;
use crate::reader::Context;
use crate::thresholds::{ALL_WEIGHED, MOST_ANSWERS, MOST_TIED, MOST_WEIGHED};

/// A context that others like it are looked for.
pub(super) struct Search<'q> {
    matter: Matter,
    kinds: Vec<Kind>,
    context: &'q Context,
    /// What the kind of value asked for is a sign of.
    sign: Option<Sign>,
}

impl<'q> Search<'q> {
    pub(super) const fn new(matter: Matter, kinds: Vec<Kind>, context: &'q Context, sign: Option<Sign>) -> Self {
        Self { matter, kinds, context, sign }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.kinds.iter().flat_map(|&kind| of_context(kind, self.context))
    }

    /// The contexts of these kinds that share a word.
    pub(super) fn candidates(&self, rounds: &Rounds<'_>, tells: &mut Tells<'_>) -> Vec<RowId> {
        let all = each_once(self.keys().flat_map(|key| rounds.found(key)).copied());
        if all.len() <= ALL_WEIGHED { all } else { self.sharing_telling_words(rounds, tells) }
    }

    fn sharing_telling_words(&self, rounds: &Rounds<'_>, tells: &mut Tells<'_>) -> Vec<RowId> {
        let mut sums: FxHashMap<RowId, f64> = FxHashMap::default();
        for term in &self.context.terms {
            let much = tells.word(term.word);
            for &id in self.kinds.iter().flat_map(|&kind| rounds.found(Key::term(kind, term.word))) {
                *sums.entry(id).or_default() += much;
            }
        }
        let mut likely: Vec<(RowId, f64)> = sums.into_iter().collect();
        likely.sort_by(|(one, a), (other, b)| b.total_cmp(a).then(one.cmp(other)));
        likely.into_iter().take(MOST_WEIGHED).map(|(id, _)| id).collect()
    }

    /// How like the candidates are, the likest first: as many as answer, and those that are as like as the last of them, as far as these are no
    /// more again.
    pub(super) fn weigh(&self, candidates: &[RowId], rounds: &Rounds<'_>, tells: &mut Tells<'_>) -> Vec<(Likeness, RowId)> {
        let own = tells.context(self.context);
        let asked = Weighed { context: self.context, telling: &own };
        let found: Vec<(Likeness, RowId)> = candidates
            .iter()
            .filter_map(|&id| {
                let row = rounds.row(id)?;
                let (matter, context) = row.fact.said.context().filter(|(matter, _)| *matter == self.matter)?;
                let unheard_of = tells.unheard_of;
                let mut signs = signs(asked, Weighed { context, telling: tells.row(id, context) })?;
                let others = row.fact.said.others();
                signs.set(Sign::Vague, (unheard_of - signs.get(Sign::Telling)).max(0.0));
                signs.set(Sign::Rivals, f64::from(others.in_sentence).ln_1p());
                signs.set(Sign::Crowd, f64::from(others.in_source).ln_1p());
                self.sign.into_iter().for_each(|sign| signs.set(sign, 1.0));
                Some((Likeness::new(signs, matter, row.published), id))
            })
            .collect();
        // A likeness is large: what is sorted is what each comes to.
        let mut order: Vec<(Reverse<Total>, RowId, usize)> =
            found.iter().enumerate().map(|(at, (likeness, id))| (Reverse(Total(likeness.on(None))), *id, at)).collect();
        order.sort_unstable();
        if let Some((least, ..)) = order.get(MOST_ANSWERS - 1).copied() {
            order.truncate(order.partition_point(|(likeness, ..)| *likeness <= least).min(MOST_TIED));
        }
        order.into_iter().map(|(_, _, at)| found[at].clone()).collect()
    }
}

/// The answer from what was weighed: the likest first, of equals the one of the earlier source. `of` makes what the question asks for.
pub(super) fn likest<T>(found: Vec<(Likeness, RowId)>, rounds: &Rounds<'_>, of: impl Fn(&Row, Likeness, Citation) -> Option<T>) -> Vec<T> {
    let mut found: Vec<(Likeness, &Row)> = found.into_iter().filter_map(|(likeness, id)| Some((likeness, rounds.row(id)?))).collect();
    found.sort_by_cached_key(|(likeness, row)| (Reverse(Total(likeness.on(None))), rounds.place(row)));
    found.truncate(MOST_ANSWERS);
    found.into_iter().filter_map(|(likeness, row)| of(row, likeness, rounds.cite(row)?)).collect()
}

/// A number with a place among all others.
#[derive(Clone, Copy, PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// How much words tell in one state of a corpus.
pub(super) struct Tells<'s> {
    statistics: &'s Statistics,
    matter: Matter,
    of_word: FxHashMap<TermKey, f64>,
    /// What the words of the rows come to that were looked at: many questions have the same.
    of_row: FxHashMap<RowId, Telling>,
    /// What a word comes to that stands nowhere else, a logarithm.
    unheard_of: f64,
}

impl<'s> Tells<'s> {
    pub(super) fn of(statistics: &'s Statistics, matter: Matter) -> Self {
        Self {
            statistics,
            matter,
            of_word: FxHashMap::default(),
            of_row: FxHashMap::default(),
            unheard_of: unheard_of(statistics.contexts(matter) as usize),
        }
    }

    fn word(&mut self, word: TermKey) -> f64 {
        tells(word, self.statistics, self.matter, &mut self.of_word)
    }

    /// What the words of a row's context come to.
    fn row(&mut self, id: RowId, context: &Context) -> &Telling {
        let Self { statistics, matter, of_word, of_row, .. } = self;
        let word = |word| tells(word, statistics, *matter, of_word);
        of_row.entry(id).or_insert_with(|| Telling::in_sum(context, word))
    }

    fn context(&mut self, context: &Context) -> Telling {
        Telling::new(context, context.terms.iter().map(|term| self.word(term.word)).collect())
    }
}

/// How much it tells that a word is shared, looked up once.
fn tells(word: TermKey, statistics: &Statistics, matter: Matter, known: &mut FxHashMap<TermKey, f64>) -> f64 {
    let count = || how_telling(word, statistics.having(matter, word) as usize, statistics.contexts(matter) as usize);
    *known.entry(word).or_insert_with(count)
}
