//! The marks of comments, put into the main part of a Word document: elements come in, and nothing that is there goes or changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::xml::{Element, Node, Space};
use super::anchors::{Anchors, Cut, Place, Point, start_tag};
use crate::text::shown;

/// The names of Word's vocabulary. Where a text says neither, the first is meant.
const VOCABULARIES: [&str; 2] =
    ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

/// How elements of Word's vocabulary are written in a part.
#[derive(Clone, Debug)]
pub(super) struct Names {
    prefix: String,
    /// What each of them has to say of its prefix.
    declared: String,
    uri: &'static str,
}

impl Names {
    /// Those that hold everywhere in a part with this root.
    pub(super) fn of(root: &Element<'_>, part: &str) -> Self {
        let known = |uri: &str| VOCABULARIES.into_iter().find(|known| *known == uri);
        let mut said = root.attributes().filter_map(|(name, uri)| Some((name, known(uri)?)));
        // An attribute without a prefix is of no vocabulary.
        let is_prefix = |name: &str| name != "xmlns" && name.chars().all(|c| c.is_ascii_alphanumeric());
        let prefixed = said.clone().find(|(name, _)| is_prefix(name));
        let uri = prefixed.or_else(|| said.next()).map_or(VOCABULARIES[0], |(_, uri)| uri);
        let prefix = prefixed.map_or("w", |(name, _)| name);
        let declaration = format!("xmlns:{prefix}");
        // `xmlns:w14` is another.
        let is_whole = |(at, _): &(usize, &str)| !part[at + declaration.len()..].starts_with(|c: char| c.is_alphanumeric());
        let is_clear = prefixed.is_some() && part.match_indices(&declaration).filter(is_whole).nth(1).is_none();
        let declared = if is_clear { String::new() } else { format!(" {declaration}=\"{uri}\"") };
        Self { prefix: prefix.to_owned(), declared, uri }
    }

    /// Those of a part whose root says what `w` is.
    pub(super) fn said(uri: &'static str) -> Self {
        Self { prefix: "w".to_owned(), declared: String::new(), uri }
    }

    pub(super) fn is_strict(&self) -> bool {
        self.uri == VOCABULARIES[1]
    }

    pub(super) fn uri(&self) -> &'static str {
        self.uri
    }

    /// An element with its attributes, of which those of XML itself have their prefix, and what is in it.
    pub(super) fn element(&self, name: &str, attributes: &[(&str, &str)], inside: &str) -> String {
        let Self { prefix, declared, .. } = self;
        let attribute = |(name, value): &(&str, &str)| {
            let value = escaped(value);
            if name.contains(':') { format!(" {name}=\"{value}\"") } else { format!(" {prefix}:{name}=\"{value}\"") }
        };
        let attributes: String = attributes.iter().map(attribute).collect();
        if inside.is_empty() {
            format!("<{prefix}:{name}{declared}{attributes}/>")
        } else {
            format!("<{prefix}:{name}{declared}{attributes}>{inside}</{prefix}:{name}>")
        }
    }
}

/// Numbers that nothing has yet.
#[derive(Debug, Default)]
pub(super) struct Unused {
    used: BTreeSet<i64>,
    next: i64,
}

impl Unused {
    /// Those of elements that fulfil a condition are used.
    pub(super) fn note(&mut self, root: &Element<'_>, is_meant: &dyn Fn(&Element<'_>) -> bool) {
        // Not by itself, as elements may stand in each other deeply.
        let mut open = vec![root];
        while let Some(element) = open.pop() {
            if is_meant(element) {
                self.used.extend(element.attribute("id").and_then(|id| id.trim().parse::<i64>().ok()));
            }
            open.extend(element.nodes.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None }));
        }
    }

    pub(super) fn used(&self) -> usize {
        self.used.len()
    }

    pub(super) fn take(&mut self) -> i64 {
        while self.used.contains(&self.next) {
            self.next = self.next.saturating_add(1);
        }
        let number = self.next;
        self.used.insert(number);
        number
    }
}

/// All that is to be put at one place.
#[derive(Debug)]
struct Marks {
    cut: Option<Cut>,
    ends: Vec<i64>,
    starts: Vec<i64>,
}

/// The main part with the marks of comments, each a number and its place.
pub(super) fn marked(part: &str, root: &Element<'_>, anchors: &Anchors, comments: &[(i64, Place)]) -> String {
    let mut marks: BTreeMap<usize, Marks> = BTreeMap::new();
    let mut at = |Point { at, cut }: Point, add: &dyn Fn(&mut Marks)| {
        add(marks.entry(at).or_insert_with(|| Marks { cut, ends: Vec::new(), starts: Vec::new() }));
    };
    for (number, place) in comments {
        at(place.start, &|marks| marks.starts.push(*number));
        at(place.end, &|marks| marks.ends.push(*number));
    }
    let mut writer = Writer::new(part, root, anchors);
    for (at, marks) in &marks {
        writer.put(*at, marks);
    }
    writer.finish()
}

struct Writer<'a> {
    part: &'a str,
    anchors: &'a Anchors,
    names: Names,
    /// Numbers for what is told of changes to the look of words, where these are cut in two.
    unused: Unused,
    out: String,
    /// So far it is written.
    done: usize,
    /// The words that were cut last.
    cut: Option<usize>,
}

impl<'a> Writer<'a> {
    fn new(part: &'a str, root: &Element<'_>, anchors: &'a Anchors) -> Self {
        let mut unused = Unused::default();
        unused.note(root, &|element| element.space == Space::Word);
        let out = String::with_capacity(part.len() + part.len() / 8);
        Self { part, anchors, names: Names::of(root, part), unused, out, done: 0, cut: None }
    }

    fn put(&mut self, at: usize, Marks { cut, ends, starts }: &Marks) {
        let marks = self.marks(ends, starts);
        let Some((cut, run)) = cut.and_then(|cut| Some((cut, self.anchors.run(cut)?))) else {
            self.copy(at);
            self.out.push_str(&marks);
            return;
        };
        let run_tag = start_tag(self.written(&run.span));
        let about = run.about.as_ref().map(|about| self.renumbered(about.clone()));
        let mut words = None;
        if let Cut::Words(child) = cut
            && let Some(one) = self.anchors.child(child)
        {
            let tag = start_tag(self.written(&one.span));
            let name = name_in(tag);
            let kept = if one.keeps_blanks { tag.to_owned() } else { with_blanks_kept(tag) };
            // Blanks at the end of the first half would be left out.
            let is_first = self.cut.replace(child) != Some(child);
            let half = self.part.get(one.inner.start..at).unwrap_or_default();
            let blanks = half.len() - half.trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
            if is_first && !one.keeps_blanks && blanks > 0 {
                self.copy(at - blanks);
                self.out.extend(["</", name, ">", &*kept]);
            }
            words = Some((format!("</{name}>"), kept));
        }
        self.copy(at);
        let (closed, opened) = words.unwrap_or_default();
        for piece in [&*closed, "</", name_in(run_tag), ">", &marks, run_tag, about.as_deref().unwrap_or_default(), &opened] {
            self.out.push_str(piece);
        }
    }

    /// Where comments end and others begin.
    fn marks(&self, ends: &[i64], starts: &[i64]) -> String {
        let mark = |name: &str, number: &i64| self.names.element(name, &[("id", &number.to_string())], "");
        let end = |number| {
            let reference = self.names.element("r", &[], &mark("commentReference", number));
            mark("commentRangeEnd", number) + &reference
        };
        ends.iter().map(end).chain(starts.iter().map(|number| mark("commentRangeStart", number))).collect()
    }

    fn written(&self, span: &std::ops::Range<usize>) -> &'a str {
        self.part.get(span.clone()).unwrap_or_default()
    }

    /// What says how words look, once more: a change that is tracked there is another one.
    fn renumbered(&mut self, about: std::ops::Range<usize>) -> String {
        static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"(<(?:[^\s<>:/]+:)?(?:rPrChange|ins|del|moveFrom|moveTo)\s(?:[^<>]*[\s:])?id\s*=\s*["'])[^"'<>]*"#)
                .expect("is sound")
        });
        let about = self.written(&about);
        CHANGE.replace_all(about, |found: &Captures<'_>| format!("{}{}", &found[1], self.unused.take())).into_owned()
    }

    fn copy(&mut self, to: usize) {
        self.out.push_str(self.part.get(self.done..to).unwrap_or_default());
        self.done = to;
    }

    fn finish(mut self) -> String {
        self.copy(self.part.len());
        self.out
    }
}

/// Words as they stand in an element or in one of its attributes.
pub(super) fn escaped(words: &str) -> String {
    shown(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The name in a tag, with its prefix.
pub(super) fn name_in(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// A tag of words, saying that blanks at their ends count.
fn with_blanks_kept(tag: &str) -> String {
    let end = tag.trim_end_matches('>').trim_end_matches('/');
    format!("{end} xml:space=\"preserve\">")
}
