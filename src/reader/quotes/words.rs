//! The words of a quotation as they are compared: case, punctuation, contractions and the spelling of either side of the
//! Atlantic set aside; ellipses and bracketed insertions kept as what they are.

use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::quote_words::QUOTE_WORDS;
use crate::data;
use crate::text::{Span, Token, TokenKind, fold_into, stable_hash, tokens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Says something by itself: a name, a noun, a verb.
    Content,
    /// A small word that is everywhere.
    Common,
    /// An ellipsis: any words may have stood here.
    Gap,
    /// A bracketed insertion: it may stand for a few words or for none.
    Insertion,
}

/// One word of a quotation; a contraction is two with the same span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Equal for words that are no different.
    pub key: u64,
    pub kind: WordKind,
    /// Bytes of the quotation's words.
    pub span: Span,
    /// Whether a sentence ends right behind it.
    pub ends_sentence: bool,
}

/// The words of one text as they are compared, worked out for the first who asks: where nobody has anything to hold a quotation against,
/// nobody does.
#[derive(Clone, Debug, Default)]
pub(in crate::reader) struct Compared(Arc<OnceLock<Box<[Word]>>>);

impl Compared {
    /// `text` is always the same.
    pub(in crate::reader) fn of(&self, text: &str) -> &[Word] {
        self.0.get_or_init(|| words(text).into())
    }
}

/// They follow from the text, whether anybody has asked or not.
impl PartialEq for Compared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Word {
    pub const fn is_word(&self) -> bool {
        matches!(self.kind, WordKind::Content | WordKind::Common)
    }

    /// Whether it turns what is said into its contrary.
    pub fn is_negation(&self) -> bool {
        static NEGATIONS: LazyLock<[u64; 3]> = LazyLock::new(|| [key("not"), key("no"), key("never")]);
        NEGATIONS.contains(&self.key)
    }

    /// Whether both are one: "it’s" for "it has", "let’s" for "let us".
    pub fn is_same(&self, other: &Self) -> bool {
        static IS: LazyLock<[u64; 3]> = LazyLock::new(|| [key("is"), key("has"), key("us")]);
        let short = self.span.len() <= 4 && other.span.len() <= 4;
        self.key == other.key || short && IS.contains(&self.key) && IS.contains(&other.key)
    }
}

/// The longest quotation that is compared, in words; nobody quotes more in one go.
const MAX_WORDS: usize = 600;

/// Spellings that differ between editions of English, and numbers in words: each line a form and what it counts as.
static SAME: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| data::SAME_WORDS.rows().map(|[form, same]| (form, same)).collect());
static COMMON: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| data::COMMON_WORDS.words().collect());

/// The words of a quotation, at most [`MAX_WORDS`].
pub fn words(text: &str) -> Vec<Word> {
    let tokens = tokens(text);
    let mut out: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    let mut at = 0;
    while at < tokens.len() && out.len() < MAX_WORDS {
        let token = tokens[at];
        match token.kind {
            TokenKind::Word | TokenKind::Number => {
                folded.clear();
                fold_into(token.text(text), &mut folded);
                // "want[ed]": what is left of the word says too little.
                let cut = tokens.get(at + 1).is_some_and(|next| !next.spaced && next.text(text) == "[");
                if cut {
                    let (span, next) = bracketed(text, &tokens, at + 1).unwrap_or((token.span, at + 2));
                    out.push(Word { key: 0, kind: WordKind::Insertion, span: token.span.join(span), ends_sentence: false });
                    at = next;
                    continue;
                }
                if let Some((span, next)) = initials(text, &tokens, at, &mut folded) {
                    push(&mut out, &folded, span);
                    at = next;
                    continue;
                }
                // "s***": so is what was blotted out.
                let blots = tokens[at + 1..].iter().take_while(|next| !next.spaced && next.text(text) == "*").count();
                if blots > 0 {
                    let rest = tokens[at + 1 + blots..].iter().take_while(|next| !next.spaced && next.is_word()).count();
                    let last = at + blots + rest;
                    let span = token.span.join(tokens[last].span);
                    out.push(Word { key: 0, kind: WordKind::Insertion, span, ends_sentence: false });
                    at = last + 1;
                    continue;
                }
                if !QUOTE_WORDS.sound.has(&folded) {
                    push(&mut out, &folded, token.span);
                }
                at += 1;
            }
            TokenKind::Possessive => {
                if token.text(text).ends_with(['s', 'S']) {
                    out.push(Word { key: key("is"), kind: WordKind::Common, span: token.span, ends_sentence: false });
                }
                at += 1;
            }
            TokenKind::Mark => at = mark(text, &tokens, at, &mut out),
        }
    }
    out
}

/// Puts "I.R.S." together in `folded`; its bytes, and the index of the token behind it.
fn initials(text: &str, tokens: &[Token], at: usize, folded: &mut String) -> Option<(Span, usize)> {
    let initial = |token: &Token| token.span.len() == 1 && token.is_capitalised();
    let dot = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced && token.text(text) == ".");
    let mut next = at;
    while tokens.get(next).is_some_and(|token| initial(token) && (next == at || !token.spaced)) && dot(next + 1) {
        next += 2;
    }
    if next < at + 4 {
        return None;
    }
    folded.clear();
    for token in tokens[at..next].iter().step_by(2) {
        fold_into(token.text(text), folded);
    }
    Some((tokens[at].span.join(tokens[next - 2].span), next))
}

/// Takes in the mark at `at`; the index of the token to go on from.
fn mark(text: &str, tokens: &[Token], at: usize, out: &mut Vec<Word>) -> usize {
    let token = tokens[at];
    let word = token.text(text);
    let mut gap = |span: Span| {
        if out.last().is_none_or(|last| last.kind != WordKind::Gap) {
            out.push(Word { key: 0, kind: WordKind::Gap, span, ends_sentence: true });
        }
    };
    match word {
        "…" => gap(token.span),
        "." => {
            let dots = tokens[at..].iter().take_while(|token| token.text(text) == ".").count();
            if dots >= 3 {
                gap(token.span.join(tokens[at + dots - 1].span));
                return at + dots;
            }
            end_sentence(out);
        }
        "!" | "?" => end_sentence(out),
        "%" => push(out, "percent", token.span),
        "&" => push(out, "and", token.span),
        "[" | "(" => {
            let Some((span, next)) = bracketed(text, tokens, at) else { return at + 1 };
            let inside = &text[span.start as usize + 1..span.end as usize - 1];
            if inside.trim().chars().all(|c| matches!(c, '.' | '…' | ' ')) {
                gap(span);
                return next;
            }
            // "[W]e": a capital changed openly.
            let joined = tokens.get(next).filter(|token| !token.spaced && token.kind == TokenKind::Word && inside.chars().count() <= 2);
            if let Some(rest) = joined {
                let mut folded = String::new();
                fold_into(inside, &mut folded);
                fold_into(rest.text(text), &mut folded);
                push(out, &folded, span.join(rest.span));
                return next + 1;
            }
            out.push(Word { key: 0, kind: WordKind::Insertion, span, ends_sentence: false });
            return next;
        }
        _ => {}
    }
    at + 1
}

fn end_sentence(out: &mut [Word]) {
    if let Some(last) = out.last_mut() {
        last.ends_sentence = true;
    }
}

/// The bytes of the bracket that opens at `at`, and the index of the token behind it.
fn bracketed(text: &str, tokens: &[Token], at: usize) -> Option<(Span, usize)> {
    let close = if tokens[at].text(text) == "[" { "]" } else { ")" };
    let end = (at..tokens.len()).take(40).find(|&index| tokens[index].text(text) == close)?;
    Some((tokens[at].span.join(tokens[end].span), end + 1))
}

fn push(out: &mut Vec<Word>, folded: &str, span: Span) {
    let mut add = |word: &str| {
        let kind = if COMMON.contains(word) { WordKind::Common } else { WordKind::Content };
        out.push(Word { key: key(&spelling(word)), kind, span, ends_sentence: false });
    };
    match SAME.get(folded) {
        Some(same) => same.split(' ').for_each(&mut add),
        None => match folded.split_once('\'') {
            Some((first, "re")) => [first, "are"].into_iter().for_each(&mut add),
            Some((first, "ve")) => [first, "have"].into_iter().for_each(&mut add),
            Some((first, "ll")) => [first, "will"].into_iter().for_each(&mut add),
            Some((first, "d")) => [first, "would"].into_iter().for_each(&mut add),
            Some((first, "m")) => [first, "am"].into_iter().for_each(&mut add),
            Some((first, "t")) if first.ends_with('n') && first.len() > 2 => {
                [&first[..first.len() - 1], "not"].into_iter().for_each(&mut add);
            }
            _ => add(folded),
        },
    }
}

/// One spelling for the British and the American one; a key, not a word.
fn spelling(word: &str) -> std::borrow::Cow<'_, str> {
    let len = word.len();
    if len < 6 || !word.is_ascii() {
        return if len == 5 && word.ends_with("our") { format!("{}or", &word[..2]).into() } else { word.into() };
    }
    if !word.as_bytes().windows(2).any(may_be_spelt_otherwise) {
        return word.into();
    }
    let mut key = word.replace("ae", "e").replace("oe", "e");
    for (british, american) in [("our", "or"), ("yse", "yze"), ("ise", "ize"), ("isa", "iza"), ("isi", "izi"), ("ogue", "og")] {
        if let Some(at) = key.find(british).filter(|&at| at >= 2) {
            key.replace_range(at..at + british.len(), american);
        }
    }
    if len >= 7 {
        for ending in ["ed", "ing", "er", "ers", "ors", "or"] {
            if let Some(stem) = key.strip_suffix(ending).filter(|stem| stem.ends_with("ll")) {
                key = format!("{}{ending}", &stem[..stem.len() - 1]);
                break;
            }
        }
    }
    key.into()
}

/// Whether two letters are of those that [`spelling`] changes something about: most words of a text have none.
fn may_be_spelt_otherwise(pair: &[u8]) -> bool {
    matches!(pair, b"ae" | b"oe" | b"ou" | b"ys" | b"is" | b"og" | b"ll")
}

fn key(word: &str) -> u64 {
    stable_hash(&[word])
}

#[cfg(test)]
mod tests {
    use super::WordKind::{Common, Content, Gap, Insertion};
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        let (a, b) = (words(a), words(b));
        a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.kind == y.kind && x.is_same(y))
    }

    #[test]
    fn case_marks_contractions_and_spelling_are_set_aside() {
        assert!(alike("We’re NOT going, it's late!", "we are not going it is late"));
        assert!(alike("They organised the defence programme and travelled", "they organized the defense program and traveled"));
        assert!(alike("We can't, we won't, we didn’t", "we cannot, we will not, we did not"));
        assert!(alike("Three per cent", "3 percent") && alike("3%", "three percent"));
        assert!(alike("[W]e go", "we go") && alike("Um, we go", "We go"));
        assert!(alike("long-standing cease-fire", "longstanding ceasefire") && alike("healthcare", "health care"));
        assert!(alike("long-term", "long term") && alike("the U.S. and paediatric", "the US and pediatric"));
        assert!(!alike("We filled it", "We filed it") && !alike("a farm", "a village"));
    }

    #[test]
    fn ellipses_and_insertions_are_kept() {
        let kinds = |text: &str| words(text).iter().map(|word| word.kind).collect::<Vec<_>>();
        assert_eq!(kinds("roads … bridges"), [Content, Gap, Content]);
        assert_eq!(kinds("roads ... bridges [...] rivers . . . lakes"), [Content, Gap, Content, Gap, Content, Gap, Content]);
        assert_eq!(kinds("the work [on the bridges] the"), [Common, Content, Insertion, Common]);
        assert_eq!(kinds("they want[ed] peace"), [Common, Insertion, Content]);
    }

    proptest::proptest! {
        #[test]
        fn spans_are_words_of_the_text(text in "\\PC{0,60}") {
            for word in words(&text) {
                proptest::prop_assert!(text.get(word.span.range()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
