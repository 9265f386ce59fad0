//! All that a report tells.

use std::path::PathBuf;

use crate::check::{Draft, Why};
use crate::corpus::CorpusError;
use crate::finding::{Finding, Severity};
use crate::workspace::{Problem, Setting, Skipped};

/// A draft with what was found in it.
pub(in crate::cli) struct Linted {
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) draft: Draft,
}

pub(in crate::cli) struct Results {
    /// By path.
    pub(in crate::cli) drafts: Vec<Linted>,
    pub(in crate::cli) problems: Vec<Problem>,
    pub(in crate::cli) against: Against,
    /// The severity from which findings let the command fail.
    pub(in crate::cli) fail_on: Severity,
    /// How many fixes were made.
    pub(in crate::cli) fixed: usize,
    /// Whether findings are held against those that the desk has accepted.
    pub(in crate::cli) has_baseline: bool,
}

/// What the drafts were checked against, and what not.
#[derive(Debug, Default)]
pub(in crate::cli) struct Against {
    pub(in crate::cli) sources: usize,
    /// Whether these are, or are among them, those of the built-in demonstration corpus.
    pub(in crate::cli) is_built_in: bool,
    /// Sources that could not be read, or are named and not there.
    pub(in crate::cli) unread: usize,
    /// Files among the sources that are no texts.
    pub(in crate::cli) skipped: Skipped,
}

impl Against {
    /// Takes in what some of the drafts were checked against.
    pub(in crate::cli) fn add(&mut self, setting: &Setting) -> Result<(), CorpusError> {
        self.sources += setting.corpus.extent()?.sources;
        self.is_built_in |= setting.is_built_in();
        self.unread += setting.unread;
        self.skipped.extend(&setting.skipped);
        Ok(())
    }
}

impl Results {
    /// What was found in all drafts.
    pub(in crate::cli) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.drafts.iter().flat_map(|linted| &linted.draft.findings)
    }

    /// Whether a finding lets the command fail.
    pub(in crate::cli) fn fails(&self, finding: &Finding) -> bool {
        finding.severity >= self.fail_on
    }

    /// How many findings the desk has accepted, so that they aren't told.
    pub(super) fn accepted(&self) -> usize {
        let aside = self.drafts.iter().flat_map(|linted| &linted.draft.set_aside);
        aside.filter(|aside| matches!(aside.why, Why::Accepted(_))).count()
    }

    /// How many fixes are settled, so that `--fix` makes them.
    pub(super) fn fixable(&self) -> usize {
        self.findings().filter(|finding| finding.safe_fix().is_some()).count()
    }

    /// How many drafts have no date, neither their own nor one given for them.
    pub(super) fn undated(&self) -> usize {
        self.drafts.iter().filter(|linted| linted.draft.document.date().is_none()).count()
    }

    /// The words of all drafts' prose.
    pub(super) fn words(&self) -> usize {
        let blocks = self.drafts.iter().flat_map(|linted| linted.draft.document.blocks());
        blocks.map(|block| block.text.split_whitespace().count()).sum()
    }
}
