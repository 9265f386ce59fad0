//! JSON-LD as news pages carry it: one object, an array or a `@graph`, its parts within each other or tied by `@id`.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::prose::decoded;
use crate::markup::front_matter::{FrontMatter, date_of_entry};

/// What all scripts of a page may be together, in bytes; one that goes over it is left out.
const MOST: usize = 2 << 20;

/// What a page's linked data say of its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    pub(super) about: FrontMatter,
    /// The article's text as search engines are given it: no text to quote from, but it tells where on the page the article is.
    pub(super) body: Option<String>,
    /// Whether it is a report in many entries.
    pub(super) is_live: bool,
}

type Object = Map<String, Value>;

/// Reads a page's scripts; `canonical` is the address that the page gives itself.
pub(super) fn read(scripts: &[String], canonical: Option<&str>) -> LinkedData {
    let mut left = MOST;
    let mut values = Vec::new();
    for script in scripts {
        if let Some(rest) = left.checked_sub(script.len()) {
            left = rest;
            values.extend(parse(script));
        }
    }
    let mut graph = Graph::default();
    for value in &values {
        graph.add(value);
    }
    graph.article(canonical).map(|article| graph.describe(article)).unwrap_or_default()
}

/// A script's value. Line breaks within strings are a common fault, and so are comment marks around the whole.
fn parse(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?.replace(|c: char| c.is_control(), " ");
    serde_json::from_str(&json).ok()
}

/// The objects that may be the page's article, or be spoken of by it.
#[derive(Default)]
struct Graph<'a> {
    objects: Vec<&'a Object>,
    by_id: FxHashMap<&'a str, &'a Object>,
}

impl<'a> Graph<'a> {
    fn add(&mut self, value: &'a Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && object.len() > 1
                {
                    self.by_id.entry(id).or_insert(object);
                }
                self.objects.push(object);
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    object.get(key).into_iter().for_each(|value| self.add(value));
                }
            }
            _ => {}
        }
    }

    /// The article at the page's own address, or else the first one; a mere page where no article is said to be.
    fn article(&self, canonical: Option<&str>) -> Option<&'a Object> {
        let articles = || self.objects.iter().copied().filter(|object| has_type(object, is_article));
        let here = canonical.map(plain_address);
        let is_here = |object: &&Object| {
            here.is_some()
                && ["url", "mainEntityOfPage", "@id"].iter().any(|key| object.get(*key).and_then(id_of).map(plain_address) == here)
        };
        articles()
            .find(is_here)
            .or_else(|| articles().next())
            .or_else(|| self.objects.iter().copied().find(|object| has_type(object, |name| name == "WebPage")))
    }

    fn describe(&self, article: &Object) -> LinkedData {
        let text = |keys: &[&str]| keys.iter().filter_map(|key| article.get(*key)).find_map(|value| self.name(value));
        let day = |keys: &[&str]| keys.iter().filter_map(|key| self.name(article.get(*key)?)).find_map(|value| date_of_entry(&value));
        let address = |value: &&Value| id_of(value).filter(|address| address.starts_with("http")).map(str::to_owned);
        let about = FrontMatter {
            date: day(&["datePublished", "dateCreated", "uploadDate"]),
            modified: day(&["dateModified"]),
            headline: text(&["headline", "name"]),
            byline: text(&["author", "creator"]).filter(|name| !name.starts_with("http")),
            outlet: text(&["publisher", "sourceOrganization", "provider"]).filter(|name| !name.starts_with("http")),
            url: ["url", "mainEntityOfPage"].iter().filter_map(|key| article.get(*key)).find_map(|value| address(&value)),
            ..FrontMatter::default()
        };
        let is_live = has_type(article, |name| name == "LiveBlogPosting");
        let entries = || article.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten();
        let body = match article.get("articleBody").and_then(Value::as_str) {
            Some(body) => body.to_owned(),
            None => entries().filter_map(|entry| entry.get("articleBody")?.as_str()).collect::<Vec<_>>().join(" "),
        };
        LinkedData { about, body: (!body.trim().is_empty()).then(|| decoded(&body)), is_live }
    }

    /// A text, the name of what is meant, or those of several.
    fn name(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(decoded(text).trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Array(items) => {
                let names: Vec<String> = items.iter().filter(|item| !item.is_array()).filter_map(|item| self.name(item)).collect();
                (!names.is_empty()).then(|| names.join(", "))
            }
            Value::Object(object) => {
                let whole = object.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id).copied());
                let named =
                    |object: &Object| Some(decoded(object.get("name").or_else(|| object.get("@value"))?.as_str()?).trim().to_owned());
                named(object).or_else(|| whole.and_then(named)).filter(|name| !name.is_empty())
            }
            _ => None,
        }
    }
}

/// An address, or that of the object which is meant.
fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("@id")?.as_str()).or_else(|| value.get("url")?.as_str())
}

fn plain_address(address: &str) -> &str {
    address.split('#').next().unwrap_or_default().trim_end_matches('/')
}

fn has_type(object: &Object, is: impl Fn(&str) -> bool) -> bool {
    let named = |value: &Value| value.as_str().is_some_and(|name| is(name.rsplit(['/', ':']).next().unwrap_or_default()));
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(value) => named(value),
        None => false,
    }
}

fn is_article(name: &str) -> bool {
    name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "Review")
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    fn about(json: &str) -> FrontMatter {
        read(&[json.to_owned()], Some("https://a.example/ferry")).about
    }

    #[test]
    fn an_article_is_found_alone_in_an_array_and_in_a_graph() {
        let article = r#"{"@type": "NewsArticle", "headline": "Ferry &amp; fog", "datePublished": "2025-12-03T23:30:00-05:00"}"#;
        let page = r#"{"@type": "BreadcrumbList", "name": "no"}"#;
        for json in [
            article.to_owned(),
            format!("[{page}, {article}]"),
            format!(r#"{{"@context": "https://schema.org", "@graph": [{page}, {article}]}}"#),
            format!(r#"{{"@type": "WebPage", "name": "no", "mainEntity": {article}}}"#),
            format!("<!-- {article} -->"),
        ] {
            let about = about(&json);
            assert_eq!(about.headline.as_deref(), Some("Ferry & fog"), "{json}");
            assert_eq!(about.date, Some(Date::constant(2025, 12, 3)), "the day where it was written: {json}");
        }
    }

    #[test]
    fn publishers_and_authors_come_in_all_forms() {
        for publisher in
            [r#""The Tide""#, r#"{"name": "The Tide"}"#, r##"{"@id": "#us"}"##, r#"[{"@type": "Organization", "name": "The Tide"}]"#]
        {
            let json = format!(
                r##"{{"@graph": [{{"@type": ["Article", "x"], "publisher": {publisher}, "author": [{{"@id": "#ann"}}, "Bo Lind"]}},
                {{"@id": "#us", "name": "The Tide"}}, {{"@id": "#ann", "name": "Ann Roe"}}]}}"##
            );
            let about = about(&json);
            assert_eq!(about.outlet.as_deref(), Some("The Tide"), "{publisher}");
            assert_eq!(about.byline.as_deref(), Some("Ann Roe, Bo Lind"));
        }
    }

    #[test]
    fn of_several_articles_the_pages_own_counts() {
        let json = r#"[{"@type": "NewsArticle", "headline": "Another", "url": "https://a.example/other"},
            {"@type": "NewsArticle", "headline": "Ferry", "mainEntityOfPage": {"@id": "https://a.example/ferry/"}}]"#;
        assert_eq!(about(json).headline.as_deref(), Some("Ferry"));
    }

    #[test]
    fn what_is_no_json_says_nothing() {
        for json in
            ["", "{", "}{", "null", "[[[[", r#"{"@type": "NewsArticle", "author": 7, "datePublished": ["x"], "publisher": {"@id": "x"}}"#]
        {
            assert_eq!(about(json), FrontMatter::default(), "{json}");
        }
        assert_eq!(about(&"[".repeat(100_000)), FrontMatter::default());
    }
}
