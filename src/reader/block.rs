//! One block read alone: its tokens and sentences and what can be seen in them without looking elsewhere. This is what a
//! keystroke re-reads, so it depends on the block's text and kind and on nothing else.

use std::sync::{Arc, OnceLock};

use super::{correction, cue_words, dates, figures, names, placement, quotes, titles};
use crate::markup::Block;
use crate::text::{self, Row, Span, Token};

/// What one block says, all spans in bytes of that block's text.
#[derive(Clone, Debug, Default)]
pub struct BlockReading {
    pub tokens: Vec<Token>,
    /// Half-open ranges of token indices.
    pub sentences: Vec<Span>,
    /// Whether the block is a note that corrects something, and so has to repeat what was wrong.
    pub is_correction: bool,
    /// The sentences that own up to a mistake, and so repeat it.
    pub(super) owning_up: Vec<Span>,
    /// The sentences that compare: "up from 40".
    pub(super) comparing: Vec<Span>,
    pub quotes: Vec<quotes::QuoteCandidate>,
    /// Says whose words are set off in the block behind this one.
    pub(super) lead_in: Option<Box<quotes::LeadIn>>,
    /// All its words, where the block is taken for a quotation.
    pub(super) as_quote: quotes::Compared,
    pub titles: Vec<titles::TitleCandidate>,
    pub names: Vec<names::NameCandidate>,
    /// Hashes of the words that stand in lower case here, and of those that the names have.
    pub(super) lower_words: Vec<u32>,
    pub(super) name_words: Vec<u32>,
    pub figures: Vec<figures::FigureCandidate>,
    /// What those have been rewritten to, for who asks again.
    pub(crate) rewordings: figures::Rewordings,
    /// How forms of names in it are spelt, for who asks again.
    pub(super) spellings: names::Spellings,
    /// Where its words put the places it names, for who asks again.
    pub(super) places_put: placement::PlacesPut,
    pub dates: Vec<dates::DateCandidate>,
    /// The words around each of the dates, for who asks: few drafts' dates are ever held against anything.
    date_contexts: OnceLock<Box<[Arc<figures::Context>]>>,
    text: Arc<str>,
}

/// Reads one block.
pub fn read_block(block: &Block) -> BlockReading {
    #[cfg(test)]
    assert!(!block.text.contains(FAULTY), "as the test wants it");
    let text: &str = &block.text;
    let tokens = text::tokens(text);
    let sentences = text::sentences(text, &tokens);
    let row = Row { text, tokens: &tokens };
    let kind = block.kind.alone();
    // Each stage is handed what it builds upon.
    let titles = titles::find(row, &sentences);
    let addresses = names::addresses(text);
    let names = names::find(kind, row, &sentences, &titles, &addresses);
    let dates = dates::find(row);
    let setting = figures::Setting::new(row, &sentences, &dates);
    let figures = figures::find(&setting);
    let cued = cue_words::cued(row, &sentences);
    BlockReading {
        is_correction: cued.is_note || correction::is_headed(text),
        owning_up: fitted(cued.owning_up),
        comparing: fitted(cued.comparing),
        quotes: fitted(quotes::find(row, &sentences)),
        lead_in: quotes::lead_in(kind, row, &sentences),
        as_quote: quotes::Compared::default(),
        lower_words: fitted(names::lower_words(row, &addresses)),
        name_words: fitted(names::name_words(&names)),
        date_contexts: OnceLock::new(),
        text: block.text.clone(),
        titles: fitted(titles),
        names: fitted(names),
        dates: fitted(dates),
        figures: fitted(figures),
        rewordings: figures::Rewordings::default(),
        spellings: names::Spellings::default(),
        places_put: placement::PlacesPut::default(),
        sentences: fitted(sentences),
        tokens: fitted(tokens),
    }
}

/// With no more room than it takes: a list of one has room for four, and a text may be one table of half a million cells.
fn fitted<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

impl BlockReading {
    #[must_use]
    pub fn without_figures_and_dates(&self) -> Self {
        Self { figures: Vec::new(), dates: Vec::new(), date_contexts: OnceLock::new(), ..self.clone() }
    }

    /// The bytes that a half-open range of tokens covers.
    pub fn tokens_span(&self, tokens: Span) -> Span {
        match (self.tokens.get(tokens.start as usize), self.tokens[..tokens.end as usize].last()) {
            (Some(first), Some(last)) if !tokens.is_empty() => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Hashes of its words, those of names among them; some more than once.
    pub fn word_hashes(&self) -> impl Iterator<Item = u32> + '_ {
        self.lower_words.iter().chain(&self.name_words).copied()
    }

    /// What the date at `span` dates, as far as the words around it say.
    pub fn date_context(&self, span: Span) -> Option<&Arc<figures::Context>> {
        let index = self.dates.binary_search_by_key(&span, |date| date.span).ok()?;
        let contexts = self.date_contexts.get_or_init(|| {
            let row = Row { text: &self.text, tokens: &self.tokens };
            figures::contexts_of_dates(&figures::Setting::new(row, &self.sentences, &self.dates), &self.figures).into()
        });
        contexts.get(index)
    }

    /// The index of the first token that ends after `offset`.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }
}

/// Words over which the reader panics, so that what is done about a fault can be tried.
#[cfg(test)]
pub(crate) const FAULTY: &str = "here the reader panics";
