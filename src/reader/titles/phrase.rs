//! Title phrases of one block: a head from the lexicon, the words before it ("former US", "Ukraine's") and after it ("of
//! the Delta Water Board"), and where the name it belongs to should stand.

use std::borrow::Cow;

use super::Status;
use crate::gazetteer::nations::nation_at;
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{self, HeadMatch, RoleKind, StatusWord, WordClass};
use crate::markup::Block;
use crate::reader::BlockReading;
use crate::text::{Shape, Span, Token, TokenKind};

/// A title phrase in one block, not yet tied to a person.
///
/// What `names::find` may take from it: no name covers a token of `words`, and none crosses an end of `tokens`; within
/// `scope` (a country, an organisation, another person) names stand as anywhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleCandidate {
    /// Bytes of the block's text: the whole phrase, with the "the" before it.
    pub span: Span,
    /// The same as a half-open range of token indices.
    pub tokens: Span,
    /// The tokens that say what somebody is, with ranks and states: "former special envoy", "Prime Minister".
    pub words: Span,
    /// The normalised role: "foreign minister".
    pub role: Cow<'static, str>,
    pub kind: RoleKind,
    pub scope: Option<Scope>,
    /// The country before a title that has its organisation behind it: "Swiss head of the Delta Water Board".
    pub nation: Option<Scope>,
    pub status: Status,
    pub plural: bool,
    pub place: Place,
    /// A year in the same sentence close by, which says when it was so.
    pub year: Option<i16>,
}

/// What a title is about: the country, organisation or person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Half-open range of token indices, without a possessive's `'s`; empty for a pronoun.
    pub tokens: Span,
    pub tie: Tie,
    /// The title that stands before the person of a possessive ("Russian President Vladimir Putin's adviser") or is the
    /// possessor itself ("the president's spokesman"): its index among the block's candidates.
    pub chain: Option<u32>,
}

/// How a scope is tied to its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// "French president", "White House spokesman".
    Before,
    /// "Ukraine's president".
    Possessive,
    /// "his spokesman", "its chairman".
    Pronoun,
    /// "president of France", "envoy to Kyiv".
    After,
}

/// Where the name of a title's holder should stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Right after the title: the name starts at this token.
    Before(u32),
    /// After the title and a comma: the name starts at this token.
    BeforeComma(u32),
    /// In apposition: the name (or something between it and the title) ends before this token.
    After(u32),
    /// "is the", "became": the verb stands at this token.
    Copula(u32),
    /// "as foreign minister": "as" stands at this token.
    As(u32),
    /// Beside no name.
    Alone,
}

/// How many tokens away a year may stand to date a title.
const YEAR_REACH: usize = 10;

pub(in crate::reader) fn find(block: &Block, reading: &BlockReading) -> Vec<TitleCandidate> {
    let text = &*block.text;
    let tokens = &reading.tokens[..];
    let keys: Vec<u64> =
        tokens.iter().map(|token| if token.kind == TokenKind::Possessive { 0 } else { word_key(token.text(text)) }).collect();
    let mut finder = Finder { text, tokens, keys: &keys, sentence: Span::default(), found: Vec::new() };
    for &sentence in &reading.sentences {
        finder.sentence = sentence;
        finder.read_sentence();
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    keys: &'a [u64],
    /// Token indices.
    sentence: Span,
    found: Vec<TitleCandidate>,
}

/// What stands before a head.
struct Before {
    /// The first token of the whole phrase, with its article.
    start: usize,
    /// The first token of the modifiers that are no scope.
    words: usize,
    status: Option<StatusWord>,
    scope: Option<Scope>,
    /// Words of a field of work right before the head.
    field: Option<Span>,
    /// Preceded by "a" or "an".
    indefinite: bool,
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].text(self.text)
    }

    fn class(&self, at: usize) -> WordClass {
        if self.tokens[at].is_word() { roles::word_class(self.keys[at]) } else { WordClass::default() }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.in_sentence(at) && words.iter().any(|word| self.word(at).eq_ignore_ascii_case(word))
    }

    fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.in_sentence(at) && self.tokens[at].is_mark(self.text, marks)
    }

    fn in_sentence(&self, at: usize) -> bool {
        self.sentence.contains(at as u32)
    }

    /// A capitalised word that may be (part of) a name: an acronym, or no word that just starts a sentence.
    fn is_name_word(&self, at: usize) -> bool {
        if !self.in_sentence(at) || !self.tokens[at].is_capitalised() {
            return false;
        }
        let acronym = self.tokens[at].shape == Shape::Upper && self.word(at).len() > 1;
        acronym || !self.class(at).stop
    }

    /// The token after a country's name or adjective that starts at token `at`.
    fn nation_end(&self, at: usize) -> Option<usize> {
        nation_at(self.text, self.tokens, self.keys, at).map(|(_, end)| end)
    }

    /// Whether a country's name or adjective ends with token `last`.
    fn ends_nation(&self, last: usize) -> bool {
        let first = self.sentence.start as usize;
        (last.saturating_sub(5).max(first)..=last).any(|at| self.nation_end(at) == Some(last + 1))
    }

    fn read_sentence(&mut self) {
        let mut at = self.sentence.start as usize;
        let end = self.sentence.end as usize;
        while at < end {
            if !self.tokens[at].is_word() {
                at += 1;
                continue;
            }
            let found = roles::head_at(self.text, self.tokens, self.keys, at).or_else(|| roles::plural_head_at(self.text, self.tokens, at));
            let Some(mut head) = found.filter(|head| head.end <= end && !self.leads_to_another(at, head)) else {
                at += 1;
                continue;
            };
            // "Delta Water Board chair": the first word ends the name of a body.
            let ends_body =
                head.end > at + 1 && self.class(at).body && self.tokens[at].is_capitalised() && at > self.sentence.start as usize;
            if ends_body
                && self.is_name_word(at - 1)
                && !self.ends_nation(at - 1)
                && self.class(at - 1).status.is_none()
                && let Some(shorter) = roles::head_at(self.text, self.tokens, self.keys, at + 1)
            {
                (at, head) = (at + 1, shorter);
            }
            if let Some(title) = self.title(at, head) {
                at = (title.tokens.end as usize).max(head.end);
                self.found.push(title);
            } else {
                at = head.end;
            }
        }
    }

    /// Whether a head such as "deputy" or "chief" only modifies another one close behind it: "deputy fisheries minister".
    fn leads_to_another(&self, at: usize, head: &HeadMatch) -> bool {
        let class = self.class(at);
        if head.end != at + 1 || !(class.status.is_some() || class.rank) {
            return false;
        }
        let mut next = head.end;
        while next < head.end + 4 && next < self.sentence.end as usize {
            if !self.tokens[next].is_word() {
                return false;
            }
            if roles::head_at(self.text, self.tokens, self.keys, next)
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

    fn title(&self, at: usize, head: HeadMatch) -> Option<TitleCandidate> {
        let single = head.end == at + 1;
        let capital = self.tokens[at].is_capitalised();
        let class = self.class(at);
        let next_is_name = self.starts_name(head.end);
        if single && class.surname && capital && at > self.sentence.start as usize && self.is_name_word(at - 1) && self.tokens[at].spaced {
            // "Billie Jean King Cup", "Howard Dean": after a word that is itself no title and no country.
            let status = self.class(at - 1).status.is_some() || self.class(at - 1).rank;
            if !(status || next_is_name && self.ends_nation(at - 1)) {
                return None;
            }
        }
        let before = self.before(at);
        let verb = head.plural && single && !capital && roles::word_class(singular(self.word(at))).verb;
        if verb && before.start == at {
            // "who heads the council"
            return None;
        }
        let (elect, after_elect) = self.elect(head.end);
        let (scope_after, end) = self.after(after_elect, head);
        let mut status = match before.status {
            Some(StatusWord::Former | StatusWord::Past) => Status::Former,
            Some(StatusWord::Acting) => Status::Acting,
            Some(StatusWord::Elect) => Status::Elect,
            Some(StatusWord::Deputy) => Status::Deputy,
            None => Status::Current,
        };
        if elect {
            status = Status::Elect;
        }
        let (role, scope) = self.role(head, &before, scope_after, &mut status);
        let nation = before.scope.filter(|own| scope.is_some_and(|scope| scope.tie == Tie::After && own.tie != Tie::Pronoun));
        let place = self.place(&before, end, head);
        let tokens = Span::of(before.start..end);
        let span = Span::new(self.tokens[before.start].span.start, self.tokens[end - 1].span.end);
        let words = Span::of(before.words..after_elect);
        let year = self.year(before.start, end);
        Some(TitleCandidate { span, tokens, words, role, kind: head.head.kind, scope, nation, status, plural: head.plural, place, year })
    }

    /// Reads leftwards from a head.
    fn before(&self, head: usize) -> Before {
        let first = self.sentence.start as usize;
        let mut before = Before { start: head, words: head, status: None, scope: None, field: None, indefinite: false };
        let mut at = head;
        while at > first {
            let prev = at - 1;
            let token = self.tokens[prev];
            if token.kind == TokenKind::Possessive {
                if before.scope.is_none() {
                    self.possessor(prev, &mut before);
                }
                break;
            }
            if token.is_mark(self.text, &['-', '‑']) && !token.spaced && !self.tokens[at].spaced && prev > first {
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

    /// Whether a token belongs to a title that was found already.
    fn taken(&self, at: usize) -> bool {
        self.found.last().is_some_and(|title| title.tokens.contains(at as u32))
    }

    /// The last full stop of "U.S.".
    fn ends_acronym(&self, at: usize) -> bool {
        at > 0
            && self.is_mark(at, &['.'])
            && !self.tokens[at].spaced
            && self.tokens[at - 1].shape == Shape::Upper
            && self.word(at - 1).len() == 1
            && at >= 3
            && self.is_mark(at - 2, &['.'])
    }

    /// The start of the run of capitalised words that ends with token `last`.
    fn capital_run(&self, last: usize, first: usize) -> usize {
        let mut start = last;
        if self.ends_acronym(last) {
            start = last - 1;
            while start >= first + 2 && self.is_mark(start - 1, &['.']) && !self.tokens[start].spaced && self.word(start - 2).len() == 1 {
                start -= 2;
            }
        }
        while start > first {
            let prev = start - 1;
            if self.taken(prev) {
                break;
            }
            let joined = !self.tokens[start].spaced;
            let class = self.class(prev);
            if self.is_name_word(prev) && class.status.is_none() {
                start = prev;
            } else if self.ends_acronym(prev) && prev >= first + 3 {
                start = prev - 3;
            } else if prev > first && self.joins_capitals(prev, joined) {
                start = prev - 1;
            } else {
                break;
            }
        }
        start
    }

    /// Whether the token between two capitalised words makes one name of them: "Anglo-Swiss", "Bank of England".
    fn joins_capitals(&self, at: usize, joined: bool) -> bool {
        let hyphen = joined && self.is_mark(at, &['-', '&', '‑']) && self.tokens[at - 1].is_word();
        let word = self.is(at, &["of", "for"]) || self.is_mark(at, &['&']);
        hyphen || word && self.is_name_word(at - 1) && !self.taken(at - 1)
    }

    /// Reads the possessor whose `'s` is token `mark`.
    fn possessor(&self, mark: usize, before: &mut Before) {
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
        } else if self.tokens[last].is_word() {
            // "the company's chairman", "the ruling party's leader"
            let mut start = last;
            while start > first
                && last - start < 3
                && self.tokens[start - 1].is_word()
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

    /// "-elect", "designate" and "emeritus" behind a head, and the token after them.
    fn elect(&self, end: usize) -> (bool, usize) {
        let hyphen = self.is_mark(end, &['-', '‑']) && !self.tokens[end].spaced;
        let at = if hyphen { end + 1 } else { end };
        if self.is(at, &["elect", "designate"]) { (true, at + 1) } else { (false, end) }
    }

    /// What the head is of, behind it: the scope and the token after it.
    fn after(&self, end: usize, head: HeadMatch) -> (Option<Scope>, usize) {
        let preposition = self.is(end, &["of"])
            || self.is(end, &["for", "to", "at", "on"]) && !matches!(head.head.kind, RoleKind::Honorific | RoleKind::Kinship)
            || self.is(end, &["in"]) && matches!(head.head.kind, RoleKind::Diplomatic);
        if !preposition || head.head.abbreviation && head.head.kind == RoleKind::Military {
            return (None, end);
        }
        let of = self.is(end, &["of"]);
        let mut at = end + 1;
        if self.is(at, &["the", "a", "an", "his", "her", "its", "their"]) {
            at += 1;
        }
        let start = at;
        let limit = (start + 12).min(self.sentence.end as usize);
        let mut lower_run = 0;
        let mut complete = at;
        let mut capital_seen = false;
        while at < limit {
            let token = self.tokens[at];
            if token.kind == TokenKind::Possessive {
                at += 1;
                lower_run = 0;
                continue;
            }
            if token.kind == TokenKind::Mark {
                let inner = self.is_mark(at, &['-', '‑', '&', '.']) && !token.spaced && at + 1 < limit && !self.tokens[at + 1].spaced;
                let dotted = self.ends_acronym(at) && at > start;
                if !inner && !dotted {
                    break;
                }
                at += 1;
                if dotted {
                    complete = at;
                }
                continue;
            }
            if self.is_name_word(at) {
                if complete > start && at > start && self.ends_scope(at - 1, at) {
                    break;
                }
                at += 1;
                complete = at;
                capital_seen = true;
                lower_run = 0;
                continue;
            }
            let class = self.class(at);
            if !(capital_seen || of || class.topic || class.body) {
                break;
            }
            if self.is(at, &["of", "for", "and", "the"]) && at > start {
                // Only between the parts of a name: "Ministry of Defence", "Justice and Development Party".
                let next = if self.is(at + 1, &["the"]) { at + 2 } else { at + 1 };
                let goes_on = if self.is(at, &["and"]) { self.joins(at) } else { self.is_name_word(next) && capital_seen };
                if goes_on && next < limit {
                    at = next;
                    continue;
                }
                break;
            }
            if token.is_word() && (class.topic || class.body) && lower_run < 6 {
                at += 1;
                complete = at;
                lower_run += 1;
                continue;
            }
            // "head of Ukraine's anti-corruption bureau": an unknown word counts when a body follows it.
            let body_close = (at + 1..(at + 3).min(limit))
                .any(|next| self.tokens[next].is_word() && !self.tokens[next].is_capitalised() && self.class(next).body);
            if token.is_word() && !class.stop && body_close {
                at += 1;
                lower_run += 1;
                continue;
            }
            break;
        }
        if complete == start {
            return (None, end);
        }
        // An envoy for the Sahel, or to Kyiv, is nobody's there; and an adviser on Asia advises somebody else.
        let owner = of || !(self.is(end, &["on", "in"]) || head.head.kind == RoleKind::Diplomatic);
        (owner.then_some(Scope { tokens: Span::of(start..complete), tie: Tie::After, chain: None }), complete)
    }

    /// Whether "and" at this token joins two words of one name.
    fn joins(&self, at: usize) -> bool {
        let (left, right) = (self.class(at - 1), self.class(at + 1));
        let same_case = at + 1 < self.sentence.end as usize && self.tokens[at - 1].is_capitalised() == self.tokens[at + 1].is_capitalised();
        same_case && (left.topic || left.body) && (right.topic || right.body)
    }

    /// Whether a country or another whole scope ends with token `last`, so that the capitalised word behind it starts a name.
    fn ends_scope(&self, last: usize, next: usize) -> bool {
        let class = self.class(next);
        let goes_on = class.body || class.topic || self.class(last).topic && !self.class(last).body;
        !goes_on && (self.class(last).body || self.ends_nation(last))
    }

    /// Puts role, field and scope together: "Danish Fisheries Minister" is a fisheries minister of Denmark.
    fn role(&self, head: HeadMatch, before: &Before, after: Option<Scope>, status: &mut Status) -> (Cow<'static, str>, Option<Scope>) {
        let role = head.head.role;
        if role.starts_with("deputy ") && *status == Status::Current {
            *status = Status::Deputy;
        }
        let mut scope = after.or(before.scope);
        if !takes_field(role) {
            return (Cow::Borrowed(role), scope);
        }
        if let Some(tokens) = before.field {
            return (Cow::Owned(self.with_field(tokens, role)), scope);
        }
        // A field written with capitals stands between the country and the head, or after "of" and "for".
        if let Some(run) = before.scope.filter(|scope| scope.tie == Tie::Before) {
            let (start, end) = (run.tokens.start as usize, run.tokens.end as usize);
            let cut = (start..end).find(|&at| self.tokens[at].is_word() && self.class(at).topic && self.nation_end(at).is_none());
            if let Some(cut) = cut {
                if after.is_none() {
                    scope = (cut > start).then(|| Scope { tokens: Span::of(start..cut), ..run });
                }
                return (Cow::Owned(self.with_field(Span::of(cut..end), role)), scope);
            }
        }
        if let Some(of) =
            after.filter(|of| self.class(of.tokens.start as usize).topic && self.nation_end(of.tokens.start as usize).is_none())
        {
            return (Cow::Owned(self.with_field(of.tokens, role)), before.scope);
        }
        (Cow::Borrowed(role), scope)
    }

    fn with_field(&self, field: Span, role: &str) -> String {
        let mut name = String::new();
        for at in field.range() {
            crate::text::fold_into(self.word(at), &mut name);
            name.push(' ');
        }
        name.push_str(role);
        name
    }

    /// Whether a person's name may start at token `at`.
    fn starts_name(&self, at: usize) -> bool {
        if self.is_name_word(at) {
            let class = self.class(at);
            return !(class.body || class.topic && self.class(at).rank);
        }
        self.in_sentence(at)
            && self.class(at).particle
            && (at + 1..at + 3).any(|next| self.is_name_word(next))
            && !self.tokens[at].is_mark(self.text, &[','])
    }

    fn place(&self, before: &Before, end: usize, head: HeadMatch) -> Place {
        let first = self.sentence.start as usize;
        if self.starts_name(end) && !before.indefinite {
            return Place::Before(end as u32);
        }
        let start = if before.indefinite && before.start > first { before.start - 1 } else { before.start };
        let start = match before.scope {
            Some(Scope { tie: Tie::Pronoun, .. }) if start > first => start - 1,
            _ => start,
        };
        if start > first {
            let prev = start - 1;
            if self.is_mark(prev, &[',', '(', '–', '—', '-']) && prev > first {
                let name = self.tokens[prev - 1].kind != TokenKind::Mark || self.is_mark(prev - 1, &['.', ')']);
                if name {
                    return Place::After(prev as u32);
                }
            }
            if let Some(verb) = self.copula(prev) {
                return Place::Copula(verb as u32);
            }
            if self.is(prev, &["as"]) {
                return Place::As(prev as u32);
            }
        }
        if self.is_mark(end, &[',']) && self.starts_name(end + 1) && !head.head.abbreviation {
            return Place::BeforeComma((end + 1) as u32);
        }
        Place::Alone
    }

    /// The verb that ties a subject to a title after token `at`: "is", "is now", "who was".
    fn copula(&self, at: usize) -> Option<usize> {
        let first = self.sentence.start as usize;
        let mut at = at;
        while self.is(at, &["now", "also", "currently", "still", "already"]) && at > first {
            at -= 1;
        }
        self.is(at, &["is", "was", "became", "becomes", "remains", "remained"]).then_some(at)
    }

    /// A year close by.
    fn year(&self, start: usize, end: usize) -> Option<i16> {
        let first = start.saturating_sub(YEAR_REACH).max(self.sentence.start as usize);
        let last = (end + YEAR_REACH).min(self.sentence.end as usize);
        (first..start).chain(end..last).find_map(|at| {
            let token = self.tokens[at];
            (token.kind == TokenKind::Number && token.span.len() == 4)
                .then(|| self.word(at).parse::<i16>().ok())
                .flatten()
                .filter(|year| (1700..2200).contains(year))
        })
    }
}

/// The key of a plural in "s" without it.
fn singular(word: &str) -> u64 {
    word_key(word.strip_suffix("es").filter(|stem| stem.ends_with("ch")).or_else(|| word.strip_suffix('s')).unwrap_or(word))
}

/// Roles that are held for a field of work: "minister", "secretary".
fn takes_field(role: &str) -> bool {
    matches!(
        role,
        "minister"
            | "deputy minister"
            | "shadow minister"
            | "minister of state"
            | "secretary"
            | "deputy secretary"
            | "under secretary"
            | "commissioner"
    )
}
