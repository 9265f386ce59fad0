//! The commands that an editor may have done, by name. None starts anything.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{ExecuteCommandParams, LSPAny, Uri};

use super::state::{Checked, State};
use super::{act, decide};

/// Does what a code action offers, for editors that take actions as commands only.
pub(super) const APPLY: &str = "copydesk.apply";
/// Writes a decision into the stylebook that holds for a draft.
pub(super) const DECIDE: &str = "copydesk.decide";
/// Reads configurations, stylebooks and sources again.
const RELOAD: &str = "copydesk.reload";
/// All commands.
pub(super) const COMMANDS: [&str; 3] = [APPLY, DECIDE, RELOAD];

/// `workspace/executeCommand`
pub(super) async fn execute(state: &Arc<State>, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    match params.command.as_str() {
        APPLY => act::apply(state, argument(APPLY, params.arguments)?).await?,
        DECIDE => decide::execute(state, argument(DECIDE, params.arguments)?).await?,
        RELOAD => {
            if !params.arguments.is_empty() {
                return Err(Error::invalid_params(format!("{RELOAD} takes no arguments")));
            }
            state.reload_all();
        }
        other => {
            let message = format!("there is no command `{}`; there are {}", shortened(other), COMMANDS.join(", "));
            return Err(Error::invalid_params(message));
        }
    }
    Ok(None)
}

/// The one argument of a command.
fn argument<T: DeserializeOwned>(command: &str, arguments: Vec<LSPAny>) -> Result<T> {
    let Ok([argument]) = <[LSPAny; 1]>::try_from(arguments) else {
        return Err(Error::invalid_params(format!("{command} takes one argument")));
    };
    serde_json::from_value(argument).map_err(|error| Error::invalid_params(format!("{command}: {error}")))
}

fn shortened(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The open draft that a command is about.
pub(super) async fn open_draft(state: &Arc<State>, draft: &Uri) -> Result<Checked> {
    let Some(snapshot) = state.snapshot(draft.as_str()) else {
        return Err(Error::invalid_params(format!("{} is not open", draft.as_str())));
    };
    state.check(snapshot).await.map_err(|failure| refused(&failure.to_string()))
}

/// What can't be done, though it was asked for well.
pub(super) fn refused(message: &str) -> Error {
    Error { message: message.to_owned().into(), ..Error::invalid_request() }
}
