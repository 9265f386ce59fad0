//! Sees when somebody changes an archive that drafts are checked against. Another process does, and no editor tells of it: the archive is
//! asked for its generation now and then, which costs next to nothing.

use std::sync::Arc;
use std::time::Duration;

use super::session::Session;

/// How soon a change is seen at the latest.
const EVERY: Duration = Duration::from_millis(500);

/// Runs as long as the server.
pub(super) async fn run(session: Arc<Session>) {
    if let Some(shared) = session.shared() {
        // Whoever shares it among sessions looks at its archive for all of them.
        let mut changes = shared.changes();
        while changes.changed().await.is_ok() {
            session.recheck_all();
        }
        return;
    }
    loop {
        tokio::time::sleep(EVERY).await;
        if session.has_archives() {
            let asking = session.clone();
            // A fault is met again by whoever checks a draft, and told there.
            let _ = tokio::task::spawn_blocking(move || asking.renew()).await;
        }
    }
}
