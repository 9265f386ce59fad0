//! Names the speakers: the person or organisation whose name the clue points at, the one a pronoun goes back to, or the one
//! who is speaking on.

use std::sync::Arc;

use super::SpeakerBasis;
use super::cues::{By, Clue, Subject};
use super::quote_words::{QUOTE_WORDS, is_filler, is_speech_verb};
use crate::document::{Document, ProseSpan};
use crate::reader::by_block::ByBlock;
use crate::reader::link::{LinkedNames, LinkedTitle};
use crate::reader::{BlockReading, Status, SubjectId, SubjectKind};
use crate::text::Span;

/// What may stand before the name that a sentence opens with.
const OPENERS: &[&str] = &["But", "And", "Yet", "The", "A", "An", "So"];

/// A speaker: an index in [`LinkedNames::mentions`], and how it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) speaker: Option<usize>,
    pub(super) basis: SpeakerBasis,
    /// The text points at somebody, named or not, so that no earlier speaker goes on.
    pub(super) decided: bool,
}

impl Found {
    const UNKNOWN: Self = Self { speaker: None, basis: SpeakerBasis::None, decided: false };

    fn of(speaker: Option<usize>, basis: SpeakerBasis) -> Self {
        Self { speaker, basis: if speaker.is_some() { basis } else { SpeakerBasis::None }, decided: true }
    }
}

/// A person's name, or a title whose holder the text names.
#[derive(Clone, Copy, Debug)]
struct Person {
    span: Span,
    /// The name with the title before it.
    phrase: Span,
    name: usize,
    /// Whether it stands in a quotation, where it can only say who speaks in a quotation within.
    quoted: bool,
}

/// An organisation's name outside quotations.
#[derive(Clone, Copy, Debug)]
struct Body {
    span: Span,
    name: usize,
}

pub(super) struct Speakers<'a> {
    document: &'a Document,
    blocks: &'a [Arc<BlockReading>],
    /// By block, in the order of the text.
    persons: ByBlock<Person>,
    bodies: ByBlock<Body>,
}

impl<'a> Speakers<'a> {
    pub(super) fn new(document: &'a Document, blocks: &'a [Arc<BlockReading>], names: &LinkedNames, titles: &[LinkedTitle]) -> Self {
        let quoted = |at: ProseSpan| {
            let quotes = &blocks[at.block as usize].quotes;
            quotes.iter().any(|quote| quote.closed && quote.outer.covers(at.span))
        };
        let kind = |subject: SubjectId| names.subjects.get(subject.index()).map(|subject| subject.kind);
        let (mut persons, mut bodies) = (Vec::with_capacity(names.mentions.len() + titles.len()), Vec::new());
        for (name, (at, mention)) in names.mentions.iter().enumerate() {
            match kind(mention.subject) {
                Some(SubjectKind::Person) => {
                    persons.push((at.block, Person { span: at.span, phrase: at.span, name, quoted: quoted(*at) }));
                }
                Some(SubjectKind::Organisation) if !quoted(*at) => bodies.push((at.block, Body { span: at.span, name })),
                _ => {}
            }
        }
        let by_name = persons.len();
        for title in titles {
            let block = title.at.block;
            let text = &document.blocks()[block as usize].text;
            let own = &persons[..by_name];
            let in_block = own.partition_point(|(other, _)| *other < block)..own.partition_point(|(other, _)| *other <= block);
            let is_beside = |person: &Person| {
                title.at.span.end <= person.span.start
                    && Span::new(title.at.span.end, person.span.start).text(text).chars().all(char::is_whitespace)
            };
            if let Some((_, person)) = persons[in_block.clone()].iter_mut().find(|(_, person)| is_beside(person)) {
                person.phrase = person.phrase.join(title.at.span);
            } else if let Some(name) = title.holder.filter(|_| title.title.status == Status::Current) {
                let by_title = persons[by_name..].iter().rev().take_while(|(other, _)| *other == block);
                if persons[in_block].iter().chain(by_title).all(|(_, person)| person.name != name) {
                    let (span, quoted) = (title.at.span, quoted(title.at));
                    persons.push((block, Person { span, phrase: span, name, quoted }));
                }
            }
        }
        persons.sort_by_key(|(block, person)| (*block, person.span));
        let (persons, bodies) = (ByBlock::new(blocks.len(), persons), ByBlock::new(blocks.len(), bodies));
        Self { document, blocks, persons, bodies }
    }

    /// Who speaks, by the words around a quotation in this block; `nested` where it stands in another quotation.
    pub(super) fn speaker(&self, block: u32, clue: &Clue, nested: bool) -> Found {
        if let Some(subject) = clue.subject {
            if let Some(name) = self.named_before(block, clue, subject, nested) {
                return Found::of(Some(name), SpeakerBasis::Named);
            }
            let found = self.subject(block, subject, nested);
            // "…,” he said, adding that “…”: a participle cut off from its subject.
            if found.speaker.is_none() && clue.after_quote && !self.names_somebody(block, subject.within) {
                return Found::UNKNOWN;
            }
            return found;
        }
        if clue.cue.is_some() || clue.after_quote || clue.alone {
            return Found::UNKNOWN;
        }
        let guess = clue.lead.and_then(|lead| self.best(block, lead, By::Main, nested));
        Found { speaker: guess, basis: if guess.is_some() { SpeakerBasis::Inferred } else { SpeakerBasis::None }, decided: guess.is_some() }
    }

    /// Whom a pronoun behind a quotation means where its sentence names one person before, and opens with the name: "Smith gave in: “…”,
    /// he said."
    fn named_before(&self, block: u32, clue: &Clue, subject: Subject, nested: bool) -> Option<usize> {
        let lead = clue.lead.filter(|lead| subject.by == By::Pronoun && lead.end <= subject.within.start)?;
        let text = &*self.document.blocks()[block as usize].text;
        let named: Vec<&Person> = self.persons[block as usize].iter().filter(|person| lead.covers(person.span) && !person.quoted).collect();
        let [person] = *named else { return None };
        let is_first = || Span::new(lead.start, person.phrase.start).text(text).split_whitespace().all(|word| OPENERS.contains(&word));
        (!nested && !self.is_possessive(block, person.span) && is_first()).then_some(person.name)
    }

    /// What a block says of the words set off behind it.
    pub(super) fn lead_in(&self, block: usize) -> Option<&'a Clue> {
        self.blocks[block].lead_in.as_ref().map(|lead_in| &lead_in.clue)
    }

    /// The person that the sentence before a byte of a block is about.
    pub(super) fn subject_before(&self, block: u32, offset: u32) -> Option<usize> {
        let reading = &self.blocks[block as usize];
        let behind = reading.sentences.partition_point(|tokens| reading.tokens_span(*tokens).end <= offset);
        let sentence = reading.tokens_span(*reading.sentences.get(behind.checked_sub(1)?)?);
        self.best(block, sentence, By::Main, false)
    }

    /// The one person whom the block names before a byte of it, where the sentence before is the one that does.
    pub(super) fn only_before(&self, block: u32, offset: u32) -> Option<usize> {
        let mut named = self.persons[block as usize].iter().filter(|person| person.span.end <= offset && !person.quoted);
        let first = named.next()?;
        (named.next().is_none() && self.subject_before(block, offset) == Some(first.name)).then_some(first.name)
    }

    /// The last person named before a byte of a block, there or in the two blocks before.
    pub(super) fn last_named(&self, block: u32, offset: u32) -> Option<usize> {
        let unquoted = |block: usize| self.persons[block].iter().rev().filter(|person| !person.quoted);
        let here = unquoted(block as usize).find(|person| person.span.end <= offset && !self.is_possessive(block, person.span));
        let earlier = || (0..block as usize).rev().take(2).find_map(|at| unquoted(at).next());
        here.or_else(earlier).map(|person| person.name)
    }

    /// The person named behind a dash as the one whose words in quotation marks end at this byte: "“…” – Ada Quill, engineer".
    pub(super) fn signed(&self, block: u32, end: u32) -> Option<usize> {
        let behind = self.document.blocks()[block as usize].text[end as usize..].trim_start();
        if !(behind.starts_with(['—', '–', '―']) || behind.starts_with("--")) {
            return None;
        }
        self.signature(block).filter(|(words, _)| *words == end).map(|(_, name)| name)
    }

    /// The person named at the end of a block behind a dash, as the one whose words stand before: where the dash stands, and
    /// the name.
    pub(super) fn signature(&self, block: u32) -> Option<(u32, usize)> {
        let text = &*self.document.blocks()[block as usize].text;
        let signed = |person: &&Person| {
            let before = text[..person.phrase.start as usize].trim_end();
            before.ends_with(['—', '–', '―']) || before.ends_with("--")
        };
        let person = self.persons[block as usize].iter().rev().find(signed)?;
        let before = text[..person.phrase.start as usize].trim_end();
        let words = before.trim_end_matches(['—', '–', '―', '-']).trim_end();
        let behind = &text[person.span.end as usize..];
        let last = !behind.trim_end_matches('.').contains(['.', '?', '!', '—']) && behind.len() < 120;
        (last && !words.is_empty() && words.ends_with(|c: char| !c.is_alphanumeric())).then_some((words.len() as u32, person.name))
    }

    fn subject(&self, block: u32, subject: Subject, nested: bool) -> Found {
        match subject.by {
            By::Pronoun => Found { speaker: None, basis: SpeakerBasis::Inferred, decided: false },
            by => {
                let person = self.best(block, subject.within, by, nested);
                Found::of(person.or_else(|| self.body(block, subject.within, by)), SpeakerBasis::Named)
            }
        }
    }

    /// The organisation that itself is the verb's subject, or whose spokesman is.
    fn body(&self, block: u32, within: Span, by: By) -> Option<usize> {
        let text = &*self.document.blocks()[block as usize].text;
        let tokens = &self.blocks[block as usize].tokens;
        let (start, end) =
            (self.blocks[block as usize].token_at(within.start), tokens.partition_point(|token| token.span.end <= within.end));
        let passed = |token: &crate::text::Token| {
            let word = token.text(text);
            token.is_word() && is_filler(word) || QUOTE_WORDS.mouthpiece.has(word) || QUOTE_WORDS.behind_body.has(word)
        };
        let fits = |body: &&Body| {
            let first = self.blocks[block as usize].token_at(body.span.start);
            let behind = self.blocks[block as usize].token_at(body.span.end.saturating_sub(1)) + 1;
            match by {
                By::Before => {
                    let before = tokens[start.min(first)..first].iter().rev().find(|token| !matches!(token.text(text), "the" | "a" | "an"));
                    let governed = before.is_some_and(|token| QUOTE_WORDS.before_object.has(token.text(text)));
                    let spoken_for = || tokens[start.min(first)..first].iter().any(|token| QUOTE_WORDS.mouthpiece.has(token.text(text)));
                    (!governed || spoken_for()) && tokens[behind.min(end)..end].iter().all(passed)
                }
                By::Behind => tokens[start.min(first)..first].iter().all(|token| QUOTE_WORDS.before_body.has(token.text(text))),
                By::Main | By::Relative | By::Pronoun => false,
            }
        };
        self.bodies[block as usize].iter().filter(|body| within.covers(body.span)).find(fits).map(|body| body.name)
    }

    /// Whether a name or a capitalised word stands there, which then is the speaker, person or not.
    fn names_somebody(&self, block: u32, within: Span) -> bool {
        let reading = &self.blocks[block as usize];
        let start = reading.token_at(within.start);
        reading.tokens[start..].iter().take_while(|token| token.span.end <= within.end).any(|token| token.is_capitalised())
    }

    fn is_possessive(&self, block: u32, name: Span) -> bool {
        let text = &self.document.blocks()[block as usize].text;
        let rest = &text[name.end as usize..];
        rest.starts_with("'s") || rest.starts_with("’s") || rest.starts_with("' ") || rest.starts_with("’ ")
    }

    /// The likeliest subject among the persons named within a span.
    fn best(&self, block: u32, within: Span, by: By, nested: bool) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        let in_range = self.persons[block as usize].iter().filter(|person| within.covers(person.span) && (nested || !person.quoted));
        for (order, person) in in_range.enumerate() {
            let score = self.score(block, within, by, person).saturating_add(i32::from(order == 0));
            let better = match (best, by) {
                (None, _) => true,
                (Some((top, _)), By::Relative) => score >= top,
                (Some((top, _)), _) => score > top,
            };
            if better {
                best = Some((score, person.name));
            }
        }
        best.filter(|(score, _)| *score > 0).map(|(_, name)| self.first_of_several(block, within, name))
    }

    /// "Smith of Hull and the engineer Jones said": the first of those who speak together stands for all.
    fn first_of_several(&self, block: u32, within: Span, name: usize) -> usize {
        let text = &*self.document.blocks()[block as usize].text;
        let reading = &self.blocks[block as usize];
        let here: Vec<&Person> =
            self.persons[block as usize].iter().filter(|person| within.covers(person.span) && !person.quoted).collect();
        let Some(at) = here.iter().position(|person| person.name == name) else { return name };
        let together = |first: &Person, second: &Person| {
            let between = &reading.tokens[reading.token_at(first.span.end)..reading.token_at(second.span.start)];
            let plain =
                |token: &crate::text::Token| !token.is_word() || token.is_capitalised() || matches!(token.text(text), "and" | "of" | "the");
            between.iter().any(|token| token.text(text) == "and") && between.iter().all(plain)
        };
        match at.checked_sub(1) {
            Some(before) if together(here[before], here[at]) && !self.is_possessive(block, here[before].span) => {
                let score = self.score(block, within, By::Main, here[before]);
                if score > 0 { here[before].name } else { name }
            }
            _ => name,
        }
    }

    #[expect(clippy::arithmetic_side_effects, reason = "a few small constants")]
    fn score(&self, block: u32, within: Span, by: By, person: &Person) -> i32 {
        let text = &*self.document.blocks()[block as usize].text;
        let reading = &self.blocks[block as usize];
        let mut score = 1;
        if self.is_possessive(block, person.span) {
            score -= 8;
        }
        let first = reading.token_at(person.phrase.start);
        // A determiner and small words of the title stand between a preposition and the name.
        let mut at = first;
        let is_small = |word: &str| QUOTE_WORDS.before_speaker.has(word) || matches!(word, "-" | ".");
        while at > 0 && is_small(reading.tokens[at - 1].text(text)) {
            at -= 1;
        }
        if let Some(before) = at.checked_sub(1).map(|at| reading.tokens[at]).filter(|token| within.covers(token.span)) {
            let word = before.text(text);
            if QUOTE_WORDS.before_object.has_in_any_case(word) {
                score -= 9;
            }
        }
        let mut after = reading.token_at(person.span.end.saturating_sub(1)) + 1;
        let next = reading.tokens.get(after).map_or("", |token| token.text(text));
        let is_comma = matches!(next, "," | "(" | "—" | "–");
        match by {
            By::Behind => score += 2 + i32::from(is_comma || next == "."),
            By::Main => score += if is_comma { 2 } else { 3 },
            By::Relative => score += i32::from(is_comma) * 2,
            By::Before | By::Pronoun => {
                while reading.tokens.get(after).is_some_and(|token| token.is_word() && is_filler(token.text(text))) {
                    after += 1;
                }
                let next = reading.tokens.get(after);
                let meets_verb = next.is_some_and(|token| token.span.start >= within.end);
                if meets_verb {
                    score += 6;
                } else if is_comma || next.is_some_and(|token| token.is_word() && is_speech_verb(token.text(text))) {
                    score += 3;
                }
            }
        }
        score
    }
}
