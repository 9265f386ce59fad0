//! What is read again and what isn't, and that everything is said as it is without an archive.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::desk::{Desk, article, copy};

const DRAFT: &str =
    "---\ndate: 2024-04-02\n---\n\nMayor Ada Quilfeather opened the 12-metre quay in Larsund on 1 March, and 11 boats had come.\n";

/// As if all files had been there for an hour: what has only just been written is looked at once more.
fn settle(desk: &Desk) {
    for entry in std::fs::read_dir(desk.path("sources")).expect("is there") {
        let file = std::fs::File::options().append(true).open(entry.expect("is readable").path()).expect("can be opened");
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("has a time");
    }
}

#[test]
fn all_commands_say_the_same_with_an_archive() {
    let desk = Desk::new();
    copy(Path::new("corpus"), &desk.path("sources"));
    copy(Path::new("examples/drafts"), &desk.path("drafts"));
    desk.write("stylebook.toml", "[[place]]\nname = \"Kyiv\"\nnot = [\"Kiev\"]\n");
    desk.write("sources/unread.md", "\u{feff}");
    std::fs::write(desk.path("sources/latin.md"), b"\xc3\xa9 caf\xe9\n").expect("can be written");
    desk.write("sources/other.docx", "PK");
    let asked: [&[&str]; 6] = [
        &["lint", "drafts"],
        &["lint", "--format", "json", "drafts"],
        &["lint", "--format", "sarif", "drafts"],
        &["who", "Witkoff"],
        &["who", "--format", "json", "Zelensky"],
        &["who", "zlnsk"],
    ];
    let without = asked.map(|words| desk.run(words));
    assert!(without[0].out.contains("name-misspelled"), "{:?}", without[0]);
    let built = desk.run(&["archive", "build"]);
    assert!(built.err.contains("latin.md"), "{built:?}");
    assert_eq!(asked.map(|words| desk.run(words)), without);
    assert_eq!(desk.run(&["archive", "status"]).status, 0);
}

#[test]
fn only_what_has_changed_is_read_again() {
    let desk = Desk::with_articles(8);
    desk.write("draft.md", DRAFT);
    settle(&desk);
    assert!(desk.done(&["archive", "build"]).contains("8 sources in "));
    assert!(desk.done(&["archive", "update"]).contains("(0 files read)"));
    // Touched, and the same.
    desk.write("sources/0001.md", &article(1));
    assert!(desk.done(&["archive", "update"]).contains("(0 files read)"));
    settle(&desk);
    assert!(desk.done(&["archive", "update"]).contains("(0 files read)"));

    desk.write("sources/0001.md", &article(31));
    desk.write("sources/more/0100.md", &article(100));
    desk.remove("sources/0002.md");
    let status = desk.run(&["archive", "status"]);
    assert!(status.status == 1 && status.out.contains("2 files new or changed and 1 file gone since"), "{status:?}");
    // Any command brings it up to date.
    let linted = desk.run(&["lint", "--format", "json", "draft.md"]);
    assert!(desk.run(&["archive", "status"]).out.contains("8 sources of 8 files"));
    assert!(desk.done(&["archive", "verify"]).contains("is sound: 8 sources"));
    let before = desk.done(&["archive", "export"]);
    desk.done(&["archive", "build"]);
    assert_eq!(desk.done(&["archive", "export"]), before, "as if it had been built so");
    std::fs::remove_dir_all(desk.path("kept")).expect("is there");
    assert_eq!(desk.run(&["lint", "--format", "json", "draft.md"]), linted, "as in memory");
}

#[test]
fn what_a_list_says_of_its_files_counts() {
    let desk = Desk::with_articles(4);
    settle(&desk);
    desk.done(&["archive", "build"]);
    let outlets = |desk: &Desk| desk.done(&["archive", "export", "sources"]).matches("Harbour Weekly").count();
    assert_eq!(outlets(&desk), 0);
    desk.write("sources/sources.toml", "[[source]]\nfile = \"0001.md\"\noutlet = \"Harbour Weekly\"\n\n[[source]]\nfile = \"gone.md\"\n");
    assert!(desk.done(&["archive", "update"]).contains("(1 file read)"));
    assert_eq!(outlets(&desk), 1);
    let told = desk.run(&["who", "Quillfeather"]);
    assert!(told.err.contains("there is no file `gone.md`"), "{told:?}");
    desk.remove("sources/sources.toml");
    assert!(desk.done(&["archive", "update"]).contains("(1 file read)"));
    assert_eq!((outlets(&desk), desk.run(&["who", "Quillfeather"]).err), (0, String::new()));
}

#[test]
fn segments_that_were_built_apart_are_joined() {
    let desk = Desk::with_articles(12);
    for (segment, numbers) in [("one", 0..8), ("two", 5..12)] {
        numbers.for_each(|number| desk.write(&format!("{segment}/{number:04}.md"), &article(number)));
        desk.done(&["archive", "build", "--corpus", segment, "--archive", &format!("of-{segment}")]);
    }
    let joined = desk.done(&["archive", "join", "of-one", "of-two", "--archive", "joined"]);
    assert!(joined.starts_with("15 sources in joined"), "{joined}");
    assert!(desk.done(&["archive", "verify", "--archive", "joined"]).contains("15 sources"));
    desk.done(&["archive", "build", "--corpus", "one", "--corpus", "two", "--archive", "whole"]);
    let exported = |archive: &str| desk.done(&["archive", "export", "--archive", archive]);
    assert_eq!(exported("joined"), exported("whole"));
    let update = ["archive", "update", "--corpus", "one", "--corpus", "two", "--archive", "joined"];
    assert!(desk.done(&update).contains("15 sources in joined (0 files read)"));
    let refused = desk.run(&["archive", "join", "of-one", "nowhere", "--archive", "joined"]);
    assert!(refused.status == 2 && refused.err.contains("there is no archive in nowhere"), "{refused:?}");
    assert_eq!(exported("joined"), exported("whole"));
}

#[test]
fn an_archive_is_of_its_own_sources() {
    let desk = Desk::with_articles(3);
    let nothing = desk.run(&["archive", "update"]);
    assert!(nothing.status == 2 && nothing.err.contains("there is no archive in"), "{nothing:?}");
    desk.done(&["archive", "build"]);
    desk.write("others/a.md", &article(9));
    desk.write("copydesk.toml", "corpus = [\"others\"]\narchive = \"kept\"\n");
    let refused = desk.run(&["who", "Quillfeather"]);
    assert!(refused.status == 2 && refused.err.contains("the archive is of other sources"), "{refused:?}");
    assert_eq!(refused.err.lines().count(), 1);
    // Without a folder of its own it is in the user's cache.
    desk.write("copydesk.toml", "corpus = [\"others\"]\n");
    assert!(desk.done(&["archive", "build"]).contains("/cache/copydesk/archives/"));
    assert!(desk.done(&["archive", "status"]).contains("1 sources of 1 file"));
    let missing = desk.run(&["archive", "build", "--corpus", "nowhere"]);
    assert!(missing.status == 2 && missing.err.contains("there is no such file or folder"), "{missing:?}");
}
