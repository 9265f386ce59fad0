//! Which drafts are checked where none is named, and which never.

use serde_json::Value;

use super::{DRAFT, Desk, desk};

/// The drafts that something is found in.
fn checked(desk: &Desk, folder: &str, arguments: &[&str]) -> Vec<String> {
    let output = desk.command(arguments).args(["--format", "json"]).current_dir(desk.at(folder)).output().expect("copydesk starts");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let mut paths: Vec<String> =
        report["findings"].as_array().expect("a list").iter().map(|finding| finding["path"].as_str().expect("a path").to_owned()).collect();
    paths.dedup();
    paths
}

fn full_desk() -> Desk {
    let desk = desk();
    for name in ["drafts/old/a.md", "notes.md", "pages/b.html", "node_modules/x/readme.md", "archive/late.md"] {
        desk.put(name, DRAFT);
    }
    desk.put(".gitignore", "ignored.md\n");
    desk.put("drafts/ignored.md", DRAFT);
    desk
}

#[test]
fn without_a_path_the_desks_own_drafts_are_checked_from_wherever_in_it() {
    let desk = full_desk();
    std::fs::create_dir(desk.at(".git")).expect("can be made");
    assert_eq!(checked(&desk, ".", &[]), ["drafts/ferries.md", "drafts/old/a.md", "notes.md", "pages/b.html"]);
    desk.put("copydesk.toml", "corpus = \"archive\"\ndrafts = [\"drafts/\", \"/pages/*.html\"]\nexclude = [\"old\"]\n");
    assert_eq!(checked(&desk, ".", &[]), ["drafts/ferries.md", "pages/b.html"]);
    assert_eq!(checked(&desk, "drafts/old", &[]), ["../../drafts/ferries.md", "../../pages/b.html"]);
    let config = desk.at("copydesk.toml");
    let config = config.to_str().expect("is UTF-8");
    assert_eq!(checked(&desk, "archive", &["--config", config]), ["../drafts/ferries.md", "../pages/b.html"]);
}

#[test]
fn what_is_excluded_is_checked_when_it_is_named_itself() {
    let desk = full_desk();
    desk.put("copydesk.toml", "corpus = \"archive\"\ndrafts = \"drafts/\"\nexclude = [\"old\", \"notes.md\"]\n");
    assert_eq!(checked(&desk, ".", &["drafts/old"]), [""; 0]);
    assert_eq!(checked(&desk, ".", &["drafts/old/a.md", "notes.md", "pages"]), ["drafts/old/a.md", "notes.md", "pages/b.html"]);
}

#[test]
fn where_there_is_no_draft_that_is_said() {
    let desk = desk();
    std::fs::create_dir(desk.at("empty")).expect("can be made");
    let done = desk.lint(&["empty"]);
    assert_eq!((done.status, done.err.as_str()), (Some(0), "copydesk: there are no drafts in empty\n"), "{done:?}");
}

#[test]
fn a_pattern_that_is_none_is_told() {
    let desk = desk();
    desk.put("copydesk.toml", "exclude = [\"a{b\"]\n");
    let done = desk.lint(&[]);
    assert_eq!((done.status, done.err.lines().count()), (Some(2), 1), "{done:?}");
    assert!(done.err.contains("`a{b` is no pattern of files"), "{done:?}");
}
