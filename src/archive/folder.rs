//! The folder of an archive: `CURRENT`, the editions, and who builds. The one place where its files are made and taken away.

use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::pack::tables_print;
use super::tables::FORM;
use super::{ArchiveError, Result};

const CURRENT: &str = "CURRENT";
/// What is to become it.
const ASIDE: &str = "CURRENT.";
const BUILDING: &str = "BUILDING";
const DATABASE: &str = "facts.redb";

/// What stands before the edition's name: the form of the archive, and whose reader its facts come from.
pub(super) fn version() -> String {
    format!("copydesk {} {FORM}.{:08x}", env!("CARGO_PKG_VERSION"), tables_print())
}

#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn of(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Whether there is an archive at all, of whatever version.
    pub(super) fn is_one(&self) -> bool {
        std::fs::read(self.0.join(CURRENT)).is_ok_and(|text| text.starts_with(b"copydesk "))
    }

    /// The name of the edition that holds.
    pub(super) fn current(&self) -> Result<String> {
        let text = match std::fs::read(self.0.join(CURRENT)) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(ArchiveError::Missing(self.0.clone()));
            }
            Err(error) => return Err(ArchiveError::of_io(&error)),
        };
        let text = std::str::from_utf8(&text).ok().and_then(|text| text.strip_suffix('\n')).and_then(|text| text.rsplit_once(' '));
        match text {
            Some((written, name)) if is_edition(name) && written == version() => Ok(name.to_owned()),
            Some((written, name)) if is_edition(name) && written.starts_with("copydesk ") => {
                let version = written.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(40).collect();
                Err(ArchiveError::Outdated { folder: self.0.clone(), version })
            }
            _ => Err(ArchiveError::Damaged(format!("{CURRENT} makes no sense"))),
        }
    }

    pub(super) fn database(&self, edition: &str) -> PathBuf {
        self.0.join(edition).join(DATABASE)
    }

    /// Makes room for another edition, for as long as nobody else does.
    pub(super) fn next(&self) -> Result<Next> {
        let made = |path: &Path| std::fs::create_dir_all(path).map_err(|error| ArchiveError::of_io(&error));
        made(&self.0)?;
        let lock = File::create(self.0.join(BUILDING)).map_err(|error| ArchiveError::of_io(&error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Busy(self.0.clone())),
            Err(TryLockError::Error(error)) => return Err(ArchiveError::of_io(&error)),
        }
        // Nobody else builds: what a killed build has left goes first, it may be what fills the disk.
        let current = self.current().ok();
        let mut last = 0;
        for name in self.names()? {
            if is_edition(&name) {
                last = last.max(name.parse::<u32>().unwrap_or_default());
                if Some(&name) != current.as_ref() {
                    let _ = std::fs::remove_dir_all(self.0.join(name));
                }
            } else if name.starts_with(ASIDE) {
                let _ = std::fs::remove_file(self.0.join(name));
            }
        }
        let name = format!("{:08}", last.checked_add(1).unwrap_or(1));
        made(&self.0.join(&name))?;
        Ok(Next { folder: self.clone(), name, _lock: lock, is_current: false })
    }

    /// What is in it.
    fn names(&self) -> Result<Vec<String>> {
        let entries = std::fs::read_dir(&self.0).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|error| ArchiveError::of_io(&error))?;
        Ok(entries.into_iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
    }
}

fn is_edition(name: &str) -> bool {
    name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// An edition in the making. It goes when it is dropped, unless it has become the current one.
#[derive(Debug)]
pub(super) struct Next {
    folder: Folder,
    name: String,
    /// Gone with the process.
    _lock: File,
    is_current: bool,
}

impl Next {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.0.join(&self.name)
    }

    pub(super) fn database(&self) -> PathBuf {
        self.folder.database(&self.name)
    }

    /// A file for what doesn't fit into memory; gone when the edition is made.
    pub(super) fn scratch(&self, name: &str) -> Result<File> {
        let path = self.path().join(name);
        let fault = |error: io::Error| ArchiveError::of_io(&error);
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path).map_err(fault)?;
        // Where the system lets go of names that are open, a kill leaves nothing.
        if cfg!(unix) {
            std::fs::remove_file(&path).map_err(fault)?;
        }
        Ok(file)
    }

    /// Makes it the one that holds. Those who read the one before may go on doing so.
    pub(super) fn become_current(mut self) -> Result<()> {
        let fault = |error: io::Error| ArchiveError::of_io(&error);
        let aside = self.folder.0.join(format!("{ASIDE}{}", std::process::id()));
        let mut file = File::create(&aside).map_err(fault)?;
        let written = writeln!(file, "{} {}", version(), self.name).and_then(|()| file.sync_all());
        written.and_then(|()| sync(&self.path())).and_then(|()| sync(&self.folder.0)).map_err(fault)?;
        let before = self.folder.current().ok();
        std::fs::rename(&aside, self.folder.0.join(CURRENT)).map_err(fault)?;
        self.is_current = true;
        // A power cut brings back one or the other.
        sync(&self.folder.0).map_err(fault)?;
        if let Some(before) = before {
            // Elsewhere than on Unix it can't go while somebody reads it; the next build takes it away.
            let _ = std::fs::remove_dir_all(self.folder.0.join(before));
        }
        Ok(())
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if !self.is_current {
            let _ = std::fs::remove_dir_all(self.path());
        }
    }
}

#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

pub(super) fn size_of(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |meta| meta.len())
}

/// Whether a file can be read from and written to; opened as plain files are.
pub(super) fn is_file(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|meta| meta.is_file())
}
