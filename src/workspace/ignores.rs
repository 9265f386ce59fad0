//! Ignore files, as ripgrep and git understand them, but read through the door: a folder that came from elsewhere may have
//! anything under these names. A person's own git settings are not heard, so that a desk has the same drafts on every machine.

use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Problem;
use super::door::{self, Kind};

/// So many patterns one ignore file may have; people's have some hundreds.
const MOST_PATTERNS: usize = 5_000;

/// So many patterns all ignore files of one walk may have.
const MOST_PATTERNS_IN_ALL: usize = 20_000;

/// What the ignore files of a folder say, and those of all folders it lies in.
#[derive(Debug, Default)]
pub(super) struct Ignores {
    above: Option<Arc<Ignores>>,
    /// `.ignore`
    ours: Option<Gitignore>,
    /// `.gitignore`
    git: Option<Gitignore>,
    /// `.git/info/exclude`
    exclude: Option<Gitignore>,
    /// Whether it is the top of a repository, above which git looks no further.
    is_repository: bool,
}

impl Ignores {
    /// Whether a file or folder is left out; its path is absolute. Hidden ones are, unless a pattern asks for them.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        let hidden = || path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        match self.said_by(path, is_folder, |level| level.ours.as_ref(), false) {
            Match::None => {}
            said => return said.is_ignore(),
        }
        match self.said_by(path, is_folder, |level| level.git.as_ref(), true) {
            Match::None => {}
            said => return said.is_ignore(),
        }
        match self.said_by(path, is_folder, |level| level.exclude.as_ref(), true) {
            Match::None => hidden(),
            said => said.is_ignore(),
        }
    }

    /// What the nearest of the ignore files of one kind says that says anything.
    fn said_by(&self, path: &Path, is_folder: bool, file: impl Fn(&Self) -> Option<&Gitignore>, is_git: bool) -> Match<()> {
        let mut level = Some(self);
        while let Some(at) = level {
            let said = file(at).map_or(Match::None, |patterns| patterns.matched(path, is_folder).map(|_| ()));
            if !said.is_none() {
                return said;
            }
            level = at.above.as_deref().filter(|_| !(is_git && at.is_repository));
        }
        Match::None
    }
}

/// Reads the ignore files of one walk.
#[derive(Debug, Default)]
pub(super) struct IgnoreReader {
    patterns: usize,
    pub(super) problems: Vec<Problem>,
}

impl IgnoreReader {
    /// What holds in a folder, whose path is absolute.
    pub(super) fn at(&mut self, folder: &Path) -> Arc<Ignores> {
        let mut folders: Vec<&Path> = folder.ancestors().collect();
        folders.reverse();
        folders.into_iter().fold(Arc::default(), |above, folder| self.below(&above, folder))
    }

    /// What holds in a folder directly below another.
    pub(super) fn below(&mut self, above: &Arc<Ignores>, folder: &Path) -> Arc<Ignores> {
        let repository = folder.join(".git");
        let is_repository = repository.exists();
        let ours = self.read(folder, &folder.join(".ignore"));
        let git = self.read(folder, &folder.join(".gitignore"));
        let exclude = if is_repository { self.read(folder, &repository.join("info").join("exclude")) } else { None };
        if ours.is_none() && git.is_none() && !is_repository {
            return above.clone();
        }
        Arc::new(Ignores { above: Some(above.clone()), ours, git, exclude, is_repository })
    }

    /// The patterns of a file; none where it isn't there or can't be heeded.
    fn read(&mut self, folder: &Path, path: &Path) -> Option<Gitignore> {
        if !path.exists() {
            return None;
        }
        self.patterns(folder, path).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn patterns(&mut self, folder: &Path, path: &Path) -> Result<Gitignore, Problem> {
        let bytes = door::read(path, Kind::Ignores)?;
        let text = String::from_utf8_lossy(&bytes);
        let lines = || text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        self.patterns += lines().count();
        if lines().count() > MOST_PATTERNS || self.patterns > MOST_PATTERNS_IN_ALL {
            self.patterns -= lines().count();
            let message =
                format!("is not heeded: more than {MOST_PATTERNS} patterns, or {MOST_PATTERNS_IN_ALL} with those of other folders");
            return Err(Problem::new(path, message));
        }
        let mut builder = GitignoreBuilder::new(folder);
        for line in lines() {
            // What is no pattern ignores nothing, as with git.
            let _ = builder.add_line(None, line);
        }
        builder.build().map_err(|_| Problem::new(path, "is not heeded: its patterns are too large"))
    }
}
