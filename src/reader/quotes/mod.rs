//! Direct quotations and who said them.
//!
//! [`find`] pairs the marks of one block, leaves out what is no quotation, and notes for each where its speaker is to be
//! looked for; [`link`] then names the speakers and ties the parts of one utterance together.

mod cues;
mod kind;
mod marks;
mod quote_words;
mod speaker;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
pub(super) use words::Compared;
pub use words::{Word, WordKind, words};

use super::link::{LinkedNames, LinkedQuote, LinkedTitle};
use super::{BlockReading, MentionId};
use crate::document::{Document, ProseSpan};
use crate::markup::{Block, BlockKind};
use crate::text::{Row, Span};
use speaker::{Found, Speakers};

#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The words between the marks.
    pub words: String,
    compared: Compared,
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

impl Quote {
    /// Its words as they are compared.
    pub fn compared(&self) -> &[Word] {
        self.compared.of(&self.words)
    }
}

/// How sure it is who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpeakerBasis {
    /// Nobody is named.
    #[default]
    None,
    /// Guessed from the sentence or from a pronoun.
    Inferred,
    /// A cue ties the words to a pronoun that the sentence before leaves one person for.
    Referred,
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
    pub(in crate::reader) outer: Span,
    depth: u8,
    /// Whether the block has the mark that closes it, and the one that opens it.
    closed: bool,
    opened: bool,
    clue: cues::Clue,
    compared: Compared,
}

/// Whether a quotation of this block that nothing closes may go on in the next one.
const fn carries_speech(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::BlockQuote | BlockKind::ListItem)
}

pub(super) fn find(row: Row<'_, '_>, sentences: &[Span]) -> Vec<QuoteCandidate> {
    let pairs = marks::pairs(row.text);
    let mut out: Vec<QuoteCandidate> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        if pair.closed && pair.opened && !kind::is_speech(row, *pair) {
            continue;
        }
        let clue = cues::clue(row, sentences, &pairs, index);
        if pair.closed && pair.opened && !kind::may_stand_alone(row.text, *pair, &clue) {
            continue;
        }
        let marks::Pair { inner: span, outer, depth, closed, opened } = *pair;
        out.push(QuoteCandidate { span, outer, depth, closed, opened, clue, compared: Compared::default() });
    }
    out
}

/// What a block says of the speaker of the words set off behind it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LeadIn {
    clue: cues::Clue,
}

pub(super) fn lead_in(kind: BlockKind, row: Row<'_, '_>, sentences: &[Span]) -> Option<Box<LeadIn>> {
    let clue = cues::lead_in(row, sentences).filter(|_| kind.is_body())?;
    Some(Box::new(LeadIn { clue }))
}

pub(super) fn link(document: &Document, blocks: &[Arc<BlockReading>], names: &LinkedNames, titles: &[LinkedTitle]) -> Vec<LinkedQuote> {
    let set_off = |block: &Block| block.kind == BlockKind::BlockQuote;
    if blocks.iter().all(|block| block.quotes.is_empty()) && !document.blocks().iter().any(set_off) {
        return Vec::new();
    }
    let speakers = Speakers::new(document, blocks, names, titles);
    let mut linker = Linker { document, blocks, speakers, out: Vec::new(), utterances: 0, last: None };
    // The block up to which a quotation without a closing mark runs on.
    let mut runs_to: Option<usize> = None;
    for (index, reading) in blocks.iter().enumerate() {
        let block = &document.blocks()[index];
        if runs_to.is_some_and(|end| index < end) && carries_speech(block.kind) {
            linker.whole_block(index);
            continue;
        }
        if set_off(block) && reading.quotes.iter().all(|quote| quote.outer.len() < block.text.len() as u32 / 2) {
            linker.block_quote(index);
            continue;
        }
        let mut outermost = 0;
        for quote in &reading.quotes {
            if !quote.opened {
                if runs_to == Some(index) {
                    linker.part(index, quote, false);
                } else {
                    outermost = 1;
                }
                continue;
            }
            if !quote.closed {
                runs_to = runs_on_to(document, blocks, index);
                if runs_to.is_none() {
                    // Its mark was forgotten or is none: what stands in it stands for itself.
                    outermost = 1;
                    continue;
                }
            }
            linker.part(index, quote, quote.depth > outermost);
        }
    }
    linker.finish()
}

struct Linker<'a> {
    document: &'a Document,
    blocks: &'a [Arc<BlockReading>],
    speakers: Speakers<'a>,
    out: Vec<LinkedQuote>,
    utterances: u32,
    /// The part before, at the outermost level.
    last: Option<Part>,
}

impl Linker<'_> {
    fn part(&mut self, block: usize, quote: &QuoteCandidate, nested: bool) {
        let text = &self.document.blocks()[block].text;
        let at = ProseSpan { block: block as u32, span: quote.span };
        let before = self.last.filter(|_| !nested);
        let found = self.speakers.speaker(at.block, &quote.clue, nested);
        let signed = || self.speakers.signed(at.block, quote.outer.end).filter(|_| !nested && found.speaker.is_none());
        let found = match signed() {
            Some(name) => Found { speaker: Some(name), basis: SpeakerBasis::Named, decided: true },
            None if nested => found,
            None => carried_on(&self.speakers, before, at, quote, found),
        };
        let join = before.map_or(Join::First, |part| part.join(at, quote, text, found));
        let utterance = match before {
            Some(part) if join != Join::First => part.utterance,
            _ => {
                self.utterances += 1;
                self.utterances
            }
        };
        if !nested {
            let comma = ends_in_comma(text, quote);
            self.last = Some(Part { block: at.block, end: quote.outer.end, closed: quote.closed, comma, found, utterance });
        }
        let cue = quote.clue.cue.map(|cue| cue.text(text).to_owned());
        let (words, compared) = (quote.span.text(text).to_owned(), quote.compared.clone());
        let quote = Quote { words, compared, speaker: None, cue, basis: found.basis, utterance, join, nested };
        self.out.push(LinkedQuote { at, quote: Box::new(quote), speaker: found.speaker });
    }

    /// Words set off without marks, if the block before says whose they are, or a signature does. Paragraphs set off one after
    /// another are one utterance.
    fn block_quote(&mut self, block: usize) {
        let blocks = self.document.blocks();
        let end = blocks[block].text.len() as u32;
        let before = block.checked_sub(1);
        let follows = before.is_some_and(|before| blocks[before].kind == BlockKind::BlockQuote);
        let lead_in = before.filter(|_| !follows).and_then(|lead| Some((lead as u32, self.speakers.lead_in(lead)?)));
        let signature = self.speakers.signature(block as u32);
        let goes_on = self.last.filter(|part| follows && part.block + 1 == block as u32);
        let (found, cue) = match (signature, lead_in, goes_on) {
            (Some((_, name)), ..) => (Found { speaker: Some(name), basis: SpeakerBasis::Named, decided: true }, None),
            (None, _, Some(part)) => (continued(part.found), None),
            (None, Some((lead, clue)), None) => {
                let found = self.speakers.speaker(lead, clue, false);
                let from = clue.subject.map_or(0, |subject| subject.within.start);
                let meant = || self.speakers.subject_before(lead, from).or_else(|| self.speakers.last_named(lead, from));
                let found = match found.basis {
                    SpeakerBasis::Inferred if found.speaker.is_none() => Found { speaker: meant(), decided: true, ..found },
                    _ => found,
                };
                (found, clue.cue.map(|cue| cue.text(&blocks[lead as usize].text).to_owned()))
            }
            _ => return,
        };
        let span = Span::new(0, signature.map_or(end, |(at, _)| at));
        let utterance = goes_on.map_or(self.utterances + 1, |part| part.utterance);
        self.utterances = self.utterances.max(utterance);
        let join = if goes_on.is_some() { Join::Seamless } else { Join::First };
        let (at, basis) = (ProseSpan { block: block as u32, span }, found.basis);
        self.last = Some(Part { block: at.block, end, closed: true, comma: false, found, utterance });
        let text = span.text(&blocks[block].text).to_owned();
        let quote = Quote { compared: self.compared(at), words: text, speaker: None, cue, basis, utterance, join, nested: false };
        self.out.push(LinkedQuote { at, quote: Box::new(quote), speaker: found.speaker });
    }

    /// A paragraph in the middle of a quotation that writes no marks of its own.
    fn whole_block(&mut self, block: usize) {
        let Some(part) = &mut self.last else { return };
        let text = &self.document.blocks()[block].text;
        part.block = block as u32;
        let at = ProseSpan { block: block as u32, span: Span::of(0..text.len()) };
        let (found, utterance, join) = (part.found, part.utterance, Join::Seamless);
        let (compared, basis) = (self.compared(at), found.basis);
        let quote = Quote { words: text.to_string(), compared, speaker: None, cue: None, basis, utterance, join, nested: false };
        self.out.push(LinkedQuote { at, quote: Box::new(quote), speaker: found.speaker });
    }

    /// The words of a block without marks, or of all but its signature, as they are compared.
    fn compared(&self, at: ProseSpan) -> Compared {
        let is_whole = at.span.len() as usize == self.document.block(at).text.len();
        if is_whole { self.blocks[at.block as usize].as_quote.clone() } else { Compared::default() }
    }

    /// The quotations; a part whose speaker is only named at a later part of the same utterance has that one too.
    fn finish(mut self) -> Vec<LinkedQuote> {
        let mut speaker: Option<(u32, usize)> = None;
        for part in self.out.iter_mut().rev().filter(|part| !part.quote.nested) {
            match (part.speaker, speaker) {
                (None, Some((utterance, found))) if utterance == part.quote.utterance => {
                    part.speaker = Some(found);
                    part.quote.basis = SpeakerBasis::Continued;
                }
                (Some(found), _) if part.quote.basis >= SpeakerBasis::Continued => speaker = Some((part.quote.utterance, found)),
                _ => {}
            }
        }
        self.out
    }
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

/// The most paragraphs that a quotation runs over without marks of their own.
const MAX_SILENT: usize = 8;

/// The block where a quotation that its block leaves open goes on: the next one opens it again, or one behind closes it
/// with no mark between. None where it is no quotation.
fn runs_on_to(document: &Document, blocks: &[Arc<BlockReading>], index: usize) -> Option<usize> {
    if !document.blocks()[index].kind.is_body() {
        return None;
    }
    let behind = document.blocks().iter().zip(blocks).enumerate().skip(index + 1);
    let prose = behind.filter(|(_, (block, _))| carries_speech(block.kind)).take(MAX_SILENT);
    for (order, (number, (block, reading))) in prose.enumerate() {
        match reading.quotes.first() {
            Some(quote) if !quote.opened => return Some(number),
            Some(quote) => return (order == 0 && quote.outer.start == 0).then_some(number),
            None if block.text.contains(['"', '“', '”', '«', '»']) => return None,
            None => {}
        }
    }
    None
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
        let only = here.is_none().then(|| speakers.only_before(at.block, quote.outer.start)).flatten();
        if only.is_some() && only == subject {
            return Found { basis: SpeakerBasis::Referred, ..inferred(only) };
        }
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
