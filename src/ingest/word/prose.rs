//! The paragraphs of a Word document in the order in which they are read.

use super::super::xml::{Element, Node};
use super::styles::{Styles, is_on};
use crate::document::Document;
use crate::markup::{self, BlockKind, Format};
use crate::text::Span;

#[derive(Debug)]
pub(super) struct Prose<'s> {
    styles: &'s Styles,
    /// A paragraph a line, those that have words.
    text: String,
    kinds: Vec<(Span, BlockKind)>,
    /// The paragraph that is being read.
    paragraph: String,
    kind: BlockKind,
    /// Texts in frames beside the paragraph, read once it is over.
    frames: usize,
}

impl<'s> Prose<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        Self { styles, text: String::new(), kinds: Vec::new(), paragraph: String::new(), kind: BlockKind::Paragraph, frames: 0 }
    }

    /// Adds the text of the document itself.
    pub(super) fn add(&mut self, root: &Element<'_>) {
        self.blocks(root, BlockKind::Paragraph);
        self.end();
    }

    /// Adds the notes; those of other types are the lines that Word draws above them.
    pub(super) fn add_notes(&mut self, root: &Element<'_>, name: &str) {
        for note in root.elements().filter(|note| note.name == name && note.attribute("type").is_none_or(|kind| kind == "normal")) {
            self.blocks(note, BlockKind::Paragraph);
            self.end();
        }
    }

    pub(super) fn into_document(self) -> Document {
        let text: std::sync::Arc<str> = self.text.into();
        let has_title = self.kinds.iter().any(|(_, kind)| *kind == BlockKind::Headline);
        let mut markup = markup::parse(&text, Format::Word);
        for block in &mut markup.blocks {
            let at = self.kinds.partition_point(|(span, _)| span.end <= block.source.start);
            let Some((_, kind)) = self.kinds.get(at) else { continue };
            // A document without a title has its first heading for one, where it begins with it.
            block.kind = if at == 0 && !has_title && *kind == BlockKind::Heading { BlockKind::Headline } else { *kind };
        }
        Document::of_markup(text, Format::Word, markup)
    }

    /// Ends the paragraph that is being read.
    fn end(&mut self) {
        let words = self.paragraph.trim();
        if !words.is_empty() {
            let start = self.text.len();
            self.text.push_str(words);
            self.kinds.push((Span::of(start..self.text.len()), self.kind));
            self.text.push('\n');
        }
        self.paragraph.clear();
    }

    /// What stands in a body, a cell, a note or whatever wraps some of that.
    fn blocks(&mut self, element: &Element<'_>, around: BlockKind) {
        for child in element.elements() {
            match child.name {
                "p" => self.paragraph(child, around),
                "tbl" => self.table(child),
                "del" | "moveFrom" | "sectPr" => {}
                "AlternateContent" => self.alternative(child, |prose, choice| prose.blocks(choice, around)),
                _ => self.blocks(child, around),
            }
        }
    }

    fn paragraph(&mut self, element: &Element<'_>, around: BlockKind) {
        let about = element.child("pPr");
        let of = |name: &str| about?.child(name);
        let styled = of("pStyle").and_then(|style| self.styles.kind(style.attribute("val")?));
        let in_list = of("numPr").is_some_and(|list| list.child("numId").is_none_or(|id| id.attribute("val") != Some("0")));
        let own = styled.or(in_list.then_some(BlockKind::ListItem));
        if self.paragraph.trim().is_empty() {
            self.kind = if around == BlockKind::Paragraph { own.unwrap_or(around) } else { around };
        }
        self.inline(element);
        // Where the mark at its end is taken out, the next paragraph goes on in its line.
        let is_joined = about.and_then(|about| about.child("rPr")).is_some_and(|mark| mark.child("del").is_some());
        if !is_joined {
            self.end();
        }
        self.framed(element, around);
    }

    /// What stands in a line.
    fn inline(&mut self, element: &Element<'_>) {
        for child in element.elements() {
            match child.name {
                "r" => self.run(child),
                "pPr" | "del" | "moveFrom" | "rPr" | "sdtPr" | "sdtEndPr" | "customXmlPr" | "smartTagPr" => {}
                _ => self.inline(child),
            }
        }
    }

    fn run(&mut self, element: &Element<'_>) {
        let about = element.child("rPr");
        let is_hidden = about.and_then(|about| about.child("vanish")).is_some_and(is_on)
            || about.and_then(|about| about.child("rStyle")?.attribute("val")).is_some_and(|style| self.styles.is_hidden(style));
        if is_hidden {
            return;
        }
        for child in element.elements() {
            match child.name {
                "t" => self.words(child),
                "tab" | "ptab" | "br" | "cr" => self.paragraph.push(' '),
                "noBreakHyphen" => self.paragraph.push('\u{2011}'),
                "drawing" | "pict" | "object" | "AlternateContent" => self.frames = self.frames.saturating_add(1),
                // What a field is made of, what is taken out, and the numbers of notes.
                _ => {}
            }
        }
    }

    fn words(&mut self, element: &Element<'_>) {
        for node in &element.nodes {
            match node {
                // A line in the file is none in the document.
                Node::Text(words) => self.paragraph.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c })),
                Node::Reference(words, _) => self.paragraph.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c })),
                Node::Element(_) => {}
            }
        }
    }

    /// The texts in frames that hang on a paragraph.
    fn framed(&mut self, paragraph: &Element<'_>, around: BlockKind) {
        if std::mem::take(&mut self.frames) > 0 {
            self.frames_in(paragraph, around);
        }
    }

    fn frames_in(&mut self, element: &Element<'_>, around: BlockKind) {
        for child in element.elements() {
            match child.name {
                "txbxContent" => self.blocks(child, around),
                "del" | "moveFrom" => {}
                "AlternateContent" => self.alternative(child, |prose, choice| prose.frames_in(choice, around)),
                _ => self.frames_in(child, around),
            }
        }
    }

    /// One of several forms of the same.
    fn alternative(&mut self, element: &Element<'_>, read: impl Fn(&mut Self, &Element<'_>)) {
        if let Some(choice) = element.elements().next() {
            read(self, choice);
        }
    }

    fn table(&mut self, table: &Element<'_>) {
        let mut row_number = 0_u16;
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows);
        for row in rows {
            let is_gone = row.child("trPr").is_some_and(|about| about.child("del").is_some());
            if is_gone {
                continue;
            }
            let header = row_number == 0 && row.child("trPr").and_then(|about| about.child("tblHeader")).is_some_and(is_on);
            let mut cells = Vec::new();
            gather(row, "tc", &mut cells);
            for (column, cell) in (0_u16..=u16::MAX).zip(cells) {
                self.blocks(cell, BlockKind::TableCell { row: row_number, column, header });
                self.end();
            }
            row_number = row_number.saturating_add(1);
        }
    }
}

/// The rows of a table or the cells of a row, whatever wraps them; not those of a table within.
fn gather<'e, 'a>(element: &'e Element<'a>, name: &str, found: &mut Vec<&'e Element<'a>>) {
    for child in element.elements() {
        if child.name == name {
            found.push(child);
        } else if !matches!(child.name, "tbl" | "tc" | "tr" | "del" | "moveFrom") {
            gather(child, name, found);
        }
    }
}
