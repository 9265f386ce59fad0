//! Word documents made up: words in runs, in all that may stand around runs, as the programs write it that make such documents.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEAD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"urn:r\" xmlns:m=\"urn:m\" xmlns:mc=\"urn:mc\" xmlns:wps=\"urn:wps\" xmlns:v=\"urn:v\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The file of a document with this body and these notes and comments; without comments where there are none.
pub(crate) fn packed(body: &str, notes: &str, comments: Option<&str>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("can be added");
        zip.write_all(text.as_bytes()).expect("can be written");
    };
    put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
    );
    put(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        ),
    );
    put("word/document.xml", &format!("<?xml version=\"1.0\"?><w:document {HEAD}><w:body>{body}</w:body></w:document>"));
    put("word/footnotes.xml", &format!("<w:footnotes {HEAD}><w:footnote w:id=\"1\">{notes}</w:footnote></w:footnotes>"));
    put("word/media/picture.png", "\u{1}no picture");
    if let Some(comments) = comments {
        put("word/comments.xml", &format!("<w:comments {HEAD}>{comments}</w:comments>"));
        put(
            "word/_rels/document.xml.rels",
            &format!("<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/comments\" Target=\"comments.xml\"/></Relationships>"),
        );
    }
    zip.finish().expect("can be ended").into_inner()
}

pub(crate) fn documents() -> impl Strategy<Value = Vec<u8>> {
    let comments = prop::option::of(prop::sample::select(
        &["", "<w:comment w:id=\"0\" w:author=\"Eva\"><w:p/></w:comment><w:comment w:id=\"2\"/>"][..],
    ));
    (blocks(), blocks(), comments).prop_map(|(body, notes, comments)| packed(&body, &notes, comments))
}

fn blocks() -> impl Strategy<Value = String> {
    let paragraph = || {
        (
            prop::sample::select(
                &["", "<w:pPr><w:rPr><w:del w:id=\"7\"/></w:rPr></w:pPr>", "<w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>"][..],
            ),
            inline(),
        )
            .prop_map(|(about, words)| format!("<w:p>{about}{words}</w:p>"))
    };
    let wrapped = (prop::sample::select(BLOCKS), paragraph()).prop_map(|((before, behind), inside)| format!("{before}{inside}{behind}"));
    prop::collection::vec(prop_oneof![3 => paragraph(), 1 => wrapped], 0..4).prop_map(|blocks| blocks.concat())
}

const BLOCKS: &[(&str, &str)] = &[
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:moveFrom w:id=\"5\">", "</w:moveFrom>"),
    ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
];

/// What stands around runs in a line.
const WRAPPERS: &[(&str, &str)] = &[
    ("<w:hyperlink r:id=\"rId4\" w:history=\"1\">", "</w:hyperlink>"),
    ("<w:ins w:id=\"3\" w:author=\"Eva\">", "</w:ins>"),
    ("<w:del w:id=\"4\">", "</w:del>"),
    ("<w:smartTag>", "</w:smartTag>"),
    ("<w:fldSimple w:instr=\"DATE\">", "</w:fldSimple>"),
    ("<w:commentRangeStart w:id=\"2\"/>", "<w:commentRangeEnd w:id=\"2\"/>"),
    ("<m:oMath>", "</m:oMath>"),
    ("<mc:AlternateContent><mc:Choice>", "</mc:Choice><mc:Fallback><w:r><w:t>other</w:t></w:r></mc:Fallback></mc:AlternateContent>"),
    ("<w:bookmarkStart w:id=\"0\" w:name=\"x\"/><w:proofErr w:type=\"spellStart\"/>", "<w:bookmarkEnd w:id=\"0\"/>"),
];

fn inline() -> impl Strategy<Value = String> {
    let line = || prop::collection::vec(run(), 0..4).prop_map(|runs| runs.concat());
    let wrapped = (prop::sample::select(WRAPPERS), line()).prop_map(|((before, behind), inside)| format!("{before}{inside}{behind}"));
    prop::collection::vec(prop_oneof![2 => line(), 1 => wrapped], 0..4).prop_map(|pieces| pieces.concat())
}

fn run() -> impl Strategy<Value = String> {
    let about = prop::sample::select(
        &[
            "",
            "<w:rPr><w:b/></w:rPr>",
            "<w:rPr><w:vanish/></w:rPr>",
            "<w:rPr><w:i/><w:rPrChange w:id=\"9\" w:author=\"Eva\"><w:rPr/></w:rPrChange></w:rPr>",
        ][..],
    );
    (prop::sample::select(&["w:r", "w:r w:rsidR=\"00AB>12\""][..]), about, prop::collection::vec(child(), 0..4))
        .prop_map(|(tag, about, children)| format!("<{tag}>{about}{}</w:r>", children.concat()))
}

fn child() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(
        prop::sample::select(&["Anna", " ", "Brandvold", " 40", "é", "—", "&amp;", "&#x20;", "AT&amp;T", ", ", "\n", "\u{85}", "😀"][..]),
        0..6,
    );
    let words = (prop::sample::select(&["<w:t>", "<w:t xml:space=\"preserve\">", "<w:t xml:space='preserve' >"][..]), words)
        .prop_map(|(tag, words)| format!("{tag}{}</w:t>", words.concat()));
    let other = prop::sample::select(
        &[
            "<w:tab/>",
            "<w:br w:type=\"page\"/>",
            "<w:noBreakHyphen/>",
            "<w:t/>",
            "<w:t><![CDATA[Petra Vasall]]></w:t>",
            "<w:t>Petra <!-- x -->Vasall</w:t>",
            "<w:lastRenderedPageBreak/>",
            "<w:footnoteReference w:id=\"1\"/>",
            "<w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>In a frame</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing>",
        ][..],
    );
    prop_oneof![3 => words, 1 => other.prop_map(str::to_owned)]
}
