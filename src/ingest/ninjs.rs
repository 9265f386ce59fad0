//! IPTC ninjs, news in JSON, of all its versions: 1.x with `body_xhtml` and its like, 2.x with `bodies`, 3.x in camel case.

use super::article::{Making, Status, address, day, is_global, moment, words};
use super::json::{self, Object, Value};
use super::json_lines::is_markup;
use super::places::{Places, offset_in};
use super::{Format, Input, Item, Read, Take, limits};
use crate::markup::{self, Block};
use crate::text::Position;

pub(super) static FORMAT: Format = Format { name: "IPTC ninjs", endings: &["json", "ninjs"], read: Read::Text(read) };

/// What no other JSON with a `uri` has.
const MARKS: [&str; 12] = [
    "standard",
    "versioncreated",
    "versionCreated",
    "pubstatus",
    "pubStatus",
    "headlines",
    "bodies",
    "body_text",
    "body_xhtml",
    "body_html",
    "representationtype",
    "representationType",
];

/// Whether an object is a ninjs item.
pub(super) fn is_item(object: &Object<'_>) -> bool {
    object.words("uri").is_some() && MARKS.iter().any(|mark| object.get(mark).is_some())
}

fn read(input: &Input<'_>, text: &str, take: Take<'_>) -> bool {
    // A file may be any program's.
    let Ok(whole) = json::parse(text) else { return false };
    let items = whole.list().unwrap_or_else(|| vec![whole]);
    let mut objects = items.into_iter().map(|item| (item, item.object())).peekable();
    if !objects.peek().is_some_and(|(_, first)| first.as_ref().is_some_and(is_item)) {
        return false;
    }
    let mut places = Places::new(text);
    for (item, object) in objects {
        let Some(at) = offset_in(text, item.written()) else { continue };
        match object.filter(is_item) {
            Some(_) if item.written().len() > limits::ARTICLE => {
                let why = format!("is more than the {} MB that an article may have", limits::ARTICLE >> 20);
                take(Item::Fault { which: format!("line {}", places.line(at)), why });
            }
            Some(object) => read_item(input, item.written(), &object, places.at(at), take),
            None => take(Item::Fault { which: format!("line {}", places.line(at)), why: "is no ninjs item".to_owned() }),
        }
    }
    true
}

/// Hands on an item that starts there.
pub(super) fn read_item(input: &Input<'_>, part: &str, object: &Object<'_>, start: Position, take: Take<'_>) {
    let mut making = Making::new(part, start);
    // The names of versions 1 and 2 are those of version 3 in lower case.
    let get = |name: &str| object.get(name).or_else(|| object.get(&name.to_lowercase()));
    let text = |name: &str| get(name).and_then(Value::words);
    let uri = text("uri").unwrap_or_default();
    let status = text("pubStatus").map_or(Status::Counts, |status| Status::of(&status));
    match text("type") {
        Some(kind) if !matches!(kind.as_str(), "text" | "composite") && status != Status::Killed => {
            return take(Item::Skipped(if kind == "picture" { "pictures".to_owned() } else { format!("items of type {kind}") }));
        }
        _ => {}
    }
    let created = text("versionCreated");
    let header = &mut making.header;
    header.published = text("firstCreated").or_else(|| text("contentCreated")).or_else(|| created.clone()).as_deref().and_then(day);
    header.updated = created.as_deref().and_then(day);
    header.outlet = outlet(get("infoSources")).or_else(|| text("copyrightHolder").as_deref().and_then(words));
    header.language = text("language").as_deref().and_then(words);
    header.byline = text("by").or_else(|| text("byline")).as_deref().and_then(words);
    header.url = address(&uri);
    header.edition.article = Some(if is_global(&uri) { uri.clone() } else { format!("{}#{uri}", input.folder()) });
    header.edition.version = text("version").and_then(|version| version.trim().parse().ok());
    header.edition.issued = created.as_deref().and_then(moment);
    header.edition.killed = status == Status::Killed;
    let headline = list(get("headlines")).into_iter().min_by_key(|(role, ..)| role.as_deref() != Some("main"));
    let headline = headline.map(|(.., value)| value).or_else(|| object.get("headline"));
    making.add_headline(headline.and_then(|headline| headline.text(part)), markup::Format::Plain);
    if let Some((words, format)) = body(part, object, get("bodies")) {
        making.add_text(&words, format);
    }
    take(making.finish(&uri));
}

/// Entries with a role, a content type and a value.
fn list(values: Option<Value<'_>>) -> Vec<(Option<String>, Option<String>, Value<'_>)> {
    let entries = values.and_then(Value::list).unwrap_or_default().into_iter().filter_map(Value::object);
    let kind = |entry: &Object<'_>| entry.words("contentType").or_else(|| entry.words("contenttype"));
    entries.filter_map(|entry| Some((entry.words("role"), kind(&entry), entry.get("value")?))).collect()
}

/// Who the news is from.
fn outlet(sources: Option<Value<'_>>) -> Option<String> {
    let sources = sources.and_then(Value::list)?;
    sources.into_iter().find_map(|source| source.object()?.words("name")).as_deref().and_then(words)
}

/// The one body that is read: they are the same words in several forms. Markup tells where paragraphs end.
fn body(part: &str, object: &Object<'_>, bodies: Option<Value<'_>>) -> Option<(Block, markup::Format)> {
    let of = |kind: &str, words: &Block| {
        if kind.contains("html") || kind.contains("nitf") || kind.is_empty() && is_markup(&words.text) {
            markup::Format::Html
        } else {
            markup::Format::Plain
        }
    };
    let mut known: Vec<(Block, markup::Format)> = list(bodies)
        .into_iter()
        .filter_map(|(_, kind, value)| {
            let words = value.text(part)?;
            let format = of(&kind.unwrap_or_default().to_lowercase(), &words);
            Some((words, format))
        })
        .collect();
    let old = [("body_xhtml", "html"), ("body_html", "html"), ("body_nitf", "nitf"), ("body_text", "plain")];
    known.extend(old.into_iter().filter_map(|(name, kind)| {
        let words = object.get(name)?.text(part)?;
        let format = of(kind, &words);
        Some((words, format))
    }));
    known.into_iter().min_by_key(|(_, format)| *format != markup::Format::Html)
}
