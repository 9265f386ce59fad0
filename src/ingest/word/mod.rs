//! Word documents (docx): as a reader sees them, with what tracked changes put in and without what they take out.
//!
//! The document's text is written down with a paragraph a line, those without words left out: the line of a place is the number of its
//! paragraph, as Word counts them.

mod prose;
mod styles;

use super::article::Item;
use super::xml::{Element, whole};
use super::zip::{member, open};
use super::{Article, Format, Input, Read, Take};
use crate::corpus::SourceHeader;
use crate::document::Document;
use crate::markup;
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
    let mut archive = open(bytes).map_err(|why| format!("is no Word document: {why}"))?;
    let mut text = |path: &str| -> Result<Option<String>, String> {
        let Some(index) = archive.index_for_name(path) else { return Ok(None) };
        let (text, _) = markup::decode(member(&mut archive, index)?, markup::Format::Html).map_err(|fault| fault.to_string())?;
        Ok(Some(text))
    };
    let main = text("_rels/.rels")?.and_then(|relations| main_part(&relations)).unwrap_or_else(|| "word/document.xml".to_owned());
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let Some(body) = text(&main)? else { return Err("is no Word document: it has no text in it".to_owned()) };
    let styles = text(&beside("styles.xml"))?.map(|styles| Styles::read(&styles)).unwrap_or_default();
    let mut prose = Prose::new(&styles);
    let root = parse(&body)?;
    if root.name != "document" {
        return Err("is no Word document: it has no text in it".to_owned());
    }
    prose.add(&root);
    for (part, name) in [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")] {
        if let Some(notes) = text(&beside(part))? {
            prose.add_notes(&parse(&notes)?, name);
        }
    }
    Ok(prose.into_document())
}

fn parse(text: &str) -> Result<Element<'_>, String> {
    whole(text, NODES).map_err(|fault| format!("is a damaged Word document: {}", fault.why))
}

/// Where the text is.
fn main_part(relations: &str) -> Option<String> {
    let relations = parse(relations).ok()?;
    let main = relations.elements().find(|relation| relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))?;
    main.attribute("Target").map(|target| target.trim_start_matches('/').to_owned())
}
