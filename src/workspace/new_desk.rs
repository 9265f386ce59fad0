//! A desk's first configuration: what its folder tells, and the file that is made of it.

use std::path::{Path, PathBuf};

use super::door;
use super::put::put_new;
use super::walk::{Found, Wanted};
use super::{Problem, plainly, unwritten};
use crate::config::{self, template};
use crate::corpus::usual_folders;

/// What was found in a folder that has no configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDesk {
    /// The configuration that is to be made.
    pub path: PathBuf,
    /// Folders that hold sources by their names, and how many texts each has.
    pub sources: Vec<(String, usize)>,
    pub stylebook: Option<String>,
}

impl NewDesk {
    /// Looks around in a folder.
    ///
    /// # Errors
    /// When it is no folder, or has a configuration.
    pub fn in_folder(folder: &Path) -> Result<Self, Problem> {
        let meta = std::fs::metadata(folder).map_err(|error| Problem::new(folder, plainly(&error)))?;
        if !meta.is_dir() {
            return Err(Problem::new(folder, "is no folder"));
        }
        let folder = if folder == Path::new(".") { Path::new("") } else { folder };
        let path = folder.join(config::FILE_NAME);
        if door::is_taken(&path) {
            return Err(Problem::new(&path, "is there already; nothing was written"));
        }
        let sources = usual_folders().filter_map(|name| source_folder(folder, name)).collect();
        let stylebook = door::is_taken(&folder.join(STYLEBOOK)).then(|| STYLEBOOK.to_owned());
        Ok(Self { path, sources, stylebook })
    }

    /// The configuration's text.
    pub fn text(&self) -> String {
        let names: Vec<String> = self.sources.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let corpus = (!names.is_empty()).then(|| ("corpus", format!("[{}]", names.join(", "))));
        let stylebook = self.stylebook.as_ref().map(|name| ("stylebook", format!("\"{name}\"")));
        template(&corpus.into_iter().chain(stylebook).collect::<Vec<_>>())
    }

    /// Makes it; one that is there by now is never written over.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn create(&self) -> Result<(), Problem> {
        put_new(&self.path, self.text()).map_err(|error| unwritten(&self.path, &error))
    }
}

/// What a desk's stylebook is mostly called.
const STYLEBOOK: &str = "stylebook.toml";

/// A folder of this name, small or with a capital letter, that has texts.
fn source_folder(folder: &Path, name: &str) -> Option<(String, usize)> {
    let mut capital = name.to_owned();
    capital[..1].make_ascii_uppercase();
    [name.to_owned(), capital].into_iter().find_map(|name| {
        let mut found = Found::new(Wanted::Sources);
        let path = folder.join(&name);
        // A link that leads elsewhere may be anybody's.
        let is_own = std::fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir());
        (is_own && found.walk(&path, &[]).is_ok() && !found.files.is_empty()).then_some((name, found.files.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_texts_are_taken_and_a_configuration_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in
            [("Archive/a.md", "It rained.\n"), ("wire/b.txt", "It snowed.\n"), ("sources/c.pdf", ""), ("drafts/d.md", "x\n")]
        {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("has a folder")).expect("can be made");
            std::fs::write(path, text).expect("is writable");
        }
        let desk = NewDesk::in_folder(folder.path()).expect("has no configuration");
        assert_eq!(desk.sources, [("Archive".to_owned(), 1), ("wire".to_owned(), 1)]);
        desk.create().expect("is writable");
        assert!(desk.create().is_err(), "somebody else may have made one");
        let told = NewDesk::in_folder(folder.path()).expect_err("has one").message;
        assert!(told.contains("is there already"), "{told}");
        let text = std::fs::read_to_string(&desk.path).expect("is there");
        assert!(text.contains("\ncorpus = [\"Archive\", \"wire\"]\n"), "{text}");
    }
}
