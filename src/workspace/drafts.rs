//! Drafts: found the way ripgrep finds files, read whole, parsed by what their names say they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::door::{self, Kind};
use super::walk::Found;
use super::{Problem, guarded, plainly};
use crate::document::Document;
use crate::markup::Format;

/// What others wrote for programs, and no draft.
const LEFT_OUT: &[&str] = &["node_modules"];

/// The drafts that `paths` name: files as they are, folders by what is in them, hidden and ignored files left out. Each once,
/// those of a folder in the order of their names.
pub fn collect_drafts(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut found = Found::default();
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
    let mut seen = rustc_hash::FxHashSet::default();
    found.files.retain(|draft| seen.insert(draft.clone()));
    (found.files, found.problems)
}

/// Reads a draft from its file.
///
/// # Errors
/// When the file can't be read, is too large or is not UTF-8.
pub fn read_draft(path: &Path) -> Result<Document, Problem> {
    door::read_text(path, Kind::Text).and_then(|text| guarded(path, || parse_draft(path, text.into())))
}

/// Parses a draft that is called `path`.
pub fn parse_draft(path: &Path, text: Arc<str>) -> Document {
    Document::parse(text, Format::of_path(&path.to_string_lossy()))
}

/// When a file was last changed, where that is known, and how many bytes it has; none where it isn't there.
pub fn stamp(path: &Path) -> Option<(Option<std::time::SystemTime>, u64)> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok(), meta.len()))
}
