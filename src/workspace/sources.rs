//! Sources: folders of articles, each with an optional `sources.toml` beside them that says where they come from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::door::{self, Kind};
use super::listing::{self, Listing};
use super::walk::{Found, Skipped, Wanted, source_endings};
use super::{Problem, Told, guarded, plainly};
use crate::config::Config;
use crate::corpus::{Facts, MemoryCorpus, Source, SourceHeader, SourceId, superseded};
use crate::document::Document;
use crate::ingest::{self, Article, FieldNames, Input, Item};
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
    /// Files in the folders that are no texts, and what is in files and doesn't count.
    pub skipped: Skipped,
    /// Leads to the articles themselves.
    pub again: Again,
}

/// The sources of a corpus, to be read once more: what they attest is kept, and their words are not.
#[derive(Debug, Default)]
pub struct Again {
    reader: SourceReader,
    files: Vec<PathBuf>,
    /// Those that don't count.
    gone: BTreeSet<SourceId>,
}

impl Again {
    /// What `read` makes of each source, on all cores, in the order of the files; and what can't be read.
    pub fn each<T: Send>(&self, told: &Told, read: impl Fn(&Source) -> T + Sync) -> (Vec<T>, Vec<Problem>) {
        let done = AtomicUsize::new(0);
        let of_file = |file: &PathBuf| {
            let (mut made, mut problems) = (Vec::new(), Vec::new());
            let counted = |source: Source| (!self.gone.contains(&SourceId::of(&source.header))).then(|| read(&source));
            self.reader.read_as(file, bytes_of(file), &counted, &mut |article: Result<Option<T>, Problem>| match article {
                Ok(article) => made.extend(article),
                Err(problem) => problems.push(problem),
            });
            told.tell(done.fetch_add(1, Ordering::Relaxed) + 1, self.files.len());
            (made, problems)
        };
        let (made, problems): (Vec<Vec<T>>, Vec<Vec<Problem>>) = self.files.par_iter().map(of_file).unzip();
        (made.into_iter().flatten().collect(), problems.into_iter().flatten().collect())
    }
}

/// Reads all sources that `paths` (folders or files) hold, on all cores, and indexes them.
///
/// # Errors
/// When one of `paths` is missing, can't be looked through or has no source that can be read: checking against less than was
/// asked for would look like agreement.
pub fn load_corpus(paths: &[PathBuf]) -> Result<Archive, Problem> {
    load_corpus_telling(paths, FieldNames::default(), &Told::default())
}

/// The same with what the desk calls the fields of its sources, and `told` how far it is.
pub(super) fn load_corpus_telling(paths: &[PathBuf], names: FieldNames, told: &Told) -> Result<Archive, Problem> {
    let Sought { files, folders, mut problems, mut skipped } = seek(paths)?;
    let (reader, missing) = SourceReader::beside(&folders, &mut problems);
    let reader = reader.naming(names);
    let done = AtomicUsize::new(0);
    let read_one = |file: &PathBuf| {
        let read = reader.all(file);
        told.tell(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        read
    };
    let read: Vec<(Vec<Result<Facts, Problem>>, Skipped)> = files.par_iter().map(read_one).collect();
    let mut sources = Vec::with_capacity(read.len());
    let mut unread = Vec::new();
    for (file, (articles, left_out)) in files.iter().zip(read) {
        skipped.extend(&left_out);
        for article in articles {
            match article {
                Ok(facts) => sources.push((file, facts)),
                Err(problem) => unread.push(problem),
            }
        }
    }
    let gone = superseded(sources.iter().map(|(_, facts)| &*facts.brief.header));
    sources.retain(|(_, facts)| !gone.contains(&facts.id));
    skipped.add_within(SUPERSEDED.to_owned(), gone.len());
    let mut folders_read = BTreeSet::new();
    for (file, _) in &sources {
        folders_read.extend(file.ancestors());
    }
    if let Some(path) = paths.iter().find(|path| !folders_read.contains(&***path)) {
        return Err(nothing_of(path, &unread, &skipped));
    }
    let missing = missing + unread.len();
    problems.extend(unread);
    problems.sort();
    let corpus = sources.into_iter().map(|(_, facts)| facts).collect();
    Ok(Archive { corpus, problems, unread: missing, skipped, again: Again { reader, files, gone } })
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
    let mut found = Found::new(Wanted::Sources);
    if meta.is_dir() {
        found.walk(path, &[])?;
    } else if Wanted::Sources.has(path) {
        found.files.push(path.to_owned());
    } else {
        return Err(Problem::new(path, format!("is no source: sources end in {}", source_endings())));
    }
    Ok(found)
}

fn why_empty(found: &Found) -> String {
    let skipped = if found.skipped.count() > 0 { format!("; skipped {}", found.skipped) } else { String::new() };
    let problem = found.problems.first().map(|problem| format!("; {problem}")).unwrap_or_default();
    format!("has no source: sources end in {}{skipped}{problem}", source_endings())
}

/// Why a path of the corpus came to nothing, by the first of its sources that can't be read.
pub(super) fn nothing_of(path: &Path, unread: &[Problem], skipped: &Skipped) -> Problem {
    match unread.iter().find(|problem| problem.path.starts_with(path)) {
        Some(first) if first.path == path => first.clone(),
        Some(first) => Problem::new(path, format!("has no source that can be read: {first}")),
        None => Problem::new(path, format!("has no article that counts; skipped {skipped}")),
    }
}

/// What a source is read as.
fn kind_of(file: &Path) -> Kind {
    if is_one_text(file) { Kind::Text } else { Kind::Feed }
}

/// A file of sources, whatever it holds.
pub(super) fn bytes_of(file: &Path) -> Result<Vec<u8>, Problem> {
    door::read(file, kind_of(file))
}

/// Whether a source is one article by its name, and what the desk calls fields is nothing to it.
pub(super) fn is_one_text(file: &Path) -> bool {
    ingest::is_one_text(&file.to_string_lossy())
}

/// What a configuration calls the fields of sources.
pub(super) fn field_names(config: &Config) -> FieldNames {
    FieldNames::of(config.json_lines.clone())
}

/// What no longer counts since it is known better.
pub(super) const SUPERSEDED: &str = "articles that were corrected, sent again or taken back";

/// So many articles of one file are read at a time, on all cores.
const BATCH: usize = 256;

/// Reads files as sources.
#[derive(Debug, Default)]
pub(super) struct SourceReader {
    listings: FxHashMap<PathBuf, Listing>,
    as_of: Option<Date>,
    names: FieldNames,
    /// Whether what is read is in no file that anybody could open.
    is_stream: bool,
}

impl SourceReader {
    /// A reader that knows what the `sources.toml` of each folder says, and how many files they name that are not there.
    pub(super) fn beside(folders: &BTreeSet<PathBuf>, problems: &mut Vec<Problem>) -> (Self, usize) {
        Self::default().with_listings(folders, problems)
    }

    /// The same, which was told other things before.
    pub(super) fn with_listings(self, folders: &BTreeSet<PathBuf>, problems: &mut Vec<Problem>) -> (Self, usize) {
        let (mut listings, mut missing) = (FxHashMap::default(), 0);
        for folder in folders {
            let (listing, faults) = Listing::beside(folder);
            let absent = listing.missing(folder);
            missing += absent.len();
            problems.extend(faults);
            problems.extend(listing::problems(&folder.join(listing::FILE_NAME), &absent));
            listings.insert(folder.to_owned(), listing);
        }
        (Self { listings, ..self }, missing)
    }

    /// A number for what is said of a file beside it, and of how it is read.
    #[cfg(feature = "archive")]
    pub(super) fn listed(&self, file: &Path) -> u64 {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let listed = file.parent().and_then(|folder| self.listings.get(folder)).map(|listing| listing.header(&name)).unwrap_or_default();
        let SourceHeader { outlet, published, headline, url, .. } = listed;
        let published = published.map(|day| day.to_string());
        let said = [outlet, published, headline, url];
        let names = if is_one_text(file) { 0 } else { self.names.print() };
        said.iter()
            .fold(StableHash::default().number(names), |hash, part| hash.number(part.is_some().into()).text(part.as_deref().unwrap_or("")))
            .finish()
    }

    /// The same; what gives no day is taken to be of this one.
    pub(super) fn dated(self, as_of: Option<Date>) -> Self {
        Self { as_of, ..self }
    }

    /// The same, with what the desk calls the fields of its sources.
    pub(super) fn naming(self, names: FieldNames) -> Self {
        Self { names, ..self }
    }

    /// The same, of what comes in otherwise than in files.
    pub(super) fn of_stream(self) -> Self {
        Self { is_stream: true, ..self }
    }

    /// What the desk calls the fields of its sources.
    pub(super) fn names(&self) -> &FieldNames {
        &self.names
    }

    /// An article that may give no day itself.
    pub(super) fn as_dated(&self, document: Document) -> Document {
        document.dated(self.as_of)
    }

    /// Hands on what each article of a file attests, in the order of the file; texts and readings are dropped as it goes. An article that
    /// can't be read is a problem of its own, and the others go on. Which of them count, only all together tell: [`superseded`].
    pub(super) fn read(&self, file: &Path, take: &mut dyn FnMut(Result<Facts, Problem>)) -> Skipped {
        self.read_bytes(file, bytes_of(file), take)
    }

    /// The same of a file that is [read](bytes_of) already.
    pub(super) fn read_bytes(&self, file: &Path, bytes: Result<Vec<u8>, Problem>, take: &mut dyn FnMut(Result<Facts, Problem>)) -> Skipped {
        self.read_as(file, bytes, &|source| Facts::of(&source), take)
    }

    /// The same with what `read` makes of each article.
    pub(super) fn read_as<T: Send>(
        &self,
        file: &Path,
        bytes: Result<Vec<u8>, Problem>,
        read: &(dyn Fn(Source) -> T + Sync),
        take: &mut dyn FnMut(Result<T, Problem>),
    ) -> Skipped {
        let path = file.to_string_lossy();
        let mut skipped = Skipped::default();
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(problem) => {
                take(Err(problem));
                return skipped;
            }
        };
        let mut batch = Batch { reader: self, file, waiting: Vec::new(), ids: Ids::default(), read, take };
        let outcome = guarded(file, || {
            ingest::read(&Input::new(&path, &self.names), bytes, &mut |item| match item {
                Item::Article(article) => batch.add(*article),
                Item::Fault { which, why } => batch.wait(Err(Problem::new(file, format!("{which}: {why}")))),
                Item::Skipped(kind) => skipped.add_within(kind, 1),
            })
        });
        batch.flush();
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(why)) => take(Err(Problem::new(file, why))),
            Err(problem) => take(Err(problem)),
        }
        skipped
    }

    /// What [`Self::read`] hands on, at once.
    pub(super) fn all(&self, file: &Path) -> (Vec<Result<Facts, Problem>>, Skipped) {
        let mut all = Vec::new();
        let skipped = self.read(file, &mut |article| all.push(article));
        (all, skipped)
    }

    /// What is known of an article: its own head, under what the list of sources says of its file.
    pub(super) fn header(&self, file: &Path, article: &mut Article) -> SourceHeader {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let listed = file.parent().and_then(|folder| self.listings.get(folder)).map(|listing| listing.header(&name)).unwrap_or_default();
        let own = std::mem::take(&mut article.header);
        let file = (article.is_plain && !self.is_stream).then(|| file.to_owned());
        let outlet = listed.outlet.or(own.outlet);
        if !article.within.is_empty() {
            // The list can't tell its articles apart.
            return SourceHeader { outlet, file, ..own };
        }
        let headline = listed.headline.or(own.headline);
        SourceHeader { outlet, headline, published: listed.published.or(own.published), url: listed.url.or(own.url), file, ..own }
    }
}

/// Gives articles ids that no two of a file share.
#[derive(Default)]
pub(super) struct Ids {
    /// How many are called so.
    given: FxHashMap<String, u32>,
}

impl Ids {
    /// That of one that is called so.
    pub(super) fn of(&mut self, called: String) -> String {
        let count = self.given.entry(called.clone()).or_default();
        *count += 1;
        if *count == 1 { called } else { format!("{called}~{count}") }
    }
}

/// Articles of a file that wait to be read together.
struct Batch<'a, T> {
    reader: &'a SourceReader,
    file: &'a Path,
    waiting: Vec<Result<(SourceHeader, Document), Problem>>,
    ids: Ids,
    read: &'a (dyn Fn(Source) -> T + Sync),
    take: &'a mut dyn FnMut(Result<T, Problem>),
}

impl<T: Send> Batch<'_, T> {
    fn add(&mut self, mut article: Article) {
        let mut header = self.reader.header(self.file, &mut article);
        header.id = self.ids.of(format!("{}{}", self.file.display(), article.within));
        self.wait(Ok((header, self.reader.as_dated(article.document))));
    }

    fn wait(&mut self, article: Result<(SourceHeader, Document), Problem>) {
        self.waiting.push(article);
        if self.waiting.len() >= BATCH {
            self.flush();
        }
    }

    /// Reads those that wait.
    fn flush(&mut self) {
        let (file, made) = (self.file, self.read);
        let read = |article: Result<(SourceHeader, Document), Problem>| {
            let (header, document) = article?;
            let id = header.id.clone();
            guarded(file, || made(Source::read(header, document))).map_err(|mut problem| {
                problem.message = format!("{id} {}", problem.message);
                problem
            })
        };
        let read: Vec<_> = std::mem::take(&mut self.waiting).into_par_iter().map(read).collect();
        read.into_iter().for_each(&mut *self.take);
    }
}
