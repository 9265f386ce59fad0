//! Where a corpus disagrees with itself: each source is taken as a draft against all others, through the checks that drafts go through, and
//! what several sources say of each other is told once.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Rereader, Style};
use crate::config::Config;
use crate::corpus::store::{Store, Without};
use crate::corpus::{Answering, Citation, CorpusError, Facts, Source, Standing};
use crate::finding::{Family, Finding, RuleInfo, Severity};
use crate::rules::FIRST_REFERENCE;
use crate::stylebook::{Desk, Stylebook};
use crate::text::folded;

/// What sources are held against: the others, and what the desk has decided.
#[derive(Debug)]
pub struct Auditor<S> {
    store: Arc<S>,
    stylebook: Arc<Stylebook>,
    config: Config,
}

/// What one source has otherwise than others.
#[derive(Clone, Debug)]
pub struct Objection {
    pub rule: &'static RuleInfo,
    pub severity: Severity,
    /// What disagrees with what.
    pub message: String,
    /// The words in the source, and what the others have in their place where that is one thing.
    pub words: String,
    meant: Option<String>,
    pub place: Citation,
    pub evidence: Vec<Citation>,
}

impl<S: Store + 'static> Auditor<S> {
    pub fn new(store: Arc<S>, stylebook: Stylebook, config: Config) -> Self {
        Self { store, stylebook: stylebook.into(), config }
    }

    /// What a source of the store has otherwise than the others.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn objections(&self, source: &Source) -> Result<Vec<Objection>, CorpusError> {
        let others = Answering::over(Without::new(self.store.clone(), &Facts::of(source))?);
        let corpus = Desk::new(Arc::new(others), self.stylebook.clone(), self.config.reference);
        let style = Style { config: &self.config, as_of: None };
        let draft = Rereader::default().draft((*source.document).clone(), &corpus, style)?;
        let document = &draft.document;
        let objection = |finding: &Finding| Objection {
            rule: finding.rule,
            severity: finding.severity,
            message: of_an_article(&finding.message),
            words: finding.span.text(document.source()).split_whitespace().collect::<Vec<_>>().join(" "),
            meant: finding.fixes.first().and_then(|fix| fix.edits.first()).map(|edit| edit.text.clone()),
            place: Citation {
                source: source.header.clone(),
                start: document.position(finding.span.start),
                end: document.position(finding.span.end),
                sentence: draft.sentence(finding).trim().into(),
            },
            evidence: finding.evidence.clone(),
        };
        // What a source says within itself, or against the stylebook alone, is nothing that sources disagree about; nor is what it leaves out.
        let is_of_sources = |finding: &&Finding| {
            *finding.rule != FIRST_REFERENCE && finding.evidence.iter().any(|citation| citation.source.standing == Standing::Source)
        };
        Ok(draft.findings.iter().filter(is_of_sources).map(objection).collect())
    }
}

/// What a rule says of a draft, said of an article that has appeared.
fn of_an_article(message: &str) -> String {
    const SAID: [(&str, &str); 3] = [
        ("; the draft has", "; this article has"),
        (", which the draft leaves out", ", which this article leaves out"),
        ("the title in the draft was", "the title in this article was"),
    ];
    SAID.iter().fold(message.to_owned(), |message, (draft, article)| message.replace(draft, article))
}

/// Something that sources disagree about.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// What says most about it.
    pub objections: Vec<Objection>,
    /// The sources that have it otherwise, each place once.
    pub others: Vec<Citation>,
    /// How many sources take part, by outlet, the most frequent first.
    pub sources: usize,
    pub outlets: Vec<(String, usize)>,
    /// The days of the earliest and of the latest of them.
    pub days: Option<(Date, Date)>,
}

impl Disagreement {
    /// What is said of it first.
    pub fn first(&self) -> &Objection {
        &self.objections[0]
    }
}

/// Puts together what is said of one thing, the weightiest first.
pub fn disagreements(mut objections: Vec<Objection>) -> Vec<Disagreement> {
    // The best borne out says it; of two sources that contradict each other, the older one is held against the later.
    objections.sort_by(|a, b| {
        let rank = |one: &Objection| (Reverse(one.severity), Reverse(one.evidence.len()), one.place.source.published);
        rank(a).cmp(&rank(b)).then_with(|| (&a.place, a.rule.name, &a.message).cmp(&(&b.place, b.rule.name, &b.message)))
    });
    let places = Places::of(&objections);
    let mut groups = Groups::default();
    for (index, objection) in objections.iter().enumerate() {
        groups.join(index, keys(objection, &places));
    }
    let mut together: BTreeMap<usize, Vec<Objection>> = BTreeMap::new();
    for (index, objection) in objections.into_iter().enumerate() {
        together.entry(groups.of(index)).or_default().push(objection);
    }
    let mut all: Vec<Disagreement> = together.into_values().map(disagreement).collect();
    all.sort_by(|a, b| {
        let rank = |one: &Disagreement| (Reverse(one.first().severity), Reverse(one.sources), Reverse(one.days.map(|(_, last)| last)));
        rank(a).cmp(&rank(b)).then_with(|| a.first().place.cmp(&b.first().place))
    });
    all
}

/// Where a thing is told of, and for a name how it is written: objections that share one of these are about one thing.
fn keys(objection: &Objection, places: &Places) -> Vec<Key> {
    let family = objection.rule.family;
    let spelling = objection.meant.as_ref().filter(|_| family == Family::Name).map(|meant| {
        let (one, other) = (folded(&objection.words), folded(meant));
        if one < other { Key::Spellings(one, other) } else { Key::Spellings(other, one) }
    });
    let at = std::iter::once(&objection.place).chain(&objection.evidence).map(|citation| Key::Place(places.at(family, citation)));
    at.chain(spelling).collect()
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Place(usize),
    Spellings(String, String),
}

/// The places that are told of, those that overlap as one: a word of a quotation is of that quotation.
#[derive(Debug)]
struct Places(Vec<(Family, String, u32, u32)>);

impl Places {
    fn of(objections: &[Objection]) -> Self {
        let of = |one: &Objection, citation: &Citation| {
            (one.rule.family, citation.source.id.clone(), citation.start.offset, citation.end.offset)
        };
        let all = objections.iter().flat_map(|one| std::iter::once(&one.place).chain(&one.evidence).map(|citation| of(one, citation)));
        let mut all: Vec<_> = all.collect();
        all.sort();
        let mut places: Vec<(Family, String, u32, u32)> = Vec::new();
        for (family, source, start, end) in all {
            match places.last_mut() {
                Some((of, at, _, until)) if *of == family && *at == source && start < *until => *until = end.max(*until),
                _ => places.push((family, source, start, end)),
            }
        }
        Self(places)
    }

    /// The number of the place that has this one in it.
    fn at(&self, family: Family, citation: &Citation) -> usize {
        let wanted = (family, &citation.source.id, citation.start.offset);
        self.0.partition_point(|(family, source, start, _)| (*family, source, *start) <= wanted)
    }
}

fn disagreement(objections: Vec<Objection>) -> Disagreement {
    let is_told = |citation: &Citation| {
        let overlaps = |place: &Citation| place.start.offset < citation.end.offset && citation.start.offset < place.end.offset;
        objections.iter().any(|one| one.place.source.id == citation.source.id && overlaps(&one.place))
    };
    let mut others: Vec<Citation> = objections.iter().flat_map(|one| &one.evidence).cloned().collect();
    others.sort_by(Citation::latest_first);
    others.dedup();
    others.retain(|citation| !is_told(citation));
    let headers: BTreeMap<&str, _> =
        objections.iter().map(|one| &one.place).chain(&others).map(|citation| (&*citation.source.id, &citation.source)).collect();
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    for header in headers.values() {
        *outlets.entry(header.outlet_or_id()).or_default() += 1;
    }
    let mut outlets: Vec<(String, usize)> = outlets.into_iter().map(|(outlet, count)| (outlet.to_owned(), count)).collect();
    outlets.sort_by_key(|(_, count)| Reverse(*count));
    let days = headers.values().filter_map(|header| header.published);
    let days = days.clone().min().zip(days.max());
    let sources = headers.len();
    Disagreement { objections, others, sources, outlets, days }
}

/// Which of some things belong together.
#[derive(Debug, Default)]
struct Groups {
    parents: Vec<usize>,
    by_key: BTreeMap<Key, usize>,
}

impl Groups {
    fn join(&mut self, index: usize, keys: Vec<Key>) {
        self.parents.push(index);
        for key in keys {
            let other = *self.by_key.entry(key).or_insert(index);
            let (one, other) = (self.of(index), self.of(other));
            let (first, later) = (one.min(other), one.max(other));
            self.parents[later] = first;
        }
    }

    fn of(&mut self, mut index: usize) -> usize {
        while self.parents[index] != index {
            self.parents[index] = self.parents[self.parents[index]];
            index = self.parents[index];
        }
        index
    }
}
