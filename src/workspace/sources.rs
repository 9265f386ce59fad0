//! Sources: folders of articles, each with an optional `sources.toml` beside them that says where they come from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::drafts::read_draft;
use super::listing::{self, Listing};
use super::walk::{Found, Skipped, endings, is_text};
use super::{Problem, Told, guarded, plainly};
use crate::corpus::{Facts, MemoryCorpus, Source, SourceHeader};
#[cfg(feature = "archive")]
use crate::text::StableHash;

/// What was read of the sources that were asked for.
#[derive(Debug)]
pub struct Archive {
    pub corpus: MemoryCorpus,
    /// What could not be read or understood.
    pub problems: Vec<Problem>,
    /// How many sources are missing: that could not be read, or are named and not there.
    pub unread: usize,
    /// Files in the folders that are no texts.
    pub skipped: Skipped,
}

/// Reads all sources that `paths` (folders or files) hold, on all cores, and indexes them.
///
/// # Errors
/// When one of `paths` is missing, can't be looked through or has no source that can be read: checking against less than was
/// asked for would look like agreement.
pub fn load_corpus(paths: &[PathBuf]) -> Result<Archive, Problem> {
    load_corpus_telling(paths, &Told::default())
}

/// The same, and `told` how far it is.
pub(super) fn load_corpus_telling(paths: &[PathBuf], told: &Told) -> Result<Archive, Problem> {
    let Sought { files, folders, mut problems, skipped } = seek(paths)?;
    let (reader, missing) = SourceReader::beside(&folders, &mut problems);
    let done = AtomicUsize::new(0);
    let read_one = |file: &PathBuf| {
        let read = reader.all(file);
        told.tell(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        read
    };
    let read: Vec<Vec<Result<Facts, Problem>>> = files.par_iter().map(read_one).collect();
    let mut sources = Vec::with_capacity(read.len());
    let mut unread = Vec::new();
    let mut read_from = vec![false; paths.len()];
    for (file, articles) in files.iter().zip(read) {
        for article in articles {
            match article {
                Ok(facts) => {
                    paths.iter().zip(&mut read_from).for_each(|(path, is_read)| *is_read |= file.starts_with(path));
                    sources.push(facts);
                }
                Err(problem) => unread.push(problem),
            }
        }
    }
    for (path, _) in paths.iter().zip(read_from).filter(|(_, is_read)| !is_read) {
        if let Some(first) = unread.iter().find(|problem| problem.path.starts_with(path)) {
            return Err(nothing_of(path, first));
        }
    }
    let missing = missing + unread.len();
    problems.extend(unread);
    problems.sort();
    Ok(Archive { corpus: sources.into_iter().collect(), problems, unread: missing, skipped })
}

/// The files of a corpus, and the folders that they lie in or that list them.
#[derive(Debug)]
pub(super) struct Sought {
    pub(super) files: Vec<PathBuf>,
    pub(super) folders: BTreeSet<PathBuf>,
    pub(super) problems: Vec<Problem>,
    pub(super) skipped: Skipped,
}

/// Looks for the files that `paths` hold.
///
/// # Errors
/// When one of `paths` is missing, can't be looked through or has none.
pub(super) fn seek(paths: &[PathBuf]) -> Result<Sought, Problem> {
    let (mut files, mut folders) = (Vec::new(), BTreeSet::new());
    let (mut problems, mut skipped) = (Vec::new(), Skipped::default());
    for path in paths {
        let mut found = files_of(path)?;
        if found.files.is_empty() {
            return Err(Problem::new(path, why_empty(&found)));
        }
        folders.extend(found.files.iter().filter_map(|file| file.parent()).map(Path::to_owned).chain(found.listed));
        files.append(&mut found.files);
        problems.append(&mut found.problems);
        skipped.extend(&found.skipped);
    }
    files.sort();
    files.dedup();
    Ok(Sought { files, folders, problems, skipped })
}

/// The files of a corpus that is there, as far as they can be found.
pub(super) fn files_of_corpus(paths: &[PathBuf]) -> Vec<PathBuf> {
    let of = |found: Found| found.files.into_iter().chain(found.listed.into_iter().map(|folder| folder.join(listing::FILE_NAME)));
    paths.iter().filter_map(|path| files_of(path).ok()).flat_map(of).collect()
}

/// The texts that a path of the corpus names.
fn files_of(path: &Path) -> Result<Found, Problem> {
    let meta = std::fs::metadata(path).map_err(|error| Problem::new(path, plainly(&error)))?;
    let mut found = Found::default();
    if meta.is_dir() {
        found.walk(path, &[])?;
    } else if is_text(path) {
        found.files.push(path.to_owned());
    } else {
        return Err(Problem::new(path, format!("is no source: texts end in {}", endings())));
    }
    Ok(found)
}

fn why_empty(found: &Found) -> String {
    let skipped = if found.skipped.count() > 0 { format!("; skipped {}", found.skipped) } else { String::new() };
    let problem = found.problems.first().map(|problem| format!("; {problem}")).unwrap_or_default();
    format!("has no source: texts end in {}{skipped}{problem}", endings())
}

/// Why a path of the corpus came to nothing, by the first of its sources.
fn nothing_of(path: &Path, first: &Problem) -> Problem {
    if first.path == path { first.clone() } else { Problem::new(path, format!("has no source that can be read: {first}")) }
}

/// Reads files as sources.
#[derive(Debug, Default)]
pub(super) struct SourceReader {
    listings: FxHashMap<PathBuf, Listing>,
    as_of: Option<Date>,
}

impl SourceReader {
    /// A reader that knows what the `sources.toml` of each folder says, and how many files they name that are not there.
    pub(super) fn beside(folders: &BTreeSet<PathBuf>, problems: &mut Vec<Problem>) -> (Self, usize) {
        let (mut listings, mut missing) = (FxHashMap::default(), 0);
        for folder in folders {
            let (listing, faults) = Listing::beside(folder);
            let absent = listing.missing(folder);
            missing += absent.len();
            problems.extend(faults);
            problems.extend(listing::problems(&folder.join(listing::FILE_NAME), &absent));
            listings.insert(folder.to_owned(), listing);
        }
        (Self { listings, as_of: None }, missing)
    }

    /// A number for what is said of a file beside it.
    #[cfg(feature = "archive")]
    pub(super) fn listed(&self, file: &Path) -> u64 {
        let SourceHeader { outlet, published, headline, url, .. } = self.header(file);
        let published = published.map(|day| day.to_string());
        let said = [outlet, published, headline, url];
        said.iter()
            .fold(StableHash::default(), |hash, part| hash.number(part.is_some().into()).text(part.as_deref().unwrap_or("")))
            .finish()
    }

    fn header(&self, file: &Path) -> SourceHeader {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let listing = file.parent().and_then(|folder| self.listings.get(folder));
        listing.map_or_else(SourceHeader::default, |listing| listing.header(&name))
    }

    /// The same; what gives no day is taken to be of this one.
    pub(super) fn dated(self, as_of: Option<Date>) -> Self {
        Self { as_of, ..self }
    }

    /// Hands on what each article of a file attests, in the order of the file; texts and readings are dropped as it goes. An article that
    /// can't be read is a problem of its own, and the others go on.
    pub(super) fn read(&self, file: &Path, take: &mut dyn FnMut(Result<Facts, Problem>)) {
        take(self.read_text(file));
    }

    /// What [`Self::read`] hands on, at once.
    pub(super) fn all(&self, file: &Path) -> Vec<Result<Facts, Problem>> {
        let mut all = Vec::new();
        self.read(file, &mut |article| all.push(article));
        all
    }

    /// What a file attests that is one article.
    fn read_text(&self, file: &Path) -> Result<Facts, Problem> {
        let document = read_draft(file)?.dated(self.as_of);
        let mut header = self.header(file);
        header.id = file.to_string_lossy().into_owned();
        header.file = Some(file.to_owned());
        guarded(file, || Facts::of(&Source::read(header, document)))
    }
}
