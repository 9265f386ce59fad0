//! The one layer that reads the disk: drafts, sources, configuration, and the corpus they make up. What can't be read is
//! reported, and the rest goes on.

mod drafts;
mod guard;
mod pages;
mod seed;
mod setting;
mod sources;

pub use drafts::{collect_drafts, parse_draft, read_draft, stamp};
pub use guard::guarded;
pub use pages::lay_down_rule_pages;
pub use seed::{seed_corpus, seed_folder};
pub use setting::{Overrides, Setting, create_stylebook, find_config, read_stylebook};
pub use sources::load_corpus;

use std::fmt;
use std::path::{Path, PathBuf};

/// A file that could not be read or understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub path: PathBuf,
    pub message: String,
}

impl Problem {
    pub fn new(path: &Path, message: impl fmt::Display) -> Self {
        Self { path: path.to_owned(), message: message.to_string() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

/// A text file, whole.
///
/// # Errors
/// When it can't be opened, is larger than [`crate::text::MAX_BYTES`], or is not UTF-8; the message says which.
fn read_text(path: &Path) -> Result<String, Problem> {
    let meta = std::fs::metadata(path).map_err(|error| Problem::new(path, plainly(&error)))?;
    if !meta.is_file() {
        return Err(Problem::new(path, "is no file"));
    }
    let limit = crate::text::MAX_BYTES;
    if meta.len() > limit as u64 {
        return Err(Problem::new(path, format!("{} MB is more than the {} MB that a text may have", meta.len() >> 20, limit >> 20)));
    }
    let bytes = std::fs::read(path).map_err(|error| Problem::new(path, plainly(&error)))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count() + 1;
        Problem::new(path, format!("is not UTF-8 (line {line}, byte {at}); save it as UTF-8"))
    })
}

/// An error of the operating system in plain words.
fn plainly(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}
