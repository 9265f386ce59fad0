//! Whether two bodies are said to belong together: a firm and its parent, one that has a new name. Who heads the one may well be said to
//! head the other.

use super::{Called, DraftTitle};
use crate::reader::SubjectKind;
use crate::rules::Case;
use crate::rules::rule_words::RULE_WORDS;
use crate::text::folded;

/// Whether a source or the draft says so of what a title of the draft is of and what a source's title is of.
pub(super) fn are_tied(case: &Case<'_>, title: &DraftTitle, called: &Called<'_>) -> bool {
    let (one, other) = (title.office.name_of_body(), called.office.name_of_body());
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let says = |sentence: &str| ties(sentence, one, other);
    if says(&called.attestation.citation.sentence) {
        return true;
    }
    let is_body = |key: &str| key.split(' ').any(|word| one.iter().chain(other).any(|name| name == word));
    case.names().iter().filter(|named| named.subject.kind != SubjectKind::Place && is_body(named.key)).any(|named| {
        let records = || named.answer.into_iter().flat_map(|answer| &answer.known);
        named.mentions.iter().any(|mention| says(case.document.words(case.reading.sentence(mention.at))))
            || records().flat_map(|record| &record.citations).any(|citation| says(&citation.sentence))
    })
}

/// Whether a sentence has both names and a word that ties one body to another.
fn ties(sentence: &str, one: &[String], other: &[String]) -> bool {
    let folded = folded(sentence);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |name: &[String]| name.iter().all(|word| words.contains(&word.as_str()));
    words.iter().any(|word| RULE_WORDS.belonging.has(word)) && has(one) && has(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_belonging_ties_two_names() {
        let tied = |sentence: &str| ties(sentence, &["quillfeather".to_owned()], &["brandvold".to_owned()]);
        assert!(tied("Quillfeather, the parent of Brandvold, rose."));
        assert!(tied("Brandvold was renamed Quillfeather in May."));
        assert!(!tied("Quillfeather, the parent of Larsund Ferries, rose."));
        assert!(!tied("Quillfeather wants to buy Brandvold."));
    }
}
