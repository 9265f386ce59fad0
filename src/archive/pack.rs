//! Facts as bytes: an article's brief, its sentences, and its facts in groups, each a blob that is packed and carries its checksum.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::tables::{MOST_FACTS, ROWS_A_GROUP};
use super::{ArchiveError, Result};
use crate::corpus::store::{Key, Wording, keys_of};
use crate::corpus::{Brief, Fact, Facts, LeanAccount, Matter, Said, SourceHeader, SourceId};
use crate::gazetteer::terms::{TermKey, TermTables};

/// What one source attests, ready to be put into an archive. Whoever reads many sources makes these on all cores.
#[derive(Debug)]
pub struct Packed {
    pub(super) id: SourceId,
    pub(super) share: u64,
    pub(super) published: Option<Date>,
    pub(super) brief: Vec<u8>,
    pub(super) text: Vec<u8>,
    /// So many facts a blob.
    pub(super) groups: Vec<Vec<u8>>,
    /// Which keys lead to which of the facts.
    pub(super) keys: Vec<(Key, u32)>,
    /// The names it writes, and the words around its figures and dates; each as often as it does.
    pub(super) names: Vec<Wording>,
    pub(super) words: Vec<(Matter, TermKey)>,
    pub(super) contexts: (u32, u32),
}

/// What stands before an article's brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(super) id: SourceId,
    pub(super) print: u64,
    pub(super) facts: u32,
}

/// An article's header and its sentences.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) header: SourceHeader,
    pub(crate) sentences: Vec<Arc<str>>,
    pub(crate) beside: Beside,
}

/// What facts are packed beside: the same words stand in the sentences that they are of, and some words in the sentences of all news.
#[derive(Debug)]
pub(crate) struct Beside(Vec<u8>);

impl Beside {
    /// Of an article's header and sentences as they are kept.
    fn of(text: &[u8]) -> Self {
        let text = text.get(text.len().saturating_sub(FARTHEST)..).unwrap_or_default();
        Self([&**COMMON, text].concat())
    }
}

static COMMON: LazyLock<Vec<u8>> = LazyLock::new(|| plain(&TermTables::get().common()).unwrap_or_default());

/// A number for the words that facts are packed beside: with other ones nothing could be read.
pub(super) fn tables_print() -> u32 {
    checksum(&COMMON)
}

/// As far back as packing looks, in bytes, and a little less.
const FARTHEST: usize = 48 << 10;

/// A brief without what stands beside it: its header and most of its values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lean {
    pub(crate) account: LeanAccount,
    pub(super) values: Range<u32>,
}

impl Lean {
    fn of(facts: &Facts) -> Self {
        let Brief { account, values, .. } = &*facts.brief;
        Self { account: LeanAccount::of(account, values.clone(), &facts.all), values: values.clone() }
    }

    /// With a header, and the facts by which it gives values.
    pub(crate) fn whole<'f>(self, header: SourceHeader, fact: impl Fn(u32) -> Option<&'f Fact>) -> Result<Brief> {
        let account = self.account.whole(fact).ok_or_else(nonsense)?;
        Ok(Brief { header: Arc::new(header), account, values: self.values })
    }
}

impl Packed {
    pub const fn id(&self) -> SourceId {
        self.id
    }

    /// # Errors
    /// When there is too much of it.
    pub fn of(facts: &Facts) -> Result<Self> {
        if facts.all.len() >= MOST_FACTS {
            return Err(ArchiveError::Other(format!("{}: attests too much to be kept", facts.brief.header.id)));
        }
        let head = Head { id: facts.id, print: facts.print, facts: facts.all.len() as u32 };
        let text = [plain(&*facts.brief.header)?, plain(&facts.sentences)?].concat();
        let beside = Beside::of(&text);
        let mut packed = Self {
            id: facts.id,
            share: facts.share(),
            published: facts.published(),
            brief: blob(&[plain(&head)?, plain(&Lean::of(facts))?].concat()),
            groups: facts.all.chunks(ROWS_A_GROUP as usize).map(|facts| group(facts, &beside)).collect::<Result<_>>()?,
            text: blob(&text),
            keys: Vec::new(),
            names: Vec::new(),
            words: Vec::new(),
            contexts: (0, 0),
        };
        for (at, fact) in (0..).zip(&facts.all) {
            packed.keys.extend(keys_of(fact).into_iter().map(|key| (key, at)));
            if let Said::Name(name) = &fact.said {
                packed.names.extend(Wording::of(name));
            }
            if let Some((matter, context)) = fact.said.context() {
                match matter {
                    Matter::Figure => packed.contexts.0 += 1,
                    Matter::Date => packed.contexts.1 += 1,
                }
                packed.words.extend(context.terms.iter().map(|term| (matter, term.word)));
            }
        }
        Ok(packed)
    }
}

/// Some facts, each with its length, so that one is read without the others.
fn group(facts: &[Arc<Fact>], beside: &Beside) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for fact in facts {
        let fact = plain(&**fact)?;
        write_number(&mut bytes, fact.len() as u64);
        bytes.extend(fact);
    }
    Ok(sealed(lz4_flex::block::compress_prepend_size_with_dict(&bytes, &beside.0)))
}

/// The facts of a group that are `wanted`, by their numbers there.
pub(crate) fn facts_of(blob: &[u8], beside: &Beside, wanted: impl Fn(u32) -> bool) -> Result<Vec<(u32, Fact)>> {
    let packed = opened(blob)?;
    let bytes = lz4_flex::block::decompress_size_prepended_with_dict(packed, &beside.0).map_err(|_| nonsense())?;
    let (mut rest, mut found, mut number) = (&*bytes, Vec::new(), 0);
    while !rest.is_empty() {
        let length = read_number(&mut rest)? as usize;
        let (fact, behind) = rest.split_at_checked(length).ok_or_else(nonsense)?;
        if wanted(number) {
            found.push((number, read(fact)?));
        }
        rest = behind;
        number += 1;
    }
    Ok(found)
}

pub(crate) fn brief_of(blob: &[u8]) -> Result<(Head, Lean)> {
    let bytes = unpacked(blob)?;
    let (head, rest) = postcard::take_from_bytes(&bytes).map_err(|_| nonsense())?;
    Ok((head, read(rest)?))
}

pub(super) fn head_of(blob: &[u8]) -> Result<Head> {
    let bytes = unpacked(blob)?;
    Ok(postcard::take_from_bytes(&bytes).map_err(|_| nonsense())?.0)
}

pub(crate) fn text_of(blob: &[u8]) -> Result<Text> {
    let bytes = unpacked(blob)?;
    let (header, rest) = postcard::take_from_bytes(&bytes).map_err(|_| nonsense())?;
    Ok(Text { header, sentences: read(rest)?, beside: Beside::of(&bytes) })
}

pub(crate) fn header_of(blob: &[u8]) -> Result<SourceHeader> {
    let bytes = unpacked(blob)?;
    Ok(postcard::take_from_bytes(&bytes).map_err(|_| nonsense())?.0)
}

pub(super) fn plain(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_allocvec(value).map_err(|error| ArchiveError::Other(format!("can't be kept: {error}")))
}

pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(nonsense()),
    }
}

/// Bytes as they are kept: packed, behind their checksum.
pub(super) fn blob(bytes: &[u8]) -> Vec<u8> {
    sealed(lz4_flex::block::compress_prepend_size(bytes))
}

fn sealed(packed: Vec<u8>) -> Vec<u8> {
    let mut blob = Vec::with_capacity(packed.len() + 4);
    blob.extend(checksum(&packed).to_le_bytes());
    blob.extend(packed);
    blob
}

/// No blob that was made is larger.
const LARGEST: u32 = 1 << 30;

pub(super) fn unpacked(blob: &[u8]) -> Result<Vec<u8>> {
    lz4_flex::block::decompress_size_prepended(opened(blob)?).map_err(|_| nonsense())
}

/// What a blob holds, still packed, if it is what it was.
fn opened(blob: &[u8]) -> Result<&[u8]> {
    let (sum, packed) = blob.split_first_chunk::<4>().ok_or_else(nonsense)?;
    let size = packed.first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes));
    if *sum != checksum(packed).to_le_bytes() || size.is_none_or(|size| size > LARGEST) {
        return Err(nonsense());
    }
    Ok(packed)
}

pub(super) fn nonsense() -> ArchiveError {
    ArchiveError::Damaged("what is kept of a source makes no sense".to_owned())
}

/// Finds damage, not malice: a few bytes at a time, since every blob that is read is summed.
fn checksum(bytes: &[u8]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let start = (bytes.len() as u64).wrapping_mul(ODD);
    let sum = words.iter().chain([&last]).fold(start, |sum, word| {
        let mixed = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(ODD);
        mixed ^ mixed >> 29
    });
    (sum ^ sum >> 32) as u32
}

pub(super) fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn read_number(bytes: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or_else(nonsense)?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(nonsense())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_flipped_bit_is_noticed() {
        let sound = blob(b"Twelve gates were shut at the weir, and twelve gates were open at the weir.");
        assert_eq!(unpacked(&sound).expect("is sound").len(), 75);
        for at in 0..sound.len() {
            for bit in 0..8 {
                let mut flipped = sound.clone();
                flipped[at] ^= 1 << bit;
                assert!(unpacked(&flipped).is_err(), "byte {at}, bit {bit}");
            }
            assert!(unpacked(&sound[..at]).is_err());
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_come_back(number: u64) {
            let mut bytes = Vec::new();
            write_number(&mut bytes, number);
            proptest::prop_assert_eq!(read_number(&mut &*bytes).expect("as written"), number);
        }

        #[test]
        fn whatever_is_there_is_read_or_refused(bytes: Vec<u8>) {
            let beside = Beside::of(&bytes);
            let _ = facts_of(&bytes, &beside, |_| true);
            let _ = brief_of(&blob(&bytes));
            let _ = facts_of(&blob(&bytes), &beside, |_| true);
        }
    }
}
