//! Sources: folders of articles, each with an optional `sources.toml` beside them that says where they come from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::drafts::walk;
use super::{Problem, guarded, plainly, read_text};
use crate::corpus::{MemoryCorpus, Source, SourceHeader};
use crate::document::Document;
use crate::markup::Format;
use crate::text::LineIndex;

/// What a `sources.toml` says of the files beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    entries: FxHashMap<String, SourceHeader>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    outlet: Option<String>,
    published: Option<toml::value::Datetime>,
    headline: Option<String>,
    url: Option<String>,
}

impl Listing {
    /// Reads a `sources.toml`; a fault in it is told with its line.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let lines = LineIndex::new(text);
        let line = |at: usize| lines.position(text, at as u32).line + 1;
        let file: File = toml::from_str(text)
            .map_err(|error| format!("line {}: {}", line(error.span().map_or(0, |span| span.start)), error.message()))?;
        let mut entries = FxHashMap::default();
        for entry in file.source {
            let at = entry.span().start;
            let entry = entry.into_inner();
            let published = match entry.published {
                Some(datetime) => {
                    Some(date_of(&datetime).ok_or_else(|| format!("line {}: `published` of {} is no date", line(at), entry.file))?)
                }
                None => None,
            };
            let header =
                SourceHeader { outlet: entry.outlet, published, headline: entry.headline, url: entry.url, ..SourceHeader::default() };
            entries.insert(entry.file, header);
        }
        Ok(Self { entries })
    }

    pub(super) fn header(&self, file: &str) -> SourceHeader {
        self.entries.get(file).cloned().unwrap_or_default()
    }
}

fn date_of(datetime: &toml::value::Datetime) -> Option<Date> {
    let date = datetime.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// Reads all sources that `paths` (folders or files) hold, on all cores, and indexes them.
///
/// # Errors
/// When one of `paths` itself is missing: checking against less than was asked for would look like agreement.
pub fn load_corpus(paths: &[PathBuf], generation: u64) -> Result<(MemoryCorpus, Vec<Problem>), Problem> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, &mut files, &mut problems),
            Ok(_) => files.push(path.clone()),
            Err(error) => return Err(Problem::new(path, plainly(&error))),
        }
    }
    files.sort();
    files.dedup();
    let listings = listings(&files, &mut problems);
    let read: Vec<Result<Source, Problem>> = files.par_iter().map(|file| read_source(file, &listings)).collect();
    let mut sources = Vec::with_capacity(read.len());
    for outcome in read {
        match outcome {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    Ok((MemoryCorpus::new(sources, generation), problems))
}

/// The `sources.toml` of each folder that a file is in.
fn listings(files: &[PathBuf], problems: &mut Vec<Problem>) -> FxHashMap<PathBuf, Listing> {
    let mut listings = FxHashMap::default();
    for folder in files.iter().filter_map(|file| file.parent()) {
        if listings.contains_key(folder) {
            continue;
        }
        let path = folder.join("sources.toml");
        let mut listing = Listing::default();
        if path.is_file() {
            match read_text(&path).and_then(|text| Listing::parse(&text).map_err(|message| Problem::new(&path, message))) {
                Ok(read) => listing = read,
                Err(problem) => problems.push(problem),
            }
        }
        listings.insert(folder.to_owned(), listing);
    }
    listings
}

fn read_source(file: &Path, listings: &FxHashMap<PathBuf, Listing>) -> Result<Source, Problem> {
    let text: Arc<str> = read_text(file)?.into();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let listing = file.parent().and_then(|folder| listings.get(folder));
    let mut header = listing.map_or_else(SourceHeader::default, |listing| listing.header(&name));
    header.id = file.to_string_lossy().into_owned();
    header.file = Some(file.to_owned());
    guarded(file, || Source::read(header, Document::parse(text, Format::of_path(&name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_tells_outlet_and_date_and_where_it_is_faulty() {
        let listing = Listing::parse("[[source]]\nfile = \"a.txt\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n").expect("is valid");
        let header = listing.header("a.txt");
        assert_eq!((header.outlet.as_deref(), header.published), (Some("The Courier"), Some(Date::constant(2024, 3, 1))));
        assert_eq!(listing.header("b.txt"), SourceHeader::default());
        assert!(Listing::parse("[[source]]\nfile = \"a\"\noutlets = \"x\"\n").expect_err("unknown key").starts_with("line 3"));
        assert!(Listing::parse("[[source]]\nfile = \"a\"\npublished = 12:00:00\n").expect_err("no date").contains("is no date"));
    }
}
