//! Reads and checks one version of a draft after another, at the price of what changed. A command's only version is its first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Draft, GoOn, ReadDraft, Style};
use crate::corpus::{Corpus, CorpusError, Dossier, Heard, Questions};
use crate::document::Document;
use crate::markup::BlockKind;
use crate::reader::{BlockReading, Reading, link, read_block};

/// Reads and checks the versions of one draft one after the other. A block whose text and kind were in the version before
/// isn't read again, and a question asked lately isn't asked again while the corpus is the same; what comes out is what a
/// full check would give.
#[derive(Clone, Debug, Default)]
pub struct Rereader {
    blocks: FxHashMap<(BlockKind, Arc<str>), Arc<BlockReading>>,
    /// All of one generation. Handed out with each draft; copied only when there is more to keep than the last draft had.
    answers: Arc<Dossier>,
    /// How many of the answers were asked for when it was last looked for those that no longer are.
    asked: usize,
}

impl Rereader {
    /// Reads and checks a version.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn draft(&mut self, document: Document, corpus: &dyn Corpus, style: Style<'_>) -> Result<Draft, CorpusError> {
        self.draft_while(document, corpus, style, &|| true)
    }

    /// The same for as long as it goes on; what has been read until then is read, and the next version has it.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn draft_while(
        &mut self,
        document: Document,
        corpus: &dyn Corpus,
        style: Style<'_>,
        go_on: GoOn<'_>,
    ) -> Result<Draft, CorpusError> {
        // The day taken for the draft also resolves its "last month".
        let document = document.dated(style.as_of);
        let (reading, is_whole) = self.read(&document, go_on);
        if !is_whole || !go_on() {
            return Ok(ReadDraft { document, reading, dossier: Arc::default() }.unfinished());
        }
        Ok(self.asked(document, reading, corpus)?.checked_while(style, go_on))
    }

    /// Reads a version and asks about it, without checking it.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn unchecked(&mut self, document: Document, corpus: &dyn Corpus) -> Result<ReadDraft, CorpusError> {
        let (reading, _) = self.read(&document, &|| true);
        self.asked(document, reading, corpus)
    }

    /// With what the corpus attests that concerns this draft.
    fn asked(&mut self, document: Document, reading: Reading, corpus: &dyn Corpus) -> Result<ReadDraft, CorpusError> {
        let scope = corpus.scope(&document, &reading);
        let dossier = self.ask(&reading, corpus, Heard::within(&scope, corpus.settles()))?;
        let dossier = corpus.within(scope, dossier);
        Ok(ReadDraft { document, reading, dossier })
    }

    /// What a version says, and whether that is all of it: a block at which it doesn't go on is read as if it said nothing.
    fn read(&mut self, document: &Document, go_on: GoOn<'_>) -> (Reading, bool) {
        let mut before = std::mem::take(&mut self.blocks);
        let mut blocks = Vec::with_capacity(document.blocks().len());
        let mut is_whole = true;
        for block in document.blocks() {
            is_whole = is_whole && go_on();
            if !is_whole {
                blocks.push(Arc::default());
                continue;
            }
            let key = (block.kind.alone(), block.text.clone());
            // The same words may stand twice: the second finds them among this version's own.
            let reading =
                self.blocks.entry(key).or_insert_with_key(|key| before.remove(key).unwrap_or_else(|| Arc::new(read_block(block))));
            blocks.push(reading.clone());
        }
        if !is_whole {
            // The next version may have these still.
            self.blocks.extend(before);
        }
        (link(document, blocks), is_whole)
    }

    fn ask(&mut self, reading: &Reading, corpus: &dyn Corpus, heard: Heard) -> Result<Arc<Dossier>, CorpusError> {
        let generation = Some(corpus.extent()?.generation);
        if self.answers.generation != generation || self.answers.heard != heard {
            self.answers = Arc::new(Dossier { generation, heard, ..Dossier::default() });
            self.asked = 0;
        }
        let open = Questions::left_open(reading, &self.answers);
        if !open.is_empty() {
            let found = corpus.dossier(&open)?;
            if found.generation == generation {
                Arc::make_mut(&mut self.answers).extend(found);
            } else {
                // Somebody has written to the corpus since: what it answered before is of no use any more.
                self.answers = Arc::new(corpus.dossier(&Questions::to(heard, reading))?);
            }
        }
        // What is no longer asked is dropped now and then: looking for it at each keystroke would take longer than having it.
        if self.asked == 0 {
            self.asked = self.answers.len();
        } else if self.answers.len() > 2 * self.asked {
            Arc::make_mut(&mut self.answers).keep(&Questions::to(heard, reading));
            self.asked = self.answers.len();
        }
        Ok(self.answers.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MemoryCorpus;
    use crate::markup::Format;
    use std::sync::atomic::Ordering::Relaxed;

    #[test]
    fn what_was_read_before_a_check_was_given_up_is_read_and_the_next_finds_the_same_as_afresh() {
        let corpus = MemoryCorpus::default();
        let config = crate::config::Config::default();
        let style = Style { config: &config, as_of: None };
        let text = "Anna Brandvold left.\n\nx <!-- stet --> it rained.\n\nPetra Zielonka came.\n";
        let document = || Document::parse(text.into(), Format::Markdown);
        let afresh = Rereader::default().draft(document(), &corpus, style).expect("a corpus in memory answers");
        for looks in 0..40 {
            let mut rereader = Rereader::default();
            let left = std::sync::atomic::AtomicU32::new(looks);
            let go_on = || left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok();
            let stopped = rereader.draft_while(document(), &corpus, style, &go_on).expect("a corpus in memory answers");
            assert_eq!(stopped.reading.blocks.len(), document().blocks().len());
            assert!(stopped.is_whole || stopped.findings.is_empty(), "a mark is not unused where not all rules were asked");
            assert_eq!(stopped.is_whole, stopped.findings.len() == 1, "{looks}");
            let whole = rereader.draft(document(), &corpus, style).expect("a corpus in memory answers");
            assert_eq!(format!("{:?}", whole.findings), format!("{:?}", afresh.findings));
        }
    }

    #[test]
    fn what_a_later_version_says_of_a_name_counts_for_its_earlier_mentions() {
        let corpus = MemoryCorpus::default();
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
