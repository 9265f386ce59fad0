//! Archives that can't be read in full: checking against less than was asked for is never agreement.

use copydesk::corpus::Corpus as _;
use copydesk::workspace::{Archive, Overrides, Problem, Setting, load_corpus};
use tempfile::TempDir;

fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("can be made");
    std::fs::write(path, text).expect("can be written");
}

const TEXT: &str = "Harbour master Anja Kowalczyk opened the quay.\n";

fn load(folder: &TempDir, names: &[&str]) -> Result<Archive, Problem> {
    let paths: Vec<_> = names.iter().map(|name| folder.path().join(name)).collect();
    load_corpus(&paths)
}

fn refused(folder: &TempDir, names: &[&str]) -> String {
    load(folder, names).map(|archive| archive.corpus.extent().expect("is in memory").sources).expect_err("is no archive").to_string()
}

/// The problems as told, without the folder they are in.
fn told(folder: &TempDir, archive: &Archive) -> Vec<String> {
    let prefix = format!("{}/", folder.path().display());
    archive.problems.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect()
}

#[test]
fn a_path_that_yields_no_source_is_an_error_that_says_why() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "good/a.md", TEXT);
    write(&folder, "latin.md", b"\xc3\xa9 caf\xe9\n");
    write(&folder, "latin/a.md", b"\xc3\xa9 caf\xe9\n");
    write(&folder, "latin/b.md", b"\xc3\xa9 caf\xe9\n");
    write(&folder, "scans/a.pdf", "%PDF");
    write(&folder, "scans/b.PDF", "%PDF");
    write(&folder, "scans/c.csv", "a");
    write(&folder, "other/a.xml", "<a/>");
    write(&folder, "other/b.json", "{}");
    write(&folder, "word/a.docx", "PK");
    std::fs::create_dir(folder.path().join("empty")).expect("can be made");
    for (name, words) in [
        ("gone", "there is no such file or folder"),
        ("empty", "has no source: sources end in .md"),
        ("scans", "skipped 3 files: 2 .pdf, 1 .csv"),
        ("other", "has no article that counts; skipped 1 .json of other kinds, 1 .xml of other kinds"),
        ("word", "has no source that can be read: "),
        ("word/a.docx", "is no Word document: is no zip file"),
        ("scans/c.csv", "is no source: sources end in .md"),
        ("latin.md", "is not UTF-8 (line 1, byte 6)"),
        ("latin", "has no source that can be read: "),
    ] {
        for names in [&[name][..], &["good", name]] {
            let told = refused(&folder, names);
            assert!(told.contains(words) && told.contains(name), "{names:?}: {told}");
            assert_eq!(told.matches(&format!("{name}:")).count(), 1, "{told}");
        }
    }
}

#[test]
fn what_is_missing_from_an_archive_is_told_and_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "a/good.md", TEXT);
    write(&folder, "a/bad.txt", b"\xc3\xa9 caf\xe9\n");
    write(&folder, "a/scan.pdf", "%PDF");
    write(&folder, "a/notes", "x");
    let listing = "[[source]]\nfile = \"gone.md\"\n\n[[source]]\nfile = \"scan.pdf\"\n\n[[source]]\nfile = \"good.md\"\noutlet = \"The Courier\"\noutlets = 3\n\n[[source]]\nfile = \"../up.md\"\n";
    write(&folder, "a/sources.toml", listing);
    write(&folder, "a/b/sources.toml", "[[source]]\nfile = \"lost.md\"\n");
    let archive = load(&folder, &["a"]).expect("has a source");
    assert_eq!(archive.corpus.extent().expect("is in memory").sources, 1);
    let told = told(&folder, &archive);
    for words in [
        "a/bad.txt: is not UTF-8",
        "a/sources.toml: line 1: there is no file `gone.md` beside this one",
        "a/sources.toml: line 4: `scan.pdf` is not read: sources end in ",
        "a/sources.toml: line 10: there is no key `outlets`",
        "a/sources.toml: line 12: `file` is the name of a file beside this one, not `../up.md`",
        "a/b/sources.toml: line 1: there is no file `lost.md` beside this one",
    ] {
        assert_eq!(told.iter().filter(|told| told.starts_with(words)).count(), 1, "{words}: {told:?}");
    }
    assert_eq!((told.len(), archive.unread), (6, 5), "{told:?}");
    assert_eq!(archive.skipped.to_string(), "2 files: 1 .pdf, 1 without an ending");
}

#[test]
fn one_bad_entry_of_a_listing_leaves_the_others_their_outlet() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "a/one.md", TEXT);
    write(&folder, "a/two.md", TEXT);
    write(
        &folder,
        "a/sources.toml",
        "[[source]]\nfile = \"one.md\noutlet = \"x\"\n\n[[source]]\nfile = \"two.md\"\noutlet = \"The Courier\"\n",
    );
    let archive = load(&folder, &["a"]).expect("has sources");
    let records = archive.corpus.search("kowalczyk", 9).expect("is in memory");
    let outlets: Vec<_> = records[0].citations.iter().map(|citation| citation.source.outlet.as_deref()).collect();
    assert!(outlets.contains(&Some("The Courier")) && outlets.contains(&None), "{outlets:?}");
    assert_eq!(archive.problems.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_looked_into_is_told_once() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "a/good.md", TEXT);
    write(&folder, "a/shut/b.md", TEXT);
    let shut = folder.path().join("a/shut");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).expect("can be set");
    let archive = load(&folder, &["a"]).expect("has a source");
    // Who may do anything may look into anything.
    let expected: &[&str] = if std::fs::read_dir(&shut).is_ok() { &[] } else { &["a/shut: may not be read (permission denied)"] };
    assert_eq!(told(&folder, &archive), expected);
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).expect("can be set");
}

#[test]
fn an_archive_is_no_draft_unless_it_is_asked_for() {
    let sources = std::sync::Arc::new(copydesk::corpus::MemoryCorpus::default());
    let setting = Setting { corpus_paths: vec!["desk/archive".into(), "desk/one.md".into()], ..Setting::of(sources) };
    let is_source = |draft: &str, given: &str| setting.is_source(draft.as_ref(), &[given.into()]);
    assert!(is_source("./desk/archive/a.md", ".") && is_source("desk/archive/b/a.md", "desk") && is_source("desk/one.md", "desk/."));
    assert!(!is_source("desk/drafts/a.md", "desk") && !is_source("desk/archive.md", "desk"));
    assert!(!is_source("desk/archive/a.md", "desk/archive") && !is_source("desk/archive/a.md", "desk/archive/a.md"));
}

#[test]
fn no_corpus_at_all_can_be_asked_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder, "copydesk.toml", "corpus = []\n");
    let config = folder.path().join("copydesk.toml");
    let setting = Setting::load(Some(config.clone()), &Overrides::default()).expect("is a setting");
    assert_eq!(setting.sources.extent().expect("is in memory").sources, 0);
    write(&folder, "a.md", TEXT);
    let overrides = Overrides { corpus: vec![folder.path().join("a.md")], ..Overrides::default() };
    let setting = Setting::load(Some(config), &overrides).expect("is a setting");
    assert_eq!(setting.sources.extent().expect("is in memory").sources, 1);
    let without = Setting::load(None, &Overrides::default()).expect("is a setting");
    assert_eq!(without.sources.extent().expect("is in memory").sources, 5);
}
