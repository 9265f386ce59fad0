//! What a text says of itself at its head: date, headline, byline, slug, outlet, address.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use serde_json::Value;

use super::head_names::{Head, Named};
use super::{Block, BlockKind};
use crate::text::Span;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The article's own date as it was written where the article appeared: from the front matter, or else from what its page says of
    /// it, or else from a date line at its head, or else that of its last change.
    pub date: Option<Date>,
    pub modified: Option<Date>,
    pub headline: Option<String>,
    pub byline: Option<String>,
    pub slug: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// The bytes it takes up in the source; empty without any.
    pub source: Span,
}

impl FrontMatter {
    /// What this says, and where it is silent, what `other` says.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            date: self.date.or(other.date),
            modified: self.modified.or(other.modified),
            headline: self.headline.or(other.headline),
            byline: self.byline.or(other.byline),
            slug: self.slug.or(other.slug),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            source: if self.source.is_empty() { other.source } else { self.source },
        }
    }
}

/// Splits a text's front matter from the rest: what it says, and what is wrong with it. Without any, all is empty.
pub(super) fn parse(source: &str) -> (FrontMatter, Option<(Span, String)>) {
    let front = FrontMatter::default();
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
    let entries = match fence {
        _ if inside.len() > LARGEST => Err(format!("it is longer than {} KB", LARGEST >> 10)),
        "---" => yaml_entries(inside),
        _ => toml_entries(inside),
    };
    let span = Span::of(start..end);
    let mut named = Named::default();
    let problem = match entries {
        Ok(entries) => {
            for (key, value) in &entries {
                offer(&mut named, key, value);
            }
            None
        }
        Err(reason) => {
            // The lines that can be read still count.
            for captures in inside.lines().filter_map(|line| ENTRY.captures(line)) {
                named.offer(Head::Front, &captures[1], captures[2].trim_matches(['"', '\'']));
            }
            Some((span, format!("the front matter can't be read: {reason}")))
        }
    };
    (FrontMatter { source: span, ..named.into_front_matter() }, problem)
}

/// Takes an entry, and what Hugo and Zola keep apart for a site's own names; that holds less.
fn offer(named: &mut Named, key: &str, value: &Value) {
    match value {
        Value::Object(inner) if matches!(key, "params" | "extra") => {
            for (key, value) in inner {
                named.offer_below(Head::Front, key, &plain(value), BELOW_ALL);
            }
        }
        _ => named.offer(Head::Front, key, &plain(value)),
    }
}

/// In bytes. Nobody writes as much about an article at its head, and what a parser makes of it takes many times as much memory.
const LARGEST: usize = 1 << 18;

/// More than any table of names has rows.
const BELOW_ALL: usize = 1 << 20;

static ENTRY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^([A-Za-z][\w-]*)\s*[:=]\s*(.+)$").expect("a valid pattern"));

fn yaml_entries(text: &str) -> Result<BTreeMap<String, Value>, String> {
    if text.trim().is_empty() {
        return Ok(BTreeMap::new());
    }
    serde_saphyr::from_str(text).map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
}

fn toml_entries(text: &str) -> Result<BTreeMap<String, Value>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    Ok(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect()),
        other => Value::String(other.to_string()),
    }
}

/// A value as a line: of somebody or something with entries of its own, the name.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => entries.get("name").map(plain).unwrap_or_default(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static FULL_DATE: LazyLock<Regex> = LazyLock::new(|| {
    let month = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
    Regex::new(&format!(
        r"(?i)\b(\d{{4}})[-/](\d{{2}})[-/](\d{{2}})(?:\b|T)|\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{month},?\s+(\d{{4}})\b|\b{month}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"
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

/// The date that an entry of a head gives, which may be written without marks: `20251203`.
pub fn date_of_entry(value: &str) -> Option<Date> {
    let digits = value.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits {
        Some(digits) => date_in(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])),
        None => date_in(value),
    }
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
        assert_eq!(date_of_entry("20251203T1000"), Some(third));
        assert_eq!(date_of_entry("2025/12/03 10:00"), Some(third));
        assert_eq!(date_of_entry("99999999"), None);
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
    fn of_front_matter_that_is_too_large_the_lines_still_count() {
        let text = format!("+++\ndate = 2025-12-03\ntags = {}\n+++\nText", "[".repeat(LARGEST));
        let (front, problem) = parse(&text);
        assert_eq!(front.date, Some(Date::constant(2025, 12, 3)));
        assert_eq!(problem.map(|(_, reason)| reason).as_deref(), Some("the front matter can't be read: it is longer than 256 KB"));
    }

    #[test]
    fn toml_front_matter_is_read_too() {
        let (front, problem) = parse("+++\ndate = 2025-12-03T22:00:00-05:00\nslug = \"a-b\"\nauthors = [\"Ann Roe\", \"Bo Lind\"]\n+++\n");
        assert_eq!((front.date, front.slug.as_deref(), problem), (Some(Date::constant(2025, 12, 3)), Some("a-b"), None));
        assert_eq!(front.byline.as_deref(), Some("Ann Roe, Bo Lind"));
    }

    #[test]
    fn site_generators_names_are_read() {
        let date = |front: &str| parse(front).0.date;
        let third = Some(Date::constant(2025, 12, 3));
        assert_eq!(date("---\npublishDate: 2025-12-03T08:00:00+01:00\nlastmod: 2025-12-09\n---\n"), third, "Hugo");
        assert_eq!(date("---\ndate: 2025-12-03 08:00:00 +0100\nlast_modified_at: 2025-12-09\n---\n"), third, "Jekyll");
        assert_eq!(date("---\npubDate: 'Dec 3 2025'\nupdatedDate: 'Dec 9 2025'\n---\n"), third, "Astro");
        assert_eq!(date("---\ndate: Created\n---\n"), None, "Eleventy");
        assert_eq!(date("+++\n[params]\npublishDate = 2025-12-09\n+++\n"), Some(Date::constant(2025, 12, 9)));
        assert_eq!(date("+++\npublishDate = 2025-12-03\n[params]\ndate = 2025-12-09\n+++\n"), third, "a site's own names hold less");
        let (front, _) = parse(
            "---\ntitle: Ferry\nauthor:\n  name: Ann Roe\n  email: a@example.org\npublisher: {name: The Tide}\ncanonicalURL: https://a.example/f\n---\n",
        );
        assert_eq!((front.byline.as_deref(), front.outlet.as_deref()), (Some("Ann Roe"), Some("The Tide")));
        assert_eq!(front.url.as_deref(), Some("https://a.example/f"));
    }

    #[test]
    fn a_change_dates_a_text_that_nothing_else_dates() {
        let date = |text: &str| crate::markup::parse(text, crate::markup::Format::Markdown).front_matter.date;
        assert_eq!(date("---\nlastmod: 2025-12-09\n---\n\n3 December 2025\n\nText."), Some(Date::constant(2025, 12, 3)));
        assert_eq!(date("---\nlastmod: 2025-12-09\n---\n\nText."), Some(Date::constant(2025, 12, 9)));
    }
}
