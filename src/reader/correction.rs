//! Where a text says of itself that something was wrong: there it has to repeat it.

use std::sync::LazyLock;

use crate::data;

/// How far into a block its head reaches, in characters.
const HEAD: usize = 24;

/// The words of a kind.
pub(super) fn words(wanted: &'static str) -> impl Iterator<Item = &'static str> {
    data::CORRECTION_WORDS.rows().filter(move |[kind, _]| *kind == wanted).map(|[_, words]| words)
}

/// Those that head a note, and those behind them: each block is asked for them, and most have none.
static HEADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words("head").collect());
static BEHIND_HEADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words("behind").collect());

/// Whether it begins with such a word and a mark: "Correction, 3 March:", not "Correction officers".
pub(super) fn is_headed(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Every block is asked, and most begin with another letter.
    let first = text.bytes().next().unwrap_or_default().to_ascii_lowercase();
    if first.is_ascii() && !HEADS.iter().any(|word| word.as_bytes().first() == Some(&first)) {
        return false;
    }
    let head = crate::text::folded(&text.chars().take(HEAD).collect::<String>());
    HEADS.iter().filter_map(|word| head.strip_prefix(word)).any(|rest| {
        let rest = rest.trim_start();
        !rest.starts_with(char::is_alphabetic) || BEHIND_HEADS.iter().any(|word| starts_with(rest, word))
    })
}

/// Whether a text starts with a word of the table, which may have a blank at its end.
fn starts_with(text: &str, word: &str) -> bool {
    word.strip_suffix('_').map_or(text.starts_with(word), |word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}

/// Whether a note of correction is about a quotation.
pub(crate) fn is_about_quotation(text: &str) -> bool {
    static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words("quotation").collect());
    let folded = crate::text::folded(text);
    WORDS.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::read;

    fn is_correction(text: &str) -> bool {
        read(&Document::parse(text.into(), Format::Plain)).blocks.iter().any(|block| block.is_correction)
    }

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
