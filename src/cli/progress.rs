//! How far a long run is, for a person at a terminal: one line that is written over, and nothing of a run that is over at once.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

/// From when on it is shown, and how often anew, in milliseconds.
const AT_FIRST: u64 = 500;
const EVERY: u64 = 100;

/// Of one run. It takes its line away when it is dropped.
pub(super) struct Progress {
    show: Option<fn(&str)>,
    started: Instant,
    /// When it is next shown, in milliseconds since the start.
    due: AtomicU64,
    done: AtomicUsize,
}

impl Progress {
    pub(super) fn new(show: Option<fn(&str)>) -> Self {
        Self { show, started: Instant::now(), due: AtomicU64::new(AT_FIRST), done: AtomicUsize::new(0) }
    }

    /// Says that so much is done of all.
    pub(super) fn tell(&self, what: &str, done: usize, all: usize) {
        let Some(show) = self.show else { return };
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let due = self.due.load(Ordering::Relaxed);
        // Of several that come at once, one shows it.
        if now >= due && self.due.compare_exchange(due, now.saturating_add(EVERY), Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            show(&format!("{what}: {done} of {all}"));
        }
    }

    /// Counts one more of all.
    pub(super) fn count(&self, what: &str, all: usize) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.tell(what, done, all);
    }

    /// Takes the line away, so that others have the terminal.
    pub(super) fn clear(&self) {
        if let Some(show) = self.show
            && self.due.swap(AT_FIRST, Ordering::Relaxed) != AT_FIRST
        {
            show("");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static SHOWN: Mutex<Vec<String>> = Mutex::new(Vec::new());

    fn show(line: &str) {
        SHOWN.lock().expect("is ours").push(line.to_owned());
    }

    #[test]
    fn a_line_is_shown_and_taken_away_once() {
        let progress = Progress::new(Some(show));
        progress.due.store(0, Ordering::Relaxed);
        progress.count("reading sources", 3);
        progress.clear();
        drop(progress);
        assert_eq!(*SHOWN.lock().expect("is ours"), ["reading sources: 1 of 3", ""]);
        Progress::new(None).tell("checking drafts", 1, 1);
    }
}
