//! What is known of the drafts on disk: which there are, and what was found in each, kept until they or what they are checked
//! against are others. While nothing happens to the disk it isn't looked at: a keystroke in one draft stirs no walk of all folders.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tower_lsp_server::ls_types::Diagnostic;

use crate::workspace::Problem;

#[derive(Default)]
pub(super) struct Shelf {
    /// Counts what has happened to the disk, as far as that is told.
    events: AtomicU64,
    listing: Mutex<Option<(u64, Arc<Listing>)>>,
    /// With the count of events at which it was last looked for.
    found: Mutex<HashMap<PathBuf, (u64, Arc<Shelved>)>>,
    /// Whether it has been told that there are too many drafts.
    too_many_told: AtomicBool,
    /// What was wrong with folders when they were last looked through.
    problems: Mutex<Vec<Problem>>,
}

/// The drafts in the editor's folders that a configuration holds for, each with that.
pub(super) type Listing = Vec<(PathBuf, PathBuf)>;

pub(super) struct Shelved {
    pub(super) stamp: Stamp,
    /// With what it was checked against, and on which day.
    pub(super) against: String,
    pub(super) id: String,
    pub(super) items: Vec<Diagnostic>,
}

/// When a file was last changed, where that is known, and how many bytes it has.
pub(super) type Stamp = (Option<SystemTime>, u64);

impl Shelf {
    /// Says that files may have come, changed or gone.
    pub(super) fn disk_changed(&self) {
        self.events.fetch_add(1, Ordering::AcqRel);
    }

    /// Counts what has happened to the disk.
    pub(super) fn events(&self) -> u64 {
        self.events.load(Ordering::Acquire)
    }

    /// The drafts on disk, if nothing has happened since they were listed.
    pub(super) fn listing(&self) -> Option<Arc<Listing>> {
        let listing = self.listing.lock().unwrap_or_else(PoisonError::into_inner);
        listing.as_ref().filter(|(events, _)| *events == self.events()).map(|(_, listing)| listing.clone())
    }

    /// Keeps what was listed after so many events.
    pub(super) fn list(&self, events: u64, listing: Arc<Listing>) {
        *self.listing.lock().unwrap_or_else(PoisonError::into_inner) = Some((events, listing));
    }

    /// What was found in a file that nothing has happened to since, checked against this.
    pub(super) fn unchanged(&self, path: &Path, against: &str) -> Option<Arc<Shelved>> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.get(path).filter(|(events, known)| *events == self.events() && known.against == against).map(|(_, known)| known.clone())
    }

    /// What was found in a file with this stamp, looked for after so many events and checked against this.
    pub(super) fn get(&self, path: &Path, events: u64, stamp: Stamp, against: &str) -> Option<Arc<Shelved>> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let (looked_for, known) = found.get_mut(path).filter(|(_, known)| known.stamp == stamp && known.against == against)?;
        *looked_for = events;
        Some(known.clone())
    }

    pub(super) fn put(&self, path: PathBuf, events: u64, found: Arc<Shelved>) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).insert(path, (events, found));
    }

    /// Forgets all files but these.
    pub(super) fn keep(&self, paths: &HashSet<PathBuf>) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| paths.contains(path));
    }

    /// What is wrong with folders that wasn't when they were last looked through.
    pub(super) fn new_problems(&self, problems: Vec<Problem>) -> Vec<Problem> {
        let mut known = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        let new = problems.iter().filter(|problem| !known.contains(problem)).cloned().collect();
        *known = problems;
        new
    }

    /// Whether it is the first time that there are too many drafts.
    pub(super) fn too_many(&self) -> bool {
        !self.too_many_told.swap(true, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_holds_until_something_happens_to_the_disk() {
        let shelf = Shelf::default();
        let (path, listing) = (PathBuf::from("/desk/a.md"), Arc::new(vec![]));
        let before = shelf.events();
        shelf.list(before, listing.clone());
        let found = Arc::new(Shelved { stamp: (None, 3), against: "1".to_owned(), id: String::new(), items: Vec::new() });
        shelf.put(path.clone(), before, found);
        assert!(shelf.listing().is_some() && shelf.unchanged(&path, "1").is_some());
        assert!(shelf.unchanged(&path, "2").is_none(), "checked against something else");

        shelf.disk_changed();
        assert!(shelf.listing().is_none() && shelf.unchanged(&path, "1").is_none());
        assert!(shelf.get(&path, shelf.events(), (None, 4), "1").is_none(), "the file is another");
        assert!(shelf.get(&path, shelf.events(), (None, 3), "1").is_some());
        assert!(shelf.unchanged(&path, "1").is_some(), "it has been looked for");
        // Listed while something happened.
        shelf.list(before, listing);
        assert!(shelf.listing().is_none());
        assert!(shelf.too_many() && !shelf.too_many());
    }
}
