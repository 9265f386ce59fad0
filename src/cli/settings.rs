//! What the drafts of one command are checked against, each setting loaded once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::AgainstArguments;
use super::report::Against;
use crate::corpus::CorpusError;
use crate::finding::Severity;
use crate::workspace::{Overrides, Problem, Setting, find_config};

/// The settings of all drafts, each loaded once.
pub(super) struct Settings {
    config: Option<PathBuf>,
    overrides: Overrides,
    loaded: BTreeMap<Option<PathBuf>, Setting>,
}

impl Settings {
    pub(super) fn new(against: &AgainstArguments) -> Self {
        let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone() };
        Self { config: against.config.clone(), overrides, loaded: BTreeMap::new() }
    }

    /// Loads what holds for a draft, unless it is there; the key leads to it.
    pub(super) fn of(&mut self, draft: &Path) -> Result<Option<PathBuf>, Problem> {
        let key = self.config.clone().or_else(|| find_config(draft.parent().unwrap_or(Path::new(""))));
        if !self.loaded.contains_key(&key) {
            let setting = Setting::load(key.clone(), &self.overrides)?;
            // Checking against less than was asked for would look like agreement.
            if let Some(problem) = setting.missing_stylebook() {
                return Err(problem.clone());
            }
            self.loaded.insert(key.clone(), setting);
        }
        Ok(key)
    }

    pub(super) fn loaded(&self, key: Option<&PathBuf>) -> &Setting {
        &self.loaded[&key.cloned()]
    }

    /// What all drafts together are checked against.
    pub(super) fn against(&self) -> Result<Against, CorpusError> {
        let mut against = Against::default();
        for setting in self.loaded.values() {
            against.sources += setting.corpus.extent()?.sources;
            against.is_built_in |= setting.is_built_in();
            against.unread += setting.unread;
            against.skipped.extend(&setting.skipped);
        }
        Ok(against)
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        self.loaded.values().flat_map(|setting| setting.problems.clone()).collect()
    }

    pub(super) fn fail_on(&self) -> Option<Severity> {
        self.loaded.values().filter_map(|setting| setting.config.fail_on).min()
    }
}
