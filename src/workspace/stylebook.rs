//! The stylebook on disk: read, made where there is none, and given more, though only where a stylebook may be made unasked.

use std::path::{Path, PathBuf};

use super::door::{self, Kind};
use super::plan::Plan;
use super::put::{put_again, put_new};
use super::{Problem, Setting, unwritten};
use crate::markup::{self, Format};

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
        put_new(&self.path, text).map_err(|error| unwritten(&self.path, &error))
    }
}

/// The stylebook of a desk that is to get more, as it is now.
#[derive(Clone, Debug)]
pub struct BookFile {
    path: PathBuf,
    /// None where there is none yet.
    text: Option<String>,
}

impl BookFile {
    /// The one that is named.
    ///
    /// # Errors
    /// When none is named, it can't be read, or a configuration names one outside of its own folder, which may be anybody's.
    pub fn of(plan: &Plan) -> Result<Self, Problem> {
        let Some(path) = &plan.stylebook else {
            return Err(Problem::new(
                plan.config_path.as_deref().unwrap_or(Path::new("copydesk.toml")),
                "names no stylebook: set `stylebook` there, or give one with --stylebook",
            ));
        };
        let folder = plan.config_path.as_deref().and_then(Path::parent);
        let is_own = plan.names_own_stylebook || folder.is_some_and(|folder| lies_in(path, folder));
        if !is_own {
            return Err(Problem::new(path, "lies outside the folder of copydesk.toml; name it with --stylebook to have it written"));
        }
        Ok(Self { path: path.clone(), text: read_stylebook(path)? })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Puts another text in its place.
    ///
    /// # Errors
    /// When it can't be written, could not be read again, or is no longer what was read.
    pub fn write(&self, text: &str) -> Result<(), Problem> {
        put_again(&self.path, Kind::Settings, self.text.as_deref(), text)
    }
}

/// A list of names, in whatever encoding it is.
///
/// # Errors
/// When it can't be read, is too large or is no text.
pub fn read_list(path: &Path) -> Result<String, Problem> {
    let (text, _) = markup::decode(door::read(path, Kind::Names)?, Format::Plain).map_err(|fault| Problem::new(path, fault))?;
    Ok(text)
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
    // A link that is there leads somewhere.
    let from = usize::from(!door::is_taken(path));
    let nearest = path.ancestors().skip(from).find(|above| door::is_taken(above));
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    nearest.and_then(real).zip(real(folder)).is_some_and(|(nearest, folder)| nearest.starts_with(folder))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    fn book(path: &Path) -> BookFile {
        BookFile { path: path.to_owned(), text: read_stylebook(path).expect("is readable") }
    }

    #[test]
    fn a_stylebook_that_gets_more_keeps_who_may_read_and_write_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("style.toml");
        std::fs::write(&path, "# private\n").expect("is writable");
        let mode = |mode: u32| std::fs::set_permissions(&path, Permissions::from_mode(mode)).expect("is ours");
        mode(0o640);
        assert_eq!(book(&path).write("# more\n"), Ok(()));
        assert_eq!(std::fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o640);
        // Whoever locked it, or has it under another name as well, wants to be asked.
        mode(0o440);
        assert!(book(&path).write("# yet more\n").is_err_and(|problem| problem.message.contains("is read-only")));
        mode(0o640);
        std::fs::hard_link(&path, folder.path().join("other.toml")).expect("can be linked");
        assert!(book(&path).write("# yet more\n").is_err_and(|problem| problem.message.contains("hard links")));
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "# more\n");
    }

    #[test]
    fn nothing_is_written_over_another_hand_s_work_or_that_could_not_be_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("style.toml");
        std::fs::write(&path, "# one\n").expect("is writable");
        let read = book(&path);
        std::fs::write(&path, "# two\n").expect("is writable");
        assert!(read.write("# three\n").is_err_and(|problem| problem.message.contains("was changed in the meantime")));
        let vast = "#\n".repeat(3 << 20);
        assert!(book(&path).write(&vast).is_err_and(|problem| problem.message.contains("may have")));
        assert!(book(&folder.path().join("new.toml")).write(&vast).is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "# two\n");
        assert_eq!(std::fs::read_dir(folder.path()).expect("is there").count(), 1, "nothing is left aside");
    }
}
