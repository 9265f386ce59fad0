//! A draft as checked, and the means to check its next version at the price of what changed.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::check::{Style, check};
use crate::corpus::{Corpus, CorpusError, Dossier, Questions};
use crate::document::Document;
use crate::finding::Finding;
use crate::markup::{BlockKind, Format};
use crate::reader::{BlockReading, MentionId, Reading, link, read_block};

/// One version of a draft with what is known of it.
#[derive(Debug)]
pub struct Draft {
    pub document: Document,
    pub reading: Reading,
    pub dossier: Dossier,
    /// None before it is [checked](Draft::checked).
    pub findings: Vec<Finding>,
}

impl Draft {
    /// With its findings.
    #[must_use]
    pub fn checked(self, style: Style<'_>) -> Self {
        Self { findings: check(&self.document, &self.reading, &self.dossier, style), ..self }
    }

    /// The mentions that a cursor at a byte of the source touches, the shortest first.
    pub fn mentions_at(&self, offset: u32) -> Vec<MentionId> {
        self.document.prose_at(offset).map(|at| self.reading.at(at)).unwrap_or_default()
    }
}

/// Reads and checks the versions of one draft one after the other. A block whose text and kind were in the version before
/// isn't read again, and a question asked lately isn't asked again while the corpus is the same; what comes out is what a
/// full check would give.
#[derive(Debug, Default)]
pub struct Rereader {
    blocks: FxHashMap<(BlockKind, Arc<str>), Arc<BlockReading>>,
    answers: Dossier,
    /// How many of the answers were asked for when it was last looked for those that no longer are.
    asked: usize,
    generation: Option<u64>,
}

impl Rereader {
    /// Reads and checks a version.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn draft(&mut self, source: Arc<str>, format: Format, corpus: &dyn Corpus, style: Style<'_>) -> Result<Draft, CorpusError> {
        // The day taken for the draft also resolves its "last month".
        let document = Document::parse(source, format).dated(style.as_of);
        Ok(self.unchecked(document, corpus)?.checked(style))
    }

    /// Reads a version and asks about it, without checking it.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn unchecked(&mut self, document: Document, corpus: &dyn Corpus) -> Result<Draft, CorpusError> {
        let reading = self.read(&document);
        let dossier = self.ask(&reading, corpus)?;
        Ok(Draft { document, reading, dossier, findings: Vec::new() })
    }

    /// Forgets what the corpus said: another corpus may answer otherwise under the same generation.
    pub fn forget_answers(&mut self) {
        self.answers = Dossier::default();
        self.asked = 0;
        self.generation = None;
    }

    fn read(&mut self, document: &Document) -> Reading {
        let mut before = std::mem::take(&mut self.blocks);
        let mut blocks = Vec::with_capacity(document.blocks().len());
        for block in document.blocks() {
            let key = (block.kind, block.text.clone());
            // The same words may stand twice: the second finds them among this version's own.
            let reading =
                self.blocks.entry(key).or_insert_with_key(|key| before.remove(key).unwrap_or_else(|| Arc::new(read_block(block))));
            blocks.push(reading.clone());
        }
        link(document, blocks)
    }

    fn ask(&mut self, reading: &Reading, corpus: &dyn Corpus) -> Result<Dossier, CorpusError> {
        let generation = corpus.generation();
        if self.generation != Some(generation) {
            self.forget_answers();
            self.generation = Some(generation);
        }
        let open = Questions::left_open(reading, &self.answers);
        if !open.is_empty() {
            self.answers.extend(corpus.dossier(&open)?);
        }
        // What is no longer asked is dropped now and then: looking for it at each keystroke would take longer than having it.
        if self.answers.len() > 2 * self.asked {
            self.answers.keep(&Questions::of(reading));
            self.asked = self.answers.len();
        }
        Ok(self.answers.clone())
    }
}

/// A draft of a test, checked against `corpus` with nothing configured.
#[cfg(test)]
pub(super) fn checked_against(text: &str, format: Format, corpus: &dyn Corpus) -> Draft {
    let config = crate::config::Config::built_in();
    let style = Style { config: &config, as_of: None };
    Rereader::default().draft(text.into(), format, corpus, style).expect("a corpus in memory answers")
}

/// The same against no sources at all.
#[cfg(test)]
pub(super) fn checked(text: &str, format: Format) -> Draft {
    checked_against(text, format, &crate::corpus::MemoryCorpus::new(Vec::new(), 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MemoryCorpus;

    #[test]
    fn what_is_read_first_and_checked_later_has_the_same_findings() {
        let text = "Anna Brandvold left.\n\nx <!-- stet --> it rained.\n";
        let read = Rereader::default()
            .unchecked(Document::parse(text.into(), Format::Markdown), &MemoryCorpus::new(Vec::new(), 0))
            .expect("a corpus in memory answers");
        assert!(read.findings.is_empty() && read.reading.subjects.len() == 1);
        let config = crate::config::Config::built_in();
        let checked_later = read.checked(Style { config: &config, as_of: None });
        let found = |draft: &Draft| draft.findings.iter().map(|finding| (finding.span, finding.rule.name)).collect::<Vec<_>>();
        assert_eq!(found(&checked_later), found(&checked(text, Format::Markdown)));
        assert_eq!(checked_later.findings.len(), 1);
    }

    #[test]
    fn what_a_later_version_says_of_a_name_counts_for_its_earlier_mentions() {
        let corpus = MemoryCorpus::new(Vec::new(), 0);
        let mut rereader = Rereader::default();
        let kinds = |rereader: &mut Rereader, text: &str| {
            let document = Document::parse(text.into(), Format::Markdown);
            let read = rereader.unchecked(document, &corpus).expect("a corpus in memory answers");
            read.reading.subjects.iter().map(|subject| (subject.name.clone(), subject.kind)).collect::<Vec<_>>()
        };
        let (before, after) = ("SS Larsund left.\n", "SS Larsund left.\n\nThey sang aboard the SS Larsund.\n");
        let afresh = kinds(&mut Rereader::default(), after);
        assert_ne!(kinds(&mut rereader, before), afresh, "initials may be a person's");
        assert_eq!(kinds(&mut rereader, after), afresh);
    }
}
