//! XML by `quick-xml`, as small trees of one article each whose texts know where they stand. What a document type declares is passed over:
//! no entity of it stands for anything, and nothing else is opened.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_html5_entity, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::super::article::plain;
use super::super::limits;
use super::super::places::offset_in;
use crate::markup::{Block, BlockBuilder, BlockKind};
use crate::text::Span;

/// Whose word an element's name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Space {
    /// Nobody's: RSS and older NITF have no namespace.
    None,
    Atom,
    /// The content module of RSS.
    Content,
    /// Dublin Core, and its terms.
    DublinCore,
    Rss,
    Rdf,
    WordPress,
    Nitf,
    /// NewsML-G2's.
    Nar,
    Xhtml,
    /// Word's main one.
    Word,
    Other,
}

/// By the beginnings of their names, as some have the version at the end.
const SPACES: &[(&str, Space)] = &[
    ("http://www.w3.org/2005/Atom", Space::Atom),
    ("http://purl.org/rss/1.0/modules/content/", Space::Content),
    ("http://purl.org/rss/1.0/", Space::Rss),
    ("http://purl.org/dc/", Space::DublinCore),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Rdf),
    ("http://wordpress.org/export/", Space::WordPress),
    ("http://iptc.org/std/NITF/", Space::Nitf),
    ("http://iptc.org/std/nar/", Space::Nar),
    ("http://www.w3.org/1999/xhtml", Space::Xhtml),
    ("http://schemas.openxmlformats.org/wordprocessingml/", Space::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/", Space::Word),
];

/// What feeds mean by a prefix that they forget to declare.
const PREFIXES: &[(&str, Space)] =
    &[("content", Space::Content), ("dc", Space::DublinCore), ("wp", Space::WordPress), ("atom", Space::Atom), ("w", Space::Word)];

/// An element with all that is in it.
#[derive(Debug)]
pub(in crate::ingest) struct Element<'a> {
    pub(in crate::ingest) space: Space,
    /// Without its prefix.
    pub(in crate::ingest) name: &'a str,
    attributes: Vec<(String, String)>,
    /// In the whole text, tags included.
    pub(in crate::ingest) span: Range<usize>,
    pub(in crate::ingest) nodes: Vec<Node<'a>>,
    text: &'a str,
}

#[derive(Debug)]
pub(in crate::ingest) enum Node<'a> {
    Element(Element<'a>),
    /// Words as they stand.
    Text(&'a str),
    /// What a reference stands for, and the reference.
    Reference(Cow<'static, str>, &'a str),
}

impl<'a> Element<'a> {
    /// Its text in the file, tags included.
    pub(in crate::ingest) fn part(&self) -> &'a str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }

    /// By the name without its prefix.
    pub(in crate::ingest) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Each by its name without its prefix; of a declaration that is the prefix which it declares.
    pub(in crate::ingest) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.attributes.iter().map(|(name, value)| (&**name, &**value))
    }

    pub(in crate::ingest) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.nodes.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    pub(in crate::ingest) fn named<'e>(&'e self, space: Space, name: &'e str) -> impl Iterator<Item = &'e Element<'a>> {
        self.elements().filter(move |element| element.space == space && element.name == name)
    }

    /// The first of its elements of this name that is of its own vocabulary.
    pub(in crate::ingest) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.space == self.space && element.name == name)
    }

    /// The first element that names lead to, one below the other.
    pub(in crate::ingest) fn at(&self, path: &[&str]) -> Option<&Element<'a>> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All texts in it, on one line.
    pub(in crate::ingest) fn words(&self) -> Option<String> {
        let mut words = String::new();
        self.each_text(&mut |node| match node {
            Node::Text(text) => words.push_str(text),
            Node::Reference(c, _) => words.push_str(c),
            Node::Element(_) => {}
        });
        Some(plain(&words)).filter(|words| !words.is_empty())
    }

    /// All texts in it one after the other, with their way back to `part`, a part of the file; none where there are no words.
    pub(in crate::ingest) fn transcript(&self, part: &str) -> Option<Block> {
        let mut text = BlockBuilder::default();
        self.each_text(&mut |node| push(&mut text, node, part));
        text.finish(BlockKind::Paragraph)
    }

    fn each_text(&self, take: &mut dyn FnMut(&Node<'a>)) {
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.each_text(take),
                text => take(text),
            }
        }
    }
}

/// Adds what a text or a reference of `part` says.
pub(in crate::ingest) fn push(block: &mut BlockBuilder, node: &Node<'_>, part: &str) {
    let span = |text: &str| offset_in(part, text).map(|at| Span::of(at..at + text.len()));
    match node {
        Node::Text(text) => {
            if let Some(span) = span(text) {
                block.push_verbatim(part, span);
            }
        }
        Node::Reference(words, written) => {
            if let Some(span) = span(written) {
                block.push_standing_for(words, span);
            }
        }
        Node::Element(_) => {}
    }
}

/// What is met on the way through a text.
pub(super) enum Found<'a> {
    Article(Element<'a>),
    /// An element beside the articles, or a container without what is in it.
    Other(Element<'a>),
    /// An article, at a byte of the text, that has too much in it.
    TooLarge(usize),
}

/// Where a text is no XML any more, and why.
#[derive(Debug)]
pub(in crate::ingest) struct Fault {
    pub(in crate::ingest) at: usize,
    pub(in crate::ingest) why: String,
}

/// The first element of a text, without what is in it.
pub(super) fn root(text: &str) -> Option<Element<'_>> {
    let mut reader = Reader::new(text);
    loop {
        match reader.next().ok()? {
            Step::Open(element) | Step::Empty(element) => return Some(element),
            Step::Text(_) | Step::Other => {}
            Step::Close | Step::End => return None,
        }
    }
}

/// The first element of a text with all that is in it.
///
/// # Errors
/// When it is no sound XML, or has too much in it.
pub(in crate::ingest) fn whole(text: &str, nodes: usize) -> Result<Element<'_>, Fault> {
    let mut reader = Reader::new(text);
    loop {
        match reader.next()? {
            Step::Open(element) => {
                return reader.tree(element, nodes)?.ok_or(Fault { at: 0, why: format!("has more than {nodes} elements") });
            }
            Step::Empty(element) => return Ok(element),
            Step::Text(_) | Step::Other => {}
            Step::Close | Step::End => return Err(Fault { at: 0, why: "has no element".to_owned() }),
        }
    }
}

/// Goes through a text and hands on its articles, and what stands beside them.
pub(super) fn each<'a>(
    text: &'a str,
    containers: &[&str],
    is_article: impl Fn(Space, &str) -> bool,
    take: &mut dyn FnMut(Found<'a>),
) -> Result<(), Fault> {
    let mut reader = Reader::new(text);
    loop {
        match reader.next()? {
            Step::Open(element) if is_article(element.space, element.name) => {
                let at = element.span.start;
                match reader.tree(element, limits::NODES)? {
                    Some(article) if article.part().len() <= limits::ARTICLE => take(Found::Article(article)),
                    _ => take(Found::TooLarge(at)),
                }
            }
            Step::Open(element) if containers.contains(&element.name) => take(Found::Other(element)),
            Step::Open(element) => {
                if let Some(element) = reader.tree(element, limits::NODES)? {
                    take(Found::Other(element));
                }
            }
            Step::Empty(element) if is_article(element.space, element.name) => take(Found::Article(element)),
            Step::Empty(element) => take(Found::Other(element)),
            Step::Text(_) | Step::Other | Step::Close => {}
            Step::End => return Ok(()),
        }
    }
}

/// One step through a text.
enum Step<'a> {
    Open(Element<'a>),
    Empty(Element<'a>),
    Text(Node<'a>),
    Close,
    /// A comment, a declaration.
    Other,
    End,
}

struct Reader<'a> {
    text: &'a str,
    events: NsReader<&'a [u8]>,
    /// The bytes of a mark before the text, which events don't count.
    skipped: usize,
    /// How many elements are open.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let marked = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut events = NsReader::from_str(marked);
        // Feeds have `&` as it is typed.
        events.config_mut().allow_dangling_amp = true;
        Self { text, events, skipped: text.len() - marked.len(), depth: 0 }
    }

    /// Where the next event begins.
    fn position(&self) -> usize {
        self.place(self.events.buffer_position())
    }

    fn place(&self, position: u64) -> usize {
        usize::try_from(position).map_or(self.text.len(), |at| at.saturating_add(self.skipped))
    }

    fn next(&mut self) -> Result<Step<'a>, Fault> {
        let from = self.position();
        let event = match self.events.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = self.place(self.events.error_position()).clamp(from, self.text.len());
                return Err(Fault { at, why: error.to_string() });
            }
        };
        let to = self.position();
        let written = self.text.get(from..to).unwrap_or_default();
        match event {
            Event::Start(start) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > limits::DEPTH {
                    return Err(Fault { at: from, why: format!("elements stand in each other more than {} deep", limits::DEPTH) });
                }
                Ok(Step::Open(self.element(&start, from..to)))
            }
            Event::Empty(start) => Ok(Step::Empty(self.element(&start, from..to))),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Step::Close)
            }
            Event::Text(_) => Ok(Step::Text(Node::Text(written))),
            Event::CData(_) => {
                let inside = written.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>")).unwrap_or_default();
                Ok(Step::Text(Node::Text(inside)))
            }
            Event::GeneralRef(reference) => {
                let named = || resolve_xml_entity(&reference).or_else(|| resolve_html5_entity(&reference)).map(Cow::Borrowed);
                let numbered = reference.resolve_char_ref().ok().flatten().map(|c| Cow::Owned(c.to_string()));
                // One that the text declares for itself stays as it is written.
                Ok(Step::Text(numbered.or_else(named).map_or(Node::Text(written), |words| Node::Reference(words, written))))
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(Step::Other),
            Event::Eof if self.depth > 0 => Err(Fault { at: self.text.len(), why: "breaks off before its elements are closed".to_owned() }),
            Event::Eof => Ok(Step::End),
        }
    }

    /// An element, the tag of which stands there, without what is in it.
    fn element(&self, start: &BytesStart<'_>, span: Range<usize>) -> Element<'a> {
        let name = start.name();
        let tag = self.text.get(span.clone()).unwrap_or_default();
        let local = |name: quick_xml::name::QName<'_>| name.0.rsplit(':').next().map_or(0, str::len);
        // As the text has it, since the event is gone before the element.
        let name_text = tag.get(1..).unwrap_or_default().get(..name.0.len()).unwrap_or_default();
        let name_text = name_text.get(name_text.len().saturating_sub(local(name))..).unwrap_or_default();
        let space = match self.events.resolver().resolve_element(name).0 {
            ResolveResult::Unbound => Space::None,
            ResolveResult::Bound(uri) => {
                SPACES.iter().find(|(known, _)| uri.0.starts_with(known)).map_or(Space::Other, |(_, space)| *space)
            }
            ResolveResult::Unknown(prefix) => PREFIXES.iter().find(|(known, _)| *known == prefix).map_or(Space::Other, |(_, space)| *space),
        };
        let mut attributes = Vec::new();
        for attribute in start.html_attributes().with_checks(false).flatten() {
            let key = attribute.key.0;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
            attributes.push((key.rsplit(':').next().unwrap_or(key).to_owned(), value));
        }
        Element { space, name: name_text, attributes, span, nodes: Vec::new(), text: self.text }
    }

    /// An opened element with all that is in it; none where that is more than so many nodes, and then it is passed all the same.
    fn tree(&mut self, element: Element<'a>, most: usize) -> Result<Option<Element<'a>>, Fault> {
        let mut open = vec![element];
        let mut count = 0_usize;
        loop {
            let step = self.next()?;
            let Some(last) = open.last_mut() else { return Ok(None) };
            let is_full = count >= most;
            match step {
                Step::Open(element) => {
                    count = count.saturating_add(1);
                    open.push(element);
                }
                Step::Empty(element) if !is_full => {
                    count = count.saturating_add(1);
                    last.nodes.push(Node::Element(element));
                }
                Step::Text(node) if !is_full => {
                    count = count.saturating_add(1);
                    last.nodes.push(node);
                }
                Step::Empty(_) | Step::Text(_) | Step::Other => {}
                Step::Close => {
                    let end = self.position();
                    let Some(mut closed) = open.pop() else { return Ok(None) };
                    closed.span.end = end;
                    match open.last_mut() {
                        Some(parent) if !is_full => parent.nodes.push(Node::Element(closed)),
                        Some(_) => {}
                        None => return Ok((!is_full).then_some(closed)),
                    }
                }
                Step::End => return Err(Fault { at: self.text.len(), why: "breaks off before its elements are closed".to_owned() }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Element<'_> {
        whole(text, 1000).expect("is sound")
    }

    #[test]
    fn texts_lead_back_to_where_they_stand() {
        let text = "<?xml version=\"1.0\"?><a x:lang='en &amp; fr' b=\"2\"><b>Tide &amp; wind&#x21; &eacute;<![CDATA[<p>&]]></b><c/>AT&T &foo;</a>";
        let element = first(text);
        assert_eq!((element.attribute("lang"), element.attribute("b")), (Some("en & fr"), Some("2")));
        assert_eq!(element.child("b").and_then(Element::words).as_deref(), Some("Tide & wind! é<p>&"));
        assert_eq!(element.words().as_deref(), Some("Tide & wind! é<p>&AT&T &foo;"), "what the text declares stands for nothing");
        let block = element.transcript(text).expect("has words");
        for (words, written) in [("Tide", "Tide"), ("& wind", "&amp; wind"), ("!", "&#x21;"), ("<p>&", "<p>&"), ("AT&T", "AT&T")] {
            let at = block.text.find(words).expect("has it");
            assert_eq!(block.to_source(Span::of(at..at + words.len())).text(text), written);
        }
    }

    #[test]
    fn a_mark_before_the_text_moves_nothing() {
        let text = "\u{feff}<?xml version=\"1.0\"?><a b='1'>Tide</a>";
        let element = first(text);
        assert_eq!((element.name, element.part()), ("a", "<a b='1'>Tide</a>"));
        assert_eq!(element.transcript(text).expect("has words").source.text(text), "Tide");
        assert!(whole("\u{feff}<a><b></a>", 9).is_err_and(|fault| "\u{feff}<a><b></a>".is_char_boundary(fault.at)));
    }

    #[test]
    fn names_are_told_apart_by_their_spaces_and_not_by_their_prefixes() {
        let text = "<rss xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:m='http://m.example/'><c:encoded/><m:encoded/><dc:creator/></rss>";
        let spaces: Vec<_> = first(text)
            .elements()
            .map(|element| (element.space, element.name))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(space, name)| (space, name.to_owned()))
            .collect();
        let expected = [(Space::Content, "encoded"), (Space::Other, "encoded"), (Space::DublinCore, "creator")];
        assert_eq!(spaces, expected.map(|(space, name)| (space, name.to_owned())));
    }

    #[test]
    fn bombs_and_depths_come_to_nothing() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;&x;&x;\"><!ENTITY z SYSTEM \"file:///etc/passwd\">]><a>&y;&z;</a>";
        assert_eq!(first(bomb).words().as_deref(), Some("&y;&z;"));
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(whole(&deep, usize::MAX).is_err_and(|fault| fault.why.contains("deep")));
        let wide = format!("<a>{}</a>", "<b/>".repeat(2000));
        assert!(whole(&wide, 1000).is_err_and(|fault| fault.why.contains("1000 elements")));
        for broken in ["<a><b></a>", "<a>", "<a", "", "&", "</a>", "<a b='></a>"] {
            assert!(whole(broken, 1000).is_err(), "{broken}");
        }
        let spaces: Vec<String> = (0..2000).map(|number| format!(" xmlns:p{number}='http://{number}.example/'")).collect();
        let spaces = spaces.concat();
        assert!(whole(&format!("<a{spaces}/>"), 1000).is_err());
    }
}
