//! The blocks of what is read of a page.

use html5gum::{Token, Tokenizer};

use super::article::Article;
use super::parts::Parts;
use super::tree::{Element, Event, Page, Tag};
use crate::markup::{BlockBuilder, BlockKind, Markup};
use crate::text::Span;

/// Adds the blocks of `page`, and its stet marks, which count wherever they stand.
pub(super) fn read(source: &str, page: &Page, article: &Article, markup: &mut Markup) {
    let mut prose = Prose {
        source,
        page,
        article,
        markup,
        builder: BlockBuilder::default(),
        open: Vec::new(),
        tables: Vec::new(),
        linked: 0,
        after_break: false,
    };
    let mut stets = page.stets.clone();
    for event in &page.events {
        if let Event::Stet(index) = event {
            stets[*index as usize].block = prose.markup.blocks.len();
        }
        prose.event(event);
    }
    prose.flush();
    markup.stets.extend(stets);
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open {
    kind: BlockKind,
    is_read: bool,
    is_linked: bool,
}

struct Prose<'a> {
    source: &'a str,
    page: &'a Page,
    article: &'a Article,
    markup: &'a mut Markup,
    builder: BlockBuilder,
    /// Open elements, the innermost last.
    open: Vec<Open>,
    /// Row and column in each open table.
    tables: Vec<(u16, u16)>,
    /// How many bytes of the block that is being built lead elsewhere.
    linked: usize,
    /// Whether nothing but white space came since a line break.
    after_break: bool,
}

impl Prose<'_> {
    fn event(&mut self, event: &Event) {
        match *event {
            Event::Open(element) => self.start(element),
            Event::Close(element) => self.end(element),
            Event::Text(span) => self.text(span),
            Event::Break(span) => self.line_break(span),
            Event::Rule => self.flush(),
            Event::Stet(_) => {}
        }
    }

    fn start(&mut self, index: u32) {
        let element = &self.page.elements[index as usize];
        if is_block(element) {
            self.flush();
        }
        let outer = self.open.last().copied();
        let kind = if self.article.roots.binary_search(&index).is_ok() {
            // A cell of a layout is no cell, a list of entries no list.
            BlockKind::Paragraph
        } else {
            self.kind_of(index, element, self.kind())
        };
        let is_linked = element.parts.any(Parts::LINK) || outer.is_some_and(|outer| outer.is_linked);
        self.open.push(Open { kind, is_read: self.article.read[index as usize], is_linked });
        if element.tag == Tag::Table {
            self.tables.push((0, 0));
        }
    }

    fn kind_of(&self, index: u32, element: &Element, outer: BlockKind) -> BlockKind {
        match element.tag {
            Tag::Headline if !self.markup.has_headline => BlockKind::Headline,
            _ if self.article.headline == Some(index) => BlockKind::Headline,
            Tag::Headline | Tag::Heading => BlockKind::Heading,
            _ if element.parts.any(Parts::BYLINE) => BlockKind::Byline,
            Tag::ListItem => BlockKind::ListItem,
            Tag::Quote => BlockKind::BlockQuote,
            Tag::Caption => BlockKind::Caption,
            Tag::Cell | Tag::HeaderCell => {
                let (row, column) = self.tables.last().copied().unwrap_or_default();
                BlockKind::TableCell { row, column, header: element.tag == Tag::HeaderCell }
            }
            Tag::Paragraph | Tag::Box if matches!(outer, BlockKind::Headline | BlockKind::Heading) => BlockKind::Paragraph,
            _ => outer,
        }
    }

    fn end(&mut self, index: u32) {
        let element = &self.page.elements[index as usize];
        if is_block(element) {
            self.flush();
        }
        self.open.pop();
        match (element.tag, self.tables.last_mut()) {
            (Tag::Cell | Tag::HeaderCell, Some((_, column))) => *column = column.saturating_add(1),
            (Tag::Row, Some((row, column))) => (*row, *column) = (row.saturating_add(1), 0),
            (Tag::Table, _) => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn kind(&self) -> BlockKind {
        self.open.last().map_or(BlockKind::Paragraph, |open| open.kind)
    }

    fn is_read(&self) -> bool {
        self.open.last().map_or(self.article.roots.is_empty(), |open| open.is_read)
    }

    /// Adds text as it stands, with entities decoded and each run of white space one blank.
    fn text(&mut self, span: Span) {
        if !self.is_read() {
            return;
        }
        let before = self.builder.text().len();
        let mut at = span.start as usize;
        let end = span.end as usize;
        while at < end {
            let rest = &self.source[at..end];
            let plain = rest.find(|c: char| c == '&' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            self.builder.push_verbatim(self.source, Span::of(at..at + plain));
            at += plain;
            let rest = &self.source[at..end];
            if let Some(name) = rest.strip_prefix('&') {
                let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(rest.len(), |n| n + 1);
                let length = if rest[length..].starts_with(';') { length + 1 } else { length };
                self.builder.push_standing_for(&decoded(&rest[..length]), Span::of(at..at + length));
                at += length;
            } else if !rest.is_empty() {
                let blanks = rest.len() - rest.trim_ascii_start().len();
                if !self.builder.is_empty() && !self.builder.text().ends_with(' ') {
                    if &rest[..blanks] == " " {
                        self.builder.push_verbatim(self.source, Span::of(at..at + 1));
                    } else {
                        self.builder.push_standing_for(" ", Span::of(at..at + blanks));
                    }
                }
                at += blanks;
            }
        }
        let added = &self.builder.text()[before..];
        self.after_break &= added.trim().is_empty();
        if self.open.last().is_some_and(|open| open.is_linked) {
            self.linked += ink(added);
        }
    }

    /// One line break is a blank, two are the end of a paragraph.
    fn line_break(&mut self, span: Span) {
        if self.builder.is_empty() || !self.is_read() {
            return;
        }
        if std::mem::replace(&mut self.after_break, true) {
            self.flush();
        } else {
            self.builder.push_standing_for(" ", span);
        }
    }

    fn flush(&mut self) {
        let kind = self.kind();
        let leads_elsewhere = self.linked > 0 && self.linked == ink(self.builder.text());
        (self.linked, self.after_break) = (0, false);
        let block = self.builder.finish(kind);
        // In a page, what is a link from end to end points to another story; a linked headline is that of this one.
        let is_pointer = self.page.is_whole
            && leads_elsewhere
            && match kind {
                BlockKind::Headline => false,
                BlockKind::TableCell { .. } => self.article.roots.is_empty(),
                _ => true,
            };
        if !is_pointer {
            self.markup.add(block);
        }
    }
}

/// Bytes that aren't white space.
fn ink(text: &str) -> usize {
    text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()
}

fn is_block(element: &Element) -> bool {
    element.tag.is_block() || element.parts.any(Parts::BYLINE)
}

/// The text that HTML stands for: entities as characters, an entity that is none as written, tags left out.
pub(super) fn decoded(html: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        if let Token::String(part) = token {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}
