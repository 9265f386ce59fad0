//! A store in memory: the built-in corpus, and folders small enough to be read at start. Sources come, change and go one by one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::super::SourceHeader;
use super::super::facts::{Brief, Facts, NameFact, Said, SourceId};
use super::{
    Dated, Extent, Fit, Form, Generation, Key, NameFinder, Postings, Row, RowId, Shelf, Statistics, Store, StoreError, Wording, keys_of,
    word_keys_of,
};

#[derive(Debug, Default)]
pub struct MemoryStore {
    state: RwLock<State>,
}

impl FromIterator<Facts> for MemoryStore {
    fn from_iter<I: IntoIterator<Item = Facts>>(sources: I) -> Self {
        let mut state = State::default();
        for facts in sources {
            state.put(facts);
        }
        Self { state: RwLock::new(state) }
    }
}

impl MemoryStore {
    /// Adds a source, or puts it in the place of what its id said before.
    pub fn put(&self, facts: Facts) {
        self.state.write().unwrap_or_else(PoisonError::into_inner).put(facts);
    }

    /// Takes a source out again; whether it was there.
    pub fn remove(&self, id: SourceId) -> bool {
        self.state.write().unwrap_or_else(PoisonError::into_inner).remove(id)
    }
}

impl Store for MemoryStore {
    fn snapshot(&self) -> Result<Box<dyn Shelf + '_>, StoreError> {
        Ok(Box::new(Snapshot(self.state.read().unwrap_or_else(PoisonError::into_inner))))
    }
}

/// A fact by the slot of its source and its index there.
type Place = (u32, u32);

#[derive(Debug, Default)]
struct State {
    /// The sources; an empty slot is taken by the next one.
    slots: Vec<Option<Facts>>,
    free: Vec<u32>,
    by_id: FxHashMap<SourceId, u32>,
    postings: FxHashMap<Key, Few<Place>>,
    names: Names,
    statistics: Statistics,
    /// How many sources are of each day.
    days: BTreeMap<Date, u32>,
    /// The prints of all sources in sum: whatever way led here, the same sources are the same generation.
    prints: u64,
}

impl State {
    fn put(&mut self, facts: Facts) {
        self.remove(facts.id);
        let slot = self.free.pop().unwrap_or(self.slots.len() as u32);
        for (at, fact) in facts.all.iter().enumerate() {
            for key in keys_of(fact) {
                Few::add(&mut self.postings, key, (slot, at as u32));
            }
            self.statistics.add(fact);
            if let Said::Name(name) = &fact.said {
                self.names.add(name);
            }
        }
        if let Some(day) = facts.published() {
            *self.days.entry(day).or_default() += 1;
        }
        self.prints = self.prints.wrapping_add(facts.share());
        self.by_id.insert(facts.id, slot);
        if self.slots.len() <= slot as usize {
            self.slots.push(None);
        }
        self.slots[slot as usize] = Some(facts);
    }

    fn remove(&mut self, id: SourceId) -> bool {
        let Some(slot) = self.by_id.remove(&id) else { return false };
        let Some(facts) = self.slots[slot as usize].take() else { return false };
        self.free.push(slot);
        for (at, fact) in facts.all.iter().enumerate() {
            for key in keys_of(fact) {
                Few::remove(&mut self.postings, key, (slot, at as u32));
            }
            self.statistics.remove(fact);
            if let Said::Name(name) = &fact.said {
                self.names.remove(name);
            }
        }
        if let Some(day) = facts.published()
            && let Some(count) = self.days.get_mut(&day)
        {
            *count -= 1;
            if *count == 0 {
                self.days.remove(&day);
            }
        }
        self.prints = self.prints.wrapping_sub(facts.share());
        true
    }

    fn source(&self, id: SourceId) -> Option<&Facts> {
        self.slots.get(*self.by_id.get(&id)? as usize)?.as_ref()
    }
}

/// Ways of writing names, by what leads to them.
#[derive(Debug, Default)]
struct Names {
    slots: Vec<Option<Arc<Form>>>,
    free: Vec<u32>,
    by_form: FxHashMap<Wording, u32>,
    by_key: FxHashMap<Key, Few<u32>>,
    /// How many times sources write a name with a word.
    by_word: FxHashMap<Key, u32>,
    /// Made for the first who types after a change.
    finder: OnceLock<NameFinder>,
}

impl Names {
    fn add(&mut self, name: &NameFact) {
        self.finder.take();
        for id in Wording::of(name) {
            for word in word_keys_of(&id.text, id.acronym) {
                *self.by_word.entry(word).or_default() += 1;
            }
            if let Some(form) = self.by_form.get(&id).and_then(|&slot| self.slots[slot as usize].as_mut()) {
                Arc::make_mut(form).count += 1;
                continue;
            }
            let slot = self.free.pop().unwrap_or(self.slots.len() as u32);
            if self.slots.len() <= slot as usize {
                self.slots.push(None);
            }
            for key in id.keys() {
                Few::add(&mut self.by_key, key, slot);
            }
            self.slots[slot as usize] = Some(Arc::new(Form::new(id.clone(), 1)));
            self.by_form.insert(id, slot);
        }
    }

    fn remove(&mut self, name: &NameFact) {
        self.finder.take();
        for id in Wording::of(name) {
            let Some(&slot) = self.by_form.get(&id) else { continue };
            for word in word_keys_of(&id.text, id.acronym) {
                let left = self.by_word.get_mut(&word).map_or(0, |count| {
                    *count = count.saturating_sub(1);
                    *count
                });
                if left == 0 {
                    self.by_word.remove(&word);
                }
            }
            let left = self.slots[slot as usize].as_mut().map_or(0, |form| {
                let form = Arc::make_mut(form);
                form.count -= 1;
                form.count
            });
            if left == 0 {
                for key in id.keys() {
                    Few::remove(&mut self.by_key, key, slot);
                }
                self.by_form.remove(&id);
                self.slots[slot as usize] = None;
                self.free.push(slot);
            }
        }
    }

    fn finder(&self) -> &NameFinder {
        self.finder.get_or_init(|| {
            let mut forms: Vec<(&Arc<Form>, u32)> =
                (0..).zip(&self.slots).filter_map(|(slot, form)| Some((form.as_ref()?, slot))).collect();
            forms.retain(|(form, _)| !form.acronym);
            forms.sort_by(|(a, _), (b, _)| a.by_attestation(b));
            NameFinder::new(forms.into_iter().map(|(form, slot)| (&*form.text, slot)))
        })
    }
}

/// What a key leads to: of most keys it is one thing alone.
#[derive(Debug)]
enum Few<T> {
    One(T),
    More(Vec<T>),
}

impl<T: Copy + PartialEq> Few<T> {
    fn add(map: &mut FxHashMap<Key, Self>, key: Key, one: T) {
        use std::collections::hash_map::Entry;
        match map.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Self::One(one));
            }
            Entry::Occupied(mut entry) => match entry.get_mut() {
                Self::More(all) => all.push(one),
                Self::One(first) => *entry.get_mut() = Self::More(vec![*first, one]),
            },
        }
    }

    fn remove(map: &mut FxHashMap<Key, Self>, key: Key, one: T) {
        let Some(few) = map.get_mut(&key) else { return };
        match few {
            Self::One(_) => {
                map.remove(&key);
            }
            Self::More(all) => {
                all.retain(|other| *other != one);
                if let [last] = all[..] {
                    *few = Self::One(last);
                }
            }
        }
    }

    fn all(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(all) => all,
        }
    }
}

/// The state for as long as somebody reads it.
struct Snapshot<'a>(RwLockReadGuard<'a, State>);

impl Shelf for Snapshot<'_> {
    fn extent(&self) -> Extent {
        let days = self.0.days.first_key_value().zip(self.0.days.last_key_value());
        Extent {
            generation: Generation::of(self.0.prints),
            sources: self.0.by_id.len(),
            days: days.map(|((first, _), (last, _))| (*first, *last)),
        }
    }

    fn statistics(&self) -> Result<&Statistics, StoreError> {
        Ok(&self.0.statistics)
    }

    fn postings(&self, keys: &[Key], most: usize) -> Result<Vec<Postings>, StoreError> {
        let row = |&(slot, at): &Place| Some(RowId { source: self.0.slots[slot as usize].as_ref()?.id, at });
        let posting = |key: &Key| {
            let places = self.0.postings.get(key).map(Few::all).unwrap_or_default();
            let rows = if places.len() > most { Vec::new() } else { places.iter().filter_map(row).collect() };
            Postings { count: places.len(), rows }
        };
        Ok(keys.iter().map(posting).collect())
    }

    fn dated(&self, keys: &[Key]) -> Result<Vec<Vec<Dated>>, StoreError> {
        let row = |&(slot, at): &Place| {
            let facts = self.0.slots[slot as usize].as_ref()?;
            Some((facts.published(), RowId { source: facts.id, at }))
        };
        let of = |key: &Key| self.0.postings.get(key).map(Few::all).unwrap_or_default().iter().filter_map(row).collect();
        Ok(keys.iter().map(of).collect())
    }

    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>, StoreError> {
        let row = |&id: &RowId| {
            let facts = self.0.source(id.source)?;
            let fact = facts.all.get(id.at as usize)?;
            let (sentence, further) = facts.sentences_of(fact);
            Some(Row { id, published: facts.published(), fact: fact.clone(), sentence, further })
        };
        Ok(ids.iter().filter_map(row).collect())
    }

    fn headers(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<SourceHeader>)>, StoreError> {
        Ok(ids.iter().filter_map(|&id| Some((id, self.0.source(id)?.brief.header.clone()))).collect())
    }

    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>, StoreError> {
        Ok(ids.iter().filter_map(|&id| Some((id, self.0.source(id)?.brief.clone()))).collect())
    }

    fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>, StoreError> {
        let names = &self.0.names;
        let found = |key: &Key| {
            let slots = names.by_key.get(key).map(Few::all).unwrap_or_default();
            let mut forms: Vec<Arc<Form>> = slots.iter().filter_map(|&slot| names.slots[slot as usize].clone()).collect();
            forms.sort_by(|a, b| a.by_attestation(b));
            forms.truncate(most);
            forms
        };
        Ok(keys.iter().map(found).collect())
    }

    fn written(&self, words: &[Key]) -> Result<Vec<u32>, StoreError> {
        Ok(words.iter().map(|word| self.0.names.by_word.get(word).copied().unwrap_or_default()).collect())
    }

    fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>, StoreError> {
        let names = &self.0.names;
        let found = names.finder().find(typed, most).into_iter();
        Ok(found.filter_map(|(fit, slot)| Some((fit, names.slots[slot as usize].clone()?))).collect())
    }
}
