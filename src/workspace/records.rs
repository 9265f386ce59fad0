//! Articles as they come in on a stream: read as they go, in memory that their number is of no account to, and bad ones set aside.
//!
//! Of JSON Lines each line is read by itself, so that what is made of it is the same in whatever order, file or part of the whole it comes.

use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::sources::{Ids, SourceReader, bytes_of, field_names, is_one_text};
use super::{Plan, Problem, Skipped, guarded};
use crate::corpus::{Brief, Facts, NoFacts, Source};
use crate::ingest::{self, Input, Item, limits};
use crate::text::StableHash;

/// So many records, or bytes of them, are read at once on all cores, while those before are written.
const AT_ONCE: usize = 512;
const BYTES_AT_ONCE: usize = 8 << 20;

/// What one article attests, as it is written.
#[derive(Debug)]
pub struct Attested {
    pub brief: Arc<Brief>,
    /// See [`Facts::to_line`].
    pub line: String,
}

/// What came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub path: PathBuf,
    /// The number of its line, where each line is read by itself, and what stands there.
    pub line: Option<usize>,
    pub record: Option<String>,
    pub why: String,
}

impl Refused {
    /// As it is told.
    pub fn problem(&self) -> Problem {
        match self.line {
            Some(line) => Problem::new(Path::new(&format!("{}:{line}", self.path.display())), &self.why),
            None => Problem::new(&self.path, &self.why),
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self { path: problem.path, line: None, record: None, why: problem.message }
    }
}

/// Takes what is made of articles, in their order.
pub(super) type TakeAttested<'a> = &'a mut dyn FnMut(Result<Attested, Refused>) -> io::Result<()>;

/// Reads articles as sources.
#[derive(Debug)]
pub struct Articles {
    reader: SourceReader,
}

impl Articles {
    /// A reader under a plan. What gives no day is taken to be of `as_of`.
    pub fn under(plan: &Plan, as_of: Option<Date>) -> Self {
        Self { reader: SourceReader::default().dated(as_of).naming(field_names(&plan.config)) }
    }

    /// Reads what comes in, which is called `name` and is of the form that files with this ending are.
    ///
    /// # Errors
    /// When it can't be read, or `take` says so.
    pub fn of_stream(self, name: &str, ending: &str, input: &mut dyn Read, take: TakeAttested<'_>) -> io::Result<Skipped> {
        let path = PathBuf::from(format!("{name}.{ending}"));
        let reader = self.reader.of_stream();
        if ingest::is_a_record_a_line(ending) {
            return Records { reader: &reader, name, path: &path }.read(input, take);
        }
        let mut bytes = Vec::new();
        input.take((limits::FILE + 1) as u64).read_to_end(&mut bytes)?;
        let bytes = if bytes.len() > limits::FILE {
            Err(Problem::new(&path, format!("more than the {} MB that a file of sources may have", limits::FILE >> 20)))
        } else {
            Ok(bytes)
        };
        let mut written = Ok(());
        let skipped = reader.read_as(&path, bytes, &|source| attested(&Facts::of(&source)), &mut |article| {
            if written.is_ok() {
                written = take(flat(article, &path));
            }
        });
        written.map(|()| skipped)
    }

    /// Reads files, each as a source of the corpus is.
    ///
    /// # Errors
    /// When `take` says so.
    pub fn of_files(self, files: &[PathBuf], take: TakeAttested<'_>) -> io::Result<Skipped> {
        let folders = files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        // What is wrong with a list of sources is for who checks against them.
        let reader = self.reader.with_listings(&folders, &mut Vec::new()).0;
        let made = |source: Source| attested(&Facts::of(&source));
        let mut skipped = Skipped::default();
        for files in files.chunk_by(|one, other| is_one_text(one) && is_one_text(other)) {
            for files in files.chunks(AT_ONCE) {
                // A file of one article each by itself, and one of many as it goes.
                if let [file] = files {
                    let mut written = Ok(());
                    skipped.extend(&reader.read_as(file, bytes_of(file), &made, &mut |article| {
                        if written.is_ok() {
                            written = take(flat(article, file));
                        }
                    }));
                    written?;
                    continue;
                }
                let read_one = |file: &PathBuf| {
                    let mut all = Vec::new();
                    let skipped = reader.read_as(file, bytes_of(file), &made, &mut |article| all.push(flat(article, file)));
                    (all, skipped)
                };
                let read: Vec<_> = files.par_iter().map(read_one).collect();
                for (all, left_out) in read {
                    skipped.extend(&left_out);
                    all.into_iter().try_for_each(&mut *take)?;
                }
            }
        }
        Ok(skipped)
    }
}

fn attested(facts: &Facts) -> Result<Attested, NoFacts> {
    Ok(Attested { brief: facts.brief.clone(), line: facts.to_line()? })
}

fn flat(article: Result<Result<Attested, NoFacts>, Problem>, path: &Path) -> Result<Attested, Refused> {
    Ok(article?.map_err(|error| Problem::new(path, error))?)
}

/// JSON Lines as they come in.
struct Records<'a> {
    reader: &'a SourceReader,
    name: &'a str,
    path: &'a Path,
}

/// A line as it comes in; none of one that is too long.
type Record = (usize, Option<Vec<u8>>);

/// What is made of a line: hardly ever more than one article, and sometimes none.
type OfRecord = (Vec<Result<Attested, Refused>>, Skipped);

impl Records<'_> {
    fn read(&self, input: &mut dyn Read, take: TakeAttested<'_>) -> io::Result<Skipped> {
        let mut input = BufReader::with_capacity(1 << 20, input);
        let (mut number, mut skipped) = (0, Skipped::default());
        loop {
            let batch = batch(&mut input, &mut number)?;
            if batch.is_empty() {
                return Ok(skipped);
            }
            let made: Vec<OfRecord> = batch.par_iter().map(|record| self.of(record)).collect();
            for (articles, left_out) in made {
                skipped.extend(&left_out);
                articles.into_iter().try_for_each(&mut *take)?;
            }
        }
    }

    fn of(&self, (number, bytes): &Record) -> OfRecord {
        let refused = |why: String| {
            let record = bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            Err(Refused { path: self.name.into(), line: Some(*number), record, why })
        };
        let Some(bytes) = bytes else {
            let why = format!("is more than the {} MB that an article may have", limits::ARTICLE >> 20);
            return (vec![refused(why)], Skipped::default());
        };
        let (mut found, mut skipped) = (Vec::new(), Skipped::default());
        // As if it lay in a folder of that name: an id that only says which article of a system it is says so of that one's.
        let path = Path::new(self.name).join(self.path);
        let path = path.to_string_lossy();
        let read = guarded(self.path, || {
            ingest::read(&Input::new(&path, self.reader.names()), bytes.clone(), &mut |item| match item {
                Item::Article(article) => found.push(Ok(*article)),
                Item::Fault { why, .. } => found.push(Err(why)),
                Item::Skipped(kind) => skipped.add_within(kind, 1),
            })
        });
        if let Some(why) = read.map_or_else(|problem| Some(problem.message), Result::err) {
            found.push(Err(why));
        }
        let mut ids = Ids::default();
        let made = |article: Result<ingest::Article, String>| {
            let mut article = article?;
            let mut header = self.reader.header(self.path, &mut article);
            // Which line it is, is of the stream and not of the article.
            let which = match &header.edition.article {
                Some(_) => article.within,
                None => format!("#~{:016x}", StableHash::default().bytes(bytes).finish()),
            };
            header.id = ids.of(format!("{}{which}", self.name));
            let document = self.reader.as_dated(article.document);
            let facts = guarded(self.path, || Facts::of(&Source::read(header, document))).map_err(|problem| problem.message)?;
            attested(&facts).map_err(|error| error.to_string())
        };
        let articles = found.into_iter().map(made).map(|made: Result<Attested, String>| made.or_else(refused)).collect();
        (articles, skipped)
    }
}

/// The next lines, each without its end and what stands around it; empty ones are none.
fn batch(input: &mut BufReader<&mut dyn Read>, number: &mut usize) -> io::Result<Vec<Record>> {
    let (mut batch, mut size) = (Vec::new(), 0_usize);
    while batch.len() < AT_ONCE && size < BYTES_AT_ONCE {
        let mut line = Vec::new();
        // With its end and what may stand before and behind it.
        let most = (limits::ARTICLE + 16) as u64;
        if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        *number += 1;
        if !line.ends_with(b"\n") && line.len() as u64 >= most {
            input.skip_until(b'\n')?;
            batch.push((*number, None));
            continue;
        }
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line).trim_ascii();
        if !line.is_empty() {
            size += line.len();
            batch.push((*number, Some(line.to_vec())));
        }
    }
    Ok(batch)
}
