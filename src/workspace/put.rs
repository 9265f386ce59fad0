//! Files that the program makes: written aside and put in their place whole. Whatever happens on the way, a full disk or a kill,
//! what is there afterwards is complete or as before.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells the unfinished files of one process apart.
static WRITTEN: AtomicU32 = AtomicU32::new(0);

/// Puts a file where there is none, with the folders it lies in.
///
/// # Errors
/// When it can't be made, or there is something of this name; nothing is left behind.
pub(super) fn put_new(path: &Path, text: &str) -> io::Result<()> {
    let aside = Aside::write(path, text)?;
    match std::fs::hard_link(&aside.path, path) {
        // Some file systems know no links: there is nothing better than to make the file and take it back.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied) => {
            write_new(path, text)?;
        }
        linked => linked?,
    }
    Ok(())
}

/// Puts a file in place of the one that may be there, with the folders it lies in.
///
/// # Errors
/// When it can't be made; what was there stays.
pub(super) fn put(path: &Path, text: &str) -> io::Result<()> {
    let aside = Aside::write(path, text)?;
    std::fs::rename(&aside.path, path)
}

/// A file beside the place that it is meant for, and the folders made for it. Goes when it is dropped, folders only if they are empty.
struct Aside {
    path: PathBuf,
    made: Vec<PathBuf>,
}

impl Aside {
    fn write(target: &Path, text: &str) -> io::Result<Self> {
        let folder = target.parent().unwrap_or(Path::new(""));
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!(".{name}.{}.{}", std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed)));
        let made = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).map(Path::to_owned).collect();
        let aside = Self { path, made };
        if !folder.as_os_str().is_empty() {
            std::fs::create_dir_all(folder)?;
        }
        write_new(&aside.path, text)?;
        Ok(aside)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // What can't be removed is hidden and has no readers.
        let _ = std::fs::remove_file(&self.path);
        for folder in &self.made {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Makes a file, or nothing.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("is there")
            .map(|entry| entry.expect("is readable").file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("books/style/a.toml");
        put_new(&path, "one").expect("is writable");
        assert_eq!(put_new(&path, "two").map_err(|error| error.kind()), Err(io::ErrorKind::AlreadyExists));
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "one");
        put(&path, "three").expect("is writable");
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "three");
        assert_eq!(names(path.parent().expect("has a folder")), ["a.toml"]);
    }

    #[test]
    fn what_fails_leaves_neither_file_nor_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let long = "x".repeat(300);
        assert!(put_new(&folder.path().join("a/b").join(&long), "one").is_err());
        assert!(put_new(&folder.path().join("a").join(&long).join("c"), "one").is_err());
        assert_eq!(names(folder.path()), [] as [&str; 0]);
    }
}
