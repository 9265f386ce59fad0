//! Changes of an archive: sources that come, go and are written anew, all in one transaction. Of a source that is there already only
//! what differs is touched; which keys led to it is told by its facts, so that no list of them is kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use redb::{ReadableTable, Table, TableDefinition, WriteTransaction};
use rustc_hash::FxHashMap;

use super::drawers::{self, Drawer};
use super::edition::Edition;
use super::names::Names;
use super::pack::{Packed, facts_of, head_of, nonsense, plain, read, text_of};
use super::postings::Postings;
use super::tables::{
    AN_ID, BRIEFS, COUNTS, DAYS, FORMS, IDS, IDS_A_BLOB, META, Meta, NAMED, NOTES, POSTINGS, Place, RANKED, ROWS, ROWS_A_GROUP, SOURCES,
    SPELT, STATISTICS, TEXTS, WRITTEN, day_number, drawer, group_of, id_bytes, id_of,
};
use super::{ArchiveError, Result};
use crate::corpus::store::{Key, Wording, keys_of};
use crate::corpus::{Facts, Matter, Said, SourceId, share};
use crate::gazetteer::terms::TermKey;

/// An archive that is being changed.
pub struct Changes<'t> {
    meta: Meta,
    sources: Table<'t, u64, u32>,
    ids: Table<'t, u32, &'static [u8]>,
    briefs: Table<'t, u32, &'static [u8]>,
    texts: Table<'t, u32, &'static [u8]>,
    rows: Table<'t, &'static [u8; 8], &'static [u8]>,
    postings: Postings<'t>,
    names: Names<'t>,
    drawers: Table<'t, u16, &'static [u8]>,
    days: Table<'t, i32, u32>,
    notes: Table<'t, &'static [u8], &'static [u8]>,
    /// What is counted anew at the end, once for all sources that are changed.
    counts: Counts,
}

/// How many times more something is counted, or fewer.
#[derive(Default)]
struct Counts {
    names: FxHashMap<Wording, i32>,
    words: BTreeMap<u64, Change>,
}

/// Of figures and of dates.
type Change = (i32, i32);

/// Makes changes in an edition, all or none.
pub(super) fn make<T>(edition: &Edition, make: impl FnOnce(&mut Changes<'_>) -> Result<T>) -> Result<T> {
    let transaction = edition.base()?.begin_write().map_err(ArchiveError::of)?;
    let outcome = {
        let mut changes = Changes::of(&transaction)?;
        let outcome = make(&mut changes)?;
        changes.settle(&transaction)?;
        outcome
    };
    transaction.commit().map_err(ArchiveError::of)?;
    Ok(outcome)
}

fn open<'t, K: redb::Key + 'static, V: redb::Value + 'static>(
    transaction: &'t WriteTransaction,
    table: TableDefinition<'_, K, V>,
) -> Result<Table<'t, K, V>> {
    transaction.open_table(table).map_err(ArchiveError::of)
}

impl<'t> Changes<'t> {
    fn of(transaction: &'t WriteTransaction) -> Result<Self> {
        let meta = open(transaction, META)?.get("meta").map_err(ArchiveError::of)?.map(|meta| read(meta.value()));
        Ok(Self {
            meta: meta.ok_or_else(nonsense)??,
            sources: open(transaction, SOURCES)?,
            ids: open(transaction, IDS)?,
            briefs: open(transaction, BRIEFS)?,
            texts: open(transaction, TEXTS)?,
            rows: open(transaction, ROWS)?,
            postings: Postings { blocks: open(transaction, POSTINGS)?, counts: open(transaction, COUNTS)? },
            names: Names {
                forms: open(transaction, FORMS)?,
                named: open(transaction, NAMED)?,
                written: open(transaction, WRITTEN)?,
                ranked: open(transaction, RANKED)?,
                spelt: open(transaction, SPELT)?,
            },
            drawers: open(transaction, STATISTICS)?,
            days: open(transaction, DAYS)?,
            notes: open(transaction, NOTES)?,
            counts: Counts::default(),
        })
    }

    /// Adds a source, or puts it in the place of what its id said before.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn put(&mut self, packed: &Packed) -> Result<()> {
        let known = self.sources.get(packed.id.number()).map_err(ArchiveError::of)?.map(|article| article.value());
        let known = match known {
            // What is known of an article's number never changes, and its day is.
            Some(article) if self.day(article)? != packed.published => {
                self.remove(packed.id)?;
                None
            }
            known => known,
        };
        let (article, before) = match known {
            Some(article) => (article, self.take_out(article)?),
            None => (self.number(packed)?, BTreeSet::new()),
        };
        let after: BTreeSet<(Key, u32)> = packed.keys.iter().copied().collect();
        for &(key, at) in before.difference(&after) {
            self.postings.remove(key, Place::new(article, at))?;
        }
        for &(key, at) in after.difference(&before) {
            self.postings.add(key, Place::new(article, at))?;
        }
        self.sources.insert(packed.id.number(), article).map_err(ArchiveError::of)?;
        self.briefs.insert(article, &*packed.brief).map_err(ArchiveError::of)?;
        self.texts.insert(article, &*packed.text).map_err(ArchiveError::of)?;
        for (group, blob) in (0..).zip(&packed.groups) {
            self.rows.insert(&group_of(article, group), &**blob).map_err(ArchiveError::of)?;
        }
        for name in &packed.names {
            self.counts.name(name, 1);
        }
        for &(matter, word) in &packed.words {
            self.counts.word(matter, word, 1);
        }
        self.meta.figures = self.meta.figures.saturating_add(packed.contexts.0);
        self.meta.dates = self.meta.dates.saturating_add(packed.contexts.1);
        self.meta.sources = self.meta.sources.saturating_add(1);
        self.meta.shares = self.meta.shares.wrapping_add(packed.share);
        self.count_day(packed.published, 1)
    }

    /// Takes a source out again; whether it was there.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn remove(&mut self, id: SourceId) -> Result<bool> {
        let known = self.sources.remove(id.number()).map_err(ArchiveError::of)?.map(|article| article.value());
        let Some(article) = known else { return Ok(false) };
        for (key, at) in self.take_out(article)? {
            self.postings.remove(key, Place::new(article, at))?;
        }
        self.briefs.remove(article).map_err(ArchiveError::of)?;
        self.texts.remove(article).map_err(ArchiveError::of)?;
        Ok(true)
    }

    /// The print of a source, if it is there; see [`Facts::print`].
    ///
    /// # Errors
    /// When it can't be read.
    pub fn print(&self, id: SourceId) -> Result<Option<u64>> {
        let Some(article) = self.sources.get(id.number()).map_err(ArchiveError::of)?.map(|article| article.value()) else {
            return Ok(None);
        };
        let blob = self.briefs.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
        Ok(Some(head_of(blob.value())?.print))
    }

    /// Keeps something beside the facts.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn note(&mut self, name: &[u8], note: &[u8]) -> Result<()> {
        self.notes.insert(name, note).map(drop).map_err(ArchiveError::of)
    }

    /// Forgets what was kept under a name.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn forget(&mut self, name: &[u8]) -> Result<()> {
        self.notes.remove(name).map(drop).map_err(ArchiveError::of)
    }

    /// Takes an article out of all counts and its facts away; what led to them.
    fn take_out(&mut self, article: u32) -> Result<BTreeSet<(Key, u32)>> {
        let head = head_of(self.briefs.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?.value())?;
        let day = self.day(article)?;
        let text = text_of(self.texts.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?.value())?;
        let mut keys = BTreeSet::new();
        for group in 0..head.facts.div_ceil(ROWS_A_GROUP) {
            let blob = self.rows.remove(&group_of(article, group)).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
            for (number, fact) in facts_of(blob.value(), &text.beside, |_| true)? {
                let at = group * ROWS_A_GROUP + number;
                keys.extend(keys_of(&fact).into_iter().map(|key| (key, at)));
                if let Said::Name(name) = &fact.said {
                    Wording::of(name).for_each(|wording| self.counts.name(&wording, -1));
                }
                if let Some((matter, context)) = fact.said.context() {
                    let contexts = match matter {
                        Matter::Figure => &mut self.meta.figures,
                        Matter::Date => &mut self.meta.dates,
                    };
                    *contexts = contexts.saturating_sub(1);
                    context.terms.iter().for_each(|term| self.counts.word(matter, term.word, -1));
                }
            }
        }
        self.meta.sources = self.meta.sources.saturating_sub(1);
        self.meta.shares = self.meta.shares.wrapping_sub(share(head.id, head.print));
        self.count_day(day, -1)?;
        Ok(keys)
    }

    /// A number for a new article.
    fn number(&mut self, packed: &Packed) -> Result<u32> {
        let article = self.meta.next;
        self.meta.next = article.checked_add(1).ok_or_else(|| ArchiveError::Damaged("its numbers are used up".to_owned()))?;
        let blob = article / IDS_A_BLOB;
        let mut ids = self.ids.get(blob).map_err(ArchiveError::of)?.map(|ids| ids.value().to_vec()).unwrap_or_default();
        ids.resize((article % IDS_A_BLOB) as usize * AN_ID, 0);
        ids.extend(id_bytes(packed.id.number(), packed.published));
        self.ids.insert(blob, &*ids).map_err(ArchiveError::of)?;
        Ok(article)
    }

    fn day(&self, article: u32) -> Result<Option<Date>> {
        let ids = self.ids.get(article / IDS_A_BLOB).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
        let ids = ids.value().as_chunks::<AN_ID>().0;
        ids.get((article % IDS_A_BLOB) as usize).map(|id| id_of(id).1).ok_or_else(nonsense)
    }

    fn count_day(&mut self, day: Option<Date>, change: i32) -> Result<()> {
        let Some(day) = day.map(day_number) else { return Ok(()) };
        let known = self.days.get(day).map_err(ArchiveError::of)?.map_or(0, |count| count.value());
        match known.saturating_add_signed(change) {
            0 => self.days.remove(day).map(drop),
            count => self.days.insert(day, count).map(drop),
        }
        .map_err(ArchiveError::of)
    }

    /// Writes down what was counted.
    fn settle(mut self, transaction: &WriteTransaction) -> Result<()> {
        let mut names: Vec<(Wording, i32)> = self.counts.names.drain().filter(|(_, change)| *change != 0).collect();
        names.sort_unstable_by_key(|(wording, _)| wording.number());
        for (wording, change) in names {
            self.names.count(&wording, change)?;
        }
        let mut changed: BTreeMap<u16, BTreeMap<u64, Change>> = BTreeMap::new();
        for (word, change) in std::mem::take(&mut self.counts.words).into_iter().filter(|(_, change)| *change != (0, 0)) {
            changed.entry(drawer(TermKey::numbered(word))).or_default().insert(word, change);
        }
        for (number, changes) in changed {
            let bytes = self.drawers.get(number).map_err(ArchiveError::of)?.map(|bytes| drawers::decode(bytes.value())).transpose()?;
            let known = bytes.unwrap_or_default().into_iter();
            let mut drawer: Drawer = known.map(|(word, figures, dates)| (word.number(), (figures, dates))).collect();
            for (word, (figures, dates)) in changes {
                let counts = drawer.entry(word).or_default();
                *counts = (counts.0.saturating_add_signed(figures), counts.1.saturating_add_signed(dates));
            }
            drawer.retain(|_, counts| *counts != (0, 0));
            self.drawers.insert(number, &*drawers::encode(&drawer)).map_err(ArchiveError::of)?;
        }
        open(transaction, META)?.insert("meta", &*plain(&self.meta)?).map_err(ArchiveError::of)?;
        Ok(())
    }
}

impl Counts {
    fn name(&mut self, wording: &Wording, change: i32) {
        let count = self.names.entry(wording.clone()).or_default();
        *count = count.saturating_add(change);
    }

    fn word(&mut self, matter: Matter, word: TermKey, change: i32) {
        let (figures, dates) = self.words.entry(word.number()).or_default();
        let count = match matter {
            Matter::Figure => figures,
            Matter::Date => dates,
        };
        *count = count.saturating_add(change);
    }
}

/// Puts facts that are at hand into an archive.
impl Changes<'_> {
    /// As [`Changes::put`].
    ///
    /// # Errors
    /// As for [`Changes::put`].
    pub fn put_facts(&mut self, facts: &Facts) -> Result<()> {
        self.put(&Packed::of(facts)?)
    }
}
