//! A corpus that is to be held against itself: its sources, to be read once more, and what the desk has decided.

use std::path::{Path, PathBuf};

use super::plan::{Overrides, Plan};
use super::sources::{Archive, field_names, load_corpus_telling};
use super::{Problem, Told, read_stylebook};
use crate::config::Config;
use crate::stylebook::Stylebook;

/// What a desk has.
#[derive(Debug)]
pub struct OwnCorpus {
    pub archive: Archive,
    pub stylebook: Stylebook,
    pub config: Config,
}

impl OwnCorpus {
    /// Reads what the configuration at `config_path` and `overrides` name; what is wrong with the stylebook is among the archive's problems.
    ///
    /// # Errors
    /// When no corpus is named, or it can't be read; the stylebook that is named is missing.
    pub fn load(config_path: Option<PathBuf>, overrides: &Overrides, told: &Told) -> Result<Self, Problem> {
        let Plan { config, config_path, corpus, databases, stylebook, .. } = Plan::of(config_path, overrides)?;
        if !databases.is_empty() {
            return Err(Problem::new(
                Path::new("corpus"),
                "is in a database; an audit reads the sources themselves: give them by --corpus",
            ));
        }
        let Some(paths) = corpus.filter(|paths| !paths.is_empty()) else {
            let path = config_path.unwrap_or_else(|| PathBuf::from("--corpus"));
            return Err(Problem::new(&path, "names no corpus"));
        };
        let mut archive = load_corpus_telling(&paths, field_names(&config), told)?;
        let stylebook = match &stylebook {
            None => Stylebook::default(),
            Some(path) => {
                let Some(text) = read_stylebook(path)? else { return Err(Problem::new(path, "there is no such stylebook")) };
                let (stylebook, faults) = Stylebook::parse(&text, &path.to_string_lossy(), Some(path.clone()));
                archive.problems.extend(faults.into_iter().map(|fault| Problem::new(path, fault)));
                stylebook
            }
        };
        Ok(Self { archive, stylebook, config })
    }
}
