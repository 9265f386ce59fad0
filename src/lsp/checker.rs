//! The one task that publishes: it checks drafts a little after they change and sends what it found, so that no two
//! publications can cross.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tower_lsp_server::ls_types::{Diagnostic, Uri};

use super::convert::Converter;
use super::log;
use super::state::{Checked, Failure, Mark, State};

/// A draft that never rests is checked after so many times the debounce all the same.
const PATIENCE: u32 = 3;

/// When a draft is to be checked.
#[derive(Clone, Copy, Debug)]
struct Due {
    at: Instant,
    /// However many changes come.
    latest: Instant,
}

type Outcome = (Arc<str>, Option<Result<Checked, Failure>>);

/// Runs as long as the server; only for editors that don't ask for diagnostics themselves.
pub(super) async fn run(state: Arc<State>) {
    let mut due: BTreeMap<Arc<str>, Due> = BTreeMap::new();
    let mut running: JoinSet<Outcome> = JoinSet::new();
    let mut busy: BTreeSet<Arc<str>> = BTreeSet::new();
    loop {
        let next = due.iter().filter(|(uri, _)| !busy.contains(*uri)).map(|(_, due)| due.at).min();
        tokio::select! {
            () = state.marked.notified() => {
                for (uri, mark) in state.take_marks() {
                    let now = Instant::now();
                    match mark {
                        Mark::Fresh => {
                            due.insert(uri, Due { at: now, latest: now });
                        }
                        Mark::Changed => {
                            let debounce = state.debounce();
                            let entry = due.entry(uri).or_insert(Due { at: now, latest: now + debounce * PATIENCE });
                            entry.at = (now + debounce).min(entry.latest);
                        }
                        Mark::Closed => {
                            due.remove(&uri);
                            publish(&state, &uri, Vec::new(), None).await;
                        }
                    }
                }
            }
            Some(done) = running.join_next(), if !running.is_empty() => match done {
                Ok((uri, outcome)) => {
                    busy.remove(&uri);
                    report(&state, &uri, outcome).await;
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
                    let state = state.clone();
                    running.spawn(async move {
                        let outcome = state.check_newest(&uri).await;
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
async fn report(state: &State, uri: &Arc<str>, outcome: Option<Result<Checked, Failure>>) {
    let Some(current) = state.snapshot(uri) else { return };
    match outcome {
        Some(Ok(checked)) if checked.snapshot.revision == current.revision => {
            let Ok(address) = Uri::from_str(uri) else { return };
            let diagnostics = diagnostics(state, &address, &checked);
            publish(state, uri, diagnostics, Some(current.version)).await;
        }
        Some(Ok(_)) | None => {}
        // What was underlined before may no longer hold.
        Some(Err(_)) => publish(state, uri, Vec::new(), Some(current.version)).await,
    }
}

pub(super) fn diagnostics(state: &State, uri: &Uri, checked: &Checked) -> Vec<Diagnostic> {
    let draft = &checked.draft;
    let convert = Converter { document: &draft.document, uri, version: Some(checked.snapshot.version), abilities: state.abilities() };
    draft.findings.iter().map(|finding| convert.diagnostic(finding)).collect()
}

async fn publish(state: &State, uri: &str, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
    if let Ok(uri) = Uri::from_str(uri) {
        state.client.publish_diagnostics(uri, diagnostics, version).await;
    }
}
