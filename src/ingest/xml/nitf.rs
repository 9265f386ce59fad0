//! NITF, the News Industry Text Format: with its namespace, and without as the older versions with a DTD are.

use super::super::Input;
use super::super::article::{Item, Making, Status, day, is_global, moment, words};
use super::reader::{Element, Space};
use super::{Common, Entry, Vocabulary, prose};
use crate::markup::Format;

pub(super) const NITF: Vocabulary = Vocabulary {
    is_root: |root, _| root.name == "nitf" && matches!(root.space, Space::None | Space::Nitf),
    containers: &[],
    is_article: |_, name| name == "nitf",
    note: |_: &mut Common, _, _| {},
    article,
};

fn article(entry: &Entry<'_, '_>, mut making: Making<'_>) -> Item {
    let nitf = entry.element;
    let docdata = nitf.at(&["head", "docdata"]);
    let norm = |name: &str| docdata?.child(name)?.attribute("norm");
    let pubdata = nitf.child("head").and_then(|head| head.elements().find(|element| element.name == "pubdata"));
    let id = docdata.and_then(|docdata| docdata.child("doc-id"));
    let id = id.and_then(|id| named(id, entry.input));
    let issued = norm("date.issue");
    let published = norm("date.release").or(pubdata.and_then(|pubdata| pubdata.attribute("date.publication"))).or(issued);
    let key = docdata.and_then(|docdata| docdata.child("du-key"));
    let status = docdata.and_then(|docdata| docdata.attribute("management-status")).map_or(Status::Counts, Status::of);
    let holder = docdata.and_then(|docdata| docdata.child("doc.copyright")).and_then(|holder| holder.attribute("holder"));
    let header = &mut making.header;
    header.published = published.and_then(day);
    header.updated = issued.and_then(day);
    header.language = nitf.attribute("lang").and_then(words);
    header.outlet = pubdata.and_then(|pubdata| pubdata.attribute("name")).or(holder).and_then(words);
    header.edition.version = key.and_then(|key| key.attribute("version")).and_then(|version| version.trim().parse().ok());
    header.edition.issued = issued.or(published).and_then(moment);
    header.edition.killed = status == Status::Killed;
    if let Some(docdata) = docdata {
        header.edition.corrects =
            docdata.named(docdata.space, "correction").filter_map(|corrected| named(corrected, entry.input)).collect();
    }
    header.edition.article.clone_from(&id);
    add_body(&mut making, nitf, entry.element.part());
    if making.header.headline.is_none() {
        making.header.headline = nitf.at(&["head", "title"]).and_then(Element::words);
    }
    let which = id.unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

/// What an element with an `id-string` names: the registry's own where it says which, or else the folder's.
fn named(element: &Element<'_>, input: &Input<'_>) -> Option<String> {
    let id = element.attribute("id-string").and_then(words)?;
    Some(match element.attribute("regsrc").and_then(words) {
        _ if is_global(&id) => id,
        Some(registry) => format!("{registry}:{id}"),
        None => format!("{}#{id}", input.folder()),
    })
}

/// Adds headline, byline and prose of an `nitf` element.
pub(super) fn add_body(making: &mut Making<'_>, nitf: &Element<'_>, part: &str) {
    let Some(body) = nitf.child("body") else { return };
    if let Some(head) = body.child("body.head") {
        let headline = head.at(&["hedline", "hl1"]);
        making.add_headline(headline.and_then(|headline| headline.transcript(part)), Format::Plain);
        if making.header.byline.is_none() {
            making.header.byline = head.child("byline").and_then(Element::words);
        }
        let below = head.child("hedline").into_iter().flat_map(|hedline| hedline.named(hedline.space, "hl2"));
        for element in below.chain(head.child("abstract")) {
            making.add_blocks(prose::blocks(element, part));
        }
    }
    if let Some(content) = body.child("body.content") {
        making.add_blocks(prose::blocks(content, part));
    }
}
