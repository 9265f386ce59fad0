//! The words around quotation marks that tell what stands between them, and whose it is, as the tables say it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::data;

/// The words of a class of `data/quote_words.tsv`.
type Words = FxHashSet<&'static str>;

pub(super) struct QuoteWords {
    pub(super) plain: Words,
    pub(super) filler: Words,
    pub(super) pronoun: Words,
    pub(super) clause: Words,
    pub(super) before_noun: Words,
    pub(super) mouthpiece: Words,
    pub(super) before_object: Words,
    pub(super) naming: Words,
    pub(super) in_title: Words,
}

pub(super) static QUOTE_WORDS: LazyLock<QuoteWords> = LazyLock::new(|| QuoteWords {
    plain: words("plain"),
    filler: words("filler"),
    pronoun: words("pronoun"),
    clause: words("clause"),
    before_noun: words("before_noun"),
    mouthpiece: words("mouthpiece"),
    before_object: words("before_object"),
    naming: words("naming"),
    in_title: words("in_title"),
});

fn words(wanted: &str) -> Words {
    data::QUOTE_WORDS.rows().filter(|[class, _]| *class == wanted).flat_map(|[_, words]| words.split('|')).collect()
}

/// Verbs of speech, one a line.
static SPEECH: LazyLock<Words> = LazyLock::new(|| data::SPEECH_VERBS.words().collect());

pub(super) fn is_speech_verb(word: &str) -> bool {
    word.len() <= 16 && (SPEECH.contains(word) || (word.bytes().any(|b| b.is_ascii_uppercase()) && SPEECH.contains(&*word.to_lowercase())))
}

/// Whether a word may stand between a subject and its verb.
pub(super) fn is_filler(word: &str) -> bool {
    QUOTE_WORDS.filler.contains(word) || (word.len() > 4 && word.ends_with("ly"))
}

/// Whether it is a pronoun that may speak, in whatever case.
pub(super) fn is_pronoun(word: &str) -> bool {
    word.len() <= 4 && QUOTE_WORDS.pronoun.contains(&*word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_table_is_asked_for_and_has_words() {
        let QuoteWords { plain, filler, pronoun, clause, before_noun, mouthpiece, before_object, naming, in_title } = &*QUOTE_WORDS;
        let classes = [plain, filler, pronoun, clause, before_noun, mouthpiece, before_object, naming, in_title];
        assert!(classes.iter().all(|words| !words.is_empty()));
        assert_eq!(data::QUOTE_WORDS.rows().count(), classes.len());
    }

    #[test]
    fn the_plainest_verbs_are_verbs_of_speech() {
        assert!(QUOTE_WORDS.plain.iter().all(|word| is_speech_verb(word)));
        assert!(is_pronoun("They") && !is_pronoun("Thelma"));
    }
}
