//! `WordPress` exports (WXR): RSS with the posts of a whole site, whatever has become of them.

use std::sync::LazyLock;

use regex::Regex;

use super::super::article::{Item, Making, Status, address, day, moment};
use super::feeds::note_channel;
use super::reader::{Element, Space};
use super::{Common, Entry, Vocabulary};
use crate::markup::{Block, Format};
use crate::text::Span;

pub(super) const WORDPRESS: Vocabulary = Vocabulary {
    is_root: |root, text| {
        root.name == "rss"
            && root.space == Space::None
            && memchr::memmem::find(&text.as_bytes()[..text.len().min(HEAD)], EXPORT.as_bytes()).is_some()
    },
    containers: &["rss", "channel"],
    is_article: |space, name| space == Space::None && name == "item",
    note,
    article,
};

/// What every export declares in its first element.
const EXPORT: &str = "http://wordpress.org/export/";
/// As far as is looked for it.
const HEAD: usize = 1 << 14;

fn note(common: &mut Common, element: &Element<'_>, text: &str) {
    if element.space == Space::WordPress && element.name == "author" {
        let name = element.child("author_display_name").and_then(Element::words);
        common.authors.extend(element.child("author_login").and_then(Element::words).zip(name));
    }
    note_channel(common, element, text);
}

fn article(entry: &Entry<'_, '_>, mut making: Making<'_>) -> Item {
    let Entry { element: item, common, .. } = *entry;
    let part = item.part();
    let text = |name: &str| item.child(name).and_then(Element::words);
    let post = |name: &str| item.named(Space::WordPress, name).next().and_then(Element::words);
    let kind = post("post_type").unwrap_or_else(|| "post".to_owned());
    if kind != "post" {
        return Item::Skipped(format!("WordPress items of type {kind}"));
    }
    let status = post("status").map_or(Status::Counts, |status| Status::of(&status));
    if status == Status::Unpublished {
        return Item::Skipped("articles that are not published".to_owned());
    }
    // A time that isn't set is nought.
    let set = |time: &String| !time.starts_with("0000");
    let time = |name: &str| post(name).filter(set);
    let published = time("post_date").or_else(|| text("pubDate"));
    let updated = time("post_modified");
    let author = item.named(Space::DublinCore, "creator").next().and_then(Element::words);
    let display = |login: String| common.authors.iter().find(|(known, _)| *known == login).map_or(login, |(_, name)| name.clone());
    let guid = text("guid").or_else(|| post("post_id").map(|id| format!("{}#{id}", common.url.as_deref().unwrap_or_default())));
    let header = &mut making.header;
    header.outlet.clone_from(&common.outlet);
    header.language.clone_from(&common.language);
    header.published = published.as_deref().and_then(day);
    header.updated = updated.as_deref().and_then(day);
    header.url = text("link").as_deref().and_then(address);
    header.byline = author.map(display);
    header.edition.article.clone_from(&guid);
    header.edition.issued =
        time("post_modified_gmt").or_else(|| time("post_date_gmt")).or(updated).or(published).as_deref().and_then(moment);
    header.edition.killed = status == Status::Killed;
    making.add_headline(item.child("title").and_then(|title| title.transcript(part)), Format::Html);
    if let Some(words) = item.named(Space::Content, "encoded").next().and_then(|content| content.transcript(part)) {
        for paragraph in paragraphs(&words) {
            making.add_text(&paragraph, Format::Html);
        }
    }
    let which = post("post_id").or(guid).unwrap_or_else(|| format!("L{}", making.line()));
    making.finish(&which)
}

/// What stands in brackets for a program, with what it is around where that is a caption: the system's own, and what has a value. Words that a
/// writer puts in brackets have none.
static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    let own = r"\[/?(?:audio|caption|embed|gallery|playlist|video)\b[^\]]*\]";
    let valued = r#"\[[a-z][a-z0-9_-]*(?:\s+[a-z_-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s\]]+))+\s*/?\]"#;
    Regex::new(&format!(r"(?s)\[caption\b[^\]]*\].*?\[/caption\]|{own}|{valued}")).expect("a valid pattern")
});

/// What parts the paragraphs of a post that was written without markup for them.
static EMPTY_LINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\r?\n[ \t]*\r?\n\s*").expect("a valid pattern"));

/// The parts of a content to be read each by itself. The system makes paragraphs of what empty lines part, when it shows a post.
fn paragraphs(content: &Block) -> Vec<Block> {
    let mut gaps: Vec<Span> = SHORTCODE.find_iter(&content.text).map(|found| Span::of(found.range())).collect();
    if !content.text.contains("<p") {
        gaps.extend(EMPTY_LINE.find_iter(&content.text).map(|found| Span::of(found.range())));
        gaps.sort();
    }
    let mut from = 0;
    let mut parts = Vec::new();
    for gap in gaps.into_iter().chain([Span::new(content.text.len() as u32, content.text.len() as u32)]) {
        if gap.start > from {
            parts.extend(content.part(Span::new(from, gap.start)));
        }
        from = from.max(gap.end);
    }
    parts
}
