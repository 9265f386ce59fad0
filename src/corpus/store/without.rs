//! A store as if one of its sources had never been in it: what the others say about that source's own words.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::facts::{Brief, Facts, GroupId, NameFact, Said, SourceId};
use super::{Extent, Fit, Form, Forms, Key, Postings, Row, RowId, Shelf, Statistics, Store, StoreError, keys_of, name_keys_of};
use crate::reader::SubjectKind;

/// A store without one source.
#[derive(Debug)]
pub struct Without<S> {
    store: Arc<S>,
    hidden: SourceId,
    statistics: Statistics,
    /// How many of its facts a key leads to.
    facts: FxHashMap<Key, usize>,
    /// How many of its names are written in some way, and how many of those a key leads to.
    forms: FxHashMap<FormId, u32>,
    names: FxHashMap<Key, u32>,
}

/// A way of writing a name: text, whether a person's, whether an abbreviation, group.
type FormId = (Arc<str>, bool, bool, GroupId);

impl<S: Store> Without<S> {
    /// The store without a source of it, given by all that it attests.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn new(store: Arc<S>, source: &Facts) -> Result<Self, StoreError> {
        let mut statistics = store.snapshot()?.statistics().clone();
        let (mut facts, mut forms, mut names) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for fact in &source.all {
            statistics.remove(fact);
            for key in keys_of(fact) {
                *facts.entry(key).or_default() += 1;
            }
            if let Said::Name(name) = &fact.said {
                for id in forms_of(name) {
                    for key in name_keys_of(&id.0, id.1, id.2) {
                        *names.entry(key).or_default() += 1;
                    }
                    *forms.entry(id).or_default() += 1;
                }
            }
        }
        Ok(Self { store, hidden: source.id, statistics, facts, forms, names })
    }
}

impl<S> Without<S> {
    /// Takes the source's own out of how often a name is written so; whether others write it so.
    fn leaves(&self, form: &mut Arc<Form>) -> bool {
        let id = (form.text.clone(), form.person, form.acronym, form.group);
        if let Some(own) = self.forms.get(&id) {
            let form = Arc::make_mut(form);
            form.count = form.count.saturating_sub(*own);
        }
        form.count > 0
    }
}

fn forms_of(name: &NameFact) -> impl Iterator<Item = FormId> {
    let person = name.kind == SubjectKind::Person;
    let acronym = name.acronym.as_deref().map(|acronym| (acronym.into(), person, true, name.group));
    std::iter::once((name.form.clone(), person, false, name.group)).chain(acronym)
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

    fn statistics(&self) -> &Statistics {
        &self.without.statistics
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

    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.shelf.rows(ids)?;
        rows.retain(|row| row.id.source != self.without.hidden);
        Ok(rows)
    }

    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>, StoreError> {
        let mut briefs = self.shelf.briefs(ids)?;
        briefs.retain(|(id, _)| *id != self.without.hidden);
        Ok(briefs)
    }

    fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Forms>, StoreError> {
        // Those that are the source's alone give their places to others.
        let mut found = self.shelf.forms(keys, most.saturating_add(self.without.forms.len()))?;
        for (key, forms) in keys.iter().zip(&mut found) {
            forms.count = forms.count.saturating_sub(self.without.names.get(key).copied().unwrap_or_default());
            forms.forms.retain_mut(|form| self.without.leaves(form));
            forms.forms.sort_by(|a, b| a.by_attestation(b));
            forms.forms.truncate(most);
        }
        Ok(found)
    }

    fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>, StoreError> {
        let mut found = self.shelf.names_near(typed, most.saturating_add(self.without.forms.len()))?;
        found.retain_mut(|(_, form)| self.without.leaves(form));
        found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.by_attestation(other)));
        found.truncate(most);
        Ok(found)
    }
}
