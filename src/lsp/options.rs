//! How a server is set up before an editor says anything.

use std::sync::Arc;
use std::time::Duration;

use crate::workspace::{Overrides, Setting};

/// See the fields; the default is what `copydesk lsp` runs with.
#[derive(Clone)]
pub struct Options {
    /// How long after a change a draft is checked; more changes put it off, at most threefold.
    pub debounce: Duration,
    /// How long an answer about a draft waits for a corpus that is still being read, or for a check. One that is given without is
    /// asked for again once it can be had, by editors that can be told to.
    pub patience: Duration,
    /// How long a check may take; then what it has found so far is shown.
    pub budget: Duration,
    /// Holds for all drafts in place of the configuration found upwards from each.
    pub setting: Option<Arc<Setting>>,
    pub overrides: Overrides,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            debounce: Duration::from_millis(50),
            patience: Duration::from_secs(2),
            budget: Duration::from_secs(10),
            setting: None,
            overrides: Overrides::default(),
        }
    }
}
