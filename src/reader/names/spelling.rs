//! How a form of a name is spelt, as spellings are held against each other to find the slip in one of them.

use std::hash::BuildHasher as _;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::document::ProseSpan;
use crate::gazetteer::{Script, Skeleton, script_of};
use crate::reader::Reading;
use crate::reader::remembered::Remembered;
use crate::text::{Span, deletion_hashes, name_key, spelling_hash};

#[derive(Debug)]
pub struct Spelling {
    /// As [`name_key`] gives it.
    pub key: String,
    /// The letters of the key, one bit each.
    pub letters: u32,
    /// The script that its words come from.
    pub script: Option<Script>,
    /// What its romanisations have in common.
    pub skeleton: Skeleton,
    /// Hashes that it shares with each spelling that is a slip in one word away.
    pub slips: Box<[u64]>,
}

impl Spelling {
    fn of(form: &str) -> Self {
        let key = name_key(form);
        let whole = Self::hash_of(&key);
        let slips = key.split(' ').enumerate().flat_map(|(at, word)| {
            let others = whole.wrapping_sub(hash(at, spelling_hash(word)));
            deletion_hashes(word).into_iter().map(move |rest| others.wrapping_add(hash(at, rest)))
        });
        Self {
            letters: key.chars().fold(0, |letters, letter| letters | 1 << (letter as u32 % 32)),
            script: script_of(key.split(' ')),
            skeleton: Skeleton::of(&key),
            slips: slips.collect(),
            key,
        }
    }

    /// Of a key, the one of [`Self::slips`] that stands for no slip at all.
    pub fn hash_of(key: &str) -> u64 {
        key.split(' ').enumerate().map(|(at, word)| hash(at, spelling_hash(word))).fold(0, u64::wrapping_add)
    }
}

fn hash(at: usize, word: u64) -> u64 {
    FxBuildHasher.hash_one((at, word))
}

/// The spellings of forms that stand in a block, by where.
pub(in crate::reader) type Spellings = Remembered<Span, Arc<Spelling>>;

impl Reading {
    /// How the words at `at` are spelt, which are `form`.
    pub fn spelling(&self, at: ProseSpan, form: &str) -> Arc<Spelling> {
        self.blocks[at.block as usize].spellings.of(at.span, || Arc::new(Spelling::of(form)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_are_a_slip_apart_share_a_hash_and_others_do_not() {
        let share = |one: &str, other: &str| {
            let other = Spelling::of(other);
            Spelling::of(one).slips.iter().any(|hash| other.slips.contains(hash))
        };
        assert!(share("Kowalczyk", "Kowalczik") && share("Port Larsund", "Port Larssund") && share("Aasland", "aasland"));
        assert!(!share("Kowalczyk", "Kowalski") && !share("Port Larsund", "Fort Larsen"));
        assert!(Spelling::of("Port Larsund").slips.contains(&Spelling::hash_of("port larsund")));
    }
}
