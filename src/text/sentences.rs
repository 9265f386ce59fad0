//! Where sentences end: at a full stop that is no abbreviation's, a question or exclamation mark, with what closes behind it.

use super::{Shape, Span, Token, TokenKind};

/// Abbreviations that a name, a number or more of the sentence follows; without their full stop, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "approx", "apr", "assoc", "asst", "aug", "ave", "brig", "bros", "capt", "cf", "cmdr", "co", "col", "corp", "cpl", "ct", "dec",
    "dept", "det", "dr", "est", "etc", "feb", "fig", "fr", "gen", "gov", "hon", "inc", "insp", "jan", "jr", "jul", "jun", "lt", "ltd",
    "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nov", "oct", "ofc", "pfc", "pres", "prof", "pvt", "reps", "rep", "rev", "rt",
    "sen", "sens", "sep", "sept", "sgt", "sq", "sr", "st", "supt", "vol", "vs", "e", "g", "i", "p",
];

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
        if word.len() <= 8 && ABBREVIATIONS.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        // An initial: "J. Smith", and the last letter of "U.S." unless a new sentence plainly begins.
        if word.chars().count() == 1 && before.shape == Shape::Upper {
            let dotted = at >= 2 && tokens[at - 2].text(text) == ".";
            return dotted && begins_sentence(next_text);
        }
    }
    if mark == "…" || (mark == "." && at >= 2 && tokens[at - 1].text(text) == "." && tokens[at - 2].text(text) == ".") {
        return next.shape != Shape::Lower;
    }
    true
}

/// Words that start a sentence more often than they go on after "U.S.".
fn begins_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "It"
            | "He"
            | "She"
            | "They"
            | "We"
            | "I"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "This"
            | "That"
            | "His"
            | "Her"
            | "Their"
            | "There"
            | "These"
            | "Those"
            | "When"
            | "If"
            | "As"
            | "For"
            | "However"
            | "Meanwhile"
            | "After"
            | "Before"
    )
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
