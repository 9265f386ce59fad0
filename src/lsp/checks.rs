//! Has drafts read and checked, on threads of their own, as many at once as there is leave for.

use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;
use tokio::sync::oneshot;
use tower_lsp_server::ls_types::Uri;

use super::buffer::Snapshot;
use super::checked::{Checked, Failure};
use super::loaded::{Loaded, today};
use super::log::log;
use super::session::Session;
use super::view::View;

/// The checked draft that a request is about, as it is now; none for one that isn't open or can't be checked in time.
pub(super) async fn view(session: &Arc<Session>, uri: Uri) -> Option<View> {
    let snapshot = session.drafts.snapshot(uri.as_str())?;
    let (abilities, preferences) = (session.abilities().clone(), &session.preferences);
    let (shows_inlays, shows_colours) = (preferences.shows_inlays(), preferences.shows_colours());
    let asking = session.clone();
    let mut checking = Box::pin(async move { check(&asking, snapshot).await });
    match tokio::time::timeout(session.patience, &mut checking).await {
        Ok(Ok(checked)) => Some(View { uri, checked, abilities, shows_inlays, shows_colours }),
        // The editor has been told already.
        Ok(Err(Failure::Setting(_))) => None,
        Ok(Err(failure)) => {
            log(&failure.to_string());
            None
        }
        Err(_) => {
            let herald = session.herald.clone();
            // What is shown in the meantime is to be asked for again.
            tokio::spawn(async move {
                if checking.await.is_ok() {
                    herald.refresh_shown();
                }
            });
            None
        }
    }
}

/// The draft of a snapshot, read and checked if it wasn't yet.
pub(super) async fn check(session: &Arc<Session>, snapshot: Snapshot) -> Result<Checked, Failure> {
    let loaded = session.setting_of(&snapshot).await.map_err(Failure::Setting)?;
    let as_of = Some(today());
    if let Some(draft) = snapshot.known(&loaded, as_of) {
        return Ok(Checked { snapshot, draft, loaded });
    }
    let permit = session.work.permit().await;
    check_now(session, snapshot, loaded, as_of, permit).await
}

/// The draft as it is when its turn comes, which may be later than it was when this was asked.
pub(super) async fn check_newest(session: &Arc<Session>, uri: &str) -> Option<Result<Checked, Failure>> {
    let first = session.drafts.snapshot(uri)?;
    let loaded = match session.setting_of(&first).await {
        Ok(loaded) => loaded,
        Err(problem) => return Some(Err(Failure::Setting(problem))),
    };
    let (permit, as_of) = (session.work.permit().await, Some(today()));
    let snapshot = session.drafts.snapshot(uri)?;
    if let Some(draft) = snapshot.known(&loaded, as_of) {
        return Some(Ok(Checked { snapshot, draft, loaded }));
    }
    Some(check_now(session, snapshot, loaded, as_of, permit).await)
}

async fn check_now<P: Send + 'static>(
    session: &Arc<Session>,
    snapshot: Snapshot,
    loaded: Arc<Loaded>,
    as_of: Option<Date>,
    permit: P,
) -> Result<Checked, Failure> {
    let started = Instant::now();
    let version = snapshot.version;
    let (answer, answered) = oneshot::channel();
    let check = move || {
        let mut before = None;
        let draft = snapshot.draft(&loaded, as_of, &mut before);
        drop(permit);
        // Who has gone away needs no answer.
        let _ = answer.send(draft.map(|draft| Checked { snapshot, draft, loaded }));
        // Nobody waits for the draft before to be taken apart.
        drop(before);
    };
    let task = tokio::task::spawn_blocking(check);
    let Ok(checked) = answered.await else {
        let reason = task.await.err().map(|error| error.to_string()).unwrap_or_default();
        log(&format!("a check failed; this is a fault of the server: {reason}"));
        return Err(Failure::Panicked);
    };
    let found = || checked.as_ref().map_or(0, |checked| checked.draft.findings.len());
    session.herald.trace(|| format!("checked version {version} in {} ms: {} findings", started.elapsed().as_millis(), found())).await;
    checked.map_err(Failure::Corpus)
}
