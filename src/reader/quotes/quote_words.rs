//! The words around quotation marks that tell what stands between them, and whose it is, as the tables say it.

use std::sync::LazyLock;

use crate::data;
use crate::text::{WordSet, word_classes};

word_classes! {
    pub(super) static QUOTE_WORDS: QuoteWords from data::QUOTE_WORDS;
    plain,
    filler,
    pronoun,
    clause,
    before_noun,
    mouthpiece,
    before_object,
    naming,
    in_title,
    sound,
    elision,
    before_speaker,
    before_body,
    behind_body,
}

/// Verbs of speech, one a line.
static SPEECH: LazyLock<WordSet> = LazyLock::new(|| data::SPEECH_VERBS.words().collect());

pub(super) fn is_speech_verb(word: &str) -> bool {
    SPEECH.has_in_any_case(word)
}

/// Whether a word may stand between a subject and its verb.
pub(super) fn is_filler(word: &str) -> bool {
    QUOTE_WORDS.filler.has(word) || (word.len() > 4 && word.ends_with("ly"))
}

/// Whether it is a pronoun that may speak, in whatever case.
pub(super) fn is_pronoun(word: &str) -> bool {
    QUOTE_WORDS.pronoun.has_in_any_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plainest_verbs_are_verbs_of_speech() {
        assert!(QUOTE_WORDS.plain.iter().all(is_speech_verb));
        assert!(is_pronoun("They") && !is_pronoun("Thelma"));
    }
}
