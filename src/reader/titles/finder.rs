//! Finds the title phrases of a block, sentence by sentence from left to right.

use super::Status;
use super::before::Before;
use super::phrase::{Place, Scope, Tie, TitleCandidate};
use super::reach::{self, Lead, Reached};
use super::scope::with_scopes;
use crate::gazetteer::nations::nation_at;
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{self, HeadMatch, RoleKind, StatusWord, WordClass};
use crate::gazetteer::{is_known_organisation, name_use, title_keys};
use crate::text::{Row, Shape, Span, TokenKind, folded};

/// No name behind a title has more tokens than this.
const MOST_NAME_TOKENS: usize = 8;

/// The titles of a block, in the order of their ends, each with what it is of as far as the block says.
pub(in crate::reader) fn find<'a>(row: Row<'a, 'a>, sentences: &'a [Span]) -> Vec<TitleCandidate> {
    let keys = title_keys(row.text, row.tokens);
    let mut finder = Finder { row, keys: &keys, sentence: Span::default(), found: Vec::new() };
    for &sentence in sentences {
        finder.sentence = sentence;
        finder.read_sentence();
    }
    with_scopes(row, sentences, finder.found)
}

pub(super) struct Finder<'a> {
    pub(super) row: Row<'a, 'a>,
    pub(super) keys: &'a [u64],
    /// Token indices.
    pub(super) sentence: Span,
    pub(super) found: Vec<TitleCandidate>,
}

impl<'a> Finder<'a> {
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.row.piece(at)
    }

    /// Behind the last word there is none of any class.
    pub(super) fn class(&self, at: usize) -> WordClass {
        if self.row.tokens.get(at).is_some_and(|token| token.is_word()) { roles::word_class(self.keys[at]) } else { WordClass::default() }
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.in_sentence(at) && self.row.is(at, words)
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.in_sentence(at) && self.row.is_mark(at, marks)
    }

    pub(super) fn in_sentence(&self, at: usize) -> bool {
        self.sentence.contains(at as u32)
    }

    /// A capitalised word that may be (part of) a name: an acronym, or no word that just starts a sentence.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        if !self.in_sentence(at) || !self.row.tokens[at].is_capitalised() {
            return false;
        }
        let acronym = self.row.tokens[at].shape == Shape::Upper && self.word(at).len() > 1;
        acronym || !self.class(at).stop
    }

    /// The token after a country's name or adjective that starts at token `at`.
    pub(super) fn nation_end(&self, at: usize) -> Option<usize> {
        nation_at(self.row.text, self.row.tokens, self.keys, at).map(|(_, end)| end)
    }

    /// Whether a country's name or adjective ends with token `last`.
    pub(super) fn ends_nation(&self, last: usize) -> bool {
        let first = self.sentence.start as usize;
        (last.saturating_sub(5).max(first)..=last).any(|at| self.nation_end(at) == Some(last + 1))
    }

    pub(super) fn read_sentence(&mut self) {
        let mut at = self.sentence.start as usize;
        let end = self.sentence.end as usize;
        while at < end {
            if !self.row.tokens[at].is_word() {
                at += 1;
                continue;
            }
            let found = roles::head_at(self.row.text, self.row.tokens, self.keys, at)
                .or_else(|| roles::plural_head_at(self.row.text, self.row.tokens, at));
            if let Some(title) = self.office_told_by_verb(at).or_else(|| self.mandate(at)) {
                at = title.tokens.end as usize;
                self.found.push(title);
                continue;
            }
            let Some(mut head) = found.filter(|head| head.end <= end && !self.leads_to_another(at, head)) else {
                at += 1;
                continue;
            };
            // "Delta Water Board chair": the first word ends the name of a body.
            let ends_body =
                head.end > at + 1 && self.class(at).body && self.row.tokens[at].is_capitalised() && at > self.sentence.start as usize;
            if ends_body
                && self.is_name_word(at - 1)
                && !self.ends_nation(at - 1)
                && self.class(at - 1).status.is_none()
                && let Some(shorter) = roles::head_at(self.row.text, self.row.tokens, self.keys, at + 1)
                // "Larsund Police Chief" is more than a chief.
                && (shorter.head.role == head.head.role || head.head.kind != RoleKind::Police)
            {
                (at, head) = (at + 1, shorter);
            }
            if let Some(title) = self.title(at, head) {
                at = (title.tokens.end as usize).max(head.end);
                debug_assert!(self.found.last().is_none_or(|last| last.tokens.end <= title.tokens.end), "in the order of their ends");
                self.found.push(title);
            } else {
                at = head.end;
            }
        }
    }

    /// Whether a head such as "deputy" or "chief" only modifies another one close behind it: "deputy fisheries minister".
    pub(super) fn leads_to_another(&self, at: usize, head: &HeadMatch) -> bool {
        let class = self.class(at);
        if head.end != at + 1 || !(class.status.is_some() || class.rank) {
            return false;
        }
        let mut next = head.end;
        while next < head.end + 4 && next < self.sentence.end as usize {
            if !self.row.tokens[next].is_word() {
                return false;
            }
            if roles::head_at(self.row.text, self.row.tokens, self.keys, next)
                .is_some_and(|other| !self.class(next).surname || other.end > next + 1)
            {
                return true;
            }
            let class = self.class(next);
            if !(class.topic || class.rank || class.body) {
                return false;
            }
            next += 1;
        }
        false
    }

    pub(super) fn title(&self, at: usize, head: HeadMatch) -> Option<TitleCandidate> {
        let single = head.end == at + 1;
        let capital = self.row.tokens[at].is_capitalised();
        let class = self.class(at);
        if single && capital && self.in_sentence(head.end) && self.row.tokens[head.end].kind == TokenKind::Number {
            // "Larsund Model 3"
            return None;
        }
        if single && capital && (class.topic && self.is_named_for(head.end) || self.opens_the_name_of_a_body(at, head.end)) {
            // "the Justice Department", "the Premier League", "King's College"
            return None;
        }
        if head.plural && single && capital && self.owns_a_body(head.end) {
            // "Harbour Pilots’ Association"
            return None;
        }
        let (elect, after_elect) = self.elect(head.end);
        let next_is_name = self.starts_name(after_elect);
        if single
            && class.surname
            && capital
            && at > self.sentence.start as usize
            && self.is_name_word(at - 1)
            && self.row.tokens[at].spaced
        {
            // "Billie Jean King Cup", "Howard Dean": after a word that is itself no title and no country.
            // Nor a body: "Larsund County Sheriff Ada Quill".
            let status = self.class(at - 1).status.is_some() || self.class(at - 1).rank;
            let of_body = || self.class(at - 1).body && !self.class(at - 1).surname;
            if !(status || next_is_name && (self.ends_nation(at - 1) || of_body())) {
                return None;
            }
        }
        let mut before = self.before(at);
        if head.head.abbreviation && single && !next_is_name && before.scope.is_some_and(|scope| self.is_person(scope)) {
            // "Ada Quill KC"
            return None;
        }
        let verb = head.plural && single && !capital && roles::word_class(singular(self.word(at))).verb;
        if single && class.status == Some(StatusWord::Deputy) && self.is(head.end, &["to"]) {
            // "deputy to the foreign minister" sits in no parliament.
            return None;
        }
        if verb && before.start == at {
            // "who heads the council"
            return None;
        }
        if head.plural && before.scope.is_some_and(|scope| self.is_one_of_several(scope)) {
            before.scope = None;
        }
        let naming = self.naming_before(&before);
        if naming {
            // "named Ada Quill editor": she is not what the paper is of.
            before.scope = None;
            before.start = at;
        }
        let (scope_after, end) = self.after(after_elect, head);
        let mut status = match before.status {
            Some(StatusWord::Former | StatusWord::Past) => Status::Former,
            Some(StatusWord::Acting) => Status::Acting,
            Some(StatusWord::Elect) => Status::Elect,
            Some(StatusWord::Deputy) => Status::Deputy,
            Some(StatusWord::Shadow) => Status::Shadow,
            Some(StatusWord::Disputed) => Status::Disputed,
            None => Status::Current,
        };
        if elect {
            status = Status::Elect;
        }
        let (role, scope) = self.role(head, &before, scope_after, &mut status);
        let nation = before.scope.filter(|own| scope.is_some_and(|scope| scope.tie == Tie::After && own.tie != Tie::Pronoun));
        let place = if naming { Place::Copula(at as u32) } else { self.place(&before, end, head) };
        let scope = scope.or_else(|| self.scope_behind_name(place, head));
        let tokens = Span::of(before.start..end);
        let span = self.row.span(before.start, end);
        let words = Span::of(before.words..after_elect);
        Some(TitleCandidate {
            span,
            tokens,
            words,
            role,
            kind: head.head.kind,
            scope,
            nation,
            of: None,
            status,
            plural: head.plural,
            place,
        })
    }

    /// "Who chairs the Delta Water Board": the verb says what somebody is.
    fn office_told_by_verb(&self, at: usize) -> Option<TitleCandidate> {
        let head = self.class(at).office?;
        let now = at > 0 && self.is(at - 1, &["now", "currently", "also"]);
        let who = at.checked_sub(if now { 2 } else { 1 })?;
        let has_object = self.is(at + 1, &["the", "its", "a", "an"]) || self.is_name_word(at + 1);
        if !(self.is(who, &["who"]) && has_object) {
            return None;
        }
        let start = at + 1 + usize::from(!self.is_name_word(at + 1));
        let Reached::End(end) = reach::from(self, start, Lead { of: true, plural: false }) else { return None };
        let scope = (end > start).then_some(Scope { tokens: Span::of(start..end), tie: Tie::After, chain: None })?;
        Some(TitleCandidate {
            span: self.row.span(at, end),
            tokens: Span::of(at..end),
            words: Span::of(at..at + 1),
            role: head.role.into(),
            kind: head.kind,
            scope: Some(scope),
            nation: None,
            of: None,
            status: Status::Current,
            plural: false,
            place: Place::Copula(at as u32),
        })
    }

    /// Whether a verb of naming and whom it names stand before a head: "named Ada Quill editor".
    fn naming_before(&self, before: &Before) -> bool {
        let Some(scope) = before.scope.filter(|scope| scope.tie == Tie::Before && before.status.is_none()) else { return false };
        let start = scope.tokens.start as usize;
        start > self.sentence.start as usize && before.start == start && self.class(start - 1).naming && self.is_person(scope)
    }

    /// What an office is of where that stands behind its holder's name: "Sheriff Ada Quill of Larsund County".
    fn scope_behind_name(&self, place: Place, head: HeadMatch) -> Option<Scope> {
        let Place::Before(name) = place else { return None };
        let is_office = matches!(head.head.kind, RoleKind::Government | RoleKind::Legislative | RoleKind::Police | RoleKind::Church);
        if head.plural || !(is_office || roles::post(head.head.role).is_some()) {
            return None;
        }
        let name = name as usize;
        let of_name = |&at: &usize| {
            let inner = |at: usize| self.row.is_joined(at) && self.is_mark(at, &['-', '‑', '.', '’', '\'']);
            self.is_name_word(at) || self.in_sentence(at) && (inner(at) || self.class(at).particle)
        };
        let end = (name..name + MOST_NAME_TOKENS).take_while(of_name).last()? + 1;
        let from = head.head.kind == RoleKind::Legislative && self.is(end, &["from"]);
        if !(self.is(end, &["of"]) || from) {
            return None;
        }
        let start = end + 1 + usize::from(self.is(end + 1, &["the"]));
        let Reached::End(last) = reach::from(self, start, Lead { of: true, plural: false }) else { return None };
        (last > start).then_some(Scope { tokens: Span::of(start..last), tie: Tie::BehindName, chain: None })
    }

    /// Whether a capitalised word at `at` says what kind of body is named, and is nobody's surname.
    fn is_named_for(&self, at: usize) -> bool {
        self.is_name_word(at) && self.class(at).body && !self.class(at).surname
    }

    /// Whether the head at `at` begins the name of a body: one that is known, or whose next word says what kind of body it is.
    fn opens_the_name_of_a_body(&self, at: usize, end: usize) -> bool {
        let owns = self.in_sentence(end) && self.row.tokens[end].kind == TokenKind::Possessive;
        let next = end + usize::from(owns);
        if !self.is_name_word(next) {
            return false;
        }
        let known = |last: usize| self.in_sentence(last) && is_known_organisation(self.row.span(at, last + 1).text(self.row.text));
        let is_surname = || name_use(&folded(self.word(next))).family && !name_use(&folded(self.word(next))).ordinary;
        (next..next + 3).any(known) || self.is_named_for(next) && (owns || !is_surname() && !self.is_name_word(next + 1))
    }

    /// Whether a plural's apostrophe stands at `at`, and capitalised words behind it of which one says what kind of body they name.
    fn owns_a_body(&self, at: usize) -> bool {
        let capital = |at: usize| self.in_sentence(at) && self.row.tokens[at].is_capitalised();
        let owns = self.in_sentence(at) && self.row.tokens[at].kind == TokenKind::Possessive && !self.word(at).ends_with(['s', 'S']);
        owns && (at + 1..at + 5).take_while(|&next| capital(next)).any(|next| self.class(next).body)
    }
}

/// The key of a plural in "s" without it.
fn singular(word: &str) -> u64 {
    word_key(word.strip_suffix("es").filter(|stem| stem.ends_with("ch")).or_else(|| word.strip_suffix('s')).unwrap_or(word))
}
