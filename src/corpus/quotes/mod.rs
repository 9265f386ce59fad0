//! Which words the corpus has in quotation marks, and whose they are.
//!
//! Found by hashed runs of three words, confirmed by aligning the words one by one. Of a few words, which many say, those of the same speaker
//! are found as well that have one other word among them; whether they are of one occasion, who asks has to judge.

mod align;
mod speaker;

use std::sync::Arc;

pub use align::{Alignment, Difference};
pub(super) use align::{align, beside, told_in_part};
pub use speaker::Speaker;
pub(super) use speaker::mouth;

use super::{Citation, QuoteFact};
use crate::document::{Document, ProseSpan};
use crate::markup::Block;
use crate::reader::{BlockReading, Quote, Reading, SpeakerBasis, Word, WordKind, is_about_quotation};
use crate::thresholds::{FEW_WORDS, FEWEST_WORDS, KNOWN_AGAIN};

/// Asks for utterances like one of the draft's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteQuestion {
    pub words: String,
    /// Who says them, by the fullest name in the draft: what leads to a few words of which one is another.
    pub speaker: Option<String>,
}

fn count(words: &[Word]) -> usize {
    words.iter().filter(|word| word.is_word()).count()
}

/// Whether an utterance has few words, but says something: two words that do, or one among small ones.
pub(super) fn is_short(words: &[Word]) -> bool {
    let content = words.iter().filter(|word| word.kind == WordKind::Content).count();
    let says_something = content >= FEWEST_WORDS || content == 1 && words.len() > FEWEST_WORDS;
    words.iter().all(Word::is_word) && (FEWEST_WORDS..=FEW_WORDS).contains(&words.len()) && says_something
}

/// Whether an utterance can be known again, if only with what is told around it.
pub(crate) fn says_something(words: &[Word]) -> bool {
    count(words) >= KNOWN_AGAIN || is_short(words)
}

impl QuoteQuestion {
    /// None for a quotation that says too little.
    pub fn about(reading: &Reading, quote: &Quote) -> Option<Self> {
        let speaker = || quote.speaker.and_then(|speaker| reading.speaker(speaker)).map(|speaker| speaker.name.clone());
        says_something(quote.compared()).then(|| Self { words: quote.words.clone(), speaker: speaker() })
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

    /// `parts` cites the further parts of the fact, in their order.
    pub(super) fn of(said: &QuoteFact, compared: Vec<Word>, citation: Citation, parts: impl Iterator<Item = Citation>) -> Self {
        let QuoteFact { words, speaker, basis, corrected, further } = said;
        let further = further.iter().map(|part| part.from).zip(parts).collect();
        Self {
            words: words.to_string(),
            compared: compared.into(),
            speaker: speaker.clone(),
            basis: *basis,
            corrected: *corrected,
            citation,
            further,
        }
    }
}

const RUN: usize = 3;
/// How far behind a quotation its "[sic]" may stand, in characters.
const REACH_SIC: usize = 8;

/// The hash under which an utterance that has all of a few words is found as well; none where these are no run of their own.
pub(super) fn whole(words: &[Word]) -> Option<u64> {
    (words.len() == RUN || words.iter().all(|word| word.kind == WordKind::Content)).then(|| run_hash(words))
}

/// What two renderings of one utterance have in common wherever a word of it is another, hashed: runs of three words, of two
/// where both say something by themselves, of four where none does. An ellipsis or an insertion breaks them.
pub(super) fn runs(words: &[Word]) -> Vec<u64> {
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
pub(super) fn corrects_quotation(block: &Block, reading: &BlockReading) -> bool {
    reading.is_correction && is_about_quotation(&block.text)
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
