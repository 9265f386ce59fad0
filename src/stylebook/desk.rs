//! What a desk goes by: its stylebook, under it its corpus, and under both the built-in reference. To those who ask it is a corpus
//! like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Stylebook;
use crate::corpus::{
    Cited, Corpus, CorpusError, Dossier, Extent, Generation, NameQuestion, OfficeHolding, Page, Questions, Record, Scope,
    reference_holders, reference_titles,
};
use crate::document::Document;
use crate::reader::Reading;

pub struct Desk {
    corpus: Arc<dyn Corpus>,
    stylebook: Arc<Stylebook>,
    /// Whether the built-in reference of office-holders is heard.
    reference: bool,
}

impl Desk {
    pub fn new(corpus: Arc<dyn Corpus>, stylebook: impl Into<Arc<Stylebook>>, reference: bool) -> Self {
        Self { corpus, stylebook: stylebook.into(), reference }
    }

    /// The corpus alone.
    pub fn corpus(&self) -> &Arc<dyn Corpus> {
        &self.corpus
    }
}

impl Corpus for Desk {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        let mut dossier = self.decided(questions)?;
        if self.reference {
            refer(questions, &mut dossier);
        }
        dossier.generation = dossier.generation.map(|generation| self.above(generation));
        Ok(dossier)
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        let extent = self.corpus.extent()?;
        Ok(Extent { generation: self.above(extent.generation), ..extent })
    }

    fn sources(&self) -> Result<String, CorpusError> {
        self.corpus.sources()
    }

    fn is_demonstration(&self) -> bool {
        self.corpus.is_demonstration()
    }

    fn scope(&self, document: &Document, reading: &Reading) -> Scope {
        self.corpus.scope(document, reading)
    }

    fn settles(&self) -> bool {
        self.stylebook.settles()
    }

    fn within(&self, scope: Scope, answers: Arc<Dossier>) -> Arc<Dossier> {
        self.corpus.within(scope, answers)
    }

    fn search(&self, prefix: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        let mut records = self.stylebook.names.search(prefix, limit);
        for record in self.corpus.search(prefix, limit)? {
            let record = self.stylebook.decided(&record);
            match records.iter_mut().find(|known| known.kind == record.kind && known.name == record.name) {
                Some(known) => *known = record,
                None => records.push(record),
            }
        }
        records.truncate(limit);
        Ok(records)
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        let others = names.iter().flat_map(|question| self.stylebook.own(question).other_names(question));
        let asked: BTreeSet<NameQuestion> = names.iter().cloned().chain(others).collect();
        let cited = self.corpus.cited(&asked.into_iter().collect::<Vec<_>>(), page)?;
        Ok(Cited { generation: self.above(cited.generation), ..cited })
    }
}

impl Desk {
    /// The generation of what is answered above the corpus's own: another stylebook makes it another.
    fn above(&self, corpus: Generation) -> Generation {
        corpus.with(self.stylebook.print()).with(u64::from(self.reference))
    }

    /// What the corpus says, under the stylebook.
    fn decided(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        if self.stylebook.is_empty() {
            return self.corpus.dossier(questions);
        }
        let own: BTreeMap<_, _> = questions.names.iter().map(|question| (question, self.stylebook.own(question))).collect();
        let mut asked = questions.clone();
        asked.names.extend(own.iter().flat_map(|(question, own)| own.other_names(question)));
        let mut found = self.corpus.dossier(&asked)?;
        let joined: Vec<_> = own.iter().map(|(&question, own)| (question, self.stylebook.answer(question, own, &found))).collect();
        found.keep(questions);
        found.quotes.extend(self.stylebook.quotes.answers(questions).into_iter().map(|(question, answers)| (question, answers.into())));
        for question in &questions.figures {
            let settled = self.stylebook.figures.answer(question);
            if !settled.is_empty() {
                found.settled.insert(question.clone(), settled.into());
            }
        }
        for attestation in found.quotes.values_mut().flat_map(Arc::make_mut) {
            let speaker = attestation.utterance.speaker.as_ref();
            let decided = speaker.and_then(|speaker| self.stylebook.names.preferred_name(speaker.kind, &speaker.name));
            attestation.preferred_name = decided.or_else(|| attestation.preferred_name.take());
        }
        for (question, answer) in joined {
            found.names.insert(question.clone(), Arc::new(answer));
        }
        Ok(found)
    }
}

/// Adds what the reference says, below all else.
fn refer(questions: &Questions, dossier: &mut Dossier) {
    for question in &questions.names {
        let known = reference_titles(question);
        if !known.is_empty() {
            Arc::make_mut(dossier.names.entry(question.clone()).or_default()).titles.extend(known);
        }
    }
    for question in &questions.offices {
        let known = reference_holders(question);
        let holders: Vec<OfficeHolding> = dossier.holders(question).iter().cloned().chain(known).collect();
        dossier.holders.insert(question.clone(), holders.into());
    }
}
