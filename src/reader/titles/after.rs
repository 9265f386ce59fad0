//! The words after a head: what it is of, and whether it is still to come.

use super::finder::Finder;
use super::phrase::{Scope, Tie};
use super::reach::{self, Lead, Reached};
use crate::gazetteer::roles::{self, HeadMatch, RoleKind};
use crate::gazetteer::{is_known_organisation, name_use, places};
use crate::text::{Span, TokenKind, folded};

impl Finder<'_> {
    /// "-elect", "designate" and "emeritus" behind a head, and the token after them.
    pub(super) fn elect(&self, end: usize) -> (bool, usize) {
        let hyphen = self.is_mark(end, &['-', '‑']) && !self.row.tokens[end].spaced;
        let at = if hyphen { end + 1 } else { end };
        if self.is(at, &["elect", "designate"]) { (true, at + 1) } else { (false, end) }
    }

    /// What the head is of, behind it: the scope and the token after it.
    pub(super) fn after(&self, end: usize, head: HeadMatch) -> (Option<Scope>, usize) {
        if !self.leads_on(end, head) {
            return (None, end);
        }
        let is_diplomatic = head.head.kind == RoleKind::Diplomatic;
        let of = self.is(end, &["of"]);
        let has_article = self.is(end + 1, &["the", "a", "an", "his", "her", "its", "their"]);
        let start = end + 1 + usize::from(has_article);
        match reach::from(self, start, Lead { of, plural: head.plural }) {
            Reached::Person(_) if self.is_to_an_office(end) => (None, self.head_end(start)),
            Reached::Person(person) => ((!is_diplomatic).then_some(person), end),
            Reached::OneEach(last) => (None, last),
            Reached::End(complete) if complete == start => (None, end),
            Reached::End(complete) => {
                if is_diplomatic && of && self.is(complete, &["to"]) {
                    // "the ambassador of Kenya to Peru"
                    let posting =
                        reach::from(self, complete + 1 + usize::from(self.is(complete + 1, &["the"])), Lead { of, plural: false });
                    let end = if let Reached::End(end) = posting { end.max(complete) } else { complete };
                    return (Some(Scope { tokens: Span::of(start..complete), tie: Tie::After, chain: None }), end);
                }
                // An envoy for the Sahel, or to Kyiv, is nobody's there; and an adviser on Asia advises somebody else.
                let owner = of || !(self.is(end, &["on", "in"]) || is_diplomatic);
                (owner.then_some(Scope { tokens: Span::of(start..complete), tie: Tie::After, chain: None }), complete)
            }
        }
    }

    /// "Counselor to the President Ada Quill": with its article, what stands behind "to" is an office, and the name is the counselor's.
    fn is_to_an_office(&self, end: usize) -> bool {
        self.is(end, &["to"]) && self.is(end + 1, &["the"]) && self.row.tokens[end - 1].is_capitalised()
    }

    /// The token behind the title that starts at this one.
    fn head_end(&self, at: usize) -> usize {
        roles::head_at(self.row.text, self.row.tokens, self.keys, at).map_or(at, |title| title.end)
    }

    /// Whether a preposition behind a head leads on to what it is of.
    fn leads_on(&self, end: usize, head: HeadMatch) -> bool {
        let kind = head.head.kind;
        if head.head.abbreviation && kind == RoleKind::Military {
            return false;
        }
        self.is(end, &["of"])
            || self.is(end, &["for", "to", "at", "on"]) && !matches!(kind, RoleKind::Honorific | RoleKind::Kinship)
            || self.is(end, &["in"]) && kind == RoleKind::Diplomatic
            || self.is(end, &["from"]) && matches!(kind, RoleKind::Legislative | RoleKind::Party)
    }

    /// Whether "and" at this token joins two words of one name.
    pub(super) fn joins(&self, at: usize) -> bool {
        let (left, right) = (self.class(at - 1), self.class(at + 1));
        let same_case =
            at + 1 < self.sentence.end as usize && self.row.tokens[at - 1].is_capitalised() == self.row.tokens[at + 1].is_capitalised();
        same_case && (left.topic || left.body) && (right.topic || right.body || self.run_ends_body(at + 1))
            || same_case && self.is_name_word(at - 1) && self.run_ends_body(at + 1)
    }

    /// Whether the capitalised words from this token on end in what a body or its field is called: "Macau Affairs Office".
    fn run_ends_body(&self, at: usize) -> bool {
        let owns = |next: usize| self.in_sentence(next) && self.row.tokens[next].kind == TokenKind::Possessive;
        let last = (at..at + 5).take_while(|&next| self.is_name_word(next) || next > at && owns(next)).last();
        last.is_some_and(|last| {
            let titled = self.in_sentence(last + 1) && roles::head_at(self.row.text, self.row.tokens, self.keys, last + 1).is_some();
            last > at && !titled && (self.class(last).body || self.class(last).topic)
        })
    }

    /// The person whose title starts at this token with the name behind it: "Ada Quill" of "President Ada Quill".
    pub(super) fn titled_person(&self, at: usize) -> Option<Scope> {
        if !self.in_sentence(at) || !self.row.tokens[at].is_capitalised() {
            return None;
        }
        let title = roles::head_at(self.row.text, self.row.tokens, self.keys, at)?;
        let official = matches!(title.head.kind, RoleKind::Government | RoleKind::Legislative | RoleKind::Honorific);
        let name = if self.is_mark(title.end, &['.']) { title.end + 1 } else { title.end };
        let is_name = |next: &usize| self.is_name_word(*next) && !self.class(*next).body && !self.class(*next).topic;
        let last = (name..name + 4).take_while(is_name).last()?;
        (official && title.head.before_name).then(|| Scope { tokens: Span::of(name..last + 1), tie: Tie::After, chain: None })
    }

    /// Whether a given name with another name behind it starts here, so that what stood before is at its end: "for
    /// Diplomatic Security Ada Quill".
    pub(super) fn starts_given_name(&self, at: usize) -> bool {
        let previous = self.class(at - 1);
        (previous.topic || previous.body) && self.starts_full_name(at)
    }

    /// Whether the name of a title's holder starts at token `at`, behind what the title is of from token `start` on: "the mayor
    /// of Larsund Ada Quill". What is known as a whole, or one word that is no given name itself, is not part of a longer name.
    pub(super) fn starts_holder(&self, start: usize, at: usize) -> bool {
        if !self.starts_full_name(at) {
            return false;
        }
        let words = |end: usize| Span::new(self.row.tokens[start].span.start, self.row.tokens[end - 1].span.end).text(self.row.text);
        let is_place = |words: &str| places(&folded(words)).next().is_some();
        let whole = is_place(words(at)) || is_known_organisation(words(at));
        let lone = at == start + 1 && self.row.tokens[start].span.len() > 3 && !name_use(&folded(self.word(start))).given;
        (whole || lone) && !is_place(words(at + 1))
    }

    /// Whether a given name starts here with another name behind it, and the two or three of them are all the run of names.
    fn starts_full_name(&self, at: usize) -> bool {
        let run = (at..at + 5).take_while(|&next| self.is_name_word(next)).last().unwrap_or(at);
        self.is_given_name(at)
            && (at + 1..=at + 3).contains(&run)
            && !(at..=run).any(|next| self.class(next).body || self.class(next).topic)
    }

    /// A given name that is no ordinary word.
    pub(super) fn is_given_name(&self, at: usize) -> bool {
        let word = name_use(&folded(self.word(at)));
        word.given && !word.ordinary
    }

    /// Whether a country or another whole scope ends with token `last`, so that the capitalised word behind it starts a name.
    pub(super) fn ends_scope(&self, last: usize, next: usize) -> bool {
        let class = self.class(next);
        let goes_on = class.body || class.topic || self.class(last).topic && !self.class(last).body;
        !goes_on && (self.class(last).body || self.ends_nation(last))
    }
}
