//! What a figure measures: the noun counted, the words of its sentence by how close they stand, what became of the
//! people counted, and the period. This is what decides whether two figures are of the same thing.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::FigureCandidate;
use super::figure_words::FIGURE_WORDS;
use super::told::{self, Told};
use crate::gazetteer::contrasts::Mark;
use crate::gazetteer::stored;
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::gazetteer::units::{FigureTables, Hedge};
use crate::reader::PartialDate;
use crate::reader::dates::DateCandidate;
use crate::text::{Row, Shape, Span, Token, TokenKind, fold_into};

/// A word around a figure or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term {
    pub word: TermKey,
    /// How many words stand between, marks of punctuation counting as several; at most [`FARTHEST`].
    pub distance: u8,
    /// Whether it is part of what is counted.
    pub counted: bool,
    /// Whether it is written with a capital letter, and not because it starts the sentence.
    pub name: bool,
}

/// Words farther away than this all count as so far.
pub const FARTHEST: u8 = 40;
/// How many words to either side a context keeps in their order.
const BESIDE: usize = 4;
/// How many words the contexts of one sentence may have in all before each looks less far than the whole of it, lest a list without full
/// stops take all memory; but as far as the distance of a word tells anything.
const WORDS_IN_ALL: usize = 1 << 13;

/// What a figure measures or a date dates, as far as the words of its sentence say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Context {
    /// The noun counted, stemmed.
    pub head: Option<Box<str>>,
    /// Sorted by word, each once and at its closest.
    pub terms: Vec<Term>,
    /// The words just before and just behind, the closest first; words that tell nothing included.
    pub before: Vec<TermKey>,
    pub behind: Vec<TermKey>,
    /// What became of the people counted: `kill`, `injure`.
    #[serde(with = "stored::fate")]
    pub fate: Option<stored::Code>,
    /// Whether the number is a floor, a ceiling or neither.
    pub hedge: Hedge,
    /// Of which members of sets and series it is told.
    pub told: Vec<Mark>,
    /// How many other figures of the kind stand in the sentence.
    pub company: u8,
    /// Years, months and days said in the sentence; where it says very many, those close by.
    pub periods: Vec<PartialDate>,
    /// The values of the sentence's other figures as they are written, sorted; where there are very many, of those close by.
    pub values: Vec<Decimal>,
}

/// Of all that tells two contexts apart: a text may have thousands that differ in one value alone.
impl Hash for Context {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.head.hash(state);
        self.terms.iter().for_each(|term| (term.word, term.distance).hash(state));
        self.before.hash(state);
        self.behind.hash(state);
        self.periods.hash(state);
        // Equal values are written alike here, with no noughts at their ends.
        self.values.iter().for_each(|value| value.mantissa().hash(state));
    }
}

/// The words for what is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) span: Span,
    pub(super) plural: bool,
    /// Half-open range of tokens.
    start: usize,
    end: usize,
    head: usize,
}

pub(super) fn is_plural(word: &str) -> bool {
    TermTables::get().is_plural(word)
}

pub(super) fn is_function_word(word: &str) -> bool {
    TermTables::get().is_function_word(word)
}

/// Whether a plural noun follows within `count` words.
pub(super) fn plural_within(text: &str, tokens: &[Token], at: usize, count: usize) -> bool {
    let tables = TermTables::get();
    tokens
        .iter()
        .skip(at)
        .take(count)
        .take_while(|token| token.is_word() && !tables.is_function_word(token.text(text)))
        .any(|token| tables.is_plural(token.text(text)))
}

/// The noun phrase behind a number that ends before token `at`.
pub(super) fn counted(text: &str, tokens: &[Token], at: usize, has_unit: bool) -> Option<Counted> {
    let tables = TermTables::get();
    let word = |index: usize| tokens.get(index).filter(|token| token.is_word()).map(|token| token.text(text));
    let mut start = at;
    if tokens.get(start).is_some_and(|token| matches!(token.text(text), "-" | "‑") && !token.spaced) {
        start += 1;
    }
    if word(start) == Some("of") {
        start += 1;
        while word(start).is_some_and(|word| FIGURE_WORDS.of_whole.has(word))
            || tokens.get(start).is_some_and(|token| token.kind == TokenKind::Number)
            || word(start).is_some_and(|word| FigureTables::get().number_word(word).is_some())
        {
            start += 1;
        }
    } else if word(start).is_some_and(|word| FIGURE_WORDS.of_others.has(word)) {
        if word(start) == Some("others") {
            return Some(Counted { span: tokens[start].span, plural: true, start, end: start + 1, head: start });
        }
        start += 1;
    }
    let mut end = start;
    let mut head = None;
    while end < tokens.len() && end < start + 7 {
        let token = tokens[end];
        let hyphen = token.kind == TokenKind::Mark
            && !token.spaced
            && token.text(text) == "-"
            && tokens.get(end + 1).is_some_and(|next| !next.spaced);
        if end > start && hyphen || token.kind == TokenKind::Possessive {
            end += 1;
            continue;
        }
        if !token.is_word() || tables.is_function_word(token.text(text)) {
            break;
        }
        let joined = tokens.get(end + 1).is_some_and(|next| !next.spaced && next.text(text) == "-");
        end += 1;
        if !joined && tables.is_plural(token.text(text)) {
            head = Some(end - 1);
            // A noun in the plural ends what is counted: "drones launched overnight".
            break;
        }
    }
    // "1.5% quarter-on-quarter"
    if end > start && tokens[end - 1].kind == TokenKind::Mark {
        end -= 2;
    }
    if end <= start {
        return None;
    }
    let plural = head.is_some();
    let head = head.unwrap_or(if has_unit { end - 1 } else { start });
    if !plural && !has_unit {
        end = start + 1;
    }
    Some(Counted { span: Span::new(tokens[start].span.start, tokens[end - 1].span.end), plural, start, end, head })
}

/// What a number counts that stands behind it: "the number of homes without power is now 900", "Homes without power: 900".
pub(super) fn counted_before(row: Row<'_, '_>, sentence: &Range<usize>, start: usize) -> Option<Counted> {
    let colon = start.checked_sub(1).filter(|&at| row.is_mark(at, &[':']));
    let is_link = |&at: &usize| row.is_of(at, &FIGURE_WORDS.amounting) || row.is_of(at, &FIGURE_WORDS.behind_amounting);
    let linked = (sentence.start..start).rev().take_while(is_link).count();
    if colon.is_none() && (linked == 0 || !row.is_of(start - linked, &FIGURE_WORDS.amounting)) {
        return None;
    }
    let end = colon.unwrap_or(start - linked);
    let from = sentence.start.max(end.saturating_sub(COUNTED_WITHIN));
    let is_plain = |at: usize| row.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && row.number(at).is_none();
    let first = match colon {
        Some(colon) if sentence.start == 0 && from == 0 && (0..colon).all(is_plain) => 0,
        Some(_) => return None,
        None => {
            let tally = (from..end).rev().take_while(|&at| is_plain(at)).find(|&at| row.is_of(at, &FIGURE_WORDS.tallying))?;
            row.is(tally + 1, &["of"]).then_some(tally + 2)?
        }
    };
    let words = first..end.min(first + NOUN_WITHIN);
    let head = words.clone().take_while(|&at| at == first || !is_function_word(row.word(at))).find(|&at| is_plural(row.word(at)))?;
    let span = row.covered(Span::of(first..head + 1));
    Some(Counted { span, plural: true, start: first, end: head + 1, head })
}

/// How far before its number a noun with all that is said of it may begin, and how many words may stand before the noun itself.
const COUNTED_WITHIN: usize = 14;
const NOUN_WITHIN: usize = 5;

/// What is read before figures are: all that the words around one are looked for in.
pub(in crate::reader) struct Setting<'a> {
    pub(super) row: Row<'a, 'a>,
    pub(super) dates: &'a [DateCandidate],
    sentences: &'a [Span],
    /// What each of the sentences says, worked out for the first figure or date that asks.
    said: Vec<Said>,
}

#[derive(Clone, Debug, Default)]
struct Said {
    /// What its words are members of.
    told: OnceCell<Vec<Told>>,
    /// Those that tell what a value is of.
    words: OnceCell<Vec<TermAt>>,
}

/// A word that tells something.
#[derive(Clone, Copy, Debug)]
struct TermAt {
    token: usize,
    word: TermKey,
    is_name: bool,
}

impl<'a> Setting<'a> {
    pub(in crate::reader) fn new(row: Row<'a, 'a>, sentences: &'a [Span], dates: &'a [DateCandidate]) -> Self {
        Self { row, dates, sentences, said: vec![Said::default(); sentences.len()] }
    }

    fn told(&self, sentence: usize) -> &[Told] {
        let said = self.said.get(sentence).zip(self.sentences.get(sentence));
        said.map_or(&[], |(said, tokens)| said.told.get_or_init(|| told::within(self.row, tokens.range(), self.dates)))
    }

    fn words(&self, sentence: usize) -> &[TermAt] {
        let said = self.said.get(sentence).zip(self.sentences.get(sentence));
        said.map_or(&[], |(said, tokens)| said.words.get_or_init(|| terms_within(self.row, tokens.range())))
    }
}

/// The words of a sentence that tell what a value is of: numbers, units and words of grammar do not.
fn terms_within(row: Row<'_, '_>, sentence: Range<usize>) -> Vec<TermAt> {
    let Row { text, tokens } = row;
    let (terms, figures) = (TermTables::get(), FigureTables::get());
    let mut found = Vec::new();
    let mut first = true;
    let mut folded = String::new();
    for index in sentence {
        let Some(token) = tokens.get(index).filter(|token| token.is_word()) else { continue };
        let word = token.text(text);
        let opens = std::mem::take(&mut first);
        if word.len() < 2 || terms.is_function_token(*token, text) || figures.number_token(*token, text).is_some() {
            continue;
        }
        if !token.is_capitalised() && figures.words.starting_at(text, tokens, index).is_some() {
            continue;
        }
        // What is in lower case and ASCII is folded as it is.
        let key = if token.shape == Shape::Lower && word.is_ascii() {
            terms.key_of(word)
        } else {
            folded.clear();
            fold_into(word, &mut folded);
            terms.key_of(&folded)
        };
        found.push(TermAt { token: index, word: key, is_name: token.is_capitalised() && !opens });
    }
    found
}

/// The sentence last looked at, so that several figures in one share what is known of it.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// Which it is, and its tokens.
    index: usize,
    pub(super) range: Range<usize>,
    /// What the words of the sentences before leave in force.
    carried: Vec<Told>,
    /// How many tokens to either side of a figure or date are looked at, and how many other figures and dates.
    reach: usize,
    others: usize,
}

impl Sentence {
    /// Turns to the one that token `at` is in; false where it is looked at already.
    pub(super) fn turn_to(&mut self, setting: &Setting<'_>, at: usize) -> bool {
        if self.range.contains(&at) {
            return false;
        }
        let sentences = setting.sentences;
        let index = sentences.partition_point(|sentence| sentence.end as usize <= at);
        let last = std::mem::replace(&mut self.range, sentences.get(index).map_or(at..at, |sentence| sentence.range()));
        self.carried = match index.checked_sub(1).and_then(|before| Some((before, sentences.get(before)?))) {
            // Looked at just now, as a rule.
            Some((before, tokens)) if tokens.range() == last => told::carried(setting.told(before).to_vec(), &self.carried),
            Some((before, _)) => setting.told(before).to_vec(),
            None => Vec::new(),
        };
        self.index = index;
        true
    }

    /// Lets each of so many figures or dates see its share of them.
    pub(super) fn share_among(&mut self, count: usize) {
        let share = WORDS_IN_ALL / count.max(1);
        (self.reach, self.others) = (share.max(FARTHEST.into()), share.max(BESIDE));
    }

    /// What is looked at from `tokens`.
    fn around(&self, tokens: &Range<usize>) -> Range<usize> {
        self.range.start.max(tokens.start.saturating_sub(self.reach))..self.range.end.min(tokens.end + self.reach)
    }

    /// The indices around `index` of those of a list that lie within `here`.
    pub(super) fn others(&self, index: usize, here: &Range<usize>) -> Range<usize> {
        here.start.max(index.saturating_sub(self.others))..here.end.min(index + 1 + self.others)
    }

    fn words_within<'s>(&self, setting: &'s Setting<'_>, window: &Range<usize>) -> &'s [TermAt] {
        let words = setting.words(self.index);
        let index_of = |token: usize| words.partition_point(|word| word.token < token);
        &words[index_of(window.start)..index_of(window.end).max(index_of(window.start))]
    }
}

/// What the figure at `tokens` measures, as far as the words around it say.
pub(super) fn of(setting: &Setting<'_>, sentence: &Sentence, tokens: Range<usize>, counted: Option<Counted>) -> Context {
    let row = setting.row;
    let tables = TermTables::get();
    let head = counted.filter(|counted| counted.plural).map(|counted| {
        let word = row.piece(counted.head);
        tables.counted(word).map_or_else(|| tables.stem(word), Into::into)
    });
    let fate = fate(row, &sentence.range, &tokens);
    let counted = counted.map_or(0..0, |counted| counted.start..counted.end);
    let mut context = around(setting, sentence, &tokens, &counted);
    context.told.extend(told::as_reckoned(row, &tokens));
    Context { head, fate, ..context }
}

/// The words around each date of a block.
pub(in crate::reader) fn contexts_of_dates(setting: &Setting<'_>, figures: &[FigureCandidate]) -> Vec<Arc<Context>> {
    let &Setting { row, dates, .. } = setting;
    let mut sentence = Sentence::default();
    let of_date = |date: &DateCandidate| {
        let tokens = row.token_at(date.span.start)..row.token_from(date.span.end);
        let tokens = edge(row, tokens.start)..tokens.end;
        let is_new = sentence.turn_to(setting, tokens.start);
        let within = row.covered(Span::of(sentence.range.clone()));
        let first = dates.partition_point(|other| other.span.end <= within.start);
        let count = dates.partition_point(|other| other.span.start < within.end).saturating_sub(first);
        if is_new {
            sentence.share_among(count);
        }
        let company = count.saturating_sub(1).min(u8::MAX.into()) as u8;
        let figure_at = |offset: u32| figures.partition_point(|figure| figure.span.start < offset);
        let (first, last) = (figure_at(within.start), figure_at(within.end));
        let own = figure_at(date.span.start).clamp(first, last.max(first));
        let close = first.max(own.saturating_sub(sentence.others))..last.min(own + sentence.others).max(own);
        let values = figures[close].iter().map(|figure| figure.figure.written.value);
        let mut context = around(setting, &sentence, &tokens, &(0..0));
        context.told.extend(told::tense(row, &sentence.range, &tokens));
        Arc::new(Context { company, values: sorted(values), ..context })
    };
    dates.iter().map(of_date).collect()
}

/// Where a date at token `at` begins that says a part of it, "the end of" or "early": such words tell nothing of what it dates.
fn edge(row: Row<'_, '_>, at: usize) -> usize {
    let tables = TermTables::get();
    let of = at.checked_sub(1).filter(|&index| row.word(index) == "of").unwrap_or(at);
    let is_edge = |index: &usize| tables.cue_before(tables.key(row.word(*index))) == Some("edge");
    of.checked_sub(1).filter(is_edge).unwrap_or(at)
}

/// Values by size, each once.
pub(super) fn sorted(values: impl Iterator<Item = Decimal>) -> Vec<Decimal> {
    let mut values: Vec<Decimal> = values.map(|value| value.normalize()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

fn around(setting: &Setting<'_>, sentence: &Sentence, tokens: &Range<usize>, counted: &Range<usize>) -> Context {
    let &Setting { row, dates, .. } = setting;
    let window = sentence.around(tokens);
    let steps = steps_from(row, &window, tokens);
    let mut terms: Vec<Term> = sentence
        .words_within(setting, &window)
        .iter()
        .filter(|word| !tokens.contains(&word.token))
        .map(|&TermAt { token, word, is_name }| {
            let counted = counted.contains(&token);
            let distance = if counted { 0 } else { steps[token - window.start] };
            Term { word, distance, counted, name: is_name }
        })
        .collect();
    terms.sort_by_key(|term| (term.word, !term.counted, term.distance));
    terms.dedup_by(|later, first| later.word == first.word);
    let span = row.covered(Span::of(sentence.range.clone()));
    let own = row.covered(Span::of(tokens.clone()));
    let first = dates.partition_point(|date| date.span.end <= span.start);
    let nearest = dates.partition_point(|date| date.span.end <= own.start);
    let periods = dates[first.max(nearest.saturating_sub(sentence.others))..]
        .iter()
        .take(2 * sentence.others)
        .take_while(|date| date.span.start < span.end)
        .filter(|date| !date.span.overlaps(own))
        .map(|date| date.written)
        .filter(|date| *date != PartialDate::default())
        .collect();
    let step = |at: usize| at.checked_sub(window.start).and_then(|index| steps.get(index)).copied().unwrap_or(FARTHEST);
    Context {
        told: told::of(setting.told(sentence.index), &sentence.carried, tokens, step),
        terms,
        before: beside(row, (sentence.range.start..tokens.start).rev()),
        behind: beside(row, tokens.end..sentence.range.end),
        periods,
        ..Context::default()
    }
}

/// How far each token of the sentence stands from those at `tokens`.
fn steps_from(row: Row<'_, '_>, sentence: &Range<usize>, tokens: &Range<usize>) -> Vec<u8> {
    let mut steps = vec![0; sentence.len()];
    let mut walk = |indices: &mut dyn Iterator<Item = usize>| {
        let mut step = 0u8;
        for index in indices {
            let Some(token) = row.tokens.get(index) else { return };
            if let Some(slot) = steps.get_mut(index - sentence.start) {
                *slot = step;
            }
            let cost = match token.kind {
                TokenKind::Word | TokenKind::Number => 1,
                TokenKind::Mark if token.is_mark(row.text, &[';', ':', '—', '–']) => 8,
                TokenKind::Mark if token.is_mark(row.text, &[',', '(', ')']) => 2,
                TokenKind::Possessive | TokenKind::Mark => 0,
            };
            step = step.saturating_add(cost).min(FARTHEST);
        }
    };
    walk(&mut (sentence.start..tokens.start.max(sentence.start)).rev());
    walk(&mut (tokens.end..sentence.end.max(tokens.end)));
    steps
}

/// The first few words of some tokens; a full stop, a semicolon or a colon ends them.
fn beside(row: Row<'_, '_>, tokens: impl Iterator<Item = usize>) -> Vec<TermKey> {
    let tables = TermTables::get();
    tokens
        .filter_map(|index| row.tokens.get(index))
        .take_while(|token| !token.is_mark(row.text, &['.', '!', '?', ';', ':']))
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .map(|token| tables.key(token.text(row.text)))
        .take(BESIDE)
        .collect()
}

/// What became of those counted: the closest such word that stands on this side of other numbers.
fn fate(Row { text, tokens }: Row<'_, '_>, sentence: &Range<usize>, figure: &Range<usize>) -> Option<&'static str> {
    let (tables, numbers) = (TermTables::get(), FigureTables::get());
    let look = |indices: &mut dyn Iterator<Item = usize>| -> Option<(usize, &'static str)> {
        for (distance, index) in indices.take(10).enumerate() {
            let token = tokens.get(index)?;
            if token.kind == TokenKind::Number || token.is_mark(text, &[';', ':']) {
                return None;
            }
            if token.is_word() {
                let word = token.text(text);
                if let Some(fate) = tables.fate(word) {
                    return Some((distance, fate));
                }
                if numbers.number_token(*token, text).is_some() {
                    return None;
                }
            }
        }
        None
    };
    let before = look(&mut (sentence.start..figure.start).rev());
    let after = look(&mut (figure.end..sentence.end));
    match (before, after) {
        (Some((near, fate)), Some((far, other))) => Some(if near <= far { fate } else { other }),
        (found, None) | (None, found) => found.map(|(_, fate)| fate),
    }
}
