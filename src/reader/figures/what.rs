//! What a value is of in the text's own words, where no noun stands behind it: "inflation in Lusania" of "Inflation in Lusania slowed to 3.4 per
//! cent". For people to read; what is compared is the context.

use std::ops::Range;

use super::figure_words::FIGURE_WORDS;
use crate::gazetteer::terms::TermTables;
use crate::text::{Row, Span, TokenKind};

/// So many words may stand between what is told of and its value: "rose by more than".
const LINKS: usize = 6;
/// And so many may name it.
const WORDS: usize = 8;

/// The words before the number at token `start` that say what it is of.
pub(super) fn before(row: Row<'_, '_>, sentence: &Range<usize>, start: usize) -> Option<Span> {
    let tables = TermTables::get();
    let is_link = |at: usize| {
        let word = row.word(at);
        let is_verb = word.len() > 4 && word.ends_with("ed") && !row.is_capitalised(at);
        let is_cue = || tables.cue_before(tables.key(word)).is_some_and(|cue| matches!(cue, "change" | "level"));
        row.is_of(at, &FIGURE_WORDS.amounting)
            || row.is_of(at, &FIGURE_WORDS.behind_amounting)
            || is_verb
            || is_cue()
            || row.is(at, &["of"])
    };
    let is_word = |at: usize| row.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && row.number(at).is_none();
    let from = |count: usize, end: usize| sentence.start.max(end.saturating_sub(count));
    let links = (from(LINKS, start)..start).rev().take_while(|&at| is_word(at) && is_link(at)).count();
    let end = start.saturating_sub(links);
    let is_part = |at: usize| is_word(at) && !row.is_of(at, &FIGURE_WORDS.clause_opener);
    let first = (from(WORDS, end)..end).rev().take_while(|&at| is_part(at)).last()?;
    let said = |at: &usize| !tables.is_function_word(row.word(*at));
    let first = (first..end).find(said)?;
    let last = (first..end).find(|&at| row.is_of(at, &FIGURE_WORDS.auxiliary)).unwrap_or(end);
    let last = (first..last).rev().find(said)?;
    Some(row.covered(Span::of(first..last + 1)))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{MentionKind, read};

    fn of(text: &str) -> Option<String> {
        let document = Document::parse(text.into(), Format::Plain);
        let reading = read(&document);
        reading.mentions.iter().find_map(|mention| match &mention.kind {
            MentionKind::Figure(figure) => Some(figure.of.map(|of| of.text(&document.block(mention.at).text).to_owned())),
            _ => None,
        })?
    }

    #[test]
    fn what_a_value_is_of_stands_before_its_verb() {
        for (text, words) in [
            ("Inflation in Lusania slowed to 3.4 per cent.", "Inflation in Lusania"),
            ("The annual rate of inflation was 3.4 per cent.", "annual rate of inflation"),
            ("She said the new ferry would cost €80m.", "new ferry"),
            ("A loan of €80m was asked for.", "loan"),
            ("Turnover rose by more than 4%.", "Turnover"),
            ("It has 12 boats.", "boats"),
        ] {
            assert_eq!(of(text).as_deref(), Some(words), "{text}");
        }
        for text in ["It was 3.4 per cent.", "€80m, they said.", "They said that 4% would do."] {
            assert_eq!(of(text).as_deref().filter(|of| !of.contains("would")), None, "{text}");
        }
    }
}
