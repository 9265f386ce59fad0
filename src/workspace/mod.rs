//! The one layer that reads the disk: drafts, sources, configuration, and the corpus they make up. What can't be read is
//! reported, and the rest goes on.

mod annotate;
mod audit;
mod baseline;
mod credentials;
#[cfg(feature = "postgres")]
mod database;
#[cfg(feature = "archive")]
mod desk_archive;
mod door;
mod drafts;
mod facts;
mod git;
mod guard;
mod headway;
mod ignores;
mod library;
mod listing;
mod new_desk;
mod pages;
mod plan;
mod process;
mod put;
mod records;
mod rewrite;
mod seed;
mod setting;
mod sources;
mod stylebook;
mod walk;

pub use annotate::{Author, Comment, annotate_draft, may_be_annotated};
pub use audit::OwnCorpus;
pub use baseline::Baseline;
pub use credentials::read_credential;
#[cfg(feature = "postgres")]
pub use database::load_into;
#[cfg(feature = "archive")]
pub use desk_archive::{Brought, DeskArchive, LITTLE, Status};
pub use drafts::{collect_drafts, collect_sources, is_editable, parse_bytes, read_draft, stamp};
pub use facts::read_facts;
pub use git::{Revision, Since};
pub use guard::guarded;
pub use headway::Told;
pub use library::{Library, Volume};
pub use listing::Listing;
pub use new_desk::NewDesk;
pub use pages::lay_down_rule_pages;
pub use plan::{Overrides, Plan, find_config, is_folder, within};
pub use process::Process;
pub use put::Growing;
pub use records::{Articles, Attested, Refused};
pub use rewrite::{encoded_like, rewrite_draft};
pub use seed::{seed_corpus, seed_folder};
pub use setting::{Aside, NAME_YOUR_OWN, Setting};
pub use sources::{Again, Archive, load_corpus};
pub use stylebook::{BookFile, NewStylebook, read_list, read_stylebook};
pub use walk::Skipped;

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

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

/// An error of the operating system in plain words.
fn plainly(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

/// The same of a file that could not be written.
fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    let why = if error.kind() == std::io::ErrorKind::PermissionDenied { "permission denied".to_owned() } else { plainly(error) };
    Problem::new(path, format!("can't be written: {why}"))
}
