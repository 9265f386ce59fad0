//! What an archive remembers of the files it was made of, so that only what has changed is read again. It is kept beside the facts and
//! changes with them, in the same transaction.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::archive::{ArchiveError, DiskStore};
use crate::corpus::SourceId;
use crate::workspace::{Problem, Skipped};

const FILES: &[u8] = b"file ";
const FOLDERS: &[u8] = b"folder ";
const TROUBLED: &[u8] = b"trouble ";
const WHOLE: &[u8] = b"whole";

/// When a file was changed, and how large it is: what has the same stamp hasn't changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    seconds: i64,
    nanoseconds: u32,
}

impl Stamp {
    /// That of nothing there is.
    const NOTHINGS: Self = Self { size: u64::MAX, seconds: i64::MIN, nanoseconds: 0 };

    /// None of what isn't there.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        let time = meta.modified().ok()?;
        let (seconds, nanoseconds) = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => (i64::try_from(since.as_secs()).ok()?, since.subsec_nanos()),
            Err(before) => (i64::try_from(before.duration().as_secs()).ok()?.checked_neg()?, before.duration().subsec_nanos()),
        };
        Some(Self { size: if meta.is_dir() { 0 } else { meta.len() }, seconds, nanoseconds })
    }

    /// A file that has only just been changed may change again within the same tick of the file system's clock, and look as before: its
    /// stamp is none to rely on.
    pub(super) fn settled(self) -> Option<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        (self.seconds.checked_add(2)? < i64::try_from(now.as_secs()).ok()?).then_some(self)
    }

    /// The same stamp, or one that nothing has where it is none to rely on.
    pub(super) fn relied_on(self) -> Self {
        self.settled().unwrap_or(Self::NOTHINGS)
    }
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Of what was read; none where it may have changed since without a sign.
    pub(super) stamp: Option<Stamp>,
    /// A hash of its bytes.
    pub(super) hash: u64,
    /// A hash of what the list of sources beside it says of it.
    pub(super) listed: u64,
    /// Its articles.
    pub(super) sources: Vec<SourceId>,
}

/// What is known of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folder {
    pub(super) stamp: Option<Stamp>,
    /// Of its list of sources.
    pub(super) listing: Option<Stamp>,
    /// What is wrong with that list, and how many files of it are missing.
    pub(super) problems: Vec<(PathBuf, String)>,
    pub(super) missing: usize,
}

/// What is known of the sources as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Whole {
    /// The paths of the corpus.
    pub(super) corpus: Vec<PathBuf>,
    /// How many files there are.
    pub(super) files: usize,
    /// What was met in looking for them.
    pub(super) problems: Vec<(PathBuf, String)>,
    pub(super) skipped: Skipped,
    /// A number for what the desk calls the fields of its sources.
    pub(super) names: u64,
    /// Where articles come in versions, how many of them no longer count: whether one does, only all together tell.
    pub(super) superseded: Option<usize>,
}

/// What came to nothing in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trouble {
    pub(super) problems: Vec<(PathBuf, String)>,
    pub(super) skipped: Skipped,
}

/// Something to be kept of a file or folder under its name, or to be forgotten.
pub(super) type Note = (Vec<u8>, Option<Vec<u8>>);

pub(super) fn note_of_file(path: &Path, file: Option<&File>) -> Result<Note, ArchiveError> {
    Ok((name(FILES, path), file.map(written).transpose()?))
}

/// What could not be read of a file, and what of it is no article to read.
pub(super) fn note_of_trouble(path: &Path, trouble: &Trouble) -> Result<Note, ArchiveError> {
    Ok((name(TROUBLED, path), (*trouble != Trouble::default()).then(|| written(trouble)).transpose()?))
}

pub(super) fn note_of_folder(path: &Path, folder: Option<&Folder>) -> Result<Note, ArchiveError> {
    Ok((name(FOLDERS, path), folder.map(written).transpose()?))
}

pub(super) fn note_of_whole(whole: &Whole) -> Result<Note, ArchiveError> {
    Ok((WHOLE.to_vec(), Some(written(whole)?)))
}

pub(super) fn files(store: &DiskStore) -> Result<BTreeMap<PathBuf, File>, ArchiveError> {
    noted(store, FILES)
}

pub(super) fn folders(store: &DiskStore) -> Result<BTreeMap<PathBuf, Folder>, ArchiveError> {
    noted(store, FOLDERS)
}

/// The files that something came to nothing in.
pub(super) fn troubled(store: &DiskStore) -> Result<BTreeMap<PathBuf, Trouble>, ArchiveError> {
    noted(store, TROUBLED)
}

/// Nothing of an archive that was made otherwise than of files.
pub(super) fn whole(store: &DiskStore) -> Result<Whole, ArchiveError> {
    store.notes(WHOLE)?.first().map_or_else(|| Ok(Whole::default()), |(_, note)| read(note))
}

fn noted<T: DeserializeOwned>(store: &DiskStore, kind: &[u8]) -> Result<BTreeMap<PathBuf, T>, ArchiveError> {
    let notes = store.notes(kind)?.into_iter();
    notes
        .map(|(name, note)| {
            let path = String::from_utf8_lossy(name.get(kind.len()..).unwrap_or_default()).into_owned();
            Ok((PathBuf::from(path), read(&note)?))
        })
        .collect()
}

fn name(kind: &[u8], path: &Path) -> Vec<u8> {
    [kind, path.to_string_lossy().as_bytes()].concat()
}

fn written(value: &impl Serialize) -> Result<Vec<u8>, ArchiveError> {
    postcard::to_allocvec(value).map_err(|error| ArchiveError::Other(format!("can't be kept: {error}")))
}

fn read<T: DeserializeOwned>(note: &[u8]) -> Result<T, ArchiveError> {
    postcard::from_bytes(note).map_err(|_| ArchiveError::Damaged("what it knows of its files makes no sense".to_owned()))
}

/// Problems as they are kept.
pub(super) fn kept(problems: &[Problem]) -> Vec<(PathBuf, String)> {
    problems.iter().map(|problem| (problem.path.clone(), problem.message.clone())).collect()
}

pub(super) fn problems(kept: &[(PathBuf, String)]) -> impl Iterator<Item = Problem> {
    kept.iter().map(|(path, message)| Problem::new(path, message))
}
