//! What a draft asks of the corpus, and what it gets.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    AcronymAttestation, AcronymQuestion, Brief, Citation, DateAttestation, DateQuestion, FigureAttestation, FigureQuestion, Generation,
    NameAnswer, NameQuestion, OfficeHolding, OfficeQuestion, PlacementAttestation, QuoteAttestation, QuoteQuestion, Report, SettledFigure,
    SourceId, TitleAttestation,
};
use crate::reader::{MentionKind, Reading};

/// Of so many sources that answer a question best all is fetched that they give. More: common words bring reports of everything. Fewer:
/// where the draft words a thing as other events' reports do, its own event's report is not among them.
const REPORTS_EACH: usize = 4;

/// All the questions of one draft, each once, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    pub names: BTreeSet<NameQuestion>,
    pub acronyms: BTreeSet<AcronymQuestion>,
    pub figures: BTreeSet<FigureQuestion>,
    pub dates: BTreeSet<DateQuestion>,
    pub quotes: BTreeSet<QuoteQuestion>,
    pub offices: BTreeSet<OfficeQuestion>,
    pub heard: Heard,
}

/// Who is heard of what a draft says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Heard {
    /// The corpus, and what is decided above it.
    #[default]
    All,
    /// The draft is about other things than the corpus, which has nothing to say to it: what is decided above the corpus is asked for.
    Decisions,
    /// The same where nothing is decided of figures, dates and quotations, so that they need not be asked about.
    DecisionsOnNames,
}

impl Heard {
    /// Of a corpus that speaks of `scope` alone. `settles` is [`super::Corpus::settles`].
    pub const fn within(scope: &Scope, settles: bool) -> Self {
        match (scope.is_empty(), settles) {
            (false, _) => Self::All,
            (true, true) => Self::Decisions,
            (true, false) => Self::DecisionsOnNames,
        }
    }

    /// Whether the corpus is silent, since the draft is about other things.
    pub const fn is_apart(self) -> bool {
        !matches!(self, Self::All)
    }
}

/// Of which sources a corpus speaks to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Of these, by their places in the corpus; of none where the draft is about other things.
    Only(Vec<usize>),
}

impl Scope {
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Only(sources) if sources.is_empty())
    }
}

impl Questions {
    /// What has to be known to check a draft.
    pub fn of(reading: &Reading) -> Self {
        Self::to(Heard::All, reading)
    }

    /// The same where so much is heard.
    pub fn to(heard: Heard, reading: &Reading) -> Self {
        Self::left_open(reading, &Dossier { heard, ..Dossier::default() })
    }

    /// Of those the ones that `dossier` has no answer to.
    pub fn left_open(reading: &Reading, dossier: &Dossier) -> Self {
        let mut questions = Self { heard: dossier.heard, ..Self::default() };
        let asks_of_values = dossier.heard != Heard::DecisionsOnNames;
        // Most of a draft's titles are a few, over and over.
        let mut titles = FxHashSet::default();
        let names = reading.subjects.iter().map(|subject| NameQuestion::about(reading, subject));
        questions.names.extend(names.filter(open_in(&dossier.names)));
        questions.acronyms.extend(reading.subjects.iter().filter_map(AcronymQuestion::about).filter(open_in(&dossier.acronyms)));
        for mention in &reading.mentions {
            match &mention.kind {
                MentionKind::Figure(_) if asks_of_values => {
                    questions.figures.extend(FigureQuestion::about(mention).filter(open_in(&dossier.figures)));
                }
                MentionKind::Quote(quote) if asks_of_values => {
                    questions.quotes.extend(QuoteQuestion::about(reading, quote).filter(open_in(&dossier.quotes)));
                }
                MentionKind::Date(_) if asks_of_values => {
                    questions.dates.extend(DateQuestion::about(reading, mention).filter(open_in(&dossier.dates)));
                }
                MentionKind::Title(title) if titles.insert((&title.role, &title.of, title.status)) => {
                    questions.offices.extend(OfficeQuestion::about(title).filter(open_in(&dossier.holders)));
                }
                _ => {}
            }
        }
        questions
    }

    pub fn is_empty(&self) -> bool {
        let Self { names, acronyms, figures, dates, quotes, offices, heard: _ } = self;
        names.is_empty() && acronyms.is_empty() && figures.is_empty() && dates.is_empty() && quotes.is_empty() && offices.is_empty()
    }
}

fn only<Q, A: Clone>(answers: &mut FxHashMap<Q, Arc<[A]>>, wanted: impl Fn(&A) -> bool) {
    let doubtful = answers.values_mut().filter(|answer| !answer.iter().all(&wanted));
    doubtful.for_each(|answer| *answer = answer.iter().filter(|attestation| wanted(attestation)).cloned().collect());
}

fn unanswered<Q: Clone + Eq + Hash, A>(questions: &BTreeSet<Q>) -> FxHashMap<Q, Arc<[A]>> {
    questions.iter().map(|question| (question.clone(), Arc::default())).collect()
}

/// Which questions have none of these answers.
fn open_in<Q: Eq + Hash, A>(answers: &FxHashMap<Q, A>) -> impl Fn(&Q) -> bool {
    |question| !answers.contains_key(question)
}

/// Everything the corpus attests about what one draft mentions, by question.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// Of which state of the corpus all of it is; none for one that holds nothing yet.
    pub generation: Option<Generation>,
    /// The sources that give figures and dates here.
    pub briefs: FxHashMap<SourceId, Arc<Brief>>,
    /// All figures and dates of those that may tell of an event of the draft: of each question the sources that answer it best.
    pub reports: FxHashMap<SourceId, Arc<Report>>,
    pub names: FxHashMap<NameQuestion, Arc<NameAnswer>>,
    pub acronyms: FxHashMap<AcronymQuestion, Arc<[AcronymAttestation]>>,
    pub figures: FxHashMap<FigureQuestion, Arc<[FigureAttestation]>>,
    /// What the desk has settled, where it has.
    pub settled: FxHashMap<FigureQuestion, Arc<[SettledFigure]>>,
    pub dates: FxHashMap<DateQuestion, Arc<[DateAttestation]>>,
    pub quotes: FxHashMap<QuoteQuestion, Arc<[QuoteAttestation]>>,
    pub holders: FxHashMap<OfficeQuestion, Arc<[OfficeHolding]>>,
    pub heard: Heard,
}

impl Dossier {
    /// Where nothing is known of what `questions` ask about.
    pub fn of_nothing(questions: &Questions, generation: Generation) -> Self {
        let Questions { names, acronyms, figures, dates, quotes, offices, heard } = questions;
        let nobody = Arc::new(NameAnswer::default());
        Self {
            generation: Some(generation),
            names: names.iter().map(|question| (question.clone(), nobody.clone())).collect(),
            acronyms: unanswered(acronyms),
            figures: unanswered(figures),
            dates: unanswered(dates),
            quotes: unanswered(quotes),
            holders: unanswered(offices),
            heard: *heard,
            ..Self::default()
        }
    }

    /// How many questions it answers.
    pub fn len(&self) -> usize {
        let Self { names, acronyms, figures, dates, quotes, holders, settled: _, generation: _, briefs: _, reports: _, heard: _ } = self;
        names.len() + acronyms.len() + figures.len() + dates.len() + quotes.len() + holders.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops the answers to all but `questions`.
    pub fn keep(&mut self, questions: &Questions) {
        self.names.retain(|question, _| questions.names.contains(question));
        self.acronyms.retain(|question, _| questions.acronyms.contains(question));
        self.figures.retain(|question, _| questions.figures.contains(question));
        self.settled.retain(|question, _| questions.figures.contains(question));
        self.dates.retain(|question, _| questions.dates.contains(question));
        self.quotes.retain(|question, _| questions.quotes.contains(question));
        self.holders.retain(|question, _| questions.offices.contains(question));
        let valued: FxHashSet<SourceId> = self.valued_sources().collect();
        self.briefs.retain(|source, _| valued.contains(source));
        let reporting = self.reporting_sources();
        self.reports.retain(|source, _| reporting.contains(source));
    }

    /// Drops all attestations but those whose citation is wanted; the records of names stay.
    pub fn retain(&mut self, wanted: impl Fn(&Citation) -> bool) {
        self.names.values_mut().map(Arc::make_mut).for_each(|answer| {
            answer.titles.retain(|title| wanted(&title.citation));
            answer.placements.retain(|placement| wanted(&placement.citation));
        });
        let briefs = &self.briefs;
        self.reports.iter_mut().for_each(|(source, report)| {
            let Some(brief) = briefs.get(source) else { return };
            let rows = report.rows();
            if !rows.iter().all(|row| wanted(&row.cite(&brief.header))) {
                *report = Arc::new(Report::new(rows.iter().filter(|row| wanted(&row.cite(&brief.header))).cloned().collect()));
            }
        });
        only(&mut self.acronyms, |acronym| wanted(&acronym.citation));
        only(&mut self.figures, |figure| wanted(&figure.citation));
        only(&mut self.dates, |date| wanted(&date.citation));
        only(&mut self.quotes, |quote| wanted(quote.citation()));
        only(&mut self.holders, |holding| wanted(&holding.title.citation));
    }

    /// Takes over the answers of another, which is of the same generation.
    pub fn extend(&mut self, other: Self) {
        let Self { generation, briefs, reports, names, acronyms, figures, settled, dates, quotes, holders, heard } = other;
        self.heard = heard;
        self.generation = generation;
        self.briefs.extend(briefs);
        self.reports.extend(reports);
        self.names.extend(names);
        self.acronyms.extend(acronyms);
        self.figures.extend(figures);
        self.settled.extend(settled);
        self.dates.extend(dates);
        self.quotes.extend(quotes);
        self.holders.extend(holders);
    }

    /// What is known of a source that gives a figure or a date.
    pub fn brief(&self, source: SourceId) -> Option<&Brief> {
        self.briefs.get(&source).map(Arc::as_ref)
    }

    /// The sources of all figures and dates.
    pub(super) fn valued_sources(&self) -> impl Iterator<Item = SourceId> {
        let figures = self.figures.values().flat_map(|found| found.iter().map(|given| given.source));
        figures.chain(self.dates.values().flat_map(|found| found.iter().map(|given| given.source)))
    }

    /// The sources whose [reports](Self::reports) are wanted.
    pub(super) fn reporting_sources(&self) -> FxHashSet<SourceId> {
        let mut wanted = FxHashSet::default();
        let mut add_first = |sources: &mut dyn Iterator<Item = SourceId>| {
            let mut first: Vec<SourceId> = Vec::new();
            for source in sources {
                if first.len() == REPORTS_EACH {
                    break;
                }
                if !first.contains(&source) {
                    first.push(source);
                }
            }
            wanted.extend(first);
        };
        self.figures.values().for_each(|found| add_first(&mut found.iter().map(|given| given.source)));
        self.dates.values().for_each(|found| add_first(&mut found.iter().map(|given| given.source)));
        wanted
    }

    /// The answer about a person, place or organisation of the draft.
    pub fn name(&self, question: &NameQuestion) -> Option<&NameAnswer> {
        self.names.get(question).map(Arc::as_ref)
    }

    /// What the sources call a person of the draft, the latest first; empty where it is in doubt who is meant.
    pub fn titles(&self, question: &NameQuestion) -> &[TitleAttestation] {
        self.names.get(question).map_or(&[], |found| &found.titles)
    }

    /// How the sources expand an abbreviation or abbreviate its expansion, the latest first.
    pub fn acronyms(&self, question: &AcronymQuestion) -> &[AcronymAttestation] {
        self.acronyms.get(question).map_or(&[], |found| found)
    }

    /// Where the sources put a place, the latest first.
    pub fn placements(&self, question: &NameQuestion) -> &[PlacementAttestation] {
        self.names.get(question).map_or(&[], |found| &found.placements)
    }

    pub fn figures(&self, question: &FigureQuestion) -> &[FigureAttestation] {
        self.figures.get(question).map_or(&[], |found| found)
    }

    /// What the desk has settled of what a figure measures.
    pub fn settled(&self, question: &FigureQuestion) -> &[SettledFigure] {
        self.settled.get(question).map_or(&[], |found| found)
    }

    /// When the sources put what a date of the draft dates.
    pub fn dates(&self, question: &DateQuestion) -> &[DateAttestation] {
        self.dates.get(question).map_or(&[], |found| found)
    }

    pub fn quotes(&self, question: &QuoteQuestion) -> &[QuoteAttestation] {
        self.quotes.get(question).map_or(&[], |found| found)
    }

    /// Who holds or held an office, by those who keep account of it.
    pub fn holders(&self, question: &OfficeQuestion) -> &[OfficeHolding] {
        self.holders.get(question).map_or(&[], |found| found)
    }
}
