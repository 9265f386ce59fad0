//! Comments, written into a Word document: in place of nothing that is there, and with all the rest of the file as it was.

use jiff::civil::DateTime;

use super::super::xml::Element;
use super::anchors::{Place, Within, start_tag};
use super::marks::{Names, Unused, escaped, marked, name_in};
use super::package::{Package, Relation, folder_of, relations};
use super::{Understood, document, parse, read_package};
use crate::text::Span;

/// What is said of some words.
#[derive(Clone, Debug)]
pub struct Comment {
    /// In the text of the document.
    pub at: Span,
    pub paragraphs: Vec<String>,
}

/// Who says so.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    pub name: &'a str,
    pub initials: &'a str,
}

/// Word opens no file that has more.
const MOST: usize = 32_767;

const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The bytes of a Word document with comments in it, in the order of the text.
///
/// # Errors
/// When they are no Word document, or one that can't have them; the message says why.
pub fn annotated(bytes: &[u8], comments: &[Comment], author: Author<'_>, when: Option<DateTime>) -> Result<Vec<u8>, String> {
    let mut package = Package::open(bytes)?;
    if package.is_signed() {
        return Err("is signed: comments would break the signature".to_owned());
    }
    let Understood { document: before, anchors, main } = read_package(&mut package)?;
    if comments.is_empty() {
        return Ok(bytes.to_vec());
    }
    let root = parse(&main.text)?;
    let names = Names::of(&root, &main.text);
    let (name, of_relation) = name_of_comments(&mut package, names.is_strict())?;
    let there = package.part(&name)?;
    let there_root = there.as_ref().map(|part| parse(&part.text)).transpose()?;

    let mut numbers = Unused::default();
    numbers.note(&root, &|element| element.name.starts_with("comment"));
    if let Some(root) = &there_root {
        numbers.note(root, &|element| element.name == "comment");
    }
    if numbers.used() + comments.len() > MOST {
        return Err(format!("would have more than the {MOST} comments that Word opens a file with"));
    }
    let their_names = match (&there, &there_root) {
        (Some(part), Some(root)) => Names::of(root, &part.text),
        _ => Names::said(names.uri()),
    };
    let writer = Writer { author, when, names: &their_names };
    let mut placed = Vec::with_capacity(comments.len());
    let mut written = String::new();
    for comment in comments {
        let Some(place) = anchors.place(comment.at) else { return Err("has words that stand nowhere in it".to_owned()) };
        let number = numbers.take();
        placed.push((number, place));
        written.push_str(&writer.element(comment, number, place, comment.at.text(before.source())));
    }

    let mut parts = vec![(main.name.clone(), main.encoded(&marked(&main.text, &root, &anchors, &placed))?)];
    parts.push(match (&there, &there_root) {
        (Some(part), Some(root)) => (name.clone(), part.encoded(&with_last(&part.text, root, &written))?),
        _ => (name.clone(), format!("{HEAD}<w:comments xmlns:w=\"{}\">{written}</w:comments>", names.uri()).into_bytes()),
    });
    parts.extend(of_relation);
    parts.extend(with_type(&mut package, &name)?);
    let after = package.with(&parts)?;
    // What is handed on was read again and says the same.
    if document(&after)?.source() != before.source() {
        return Err("would read otherwise with comments in it".to_owned());
    }
    Ok(after)
}

/// The name of a part, and the bytes that it is to have.
type Written = (String, Vec<u8>);

/// What the part of the comments is called; and the part that says so, where none did.
fn name_of_comments(package: &mut Package<'_>, is_strict: bool) -> Result<(String, Option<Written>), String> {
    let said_in = package.relations();
    let said = package.part(&said_in)?;
    let root = said.as_ref().map(|part| parse(&part.text)).transpose()?;
    let folder = folder_of(&package.main);
    let known: Vec<Relation> = root.iter().flat_map(|root| relations(root, folder)).collect();
    if let Some(name) = known.iter().filter(|one| one.kind.ends_with("/relationships/comments")).find_map(|one| one.target.clone()) {
        return Ok((name, None));
    }
    // No document has as many parts as there are numbers.
    let mut files = std::iter::once("comments.xml".to_owned()).chain((1..=u16::MAX).map(|number| format!("comments{number}.xml")));
    let Some(file) = files.find(|file| !package.has(&package.beside(file))) else { return Err("has no room for comments".to_owned()) };
    let mut ids = (1..=u16::MAX).map(|number| format!("rId{number}"));
    let Some(id) = ids.find(|id| known.iter().all(|one| one.id != *id)) else { return Err("has no room for comments".to_owned()) };
    let kinds =
        if is_strict { "http://purl.oclc.org/ooxml/officeDocument" } else { "http://schemas.openxmlformats.org/officeDocument/2006" };
    let told = format!("Id=\"{id}\" Type=\"{kinds}/relationships/comments\" Target=\"{file}\"");
    let bytes = match (&said, &root) {
        (Some(part), Some(root)) => part.encoded(&with_last(&part.text, root, &beside(root, "Relationship", &told)))?,
        _ => format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\"><Relationship {told}/></Relationships>").into_bytes(),
    };
    Ok((package.beside(&file), Some((said_in, bytes))))
}

/// The part that says what the parts are, where it doesn't say so of the comments yet.
fn with_type(package: &mut Package<'_>, name: &str) -> Result<Option<Written>, String> {
    let Some(types) = package.part("[Content_Types].xml")? else {
        return Err("is no Word document: it says nothing of its parts".to_owned());
    };
    let root = parse(&types.text)?;
    let path = format!("/{name}");
    let is_its = |said: &str| said.eq_ignore_ascii_case(&path);
    if root.elements().any(|one| one.name == "Override" && one.attribute("PartName").is_some_and(is_its)) {
        return Ok(None);
    }
    let told = format!("PartName=\"{}\" ContentType=\"{TYPE}\"", escaped(&path));
    let text = with_last(&types.text, &root, &beside(&root, "Override", &told));
    Ok(Some((types.name.clone(), types.encoded(&text)?)))
}

/// Writes comments as they stand in their part.
struct Writer<'a> {
    author: Author<'a>,
    when: Option<DateTime>,
    names: &'a Names,
}

impl Writer<'_> {
    fn element(&self, comment: &Comment, number: i64, place: Place, words: &str) -> String {
        let number = number.to_string();
        let when = self.when.map(|when| when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let mut attributes = vec![("id", &*number), ("author", self.author.name), ("initials", self.author.initials)];
        attributes.extend(when.as_deref().map(|when| ("date", when)));
        let within = place.within.map(|within| {
            let what = match within {
                Within::Note => "In the note",
                Within::Frame => "In the text box",
                Within::Other => "In what stands here",
            };
            format!("{what}, on “{words}”:")
        });
        let paragraph = |words: &String| {
            let words = self.names.element("t", &[("xml:space", "preserve")], &escaped(words));
            self.names.element("p", &[], &self.names.element("r", &[], &words))
        };
        let paragraphs: String = within.iter().chain(&comment.paragraphs).map(paragraph).collect();
        self.names.element("comment", &attributes, &paragraphs)
    }
}

/// An element as it is called beside others in the root of a part, with attributes of no vocabulary.
fn beside(root: &Element<'_>, name: &str, attributes: &str) -> String {
    let prefix = name_in(start_tag(root.part())).rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    format!("<{prefix}{name} {attributes}/>")
}

/// A text with something put in at the end of its root.
fn with_last(text: &str, root: &Element<'_>, inside: &str) -> String {
    let (before, behind) = (text.get(..root.span.start).unwrap_or_default(), text.get(root.span.end..).unwrap_or_default());
    let (written, tag) = (root.part(), start_tag(root.part()));
    if let Some(end) = written.rfind("</").filter(|_| tag.len() < written.len()) {
        return [before, &written[..end], inside, &written[end..], behind].concat();
    }
    let open = tag.trim_end_matches('>').trim_end_matches('/');
    [before, open, ">", inside, "</", name_in(tag), ">", behind].concat()
}
