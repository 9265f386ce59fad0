//! `--since`: only what stands on lines changed since a git revision, whatever the repository and the revision's name try.

use std::path::Path;
use std::process::Command;

use super::{DRAFT, Desk, desk};

fn git(folder: &Path, arguments: &[&str]) {
    let own = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(own).args(arguments).output().expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A desk with all of it committed.
fn repository() -> Desk {
    let desk = desk();
    desk.put("drafts/other.md", DRAFT);
    git(desk.path(), &["init", "-q"]);
    git(desk.path(), &["add", "."]);
    git(desk.path(), &["commit", "-q", "-m", "All"]);
    desk
}

#[test]
fn only_what_is_on_changed_lines_is_told_and_fixed() {
    let desk = repository();
    let since = |arguments: &[&str]| desk.lint(&[&["--since", "HEAD", "--format", "json"], arguments].concat());
    let nothing = since(&[]);
    assert_eq!((nothing.status, nothing.rules().len(), nothing.err.as_str()), (Some(0), 0, ""), "{nothing:?}");
    // Another line before it, other line ends, and an end of the last line.
    let crlf = DRAFT.replace("# Ferries", "It rained.\n\n# Ferries").replace('\n', "\r\n");
    desk.put("drafts/other.md", crlf.trim_end());
    assert_eq!(since(&[]).rules().len(), 0);
    desk.put("drafts/other.md", DRAFT.replace("was short", "was very short"));
    assert_eq!(since(&[]).rules(), ["date-weekday"]);
    desk.put("drafts/new.md", DRAFT);
    assert_eq!(since(&[]).rules(), ["date-weekday", "name-misspelled", "figure-conflict", "date-weekday"]);
    since(&["--fix"]);
    assert!(desk.text("drafts/new.md").contains("Vasall,") && desk.text("drafts/other.md").contains("Vasal,"));
    // A revision of before, and a draft that isn't in the folder of the repository's top.
    git(desk.path(), &["add", "."]);
    git(desk.path(), &["commit", "-q", "-m", "More"]);
    assert_eq!(desk.lint(&["--since", "HEAD~1", "drafts/other.md", "--format", "json"]).rules(), ["date-weekday"]);
    let inside = desk.command(&["--since", "main", "other.md"]).current_dir(desk.at("drafts")).output().expect("copydesk starts");
    assert_eq!(inside.status.code(), Some(0));
}

#[test]
fn a_finding_counts_where_a_place_that_it_is_about_has_changed() {
    let desk = repository();
    desk.put("drafts/other.md", "Petra Vasal left for Holmsund.\n\nIt rained.\n");
    git(desk.path(), &["commit", "-q", "-a", "-m", "A slip"]);
    desk.put("drafts/other.md", "Petra Vasal left for Holmsund.\n\nIt rained.\n\nVasal came back.\n");
    let done = desk.lint(&["--since", "HEAD", "--format", "json"]);
    assert_eq!((done.rules(), &done.json()["findings"][0]["start"]["line"]), (vec!["name-misspelled".to_owned()], &1.into()));
}

#[test]
fn no_name_of_a_revision_is_an_option_and_what_is_none_is_told() {
    let desk = repository();
    for name in
        ["--output=x", "-x", "", "nowhere", "HEAD:drafts", "HEAD..HEAD", "HEAD\n--output=x", "$(touch x)", "`touch x`", "HEAD;touch x"]
    {
        let done = desk.lint(&[&format!("--since={name}")]);
        assert_eq!((done.status, done.err.lines().count(), done.out.as_str()), (Some(2), 1, ""), "{name}: {done:?}");
        assert!(!desk.at("x").exists(), "{name}");
    }
}

#[test]
fn without_git_or_a_repository_it_is_said_in_a_line() {
    let desk = desk();
    let done = desk.lint(&["--since", "HEAD"]);
    assert_eq!((done.status, done.err.lines().count()), (Some(2), 1), "{done:?}");
    assert!(done.err.contains("in no git repository"), "{done:?}");
    let output = desk.command(&["--since", "HEAD"]).env("PATH", "").output().expect("copydesk starts");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), err.lines().count()), (Some(2), 1), "{err}");
    assert!(err.contains("git can't be started"), "{err}");
    let (other, repository) = (super::desk(), repository());
    let outside = other.at("drafts/ferries.md");
    let done = repository.lint(&["--since", "HEAD", outside.to_str().expect("is UTF-8")]);
    assert!(done.status == Some(2) && done.err.contains("is not in the git repository"), "{done:?}");
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = repository();
    desk.put("trap.sh", "#!/bin/sh\ntouch sprung\ncat\n");
    std::fs::set_permissions(desk.at("trap.sh"), std::fs::Permissions::from_mode(0o755)).expect("is ours");
    desk.put(".gitattributes", "*.md filter=trap diff=trap\n");
    let trap = desk.at("trap.sh").display().to_string();
    for key in [
        "filter.trap.clean",
        "filter.trap.smudge",
        "diff.trap.command",
        "diff.trap.textconv",
        "diff.external",
        "core.fsmonitor",
        "core.pager",
    ] {
        git(desk.path(), &["config", key, &trap]);
    }
    desk.put("drafts/other.md", DRAFT.replace("was short", "was very short"));
    assert_eq!(desk.lint(&["--since", "HEAD", "--format", "json"]).rules(), ["date-weekday"]);
    assert!(!desk.at("sprung").exists());
}
