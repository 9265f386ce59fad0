//! Which value of a report is told of the same as one of a draft, by the words around both: passages are laid side by side first, then the
//! values within them.
//!
//! How much each sign counts was fitted to reports of one event whose shared facts are marked, `data/fit_leftovers.py`.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::store::Row;
use super::{Matter, Said, Sign, Telling, Weighed, how_telling, signs};
use crate::data;
use crate::gazetteer::terms::TermKey;
use crate::reader::Context;

/// What speaks for or against two values being of one thing, whatever they are. The words alone tell all of them up to [`Self::Telling`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlignmentSign {
    /// One for any two.
    Given,
    /// The words around have nothing in common.
    Strange,
    /// As the [`Sign`]s of these names.
    CloseLacking,
    OwnCloseLacking,
    Counted,
    BeforeShared,
    BehindShared,
    NamesLacking,
    Fate,
    /// The part of the words of both sentences that they share, and how much these tell, a logarithm: the fewer sentences of the report a word
    /// stands in, the more.
    Alike,
    Telling,
    /// How many other values both sentences give, at most two; one that the draft gives several times for a part.
    Values,
    /// The draft gives the report's value elsewhere; and just as the report does.
    Taken,
    TakenWhole,
    /// The one is a count and the other a plain number, or a share and a percentage.
    Unlike,
    /// The one has a unit, and the other a number alone.
    Bare,
    /// In the second round: what these come to, and how far that is ahead of the next of the report's values, and of the next of the draft's.
    First,
    AheadOfOthers,
    AheadOfOwn,
    Second,
}

impl AlignmentSign {
    pub const ALL: [Self; 20] = [
        Self::Given,
        Self::Strange,
        Self::CloseLacking,
        Self::OwnCloseLacking,
        Self::Counted,
        Self::BeforeShared,
        Self::BehindShared,
        Self::NamesLacking,
        Self::Fate,
        Self::Alike,
        Self::Telling,
        Self::Values,
        Self::Taken,
        Self::TakenWhole,
        Self::Unlike,
        Self::Bare,
        Self::First,
        Self::AheadOfOthers,
        Self::AheadOfOwn,
        Self::Second,
    ];

    /// As the table of weights names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Strange => "strange",
            Self::CloseLacking => "close-lacking",
            Self::OwnCloseLacking => "own-close-lacking",
            Self::Counted => "counted",
            Self::BeforeShared => "before-shared",
            Self::BehindShared => "behind-shared",
            Self::NamesLacking => "names-lacking",
            Self::Fate => "fate",
            Self::Alike => "alike",
            Self::Telling => "telling",
            Self::Values => "values",
            Self::Taken => "taken",
            Self::TakenWhole => "taken-whole",
            Self::Unlike => "unlike",
            Self::Bare => "bare",
            Self::First => "first",
            Self::AheadOfOthers => "ahead-of-others",
            Self::AheadOfOwn => "ahead-of-own",
            Self::Second => "second",
        }
    }
}

/// Each sign as far as it was seen.
pub type AlignmentSigns = [f64; AlignmentSign::ALL.len()];

/// What some signs come to.
pub fn alignment(matter: Matter, seen: &AlignmentSigns) -> f64 {
    static WEIGHTS: LazyLock<[AlignmentSigns; 2]> = LazyLock::new(|| data::ALIGNMENT.weights(AlignmentSign::ALL.map(AlignmentSign::name)));
    seen.iter().zip(&WEIGHTS[matter as usize]).map(|(sign, weight)| sign * weight).sum()
}

/// What words tell that any two sentences share, in squares of nats: as much as it takes to believe what they share besides.
const BY_CHANCE: f64 = 4.0;

/// All figures and dates of a source, and how like the words around each are to those around the values of a draft.
#[derive(Debug, Default)]
pub struct Report {
    rows: Box<[Row]>,
    words: OnceLock<Words>,
    /// By the contexts of the draft: who types changes those of one block, and a pair of sentences is laid side by side once.
    known: Mutex<FxHashMap<Address, Arc<[f64]>>>,
}

/// So many contexts are kept: more are those of a draft that has been written anew.
const MOST_KNOWN: usize = 1 << 13;

/// A context by where it is kept, which is quicker than by what it says; kept alive, lest another be put there.
#[derive(Debug)]
struct Address(Arc<Context>);

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// The words of a report.
#[derive(Debug)]
struct Words {
    /// How much it tells of its sentences apart that one of them has a word, from nought to one.
    parting: FxHashMap<TermKey, f64>,
    /// What those around each value tell.
    rows: Box<[Told]>,
}

/// What the words around a value tell in a report.
#[derive(Debug, Default)]
struct Told {
    telling: Telling,
    /// The square of what each tells in the report, and these in sum.
    terms: Box<[f64]>,
    sum: f64,
}

impl Told {
    fn new(context: &Context, parting: &FxHashMap<TermKey, f64>) -> Self {
        let tells: Vec<f64> = context.terms.iter().map(|term| how_telling(term.word, 0, 0)).collect();
        let parts = |word: TermKey| parting.get(&word).copied().unwrap_or(1.0);
        let terms: Box<[f64]> = context.terms.iter().zip(&tells).map(|(term, tells)| (tells * parts(term.word)).powi(2)).collect();
        Self { telling: Telling::new(context, tells.into()), sum: terms.iter().sum(), terms }
    }
}

impl Words {
    fn of(rows: &[Row]) -> Self {
        let mut sentences: FxHashMap<TermKey, Vec<u32>> = FxHashMap::default();
        for row in rows {
            for term in row.context().into_iter().flat_map(|context| &context.terms) {
                let of_word = sentences.entry(term.word).or_default();
                if !of_word.contains(&row.fact.sentence) {
                    of_word.push(row.fact.sentence);
                }
            }
        }
        let mut all: Vec<u32> = rows.iter().map(|row| row.fact.sentence).collect();
        all.sort_unstable();
        all.dedup();
        let count = |sentences: usize| f64::from(sentences as u32);
        let most = 1.0 + count(all.len().max(2));
        let parting: FxHashMap<TermKey, f64> =
            sentences.into_iter().map(|(word, sentences)| (word, (most / count(sentences.len())).ln() / most.ln())).collect();
        let told = |row: &Row| row.context().map(|context| Told::new(context, &parting)).unwrap_or_default();
        Self { rows: rows.iter().map(told).collect(), parting }
    }
}

impl Row {
    /// The words around the figure or date that it says.
    fn context(&self) -> Option<&Context> {
        match &self.fact.said {
            Said::Figure(said) => Some(&said.figure.context),
            Said::Date(said) => Some(&said.context),
            _ => None,
        }
    }
}

impl Report {
    pub(super) fn new(rows: Box<[Row]>) -> Self {
        Self { rows, ..Self::default() }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What the words around a value of a draft and around each of its own have to tell, before all else is looked at.
    pub fn words(&self, matter: Matter, context: &Arc<Context>) -> Arc<[f64]> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_KNOWN {
            known.clear();
        }
        match known.entry(Address(context.clone())) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(open) => {
                let all = self.signs(matter, context).map(|seen| seen.map_or(0.0, |seen| alignment(matter, &seen)));
                open.insert(all.collect()).clone()
            }
        }
    }

    /// What that is reckoned from; none for a row of the other matter.
    pub fn signs(&self, matter: Matter, context: &Context) -> impl Iterator<Item = Option<AlignmentSigns>> {
        let words = self.words.get_or_init(|| Words::of(&self.rows));
        let told = Told::new(context, &words.parting);
        self.rows.iter().zip(&words.rows).map(move |(row, others)| match (&row.fact.said, matter) {
            (Said::Figure(said), Matter::Figure) => Some(compare(context, &told, &said.figure.context, others)),
            (Said::Date(said), Matter::Date) => Some(compare(context, &told, &said.context, others)),
            _ => None,
        })
    }
}

fn compare(context: &Context, told: &Told, other: &Context, others: &Told) -> AlignmentSigns {
    let mut seen = [0.0; AlignmentSign::ALL.len()];
    let mut set = |sign: AlignmentSign, much: f64| seen[sign as usize] = much;
    set(AlignmentSign::Given, 1.0);
    match signs(Weighed { context, telling: &told.telling }, Weighed { context: other, telling: &others.telling }) {
        None => set(AlignmentSign::Strange, 1.0),
        Some(likeness) => {
            for (sign, as_before) in [
                (AlignmentSign::CloseLacking, Sign::CloseLacking),
                (AlignmentSign::OwnCloseLacking, Sign::OwnCloseLacking),
                (AlignmentSign::Counted, Sign::Counted),
                (AlignmentSign::BeforeShared, Sign::BeforeShared),
                (AlignmentSign::BehindShared, Sign::BehindShared),
                (AlignmentSign::NamesLacking, Sign::NamesLacking),
                (AlignmentSign::Fate, Sign::Fate),
            ] {
                set(sign, likeness.get(as_before));
            }
        }
    }
    let shared = shared(context, &told.terms, other);
    set(AlignmentSign::Alike, shared / ((told.sum + BY_CHANCE) * (others.sum + BY_CHANCE)).sqrt());
    set(AlignmentSign::Telling, shared.sqrt().ln_1p());
    seen
}

/// What the words that both contexts have come to, each telling so much.
fn shared(one: &Context, tells: &[f64], other: &Context) -> f64 {
    let (mut sum, mut at) = (0.0, 0);
    for (term, tells) in one.terms.iter().zip(tells) {
        while other.terms.get(at).is_some_and(|other| other.word < term.word) {
            at += 1;
        }
        if other.terms.get(at).is_some_and(|other| other.word == term.word) {
            sum += tells;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, MemoryCorpus, Questions, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{MentionKind, Reading, read};

    const REPORT: &str = "The ferry Sorrel carried 212 passengers and 31 crew. Lifeboats from Tarbeg took 187 of the passengers ashore. The \
        harbour of Tarbeg has seen no ferry on the rocks for 19 years.";

    fn reading(text: &str) -> Reading {
        read(&Document::parse(text.into(), Format::Plain))
    }

    /// The report as it is known to a draft that gives its passengers.
    fn report() -> Arc<Report> {
        let source = Source::read(SourceHeader::default(), Document::parse(REPORT.into(), Format::Plain));
        let asked = Questions::of(&reading("The ferry Sorrel carried 221 passengers."));
        let dossier = MemoryCorpus::new([source]).dossier(&asked).expect("the corpus is in memory");
        dossier.reports.into_values().next().expect("a report")
    }

    fn context(text: &str) -> Arc<Context> {
        let reading = reading(text);
        let mut figures = reading.mentions.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Figure(figure) => Some(figure.context.clone()),
            _ => None,
        });
        figures.next().expect("a figure")
    }

    #[test]
    fn the_table_weighs_the_signs_that_there_are() {
        let mut signs = AlignmentSign::ALL.map(AlignmentSign::name);
        signs.sort_unstable();
        assert!(data::ALIGNMENT.rows().map(|[name, ..]| name).eq(signs));
    }

    #[test]
    fn a_passage_is_known_by_what_few_of_the_report_tell() {
        let report = report();
        let words = report.words(Matter::Figure, &context("Some 178 were taken off by lifeboats."));
        let likest = (0..words.len()).max_by(|one, other| words[*one].total_cmp(&words[*other])).expect("rows");
        assert!(matches!(&report.rows()[likest].fact.said, Said::Figure(said) if &*said.words == "187"), "{words:?}");
    }

    #[test]
    fn what_was_laid_side_by_side_is_kept() {
        let (report, context) = (report(), context("Some 178 were taken off by lifeboats."));
        let words = report.words(Matter::Figure, &context);
        assert!(Arc::ptr_eq(&words, &report.words(Matter::Figure, &context)));
    }
}
