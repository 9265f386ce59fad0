//! What a text says of itself at its head: date, headline, byline, slug, outlet, address.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Block, BlockKind};
use crate::text::Span;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The article's own date: from the front matter, or else from a date line at its head.
    pub date: Option<Date>,
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub slug: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// The bytes it takes up in the source; empty without any.
    pub source: Span,
}

impl FrontMatter {
    /// Takes one entry by its name, in any of the usual ones; the first to say something holds.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let slot = match key.trim().to_ascii_lowercase().as_str() {
            "date" | "published" | "pubdate" | "article:published_time" | "datepublished" | "dc.date" => {
                self.date = self.date.or_else(|| date_in(value));
                return;
            }
            "headline" | "title" | "og:title" => &mut self.headline,
            "byline" | "author" | "authors" => &mut self.byline,
            "slug" => &mut self.slug,
            "outlet" | "publication" | "og:site_name" => &mut self.outlet,
            "url" | "link" | "canonical" | "og:url" => &mut self.url,
            _ => return,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}

/// Splits a text's front matter from the rest: what it says, and what is wrong with it. Without any, all is empty.
pub(super) fn parse(source: &str) -> (FrontMatter, Option<(Span, String)>) {
    let mut front = FrontMatter::default();
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(fence @ ("---" | "+++")) = source[start..].get(..3) else { return (front, None) };
    let mut lines = source[start..].split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| line.trim_end() == fence) else { return (front, None) };
    let inside_from = start + opening.len();
    let mut at = inside_from;
    let mut closed = None;
    for line in lines {
        if line.trim_end() == fence {
            closed = Some((at, at + line.len()));
            break;
        }
        at += line.len();
    }
    let Some((inside_to, end)) = closed else {
        // A thematic break at the head of an article; only what looks like entries is front matter left open.
        let opened = source[inside_from..].lines().next().is_some_and(|line| ENTRY.is_match(line));
        let span = Span::of(start..start + opening.trim_end().len());
        return (front, opened.then(|| (span, "the front matter is not closed; end it with a line `---`".to_owned())));
    };
    let inside = &source[inside_from..inside_to];
    let entries = if fence == "---" { yaml_entries(inside) } else { toml_entries(inside) };
    front.source = Span::of(start..end);
    let problem = match entries {
        Ok(entries) => {
            for (key, value) in &entries {
                front.set(key, value);
            }
            None
        }
        Err(reason) => {
            // The lines that can be read still count.
            for captures in inside.lines().filter_map(|line| ENTRY.captures(line)) {
                front.set(&captures[1], captures[2].trim_matches(['"', '\'']));
            }
            Some((front.source, format!("the front matter can't be read: {reason}")))
        }
    };
    (front, problem)
}

static ENTRY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^([A-Za-z][\w-]*)\s*[:=]\s*(.+)$").expect("a valid pattern"));

fn yaml_entries(text: &str) -> Result<BTreeMap<String, String>, String> {
    if text.trim().is_empty() {
        return Ok(BTreeMap::new());
    }
    let entries: BTreeMap<String, serde_json::Value> =
        serde_saphyr::from_str(text).map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())?;
    Ok(entries.into_iter().map(|(key, value)| (key, plain(&value))).collect())
}

fn toml_entries(text: &str) -> Result<BTreeMap<String, String>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(table.into_iter().map(|(key, value)| (key, value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect())
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static FULL_DATE: LazyLock<Regex> = LazyLock::new(|| {
    let month = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
    Regex::new(&format!(
        r"(?i)\b(\d{{4}})-(\d{{2}})-(\d{{2}})(?:\b|T)|\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{month},?\s+(\d{{4}})\b|\b{month}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"
    ))
    .expect("a valid pattern")
});

/// The first date in `text` that is given in full: `2025-12-03`, `3 December 2025`, `Dec. 3, 2025`.
pub(super) fn date_in(text: &str) -> Option<Date> {
    let captures = FULL_DATE.captures(text)?;
    let number = |group: usize| captures.get(group).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let month = |group: usize| {
        let name = captures.get(group)?.as_str().to_ascii_lowercase();
        (1..).zip(MONTHS).find(|(_, month)| name.starts_with(month)).map(|(number, _)| number)
    };
    let (year, month, day) = if captures.get(1).is_some() {
        (number(1)?, number(2)?, number(3)?)
    } else if captures.get(4).is_some() {
        (number(6)?, month(5)?, number(4)?)
    } else {
        (number(9)?, month(7)?, number(8)?)
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date line at a text's head: a full date in the headline, or in a short block before the article proper.
pub(super) fn date_line(blocks: &[Block]) -> Option<Date> {
    blocks
        .iter()
        .take(5)
        .filter(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Paragraph | BlockKind::Byline))
        .take_while(|block| block.kind != BlockKind::Paragraph || block.text.split_whitespace().count() <= 14)
        .filter(|block| block.kind != BlockKind::Paragraph || !is_sentence(&block.text))
        .find_map(|block| date_in(&block.text))
}

/// Whether a paragraph is prose, which may tell of any day: "Published on 3 December 2025." is none.
fn is_sentence(paragraph: &str) -> bool {
    paragraph.trim_end().ends_with(['.', '!', '?']) && paragraph.split_whitespace().count() > 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_are_read_in_the_usual_ways() {
        let third = Date::constant(2025, 12, 3);
        for text in ["2025-12-03", "2025-12-03T10:00:00Z", "Wednesday 3 December 2025.", "Dec. 3, 2025", "3rd dec 2025"] {
            assert_eq!(date_in(text), Some(third), "{text}");
        }
        assert_eq!(date_in("31 February 2025"), None);
        assert_eq!(date_in("December 2025"), None);
    }

    #[test]
    fn a_short_sentence_is_no_date_line() {
        let date = |text: &str| crate::markup::parse(text, crate::markup::Format::Plain).front_matter.date;
        let third = Some(Date::constant(2025, 12, 3));
        assert_eq!(date("Ferry sinks\n\nBy Siv Tveit | 3 December 2025\n\nIt sank at noon."), third);
        assert_eq!(date("Ferry sinks\n\nPublished on 3 December 2025.\n\nIt sank at noon."), third);
        assert_eq!(
            date("Ferry sinks\n\nIts captain was dismissed by the harbour board of Larsund on 3 December 2025.\n\nIt sank at noon."),
            None
        );
    }

    #[test]
    fn broken_front_matter_is_reported_and_still_read_where_it_can_be() {
        let (front, problem) = parse("---\ndate: 2025-12-03\ntitle: \"open\nbyline: [\n---\nText");
        assert!(problem.is_some());
        assert_eq!(front.date, Some(Date::constant(2025, 12, 3)));
        let (front, problem) = parse("---\ntitle: open\n");
        assert!(front.source.is_empty() && problem.is_some());
        assert_eq!(parse("---\n\nText").1, None, "a thematic break");
    }

    #[test]
    fn toml_front_matter_is_read_too() {
        let (front, problem) = parse("+++\ndate = 2025-12-03\nslug = \"a-b\"\n+++\n");
        assert_eq!((front.date, front.slug.as_deref(), problem), (Some(Date::constant(2025, 12, 3)), Some("a-b"), None));
    }
}
