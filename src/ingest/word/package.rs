//! The parts of a Word document: what is packed in the file under which name, and what is said of each.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::xml::Element;
use super::super::zip::{member, open};
use super::parse;
use crate::markup::{self, Charset};

/// What files begin with that are containers of Microsoft's older kind.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of the part that is the text.
    pub(super) main: String,
}

/// A part that is text.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) text: String,
    charset: Charset,
}

impl<'a> Package<'a> {
    /// # Errors
    /// When bytes are none; the message says what they are as far as that can be told.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = open(bytes).map_err(|why| match bytes.starts_with(COMPOUND) {
            true if is_encrypted(bytes) => "is encrypted: save it without a password".to_owned(),
            true => "is of Word's older format: save it as .docx".to_owned(),
            false => format!("is no Word document: {why}"),
        })?;
        let mut package = Self { archive, main: "word/document.xml".to_owned() };
        if let Some(relations) = package.part("_rels/.rels")?
            && let Some(main) = main_part(&relations.text)
        {
            package.main = main;
        }
        Ok(package)
    }

    /// # Errors
    /// When it can't be unpacked or is no text.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part>, String> {
        let Some(index) = self.place_of(name) else { return Ok(None) };
        let (text, charset) = markup::decode(member(&mut self.archive, index)?, markup::Format::Html).map_err(|fault| fault.to_string())?;
        Ok(Some(Part { name: name.to_owned(), text, charset }))
    }

    /// The text of a part beside the main one.
    ///
    /// # Errors
    /// As for [`Package::part`].
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        Ok(self.part(&self.beside(name))?.map(|part| part.text))
    }

    /// The name of a part that lies beside the main one.
    pub(super) fn beside(&self, name: &str) -> String {
        join(folder_of(&self.main), name)
    }

    /// Where the relations of the main part are said.
    pub(super) fn relations(&self) -> String {
        let name = self.main.rsplit('/').next().unwrap_or_default();
        join(folder_of(&self.main), &format!("_rels/{name}.rels"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.place_of(name).is_some()
    }

    /// Where a part is. Names that differ in case alone are one.
    fn place_of(&self, name: &str) -> Option<usize> {
        let is_it = |index: &usize| {
            let known = self.archive.name_for_index(*index).and_then(Result::ok);
            known.is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let in_any_case = || (0..self.archive.len()).find(is_it);
        self.archive.index_for_name(name).or_else(in_any_case)
    }

    pub(super) fn is_signed(&self) -> bool {
        self.names().any(|name| name.starts_with("_xmlsignatures/"))
    }

    fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.archive.len()).filter_map(|index| self.archive.name_for_index(index)?.ok())
    }

    /// The file with some parts in place of those of their names, or beside the others. Those are as they were, to the bytes that they are
    /// packed in.
    ///
    /// # Errors
    /// When it can't be packed.
    pub(super) fn with(mut self, parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
        let fault = |error: &dyn std::fmt::Display| format!("can't be packed again: {error}");
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.set_raw_comment(self.archive.comment().into()).map_err(|error| fault(&error))?;
        let places: Vec<Option<usize>> = parts.iter().map(|(name, _)| self.place_of(name)).collect();
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|error| fault(&error))?;
            let Some(at) = places.iter().position(|place| *place == Some(index)) else {
                zip.raw_copy_file(file).map_err(|error| fault(&error))?;
                continue;
            };
            let (named, bytes) = &parts[at];
            // As the file has it, whatever the case.
            let name = file.name().map_or_else(|_| named.clone(), Cow::into_owned);
            let method =
                if file.compression() == CompressionMethod::Stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let mut options = SimpleFileOptions::default().compression_method(method);
            if let Some(time) = file.last_modified() {
                options = options.last_modified_time(time);
            }
            zip.start_file(name, options).map_err(|error| fault(&error))?;
            zip.write_all(bytes).map_err(|error| fault(&error))?;
        }
        for ((name, bytes), _) in parts.iter().zip(places).filter(|(_, place)| place.is_none()) {
            zip.start_file(&**name, SimpleFileOptions::default()).map_err(|error| fault(&error))?;
            zip.write_all(bytes).map_err(|error| fault(&error))?;
        }
        Ok(zip.finish().map_err(|error| fault(&error))?.into_inner())
    }
}

impl Part {
    /// The bytes of another text in its place.
    ///
    /// # Errors
    /// When that has characters which its encoding lacks.
    pub(super) fn encoded(&self, text: &str) -> Result<Vec<u8>, String> {
        self.charset.encode(text).ok_or_else(|| format!("is in {}, which can't write all that is to be said", self.charset.name()))
    }
}

/// A relation of one part to another.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// The name of the other part; none where it is elsewhere.
    pub(super) target: Option<String>,
}

/// The relations that a part says of one that lies in `folder`.
pub(super) fn relations<'r>(root: &'r Element<'_>, folder: &'r str) -> impl Iterator<Item = Relation> + 'r {
    root.elements().filter(|element| element.name == "Relationship").map(move |relation| {
        let said = |name: &str| relation.attribute(name).unwrap_or_default().to_owned();
        let is_within = relation.attribute("TargetMode") != Some("External");
        Relation { id: said("Id"), kind: said("Type"), target: is_within.then(|| resolved(folder, &said("Target"))) }
    })
}

/// Where the text is.
fn main_part(text: &str) -> Option<String> {
    let root = parse(text).ok()?;
    relations(&root, "").find(|relation| relation.kind.ends_with("/officeDocument"))?.target
}

pub(super) fn folder_of(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The name of a part as another in `folder` says it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(from_root) = target.strip_prefix('/') {
        return from_root.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether a container holds an encrypted file: then one of its streams is called so.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}
