//! Figures that the desk has settled: of which figures of a draft each is.
//!
//! A settled value outranks whatever the sources say, so that it must never be taken for that of something else: all words of what it is of
//! have to stand in the sentence of the draft's figure, and nothing there may speak of another time, another fate or another of a set.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::StylebookError;
use super::read::FigureEntry;
use crate::corpus::{FigureQuestion, SettledFigure};
use crate::document::Document;
use crate::gazetteer::contrasts::exclude;
use crate::gazetteer::terms::{TermKey, TermTables};
use crate::markup::Format;
use crate::reader::{Context, Dimension, FigureMention, MentionKind, read};
use crate::text::{TokenKind, tokens};

/// Fewer words tell nothing of what a figure is of: "deaths" are in every paper.
const FEWEST_WORDS: usize = 2;

#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    entries: Vec<Entry>,
    /// The entries by their rarest word.
    by_word: FxHashMap<TermKey, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// All of them have to be told.
    words: Vec<TermKey>,
    settled: SettledFigure,
}

impl Figures {
    pub(super) fn of(entries: &[FigureEntry], faults: &mut Vec<StylebookError>) -> Self {
        let mut figures = Self::default();
        for entry in entries {
            match Entry::of(entry) {
                Ok(entry) => figures.entries.push(entry),
                Err(fault) => faults.push(fault),
            }
        }
        let tables = TermTables::get();
        for (index, entry) in figures.entries.iter().enumerate() {
            let rarest = entry.words.iter().min_by(|one, other| tables.commonness(**one).total_cmp(&tables.commonness(**other)));
            figures.by_word.entry(rarest.copied().unwrap_or(entry.words[0])).or_default().push(index);
        }
        figures
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn settled(&self) -> impl Iterator<Item = &SettledFigure> {
        self.entries.iter().map(|entry| &entry.settled)
    }

    /// What the desk has settled of what a figure of a draft measures, in the order of the stylebook.
    pub(super) fn answer(&self, question: &FigureQuestion) -> Vec<SettledFigure> {
        let met = question.context.terms.iter().filter_map(|term| self.by_word.get(&term.word)).flatten();
        let mut met: Vec<usize> = met.copied().filter(|&index| self.entries[index].is_of(question)).collect();
        met.sort_unstable();
        met.into_iter().map(|index| self.entries[index].settled.clone()).collect()
    }
}

impl Entry {
    fn of(entry: &FigureEntry) -> Result<Self, StylebookError> {
        let FigureEntry { of, value, as_of } = entry;
        let words = telling_words(&of.form);
        if words.len() < FEWEST_WORDS {
            return Err(of.fault(format!("“{}” says too little of what the figure is of: name it whole", of.form)));
        }
        let Some(mention) = figure(&value.form, &of.form) else {
            return Err(value
                .fault(format!("“{}” is no figure: write it as a draft does, with its unit, such as “€90bn” or “38 people”", value.form)));
        };
        let settled = SettledFigure {
            of: words.iter().copied().collect(),
            figure: Arc::new(mention.figure),
            words: value.form.clone(),
            as_of: *as_of,
            citation: value.citation.clone(),
        };
        Ok(Self { words, settled })
    }

    fn is_of(&self, question: &FigureQuestion) -> bool {
        let (own, other) = (&self.settled.figure, &question.context);
        let context = &own.context;
        kind(own.dimension) == kind(question.dimension)
            && self.words.iter().all(|word| other.terms.binary_search_by_key(word, |term| term.word).is_ok())
            && !part(context.head.as_deref(), other.head.as_deref())
            && !part(context.fate, other.fate)
            && !exclude(&context.told, &other.told)
            && self.is_of_time(other)
    }

    /// Whether what is told may be of the time of the entry: a year that the draft's sentence says has to be the desk's own.
    fn is_of_time(&self, other: &Context) -> bool {
        let own = self.settled.figure.context.periods.iter().filter_map(|period| period.year);
        let own: Vec<i16> = own.chain(self.settled.as_of.map(Date::year)).collect();
        let mut told = other.periods.iter().filter_map(|period| period.year).peekable();
        told.peek().is_none() || told.any(|year| own.contains(&year))
    }
}

/// A number without a noun counts all the same.
const fn kind(dimension: Dimension) -> Dimension {
    if matches!(dimension, Dimension::Number) { Dimension::Count } else { dimension }
}

/// Whether both are said, and differ.
fn part<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// The words that say what a figure is of, as they are compared; each once.
fn telling_words(of: &str) -> Vec<TermKey> {
    let tables = TermTables::get();
    let words = tokens(of).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.text(of).to_owned());
    let mut words: Vec<TermKey> =
        words.filter(|word| word.len() > 1 && !tables.is_function_word(word)).map(|word| tables.key(&word)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The one figure that a value is, with what it is of behind it.
fn figure(value: &str, of: &str) -> Option<FigureMention> {
    let reading = read(&Document::parse(format!("{value} {of}.\n").into(), Format::Plain));
    let mut figures = reading.mentions.iter().filter_map(|mention| match &mention.kind {
        MentionKind::Figure(figure) if (mention.at.span.start as usize) < value.len() => Some((mention.at.span, figure)),
        _ => None,
    });
    let (span, figure) = figures.next()?;
    let is_alone = figures.next().is_none() && span.end as usize <= value.len();
    is_alone.then(|| FigureMention::clone(figure))
}
