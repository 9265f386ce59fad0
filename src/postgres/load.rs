//! Puts an archive into a database: its tables are copied as they are, in the order of their keys, into a schema of their own, in one
//! transaction. Until that is made, what was there holds.

use std::pin::Pin;

use deadpool_postgres::Transaction;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::address::Address;
use super::link::{Link, wait_for_ever};
use super::{PostgresError, Result, kept, schema};
use crate::archive::names::ONCE;
use crate::archive::tables::{
    BRIEFS, COUNTS, FORMS, IDS, NAMED, POSTINGS, RANKED, ROWS, SOURCES, SPELT, STATISTICS, TEXTS, WRITTEN, article_of, day_number, form_of,
    key_of, place_of,
};
use crate::archive::{ArchiveError, DiskStore, Dump};
use crate::corpus::Extent;

pub(super) fn load(address: &Address, archive: &DiskStore, told: &mut dyn FnMut(usize)) -> Result<Extent> {
    let dump = Dump::of(archive)?;
    let extent = dump.extent()?;
    let link = Link::to(std::slice::from_ref(address))?;
    let (mut connection, ()) = link.connect(&async |_| Ok(()))?;
    let transaction = wait_for_ever(async { Ok(connection.transaction().await?) })?;
    let edition = wait_for_ever(begin(&transaction))?;
    copy(&transaction, &edition, &dump, told)?;
    wait_for_ever(end(&transaction, &edition, &dump, extent))?;
    wait_for_ever(async { Ok(transaction.commit().await?) })?;
    Ok(extent)
}

/// Makes room for an edition, whose name it says.
async fn begin(transaction: &Transaction<'_>) -> Result<String> {
    let patient =
        "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL maintenance_work_mem = '256MB'";
    transaction.batch_execute(patient).await?;
    schema::migrate(transaction).await?;
    let number: i64 = transaction.query_one("SELECT coalesce(max(number), 0) + 1 FROM copydesk.edition", &[]).await?.try_get(0)?;
    let edition = format!("copydesk_{number}");
    schema::make(transaction, &edition).await?;
    Ok(edition)
}

/// Lets an edition be found and makes it the one that holds, once the transaction is.
async fn end(transaction: &Transaction<'_>, edition: &str, dump: &Dump, extent: Extent) -> Result<()> {
    for (table, _, key) in schema::TABLES {
        transaction.batch_execute(&format!("ALTER TABLE {edition}.{table} ADD {key}; ANALYZE {edition}.{table}")).await?;
    }
    schema::show(transaction, edition).await?;
    let meta = dump.meta();
    let (first, last) = extent.days.map(|(first, last)| (day_number(first), day_number(last))).unzip();
    let said = "INSERT INTO copydesk.edition (number, name, version, sources, generation, figures, dates, first, last)
        OVERRIDING SYSTEM VALUE SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM copydesk.edition";
    let (sources, figures, dates) = (meta.sources.cast_signed(), i64::from(meta.figures), i64::from(meta.dates));
    let generation = kept(meta.shares);
    transaction.execute(said, &[&edition, &Dump::version(), &sources, &generation, &figures, &dates, &first, &last]).await?;
    // Somebody may still be reading the one before.
    for row in transaction.query("SELECT name FROM copydesk.edition ORDER BY number DESC OFFSET 2", &[]).await? {
        let name: String = row.try_get(0)?;
        // Named by us, in letters and digits.
        transaction.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await?;
        transaction.execute("DELETE FROM copydesk.edition WHERE name = $1", &[&name]).await?;
    }
    Ok(transaction.batch_execute("NOTIFY copydesk").await?)
}

const NUMBER: Type = Type::INT8;
const BYTES: Type = Type::BYTEA;

/// Copies one table after the other.
fn copy(transaction: &Transaction<'_>, edition: &str, dump: &Dump, told: &mut dyn FnMut(usize)) -> Result<()> {
    let mut done = 0;
    let mut table = |name: &str, types: &[Type], fill: &dyn Fn(&mut Copying<'_>) -> crate::archive::Result<()>| -> Result<()> {
        let sink = wait_for_ever(async { Ok(transaction.copy_in(&format!("COPY {edition}.{name} FROM STDIN BINARY")).await?) })?;
        let mut copying = Copying { writer: Box::pin(BinaryCopyInWriter::new(sink, types)), done: &mut done, told: &mut *told };
        fill(&mut copying)?;
        wait_for_ever(async { Ok(copying.writer.as_mut().finish().await?) }).map(drop)
    };
    table("source", &[NUMBER, NUMBER], &|to| dump.each(SOURCES, |id, article| to.add(&[&kept(id), &i64::from(article)])))?;
    table("ids", &[NUMBER, BYTES], &|to| dump.each(IDS, |part, ids| to.add(&[&i64::from(part), &ids])))?;
    table("brief", &[NUMBER, BYTES], &|to| dump.each(BRIEFS, |article, bytes| to.add(&[&i64::from(article), &bytes])))?;
    table("text", &[NUMBER, BYTES], &|to| dump.each(TEXTS, |article, bytes| to.add(&[&i64::from(article), &bytes])))?;
    table("facts", &[NUMBER, NUMBER, BYTES], &|to| {
        dump.each(ROWS, |group, bytes| {
            let (article, part) = article_of(*group);
            to.add(&[&i64::from(article), &i64::from(part), &bytes])
        })
    })?;
    table("posting", &[NUMBER, NUMBER, BYTES], &|to| {
        dump.each(POSTINGS, |posting, rest| {
            let (key, first) = (key_of(posting), place_of(posting));
            to.add(&[&kept(key), &first.0.cast_signed(), &rest])
        })
    })?;
    table("many", &[NUMBER, NUMBER], &|to| dump.each(COUNTS, |key, count| to.add(&[&kept(key), &i64::from(count)])))?;
    table("form", &[NUMBER, BYTES], &|to| dump.each(FORMS, |number, bytes| to.add(&[&kept(number), &bytes])))?;
    table("named", &[NUMBER, Type::INT2, NUMBER, NUMBER], &|to| {
        dump.each(NAMED, |named, ()| {
            let (key, rung, form) = (key_of(named), named[8], kept(form_of(named)));
            to.add(&[&kept(key), &i16::from(rung), &if rung == ONCE { form } else { 0 }, &form])
        })
    })?;
    table("written", &[NUMBER, NUMBER], &|to| dump.each(WRITTEN, |key, count| to.add(&[&kept(key), &i64::from(count)])))?;
    let place = std::cell::Cell::new(0_i64);
    table("ranked", &[NUMBER, NUMBER, Type::TEXT], &|to| {
        dump.each(RANKED, |ranked, name| {
            place.set(place.get().saturating_add(1));
            let form = ranked.last_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            to.add(&[&place.get(), &kept(form), &name])
        })
    })?;
    table("spelt", &[BYTES], &|to| dump.each(SPELT, |lead, ()| to.add(&[&lead])))?;
    table("drawer", &[NUMBER, BYTES], &|to| dump.each(STATISTICS, |number, counts| to.add(&[&i64::from(number), &counts])))
}

/// Rows on their way into a table.
struct Copying<'t> {
    writer: Pin<Box<BinaryCopyInWriter>>,
    done: &'t mut usize,
    told: &'t mut dyn FnMut(usize),
}

impl Copying<'_> {
    fn add(&mut self, row: &[&(dyn ToSql + Sync)]) -> crate::archive::Result<()> {
        *self.done += 1;
        if self.done.is_multiple_of(10_000) {
            (self.told)(*self.done);
        }
        wait_for_ever(async { Ok(self.writer.as_mut().write(row).await?) })
            .map_err(|error: PostgresError| ArchiveError::Other(error.to_string()))
    }
}
