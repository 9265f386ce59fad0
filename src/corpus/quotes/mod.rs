//! Which words the corpus has in quotation marks, and whose they are.
//!
//! Found by hashed runs of three words, confirmed by aligning the words one by one.

mod align;
mod speaker;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use align::align;
pub use align::{Alignment, Difference};
pub use speaker::Speaker;

use super::{Citation, Source};
use crate::document::{Document, ProseSpan};
use crate::markup::Block;
use crate::reader::{BlockReading, Join, MentionKind, Quote, Reading, SpeakerBasis, Word, WordKind, words};
use crate::text::folded;

/// Asks for utterances like one of the draft's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteQuestion {
    pub words: String,
}

/// The fewest words by which an utterance can be known again.
const MIN_WORDS: usize = 4;

impl QuoteQuestion {
    /// None for a quotation too short to be known again.
    pub fn about(quote: &Quote) -> Option<Self> {
        let count = quote.compared.iter().filter(|word| word.is_word()).count();
        (count >= MIN_WORDS).then(|| Self { words: quote.words.clone() })
    }
}

/// An utterance like the one asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteAttestation {
    pub utterance: Utterance,
    /// How the words asked about lie beside it.
    pub alignment: Alignment,
}

/// One source quoting somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// All its parts; an ellipsis stands where words may have been left out between two.
    pub words: String,
    /// The same as they are compared.
    pub compared: Arc<[Word]>,
    pub speaker: Option<Speaker>,
    pub basis: SpeakerBasis,
    /// Whether the source says that it corrects a quotation.
    pub corrected: bool,
    pub citation: Citation,
}

/// The index behind the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct QuoteIndex {
    utterances: Vec<Utterance>,
    /// Runs of three words, and the utterances that have them.
    runs: FxHashMap<u64, Vec<u32>>,
}

const RUN: usize = 3;
/// A run that more utterances have than this says nothing about any of them.
const MAX_UTTERANCES: usize = 2000;
/// How far behind a quotation its "[sic]" may stand, in characters.
const REACH_SIC: usize = 8;
/// The most utterances that are compared word by word, and the most that are answered.
const MAX_COMPARED: usize = 48;
const MAX_ANSWERED: usize = 16;

impl QuoteIndex {
    /// Indexes the quotations of `sources`, which stand in the order of their dates.
    pub(super) fn build(sources: &[Source]) -> Self {
        let mut index = Self::default();
        for source in sources {
            index.add(source);
        }
        index
    }

    fn add(&mut self, source: &Source) {
        let corrected =
            source.document.blocks().iter().zip(&source.reading.blocks).any(|(block, reading)| corrects_quotation(block, reading));
        // Parts of one utterance stand in order, others perhaps between them.
        let mut open: Vec<(u32, ProseSpan, Utterance)> = Vec::new();
        for mention in &source.reading.mentions {
            let MentionKind::Quote(quote) = &mention.kind else { continue };
            if source.reading.is_in_correction(mention.at) {
                continue;
            }
            let earlier = open.iter_mut().rev().find(|(utterance, ..)| *utterance == quote.utterance).filter(|_| quote.join != Join::First);
            if let Some((_, _, utterance)) = earlier {
                utterance.words.push_str(if quote.join == Join::Seamless { " " } else { " … " });
                utterance.words.push_str(&quote.words);
                utterance.compared = words(&utterance.words).into();
                continue;
            }
            let speaker = quote.speaker.and_then(|speaker| source.reading.speaker(speaker)).map(Speaker::of);
            let citation = Citation::new(source, mention.at);
            let (words, compared) = (quote.words.clone(), quote.compared.clone());
            let utterance = Utterance { words, compared, speaker, basis: quote.basis, corrected, citation };
            open.push((quote.utterance, mention.at, utterance));
        }
        for (_, _, utterance) in open {
            self.push(utterance);
        }
    }

    fn push(&mut self, utterance: Utterance) {
        let words = &utterance.compared;
        if words.iter().filter(|word| word.is_word()).count() < MIN_WORDS {
            return;
        }
        let number = self.utterances.len() as u32;
        for run in runs(words) {
            let having = self.runs.entry(run).or_default();
            if having.last() != Some(&number) {
                having.push(number);
            }
        }
        self.utterances.push(utterance);
    }

    /// The attestations that are the same utterance, the best agreeing first, then the latest.
    pub(super) fn answer(&self, question: &QuoteQuestion) -> Vec<QuoteAttestation> {
        let asked = words(&question.words);
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for run in runs(&asked).into_iter().collect::<std::collections::BTreeSet<_>>() {
            if let Some(having) = self.runs.get(&run).filter(|having| having.len() <= MAX_UTTERANCES) {
                for &utterance in having {
                    *shared.entry(utterance).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<(u32, u32)> = shared.into_iter().map(|(utterance, count)| (count, utterance)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let mut found: Vec<(u32, Alignment)> = ranked
            .into_iter()
            .take(MAX_COMPARED)
            .filter_map(|(_, utterance)| Some((utterance, align(&asked, &self.utterances[utterance as usize].compared)?)))
            .collect();
        found.sort_unstable_by_key(|(utterance, alignment)| (alignment.differences.len(), std::cmp::Reverse(*utterance)));
        found.truncate(MAX_ANSWERED);
        let attestation = |(utterance, alignment)| QuoteAttestation { utterance: self.utterances[utterance as usize].clone(), alignment };
        found.into_iter().map(attestation).collect()
    }
}

/// What two renderings of one utterance have in common wherever a word of it is another, hashed: runs of three words, of two
/// where both say something by themselves, of four where none does. An ellipsis or an insertion breaks them.
fn runs(words: &[Word]) -> Vec<u64> {
    let unbroken = |length: usize| words.windows(length).filter(|run| run.iter().all(Word::is_word));
    let content = |run: &[Word]| run.iter().filter(|word| word.kind == WordKind::Content).count();
    let mut hashes: Vec<u64> = unbroken(RUN).filter(|run| content(run) > 0).map(run_hash).collect();
    hashes.extend(unbroken(RUN - 1).filter(|run| content(run) == RUN - 1).map(run_hash));
    hashes.extend(unbroken(RUN + 1).filter(|run| content(run) == 0).map(run_hash));
    hashes
}

fn run_hash(run: &[Word]) -> u64 {
    run.iter().fold(run.len() as u64, |hash, word| (hash.rotate_left(21) ^ word.key).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Whether a block corrects a quotation.
fn corrects_quotation(block: &Block, reading: &BlockReading) -> bool {
    reading.is_correction && {
        let folded = folded(&block.text);
        ["quot", "said", "remark", "words"].iter().any(|word| folded.contains(word))
    }
}

/// Whether a draft's quotation is left alone: it stands in a correction, or the draft itself marks its wording.
pub fn stays_alone(document: &Document, reading: &Reading, at: ProseSpan) -> bool {
    let text = &document.block(at).text;
    let behind = &text[at.span.end as usize..];
    let reach = behind.char_indices().nth(REACH_SIC).map_or(behind.len(), |(end, _)| end);
    reading.is_in_correction(at) || says_sic(at.span.text(text)) || says_sic(&behind[..reach])
}

/// Whether "[sic" or "(sic" stands in it.
fn says_sic(words: &str) -> bool {
    let in_brackets = |opens: usize| words.as_bytes()[opens + 1..].get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"sic"));
    memchr::memchr2_iter(b'[', b'(', words.as_bytes()).any(in_brackets)
}
