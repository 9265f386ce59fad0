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

/// The most contexts that answer one question.
const MAX_ANSWERS: usize = 40;
/// As many as these are all weighed; of more, those that share the most telling words, so many.
const FEW: usize = 2000;
const MAX_WEIGHED: usize = 400;

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
        if all.len() <= FEW { all } else { self.sharing_telling_words(rounds, tells) }
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
        likely.into_iter().take(MAX_WEIGHED).map(|(id, _)| id).collect()
    }

    /// How like the candidates are, the likest first: as many as answer, and those that are as like as the last of them.
    pub(super) fn weigh(&self, candidates: &[RowId], rounds: &Rounds<'_>, tells: &mut Tells<'_>) -> Vec<(Likeness, RowId)> {
        let own = tells.context(self.context);
        let asked = Weighed { context: self.context, telling: &own };
        let mut found: Vec<(Likeness, RowId)> = candidates
            .iter()
            .filter_map(|&id| {
                let row = rounds.row(id)?;
                let (matter, context) = row.fact.said.context().filter(|(matter, _)| *matter == self.matter)?;
                let telling = tells.context(context);
                let mut signs = signs(asked, Weighed { context, telling: &telling })?;
                let others = row.fact.said.others();
                signs.set(Sign::Vague, (tells.unheard_of - signs.get(Sign::Telling)).max(0.0));
                signs.set(Sign::Rivals, f64::from(others.in_sentence).ln_1p());
                signs.set(Sign::Crowd, f64::from(others.in_source).ln_1p());
                self.sign.into_iter().for_each(|sign| signs.set(sign, 1.0));
                Some((Likeness::new(signs, matter, row.published), id))
            })
            .collect();
        found.sort_by(|(a, one), (b, other)| b.on(None).total_cmp(&a.on(None)).then(one.cmp(other)));
        if let Some(least) = found.get(MAX_ANSWERS - 1).map(|(likeness, _)| likeness.on(None)) {
            found.truncate(found.partition_point(|(likeness, _)| likeness.on(None) >= least));
        }
        found
    }
}

/// The answer from what was weighed: the likest first, of equals the one of the earlier source. `of` makes what the question asks for.
pub(super) fn likest<T>(found: Vec<(Likeness, RowId)>, rounds: &Rounds<'_>, of: impl Fn(&Row, Likeness, Citation) -> Option<T>) -> Vec<T> {
    let mut found: Vec<(Likeness, &Row)> = found.into_iter().filter_map(|(likeness, id)| Some((likeness, rounds.row(id)?))).collect();
    found.sort_by_cached_key(|(likeness, row)| (Reverse(Total(likeness.on(None))), rounds.place(row)));
    found.truncate(MAX_ANSWERS);
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
    /// What a word comes to that stands nowhere else, a logarithm.
    unheard_of: f64,
}

impl<'s> Tells<'s> {
    pub(super) fn of(statistics: &'s Statistics, matter: Matter) -> Self {
        Self { statistics, matter, of_word: FxHashMap::default(), unheard_of: unheard_of(statistics.contexts(matter) as usize) }
    }

    fn word(&mut self, word: TermKey) -> f64 {
        let (statistics, matter) = (self.statistics, self.matter);
        let count = || how_telling(word, statistics.having(matter, word) as usize, statistics.contexts(matter) as usize);
        *self.of_word.entry(word).or_insert_with(count)
    }

    fn context(&mut self, context: &Context) -> Telling {
        Telling::new(context, context.terms.iter().map(|term| self.word(term.word)).collect())
    }
}
