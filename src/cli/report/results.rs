//! All that a report tells.

use std::path::PathBuf;

use crate::check::Draft;
use crate::finding::Finding;
use crate::workspace::Problem;

/// A draft with what was found in it.
pub(in crate::cli) struct Linted {
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) draft: Draft,
}

pub(in crate::cli) struct Results {
    /// By path.
    pub(in crate::cli) drafts: Vec<Linted>,
    pub(in crate::cli) problems: Vec<Problem>,
    pub(in crate::cli) sources: usize,
}

impl Results {
    /// What was found in all drafts.
    pub(in crate::cli) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.drafts.iter().flat_map(|linted| &linted.draft.findings)
    }

    /// The words of all drafts' prose.
    pub(super) fn words(&self) -> usize {
        let blocks = self.drafts.iter().flat_map(|linted| linted.draft.document.blocks());
        blocks.map(|block| block.text.split_whitespace().count()).sum()
    }
}
