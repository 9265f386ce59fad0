//! The letters that make an ordinal of digits: "13th".

use std::sync::LazyLock;

use crate::data;
use crate::text::WordSet;

static ENDINGS: LazyLock<WordSet> = LazyLock::new(|| data::ORDINAL_ENDINGS.words().collect());

/// Whether these letters behind digits make an ordinal of them, in whatever case.
pub fn is_ordinal_ending(letters: &str) -> bool {
    ENDINGS.has_in_any_case(letters)
}

#[cfg(test)]
mod tests {
    use super::is_ordinal_ending;

    #[test]
    fn letters_of_ordinals() {
        assert!(is_ordinal_ending("st") && is_ordinal_ending("TH") && !is_ordinal_ending("km") && !is_ordinal_ending(""));
    }
}
