//! Which elements of a page are its article. The rest (comments, related stories, dialogs, boxes) is not read: what it says, nobody
//! has said in the article.

use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use super::parts::Parts;
use super::tree::{Element, Event, Page, Tag};
use crate::text::Span;

/// This much prose, in bytes, is an article, however much more a wider element holds.
const FEW_SENTENCES: u32 = 250;

/// What is read of a page.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// For each element whether its own text is read.
    pub(super) read: Vec<bool>,
    /// For each element whether it is furniture or in some.
    dropped: Vec<bool>,
    /// The elements that hold the article, in order; empty where the whole page is read but for its furniture.
    pub(super) roots: Vec<u32>,
    /// The headline that stands outside of them.
    pub(super) headline: Option<u32>,
    /// The element within which the page speaks of the article: the innermost around its body that holds a whole story.
    scope: Option<u32>,
}

impl Article {
    /// `body` is the article's text as the page's linked data have it, `is_live` whether they call it a report in many entries.
    pub(super) fn of(page: &Page, source: &str, body: Option<&str>, is_live: bool) -> Self {
        let holds = holds_article(page);
        let mut dropped = dropped(page, &holds, is_live);
        let is_live_part = |(element, dropped): (&Element, &bool)| !dropped && element.tag.is_block() && element.parts.any(Parts::LIVE);
        let is_live = is_live || page.elements.iter().zip(&dropped).any(is_live_part);
        if is_live {
            dropped = self::dropped(page, &holds, is_live);
        }
        if !page.is_whole {
            return Self { read: dropped.iter().map(|dropped| !dropped).collect(), dropped, ..Self::default() };
        }
        let amounts = Amounts::of(page, source, &dropped, body);
        let choice = Choice { page, dropped: &dropped, amounts: &amounts, around: around(page), is_live };
        let (roots, by_mark) = choice.roots();
        let headline = choice.headline(&roots);
        // What is an article within the page's main part, and was not taken for the article, is another story.
        let is_other = |index: usize, element: &Element| {
            by_mark && !is_live && element.parts.any(Parts::ARTICLE) && !holds[index] && roots.binary_search(&(index as u32)).is_err()
        };
        let mut read: Vec<bool> = Vec::with_capacity(page.elements.len());
        for (index, element) in page.elements.iter().enumerate() {
            let is_root = roots.binary_search(&(index as u32)).is_ok() || headline == Some(index as u32);
            let inherited = if element.parent as usize == index { roots.is_empty() } else { read[element.parent as usize] };
            read.push(!dropped[index] && (is_root || inherited && !is_other(index, element)));
        }
        let scope = roots.first().and_then(|&root| choice.around[root as usize]);
        Self { read, dropped, roots, headline, scope }
    }

    /// The events between which the page tells of the article's day: from where the article or its headline starts to its first
    /// paragraph of some length.
    pub(super) fn head(&self, page: &Page) -> Option<Span> {
        let is_headline = |&index: &usize| page.elements[index].tag == Tag::Headline && !self.dropped[index];
        let headline = || self.headline.or_else(|| (0..page.elements.len()).find(is_headline).map(|index| index as u32));
        let from = page.elements[self.scope.or_else(headline)? as usize].first;
        let text_from = self.roots.first().map_or(from, |&root| page.elements[root as usize].first).max(from);
        let end = page.events.len() as u32;
        Some(Span::new(from, (text_from..end).find(|&at| is_long_text(page, at)).unwrap_or(end)))
    }

    /// Whether a time there may be the article's.
    pub(super) fn may_tell(&self, page: &Page, element: u32) -> bool {
        let first = page.elements[element as usize].first;
        let scope = self.scope.map(|scope| page.elements[scope as usize]);
        !self.dropped[element as usize] && scope.is_none_or(|scope| scope.first <= first && first <= scope.last)
    }
}

/// What holds a whole story.
const STORIES: Parts = Parts::ARTICLE.and(Parts::STORY).and(Parts::MAIN);

fn is_long_text(page: &Page, event: u32) -> bool {
    matches!(page.events[event as usize], Event::Text(span) if span.len() > 80)
}

/// An element and those around it, outwards.
fn ancestors(page: &Page, element: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(element), |&at| {
        let parent = page.elements[at as usize].parent;
        (parent != at).then_some(parent)
    })
}

/// For each element whether it is furniture, another story, or in one of these. `holds` is what holds the article.
fn dropped(page: &Page, holds: &[bool], is_live: bool) -> Vec<bool> {
    let furniture = if page.is_whole { Parts::FURNITURE.and(Parts::SIDEBAR) } else { Parts::FURNITURE };
    let mut dropped: Vec<bool> = Vec::with_capacity(page.elements.len());
    let mut inside: Vec<bool> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let is_top = element.parent as usize == index;
        let (parent_dropped, parent_inside) =
            if is_top { (false, false) } else { (dropped[element.parent as usize], inside[element.parent as usize]) };
        let is_article = element.parts.any(Parts::ARTICLE) && page.is_whole;
        let is_other = is_article && parent_inside && !holds[index] && (!is_live || element.parts.any(Parts::OTHER));
        let is_likely = element.parts.any(Parts::LIKELY_FURNITURE) && !holds[index];
        dropped.push(parent_dropped || element.tag == Tag::Title || element.parts.any(furniture) || is_likely || is_other);
        inside.push(parent_inside || is_article);
    }
    dropped
}

/// For each element whether it holds what only the article has: a class may then say what it likes.
fn holds_article(page: &Page) -> Vec<bool> {
    let mut holds = vec![false; page.elements.len()];
    for (index, element) in page.elements.iter().enumerate() {
        let is_sure = element.parts.any(Parts::ARTICLE_BODY.and(Parts::MAIN)) || element.tag == Tag::Headline;
        if is_sure && !element.parts.any(Parts::FURNITURE.and(Parts::SIDEBAR).and(Parts::LIKELY_FURNITURE)) {
            for at in ancestors(page, index as u32) {
                if std::mem::replace(&mut holds[at as usize], true) {
                    break;
                }
            }
        }
    }
    holds
}

/// For each element the article around it, or the main part, if any: what stands in another one is another story.
fn around(page: &Page) -> Vec<Option<u32>> {
    let mut around: Vec<Option<u32>> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let outer = if element.parent as usize == index { None } else { around[element.parent as usize] };
        around.push(if element.parts.any(STORIES) { Some(index as u32) } else { outer });
    }
    around
}

/// For each element whether it is an article whose own heading is a link: that announces a story which stands elsewhere.
fn announces(page: &Page) -> Vec<bool> {
    let mut announces = vec![false; page.elements.len()];
    let mut first_headings: Vec<Option<usize>> = vec![None; page.elements.len()];
    // What an element is in: the innermost article, a heading, a link elsewhere.
    let mut within: Vec<(Option<usize>, Option<usize>, bool)> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let outer = if element.parent as usize == index { (None, None, false) } else { within[element.parent as usize] };
        let article = if element.parts.any(Parts::ARTICLE) { Some(index) } else { outer.0 };
        let heading = if matches!(element.tag, Tag::Headline | Tag::Heading) { Some(index) } else { outer.1 };
        let link = outer.2 || element.parts.any(Parts::LINK);
        if let (Some(article), Some(heading)) = (article, heading) {
            let first = *first_headings[article].get_or_insert(heading);
            // Many a page's headline is a link to the page itself.
            announces[article] |= link && first == heading && page.elements[heading].tag == Tag::Heading;
        }
        within.push((article, heading, link));
    }
    announces
}

/// How much there is before each event, so that of any element it is a difference.
struct Amounts {
    /// Bytes of prose that is neither furniture nor a link.
    prose: Vec<u32>,
    /// Pairs of words, and those of them that the linked data have too.
    pairs: Vec<u32>,
    shared: Vec<u32>,
    /// How many different pairs the linked data have.
    body: u32,
}

impl Amounts {
    fn of(page: &Page, source: &str, dropped: &[bool], body: Option<&str>) -> Self {
        let body: FxHashSet<u64> = body.map(|body| pairs(body, &mut None).collect()).unwrap_or_default();
        let count = page.events.len() + 1;
        let mut amounts = Self { prose: Vec::with_capacity(count), pairs: Vec::new(), shared: Vec::new(), body: body.len() as u32 };
        let mut linked: Vec<bool> = Vec::with_capacity(page.elements.len());
        let (mut prose, mut all, mut shared) = (0_u32, 0_u32, 0_u32);
        let mut at: Option<u32> = None;
        let mut before = None;
        for event in &page.events {
            amounts.prose.push(prose);
            if !body.is_empty() {
                amounts.pairs.push(all);
                amounts.shared.push(shared);
            }
            match *event {
                Event::Open(element) => {
                    let parts = page.elements[element as usize].parts;
                    linked.push(parts.any(Parts::LINK) || at.is_some_and(|at| linked[at as usize]));
                    if page.elements[element as usize].tag.is_block() {
                        before = None;
                    }
                    at = Some(element);
                }
                Event::Close(element) => {
                    let parent = page.elements[element as usize].parent;
                    at = (parent != element).then_some(parent);
                }
                Event::Text(span) if at.is_none_or(|at| !dropped[at as usize]) => {
                    let text = span.text(source);
                    if at.is_none_or(|at| !linked[at as usize]) {
                        prose += text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() as u32;
                    }
                    if !body.is_empty() {
                        for pair in pairs(text, &mut before) {
                            all += 1;
                            shared += u32::from(body.contains(&pair));
                        }
                    }
                }
                Event::Text(_) | Event::Break(_) | Event::Rule | Event::Stet(_) => {}
            }
        }
        amounts.prose.push(prose);
        if !body.is_empty() {
            amounts.pairs.push(all);
            amounts.shared.push(shared);
        }
        amounts
    }

    fn prose_in(&self, element: &Element) -> u32 {
        self.prose[element.last as usize] - self.prose[element.first as usize]
    }

    /// How well an element's text and that of the linked data cover each other, from 0 to 1.
    fn likeness(&self, element: &Element) -> f64 {
        let within = |sums: &[u32]| f64::from(sums[element.last as usize] - sums[element.first as usize]);
        let (all, shared) = (within(&self.pairs), within(&self.shared));
        let covered = (shared / f64::from(self.body)).min(1.0);
        let pure = shared / all.max(1.0);
        if shared > 0.0 { 2.0 * covered * pure / (covered + pure) } else { 0.0 }
    }
}

/// The pairs of neighbouring words of a text, which may go on from an earlier one.
fn pairs<'a>(text: &'a str, before: &'a mut Option<u64>) -> impl Iterator<Item = u64> + 'a {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(move |word| {
        let mut hasher = FxHasher::default();
        word.hash(&mut hasher);
        let word = hasher.finish();
        let pair = before.map(|before| before.rotate_left(5) ^ word);
        *before = Some(word);
        pair
    })
}

fn is_headline(element: &Element) -> bool {
    element.tag == Tag::Headline || element.parts.any(Parts::HEADLINE)
}

struct Choice<'a> {
    page: &'a Page,
    dropped: &'a [bool],
    amounts: &'a Amounts,
    around: Vec<Option<u32>>,
    is_live: bool,
}

impl Choice<'_> {
    /// The elements that hold the article, and whether they are so marked; none where the page doesn't tell.
    fn roots(&self) -> (Vec<u32>, bool) {
        if let Some(root) = self.by_linked_data() {
            return (vec![root], false);
        }
        let groups = [Parts::ARTICLE_BODY, Parts::BODY, Parts::ARTICLE, Parts::STORY, Parts::MAIN].map(|part| (part, self.group(part)));
        let prose = |group: &[u32]| group.iter().map(|&element| self.prose(element)).sum::<u32>();
        let widest = groups.iter().map(|(_, group)| prose(group)).max().unwrap_or(0);
        let is_enough = |(part, group): &&(Parts, Vec<u32>)| {
            let prose = prose(group);
            prose > 0 && (prose >= widest / 4 || prose >= FEW_SENTENCES && part.any(Parts::ARTICLE_BODY.and(Parts::BODY)))
        };
        match groups.iter().find(is_enough) {
            Some((_, group)) => (group.clone(), true),
            None => (self.layout_cell().into_iter().collect(), false),
        }
    }

    /// The element whose text is most like the one in the linked data, where that is much.
    fn by_linked_data(&self) -> Option<u32> {
        /// Fewer pairs of words are hardly a text.
        const FEWEST: u32 = 20;
        /// What is less like it is another text.
        const LEAST: f64 = 0.6;
        if self.amounts.body < FEWEST {
            return None;
        }
        let mut best = (LEAST, None);
        for element in self.elements().filter(|&element| self.page.elements[element as usize].tag.is_block()) {
            let likeness = self.amounts.likeness(&self.page.elements[element as usize]);
            // Of two that are the same, the inner one.
            if likeness >= best.0 {
                best = (likeness, Some(element));
            }
        }
        best.1
    }

    /// The elements of a kind that hold the article together: those in the same story as the longest of them.
    fn group(&self, part: Parts) -> Vec<u32> {
        let mut outermost: Vec<u32> = self.outermost(|element| element.parts.any(part));
        if part == Parts::ARTICLE && !self.is_live {
            let announces = announces(self.page);
            outermost.retain(|&element| !announces[element as usize]);
        }
        let rank = |element: u32| {
            let is_other = self.page.elements[element as usize].parts.any(Parts::OTHER);
            (part.any(STORIES) && self.has_headline(element), !is_other, self.prose(element))
        };
        let Some(&longest) = outermost.iter().rev().max_by_key(|&&element| rank(element)) else { return Vec::new() };
        let parent = |element: u32| self.page.elements[element as usize].parent;
        let is_with = |element: &u32| match (self.is_live, part.any(STORIES)) {
            (true, true) => *element == longest || parent(*element) == parent(longest),
            (true, false) => true,
            (false, true) => *element == longest,
            (false, false) => self.around[*element as usize] == self.around[longest as usize],
        };
        outermost.into_iter().filter(is_with).collect()
    }

    /// The elements of a kind that aren't in another of it.
    fn outermost(&self, is: impl Fn(&Element) -> bool) -> Vec<u32> {
        let mut end = 0;
        let mut outermost = Vec::new();
        for element in self.elements() {
            let here = &self.page.elements[element as usize];
            if is(here) && here.first >= end {
                end = here.last;
                outermost.push(element);
            }
        }
        outermost
    }

    /// In a page laid out by tables, the innermost cell with most of the prose.
    fn layout_cell(&self) -> Option<u32> {
        let all = self.amounts.prose.last().copied().unwrap_or(0);
        let holds_most = |&element: &u32| {
            let here = &self.page.elements[element as usize];
            here.tag == Tag::Cell && self.prose(element) * 5 > all * 3 && self.prose(element) >= FEW_SENTENCES
        };
        self.elements().filter(holds_most).last()
    }

    /// The headline of an article that has none within: the last one before it.
    fn headline(&self, roots: &[u32]) -> Option<u32> {
        let &first = roots.first()?;
        if roots.iter().any(|&root| self.has_headline(root)) {
            return None;
        }
        let start = self.page.elements[first as usize].first;
        self.outermost(is_headline).into_iter().take_while(|&element| self.page.elements[element as usize].last < start).last()
    }

    fn has_headline(&self, element: u32) -> bool {
        let last = self.page.elements[element as usize].last;
        let rest = element as usize..self.page.elements.len();
        let mut inside = rest.take_while(|&inner| self.page.elements[inner].first <= last);
        inside.any(|inner| !self.dropped[inner] && is_headline(&self.page.elements[inner]))
    }

    fn elements(&self) -> impl Iterator<Item = u32> {
        (0..self.page.elements.len() as u32).filter(|&element| !self.dropped[element as usize])
    }

    fn prose(&self, element: u32) -> u32 {
        self.amounts.prose_in(&self.page.elements[element as usize])
    }
}
