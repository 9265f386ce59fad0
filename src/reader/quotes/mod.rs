//! Direct quotations and who said them.
//!
//! [`find`] pairs the marks of one block, leaves out what is no quotation, and notes for each where its speaker is to be
//! looked for; [`link`] then names the speakers and ties the parts of one utterance together.

mod cues;
mod kind;
mod marks;
mod speaker;

use std::sync::Arc;

use super::link::{LinkedNames, LinkedQuote, LinkedTitle};
use super::{BlockReading, MentionId};
use crate::document::{Document, ProseSpan};
use crate::markup::{Block, BlockKind};
use crate::text::Span;
use speaker::{Found, Speakers};

#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words between the marks.
    pub words: String,
    /// The person said to have said them.
    pub speaker: Option<MentionId>,
    /// The verb of speech, as written.
    pub cue: Option<String>,
    /// How the speaker is known.
    pub basis: SpeakerBasis,
    /// Parts of one utterance, broken by a cue or a paragraph, share a number; numbers count up through the text.
    pub utterance: u32,
    /// How this part goes on from the one before it in the same utterance.
    pub join: Join,
    /// Whether it stands in another quotation.
    pub nested: bool,
}

/// How sure it is who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerBasis {
    /// Nobody is named.
    #[default]
    None,
    /// Guessed from the sentence or from a pronoun.
    Inferred,
    /// A quotation without a cue of its own goes on where one with a named speaker ended.
    Continued,
    /// A cue ties the words to a name.
    Named,
}

/// How one part of an utterance goes on from the part before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Join {
    /// It is the first.
    #[default]
    First,
    /// In mid-sentence or over paragraphs: nothing was left out.
    Seamless,
    /// In a new sentence: words may have been left out between.
    Loose,
}

/// Words between quotation marks in one block.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteCandidate {
    /// Bytes of the block's text, without the marks.
    pub span: Span,
    /// The same with the marks.
    outer: Span,
    depth: u8,
    closed: bool,
    clue: cues::Clue,
}

/// Whether a quotation of this block that nothing closes may go on in the next one.
const fn carries_speech(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem)
}

pub(super) fn find(block: &Block, reading: &BlockReading) -> Vec<QuoteCandidate> {
    let pairs = marks::pairs(&block.text);
    let mut out: Vec<QuoteCandidate> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        if pair.closed && !kind::is_speech(&block.text, reading, *pair) {
            continue;
        }
        let clue = cues::clue(&block.text, reading, &pairs, index);
        if pair.closed && !kind::may_stand_alone(&block.text, *pair, &clue) {
            continue;
        }
        out.push(QuoteCandidate { span: pair.inner, outer: pair.outer, depth: pair.depth, closed: pair.closed, clue });
    }
    out
}

pub(super) fn link(document: &Document, blocks: &[Arc<BlockReading>], names: &LinkedNames, titles: &[LinkedTitle]) -> Vec<LinkedQuote> {
    if blocks.iter().all(|block| block.quotes.is_empty()) {
        return Vec::new();
    }
    let speakers = Speakers::new(document, blocks, names, titles);
    let mut out: Vec<LinkedQuote> = Vec::new();
    let mut utterances = 0;
    // The part before, at the outermost level.
    let mut last: Option<Part> = None;
    for (index, reading) in blocks.iter().enumerate() {
        let block = &document.blocks()[index];
        let mut outermost = 0;
        for quote in &reading.quotes {
            let at = ProseSpan { block: index as u32, span: quote.span };
            if !quote.closed && !goes_on(document, blocks, index) {
                // Its mark was forgotten or is none: what stands in it stands for itself.
                outermost = 1;
                continue;
            }
            let nested = quote.depth > outermost;
            let before = last.filter(|_| !nested);
            let found = speakers.speaker(at.block, quote);
            let found = if nested { found } else { carried_on(&speakers, before, at, quote, found) };
            let join = before.map_or(Join::First, |part| part.join(at, quote, &block.text, found));
            let utterance = match before {
                Some(part) if join != Join::First => part.utterance,
                _ => {
                    utterances += 1;
                    utterances
                }
            };
            if !nested {
                last = Some(Part {
                    block: at.block,
                    end: quote.outer.end,
                    closed: quote.closed,
                    comma: ends_in_comma(&block.text, quote),
                    found,
                    utterance,
                });
            }
            let cue = quote.clue.cue.map(|cue| cue.text(&block.text).to_owned());
            let words = quote.span.text(&block.text).to_owned();
            let quote = Quote { words, speaker: None, cue, basis: found.basis, utterance, join, nested };
            out.push(LinkedQuote { at, quote, speaker: found.speaker });
        }
    }
    out
}

/// The part of an utterance that was read last.
#[derive(Clone, Copy, Debug)]
struct Part {
    block: u32,
    /// Bytes of the block's text, behind the closing mark.
    end: u32,
    closed: bool,
    comma: bool,
    found: Found,
    utterance: u32,
}

impl Part {
    fn join(&self, at: ProseSpan, quote: &QuoteCandidate, text: &str, found: Found) -> Join {
        if !self.closed {
            return if at.block > self.block { Join::Seamless } else { Join::First };
        }
        if self.found.speaker != found.speaker || (quote.clue.subject.is_some() && !self.comma) {
            return Join::First;
        }
        if at.block == self.block {
            let goes_on = quote.span.text(text).starts_with(|c: char| c.is_lowercase()) || quote.span.text(text).starts_with("I ");
            let between = text.get(self.end as usize..quote.outer.start as usize).unwrap_or_default();
            return if self.comma && !between.contains(['.', '?', '!', ';']) {
                if goes_on { Join::Seamless } else { Join::Loose }
            } else if quote.clue.alone {
                Join::Loose
            } else {
                Join::First
            };
        }
        if at.block == self.block + 1 && quote.clue.alone && found.basis == SpeakerBasis::Continued { Join::Loose } else { Join::First }
    }
}

fn ends_in_comma(text: &str, quote: &QuoteCandidate) -> bool {
    quote.span.text(text).ends_with([',', '—', '–']) || text[quote.outer.end as usize..].starts_with(',')
}

/// Whether a quotation that its block leaves open is one: the next block of prose opens it again.
fn goes_on(document: &Document, blocks: &[Arc<BlockReading>], index: usize) -> bool {
    let mut rest = document.blocks().iter().zip(blocks).skip(index + 1).filter(|(block, _)| carries_speech(block.kind));
    document.blocks()[index].kind.is_body()
        && rest.next().is_some_and(|(block, reading)| {
            let first = block.text.len() - block.text.trim_start().len();
            reading.quotes.first().is_some_and(|quote| quote.outer.start as usize == first)
        })
}

/// Whose words a quotation is that names nobody itself, or calls its speaker by a pronoun.
fn carried_on(speakers: &Speakers<'_>, before: Option<Part>, at: ProseSpan, quote: &QuoteCandidate, found: Found) -> Found {
    if found.decided {
        return found;
    }
    let near = before.filter(|part| part.block == at.block || part.block + 1 == at.block);
    if near.is_some_and(|part| !part.closed) {
        return near.map_or(found, |part| part.found);
    }
    let inferred = |speaker: Option<usize>| Found { speaker, basis: SpeakerBasis::Inferred, decided: true };
    if found.basis == SpeakerBasis::Inferred {
        // A pronoun: whoever the sentence before is about, or is speaking, or was named last.
        let here = near.filter(|part| part.block == at.block && part.found.speaker.is_some()).and_then(|part| part.found.speaker);
        let subject = speakers.subject_before(at.block, quote.outer.start);
        let earlier = before.and_then(|part| part.found.speaker);
        let speaker = here.or(subject).or_else(|| speakers.last_named(at.block, quote.outer.start)).or(earlier);
        return if speaker.is_some() { inferred(speaker) } else { Found::default() };
    }
    let same_block = near.filter(|part| part.block == at.block);
    if quote.clue.alone || quote.clue.after_quote || quote.clue.cue.is_some() {
        if let Some(part) = same_block {
            return continued(part.found);
        }
        if let Some(subject) = speakers.subject_before(at.block, quote.outer.start) {
            return inferred(Some(subject));
        }
        if let Some(part) = near.filter(|_| quote.clue.alone) {
            return continued(part.found);
        }
    }
    found
}

fn continued(found: Found) -> Found {
    Found { basis: found.basis.min(SpeakerBasis::Continued), ..found }
}

#[cfg(test)]
mod tests;
