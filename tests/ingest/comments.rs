//! Comments in Word documents, in the shapes in which programs write such documents.

use copydesk::ingest::{Author, Comment, annotated, word_document};
use copydesk::text::Span;
use jiff::civil::date;

use super::packed::zipped;
use super::soundly::{are_written_soundly, files};
use super::word::docx;

const EVA: Author<'_> = Author { name: "Eva", initials: "e" };

/// The parts of a document with a comment on each of some words.
fn parts(bytes: &[u8], words: &[&str]) -> Vec<(String, String)> {
    let document = word_document(bytes).expect("is a document");
    let comments: Vec<Comment> = words
        .iter()
        .map(|words| {
            let at = document.source().find(words).expect("has the words");
            Comment { at: Span::of(at..at + words.len()), paragraphs: vec![format!("On {words}")] }
        })
        .collect();
    let after = annotated(bytes, &comments, EVA, Some(date(2025, 12, 3).at(9, 5, 0, 0))).expect("can have comments");
    files(&after).into_iter().map(|(name, _, plain)| (name, String::from_utf8(plain).expect("is UTF-8"))).collect()
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    &parts.iter().find(|(known, _)| known == name).expect("is there").1
}

/// What is in the body of a document, with a mark for each that a comment has.
fn body(bytes: &[u8], words: &[&str]) -> String {
    let parts = parts(bytes, words);
    let text = part(&parts, "word/document.xml");
    let (start, end) = (text.find("<w:body>").expect("has a body") + 8, text.find("<w:sectPr/>").expect("ends"));
    let mut body = text[start..end].to_owned();
    for number in 0..9 {
        body = body.replace(&format!("<w:commentRangeStart w:id=\"{number}\"/>"), &format!("[{number}:"));
        body = body.replace(&format!("<w:commentRangeEnd w:id=\"{number}\"/><w:r><w:commentReference w:id=\"{number}\"/></w:r>"), "]");
    }
    body
}

#[test]
fn a_comment_stands_on_the_very_words_whatever_splits_them() {
    for (before, words, after) in [
        ("<w:p><w:r><w:t>Anna Berg</w:t></w:r></w:p>", "Anna Berg", "<w:p>[0:<w:r><w:t>Anna Berg</w:t></w:r>]</w:p>"),
        (
            "<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>Ms Berg left</w:t></w:r></w:p>",
            "Berg",
            "<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>Ms</w:t><w:t xml:space=\"preserve\"> </w:t></w:r>[0:\
             <w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Berg</w:t></w:r>]\
             <w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> left</w:t></w:r></w:p>",
        ),
        (
            "<w:p><w:r><w:t xml:space=\"preserve\">By An</w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>na B</w:t></w:r></w:hyperlink>\
             <w:del w:id=\"1\"><w:r><w:delText>x</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>erg, 4</w:t></w:r></w:ins></w:p>",
            "Anna Berg",
            "<w:p><w:r><w:t xml:space=\"preserve\">By </w:t></w:r>[0:<w:r><w:t xml:space=\"preserve\">An</w:t></w:r><w:hyperlink r:id=\"x\">\
             <w:r><w:t>na B</w:t></w:r></w:hyperlink><w:del w:id=\"1\"><w:r><w:delText>x</w:delText></w:r></w:del><w:ins w:id=\"2\">\
             <w:r><w:t>erg</w:t></w:r>]<w:r><w:t xml:space=\"preserve\">, 4</w:t></w:r></w:ins></w:p>",
        ),
        (
            "<w:p><w:r><w:t>Anna</w:t><w:tab/><w:t>Berg</w:t><w:tab/></w:r></w:p>",
            "Berg",
            "<w:p><w:r><w:t>Anna</w:t><w:tab/></w:r>[0:<w:r><w:t>Berg</w:t></w:r>]<w:r><w:tab/></w:r></w:p>",
        ),
        (
            "<w:p><w:r><w:t>A&amp;B &lt;C</w:t></w:r></w:p>",
            "B",
            "<w:p><w:r><w:t>A&amp;</w:t></w:r>[0:<w:r><w:t xml:space=\"preserve\">B</w:t></w:r>]<w:r><w:t xml:space=\"preserve\"> &lt;C</w:t></w:r></w:p>",
        ),
        // Word leaves out the blanks at these ends: the halves would bring them back.
        ("<w:p><w:r><w:t> Anna Berg </w:t></w:r></w:p>", "Berg", "<w:p>[0:<w:r><w:t> Anna Berg </w:t></w:r>]</w:p>"),
        ("<w:p><w:r><w:t><![CDATA[Anna Berg]]></w:t></w:r></w:p>", "Berg", "<w:p>[0:<w:r><w:t><![CDATA[Anna Berg]]></w:t></w:r>]</w:p>"),
        // A change of looks that is tracked is another one in each half.
        (
            "<w:p><w:r><w:rPr><w:rPrChange w:id=\"0\"><w:rPr/></w:rPrChange></w:rPr><w:t>Anna Berg</w:t></w:r></w:p>",
            "Anna",
            "<w:p>[0:<w:r><w:rPr><w:rPrChange w:id=\"0\"><w:rPr/></w:rPrChange></w:rPr><w:t>Anna</w:t></w:r>]\
             <w:r><w:rPr><w:rPrChange w:id=\"1\"><w:rPr/></w:rPrChange></w:rPr><w:t xml:space=\"preserve\"> Berg</w:t></w:r></w:p>",
        ),
    ] {
        let bytes = docx(before, &[]);
        assert_eq!(body(&bytes, &[words]), after, "{before}");
        assert!(are_written_soundly(&bytes) > 0, "{before}");
    }
}

#[test]
fn what_can_have_no_comments_is_hung_on_where_it_stands() {
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let notes = format!(
        "<w:footnotes xmlns:w=\"{main}\"><w:footnote w:id=\"3\"><w:p>{}</w:p></w:footnote><w:footnote w:id=\"4\"><w:p>{}</w:p></w:footnote></w:footnotes>",
        run("Left behind"),
        run("Olga Dahl counted")
    );
    let frame = format!("<w:drawing><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:drawing>", run("Per Lund drew"));
    let text = format!(
        "<w:p>{}<w:r><w:rPr/><w:t>a</w:t><w:footnoteReference w:id=\"4\"/></w:r><w:r>{frame}</w:r><m:oMath><m:r><m:t>x = 41</m:t></m:r></m:oMath></w:p>",
        run("So")
    );
    let bytes = docx(&text, &[("word/footnotes.xml", &notes)]);
    assert!(!word_document(&bytes).expect("is a document").source().contains("Left behind"), "nobody sees it");
    let after = body(&bytes, &["Olga", "Lund", "41"]);
    assert!(after.contains("<w:r><w:rPr/><w:t>a</w:t></w:r>[0:<w:r><w:rPr/><w:footnoteReference w:id=\"4\"/></w:r>]"), "{after}");
    assert!(after.contains(&format!("[1:<w:r>{frame}</w:r>]")) && after.contains("[2:<m:oMath>"), "{after}");
    let parts = parts(&bytes, &["Olga", "Lund", "41"]);
    let said = part(&parts, "word/comments.xml");
    for words in ["In the note, on “Olga”:", "In the text box, on “Lund”:", "In what stands here, on “41”:"] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn comments_come_beside_those_of_others_and_parts_are_told_once() {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let text = "<w:p><w:commentRangeStart w:id=\"1\"/><w:r><w:t>Anna Berg left</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let theirs = format!(
        "<?xml version=\"1.0\"?>\n<x:comments xmlns:x=\"{main}\"><x:comment x:id=\"1\" x:author=\"Mia\"><x:p/></x:comment></x:comments>\n"
    );
    let relations =
        format!("<Relationships><Relationship Id=\"rId1\" Type=\"{kinds}/comments\" Target=\"/word/remarks.xml\"/></Relationships>");
    let bytes = docx(text, &[("word/remarks.xml", &theirs), ("word/_rels/document.xml.rels", &relations)]);
    let after = parts(&bytes, &["Berg", "left"]);
    let said = part(&after, "word/remarks.xml");
    assert!(
        said.starts_with(theirs.trim_end().trim_end_matches("</x:comments>"))
            && said.contains("<x:comment x:id=\"0\" x:author=\"Eva\" x:initials=\"e\" x:date=\"2025-12-03T09:05:00Z\"><x:p><x:r><x:t xml:space=\"preserve\">On Berg</x:t>")
            && said.contains("<x:comment x:id=\"2\""),
        "{said}"
    );
    assert_eq!(part(&after, "word/_rels/document.xml.rels"), relations);
    assert!(part(&after, "[Content_Types].xml").contains("<Override PartName=\"/word/remarks.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>"));

    // Parts whose names differ in case alone are one.
    let relations = relations.replace("/word/remarks.xml", "Remarks.xml");
    let bytes = docx(text, &[("word/remarks.xml", &theirs), ("word/_rels/document.xml.rels", &relations)]);
    let after = parts(&bytes, &["Berg"]);
    assert_eq!(after.iter().filter(|(name, _)| name.eq_ignore_ascii_case("word/remarks.xml")).count(), 1);
    assert!(part(&after, "word/remarks.xml").contains("On Berg"));

    // Where there are none, all is told once; and written twice over, nothing is told again.
    let bytes = docx("<w:p><w:r><w:t>Anna Berg left</w:t></w:r></w:p>", &[]);
    let first = parts(&bytes, &["Berg"]);
    let packed = zipped(&first.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>());
    let second = parts(&packed, &["Anna"]);
    for (name, told) in [("[Content_Types].xml", "/word/comments.xml"), ("word/_rels/document.xml.rels", "Target=\"comments.xml\"")] {
        assert_eq!(part(&second, name).matches(told).count(), 1, "{name}");
        assert_eq!(part(&first, name), part(&second, name));
    }
    assert_eq!(part(&second, "word/comments.xml").matches("<w:comment ").count(), 2);
}

#[test]
fn other_prefixes_and_the_strict_vocabulary_are_kept_to() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    for (root, expected) in [
        (
            format!("<x:document xmlns:x=\"{strict}\"><x:body><x:p><x:r><x:t>Anna Berg</x:t></x:r></x:p></x:body></x:document>"),
            "<x:commentRangeStart x:id=\"0\"/>".to_owned(),
        ),
        (
            format!("<document xmlns=\"{strict}\"><body><p><r><t>Anna Berg</t></r></p></body></document>"),
            format!("<w:commentRangeStart xmlns:w=\"{strict}\" w:id=\"0\"/>"),
        ),
    ] {
        let with_mark = format!("\u{feff}{root}");
        for text in [root.as_bytes().to_vec(), with_mark.into_bytes(), utf_16(&root)] {
            let bytes = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &text)]);
            let document = word_document(&bytes).expect("is a document");
            let comment = Comment { at: Span::new(5, 9), paragraphs: vec!["x".to_owned()] };
            assert_eq!(comment.at.text(document.source()), "Berg");
            let after = annotated(&bytes, &[comment], EVA, None).expect("can have comments");
            let after = files(&after);
            let plain = |name: &str| after.iter().find(|(known, ..)| known == name).map(|(.., plain)| plain.clone()).expect("is there");
            let main = plain("word/document.xml");
            let written = if text.starts_with(b"\xff\xfe") { utf_16(&expected)[2..].to_vec() } else { expected.clone().into_bytes() };
            assert!(main.windows(written.len()).any(|window| window == written), "{}", String::from_utf8_lossy(&main));
            let told = |name: &str| String::from_utf8(plain(name)).expect("is UTF-8");
            assert!(told("word/_rels/document.xml.rels").contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments"));
            assert!(told("word/comments.xml").contains(&format!("<w:comments xmlns:w=\"{strict}\">")));
            assert!(told("[Content_Types].xml").starts_with("<Types><Override "));
        }
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

#[test]
fn what_can_have_no_comments_at_all_says_why() {
    let encrypted = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &utf_16("EncryptedPackage")[2..]].concat();
    assert_eq!(word_document(&encrypted).expect_err("is none"), "is encrypted: save it without a password");
    assert_eq!(word_document(&encrypted[..8]).expect_err("is none"), "is of Word's older format: save it as .docx");
    let text = "<w:p><w:r><w:t>Anna Berg</w:t></w:r></w:p>";
    let signed = docx(text, &[("_xmlsignatures/origin.sigs", "")]);
    assert_eq!(annotated(&signed, &[], EVA, None).expect_err("is signed"), "is signed: comments would break the signature");
    let comment = Comment { at: Span::new(0, 4), paragraphs: vec!["x".to_owned()] };
    let many = (0..32_766).fold(String::new(), |all, number| all + "<w:commentRangeStart w:id=\"" + &number.to_string() + "\"/>");
    let full = docx(&format!("<w:p>{many}<w:r><w:t>Anna Berg</w:t></w:r></w:p>"), &[]);
    assert!(annotated(&full, std::slice::from_ref(&comment), EVA, None).is_ok());
    assert!(annotated(&full, &[comment.clone(), comment], EVA, None).is_err_and(|why| why.contains("32767")));
    // No comments, no change.
    let plain = docx(text, &[]);
    assert_eq!(annotated(&plain, &[], EVA, None), Ok(plain));
}
