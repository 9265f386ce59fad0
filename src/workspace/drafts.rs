//! Drafts: found the way ripgrep finds files, read whole, parsed by what their names say they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::{Problem, guarded, plainly, read_text};
use crate::document::Document;
use crate::markup::Format;

/// What a folder is searched for.
const EXTENSIONS: &[&str] = &["md", "markdown", "txt", "html", "htm"];

/// The drafts that `paths` name: files as they are, folders by what is in them, hidden and ignored files left out. Each once,
/// those of a folder in the order of their names.
pub fn collect_drafts(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, &mut drafts, &mut problems),
            Ok(_) => drafts.push(path.clone()),
            Err(error) => problems.push(Problem::new(path, plainly(&error))),
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    drafts.retain(|draft| seen.insert(draft.clone()));
    (drafts, problems)
}

/// The texts below a folder, sorted.
pub(super) fn walk(folder: &Path, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let walker = WalkBuilder::new(folder).sort_by_file_name(Ord::cmp).require_git(false).build();
    for entry in walker {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                let is_text =
                    path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)));
                if is_text && entry.file_type().is_some_and(|kind| !kind.is_dir()) {
                    files.push(path.to_owned());
                }
            }
            Err(error) => problems.push(Problem::new(folder, error)),
        }
    }
}

/// Reads a draft from its file.
///
/// # Errors
/// When the file can't be read, is too large or is not UTF-8.
pub fn read_draft(path: &Path) -> Result<Document, Problem> {
    read_text(path).and_then(|text| guarded(path, || parse_draft(path, text.into())))
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
