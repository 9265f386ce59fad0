//! How far the words behind "of" go on to say what a title is of: "of the Delta Water Board", "for Justice and Development", "of
//! Ukraine's anti-corruption bureau".

use super::finder::Finder;
use super::phrase::Scope;
use crate::text::TokenKind;

/// No title is of more tokens than this.
const MOST_TOKENS: usize = 12;
/// More words in small letters one after the other are a sentence that goes on.
const MOST_IN_SMALL_LETTERS: usize = 6;

/// What is known of a title before the words behind its preposition are read.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    /// The preposition is "of", behind which any word may say what the title is of.
    pub(super) of: bool,
    /// "Presidents": each may be of a country of its own.
    pub(super) plural: bool,
}

/// Where the reading came to.
pub(super) enum Reached {
    /// What the title is of ends before this token; at its start where it is of nothing.
    End(usize),
    /// The title is a person's: "a spokesman for President Ada Quill".
    Person(Scope),
    /// Each of several is of another country, the last of which ends before this token.
    OneEach(usize),
}

/// What the token at hand does.
enum Step {
    /// It belongs to what the title is of, with those up to the next token to read.
    Take(Part, usize),
    Stop(Reached),
}

#[derive(Clone, Copy)]
enum Part {
    /// A capitalised word, which may be the last.
    Name,
    /// "Fisheries", "anti-corruption", "bureau": in small letters what a body or a field is called, which may be the last.
    Field,
    /// A word that belongs only if more follows.
    Leading,
    /// The dot of an acronym, which may be the last.
    Dot,
    /// A mark or a word between two parts of a name, which can't be the last.
    Joint,
    Possessive,
}

/// The words behind a preposition, as far as they are read.
struct Reach<'f, 'a> {
    finder: &'f Finder<'a>,
    lead: Lead,
    start: usize,
    limit: usize,
    at: usize,
    /// Behind the last token with which it may end.
    complete: usize,
    capital_seen: bool,
    /// How many words in small letters came last.
    small: usize,
}

/// Reads on from token `start`, the first behind the preposition and its article.
pub(super) fn from(finder: &Finder<'_>, start: usize, lead: Lead) -> Reached {
    let limit = (start + MOST_TOKENS).min(finder.sentence.end as usize);
    let mut reach = Reach { finder, lead, start, limit, at: start, complete: start, capital_seen: false, small: 0 };
    while reach.at < limit {
        match reach.step() {
            Step::Take(part, next) => reach.take(part, next),
            Step::Stop(reached) => return reached,
        }
    }
    Reached::End(reach.complete)
}

impl Reach<'_, '_> {
    fn take(&mut self, part: Part, next: usize) {
        self.at = next;
        match part {
            Part::Name | Part::Field | Part::Dot => self.complete = next,
            Part::Leading | Part::Joint | Part::Possessive => {}
        }
        match part {
            Part::Name | Part::Possessive => self.small = 0,
            Part::Field | Part::Leading => self.small += 1,
            Part::Dot | Part::Joint => {}
        }
        self.capital_seen |= matches!(part, Part::Name);
    }

    fn end(&self) -> Step {
        Step::Stop(Reached::End(self.complete))
    }

    fn step(&self) -> Step {
        let (finder, at) = (self.finder, self.at);
        match finder.row.tokens[at].kind {
            TokenKind::Possessive => return Step::Take(Part::Possessive, at + 1),
            TokenKind::Mark => return self.mark(),
            _ => {}
        }
        if let Some(person) = finder.titled_person(at) {
            // "a spokesman for President Ada Quill": hers, and her own title is another phrase.
            // Nor is "US" this title's in "an envoy of US President Ada Quill".
            let is_anothers = self.has_some() && finder.nation_end(self.start) != Some(at);
            return if is_anothers { self.end() } else { Step::Stop(Reached::Person(person)) };
        }
        if finder.is_name_word(at) {
            return if self.starts_something_else() { self.end() } else { Step::Take(Part::Name, at + 1) };
        }
        if !self.may_be_in_small_letters() {
            return self.end();
        }
        if let Some(end) = self.second_nation() {
            return Step::Stop(Reached::OneEach(end));
        }
        if at > self.start && finder.is(at, &["of", "for", "and", "the"]) {
            return self.joint().map_or_else(|| self.end(), |next| Step::Take(Part::Joint, next));
        }
        self.word_in_small_letters().map_or_else(|| self.end(), |part| Step::Take(part, at + 1))
    }

    /// Whether some of it has been read that could stand alone.
    const fn has_some(&self) -> bool {
        self.complete > self.start
    }

    /// "D.C.", "anti-corruption", "R&D".
    fn mark(&self) -> Step {
        let (row, at) = (self.finder.row, self.at);
        let inner = self.finder.is_mark(at, &['-', '‑', '&', '.']) && row.is_joined(at) && at + 1 < self.limit && row.is_joined(at + 1);
        if at > self.start && self.finder.ends_acronym(at) {
            Step::Take(Part::Dot, at + 1)
        } else if inner {
            Step::Take(Part::Joint, at + 1)
        } else {
            self.end()
        }
    }

    /// Whether the capitalised word at hand starts the name of a title's holder, or another thing.
    fn starts_something_else(&self) -> bool {
        let (finder, at) = (self.finder, self.at);
        self.has_some()
            && (finder.starts_given_name(at)
                || finder.starts_holder(self.start, at)
                || finder.is_address(at)
                || finder.ends_scope(at - 1, at))
    }

    /// Behind other prepositions than "of" it takes a name, or what a body or a field is called: "for the sake of".
    fn may_be_in_small_letters(&self) -> bool {
        let class = self.finder.class(self.at);
        self.capital_seen || self.lead.of || class.topic || class.body
    }

    /// The end of a second country: "presidents of France and Kenya".
    fn second_nation(&self) -> Option<usize> {
        let (finder, at) = (self.finder, self.at);
        let joins = self.lead.plural && finder.is(at, &["and"]) && at > self.start && finder.ends_nation(at - 1);
        joins.then(|| finder.nation_end(at + 1)).flatten()
    }

    /// The token behind a small word that stands between the parts of a name: "Ministry of Defence", "Justice and Development Party".
    fn joint(&self) -> Option<usize> {
        let (finder, at) = (self.finder, self.at);
        let next = if finder.is(at + 1, &["the"]) { at + 2 } else { at + 1 };
        let goes_on = if finder.is(at, &["and"]) { finder.joins(at) } else { finder.is_name_word(next) && self.capital_seen };
        (goes_on && next < self.limit).then_some(next)
    }

    fn word_in_small_letters(&self) -> Option<Part> {
        let (row, at) = (self.finder.row, self.at);
        let class = self.finder.class(at);
        if !row.tokens[at].is_word() {
            return None;
        }
        if (class.topic || class.body) && self.small < MOST_IN_SMALL_LETTERS {
            return Some(Part::Field);
        }
        // "head of Ukraine's anti-corruption bureau": an unknown word counts when a body follows it.
        let is_body = |next: usize| row.tokens[next].is_word() && !row.is_capitalised(next) && self.finder.class(next).body;
        (!class.stop && (at + 1..(at + 3).min(self.limit)).any(is_body)).then_some(Part::Leading)
    }
}
