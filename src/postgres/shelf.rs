//! One state of a database as it answers: a transaction that only reads, begun by the first question, in which each round is one statement.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use deadpool_postgres::Object;
use rustc_hash::FxHashMap;
use tokio_postgres::Row as Answered;
use tokio_postgres::types::ToSql;

use super::link::{discard, spawn, wait};
use super::names::{at_most, kept_keys};
use super::{Edition, Id, PostgresError, PostgresStore, Result, kept, number};
use crate::archive::pack::{Head, Lean, Text, brief_of, facts_of, header_of, text_of};
use crate::archive::postings::decode;
use crate::archive::tables::{AN_ID, IDS_A_BLOB, Place, ROWS_A_GROUP, day_of, id_of};
use crate::archive::{Dump, drawers};
use crate::corpus::store::{Dated, Fit, Form, Key, Postings, Row, RowId, Shelf, Statistics};
use crate::corpus::{Brief, Extent, Fact, Generation, Said, SourceHeader, SourceId, StoreError};

type Answer<T> = std::result::Result<T, StoreError>;

const FIRST: &str =
    "SELECT name, version, sources, generation, figures, dates, first, last FROM copydesk.edition ORDER BY number DESC LIMIT 1";

pub(super) struct PostgresShelf<'s> {
    store: &'s PostgresStore,
    /// As it is known without asking.
    known: Option<Extent>,
    /// That which was told, before anything was asked.
    told: OnceCell<Extent>,
    open: OnceCell<Open>,
}

/// A state that is being read.
pub(super) struct Open {
    connection: Option<Object>,
    pub(super) edition: Arc<Edition>,
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            spawn(async move {
                // Where that fails, the connection is none any more, and nobody is given it.
                let _ = connection.batch_execute("ROLLBACK").await;
            });
        }
    }
}

impl<'s> PostgresShelf<'s> {
    pub(super) fn of(store: &'s PostgresStore) -> Result<Self> {
        let known = store.known();
        let shelf = Self { store, known, told: OnceCell::new(), open: OnceCell::new() };
        if known.is_none() {
            shelf.begin()?;
        }
        Ok(shelf)
    }

    /// The state that is read from now on.
    pub(super) fn begin(&self) -> Result<&Open> {
        if let Some(open) = self.open.get() {
            return Ok(open);
        }
        let tick = self.store.listener.tick();
        let (connection, row) = self.store.link.connect(&async |connection| {
            let first = connection.prepare_cached(FIRST).await;
            let Ok(first) = first else { return Err(unprepared(first.err())) };
            let (begun, row) = futures::join!(
                connection.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                connection.query_opt(&first, &[])
            );
            begun?;
            Ok(row?)
        })?;
        match self.edition(row.as_ref(), tick) {
            Ok(edition) => Ok(self.open.get_or_init(|| Open { connection: Some(connection), edition })),
            Err(error) => {
                discard(connection);
                Err(error)
            }
        }
    }

    /// The edition that a row tells of, if it is one that can be read.
    fn edition(&self, row: Option<&Answered>, tick: u64) -> Result<Arc<Edition>> {
        let row = row.ok_or(PostgresError::Missing)?;
        let version: &str = row.try_get(1)?;
        if version != Dump::version() {
            return Err(PostgresError::Outdated(version.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(40).collect()));
        }
        let read = edition(row)?;
        let edition = self.store.edition(row.try_get(0)?, || read);
        self.store.listener.learn(tick, edition.extent);
        if self.told.get().is_some_and(|told| *told != edition.extent) {
            return Err(PostgresError::Other("the archive has changed just now".to_owned()));
        }
        Ok(edition)
    }
}

/// Of a database without the schema.
fn unprepared(error: Option<tokio_postgres::Error>) -> PostgresError {
    use tokio_postgres::error::SqlState;
    let is_missing = |error: &tokio_postgres::Error| {
        error.code().is_some_and(|code| [SqlState::UNDEFINED_TABLE, SqlState::INVALID_SCHEMA_NAME].contains(code))
    };
    error.filter(|error| !is_missing(error)).map_or(PostgresError::Missing, PostgresError::from)
}

fn edition(row: &Answered) -> Result<Edition> {
    let day = |at: usize| Ok::<_, PostgresError>(row.try_get::<_, Option<i32>>(at)?.and_then(day_of));
    let count = |at: usize| Ok::<_, PostgresError>(u32::try_from(row.try_get::<_, i64>(at)?).unwrap_or(u32::MAX));
    Ok(Edition {
        name: row.try_get(0)?,
        extent: Extent {
            generation: Generation::of(number(row.try_get(3)?)),
            sources: usize::try_from(row.try_get::<_, i64>(2)?).unwrap_or_default(),
            days: day(6)?.zip(day(7)?),
        },
        figures: count(4)?,
        dates: count(5)?,
        ids: std::sync::Mutex::default(),
        statistics: std::sync::OnceLock::new(),
        finder: std::sync::OnceLock::new(),
    })
}

impl Open {
    /// Asks one question; `{}` stands for the schema of the edition.
    pub(super) fn query(&self, asked: &str, with: &[&(dyn ToSql + Sync)]) -> Result<Vec<Answered>> {
        let asked = asked.replace("{}", &self.edition.name);
        let connection = self.connection.as_ref().ok_or_else(|| PostgresError::Away("the connection was lost".to_owned()))?;
        wait(async {
            let prepared = connection.prepare_cached(&asked).await?;
            Ok(connection.query(&prepared, with).await?)
        })
    }

    fn statistics(&self) -> Result<&Statistics> {
        if let Some(statistics) = self.edition.statistics.get() {
            return Ok(statistics);
        }
        let mut words = Vec::new();
        for row in self.query("SELECT counts FROM {}.drawer", &[])? {
            words.extend(drawers::decode(row.try_get(0)?)?);
        }
        let statistics = Statistics::counted(self.edition.figures, self.edition.dates, words.into_iter());
        Ok(self.edition.statistics.get_or_init(|| statistics))
    }

    /// The places under some keys, and how many there are; of more than `most` only how many.
    fn places(&self, keys: &[Key], most: usize) -> Result<Vec<(usize, Vec<Place>)>> {
        let asked = "SELECT p.key, p.first, p.rest, NULL::bigint FROM {}.posting p LEFT JOIN {}.many m ON m.key = p.key
            WHERE p.key = ANY($1) AND (m.count IS NULL OR m.count <= $2)
            UNION ALL SELECT m.key, NULL, NULL, m.count FROM {}.many m WHERE m.key = ANY($1) AND m.count > $2";
        let most_kept = at_most(most);
        let mut found: FxHashMap<i64, (usize, Vec<Place>)> = FxHashMap::default();
        for row in self.query(asked, &[&kept_keys(keys), &most_kept])? {
            let (count, places) = found.entry(row.try_get(0)?).or_default();
            if let Some(many) = row.try_get::<_, Option<i64>>(3)? {
                *count = usize::try_from(many).unwrap_or_default();
            } else {
                decode(Place::numbered(row.try_get::<_, i64>(1)?.cast_unsigned()), row.try_get(2)?, places)?;
                *count = places.len();
            }
        }
        let of = |key: &Key| {
            let (count, mut places) = found.get(&kept(key.number())).cloned().unwrap_or_default();
            places.sort_unstable();
            if count > most {
                places.clear();
            }
            (count, places)
        };
        Ok(keys.iter().map(of).collect())
    }

    /// The sources of some articles and their days, asked for at once where they aren't known.
    fn ids(&self, places: &[(usize, Vec<Place>)]) -> Result<impl Fn(Place) -> Result<Id> + use<>> {
        let mut known = self.edition.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let parts: BTreeSet<u32> = places.iter().flat_map(|(_, places)| places).map(|place| place.article() / IDS_A_BLOB).collect();
        let missing: Vec<i64> = parts.into_iter().filter(|part| !known.contains_key(part)).map(i64::from).collect();
        if !missing.is_empty() {
            for row in self.query("SELECT part, ids FROM {}.ids WHERE part = ANY($1)", &[&missing])? {
                let (part, bytes): (i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?);
                let of = |bytes: &[u8; AN_ID]| {
                    let (id, day) = id_of(bytes);
                    (SourceId::numbered(id), day)
                };
                known.insert(u32::try_from(part).unwrap_or(u32::MAX), bytes.as_chunks::<AN_ID>().0.iter().map(of).collect());
            }
        }
        let known = known.clone();
        Ok(move |place: Place| {
            let (part, at) = (place.article() / IDS_A_BLOB, (place.article() % IDS_A_BLOB) as usize);
            known.get(&part).and_then(|ids| ids.get(at)).copied().ok_or_else(nonsense)
        })
    }

    fn postings(&self, keys: &[Key], most: usize) -> Result<Vec<Postings>> {
        let places = self.places(keys, most)?;
        let id = self.ids(&places)?;
        let row = |place: Place| Ok(RowId { source: id(place)?.0, at: place.at() });
        let of = |(count, places): (usize, Vec<Place>)| Ok(Postings { count, rows: places.into_iter().map(row).collect::<Result<_>>()? });
        places.into_iter().map(of).collect()
    }

    fn dated(&self, keys: &[Key]) -> Result<Vec<Vec<Dated>>> {
        let places = self.places(keys, usize::MAX)?;
        let id = self.ids(&places)?;
        let row = |place: Place| {
            let (source, day) = id(place)?;
            Ok((day, RowId { source, at: place.at() }))
        };
        places.into_iter().map(|(_, places)| places.into_iter().map(row).collect()).collect()
    }

    /// Groups of facts, by their sources and numbers.
    fn groups(&self, wanted: &BTreeSet<(SourceId, u32)>) -> Result<FxHashMap<(SourceId, u32), Vec<u8>>> {
        if wanted.is_empty() {
            return Ok(FxHashMap::default());
        }
        let asked = "SELECT w.id, f.part, f.bytes FROM unnest($1::bigint[], $2::bigint[]) AS w(id, part)
            JOIN {}.source s ON s.id = w.id JOIN {}.facts f ON f.article = s.article AND f.part = w.part";
        let (ids, parts): (Vec<i64>, Vec<i64>) = wanted.iter().map(|(source, part)| (kept(source.number()), i64::from(*part))).unzip();
        let of = |row: Answered| {
            let (id, part) = (number(row.try_get(0)?), u32::try_from(row.try_get::<_, i64>(1)?).unwrap_or(u32::MAX));
            Ok(((SourceId::numbered(id), part), row.try_get(2)?))
        };
        self.query(asked, &[&ids, &parts])?.into_iter().map(of).collect()
    }

    /// What is kept of some sources in a table of articles.
    fn of_articles(&self, table: &str, ids: &[SourceId]) -> Result<FxHashMap<SourceId, Vec<u8>>> {
        let asked = format!("SELECT s.id, t.bytes FROM {{}}.source s JOIN {{}}.{table} t ON t.article = s.article WHERE s.id = ANY($1)");
        let ids: Vec<i64> = ids.iter().map(|id| kept(id.number())).collect();
        let of = |row: Answered| Ok((SourceId::numbered(number(row.try_get(0)?)), row.try_get(1)?));
        self.query(&asked, &[&ids])?.into_iter().map(of).collect()
    }

    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>> {
        let sources: BTreeSet<SourceId> = ids.iter().map(|id| id.source).collect();
        let sources: Vec<SourceId> = sources.into_iter().collect();
        let texts = self.of_articles("text", &sources)?.into_iter();
        let texts = texts.map(|(id, bytes)| Ok((id, text_of(&bytes)?))).collect::<Result<FxHashMap<SourceId, Text>>>()?;
        let mut wanted: BTreeMap<(SourceId, u32), BTreeSet<u32>> = BTreeMap::new();
        for id in ids {
            wanted.entry((id.source, id.at / ROWS_A_GROUP)).or_default().insert(id.at % ROWS_A_GROUP);
        }
        let groups = self.groups(&wanted.keys().copied().collect())?;
        let mut found: FxHashMap<RowId, Row> = FxHashMap::default();
        for ((source, part), wanted) in &wanted {
            let (Some(text), Some(bytes)) = (texts.get(source), groups.get(&(*source, *part))) else { continue };
            let sentence = |number: u32| text.sentences.get(number as usize).cloned().unwrap_or_default();
            for (at, fact) in facts_of(bytes, &text.beside, |at| wanted.contains(&at))? {
                let further = match &fact.said {
                    Said::Quote(quote) => quote.further.iter().map(|part| sentence(part.sentence)).collect(),
                    _ => Box::default(),
                };
                let id = RowId { source: *source, at: part * ROWS_A_GROUP + at };
                let sentence = sentence(fact.sentence);
                found.insert(id, Row { id, published: text.header.published, sentence, further, fact: Arc::new(fact) });
            }
        }
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    fn headers(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<SourceHeader>)>> {
        let texts = self.of_articles("text", ids)?;
        let of = |id: &SourceId| texts.get(id).map(|bytes| Ok((*id, Arc::new(header_of(bytes)?))));
        ids.iter().filter_map(of).collect()
    }

    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>> {
        let (briefs, texts) = (self.of_articles("brief", ids)?, self.of_articles("text", ids)?);
        let mut wanted: BTreeSet<(SourceId, u32)> = BTreeSet::new();
        let mut read: Vec<(SourceId, Lean, Text)> = Vec::new();
        for id in ids {
            let (Some(brief), Some(text)) = (briefs.get(id), texts.get(id)) else { continue };
            let (_, lean): (Head, Lean) = brief_of(brief)?;
            wanted.extend(lean.account.facts().map(|at| (*id, at / ROWS_A_GROUP)));
            read.push((*id, lean, text_of(text)?));
        }
        let groups = self.groups(&wanted)?;
        let whole = |(id, lean, text): (SourceId, Lean, Text)| {
            let parts: BTreeSet<u32> = lean.account.facts().map(|at| at / ROWS_A_GROUP).collect();
            let mut facts: FxHashMap<u32, Fact> = FxHashMap::default();
            for part in parts {
                let bytes = groups.get(&(id, part)).ok_or_else(nonsense)?;
                facts.extend(facts_of(bytes, &text.beside, |_| true)?.into_iter().map(|(at, fact)| (part * ROWS_A_GROUP + at, fact)));
            }
            Ok((id, Arc::new(lean.whole(text.header, |at| facts.get(&at))?)))
        };
        read.into_iter().map(whole).collect()
    }
}

fn nonsense() -> PostgresError {
    PostgresError::Other("what the database has makes no sense; `copydesk archive load` makes it anew".to_owned())
}

impl Shelf for PostgresShelf<'_> {
    fn extent(&self) -> Extent {
        match (self.open.get(), self.known) {
            (Some(open), _) => open.edition.extent,
            (None, known) => *self.told.get_or_init(|| known.unwrap_or_default()),
        }
    }

    fn statistics(&self) -> Answer<&Statistics> {
        Ok(self.begin()?.statistics()?)
    }

    fn postings(&self, keys: &[Key], most: usize) -> Answer<Vec<Postings>> {
        Ok(self.begin()?.postings(keys, most)?)
    }

    fn dated(&self, keys: &[Key]) -> Answer<Vec<Vec<Dated>>> {
        Ok(self.begin()?.dated(keys)?)
    }

    fn rows(&self, ids: &[RowId]) -> Answer<Vec<Row>> {
        Ok(self.begin()?.rows(ids)?)
    }

    fn headers(&self, ids: &[SourceId]) -> Answer<Vec<(SourceId, Arc<SourceHeader>)>> {
        Ok(self.begin()?.headers(ids)?)
    }

    fn briefs(&self, ids: &[SourceId]) -> Answer<Vec<(SourceId, Arc<Brief>)>> {
        Ok(self.begin()?.briefs(ids)?)
    }

    fn forms(&self, keys: &[Key], most: usize) -> Answer<Vec<Vec<Arc<Form>>>> {
        Ok(self.begin()?.forms(keys, most)?)
    }

    fn written(&self, words: &[Key]) -> Answer<Vec<u32>> {
        Ok(self.begin()?.written(words)?)
    }

    fn names_near(&self, typed: &str, most: usize) -> Answer<Vec<(Fit, Arc<Form>)>> {
        Ok(self.begin()?.names_near(typed, most)?)
    }
}
