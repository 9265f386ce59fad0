//! What may lie about in a folder that came from elsewhere, under names that copydesk looks for: links to devices, pipes that nobody
//! writes to, files without an end. Each is told in a line, and the rest is checked, in bounded time and memory.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A trap that is sprung reads for ever: far more than a check takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Sets a trap at a path.
type Trap = fn(&Path);

struct Ended {
    status: Option<i32>,
    out: String,
    problems: Vec<String>,
}

/// Runs copydesk with little memory, and ends it when it takes too long.
fn copydesk(folder: &Path, arguments: &[&str]) -> Ended {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v 3000000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_copydesk")])
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join(".cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("copydesk starts");
    let started = Instant::now();
    while child.try_wait().expect("can be waited for").is_none() {
        if started.elapsed() > LIMIT {
            child.kill().expect("can be ended");
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("has ended");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { status: output.status.code(), out: text(&output.stdout), problems: text(&output.stderr).lines().map(str::to_owned).collect() }
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
    std::fs::write(path, text).expect("can be written");
}

fn pipe(path: &Path) {
    std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo is there").success());
}

fn link(to: impl AsRef<Path>, path: &Path) {
    std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
    symlink(to, path).expect("can be linked");
}

/// An archive of one source, and a folder of drafts of which one has a wrong weekday.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    write(&desk.path().join("archive/quay.md"), "Harbour master Anja Kowalczyk opened the quay.\n");
    write(&desk.path().join("drafts/a.md"), "The quay was opened on Monday, 5 March 2024.\n");
    desk
}

const WRONG_WEEKDAY: &str = "date-weekday";

/// Some traps for an ignore file, each with the name it is set under.
const IGNORES: [(&str, Trap); 8] = [
    (".ignore", |path| link("/dev/zero", path)),
    (".gitignore", |path| link("/dev/zero", path)),
    (".git/info/exclude", |path| link("/dev/urandom", path)),
    (".ignore", pipe),
    (".git/info/exclude", pipe),
    (".gitignore", |path| link("/proc/kmsg", path)),
    (".ignore", |path| drop(std::os::unix::net::UnixListener::bind(path).expect("a socket"))),
    (".gitignore", |path| write(path, "*.aaa\n".repeat(150_000))),
];

#[test]
fn an_ignore_file_that_is_no_plain_file_is_told_and_not_heeded() {
    let desk = desk();
    for folder in ["drafts", "archive"] {
        for (at, (name, set)) in IGNORES.iter().enumerate() {
            let within = desk.path().join(folder).join(at.to_string());
            write(&within.join("b.md"), "The quay was opened on Monday, 5 March 2024.\n");
            set(&within.join(name));
        }
    }
    let ended = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("is JSON");
    let expected: Vec<String> = ["archive", "drafts"]
        .iter()
        .flat_map(|folder| IGNORES.iter().enumerate().map(move |(at, (name, _))| format!("{folder}/{at}/{name}")))
        .collect();
    assert_eq!(paths(&report["problems"]), expected);
    assert_eq!((&report["summary"]["drafts"], &report["summary"]["sources"]), (&9.into(), &9.into()));
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(9), "{}", report["findings"]);
    assert_eq!(ended.status, Some(2));
}

/// The paths of some rows of a report.
fn paths(rows: &serde_json::Value) -> Vec<&str> {
    rows.as_array().expect("a list").iter().filter_map(|row| row["path"].as_str()).collect()
}

#[test]
fn drafts_and_sources_that_are_no_plain_files_are_problems_of_their_own() {
    let desk = desk();
    for folder in ["drafts", "archive"] {
        let at = |name: &str| desk.path().join(folder).join(name);
        pipe(&at("pipe.md"));
        link("/dev/zero", &at("zero.md"));
        link("/dev/tty", &at("tty.txt"));
        link("/proc/kmsg", &at("kmsg.html"));
        link("/proc/self/environ", &at("environ.md"));
        link("loop.md", &at("loop.md"));
        link("..", &at("up"));
        drop(std::os::unix::net::UnixListener::bind(at("socket.md")).expect("a socket"));
        std::fs::create_dir(at("folder.md")).expect("can be made");
    }
    let ended = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive", "--format", "json"]);
    assert_eq!(ended.status, Some(2));
    let report: serde_json::Value = serde_json::from_str(&ended.out).expect("is JSON");
    let names = ["environ.md", "kmsg.html", "loop.md", "pipe.md", "socket.md", "tty.txt", "zero.md"];
    let expected: Vec<String> = ["archive", "drafts"].iter().flat_map(|folder| names.map(|name| format!("{folder}/{name}"))).collect();
    assert_eq!(paths(&report["problems"]), expected);
    assert_eq!(report["findings"][0]["rule"], WRONG_WEEKDAY);
    assert_eq!(report["summary"]["sources"], 1);
}

#[test]
fn settings_that_are_no_plain_files_are_told_in_a_line() {
    let traps: [(&str, Trap); 3] =
        [("copydesk.toml", pipe), ("book.toml", |path| link("/dev/zero", path)), ("archive/sources.toml", |path| link("/proc/kmsg", path))];
    for (name, set) in traps {
        let desk = desk();
        write(&desk.path().join("copydesk.toml"), "corpus = \"archive\"\nstylebook = \"book.toml\"\n");
        write(&desk.path().join("book.toml"), "");
        let _ = std::fs::remove_file(desk.path().join(name));
        set(&desk.path().join(name));
        let ended = copydesk(desk.path(), &["lint", "drafts"]);
        assert!(ended.problems.len() == 1 && ended.problems[0].contains("only plain files are read"), "{name}: {:?}", ended.problems);
        // What a listing says may be done without.
        assert_eq!(ended.status, Some(if name == "archive/sources.toml" { 1 } else { 2 }), "{name}");
    }
}

#[test]
fn a_whole_file_system_and_the_machine_itself_are_no_archives() {
    let desk = desk();
    for (corpus, words) in [("/", "is a whole file system"), ("/proc", "belongs to the operating system"), ("/dev/zero", "is no source")] {
        let ended = copydesk(desk.path(), &["lint", "drafts", "--corpus", corpus]);
        assert_eq!(ended.status, Some(2), "{corpus}");
        assert!(ended.problems.len() == 1 && ended.problems[0].contains(words), "{corpus}: {:?}", ended.problems);
    }
    let ended = copydesk(desk.path(), &["lint", "/"]);
    assert_eq!((ended.status, ended.problems.len()), (Some(2), 1), "{:?}", ended.problems);
}

#[test]
fn what_a_link_leads_to_counts_and_not_the_link() {
    let desk = desk();
    write(&desk.path().join("elsewhere/b.md"), "The quay was opened on Monday, 5 March 2024.\n");
    std::fs::rename(desk.path().join("drafts/a.md"), desk.path().join("elsewhere/a.md")).expect("can be moved");
    link("../elsewhere/a.md", &desk.path().join("drafts/a.md"));
    link("../elsewhere", &desk.path().join("drafts/folder"));
    write(&desk.path().join("elsewhere/ignored"), "*.txt\n");
    link("../elsewhere/ignored", &desk.path().join("drafts/.ignore"));
    write(&desk.path().join("drafts/c.txt"), "The quay was opened on Monday, 5 March 2024.\n");
    let ended = copydesk(desk.path(), &["lint", "drafts", "--corpus", "archive"]);
    assert!(ended.out.contains("1 draft of") && ended.out.contains(WRONG_WEEKDAY), "{}", ended.out);
    assert_eq!(ended.problems, [] as [&str; 0]);
}
