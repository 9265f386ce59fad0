//! IPTC NewsML-G2: news items alone or in a news message, with NITF, XHTML or plain text in them.

use super::super::article::{Item, Making, Status, day, moment, words};
use super::super::json_lines::is_markup;
use super::reader::{Element, Space};
use super::{Common, Entry, Vocabulary, nitf, prose};
use crate::markup::Format;

pub(super) const NEWSML_G2: Vocabulary = Vocabulary {
    is_root: |root, _| root.space == Space::Nar,
    containers: &["newsMessage", "itemSet"],
    is_article: |space, name| space == Space::Nar && ITEMS.iter().any(|(item, _)| *item == name),
    note: |_: &mut Common, _, _| {},
    article,
};

/// The items of the standard, and what those are that hold no article.
const ITEMS: [(&str, &str); 6] = [
    ("newsItem", ""),
    ("packageItem", "packages"),
    ("conceptItem", "concepts"),
    ("knowledgeItem", "vocabularies"),
    ("planningItem", "plans"),
    ("catalogItem", "vocabularies"),
];

fn article(entry: &Entry<'_, '_>, mut making: Making<'_>) -> Item {
    let item = entry.element;
    if let Some((_, other)) = ITEMS.iter().find(|(name, other)| *name == item.name && !other.is_empty()) {
        return Item::Skipped((*other).to_owned());
    }
    let (meta, content) = (item.child("itemMeta"), item.child("contentMeta"));
    let of_meta = |name: &str| meta?.child(name);
    let of_content = |name: &str| content?.child(name);
    let status = of_meta("pubStatus").and_then(code).map_or(Status::Counts, Status::of);
    let class = of_meta("itemClass").and_then(code).map(tail).unwrap_or_default();
    if !matches!(class, "" | "text" | "composite") && status != Status::Killed {
        return Item::Skipped(if class == "picture" { "pictures".to_owned() } else { format!("items of class {class}") });
    }
    let time = |element: Option<&Element<'_>>| element.and_then(Element::words);
    let version_created = time(of_meta("versionCreated"));
    let first = time(of_meta("firstCreated")).or_else(|| time(of_content("contentCreated"))).or_else(|| version_created.clone());
    let updated = time(of_content("contentModified")).or_else(|| version_created.clone());
    let name =
        |element: &Element<'_>| element.child("name").and_then(Element::words).or_else(|| element.attribute("literal").and_then(words));
    let provider = of_meta("provider");
    let holder = item.at(&["rightsInfo", "copyrightHolder"]);
    let guid = item.attribute("guid").and_then(words);
    let header = &mut making.header;
    header.published = first.as_deref().and_then(day);
    header.updated = updated.as_deref().and_then(day);
    header.outlet = provider.and_then(name).or_else(|| holder.and_then(name)).or_else(|| provider.and_then(code).map(tail).and_then(words));
    header.language = of_content("language").and_then(|language| language.attribute("tag")).or(item.attribute("lang")).and_then(words);
    header.byline = of_content("by").and_then(Element::words).or_else(|| of_content("creator").and_then(name));
    header.edition.version = item.attribute("version").and_then(|version| version.trim().parse().ok());
    header.edition.issued = version_created.as_deref().and_then(moment);
    header.edition.killed = status == Status::Killed;
    if let Some(meta) = meta {
        let links = meta.named(Space::Nar, "link").filter(|link| link.attribute("rel").map(tail) == Some("previousVersion"));
        header.edition.corrects = links.filter_map(|link| link.attribute("residref").and_then(words)).collect();
    }
    header.edition.article.clone_from(&guid);
    let part = item.part();
    let headlines = content.into_iter().flat_map(|content| content.named(Space::Nar, "headline"));
    let headline = headlines.min_by_key(|headline| headline.attribute("role").is_some_and(|role| tail(role) != "main"));
    making.add_headline(headline.and_then(|headline| headline.transcript(part)), Format::Plain);
    for set in item.named(Space::Nar, "contentSet") {
        // Several contents of a set are the same words in several forms.
        if let Some(inline) = set.elements().find(|inline| matches!(inline.name, "inlineXML" | "inlineData")) {
            add_content(&mut making, inline, part);
        }
    }
    let which = guid.unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

/// Adds the prose of a content.
fn add_content(making: &mut Making<'_>, inline: &Element<'_>, part: &str) {
    if inline.name == "inlineData" {
        if let Some(words) = inline.transcript(part) {
            let kind = inline.attribute("contenttype").unwrap_or_default();
            let format = if kind.contains("html") || is_markup(&words.text) { Format::Html } else { Format::Plain };
            making.add_text(&words, format);
        }
        return;
    }
    for element in inline.elements() {
        match (element.space, element.name) {
            (Space::Nitf | Space::None, "nitf") if making.header.headline.is_some() => {
                // It gives its headline once more.
                if let Some(content) = element.at(&["body", "body.content"]) {
                    if making.header.byline.is_none() {
                        making.header.byline = element.at(&["body", "body.head", "byline"]).and_then(Element::words);
                    }
                    making.add_blocks(prose::blocks(content, part));
                }
            }
            (Space::Nitf | Space::None, "nitf") => nitf::add_body(making, element, part),
            (Space::Xhtml | Space::None, _) => making.add_blocks(prose::blocks(element, part)),
            _ => {}
        }
    }
}

/// The code of a controlled value: by its short form or as an address.
fn code<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    element.attribute("qcode").or_else(|| element.attribute("uri"))
}

/// A code without the scheme that it is of.
fn tail(code: &str) -> &str {
    code.trim_end_matches('/').rsplit([':', '/']).next().unwrap_or_default()
}
