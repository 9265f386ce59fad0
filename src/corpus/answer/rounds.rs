//! What one batch of questions has been told by the shelf so far; nothing is asked for twice.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::facts::{Brief, Said, SourceId};
use super::super::store::{Dated, Form, Key, Row, RowId, Shelf, StoreError};
use super::super::{Citation, CorpusError, Report, SourceHeader};

pub(super) struct Rounds<'s> {
    pub(super) shelf: &'s dyn Shelf,
    postings: FxHashMap<Key, Vec<RowId>>,
    rows: FxHashMap<RowId, Row>,
    headers: FxHashMap<SourceId, Arc<SourceHeader>>,
    briefs: FxHashMap<SourceId, Arc<Brief>>,
}

impl<'s> Rounds<'s> {
    pub(super) fn of(shelf: &'s dyn Shelf) -> Self {
        Self {
            shelf,
            postings: FxHashMap::default(),
            rows: FxHashMap::default(),
            headers: FxHashMap::default(),
            briefs: FxHashMap::default(),
        }
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

    /// Looks up rows that some keys lead to: of a key with many, the latest, and of the earlier ones some from all times, so that what was
    /// said long ago isn't lost.
    pub(super) fn sample(&mut self, keys: impl Iterator<Item = Key>, most: usize) -> Result<(), StoreError> {
        let keys = each_once(keys.filter(|key| !self.postings.contains_key(key)));
        if !keys.is_empty() {
            let found = self.shelf.dated(&keys)?.into_iter().map(|rows| sampled(rows, most));
            self.postings.extend(keys.into_iter().zip(found));
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
        let sources = each_once(sources.filter(|source| !self.headers.contains_key(source)));
        if !sources.is_empty() {
            self.headers.extend(self.shelf.headers(&sources)?);
        }
        Ok(())
    }

    /// Gets to know some sources as wholes, which takes longer than where they come from.
    pub(super) fn know_whole(&mut self, sources: impl Iterator<Item = SourceId>) -> Result<(), StoreError> {
        let sources = each_once(sources.filter(|source| !self.briefs.contains_key(source)));
        if !sources.is_empty() {
            self.briefs.extend(self.shelf.briefs(&sources)?);
        }
        Ok(())
    }

    /// Where a source comes from that is known by now.
    pub(super) fn header(&self, source: SourceId) -> Option<&Arc<SourceHeader>> {
        self.headers.get(&source)
    }

    /// A source that is known as a whole by now.
    fn brief(&self, source: SourceId) -> Option<&Arc<Brief>> {
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
        self.header(row.id.source).map(|header| row.cite(header))
    }

    /// The place of a row among all: by the day of its source, its name, and the row's number.
    pub(super) fn place(&self, row: &Row) -> (Option<Date>, Option<&str>, u32) {
        (row.published, self.header(row.id.source).map(|header| &*header.id), row.id.at)
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

/// So many of some rows at most: three quarters of them the latest, the others evenly from those before, the first of all among them.
fn sampled(mut rows: Vec<Dated>, most: usize) -> Vec<RowId> {
    if rows.len() > most {
        rows.sort_unstable_by_key(|&(day, id)| (Reverse(day), id));
        let latest = most - most / 4;
        let (earlier, wanted) = (rows.len() - latest, most - latest);
        let from_all_times = (1..=wanted).map(|number| latest + number * earlier / wanted - 1);
        return (0..latest).chain(from_all_times).filter_map(|at| Some(rows.get(at)?.1)).collect();
    }
    rows.into_iter().map(|(_, id)| id).collect()
}

pub(super) fn each_once<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}
