//! The sources of a corpus as texts, for somebody who reads them: those of the corpus, and no other file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sources::{Sought, SourceReader, bytes_of, field_names, seek};
use super::{Problem, Setting, seed};
use crate::corpus::{Source, SourceHeader};

pub struct Library {
    shelf: Shelf,
}

enum Shelf {
    BuiltIn(Vec<Volume>),
    Files { files: Vec<PathBuf>, reader: SourceReader },
}

/// A source with its words.
#[derive(Clone, Debug)]
pub struct Volume {
    pub header: Arc<SourceHeader>,
    /// Its prose, a paragraph a line with a blank one between.
    pub text: String,
}

impl Volume {
    fn of(source: &Source) -> Self {
        let blocks: Vec<&str> = source.document.blocks().iter().map(|block| &*block.text).collect();
        Self { header: source.header.clone(), text: blocks.join("\n\n") }
    }
}

impl Library {
    /// That of a setting.
    ///
    /// # Errors
    /// When its sources can't be looked through.
    pub fn of(setting: &Setting) -> Result<Self, Problem> {
        if setting.is_built_in() {
            return Ok(Self { shelf: Shelf::BuiltIn(seed::seed_texts(None).iter().map(Volume::of).collect()) });
        }
        let Sought { files, folders, .. } = seek(&setting.corpus_paths)?;
        let (reader, _) = SourceReader::beside(&folders, &mut Vec::new());
        Ok(Self { shelf: Shelf::Files { files, reader: reader.naming(field_names(&setting.config)) } })
    }

    /// What its files are called, in order; one may hold many sources.
    pub fn names(&self) -> Vec<String> {
        match &self.shelf {
            Shelf::BuiltIn(volumes) => volumes.iter().map(|volume| volume.header.id.clone()).collect(),
            Shelf::Files { files, .. } => files.iter().map(|file| file.to_string_lossy().into_owned()).collect(),
        }
    }

    /// The sources that are called so, or that a file of this name holds; none where it has none such.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn read(&self, id: &str) -> Result<Vec<Volume>, Problem> {
        match &self.shelf {
            Shelf::BuiltIn(volumes) => Ok(volumes.iter().filter(|volume| volume.header.id == id).cloned().collect()),
            Shelf::Files { files, reader } => {
                files.iter().find(|file| holds(file, id)).map_or(Ok(Vec::new()), |file| read(file, id, reader))
            }
        }
    }
}

/// Whether a source that is called so may be in a file.
fn holds(file: &Path, id: &str) -> bool {
    let within = id.strip_prefix(&*file.to_string_lossy());
    within.is_some_and(|within| within.is_empty() || within.starts_with(['#', '/', '~']))
}

fn read(file: &Path, id: &str, reader: &SourceReader) -> Result<Vec<Volume>, Problem> {
    let (mut volumes, mut fault) = (Vec::new(), None);
    let is_whole_file = id == file.to_string_lossy();
    let wanted = |source: Source| (is_whole_file || source.header.id == id).then(|| Volume::of(&source));
    reader.read_as(file, bytes_of(file), &wanted, &mut |read| match read {
        Ok(volume) => volumes.extend(volume),
        Err(problem) => fault = Some(problem),
    });
    match fault {
        Some(problem) if volumes.is_empty() => Err(problem),
        _ => Ok(volumes),
    }
}
