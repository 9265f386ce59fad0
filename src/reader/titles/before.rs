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

impl Before {
    /// A word that belongs to the head, whatever stands between.
    fn take_word(&mut self, at: usize) {
        self.start = at;
        self.words = self.words.min(at);
    }

    /// A word that belongs to the head, unless what the title is of stands between.
    fn take_modifier(&mut self, at: usize) {
        self.start = at;
        if self.scope.is_none() {
            self.words = at;
        }
    }
}

impl Finder<'_> {
    /// Reads leftwards from a head.
    pub(super) fn before(&self, head: usize) -> Before {
        let mut before = Before { start: head, words: head, status: None, scope: None, field: None, indefinite: false };
        let mut at = head;
        while at > self.sentence.start as usize {
            let Some(next) = self.step_back(at, &mut before) else { break };
            at = next;
        }
        before
    }

    /// Takes what stands before token `at`, and says with which token that begins; none where the title begins at `at`.
    fn step_back(&self, at: usize, before: &mut Before) -> Option<usize> {
        let first = self.sentence.start as usize;
        let prev = at - 1;
        let token = self.row.tokens[prev];
        if token.kind == TokenKind::Possessive {
            if before.scope.is_none() {
                self.possessor(prev, before);
            }
            return None;
        }
        if prev > first && self.is_inner_hyphen(prev) {
            return self.prefix(prev - 1, before);
        }
        if self.is_ordinal(prev) {
            before.start = prev;
            return Some(prev);
        }
        if before.scope.is_none() && self.ends_acronym(prev) {
            return Some(self.scope_that_ends_at(prev, before));
        }
        if !token.is_word() || self.taken(prev) {
            return None;
        }
        if let Some(next) = self.modifier(prev, before).or_else(|| self.field(prev, before)) {
            return Some(next);
        }
        if before.scope.is_none() && self.is_name_word(prev) {
            return Some(self.scope_that_ends_at(prev, before));
        }
        self.determiner(prev, before);
        None
    }

    /// "Vice-" or "ex-", by its word at token `at`.
    fn prefix(&self, at: usize, before: &mut Before) -> Option<usize> {
        let class = self.class(at);
        if let Some(status) = class.status {
            before.status.get_or_insert(status);
        } else if !class.rank {
            return None;
        }
        before.take_word(at);
        Some(at)
    }

    /// "43rd".
    fn is_ordinal(&self, at: usize) -> bool {
        let word = self.word(at);
        self.row.is_number(at) && word.ends_with(['h', 'd', 't']) && word.len() < 5
    }

    /// Takes the capitalised words up to this one for what the title is of.
    fn scope_that_ends_at(&self, last: usize, before: &mut Before) -> usize {
        let start = self.capital_run(last, self.sentence.start as usize);
        before.scope = Some(Scope { tokens: Span::of(start..last + 1), tie: Tie::Before, chain: None });
        before.start = start;
        start
    }

    /// A state or a rank at token `at`: "former", "newly confirmed", "self-proclaimed", "senior".
    fn modifier(&self, at: usize, before: &mut Before) -> Option<usize> {
        let first = self.sentence.start as usize;
        let class = self.class(at);
        let capital = self.is_name_word(at);
        // "newly confirmed": what follows such an adverb belongs to it.
        let adverb = at > first && self.class(at - 1).status.is_some() && self.word(at - 1).ends_with("ly");
        if adverb && !capital {
            before.take_word(at);
            return Some(at);
        }
        if let Some(status) = class.joined_status.filter(|_| at >= first + 2 && self.is_inner_hyphen(at - 1)) {
            before.status.get_or_insert(status);
            before.take_word(at - 2);
            return Some(at - 2);
        }
        if let Some(status) = class.status.filter(|_| !(capital && class.surname)) {
            // "former deputy minister" is a deputy no more.
            let outranks = matches!(status, StatusWord::Former | StatusWord::Past);
            if outranks || before.status.is_none() {
                before.status = Some(status);
            }
            before.take_modifier(at);
            return Some(at);
        }
        (class.rank && !(capital && class.topic && before.scope.is_some())).then(|| {
            before.take_modifier(at);
            at
        })
    }

    /// A word in small letters for a field of work or a body, or the "and" between two of them.
    fn field(&self, at: usize, before: &mut Before) -> Option<usize> {
        let class = self.class(at);
        if (class.topic || class.body || class.post) && before.scope.is_none() && !self.is_name_word(at) {
            let end = before.field.map_or(at + 1, |field| field.end as usize);
            before.field = Some(Span::of(at..end));
            before.start = at;
            before.words = at;
            return Some(at);
        }
        let joins = self.is(at, &["and"]) && before.field.is_some() && at > self.sentence.start as usize && self.class(at - 1).topic;
        joins.then_some(at)
    }

    /// "The", "a", "his" at token `at`, where the phrase begins.
    fn determiner(&self, at: usize, before: &mut Before) {
        if self.is(at, &["the"]) {
            before.start = at;
        } else if self.is(at, &["a", "an"]) {
            before.indefinite = true;
        } else if before.scope.is_none() && self.is(at, &["his", "her", "their", "its", "our", "my", "your"]) {
            before.scope = Some(Scope { tokens: Span::of(at..at), tie: Tie::Pronoun, chain: None });
        }
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
