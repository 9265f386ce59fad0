//! Bytes in, articles out: the forms in which newsrooms keep what they have published. Adding one is a file with its `FORMAT` and an entry in
//! [`FORMATS`]: which files are sources, and what is told of them, follow.
//!
//! All of it is pure, and everything that comes in is anybody's: no format resolves an entity that a file declares, opens another file, or
//! takes more than [`limits`] allow.

mod article;
mod fields;
mod gzip;
mod json;
mod json_lines;
pub mod limits;
mod ninjs;
mod places;
mod text;
mod word;
mod xml;
mod zip;

use std::sync::Arc;

pub use article::{Article, Item};
pub use fields::FieldNames;
pub use word::{Author, Comment, annotated, document as word_document};

use crate::markup::{self, Charset};

/// A form in which articles are kept.
#[derive(Debug)]
pub struct Format {
    pub name: &'static str,
    /// The endings of its files' names, in lower case.
    pub endings: &'static [&'static str],
    read: Read,
}

/// All formats. Where several share an ending, the first that a file is of reads it.
pub static FORMATS: &[&Format] = &[
    &text::FORMAT,
    &ninjs::FORMAT,
    &json_lines::FORMAT,
    &xml::NITF,
    &xml::NEWSML_G2,
    &xml::WORDPRESS,
    &xml::RSS,
    &xml::ATOM,
    &word::FORMAT,
    &zip::FORMAT,
    &gzip::FORMAT,
];

#[derive(Debug)]
enum Read {
    Bytes(fn(&Input<'_>, &[u8], Take<'_>) -> Result<(), String>),
    /// The text is the article, whatever it says.
    Whole(fn(&Input<'_>, Arc<str>, Charset, Take<'_>)),
    /// Whether the text is of the format at all; until that is known nothing is handed on.
    Text(fn(&Input<'_>, &str, Take<'_>) -> bool),
}

/// Takes what a file holds, one by one in its order.
pub type Take<'a> = &'a mut dyn FnMut(Item);

/// A file that comes in.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// As it is called, with the names of what it is packed in.
    pub path: &'a str,
    /// What fields are called in JSON Lines.
    pub names: &'a FieldNames,
    /// In how much it is packed.
    depth: u32,
}

impl<'a> Input<'a> {
    pub fn new(path: &'a str, names: &'a FieldNames) -> Self {
        Self { path, names, depth: 0 }
    }

    /// The ending of its name, in lower case.
    fn ending(&self) -> String {
        ending(self.path)
    }

    /// The folder that it lies in.
    fn folder(&self) -> &'a str {
        self.path.rfind(['/', '\\']).map_or("", |at| &self.path[..at])
    }
}

fn ending(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// The formats of files that are called so.
fn formats_of(path: &str) -> impl Iterator<Item = &'static Format> {
    let ending = ending(path);
    FORMATS.iter().copied().filter(move |format| format.endings.contains(&&*ending))
}

/// Whether a file may hold articles by its name.
pub fn is_source(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    // What Word lays beside a document that is open.
    let is_lock = name.starts_with("~$");
    let unpacked = if ending(name) == "gz" { &name[..name.len() - ".gz".len()] } else { name };
    !is_lock && formats_of(name).next().is_some() && formats_of(unpacked).next().is_some()
}

/// The endings of files that may hold articles, each once.
pub fn endings() -> Vec<&'static str> {
    let mut endings = Vec::new();
    for ending in FORMATS.iter().flat_map(|format| format.endings) {
        if !endings.contains(ending) {
            endings.push(*ending);
        }
    }
    endings
}

/// Whether each line of files with this ending is an article of its own.
pub fn is_a_record_a_line(ending: &str) -> bool {
    json_lines::FORMAT.endings.contains(&ending)
}

/// Whether all that a file of this name holds is one text.
pub fn is_one_text(path: &str) -> bool {
    markup::Format::of_ending(&ending(path)).is_some()
}

/// Hands on the articles of a file.
///
/// # Errors
/// When the file is not what its name says, or is damaged; what was handed on until then holds.
pub fn read(input: &Input<'_>, bytes: Vec<u8>, take: Take<'_>) -> Result<(), String> {
    let mut formats = formats_of(input.path).peekable();
    if let Some(Read::Bytes(read)) = formats.peek().map(|format| &format.read) {
        return read(input, &bytes, take);
    }
    // XML says its encoding where a page does.
    let as_page = matches!(input.ending().as_str(), "html" | "htm" | "xhtml") || bytes.starts_with(b"<?xml");
    let as_format = if as_page { markup::Format::Html } else { markup::Format::Plain };
    let (text, charset) = markup::decode(bytes, as_format).map_err(|fault| fault.to_string())?;
    let text: Arc<str> = text.into();
    for format in formats {
        let is_read = match format.read {
            Read::Whole(read) => {
                read(input, text.clone(), charset, take);
                true
            }
            Read::Text(read) => read(input, &text, take),
            Read::Bytes(_) => false,
        };
        if is_read {
            return Ok(());
        }
    }
    take(Item::Skipped(format!(".{} of other kinds", input.ending())));
    Ok(())
}
