//! A finding's fingerprint: the same as long as the finding's own sentence is, whatever is edited elsewhere in the draft.

use rustc_hash::FxHashMap;

use crate::finding::Finding;
use crate::text::folded;

/// The fingerprints of a draft's findings; of several alike, the later ones are numbered.
pub(super) fn fingerprints<'a>(findings: impl Iterator<Item = (&'a Finding, &'a str)>, source: &str) -> Vec<String> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    findings
        .map(|(finding, sentence)| {
            let words = folded(finding.span.text(source));
            let key = fnv1a(&[finding.rule.name, &words, &folded(sentence)]);
            let count = seen.entry(key).or_default();
            *count += 1;
            if *count == 1 { format!("{key:016x}") } else { format!("{key:016x}-{count}") }
        })
        .collect()
}

/// FNV-1a, 64 bits: written out because the standard library's hashes may change between versions.
fn fnv1a(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}
