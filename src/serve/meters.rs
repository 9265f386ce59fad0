//! What is counted, in the words of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// In seconds: how long checks of posted drafts take is counted up to each.
const BOUNDS: [f64; 8] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

#[derive(Default)]
pub(super) struct Meters {
    /// By route and status: the routes are the server's own, so that there are no more than these.
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    refused: Mutex<BTreeMap<&'static str, u64>>,
    connections: AtomicI64,
    sessions: AtomicI64,
    messages: AtomicU64,
    checks: Mutex<Checks>,
}

#[derive(Default)]
struct Checks {
    within: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

/// Something that is there now, counted until it is dropped.
pub(super) struct Present<'m>(&'m AtomicI64);

impl<'m> Present<'m> {
    fn new(count: &'m AtomicI64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn add<K: Ord>(to: &Mutex<BTreeMap<K, u64>>, what: K) {
    let mut counts = to.lock().unwrap_or_else(PoisonError::into_inner);
    let count = counts.entry(what).or_default();
    *count = count.saturating_add(1);
}

impl Meters {
    pub(super) fn request(&self, route: &'static str, status: u16) {
        add(&self.requests, (route, status));
    }

    pub(super) fn refused(&self, why: &'static str) {
        add(&self.refused, why);
    }

    pub(super) fn connection(&self) -> Present<'_> {
        Present::new(&self.connections)
    }

    pub(super) fn session(&self) -> Present<'_> {
        Present::new(&self.sessions)
    }

    pub(super) fn sessions(&self) -> i64 {
        self.sessions.load(Ordering::Relaxed)
    }

    pub(super) fn message(&self) {
        self.messages.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn check(&self, took: Duration) {
        let mut checks = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = took.as_secs_f64();
        for (within, bound) in checks.within.iter_mut().zip(BOUNDS) {
            *within = within.saturating_add(u64::from(seconds <= bound));
        }
        checks.count = checks.count.saturating_add(1);
        checks.seconds += seconds;
    }

    /// All of it, with how many sources there are.
    pub(super) fn text(&self, sources: usize) -> String {
        let mut text = String::new();
        // A string takes all that is written to it.
        let _ = self.write(sources, &mut text);
        text
    }

    fn write(&self, sources: usize, to: &mut String) -> std::fmt::Result {
        let head = |to: &mut String, name: &str, kind: &str, help: &str| {
            writeln!(to, "# HELP copydesk_{name} {help}\n# TYPE copydesk_{name} {kind}")
        };
        head(to, "build_info", "gauge", "The version that runs.")?;
        writeln!(to, "copydesk_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))?;
        head(to, "sources", "gauge", "Sources that drafts are checked against.")?;
        writeln!(to, "copydesk_sources {sources}")?;
        head(to, "connections", "gauge", "Connections that are open.")?;
        writeln!(to, "copydesk_connections {}", self.connections.load(Ordering::Relaxed))?;
        head(to, "sessions", "gauge", "Pages that are connected.")?;
        writeln!(to, "copydesk_sessions {}", self.sessions())?;
        head(to, "messages_total", "counter", "Messages of pages.")?;
        writeln!(to, "copydesk_messages_total {}", self.messages.load(Ordering::Relaxed))?;
        head(to, "requests_total", "counter", "Requests, by what they were for and how they ended.")?;
        for ((route, status), count) in &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            writeln!(to, "copydesk_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}")?;
        }
        head(to, "refused_total", "counter", "Requests, connections and messages that were refused, by why.")?;
        for (why, count) in &*self.refused.lock().unwrap_or_else(PoisonError::into_inner) {
            writeln!(to, "copydesk_refused_total{{why=\"{why}\"}} {count}")?;
        }
        head(to, "check_seconds", "histogram", "How long drafts that were posted took to be checked.")?;
        let checks = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        for (bound, count) in BOUNDS.iter().zip(checks.within) {
            writeln!(to, "copydesk_check_seconds_bucket{{le=\"{bound}\"}} {count}")?;
        }
        writeln!(to, "copydesk_check_seconds_bucket{{le=\"+Inf\"}} {}", checks.count)?;
        writeln!(to, "copydesk_check_seconds_sum {}\ncopydesk_check_seconds_count {}", checks.seconds, checks.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_counted_and_what_is_gone_no_longer_there() {
        let meters = Meters::default();
        meters.request("/check", 200);
        meters.request("/check", 200);
        meters.refused("token");
        meters.check(Duration::from_millis(50));
        drop(meters.session());
        let connection = meters.connection();
        let text = meters.text(12);
        for line in [
            "copydesk_requests_total{route=\"/check\",status=\"200\"} 2",
            "copydesk_refused_total{why=\"token\"} 1",
            "copydesk_check_seconds_bucket{le=\"0.03\"} 0",
            "copydesk_check_seconds_bucket{le=\"0.1\"} 1",
            "copydesk_check_seconds_count 1",
            "copydesk_connections 1",
            "copydesk_sessions 0",
            "copydesk_sources 12",
        ] {
            assert!(text.lines().any(|written| written == line), "{line}\n{text}");
        }
        drop(connection);
        assert!(meters.text(0).contains("copydesk_connections 0"));
    }
}
