//! Turns away most words that a table doesn't have, before it is asked: of each word of a text dozens of tables are asked, and few have it.

/// Which words a table may have, by their first two letters, their last one and their length; case is no matter.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// A bit for each of so many kinds of words, a power of two of them.
    bits: Box<[u64]>,
    /// What is left of a hash of 32 bits says which.
    shift: u32,
}

/// For each word so many bits: of eight words that the table doesn't have one is let through at most.
const BITS_EACH: usize = 8;

impl Sieve {
    /// Whether the table may have a word; where not, it hasn't.
    #[inline]
    pub(crate) fn may_have(&self, word: &str) -> bool {
        let bit = self.bit(word);
        self.bits[bit / 64] & 1 << (bit % 64) != 0
    }

    #[inline]
    fn bit(&self, word: &str) -> usize {
        // Bytes that are no letters of ASCII are their own lower case, and what this makes of them it makes of the table's as well.
        let lower = |byte: u8| u32::from(byte | 0x20);
        let (first, second, last) = match *word.as_bytes() {
            [] => (0, 0, 0),
            [only] => (lower(only), 0, 0),
            [first, second] => (lower(first), lower(second), 0),
            [first, second, .., last] => (lower(first), lower(second), lower(last)),
        };
        let all = first | second << 8 | last << 16 | (word.len() as u32) << 24;
        (all.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }
}

impl<'w> FromIterator<&'w str> for Sieve {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let bits = (words.len() * BITS_EACH).clamp(64, 1 << 16).next_power_of_two();
        let mut sieve = Self { bits: vec![0; bits / 64].into(), shift: u32::BITS - bits.trailing_zeros() };
        for word in words {
            let bit = sieve.bit(word);
            sieve.bits[bit / 64] |= 1 << (bit % 64);
        }
        sieve
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_it_was_made_of_is_let_through_and_most_else_is_not() {
        let words = ["", "a", "two", "three", "Łódź", "seventeen"];
        let sieve: Sieve = words.into_iter().collect();
        assert!(words.into_iter().all(|word| sieve.may_have(word) && sieve.may_have(&word.to_ascii_uppercase())));
        let others = ["ferry", "harbour", "the", "of", "council", "said", "on", "rain", "vote", "Larsund"];
        assert!(others.into_iter().filter(|word| sieve.may_have(word)).count() < 3);
    }
}
