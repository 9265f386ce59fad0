//! Joins what was read apart: archives, and files of facts.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::seen::{self, Whole, note_of_whole};
use super::{AT_ONCE, Brought, DeskArchive};
use crate::archive::{ArchiveError, Builder, Packed};
use crate::corpus::{Facts, Rank, SourceHeader, SourceId, superseded};
use crate::workspace::door;
use crate::workspace::{Problem, Told, is_folder};

/// A line of facts is no longer than this, in bytes: of an article of its largest size it is shorter.
const LONGEST: u64 = 256 << 20;

/// So many bytes of lines are read at once.
const BYTES_AT_ONCE: usize = 64 << 20;

/// Joins what was read apart into the archive; of several sources with one id, that of the last archive counts, and above those that of the
/// facts that rank highest, in whichever file and order they come.
///
/// # Errors
/// As for [`DeskArchive::join`].
pub(super) fn join(into: &DeskArchive, parts: &[PathBuf], stdin: &mut dyn Read, told: &Told) -> Result<Brought, Problem> {
    let (archives, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        parts.iter().partition(|part| is_folder(part) || !is_stdin(part) && !door::is_taken(part));
    let stores = archives.iter().map(|folder| DeskArchive::in_folder(folder).open()).collect::<Result<Vec<_>, _>>()?;
    let mut all = 0;
    for store in &stores {
        all += into.extent(store)?.sources;
    }
    let wholes = stores.iter().zip(&archives).map(|(store, folder)| seen::whole(store).map_err(|error| Problem::new(folder, error)));
    let wholes = wholes.collect::<Result<Vec<Whole>, _>>()?;
    // What no longer counts in one of them isn't kept, and might count beside the versions in another.
    let mut with_versions = wholes.iter().zip(&archives).filter(|(whole, _)| whole.superseded.is_some()).map(|(_, folder)| folder);
    let (first, second) = (with_versions.next(), with_versions.next());
    if let Some(folder) = second {
        let why = "holds versions of articles, as another one does; which of them count only a build of all sources tells";
        return Err(Problem::new(folder, why));
    }
    let builder = Builder::new(&into.folder).map_err(|error| into.fault(&error))?;
    let mut joining = Joining { builder, done: 0, all, told, ranks: FxHashMap::default(), versions: Vec::new() };
    let names = wholes.first().map(|whole| whole.names).filter(|names| wholes.iter().all(|whole| whole.names == *names));
    let mut whole = Whole { names: names.unwrap_or_default(), ..Whole::default() };
    for ((store, folder), own) in stores.iter().zip(&archives).zip(wholes) {
        let fault = |error: ArchiveError| Problem::new(folder, error);
        let mut waiting: Vec<Facts> = Vec::new();
        store
            .each(|facts| {
                waiting.push(facts);
                if waiting.len() >= AT_ONCE { joining.add(&mut waiting) } else { Ok(()) }
            })
            .and_then(|()| joining.add(&mut waiting))
            .map_err(fault)?;
        for (name, note) in store.notes(b"").map_err(fault)? {
            joining.builder.note(name, note);
        }
        whole.corpus.extend(own.corpus);
        whole.files += own.files;
        whole.problems.extend(own.problems);
        whole.skipped.extend(&own.skipped);
        whole.superseded = whole.superseded.or(own.superseded);
    }
    for file in files {
        if is_stdin(file) {
            joining.add_lines(Path::new("stdin"), stdin)?;
        } else {
            joining.add_lines(file, &mut door::stream(file)?)?;
        }
    }
    let Joining { mut builder, done, versions, .. } = joining;
    if done == 0 {
        // What was there would be gone, and every draft be found sound.
        let first = parts.first().map_or(Path::new(""), PathBuf::as_path);
        return Err(Problem::new(first, "has nothing to join, and neither has any other"));
    }
    if let Some(folder) = first.filter(|_| !versions.is_empty()) {
        let why = "holds versions of articles, as the facts do; which of them count only a join of all facts tells";
        return Err(Problem::new(folder, why));
    }
    let gone = superseded(&versions);
    for &id in &gone {
        builder.take_out(id);
    }
    whole.superseded = if versions.is_empty() { whole.superseded } else { Some(gone.len()) };
    let (name, note) = note_of_whole(&whole).map_err(|error| into.fault(&error))?;
    builder.note(name, note.unwrap_or_default());
    builder.finish().map_err(|error| into.fault(&error))?;
    Ok(Brought { sources: into.extent(&into.open()?)?.sources, read: done, gone: gone.len(), ..Brought::default() })
}

fn is_stdin(part: &Path) -> bool {
    part.as_os_str() == "-"
}

/// An archive that is being joined.
struct Joining<'t> {
    builder: Builder,
    done: usize,
    all: usize,
    told: &'t Told,
    /// Of the facts that have come in lines, which of those of one source count.
    ranks: FxHashMap<SourceId, Rank>,
    /// Of articles that may come in versions no more than what tells whether they count.
    versions: Vec<SourceHeader>,
}

impl Joining<'_> {
    fn add(&mut self, waiting: &mut Vec<Facts>) -> Result<(), ArchiveError> {
        let packed: Vec<Packed> = waiting.par_iter().map(Packed::of).collect::<Result<_, _>>()?;
        self.take(packed)?;
        waiting.clear();
        Ok(())
    }

    fn take(&mut self, packed: Vec<Packed>) -> Result<(), ArchiveError> {
        self.done += packed.len();
        packed.into_iter().try_for_each(|packed| self.builder.add(packed))?;
        self.told.tell(self.done, self.all);
        Ok(())
    }

    /// Adds the facts of a file. One that is cut short is refused: what is missing would be missed by nobody.
    fn add_lines(&mut self, path: &Path, input: &mut dyn Read) -> Result<(), Problem> {
        let mut input = BufReader::with_capacity(1 << 20, input);
        let mut number = 0_usize;
        loop {
            let (mut lines, mut size) = (Vec::new(), 0);
            while lines.len() < AT_ONCE && size < BYTES_AT_ONCE {
                let mut line = Vec::new();
                let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line).map_err(|error| Problem::new(path, error))?;
                if read == 0 {
                    break;
                }
                number += 1;
                size += read;
                lines.push((number, line));
            }
            if lines.is_empty() {
                return Ok(());
            }
            let of_line = |(number, line): &(usize, Vec<u8>)| {
                let fault = |why: &dyn std::fmt::Display| Problem::new(path, format!("line {number} {why}"));
                let line = line.strip_suffix(b"\n").ok_or_else(|| fault(&"is cut short"))?;
                let line = std::str::from_utf8(line).map_err(|_| fault(&"is not UTF-8"))?;
                let facts = Facts::of_line(line).map_err(|error| fault(&error))?;
                Ok((Rank::of(&facts), facts.brief.clone(), Packed::of(&facts).map_err(|error| fault(&error))?))
            };
            let read = lines.par_iter().map(of_line).collect::<Result<Vec<_>, Problem>>()?;
            let mut counted = Vec::with_capacity(read.len());
            for (rank, brief, packed) in read {
                // What comes again as it was, from a part that was made twice, is one.
                let known = self.ranks.get(&packed.id()).copied();
                if known == Some(rank) {
                    continue;
                }
                let SourceHeader { id, edition, .. } = &*brief.header;
                if !edition.is_alone() {
                    self.versions.push(SourceHeader { id: id.clone(), edition: edition.clone(), ..SourceHeader::default() });
                }
                if known.is_none_or(|known| known < rank) {
                    self.ranks.insert(packed.id(), rank);
                    counted.push(packed);
                }
            }
            self.take(counted).map_err(|error| Problem::new(path, error))?;
        }
    }
}
