//! A desk in a folder of its own, and the built program at work in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// With a configuration that names `sources`, and keeps an archive of them in `kept`.
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        desk.write("copydesk.toml", "corpus = [\"sources\"]\narchive = \"kept\"\nstylebook = \"stylebook.toml\"\n");
        desk.write("stylebook.toml", "");
        desk
    }

    /// The same with so many articles.
    pub(crate) fn with_articles(count: usize) -> Self {
        let desk = Self::new();
        (0..count).for_each(|number| desk.write(&format!("sources/{number:04}.md"), &article(number)));
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
        std::fs::write(path, text).expect("can be written");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("is there");
    }

    /// The program, to be started in the desk's folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        self.prepared(Command::new(env!("CARGO_BIN_EXE_copydesk")), words)
    }

    /// The same under a shell's `limits`.
    pub(crate) fn command_under(&self, limits: &str, words: &[&str]) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{limits}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_copydesk")]);
        self.prepared(shell, words)
    }

    fn prepared(&self, mut command: Command, words: &[&str]) -> Command {
        command.args(words).current_dir(self.folder.path()).env("XDG_CACHE_HOME", self.path("cache")).env("NO_COLOR", "1");
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Said {
        Said::of(&self.command(words).output().expect("the program can be started"))
    }

    /// Runs what has to be done.
    pub(crate) fn done(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert_eq!(said.status, 0, "{words:?}: {said:?}");
        said.out
    }

    /// The file that the archive is in.
    pub(crate) fn database(&self) -> PathBuf {
        let editions = std::fs::read_dir(self.path("kept")).expect("is there").map(|entry| entry.expect("is readable").path());
        let mut files: Vec<PathBuf> = editions.map(|edition| edition.join("facts.redb")).filter(|file| file.is_file()).collect();
        assert_eq!(files.len(), 1, "one edition");
        files.remove(0)
    }
}

/// What a command said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Of one that was killed it is -1.
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { status: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

const PEOPLE: &[&str] = &["Ada Quillfeather", "Oda Brandvold", "Per Sandvik", "Hafsa Brantvoll", "Ines Tarrow", "Rosa del Tamar"];
const PLACES: &[&str] = &["Larsund", "Vestlund", "Tarrowmouth", "Quorndale"];

/// A made-up article; each number's is another.
pub(crate) fn article(number: usize) -> String {
    let (who, other) = (PEOPLE[number % PEOPLE.len()], PEOPLE[number / 3 % PEOPLE.len()]);
    let (place, size, day) = (PLACES[number / 2 % PLACES.len()], 10 + number * 3, 1 + number % 28);
    format!(
        "---\ndate: 2024-03-{day:02}\noutlet: The Courier\n---\n\nMayor {who} opened the {size}-metre quay in {place} on {day} March. {other} said that {size} \
         boats had come.\n\n“We will not leave a single boat number {number} out in this weather,” {who} said in {place}. It cost £{size}m.\n"
    )
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("can be made");
    for entry in std::fs::read_dir(from).expect("is there") {
        let entry = entry.expect("is readable");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("can be copied");
        }
    }
}

/// Numbers that look like chance and are the same in each run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}
