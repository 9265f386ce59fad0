//! The one file that copydesk makes for a desk, its stylebook: where it may lie, and what is left when making it fails.

use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use copydesk::corpus::MemoryCorpus;
use copydesk::workspace::Setting;

/// The stylebook's folder, told to the children that make one.
const FOLDER: &str = "COPYDESK_TEST_FOLDER";

/// More than goes to the disk at once.
fn book() -> String {
    "[[person]]\nname = \"Anja Kowalczyk\"\n\n".repeat(8_000)
}

/// A setting whose configuration, in `folder`, names this stylebook.
fn naming(folder: &Path, stylebook: &Path) -> Setting {
    let config_path = Some(folder.join("copydesk.toml"));
    let sources = Arc::new(MemoryCorpus::default());
    Setting { config_path, stylebook_path: Some(stylebook.to_owned()), ..Setting::of(sources) }
}

fn make(folder: &Path, text: &str) -> Result<(), String> {
    let setting = naming(folder, &folder.join("books/style.toml"));
    setting.new_stylebook(&[]).and_then(|new| new.create(text)).map_err(|problem| problem.to_string())
}

/// What is in a folder and not hidden.
fn shown(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect());
    let entries: Vec<PathBuf> = entries.unwrap_or_default();
    entries.into_iter().filter(|path| !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))).collect()
}

/// This test program again, doing one of the tests that are told to be left out.
fn child(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("is a program"));
    command.args(["--ignored", "--exact", test, "--nocapture"]).env(FOLDER, folder).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
fn a_stylebook_is_made_below_the_configuration_or_a_folder_of_the_editor_and_nowhere_else() {
    let all = tempfile::tempdir().expect("a temporary folder");
    let (desk, other) = (all.path().join("desk"), all.path().join("other"));
    std::fs::create_dir(&desk).expect("can be made");
    std::fs::create_dir(&other).expect("can be made");
    let may = |stylebook: &Path, roots: &[PathBuf]| naming(&desk, stylebook).new_stylebook(roots).is_ok();
    assert!(may(&desk.join("a.toml"), &[]) && may(&desk.join("b/c/a.toml"), &[]));
    assert!(!may(&other.join("a.toml"), &[]) && !may(&other.join("b/a.toml"), &[]) && !may(&all.path().join("a.toml"), &[]));
    assert!(may(&other.join("b/a.toml"), std::slice::from_ref(&other)));
    let own = Setting { names_own_stylebook: true, ..naming(&desk, &other.join("b/a.toml")) };
    assert!(own.new_stylebook(&[]).is_ok(), "the person's own settings may name any place");
    let refused = naming(&desk, &other.join("b/a.toml")).new_stylebook(&[]).expect_err("lies elsewhere");
    assert!(refused.message.contains("outside the folders of the desk"), "{refused}");
    assert_eq!(shown(&other), [] as [&Path; 0]);
}

#[cfg(unix)]
#[test]
fn links_in_a_checkout_lead_no_stylebook_out_of_it() {
    use std::os::unix::fs::symlink;
    let all = tempfile::tempdir().expect("a temporary folder");
    let (desk, other) = (all.path().join("desk"), all.path().join("other"));
    std::fs::create_dir(&desk).expect("can be made");
    std::fs::create_dir(&other).expect("can be made");
    symlink(&other, desk.join("books")).expect("can be linked");
    symlink(other.join("new.toml"), desk.join("style.toml")).expect("can be linked");
    symlink(other.join("nowhere"), desk.join("gone")).expect("can be linked");
    for name in ["books/a.toml", "books/b/a.toml", "style.toml", "gone/a.toml"] {
        assert!(naming(&desk, &desk.join(name)).new_stylebook(&[]).is_err(), "{name}");
    }
    // The desk's folder may itself be reached by a link.
    symlink(&desk, all.path().join("linked")).expect("can be linked");
    let linked = all.path().join("linked");
    assert!(naming(&linked, &linked.join("b/a.toml")).new_stylebook(&[]).is_ok());
}

#[test]
fn a_stylebook_is_never_written_over_by_whoever_makes_one_too() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    let (folder, path) = (desk.path(), desk.path().join("books/style.toml"));
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|at| scope.spawn(move || (at, make(folder, &format!("# {at}\n")).is_ok()))).collect();
        let ended: Vec<(i32, bool)> = threads.into_iter().map(|thread| thread.join().expect("doesn't panic")).collect();
        let text = std::fs::read_to_string(&path).expect("is there");
        assert!(ended.iter().all(|(at, made)| !made || text == format!("# {at}\n")), "{text}");
        ended.into_iter().map(|(_, made)| made).collect()
    });
    assert_eq!(outcomes.iter().filter(|made| **made).count(), 1);
    assert_eq!(std::fs::read_dir(desk.path().join("books")).expect("is there").count(), 1, "nothing is left aside");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_and_the_next_try_works() {
    let desk = tempfile::tempdir().expect("a temporary folder");
    // A limit on the size of files fails a write in the middle, as a full disk does.
    let test = child("writing::child_makes_a_stylebook_where_there_is_no_room", desk.path());
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"]).arg(test.get_program()).args(test.get_args());
    let status = shell.env(FOLDER, desk.path()).stdout(Stdio::null()).status().expect("starts");
    assert!(status.success(), "it failed and said so");
    assert_eq!(std::fs::read_dir(desk.path()).expect("is there").count(), 0);
    assert_eq!(make(desk.path(), &book()), Ok(()));
}

#[test]
#[ignore = "run by another test, with a limit on the size of files"]
fn child_makes_a_stylebook_where_there_is_no_room() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("is told"));
    assert!(make(&folder, &book()).is_err());
}

/// 40 kills, or as many as `COPYDESK_KILLS` says.
#[test]
fn a_kill_at_any_moment_loses_nothing() {
    let kills = std::env::var("COPYDESK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(40_u64);
    let text = book();
    for kill in 0..kills {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let mut child = child("writing::child_makes_stylebooks_until_it_is_killed", desk.path()).spawn().expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("is piped")).bytes().map(|byte| byte.expect("it speaks"));
        // Half of them in the first making, half when one was just made.
        let wanted = if kill % 2 == 0 { b'!' } else { b'+' };
        assert!(out.any(|byte| byte == wanted));
        std::thread::sleep(Duration::from_micros(kill * 7_919 % 20_000));
        child.kill().and_then(|()| child.wait()).expect("can be killed");
        let path = desk.path().join("books/style.toml");
        match std::fs::read_to_string(&path) {
            Ok(there) => assert!(there == text, "{} of {} bytes", there.len(), text.len()),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        }
        let was_there = path.exists();
        assert_eq!(make(desk.path(), &text).is_ok(), !was_there, "the next try works");
        assert_eq!(shown(&desk.path().join("books")), [path]);
    }
}

#[test]
#[ignore = "run by another test, which kills it"]
fn child_makes_stylebooks_until_it_is_killed() {
    let (folder, text) = (PathBuf::from(std::env::var_os(FOLDER).expect("is told")), book());
    let say = |word: &str| std::io::stdout().write_all(word.as_bytes()).and_then(|()| std::io::stdout().flush()).expect("is heard");
    say("!");
    loop {
        make(&folder, &text).expect("can be made");
        say("+");
        std::thread::sleep(Duration::from_millis(5));
        std::fs::remove_file(folder.join("books/style.toml")).expect("can be removed");
    }
}
