//! What a draft is checked against: the configuration found upwards from it, and the corpus and stylebook that names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Problem, load_corpus, read_text, seed};
use crate::config::{self, Config};
use crate::corpus::Corpus;
use crate::rules;
use crate::stylebook::Stylebook;

/// Everything read from disk that a check needs beside the draft.
#[derive(Clone)]
pub struct Setting {
    pub config: Config,
    /// The configuration's file.
    pub config_path: Option<PathBuf>,
    pub stylebook: Arc<Stylebook>,
    pub stylebook_path: Option<PathBuf>,
    /// The folders and files the corpus was read from; empty for the built-in one.
    pub corpus_paths: Vec<PathBuf>,
    pub corpus: Arc<dyn Corpus>,
    /// Sources that could not be read; the rest holds.
    pub problems: Vec<Problem>,
}

/// What the command line or the editor says, above the configuration.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub corpus: Vec<PathBuf>,
    pub stylebook: Option<PathBuf>,
}

/// The configuration file that holds for a draft or folder: the nearest one upwards.
pub fn find_config(from: &Path) -> Option<PathBuf> {
    let from = std::path::absolute(from).ok()?;
    from.ancestors().map(|folder| folder.join(config::FILE_NAME)).find(|path| path.is_file())
}

impl Setting {
    /// Reads all that the configuration at `config_path` (or the built-in one) and `overrides` name.
    ///
    /// # Errors
    /// When the configuration is faulty, or a corpus or stylebook it names is missing.
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
        let corpus: Arc<dyn Corpus> = if corpus_paths.is_empty() {
            Arc::new(seed::seed_corpus(seed::seed_folder().as_deref()))
        } else {
            let (corpus, found) = load_corpus(&corpus_paths, generation)?;
            problems.extend(found);
            Arc::new(corpus)
        };
        let stylebook_path = overrides.stylebook.clone().or_else(|| config.stylebook.as_ref().map(|path| folder.join(path)));
        let stylebook = Arc::new(Stylebook::default());
        Ok(Self { config, config_path, stylebook, stylebook_path, corpus_paths, corpus, problems })
    }
}
