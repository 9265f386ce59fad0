//! The contract of a corpus that changes, as tests over `dyn Corpus`. Another store is held to it by implementing [`Changing`] for the
//! corpus over it and a line like `contract!(memory, || …)`, with something that makes an empty one.

use std::collections::BTreeMap;
use std::sync::Arc;

use copydesk::corpus::{
    AcronymAttestation, Citation, Corpus, DateAttestation, Facts, FigureAttestation, NameAnswer, NameQuestion, Page, Questions,
    QuoteAttestation, Record, SourceId,
};

use crate::made_up::{Dice, article, drafts};

/// A corpus whose sources come and go.
pub(crate) trait Changing: Corpus {
    fn put(&self, facts: Facts);
    fn remove(&self, id: SourceId);
}

macro_rules! contract {
    ($store:ident, $empty:expr) => {
        mod $store {
            use super::contract;
            use super::*;

            #[test]
            fn the_order_of_the_sources_is_of_no_account() {
                contract::order($empty);
            }

            #[test]
            fn what_was_added_and_taken_out_again_never_was() {
                contract::never_was($empty);
            }

            #[test]
            fn five_hundred_changes_come_to_what_a_fresh_build_does() {
                contract::changes($empty);
            }

            #[test]
            fn pages_are_whole() {
                contract::pages($empty);
            }

            #[test]
            fn a_generation_never_answers_for_another() {
                contract::generations($empty);
            }

            #[test]
            fn facts_that_are_read_back_answer_alike() {
                contract::read_back($empty);
            }

            #[test]
            fn an_empty_one_knows_nothing() {
                contract::empty($empty);
            }
        }
    };
}
pub(crate) use contract;

/// All that a corpus answers to some drafts, whatever the generation.
#[derive(Debug, PartialEq)]
pub(crate) struct Answers {
    sources: usize,
    names: Vec<(NameQuestion, Option<NameAnswer>)>,
    acronyms: Vec<Vec<AcronymAttestation>>,
    figures: Vec<Vec<FigureAttestation>>,
    dates: Vec<Vec<DateAttestation>>,
    quotes: Vec<Vec<QuoteAttestation>>,
    found: Vec<Vec<Arc<Record>>>,
    cited: Vec<Vec<Citation>>,
}

const ALL: Page = Page { from: 0, most: usize::MAX };
const TYPED: [&str; 6] = ["", "bra", "harb", "tmr", "quilfaether", "x"];

pub(crate) fn questions() -> Questions {
    let mut all = Questions::default();
    for draft in drafts() {
        let Questions { names, acronyms, figures, dates, quotes, offices, heard: _ } = Questions::of(&draft);
        all.names.extend(names);
        all.acronyms.extend(acronyms);
        all.figures.extend(figures);
        all.dates.extend(dates);
        all.quotes.extend(quotes);
        all.offices.extend(offices);
    }
    all
}

impl Answers {
    pub(crate) fn of(corpus: &dyn Corpus, asked: &Questions) -> Self {
        let dossier = corpus.dossier(asked).expect("answers");
        let cited = |question: &NameQuestion| corpus.cited(std::slice::from_ref(question), ALL).expect("answers").citations;
        Self {
            sources: corpus.extent().expect("answers").sources,
            names: asked.names.iter().map(|question| (question.clone(), dossier.name(question).cloned())).collect(),
            acronyms: asked.acronyms.iter().map(|question| dossier.acronyms(question).to_vec()).collect(),
            figures: asked.figures.iter().map(|question| dossier.figures(question).to_vec()).collect(),
            dates: asked.dates.iter().map(|question| dossier.dates(question).to_vec()).collect(),
            quotes: asked.quotes.iter().map(|question| dossier.quotes(question).to_vec()).collect(),
            found: TYPED.iter().map(|typed| corpus.search(typed, 8).expect("answers")).collect(),
            cited: asked.names.iter().map(cited).collect(),
        }
    }

    /// Whether each kind of question has got some answer, so that a comparison says something.
    fn is_telling(&self) -> bool {
        let is_known = |answer: &NameAnswer| !answer.known.is_empty();
        let names = || self.names.iter().filter_map(|(_, answer)| answer.as_ref());
        names().any(|answer| is_known(answer) && !answer.titles.is_empty())
            && names().any(|answer| is_known(answer) && !answer.placements.is_empty())
            && names().any(|answer| !answer.near.is_empty())
            && self.acronyms.iter().any(|found| !found.is_empty())
            && self.figures.iter().any(|found| found.len() > 1)
            && self.dates.iter().any(|found| found.len() > 1)
            && self.quotes.iter().any(|found| !found.is_empty())
            && self.found.iter().filter(|found| !found.is_empty()).count() >= 4
            && self.cited.iter().any(|found| found.len() > 8)
    }
}

/// Whether two corpora answer everything alike, and have much to answer.
pub(crate) fn answer_alike(one: &dyn Corpus, other: &dyn Corpus) -> bool {
    let asked = questions();
    let answers = Answers::of(one, &asked);
    assert!(answers.is_telling());
    answers == Answers::of(other, &asked)
}

pub(crate) fn order<C: Changing>(empty: impl Fn() -> C) {
    let (asked, one, other) = (questions(), empty(), empty());
    for id in 0..40 {
        one.put(article(id, 0));
        other.put(article((id * 7 + 3) % 40, 0));
    }
    let answers = Answers::of(&one, &asked);
    assert!(answers.is_telling(), "{answers:#?}");
    assert!(answers == Answers::of(&other, &asked));
}

pub(crate) fn never_was<C: Changing>(empty: impl Fn() -> C) {
    let (asked, plain, changed) = (questions(), empty(), empty());
    for id in 0..30 {
        plain.put(article(id, 0));
        changed.put(article(id, 1));
        changed.put(article(id + 30, 0));
    }
    assert!(Answers::of(&plain, &asked) != Answers::of(&changed, &asked), "it makes a difference");
    for id in 0..30 {
        changed.remove(article(id + 30, 0).id);
        changed.put(article(id, 0));
    }
    changed.remove(article(99, 0).id);
    assert!(Answers::of(&plain, &asked) == Answers::of(&changed, &asked));
}

pub(crate) fn changes<C: Changing>(empty: impl Fn() -> C) {
    let (asked, corpus, mut dice) = (questions(), empty(), Dice::new(7));
    let mut there: BTreeMap<usize, usize> = BTreeMap::new();
    for step in 1..=500 {
        let id = dice.roll(50);
        if there.contains_key(&id) && dice.roll(3) == 0 {
            there.remove(&id);
            corpus.remove(article(id, 0).id);
        } else {
            let version = dice.roll(4);
            there.insert(id, version);
            corpus.put(article(id, version));
        }
        if step % 100 == 0 {
            let fresh = empty();
            for (&id, &version) in &there {
                fresh.put(article(id, version));
            }
            assert!(Answers::of(&corpus, &asked) == Answers::of(&fresh, &asked), "after {step} changes");
        }
    }
}

pub(crate) fn pages<C: Changing>(empty: impl Fn() -> C) {
    let (asked, corpus) = (questions(), empty());
    (0..40).for_each(|id| corpus.put(article(id, 0)));
    let mut longest = 0;
    for question in &asked.names {
        let names = std::slice::from_ref(question);
        let whole = corpus.cited(names, ALL).expect("answers");
        assert_eq!(whole.total, whole.citations.len());
        let mut paged = Vec::new();
        while let page = corpus.cited(names, Page { from: paged.len(), most: 3 }).expect("answers")
            && !page.citations.is_empty()
        {
            assert_eq!(page.total, whole.total);
            assert!(page.citations.len() <= 3);
            paged.extend(page.citations);
        }
        assert_eq!(paged, whole.citations, "{question:?}");
        let mut places: Vec<_> = paged.iter().map(|cited| (&cited.source.id, cited.start.line, &cited.sentence)).collect();
        let count = places.len();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), count, "each place once");
        let days: Vec<_> = paged.iter().map(|cited| cited.source.published).collect();
        assert!(days.is_sorted_by(|a, b| a >= b), "the latest first");
        longest = longest.max(count);
    }
    assert!(longest > 12, "some run over several pages");
}

pub(crate) fn generations<C: Changing>(empty: impl Fn() -> C) {
    let (asked, corpus) = (questions(), empty());
    let mut seen = vec![corpus.extent().expect("answers").generation];
    for (id, version) in [(0, 0), (1, 0), (1, 1), (2, 0), (2, 3)] {
        corpus.put(article(id, version));
        let extent = corpus.extent().expect("answers");
        assert!(!seen.contains(&extent.generation), "a change is another generation");
        assert_eq!(corpus.dossier(&asked).expect("answers").generation, Some(extent.generation));
        assert_eq!(corpus.cited(&[], ALL).expect("answers").generation, extent.generation);
        seen.push(extent.generation);
    }
    corpus.remove(article(0, 0).id);
    assert!(!seen.contains(&corpus.extent().expect("answers").generation));
    let other = empty();
    for id in [3, 4] {
        other.put(article(id, 0));
    }
    assert_ne!(other.extent().expect("answers").generation, corpus.extent().expect("answers").generation, "two corpora of as many changes");
    let days = other.extent().expect("answers").days;
    assert!(days.is_some_and(|(first, last)| first <= last));
}

pub(crate) fn read_back<C: Changing>(empty: impl Fn() -> C) {
    let (asked, plain, json, bytes) = (questions(), empty(), empty(), empty());
    for facts in (0..40).map(|id| article(id, 0)) {
        let text = serde_json::to_string(&facts).expect("plain data");
        json.put(serde_json::from_str(&text).expect("as written"));
        bytes.put(postcard::from_bytes(&postcard::to_allocvec(&facts).expect("plain data")).expect("as written"));
        plain.put(facts);
    }
    let answers = Answers::of(&plain, &asked);
    assert!(answers == Answers::of(&json, &asked));
    assert!(answers == Answers::of(&bytes, &asked));
}

pub(crate) fn empty<C: Changing>(empty: impl Fn() -> C) {
    let answers = Answers::of(&empty(), &questions());
    let knows_nothing = |(_, answer): &(NameQuestion, Option<NameAnswer>)| {
        answer.as_ref().is_some_and(|answer| answer.known.is_empty() && answer.near.is_empty() && answer.titles.is_empty())
    };
    assert!(answers.names.iter().all(knows_nothing));
    assert!(
        answers.figures.iter().all(Vec::is_empty) && answers.quotes.iter().all(Vec::is_empty) && answers.found.iter().all(Vec::is_empty)
    );
    assert_eq!(empty().extent().expect("answers").days, None);
}
