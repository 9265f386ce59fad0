//! How a server is set up before an editor says anything.

use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use crate::features::Decision;
use crate::workspace::{Overrides, Problem};

/// Takes down what the desk has decided.
pub trait Decide: Send + Sync {
    /// Writes it into the stylebook.
    ///
    /// # Errors
    /// When there is none, or it can't be written.
    fn decide(&self, decision: &Decision) -> Result<(), Problem>;
}

/// Who writes the desk's decisions into its stylebook.
#[derive(Clone, Default)]
pub enum Decisions {
    /// The editor, which has the stylebook as a file like any other.
    #[default]
    Editor,
    /// Whom this hands it to, when a person asks for it.
    Given(Arc<dyn Decide>),
    /// Nobody; none are offered.
    Nobody,
}

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
    pub shared: Option<Arc<Shared>>,
    pub decisions: Decisions,
    pub overrides: Overrides,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            debounce: Duration::from_millis(50),
            patience: Duration::from_secs(2),
            budget: Duration::from_secs(10),
            shared: None,
            decisions: Decisions::default(),
            overrides: Overrides::default(),
        }
    }
}
