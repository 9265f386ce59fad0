//! A desk's archive: its corpus on disk, made of the files of its sources and kept up to date with them.

mod join;
mod look;
mod read;
mod seen;

use std::path::{Path, PathBuf};

use super::plan::{Plan, whole};
use super::seed::cache_folder;
use super::sources::{SUPERSEDED, field_names, nothing_of};
use super::{Problem, Skipped, Told};
use crate::archive::{ArchiveError, Builder, Changes, DiskStore, Verified};
use crate::corpus::store::Store as _;
use crate::corpus::{Answering, Extent, Facts, SourceHeader, SourceId, superseded};
use crate::ingest::FieldNames;
use crate::text::StableHash;
use look::Look;
use read::{Read, read_all};
use seen::{Note, Trouble, Whole, note_of_file, note_of_folder, note_of_trouble, note_of_whole};

/// So many files are read at once, while those before are written.
const AT_ONCE: usize = 512;

/// A command brings an archive up to date by itself where no more files have changed.
pub const LITTLE: usize = 1_000;

/// In a corpus of more files each is looked at by those who ask for it; others see whether files have come, gone or been put in the place
/// of others, which shows in their folders.
const MOST_LOOKED_AT: usize = 20_000;

/// Where a desk's archive is, and what it is of.
#[derive(Clone, Debug)]
pub struct DeskArchive {
    folder: PathBuf,
    corpus: Vec<PathBuf>,
    /// What the desk calls the fields of its sources.
    names: FieldNames,
}

/// What was done to bring an archive up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The sources there are now.
    pub sources: usize,
    /// How many files were read, and how many are gone.
    pub read: usize,
    pub gone: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// How an archive is.
#[derive(Clone, Debug)]
pub struct Status {
    pub extent: Extent,
    pub files: usize,
    /// In bytes, on disk.
    pub size: u64,
    /// How many files have changed since, or are gone.
    pub changed: usize,
    pub gone: usize,
    pub problems: Vec<Problem>,
}

/// An archive as drafts are checked against it.
pub(super) struct OnDisk {
    pub(super) corpus: Answering<DiskStore>,
    pub(super) problems: Vec<Problem>,
    pub(super) unread: usize,
    pub(super) skipped: Skipped,
}

impl DeskArchive {
    /// That of a plan: in the folder that is `named`, or else in that of the configuration, or in the user's cache. None where there are no
    /// sources of the desk's own.
    pub fn of(plan: &Plan, named: Option<&Path>) -> Option<Self> {
        let corpus = plan.corpus.clone().filter(|corpus| !corpus.is_empty())?;
        let folder = named.map(Path::to_owned).or_else(|| plan.archive.clone());
        Some(Self { folder: folder.or_else(|| in_cache(&corpus))?, corpus, names: field_names(&plan.config) })
    }

    /// That in a folder, whatever it is of.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), corpus: Vec::new(), names: FieldNames::default() }
    }

    /// The one that a corpus is itself: made of facts, or brought from elsewhere.
    pub(super) fn itself(corpus: &[PathBuf]) -> Option<Self> {
        let [folder] = corpus else { return None };
        DiskStore::is_at(folder).then(|| Self::in_folder(folder))
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Builds it from all files, in place of what may be there.
    ///
    /// # Errors
    /// When a part of the corpus is missing or has nothing that can be read, or the archive can't be written; what was there stays.
    pub fn build(&self, told: &Told) -> Result<Brought, Problem> {
        let mut look = Look::at(&self.corpus, &self.names, None)?;
        let mut builder = Builder::new(&self.folder).map_err(|error| self.fault(&error))?;
        let (mut brought, mut is_read) = (Brought::default(), vec![false; self.corpus.len()]);
        let (mut versions, mut skipped): (Vec<SourceHeader>, _) = (Vec::new(), look.whole.skipped.clone());
        let all = look.changed.len();
        let mut waiting: Vec<Read> = Vec::new();
        for files in look.changed.chunks(AT_ONCE).chain([&[][..]]) {
            let before = std::mem::take(&mut waiting);
            let write = || {
                before.into_iter().try_for_each(|mut read| {
                    self.corpus.iter().zip(&mut is_read).for_each(|(path, is)| *is |= read.has_alone && read.path.starts_with(path));
                    versions.append(&mut read.versions);
                    skipped.extend(&read.skipped);
                    for (name, note) in read.notes()? {
                        if let Some(note) = note {
                            builder.note(name, note);
                        }
                    }
                    let packed = std::mem::take(&mut read.packed);
                    brought.take(read);
                    packed.into_iter().try_for_each(|packed| builder.add(packed))
                })
            };
            let (written, read) = rayon::join(write, || read_all(files, &look));
            written.map_err(|error| self.fault(&error))?;
            waiting = read;
            told.tell(brought.read + files.len(), all);
        }
        let gone = superseded(&versions);
        for &id in &gone {
            builder.take_out(id);
        }
        look.whole.superseded = (!versions.is_empty()).then_some(gone.len());
        let counted: Vec<&Path> = versions
            .iter()
            .filter(|version| !gone.contains(&SourceId::of(version)))
            .filter_map(|version| version.file.as_deref())
            .collect();
        let is_empty = |path: &PathBuf| !counted.iter().any(|file| file.starts_with(path));
        if let Some((path, _)) = self.corpus.iter().zip(is_read).find(|(path, is_read)| !is_read && is_empty(path)) {
            skipped.add_within(SUPERSEDED.to_owned(), gone.len());
            return Err(nothing_of(path, &brought.problems, &skipped));
        }
        let folders = look.folders.iter().map(|(path, folder)| note_of_folder(path, folder.as_ref()));
        let notes = folders.chain([note_of_whole(&look.whole)]).collect::<Result<Vec<Note>, _>>().map_err(|error| self.fault(&error))?;
        for (name, note) in notes {
            builder.note(name, note.unwrap_or_default());
        }
        builder.finish().map_err(|error| self.fault(&error))?;
        brought.sources = self.extent(&self.open()?)?.sources;
        Ok(brought)
    }

    /// Reads what has changed since, and takes out what is gone; all at once, or not at all.
    ///
    /// # Errors
    /// When there is no archive, it can't be used or written, or it is of other sources.
    pub fn update(&self, told: &Told) -> Result<Brought, Problem> {
        let store = self.open_own()?;
        let look = Look::at(&self.corpus, &self.names, Some(&store))?;
        // Writing most of it anew in place would take longer than building it, and leave it larger.
        let is_most = look.count() > LITTLE && look.count() > look.whole.files / 4;
        let brought = if is_most { None } else { self.bring(&store, &look, told)? };
        brought.map_or_else(|| self.build(told), Ok)
    }

    /// How it is, beside the files.
    ///
    /// # Errors
    /// As for [`DeskArchive::update`].
    pub fn status(&self) -> Result<Status, Problem> {
        let store = self.open_own()?;
        let look = Look::at(&self.corpus, &self.names, Some(&store))?;
        let (extent, on_disk) = (self.extent(&store)?, self.told_of(&store)?);
        Ok(Status {
            extent,
            files: look.seen.len(),
            size: store.size(),
            changed: look.changed.iter().filter(|file| !look.is_the_same(file)).count(),
            gone: look.gone.len(),
            problems: on_disk.0,
        })
    }

    /// Looks through it for damage.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn verify(&self) -> Result<Verified, Problem> {
        DiskStore::verify(&self.folder).map_err(|error| self.fault(&error))
    }

    /// Gives the facts of all sources to `each`, in a fixed order, until it has enough.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn export(&self, each: &mut dyn FnMut(Facts) -> bool) -> Result<(), Problem> {
        let store = self.open()?;
        let mut is_done = false;
        store
            .each(|facts| {
                is_done = is_done || !each(facts);
                Ok(())
            })
            .map_err(|error| self.fault(&error))
    }

    /// Makes it of others that were built apart, and of files of facts (`-` is what `stdin` has); of several sources with one id, that of the
    /// last archive counts, and above it that of the facts that ranks highest.
    ///
    /// # Errors
    /// When one of them can't be read, it takes several to know which versions of articles count, or the archive can't be written; what was
    /// there stays.
    pub fn join(&self, parts: &[PathBuf], stdin: &mut dyn std::io::Read, told: &Told) -> Result<Brought, Problem> {
        join::join(self, parts, stdin, told)
    }

    /// The archive, if there is one, brought up to date where little has changed.
    pub(super) fn load(&self, looks_at_all: bool, told: &Told) -> Result<Option<OnDisk>, Problem> {
        let store = match DiskStore::open(&self.folder) {
            Ok(store) => store,
            Err(ArchiveError::Missing(_)) => return Ok(None),
            Err(error) => return Err(self.fault(&error)),
        };
        self.admit(&store)?;
        let mut remarks = Vec::new();
        if let Err(problem) = self.refresh(&store, looks_at_all, told, &mut remarks) {
            remarks.push(problem);
        }
        let (mut problems, unread, skipped) = self.told_of(&store)?;
        problems.extend(remarks);
        problems.sort();
        Ok(Some(OnDisk { corpus: Answering::over(store), problems, unread, skipped }))
    }

    /// The archive as it is, whatever it is of.
    pub(super) fn load_as_it_is(&self) -> Result<OnDisk, Problem> {
        let store = self.open()?;
        let (problems, unread, skipped) = self.told_of(&store)?;
        Ok(OnDisk { corpus: Answering::over(store), problems, unread, skipped })
    }

    /// Brings it up to date where little has changed, or says how much has.
    fn refresh(&self, store: &DiskStore, looks_at_all: bool, told: &Told, remarks: &mut Vec<Problem>) -> Result<(), Problem> {
        let Whole { files, names, .. } = seen::whole(store).map_err(|error| self.fault(&error))?;
        let is_large = !looks_at_all && files > MOST_LOOKED_AT && names == self.names.print();
        if is_large && !look::has_other_files(store).map_err(|error| self.fault(&error))? {
            return Ok(());
        }
        let look = Look::at(&self.corpus, &self.names, Some(store))?;
        if look.count() <= LITTLE {
            if self.bring(store, &look, told)?.is_some() {
                return Ok(());
            }
            // No more than somebody who has no archive reads each time.
            if look.whole.files <= MOST_LOOKED_AT {
                return self.build(told).map(drop);
            }
        }
        let message = format!("{} files have changed since this archive was made; `copydesk archive update` reads them", look.count());
        remarks.push(Problem::new(&self.folder, message));
        Ok(())
    }

    /// Writes what is otherwise now; nothing where articles come in versions, and it takes all of them to know which count.
    fn bring(&self, store: &DiskStore, look: &Look, told: &Told) -> Result<Option<Brought>, Problem> {
        if look.whole.superseded.is_some() && look.has_other_articles() {
            return Ok(None);
        }
        let mut brought = Brought { gone: look.gone.len(), ..Brought::default() };
        let is_as_it_was = look.count() == 0 && look.folders.is_empty() && seen::whole(store).is_ok_and(|whole| whole == look.whole);
        if !is_as_it_was {
            let mut has_versions = false;
            let written = store.change(|changes| write(changes, look, told, &mut brought, &mut has_versions));
            if has_versions {
                return Ok(None);
            }
            written.map_err(|error| self.fault(&error))?;
        }
        brought.sources = self.extent(store)?.sources;
        Ok(Some(brought))
    }

    /// What is to be told of its sources: what is wrong, how many are missing, and what is none.
    fn told_of(&self, store: &DiskStore) -> Result<(Vec<Problem>, usize, Skipped), Problem> {
        let fault = |error: ArchiveError| self.fault(&error);
        let whole = seen::whole(store).map_err(fault)?;
        let mut problems: Vec<Problem> = seen::problems(&whole.problems).collect();
        let (mut unread, mut skipped) = (0, whole.skipped);
        skipped.add_within(SUPERSEDED.to_owned(), whole.superseded.unwrap_or_default());
        for folder in seen::folders(store).map_err(fault)?.values() {
            problems.extend(seen::problems(&folder.problems));
            unread += folder.missing;
        }
        for found in seen::troubled(store).map_err(fault)?.values() {
            unread += found.problems.len();
            problems.extend(seen::problems(&found.problems));
            skipped.extend(&found.skipped);
        }
        problems.sort();
        Ok((problems, unread, skipped))
    }

    fn open(&self) -> Result<DiskStore, Problem> {
        DiskStore::open(&self.folder).map_err(|error| self.fault(&error))
    }

    /// The archive, if it is of these sources.
    fn open_own(&self) -> Result<DiskStore, Problem> {
        let store = self.open()?;
        self.admit(&store)?;
        Ok(store)
    }

    fn admit(&self, store: &DiskStore) -> Result<(), Problem> {
        let of = seen::whole(store).map_err(|error| self.fault(&error))?.corpus;
        if of == self.corpus {
            return Ok(());
        }
        let of = of.first().map_or_else(|| "nothing".to_owned(), |path| path.display().to_string());
        Err(Problem::new(&self.folder, format!("the archive is of other sources ({of}); `copydesk archive build` makes it anew")))
    }

    fn extent(&self, store: &DiskStore) -> Result<Extent, Problem> {
        store.snapshot().map(|shelf| shelf.extent()).map_err(|error| Problem::new(&self.folder, error))
    }

    fn fault(&self, error: &ArchiveError) -> Problem {
        Problem::new(&self.folder, error)
    }
}

/// Makes the changes that a look has found; none where they bring an article that comes in versions.
fn write(changes: &mut Changes<'_>, look: &Look, told: &Told, brought: &mut Brought, has_versions: &mut bool) -> Result<(), ArchiveError> {
    let keep = |changes: &mut Changes<'_>, (name, note): Note| match note {
        Some(note) => changes.note(&name, &note),
        None => changes.forget(&name),
    };
    for file in &look.gone {
        let sources = look.seen.get(file).map(|file| &*file.sources).unwrap_or_default();
        sources.iter().try_for_each(|&id| changes.remove(id).map(drop))?;
        keep(changes, note_of_file(file, None)?)?;
        keep(changes, note_of_trouble(file, &Trouble::default())?)?;
    }
    let mut done = 0;
    for files in look.changed.chunks(AT_ONCE) {
        for read in read_all(files, look) {
            if !read.versions.is_empty() {
                *has_versions = true;
                return Err(ArchiveError::Other("articles come in versions".to_owned()));
            }
            let before: &[SourceId] = look.seen.get(&read.path).map(|file| &*file.sources).unwrap_or_default();
            if !read.is_the_same {
                for &id in before.iter().filter(|id| !read.file.sources.contains(id)) {
                    changes.remove(id)?;
                }
                read.packed.iter().try_for_each(|packed| changes.put(packed))?;
            }
            read.notes()?.into_iter().try_for_each(|note| keep(changes, note))?;
            brought.take(read);
        }
        done += files.len();
        told.tell(done, look.changed.len());
    }
    for (path, folder) in &look.folders {
        keep(changes, note_of_folder(path, folder.as_ref())?)?;
    }
    keep(changes, note_of_whole(&look.whole)?)
}

/// The folder in the user's cache for an archive of these sources, as they are named.
fn in_cache(corpus: &[PathBuf]) -> Option<PathBuf> {
    let named = corpus.iter().flat_map(|path| [path.to_string_lossy().into_owned(), whole(path).to_string_lossy().into_owned()]);
    let hash = named.fold(StableHash::default(), |hash, path| hash.text(&path));
    Some(cache_folder()?.join("archives").join(format!("{:016x}", hash.finish())))
}

impl Brought {
    fn take(&mut self, read: Read) {
        self.read += usize::from(!read.is_the_same);
        self.problems.extend(read.problems);
    }
}
