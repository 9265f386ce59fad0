//! What the commands print, byte for byte, and that nothing of what they quote acts on a terminal or in CI.

mod hostile;
mod snapshots;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder to run commands in.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in files {
            desk.put(name, text);
        }
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("is writable");
        std::fs::write(path, text).expect("is writable");
    }

    /// Runs copydesk as on a terminal of so many columns.
    fn run(&self, arguments: &[&str], columns: usize) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        command.env("XDG_CACHE_HOME", self.path().join(".cache")).env("COLUMNS", columns.to_string());
        command.output().expect("copydesk starts")
    }
}
