//! The places that a key leads to, in blocks that each hold some of them in order; no two blocks of a key overlap.

use std::ops::RangeInclusive;

use redb::{ReadableTable, Table};

use super::pack::{nonsense, read_number, write_number};
use super::tables::{Place, place_of, posting};
use super::{ArchiveError, Result};
use crate::corpus::store::Key;

/// The most places of one block.
pub(super) const A_BLOCK: usize = 256;

/// From the first to the last place under a key.
fn all(key: Key) -> RangeInclusive<[u8; 15]> {
    posting(key, Place(0))..=posting(key, Place(u64::MAX))
}

/// The places under a key, and how many there are; of more than `most` only how many.
pub(super) fn places(
    key: Key,
    most: usize,
    postings: &impl ReadableTable<&'static [u8; 15], &'static [u8]>,
    counts: &impl ReadableTable<u64, u32>,
) -> Result<(usize, Vec<Place>)> {
    let all = all(key);
    let mut found = Vec::new();
    for (number, block) in postings.range::<&[u8; 15]>(all.start()..=all.end()).map_err(ArchiveError::of)?.enumerate() {
        // It is known of those with several blocks how many places these hold.
        if number == 1
            && let Some(count) = counts.get(key.number()).map_err(ArchiveError::of)?.map(|count| count.value() as usize)
            && count > most
        {
            return Ok((count, Vec::new()));
        }
        let (first, rest) = block.map_err(ArchiveError::of)?;
        decode(place_of(first.value()), rest.value(), &mut found)?;
    }
    let count = found.len();
    if count > most {
        found.clear();
    }
    Ok((count, found))
}

pub(super) fn encode(places: &[Place]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for pair in places.windows(2) {
        write_number(&mut bytes, pair[1].0.saturating_sub(pair[0].0));
    }
    bytes
}

pub(crate) fn decode(first: Place, mut rest: &[u8], places: &mut Vec<Place>) -> Result<()> {
    let mut last = first;
    places.push(first);
    while !rest.is_empty() {
        last = Place(last.0.checked_add(read_number(&mut rest)?).ok_or_else(nonsense)?);
        places.push(last);
    }
    Ok(())
}

/// The tables of postings, to be changed.
pub(super) struct Postings<'t> {
    pub(super) blocks: Table<'t, &'static [u8; 15], &'static [u8]>,
    pub(super) counts: Table<'t, u64, u32>,
}

impl Postings<'_> {
    pub(super) fn add(&mut self, key: Key, place: Place) -> Result<()> {
        let mut places = self.take_block(key, place)?;
        let Err(at) = places.binary_search(&place) else { return self.put_block(key, &places) };
        places.insert(at, place);
        let is_full = places.len() > A_BLOCK;
        if is_full {
            let upper = places.split_off(places.len() / 2);
            self.put_block(key, &upper)?;
        }
        self.put_block(key, &places)?;
        self.recount(key, is_full, |count| count.saturating_add(1))
    }

    pub(super) fn remove(&mut self, key: Key, place: Place) -> Result<()> {
        let mut places = self.take_block(key, place)?;
        let found = places.binary_search(&place);
        if let Ok(at) = found {
            places.remove(at);
        }
        if !places.is_empty() {
            self.put_block(key, &places)?;
        }
        if found.is_ok() { self.recount(key, false, |count| count.saturating_sub(1)) } else { Ok(()) }
    }

    /// Takes out the block that a place belongs into: the last that begins before it, or else the first of all.
    fn take_block(&mut self, key: Key, place: Place) -> Result<Vec<Place>> {
        let all = all(key);
        let (first, places) = {
            let before = self.blocks.range::<&[u8; 15]>(all.start()..=&posting(key, place)).map_err(ArchiveError::of)?.next_back();
            let block = match before {
                Some(block) => Some(block),
                None => self.blocks.range::<&[u8; 15]>(all.start()..=all.end()).map_err(ArchiveError::of)?.next(),
            };
            let Some(block) = block else { return Ok(Vec::new()) };
            let (first, rest) = block.map_err(ArchiveError::of)?;
            let mut places = Vec::new();
            decode(place_of(first.value()), rest.value(), &mut places)?;
            (*first.value(), places)
        };
        self.blocks.remove(&first).map_err(ArchiveError::of)?;
        Ok(places)
    }

    fn put_block(&mut self, key: Key, places: &[Place]) -> Result<()> {
        if let Some(&first) = places.first() {
            self.blocks.insert(&posting(key, first), &*encode(places)).map_err(ArchiveError::of)?;
        }
        Ok(())
    }

    /// Counts anew under a key: those with more than one block are counted.
    fn recount(&mut self, key: Key, has_split: bool, change: impl FnOnce(u32) -> u32) -> Result<()> {
        let known = self.counts.get(key.number()).map_err(ArchiveError::of)?.map(|count| count.value());
        match known {
            Some(count) => match change(count) {
                0 => self.counts.remove(key.number()).map(drop),
                count => self.counts.insert(key.number(), count).map(drop),
            },
            // It had one block, which was full.
            None if has_split => self.counts.insert(key.number(), A_BLOCK as u32 + 1).map(drop),
            None => Ok(()),
        }
        .map_err(ArchiveError::of)
    }
}
