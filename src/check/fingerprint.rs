//! A finding's fingerprint: the same as long as the finding's own sentence is, whatever is edited elsewhere in the draft.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::finding::Finding;
use crate::text::{folded, stable_hash};

/// What a finding is known by from one run to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// Of the rule, the words and their sentence.
    key: u64,
    /// Of several alike in one draft, the how manieth; starting at 1.
    nth: u32,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            1 => write!(f, "{:016x}", self.key),
            nth => write!(f, "{:016x}-{nth}", self.key),
        }
    }
}

/// The fingerprints of a draft's findings, each given with its sentence.
pub(super) fn all<'a, 's>(findings: impl Iterator<Item = (&'a Finding, &'s str)>, source: &str) -> Vec<Fingerprint> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    findings
        .map(|(finding, sentence)| {
            let words = folded(finding.span.text(source));
            let key = stable_hash(&[finding.rule.name, &words, &folded(sentence)]);
            let nth = seen.entry(key).and_modify(|nth| *nth += 1).or_insert(1);
            Fingerprint { key, nth: *nth }
        })
        .collect()
}
