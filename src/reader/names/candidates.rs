//! What may be a name in one block: runs of words with a capital, joined by what joins words of a name ("of", "bin", a
//! hyphen) and cut where a title or a form of address ends.

use std::sync::{Arc, OnceLock};

use super::PersonName;
use super::addresses::is_in_address;
use super::beside_names::BESIDE_NAMES;
use super::capitals::{is_title_case, word_classes};
use super::cues::Cues;
use super::evidence::Score;
use super::folded_words::{FoldedWords, folded_words, hash_of_words};
use crate::gazetteer::units::FigureTables;
use crate::gazetteer::{Place, PlaceKind, WordClass, places};
use crate::markup::BlockKind;
use crate::reader::TitleCandidate;
use crate::text::{Row, Shape, Span, Token, TokenKind, folded, stable_hash};

/// What may be a name in one block.
#[derive(Clone, Debug, PartialEq)]
pub struct NameCandidate {
    /// Bytes of the block's text.
    pub span: Span,
    /// Half-open range of token indices.
    pub(super) tokens: Span,
    pub(super) words: FoldedWords,
    /// As [`hash_of_words`] gives it.
    pub(super) hash: u64,
    pub(super) cues: Cues,
    /// What its words say, worked out once for all texts that have the block.
    pub(super) own: OnceLock<Box<OwnWords>>,
}

/// What the words of a form say by themselves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OwnWords {
    pub(super) evidence: Score,
    /// As [`crate::text::name_key`] gives it.
    pub(super) key: Arc<str>,
    /// The parts of the name should it be a person's.
    pub(super) person: Arc<PersonName>,
}

/// What may be a name in a block, whose titles and addresses come with it: a title ends the name behind it, and an address has none.
pub(in crate::reader) fn find<'a>(
    kind: BlockKind,
    row: Row<'a, 'a>,
    sentences: &[Span],
    titles: &'a [TitleCandidate],
    addresses: &'a [Span],
) -> Vec<NameCandidate> {
    let title_case = is_title_case(kind, row);
    let mut scan = Scan { row, titles, addresses, block_cues: Cues::default(), classes: word_classes(row, title_case), found: Vec::new() };
    scan.block_cues.add_if(Cues::TITLE_CASE, title_case);
    for sentence in sentences {
        scan.sentence(sentence.range());
    }
    scan.found
}

/// Hashes of the words of a block that stand in lower case: a word that also stands so is hardly a name.
pub(in crate::reader) fn lower_words(row: Row<'_, '_>, addresses: &[Span]) -> Vec<u32> {
    let mut hashes: Vec<u32> = Vec::with_capacity(row.tokens.len());
    let lower = row
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower && token.span.len() > 2)
        .filter(|token| addresses.is_empty() || !is_in_address(addresses, **token));
    hashes.extend(lower.map(|token| word_hash(token.text(row.text))));
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Hashes of the words of these names: of no others it is ever asked whether they stand in lower case somewhere.
pub(in crate::reader) fn name_words(names: &[NameCandidate]) -> Vec<u32> {
    names.iter().flat_map(|name| &name.words).map(|word| word_hash(word)).collect()
}

pub(super) fn word_hash(word: &str) -> u32 {
    stable_hash(&[word]) as u32
}

/// No title has more tokens than this.
const LONGEST_TITLE: usize = 64;

/// What is said of somebody between two commas has no more tokens than this.
const LONGEST_APPOSITION: usize = 9;

pub(super) struct Scan<'a> {
    pub(super) row: Row<'a, 'a>,
    titles: &'a [TitleCandidate],
    /// Web addresses and the like, whose words are no prose.
    addresses: &'a [Span],
    pub(super) block_cues: Cues,
    /// The class of each token; empty for marks and numbers.
    classes: Vec<WordClass>,
    found: Vec<NameCandidate>,
}

impl<'a> Scan<'a> {
    pub(super) fn token(&self, at: usize) -> Option<Token> {
        self.row.tokens.get(at).copied()
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.row.piece(at)
    }

    pub(super) fn class(&self, at: usize) -> WordClass {
        self.classes.get(at).copied().unwrap_or_default()
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        let is_capital = |token: Token| token.is_capitalised() || starts_with_capital(token.text(self.row.text));
        self.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.shape != Shape::Lower && is_capital(token))
    }

    pub(super) fn mark(&self, at: usize, marks: &[char]) -> bool {
        self.row.is_mark(at, marks)
    }

    pub(super) fn joined(&self, at: usize) -> bool {
        self.row.is_joined(at)
    }

    fn sentence(&mut self, range: std::ops::Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if self.in_address(at) {
                at += 1;
            } else if let Some(start) = self.starts_run(at, range.end) {
                let end = self.run_end(start, range.end);
                self.split(start, end, range.start, range.end);
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
    }

    /// The titles that may have to do with the tokens `from..end`. They are found in the order of their ends.
    pub(super) fn titles_near(&self, from: usize, end: usize) -> &'a [TitleCandidate] {
        let titles = self.titles;
        let ending = |token: usize| titles.partition_point(|title| (title.tokens.end as usize) < token);
        &titles[ending(from)..ending(end + LONGEST_TITLE)]
    }

    fn in_address(&self, at: usize) -> bool {
        !self.addresses.is_empty() && self.token(at).is_some_and(|token| is_in_address(self.addresses, token))
    }

    /// Where a run that begins at `at` begins: there, or nowhere.
    fn starts_run(&self, at: usize, end: usize) -> Option<usize> {
        if self.capital(at) {
            return Some(at);
        }
        // "al-Shabaab", "von der Leyen": a particle that a capital follows.
        let token = self.token(at)?;
        if token.shape == Shape::Lower
            && self.class(at).is(WordClass::PARTICLE)
            && ![&BESIDE_NAMES.no_particle, &BESIDE_NAMES.no_first_particle].iter().any(|class| class.has(token.text(self.row.text)))
        {
            let next = self.after_particles(at, end)?;
            return self.capital(next).then_some(at);
        }
        None
    }

    /// The token behind up to three particles at `at`, their hyphens included.
    pub(super) fn after_particles(&self, at: usize, end: usize) -> Option<usize> {
        let mut next = at;
        for _ in 0..3 {
            if next < end && self.token(next).is_some_and(|t| t.shape == Shape::Lower) && self.class(next).is(WordClass::PARTICLE) {
                next += 1;
                if self.mark(next, &['-', '–', '‑']) && self.joined(next) {
                    next += 1;
                }
            }
        }
        (next > at && next < end).then_some(next)
    }

    /// Cuts a run where titles end, and keeps what may be names.
    fn split(&mut self, start: usize, end: usize, sentence_start: usize, sentence_end: usize) {
        let mut from = start;
        while from < end
            && self.leads(from, (sentence_start, sentence_end), end)
            && (from == start || !self.class(from).is(WordClass::HEAD))
        {
            // "North Korea", "Will Smith" mid-sentence: only where the capital may come from the sentence, or for function words.
            if from == start && !self.at_clause_start(from, sentence_start) && !self.is_function(from) {
                break;
            }
            if self.class(from).is(WordClass::PLACE_FIRST) && self.leads_a_place(from, end) {
                break;
            }
            // "The National Tide Council": behind the article the capital is the name's own.
            if from > start && self.leads_a_body(from, end) {
                break;
            }
            from += 1;
            // "The Hague-based", "In-Depth": no hyphen may be left at the front.
            while from < end && !self.capital(from) {
                from += 1;
            }
        }
        let overlaps = |title: &&TitleCandidate| from < end && (title.tokens.start as usize) < end && title.tokens.end as usize > from;
        let titled: Vec<&TitleCandidate> = self.titles_near(from, end).iter().filter(overlaps).collect();
        // "R-Ohio": a party's letter before a state.
        if from + 2 < end
            && self.word(from).len() == 1
            && self.mark(from + 1, &['-', '‑', '–'])
            && self.joined(from + 1)
            && self.joined(from + 2)
        {
            from += 2;
        }
        if let Some(place) = self.place_behind_sea(from, end) {
            self.keep(from, place, Cues::default(), sentence_start, sentence_end);
            from = place;
        }
        let is_ship = self.class(from) == WordClass::SHIP_PREFIX;
        let mut piece = from;
        let mut after_title = false;
        let mut at = from;
        while at < end {
            let token = self.row.tokens[at];
            let in_title = titled.iter().any(|title| title.span.covers(token.span));
            let cut = !is_ship
                && (in_title || self.class(at).is(WordClass::HONORIFIC) && !self.class(at).is(WordClass::HEAD))
                && self.is_title_here(at, piece, end, in_title);
            if cut {
                if piece < at {
                    let mut cues = Cues::BEFORE_TITLE;
                    cues.add_if(Cues::AFTER_TITLE, after_title);
                    self.keep(piece, at, cues, sentence_start, sentence_end);
                }
                // "Co-chair" is one word.
                let hyphened = self.mark(at + 1, &['-', '‑']) && titled.iter().any(|title| title.words.contains(at as u32 + 2));
                if in_title
                    && !hyphened
                    && let Some(named) = self.named_in_title(at, end)
                {
                    let owns = self.token(named).is_some_and(|token| token.kind == TokenKind::Possessive);
                    let cues = if owns || self.body_of_a_title(at, end) == Some(named) { Cues::default() } else { Cues::BEFORE_TITLE };
                    self.keep(at, named, cues, sentence_start, sentence_end);
                    at = named - 1;
                }
                at += 1;
                while at < end && (!self.capital(at) && self.row.tokens[at].kind == TokenKind::Mark) {
                    at += 1;
                }
                piece = at;
                after_title = true;
            } else if self.class(at).is(WordClass::CALENDAR) && (at > piece || end > at + 1) && !self.is_name_like_calendar(at) {
                if piece < at {
                    self.keep(piece, at, if after_title { Cues::AFTER_TITLE } else { Cues::default() }, sentence_start, sentence_end);
                }
                at += 1;
                piece = at;
                after_title = false;
            } else {
                at += 1;
            }
        }
        if piece < end {
            self.keep(piece, end, if after_title { Cues::AFTER_TITLE } else { Cues::default() }, sentence_start, sentence_end);
        }
    }

    /// Whether the word at `at` of a run starts its sentence or clause and is no part of the name behind it. "Per Dahlquist left" names
    /// somebody; "Per Larsund Radio, it rained" and "Will Dahlquist leave?" don't.
    fn leads(&self, at: usize, (sentence_start, sentence_end): (usize, usize), end: usize) -> bool {
        let class = self.class(at);
        let is_word = || {
            let asks = || (end..sentence_end).any(|behind| self.mark(behind, &['?']));
            // "Per Dahlquist, 61, left": what stands between two commas is said of somebody.
            let closes = || (end + 1..sentence_end.min(end + LONGEST_APPOSITION)).any(|behind| self.mark(behind, &[',']));
            let of_body = || (at + 1..end).any(|word| self.class(word).is(WordClass::HEAD));
            let opens_clause = || self.mark(end, &[',']) && (of_body() || !closes());
            self.at_clause_start(at, sentence_start) && (end == at + 1 || opens_clause() || asks())
        };
        class.is(WordClass::LEAD) || class.is(WordClass::LEAD_OR_GIVEN) && is_word()
    }

    /// Whether a word such as "New" belongs to the capitalised one behind it: "New York", but not "New President Ada Quill".
    fn leads_a_place(&self, at: usize, end: usize) -> bool {
        let in_title = |at: usize| self.titles_near(at, at + 1).iter().any(|title| title.tokens.contains(at as u32));
        at + 1 < end && self.capital(at + 1) && (in_title(at) || !in_title(at + 1))
    }

    /// Whether a word such as "National" belongs to the capitalised ones behind it, the last of which says what kind of body they name.
    fn leads_a_body(&self, at: usize, end: usize) -> bool {
        let last = self.last_word(at, end);
        !self.is_function(at)
            && self.row.tokens[at].is_capitalised()
            && !self.block_cues.has(Cues::TITLE_CASE)
            && last > at + 1
            && (at + 1..=last).all(|next| self.capital(next))
            && self.class(last).is(WordClass::HEAD)
    }

    /// Where the place begins in "the Black Sea Odesa region", of which the sea tells where it lies.
    fn place_behind_sea(&self, from: usize, end: usize) -> Option<usize> {
        let words = |from: usize, end: usize| folded(self.row.span(from, end).text(self.row.text));
        // What lies in no country or in several.
        let is_sea = |at: &usize| {
            let known = |place: &Place| place.kind == PlaceKind::Other && place.country.is_empty();
            self.class(*at - 1).is(WordClass::PLACE_HEAD) && places(&words(from, *at)).any(known)
        };
        let place = (from + 2..end).find(is_sea)?;
        (places(&words(place, end)).next().is_some() && places(&words(from, end)).next().is_none()).then_some(place)
    }

    /// "April", "May", "June" can be given names.
    fn is_name_like_calendar(&self, at: usize) -> bool {
        BESIDE_NAMES.given_or_calendar.has(self.word(at))
    }

    fn is_function(&self, at: usize) -> bool {
        BESIDE_NAMES.opening.has(self.word(at))
    }

    /// Whether a capital at `at` may come from the sentence or clause that begins there.
    pub(super) fn at_clause_start(&self, at: usize, sentence_start: usize) -> bool {
        if at == sentence_start {
            return true;
        }
        let before = self.row.tokens[at - 1];
        before.kind == TokenKind::Mark
            && (before
                .is_mark(self.row.text, &['"', '“', '‘', '\'', ':', '—', '–', '(', '[', '•', '*', '„', '«', '…', '-', '>', ';', '|', '/']))
    }

    pub(super) fn last_word(&self, from: usize, end: usize) -> usize {
        (from..end).rev().find(|&at| self.row.tokens[at].kind == TokenKind::Word).unwrap_or(from)
    }

    fn keep(&mut self, mut from: usize, mut end: usize, mut cues: Cues, sentence_start: usize, sentence_end: usize) {
        // No mark or connector at either end, but for the last stop of an abbreviation.
        while from < end
            && !(self.capital(from)
                || self.row.tokens[from].is_word() && self.class(from).is(WordClass::PARTICLE) && self.word(from) != "of")
        {
            from += 1;
        }
        while from < end
            && !self.capital(end - 1)
            && !(self.mark(end - 1, &['.']) && end - from > 1)
            && !(end - from > 2 && self.mark(end - 2, &['-', '‑', '–']) && self.is_second_syllable(from, end - 1))
        {
            end -= 1;
        }
        if from >= end {
            return;
        }
        // "US$25": a currency.
        if self.word(from) == "of" || self.joined(end) && self.mark(end, &['$', '€', '£']) {
            return;
        }
        let one = end - from == 1;
        // "USD115", "RM42": an amount.
        let letters = self.word(from).trim_end_matches(|c: char| c.is_ascii_digit());
        if one
            && letters.len() < self.word(from).len()
            && FigureTables::get().money_joined.starting_with(letters, self.row.text, &[], 0).is_some()
        {
            return;
        }
        let class = self.class(from);
        if one && (class.is(WordClass::CALENDAR) || class.is(WordClass::HONORIFIC) || self.word(from).chars().count() == 1) {
            return;
        }
        if cues.has(Cues::BEFORE_TITLE) && one && !self.row.tokens[from].is_capitalised() {
            return;
        }
        let last = self.last_word(from, end);
        let numbered = last > from && self.class(last).is(WordClass::SUFFIX) && self.class(last - 1).is(WordClass::OTHER);
        // "World War II"
        if numbered || self.is_run_together(from, end) {
            return;
        }
        cues = self.context(from, end, cues, sentence_start, sentence_end);
        let span = self.row.span(from, end);
        let tokens = Span::of(from..end);
        let words = folded_words(self.row, tokens);
        self.found.push(NameCandidate { span, tokens, hash: hash_of_words(&words), words, cues, own: OnceLock::new() });
    }
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
