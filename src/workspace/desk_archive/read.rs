//! The files of a corpus as an archive takes them in: what their articles attest, packed, and what is to be remembered of them.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::look::Look;
use super::seen::{self, File, Note, Stamp, Trouble, note_of_file, note_of_trouble};
use crate::archive::{ArchiveError, Packed};
use crate::corpus::SourceHeader;
use crate::text::StableHash;
use crate::workspace::sources::bytes_of;
use crate::workspace::{Problem, Skipped};

/// A file as read.
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) file: File,
    pub(super) packed: Vec<Packed>,
    pub(super) problems: Vec<Problem>,
    pub(super) skipped: Skipped,
    /// Of articles that may come in versions no more than what tells whether they count.
    pub(super) versions: Vec<SourceHeader>,
    /// Whether it has others.
    pub(super) has_alone: bool,
    /// Whether it has the bytes it had, and nothing else is said of it.
    pub(super) is_the_same: bool,
}

pub(super) fn read_all(files: &[PathBuf], look: &Look) -> Vec<Read> {
    files.par_iter().map(|path| read_one(path, look)).collect()
}

fn read_one(path: &Path, look: &Look) -> Read {
    // Looked at before it is read: what changes in between has another stamp than this one.
    let stamp = Stamp::of(path).and_then(Stamp::settled);
    let (bytes, listed) = (bytes_of(path), look.reader.listed(path));
    let hash = hash(&bytes);
    let file = File { stamp, hash, listed, sources: Vec::new() };
    let mut read = Read {
        path: path.to_owned(),
        file,
        packed: Vec::new(),
        problems: Vec::new(),
        skipped: Skipped::default(),
        versions: Vec::new(),
        has_alone: false,
        is_the_same: false,
    };
    if let Some(before) = look.seen.get(path).filter(|before| before.hash == hash && before.listed == listed && hash != 0) {
        read.file.sources.clone_from(&before.sources);
        read.is_the_same = true;
        return read;
    }
    read.skipped = look.reader.read_bytes(path, bytes, &mut |article| match article {
        Ok(facts) => {
            let SourceHeader { id, edition, .. } = &*facts.brief.header;
            if !edition.is_alone() {
                let (id, file, edition) = (id.clone(), Some(path.to_owned()), edition.clone());
                read.versions.push(SourceHeader { id, file, edition, ..SourceHeader::default() });
            }
            match Packed::of(&facts) {
                Ok(packed) => {
                    read.has_alone |= edition.is_alone();
                    read.packed.push(packed);
                }
                Err(error) => read.problems.push(Problem::new(path, error)),
            }
        }
        Err(problem) => read.problems.push(problem),
    });
    read.file.sources = read.packed.iter().map(Packed::id).collect();
    read
}

impl Read {
    /// What is to be kept of it.
    pub(super) fn notes(&self) -> Result<Vec<Note>, ArchiveError> {
        let mut notes = vec![note_of_file(&self.path, Some(&self.file))?];
        if !self.is_the_same {
            let trouble = Trouble { problems: seen::kept(&self.problems), skipped: self.skipped.clone() };
            notes.push(note_of_trouble(&self.path, &trouble)?);
        }
        Ok(notes)
    }
}

/// A hash of a file's bytes; nought of what can't be read.
fn hash(bytes: &Result<Vec<u8>, Problem>) -> u64 {
    bytes.as_ref().map_or(0, |bytes| StableHash::default().bytes(bytes).finish().max(1))
}

impl Look {
    /// Whether a file that looks otherwise has the same in it.
    pub(super) fn is_the_same(&self, path: &Path) -> bool {
        let is_as = |before: &File| before.hash != 0 && before.hash == hash(&bytes_of(path)) && before.listed == self.reader.listed(path);
        self.seen.get(path).is_some_and(is_as)
    }

    /// Whether anything else is in the files than was.
    pub(super) fn has_other_articles(&self) -> bool {
        !self.gone.is_empty() || self.changed.par_iter().any(|file| !self.is_the_same(file))
    }
}
