//! The stylebook on disk: read, and made where there is none, though only where a stylebook may be made unasked.

use std::path::{Path, PathBuf};

use super::door::{self, Kind};
use super::put::put_new;
use super::{Problem, Setting, plainly};

/// The text of a stylebook; none where there is no such file yet.
///
/// # Errors
/// As for any text that can't be read.
pub fn read_stylebook(path: &Path) -> Result<Option<String>, Problem> {
    if door::is_taken(path) { door::read_text(path, Kind::Settings).map(Some) } else { Ok(None) }
}

/// The place of a stylebook that isn't there and may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStylebook {
    path: PathBuf,
}

impl NewStylebook {
    /// Makes it; one that is there by now is never written over.
    ///
    /// # Errors
    /// When it can't be made, or somebody else has made it; then nothing is left behind.
    pub fn create(&self, text: &str) -> Result<(), Problem> {
        put_new(&self.path, text).map_err(|error| Problem::new(&self.path, plainly(&error)))
    }
}

impl Setting {
    /// The stylebook that it names and that isn't there, to be made: below the folder of the configuration or one of `roots`,
    /// which are the person's own. A configuration may come from elsewhere, and must not have files made anywhere else.
    ///
    /// # Errors
    /// When none is named, something of that name is there, or it lies elsewhere and the person's own settings don't name it.
    pub fn new_stylebook(&self, roots: &[PathBuf]) -> Result<NewStylebook, Problem> {
        let Some(path) = &self.stylebook_path else {
            return Err(Problem::new(Path::new("copydesk.toml"), "names no stylebook"));
        };
        if door::is_taken(path) {
            return Err(Problem::new(path, "is there already"));
        }
        let folder = self.config_path.as_deref().and_then(Path::parent);
        let mut allowed = folder.into_iter().chain(roots.iter().map(PathBuf::as_path));
        if self.names_own_stylebook || allowed.any(|folder| lies_in(path, folder)) {
            Ok(NewStylebook { path: path.clone() })
        } else {
            Err(Problem::new(
                path,
                "lies outside the folders of the desk, where no stylebook is made for it; make an empty one there yourself",
            ))
        }
    }
}

/// Whether a file that isn't there yet would lie below a folder, wherever links lead.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let nearest = path.ancestors().skip(1).find(|above| door::is_taken(above));
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    nearest.and_then(real).zip(real(folder)).is_some_and(|(nearest, folder)| nearest.starts_with(folder))
}
