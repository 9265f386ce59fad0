//! JSON Lines: an article a line, as archives are exported. What the fields are called is the desk's to say (`[json-lines]` in
//! `copydesk.toml`); the usual names are known. A line may be a ninjs item as well, as wires send them.

use super::article::{Making, Status, address, day, is_global, moment, words};
use super::json::{self, Object, Value};
use super::places::{Places, offset_in};
use super::{Format, Input, Item, Read, Take, limits, ninjs};
use crate::markup;

pub(super) static FORMAT: Format = Format { name: "JSON Lines", endings: &["jsonl", "ndjson", "jsonlines"], read: Read::Text(read) };

fn read(input: &Input<'_>, text: &str, take: Take<'_>) -> bool {
    let mut places = Places::new(text);
    for line in text.split('\n').map(|line| line.trim_matches(['\u{feff}', ' ', '\t', '\r'])) {
        let Some(at) = offset_in(text, line).filter(|_| !line.is_empty()) else { continue };
        let fault = |number: u32, why: String| Item::Fault { which: format!("line {number}"), why };
        let object = if line.len() > limits::ARTICLE {
            Err(format!("is more than the {} MB that an article may have", limits::ARTICLE >> 20))
        } else {
            match json::parse(line) {
                Ok(value) => value.object().ok_or_else(|| "is no JSON object".to_owned()),
                Err(error) => {
                    let why = error.to_string();
                    let why = why.split_once(" at line").map_or(&*why, |(why, _)| why);
                    Err(format!("is no JSON: {why} (column {})", error.column()))
                }
            }
        };
        match object {
            Ok(object) if ninjs::is_item(&object) => ninjs::read_item(input, line, &object, places.at(at), take),
            Ok(object) => {
                let start = places.at(at);
                take(article(input, line, &object, Making::new(line, start)));
            }
            Err(why) => take(fault(places.line(at), why)),
        }
    }
    true
}

fn article(input: &Input<'_>, line: &str, object: &Object<'_>, mut making: Making<'_>) -> Item {
    let names = input.names;
    let first = |field: &str| names.first(object, field);
    let status = first("status").map_or(Status::Counts, |status| Status::of(&status));
    if status == Status::Unpublished {
        return Item::Skipped("articles that are not published".to_owned());
    }
    let [published, updated] = ["published", "updated"].map(|field| first(field).map(time));
    let id = first("id");
    let outlet = first("outlet").filter(|outlet| address(outlet).is_none());
    // Every system counts from one.
    let whole =
        |id: &str| if is_global(id) { id.to_owned() } else { format!("{}#{}#{id}", input.folder(), outlet.as_deref().unwrap_or_default()) };
    let header = &mut making.header;
    header.published = published.as_deref().and_then(day);
    header.updated = updated.as_deref().and_then(day);
    header.url = first("url").as_deref().and_then(address);
    header.language = first("language").as_deref().and_then(words);
    header.byline = words(&names.words(object, "byline").join(", "));
    header.edition.article = id.as_deref().map(whole);
    header.edition.version = first("version").and_then(|version| version.trim().parse().ok());
    header.edition.issued = updated.or(published).as_deref().and_then(moment);
    header.edition.corrects = names.words(object, "corrects").iter().map(|id| whole(id)).collect();
    header.edition.killed = status == Status::Killed;
    header.outlet = outlet;
    making.add_headline(names.values(object, "headline").first().and_then(|headline| headline.text(line)), markup::Format::Plain);
    for value in names.values(object, "body") {
        add_body(&mut making, line, value);
    }
    let which = id.unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

/// Adds a body, which may be text or a page's markup.
fn add_body(making: &mut Making<'_>, line: &str, value: Value<'_>) {
    if let Some(words) = value.text(line) {
        let format = if is_markup(&words.text) { markup::Format::Html } else { markup::Format::Plain };
        making.add_text(&words, format);
    }
}

/// Whether a text is HTML: it ends a paragraph, or breaks a line.
pub(super) fn is_markup(text: &str) -> bool {
    let text = text.get(..text.len().min(1 << 16)).unwrap_or(text);
    ["</p>", "<br>", "<br/>", "<br />", "</div>", "</h1>", "</h2>", "</li>", "</P>"].iter().any(|tag| text.contains(tag))
}

/// A time as words; a number counts seconds or thousandths of them since 1970.
fn time(written: String) -> String {
    /// Whoever counts seconds has fewer until the year 5138.
    const THOUSANDTHS: i64 = 100_000_000_000;
    /// Fewer digits are a date without its marks.
    const SHORTEST: usize = 9;
    let number = written.split('.').next().and_then(|whole| whole.parse::<i64>().ok()).filter(|_| written.len() >= SHORTEST);
    let seconds = number.map(|number| if number >= THOUSANDTHS { number / 1000 } else { number });
    seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).map_or(written, |time| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_may_be_counted() {
        assert_eq!(time("1740819600".to_owned()), "2025-03-01T09:00:00Z");
        assert_eq!(time("1740819600000".to_owned()), "2025-03-01T09:00:00Z");
        assert_eq!(time("20250301".to_owned()), "20250301");
        assert_eq!(time("2025-03-01".to_owned()), "2025-03-01");
    }
}
