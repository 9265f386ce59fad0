//! Which drafts are checked: those that are named, or else those of the desk; and how each was when it was read.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::super::Terminal;
use super::super::arguments::LintArguments;
use super::super::progress::Progress;
use super::super::settings::Settings;
use crate::document::Document;
use crate::workspace::{Problem, Revision, collect_drafts, find_config, parse_bytes, read_draft};

/// The drafts to be checked, by path.
pub(super) struct Gathered {
    pub(super) drafts: Vec<Asked>,
    pub(super) problems: Vec<Problem>,
    /// The files and folders that they are, or are in.
    pub(super) named: Vec<PathBuf>,
    /// What came in on standard input, and what it is called.
    pub(super) stdin: Option<(PathBuf, Vec<u8>)>,
}

/// A draft to be checked.
pub(super) struct Asked {
    pub(super) path: PathBuf,
    pub(super) document: Document,
    /// Leads to what it is checked against.
    pub(super) key: Option<PathBuf>,
    /// The text that what is told has to differ from; none where all of it counts.
    pub(super) before: Option<String>,
}

/// Reads all drafts, and loads what they are checked against.
///
/// # Errors
/// When something can't be checked against, or no revision compared with.
pub(super) fn drafts(
    arguments: &LintArguments,
    settings: &mut Settings,
    progress: &Progress,
    terminal: &mut Terminal<'_>,
) -> Result<Gathered, Problem> {
    let revision = arguments.since.as_deref().map(|name| Revision::find(name).map_err(|why| Problem::new(Path::new("--since"), why)));
    let revision = revision.transpose()?;
    let (desk, named) = (desk_folder(arguments), named(arguments));
    let (paths, mut problems) = collect_drafts(&named);
    // What can't be checked against is told, whether or not there is a draft to check.
    let root = match &desk {
        Some(desk) => Some(settings.of(&desk.join("draft.md"))?),
        None => None,
    };
    let mut wanted = Vec::with_capacity(paths.len());
    for path in paths {
        let path = path.strip_prefix(".").map(Path::to_owned).ok().filter(|_| desk.is_some()).unwrap_or(path);
        let key = settings.of(&path)?;
        let setting = settings.loaded(key.as_ref());
        // What is named itself is a draft whatever the patterns say, and the archive is none where the desk's whole folder is checked.
        let is_named = arguments.paths.contains(&path);
        let is_of_desk = root.as_ref().is_none_or(|root| settings.loaded(root.as_ref()).is_draft(&path));
        if (is_named || is_of_desk && !setting.excludes(&path)) && !setting.is_source(&path, &named) {
            wanted.push((path, key));
        }
    }
    progress.clear();
    let mut drafts: Vec<_> = wanted.into_par_iter().map(|(path, key)| (read_draft(&path), path, key)).collect();
    let mut stdin = None;
    if arguments.reads_stdin() {
        let path = arguments.stdin_path.clone();
        let key = settings.of(&path)?;
        let (bytes, draft) = read_stdin(&path, terminal);
        stdin = Some((path.clone(), bytes));
        drafts.push((draft, path, key));
    }
    if drafts.is_empty() && root.is_none() {
        settings.of(Path::new("draft.md"))?;
    }
    drafts.sort_by(|a, b| a.1.cmp(&b.1));
    let mut asked = Vec::with_capacity(drafts.len());
    for (draft, path, key) in drafts {
        match draft {
            Ok(document) => asked.push(Asked { path, document, key, before: None }),
            Err(problem) => problems.push(problem),
        }
    }
    let mut gathered = Gathered { drafts: asked, problems, named, stdin };
    if let Some(revision) = revision {
        gathered.keep_changed(&revision)?;
    }
    Ok(gathered)
}

impl Gathered {
    /// Leaves those drafts that are not as they were, each with its text of then.
    fn keep_changed(&mut self, revision: &Revision) -> Result<(), Problem> {
        let mut since = revision.read().map_err(|why| Problem::new(Path::new("--since"), why))?;
        let mut changed = Vec::with_capacity(self.drafts.len());
        for mut asked in std::mem::take(&mut self.drafts) {
            // What was no text then is all new.
            let before = since.file(&asked.path)?.and_then(|bytes| parse_bytes(&asked.path, bytes).ok());
            asked.before = before.map(|before| before.source().to_string());
            if asked.before.as_deref() != Some(&**asked.document.source()) {
                changed.push(asked);
            }
        }
        self.drafts = changed;
        Ok(())
    }
}

/// The files and folders that are named, or else the desk's.
pub(super) fn named(arguments: &LintArguments) -> Vec<PathBuf> {
    let named = || arguments.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    desk_folder(arguments).map_or_else(named, |desk| vec![desk])
}

/// The folder whose drafts are checked where none are named, as seen from here.
fn desk_folder(arguments: &LintArguments) -> Option<PathBuf> {
    if !arguments.paths.is_empty() {
        return None;
    }
    let config = arguments.against.config.clone().or_else(|| find_config(Path::new("")));
    let folder = config.as_deref().and_then(Path::parent).map_or_else(PathBuf::new, Path::to_owned);
    Some(from_here(&folder))
}

/// A folder as a person would name it: from the working folder on, as long as it lies there or above.
fn from_here(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = if folder.is_absolute() { folder.to_owned() } else { here.join(folder) };
    let shown = match (folder.strip_prefix(&here), here.strip_prefix(&folder)) {
        (Ok(below), _) => below.to_owned(),
        (_, Ok(above)) => above.components().map(|_| "..").collect(),
        _ => folder,
    };
    if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown }
}

/// What standard input has, and the draft that it is.
fn read_stdin(name: &Path, terminal: &mut Terminal<'_>) -> (Vec<u8>, Result<Document, Problem>) {
    let mut bytes = Vec::new();
    let limit = crate::text::MAX_BYTES as u64;
    let read = terminal.stdin.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let draft = match read {
        Err(error) => Err(Problem::new(name, error)),
        Ok(_) if bytes.len() as u64 > limit => Err(Problem::new(name, format!("more than the {} MB that a text may have", limit >> 20))),
        Ok(_) => parse_bytes(name, bytes.clone()),
    };
    (bytes, draft)
}
