//! The one door through which files come in. Only plain files do, opened once, and no more of one than its kind may have: a pipe, a
//! device or a file that grows is a problem of its path and holds nobody up.
//!
//! A link may lead anywhere, in a checkout too: what counts is what it leads to.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Component, Path};

use super::{Problem, plainly};
use crate::ingest::limits;
use crate::text::MAX_BYTES;

/// What a file is read as, which says how large it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A draft or a source.
    Text,
    /// A file that holds many sources.
    Feed,
    /// A `sources.toml`: some 300,000 sources.
    Listing,
    /// Some 50,000 accepted findings.
    Baseline,
    /// A configuration or a stylebook.
    Settings,
    /// Names that are to go into a stylebook.
    Names,
    Ignores,
}

impl Kind {
    /// In bytes.
    const fn limit(self) -> u64 {
        match self {
            Self::Text | Self::Names => MAX_BYTES as u64,
            Self::Feed => limits::FILE as u64,
            Self::Listing => 32 << 20,
            Self::Baseline => 16 << 20,
            Self::Settings => 4 << 20,
            Self::Ignores => 1 << 20,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Feed => "a file of sources",
            Self::Listing => "a list of sources",
            Self::Baseline => "a baseline",
            Self::Settings => "a file of settings",
            Self::Names => "a list of names",
            Self::Ignores => "an ignore file",
        }
    }
}

/// A file, whole.
///
/// # Errors
/// When it can't be opened, is no plain file, or is larger than its kind may be; the message says which.
pub(super) fn read(path: &Path, kind: Kind) -> Result<Vec<u8>, Problem> {
    let fault = |error: io::Error| Problem::new(path, plainly(&error));
    // Some devices act on being opened, so they are not even that. What the name leads to may be another thing by then: only what is
    // said of the open file is relied on.
    admit(path, &std::fs::metadata(path).map_err(fault)?)?;
    let file = open(path).map_err(fault)?;
    let meta = file.metadata().map_err(fault)?;
    admit(path, &meta)?;
    check_size(path, meta.len(), kind)?;
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    file.take(kind.limit().saturating_add(1)).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > kind.limit() { Err(too_large(path, "what it grew to", kind)) } else { Ok(bytes) }
}

/// A file to be read as it goes, which may be of any size.
///
/// # Errors
/// When it can't be opened or is no plain file.
#[cfg(feature = "archive")]
pub(super) fn stream(path: &Path) -> Result<File, Problem> {
    let fault = |error: io::Error| Problem::new(path, plainly(&error));
    admit(path, &std::fs::metadata(path).map_err(fault)?)?;
    let file = open(path).map_err(fault)?;
    admit(path, &file.metadata().map_err(fault)?)?;
    Ok(file)
}

/// Says so when a file of so many bytes could not come in; what is written has to be read again.
///
/// # Errors
/// When it could not.
pub(super) fn check_size(path: &Path, bytes: u64, kind: Kind) -> Result<(), Problem> {
    if bytes > kind.limit() { Err(too_large(path, &format!("{} MB", bytes.div_ceil(1 << 20)), kind)) } else { Ok(()) }
}

fn too_large(path: &Path, size: &str, kind: Kind) -> Problem {
    Problem::new(path, format!("{size} is more than the {} MB that {} may have", kind.limit() >> 20, kind.name()))
}

/// A file, whole, as text.
///
/// # Errors
/// As for [`read`], and when it is not UTF-8.
pub(super) fn read_text(path: &Path, kind: Kind) -> Result<String, Problem> {
    String::from_utf8(read(path, kind)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count() + 1;
        Problem::new(path, format!("is not UTF-8 (line {line}, byte {at}); save it as UTF-8"))
    })
}

/// Whether there is anything at all of this name, even a link that leads nowhere.
pub(super) fn is_taken(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a path leads, by links or by itself, to something outside of a folder that is hidden there: `~/.ssh` seen from a desk.
pub(super) fn is_hidden_elsewhere(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (path, folder) = (real(path), real(folder));
    if path.starts_with(&folder) {
        return false;
    }
    // A desk may itself lie in a hidden folder.
    let shared = path.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    let is_hidden = |part: Component<'_>| matches!(part, Component::Normal(name) if name.as_encoded_bytes().starts_with(b"."));
    path.components().skip(shared).any(is_hidden)
}

/// Opens without waiting: not for who should write to a pipe, and not for a terminal.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Lets plain files in, except those that the system makes up as they are read.
fn admit(path: &Path, meta: &Metadata) -> Result<(), Problem> {
    let kind = meta.file_type();
    if kind.is_dir() {
        return Err(Problem::new(path, "is a folder, not a file"));
    }
    if !kind.is_file() {
        return Err(Problem::new(path, format!("is {}; only plain files are read", special(kind))));
    }
    if is_of_the_system(meta) {
        return Err(Problem::new(path, "is a file of the operating system; only plain files are read"));
    }
    Ok(())
}

#[cfg(unix)]
fn special(kind: std::fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: std::fs::FileType) -> &'static str {
    "a device"
}

/// Whether a file or folder is on one of the file systems that stand for the machine itself, whose files may have no end.
#[cfg(unix)]
pub(super) fn is_of_the_system(meta: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    use std::sync::LazyLock;
    static SYSTEM: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let device = |path: &str| std::fs::metadata(path).ok().map(|meta| meta.dev());
        let root = device("/");
        // Where nothing is mounted there, it is a folder like any other.
        ["/proc", "/sys", "/dev"].into_iter().filter_map(device).filter(|&device| Some(device) != root).collect()
    });
    SYSTEM.contains(&meta.dev())
}

#[cfg(not(unix))]
pub(super) fn is_of_the_system(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> String {
        read(path, Kind::Ignores).expect_err("is not let in").message
    }

    #[test]
    fn a_plain_file_comes_in_whole_and_no_larger_than_its_kind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        std::fs::write(&path, "one\ntwo\n").expect("is writable");
        assert_eq!(read_text(&path, Kind::Text).as_deref(), Ok("one\ntwo\n"));
        File::options().write(true).open(&path).and_then(|file| file.set_len((1 << 20) + 1)).expect("is writable");
        assert_eq!(refused(&path), "2 MB is more than the 1 MB that an ignore file may have");
        assert_eq!(refused(folder.path()), "is a folder, not a file");
        assert_eq!(refused(&folder.path().join("b")), "there is no such file or folder");
        std::fs::write(&path, b"one\ntw\xf6\n").expect("is writable");
        assert!(read_text(&path, Kind::Text).is_err_and(|problem| problem.message.starts_with("is not UTF-8 (line 2, byte 6)")));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_told_at_once_however_it_is_reached() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().expect("mkfifo is there");
        assert!(made.success());
        let _listener = std::os::unix::net::UnixListener::bind(at("socket")).expect("a socket");
        symlink(at("pipe"), at("to-pipe")).expect("is writable");
        symlink("/dev/zero", at("zero")).expect("is writable");
        symlink(at("loop"), at("loop")).expect("is writable");
        for (name, words) in [
            ("pipe", "is a pipe"),
            ("to-pipe", "is a pipe"),
            ("socket", "is a socket"),
            ("zero", "is a device"),
            ("loop", "symbolic links"),
        ] {
            assert!(refused(&at(name)).contains(words), "{name}: {}", refused(&at(name)));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn files_that_the_system_makes_up_stay_out() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for target in ["/proc/kmsg", "/proc/self/environ", "/sys/kernel/mm/transparent_hugepage/enabled"] {
            let link = folder.path().join(target.replace('/', "-"));
            std::os::unix::fs::symlink(target, &link).expect("is writable");
            if Path::new(target).exists() {
                assert!(refused(&link).starts_with("is a file of the operating system"), "{target}: {}", refused(&link));
            }
        }
    }
}
