//! Where a text says of itself that something was wrong: there it has to repeat it.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::cue_words::{finder, sentences_with};
use crate::data;
use crate::text::{Row, Span};

/// How far into a block its head reaches, in characters.
const HEAD: usize = 24;

/// The words of a kind.
fn words(wanted: &'static str) -> impl Iterator<Item = &'static str> {
    data::CORRECTION_WORDS.rows().filter(move |[kind, _]| *kind == wanted).map(|[_, words]| words)
}

/// Whether a block's text is a note of correction.
pub(super) fn is_correction(text: &str) -> bool {
    static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| finder(words("note")));
    is_headed(text) || FINDER.is_match(text)
}

/// The sentences of a block that own up to a mistake.
pub(super) fn owning_up(row: Row<'_, '_>, sentences: &[Span]) -> Vec<Span> {
    static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| finder(words("mistake")));
    sentences_with(&FINDER, row, sentences)
}

/// Whether it begins with such a word and a mark: "Correction, 3 March:", not "Correction officers".
fn is_headed(text: &str) -> bool {
    let head: String = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(HEAD).collect();
    let head = crate::text::folded(&head);
    words("head").filter_map(|word| head.strip_prefix(word)).any(|rest| {
        let rest = rest.trim_start();
        !rest.starts_with(char::is_alphabetic) || words("behind").any(|word| starts_with(rest, word))
    })
}

/// Whether a text starts with a word of the table, which may have a blank at its end.
fn starts_with(text: &str, word: &str) -> bool {
    word.strip_suffix('_').map_or(text.starts_with(word), |word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether a note of correction is about a quotation.
pub(crate) fn is_about_quotation(text: &str) -> bool {
    let folded = crate::text::folded(text);
    words("quotation").any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_correction;

    #[test]
    fn notes_of_correction() {
        for text in [
            "Correction, 3 March: the dam is 40 metres high.",
            "*Clarification*: it was Tuesday.",
            "Editor’s note: a name was wrong.",
            "An earlier version of this article said 13.",
            "The engineer was misquoted in Monday’s edition.",
            "This article was amended on 4 March.",
        ] {
            assert!(is_correction(text), "{text}");
        }
        for text in
            ["Correction officers left the prison.", "The correction of the river took years.", "“Corrections are a must,” she said."]
        {
            assert!(!is_correction(text), "{text}");
        }
    }
}
