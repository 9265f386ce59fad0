//! What is packed in zip and gzip.

use std::io::{Cursor, Write as _};

use copydesk::ingest::Item;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{items, shown};

pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("can be added");
        zip.write_all(bytes).expect("can be written");
    }
    zip.finish().expect("can be ended").into_inner()
}

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("can be written");
    gzip.finish().expect("can be ended")
}

#[test]
fn packed_files_are_read_by_their_formats_each_by_itself() {
    let feed = gzipped(b"{\"id\": \"a:1\", \"body\": \"Pilot Ane Berg landed.\"}\n");
    let packed = zipped(&[
        ("b/story.md", b"# Landing\n\nPilot Ane Berg landed.\n"),
        ("a/feed.jsonl.gz", &feed),
        ("a/bad.jsonl", b"{\n"),
        ("a/latin.txt", b"\xc3\xa9 caf\xe9\n"),
        ("a/photo.jpg", b"x"),
        ("../../up.txt", b"Pilot Ane Berg landed."),
        ("__MACOSX/._story.md", b"x"),
        ("inner.zip", b"x"),
    ]);
    let shown = shown("archive.zip", &packed);
    for words in [
        "SKIPPED packed files whose names lead elsewhere",
        "FAULT /a/bad.jsonl, line 1: is no JSON",
        "ARTICLE /a/feed.jsonl.gz#a:1 (packed)",
        "FAULT /a/latin.txt: is not UTF-8",
        "SKIPPED packed .jpg",
        "ARTICLE /b/story.md (packed)",
        "SKIPPED packed .zip",
        "Paragraph 3:1 to 3:23: Pilot Ane Berg landed.",
    ] {
        assert_eq!(shown.matches(words).count(), 1, "{words}: {shown}");
    }
    assert_eq!(shown.matches("ARTICLE").count(), 2, "{shown}");
}

#[test]
fn a_trap_is_told_and_takes_nothing_from_the_others() {
    let trap = vec![b' '; 64 << 20];
    let packed = zipped(&[("a.txt", b"Pilot Ane Berg landed."), ("b.txt", &trap), ("c.txt", b"Pilot Ane Berg left.")]);
    let shown = shown("archive.zip", &packed);
    assert_eq!(
        (shown.matches("ARTICLE").count(), shown.matches("FAULT /b.txt: comes to more than 200 times its size").count()),
        (2, 1),
        "{shown}"
    );
    let (read, outcome) = items("trap.txt.gz", &gzipped(&trap));
    assert!(read.is_empty() && outcome.is_err_and(|why| why.contains("200 times")));
    // Packed in itself it comes to an end.
    let mut nested = gzipped(b"x");
    for _ in 0..3 {
        nested = gzipped(&nested);
    }
    let (read, outcome) = items("a.txt.gz.gz.gz.gz", &nested);
    assert!(
        read.iter().all(|item| matches!(item, Item::Skipped(_))) && outcome.is_err_and(|why| why.contains("too many times")),
        "{read:?}"
    );
}

#[test]
fn files_in_the_same_place_are_a_trap() {
    // Both entries of the list lead to the first file.
    let (one, two) = (b"Pilot Ane Berg landed.".repeat(9), b"Pilot Ane Berg landed.".repeat(9));
    let mut packed = zipped(&[("a.txt", &one), ("b.txt", &two)]);
    let listed = packed.windows(4).rposition(|window| window == b"PK\x01\x02").expect("has a list");
    packed[listed + 42..listed + 46].copy_from_slice(&[0; 4]);
    let (read, outcome) = items("archive.zip", &packed);
    assert!(read.is_empty() && outcome.is_err_and(|why| why.contains("in the same place")), "{read:?}");
}

#[test]
fn what_is_damaged_is_told() {
    let packed = zipped(&[("a.txt", &b"Pilot Ane Berg landed. ".repeat(20))]);
    for cut in [0, 1, 10, packed.len() / 2, packed.len() - 1] {
        let (read, outcome) = items("archive.zip", &packed[..cut]);
        assert!(read.is_empty() && outcome.is_err(), "{cut}");
    }
    for at in 0..packed.len() {
        let mut damaged = packed.clone();
        damaged[at] ^= 0x55;
        // Whatever it comes to, it comes to an end, and what is handed on passed its checksum.
        for item in items("archive.zip", &damaged).0 {
            if let Item::Article(article) = item {
                assert!(article.document.source().starts_with("Pilot Ane Berg landed."), "{at}");
            }
        }
    }
    let gzip = gzipped(b"Pilot Ane Berg landed.");
    let (read, outcome) = items("a.txt.gz", &gzip[..gzip.len() - 3]);
    assert!(read.is_empty() && outcome.is_err_and(|why| why.starts_with("is damaged")));
}
