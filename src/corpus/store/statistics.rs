//! What is counted over all sources of a state: by this the rare is told from the common.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::super::Matter;
use super::super::facts::Fact;
use crate::gazetteer::terms::TermKey;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    figures: Counts,
    dates: Counts,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    contexts: u32,
    having: FxHashMap<TermKey, u32>,
}

impl Statistics {
    /// What was counted elsewhere: the figures and the dates, and how many of each have some words around them.
    pub fn counted(figures: u32, dates: u32, having: impl Iterator<Item = (TermKey, u32, u32)>) -> Self {
        let counts = |contexts| Counts { contexts, having: FxHashMap::default() };
        let mut statistics = Self { figures: counts(figures), dates: counts(dates) };
        for (word, figures, dates) in having {
            for (count, counts) in [(figures, &mut statistics.figures), (dates, &mut statistics.dates)] {
                if count > 0 {
                    counts.having.insert(word, count);
                }
            }
        }
        statistics
    }

    /// How many figures, or dates, the sources give.
    pub const fn contexts(&self, matter: Matter) -> u32 {
        self.of(matter).contexts
    }

    /// How many of them have a word around them.
    pub fn having(&self, matter: Matter, word: TermKey) -> u32 {
        self.of(matter).having.get(&word).copied().unwrap_or_default()
    }

    /// Counts in what a fact says.
    pub fn add(&mut self, fact: &Fact) {
        let Some((matter, context)) = fact.said.context() else { return };
        let counts = self.of_mut(matter);
        counts.contexts += 1;
        for term in &context.terms {
            *counts.having.entry(term.word).or_default() += 1;
        }
    }

    /// Takes out what was counted in.
    pub fn remove(&mut self, fact: &Fact) {
        let Some((matter, context)) = fact.said.context() else { return };
        let counts = self.of_mut(matter);
        counts.contexts = counts.contexts.saturating_sub(1);
        for term in &context.terms {
            let left = counts.having.get_mut(&term.word).map_or(0, |count| {
                *count = count.saturating_sub(1);
                *count
            });
            if left == 0 {
                counts.having.remove(&term.word);
            }
        }
    }

    const fn of(&self, matter: Matter) -> &Counts {
        match matter {
            Matter::Figure => &self.figures,
            Matter::Date => &self.dates,
        }
    }

    const fn of_mut(&mut self, matter: Matter) -> &mut Counts {
        match matter {
            Matter::Figure => &mut self.figures,
            Matter::Date => &mut self.dates,
        }
    }
}
