//! What an element of a page is by its name, role, classes and microdata: `data/page_parts.tsv`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::data;

/// Some of the things that an element can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u16);

impl Parts {
    pub(super) const NONE: Self = Self(0);
    /// Never read.
    pub(super) const FURNITURE: Self = Self(1);
    /// Not read, unless it turns out to hold the article: what a class says is less sure than what an element is.
    pub(super) const LIKELY_FURNITURE: Self = Self(1 << 1);
    /// Furniture of a page, prose of a draft that is no page.
    pub(super) const SIDEBAR: Self = Self(1 << 2);
    /// The article without its head.
    pub(super) const BODY: Self = Self(1 << 3);
    /// The same, by microdata, which is made for the purpose.
    pub(super) const ARTICLE_BODY: Self = Self(1 << 4);
    pub(super) const ARTICLE: Self = Self(1 << 5);
    pub(super) const MAIN: Self = Self(1 << 6);
    /// Another story, or a comment, where it is an article.
    pub(super) const OTHER: Self = Self(1 << 7);
    /// A report in many entries.
    pub(super) const LIVE: Self = Self(1 << 8);
    pub(super) const HEADLINE: Self = Self(1 << 9);
    pub(super) const BYLINE: Self = Self(1 << 10);
    /// An anchor that leads elsewhere.
    pub(super) const LINK: Self = Self(1 << 11);
    /// A story by microdata: the article with its head, or one that the page tells of.
    pub(super) const STORY: Self = Self(1 << 12);

    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

struct Table {
    /// By what marks it (`element`, `role`, …) and the mark in lower case.
    marks: FxHashMap<(&'static str, String), Parts>,
    /// Words of classes, each as `-word-`, with what they say.
    words: AhoCorasick,
    word_parts: Vec<Parts>,
    states: FxHashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut marks: FxHashMap<(&'static str, String), Parts> = FxHashMap::default();
    let (mut words, mut word_parts, mut states) = (Vec::new(), Vec::new(), FxHashSet::default());
    for [part, by, value] in data::PAGE_PARTS.rows() {
        let parts = match part {
            "furniture" if value != "form" && matches!(by, "element" | "role") => Parts::FURNITURE,
            "furniture" => Parts::LIKELY_FURNITURE,
            "sidebar" => Parts::SIDEBAR,
            "body" => Parts::BODY,
            "article" => Parts::ARTICLE,
            "story" => Parts::STORY,
            "main" => Parts::MAIN,
            "other" => Parts::OTHER,
            "live" => Parts::LIVE,
            "headline" => Parts::HEADLINE,
            "byline" => Parts::BYLINE,
            _ => {
                states.insert(value);
                continue;
            }
        };
        if by == "word" {
            words.push(format!("-{value}-"));
            word_parts.push(parts);
        } else {
            let known = marks.entry((by, value.to_ascii_lowercase())).or_default();
            *known = known.and(parts);
        }
    }
    Table { marks, words: AhoCorasick::new(words).expect("the table is small"), word_parts, states }
});

/// What an element is, by its name in lower case and its attributes.
pub(super) fn parts_of<'a>(name: &str, attribute: impl Fn(&str) -> Option<&'a str>) -> Parts {
    let mut parts = marked("element", name);
    if matches!(name, "html" | "body") {
        return parts;
    }
    if name == "a" {
        let leads_elsewhere = attribute("href").is_some_and(|href| !href.starts_with('#'));
        return if leads_elsewhere { Parts::LINK.and(classes(name, attribute)) } else { classes(name, attribute) };
    }
    if let Some(role) = attribute("role") {
        parts = parts.and(marked("role", role.trim()));
    }
    for property in attribute("itemprop").into_iter().flat_map(str::split_ascii_whitespace) {
        let body = property.eq_ignore_ascii_case("articleBody");
        parts = parts.and(if body { Parts::ARTICLE_BODY } else { marked("itemprop", property) });
    }
    if let Some(kind) = attribute("itemtype") {
        parts = parts.and(marked("itemtype", kind.trim().rsplit(['/', '#']).next().unwrap_or_default()));
    }
    if is_hidden(&attribute) {
        parts = parts.and(Parts::LIKELY_FURNITURE);
    }
    parts = parts.and(classes(name, attribute));
    // "other" tells two articles apart; of a mere box it says nothing.
    if parts.any(Parts::ARTICLE) { parts } else { parts.without(Parts::OTHER) }
}

fn is_hidden<'a>(attribute: &impl Fn(&str) -> Option<&'a str>) -> bool {
    attribute("hidden").is_some()
        || attribute("aria-hidden") == Some("true")
        || attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

fn marked(by: &'static str, mark: &str) -> Parts {
    TABLE.marks.get(&(by, mark.to_ascii_lowercase())).copied().unwrap_or_default()
}

/// What the classes, the id and the names that scripts use say, and the name of a custom element.
fn classes<'a>(name: &str, attribute: impl Fn(&str) -> Option<&'a str>) -> Parts {
    let mut parts = Parts::NONE;
    let mut words = String::new();
    if name.contains('-') {
        push_words(name, &mut words);
    }
    for key in ["class", "id", "data-component", "data-testid"] {
        for class in attribute(key).into_iter().flat_map(str::split_ascii_whitespace) {
            parts = parts.and(marked("class", class));
            push_words(class, &mut words);
        }
    }
    for found in TABLE.words.find_overlapping_iter(&words) {
        parts = parts.and(TABLE.word_parts[found.pattern().as_usize()]);
    }
    parts
}

/// Adds the words of one class as `-article-read-more-`; nothing for a class that tells of a state.
fn push_words(class: &str, words: &mut String) {
    let start = words.len();
    words.push('-');
    let mut after_small = false;
    for c in class.chars() {
        if after_small && c.is_ascii_uppercase() {
            words.push('-');
        }
        after_small = c.is_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        } else if !words.ends_with('-') {
            words.push('-');
        }
    }
    if !words.ends_with('-') {
        words.push('-');
    }
    if words[start..].split('-').any(|word| TABLE.states.contains(word)) {
        words.truncate(start);
    }
    // Words of two classes are no phrase.
    words.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, attributes: &[(&str, &'static str)]) -> Parts {
        parts_of(name, |key| attributes.iter().find(|(known, _)| *known == key).map(|&(_, value)| value))
    }

    #[test]
    fn classes_are_read_by_their_words() {
        for class in ["comments-area", "article__readMore", "c-Related", "x jp_relatedposts yarpp-list", "cookie"] {
            assert_eq!(of("div", &[("class", class)]), Parts::LIKELY_FURNITURE, "{class}");
        }
        for class in ["has-comments", "tag-newsletter", "shareholders", "read more", "no-sidebar", ""] {
            assert_eq!(of("div", &[("class", class)]), Parts::NONE, "{class}");
        }
        assert_eq!(of("related-stories", &[]), Parts::LIKELY_FURNITURE);
        assert_eq!(of("div", &[("class", "lead entry-content")]), Parts::BODY);
        assert_eq!(of("div", &[("class", "entry-content-wrap")]), Parts::NONE);
    }

    #[test]
    fn elements_roles_and_microdata_say_more() {
        assert_eq!(of("footer", &[]), Parts::FURNITURE);
        assert_eq!(of("div", &[("role", "main")]), Parts::MAIN);
        assert_eq!(of("div", &[("itemprop", "articleBody text")]), Parts::ARTICLE_BODY);
        assert_eq!(of("div", &[("itemtype", "https://schema.org/NewsArticle")]), Parts::STORY);
        assert_eq!(of("article", &[("class", "Card")]), Parts::ARTICLE.and(Parts::OTHER));
        assert_eq!(of("div", &[("class", "card")]), Parts::NONE);
        assert_eq!(of("div", &[("style", "display: none")]), Parts::LIKELY_FURNITURE);
        assert_eq!(of("body", &[("class", "comments")]), Parts::NONE);
        assert!(of("a", &[("href", "/other")]).any(Parts::LINK) && !of("a", &[("href", "#here")]).any(Parts::LINK));
    }
}
