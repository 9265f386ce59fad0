//! Builds an edition from the first source to the last. What is found by keys is sorted outside of memory and then written once, in order,
//! so that memory stays within bounds and the pages are full; until it is named in `CURRENT`, nobody sees any of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Bound;
use std::path::Path;

use redb::{CursorMut, Database, ReadableTable as _, Table, TableDefinition, WriteTransaction};
use rustc_hash::{FxHashMap, FxHashSet};

use super::drawers::{self, Drawer};
use super::folder::{Folder, Next};
use super::names::{Leads, form};
use super::pack::{Packed, plain, read};
use super::postings::{A_BLOCK, encode};
use super::sorting::Sorter;
use super::tables::{
    BRIEFS, COUNTS, DAYS, FORMS, IDS, IDS_A_BLOB, META, Meta, NAMED, NOTES, POSTINGS, Place, RANKED, ROWS, SOURCES, SPELT, STATISTICS,
    TEXTS, WRITTEN, day_number, drawer, group_of, id_bytes, place_of, posting,
};
use super::{ArchiveError, Result, changes};
use crate::corpus::store::{Wording, word_keys_of};
use crate::corpus::{Matter, SourceId};
use crate::gazetteer::terms::TermKey;

/// What the database may keep in memory while it is built, in bytes.
const CACHE: usize = 128 << 20;
/// How many postings are sorted at once: 120 MB of them.
const POSTINGS_AT_ONCE: usize = 8 << 20;
/// How many ways of writing names are counted at once, and how much of what leads to them is sorted.
const NAMES_AT_ONCE: usize = 500_000;
const LEADS_AT_ONCE: usize = 2 << 20;
/// So many articles are written at once.
const ARTICLES_AT_ONCE: usize = 512;

/// An edition in the making.
pub struct Builder {
    folder: Folder,
    next: Next,
    base: Database,
    transaction: WriteTransaction,
    meta: Meta,
    /// Packed, and not written yet.
    waiting: Vec<Packed>,
    known: FxHashSet<u64>,
    sources: Sorter<12>,
    postings: Sorter<15>,
    names: NameCounts,
    words: FxHashMap<u64, (u32, u32)>,
    days: BTreeMap<i32, u32>,
    notes: BTreeMap<Vec<u8>, Vec<u8>>,
    /// What came again under an id: it is put in the place of the first at the end.
    again: Vec<Packed>,
    /// What is taken out again at the end.
    gone: Vec<SourceId>,
}

impl Builder {
    /// Begins an edition of the archive in a folder.
    ///
    /// # Errors
    /// When it can't be written, or somebody else is building there.
    pub fn new(folder: &Path) -> Result<Self> {
        let folder = Folder::of(folder);
        let next = folder.next()?;
        // Nobody else can see it, and a kill leaves nothing of it: it need not be whole before its end.
        let base = redb::Builder::new().set_cache_size(CACHE).create(next.database()).map_err(ArchiveError::of)?;
        let transaction = base.begin_write().map_err(ArchiveError::of)?;
        Ok(Self {
            folder,
            names: NameCounts::new(&next)?,
            next,
            base,
            transaction,
            meta: Meta::default(),
            waiting: Vec::new(),
            known: FxHashSet::default(),
            sources: Sorter::new("sources", LEADS_AT_ONCE),
            postings: Sorter::new("postings", POSTINGS_AT_ONCE),
            words: FxHashMap::default(),
            days: BTreeMap::new(),
            notes: BTreeMap::new(),
            again: Vec::new(),
            gone: Vec::new(),
        })
    }

    /// Adds a source; of several with one id the last counts.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn add(&mut self, packed: Packed) -> Result<()> {
        if !self.known.insert(packed.id.number()) {
            self.again.push(packed);
            return Ok(());
        }
        let article = self.meta.next.checked_add(self.waiting.len() as u32).ok_or_else(full)?;
        for &(key, at) in &packed.keys {
            self.postings.push(posting(key, Place::new(article, at)), &self.next)?;
        }
        let mut source = [0; 12];
        source[..8].copy_from_slice(&packed.id.number().to_be_bytes());
        source[8..].copy_from_slice(&article.to_be_bytes());
        self.sources.push(source, &self.next)?;
        for name in &packed.names {
            self.names.add(name, &self.next)?;
        }
        for &(matter, word) in &packed.words {
            let (figures, dates) = self.words.entry(word.number()).or_default();
            match matter {
                Matter::Figure => *figures += 1,
                Matter::Date => *dates += 1,
            }
        }
        if let Some(day) = packed.published {
            *self.days.entry(day_number(day)).or_default() += 1;
        }
        self.meta.figures = self.meta.figures.saturating_add(packed.contexts.0);
        self.meta.dates = self.meta.dates.saturating_add(packed.contexts.1);
        self.meta.sources = self.meta.sources.saturating_add(1);
        self.meta.shares = self.meta.shares.wrapping_add(packed.share);
        self.waiting.push(packed);
        if self.waiting.len() >= ARTICLES_AT_ONCE { self.write_articles() } else { Ok(()) }
    }

    /// Takes a source out again at the end: whether it counts may be known no sooner.
    pub fn take_out(&mut self, id: SourceId) {
        self.gone.push(id);
    }

    /// Keeps something beside the facts.
    pub fn note(&mut self, name: Vec<u8>, note: Vec<u8>) {
        self.notes.insert(name, note);
    }

    /// Writes all of it and makes it the archive that holds.
    ///
    /// # Errors
    /// When it can't be written; the one before holds then.
    pub fn finish(mut self) -> Result<()> {
        self.write_articles()?;
        let Self { folder, next, base, transaction, meta, sources, postings, names, words, days, notes, again, gone, .. } = self;
        write_sources(&transaction, sources)?;
        write_postings(&transaction, postings)?;
        write_names(&transaction, names, &next)?;
        write_words(&transaction, words)?;
        fill(&transaction, DAYS, days)?;
        {
            let mut table = open(&transaction, NOTES)?;
            for (name, note) in &notes {
                table.insert(&**name, &**note).map_err(ArchiveError::of)?;
            }
            open(&transaction, META)?.insert("meta", &*plain(&meta)?).map_err(ArchiveError::of)?;
        }
        transaction.commit().map_err(ArchiveError::of)?;
        base.close().map_err(ArchiveError::of)?;
        let name = next.name().to_owned();
        let edition = super::edition::Edition::open(&folder, &name)?;
        if !again.is_empty() || !gone.is_empty() {
            changes::make(&edition, |changes| {
                again.iter().try_for_each(|packed| changes.put(packed))?;
                gone.iter().try_for_each(|&id| changes.remove(id).map(drop))
            })?;
        }
        drop(edition);
        next.become_current()
    }

    fn write_articles(&mut self) -> Result<()> {
        let (transaction, first) = (&self.transaction, self.meta.next);
        let numbered = || (first..).zip(&self.waiting);
        {
            let (mut briefs, mut texts) = (open(transaction, BRIEFS)?, open(transaction, TEXTS)?);
            let (mut briefs, mut texts) = (end_of(&mut briefs)?, end_of(&mut texts)?);
            for (article, packed) in numbered() {
                briefs.insert_before(article, &*packed.brief).map_err(cursor)?;
                texts.insert_before(article, &*packed.text).map_err(cursor)?;
            }
            briefs.close().map_err(ArchiveError::of)?;
            texts.close().map_err(ArchiveError::of)?;
            let mut rows = open(transaction, ROWS)?;
            let mut rows = end_of(&mut rows)?;
            for (article, packed) in numbered() {
                for (group, blob) in (0..).zip(&packed.groups) {
                    rows.insert_before(&group_of(article, group), &**blob).map_err(cursor)?;
                }
            }
            rows.close().map_err(ArchiveError::of)?;
            let mut table = open(transaction, IDS)?;
            for (article, packed) in numbered() {
                let blob = article / IDS_A_BLOB;
                let mut ids = table.get(blob).map_err(ArchiveError::of)?.map(|ids| ids.value().to_vec()).unwrap_or_default();
                ids.extend(id_bytes(packed.id.number(), packed.published));
                table.insert(blob, &*ids).map_err(ArchiveError::of)?;
            }
        }
        self.meta.next = first.checked_add(self.waiting.len() as u32).ok_or_else(full)?;
        self.waiting.clear();
        Ok(())
    }
}

fn full() -> ArchiveError {
    ArchiveError::Other("more articles than an archive can hold".to_owned())
}

fn cursor(error: redb::CursorError) -> ArchiveError {
    match error {
        redb::CursorError::Storage(error) => ArchiveError::of(error),
        error => ArchiveError::Other(format!("the archive can't be built: {error}")),
    }
}

fn open<'t, K: redb::Key + 'static, V: redb::Value + 'static>(
    transaction: &'t WriteTransaction,
    table: TableDefinition<'_, K, V>,
) -> Result<Table<'t, K, V>> {
    transaction.open_table(table).map_err(ArchiveError::of)
}

/// Where whatever comes in order is added.
fn end_of<'c, K: redb::Key + 'static, V: redb::Value + 'static>(table: &'c mut Table<'_, K, V>) -> Result<CursorMut<'c, K, V>> {
    table.upper_bound_mut(Bound::<K::SelfType<'_>>::Unbounded).map_err(ArchiveError::of)
}

fn write_sources(transaction: &WriteTransaction, sources: Sorter<12>) -> Result<()> {
    let mut table = open(transaction, SOURCES)?;
    let mut table = end_of(&mut table)?;
    for source in sources.finish()? {
        let source = source?;
        let (mut id, mut article) = ([0; 8], [0; 4]);
        id.copy_from_slice(&source[..8]);
        article.copy_from_slice(&source[8..]);
        table.insert_before(u64::from_be_bytes(id), u32::from_be_bytes(article)).map_err(cursor)?;
    }
    table.close().map_err(ArchiveError::of)
}

fn write_postings(transaction: &WriteTransaction, postings: Sorter<15>) -> Result<()> {
    let (mut blocks, mut counts) = (open(transaction, POSTINGS)?, open(transaction, COUNTS)?);
    let (mut blocks, mut counts) = (end_of(&mut blocks)?, end_of(&mut counts)?);
    let mut key: Option<[u8; 8]> = None;
    let (mut block, mut count): (Vec<[u8; 15]>, u32) = (Vec::new(), 0);
    let mut write = |block: &mut Vec<[u8; 15]>| {
        let Some(first) = block.first().copied() else { return Ok(()) };
        let places: Vec<Place> = block.iter().map(place_of).collect();
        block.clear();
        blocks.insert_before(&first, &*encode(&places)).map_err(cursor)
    };
    let mut tell = |key: Option<[u8; 8]>, count: u32| match key {
        Some(key) if count as usize > A_BLOCK => counts.insert_before(u64::from_be_bytes(key), count).map_err(cursor),
        _ => Ok(()),
    };
    for record in postings.finish()? {
        let record = record?;
        let own = record.first_chunk::<8>().copied();
        if own != key {
            write(&mut block)?;
            tell(key, count)?;
            (key, count) = (own, 0);
        } else if block.len() >= A_BLOCK {
            write(&mut block)?;
        }
        block.push(record);
        count += 1;
    }
    write(&mut block)?;
    tell(key, count)?;
    blocks.close().map_err(ArchiveError::of)?;
    counts.close().map_err(ArchiveError::of)
}

fn write_names(transaction: &WriteTransaction, names: NameCounts, next: &Next) -> Result<()> {
    let (mut by_key, mut ranked) = (Sorter::<17>::new("named", LEADS_AT_ONCE), Sorter::<12>::new("ranked", LEADS_AT_ONCE));
    let mut written: FxHashMap<u64, u32> = FxHashMap::default();
    {
        let (mut forms, mut spelt) = (open(transaction, FORMS)?, open(transaction, SPELT)?);
        let mut forms = end_of(&mut forms)?;
        names.finish(next, |count, wording| {
            let leads = Leads::of(&wording, count);
            forms.insert_before(wording.number(), &*form(count, &plain(&wording)?)).map_err(cursor)?;
            leads.named.into_iter().try_for_each(|key| by_key.push(key, next))?;
            leads.ranked.into_iter().try_for_each(|key| ranked.push(key, next))?;
            for word in word_keys_of(&wording.text, wording.acronym) {
                let known = written.entry(word.number()).or_default();
                *known = known.saturating_add(count);
            }
            for word in &leads.spelt {
                spelt.insert(&**word, ()).map_err(ArchiveError::of)?;
            }
            Ok(())
        })?;
        forms.close().map_err(ArchiveError::of)?;
    }
    {
        let mut table = open(transaction, NAMED)?;
        let mut table = end_of(&mut table)?;
        for key in by_key.finish()? {
            table.insert_before(&key?, ()).map_err(cursor)?;
        }
        table.close().map_err(ArchiveError::of)?;
    }
    let forms = open(transaction, FORMS)?;
    let mut table = open(transaction, RANKED)?;
    let mut table = end_of(&mut table)?;
    for key in ranked.finish()? {
        let key = key?;
        let number = key.last_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let form = forms.get(number).map_err(ArchiveError::of)?.ok_or_else(super::pack::nonsense)?;
        let wording: Wording = read(form.value().get(4..).unwrap_or_default())?;
        table.insert_before(&key, &*wording.text).map_err(cursor)?;
    }
    table.close().map_err(ArchiveError::of)?;
    fill(transaction, WRITTEN, written.into_iter().collect::<BTreeMap<_, _>>())
}

fn write_words(transaction: &WriteTransaction, words: FxHashMap<u64, (u32, u32)>) -> Result<()> {
    let mut all: BTreeMap<u16, Drawer> = BTreeMap::new();
    let words: BTreeMap<u64, (u32, u32)> = words.into_iter().collect();
    for (word, counts) in words {
        all.entry(drawer(TermKey::numbered(word))).or_default().insert(word, counts);
    }
    let mut table = open(transaction, STATISTICS)?;
    for (number, drawer) in &all {
        table.insert(number, &*drawers::encode(drawer)).map_err(ArchiveError::of)?;
    }
    Ok(())
}

/// Fills a table with plain numbers.
fn fill<K, V>(transaction: &WriteTransaction, table: TableDefinition<'_, K, V>, entries: BTreeMap<K, V>) -> Result<()>
where
    K: for<'k> redb::Key<SelfType<'k> = K> + 'static,
    V: for<'v> redb::Value<SelfType<'v> = V> + 'static,
{
    let mut table = open(transaction, table)?;
    let mut table = end_of(&mut table)?;
    for (key, value) in entries {
        table.insert_before(key, value).map_err(cursor)?;
    }
    table.close().map_err(ArchiveError::of)
}

/// How often each name is written. There is no end to names: what doesn't fit is counted apart and put together at the end.
struct NameCounts {
    /// By the wording's number, how often, and where it stands in the file of wordings.
    counts: FxHashMap<u64, (u32, u64)>,
    /// Number, where, and how often.
    runs: Sorter<20>,
    wordings: BufWriter<File>,
    written: u64,
}

impl NameCounts {
    fn new(next: &Next) -> Result<Self> {
        let wordings = BufWriter::new(next.scratch("wordings")?);
        Ok(Self { counts: FxHashMap::default(), runs: Sorter::new("names", NAMES_AT_ONCE * 2), wordings, written: 0 })
    }

    fn add(&mut self, wording: &Wording, next: &Next) -> Result<()> {
        if let Some((count, _)) = self.counts.get_mut(&wording.number()) {
            *count = count.saturating_add(1);
            return Ok(());
        }
        let bytes = plain(wording)?;
        let length = u32::try_from(bytes.len()).map_err(|_| full())?;
        let written = self.wordings.write_all(&length.to_le_bytes()).and_then(|()| self.wordings.write_all(&bytes));
        written.map_err(|error| ArchiveError::of_io(&error))?;
        self.counts.insert(wording.number(), (1, self.written));
        self.written = self.written.saturating_add(u64::from(length)).saturating_add(4);
        if self.counts.len() >= NAMES_AT_ONCE { self.spill(next) } else { Ok(()) }
    }

    fn spill(&mut self, next: &Next) -> Result<()> {
        let mut counts: Vec<(u64, (u32, u64))> = self.counts.drain().collect();
        counts.sort_unstable();
        for (number, (count, at)) in counts {
            let mut record = [0; 20];
            record[..8].copy_from_slice(&number.to_be_bytes());
            record[8..16].copy_from_slice(&at.to_be_bytes());
            record[16..].copy_from_slice(&count.to_be_bytes());
            self.runs.push(record, next)?;
        }
        Ok(())
    }

    /// Gives each wording with its count to `each`, in the order of their numbers.
    fn finish(mut self, next: &Next, mut each: impl FnMut(u32, Wording) -> Result<()>) -> Result<()> {
        self.spill(next)?;
        let mut wordings = self.wordings.into_inner().map_err(|error| ArchiveError::of_io(error.error()))?;
        let mut read_at = |at: u64| {
            let mut length = [0; 4];
            let mut bytes = Vec::new();
            wordings.seek(SeekFrom::Start(at))?;
            wordings.read_exact(&mut length)?;
            bytes.resize(u32::from_le_bytes(length) as usize, 0);
            wordings.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        let mut give = |(_, at, count): (u64, u64, u32)| {
            let bytes = read_at(at).map_err(|error: std::io::Error| ArchiveError::of_io(&error))?;
            each(count, read(&bytes)?)
        };
        let mut last: Option<(u64, u64, u32)> = None;
        for record in self.runs.finish()? {
            let record = record?;
            let (mut number, mut at, mut count) = ([0; 8], [0; 8], [0; 4]);
            number.copy_from_slice(&record[..8]);
            at.copy_from_slice(&record[8..16]);
            count.copy_from_slice(&record[16..]);
            let (number, at, count) = (u64::from_be_bytes(number), u64::from_be_bytes(at), u32::from_be_bytes(count));
            match &mut last {
                Some((known, _, sum)) if *known == number => *sum = sum.saturating_add(count),
                _ => {
                    last.take().map(&mut give).transpose()?;
                    last = Some((number, at, count));
                }
            }
        }
        last.map(&mut give).transpose()?;
        Ok(())
    }
}
