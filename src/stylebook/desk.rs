//! What a desk goes by: its stylebook, and under it its corpus. To those who ask it is a corpus like any other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Stylebook;
use crate::corpus::{Corpus, CorpusError, Dossier, Questions, Record};

pub struct Desk {
    corpus: Arc<dyn Corpus>,
    stylebook: Stylebook,
}

impl Desk {
    pub fn new(corpus: Arc<dyn Corpus>, stylebook: Stylebook) -> Self {
        Self { corpus, stylebook }
    }

    /// The corpus alone.
    pub fn corpus(&self) -> &Arc<dyn Corpus> {
        &self.corpus
    }
}

impl Corpus for Desk {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        if self.stylebook.is_empty() {
            return self.corpus.dossier(questions);
        }
        let own: BTreeMap<_, _> = questions.names.iter().map(|question| (question, self.stylebook.own(question))).collect();
        let mut asked = questions.clone();
        asked.names.extend(own.iter().flat_map(|(question, own)| Stylebook::other_names(question, own)));
        let mut found = self.corpus.dossier(&asked)?;
        let joined: Vec<_> = own
            .iter()
            .map(|(&question, own)| (question, self.stylebook.answer(question, own, &found), self.stylebook.titles(question, own, &found)))
            .collect();
        found.keep(questions);
        for (question, answer, titles) in joined {
            found.names.insert(question.clone(), Arc::new(answer));
            found.titles.insert(question.clone(), titles.into());
        }
        Ok(found)
    }

    fn generation(&self) -> u64 {
        self.corpus.generation()
    }

    fn source_count(&self) -> usize {
        self.corpus.source_count()
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
}
