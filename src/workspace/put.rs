//! Files that the program makes: written aside and put in their place whole. Whatever happens on the way, a full disk or a kill,
//! what is there afterwards is complete or as before.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::door::{self, Kind};
use super::{Problem, unwritten};

/// Tells the unfinished files of one process apart.
static WRITTEN: AtomicU32 = AtomicU32::new(0);

/// So many characters of a file's name its unfinished one has.
const NAMED_AFTER: usize = 40;

/// So many unfinished files are passed by in search of a name for another.
const MOST_LEFT: u32 = 10_000;

/// Puts a file where there is none, with the folders it lies in.
///
/// # Errors
/// When it can't be made, or there is something of this name; nothing is left behind.
pub(super) fn put_new(path: &Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let bytes = text.as_ref();
    let aside = Aside::write(path, bytes, Readers::Usual)?;
    match std::fs::hard_link(&aside.path, path) {
        // Some file systems know no links: there is nothing better than to make the file and take it back.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied) => {
            write_new(path, bytes, Readers::Usual)?;
        }
        linked => linked?,
    }
    Ok(())
}

/// Puts a file of the program's own in place of the one that may be there, with the folders it lies in.
///
/// # Errors
/// When it can't be made; what was there stays.
pub(super) fn put(path: &Path, text: &str) -> io::Result<()> {
    let aside = Aside::write(path, text.as_bytes(), Readers::Usual)?;
    std::fs::rename(&aside.path, path)
}

/// Puts a file in place of one that is there, with its owner and permissions, if that `is_still` what it was at the last moment.
///
/// # Errors
/// When it can't be made as it has to be, or somebody doesn't want the one that is there to be another; that stays.
pub(super) fn replace(path: &Path, bytes: &[u8], is_still: impl FnOnce() -> bool) -> io::Result<()> {
    let before = std::fs::metadata(path)?;
    if before.permissions().readonly() {
        return Err(io::Error::other("is read-only"));
    }
    if has_other_names(&before) {
        return Err(io::Error::other("has other names (hard links) that would keep the old text"));
    }
    let aside = Aside::write(path, bytes, Readers::OwnerAlone)?;
    hand_over(&aside.path, &before)?;
    std::fs::set_permissions(&aside.path, before.permissions())?;
    if !is_still() {
        return Err(io::Error::other("was changed in the meantime"));
    }
    std::fs::rename(&aside.path, path)
}

/// Puts another text in place of that which one of the desk's files had when it was read, wherever a link leads; or where it had none, there.
///
/// # Errors
/// When it could not be read again, can't be made as it has to be, or is no longer what was read; that stays.
pub(super) fn put_again(path: &Path, kind: Kind, before: Option<&str>, text: &str) -> Result<(), Problem> {
    door::check_size(path, text.len() as u64, kind)?;
    let put = match before {
        None => put_new(path, text),
        Some(before) => {
            let is_still = || door::read_text(path, kind).is_ok_and(|now| now == before);
            std::fs::canonicalize(path).and_then(|real| replace(&real, text.as_bytes(), is_still))
        }
    };
    put.map_err(|error| unwritten(path, &error))
}

/// A file that grows as a command goes on, and is put in its place at the end.
pub struct Growing {
    target: PathBuf,
    aside: Aside,
    file: BufWriter<File>,
}

impl Growing {
    /// Begins a file that is to be there, in place of one that is.
    ///
    /// # Errors
    /// When it can't be made, or something else is there: a device that is put away is missed by everybody.
    pub fn new(target: &Path) -> Result<Self, Problem> {
        if std::fs::metadata(target).is_ok_and(|meta| !meta.is_file()) {
            return Err(Problem::new(target, "is there, and is no plain file"));
        }
        let begun =
            Aside::write(target, b"", Readers::Usual).and_then(|aside| Ok((File::options().append(true).open(&aside.path)?, aside)));
        let (file, aside) = begun.map_err(|error| unwritten(target, &error))?;
        Ok(Self { target: target.to_owned(), aside, file: BufWriter::new(file) })
    }

    /// Puts it in its place, whole.
    ///
    /// # Errors
    /// When it can't be; what was there stays.
    pub fn finish(mut self) -> Result<(), Problem> {
        let put =
            self.file.flush().and_then(|()| self.file.get_ref().sync_all()).and_then(|()| std::fs::rename(&self.aside.path, &self.target));
        put.map_err(|error| unwritten(&self.target, &error))
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Lends a folder of its own, for what is made on the way to somewhere else; it goes again with all that is in it.
///
/// # Errors
/// When it can't be made, or `made` says so.
#[cfg(feature = "postgres")]
pub(super) fn with_a_folder<T>(name: &str, made: impl FnOnce(&Path) -> Result<T, Problem>) -> Result<T, Problem> {
    /// Goes when it is dropped.
    struct Lent(PathBuf);
    impl Drop for Lent {
        fn drop(&mut self) {
            // What can't be taken away is in nobody's way.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
    let folder = std::env::temp_dir().join(format!("{name}.{}.{}", std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed)));
    let mut builder = std::fs::DirBuilder::new();
    // In a place that all of a machine share it is for its owner alone; that nobody has laid something there before is seen by its being made.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|error| unwritten(&folder, &error))?;
    let lent = Lent(folder);
    made(&lent.0)
}

/// Gives a file the owner of another.
#[cfg(unix)]
fn hand_over(path: &Path, other: &std::fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let own = std::fs::metadata(path)?;
    let differing = |own: u32, other: u32| (own != other).then_some(other);
    let (user, group) = (differing(own.uid(), other.uid()), differing(own.gid(), other.gid()));
    if user.is_none() && group.is_none() { Ok(()) } else { std::os::unix::fs::chown(path, user, group) }
}

#[cfg(not(unix))]
fn hand_over(_: &Path, _: &std::fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn has_other_names(meta: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(meta) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &std::fs::Metadata) -> bool {
    false
}

/// A file beside the place that it is meant for, and the folders made for it. Goes when it is dropped, folders only if they are empty.
struct Aside {
    path: PathBuf,
    made: Vec<PathBuf>,
}

impl Aside {
    fn write(target: &Path, bytes: &[u8], readers: Readers) -> io::Result<Self> {
        let folder = target.parent().unwrap_or(Path::new(""));
        // With the whole of a long name it would be too long.
        let name: String = target.file_name().unwrap_or_default().to_string_lossy().chars().take(NAMED_AFTER).collect();
        let made = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).map(Path::to_owned).collect();
        let mut aside = Self { path: PathBuf::new(), made };
        if !folder.as_os_str().is_empty() {
            std::fs::create_dir_all(folder)?;
        }
        loop {
            let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!(".{name}.{}.{number}", std::process::id()));
            match write_new(&path, bytes, readers) {
                // One that was killed left it, and where programs start anew their numbers come again.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_LEFT => {}
                written => {
                    written?;
                    aside.path = path;
                    return Ok(aside);
                }
            }
        }
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

/// Who may read a new file.
#[derive(Clone, Copy)]
enum Readers {
    /// As the system has it.
    Usual,
    /// Until it takes the place of a file that may be private.
    OwnerAlone,
}

/// Makes a file, or nothing.
fn write_new(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if matches!(readers, Readers::OwnerAlone) {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    let mut file = options.open(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
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
