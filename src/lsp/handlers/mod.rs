//! What is done about each message. The type of a handler says what it may reach and whether it may wait:
//!
//! - a [`Notice`] has the session and returns at once: nothing comes between a change and its being made;
//! - a [`Question`] has a view of one draft and nothing else, and is answered on a thread of its own; one about the desk's own files
//!   has that file;
//! - what concerns the whole desk (`across`, `act`, `commands`, `extensions`, `pull`) is an `async fn` of the session, which waits for others
//!   and blocks nobody.

pub(super) mod about;
pub(super) mod across;
pub(super) mod act;
pub(super) mod commands;
mod decide;
pub(super) mod extensions;
pub(super) mod notices;
pub(super) mod papers;
pub(super) mod pull;

use std::sync::Arc;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::Uri;

use super::checked::{Checked, Failure};
use super::checks::check;
use super::session::Session;
use super::view::{Paper, View};

/// Takes in a notification.
pub(super) type Notice<P> = fn(&Arc<Session>, &P);

/// Answers from one draft as checked.
pub(super) type Question<P, A> = fn(&View, &P) -> A;

/// Answers from one of the desk's own files.
pub(super) type PaperQuestion<P, A> = fn(&Paper, &P) -> Option<A>;

/// Does what a code action offers, for editors that take actions as commands only.
const APPLY: &str = "copydesk.apply";
/// Writes a decision into the stylebook that holds for a draft.
const DECIDE: &str = "copydesk.decide";
/// Reads configurations, stylebooks and sources again.
const RELOAD: &str = "copydesk.reload";
/// Tells what a draft's dossier comes to; an editor that shows dossiers does that in its place.
pub(super) const DOSSIER: &str = "copydesk.dossier";
/// All commands.
pub(super) const COMMANDS: [&str; 4] = [APPLY, DECIDE, RELOAD, DOSSIER];

/// The open draft that a command is about.
async fn open_draft(session: &Arc<Session>, draft: &Uri) -> Result<Checked> {
    let Some(snapshot) = session.drafts.snapshot(draft.as_str()) else {
        return Err(Error::invalid_params(format!("{} is not open", draft.as_str())));
    };
    check(session, snapshot).await.map_err(|failure| match failure {
        Failure::Superseded => Error { message: failure.to_string().into(), ..Error::content_modified() },
        failure => refused(&failure.to_string()),
    })
}

/// What can't be done, though it was asked for well.
fn refused(message: &str) -> Error {
    Error { message: message.to_owned().into(), ..Error::invalid_request() }
}
