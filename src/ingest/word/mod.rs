//! Word documents (docx): as a reader sees them, with what tracked changes put in and without what they take out.
//!
//! The document's text is written down with a paragraph a line, those without words left out: the line of a place is the number of its
//! paragraph, as Word counts them.

mod anchors;
mod comments;
mod marks;
mod package;
mod prose;
mod styles;

pub use comments::{Author, Comment, annotated};

use super::article::Item;
use super::xml::{Element, whole};
use super::{Article, Format, Input, Read, Take};
use crate::corpus::SourceHeader;
use crate::document::Document;
use crate::markup;
use anchors::Anchors;
use package::{Package, Part};
use prose::Prose;
use styles::Styles;

pub(super) static FORMAT: Format = Format { name: "Word documents", endings: &["docx"], read: Read::Bytes(read) };

/// Elements and texts of a document: some 300 pages with a mark on every word.
const NODES: usize = 2_000_000;

fn read(_: &Input<'_>, bytes: &[u8], take: Take<'_>) -> Result<(), String> {
    let document = document(bytes)?;
    let headline = document.blocks().iter().find(|block| block.kind == markup::BlockKind::Headline);
    let header = SourceHeader { headline: headline.map(|block| block.text.to_string()), ..SourceHeader::default() };
    take(Item::Article(Box::new(Article { within: String::new(), header, document, is_plain: false })));
    Ok(())
}

/// The document that bytes are.
///
/// # Errors
/// When they are no Word document, or a damaged one.
pub fn document(bytes: &[u8]) -> Result<Document, String> {
    Ok(read_package(&mut Package::open(bytes)?)?.document)
}

/// A document as read, with the way from its text to the file.
struct Understood {
    document: Document,
    anchors: Anchors,
    main: Part,
}

fn read_package(package: &mut Package<'_>) -> Result<Understood, String> {
    let Some(main) = package.part(&package.main.clone())? else { return Err("is no Word document: it has no text in it".to_owned()) };
    let styles = package.text("styles.xml")?.map(|styles| Styles::read(&styles)).unwrap_or_default();
    let notes = [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")];
    let notes = notes.map(|(part, name)| Ok::<_, String>((package.text(part)?, name)));
    let mut prose = Prose::new(&styles, &main.text);
    let root = parse(&main.text)?;
    if root.name != "document" {
        return Err("is no Word document: it has no text in it".to_owned());
    }
    prose.add(&root);
    let mut parts = Vec::with_capacity(notes.len());
    for notes in notes {
        let (text, name) = notes?;
        parts.extend(text.map(|text| (text, name)));
    }
    for (text, name) in &parts {
        prose.add_notes(&parse(text)?, text, name);
    }
    let (document, anchors) = prose.into_document();
    Ok(Understood { document, anchors, main })
}

fn parse(text: &str) -> Result<Element<'_>, String> {
    whole(text, NODES).map_err(|fault| format!("is a damaged Word document: {}", fault.why))
}
