//! What `lint` does beside finding: it mends drafts, accepts findings, looks at what has changed, and watches.

mod annotating;
mod baseline;
mod choosing;
mod fixing;
mod since;
mod watching;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The draft of [`desk`]: a name with a settled fix, a figure with a suggested one, a weekday with two.
const DRAFT: &str = "---\ndate: 2024-03-06\n---\n# Ferries\n\nThe meeting on Monday, 5 March 2024, was short.\n\n\
                     The finance minister, Petra Vasal, said that the ferries would cost 50 million euros this year.\n";

/// A folder to run commands in.
struct Desk(tempfile::TempDir);

/// A desk with an archive and a draft.
fn desk() -> Desk {
    // No hidden one, which links may not lead to.
    let desk = Desk(tempfile::Builder::new().prefix("desk-").tempdir().expect("a temporary folder"));
    desk.put("copydesk.toml", "corpus = [\"archive\"]\n");
    desk.put(
        "archive/budget.md",
        "Finance Minister Petra Vasall presented the budget. Petra Vasall said that the ferries would cost 40 million euros this year.\n",
    );
    desk.put("archive/port.txt", "Petra Vasall opened the port of Holmsund on Monday, 4 March 2024.\n");
    desk.put("archive/sources.toml", "[[source]]\nfile = \"budget.md\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n");
    desk.put("drafts/ferries.md", DRAFT);
    desk
}

impl Desk {
    fn path(&self) -> &Path {
        self.0.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("is writable");
        std::fs::write(path, text).expect("is writable");
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("is UTF-8")
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.at(name)).expect("is there")
    }

    /// `copydesk lint`, not yet started.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(self.path()).arg("lint").args(arguments).stdin(Stdio::null());
        command.env("XDG_CACHE_HOME", self.at(".cache")).env("COLUMNS", "100");
        command
    }

    fn lint(&self, arguments: &[&str]) -> Done {
        Done::of(&self.command(arguments).output().expect("copydesk starts"))
    }

    fn lint_stdin(&self, arguments: &[&str], text: &[u8]) -> (Done, Vec<u8>) {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("copydesk starts");
        child.stdin.take().expect("is piped").write_all(text).expect("is read");
        let output = child.wait_with_output().expect("ends");
        (Done::of(&output), output.stdout)
    }
}

/// What came of a command.
#[derive(Debug)]
struct Done {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Done {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The rules of what is told, from JSON.
    fn rules(&self) -> Vec<String> {
        let report = self.json();
        let rules =
            report["findings"].as_array().expect("a list").iter().map(|finding| finding["rule"].as_str().expect("a name").to_owned());
        rules.collect()
    }
}
