//! The hash for whatever may be written down or compared with what another build has written: it is the same on every machine and in
//! every version, which the hashers of maps don't promise.

use std::fmt;

/// FNV-1a of 64 bits, piece by piece. Where one piece ends and the next begins doesn't show, unless [`Self::text`] is what adds them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StableHash(u64);

impl Default for StableHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl StableHash {
    /// Adds bytes as they are.
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)))
    }

    /// Adds a text as a piece of its own.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).bytes(&[0])
    }

    #[must_use]
    pub fn number(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    pub const fn finish(self) -> u64 {
        self.0
    }
}

impl fmt::Debug for StableHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The hash of some texts, each a piece of its own.
pub fn stable_hash(texts: &[&str]) -> u64 {
    texts.iter().fold(StableHash::default(), |hash, text| hash.text(text)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes one of these makes every index and fingerprint that was ever written unreadable.
    #[test]
    fn hashes_are_what_they_always_were() {
        assert_eq!(StableHash::default().finish(), 0xcbf2_9ce4_8422_2325);
        assert_eq!(StableHash::default().bytes(b"foobar").finish(), 0x8594_4171_f739_67e8, "the vector that its authors publish");
        for (word, hash) in [
            ("", 0xaf63_bd4c_8601_b7df),
            ("ferry", 0xfd2c_038d_1378_4fa1),
            ("Larsund", 0x81c9_6d2c_8c68_7d9e),
            ("Łódź", 0x87b3_3ea4_17d0_ad9c),
            ("sq km", 0x3323_abe6_dea0_5935),
        ] {
            assert_eq!(stable_hash(&[word]), hash, "{word}: {:016x}", stable_hash(&[word]));
        }
        assert_eq!(StableHash::default().number(7).finish(), 0x4bd7_a317_074c_5b62, "{:?}", StableHash::default().number(7));
    }

    #[test]
    fn where_texts_part_shows_and_where_bytes_part_doesnt() {
        assert_ne!(stable_hash(&["har", "bour"]), stable_hash(&["harb", "our"]));
        let halves = |one: &str, two: &str| StableHash::default().bytes(one.as_bytes()).bytes(two.as_bytes());
        assert_eq!(halves("har", "bour"), halves("harb", "our"));
    }
}
