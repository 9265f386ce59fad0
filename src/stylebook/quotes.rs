//! Quotations of record: the words that somebody said, as the desk gives them. They are found and compared as the sources' are.

use std::sync::Arc;

use super::StylebookError;
use super::read::QuoteEntry;
use crate::corpus::quotes::{Speaker, says_something};
use crate::corpus::{
    Account, Brief, Corpus as _, Dossier, Fact, Facts, MemoryCorpus, Questions, QuoteAttestation, QuoteFact, QuoteQuestion, Said,
    SourceHeader, SourceId,
};
use crate::reader::{SpeakerBasis, SubjectKind, words};

#[derive(Clone, Debug, Default)]
pub(super) struct Quotes(Option<Arc<MemoryCorpus>>);

impl Quotes {
    pub(super) fn of(entries: &[QuoteEntry], header: &Arc<SourceHeader>, faults: &mut Vec<StylebookError>) -> Self {
        let (mut sentences, mut all) = (Vec::new(), Vec::new());
        for QuoteEntry { words: said, speaker } in entries {
            if !says_something(&words(&said.form)) {
                faults.push(said.fault(format!("“{}” are too few words to be known again", said.form)));
                continue;
            }
            let speaker = Speaker { name: speaker.form.clone(), kind: SubjectKind::Person };
            let fact = QuoteFact {
                words: said.form.as_str().into(),
                speaker: Some(speaker),
                basis: SpeakerBasis::Named,
                corrected: false,
                further: Box::default(),
            };
            let citation = &said.citation;
            let sentence = sentences.len() as u32;
            sentences.push(citation.sentence.clone());
            all.push(Arc::new(Fact { start: citation.start, end: citation.end, sentence, said: Said::Quote(fact) }));
        }
        if all.is_empty() {
            return Self::default();
        }
        let brief = Arc::new(Brief { header: header.clone(), account: Account::default(), values: 0..0 });
        let facts = Facts { id: SourceId::of(header), print: 0, brief, sentences, all };
        Self(Some(Arc::new(std::iter::once(facts).collect())))
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The quotations of record among those that questions ask about, beyond doubt.
    pub(super) fn answers(&self, questions: &Questions) -> Vec<(QuoteQuestion, Vec<QuoteAttestation>)> {
        let Some(corpus) = &self.0 else { return Vec::new() };
        let asked = Questions { quotes: questions.quotes.clone(), ..Questions::default() };
        // What is in memory can be read.
        let Dossier { quotes, .. } = corpus.dossier(&asked).unwrap_or_default();
        let mut found: Vec<_> = quotes
            .into_iter()
            .map(|(question, answers)| (question, answers.iter().filter(|answer| answer.is_sure).cloned().collect::<Vec<_>>()))
            .filter(|(_, answers)| !answers.is_empty())
            .collect();
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
    }
}
