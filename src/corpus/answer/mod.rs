//! From questions to answers, over any store. All that a store does is to find rows by keys; what is like what, who is who and what comes
//! first is decided here, once.
//!
//! A batch of questions takes a few rounds, whatever its size: ways of writing names and postings by keys, rows by their ids, briefs of
//! the sources that are cited. All of them see one snapshot.

mod contexts;
mod names;
mod quotes;
mod rounds;

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::sync::Arc;

use contexts::{Search, Tells};
use names::Kept;
pub use names::{NameIndex, is_one_person};
use rounds::Rounds;
use rustc_hash::FxHashMap;

use super::figures::Kind;
use super::placements::place_key;
use super::quotes::Speaker;
use super::store::{Extent, Key, MemoryStore, Row, Store};
use super::{
    AcronymAttestation, AcronymQuestion, Citation, Cited, Corpus, CorpusError, DateAttestation, DateQuestion, Dossier, Facts,
    FigureAttestation, FigureQuestion, Likeness, Matter, NameQuestion, Page, PlacementAttestation, Questions, Record, Said, Source,
};
use crate::text::name_key;

/// A key that leads to more rows than this says too little of any of them.
const MOST_ROWS: usize = 2000;
/// Of what is said of one thing by more sources, so many are looked at; the others are counted.
const MOST_SAID: usize = 256;

/// A corpus over a store.
#[derive(Debug)]
pub struct Answering<S> {
    store: S,
    /// What was made of the last generation that was asked.
    kept: Kept,
}

impl<S: Store> Answering<S> {
    pub fn over(store: S) -> Self {
        Self { store, kept: Kept::default() }
    }

    pub const fn store(&self) -> &S {
        &self.store
    }

    /// The store, for others to ask.
    pub fn into_store(self) -> S {
        self.store
    }
}

/// A corpus held in memory.
pub type MemoryCorpus = Answering<MemoryStore>;

impl MemoryCorpus {
    /// Of articles as read. Their order is of no account.
    pub fn new(sources: impl IntoIterator<Item = impl Borrow<Source>>) -> Self {
        sources.into_iter().map(|source| Facts::of(source.borrow())).collect()
    }
}

/// Of no sources at all.
impl Default for MemoryCorpus {
    fn default() -> Self {
        Self::over(MemoryStore::default())
    }
}

impl FromIterator<Facts> for MemoryCorpus {
    fn from_iter<I: IntoIterator<Item = Facts>>(sources: I) -> Self {
        Self::over(sources.into_iter().collect())
    }
}

impl<S: Store> Corpus for Answering<S> {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        let snapshot = self.store.snapshot()?;
        let mut rounds = Rounds::of(&*snapshot);
        let figures: Vec<Search<'_>> = questions.figures.iter().map(of_figure).collect();
        let dates: Vec<Search<'_>> = questions.dates.iter().map(of_date).collect();
        let quotes: Vec<quotes::Search> = questions.quotes.iter().map(quotes::Search::of).collect();
        let acronyms = || questions.acronyms.iter().flat_map(acronym_keys);
        let places = || questions.names.iter().map(|question| Key::place(&question.name));
        let contexts = || figures.iter().chain(&dates);
        rounds.look_up(contexts().flat_map(Search::keys).chain(quotes.iter().flat_map(quotes::Search::keys)), MOST_ROWS)?;
        rounds.sample(acronyms().chain(places()), MOST_SAID)?;

        let (mut tells, mut date_tells) =
            (Tells::of(snapshot.statistics()?, Matter::Figure), Tells::of(snapshot.statistics()?, Matter::Date));
        let figures: Vec<_> = figures.into_iter().map(|search| (search.candidates(&rounds, &mut tells), search)).collect();
        let dates: Vec<_> = dates.into_iter().map(|search| (search.candidates(&rounds, &mut date_tells), search)).collect();
        let quotes: Vec<_> = quotes.into_iter().map(|search| (search.candidates(&rounds), search)).collect();
        let listed: Vec<_> = acronyms().chain(places()).flat_map(|key| rounds.found(key).to_vec()).collect();
        let candidates = figures.iter().chain(&dates).map(|(ids, _)| ids).chain(quotes.iter().map(|(ids, _)| ids)).flatten();
        rounds.fetch(candidates.chain(&listed).copied())?;

        let figures: Vec<_> = figures.iter().map(|(ids, search)| search.weigh(ids, &rounds, &mut tells)).collect();
        let dates: Vec<_> = dates.iter().map(|(ids, search)| search.weigh(ids, &rounds, &mut date_tells)).collect();
        let weighed = figures.iter().chain(&dates).flatten().map(|(_, id)| id);
        let said = quotes.iter().flat_map(|(ids, _)| ids);
        rounds.know(weighed.chain(said).chain(&listed).map(|id| id.source))?;

        let mut dossier = Dossier { generation: Some(snapshot.extent().generation), ..Dossier::default() };
        for (question, found) in questions.figures.iter().zip(figures) {
            let found: Vec<FigureAttestation> = contexts::likest(found, &rounds, figure);
            dossier.figures.insert(question.clone(), found.into());
        }
        for (question, found) in questions.dates.iter().zip(dates) {
            let found: Vec<DateAttestation> = contexts::likest(found, &rounds, date);
            dossier.dates.insert(question.clone(), found.into());
        }
        for (question, (ids, search)) in questions.quotes.iter().zip(&quotes) {
            dossier.quotes.insert(question.clone(), search.answer(ids, &rounds).into());
        }
        for question in &questions.acronyms {
            dossier.acronyms.insert(question.clone(), expansions(question, &rounds).into());
        }
        rounds.know_whole(dossier.valued_sources())?;
        dossier.briefs = rounds.briefs_of(dossier.valued_sources());
        dossier.reports = rounds.reports_of(dossier.reporting_sources())?;
        let answers = names::answers(&questions.names, &mut rounds, &self.kept)?;
        let mut speakers = BTreeSet::new();
        for attestation in dossier.quotes.values().flat_map(|found| found.iter()) {
            speakers.extend(attestation.utterance.speaker.as_ref().map(speaker_question));
        }
        let preferred = names::preferred_names(&speakers, &mut rounds, &self.kept)?;
        let preferred: FxHashMap<_, _> = speakers.iter().zip(preferred).collect();
        for attestation in dossier.quotes.values_mut().flat_map(Arc::make_mut) {
            let speaker = attestation.utterance.speaker.as_ref().map(speaker_question);
            attestation.preferred_name = speaker.and_then(|speaker| preferred.get(&speaker).cloned().flatten());
        }
        for (question, mut answer) in questions.names.iter().zip(answers) {
            answer.titles = super::titles::of(question, &answer);
            answer.placements = placements(question, &rounds);
            dossier.names.insert(question.clone(), Arc::new(answer));
        }
        Ok(dossier)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        Ok(self.store.snapshot()?.extent())
    }

    fn search(&self, typed: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        let snapshot = self.store.snapshot()?;
        names::search(typed, limit, &mut Rounds::of(&*snapshot), &self.kept)
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        let snapshot = self.store.snapshot()?;
        let (citations, total) = names::citations(names, page, &mut Rounds::of(&*snapshot), &self.kept)?;
        Ok(Cited { citations, total, generation: snapshot.extent().generation })
    }
}

/// Asks how the name of one who is quoted is written.
fn speaker_question(speaker: &Speaker) -> NameQuestion {
    NameQuestion { kind: speaker.kind, name: speaker.name.clone() }
}

fn of_figure(question: &FigureQuestion) -> Search<'_> {
    Search::new(Matter::Figure, question.kinds(), &question.context, question.sign())
}

fn of_date(question: &DateQuestion) -> Search<'_> {
    Search::new(Matter::Date, vec![Kind::of_dates()], &question.context, None)
}

fn figure(row: &Row, likeness: Likeness, citation: Citation) -> Option<FigureAttestation> {
    let Said::Figure(said) = &row.fact.said else { return None };
    Some(FigureAttestation { figure: said.figure.clone(), words: said.words.to_string(), likeness, citation, source: row.id.source })
}

fn date(row: &Row, likeness: Likeness, citation: Citation) -> Option<DateAttestation> {
    let Said::Date(said) = &row.fact.said else { return None };
    let (words, source) = (said.words.to_string(), row.id.source);
    Some(DateAttestation { date: said.date, as_of: row.published, of_speech: said.of_speech, words, likeness, citation, source })
}

fn acronym_keys(question: &AcronymQuestion) -> [Key; 2] {
    [Key::acronym(&question.acronym), Key::acronym(&question.expansion)]
}

/// Attestations of the abbreviation or of its expansion, the latest first.
fn expansions(question: &AcronymQuestion, rounds: &Rounds<'_>) -> Vec<AcronymAttestation> {
    let asked = [name_key(&question.acronym), name_key(&question.expansion)];
    let of = |said: &Said, citation| match said {
        Said::Acronym(said) if [&said.acronym, &said.expansion].iter().any(|name| asked.contains(&name_key(name))) => {
            Some(AcronymAttestation { acronym: said.acronym.to_string(), expansion: said.expansion.to_string(), citation })
        }
        _ => None,
    };
    let mut found: Vec<AcronymAttestation> = rounds.said(acronym_keys(question), of);
    found.sort_by(|a, b| a.citation.latest_first(&b.citation));
    found
}

/// Where the sources put a place, the latest first.
fn placements(question: &NameQuestion, rounds: &Rounds<'_>) -> Vec<PlacementAttestation> {
    let asked = place_key(&question.name);
    let of = |said: &Said, citation| match said {
        Said::Placement(said) if place_key(&said.place) == asked => Some(PlacementAttestation {
            within: said.within.clone(),
            words: said.words.to_string(),
            region_words: said.region_words.as_deref().map(str::to_owned),
            citation,
        }),
        _ => None,
    };
    let mut found: Vec<PlacementAttestation> = rounds.said([Key::place(&question.name)], of);
    found.sort_by(|a, b| a.citation.latest_first(&b.citation));
    found
}
