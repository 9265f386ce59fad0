//! The paragraphs of a Word document in the order in which they are read.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::xml::{Element, Node, Space};
use super::anchors::{Anchors, Holder, Paragraph, Within};
use super::styles::{Styles, is_on};
use crate::document::Document;
use crate::markup::{self, BlockKind, Format};
use crate::text::Span;

#[derive(Debug)]
pub(super) struct Prose<'s> {
    styles: &'s Styles,
    /// The part of the file that is being read.
    part: &'s str,
    /// A paragraph a line, those that have words.
    text: String,
    kinds: Vec<(Span, BlockKind)>,
    anchors: Anchors,
    /// The paragraph that is being read.
    paragraph: Paragraph,
    kind: BlockKind,
    /// Texts in frames beside the paragraph, read once it is over.
    frames: usize,
    /// What is being read stands in something that can have no comments, which is hung on there.
    whole: Option<usize>,
    /// The notes whose marks were seen, in their order.
    notes: Vec<Note>,
    /// Whether the words of the paragraph are seen, as far as its style says.
    hides: bool,
    /// The fields that are open, the outermost first: whether what they show has begun, or what they are made of is still being said.
    fields: Vec<bool>,
}

/// The mark of a note, as a reader sees it.
#[derive(Debug)]
struct Note {
    /// `footnoteReference` or the other.
    mark: String,
    id: String,
    whole: usize,
}

impl<'s> Prose<'s> {
    /// `part` is the text of the document itself.
    pub(super) fn new(styles: &'s Styles, part: &'s str) -> Self {
        Self {
            styles,
            part,
            text: String::new(),
            kinds: Vec::new(),
            anchors: Anchors::default(),
            paragraph: Paragraph::default(),
            kind: BlockKind::Paragraph,
            frames: 0,
            whole: None,
            notes: Vec::new(),
            hides: false,
            fields: Vec::new(),
        }
    }

    /// Adds the text of the document itself.
    pub(super) fn add(&mut self, root: &Element<'_>) {
        self.blocks(root, BlockKind::Paragraph);
        self.end();
    }

    /// Adds the notes that a part holds, as far as their marks stand in the document: what stays behind when a mark is taken out, nobody sees.
    pub(super) fn add_notes(&mut self, root: &Element<'_>, part: &'s str, name: &str) {
        self.part = part;
        let by_id: FxHashMap<&str, &Element<'_>> =
            root.elements().filter(|note| note.name == name).filter_map(|note| Some((note.attribute("id")?, note))).collect();
        let mark = format!("{name}Reference");
        let marks: Vec<(usize, &Element<'_>)> =
            self.notes.iter().filter(|note| note.mark == mark).filter_map(|note| Some((note.whole, *by_id.get(&*note.id)?))).collect();
        let mut read = FxHashSet::default();
        for (whole, note) in marks {
            if read.insert(note.span.start) {
                self.whole = Some(whole);
                self.blocks(note, BlockKind::Paragraph);
                self.end();
            }
        }
        self.whole = None;
    }

    pub(super) fn into_document(self) -> (Document, Anchors) {
        let text: std::sync::Arc<str> = self.text.into();
        let has_title = self.kinds.iter().any(|(_, kind)| *kind == BlockKind::Headline);
        let mut markup = markup::parse(&text, Format::Word);
        for block in &mut markup.blocks {
            let at = self.kinds.partition_point(|(span, _)| span.end <= block.source.start);
            let Some((_, kind)) = self.kinds.get(at) else { continue };
            // A document without a title has its first heading for one, where it begins with it.
            block.kind = if at == 0 && !has_title && *kind == BlockKind::Heading { BlockKind::Headline } else { *kind };
        }
        (Document::of_markup(text, Format::Word, markup), self.anchors)
    }

    /// Ends the paragraph that is being read.
    fn end(&mut self) {
        if let Some(span) = self.paragraph.end(&mut self.text, &mut self.anchors) {
            self.kinds.push((span, self.kind));
            self.text.push('\n');
        }
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
        if self.paragraph.is_blank() {
            self.kind = if around == BlockKind::Paragraph { own.unwrap_or(around) } else { around };
        }
        let hides = of("pStyle").and_then(|style| self.styles.hides(style.attribute("val")?)).unwrap_or(false);
        let around_hides = std::mem::replace(&mut self.hides, hides);
        self.inline(element);
        self.hides = around_hides;
        // A field whose end was lost would take the rest of the document with it.
        self.fields.retain(|shows| *shows);
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
                _ if child.space != Space::Word => self.foreign(child),
                _ => self.inline(child),
            }
        }
    }

    /// A formula, or whatever else in a line isn't Word's own.
    fn foreign(&mut self, element: &Element<'_>) {
        let around = self.whole;
        if around.is_none() {
            self.whole = Some(self.anchors.add_whole(element, Within::Other));
        }
        if element.name == "AlternateContent" {
            self.alternative(element, Self::inline);
        } else {
            self.inline(element);
        }
        self.whole = around;
    }

    fn run(&mut self, element: &Element<'_>) {
        let about = element.child("rPr");
        let switch = about.and_then(|about| about.child("vanish")).map(is_on);
        let styled = || self.styles.hides(about?.child("rStyle")?.attribute("val")?);
        let is_hidden = switch.or_else(styled).unwrap_or(self.hides);
        let run = (self.whole.is_none() && !is_hidden).then(|| self.anchors.add_run(element));
        let children: Vec<&Element<'_>> = element.elements().filter(|child| child.name != "rPr").collect();
        for (index, &child) in children.iter().enumerate() {
            if child.name == "fldChar" {
                self.field(child.attribute("fldCharType").unwrap_or_default());
            }
            if is_hidden || self.fields.contains(&false) {
                continue;
            }
            let holder = match (self.whole, run) {
                (None, Some(run)) => Holder::Child(self.anchors.add_child(run, child, index == 0, index + 1 == children.len())),
                (whole, _) => Holder::Whole(whole.unwrap_or_default()),
            };
            match child.name {
                "t" => self.words(child, holder),
                "tab" | "ptab" | "br" | "cr" => self.paragraph.push(' ', holder.as_one(child)),
                "noBreakHyphen" => self.paragraph.push('\u{2011}', holder.as_one(child)),
                "drawing" | "pict" | "object" | "AlternateContent" => self.frames = self.frames.saturating_add(1),
                "ruby" => self.ruby(child, holder),
                mark @ ("footnoteReference" | "endnoteReference") => {
                    let whole = match holder {
                        Holder::Child(child) => self.anchors.add_whole_child(child, Within::Note),
                        Holder::Whole(whole) => self.anchors.add_whole_like(whole, Within::Note),
                    };
                    self.notes.push(Note { mark: mark.to_owned(), id: child.attribute("id").unwrap_or_default().to_owned(), whole });
                }
                // What a field is made of, what is taken out, and the numbers of notes.
                _ => {}
            }
        }
    }

    /// A field begins, what it is made of has been said, or it ends. What another is made of may be a field again.
    fn field(&mut self, what: &str) {
        match what {
            "begin" => self.fields.push(false),
            "separate" => self.fields.last_mut().into_iter().for_each(|shows| *shows = true),
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Words with others above them that say how they are read, which are left out.
    fn ruby(&mut self, element: &Element<'_>, holder: Holder) {
        let around = self.whole;
        self.whole = Some(match holder {
            Holder::Child(child) => self.anchors.add_whole_child(child, Within::Other),
            Holder::Whole(whole) => whole,
        });
        if let Some(base) = element.child("rubyBase") {
            self.inline(base);
        }
        self.whole = around;
    }

    fn words(&mut self, element: &Element<'_>, holder: Holder) {
        for node in &element.nodes {
            match node {
                Node::Text(words) => self.paragraph.push_text(words, holder, self.part),
                Node::Reference(words, written) => self.paragraph.push_reference(words, written, holder, self.part),
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
                "r" if self.whole.is_none() => self.frames_of_run(child, around),
                _ => self.frames_in(child, around),
            }
        }
    }

    /// The texts in the frames of a run of the document itself: what is said of them is hung on what they hang on.
    fn frames_of_run(&mut self, run: &Element<'_>, around: BlockKind) {
        let number = self.anchors.add_run(run);
        let children: Vec<&Element<'_>> = run.elements().filter(|child| child.name != "rPr").collect();
        for (index, &child) in children.iter().enumerate() {
            let anchor = self.anchors.add_child(number, child, index == 0, index + 1 == children.len());
            self.whole = Some(self.anchors.add_whole_child(anchor, Within::Frame));
            if child.name == "AlternateContent" {
                self.alternative(child, |prose, choice| prose.frames_in(choice, around));
            } else {
                self.frames_in(child, around);
            }
        }
        self.whole = None;
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
            cells.retain(|cell| cell.at(&["tcPr", "cellDel"]).is_none());
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
