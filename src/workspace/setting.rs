//! What a draft is checked against: the configuration found upwards from it, and the corpus and stylebook that names.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{Problem, load_corpus, plainly, read_text, seed};
use crate::config::{self, Config};
use crate::corpus::Corpus;
use crate::rules;
use crate::stylebook::{Desk, Stylebook};

/// Everything read from disk that a check needs beside the draft.
#[derive(Clone)]
pub struct Setting {
    pub config: Config,
    /// The configuration's file.
    pub config_path: Option<PathBuf>,
    pub stylebook_path: Option<PathBuf>,
    /// The folders and files the corpus was read from; empty for the built-in one.
    pub corpus_paths: Vec<PathBuf>,
    /// The sources alone.
    pub sources: Arc<dyn Corpus>,
    /// What drafts are checked against: the sources, under the stylebook and above the reference.
    pub corpus: Arc<dyn Corpus>,
    /// Sources that could not be read, and what is wrong with the stylebook; the rest holds.
    pub problems: Vec<Problem>,
}

const NO_STYLEBOOK: &str = "there is no such stylebook";

/// What the command line or the editor says, above the configuration.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub corpus: Vec<PathBuf>,
    pub stylebook: Option<PathBuf>,
}

/// The configuration file that holds for a draft or folder: the nearest one upwards.
pub fn find_config(from: &Path) -> Option<PathBuf> {
    // A draft named by its name alone has the empty path for its folder.
    let from = if from.as_os_str().is_empty() { Path::new(".") } else { from };
    let from = std::path::absolute(from).ok()?;
    from.ancestors().map(|folder| folder.join(config::FILE_NAME)).find(|path| path.is_file())
}

/// A path without `.` and `..`, as an editor names the same file.
fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

impl Setting {
    /// Reads all that the configuration at `config_path` (or the built-in one) and `overrides` name.
    ///
    /// # Errors
    /// When the configuration is faulty, a corpus is missing, or the stylebook that `overrides` names is. One that the
    /// configuration names may be missing: see [`Setting::missing_stylebook`].
    pub fn load(config_path: Option<PathBuf>, overrides: &Overrides, generation: u64) -> Result<Self, Problem> {
        let config = match &config_path {
            Some(path) => Config::parse(&read_text(path)?, &rules::rule_names()).map_err(|fault| Problem::new(path, fault))?,
            None => Config::built_in(),
        };
        let folder = config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let corpus_paths: Vec<PathBuf> = if overrides.corpus.is_empty() {
            config.corpus.iter().map(|path| folder.join(path)).collect()
        } else {
            overrides.corpus.clone()
        };
        let mut problems = Vec::new();
        let sources: Arc<dyn Corpus> = if corpus_paths.is_empty() {
            Arc::new(seed::seed_corpus(seed::seed_folder().as_deref()))
        } else {
            let (corpus, found) = load_corpus(&corpus_paths, generation)?;
            problems.extend(found);
            Arc::new(corpus)
        };
        let stylebook_path = overrides.stylebook.clone().or_else(|| config.stylebook.as_ref().map(|path| plain_path(&folder.join(path))));
        let stylebook = match &stylebook_path {
            // An editor may still make the one that the configuration names.
            Some(path) if overrides.stylebook.is_none() && !path.exists() => {
                problems.push(Problem::new(path, NO_STYLEBOOK));
                Stylebook::default()
            }
            Some(path) => {
                let (stylebook, faults) = Stylebook::parse(&read_text(path)?, &path.to_string_lossy(), Some(path.clone()));
                problems.extend(faults.into_iter().map(|fault| Problem::new(path, fault)));
                stylebook
            }
            None => Stylebook::default(),
        };
        let corpus = Arc::new(Desk::new(sources.clone(), stylebook, config.reference));
        Ok(Self { config, config_path, stylebook_path, corpus_paths, sources, corpus, problems })
    }

    /// The same with another text of the stylebook, or none where it isn't there; the sources are not read again.
    #[must_use]
    pub fn with_stylebook(&self, text: Option<&str>) -> Self {
        let Some(path) = &self.stylebook_path else { return self.clone() };
        let mut problems: Vec<Problem> = self.problems.iter().filter(|problem| problem.path != *path).cloned().collect();
        let stylebook = if let Some(text) = text {
            let (stylebook, faults) = Stylebook::parse(text, &path.to_string_lossy(), Some(path.clone()));
            problems.extend(faults.into_iter().map(|fault| Problem::new(path, fault)));
            stylebook
        } else {
            problems.push(Problem::new(path, NO_STYLEBOOK));
            Stylebook::default()
        };
        let corpus = Arc::new(Desk::new(self.sources.clone(), stylebook, self.config.reference));
        Self { corpus, problems, ..self.clone() }
    }

    /// What is wrong with the stylebook.
    pub fn stylebook_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| Some(&problem.path) == self.stylebook_path.as_ref())
    }

    /// The stylebook that the configuration names and that isn't there: nothing has been decided until somebody makes it.
    pub fn missing_stylebook(&self) -> Option<&Problem> {
        self.stylebook_problems().find(|problem| problem.message == NO_STYLEBOOK)
    }
}

/// The text of a stylebook; none where there is no such file yet.
///
/// # Errors
/// As for any text that can't be read.
pub fn read_stylebook(path: &Path) -> Result<Option<String>, Problem> {
    if path.exists() { read_text(path).map(Some) } else { Ok(None) }
}

/// Makes a stylebook that isn't there yet; one that is there is never written over.
///
/// # Errors
/// When it can't be made, or somebody else has made it.
pub fn create_stylebook(path: &Path, text: &str) -> Result<(), Problem> {
    use std::io::Write as _;
    let problem = |error: std::io::Error| Problem::new(path, plainly(&error));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(problem)?;
    }
    let mut file = std::fs::File::create_new(path).map_err(problem)?;
    file.write_all(text.as_bytes()).map_err(problem)
}
