//! Which figures the corpus gives, and what they measure.

mod likeness;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

pub use likeness::{Likeness, likeness};

use super::{Citation, Source};
use crate::document::{Document, ProseSpan};
use crate::reader::{Context, Dimension, Figure, Mention, MentionKind, Reading};

/// Asks what else is said of what a figure of the draft measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureQuestion {
    pub dimension: Dimension,
    pub unit: Option<&'static str>,
    pub context: Arc<Context>,
}

impl FigureQuestion {
    /// None for a figure that says too little about what it measures.
    pub fn about(_document: &Document, _reading: &Reading, mention: &Mention) -> Option<Self> {
        let MentionKind::Figure(figure) = &mention.kind else { return None };
        Self::of(figure)
    }

    /// As [`Self::about`].
    pub fn of(figure: &Figure) -> Option<Self> {
        let comparable = match figure.dimension {
            Dimension::Ordinal | Dimension::Number | Dimension::Ratio => false,
            // An age is somebody's.
            Dimension::Age => figure.context.terms.iter().any(|term| term.name),
            Dimension::Count => figure.context.head.is_some(),
            _ => true,
        };
        (comparable && !figure.context.terms.is_empty()).then(|| Self {
            dimension: figure.dimension,
            unit: figure.unit,
            context: figure.context.clone(),
        })
    }
}

/// One source giving a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureAttestation {
    pub figure: Figure,
    /// The number with its unit, as the source has it.
    pub words: String,
    pub likeness: Likeness,
    pub citation: Citation,
}

/// The most attestations that answer one question.
const MAX_ANSWERS: usize = 40;
/// Below this many figures of a kind, all of them are weighed; above, those that share a telling word.
const FEW: usize = 2000;

/// Figures that a small corpus is taken to have besides its own, so that words all its sources share still tell something.
const PRIOR: f64 = 20.0;

#[derive(Debug)]
struct Entry {
    figure: Figure,
    source: u32,
    at: ProseSpan,
}

/// What is compared with what: dimension and unit, and for things counted the noun.
type Kind = (Dimension, Option<&'static str>, Option<Box<str>>);

#[derive(Debug, Default)]
pub(super) struct FigureIndex {
    sources: Vec<Source>,
    entries: Vec<Entry>,
    of_kind: FxHashMap<Kind, Vec<u32>>,
    /// In how many figures' sentences a word stands.
    frequency: FxHashMap<Box<str>, u32>,
    /// The figures in whose sentence a word stands.
    postings: FxHashMap<Box<str>, Vec<u32>>,
}

fn kind_of(dimension: Dimension, unit: Option<&'static str>, context: &Context) -> Kind {
    (dimension, unit, context.head.clone().filter(|_| dimension == Dimension::Count))
}

impl FigureIndex {
    pub(super) fn build(sources: &[Source]) -> Self {
        let mut index = Self { sources: sources.to_vec(), ..Self::default() };
        for (source, article) in sources.iter().enumerate() {
            for mention in &article.reading.mentions {
                let MentionKind::Figure(figure) = &mention.kind else { continue };
                if FigureQuestion::of(figure).is_none() || article.document.block(mention.at).is_correction() {
                    continue;
                }
                let id = index.entries.len() as u32;
                for term in &figure.context.terms {
                    *index.frequency.entry(term.word.clone()).or_default() += 1;
                    index.postings.entry(term.word.clone()).or_default().push(id);
                }
                index.of_kind.entry(kind_of(figure.dimension, figure.unit, &figure.context)).or_default().push(id);
                index.entries.push(Entry { figure: figure.clone(), source: source as u32, at: mention.at });
            }
        }
        index
    }

    /// How much a shared word tells: the rarer in the corpus, the more.
    fn weight(&self, word: &str) -> f64 {
        let frequency = f64::from(self.frequency.get(word).copied().unwrap_or(0));
        (1.0 + (f64::from(self.entries.len() as u32) + PRIOR) / (1.0 + frequency)).ln()
    }

    pub(super) fn answer(&self, question: &FigureQuestion) -> Vec<FigureAttestation> {
        let Some(of_kind) = self.of_kind.get(&kind_of(question.dimension, question.unit, &question.context)) else {
            return Vec::new();
        };
        let telling = (of_kind.len() > FEW).then(|| self.sharing_a_telling_word(question));
        let mut found: Vec<(Likeness, u32)> = of_kind
            .iter()
            .filter(|id| telling.as_ref().is_none_or(|telling| telling.contains(id)))
            .filter_map(|&id| {
                let like = likeness(&question.context, &self.entries[id as usize].figure.context, |word| self.weight(word))?;
                Some((like, id))
            })
            .collect();
        found.sort_by_key(|&(like, id)| (std::cmp::Reverse(like), id));
        found.truncate(MAX_ANSWERS);
        found.into_iter().map(|(likeness, id)| self.attestation(id, likeness)).collect()
    }

    fn sharing_a_telling_word(&self, question: &FigureQuestion) -> FxHashSet<u32> {
        let mut words: Vec<&[u32]> =
            question.context.terms.iter().filter_map(|term| self.postings.get(&term.word)).map(Vec::as_slice).collect();
        words.sort_by_key(|ids| ids.len());
        words.into_iter().take(8).flatten().copied().collect()
    }

    fn attestation(&self, id: u32, likeness: Likeness) -> FigureAttestation {
        let entry = &self.entries[id as usize];
        let source = &self.sources[entry.source as usize];
        FigureAttestation {
            figure: entry.figure.clone(),
            words: source.document.words(entry.at).to_owned(),
            likeness,
            citation: Citation::new(source, entry.at),
        }
    }
}
