//! The built-in corpus is there to be tried. Everybody who hasn't named sources of their own has it, and most write of other things:
//! it speaks only to drafts about its events, those that name somebody or something of its sources.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Cited, Corpus, CorpusError, Dossier, Extent, NameAnswer, NameQuestion, Page, Questions, Record, Scope, Source, Standing};
use crate::document::Document;
use crate::gazetteer::nations::nation;
use crate::gazetteer::{is_leader, name_use, places};
use crate::reader::{PersonName, Reading, Subject, SubjectKind};
use crate::text::{edit_distance, folded, name_key};

/// The countries that all its sources are about.
const COUNTRIES: [&str; 2] = ["RU", "UA"];

/// The fewest letters of an organisation's name that mean no other: "NATO" does, "EU" is in too many drafts.
const LEAST_LETTERS: usize = 4;

/// The fewest letters of a name that is known with two slips in it, such as another regiment's number.
const LEAST_LETTERS_OF_A_SLIP: usize = 8;

/// A draft is about what it names in so many of its first blocks: headline, byline and opening.
const HEAD: usize = 3;

/// Or about what it names in more than every so manieth block.
const EVERY: usize = 4;

/// So many words are known at most when a draft is begun; the longest book names fewer.
const MOST_WORDS: usize = 1 << 14;

/// A corpus that speaks only to drafts about its events.
pub struct Demonstration {
    corpus: Arc<dyn Corpus>,
    scenes: Vec<Scene>,
    /// Of words looked up lately whether they name one of the countries: a draft asks of all its capitalised words at each keystroke.
    known_words: Mutex<FxHashMap<Box<str>, bool>>,
    /// The scenes that have somebody or something of a name, of those looked for lately.
    known_names: Mutex<FxHashMap<Box<str>, Vec<Known>>>,
    /// The last answers, and what was left of them: most letters typed change neither.
    last: Mutex<Option<Last>>,
}

/// In which scenes a subject of some name was found.
#[derive(Debug)]
struct Known {
    kind: SubjectKind,
    acronym: Option<String>,
    scenes: Arc<[usize]>,
}

/// Neither is kept from being dropped with its draft.
struct Last {
    answers: Weak<Dossier>,
    at_hand: Vec<usize>,
    confined: Weak<Dossier>,
}

/// Whom and what one source names that few texts about other things do.
#[derive(Debug, Default)]
struct Scene {
    /// What evidence calls the source.
    id: String,
    /// People by their full names, as [`name_key`] gives them.
    people: BTreeSet<String>,
    /// Surnames that are hardly anybody else's.
    surnames: BTreeSet<String>,
    /// Places in the countries it is about, and organisations.
    things: BTreeSet<String>,
    /// Abbreviations of organisations, with their names.
    expansions: BTreeSet<(String, String)>,
}

impl Demonstration {
    /// A demonstration of a corpus, about what its sources are about.
    pub fn new<'a>(corpus: Arc<dyn Corpus>, sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let scenes = sources.into_iter().map(Scene::of).collect();
        Self { corpus, scenes, known_words: Mutex::default(), known_names: Mutex::default(), last: Mutex::default() }
    }

    /// The sources whose events a draft is about, in their order.
    fn at_hand(&self, document: &Document, reading: &Reading) -> Vec<usize> {
        let in_their_countries = self.blocks_that_name_a_country(document, reading);
        let mut blocks_of_scenes = vec![Vec::new(); self.scenes.len()];
        for subject in &reading.subjects {
            for &scene in &*self.scenes_with(subject) {
                blocks_of_scenes[scene].extend(subject.mentions.iter().map(|&mention| reading.mention(mention).at.block as usize));
            }
        }
        let is_at_hand = |blocks: &mut Vec<usize>| {
            blocks.sort_unstable();
            blocks.dedup();
            let is_in_head = [blocks.first(), in_their_countries.first()].into_iter().flatten().any(|&first| first < HEAD);
            let others = || blocks.iter().filter(|block| in_their_countries.binary_search(block).is_err()).count();
            is_in_head || (in_their_countries.len() + others()) * EVERY > document.blocks().len()
        };
        (0..self.scenes.len()).filter(|&scene| is_at_hand(&mut blocks_of_scenes[scene])).collect()
    }

    /// The scenes that have a person, place or organisation of a draft.
    fn scenes_with(&self, subject: &Subject) -> Arc<[usize]> {
        let mut known = self.known_names.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_WORDS {
            known.clear();
        }
        let mut of_name = known.get(&*subject.name).into_iter().flatten();
        let is_it = |known: &&Known| known.kind == subject.kind && known.acronym == subject.acronym;
        if let Some(found) = of_name.find(is_it) {
            return found.scenes.clone();
        }
        let keys = Keys::of(subject);
        let scenes: Arc<[usize]> = (0..self.scenes.len()).filter(|&scene| self.scenes[scene].has(&keys)).collect();
        let found = Known { kind: subject.kind, acronym: subject.acronym.clone(), scenes: scenes.clone() };
        known.entry(subject.name.as_str().into()).or_default().push(found);
        scenes
    }

    /// The blocks of a draft that speak of one of the countries, in order.
    fn blocks_that_name_a_country(&self, document: &Document, reading: &Reading) -> Vec<usize> {
        let mut known = self.known_words.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_WORDS {
            known.clear();
        }
        let mut is_theirs = |word: &str| match known.get(word) {
            Some(&names) => names,
            None => *known.entry(word.into()).or_insert_with(|| names_a_country(word)),
        };
        let blocks = document.blocks().iter().zip(&reading.blocks).enumerate();
        let named = blocks.filter(|(_, (block, read))| {
            read.tokens.iter().filter(|token| token.is_capitalised()).any(|token| is_theirs(token.text(&block.text)))
        });
        named.map(|(index, _)| index).collect()
    }
}

impl Corpus for Demonstration {
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError> {
        if questions.heard.is_apart() {
            return Ok(Dossier::of_nothing(questions, self.corpus.extent()?.generation));
        }
        self.corpus.dossier(questions)
    }

    fn scope(&self, document: &Document, reading: &Reading) -> Scope {
        Scope::Only(self.at_hand(document, reading))
    }

    fn within(&self, scope: Scope, answers: Arc<Dossier>) -> Arc<Dossier> {
        let Scope::Only(at_hand) = scope else { return answers };
        if at_hand.is_empty() {
            return answers;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_these = |last: &&Last| last.at_hand == at_hand && std::ptr::eq(last.answers.as_ptr(), Arc::as_ptr(&answers));
        if let Some(confined) = last.as_ref().filter(is_of_these).and_then(|last| last.confined.upgrade()) {
            return confined;
        }
        let ids: FxHashSet<&str> = at_hand.iter().map(|&scene| self.scenes[scene].id.as_str()).collect();
        let mut dossier = Dossier::clone(&answers);
        dossier.retain(|citation| citation.source.standing != Standing::Source || ids.contains(citation.source.id.as_str()));
        dossier.names.values_mut().for_each(|answer| confine(Arc::make_mut(answer)));
        let confined = Arc::new(dossier);
        *last = Some(Last { answers: Arc::downgrade(&answers), at_hand, confined: Arc::downgrade(&confined) });
        confined
    }

    fn extent(&self) -> Result<Extent, CorpusError> {
        self.corpus.extent()
    }

    fn sources(&self) -> Result<String, CorpusError> {
        Ok(format!("the {} sources of the built-in demonstration corpus", self.scenes.len()))
    }

    fn is_demonstration(&self) -> bool {
        true
    }

    fn search(&self, typed: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError> {
        self.corpus.search(typed, limit)
    }

    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError> {
        self.corpus.cited(names, page)
    }
}

/// Leaves of the people with the same surname those whom the desk has decided on, and those whose surname is hardly anybody else's.
fn confine(answer: &mut NameAnswer) {
    let is_telling = |record: &Record| record.surname.as_deref().is_some_and(is_rare);
    answer.namesakes.retain(|record| record.decision.is_some() || is_telling(record));
}

impl Scene {
    fn of(source: &Source) -> Self {
        let mut scene = Self { id: source.header.id.clone(), ..Self::default() };
        for subject in &source.reading.subjects {
            let key = name_key(&subject.name);
            match subject.kind {
                SubjectKind::Person => {
                    let name = PersonName::parse(&subject.name);
                    scene.surnames.extend(name.surname.as_deref().filter(|surname| is_rare(surname)).map(name_key));
                    scene.people.extend(name.given.is_some().then_some(key));
                }
                SubjectKind::Place => scene.things.extend(is_of_its_countries(&key).then_some(key)),
                SubjectKind::Organisation => {
                    let acronym = subject.acronym.as_deref().map(name_key);
                    scene.expansions.extend(acronym.clone().map(|acronym| (acronym, key.clone())));
                    let names = [Some(key), acronym];
                    scene.things.extend(names.into_iter().flatten().filter(|name| name.len() >= LEAST_LETTERS));
                }
            }
        }
        scene
    }

    /// Whether one of its organisations is abbreviated so, and called so but for a word.
    fn expands_nearly(&self, letters: &str, name: &str) -> bool {
        let others = |known: &str| name.split(' ').filter(|word| !known.split(' ').any(|other| other == *word)).count();
        self.expansions.iter().any(|(acronym, known)| *acronym == letters && others(known) <= 1)
    }

    /// Whether a person, place or organisation of a draft is one of its own, a slip in a full name allowed for.
    fn has(&self, subject: &Keys) -> bool {
        let is_near = |known: &String, key: &str| known.len() >= LEAST_LETTERS_OF_A_SLIP && edit_distance(known, key, 2).is_some();
        match subject {
            Keys::Person { key, surname, given } => {
                let is_slip_of = |known: &String| known == key || known.split(' ').next() == given.as_deref() && is_near(known, key);
                surname.as_ref().is_some_and(|surname| self.surnames.contains(surname))
                    || given.is_some() && self.people.iter().any(is_slip_of)
            }
            Keys::Thing { key, acronym } => {
                // A body may be named without whose it is.
                let is_short_for = |known: &String| known.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(" of "));
                self.things.iter().any(|known| known == key || is_short_for(known) || is_near(known, key))
                    || acronym.as_ref().is_some_and(|letters| self.expands_nearly(letters, key))
            }
        }
    }
}

/// By what a subject of a draft is looked for in every scene: worked out once, for it is asked at each keystroke.
enum Keys {
    Person { key: String, surname: Option<String>, given: Option<String> },
    Thing { key: String, acronym: Option<String> },
}

impl Keys {
    fn of(subject: &Subject) -> Self {
        let key = name_key(&subject.name);
        if subject.kind != SubjectKind::Person {
            return Self::Thing { key, acronym: subject.acronym.as_deref().map(name_key) };
        }
        let name = PersonName::parse(&subject.name);
        Self::Person { key, surname: name.surname.as_deref().map(name_key), given: name.first_given_key() }
    }
}

/// Whether a surname is hardly anybody's but that of whom the news means: a leader's, or one that no list of names has.
fn is_rare(surname: &str) -> bool {
    is_leader(surname) || !name_use(&folded(surname)).family
}

/// Whether a place lies in one of the countries, or is one.
fn is_of_its_countries(key: &str) -> bool {
    places(key).any(|place| COUNTRIES.contains(&place.country))
}

/// Whether all places of a name lie in the countries.
fn is_only_of_its_countries(word: &str) -> bool {
    let key = folded(word);
    let mut places = places(&key).peekable();
    places.peek().is_some() && places.all(|place| COUNTRIES.contains(&place.country))
}

/// Whether a word is one of the countries, one of its words or a place there and nowhere else: "Ukrainian", "the Kremlin".
fn names_a_country(word: &str) -> bool {
    nation(word).map_or_else(|| is_only_of_its_countries(word), |nation| COUNTRIES.contains(&nation.code))
}
