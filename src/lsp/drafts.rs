//! What is open in the editor: the drafts, what has happened to each since it was last looked at, and what else is open of a
//! desk. It knows no editor and no corpus.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;
use tokio::sync::{Notify, watch};

use super::buffer::{Buffer, Snapshot};

/// What has happened to a draft since the checker last looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// To be checked at once: opened, or what it is checked against is another.
    Fresh,
    Changed,
    Closed,
}

pub(super) struct Drafts {
    /// By address. No guard of this map or the next outlives the method that took it.
    buffers: DashMap<Arc<str>, Buffer>,
    /// What else is open of a desk: its stylebook and its configuration.
    papers: DashMap<Arc<str>, Buffer>,
    /// One mark a draft at most, however many changes come before the checker looks.
    marks: Mutex<BTreeMap<Arc<str>, Mark>>,
    marked: Notify,
    /// Counts what may change findings, so that those who wait for that learn of it.
    activity: watch::Sender<u64>,
}

impl Default for Drafts {
    fn default() -> Self {
        Self {
            buffers: DashMap::new(),
            papers: DashMap::new(),
            marks: Mutex::default(),
            marked: Notify::new(),
            activity: watch::Sender::new(0),
        }
    }
}

impl Drafts {
    /// Takes in what has been opened; a paper comes back as it is now.
    pub(super) fn open(&self, uri: &str, buffer: Buffer) -> Option<Snapshot> {
        let uri: Arc<str> = uri.into();
        if buffer.is_draft() {
            self.buffers.insert(uri.clone(), buffer);
            self.mark(uri, Mark::Fresh);
            return None;
        }
        let opened = buffer.snapshot();
        self.papers.insert(uri, buffer);
        Some(opened)
    }

    /// Makes a change, which says whether it was one; a paper that it changed comes back as it is now.
    pub(super) fn change(&self, uri: &str, change: impl FnOnce(&mut Buffer) -> bool) -> Option<Snapshot> {
        if let Some(mut paper) = self.papers.get_mut(uri) {
            return change(&mut paper).then(|| paper.snapshot());
        }
        let changed = self.buffers.get_mut(uri).is_some_and(|mut buffer| change(&mut buffer));
        if changed {
            self.mark(uri.into(), Mark::Changed);
        }
        None
    }

    /// Forgets what has been closed; a paper comes back as it was.
    pub(super) fn close(&self, uri: &str) -> Option<Snapshot> {
        if self.buffers.remove(uri).is_some() {
            self.mark(uri.into(), Mark::Closed);
        }
        self.papers.remove(uri).map(|(_, paper)| paper.snapshot())
    }

    pub(super) fn snapshot(&self, uri: &str) -> Option<Snapshot> {
        self.buffers.get(uri).map(|buffer| buffer.snapshot())
    }

    /// The open paper at this address.
    pub(super) fn paper_at(&self, uri: &str) -> Option<Snapshot> {
        self.papers.get(uri).map(|paper| paper.snapshot())
    }

    /// The open paper of this file.
    pub(super) fn paper(&self, path: &Path) -> Option<Snapshot> {
        self.papers.iter().map(|paper| paper.snapshot()).find(|paper| paper.path.as_deref() == Some(path))
    }

    /// The addresses of all open drafts, sorted.
    pub(super) fn addresses(&self) -> Vec<Arc<str>> {
        let mut uris: Vec<Arc<str>> = self.buffers.iter().map(|entry| entry.key().clone()).collect();
        uris.sort();
        uris
    }

    /// The files of all open drafts.
    pub(super) fn files(&self) -> HashSet<PathBuf> {
        self.buffers.iter().filter_map(|buffer| buffer.snapshot().path).collect()
    }

    fn mark(&self, uri: Arc<str>, mark: Mark) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        match (marks.get(&uri), mark) {
            // A draft just opened isn't put off by its first change.
            (Some(Mark::Fresh), Mark::Changed) => {}
            _ => {
                marks.insert(uri, mark);
            }
        }
        drop(marks);
        self.marked.notify_one();
        self.stir();
    }

    /// Marks all open drafts as to be checked again.
    pub(super) fn mark_all(&self) {
        for uri in self.addresses() {
            self.mark(uri, Mark::Fresh);
        }
    }

    /// Resolves when there are marks to take.
    pub(super) async fn marked(&self) {
        self.marked.notified().await;
    }

    pub(super) fn take_marks(&self) -> BTreeMap<Arc<str>, Mark> {
        std::mem::take(&mut self.marks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says that findings may have changed.
    pub(super) fn stir(&self) {
        self.activity.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes whenever findings may have.
    pub(super) fn activity(&self) -> watch::Receiver<u64> {
        self.activity.subscribe()
    }

    /// Forgets which configurations hold: one has come or gone.
    pub(super) fn forget_configurations(&self) {
        self.buffers.iter().for_each(|buffer| buffer.snapshot().analysis.forget_configuration());
    }
}
