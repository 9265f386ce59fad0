//! Has drafts read and checked, each on a thread of its own when its turn comes.

use std::sync::Arc;
use std::time::Instant;

use tower_lsp_server::jsonrpc::{Error, Result as Answer};
use tower_lsp_server::ls_types::Uri;

use super::analysis::Stop;
use super::buffer::Snapshot;
use super::checked::{Checked, Failure};
use super::loaded::{Loaded, today};
use super::log::log;
use super::session::Session;
use super::view::View;

/// The checked draft that a request is about, as it is now; none for one that isn't open or can't be checked in time.
pub(super) async fn view(session: &Arc<Session>, uri: Uri) -> Answer<Option<View>> {
    let Some(snapshot) = session.drafts.snapshot(uri.as_str()) else { return Ok(None) };
    let (abilities, shown) = (session.abilities().clone(), session.preferences.shown());
    let asking = session.clone();
    let mut checking = Box::pin(async move { check(&asking, snapshot).await });
    match tokio::time::timeout(session.patience, &mut checking).await {
        Ok(Ok(checked)) => {
            let is_source = session.is_source(checked.snapshot.path.as_deref());
            Ok(Some(View { uri, checked, abilities, shown, is_source }))
        }
        Ok(Err(Failure::Superseded)) => Err(Error::content_modified()),
        // The editor has been told already.
        Ok(Err(Failure::Setting(_))) => Ok(None),
        Ok(Err(failure)) => {
            let is_away = matches!(failure, Failure::Corpus(_)) && session.misses_corpus(&failure).await;
            if !is_away {
                log(&failure.to_string());
            }
            Ok(None)
        }
        Err(_) => {
            let herald = session.herald.clone();
            // What is shown in the meantime is to be asked for again.
            tokio::spawn(async move {
                if checking.await.is_ok() {
                    herald.refresh_shown();
                }
            });
            Ok(None)
        }
    }
}

/// The draft of a snapshot, read and checked if it wasn't yet.
pub(super) async fn check(session: &Arc<Session>, snapshot: Snapshot) -> Result<Checked, Failure> {
    let loaded = session.setting_of(&snapshot).await.map_err(Failure::Setting)?;
    let wanted = move || Some(snapshot.clone());
    checked(session, wanted, loaded).await.unwrap_or(Err(Failure::Superseded))
}

/// The draft as it is when its turn comes, which may be later than it was when this was asked; none for one that isn't open.
pub(super) async fn check_newest(session: &Arc<Session>, uri: &str) -> Option<Result<Checked, Failure>> {
    let first = session.drafts.snapshot(uri)?;
    let loaded = match session.setting_of(&first).await {
        Ok(loaded) => loaded,
        Err(problem) => return Some(Err(Failure::Setting(problem))),
    };
    let (drafts, uri) = (session.drafts.clone(), uri.to_owned());
    loop {
        let (drafts, uri) = (drafts.clone(), uri.clone());
        match checked(session, move || drafts.snapshot(&uri), loaded.clone()).await {
            Some(Err(Failure::Superseded)) => {}
            found => return found,
        }
    }
}

/// What is `wanted` once its turn comes, checked against this.
async fn checked(
    session: &Arc<Session>,
    wanted: impl Fn() -> Option<Snapshot> + Send + 'static,
    loaded: Arc<Loaded>,
) -> Option<Result<Checked, Failure>> {
    let first = wanted()?;
    if let Some(draft) = first.known(&loaded, Some(today())) {
        return Some(Ok(Checked { snapshot: first, draft, loaded }));
    }
    let session = session.clone();
    // Who asked may go away; a check that has begun is of use to the next who asks.
    let turn = tokio::spawn(async move {
        let analysis = first.analysis;
        let _one_at_a_time = analysis.checking.lock().await;
        loop {
            let place = session.work.place_at(&analysis.pace).await;
            let snapshot = wanted()?;
            let as_of = Some(today());
            if let Some(draft) = snapshot.known(&loaded, as_of) {
                return Some(Ok(Checked { snapshot, draft, loaded }));
            }
            let started = Instant::now();
            let end = started.checked_add(session.budget).unwrap_or(started);
            let stop = Arc::new(Stop::new(snapshot.analysis.clone(), snapshot.revision, end));
            let (own, against, stopping) = (snapshot.clone(), loaded.clone(), stop.clone());
            let is_source = session.is_source(snapshot.path.as_deref());
            let check = move || {
                let mut before = None;
                let draft =
                    own.analysis.draft(|| own.document(), (&against, own.path.as_deref(), as_of, is_source), &stopping, &mut before);
                (draft, before)
            };
            let (draft, before) = match session.work.run(place, &analysis.pace, check, || stop.give_way()).await {
                Ok(done) => done,
                Err(error) => {
                    let draft = snapshot.path.as_deref().map_or_else(|| "a draft".to_owned(), |path| path.display().to_string());
                    log(&format!("checking {draft} failed; this is a fault of the server: {error}"));
                    return Some(Err(Failure::Panicked));
                }
            };
            // Nobody waits for the draft before to be taken apart.
            drop(tokio::task::spawn_blocking(move || drop(before)));
            match draft {
                Ok(Some(draft)) => {
                    let (version, spent, found) = (snapshot.version, started.elapsed().as_millis(), draft.findings.len());
                    session.herald.trace(|| format!("checked version {version} in {spent} ms: {found} findings")).await;
                    return Some(Ok(Checked { snapshot, draft, loaded }));
                }
                Ok(None) if stop.is_superseded() => return Some(Err(Failure::Superseded)),
                // It has given way to others, and waits among the slow.
                Ok(None) => {}
                Err(error) => return Some(Err(Failure::Corpus(error))),
            }
        }
    });
    turn.await.unwrap_or(Some(Err(Failure::Panicked)))
}
