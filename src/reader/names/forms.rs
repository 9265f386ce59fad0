//! The forms in which one text writes its names: all mentions that are written alike are judged together, since a text
//! seldom means two things by one form.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use hashbrown::HashTable;
use rustc_hash::FxHashSet;

use super::candidates::{NameCandidate, OwnWords, word_hash};
use super::cues::{CueCounts, Cues};
use super::evidence::Score;
use super::folded_words::{folded_words, hash_of_words};
use super::kinds::{form_evidence, is_given_before_name};
use super::person;
use crate::document::{Document, ProseSpan};
use crate::gazetteer::{WordClass, name_use, places, word_class};
use crate::reader::{BlockReading, SubjectKind};
use crate::text::{Row, Span, is_upper, name_key};

/// All mentions that are written alike, case, accents and stops aside.
#[derive(Clone, Debug)]
pub(super) struct Form<'a> {
    /// The words, folded; hyphens part them.
    pub(super) words: &'a [Box<str>],
    hash: u64,
    /// As first written.
    pub(super) written: Cow<'a, str>,
    /// Whether that is in capitals.
    pub(super) upper: bool,
    /// The first candidate that is all of it, written so.
    first: Option<&'a NameCandidate>,
    /// What its words say, where no candidate is all of it.
    own: OnceLock<Box<OwnWords>>,
    /// How often each cue stands beside its mentions, outside headlines in capitals.
    pub(super) cues: CueCounts,
    /// The cues beside any of its mentions.
    pub(super) beside: Cues,
    pub(super) kind: Option<SubjectKind>,
    pub(super) score: Score,
}

impl Form<'_> {
    /// What the text calls it in full; a person whom it has in capitals alone, "ADA QUILL", as names are usually written.
    pub(super) fn name(&self, kind: SubjectKind) -> String {
        if kind != SubjectKind::Person || self.words.len() < 2 || !self.upper {
            return self.written.clone().into_owned();
        }
        let mut within = false;
        let lowered = self.written.chars().flat_map(|c| {
            let first = !std::mem::replace(&mut within, c.is_alphanumeric());
            if first { vec![c] } else { c.to_lowercase().collect() }
        });
        lowered.collect()
    }

    /// What its words say: for all texts that have the block of the candidate that it was first written as, else for this one.
    pub(super) fn own_words(&self) -> &OwnWords {
        self.first.map_or(&self.own, |candidate| &candidate.own).get_or_init(|| {
            let person = person::parts(&self.name(SubjectKind::Person), false);
            Box::new(OwnWords { evidence: form_evidence(self), key: name_key(&self.written).into(), person: person.into() })
        })
    }
}

/// Forms by the hash of their words.
type ByWords = HashTable<usize>;

/// The forms of one text in the order of their first mentions.
pub(super) struct Forms<'a> {
    pub(super) all: Vec<Form<'a>>,
    /// Each mention with the index of its form, those in headlines behind all others.
    pub(super) mentions: Vec<(ProseSpan, usize)>,
    pub(super) lower: FxHashSet<u32>,
    /// Pairs of an organisation's form and the abbreviation in brackets behind it.
    pub(super) acronyms: Vec<(usize, usize)>,
}

impl<'a> Forms<'a> {
    pub(super) fn gather(document: &'a Document, blocks: &'a [Arc<BlockReading>]) -> Self {
        let lower = lower_words_of_names(blocks);
        let mentions = Vec::with_capacity(blocks.iter().map(|block| block.names.len()).sum());
        let mut forms = Self { all: Vec::new(), mentions, lower, acronyms: Vec::new() };
        let mut by_words = ByWords::default();
        let mut headlines = Vec::new();
        for (index, (block, reading)) in document.blocks().iter().zip(blocks).enumerate() {
            let mut before: Option<(usize, bool)> = None;
            for candidate in &reading.names {
                if candidate.cues.has(Cues::TITLE_CASE) {
                    headlines.push((index, candidate));
                    continue;
                }
                let Some((words, span)) = forms.trimmed(candidate, reading) else {
                    before = None;
                    continue;
                };
                let at = ProseSpan { block: index as u32, span };
                let whole = Some(candidate).filter(|_| span == candidate.span);
                let hash = if words.len() == candidate.words.len() { candidate.hash } else { hash_of_words(words) };
                let id = forms.enter(&mut by_words, (words, hash), whole, span.text(&block.text), at, candidate.cues);
                if let Some((full, true)) = before.filter(|_| candidate.cues.has(Cues::IN_BRACKETS)) {
                    forms.acronyms.push((full, id));
                }
                before = Some((id, candidate.cues.has(Cues::BEFORE_ACRONYM)));
            }
        }
        for (index, candidate) in headlines {
            let row = Row { text: &document.blocks()[index].text, tokens: &blocks[index].tokens };
            forms.enter_headline(&mut by_words, index as u32, candidate, row);
        }
        forms
    }

    fn enter(
        &mut self,
        by_words: &mut ByWords,
        (words, hash): (&'a [Box<str>], u64),
        whole: Option<&'a NameCandidate>,
        written: &'a str,
        at: ProseSpan,
        cues: Cues,
    ) -> usize {
        // Of so few forms no two share one of so many hashes, and the words themselves need not be looked up each time.
        let known = by_words.entry(hash, |&id| self.all[id].hash == hash, |&id| self.all[id].hash);
        let id = *known.or_insert(self.all.len()).get();
        if id == self.all.len() {
            self.all.push(Form {
                words,
                hash,
                written: one_line(written),
                upper: is_upper(written),
                first: whole,
                own: OnceLock::new(),
                cues: CueCounts::default(),
                beside: Cues::default(),
                kind: None,
                score: Score::default(),
            });
        }
        let form = &mut self.all[id];
        // What stands in capitals all through, in a headline or above the text, says nothing of its own.
        if form.upper && !is_upper(written) {
            form.written = one_line(written);
            form.upper = false;
            form.first = whole;
        }
        self.mention(id, at, cues);
        id
    }

    fn mention(&mut self, id: usize, at: ProseSpan, cues: Cues) {
        let form = &mut self.all[id];
        form.beside.add(cues);
        if !cues.has(Cues::TITLE_CASE) {
            form.cues.add(cues);
        }
        self.mentions.push((at, id));
    }

    /// The words of a candidate without a first one that only its place in the sentence gave a capital.
    fn trimmed(&self, candidate: &'a NameCandidate, reading: &BlockReading) -> Option<(&'a [Box<str>], Span)> {
        let mut tokens = candidate.tokens;
        let words = &*candidate.words;
        if !candidate.cues.has(Cues::SENTENCE_START) {
            return Some((words, candidate.span));
        }
        let first = words.first()?;
        let name = name_use(first);
        let in_lower = self.lower.contains(&word_hash(first));
        if words.len() == 1 {
            return (!in_lower || name.given).then_some((words, candidate.span));
        }
        let class = word_class(first);
        let known =
            name.given || name.family || class.is(WordClass::HEAD) || class.is(WordClass::PLACE_FIRST) || places(first).next().is_some();
        let in_lower_behind = || words.get(1).is_some_and(|word| self.lower.contains(&word_hash(word)));
        let plainly_given = name.given && (!name.ordinary || is_given_before_name(words) && !in_lower_behind());
        // "New York Times": a place stands at the front.
        if places(&words.join(" ")).next().is_some() || places(&words[..2].join(" ")).next().is_some() {
            return Some((words, candidate.span));
        }
        let drop = in_lower && !plainly_given && !class.is(WordClass::HEAD) || !known && looks_like_adverb(first);
        if !drop || !reading.tokens.get(tokens.start as usize + 1).is_some_and(|token| token.spaced && token.is_capitalised()) {
            return Some((words, candidate.span));
        }
        tokens.start += 1;
        let span = Span::new(reading.tokens[tokens.start as usize].span.start, candidate.span.end);
        Some((&words[1..], span))
    }

    /// In a headline, where all words have capitals, only what the text also names elsewhere is a name, and a person's
    /// behind a title.
    fn enter_headline(&mut self, by_words: &mut ByWords, block: u32, candidate: &'a NameCandidate, row: Row<'a, '_>) {
        let range = candidate.tokens.range();
        let mut from = range.start;
        while from < range.end {
            let mut end = range.end.min(from + 8);
            let found = loop {
                if end <= from {
                    break None;
                }
                let words = folded_words(row, Span::of(from..end));
                let hash = hash_of_words(&words);
                let known = by_words.find(hash, |&id| self.all[id].hash == hash);
                if let Some(&id) = known.filter(|_| !words.is_empty()) {
                    break Some(id);
                }
                end -= 1;
            };
            if let Some(id) = found {
                let span = row.span(from, end);
                self.mention(id, ProseSpan { block, span }, candidate.cues);
                from = end;
                continue;
            }
            let Some(words) = titled_words(candidate).filter(|_| from == range.start) else {
                from += 1;
                continue;
            };
            end = from + words.len();
            let span = row.span(from, end);
            self.enter(by_words, (words, hash_of_words(words)), None, span.text(row.text), ProseSpan { block, span }, Cues::AFTER_TITLE);
            from = end;
        }
    }
}

/// The words of names that stand in lower case somewhere in the text. Nearly all words in lower case are in no name, and a bit for
/// some of them together tells that.
fn lower_words_of_names(blocks: &[Arc<BlockReading>]) -> FxHashSet<u32> {
    let mut in_names = [0u64; 512];
    let bit = |word: u32| ((word >> 6) as usize % 512, 1u64 << (word % 64));
    for &word in blocks.iter().flat_map(|block| &block.name_words) {
        let (at, bit) = bit(word);
        in_names[at] |= bit;
    }
    let is_in_names = |word: &u32| {
        let (at, bit) = bit(*word);
        in_names[at] & bit != 0
    };
    blocks.iter().flat_map(|block| &block.lower_words).copied().filter(is_in_names).collect()
}

/// A name may run over a line's end.
fn one_line(name: &str) -> Cow<'_, str> {
    if name.is_ascii() && !name.bytes().zip(name.bytes().skip(1)).any(|pair| pair == (b' ', b' ') || pair.1 < b' ') {
        return Cow::Borrowed(name);
    }
    let mut line = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.into()
}

/// The words of a candidate in a headline that are a person's name behind a title, as far as the words alone tell: "Ada
/// Quilland" of "President Ada Quilland Promises Aid", none of "President Signs Bill".
fn titled_words(candidate: &NameCandidate) -> Option<&[Box<str>]> {
    let words = &*candidate.words;
    let name = |at: usize| words.get(at).map(|word| name_use(word)).filter(|name| !name.ordinary && (name.given || name.family));
    let first = name(0).filter(|_| candidate.cues.has(Cues::AFTER_TITLE))?;
    // With a mark inside, words and tokens don't run side by side.
    let is_plain = words.len() == candidate.tokens.len() as usize;
    let length = if first.given && name(1).is_some_and(|second| second.family) { 2 } else { 1 };
    (is_plain && (length == 2 || first.family)).then(|| &words[..length])
}

/// Adverbs and participles start sentences with a capital more often than names do.
fn looks_like_adverb(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("ly") || word.ends_with("ing") || word.ends_with("ed"))
}
