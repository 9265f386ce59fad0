//! The keys of a text's words in the tables that titles are found by, those of offices and those of nations. Few words of a text are in any, and
//! the rest are told by a glance, without being read.

use std::sync::LazyLock;

use super::phrases::word_key;
use super::{nations, roles};
use crate::text::{Glances, Token, TokenKind};

/// A key for each token, as [`word_key`] has it; nought where no table of titles has the word.
pub fn title_keys(text: &str, tokens: &[Token]) -> Vec<u64> {
    // A word with other letters than ASCII's may be folded to one that a table has, and looks otherwise.
    let may_have = |token: &Token| !token.glance.is_ascii() || WORDS.has(token.glance);
    let key = |token: &Token| if token.kind != TokenKind::Possessive && may_have(token) { word_key(token.text(text)) } else { 0 };
    tokens.iter().map(key).collect()
}

/// The words of all phrases of those tables, folded as their keys are.
static WORDS: LazyLock<Glances> = LazyLock::new(|| nations::words().chain(roles::words()).collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::text::tokens;

    #[test]
    fn every_word_of_the_tables_has_its_key_however_it_is_written() {
        let phrases = data::ROLES.rows().map(|[head, ..]| head).chain(data::COUNTRIES.rows().map(|[name, ..]| name));
        for phrase in phrases {
            for written in [phrase.to_owned(), phrase.to_uppercase(), phrase.replace('e', "é")] {
                let tokens = tokens(&written);
                for (token, key) in tokens.iter().zip(title_keys(&written, &tokens)).filter(|(token, _)| token.is_word()) {
                    assert_eq!(key, word_key(token.text(&written)), "{written}");
                }
            }
        }
    }

    #[test]
    fn most_other_words_have_none() {
        let text = "rain lamps hills ferry crept kettle crumbs";
        let tokens = tokens(text);
        assert!(title_keys(text, &tokens).iter().filter(|key| **key == 0).count() > tokens.len() / 2);
    }
}
