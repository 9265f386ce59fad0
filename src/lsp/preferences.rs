//! What the person has set in the editor: the section `copydesk`, or the options it starts the server with.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use tower_lsp_server::ls_types::LSPAny;

use super::log::log;

/// In milliseconds; a slip in the settings is not to switch the checks off.
const LONGEST_DEBOUNCE: u64 = 10_000;

/// As an editor sends them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Sent {
    /// Milliseconds from a change to the check.
    debounce: Option<u64>,
    /// Whether measures and titles have hints behind them.
    inlay_hints: Option<bool>,
    /// Whether names, titles, figures and dates are coloured.
    colours: Option<bool>,
}

pub(super) struct Preferences {
    /// In milliseconds.
    debounce: AtomicU64,
    inlays: AtomicBool,
    colours: AtomicBool,
}

impl Preferences {
    pub(super) fn new(debounce: Duration) -> Self {
        let debounce = AtomicU64::new(debounce.as_millis() as u64);
        Self { debounce, inlays: AtomicBool::new(false), colours: AtomicBool::new(false) }
    }

    /// Takes over what is set; says whether hints or colours are shown now and weren't before, or the other way round.
    pub(super) fn take(&self, settings: LSPAny) -> bool {
        match serde_json::from_value::<Sent>(settings) {
            Ok(Sent { debounce, inlay_hints, colours }) => {
                if let Some(debounce) = debounce {
                    self.debounce.store(debounce.min(LONGEST_DEBOUNCE), Ordering::Relaxed);
                }
                let changes =
                    |shown: Option<bool>, before: &AtomicBool| shown.is_some_and(|shown| before.swap(shown, Ordering::Relaxed) != shown);
                // Both are to be taken over, whichever changes.
                changes(inlay_hints, &self.inlays) | changes(colours, &self.colours)
            }
            Err(error) => {
                log(&format!("settings that can't be understood: {error}"));
                false
            }
        }
    }

    pub(super) fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce.load(Ordering::Relaxed))
    }

    pub(super) fn shows_inlays(&self) -> bool {
        self.inlays.load(Ordering::Relaxed)
    }

    /// Not unless it is asked for: in prose, where every other word may be a name, colours drown the findings.
    pub(super) fn shows_colours(&self) -> bool {
        self.colours.load(Ordering::Relaxed)
    }
}
