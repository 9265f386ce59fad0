//! Finds the heads of titles in a text, and says what a word does beside one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{HeadMatch, RoleHead, RoleKind, StatusWord, WordClass};
use crate::data;
use crate::gazetteer::phrases::{PhraseTree, after_hyphen, folded_glance, word_key};
use crate::text::{Glance, Shape, Token, TokenKind};

#[derive(Debug, Default)]
struct Lexicon {
    heads: PhraseTree<RoleHead>,
    words: FxHashMap<u64, WordClass>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The longest head that starts at token `at`, hyphens or none between its words.
pub fn head_at(block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<HeadMatch> {
    LEXICON.head_at(block, tokens, keys, at)
}

/// What a word does beside a head; `key` is its [`word_key`].
pub fn word_class(key: u64) -> WordClass {
    LEXICON.words.get(&key).copied().unwrap_or_default()
}

/// All the words that titles are found by.
pub(in crate::gazetteer) fn words() -> impl Iterator<Item = Glance> {
    let beside = data::TITLE_WORDS.rows().map(|[word, ..]| folded_glance(word));
    LEXICON.heads.words().iter().copied().chain(beside)
}

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Self::default();
        for [head, role, kind, flags] in data::ROLES.rows() {
            let Some(kind) = RoleKind::parse(kind) else { continue };
            let head_entry = RoleHead {
                role,
                kind,
                one_holder: flags.contains('1'),
                abbreviation: flags.contains('a'),
                before_name: flags.contains('s'),
            };
            lexicon.heads.add(head, head_entry);
        }
        for [word, class, sense] in data::TITLE_WORDS.rows() {
            let entry = lexicon.words.entry(word_key(word)).or_default();
            match class {
                "status" => entry.status = StatusWord::parse(sense),
                "joined" => entry.joined_status = StatusWord::parse(sense),
                "rank" => entry.rank = true,
                "topic" => entry.topic = true,
                "body" => entry.body = true,
                "stop" => entry.stop = true,
                "surname" => entry.surname = true,
                "verb" => entry.verb = true,
                "as" => entry.takes_as = true,
                "post" => entry.post = true,
                "part" => entry.part = true,
                "land" => entry.land = true,
                "firm" => entry.firm = true,
                "leaving" => entry.leaving = true,
                "naming" => entry.naming = true,
                "office" => entry.office = lexicon.heads.whole(sense),
                "particle" => entry.particle = true,
                _ => {}
            }
        }
        lexicon
    }

    fn head_at(&self, block: &str, tokens: &[Token], keys: &[u64], at: usize) -> Option<HeadMatch> {
        let mut node = self.heads.step(0, *keys.get(at)?)?;
        let mut end = at + 1;
        let mut best = self.ended(block, tokens, node, at, end, false);
        loop {
            // The plural of what stands so far can only be its last word's.
            let next = after_hyphen(block, tokens, end);
            let Some(&key) = keys.get(next) else { break };
            if let Some(step) = self.heads.step(node, key) {
                node = step;
                end = next + 1;
                best = self.ended(block, tokens, node, at, end, false).or(best);
                continue;
            }
            let Some(step) = singular_key(tokens[next].text(block)).and_then(|key| self.heads.step(node, key)) else { break };
            best = self.ended(block, tokens, step, at, next + 1, true).or(best);
            break;
        }
        best
    }

    fn ended(&self, block: &str, tokens: &[Token], node: u32, at: usize, end: usize, plural: bool) -> Option<HeadMatch> {
        let head = self.heads.end(node)?;
        if head.abbreviation {
            // "gen", "da" and "rep" are words as well.
            let written = tokens[at];
            let letters = written.text(block).len();
            let of_address = head.kind == RoleKind::Honorific || head.role == "doctor";
            let short = end == at + 1 && written.shape != Shape::Upper && letters < 3 && !of_address;
            if !written.is_capitalised() || short {
                return None;
            }
        }
        Some(HeadMatch { head, end, plural })
    }

    fn plural_at(&self, block: &str, tokens: &[Token], at: usize) -> Option<HeadMatch> {
        let key = singular_key(tokens[at].text(block))?;
        let node = self.heads.step(0, key)?;
        self.ended(block, tokens, node, at, at + 1, true)
    }
}

/// The head whose plural stands at token `at`, one word long: "presidents".
pub fn plural_head_at(block: &str, tokens: &[Token], at: usize) -> Option<HeadMatch> {
    // As a plural ends, and most words don't.
    let ends_as_plural = |word: &Token| matches!(block.as_bytes()[..word.span.end as usize], [.., b's' | b'n']);
    if tokens[at].kind != TokenKind::Word || !ends_as_plural(&tokens[at]) {
        return None;
    }
    LEXICON.plural_at(block, tokens, at)
}

/// The key of a plural's singular, by its ending.
fn singular_key(word: &str) -> Option<u64> {
    if !matches!(word.as_bytes(), [.., b's'] | [.., b'm', b'e', b'n']) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("men") {
        return Some(word_key(&format!("{stem}man")));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(word_key(&format!("{stem}y")));
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s'))?;
    Some(word_key(stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::title_keys;
    use crate::text;

    fn head(words: &str) -> Option<(&'static str, usize, bool)> {
        let tokens = text::tokens(words);
        let keys = title_keys(words, &tokens);
        head_at(words, &tokens, &keys, 0).map(|found| (found.head.role, found.end, found.plural))
    }

    #[test]
    fn heads_are_the_longest_that_fit_with_hyphens_or_without() {
        assert_eq!(head("Secretary of State"), Some(("secretary of state", 3, false)));
        assert_eq!(head("defense secretary"), head("defence minister"));
        assert_eq!(head("Attorney-General"), Some(("attorney general", 3, false)));
        assert_eq!(head("prime ministers"), Some(("prime minister", 2, true)));
        assert_eq!(head("meadow"), None);
    }

    #[test]
    fn abbreviations_are_capitalised() {
        assert_eq!(head("Gen. Mara"), Some(("general", 2, false)));
        assert_eq!(head("gen z"), None);
        assert_eq!(head("PM"), Some(("prime minister", 1, false)));
    }
}
