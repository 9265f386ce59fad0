//! `--annotate`: a copy with comments, and only where nothing is.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Desk, desk};

/// A Word document with these paragraphs.
fn document(paragraphs: &[&str]) -> Vec<u8> {
    let body = paragraphs.iter().fold(String::new(), |body, words| body + "<w:p><w:r><w:t>" + words + "</w:t></w:r></w:p>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("[Content_Types].xml", "<Types/>".to_owned()), ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>"))]
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("can be added");
        zip.write_all(text.as_bytes()).expect("can be written");
    }
    zip.finish().expect("can be ended").into_inner()
}

/// The words of the comments that a document of a desk has, a line a paragraph.
fn comments(desk: &Desk, name: &str) -> Vec<String> {
    let mut zip = ZipArchive::new(Cursor::new(desk.bytes(name))).expect("is a zip file");
    let mut text = String::new();
    zip.by_name("word/comments.xml").expect("has comments").read_to_string(&mut text).expect("is UTF-8");
    let xml = roxmltree::Document::parse(&text).expect("is sound XML");
    xml.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).map(str::to_owned).collect()
}

fn desk_with_a_document() -> Desk {
    let desk = desk();
    desk.put("drafts/a.docx", document(&["4 March 2024", "Finance Minister Petra Vasal left on Monday, 5 March."]));
    desk
}

#[test]
fn a_copy_has_a_comment_for_each_finding_with_its_evidence_and_what_is_meant() {
    let desk = desk_with_a_document();
    let before = desk.bytes("drafts/a.docx");
    let done = desk.lint(&["drafts/a.docx", "--annotate", "out/checked.docx", "--format", "json"]);
    assert_eq!((done.status, &*done.err), (Some(1), "copydesk: out/checked.docx: has 2 comments\n"), "{done:?}");
    assert_eq!(done.rules(), ["name-misspelled", "date-weekday"]);
    assert_eq!(done.json()["findings"][0]["fixes"].as_array().map(Vec::len), Some(0), "no fix can be made in the file");
    assert_eq!(desk.bytes("drafts/a.docx"), before);
    let said = comments(&desk, "out/checked.docx");
    let expected = [
        "2 sources (last: The Courier, 1 March 2024) spell this name “Vasall”; the draft has “Vasal”",
        "Change to “Vasall”.",
        "(name-misspelled)",
        "5 March 2024 is a Tuesday; the draft has Monday",
        "(date-weekday)",
        // Whoever gets the document need not know whose folder that is.
        "archive/port.txt: “Petra Vasall opened the port of Holmsund on Monday, 4 March 2024.” (archive/port.txt:1)",
    ];
    for line in expected {
        assert!(said.iter().any(|said| said == line), "{line}: {said:#?}");
    }
    assert!(
        said.iter().any(|line| line
            .starts_with("The Courier, 1 March 2024: “Finance Minister Petra Vasall presented the budget.” (archive/budget.md:1)")),
        "{said:#?}"
    );
    // The same is found in the copy.
    assert_eq!(desk.lint(&["out/checked.docx", "--format", "json"]).rules(), done.rules());
    // What nobody asks for is in no comment.
    let done = desk.lint(&["drafts/a.docx", "--annotate", "out/days.docx", "--select", "date-*", "--quiet"]);
    assert_eq!((done.status, &*done.err), (Some(1), ""));
    assert!(comments(&desk, "out/days.docx").iter().all(|line| !line.contains("Vasall")));
}

#[test]
fn nothing_is_written_over_and_what_cannot_be_annotated_is_told_in_a_line() {
    let desk = desk_with_a_document();
    desk.put("drafts/b.docx", document(&["Anna left."]));
    desk.put("drafts/c.docx", [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"].concat());
    desk.put("there.docx", "something");
    let taken = "is there already, and nothing is written over it; name another";
    for (arguments, why) in [
        (&["drafts/a.docx", "--annotate", "drafts/a.docx"][..], format!("drafts/a.docx: {taken}")),
        (&["drafts/a.docx", "--annotate", "there.docx"], format!("there.docx: {taken}")),
        (&["drafts/a.docx", "--annotate", "out.doc"], "out.doc: is no name of a Word document, which ends in .docx".to_owned()),
        (
            &["drafts/ferries.md", "--annotate", "out.docx"],
            "drafts/ferries.md: is no Word document (.docx), and comments are written into nothing else".to_owned(),
        ),
        (&["drafts/a.docx", "drafts/b.docx", "--annotate", "out.docx"], "--annotate: takes one Word document, and not 2 drafts".to_owned()),
        (&["drafts/c.docx", "--annotate", "out.docx"], "drafts/c.docx: is encrypted: save it without a password".to_owned()),
    ] {
        let done = desk.lint(&[arguments, &["--quiet"]].concat());
        assert_eq!((done.status, done.err), (Some(2), format!("copydesk: {why}\n")), "{arguments:?}");
    }
    assert!(!desk.at("out.docx").exists() && !desk.at("out.doc").exists());
    assert_eq!(desk.text("there.docx"), "something");
}

#[test]
fn a_document_may_come_in_on_standard_input() {
    let desk = desk_with_a_document();
    let (done, _) =
        desk.lint_stdin(&["-", "--stdin-path", "drafts/a.docx", "--annotate", "out.docx", "--quiet"], &desk.bytes("drafts/a.docx"));
    assert_eq!((done.status, &*done.err), (Some(1), ""));
    assert!(comments(&desk, "out.docx").contains(&"Change to “Vasall”.".to_owned()));
}
