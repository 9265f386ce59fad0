//! The one task that publishes: it checks drafts a little after they change and sends what it found, so that no two
//! publications can cross.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tower_lsp_server::ls_types::{Diagnostic, Uri};

use super::checked::{Checked, Failure};
use super::checks::check_newest;
use super::convert::Converter;
use super::drafts::Mark;
use super::log::log;
use super::session::Session;

/// A draft that never rests is checked after so many times the debounce all the same.
const PATIENCE: u32 = 3;

/// When a draft is to be checked.
#[derive(Clone, Copy, Debug)]
struct Due {
    at: Instant,
    /// However many changes come.
    latest: Instant,
}

/// So much later; now where nobody will live to see it.
fn after(now: Instant, time: Duration) -> Instant {
    now.checked_add(time).unwrap_or(now)
}

type Checking = (Arc<str>, Option<Result<Checked, Failure>>);

/// Runs as long as the server; only for editors that don't ask for diagnostics themselves.
pub(super) async fn run(session: Arc<Session>) {
    let mut due: BTreeMap<Arc<str>, Due> = BTreeMap::new();
    let mut running: JoinSet<Checking> = JoinSet::new();
    let mut busy: BTreeSet<Arc<str>> = BTreeSet::new();
    loop {
        let next = due.iter().filter(|(uri, _)| !busy.contains(*uri)).map(|(_, due)| due.at).min();
        tokio::select! {
            () = session.drafts.marked() => {
                for (uri, mark) in session.drafts.take_marks() {
                    let now = Instant::now();
                    match mark {
                        Mark::Fresh => {
                            due.insert(uri, Due { at: now, latest: now });
                        }
                        Mark::Changed => {
                            let debounce = session.preferences.debounce();
                            let entry = due.entry(uri).or_insert(Due { at: now, latest: after(now, debounce.saturating_mul(PATIENCE)) });
                            entry.at = after(now, debounce).min(entry.latest);
                        }
                        Mark::Closed => {
                            due.remove(&uri);
                            publish(&session, &uri, Vec::new(), None).await;
                        }
                    }
                }
            }
            Some(done) = running.join_next(), if !running.is_empty() => match done {
                Ok((uri, outcome)) => {
                    busy.remove(&uri);
                    report(&session, &uri, outcome).await;
                }
                Err(error) => log(&format!("a check was lost: {error}")),
            },
            () = wait_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {
                let now = Instant::now();
                let ready: Vec<Arc<str>> =
                    due.iter().filter(|(uri, due)| due.at <= now && !busy.contains(*uri)).map(|(uri, _)| uri.clone()).collect();
                for uri in ready {
                    due.remove(&uri);
                    busy.insert(uri.clone());
                    let session = session.clone();
                    running.spawn(async move {
                        let outcome = check_newest(&session, &uri).await;
                        (uri, outcome)
                    });
                }
            }
        }
    }
}

/// As [`sleep_until`], which wakes up to a millisecond late, and so would for a moment that has come already.
async fn wait_until(moment: Instant) {
    if moment > Instant::now() {
        sleep_until(moment).await;
    }
}

/// Publishes what a check found, unless the draft has moved on: then another check is on its way.
async fn report(session: &Arc<Session>, uri: &Arc<str>, outcome: Option<Result<Checked, Failure>>) {
    let Some(current) = session.drafts.snapshot(uri) else { return };
    match outcome {
        Some(Ok(checked)) if checked.snapshot.revision == current.revision => {
            let Ok(address) = Uri::from_str(uri) else { return };
            let diagnostics = Converter::of(&address, &checked, session.abilities()).diagnostics(&checked.draft);
            publish(session, uri, diagnostics, Some(current.version)).await;
        }
        Some(Ok(_) | Err(Failure::Superseded)) | None => {}
        // It stays as it is until the corpus answers again.
        Some(Err(failure @ Failure::Corpus(_))) if session.misses_corpus(&failure).await => {}
        // What was underlined before may no longer hold.
        Some(Err(_)) => publish(session, uri, Vec::new(), Some(current.version)).await,
    }
}

async fn publish(session: &Arc<Session>, uri: &str, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
    if let Ok(uri) = Uri::from_str(uri) {
        session.herald.publish(uri, diagnostics, version).await;
    }
}
