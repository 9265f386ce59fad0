//! A corpus in PostgreSQL: the same facts under the same keys as in an archive on disk, for a newsroom of many machines.
//!
//! A load makes an edition of an archive, in a schema of its own, and names it when it is whole, in one transaction; who reads the one before
//! goes on until the batch is answered. Nothing of an edition changes, so that what is read of it once holds. Each round of questions is
//! one statement, whatever its size, and a batch sees one state.

mod address;
mod link;
mod listener;
mod load;
mod names;
mod schema;
mod shelf;
mod trust;

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

pub use address::{Address, Surroundings, shown_address};

use crate::archive::{ArchiveError, DiskStore};
use crate::corpus::store::{NameFinder, Shelf, Statistics, Store};
use crate::corpus::{Extent, SourceId, StoreError};
use jiff::civil::Date;
use link::Link;
use listener::Listener;

/// Why a corpus in a database can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// It can't be reached; it may be back at any time.
    #[error("the database can't be reached: {0}")]
    Away(String),
    /// Nobody has loaded anything.
    #[error("the database has no archive yet; `copydesk archive load` makes one")]
    Missing,
    #[error("the archive in the database is of another version ({0}); `copydesk archive load` makes it anew")]
    Outdated(String),
    #[error("the database refuses: {0}")]
    Refused(String),
    #[error("{0}")]
    Other(String),
}

pub(crate) type Result<T> = std::result::Result<T, PostgresError>;

impl From<tokio_postgres::Error> for PostgresError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(fault) = error.as_db_error() else {
            // What stands behind it says what the system said.
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            return Self::Away(format!("{error}{cause}"));
        };
        let code = fault.code();
        // It starts, stops, or has no room: classes 57 and 53, and a batch that a replica broke off.
        let is_passing = code.code().starts_with("57P") || code.code().starts_with("53") || *code == SqlState::T_R_SERIALIZATION_FAILURE;
        if is_passing { Self::Away(fault.message().to_owned()) } else { Self::Refused(fault.message().to_owned()) }
    }
}

impl From<deadpool_postgres::PoolError> for PostgresError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            deadpool_postgres::PoolError::Timeout(_) => Self::Away("no connection in time".to_owned()),
            error => Self::Other(error.to_string()),
        }
    }
}

impl From<ArchiveError> for PostgresError {
    fn from(error: ArchiveError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<PostgresError> for StoreError {
    fn from(error: PostgresError) -> Self {
        Self(error.to_string())
    }
}

/// A corpus in a database, as it is read.
pub struct PostgresStore {
    link: Link,
    listener: Arc<Listener>,
    /// The edition that was read last.
    edition: Mutex<Option<Arc<Edition>>>,
}

/// What is known of an edition, all of which holds for as long as it is there.
struct Edition {
    /// The schema it is in.
    name: String,
    extent: Extent,
    figures: u32,
    dates: u32,
    ids: Mutex<FxHashMap<u32, Arc<[Id]>>>,
    statistics: OnceLock<Statistics>,
    finder: OnceLock<Finder>,
}

/// An article's source and its day.
type Id = (SourceId, Option<Date>);

/// Finds the best attested names by what somebody types of one.
struct Finder {
    names: NameFinder,
    /// The numbers of their forms, in their order.
    forms: Vec<i64>,
    /// Whether there are others.
    is_whole: bool,
}

impl PostgresStore {
    /// The corpus at some addresses of one database: the first, and replicas of it that answer where it doesn't.
    ///
    /// # Errors
    /// When what is said of them makes no sense.
    pub fn at(addresses: &[Address]) -> Result<Self> {
        Ok(Self { link: Link::to(addresses)?, listener: Listener::at(addresses), edition: Mutex::default() })
    }

    /// Looks whether it is there and can be used.
    ///
    /// # Errors
    /// When it isn't, or can't be reached.
    pub fn look(&self) -> Result<()> {
        shelf::PostgresShelf::of(self)?.begin().map(drop)
    }

    /// Looks whether the database can be reached, whatever it has.
    ///
    /// # Errors
    /// When it can't be.
    pub fn reach(&self) -> Result<()> {
        self.link.connect(&async |_| Ok(())).map(drop)
    }

    /// Puts an archive into a database, in the place of what it has; until it is whole, that holds. `told` is told how many rows are written.
    ///
    /// # Errors
    /// When it can't be reached or written to, or the archive can't be read; what was there holds.
    pub fn load(address: &Address, archive: &DiskStore, told: &mut dyn FnMut(usize)) -> Result<Extent> {
        load::load(address, archive, told)
    }

    /// What is known to be there now, without asking. A replica may be behind what was told of the first.
    fn known(&self) -> Option<Extent> {
        self.listener.known().filter(|_| self.link.is_at_first())
    }

    /// What is known of the edition of this name, or what `read` makes of it.
    fn edition(&self, name: &str, read: impl FnOnce() -> Edition) -> Arc<Edition> {
        let mut edition = self.edition.lock().unwrap_or_else(PoisonError::into_inner);
        match &*edition {
            Some(known) if known.name == name => known.clone(),
            _ => edition.insert(Arc::new(read())).clone(),
        }
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore")
    }
}

impl Store for PostgresStore {
    fn snapshot(&self) -> std::result::Result<Box<dyn Shelf + '_>, StoreError> {
        Ok(Box::new(shelf::PostgresShelf::of(self)?))
    }
}

/// A number as the database keeps it, which knows none without a sign: in the same order.
const fn kept(number: u64) -> i64 {
    (number ^ 1 << 63).cast_signed()
}

const fn number(kept: i64) -> u64 {
    kept.cast_unsigned() ^ 1 << 63
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_keep_their_order() {
        let numbers = [0, 1, 7 << 40, u64::MAX >> 1, 1 << 63, u64::MAX - 1, u64::MAX];
        assert!(numbers.iter().all(|&one| number(kept(one)) == one));
        assert!(numbers.map(kept).is_sorted());
    }
}
