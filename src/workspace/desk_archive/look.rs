//! What has changed among the files of a corpus since an archive has seen them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::seen::{self, File, Folder, Stamp, Whole};
use crate::archive::{ArchiveError, DiskStore};
use crate::ingest::FieldNames;
use crate::workspace::Problem;
use crate::workspace::listing::{self, Listing};
use crate::workspace::sources::{Sought, SourceReader, is_one_text, seek};

/// What is there now, beside what was seen.
pub(super) struct Look {
    /// The files to be read, in the order of their names.
    pub(super) changed: Vec<PathBuf>,
    /// Those that are there no more.
    pub(super) gone: Vec<PathBuf>,
    /// The folders that are known otherwise now, or no more.
    pub(super) folders: BTreeMap<PathBuf, Option<Folder>>,
    pub(super) whole: Whole,
    /// What was seen of files before.
    pub(super) seen: BTreeMap<PathBuf, File>,
    pub(super) reader: SourceReader,
}

impl Look {
    /// At all files of a corpus, whose fields the desk calls so; nothing has been seen where there is no archive yet.
    pub(super) fn at(corpus: &[PathBuf], names: &FieldNames, store: Option<&DiskStore>) -> Result<Self, Problem> {
        let fault = |error: ArchiveError| Problem::new(store.map_or(Path::new(""), DiskStore::folder), error);
        let Sought { files, folders, problems, skipped } = seek(corpus)?;
        let (seen, known, before) = match store {
            Some(store) => (seen::files(store).map_err(fault)?, seen::folders(store).map_err(fault)?, seen::whole(store).map_err(fault)?),
            None => (BTreeMap::new(), BTreeMap::new(), Whole::default()),
        };
        let (mut changed_folders, mut relisted) = (BTreeMap::new(), BTreeSet::new());
        for folder in &folders {
            let before = known.get(folder);
            let (stamp, listed) = (Stamp::of(folder), Stamp::of(&folder.join(listing::FILE_NAME)));
            // What a list names may have come or gone, which shows in the folder.
            let is_listed_alike = before
                .is_some_and(|before| before.listing == listed && (listed.is_none() || before.stamp.is_some() && before.stamp == stamp));
            let after = match before {
                Some(before) if is_listed_alike => Folder { stamp: stamp.and_then(Stamp::settled), ..before.clone() },
                _ => {
                    relisted.insert(folder.clone());
                    look_in(folder, stamp.and_then(Stamp::settled), listed.map(Stamp::relied_on))
                }
            };
            if before != Some(&after) {
                changed_folders.insert(folder.clone(), Some(after));
            }
        }
        changed_folders.extend(known.into_keys().filter(|folder| !folders.contains(folder)).map(|folder| (folder, None)));
        if before.names != names.print() {
            relisted.extend(files.iter().filter(|file| !is_one_text(file)).filter_map(|file| file.parent()).map(Path::to_owned));
        }
        let reader = SourceReader::beside(&folders_to_list(&files, &relisted, &seen), &mut Vec::new()).0.naming(names.clone());
        let has_changed = |file: &&PathBuf| {
            let Some(before) = seen.get(*file) else { return true };
            let is_relisted = file.parent().is_some_and(|folder| relisted.contains(folder));
            before.stamp.is_none() || before.stamp != Stamp::of(file) || is_relisted && before.listed != reader.listed(file)
        };
        let changed: Vec<PathBuf> = files.par_iter().filter(has_changed).cloned().collect();
        let there: BTreeSet<&PathBuf> = files.iter().collect();
        let gone = seen.keys().filter(|file| !there.contains(file)).cloned().collect();
        // What is read needs all that is said of it.
        let to_list = changed.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        let reader = SourceReader::beside(&to_list, &mut Vec::new()).0.naming(names.clone());
        let whole = Whole {
            corpus: corpus.to_vec(),
            files: files.len(),
            problems: seen::kept(&problems),
            skipped,
            names: names.print(),
            superseded: before.superseded,
        };
        Ok(Self { changed, gone, folders: changed_folders, whole, seen, reader })
    }

    /// How many files are to be read or forgotten.
    pub(super) fn count(&self) -> usize {
        self.changed.len() + self.gone.len()
    }
}

/// The folders whose lists tell whether a file that was seen is to be read again.
fn folders_to_list(files: &[PathBuf], relisted: &BTreeSet<PathBuf>, seen: &BTreeMap<PathBuf, File>) -> BTreeSet<PathBuf> {
    if seen.is_empty() {
        return BTreeSet::new();
    }
    files.iter().filter_map(|file| file.parent()).filter(|folder| relisted.contains(*folder)).map(Path::to_owned).collect()
}

fn look_in(folder: &Path, stamp: Option<Stamp>, listing: Option<Stamp>) -> Folder {
    let (list, mut problems) = Listing::beside(folder);
    let absent = list.missing(folder);
    problems.extend(listing::problems(&folder.join(listing::FILE_NAME), &absent));
    Folder { stamp, listing, problems: seen::kept(&problems), missing: absent.len() }
}

/// Whether some folder has other files than it had, or another list of them: to be seen without looking at each file.
pub(super) fn has_other_files(store: &DiskStore) -> Result<bool, ArchiveError> {
    let folders = seen::folders(store)?;
    let is_as_it_was = |(path, folder): (&PathBuf, &Folder)| {
        folder.stamp.is_some() && folder.stamp == Stamp::of(path) && folder.listing == Stamp::of(&path.join(listing::FILE_NAME))
    };
    Ok(!folders.iter().all(is_as_it_was))
}
