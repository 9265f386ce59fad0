//! A corpus held in memory: the built-in one, or folders small enough to be read at start.

use std::sync::Arc;

use super::acronyms::AcronymIndex;
use super::dates::DateIndex;
use super::figures::FigureIndex;
use super::names::NameIndex;
use super::placements::PlacementIndex;
use super::quotes::QuoteIndex;
use super::{Corpus, CorpusError, Dossier, Questions, Record, Source, titles};

#[derive(Debug)]
pub struct MemoryCorpus {
    generation: u64,
    sources: usize,
    names: NameIndex,
    figures: FigureIndex,
    dates: DateIndex,
    quotes: QuoteIndex,
    acronyms: AcronymIndex,
    placements: PlacementIndex,
}

impl MemoryCorpus {
    /// Indexes `sources`; `generation` tells this state of the corpus from earlier ones. The order of the sources is
    /// of no account: they are sorted by date and name first.
    pub fn new(mut sources: Vec<Source>, generation: u64) -> Self {
        sources.sort_by(|a, b| (a.header.published, &a.header.id).cmp(&(b.header.published, &b.header.id)));
        Self {
            generation,
            sources: sources.len(),
            names: NameIndex::build(&sources),
            figures: FigureIndex::build(&sources),
            dates: DateIndex::build(&sources),
            quotes: QuoteIndex::build(&sources),
            acronyms: AcronymIndex::build(&sources),
            placements: PlacementIndex::build(&sources),
        }
    }
}

impl Corpus for MemoryCorpus {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        let mut dossier = Dossier::default();
        for question in &questions.names {
            let answer = self.names.answer(question);
            dossier.titles.insert(question.clone(), titles::of(question, &answer).into());
            dossier.names.insert(question.clone(), Arc::new(answer));
            dossier.placements.insert(question.clone(), self.placements.answer(question).into());
        }
        for question in &questions.acronyms {
            dossier.acronyms.insert(question.clone(), self.acronyms.answer(question).into());
        }
        for question in &questions.figures {
            dossier.figures.insert(question.clone(), self.figures.answer(question).into());
        }
        for question in &questions.dates {
            dossier.dates.insert(question.clone(), self.dates.answer(question).into());
        }
        for question in &questions.quotes {
            let mut found = self.quotes.answer(question);
            for attestation in &mut found {
                let speaker = attestation.utterance.speaker.as_ref();
                attestation.preferred_name = speaker.and_then(|speaker| self.names.preferred_name(speaker.kind, &speaker.name));
            }
            dossier.quotes.insert(question.clone(), found.into());
        }
        Ok(dossier)
    }

    fn generation(&self) -> u64 {
        self.generation
    }

    fn source_count(&self) -> usize {
        self.sources
    }

    fn search(&self, prefix: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        Ok(self.names.search(prefix, limit))
    }
}
