//! What a draft is checked against: the corpus and stylebook that its configuration names, read.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::plan::{self, Overrides, Plan, whole};
use super::sources::{field_names, files_of_corpus, load_corpus_telling};
use super::{Baseline, Problem, Skipped, Told, read_stylebook, seed};
use crate::check::{Draft, Fate};
use crate::config::Config;
use crate::corpus::{Corpus, MemoryCorpus};
use crate::stylebook::{Desk, Stylebook};

/// Everything read from disk that a check needs beside the draft.
#[derive(Clone)]
pub struct Setting {
    pub config: Config,
    /// The configuration's file.
    pub config_path: Option<PathBuf>,
    pub stylebook_path: Option<PathBuf>,
    /// Whether the person names the stylebook, on the command line or in the editor, and not a configuration.
    pub names_own_stylebook: bool,
    /// The folders and files the corpus was read from; empty for the built-in one.
    pub corpus_paths: Vec<PathBuf>,
    /// Where it is kept that others may change it: the folder of an archive, or a database.
    pub archive: Option<PathBuf>,
    /// The sources alone.
    pub sources: Arc<dyn Corpus>,
    /// What drafts are checked against: the sources, under the stylebook and above the reference.
    pub corpus: Arc<dyn Corpus>,
    /// Sources that could not be read, and what is wrong with the stylebook; the rest holds.
    pub problems: Vec<Problem>,
    /// How many sources are missing from the corpus: they could not be read, or are named and not there.
    pub unread: usize,
    /// Files among the sources that are no texts.
    pub skipped: Skipped,
    /// Whether a stylebook is named and not there.
    pub lacks_stylebook: bool,
    /// What the desk has accepted.
    pub baseline: Baseline,
    /// Whether a baseline is named and not there.
    pub lacks_baseline: bool,
}

const NO_BASELINE: &str = "there is no such baseline; `copydesk lint --write-baseline` makes one";

const NO_STYLEBOOK: &str = "there is no such stylebook";

/// What to do about the demonstration.
pub const NAME_YOUR_OWN: &str = "on the Ukraine talks of 2025; set `corpus` in copydesk.toml to your own sources, or to [] for none";

/// What a command says beside what drafts are checked against.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// The baseline in place of those that configurations name.
    pub baseline: Option<PathBuf>,
    /// Is told how far the sources are read.
    pub told: Told,
    /// Whether each file of a large archive is looked at, and not its folders alone.
    pub looks_at_all: bool,
    /// Whether a corpus may be out of reach for now: who goes on for long asks again.
    pub may_be_away: bool,
}

impl Setting {
    /// A setting with these sources and nothing configured.
    pub fn of(sources: Arc<dyn Corpus>) -> Self {
        Self {
            config: Config::default(),
            config_path: None,
            stylebook_path: None,
            names_own_stylebook: false,
            corpus_paths: Vec::new(),
            archive: None,
            corpus: sources.clone(),
            sources,
            problems: Vec::new(),
            unread: 0,
            skipped: Skipped::default(),
            lacks_stylebook: false,
            baseline: Baseline::default(),
            lacks_baseline: false,
        }
    }

    /// Reads all that the configuration at `config_path` (or the built-in one) and `overrides` name.
    ///
    /// # Errors
    /// As for [`Plan::of`], and when a corpus is missing or empty, or the stylebook that `overrides` names is missing. One that
    /// the configuration names may be: see [`Setting::missing_stylebook`].
    pub fn load(config_path: Option<PathBuf>, overrides: &Overrides) -> Result<Self, Problem> {
        Self::load_with(config_path, overrides, &Aside::default())
    }

    /// The same, with what a command says beside.
    ///
    /// # Errors
    /// As for [`Setting::load`].
    pub fn load_with(config_path: Option<PathBuf>, overrides: &Overrides, aside: &Aside) -> Result<Self, Problem> {
        let plan = Plan::of(config_path, overrides)?;
        let mut setting = Self::sourced(&plan, aside)?;
        let Plan { config, config_path, stylebook, names_own_stylebook, baseline, .. } = plan;
        setting.accept(aside.baseline.clone().or(baseline));
        setting.config = config;
        setting.config_path = config_path;
        setting.names_own_stylebook = names_own_stylebook;
        let text = match &stylebook {
            Some(path) => read_stylebook(path)?,
            None => None,
        };
        if let (None, Some(path), true) = (&text, &stylebook, names_own_stylebook) {
            return Err(Problem::new(path, NO_STYLEBOOK));
        }
        setting.stylebook_path = stylebook;
        Ok(setting.with_stylebook(text.as_deref()))
    }

    /// The sources that are meant, and no more yet.
    fn sourced(plan: &Plan, aside: &Aside) -> Result<Self, Problem> {
        #[cfg(feature = "postgres")]
        if let Some(first) = plan.databases.first() {
            let store = super::database::open(&plan.databases, aside.may_be_away)?;
            let archive = Some(PathBuf::from(crate::postgres::shown_address(first)));
            return Ok(Self { archive, ..Self::of(Arc::new(crate::corpus::Answering::over(store))) });
        }
        let Some(corpus_paths) = plan.corpus.clone() else {
            return Ok(Self::of(Arc::new(seed::seed_corpus(seed::seed_folder().as_deref()))));
        };
        if corpus_paths.is_empty() {
            return Ok(Self::of(Arc::new(MemoryCorpus::default())));
        }
        #[cfg(feature = "archive")]
        {
            let on_disk = match super::DeskArchive::itself(&corpus_paths) {
                Some(archive) => Some((archive.load_as_it_is()?, archive)),
                None => super::DeskArchive::of(plan, None)
                    .map(|archive| Ok((archive.load(aside.looks_at_all, &aside.told)?, archive)))
                    .transpose()?
                    .and_then(|(on_disk, archive)| Some((on_disk?, archive))),
            };
            if let Some((on_disk, archive)) = on_disk {
                let (problems, unread, skipped) = (on_disk.problems, on_disk.unread, on_disk.skipped);
                let archive = Some(archive.folder().to_owned());
                return Ok(Self { corpus_paths, archive, problems, unread, skipped, ..Self::of(Arc::new(on_disk.corpus)) });
            }
        }
        let archive = load_corpus_telling(&corpus_paths, field_names(&plan.config), &aside.told)?;
        let (problems, unread, skipped) = (archive.problems, archive.unread, archive.skipped);
        Ok(Self { corpus_paths, problems, unread, skipped, ..Self::of(Arc::new(archive.corpus)) })
    }

    /// The configuration as it holds for a draft; of one that is in no file, for drafts at large.
    pub fn config_at(&self, draft: Option<&Path>) -> Cow<'_, Config> {
        match draft {
            Some(draft) => self.config.at(&plan::within(draft, self.config_path.as_deref())),
            None => Cow::Borrowed(&self.config),
        }
    }

    /// The same with another text of the stylebook, or none where it isn't there; the sources are not read again.
    #[must_use]
    pub fn with_stylebook(&self, text: Option<&str>) -> Self {
        let desk = |stylebook| Arc::new(Desk::new(self.sources.clone(), stylebook, self.config.reference));
        let Some(path) = &self.stylebook_path else { return Self { corpus: desk(Stylebook::default()), ..self.clone() } };
        let mut problems: Vec<Problem> = self.problems.iter().filter(|problem| problem.path != *path).cloned().collect();
        let stylebook = if let Some(text) = text {
            let (stylebook, faults) = Stylebook::parse(text, &path.to_string_lossy(), Some(path.clone()));
            problems.extend(faults.into_iter().map(|fault| Problem::new(path, fault)));
            stylebook
        } else {
            problems.push(Problem::new(path, NO_STYLEBOOK));
            Stylebook::default()
        };
        Self { corpus: desk(stylebook), problems, lacks_stylebook: text.is_none(), ..self.clone() }
    }

    /// Takes what the file at `path` accepts. One that is faulty accepts nothing, so that what it was to keep still is heard.
    fn accept(&mut self, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        match Baseline::read(&path) {
            Ok(baseline) => {
                self.lacks_baseline = baseline.is_none();
                if self.lacks_baseline {
                    self.problems.push(Problem::new(&path, NO_BASELINE));
                }
                self.baseline = baseline.unwrap_or_else(|| Baseline::at(&path));
            }
            Err(problem) => {
                self.baseline = Baseline::at(&path);
                self.problems.push(problem);
            }
        }
    }

    /// Whether the built-in demonstration corpus answers, since nobody names another.
    pub fn is_built_in(&self) -> bool {
        self.corpus.is_demonstration()
    }

    /// What drafts are held against, in words, with what is missing from it: "12 sources (1 more can't be read; skipped 2 files: 2 .docx)".
    ///
    /// Of a corpus that can't be read, why.
    pub fn against(&self) -> String {
        let unread = (self.unread > 0).then(|| format!("{} more can't be read", self.unread));
        let skipped = (self.skipped.count() > 0).then(|| format!("skipped {}", self.skipped));
        let missing: Vec<String> = unread.into_iter().chain(skipped).collect();
        let sources = self.corpus.sources().unwrap_or_else(|error| error.to_string());
        if missing.is_empty() { sources } else { format!("{sources} ({})", missing.join("; ")) }
    }

    /// What a person should hear of it first: a problem, or that no sources have been named.
    pub fn remark(&self) -> Option<String> {
        let unnamed = || self.is_built_in().then(|| format!("checked against {}, {NAME_YOUR_OWN}", self.against()));
        self.problems.first().map(ToString::to_string).or_else(unnamed)
    }

    /// Whether a draft, met below one of the `given` folders, is a source: it lies in a part of the corpus that lies there too. One that
    /// is given itself, or in a folder of the corpus that is, is a draft.
    pub fn is_source(&self, draft: &Path, given: &[PathBuf]) -> bool {
        let draft = whole(draft);
        let mut corpus = self.corpus_paths.iter().map(|path| whole(path)).filter(|corpus| draft.starts_with(corpus));
        corpus.any(|corpus| given.iter().map(|path| whole(path)).any(|given| corpus.starts_with(&given) && corpus != given))
    }

    /// Whether a text that an editor opens is a source, opened to read what it says: it lies in the corpus, and not in a folder of it
    /// that is the desk's own, where drafts and sources are the same texts.
    pub fn is_opened_source(&self, text: &Path, folders: &[PathBuf]) -> bool {
        let text = whole(text);
        if self.is_built_in() {
            return seed::seed_folder().is_some_and(|built_in| text.starts_with(whole(&built_in)));
        }
        let own = self.config_path.as_deref().and_then(Path::parent);
        let own: Vec<PathBuf> = folders.iter().map(PathBuf::as_path).chain(own).map(whole).collect();
        let mut corpus = self.corpus_paths.iter().map(|path| whole(path)).filter(|corpus| text.starts_with(corpus));
        corpus.any(|corpus| !own.iter().any(|folder| folder.starts_with(&corpus)))
    }

    /// All files that it was read from, or would be.
    pub fn files(&self) -> Vec<PathBuf> {
        let own = [&self.config_path, &self.stylebook_path, &self.baseline.path];
        own.into_iter().flatten().cloned().chain(files_of_corpus(&self.corpus_paths)).collect()
    }

    /// What is wrong with the stylebook.
    pub fn stylebook_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| Some(&problem.path) == self.stylebook_path.as_ref())
    }

    /// Whether a text is checked where no draft is named.
    pub fn is_draft(&self, text: &Path) -> bool {
        self.config.drafts.as_ref().is_none_or(|drafts| drafts.meet(&plan::within(text, self.config_path.as_deref())))
            && !self.excludes(text)
    }

    /// Whether a text is no draft, unless it is named itself.
    pub fn excludes(&self, text: &Path) -> bool {
        !self.config.exclude.is_empty() && self.config.exclude.meet(&plan::within(text, self.config_path.as_deref()))
    }

    /// Takes out of the draft at `path` what the desk has accepted, and all of one that it excludes: what an editor isn't to show.
    pub fn quieten(&self, draft: &mut Draft, path: &Path, today: Date) {
        let is_excluded = self.excludes(path);
        // Most desks have neither, and this is done at each keystroke.
        if is_excluded || !self.baseline.is_empty() {
            let accepted = |print| self.baseline.accepted(path, print, today).map(Fate::SetAside);
            draft.sort_out(|_, print| if is_excluded { Fate::LeftOut } else { accepted(print).unwrap_or(Fate::Told) });
        }
    }

    /// What is wrong with the baseline.
    pub fn baseline_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| self.baseline.path.as_ref() == Some(&problem.path))
    }

    /// The stylebook that the configuration names and that isn't there: nothing has been decided until somebody makes it.
    pub fn missing_stylebook(&self) -> Option<&Problem> {
        self.stylebook_problems().find(|_| self.lacks_stylebook)
    }
}
