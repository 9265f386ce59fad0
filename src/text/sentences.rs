//! Where sentences end: at a full stop that is no abbreviation's, a question or exclamation mark, with what closes behind it.

use super::sentence_words::SENTENCE_WORDS;
use super::{Shape, Span, Token, TokenKind};

/// The sentences of a block in order, each as the half-open range of its tokens' indices. Together they cover all tokens.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if ends_sentence(text, tokens, at) {
            let mut end = at + 1;
            while end < tokens.len() && !tokens[end].spaced && closes(tokens[end].text(text)) {
                end += 1;
            }
            out.push(Span::of(start..end));
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        out.push(Span::of(start..tokens.len()));
    }
    out
}

fn closes(mark: &str) -> bool {
    matches!(mark, "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "." | "!" | "?" | "…")
}

fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = tokens[at];
    if token.kind != TokenKind::Mark {
        return false;
    }
    let mark = token.text(text);
    if !matches!(mark, "." | "!" | "?" | "…") {
        return false;
    }
    let mut after = at + 1;
    while after < tokens.len() && !tokens[after].spaced && closes(tokens[after].text(text)) {
        after += 1;
    }
    let Some(next) = tokens.get(after) else { return true };
    if !next.spaced {
        return false;
    }
    let next_text = next.text(text);
    let opens = next.kind == TokenKind::Mark && next_text.starts_with(['"', '“', '‘', '\'', '(', '[', '«', '„', '—', '–', '-']);
    let starts_anew = next.shape != Shape::Lower || next.kind == TokenKind::Number || opens;
    if !starts_anew {
        return false;
    }
    if mark == "."
        && after == at + 1
        && let Some(before) = at.checked_sub(1).map(|i| tokens[i]).filter(|t| t.is_word() && !token.spaced)
    {
        let word = before.text(text);
        if SENTENCE_WORDS.abbreviation.has_in_any_case(word) {
            return false;
        }
        // An initial: "J. Smith", and the last letter of "U.S." unless a new sentence plainly begins.
        if word.chars().count() == 1 && before.shape == Shape::Upper {
            let dotted = at >= 2 && tokens[at - 2].text(text) == ".";
            return dotted && SENTENCE_WORDS.opening.has(next_text);
        }
    }
    if mark == "…" || (mark == "." && at >= 2 && tokens[at - 1].text(text) == "." && tokens[at - 2].text(text) == ".") {
        return next.shape != Shape::Lower;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        sentences(text, &tokens)
            .into_iter()
            .map(|s| &text[tokens[s.start as usize].span.start as usize..tokens[s.end as usize - 1].span.end as usize])
            .collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(split("Gen. J. P. Mara met Dr. Ode. He left."), ["Gen. J. P. Mara met Dr. Ode.", "He left."]);
        assert_eq!(split("The U.S. Army came. The U.S. The end."), ["The U.S. Army came.", "The U.S.", "The end."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence() {
        assert_eq!(split("“We go.” They went (at last). Why?"), ["“We go.”", "They went (at last).", "Why?"]);
        assert_eq!(split("It fell 3.5 points. 12 rose."), ["It fell 3.5 points.", "12 rose."]);
    }
}
