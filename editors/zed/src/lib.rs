//! copydesk in Zed: which program is started, and with what settings. Nothing is downloaded: the program is the one on the PATH, or
//! the one that the settings name.

use zed_extension_api::serde_json::{Value, json};
use zed_extension_api::settings::LspSettings;
use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension};

const SERVER: &str = "copydesk";

const MISSING: &str = "The copydesk program is not there. Install it so that it is on the PATH, or say where it is in the settings: \
                       \"lsp\": { \"copydesk\": { \"binary\": { \"path\": \"/path/to/copydesk\" } } }";

struct Copydesk;

impl Extension for Copydesk {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(SERVER, worktree).ok().and_then(|settings| settings.binary);
        let (path, arguments) = binary.map(|binary| (binary.path, binary.arguments)).unwrap_or_default();
        let command = path.or_else(|| worktree.which(SERVER)).ok_or(MISSING)?;
        let args = arguments.unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_initialization_options(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(SERVER, worktree).ok();
        Ok(settings.and_then(|settings| settings.initialization_options.or(settings.settings)))
    }

    fn language_server_workspace_configuration(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(SERVER, worktree).ok().and_then(|settings| settings.settings);
        // The server asks for its section by name.
        Ok(settings.map(|settings| json!({ SERVER: settings })))
    }
}

register_extension!(Copydesk);
