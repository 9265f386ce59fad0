//! The commands that an editor may have done, by name. None starts anything.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{ExecuteCommandParams, LSPAny, Uri};

use super::{APPLY, COMMANDS, DECIDE, DOSSIER, RELOAD, act, decide, extensions};
use crate::lsp::session::Session;

/// What [`DOSSIER`] is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    draft: Uri,
}

/// `workspace/executeCommand`
pub(in crate::lsp) async fn execute(session: &Arc<Session>, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    match params.command.as_str() {
        APPLY => act::apply(session, argument(APPLY, params.arguments)?).await?,
        DECIDE => decide::execute(session, argument(DECIDE, params.arguments)?).await?,
        DOSSIER => extensions::tell_dossier(session, &argument::<Draft>(DOSSIER, params.arguments)?.draft).await?,
        RELOAD => {
            if !params.arguments.is_empty() {
                return Err(Error::invalid_params(format!("{RELOAD} takes no arguments")));
            }
            session.reload_all();
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
