//! Which words the corpus has in quotation marks, and whose they are.
//!
//! Found by hashed runs of three words, confirmed by aligning the words one by one. Of a few words, which many say, those are found as well
//! that have one other word among them; whether they are of one occasion, who asks has to judge.

mod align;
mod speaker;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use align::{Alignment, Difference};
use align::{align, beside};
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
/// So many, and up to so many, say something with what is told around them.
const FEWEST_WORDS: usize = 2;
const FEW_WORDS: usize = 7;

fn count(words: &[Word]) -> usize {
    words.iter().filter(|word| word.is_word()).count()
}

/// Whether an utterance has few words, but says something.
fn is_short(words: &[Word]) -> bool {
    let content = words.iter().filter(|word| word.kind == WordKind::Content).count();
    words.iter().all(Word::is_word) && (FEWEST_WORDS..=FEW_WORDS).contains(&words.len()) && content >= FEWEST_WORDS
}

impl QuoteQuestion {
    /// None for a quotation that says too little.
    pub fn about(quote: &Quote) -> Option<Self> {
        (count(&quote.compared) >= MIN_WORDS || is_short(&quote.compared)).then(|| Self { words: quote.words.clone() })
    }
}

/// An utterance like the one asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteAttestation {
    pub utterance: Utterance,
    /// How the words asked about lie beside it.
    pub alignment: Alignment,
    /// Whether the words alone say that it is the same utterance.
    pub is_sure: bool,
    /// How the desk, or else most of the sources, write the speaker's name.
    pub preferred_name: Option<String>,
}

impl QuoteAttestation {
    /// Where the source has the words that were asked about.
    pub fn citation(&self) -> &Citation {
        self.utterance.citation_of(self.alignment.attested.start)
    }
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
    /// Where its first part stands.
    pub citation: Citation,
    /// Where its further parts begin in the words, in bytes, and where they stand.
    pub further: Vec<(u32, Citation)>,
}

impl Utterance {
    /// Where the source has a word, by its place among the words compared.
    pub fn citation_of(&self, word: usize) -> &Citation {
        let at = self.compared.get(word).map_or(0, |word| word.span.start);
        self.further.iter().rev().find(|(from, _)| *from <= at).map_or(&self.citation, |(_, citation)| citation)
    }
}

/// The index behind the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct QuoteIndex {
    utterances: Vec<Utterance>,
    /// Runs of three words, and the utterances that have them.
    runs: FxHashMap<u64, Vec<u32>>,
    /// Short utterances by all their words but one.
    short: FxHashMap<u64, Vec<u32>>,
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
                utterance.further.push((utterance.words.len() as u32, Citation::new(source, mention.at)));
                utterance.words.push_str(&quote.words);
                utterance.compared = words(&utterance.words).into();
                continue;
            }
            let speaker = quote.speaker.and_then(|speaker| source.reading.speaker(speaker)).map(Speaker::of);
            let citation = Citation::new(source, mention.at);
            let (words, compared) = (quote.words.clone(), quote.compared.clone());
            let utterance = Utterance { words, compared, speaker, basis: quote.basis, corrected, citation, further: Vec::new() };
            open.push((quote.utterance, mention.at, utterance));
        }
        for (_, _, utterance) in open {
            self.push(utterance);
        }
    }

    fn push(&mut self, utterance: Utterance) {
        let words = &utterance.compared;
        let number = self.utterances.len() as u32;
        if is_short(words) {
            but_one(words).for_each(|hash| self.short.entry(hash).or_default().push(number));
        } else if count(words) < MIN_WORDS {
            return;
        }
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
        if asked.len() < MIN_WORDS {
            return self.like_few(&asked, &[]);
        }
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
        let sure: Vec<u32> = found.iter().map(|(utterance, _)| *utterance).collect();
        let mut found: Vec<QuoteAttestation> = found.into_iter().map(|found| self.attestation(found, true)).collect();
        if is_short(&asked) {
            found.extend(self.like_few(&asked, &sure));
        }
        found
    }

    fn attestation(&self, (utterance, alignment): (u32, Alignment), is_sure: bool) -> QuoteAttestation {
        QuoteAttestation { utterance: self.utterances[utterance as usize].clone(), alignment, is_sure, preferred_name: None }
    }

    /// The utterances that have a few words, and those as short that have one other word among them; but for some.
    fn like_few(&self, asked: &[Word], but: &[u32]) -> Vec<QuoteAttestation> {
        let having = |index: &FxHashMap<u64, Vec<u32>>, hash: u64| {
            index.get(&hash).filter(|having| having.len() <= MAX_UTTERANCES).cloned().unwrap_or_default()
        };
        let whole =
            if asked.len() == RUN || asked.iter().all(|word| word.kind == WordKind::Content) { Some(run_hash(asked)) } else { None };
        let mut found: Vec<u32> = but_one(asked).flat_map(|hash| having(&self.short, hash)).collect();
        found.extend(whole.into_iter().flat_map(|hash| having(&self.runs, hash)));
        found.sort_unstable();
        found.dedup();
        let mut found: Vec<(u32, Alignment)> = found
            .into_iter()
            .filter(|utterance| !but.contains(utterance))
            .filter_map(|utterance| Some((utterance, beside(asked, &self.utterances[utterance as usize].compared)?)))
            .collect();
        found.sort_by_key(|(utterance, alignment)| (alignment.differences.len(), std::cmp::Reverse(*utterance)));
        found.truncate(MAX_ANSWERED);
        let is_sure = |found: &(u32, Alignment)| found.1.differences.is_empty();
        found.into_iter().map(|found| (is_sure(&found), found)).map(|(is_sure, found)| self.attestation(found, is_sure)).collect()
    }
}

/// Hashes of a few words, each time with one of them left open.
fn but_one(words: &[Word]) -> impl Iterator<Item = u64> {
    (0..words.len()).map(|open| {
        let keys = words.iter().enumerate().map(|(at, word)| if at == open { 0 } else { word.key });
        keys.fold(words.len() as u64, mixed)
    })
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
    run.iter().map(|word| word.key).fold(run.len() as u64, mixed)
}

const fn mixed(hash: u64, key: u64) -> u64 {
    (hash.rotate_left(21) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15)
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
