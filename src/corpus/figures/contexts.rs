//! Finds the contexts most like one: what figures and dates of the sources stand among the words that the draft's stands among.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::likeness::{Likeness, Matter, Sign, Signs, Weighed, signs};
use super::telling::Telling;
use crate::corpus::{Account, Citation, Source};
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::reader::{Context, Mention};

/// The most contexts that answer one question.
const MAX_ANSWERS: usize = 40;
/// Below this many of a kind, all of them are weighed; above, those that share the most telling words.
const FEW: usize = 2000;
/// How many places the words asked for are looked up at, the rarest words first.
const MAX_LOOKED_UP: usize = 20_000;
/// How many contexts are weighed of those found there.
const MAX_WEIGHED: usize = 400;
/// Sentences of news in general that a small corpus is taken to have besides its own, so that words all its sources share
/// still tell something, and common ones little.
const PRIOR: f64 = 200.0;

/// Something that a source gives, with the words around it.
#[derive(Clone, Debug)]
pub(in crate::corpus) struct Entry<T> {
    pub(in crate::corpus) value: T,
    pub(in crate::corpus) context: Arc<Context>,
    pub(in crate::corpus) citation: Citation,
    /// All that its source says.
    pub(in crate::corpus) account: Arc<Account>,
    telling: Telling,
    /// How many other values of the kind stand in its sentence.
    rivals: u32,
    /// And in its whole source.
    crowd: u32,
}

/// The entries among whose words one stands, and how much it tells that the word is shared.
#[derive(Debug, Default)]
struct Posting {
    ids: Vec<u32>,
    tells: f64,
}

/// Entries by what kind of thing they give (`K`) and by the words around them.
#[derive(Debug)]
pub(in crate::corpus) struct ContextIndex<K, T> {
    entries: Vec<Entry<T>>,
    of_kind: FxHashMap<K, Vec<u32>>,
    postings: FxHashMap<TermKey, Posting>,
    matter: Matter,
}

impl<K: Eq + Hash + Clone, T> ContextIndex<K, T> {
    /// Indexes what `pick` finds in the sources' mentions. Two entries give the same where `value_of` says the same.
    pub(in crate::corpus) fn build<V: Eq + Hash>(
        sources: &[Source],
        matter: Matter,
        pick: impl Fn(&Source, &Mention) -> Option<(K, T, Arc<Context>)>,
        value_of: impl Fn(&T) -> V,
    ) -> Self {
        let mut index = Self { entries: Vec::new(), of_kind: FxHashMap::default(), postings: FxHashMap::default(), matter };
        for source in sources {
            let mut sentence = None;
            let first = index.entries.len();
            let mut from = first;
            let mut kinds: Vec<K> = Vec::new();
            for mention in &source.reading.mentions {
                if source.reading.is_in_correction(mention.at) {
                    continue;
                }
                let Some((kind, value, context)) = pick(source, mention) else { continue };
                let here = source.reading.sentence(mention.at);
                if sentence != Some(here) {
                    index.count_others(from, &kinds[from - first..], &value_of, |entry, others| entry.rivals = others);
                    (sentence, from) = (Some(here), index.entries.len());
                }
                kinds.push(kind.clone());
                let (citation, account) = (Citation::new(source, mention.at), source.account.clone());
                index.add(kind, Entry { value, context, citation, account, telling: Telling::default(), rivals: 0, crowd: 0 });
            }
            index.count_others(from, &kinds[from - first..], &value_of, |entry, others| entry.rivals = others);
            index.count_others(first, &kinds, &value_of, |entry, others| entry.crowd = others);
        }
        let all = index.entries.len();
        #[expect(clippy::iter_over_hash_type, reason = "each is reckoned by itself")]
        for (&word, posting) in &mut index.postings {
            posting.tells = how_telling(word, posting.ids.len(), all);
        }
        for at in 0..all {
            index.entries[at].telling = index.telling(&index.entries[at].context);
        }
        index
    }

    fn add(&mut self, kind: K, entry: Entry<T>) {
        let id = self.entries.len() as u32;
        for term in &entry.context.terms {
            self.postings.entry(term.word).or_default().ids.push(id);
        }
        self.of_kind.entry(kind).or_default().push(id);
        self.entries.push(entry);
    }

    /// Counts for each entry from `from` on the other values of its kind there.
    fn count_others<V: Eq + Hash>(&mut self, from: usize, kinds: &[K], value_of: impl Fn(&T) -> V, note: impl Fn(&mut Entry<T>, u32)) {
        let mut values: FxHashMap<&K, FxHashSet<V>> = FxHashMap::default();
        for (kind, entry) in kinds.iter().zip(&self.entries[from..]) {
            values.entry(kind).or_default().insert(value_of(&entry.value));
        }
        for (kind, entry) in kinds.iter().zip(&mut self.entries[from..]) {
            note(entry, values.get(kind).map_or(0, |values| values.len() as u32 - 1));
        }
    }

    /// What the words of a context tell: the rarer in the corpus, the more.
    fn telling(&self, context: &Context) -> Telling {
        let tells = |word| self.postings.get(&word).map_or_else(|| how_telling(word, 0, self.entries.len()), |posting| posting.tells);
        Telling::new(context, context.terms.iter().map(|term| tells(term.word)).collect())
    }

    /// The entries of some kinds whose words are most like those of `context`, the likest first. `look` adds what their values are
    /// signs of.
    pub(in crate::corpus) fn answer(&self, kinds: &[K], context: &Context, look: impl Fn(&T, &mut Signs)) -> Vec<(Likeness, &Entry<T>)> {
        let of_kinds: Vec<&[u32]> = kinds.iter().filter_map(|kind| self.of_kind.get(kind)).map(Vec::as_slice).collect();
        let few = of_kinds.iter().map(|ids| ids.len()).sum::<usize>() <= FEW;
        let likely = if few { of_kinds.concat() } else { self.sharing_telling_words(context, &of_kinds) };
        let unheard_of = telling(0.0, 0, self.entries.len()).ln_1p();
        let own_telling = self.telling(context);
        let asked = Weighed { context, telling: &own_telling };
        let mut found: Vec<(Likeness, u32)> = likely
            .into_iter()
            .filter_map(|id| {
                let entry = &self.entries[id as usize];
                let mut signs = signs(asked, Weighed { context: &entry.context, telling: &entry.telling })?;
                signs.set(Sign::Vague, (unheard_of - signs.get(Sign::Telling)).max(0.0));
                signs.set(Sign::Rivals, f64::from(entry.rivals).ln_1p());
                signs.set(Sign::Crowd, f64::from(entry.crowd).ln_1p());
                look(&entry.value, &mut signs);
                Some((Likeness::new(signs, self.matter, entry.citation.source.published), id))
            })
            .collect();
        found.sort_by(|(a, one), (b, other)| b.on(None).total_cmp(&a.on(None)).then(one.cmp(other)));
        found.truncate(MAX_ANSWERS);
        found.into_iter().map(|(likeness, id)| (likeness, &self.entries[id as usize])).collect()
    }

    /// Those of `of_kinds` (each in ascending order) that share the words of `context` which tell the most in all.
    fn sharing_telling_words(&self, context: &Context, of_kinds: &[&[u32]]) -> Vec<u32> {
        let mut postings: Vec<&Posting> = context.terms.iter().filter_map(|term| self.postings.get(&term.word)).collect();
        postings.sort_by_key(|posting| posting.ids.len());
        let mut looked_up = 0;
        let mut tells: FxHashMap<u32, f64> = FxHashMap::default();
        for posting in postings {
            looked_up += posting.ids.len();
            if looked_up > MAX_LOOKED_UP && !tells.is_empty() {
                break;
            }
            for &id in &posting.ids {
                *tells.entry(id).or_default() += posting.tells;
            }
        }
        let mut likely: Vec<(u32, f64)> =
            tells.into_iter().filter(|(id, _)| of_kinds.iter().any(|ids| ids.binary_search(id).is_ok())).collect();
        likely.sort_by(|(one, a), (other, b)| b.total_cmp(a).then(one.cmp(other)));
        likely.into_iter().take(MAX_WEIGHED).map(|(id, _)| id).collect()
    }
}

/// How much it tells that a word is shared which stands in `count` of `all` contexts: the rarer there and in news, the more.
pub fn how_telling(word: TermKey, count: usize, all: usize) -> f64 {
    telling(TermTables::get().commonness(word), count, all)
}

fn telling(commonness: f64, count: usize, all: usize) -> f64 {
    let in_news = PRIOR * commonness;
    (1.0 + (f64::from(all as u32) + PRIOR) / (1.0 + f64::from(count as u32) + in_news)).ln()
}
