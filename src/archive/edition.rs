//! One edition of an archive: its database, what is remembered of it between batches of questions, and one state of it as it is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use redb::{
    Builder, ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadOnlyTable, ReadTransaction, ReadableDatabase,
    ReadableTable as _,
};
use redb::{Key as TableKey, TableDefinition, Value};
use rustc_hash::FxHashMap;

use super::folder::{Folder, is_file};
use super::pack::{Head, Lean, Text, brief_of, facts_of, header_of, nonsense, read, text_of};
use super::tables::{AN_ID, BRIEFS, DAYS, IDS, IDS_A_BLOB, META, Meta, NOTES, ROWS, ROWS_A_GROUP, SOURCES, TEXTS, day_of, group_of, id_of};
use super::{ArchiveError, Result};
use crate::corpus::store::{NameFinder, Statistics};
use crate::corpus::{Brief, Extent, Fact, Facts, Generation, SourceHeader, SourceId};

/// What a process keeps of the database for itself, in bytes; all processes share the system's own cache.
const CACHE: usize = 16 << 20;

/// How the database is open.
enum Base {
    Shared(Database),
    /// In a folder that may not be written to.
    ReadOnly(ReadOnlyDatabase),
}

pub(super) struct Edition {
    name: String,
    file: PathBuf,
    base: Base,
    ids: Mutex<Ids>,
    /// Of the state that was asked for last.
    pub(super) statistics: Mutex<Option<(Meta, Arc<Statistics>)>>,
    pub(super) finder: Mutex<Option<(Meta, Arc<Finder>)>>,
}

/// Finds the best attested names by what somebody types of one.
pub(super) struct Finder {
    pub(super) names: NameFinder,
    /// The numbers of their forms, in their order.
    pub(super) forms: Vec<u64>,
    /// Whether there are others.
    pub(super) is_whole: bool,
}

/// The sources of articles and their days by the articles' numbers, which are never given anew, nor to one that has become another day's: what
/// is known stays true.
#[derive(Default)]
struct Ids(FxHashMap<u32, Arc<[Id]>>);

/// An article's source and its day.
type Id = (SourceId, Option<Date>);

impl Edition {
    /// Opens the one that holds.
    pub(super) fn current(folder: &Folder) -> Result<Self> {
        let mut name = folder.current()?;
        loop {
            match Self::open(folder, &name) {
                Ok(edition) => return Ok(edition),
                Err(error) => {
                    // It may have gone just now, when another one took its place.
                    let now = folder.current()?;
                    if now == name {
                        return Err(error);
                    }
                    name = now;
                }
            }
        }
    }

    pub(super) fn open(folder: &Folder, name: &str) -> Result<Self> {
        let file = folder.database(name);
        if !is_file(&file) {
            return Err(ArchiveError::Damaged(format!("edition {name} has no database")));
        }
        let mut builder = Builder::new();
        builder.set_cache_size(CACHE).set_concurrency_mode(ConcurrencyMode::MultiWriter);
        let base = super::guarded(|| match builder.open(&file) {
            Ok(base) => Ok(Base::Shared(base)),
            Err(DatabaseError::Storage(redb::StorageError::Io(error)))
                if matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem) =>
            {
                Ok(Base::ReadOnly(builder.open_read_only(&file).map_err(ArchiveError::of)?))
            }
            Err(error) => Err(ArchiveError::of(error)),
        })?;
        Ok(Self { name: name.to_owned(), file, base, ids: Mutex::default(), statistics: Mutex::default(), finder: Mutex::default() })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// The database, to be written to.
    pub(super) fn base(&self) -> Result<&Database> {
        match &self.base {
            Base::Shared(base) => Ok(base),
            Base::ReadOnly(_) => Err(ArchiveError::Unwritten("permission denied".to_owned())),
        }
    }

    /// The state as it is now.
    pub(super) fn read(self: &Arc<Self>) -> Result<Reading> {
        let transaction = match &self.base {
            Base::Shared(base) => base.begin_read(),
            Base::ReadOnly(base) => base.begin_read(),
        };
        Reading::of(self.clone(), transaction.map_err(ArchiveError::of)?)
    }
}

/// One state of an edition.
pub(super) struct Reading {
    edition: Arc<Edition>,
    transaction: ReadTransaction,
    pub(super) meta: Meta,
    sources: ReadOnlyTable<u64, u32>,
    rows: ReadOnlyTable<&'static [u8; 8], &'static [u8]>,
    texts: ReadOnlyTable<u32, &'static [u8]>,
    briefs: ReadOnlyTable<u32, &'static [u8]>,
}

impl Reading {
    fn of(edition: Arc<Edition>, transaction: ReadTransaction) -> Result<Self> {
        let open = |error: redb::TableError| ArchiveError::of(error);
        let meta = transaction.open_table(META).map_err(open)?.get("meta").map_err(ArchiveError::of)?.map(|meta| read(meta.value()));
        Ok(Self {
            meta: meta.ok_or_else(nonsense)??,
            sources: transaction.open_table(SOURCES).map_err(open)?,
            rows: transaction.open_table(ROWS).map_err(open)?,
            texts: transaction.open_table(TEXTS).map_err(open)?,
            briefs: transaction.open_table(BRIEFS).map_err(open)?,
            edition,
            transaction,
        })
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    pub(super) fn table<K: TableKey + 'static, V: Value + 'static>(&self, table: TableDefinition<'_, K, V>) -> Result<ReadOnlyTable<K, V>> {
        self.transaction.open_table(table).map_err(ArchiveError::of)
    }

    /// The number of a source's article.
    pub(super) fn article(&self, id: SourceId) -> Result<Option<u32>> {
        Ok(self.sources.get(id.number()).map_err(ArchiveError::of)?.map(|number| number.value()))
    }

    /// The source of an article, and its day.
    pub(super) fn id(&self, article: u32) -> Result<Id> {
        let (blob, at) = (article / IDS_A_BLOB, (article % IDS_A_BLOB) as usize);
        let mut ids = self.edition.ids.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&id) = ids.0.get(&blob).and_then(|ids| ids.get(at)) {
            return Ok(id);
        }
        let table = self.table(IDS)?;
        let read = table.get(blob).map_err(ArchiveError::of)?.ok_or_else(nonsense)?;
        let of = |bytes: &[u8; AN_ID]| {
            let (id, day) = id_of(bytes);
            (SourceId::numbered(id), day)
        };
        let read: Arc<[_]> = read.value().as_chunks::<AN_ID>().0.iter().map(of).collect();
        let id = read.get(at).copied().ok_or_else(nonsense)?;
        ids.0.insert(blob, read);
        Ok(id)
    }

    pub(super) fn text(&self, article: u32) -> Result<Text> {
        text_of(self.texts.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?.value())
    }

    pub(super) fn header(&self, article: u32) -> Result<SourceHeader> {
        header_of(self.texts.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?.value())
    }

    /// How much there is.
    pub(super) fn extent(&self) -> Result<Extent> {
        let days = self.table(DAYS)?;
        let day = |day: Option<redb::AccessGuard<'_, i32>>| day.and_then(|day| day_of(day.value()));
        let first = days.first().map_err(ArchiveError::of)?.map(|(day, _)| day);
        let last = days.last().map_err(ArchiveError::of)?.map(|(day, _)| day);
        let sources = usize::try_from(self.meta.sources).unwrap_or(usize::MAX);
        Ok(Extent { generation: Generation::of(self.meta.shares), sources, days: day(first).zip(day(last)) })
    }

    fn lean(&self, article: u32) -> Result<(Head, Lean)> {
        brief_of(self.briefs.get(article).map_err(ArchiveError::of)?.ok_or_else(nonsense)?.value())
    }

    pub(super) fn brief(&self, article: u32) -> Result<Brief> {
        let ((_, lean), text) = (self.lean(article)?, self.text(article)?);
        let wanted: BTreeSet<u32> = lean.account.facts().collect();
        let mut facts: FxHashMap<u32, Fact> = FxHashMap::default();
        let groups: BTreeSet<u32> = wanted.iter().map(|at| at / ROWS_A_GROUP).collect();
        for group in groups {
            let found = self.group((article, &text), group, |number| wanted.contains(&(group * ROWS_A_GROUP + number)))?;
            facts.extend(found.into_iter().map(|(number, fact)| (group * ROWS_A_GROUP + number, fact)));
        }
        lean.whole(text.header, |at| facts.get(&at))
    }

    /// The facts of one group that are wanted.
    pub(super) fn group(&self, (article, text): (u32, &Text), group: u32, wanted: impl Fn(u32) -> bool) -> Result<Vec<(u32, Fact)>> {
        let blob = self.rows.get(&group_of(article, group)).map_err(ArchiveError::of)?;
        // An index past the last fact leads nowhere.
        blob.map_or_else(|| Ok(Vec::new()), |blob| facts_of(blob.value(), &text.beside, wanted))
    }

    /// All facts of an article.
    pub(super) fn whole(&self, article: u32) -> Result<Facts> {
        let ((head, lean), text) = (self.lean(article)?, self.text(article)?);
        let mut all: Vec<Arc<Fact>> = Vec::with_capacity(head.facts as usize);
        let range = self.rows.range::<&[u8; 8]>(&group_of(article, 0)..=&group_of(article, u32::MAX)).map_err(ArchiveError::of)?;
        for group in range {
            let (_, blob) = group.map_err(ArchiveError::of)?;
            all.extend(facts_of(blob.value(), &text.beside, |_| true)?.into_iter().map(|(_, fact)| Arc::new(fact)));
        }
        if all.len() != head.facts as usize {
            return Err(nonsense());
        }
        let brief = lean.whole(text.header, |at| all.get(at as usize).map(Arc::as_ref))?;
        Ok(Facts { id: head.id, print: head.print, brief: Arc::new(brief), sentences: text.sentences, all })
    }

    pub(super) fn facts(&self, id: SourceId) -> Result<Option<Facts>> {
        self.article(id)?.map(|article| self.whole(article)).transpose()
    }

    pub(super) fn each(&self, each: &mut impl FnMut(Facts) -> Result<()>) -> Result<()> {
        for source in self.sources.range::<u64>(..).map_err(ArchiveError::of)? {
            let (_, article) = source.map_err(ArchiveError::of)?;
            each(self.whole(article.value())?)?;
        }
        Ok(())
    }

    pub(super) fn notes(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let mut notes = Vec::new();
        for entry in self.table(NOTES)?.range::<&[u8]>(prefix..).map_err(ArchiveError::of)? {
            let (name, note) = entry.map_err(ArchiveError::of)?;
            if !name.value().starts_with(prefix) {
                break;
            }
            notes.push((name.value().to_vec(), note.value().to_vec()));
        }
        Ok(notes)
    }
}
