//! A corpus on disk: the facts of a newsroom's whole past, found by the same keys as in memory and by many processes at once.
//!
//! An archive is a folder. `CURRENT` names the edition that holds, a folder of its own with one database in it (redb: a B-tree that is
//! copied on write, so that readers never wait and a kill leaves what was before or after). A build makes a new edition aside and names
//! it when it is whole; an update is one transaction in the edition that holds. All of it is a cache of the sources: what is damaged, of
//! another version or half copied is refused in one line and built anew.

mod build;
mod changes;
pub(crate) mod drawers;
#[cfg(feature = "postgres")]
mod dump;
mod edition;
mod folder;
pub(crate) mod names;
pub(crate) mod pack;
pub(crate) mod postings;
mod shelf;
mod sorting;
pub(crate) mod tables;
mod verify;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use build::Builder;
pub use changes::Changes;
#[cfg(feature = "postgres")]
pub(crate) use dump::Dump;
pub use pack::Packed;
pub use verify::Verified;

use edition::Edition;
use folder::Folder;

use crate::corpus::store::{Shelf, Store};
use crate::corpus::{Facts, SourceId, StoreError};

/// Why an archive can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Nobody has built one here.
    #[error("there is no archive in {}", .0.display())]
    Missing(PathBuf),
    /// Its form, or the reader its facts come from, is another's.
    #[error("the archive in {} is of another version ({version}); `copydesk archive build` makes it anew", folder.display())]
    Outdated { folder: PathBuf, version: String },
    #[error("the archive is damaged ({0}); `copydesk archive build` makes it anew")]
    Damaged(String),
    /// Another process builds or joins here.
    #[error("another process is building the archive in {}", .0.display())]
    Busy(PathBuf),
    /// The disk is full, or it may not be written to.
    #[error("the archive can't be written: {0}")]
    Unwritten(String),
    #[error("{0}")]
    Other(String),
}

pub type Result<T> = std::result::Result<T, ArchiveError>;

impl ArchiveError {
    fn of(error: impl Into<redb::Error>) -> Self {
        match error.into() {
            redb::Error::Io(error) => Self::of_io(&error),
            redb::Error::Corrupted(what) => Self::Damaged(what),
            error @ (redb::Error::TableTypeMismatch { .. }
            | redb::Error::TableDoesNotExist(_)
            | redb::Error::RepairAborted
            | redb::Error::UpgradeRequired(_)) => Self::Damaged(error.to_string()),
            error => Self::Other(format!("the archive can't be read: {error}")),
        }
    }

    fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::Damaged("a file is cut short or is none of an archive".to_owned()),
            ErrorKind::StorageFull | ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => Self::Unwritten("the disk is full".to_owned()),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Unwritten("permission denied".to_owned()),
            _ => Self::Other(format!("the archive can't be read: {error}")),
        }
    }
}

impl From<ArchiveError> for StoreError {
    fn from(error: ArchiveError) -> Self {
        Self(error.to_string())
    }
}

/// Carries out what reads a database that anything may have happened to: some damage is met as a panic, and is no more than that.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ArchiveError::Damaged("a page of it makes no sense".to_owned())))
}

/// An archive that is open, for reading and for changes.
pub struct DiskStore {
    folder: Folder,
    /// The edition that held when it was last looked for.
    edition: Mutex<Arc<Edition>>,
}

impl DiskStore {
    /// Opens the archive in a folder.
    ///
    /// # Errors
    /// When there is none, or it can't be used.
    pub fn open(folder: &Path) -> Result<Self> {
        let folder = Folder::of(folder);
        let edition = Edition::current(&folder)?;
        Ok(Self { folder, edition: Mutex::new(Arc::new(edition)) })
    }

    /// Makes an archive without sources, in place of what may be there.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn create(folder: &Path) -> Result<Self> {
        Builder::new(folder)?.finish()?;
        Self::open(folder)
    }

    /// Whether a folder is that of an archive, of whatever version.
    pub fn is_at(folder: &Path) -> bool {
        Folder::of(folder).is_one()
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How many bytes it takes on disk.
    pub fn size(&self) -> u64 {
        self.edition().map_or(0, |edition| folder::size_of(edition.file()))
    }

    /// Makes changes, all of them or none: they are on disk when this returns. Writers of all processes take turns.
    ///
    /// # Errors
    /// When they can't be made, or `make` says so; nothing has changed then.
    pub fn change<T>(&self, make: impl FnOnce(&mut Changes<'_>) -> Result<T>) -> Result<T> {
        let edition = self.edition()?;
        guarded(|| changes::make(&edition, make))
    }

    /// All that one source attests; none of one that isn't there.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn facts(&self, id: SourceId) -> Result<Option<Facts>> {
        let edition = self.edition()?;
        guarded(|| edition.read()?.facts(id))
    }

    /// Gives the facts of all sources, in the order of their ids, to `each`.
    ///
    /// # Errors
    /// When one can't be read, or `each` says so.
    pub fn each(&self, mut each: impl FnMut(Facts) -> Result<()>) -> Result<()> {
        let edition = self.edition()?;
        guarded(|| edition.read()?.each(&mut each))
    }

    /// What those who fill the archive keep beside the facts, of the names that begin so, in their order.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn notes(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let edition = self.edition()?;
        guarded(|| edition.read()?.notes(prefix))
    }

    /// The name of the edition that holds, another with each build.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn edition_name(&self) -> Result<String> {
        Ok(self.edition()?.name().to_owned())
    }

    /// Looks through all of it for damage.
    ///
    /// # Errors
    /// With what is wrong, the first that was found.
    pub fn verify(folder: &Path) -> Result<Verified> {
        let folder = Folder::of(folder);
        guarded(|| verify::verify(&folder))
    }

    /// The edition that holds now: another process may have built one.
    fn edition(&self) -> Result<Arc<Edition>> {
        let name = self.folder.current()?;
        let mut edition = self.edition.lock().unwrap_or_else(PoisonError::into_inner);
        if edition.name() != name {
            *edition = Arc::new(Edition::current(&self.folder)?);
        }
        Ok(edition.clone())
    }
}

impl fmt::Debug for DiskStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DiskStore").field(&self.folder.path()).finish()
    }
}

impl Store for DiskStore {
    fn snapshot(&self) -> std::result::Result<Box<dyn Shelf + '_>, StoreError> {
        let edition = self.edition()?;
        Ok(Box::new(guarded(|| shelf::DiskShelf::of(&edition))?))
    }
}
