//! What the drafts of one command are checked against, each setting loaded once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::AgainstArguments;
use super::progress::Progress;
use super::report::Against;
use crate::corpus::CorpusError;
use crate::finding::Severity;
use crate::workspace::{Aside, Overrides, Problem, Setting, Told, find_config};

/// The settings of all drafts, each loaded once.
pub(super) struct Settings {
    config: Option<PathBuf>,
    overrides: Overrides,
    aside: Aside,
    /// Whether a baseline that is named may be missing, since it is to be made.
    makes_baseline: bool,
    loaded: BTreeMap<Option<PathBuf>, Setting>,
}

impl Settings {
    pub(super) fn new(against: &AgainstArguments) -> Self {
        let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone(), ..Overrides::default() };
        Self { config: against.config.clone(), overrides, aside: Aside::default(), makes_baseline: false, loaded: BTreeMap::new() }
    }

    /// Shows how far the sources are read.
    #[must_use]
    pub(super) fn showing(mut self, progress: &Arc<Progress>) -> Self {
        let progress = progress.clone();
        self.aside.told = Told::to(move |done, all| progress.tell("reading sources", done, all));
        self
    }

    /// With this baseline in place of those that configurations name, which may be missing where it is to be made.
    #[must_use]
    pub(super) fn with_baseline(mut self, baseline: Option<&Path>, is_made: bool) -> Self {
        self.aside.baseline = baseline.map(Path::to_owned);
        self.makes_baseline = is_made;
        self
    }

    /// Loads what holds for a draft, unless it is there; the key leads to it.
    pub(super) fn of(&mut self, draft: &Path) -> Result<Option<PathBuf>, Problem> {
        let key = self.config.clone().or_else(|| find_config(draft.parent().unwrap_or(Path::new(""))));
        if !self.loaded.contains_key(&key) {
            let setting = Setting::load_with(key.clone(), &self.overrides, &self.aside)?;
            // Checking against less than was asked for would look like agreement.
            if let Some(problem) = setting.missing_stylebook() {
                return Err(problem.clone());
            }
            if let Some(problem) = setting.baseline_problems().next().filter(|_| !(setting.lacks_baseline && self.makes_baseline)) {
                return Err(problem.clone());
            }
            self.loaded.insert(key.clone(), setting);
        }
        Ok(key)
    }

    pub(super) fn loaded(&self, key: Option<&PathBuf>) -> &Setting {
        &self.loaded[&key.cloned()]
    }

    /// All that have been loaded.
    pub(super) fn all(&self) -> impl Iterator<Item = &Setting> {
        self.loaded.values()
    }

    /// What all drafts together are checked against.
    pub(super) fn against(&self) -> Result<Against, CorpusError> {
        let mut against = Against::default();
        for setting in self.loaded.values() {
            against.add(setting)?;
        }
        Ok(against)
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let of = |setting: &Setting| {
            let to_be_made = setting.baseline.path.clone().filter(|_| setting.lacks_baseline);
            setting.problems.iter().filter(move |problem| Some(&problem.path) != to_be_made.as_ref()).cloned().collect::<Vec<_>>()
        };
        self.loaded.values().flat_map(of).collect()
    }

    pub(super) fn fail_on(&self) -> Option<Severity> {
        self.loaded.values().filter_map(|setting| setting.config.fail_on).min()
    }
}

/// What holds for drafts in the working folder.
///
/// # Errors
/// When it can't be checked against; the message says why.
#[cfg(feature = "mcp")]
pub fn setting_here(against: &AgainstArguments) -> Result<Setting, Problem> {
    let mut settings = Settings::new(against);
    let key = settings.of(Path::new("draft.md"))?;
    Ok(settings.loaded(key.as_ref()).clone())
}
