//! Looks through a folder the way ripgrep does: ignore files respected, hidden files left out, links to folders not followed. A
//! folder may be anybody's, so that it has bounds: one file system, and so many files.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::door::{is_hidden_elsewhere, is_of_the_system};
use super::ignores::{IgnoreReader, Ignores};
use super::{Problem, listing, plainly};
use crate::ingest;
use crate::markup::Format;

/// So many files and folders are looked at; the largest archives have some hundred thousand articles.
const MOST_ENTRIES: usize = 1_000_000;

/// So many endings of files that were passed over are told.
const ENDINGS_TOLD: usize = 5;

/// Whether a file is a text by its name.
pub(super) fn is_text(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).and_then(Format::of_ending).is_some()
}

/// What files are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Drafts,
    Sources,
}

impl Wanted {
    /// Whether a file is one by its name.
    pub(super) fn has(self, path: &Path) -> bool {
        let is_source = || path.file_name().and_then(OsStr::to_str).is_some_and(ingest::is_source);
        match self {
            Self::Drafts => is_text(path) || is_word_document(path) && is_source(),
            Self::Sources => is_source(),
        }
    }
}

/// `.md, .markdown …`, to be told to who has something else for a source.
pub(super) fn source_endings() -> String {
    ingest::endings().into_iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ")
}

/// Whether a file is a Word document by its name.
pub(super) fn is_word_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
}

/// What a folder has.
#[derive(Debug)]
pub(super) struct Found {
    wanted: Wanted,
    /// The texts, in the order of their names.
    pub(super) files: Vec<PathBuf>,
    /// The folders that have a `sources.toml`.
    pub(super) listed: Vec<PathBuf>,
    pub(super) skipped: Skipped,
    pub(super) problems: Vec<Problem>,
}

/// What was passed over: files that are no texts by their names, by ending; and what is in files and is no article to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Skipped {
    by_ending: BTreeMap<String, usize>,
    within: BTreeMap<String, usize>,
}

impl Skipped {
    pub fn count(&self) -> usize {
        self.by_ending.values().chain(self.within.values()).sum()
    }

    /// Counts something in files, by what it is in the plural.
    pub(super) fn add_within(&mut self, kind: String, count: usize) {
        if count > 0 {
            *self.within.entry(kind).or_default() += count;
        }
    }

    pub(super) fn add(&mut self, path: &Path) {
        let ending =
            path.extension().map_or("without an ending".to_owned(), |ending| format!(".{}", ending.to_string_lossy().to_lowercase()));
        self.add_kind(ending);
    }

    fn add_kind(&mut self, kind: String) {
        *self.by_ending.entry(kind).or_default() += 1;
    }

    pub fn extend(&mut self, other: &Self) {
        for (own, others) in [(&mut self.by_ending, &other.by_ending), (&mut self.within, &other.within)] {
            for (kind, count) in others {
                *own.entry(kind.clone()).or_default() += count;
            }
        }
    }
}

/// `14 files: 12 .pdf, 2 .csv; 3 pictures, 1 articles in de`
impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: usize = self.by_ending.values().sum();
        if files > 0 {
            write!(f, "{files} {}: {}", if files == 1 { "file" } else { "files" }, told(&self.by_ending))?;
        }
        if !self.within.is_empty() {
            write!(f, "{}{}", if files > 0 { "; " } else { "" }, told(&self.within))?;
        }
        Ok(())
    }
}

/// Kinds with their numbers, the most frequent first.
fn told(kinds: &BTreeMap<String, usize>) -> String {
    let mut kinds: Vec<(&String, &usize)> = kinds.iter().collect();
    kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    let told: Vec<String> = kinds.iter().take(ENDINGS_TOLD).map(|(kind, count)| format!("{count} {kind}")).collect();
    let rest = if kinds.len() > ENDINGS_TOLD { " and others" } else { "" };
    format!("{}{rest}", told.join(", "))
}

/// A file or folder yet to be looked at.
struct Entry {
    path: PathBuf,
    absolute: PathBuf,
    kind: std::fs::FileType,
    ignores: Arc<Ignores>,
}

impl Found {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self { wanted, files: Vec::new(), listed: Vec::new(), skipped: Skipped::default(), problems: Vec::new() }
    }

    /// Adds what a folder has; what is called like one of `left_out` is passed over, as if it were ignored.
    ///
    /// # Errors
    /// When the folder can't be looked through, is a whole file system, or has too much in it; what was found up to then stays.
    pub(super) fn walk(&mut self, folder: &Path, left_out: &[&str]) -> Result<(), Problem> {
        let mut reader = IgnoreReader::default();
        let walked = self.walk_with(folder, left_out, &mut reader);
        let absolute = std::path::absolute(folder).unwrap_or_default();
        // Ignore files are told as the folder was named, like all else in it.
        self.problems.extend(reader.problems.drain(..).map(|problem| match problem.path.strip_prefix(&absolute) {
            Ok(within) => Problem { path: folder.join(within), ..problem },
            Err(_) => problem,
        }));
        walked
    }

    fn walk_with(&mut self, folder: &Path, left_out: &[&str], reader: &mut IgnoreReader) -> Result<(), Problem> {
        let fault = |error: std::io::Error| Problem::new(folder, plainly(&error));
        let meta = std::fs::metadata(folder).map_err(fault)?;
        if is_of_the_system(&meta) {
            return Err(Problem::new(folder, "belongs to the operating system, and has no texts"));
        }
        let absolute = std::path::absolute(folder).map_err(fault)?;
        if std::fs::canonicalize(folder).map_err(fault)?.parent().is_none() {
            return Err(Problem::new(folder, "is a whole file system; name the folder that the texts are in"));
        }
        let ignores = reader.at(&absolute);
        let mut entries = Vec::new();
        self.enter(folder, &absolute, &ignores, &mut entries)?;
        let mut looked_at = entries.len();
        while let Some(entry) = entries.pop() {
            let called = |name: &&str| entry.path.file_name() == Some(OsStr::new(name));
            let is_folder = entry.kind.is_dir();
            if left_out.iter().any(called) || entry.ignores.leave_out(&entry.absolute, is_folder) {
                continue;
            }
            if !is_folder {
                self.take(entry, folder);
                continue;
            }
            if !is_on(&meta, &entry.path) {
                self.problems.push(Problem::new(&entry.path, "is on another file system, and was left out; name it to have it read"));
                continue;
            }
            let before = entries.len();
            let ignores = reader.below(&entry.ignores, &entry.absolute);
            if let Err(problem) = self.enter(&entry.path, &entry.absolute, &ignores, &mut entries) {
                self.problems.push(problem);
            }
            looked_at += entries.len() - before;
            if looked_at > MOST_ENTRIES {
                let message = format!("has more than {MOST_ENTRIES} files and folders in it; name the folder that the texts are in");
                return Err(Problem::new(folder, message));
            }
        }
        Ok(())
    }

    /// Puts what is in a folder on the pile, the first name on top.
    fn enter(&mut self, folder: &Path, absolute: &Path, ignores: &Arc<Ignores>, pile: &mut Vec<Entry>) -> Result<(), Problem> {
        let read = std::fs::read_dir(folder).map_err(|error| Problem::new(folder, plainly(&error)))?;
        let start = pile.len();
        for entry in read.take(MOST_ENTRIES + 1) {
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok((name, kind)) => {
                    let (path, absolute) = (folder.join(&name), absolute.join(&name));
                    pile.push(Entry { path, absolute, kind, ignores: ignores.clone() });
                }
                Err(error) => self.problems.push(Problem::new(folder, plainly(&error))),
            }
        }
        pile[start..].sort_by(|a, b| b.path.file_name().cmp(&a.path.file_name()));
        Ok(())
    }

    fn take(&mut self, entry: Entry, root: &Path) {
        if entry.kind.is_symlink() && entry.path.is_dir() {
            self.skipped.add_kind("links to folders".to_owned());
        } else if entry.kind.is_symlink() && self.wanted.has(&entry.path) && is_hidden_elsewhere(&entry.path, root) {
            self.problems.push(Problem::new(&entry.path, "leads to something hidden outside of this folder, and is not read"));
        } else if self.wanted.has(&entry.path) {
            self.files.push(entry.path);
        } else if entry.path.file_name() == Some(OsStr::new(listing::FILE_NAME)) {
            self.listed.extend(entry.path.parent().map(Path::to_owned));
        } else {
            self.skipped.add(&entry.path);
        }
    }
}

/// Whether a folder is on the file system of another.
#[cfg(unix)]
fn is_on(root: &Metadata, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::symlink_metadata(folder).map_or(true, |meta| meta.dev() == root.dev())
}

#[cfg(not(unix))]
fn is_on(_: &Metadata, _: &Path) -> bool {
    true
}
