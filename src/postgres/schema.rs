//! What there is in a database: `copydesk`, the schema that is migrated and says which edition holds, and a schema for each edition.

use deadpool_postgres::Transaction;

use super::Result;

/// What makes each version of the schema `copydesk` of the one before. What has been given out is never changed.
const MIGRATIONS: &[&str] = &["CREATE TABLE copydesk.edition (
        -- The schema that its tables are in; the last one holds.
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL UNIQUE,
        -- The form of its tables, and whose reader its facts come from.
        version text NOT NULL,
        loaded timestamptz NOT NULL DEFAULT now(),
        sources bigint NOT NULL,
        generation bigint NOT NULL,
        figures bigint NOT NULL,
        dates bigint NOT NULL,
        first integer,
        last integer
    )"];

/// The tables of an edition and what is found by them; see `archive/tables.rs`, whose tables they are.
pub(super) const TABLES: &[(&str, &str, &str)] = &[
    ("source", "id bigint NOT NULL, article bigint NOT NULL", "PRIMARY KEY (id)"),
    ("ids", "part bigint NOT NULL, ids bytea NOT NULL", "PRIMARY KEY (part)"),
    ("brief", "article bigint NOT NULL, bytes bytea NOT NULL", "PRIMARY KEY (article)"),
    ("text", "article bigint NOT NULL, bytes bytea NOT NULL", "PRIMARY KEY (article)"),
    ("facts", "article bigint NOT NULL, part bigint NOT NULL, bytes bytea NOT NULL", "PRIMARY KEY (article, part)"),
    ("posting", "key bigint NOT NULL, first bigint NOT NULL, rest bytea NOT NULL", "PRIMARY KEY (key, first)"),
    ("many", "key bigint NOT NULL, count bigint NOT NULL", "PRIMARY KEY (key)"),
    ("form", "number bigint NOT NULL, bytes bytea NOT NULL", "PRIMARY KEY (number)"),
    // Those of a rung are in no order, but for those that are written once.
    (
        "named",
        "key bigint NOT NULL, rung smallint NOT NULL, tie bigint NOT NULL, form bigint NOT NULL",
        "PRIMARY KEY (key, rung, tie, form)",
    ),
    ("written", "key bigint NOT NULL, count bigint NOT NULL", "PRIMARY KEY (key)"),
    ("ranked", "place bigint NOT NULL, form bigint NOT NULL, name text NOT NULL", "PRIMARY KEY (place)"),
    ("spelt", "lead bytea NOT NULL", "PRIMARY KEY (lead)"),
    ("drawer", "number bigint NOT NULL, counts bytea NOT NULL", "PRIMARY KEY (number)"),
];

/// Whom an edition is shown to, where the database has this role.
const READERS: &str = "copydesk_reader";

/// Brings the schema `copydesk` up to date. All who load take turns.
pub(super) async fn migrate(transaction: &Transaction<'_>) -> Result<()> {
    transaction.batch_execute("SELECT pg_advisory_xact_lock(7310589241)").await?;
    let prepared = "CREATE SCHEMA IF NOT EXISTS copydesk; CREATE TABLE IF NOT EXISTS copydesk.migration (number integer PRIMARY KEY, made timestamptz NOT NULL DEFAULT now())";
    transaction.batch_execute(prepared).await?;
    let done: i64 = transaction.query_one("SELECT count(*) FROM copydesk.migration", &[]).await?.try_get(0)?;
    for (number, migration) in (0_i32..).zip(MIGRATIONS).skip(usize::try_from(done).unwrap_or_default()) {
        transaction.batch_execute(migration).await?;
        transaction.execute("INSERT INTO copydesk.migration (number) VALUES ($1)", &[&number]).await?;
    }
    show(transaction, "copydesk").await
}

/// Makes the tables of an edition.
pub(super) async fn make(transaction: &Transaction<'_>, edition: &str) -> Result<()> {
    // One that nothing names any more may be left.
    transaction.batch_execute(&format!("DROP SCHEMA IF EXISTS {edition} CASCADE; CREATE SCHEMA {edition}")).await?;
    for (table, columns, _) in TABLES {
        transaction.batch_execute(&format!("CREATE TABLE {edition}.{table} ({columns})")).await?;
        // What is packed already gets no smaller.
        for column in ["bytes", "ids", "rest", "counts"].iter().filter(|column| columns.contains(&format!("{column} bytea"))) {
            transaction.batch_execute(&format!("ALTER TABLE {edition}.{table} ALTER {column} SET STORAGE EXTERNAL")).await?;
        }
    }
    Ok(())
}

/// Lets those read a schema who are to.
pub(super) async fn show(transaction: &Transaction<'_>, schema: &str) -> Result<()> {
    let role = transaction.query_opt("SELECT 1 FROM pg_roles WHERE rolname = $1", &[&READERS]).await?;
    if role.is_some() {
        let granted = format!("GRANT USAGE ON SCHEMA {schema} TO {READERS}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {READERS}");
        transaction.batch_execute(&granted).await?;
    }
    Ok(())
}
