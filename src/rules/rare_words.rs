//! Whether two sentences tell of one thing, as far as the words that they share say.

use crate::gazetteer::terms::{TermKey, TermTables};

/// How many words two sentences share that few others have; those in `except`, such as a name that both are about, left out.
pub(super) fn rare_words_shared(one: &str, other: &str, except: &str) -> usize {
    let (ones, others, except) = (rare_words(one), rare_words(other), rare_words(except));
    ones.iter().filter(|word| others.contains(word) && !except.contains(word)).count()
}

/// The same of words that are no names: what was done, and how.
pub(super) fn rare_deeds_shared(one: &str, other: &str, except: &str) -> usize {
    let without_names =
        |sentence: &str| sentence.split_whitespace().filter(|word| !word.starts_with(char::is_uppercase)).collect::<Vec<_>>().join(" ");
    rare_words_shared(&without_names(one), &without_names(other), except)
}

/// The words of a sentence that are neither small words nor among those that stand in every report, sorted and each once.
fn rare_words(sentence: &str) -> Vec<TermKey> {
    let tables = TermTables::get();
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1 && !tables.is_function_word(word));
    let mut keys: Vec<TermKey> = words.map(|word| tables.key(word)).filter(|&key| tables.commonness(key) == 0.0).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_are_shared_in_whatever_form_and_order() {
        let (one, other) = ("The 3rd Brigade fired a howitzer at Larsund.", "At Larsund a howitzer of the 4th Brigade was firing.");
        assert_eq!(rare_words_shared(one, other, "Brigade"), 2);
        assert_eq!(rare_words_shared(one, "The people of the city were there.", ""), 0);
    }
}
