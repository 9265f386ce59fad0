//! Finds utterances like a draft's: by runs of words that they share, confirmed by laying the words side by side. Of a few words those of
//! the same speaker are found as well that have one other word among them.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::quotes::{Alignment, Utterance, align, beside, is_short, runs, told_in_part, whole};
use super::super::store::{Key, Row, RowId, spoken};
use super::super::{QuoteAttestation, QuoteQuestion, Said};
use super::rounds::{Rounds, each_once};
use crate::reader::{Word, words};
use crate::thresholds::KNOWN_AGAIN;

/// The most utterances that are looked at, compared word by word, and answered.
const MAX_FETCHED: usize = 400;
const MAX_COMPARED: usize = 48;
const MAX_ANSWERED: usize = 16;

pub(super) struct Search {
    text: String,
    asked: Vec<Word>,
    runs: Vec<Key>,
    /// What leads to utterances of the same speaker with one of the few words, and to anybody's with all of them.
    few: Vec<Key>,
}

impl Search {
    pub(super) fn of(question: &QuoteQuestion) -> Self {
        let asked = words(&question.words);
        let is_brief = asked.len() < KNOWN_AGAIN;
        let runs = if is_brief { Vec::new() } else { each_once(runs(&asked).into_iter().map(Key::run)) };
        let few = is_brief || is_short(&asked);
        let few = few.then(|| {
            let spoken = question.speaker.as_deref().map(|speaker| spoken(&asked, speaker));
            spoken.into_iter().flatten().chain(whole(&asked).map(Key::run))
        });
        Self { runs, few: each_once(few.into_iter().flatten()), asked, text: question.words.clone() }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.runs.iter().chain(&self.few).copied()
    }

    /// The utterances that share the most runs, and those of a few words.
    pub(super) fn candidates(&self, rounds: &Rounds<'_>) -> Vec<RowId> {
        let mut ids: Vec<(Reverse<u32>, RowId)> = self.shared(rounds).into_iter().map(|(id, count)| (Reverse(count), id)).collect();
        ids.sort_unstable();
        each_once(ids.into_iter().take(MAX_FETCHED).map(|(_, id)| id).chain(self.of_few(rounds)))
    }

    /// The utterances that have the most of a few words.
    fn of_few(&self, rounds: &Rounds<'_>) -> Vec<RowId> {
        let mut having: FxHashMap<RowId, u32> = FxHashMap::default();
        for &id in self.few.iter().flat_map(|&key| rounds.found(key)) {
            *having.entry(id).or_default() += 1;
        }
        let mut ids: Vec<(Reverse<u32>, RowId)> = having.into_iter().map(|(id, count)| (Reverse(count), id)).collect();
        ids.sort_unstable();
        ids.into_iter().take(MAX_FETCHED).map(|(_, id)| id).collect()
    }

    fn shared(&self, rounds: &Rounds<'_>) -> FxHashMap<RowId, u32> {
        let mut shared = FxHashMap::default();
        for &id in self.runs.iter().flat_map(|&key| rounds.found(key)) {
            *shared.entry(id).or_default() += 1;
        }
        shared
    }

    /// Those that are the same utterance, the best agreeing first, then the latest; then those that may be by their few words.
    pub(super) fn answer(&self, candidates: &[RowId], rounds: &Rounds<'_>) -> Vec<QuoteAttestation> {
        let shared = self.shared(rounds);
        let mut rows: Vec<&Row> = candidates.iter().filter(|id| shared.contains_key(id)).filter_map(|&id| rounds.row(id)).collect();
        rows.sort_by_cached_key(|row| Reverse((shared.get(&row.id).copied(), rounds.place(row))));
        rows.truncate(MAX_COMPARED);
        let like: Vec<RowId> = rows.iter().map(|row| row.id).collect();
        let sure = Self::compared(rows, rounds, |row, words| align(&self.asked, words).or_else(|| self.told_in_part(row, words, rounds)));
        let taken: FxHashSet<RowId> = sure.iter().map(|(_, row)| row.id).collect();
        // Too few for their runs to tell, but perhaps all of them there.
        let like = like.into_iter().filter(|_| !self.few.is_empty());
        let few = each_once(self.of_few(rounds).into_iter().chain(like)).into_iter().filter(|id| !taken.contains(id));
        let few = Self::compared(few.filter_map(|id| rounds.row(id)).collect(), rounds, |_, words| beside(&self.asked, words));
        let attestation = |(found, is_sure): ((Alignment, &Row), bool)| {
            let (alignment, row) = found;
            let Said::Quote(said) = &row.fact.said else { return None };
            let header = rounds.header(row.id.source)?;
            let utterance = Utterance::of(said, words(&said.words), row.cite(header), row.cite_parts(header));
            Some(QuoteAttestation { utterance, alignment, is_sure, preferred_name: None })
        };
        let few = few.into_iter().map(|found| (found.0.differences.is_empty(), found)).map(|(is_sure, found)| (found, is_sure));
        sure.into_iter().map(|found| (found, true)).chain(few).filter_map(attestation).collect()
    }

    fn told_in_part(&self, row: &Row, utterance: &[Word], rounds: &Rounds<'_>) -> Option<Alignment> {
        told_in_part(&self.asked, &self.text, utterance, &rounds.cite(row)?.sentence)
    }

    /// How the words asked about lie beside those of some utterances, the best agreeing first, then the latest.
    fn compared<'r>(
        rows: Vec<&'r Row>,
        rounds: &Rounds<'_>,
        lie: impl Fn(&Row, &[Word]) -> Option<Alignment>,
    ) -> Vec<(Alignment, &'r Row)> {
        let of = |row: &'r Row| {
            let Said::Quote(said) = &row.fact.said else { return None };
            Some((lie(row, &words(&said.words))?, row))
        };
        let mut found: Vec<(Alignment, &Row)> = rows.into_iter().filter_map(of).collect();
        found.sort_by_cached_key(|(alignment, row)| (alignment.differences.len(), Reverse(rounds.place(row))));
        found.truncate(MAX_ANSWERED);
        found
    }
}
