//! What a page says of its article: JSON-LD before `meta` before `time`.

use super::article::Article;
use super::json_ld;
use super::tree::{Event, Page};
use crate::markup::front_matter::{FrontMatter, date_in, date_of_entry};
use crate::markup::head_names::{Head, Named};

/// What stands in a page's head, and its dates.
#[derive(Debug, Default)]
pub(super) struct PageHead {
    named: Named,
    title: Option<String>,
    scripts: Vec<String>,
    times: Vec<Time>,
    /// The element whose text is taken as the title or as a script's.
    taking: Option<(u32, Taking)>,
}

#[derive(Clone, Copy, Debug)]
enum Taking {
    Title,
    Script,
}

/// An element that gives a time.
#[derive(Clone, Debug)]
struct Time {
    element: u32,
    /// As machines read it; else the element's text counts.
    machine: Option<String>,
    kind: TimeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TimeKind {
    Published,
    Modified,
    /// Without a word on what happened then.
    Some,
}

impl PageHead {
    pub(super) fn meta<'a>(&mut self, attribute: impl Fn(&str) -> Option<&'a str>) {
        let Some(value) = attribute("content") else { return };
        for key in ["name", "property", "itemprop"].into_iter().filter_map(attribute) {
            self.named.offer(Head::Page, key, value);
        }
    }

    pub(super) fn link<'a>(&mut self, attribute: impl Fn(&str) -> Option<&'a str>) {
        if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
            self.named.offer(Head::Page, "canonical", attribute("href").unwrap_or_default());
        }
    }

    /// Takes notice of an element that was opened.
    pub(super) fn element<'a>(&mut self, element: u32, name: &str, attribute: impl Fn(&str) -> Option<&'a str>) {
        match name {
            "title" if self.title.is_none() => {
                self.title = Some(String::new());
                self.taking = Some((element, Taking::Title));
            }
            "script" if attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) => {
                self.scripts.push(String::new());
                self.taking = Some((element, Taking::Script));
            }
            _ => {
                if let Some(kind) = time_kind(name, &attribute) {
                    let machine = attribute("datetime").or_else(|| attribute("content")).map(str::to_owned);
                    self.times.push(Time { element, machine, kind });
                }
            }
        }
    }

    /// Whether the text of an element is taken here.
    pub(super) fn takes(&self, element: u32) -> bool {
        self.taking.is_some_and(|(taking, _)| taking == element)
    }

    pub(super) fn text(&mut self, text: &str) {
        match self.taking {
            Some((_, Taking::Title)) => self.title.get_or_insert_default().push_str(text),
            Some((_, Taking::Script)) => self.scripts.last_mut().into_iter().for_each(|script| script.push_str(text)),
            None => {}
        }
    }

    pub(super) fn linked_data(&self) -> json_ld::LinkedData {
        json_ld::read(&self.scripts, self.named.get_url())
    }
}

fn time_kind<'a>(name: &str, attribute: &impl Fn(&str) -> Option<&'a str>) -> Option<TimeKind> {
    let has = |key: &str, words: &[&str]| {
        attribute(key)
            .is_some_and(|value| value.split_ascii_whitespace().any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known))))
    };
    if has("itemprop", &["datePublished"]) {
        return Some(TimeKind::Published);
    }
    if has("itemprop", &["dateModified"]) {
        return Some(TimeKind::Modified);
    }
    if name != "time" {
        return None;
    }
    Some(if attribute("pubdate").is_some() || has("class", &["published", "entry-date", "post-date", "publish-date", "dt-published"]) {
        TimeKind::Published
    } else if has("class", &["updated", "modified", "dt-updated"]) {
        TimeKind::Modified
    } else {
        TimeKind::Some
    })
}

/// What a page says of its article, best first.
pub(super) fn about(page: &Page, source: &str, linked: FrontMatter, article: &Article) -> FrontMatter {
    let head = article.head(page);
    let times = || page.head.times.iter().filter(|time| article.may_tell(page, time.element));
    let date = |time: &Time| match &time.machine {
        Some(machine) => date_of_entry(machine),
        None => date_in(&text_of(page, source, time.element)),
    };
    let first = |kind: TimeKind| times().filter(|time| time.kind == kind).find_map(date);
    let is_at_head = |time: &&Time| head.is_some_and(|head| head.contains(page.elements[time.element as usize].first));
    let at_head = || times().filter(|time| time.kind == TimeKind::Some).filter(is_at_head).find_map(date);
    let by_time =
        FrontMatter { date: first(TimeKind::Published).or_else(at_head), modified: first(TimeKind::Modified), ..FrontMatter::default() };
    linked.or(page.head.named.clone().into_front_matter()).or(by_time)
}

/// The page's title, decoded; what a browser's tab shows is the headline as a last resort.
pub(super) fn title(page: &Page) -> Option<String> {
    let title = super::prose::decoded(page.head.title.as_deref()?);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

fn text_of(page: &Page, source: &str, element: u32) -> String {
    /// No date is longer, in bytes.
    const ENOUGH: usize = 100;
    let element = page.elements[element as usize];
    let mut text = String::new();
    for event in &page.events[element.first as usize..element.last as usize] {
        if text.len() > ENOUGH {
            break;
        }
        if let Event::Text(span) = event {
            text.extend(span.text(source).chars().take(ENOUGH));
        }
    }
    text
}
