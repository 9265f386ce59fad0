//! Drafts: found the way ripgrep finds files, read whole, parsed by what their names say they are.

use std::path::{Path, PathBuf};

use super::door::{self, Kind};
use super::walk::{Found, Wanted, is_text, is_word_document};
use super::{Problem, guarded, plainly};
use crate::document::Document;
use crate::ingest;
use crate::markup::{self, Format};

/// What others wrote for programs, and no draft.
const LEFT_OUT: &[&str] = &["node_modules"];

/// The drafts that `paths` name: files as they are, folders by what is in them, hidden and ignored files left out. Each once,
/// those of a folder in the order of their names.
pub fn collect_drafts(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    collect(Found::new(Wanted::Drafts), paths)
}

/// The same of sources.
pub fn collect_sources(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    collect(Found::new(Wanted::Sources), paths)
}

/// Whether a draft is a text that an editor can open, by its name: a Word document is none.
pub fn is_editable(path: &Path) -> bool {
    is_text(path)
}

fn collect(mut found: Found, paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                if let Err(problem) = found.walk(path, LEFT_OUT) {
                    found.problems.push(problem);
                }
            }
            Ok(_) => found.files.push(path.clone()),
            Err(error) => found.problems.push(Problem::new(path, plainly(&error))),
        }
    }
    // `./a.md` is `a.md`, and those who read reports know a file by its path from here (GitLab by no other).
    for file in &mut found.files {
        if let Ok(plain) = file.strip_prefix(".") {
            *file = plain.to_owned();
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    found.files.retain(|draft| seen.insert(draft.clone()));
    (found.files, found.problems)
}

/// Reads a draft from its file.
///
/// # Errors
/// When the file can't be read, is too large or is no text.
pub fn read_draft(path: &Path) -> Result<Document, Problem> {
    parse_bytes(path, door::read(path, Kind::Text)?)
}

/// Parses a text that is called `path`, in whatever encoding it is.
///
/// # Errors
/// When it is no text, or in an encoding that nothing tells.
pub fn parse_bytes(path: &Path, bytes: Vec<u8>) -> Result<Document, Problem> {
    if is_word_document(path) {
        return guarded(path, || ingest::word_document(&bytes))?.map_err(|why| Problem::new(path, why));
    }
    let format = Format::of_path(&path.to_string_lossy());
    let (text, charset) = markup::decode(bytes, format).map_err(|fault| Problem::new(path, fault))?;
    guarded(path, || Document::parse(text.into(), format).written_in(charset))
}

/// When a file was last changed, where that is known, and how many bytes it has; none where it isn't there.
pub fn stamp(path: &Path) -> Option<(Option<std::time::SystemTime>, u64)> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok(), meta.len()))
}
