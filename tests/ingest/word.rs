//! Word documents, as sources and as drafts.

use std::sync::Arc;

use copydesk::corpus::{MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::ingest::word_document;
use copydesk::markup::Format;

use super::packed::zipped;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document with this body, and the parts that stand beside it.
pub(crate) fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{MAIN}\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut files: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", relations.as_bytes()), ("word/document.xml", document.as_bytes())];
    files.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zipped(&files)
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn styled(style: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn blocks(document: &Document) -> Vec<String> {
    document
        .blocks()
        .iter()
        .map(|block| format!("{} {:?} {}", document.position(block.source.start).line + 1, block.kind, block.text))
        .collect()
}

fn read(bytes: &[u8]) -> Vec<String> {
    blocks(&word_document(bytes).expect("is a document"))
}

#[test]
fn paragraphs_are_read_by_their_styles_whatever_they_are_called() {
    let styles = format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>\
         <w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:styleId=\"Own\"><w:name w:val=\"Desk subhead\"/><w:basedOn w:val=\"berschrift1\"/></w:style>\
         <w:style w:styleId=\"Zitat\"><w:name w:val=\"Quote\"/></w:style>\
         <w:style w:styleId=\"Loop\"><w:name w:val=\"Loop\"/><w:basedOn w:val=\"Loop\"/></w:style></w:styles>"
    );
    let body = [
        styled("Titel", "Dam opens"),
        paragraph(""),
        styled("Own", "The river"),
        styled("Loop", "Engineer Kari Voll opened it."),
        styled("Zitat", "It holds."),
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>One gate</w:t></w:r></w:p>".to_owned(),
    ];
    let document = docx(&body.concat(), &[("word/styles.xml", &styles)]);
    assert_eq!(
        read(&document),
        [
            "1 Headline Dam opens",
            "2 Heading The river",
            "3 Paragraph Engineer Kari Voll opened it.",
            "4 BlockQuote It holds.",
            "5 ListItem One gate"
        ]
    );
}

#[test]
fn tracked_changes_fields_and_what_is_hidden_are_as_a_reader_sees_them() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let body = format!(
        "<w:p>{}<w:del w:id=\"1\"><w:r><w:delText>three</w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>{}</w:p>\
         <w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>\
         <w:moveFrom w:id=\"4\"><w:p>{}</w:p></w:moveFrom><w:p><w:moveFrom w:id=\"5\">{}</w:moveFrom><w:moveTo w:id=\"6\">{}</w:moveTo></w:p>\
         <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:hyperlink r:id=\"x\">{}</w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:br/><w:t>next</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
        run("It has "),
        run("four"),
        run(" gates."),
        run("One line "),
        run("and its end."),
        run("gone"),
        run("gone"),
        run("came"),
        run("3 May"),
        run(" link"),
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"{MAIN}\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p>{}</w:p></w:footnote>\
         <w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote></w:footnotes>",
        run("---"),
        run("A note.")
    );
    let document = docx(&body, &[("word/footnotes.xml", &notes)]);
    assert_eq!(
        read(&document),
        [
            "1 Paragraph It has four gates.",
            "2 Paragraph One line and its end.",
            "3 Paragraph came",
            "4 Paragraph 3 May link next",
            "5 Paragraph A note."
        ]
    );
}

#[test]
fn what_styles_hide_is_hidden_unless_the_words_say_otherwise() {
    let style = |id: &str, kind: &str, said: &str| {
        format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>{said}</w:style>")
    };
    let styles = [
        style("Aside", "paragraph", "<w:rPr><w:vanish/></w:rPr>"),
        style("Whisper", "character", "<w:rPr><w:vanish/></w:rPr>"),
        style("Mutter", "character", "<w:basedOn w:val=\"Whisper\"/>"),
        style("Aloud", "character", "<w:basedOn w:val=\"Whisper\"/><w:rPr><w:vanish w:val=\"0\"/></w:rPr>"),
    ];
    let styles = format!("<w:styles xmlns:w=\"{MAIN}\">{}</w:styles>", styles.concat());
    let run = |about: &str, words: &str| format!("<w:r><w:rPr>{about}</w:rPr><w:t xml:space=\"preserve\">{words} </w:t></w:r>");
    let runs = [
        run("", "plain"),
        run("<w:rStyle w:val=\"Whisper\"/>", "whispered"),
        run("<w:rStyle w:val=\"Mutter\"/>", "muttered"),
        run("<w:rStyle w:val=\"Aloud\"/>", "aloud"),
        run("<w:rStyle w:val=\"Whisper\"/><w:vanish w:val=\"0\"/>", "after all"),
    ];
    let aside = |runs: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"Aside\"/></w:pPr>{runs}</w:p>");
    let body = [format!("<w:p>{}</w:p>", runs.concat()), aside(&runs.concat()), aside(&run("", "nothing")), paragraph("The end.")];
    let document = docx(&body.concat(), &[("word/styles.xml", &styles)]);
    assert_eq!(read(&document), ["1 Paragraph plain aloud after all", "2 Paragraph aloud after all", "3 Paragraph The end."]);
}

#[test]
fn of_fields_in_fields_and_of_words_that_are_spelt_out_a_reader_sees_what_is_shown() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |words: &str| format!("<w:r><w:instrText>{words}</w:instrText></w:r>");
    let inner = [mark("begin"), code("DOCPROPERTY x"), mark("separate"), run("1"), mark("end")].concat();
    let outer = [mark("begin"), code("IF "), inner, code(" = 1"), mark("separate"), run("Anna Berg left."), mark("end")].concat();
    let unended = format!("<w:p>{}{}{}</w:p>", run("It began"), mark("begin"), run("lost"));
    let ruby =
        "<w:r><w:ruby><w:rt><w:r><w:t>read so</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Larsund</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    let body = [format!("<w:p>{outer}</w:p>"), unended, paragraph("It went on."), format!("<w:p>{ruby}{}</w:p>", run(" is wet."))];
    assert_eq!(
        read(&docx(&body.concat(), &[])),
        ["1 Paragraph Anna Berg left.", "2 Paragraph It began", "3 Paragraph It went on.", "4 Paragraph Larsund is wet."]
    );
}

#[test]
fn tables_and_frames_are_read_in_their_place() {
    let cell = |words: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(words));
    let frame = |words: &str| format!("<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>", paragraph(words));
    let body = format!(
        "{}<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr></w:tbl>\
         <w:p><w:r><w:t>Around</w:t><mc:AlternateContent><mc:Choice><w:drawing>{}</w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        paragraph("Before"),
        cell("Gate"),
        cell("Width"),
        cell("North"),
        cell("12 m"),
        frame("In a frame"),
        frame("In a frame"),
    );
    assert_eq!(
        read(&docx(&body, &[])),
        [
            "1 Paragraph Before",
            "2 TableCell { row: 0, column: 0, header: true } Gate",
            "3 TableCell { row: 0, column: 1, header: true } Width",
            "4 TableCell { row: 1, column: 0, header: false } North",
            "5 TableCell { row: 1, column: 1, header: false } 12 m",
            "6 Paragraph Around",
            "7 Paragraph In a frame"
        ]
    );
}

#[test]
fn what_is_no_document_is_told() {
    assert!(word_document(b"PK").is_err_and(|why| why.starts_with("is no Word document: is no zip file")));
    assert!(word_document(&zipped(&[("a.txt", b"x")])).is_err_and(|why| why == "is no Word document: it has no text in it"));
    assert!(
        word_document(&zipped(&[("word/document.xml", b"<w:document><w:body>")]))
            .is_err_and(|why| why.starts_with("is a damaged Word document: "))
    );
    let bomb = "<!DOCTYPE a [<!ENTITY x \"lol\">]><w:document><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(read(&zipped(&[("word/document.xml", bomb.as_bytes())])), ["1 Paragraph &x;"]);
}

#[test]
fn findings_in_a_document_stand_at_its_paragraphs_and_say_what_is_meant() {
    use copydesk::check::{Rereader, Style};
    use copydesk::config::Config;

    let source = |text: &str| {
        let header = SourceHeader { id: text.to_owned(), ..SourceHeader::default() };
        Source::read(header, Document::parse(Arc::from(text), Format::Plain))
    };
    let corpus = MemoryCorpus::new([source("Engineer Kari Vollestad opened the dam."), source("Kari Vollestad, an engineer, spoke.")]);
    let document = word_document(&docx(&[paragraph("Dam opens"), paragraph(""), paragraph("Engineer Kari Volestad spoke.")].concat(), &[]))
        .expect("is a document");
    let draft = Rereader::default().draft(document, &corpus, Style { config: &Config::default(), as_of: None }).expect("is in memory");
    let found: Vec<_> = draft
        .findings
        .iter()
        .map(|finding| (finding.rule.name, draft.document.position(finding.span.start).line + 1, finding.fix().map(|fix| &*fix.title)))
        .collect();
    assert_eq!(found, [("name-misspelled", 2, Some("Change to “Vollestad”"))]);
}
