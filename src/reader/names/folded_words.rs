//! The words of a name as one is compared with another: "U.S." is one, and stops and hyphens are none.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::text::{Row, Span, TokenKind, folded};

/// Folded; "&" is "and".
pub(super) type FoldedWords = Box<[Box<str>]>;

/// The hash under which forms with these words meet.
pub(super) fn hash_of_words(words: &[Box<str>]) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The words of some tokens of a block.
pub(super) fn folded_words(row: Row<'_, '_>, tokens: Span) -> FoldedWords {
    let mut words: Vec<String> = Vec::with_capacity(tokens.len() as usize);
    let mut letters_run = false;
    let text = row.text;
    for token in &row.tokens[tokens.range()] {
        match token.kind {
            TokenKind::Word | TokenKind::Number => {
                let word = token.text(text);
                let single = word.len() == 1;
                // "U.S." is one word.
                match words.last_mut().filter(|_| letters_run && single && !token.spaced) {
                    Some(last) => last.push_str(&folded(word)),
                    None => words.push(folded(word)),
                }
                letters_run = single;
            }
            TokenKind::Mark if token.is_mark(text, &['&']) => words.push("and".to_owned()),
            TokenKind::Mark => {}
            TokenKind::Possessive => {
                if let Some(last) = words.last_mut() {
                    last.push('s');
                }
            }
        }
    }
    words.into_iter().map(String::into_boxed_str).collect()
}
