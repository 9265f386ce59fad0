//! Which of the desk's own files are to be looked through.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

#[derive(Default)]
pub(super) struct Proofs {
    due: Mutex<BTreeSet<PathBuf>>,
    marked: Notify,
}

impl Proofs {
    pub(super) fn mark(&self, path: &Path) {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        self.marked.notify_one();
    }

    /// Resolves when there are some.
    pub(super) async fn marked(&self) {
        self.marked.notified().await;
    }

    pub(super) fn take(&self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.due.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
