//! A draft as checked, or why there is none to answer from.

use std::sync::Arc;

use super::buffer::Snapshot;
use super::loaded::Loaded;
use crate::corpus::CorpusError;
use crate::features::Draft;
use crate::workspace::Problem;

/// A draft as checked, and the text it was checked from.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) snapshot: Snapshot,
    pub(super) draft: Arc<Draft>,
    pub(super) loaded: Arc<Loaded>,
}

/// Why there is no checked draft to answer from.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Setting(Problem),
    #[error("{0}")]
    Corpus(CorpusError),
    #[error("the check failed; this is a fault of the server")]
    Panicked,
    /// Another check is on its way, where there is still something to check.
    #[error("the draft is another by now: ask again")]
    Superseded,
}
