//! What is counted over all sources, in drawers of words: a change writes those drawers anew that it has words in, and nobody reads one
//! without the others.

use std::collections::BTreeMap;

use super::Result;
use super::pack::{nonsense, read_number, write_number};
use crate::gazetteer::terms::TermKey;

/// How many figures and how many dates have each of some words around them.
pub(super) type Drawer = BTreeMap<u64, (u32, u32)>;

pub(super) fn encode(drawer: &Drawer) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), 0_u64);
    for (&word, &(figures, dates)) in drawer {
        write_number(&mut bytes, word.wrapping_sub(last));
        write_number(&mut bytes, u64::from(figures));
        write_number(&mut bytes, u64::from(dates));
        last = word;
    }
    bytes
}

pub(crate) fn decode(mut bytes: &[u8]) -> Result<Vec<(TermKey, u32, u32)>> {
    let (mut found, mut last) = (Vec::new(), 0_u64);
    while !bytes.is_empty() {
        last = last.wrapping_add(read_number(&mut bytes)?);
        let mut count = || u32::try_from(read_number(&mut bytes)?).map_err(|_| nonsense());
        found.push((TermKey::numbered(last), count()?, count()?));
    }
    Ok(found)
}
