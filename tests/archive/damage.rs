//! What happens to files happens to archives: bytes that are no longer what they were, half a copy, a full disk, another version. It is
//! refused in one line, and `verify` finds all of it.

use crate::desk::{Desk, Said, article};

const PAGE: usize = 4096;

/// Refused in one line that says what to do.
fn assert_refused(said: &Said, what: &str) {
    assert_eq!((said.status, &*said.out), (2, ""), "{what}: {said:?}");
    let lines: Vec<&str> = said.err.lines().filter(|line| !line.contains("a fault at ")).collect();
    assert!(matches!(lines[..], [line] if line.contains("archive")), "{what}: {said:?}");
}

#[test]
fn every_page_that_is_damaged_is_found() {
    let desk = Desk::with_articles(12);
    desk.done(&["archive", "build"]);
    let (file, exported) = (desk.database(), desk.done(&["archive", "export"]));
    let sound = std::fs::read(&file).expect("is there");
    let mut found = 0;
    for page in 0..sound.len() / PAGE {
        let mut damaged = sound.clone();
        // Near its beginning, which is written in all that are, in another place of each.
        let at = page * PAGE + page * 37 % 64;
        damaged[at] ^= 0x5a;
        std::fs::write(&file, &damaged).expect("can be written");
        let said = desk.run(&["archive", "verify"]);
        if said.status == 0 {
            // Nothing that is read stands there.
            assert_eq!(desk.done(&["archive", "export"]), exported, "page {page}");
        } else {
            assert_refused(&said, &format!("page {page}"));
            found += 1;
        }
    }
    assert!(found * 2 > sound.len() / PAGE, "{found} of {}", sound.len() / PAGE);
    std::fs::write(&file, &sound).expect("can be written");
    desk.done(&["archive", "verify"]);
}

#[test]
fn facts_that_are_damaged_are_not_answered_from() {
    let desk = Desk::with_articles(12);
    desk.done(&["archive", "build"]);
    let (file, asked) = (desk.database(), ["who", "--format", "json", "Quillfeather"]);
    let (sound, answer) = (std::fs::read(&file).expect("is there"), desk.run(&asked));
    for page in 0..sound.len() / PAGE {
        let mut damaged = sound.clone();
        damaged[page * PAGE..(page + 1) * PAGE].iter_mut().for_each(|byte| *byte ^= 0x5a);
        std::fs::write(&file, &damaged).expect("can be written");
        let said = desk.run(&asked);
        if said != answer {
            assert_refused(&said, &format!("page {page}"));
        }
    }
}

#[test]
fn half_an_archive_is_none() {
    let desk = Desk::with_articles(12);
    desk.done(&["archive", "build"]);
    let file = desk.database();
    let sound = std::fs::read(&file).expect("is there");
    for part in [0, 1, 100, PAGE, sound.len() / 2, sound.len() - PAGE, sound.len() - 1] {
        std::fs::write(&file, &sound[..part]).expect("can be written");
        assert_refused(&desk.run(&["archive", "verify"]), &format!("{part} bytes"));
        assert_refused(&desk.run(&["who", "Quillfeather"]), &format!("{part} bytes"));
    }
    std::fs::remove_file(&file).expect("is there");
    assert_refused(&desk.run(&["who", "Quillfeather"]), "no database");
    desk.write("kept/CURRENT", "copy");
    assert_refused(&desk.run(&["archive", "verify"]), "half of CURRENT");
    assert!(desk.done(&["archive", "build"]).contains("12 sources"));
    desk.done(&["archive", "verify"]);
}

#[test]
fn an_archive_of_another_version_is_built_anew() {
    let desk = Desk::with_articles(3);
    desk.done(&["archive", "build"]);
    let current = std::fs::read_to_string(desk.path("kept/CURRENT")).expect("is there");
    let other = current.replacen(env!("CARGO_PKG_VERSION"), "0.0.1", 1);
    assert_ne!(other, current);
    desk.write("kept/CURRENT", &other);
    for words in [&["who", "Quillfeather"][..], &["archive", "verify"], &["archive", "update"]] {
        let said = desk.run(words);
        assert_refused(&said, "an older version");
        assert!(said.err.contains("of another version (copydesk 0.0.1 1.") && said.err.contains("`copydesk archive build`"), "{said:?}");
    }
    desk.done(&["archive", "build"]);
    desk.done(&["archive", "verify"]);
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_what_was() {
    let desk = Desk::with_articles(12);
    desk.done(&["archive", "build"]);
    let before = desk.done(&["archive", "export"]);
    for number in 12..60 {
        desk.write(&format!("sources/{number:04}.md"), &article(number));
    }
    // Files can't grow beyond so many blocks, as on a disk that is full.
    let blocks = std::fs::metadata(desk.database()).expect("is there").len() / 512;
    for (words, blocks) in [(["archive", "build"], blocks / 2), (["archive", "build"], 1), (["archive", "update"], blocks)] {
        let said = Said::of(&desk.command_under(&format!("trap '' XFSZ; ulimit -f {blocks}"), &words).output().expect("can be started"));
        assert_refused(&said, &format!("{words:?} in {blocks} blocks"));
        assert!(said.err.contains("the disk is full"), "{said:?}");
        desk.done(&["archive", "verify"]);
        assert_eq!(desk.done(&["archive", "export"]), before);
    }
    assert!(desk.done(&["archive", "update"]).contains("60 sources"));
}
