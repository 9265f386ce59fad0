//! What was found in drafts on disk, kept until they or what they are checked against are others.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tower_lsp_server::ls_types::Diagnostic;

#[derive(Default)]
pub(super) struct Shelf(Mutex<HashMap<PathBuf, Arc<Shelved>>>);

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
    /// What was found in a file with this stamp, checked against this.
    pub(super) fn get(&self, path: &Path, stamp: Stamp, against: &str) -> Option<Arc<Shelved>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(path).filter(|known| known.stamp == stamp && known.against == against).cloned()
    }

    pub(super) fn put(&self, path: PathBuf, found: Arc<Shelved>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path, found);
    }

    /// Forgets all files but these.
    pub(super) fn keep(&self, paths: &HashSet<PathBuf>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| paths.contains(path));
    }
}
