//! How far a long run is, for a person at a terminal: one line that is written over, and nothing of a run that is over at once.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

/// From when on it is shown, and how often anew, in milliseconds.
const AT_FIRST: u64 = 500;
const EVERY: u64 = 100;

/// Of one run. It takes its line away when it is dropped.
pub(super) struct Progress {
    show: Option<fn(&str)>,
    /// Writes a line for good, at each tenth of the way.
    lines: Option<fn(&str)>,
    tenths: AtomicUsize,
    /// Whether it says how fast it goes, and how long it will take.
    is_at_pace: bool,
    started: Instant,
    /// When it is next shown, in milliseconds since the start.
    due: AtomicU64,
    done: AtomicUsize,
}

impl Progress {
    pub(super) fn new(show: Option<fn(&str)>) -> Self {
        Self {
            show,
            lines: None,
            tenths: AtomicUsize::new(0),
            is_at_pace: false,
            started: Instant::now(),
            due: AtomicU64::new(AT_FIRST),
            done: AtomicUsize::new(0),
        }
    }

    /// Of a run that takes minutes: it says how fast it goes as well, and where nobody sees a terminal, it says so in lines.
    #[cfg(feature = "archive")]
    pub(super) fn at_pace(show: Option<fn(&str)>, lines: Option<fn(&str)>) -> Self {
        let mut progress = Self::new(show);
        (progress.lines, progress.is_at_pace) = (lines, true);
        progress
    }

    /// Says that so much is done of all.
    pub(super) fn tell(&self, what: &str, done: usize, all: usize) {
        let now = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let tenth = done.saturating_mul(10) / all.max(1);
        if let Some(line) = self.lines
            && now >= AT_FIRST
            && self.tenths.fetch_max(tenth, Ordering::Relaxed) < tenth
        {
            line(&self.line(what, done, all, now));
        }
        let Some(show) = self.show else { return };
        let due = self.due.load(Ordering::Relaxed);
        // Of several that come at once, one shows it.
        if now >= due && self.due.compare_exchange(due, now.saturating_add(EVERY), Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            show(&self.line(what, done, all, now));
        }
    }

    fn line(&self, what: &str, done: usize, all: usize, now: u64) -> String {
        let a_second = (done as u64).saturating_mul(1000).checked_div(now).unwrap_or_default();
        let left = (all.saturating_sub(done) as u64).checked_div(a_second);
        match left.filter(|_| self.is_at_pace) {
            Some(left) => format!("{what}: {done} of {all} ({a_second} a second, {} left)", duration(left)),
            None => format!("{what}: {done} of {all}"),
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

/// Seconds in words: `2 min 5 s`.
fn duration(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
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
        let mut paced = Progress::new(None);
        paced.is_at_pace = true;
        assert_eq!(paced.line("reading sources", 500, 1000, 4000), "reading sources: 500 of 1000 (125 a second, 4 s left)");
        assert_eq!(paced.line("reading sources", 0, 1000, 0), "reading sources: 0 of 1000");
        assert_eq!(paced.line("reading sources", 10, 100_000, 1000), "reading sources: 10 of 100000 (10 a second, 166 min 39 s left)");
    }
}
