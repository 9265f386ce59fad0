//! Turns away most words that a table doesn't have, before it is asked: of each word of a text dozens of tables are asked, and few have it.

/// A word's hash, the same in whatever case, and whether it is all ASCII: worked out once for each word of a text, while its end is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance(u32);

impl Glance {
    /// FNV-1a's, of 32 bits.
    const EMPTY: u32 = 0x811C_9DC5;
    /// Set where a word has other characters than those of ASCII.
    const OTHERS: u32 = 1 << 31;

    pub(crate) fn of(word: &str) -> Self {
        let hash = word.bytes().fold(Self::start(), Self::and);
        if word.is_ascii() { hash.ended() } else { Self(hash.0 | Self::OTHERS) }
    }

    /// Of nothing yet.
    pub(super) const fn start() -> Self {
        Self(Self::EMPTY)
    }

    /// With one byte more.
    #[inline]
    pub(super) const fn and(self, byte: u8) -> Self {
        Self((self.0 ^ byte.to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193))
    }

    /// Of a word that was all ASCII.
    #[inline]
    pub(super) const fn ended(self) -> Self {
        Self(self.0 & !Self::OTHERS)
    }

    #[inline]
    pub(crate) const fn is_ascii(self) -> bool {
        self.0 & Self::OTHERS == 0
    }
}

/// Which words a table may have.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// By their first two letters, their last one and their length, case being no matter: of whoever has no more than the word.
    by_look: Bits,
    by_hash: Glances,
}

/// Which words a table may have, by their hashes.
#[derive(Debug)]
pub(crate) struct Glances(Bits);

impl Glances {
    /// Whether the table may have a word; where not, it hasn't.
    #[inline]
    pub(crate) fn has(&self, glance: Glance) -> bool {
        self.0.has(glance.0)
    }
}

impl FromIterator<Glance> for Glances {
    fn from_iter<I: IntoIterator<Item = Glance>>(glances: I) -> Self {
        let hashes: Vec<u32> = glances.into_iter().map(|glance| glance.0).collect();
        Self(Bits::of(&hashes))
    }
}

impl Sieve {
    /// Whether the table may have a word; where not, it hasn't.
    #[inline]
    pub(crate) fn may_have(&self, word: &str) -> bool {
        self.by_look.has(look(word))
    }

    /// The same of a word whose hash is known.
    #[inline]
    pub(crate) fn lets_through(&self, glance: Glance) -> bool {
        self.by_hash.has(glance)
    }
}

impl<'w> FromIterator<&'w str> for Sieve {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let looks: Vec<u32> = words.iter().map(|word| look(word)).collect();
        Self { by_look: Bits::of(&looks), by_hash: words.into_iter().map(Glance::of).collect() }
    }
}

/// What a word looks like at a glance.
#[inline]
fn look(word: &str) -> u32 {
    // Bytes that are no letters of ASCII are their own lower case, and what this makes of them it makes of the table's as well.
    let lower = |byte: u8| u32::from(byte | 0x20);
    let (first, second, last) = match *word.as_bytes() {
        [] => (0, 0, 0),
        [only] => (lower(only), 0, 0),
        [first, second] => (lower(first), lower(second), 0),
        [first, second, .., last] => (lower(first), lower(second), lower(last)),
    };
    first | second << 8 | last << 16 | (word.len() as u32) << 24
}

/// A bit for each of so many kinds of words, a power of two of them.
#[derive(Debug)]
struct Bits {
    bits: Box<[u64]>,
    /// What is left of a number of 32 bits says which.
    shift: u32,
}

/// For each word so many: of eight words that a table doesn't have one is let through at most.
const BITS_EACH: usize = 8;

impl Bits {
    fn of(words: &[u32]) -> Self {
        let bits = (words.len() * BITS_EACH).clamp(64, 1 << 16).next_power_of_two();
        let mut all = Self { bits: vec![0; bits / 64].into(), shift: u32::BITS - bits.trailing_zeros() };
        for &word in words {
            let bit = all.bit(word);
            all.bits[bit / 64] |= 1 << (bit % 64);
        }
        all
    }

    #[inline]
    fn has(&self, word: u32) -> bool {
        let bit = self.bit(word);
        self.bits[bit / 64] & 1 << (bit % 64) != 0
    }

    #[inline]
    fn bit(&self, word: u32) -> usize {
        (word.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
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
        let glances = |word: &str| [Glance::of(word), Glance::of(&word.to_ascii_uppercase())];
        assert!(words.into_iter().flat_map(glances).all(|glance| sieve.lets_through(glance)));
        let others = ["ferry", "harbour", "the", "of", "council", "said", "on", "rain", "vote", "Larsund"];
        assert!(others.into_iter().filter(|word| sieve.may_have(word)).count() < 3);
        assert!(others.into_iter().filter(|word| sieve.lets_through(Glance::of(word))).count() < 3);
    }
}
