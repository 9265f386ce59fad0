//! Sources in XML: which of the vocabularies a file is written in, and its articles one by one. A file that breaks off in the middle has all
//! articles until then.

mod feeds;
mod newsml;
mod nitf;
mod prose;
mod reader;
mod wordpress;

use super::article::{Item, Making};
use super::places::Places;
use super::{Format, Input, Read, Take, limits};

pub(super) use reader::{Element, Node, Space, whole};

pub(super) static NITF: Format =
    Format { name: "NITF", endings: &["xml", "nitf"], read: Read::Text(|input, text, take| read(&nitf::NITF, input, text, take)) };
pub(super) static NEWSML_G2: Format = Format {
    name: "NewsML-G2",
    endings: &["xml", "newsml"],
    read: Read::Text(|input, text, take| read(&newsml::NEWSML_G2, input, text, take)),
};
pub(super) static WORDPRESS: Format = Format {
    name: "WordPress exports (WXR)",
    endings: &["xml", "wxr"],
    read: Read::Text(|input, text, take| read(&wordpress::WORDPRESS, input, text, take)),
};
pub(super) static RSS: Format =
    Format { name: "RSS", endings: &["xml", "rss", "rdf"], read: Read::Text(|input, text, take| read(&feeds::RSS, input, text, take)) };
pub(super) static ATOM: Format =
    Format { name: "Atom", endings: &["xml", "atom"], read: Read::Text(|input, text, take| read(&feeds::ATOM, input, text, take)) };

/// What articles are called in XML of one kind.
struct Vocabulary {
    /// Whether a text is written in it, by its first element and what its head declares.
    is_root: fn(&Element<'_>, &str) -> bool,
    /// The elements that hold articles, and what is said of all of them.
    containers: &'static [&'static str],
    /// Whether an element is an article.
    is_article: fn(Space, &str) -> bool,
    /// Takes what is said of all articles: an element that is none, or a container without what is in it.
    note: fn(&mut Common, &Element<'_>, &str),
    /// Reads an article; the text is that of the file.
    article: fn(&Entry<'_, '_>, Making<'_>) -> Item,
}

/// What a file says of all its articles.
#[derive(Debug, Default)]
struct Common {
    outlet: Option<String>,
    language: Option<String>,
    /// The address of the whole.
    url: Option<String>,
    /// The names of those who write, by what they are called in the file.
    authors: Vec<(String, String)>,
}

/// An article as it stands in its file.
struct Entry<'a, 'e> {
    element: &'e Element<'a>,
    common: &'e Common,
    input: &'e Input<'e>,
}

fn read(vocabulary: &Vocabulary, input: &Input<'_>, text: &str, take: Take<'_>) -> bool {
    if !reader::root(text).is_some_and(|root| (vocabulary.is_root)(&root, text)) {
        return false;
    }
    let mut common = Common::default();
    let mut places = Places::new(text);
    let outcome = reader::each(text, vocabulary.containers, vocabulary.is_article, &mut |found| match found {
        reader::Found::Article(element) => {
            let entry = Entry { element: &element, common: &common, input };
            let start = places.at(element.span.start);
            take((vocabulary.article)(&entry, Making::new(element.part(), start)));
        }
        reader::Found::Other(element) => (vocabulary.note)(&mut common, &element, text),
        reader::Found::TooLarge(at) => {
            let why = format!("is more than the {} MB or the {} elements that an article may have", limits::ARTICLE >> 20, limits::NODES);
            take(Item::Fault { which: format!("line {}", places.line(at)), why });
        }
    });
    match outcome {
        Ok(()) => {}
        Err(fault) => take(Item::Fault {
            which: format!("line {}", Places::new(text).line(fault.at)),
            why: format!("is no sound XML from here on: {}", fault.why),
        }),
    }
    true
}
