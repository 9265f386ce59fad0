//! Whose title a phrase is: the person named right behind it, before it, or at the other side of "is" and "as".

use std::sync::Arc;

use super::alone;
use super::phrase::{Place, Scope, Tie, TitleCandidate};
use super::{Status, Title};
use crate::document::{Document, ProseSpan};
use crate::gazetteer::nations::nation;
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::{self, RoleKind};
use crate::markup::BlockKind;
use crate::reader::BlockReading;
use crate::reader::by_block::ByBlock;
use crate::reader::link::{LinkedNames, LinkedTitle};
use crate::reader::{SubjectId, SubjectKind};
use crate::text::{Row, Shape, Span, TokenKind};

/// How far before "as" its subject may stand, in tokens.
const AS_REACH: usize = 8;

/// How many tokens a bracket behind a name may have: "(R-Ohio)".
const BRACKET_REACH: usize = 8;

/// A person's name in one block.
#[derive(Clone, Copy)]
pub(super) struct Person {
    /// Bytes of the block's text.
    pub(super) span: Span,
    /// Index in [`LinkedNames::mentions`].
    index: usize,
    pub(super) subject: SubjectId,
}

pub(in crate::reader) fn link(document: &Document, blocks: &[Arc<BlockReading>], names: &LinkedNames) -> Vec<LinkedTitle> {
    let is_person = |subject: SubjectId| names.subjects.get(subject.index()).is_some_and(|subject| subject.kind == SubjectKind::Person);
    let persons = names.mentions.iter().enumerate().filter(|(_, (_, name))| is_person(name.subject));
    let people = persons.map(|(index, (at, name))| (at.block, Person { span: at.span, index, subject: name.subject }));
    let people = ByBlock::new(blocks.len(), people);
    let mut linked = Vec::new();
    let mut open = Vec::new();
    let mut held: Vec<Held> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let text = &*document.blocks()[number].text;
        let scene = Scene::in_block(text, block, &people[number]);
        let from = held.len();
        for (index, title) in block.titles.iter().enumerate().filter(|(_, title)| title.kind != RoleKind::Honorific) {
            let mut holders = scene.holders(title);
            if holders.is_empty() {
                holders = row_holder(document, &people, number, title);
            }
            held.push(Held { block: number, title: index, holders });
        }
        scene.share(&mut held[from..]);
    }
    let nations = nations(blocks, &held);
    for Held { block: number, title: index, holders } in held {
        let block = &blocks[number];
        let candidate = &block.titles[index];
        let scene = Scene::in_block(&document.blocks()[number].text, block, &people[number]);
        let title = Box::new(Title {
            role: candidate.role.clone(),
            kind: candidate.kind,
            of: if scene.is_of_somebodys(candidate) { scene.of(candidate, &nations).map(Arc::from) } else { candidate.of.clone() },
            status: scene.status(candidate),
            behind: scene.behind_name(candidate),
            holder: None,
            alone: holders.is_empty(),
        });
        let at = ProseSpan { block: number as u32, span: candidate.span };
        if holders.is_empty() {
            if alone::may_mean_one(candidate, block, scene.row.text, &title) {
                open.push(linked.len());
            }
            linked.push(LinkedTitle { at, title, holder: None });
        } else {
            linked.extend(holders.iter().map(|holder| LinkedTitle { at, title: title.clone(), holder: Some(holder.index) }));
        }
    }
    alone::tie(&mut linked, &open, names);
    linked
}

/// Which country's office each person of the text holds, by what the text itself says first.
fn nations(blocks: &[Arc<BlockReading>], held: &[Held]) -> Vec<(SubjectId, String)> {
    let mut nations: Vec<(SubjectId, String)> = Vec::new();
    for Held { block, title, holders } in held.iter().filter(|held| !held.holders.is_empty()) {
        let Some(name) = blocks[*block].titles[*title].of.as_deref().and_then(nation).map(|nation| nation.name) else { continue };
        for holder in holders {
            if nations.iter().all(|(known, _)| *known != holder.subject) {
                nations.push((holder.subject, name.to_owned()));
            }
        }
    }
    nations
}

/// The person in an earlier cell of the row, for a title that fills its cell.
fn row_holder(document: &Document, people: &ByBlock<Person>, number: usize, title: &TitleCandidate) -> Vec<Person> {
    let block = &document.blocks()[number];
    let BlockKind::TableCell { row, .. } = block.kind else { return Vec::new() };
    if title.span.start > 4 || title.span.len() as usize * 2 < block.text.len() {
        return Vec::new();
    }
    let mut before = number;
    while before > 0 {
        before -= 1;
        let cell = &document.blocks()[before];
        match cell.kind {
            BlockKind::TableCell { row: other, .. } if other == row => {}
            _ => break,
        }
        if let [person] = people[before][..]
            && person.span.len() as usize * 3 > cell.text.len() * 2
        {
            return vec![person];
        }
    }
    Vec::new()
}

/// A title with those who hold it.
struct Held {
    block: usize,
    /// Its index in the block.
    title: usize,
    holders: Vec<Person>,
}

/// One block with the people named in it.
pub(super) struct Scene<'a> {
    pub(super) row: Row<'a, 'a>,
    pub(super) sentences: &'a [Span],
    pub(super) titles: &'a [TitleCandidate],
    pub(super) people: &'a [Person],
}

impl<'a> Scene<'a> {
    fn in_block(text: &'a str, block: &'a BlockReading, people: &'a [Person]) -> Self {
        Self { row: Row { text, tokens: &block.tokens }, sentences: &block.sentences, titles: &block.titles, people }
    }
}

impl Scene<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.row.piece(at)
    }

    fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.row.is_mark(at, marks)
    }

    /// The person whose name token `at` belongs to, past a form of address or a further title before it: "Mr", "Gen.".
    fn person_from(&self, at: usize) -> Option<Person> {
        self.person_at(at).or_else(|| {
            let leads = |title: &&TitleCandidate| matches!(title.place, Place::Before(_)) || title.kind == RoleKind::Honorific;
            let behind = self.titles.iter().find(|title| title.tokens.start as usize == at && leads(title))?.tokens.end as usize;
            self.person_at(if self.is_mark(behind, &['.']) { behind + 1 } else { behind })
        })
    }

    /// The people whose names end behind `offset`; names stand one behind the other.
    pub(super) fn people_from(&self, offset: u32) -> &[Person] {
        &self.people[self.people.partition_point(|person| person.span.end <= offset)..]
    }

    fn person_at(&self, at: usize) -> Option<Person> {
        let start = self.row.tokens.get(at)?.span.start;
        self.people_from(start).first().copied().filter(|person| person.span.contains(start))
    }

    /// The person whose name ends right before token `at`.
    fn person_before(&self, at: usize) -> Option<Person> {
        let end = self.row.tokens.get(at.checked_sub(1)?)?.span.end;
        let touches = |person: &&Person| person.span.end == end || person.span.end + 1 == end && self.is_mark(at - 1, &['.']);
        self.people_from(end.saturating_sub(2)).iter().take(2).find(touches).copied()
    }

    /// The token after a person's name.
    fn after(&self, person: Person) -> usize {
        self.row.tokens.partition_point(|token| token.span.start < person.span.end)
    }

    /// Whether a clause or an apposition can end at token `at`.
    fn closes(&self, at: usize) -> bool {
        at >= self.row.tokens.len()
            || self.is_mark(at, &[',', '.', ';', ')', ':', '—', '–', '?', '!', '”', '"', '’'])
            || self.is_mark(at, &['-']) && self.row.tokens[at].spaced
            || matches!(self.word(at), "who" | "whose")
    }

    fn holders(&self, title: &TitleCandidate) -> Vec<Person> {
        let (start, end) = (title.tokens.start as usize, title.tokens.end as usize);
        match title.place {
            Place::Before(at) => self.list(self.person_from(at as usize), title.plural),
            Place::BeforeComma(at) => self.behind_comma(at as usize, title),
            Place::After(mark) => self.in_apposition(mark as usize, start, end, title),
            Place::Copula(verb) => {
                let mut at = verb as usize;
                if at > 0 && self.word(at - 1) == "who" {
                    at -= 1;
                }
                self.person_before(self.past_age(at)).into_iter().collect()
            }
            Place::As(at) => self.subject_of_as(at as usize, end).into_iter().collect(),
            Place::Alone => Vec::new(),
        }
    }

    /// A name, or for a plural title the names of a list: "special representatives, Ada Quill and Omari Kip".
    fn list(&self, first: Option<Person>, plural: bool) -> Vec<Person> {
        let mut found: Vec<Person> = first.into_iter().collect();
        while let Some(&last) = found.last().filter(|_| plural) {
            let mut at = self.after(last);
            let mut joined = false;
            while self.is_mark(at, &[',']) || self.word(at) == "and" {
                joined = true;
                at += 1;
            }
            let Some(next) = self.person_from(at).filter(|next| joined && next.span.start > last.span.start) else { break };
            found.push(next);
        }
        found
    }

    fn behind_comma(&self, at: usize, title: &TitleCandidate) -> Vec<Person> {
        let found = self.list(self.person_from(at), title.plural);
        let Some(&last) = found.last() else { return found };
        let after = self.after(last);
        // "told the president, Ada Quill said" is about two people, "The president, Ada Quill said, ..." as well; but "The president,
        // Ada Quill, said" and "At noon, the president, Ada Quill said ..." are about one.
        let start = title.tokens.start as usize;
        let opens = self.starts_sentence(start) || self.is_mark(start - 1, &[',', '“', '"', ';', ':']);
        if self.closes(after) || opens && (!self.is_mark(after + 1, &[',', '.']) || self.is_mark(after + 2, &['“', '"'])) {
            found
        } else {
            Vec::new()
        }
    }

    /// The token after the name that commas, and an age between them, part from token `at`.
    fn past_age(&self, at: usize) -> usize {
        let mut at = at;
        while at > 0 && (self.is_mark(at - 1, &[',', ')', '—', '–']) || at > 1 && self.is_age(at - 1)) {
            at -= 1;
        }
        at
    }

    fn is_age(&self, at: usize) -> bool {
        self.word(at).parse::<u8>().is_ok() && self.is_mark(at - 1, &[','])
    }

    /// The token behind an abbreviation in brackets at `at`: "director of the Larsund Tide Board (LTB), said".
    fn past_abbreviation(&self, at: usize) -> usize {
        let is_upper = self.row.tokens.get(at + 1).is_some_and(|token| token.shape == Shape::Upper);
        if self.is_mark(at, &['(']) && is_upper && self.is_mark(at + 2, &[')']) { at + 3 } else { at }
    }

    fn in_apposition(&self, mark: usize, start: usize, end: usize, title: &TitleCandidate) -> Vec<Person> {
        let end = self.past_abbreviation(end);
        let next = self.is_mark(end, &[',']).then(|| self.person_from(end + 1)).flatten();
        let mut at = mark;
        // An age, or a party and a state in American style, may stand between.
        if at >= 2 && self.is_age(at - 1) {
            at -= 2;
        } else if at > 0 && self.is_mark(at - 1, &[')']) {
            at = (at.saturating_sub(BRACKET_REACH)..at).rev().find(|&open| self.is_mark(open, &['('])).unwrap_or(at);
        }
        let Some(person) = self.person_before(at) else {
            return if next.is_some() { self.behind_comma(end + 1, title) } else { Vec::new() };
        };
        let bracket = self.is_mark(mark, &['(']);
        if !(self.closes(end) || self.goes_on(end, start) || bracket && self.is_mark(end, &[')'])) {
            return Vec::new();
        }
        match next {
            None => vec![person],
            // "Ada Quill, her adviser, Omari Kip, ..." and "Ada Quill, the mayor, Omari Kip, the sheriff, ..."
            Some(next) => {
                let own = matches!(title.scope, Some(Scope { tie: Tie::Pronoun, .. }));
                let after = self.after(next);
                let titled = self.is_mark(after, &[',']) && self.titles.iter().any(|other| other.tokens.start as usize == after + 1);
                if own {
                    self.behind_comma(end + 1, title)
                } else if titled && start > 0 {
                    vec![person]
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// Whether an apposition goes on with a second title or a relative clause.
    fn goes_on(&self, end: usize, start: usize) -> bool {
        // "Ada Quill, the mayor and Omari Kip" may be three people; "Ada Quill, a mayor and Omari Kip" are two.
        let is_listed =
            self.person_from(end + 1).is_some() && !(start.saturating_sub(3)..start).any(|at| matches!(self.word(at), "a" | "an"));
        let joined = matches!(self.word(end), "and" | "but" | "or") && !is_listed;
        joined
            || matches!(
                self.word(end),
                "of" | "for"
                    | "to"
                    | "on"
                    | "with"
                    | "by"
                    | "since"
                    | "from"
                    | "until"
                    | "under"
                    | "at"
                    | "in"
                    | "during"
                    | "within"
                    | "across"
            )
    }

    fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || self.sentences.binary_search_by_key(&at, |sentence| sentence.start as usize).is_ok()
    }

    fn subject_of_as(&self, at: usize, end: usize) -> Option<Person> {
        if self.starts_sentence(at) {
            // "As mayor, Ada Quill ..."
            return self.is_mark(end, &[',']).then(|| self.person_from(end + 1)).flatten();
        }
        if self.word(at - 1) == "who" {
            return self.person_before(self.past_age(at - 1));
        }
        let sentence = self.sentences.get(self.sentences.partition_point(|sentence| sentence.end as usize <= at))?;
        // "with Ada Quill as their leader"
        let beside = self.person_before(at).filter(|person| {
            let first = self.row.token_at(person.span.start);
            first > 0 && self.word(first - 1).eq_ignore_ascii_case("with")
        });
        if beside.is_some() {
            return beside;
        }
        let from = at.saturating_sub(AS_REACH).max(sentence.start as usize);
        let verb = (from..at).rev().find(|&verb| roles::word_class(word_key(self.word(verb))).takes_as)?;
        // "appointed Ada Quill as mayor" or "Ada Quill serves as mayor"
        let object = self.person_before(at).filter(|person| person.span.start > self.row.tokens[verb].span.start);
        object.or_else(|| {
            let first = self.row.tokens[from].span.start;
            let before_verb = self.people_from(first).iter().take_while(|person| person.span.end <= self.row.tokens[verb].span.start);
            // "Ada Quill's choice to serve as mayor" is about the choice.
            let owns = |person: &Person| self.row.tokens.get(self.after(*person)).is_some_and(|token| token.kind == TokenKind::Possessive);
            before_verb.filter(|person| person.span.start >= first).last().filter(|person| !owns(person)).copied()
        })
    }

    /// Titles joined by "and" have one holder: "the mayor of Vik and chair of the port".
    fn share(&self, held: &mut [Held]) {
        let titles = self.titles;
        // From the right as well as from the left, so that all of a chain have what its first or its last one has.
        let pairs = held.len().saturating_sub(1);
        for index in (0..pairs).rev().chain(0..pairs) {
            let (one, two) = (&titles[held[index].title], &titles[held[index + 1].title]);
            let between = two.tokens.start.saturating_sub(one.tokens.end);
            let light = |word: &str| matches!(word, "a" | "an" | "currently" | "now" | "also" | "later" | "once");
            let joined = (between == 1 || between == 2 && light(self.word(two.tokens.start as usize - 1)))
                && self.word(one.tokens.end as usize) == "and";
            if !joined {
                continue;
            }
            if held[index + 1].holders.is_empty() && matches!(one.place, Place::After(_) | Place::Copula(_) | Place::As(_)) {
                let holders = held[index].holders.clone();
                held[index + 1].holders = holders;
            } else if held[index].holders.is_empty() && matches!(one.place, Place::Alone) && self.is_shared_phrase(one, two) && !two.plural
            {
                let holders = held[index + 1].holders.clone();
                held[index].holders = holders;
            }
        }
    }

    /// Whether two titles joined by "and" before a name are one person's: "president and chief executive Ada Quill", "the founder
    /// and chairman of the bank, Ada Quill". But "the president and foreign minister Ada Quill" may be two.
    fn is_shared_phrase(&self, one: &TitleCandidate, two: &TitleCandidate) -> bool {
        let has_article = |title: &TitleCandidate| self.word(title.tokens.start as usize).eq_ignore_ascii_case("the");
        match two.place {
            Place::Before(_) => !has_article(one) && !has_article(two),
            Place::BeforeComma(_) => !has_article(two),
            _ => false,
        }
    }

    /// The words behind the holder's name that say what a title is of, with their preposition.
    fn behind_name(&self, title: &TitleCandidate) -> Option<Span> {
        let scope = title.scope.filter(|scope| scope.tie == Tie::BehindName)?;
        let first = scope.tokens.start as usize;
        let from = (first.saturating_sub(2)..first).rev().find(|&at| matches!(self.word(at), "of" | "from"))?;
        Some(self.row.span(from, scope.tokens.end as usize))
    }

    fn status(&self, title: &TitleCandidate) -> Status {
        let past_verb = match title.place {
            // But who was named something is it now.
            Place::Copula(verb) => {
                let next = self.word(verb as usize + 1);
                self.word(verb as usize) == "was" && !roles::word_class(word_key(next)).naming
            }
            Place::As(at) => {
                let at = at as usize;
                // "She served as", "was serving as", "He replaced her as"
                (at.saturating_sub(3)..at)
                    .any(|verb| matches!(self.word(verb), "served" | "worked" | "acted" | "spent" | "time" | "tenure" | "stint" | "spell"))
                    || (at.saturating_sub(5)..at).any(|verb| {
                        matches!(self.word(verb), "replaced" | "replaces" | "succeeded" | "succeeds" | "replacing" | "succeeding")
                    })
                    // "resigned as mayor", "stepped down from her post as mayor"
                    || (at.saturating_sub(6)..at).any(|verb| roles::word_class(word_key(self.word(verb))).leaving)
                    // "As a senator, Ada Quill was ..."
                    || self.starts_sentence(at)
                        && self.subject_of_as(at, title.tokens.end as usize).is_some_and(|person| self.word(self.after(person)) == "was")
                    || at > 1 && self.word(at - 1) == "serving" && matches!(self.word(at - 2), "was" | "while" | "after")
            }
            _ => false,
        };
        let held = matches!(title.status, Status::Current | Status::Deputy | Status::Acting);
        if held && past_verb { Status::Former } else { title.status }
    }
}
