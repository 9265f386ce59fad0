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

#[test]
fn a_configuration_names_nothing_that_is_hidden_elsewhere() {
    let all = desk();
    let at = |name: &str| all.path().join(name);
    write(&at(".private/notes.md"), "Harbour master Anja Kowalczyk opened the quay.\n");
    write(&at(".private/book.toml"), "");
    write(&at("drive/b.md"), "Harbour master Anja Kowalczyk opened the quay.\n");
    write(&at("desk/drafts/a.md"), "The quay was opened on Monday, 5 March 2024.\n");
    write(&at("desk/.archive/a.md"), "Harbour master Anja Kowalczyk opened the quay.\n");
    link("../.private", &at("desk/linked"));
    link("../../.private/notes.md", &at("desk/archive/notes.md"));
    write(&at("desk/archive/b.md"), "Harbour master Anja Kowalczyk opened the quay.\n");
    write(&at("desk/book.md"), "");
    for (says, problem) in [
        ("corpus = \"../.private\"", Some("only your own settings may name it")),
        ("corpus = \"../.private/notes.md\"", Some("only your own settings may name it")),
        ("corpus = \"linked\"", Some("only your own settings may name it")),
        ("stylebook = \"../.private/book.toml\"", Some("only your own settings may name it")),
        ("stylebook = \"book.md\"", Some("has to end in .toml")),
        ("corpus = \"archive\"", Some("notes.md: leads to something hidden outside of this folder")),
        ("corpus = \".archive\"", None),
        ("corpus = \"../drive\"", None),
    ] {
        write(&at("desk/copydesk.toml"), says);
        let ended = copydesk(&at("desk"), &["lint", "drafts"]);
        let told = ended.problems.join("\n");
        assert!(problem.map_or(told.is_empty(), |words| ended.problems.len() == 1 && told.contains(words)), "{says}: {told}");
        // A source that is left out is a problem of its own, a configuration is none without what it names.
        assert_eq!(ended.status, Some(if problem.is_some() && says != "corpus = \"archive\"" { 2 } else { 1 }), "{says}");
    }
    write(&at("desk/copydesk.toml"), "corpus = []\n");
    let own = copydesk(&at("desk"), &["lint", "drafts", "--corpus", "../.private", "--stylebook", "../.private/book.toml"]);
    assert_eq!((own.status, own.problems.len()), (Some(1), 0), "{:?}", own.problems);
    // A desk may lie in a hidden folder.
    std::fs::rename(at("desk"), at(".private/desk")).expect("can be moved");
    write(&at(".private/desk/copydesk.toml"), "corpus = \"../notes.md\"\n");
    let within = copydesk(&at(".private/desk"), &["lint", "drafts"]);
    assert_eq!((within.status, within.problems.len()), (Some(1), 0), "{:?}", within.problems);
}

/// What may stand in a folder, and how many lines copydesk says of it at the most.
#[test]
fn settings_without_end_are_told_in_bounded_words() {
    let desk = desk();
    let at = |name: &str| desk.path().join(name);
    let entries = |entry: &str| entry.repeat(20_000);
    let absent: Vec<String> = (0..20_000).map(|at| format!("{{ file = \"{at}.md\" }}")).collect();
    for (name, text, status) in [
        ("archive/sources.toml", entries("[[source]]\n"), 1),
        ("archive/sources.toml", format!("source = [{}]\n", absent.join(", ")), 1),
        ("book.toml", entries("[[person]]\n"), 1),
        ("copydesk.toml", entries("corpse = 1\n"), 2),
        ("copydesk.toml", format!("corpus = [{}]\n", entries("\"archive\", ")), 2),
        ("copydesk.toml", format!("corpus = {}", entries("[")), 2),
        ("copydesk.toml", entries("a = {"), 2),
        ("copydesk.toml", format!("a{} = 1", entries(".a")), 2),
        ("drafts/.gitignore", entries("?").repeat(40), 2),
    ] {
        write(&at("copydesk.toml"), "corpus = \"archive\"\nstylebook = \"book.toml\"\n");
        write(&at("book.toml"), "");
        write(&at(name), text);
        let ended = copydesk(desk.path(), &["lint", "drafts"]);
        assert_eq!(ended.status, Some(status), "{name}: {:?}", ended.problems.first());
        let bytes: usize = ended.problems.iter().map(String::len).sum();
        assert!((1..=101).contains(&ended.problems.len()) && bytes < 20_000, "{name}: {} lines", ended.problems.len());
        std::fs::remove_file(at(name)).expect("can be removed");
    }
}

#[test]
fn files_of_ten_gigabytes_of_nothing_take_no_time() {
    let desk = desk();
    let at = |name: &str| desk.path().join(name);
    for name in ["drafts/b.md", "archive/b.md", "archive/sources.toml", "drafts/.gitignore", "book.toml", "copydesk.toml"] {
        write(&at("copydesk.toml"), "corpus = \"archive\"\nstylebook = \"book.toml\"\n");
        write(&at("book.toml"), "");
        let _ = std::fs::remove_file(at(name));
        std::fs::File::create(at(name)).and_then(|file| file.set_len(10 << 30)).expect("can be made");
        let ended = copydesk(desk.path(), &["lint", "drafts"]);
        assert!(ended.problems.len() == 1 && ended.problems[0].contains("is more than the"), "{name}: {:?}", ended.problems);
        std::fs::remove_file(at(name)).expect("can be removed");
    }
}

/// Standard output that takes nothing, surroundings that give nothing.
#[test]
fn a_terminal_and_a_home_that_are_none_are_no_fault_of_a_draft() {
    let desk = desk();
    let run = |command: &str, variables: &[(&str, &str)]| {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", command, env!("CARGO_BIN_EXE_copydesk")])
            .current_dir(desk.path())
            .env("XDG_CACHE_HOME", desk.path().join(".cache"));
        for (name, value) in variables {
            if value.is_empty() {
                shell.env_remove(name)
            } else {
                shell.env(name, value)
            };
        }
        let output = shell.stdin(Stdio::null()).output().expect("starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let lint = "exec \"$0\" lint drafts --corpus archive";
    for columns in ["0", "1", "99999999999999", "-5", "x"] {
        assert_eq!(run(lint, &[("COLUMNS", columns)]), (Some(1), String::new()), "{columns} columns");
    }
    for home in
        [&[("HOME", ""), ("XDG_CACHE_HOME", "")][..], &[("HOME", "/dev/null"), ("XDG_CACHE_HOME", "")], &[("XDG_CACHE_HOME", "/dev/null")]]
    {
        assert_eq!(run(lint, home), (Some(1), String::new()), "{home:?}");
        let (status, told) = run("exec \"$0\" lint drafts", home);
        assert!(status == Some(1) && told.is_empty(), "{home:?}: {told}");
    }
    assert_eq!(run("\"$0\" lint drafts --corpus archive | true", &[]), (Some(0), String::new()), "nobody reads");
    if cfg!(target_os = "linux") {
        let (status, told) = run("exec \"$0\" lint drafts --corpus archive > /dev/full", &[]);
        assert!(status == Some(2) && told.lines().count() == 1, "{status:?}: {told}");
    }
    for n in 0..40 {
        write(&desk.path().join(format!("drafts/{n}.md")), "It rained.\n");
    }
    let (status, told) = run(&format!("ulimit -n 12; {lint}"), &[]);
    assert!(matches!(status, Some(1 | 2)) && !told.contains("panicked"), "{status:?}: {told}");
}
