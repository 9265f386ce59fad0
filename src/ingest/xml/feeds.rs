//! RSS (0.9 to 2.0, and 1.0 in RDF) and Atom, with the whole content or what of it they give.

use super::super::article::{Item, Making, address, day, is_global, moment, words};
use super::reader::{Element, Space};
use super::{Common, Entry, Vocabulary, prose};
use crate::markup::Format;

pub(super) const RSS: Vocabulary = Vocabulary {
    is_root: |root, _| root.name == "rss" && root.space == Space::None || root.name == "RDF" && root.space == Space::Rdf,
    containers: &["rss", "channel", "RDF"],
    is_article: |space, name| name == "item" && matches!(space, Space::None | Space::Rss),
    note: note_channel,
    article: item,
};

pub(super) const ATOM: Vocabulary = Vocabulary {
    is_root: |root, _| root.space == Space::Atom && matches!(root.name, "feed" | "entry"),
    containers: &["feed"],
    is_article: |space, name| space == Space::Atom && name == "entry",
    note: note_feed,
    article: entry,
};

/// Takes what an RSS channel says of itself.
pub(super) fn note_channel(common: &mut Common, element: &Element<'_>, _: &str) {
    if let Some(language) = element.attribute("lang") {
        common.language = words(language);
    }
    let is_own = matches!(element.space, Space::None | Space::Rss);
    match element.name {
        "title" if is_own && common.outlet.is_none() => common.outlet = element.words(),
        "language" if is_own || element.space == Space::DublinCore => common.language = element.words(),
        "link" if is_own && common.url.is_none() => common.url = element.words(),
        _ => {}
    }
}

fn note_feed(common: &mut Common, element: &Element<'_>, _: &str) {
    match element.name {
        "feed" => common.language = element.attribute("lang").and_then(words),
        "title" => common.outlet = element.words(),
        "id" => common.url = element.words(),
        "author" => {
            let name = element.child("name").and_then(Element::words);
            common.authors.extend(name.map(|name| (String::new(), name)));
        }
        _ => {}
    }
}

fn item(entry: &Entry<'_, '_>, mut making: Making<'_>) -> Item {
    let Entry { element: item, common, .. } = *entry;
    let part = item.part();
    let text = |name: &str| item.child(name).and_then(Element::words);
    let dublin = |name: &str| item.named(Space::DublinCore, name).next().and_then(Element::words);
    let of_atom = |name: &str| item.named(Space::Atom, name).next().and_then(Element::words);
    let link = text("link").or_else(|| item.attribute("about").and_then(words));
    let guid = text("guid").or_else(|| link.clone());
    let published = text("pubDate").or_else(|| dublin("date")).or_else(|| of_atom("published"));
    let updated = of_atom("updated").or_else(|| dublin("modified"));
    let permalink = item.child("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false")).and_then(Element::words);
    let header = &mut making.header;
    header.outlet.clone_from(&common.outlet);
    header.published = published.as_deref().and_then(day);
    header.updated = updated.as_deref().and_then(day);
    header.url = link.as_deref().and_then(address).or_else(|| permalink.as_deref().and_then(address));
    header.language = item.attribute("lang").and_then(words).or_else(|| dublin("language")).or_else(|| common.language.clone());
    header.byline = dublin("creator").or_else(|| text("author").map(|author| name_of(&author)));
    header.edition.article = guid.as_deref().map(|guid| whole_id(guid, common));
    header.edition.issued = updated.or(published).as_deref().and_then(moment);
    making.add_headline(item.child("title").and_then(|title| title.transcript(part)), Format::Html);
    let content = item.named(Space::Content, "encoded").next().filter(|content| content.words().is_some());
    if let Some(words) = content.or_else(|| item.child("description")).and_then(|content| content.transcript(part)) {
        making.add_text(&words, Format::Html);
    }
    let which = guid.unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

fn entry(entry: &Entry<'_, '_>, mut making: Making<'_>) -> Item {
    let Entry { element: entry, common, .. } = *entry;
    let part = entry.part();
    let text = |name: &str| entry.child(name).and_then(Element::words);
    let links = entry.named(Space::Atom, "link").filter(|link| matches!(link.attribute("rel"), None | Some("alternate")));
    let url = links.filter_map(|link| link.attribute("href")).find_map(address);
    let id = text("id");
    let (published, updated) = (text("published").or_else(|| text("updated")), text("updated"));
    let authors: Vec<String> = entry.named(Space::Atom, "author").filter_map(|author| author.child("name")?.words()).collect();
    let of_feed = || common.authors.first().map(|(_, name)| name.clone());
    let header = &mut making.header;
    header.outlet = entry.at(&["source", "title"]).and_then(Element::words).or_else(|| common.outlet.clone());
    header.published = published.as_deref().and_then(day);
    header.updated = updated.as_deref().and_then(day);
    header.url = url;
    header.language = entry.attribute("lang").and_then(words).or_else(|| common.language.clone());
    header.byline = words(&authors.join(", ")).or_else(of_feed);
    header.edition.article = id.as_deref().map(|id| whole_id(id, common));
    header.edition.issued = updated.or(published).as_deref().and_then(moment);
    if let Some(title) = entry.child("title") {
        let format = if title.attribute("type").is_some_and(|kind| kind == "html") { Format::Html } else { Format::Plain };
        making.add_headline(title.transcript(part), format);
    }
    // One that is somewhere else has nothing in it.
    let content = entry.child("content").filter(|content| content.words().is_some()).or_else(|| entry.child("summary"));
    if let Some(content) = content {
        match content.attribute("type").unwrap_or("text") {
            "xhtml" => making.add_blocks(prose::blocks(content, part)),
            "html" | "text/html" => content.transcript(part).iter().for_each(|words| making.add_text(words, Format::Html)),
            _ => content.transcript(part).iter().for_each(|words| making.add_text(words, Format::Plain)),
        }
    }
    let which = id.unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

/// An id as nobody else gives it: one that only counts is the feed's own.
fn whole_id(id: &str, common: &Common) -> String {
    if is_global(id) { id.to_owned() } else { format!("{}#{id}", common.url.as_deref().or(common.outlet.as_deref()).unwrap_or_default()) }
}

/// Whose address it is: `desk@tide.example (Ann Roe)`.
fn name_of(author: &str) -> String {
    match author.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches([')', ' ']).to_owned(),
        _ => author.to_owned(),
    }
}
