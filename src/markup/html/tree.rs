//! A page's elements as they nest: tags matched and implied ends supplied roughly as browsers do, in time that grows with the text
//! whatever its shape.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use rustc_hash::FxHashMap;

use super::head::PageHead;
use super::parts::{Parts, parts_of};
use crate::markup::Stet;
use crate::text::Span;

/// What kind of element it is, as far as it makes a difference for prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Title,
    Headline,
    Heading,
    Paragraph,
    /// `div` and `section`: a paragraph where nothing else is in them.
    Box,
    ListItem,
    Quote,
    Caption,
    Table,
    Row,
    Cell,
    HeaderCell,
    /// Another element that text doesn't run through.
    Block,
    /// One that text runs through.
    Inline,
    /// One that is in no book: text runs through it, and blocks may stand in it.
    Other,
}

impl Tag {
    fn of(name: &str) -> Self {
        match name {
            "title" => Self::Title,
            "h1" => Self::Headline,
            "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "p" => Self::Paragraph,
            "div" | "section" => Self::Box,
            "li" | "dd" | "dt" => Self::ListItem,
            "blockquote" => Self::Quote,
            "caption" | "figcaption" => Self::Caption,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" => Self::Cell,
            "th" => Self::HeaderCell,
            "ul" | "ol" | "dl" | "thead" | "tbody" | "tfoot" | "figure" | "article" | "aside" | "header" | "footer" | "main" | "nav"
            | "address" | "body" | "html" | "head" | "hr" | "summary" | "details" | "dialog" | "form" | "center" | "fieldset" => {
                Self::Block
            }
            "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "font" | "i"
            | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup"
            | "time" | "tt" | "u" | "var" => Self::Inline,
            _ => Self::Other,
        }
    }

    pub(super) fn is_block(self) -> bool {
        !matches!(self, Self::Inline | Self::Other)
    }

    fn is_cell(self) -> bool {
        matches!(self, Self::Cell | Self::HeaderCell)
    }

    /// Whether what is open outside of it stays so whatever ends inside.
    fn is_scope(self) -> bool {
        self.is_cell() || matches!(self, Self::Table | Self::Caption)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// The element around it; its own index where there is none.
    pub(super) parent: u32,
    pub(super) tag: Tag,
    pub(super) parts: Parts,
    /// Where its content starts and ends among the page's events.
    pub(super) first: u32,
    pub(super) last: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Open(u32),
    Close(u32),
    Text(Span),
    /// `<br>`.
    Break(Span),
    /// What parts two blocks without being one: `<hr>`, an empty `<p/>`, an end tag too many.
    Rule,
    /// A stet mark, by its index.
    Stet(u32),
}

/// A part of a text as HTML.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) elements: Vec<Element>,
    pub(super) events: Vec<Event>,
    pub(super) stets: Vec<Stet>,
    pub(super) head: PageHead,
    /// Whether it is a whole page, or says at least where its article is; else a fragment.
    pub(super) is_whole: bool,
}

impl Page {
    /// Reads `source[part]`.
    pub(super) fn parse(source: &str, part: Span) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut builder = TreeBuilder { source, offset: part.start, ..TreeBuilder::default() };
        for token in Tokenizer::new_with_emitter(part.text(source), emitter) {
            let Ok(token) = token;
            builder.token(token);
        }
        builder.close_down_to(0);
        builder.page
    }
}

/// An element that is open.
struct Open {
    element: u32,
    name: u32,
    /// How many are open up to the innermost block, and up to the innermost cell or table; itself included.
    block: u32,
    scope: u32,
}

#[derive(Default)]
struct TreeBuilder<'a> {
    source: &'a str,
    offset: u32,
    page: Page,
    open: Vec<Open>,
    names: FxHashMap<Box<[u8]>, u32>,
    /// For each name how many elements were open when those of it were opened, themselves included; the innermost last.
    open_by_name: Vec<Vec<u32>>,
}

impl TreeBuilder<'_> {
    fn token(&mut self, token: Token<usize>) {
        let offset = self.offset;
        let at = |span: html5gum::Span<usize>| Span::of(span.start..span.end).shifted(offset);
        match token {
            Token::StartTag(tag) => self.start_tag(&tag, at(tag.span)),
            Token::EndTag(tag) => self.end_tag(&tag.name),
            Token::String(text) => self.text(at(text.span)),
            Token::Comment(comment) => {
                if let Some(stet) = Stet::parse(&String::from_utf8_lossy(&comment), at(comment.span), 0) {
                    self.page.events.push(Event::Stet(self.page.stets.len() as u32));
                    self.page.stets.push(stet);
                }
            }
            Token::Doctype(_) => self.page.is_whole = true,
            Token::Error(_) => {}
        }
    }

    fn start_tag(&mut self, tag: &StartTag<usize>, span: Span) {
        let name = String::from_utf8_lossy(&tag.name);
        let attribute = |key: &str| attribute(tag, key);
        match &*name {
            "meta" => self.page.head.meta(attribute),
            "link" => self.page.head.link(attribute),
            "br" => self.page.events.push(Event::Break(span)),
            "img" | "input" | "wbr" | "source" | "col" | "base" | "embed" | "param" | "track" | "area" => {}
            _ if tag.self_closing || name == "hr" => {
                if Tag::of(&name).is_block() {
                    self.end_paragraph();
                    self.page.events.push(Event::Rule);
                }
            }
            _ => {
                let kind = Tag::of(&name);
                self.end_implied(&name, kind);
                let parts = parts_of(&name, attribute);
                self.page.is_whole |=
                    parts.any(Parts::ARTICLE.and(Parts::MAIN).and(Parts::ARTICLE_BODY)) || matches!(&*name, "html" | "body" | "head");
                let element = self.open(&tag.name, kind, parts);
                self.page.head.element(element, &name, attribute);
            }
        }
    }

    fn open(&mut self, name: &HtmlString, tag: Tag, parts: Parts) -> u32 {
        let element = self.page.elements.len() as u32;
        let parent = self.open.last().map_or(element, |open| open.element);
        self.page.events.push(Event::Open(element));
        let first = self.page.events.len() as u32;
        self.page.elements.push(Element { parent, tag, parts, first, last: first });
        let name = self.name(name);
        let depth = self.open.len() as u32 + 1;
        let (block, scope) = self.open.last().map_or((0, 0), |open| (open.block, open.scope));
        let block = if tag.is_block() { depth } else { block };
        let scope = if tag.is_scope() { depth } else { scope };
        self.open.push(Open { element, name, block, scope });
        self.open_by_name[name as usize].push(depth);
        element
    }

    fn name(&mut self, name: &[u8]) -> u32 {
        if let Some(&known) = self.names.get(name) {
            return known;
        }
        let new = self.open_by_name.len() as u32;
        self.names.insert(name.into(), new);
        self.open_by_name.push(Vec::new());
        new
    }

    /// How many elements are open up to the innermost one of this name, itself included; 0 when none of it is open.
    fn depth_of(&self, name: &str) -> u32 {
        let name = self.names.get(name.as_bytes());
        name.and_then(|&name| self.open_by_name[name as usize].last()).copied().unwrap_or(0)
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.depth_of("p");
        if paragraph > self.open.last().map_or(0, |open| open.scope) {
            self.close_down_to(paragraph - 1);
        }
    }

    /// Ends what ends where an element of this name starts, without a tag of its own.
    fn end_implied(&mut self, name: &str, tag: Tag) {
        if tag.is_block() {
            self.end_paragraph();
        }
        let (siblings, around): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            _ => return,
        };
        let around = around.iter().map(|name| self.depth_of(name)).max().unwrap_or(0);
        for sibling in siblings {
            let depth = self.depth_of(sibling);
            if depth > around {
                self.close_down_to(depth - 1);
            }
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        // What comes after the end of the body is still of it.
        if matches!(name, b"body" | b"html") {
            return;
        }
        let tag = Tag::of(&String::from_utf8_lossy(name));
        let depth = self.names.get(name).and_then(|&name| self.open_by_name[name as usize].last()).copied().unwrap_or(0);
        let (block, scope) = self.open.last().map_or((0, 0), |open| (open.block, open.scope));
        let within = match tag {
            Tag::Inline => block,
            Tag::Table => 0,
            Tag::Row | Tag::Cell | Tag::HeaderCell => self.depth_of("table"),
            _ => scope.saturating_sub(u32::from(tag.is_scope())),
        };
        if depth > within {
            self.close_down_to(depth - 1);
        } else if tag.is_block() {
            self.page.events.push(Event::Rule);
        }
    }

    /// Closes open elements until `depth` are left.
    fn close_down_to(&mut self, depth: u32) {
        while self.open.len() > depth as usize
            && let Some(open) = self.open.pop()
        {
            self.open_by_name[open.name as usize].pop();
            self.page.elements[open.element as usize].last = self.page.events.len() as u32;
            self.page.events.push(Event::Close(open.element));
        }
    }

    fn text(&mut self, span: Span) {
        match self.open.last() {
            Some(open) if self.page.head.takes(open.element) => self.page.head.text(span.text(self.source)),
            _ => self.page.events.push(Event::Text(span)),
        }
    }
}

fn attribute<'a>(tag: &'a StartTag<usize>, key: &str) -> Option<&'a str> {
    std::str::from_utf8(tag.attributes.get(key.as_bytes())?).ok()
}
