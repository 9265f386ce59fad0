//! One state of an archive as it answers.

use std::sync::{Arc, OnceLock, PoisonError};

use redb::ReadOnlyTable;

use super::edition::{Edition, Reading};
use super::postings::places;
use super::tables::{COUNTS, POSTINGS, Place, ROWS_A_GROUP, STATISTICS};
use super::{ArchiveError, Result, drawers, guarded};
use crate::corpus::store::{Dated, Fit, Form, Key, Postings, RowId, Shelf, Statistics};
use crate::corpus::{Brief, Extent, Row, Said, SourceHeader, SourceId, StoreError};

/// So much may be answered at once; what failed on the way is an error, not an answer.
type Answer<T> = std::result::Result<T, StoreError>;

pub(super) struct DiskShelf {
    reading: Reading,
    extent: Extent,
    postings: ReadOnlyTable<&'static [u8; 15], &'static [u8]>,
    counts: ReadOnlyTable<u64, u32>,
    statistics: OnceLock<Arc<Statistics>>,
}

impl DiskShelf {
    pub(super) fn of(edition: &Arc<Edition>) -> Result<Self> {
        let reading = edition.read()?;
        let extent = reading.extent()?;
        let (postings, counts) = (reading.table(POSTINGS)?, reading.table(COUNTS)?);
        Ok(Self { reading, extent, postings, counts, statistics: OnceLock::new() })
    }

    /// What is counted in the state that is read, taken over from the batch before where that was of the same.
    fn counted(&self) -> Result<Arc<Statistics>> {
        let mut known = self.reading.edition().statistics.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, statistics)) = &*known
            && *of == self.reading.meta
        {
            return Ok(statistics.clone());
        }
        let mut words = Vec::new();
        for drawer in self.reading.table(STATISTICS)?.range::<u16>(..).map_err(ArchiveError::of)? {
            words.extend(drawers::decode(drawer.map_err(ArchiveError::of)?.1.value())?);
        }
        let meta = &self.reading.meta;
        let statistics = Arc::new(Statistics::counted(meta.figures, meta.dates, words.into_iter()));
        *known = Some((meta.clone(), statistics.clone()));
        Ok(statistics)
    }

    fn found(&self, key: Key, most: usize) -> Result<Postings> {
        let (count, places) = places(key, most, &self.postings, &self.counts)?;
        let row = |place: Place| Ok(RowId { source: self.reading.id(place.article())?.0, at: place.at() });
        Ok(Postings { count, rows: places.into_iter().map(row).collect::<Result<_>>()? })
    }

    /// Rows of one source, which come in the order of their numbers.
    fn rows_of(&self, source: SourceId, ids: &[RowId], found: &mut Vec<Row>) -> Result<()> {
        let Some(article) = self.reading.article(source)? else { return Ok(()) };
        let text = self.reading.text(article)?;
        let sentence = |number: u32| text.sentences.get(number as usize).cloned().unwrap_or_default();
        for ids in ids.chunk_by(|one, other| one.at / ROWS_A_GROUP == other.at / ROWS_A_GROUP) {
            let Some(group) = ids.first().map(|id| id.at / ROWS_A_GROUP) else { continue };
            let wanted = |number: u32| ids.binary_search_by_key(&(group * ROWS_A_GROUP + number), |id| id.at).is_ok();
            for (number, fact) in self.reading.group((article, &text), group, wanted)? {
                let further = match &fact.said {
                    Said::Quote(quote) => quote.further.iter().map(|part| sentence(part.sentence)).collect(),
                    _ => Box::default(),
                };
                found.push(Row {
                    id: RowId { source, at: group * ROWS_A_GROUP + number },
                    published: text.header.published,
                    sentence: sentence(fact.sentence),
                    further,
                    fact: Arc::new(fact),
                });
            }
        }
        Ok(())
    }

    fn brief(&self, id: SourceId) -> Result<Option<Arc<Brief>>> {
        let Some(article) = self.reading.article(id)? else { return Ok(None) };
        Ok(Some(Arc::new(self.reading.brief(article)?)))
    }
}

impl Shelf for DiskShelf {
    fn extent(&self) -> Extent {
        self.extent
    }

    fn statistics(&self) -> Answer<&Statistics> {
        if self.statistics.get().is_none() {
            let counted = guarded(|| self.counted())?;
            return Ok(self.statistics.get_or_init(|| counted));
        }
        Ok(self.statistics.get_or_init(Arc::default))
    }

    fn postings(&self, keys: &[Key], most: usize) -> Answer<Vec<Postings>> {
        // Neighbours in the index are asked for one after the other.
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_unstable_by_key(|&at| keys[at]);
        let mut all = vec![Postings::default(); keys.len()];
        for at in order {
            all[at] = guarded(|| self.found(keys[at], most))?;
        }
        Ok(all)
    }

    fn dated(&self, keys: &[Key]) -> Answer<Vec<Vec<Dated>>> {
        let dated = |key: &Key| {
            let (_, places) = places(*key, usize::MAX, &self.postings, &self.counts)?;
            let row = |place: Place| {
                let (source, day) = self.reading.id(place.article())?;
                Ok((day, RowId { source, at: place.at() }))
            };
            places.into_iter().map(row).collect::<Result<Vec<_>>>()
        };
        Ok(guarded(|| keys.iter().map(dated).collect())?)
    }

    fn rows(&self, ids: &[RowId]) -> Answer<Vec<Row>> {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_key(|&at| ids[at]);
        let sorted: Vec<RowId> = order.iter().map(|&at| ids[at]).collect();
        let mut found = Vec::with_capacity(ids.len());
        for ids in sorted.chunk_by(|one, other| one.source == other.source) {
            let Some(source) = ids.first().map(|id| id.source) else { continue };
            guarded(|| self.rows_of(source, ids, &mut found))?;
        }
        if !order.is_sorted() {
            let places: rustc_hash::FxHashMap<RowId, usize> = ids.iter().copied().zip(0..).collect();
            found.sort_by_key(|row| places.get(&row.id).copied());
        }
        Ok(found)
    }

    fn headers(&self, ids: &[SourceId]) -> Answer<Vec<(SourceId, Arc<SourceHeader>)>> {
        let header = |id: SourceId| {
            let article = self.reading.article(id)?;
            Ok(article.map(|article| self.reading.header(article)).transpose()?.map(|header| (id, Arc::new(header))))
        };
        Ok(guarded(|| ids.iter().filter_map(|&id| header(id).transpose()).collect())?)
    }

    fn briefs(&self, ids: &[SourceId]) -> Answer<Vec<(SourceId, Arc<Brief>)>> {
        let brief = |&id: &SourceId| guarded(|| self.brief(id)).map(|brief| brief.map(|brief| (id, brief)));
        Ok(ids.iter().filter_map(|id| brief(id).transpose()).collect::<Result<_>>()?)
    }

    fn forms(&self, keys: &[Key], most: usize) -> Answer<Vec<Vec<Arc<Form>>>> {
        Ok(guarded(|| self.reading.forms(keys, most))?)
    }

    fn written(&self, words: &[Key]) -> Answer<Vec<u32>> {
        Ok(guarded(|| self.reading.written(words))?)
    }

    fn names_near(&self, typed: &str, most: usize) -> Answer<Vec<(Fit, Arc<Form>)>> {
        Ok(guarded(|| self.reading.names_near(typed, most))?)
    }
}
