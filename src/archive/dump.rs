//! An archive as its tables are, for who keeps the same elsewhere.

use redb::{Key, ReadableTable as _, TableDefinition, Value};

use super::edition::Reading;
use super::tables::Meta;
use super::{ArchiveError, DiskStore, Result, folder, guarded};
use crate::corpus::Extent;

/// One state of an archive.
pub(crate) struct Dump(Reading);

impl Dump {
    pub(crate) fn of(store: &DiskStore) -> Result<Self> {
        let edition = store.edition()?;
        guarded(|| edition.read()).map(Self)
    }

    /// The form of its tables, and whose reader its facts come from.
    pub(crate) fn version() -> String {
        folder::version()
    }

    pub(crate) fn meta(&self) -> &Meta {
        &self.0.meta
    }

    pub(crate) fn extent(&self) -> Result<Extent> {
        guarded(|| self.0.extent())
    }

    /// Gives the rows of a table to `each`, in the order of their keys.
    pub(crate) fn each<K: Key + 'static, V: Value + 'static>(
        &self,
        table: TableDefinition<'_, K, V>,
        mut each: impl FnMut(K::SelfType<'_>, V::SelfType<'_>) -> Result<()>,
    ) -> Result<()> {
        guarded(|| {
            for row in self.0.table(table)?.iter().map_err(ArchiveError::of)? {
                let (key, value) = row.map_err(ArchiveError::of)?;
                each(key.value(), value.value())?;
            }
            Ok(())
        })
    }
}
