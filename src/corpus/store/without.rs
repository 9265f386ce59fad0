//! A store as if one of its sources had never been in it: what the others say about that source's own words.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::SourceHeader;
use super::super::facts::{Brief, Facts, Said, SourceId};
use super::{Dated, Extent, Fit, Form, Key, Postings, Row, RowId, Shelf, Statistics, Store, StoreError, Wording, keys_of, word_keys_of};

/// A store without one source.
#[derive(Debug)]
pub struct Without<S> {
    store: Arc<S>,
    hidden: SourceId,
    statistics: Statistics,
    /// How many of its facts a key leads to.
    facts: FxHashMap<Key, usize>,
    /// How many of its names are written in some way, and how many with a word.
    forms: FxHashMap<Wording, u32>,
    words: FxHashMap<Key, u32>,
}

impl<S: Store> Without<S> {
    /// The store without a source of it, given by all that it attests.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn new(store: Arc<S>, source: &Facts) -> Result<Self, StoreError> {
        let mut statistics = store.snapshot()?.statistics()?.clone();
        let (mut facts, mut forms, mut words) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for fact in &source.all {
            statistics.remove(fact);
            for key in keys_of(fact) {
                *facts.entry(key).or_default() += 1;
            }
            if let Said::Name(name) = &fact.said {
                for wording in Wording::of(name) {
                    for word in word_keys_of(&wording.text, wording.acronym) {
                        *words.entry(word).or_default() += 1;
                    }
                    *forms.entry(wording).or_default() += 1;
                }
            }
        }
        Ok(Self { store, hidden: source.id, statistics, facts, forms, words })
    }
}

impl<S> Without<S> {
    /// Takes the source's own out of how often a name is written so; whether others write it so.
    fn leaves(&self, form: &mut Arc<Form>) -> bool {
        if let Some(own) = self.forms.get(&form.wording()) {
            let form = Arc::make_mut(form);
            form.count = form.count.saturating_sub(*own);
        }
        form.count > 0
    }
}

impl<S: Store> Store for Without<S> {
    fn snapshot(&self) -> Result<Box<dyn Shelf + '_>, StoreError> {
        Ok(Box::new(Rest { without: self, shelf: self.store.snapshot()? }))
    }
}

/// A state of it.
struct Rest<'a, S> {
    without: &'a Without<S>,
    shelf: Box<dyn Shelf + 'a>,
}

impl<S: Store> Shelf for Rest<'_, S> {
    fn extent(&self) -> Extent {
        let extent = self.shelf.extent();
        let generation = extent.generation.with(self.without.hidden.number());
        Extent { generation, sources: extent.sources.saturating_sub(1), ..extent }
    }

    fn statistics(&self) -> Result<&Statistics, StoreError> {
        Ok(&self.without.statistics)
    }

    fn postings(&self, keys: &[Key], most: usize) -> Result<Vec<Postings>, StoreError> {
        let own = |key: &Key| self.without.facts.get(key).copied().unwrap_or_default();
        let most_own = keys.iter().map(own).max().unwrap_or_default();
        let mut found = self.shelf.postings(keys, most.saturating_add(most_own))?;
        for (key, posting) in keys.iter().zip(&mut found) {
            posting.count = posting.count.saturating_sub(own(key));
            posting.rows.retain(|row| row.source != self.without.hidden && posting.count <= most);
        }
        Ok(found)
    }

    fn dated(&self, keys: &[Key]) -> Result<Vec<Vec<Dated>>, StoreError> {
        let mut found = self.shelf.dated(keys)?;
        for rows in &mut found {
            rows.retain(|(_, row)| row.source != self.without.hidden);
        }
        Ok(found)
    }

    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.shelf.rows(ids)?;
        rows.retain(|row| row.id.source != self.without.hidden);
        Ok(rows)
    }

    fn headers(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<SourceHeader>)>, StoreError> {
        let mut headers = self.shelf.headers(ids)?;
        headers.retain(|(id, _)| *id != self.without.hidden);
        Ok(headers)
    }

    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>, StoreError> {
        let mut briefs = self.shelf.briefs(ids)?;
        briefs.retain(|(id, _)| *id != self.without.hidden);
        Ok(briefs)
    }

    fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>, StoreError> {
        // Those that are the source's alone give their places to others.
        let mut found = self.shelf.forms(keys, most.saturating_add(self.without.forms.len()))?;
        for forms in &mut found {
            forms.retain_mut(|form| self.without.leaves(form));
            forms.sort_by(|a, b| a.by_attestation(b));
            forms.truncate(most);
        }
        Ok(found)
    }

    fn written(&self, words: &[Key]) -> Result<Vec<u32>, StoreError> {
        let mut written = self.shelf.written(words)?;
        for (word, count) in words.iter().zip(&mut written) {
            *count = count.saturating_sub(self.without.words.get(word).copied().unwrap_or_default());
        }
        Ok(written)
    }

    fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>, StoreError> {
        let mut found = self.shelf.names_near(typed, most.saturating_add(self.without.forms.len()))?;
        found.retain_mut(|(_, form)| self.without.leaves(form));
        found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.by_attestation(other)));
        found.truncate(most);
        Ok(found)
    }
}
