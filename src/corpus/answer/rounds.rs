//! What one batch of questions has been told by the shelf so far; nothing is asked for twice.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::facts::{Brief, Said, SourceId};
use super::super::store::{Form, Key, Row, RowId, Shelf, StoreError};
use super::super::{Citation, CorpusError, Report};

pub(super) struct Rounds<'s> {
    pub(super) shelf: &'s dyn Shelf,
    postings: FxHashMap<Key, Vec<RowId>>,
    rows: FxHashMap<RowId, Row>,
    briefs: FxHashMap<SourceId, Arc<Brief>>,
}

impl<'s> Rounds<'s> {
    pub(super) fn of(shelf: &'s dyn Shelf) -> Self {
        Self { shelf, postings: FxHashMap::default(), rows: FxHashMap::default(), briefs: FxHashMap::default() }
    }

    /// Looks up which rows some keys lead to; a key with more than `most` leads nowhere.
    pub(super) fn look_up(&mut self, keys: impl Iterator<Item = Key>, most: usize) -> Result<(), StoreError> {
        let keys = each_once(keys.filter(|key| !self.postings.contains_key(key)));
        if !keys.is_empty() {
            let found = self.shelf.postings(&keys, most)?;
            self.postings.extend(keys.into_iter().zip(found.into_iter().map(|postings| postings.rows)));
        }
        Ok(())
    }

    /// The rows that a key leads to which was looked up.
    pub(super) fn found(&self, key: Key) -> &[RowId] {
        self.postings.get(&key).map_or(&[], Vec::as_slice)
    }

    pub(super) fn fetch(&mut self, ids: impl Iterator<Item = RowId>) -> Result<(), StoreError> {
        let ids = each_once(ids.filter(|id| !self.rows.contains_key(id)));
        if !ids.is_empty() {
            self.rows.extend(self.shelf.rows(&ids)?.into_iter().map(|row| (row.id, row)));
        }
        Ok(())
    }

    /// A row that was fetched.
    pub(super) fn row(&self, id: RowId) -> Option<&Row> {
        self.rows.get(&id)
    }

    pub(super) fn know(&mut self, sources: impl Iterator<Item = SourceId>) -> Result<(), StoreError> {
        let sources = each_once(sources.filter(|source| !self.briefs.contains_key(source)));
        if !sources.is_empty() {
            self.briefs.extend(self.shelf.briefs(&sources)?);
        }
        Ok(())
    }

    /// A source that is known by now.
    pub(super) fn brief(&self, source: SourceId) -> Option<&Arc<Brief>> {
        self.briefs.get(&source)
    }

    pub(super) fn briefs_of(&self, sources: impl Iterator<Item = SourceId>) -> FxHashMap<SourceId, Arc<Brief>> {
        sources.filter_map(|source| Some((source, self.brief(source)?.clone()))).collect()
    }

    /// All figures and dates of some sources that are known by now.
    pub(super) fn reports_of(&mut self, sources: FxHashSet<SourceId>) -> Result<FxHashMap<SourceId, Arc<Report>>, StoreError> {
        let values: Vec<(SourceId, Vec<RowId>)> = sources
            .into_iter()
            .filter_map(|source| {
                let values = self.brief(source)?.values.clone();
                Some((source, values.map(|at| RowId { source, at }).collect()))
            })
            .collect();
        self.fetch(values.iter().flat_map(|(_, ids)| ids).copied())?;
        let report = |ids: Vec<RowId>| Arc::new(Report::new(ids.into_iter().filter_map(|id| self.row(id).cloned()).collect()));
        Ok(values.into_iter().map(|(source, ids)| (source, report(ids))).collect())
    }

    pub(super) fn cite(&self, row: &Row) -> Option<Citation> {
        self.brief(row.id.source).map(|brief| row.cite(brief))
    }

    /// The place of a row among all: by the day of its source, its name, and the row's number.
    pub(super) fn place(&self, row: &Row) -> (Option<Date>, Option<&str>, u32) {
        (row.published, self.brief(row.id.source).map(|brief| &*brief.header.id), row.id.at)
    }

    /// What the rows under some keys say, as far as `of` takes it; each row once.
    pub(super) fn said<T>(&self, keys: impl IntoIterator<Item = Key>, of: impl Fn(&Said, Citation) -> Option<T>) -> Vec<T> {
        let ids = each_once(keys.into_iter().flat_map(|key| self.found(key)).copied());
        let rows = ids.into_iter().filter_map(|id| self.row(id));
        rows.filter_map(|row| of(&row.fact.said, self.cite(row)?)).collect()
    }

    /// Ways of writing names under some keys.
    pub(super) fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>, CorpusError> {
        Ok(if keys.is_empty() { Vec::new() } else { self.shelf.forms(keys, most)? })
    }
}

pub(super) fn each_once<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}
