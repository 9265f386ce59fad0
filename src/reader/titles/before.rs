//! The words before a head: states and ranks, the country or organisation, a possessor.

use super::finder::Finder;
use super::phrase::{Scope, Tie};
use crate::gazetteer::roles::StatusWord;
use crate::text::{Shape, Span, TokenKind};

/// What stands before a head.
pub(super) struct Before {
    /// The first token of the whole phrase, with its article.
    pub(super) start: usize,
    /// The first token of the modifiers that are no scope.
    pub(super) words: usize,
    pub(super) status: Option<StatusWord>,
    pub(super) scope: Option<Scope>,
    /// Words of a field of work right before the head.
    pub(super) field: Option<Span>,
    /// Preceded by "a" or "an".
    pub(super) indefinite: bool,
}

impl Finder<'_> {
    /// Reads leftwards from a head.
    pub(super) fn before(&self, head: usize) -> Before {
        let first = self.sentence.start as usize;
        let mut before = Before { start: head, words: head, status: None, scope: None, field: None, indefinite: false };
        let mut at = head;
        while at > first {
            let prev = at - 1;
            let token = self.row.tokens[prev];
            if token.kind == TokenKind::Possessive {
                if before.scope.is_none() {
                    self.possessor(prev, &mut before);
                }
                break;
            }
            if token.is_mark(self.row.text, &['-', '‑']) && !token.spaced && !self.row.tokens[at].spaced && prev > first {
                let class = self.class(prev - 1);
                if let Some(status) = class.status {
                    before.status.get_or_insert(status);
                } else if !class.rank {
                    break;
                }
                at = prev - 1;
                before.start = at;
                before.words = before.words.min(at);
                continue;
            }
            if token.kind == TokenKind::Number && self.word(prev).ends_with(['h', 'd', 't']) && self.word(prev).len() < 5 {
                at = prev;
                before.start = at;
                continue;
            }
            if self.ends_acronym(prev) && before.scope.is_none() {
                let start = self.capital_run(prev, first);
                before.scope = Some(Scope { tokens: Span::of(start..at), tie: Tie::Before, chain: None });
                at = start;
                before.start = at;
                continue;
            }
            if !token.is_word() || self.taken(prev) {
                break;
            }
            let class = self.class(prev);
            let capital = self.is_name_word(prev);
            // "newly confirmed": what follows such an adverb belongs to it.
            let adverb = prev > first && self.class(prev - 1).status.is_some() && self.word(prev - 1).ends_with("ly");
            if adverb && !capital {
                at = prev;
                before.start = at;
                before.words = before.words.min(at);
                continue;
            }
            if let Some(status) = class.joined_status.filter(|_| prev >= first + 2 && self.is_inner_hyphen(prev - 1)) {
                before.status.get_or_insert(status);
                at = prev - 2;
                before.start = at;
                before.words = before.words.min(at);
                continue;
            }
            if let Some(status) = class.status.filter(|_| !(capital && class.surname)) {
                // "former deputy minister" is a deputy no more.
                let outranks = matches!(status, StatusWord::Former | StatusWord::Past);
                if outranks || before.status.is_none() {
                    before.status = Some(status);
                }
                at = prev;
                before.start = at;
                if before.scope.is_none() {
                    before.words = at;
                }
                continue;
            }
            if class.rank && !(capital && class.topic && before.scope.is_some()) {
                at = prev;
                before.start = at;
                if before.scope.is_none() {
                    before.words = at;
                }
                continue;
            }
            if (class.topic || class.body) && !capital && before.scope.is_none() {
                let end = before.field.map_or(at, |field| field.end as usize);
                before.field = Some(Span::of(prev..end));
                at = prev;
                before.start = at;
                before.words = at;
                continue;
            }
            if self.is(prev, &["and"]) && before.field.is_some() && prev > first && self.class(prev - 1).topic {
                at = prev;
                continue;
            }
            if capital && before.scope.is_none() {
                let start = self.capital_run(prev, first);
                before.scope = Some(Scope { tokens: Span::of(start..at), tie: Tie::Before, chain: None });
                at = start;
                before.start = at;
                continue;
            }
            if self.is(prev, &["the"]) {
                before.start = prev;
            } else if self.is(prev, &["a", "an"]) {
                before.indefinite = true;
            } else if self.is(prev, &["his", "her", "their", "its", "our", "my", "your"]) && before.scope.is_none() {
                before.scope = Some(Scope { tokens: Span::of(prev..prev), tie: Tie::Pronoun, chain: None });
            }
            break;
        }
        before
    }

    /// A hyphen inside a word: "self-proclaimed".
    fn is_inner_hyphen(&self, at: usize) -> bool {
        self.is_mark(at, &['-', '‑']) && !self.row.tokens[at].spaced && self.row.tokens.get(at + 1).is_some_and(|next| !next.spaced)
    }

    /// Whether a token belongs to a title that was found already.
    pub(super) fn taken(&self, at: usize) -> bool {
        self.found.last().is_some_and(|title| title.tokens.contains(at as u32))
    }

    /// The last full stop of "U.S.".
    pub(super) fn ends_acronym(&self, at: usize) -> bool {
        at > 0
            && self.is_mark(at, &['.'])
            && !self.row.tokens[at].spaced
            && self.row.tokens[at - 1].shape == Shape::Upper
            && self.word(at - 1).len() == 1
            && at >= 3
            && self.is_mark(at - 2, &['.'])
    }

    /// The full stop of a middle initial: "Ada R. Quill".
    fn ends_initial(&self, at: usize, first: usize) -> bool {
        at >= first + 2
            && self.is_mark(at, &['.'])
            && !self.row.tokens[at].spaced
            && self.row.tokens[at - 1].shape == Shape::Upper
            && self.word(at - 1).len() == 1
            && self.is_name_word(at - 2)
    }

    /// The start of the run of capitalised words that ends with token `last`.
    pub(super) fn capital_run(&self, last: usize, first: usize) -> usize {
        let mut start = last;
        if self.ends_acronym(last) {
            start = last - 1;
            while start >= first + 2 && self.is_mark(start - 1, &['.']) && !self.row.tokens[start].spaced && self.word(start - 2).len() == 1
            {
                start -= 2;
            }
        }
        while start > first {
            let prev = start - 1;
            if self.taken(prev) {
                break;
            }
            let joined = !self.row.tokens[start].spaced;
            let class = self.class(prev);
            if self.is_name_word(prev) && class.status.is_none() {
                start = prev;
            } else if self.ends_acronym(prev) && prev >= first + 3 {
                start = prev - 3;
            } else if self.ends_initial(prev, first) || prev > first && self.joins_capitals(prev, joined) {
                start = prev - 1;
            } else {
                break;
            }
        }
        start
    }

    /// Whether the token between two capitalised words makes one name of them: "Anglo-Swiss", "Bank of England".
    pub(super) fn joins_capitals(&self, at: usize, joined: bool) -> bool {
        let hyphen = joined && self.is_mark(at, &['-', '&', '‑']) && self.row.tokens[at - 1].is_word();
        let word = self.is(at, &["of", "for"]) || self.is_mark(at, &['&']) || self.is_field_with_another(at);
        hyphen || word && self.is_name_word(at - 1) && !self.taken(at - 1)
    }

    /// Whether "and" at this token joins a field of work to another one: "Health and Human Services".
    fn is_field_with_another(&self, at: usize) -> bool {
        self.is(at, &["and"]) && self.class(at - 1).topic && self.is_name_word(at + 1) && !self.ends_nation(at + 1)
    }

    /// Whether the words of a scope before its head are a person's name: "Ada Quill" of "Ada Quill MP".
    pub(super) fn is_person(&self, scope: Scope) -> bool {
        let (first, last) = (scope.tokens.start as usize, scope.tokens.end as usize - 1);
        scope.tie == Tie::Before && last > first && self.is_given_name(first) && !self.class(last).body
    }

    /// Whether a country stands in a row before its head, so that of several people each is of another one: "Swedish" of "Danish
    /// and Swedish ministers".
    pub(super) fn is_one_of_several(&self, scope: Scope) -> bool {
        let start = scope.tokens.start as usize;
        let first = self.sentence.start as usize;
        let and = start > first + 1 && self.is(start - 1, &["and"]);
        let other =
            if and && self.row.tokens[start - 2].kind == TokenKind::Possessive { start.checked_sub(3) } else { start.checked_sub(2) };
        and && other.is_some_and(|other| other >= first && self.ends_nation(other))
    }

    /// Reads the possessor whose `'s` is token `mark`.
    pub(super) fn possessor(&self, mark: usize, before: &mut Before) {
        let first = self.sentence.start as usize;
        if mark == first {
            return;
        }
        let last = mark - 1;
        let previous = self.found.len().checked_sub(1).map(|index| (index as u32, self.found[index].tokens));
        if let Some((index, tokens)) = previous.filter(|(_, tokens)| tokens.end as usize == mark) {
            before.scope = Some(Scope { tokens, tie: Tie::Possessive, chain: Some(index) });
            before.start = tokens.start as usize;
            return;
        }
        if self.is_name_word(last) || self.ends_acronym(last) {
            let mut start = self.capital_run(last, first);
            while start > first && self.class(start - 1).particle && !self.taken(start - 1) {
                start -= 1;
                if start > first && self.is_name_word(start - 1) && !self.taken(start - 1) {
                    start = self.capital_run(start - 1, first);
                }
            }
            let chain = previous.filter(|(_, tokens)| tokens.end as usize == start).map(|(index, _)| index);
            before.scope = Some(Scope { tokens: Span::of(start..mark), tie: Tie::Possessive, chain });
            // With a title of their own, the possessor and it are another phrase.
            if chain.is_none() {
                before.start = if start > first && self.is(start - 1, &["the"]) { start - 1 } else { start };
            }
        } else if self.row.tokens[last].is_word() {
            // "the company's chairman", "the ruling party's leader"
            let mut start = last;
            while start > first
                && last - start < 3
                && self.row.tokens[start - 1].is_word()
                && !self.is(start - 1, &["the", "his", "her", "its"])
            {
                start -= 1;
            }
            if start > first && self.is(start - 1, &["the"]) {
                before.scope = Some(Scope { tokens: Span::of(start..mark), tie: Tie::Possessive, chain: None });
                before.start = start - 1;
            }
        }
    }
}
