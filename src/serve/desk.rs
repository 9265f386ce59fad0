//! The desk that is served: what all drafts are checked against, loaded once and kept up with the desk's files and its archive; and the
//! stylebook, where people at the page may add to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::log::remark;
use crate::features::Decision;
use crate::lsp::{Decide, Decisions, Options, Shared};
use crate::text::apply;
use crate::workspace::{Aside, BookFile, Overrides, Plan, Problem, Setting, read_stylebook, stamp};

/// How soon a change is seen at the latest.
const EVERY: Duration = Duration::from_millis(500);

/// What drafts are checked against, for all who come.
pub struct Desk {
    config: Option<PathBuf>,
    overrides: Overrides,
    shared: Arc<Shared>,
    /// Whether people at the page write decisions into the stylebook.
    decides: bool,
    /// Held while the desk's files are read or written, so that no change is lost between two.
    files: Mutex<Stamps>,
}

type Stamps = Vec<(PathBuf, Option<(Option<std::time::SystemTime>, u64)>)>;

impl Desk {
    /// Loads what the configuration, or the built-in one, and `overrides` name.
    ///
    /// # Errors
    /// As for [`Setting::load`].
    pub fn load(config: Option<PathBuf>, overrides: Overrides, decides: bool) -> Result<Self, Problem> {
        // Before anything is read: what changes meanwhile is seen to have changed.
        let before = Plan::of(config.clone(), &overrides).map(|plan| stamps([&plan.config_path, &plan.stylebook, &plan.baseline]));
        let setting = Setting::load(config.clone(), &overrides)?;
        let files = Mutex::new(kept_up(&setting, &before.unwrap_or_default()));
        Ok(Self { config, overrides, shared: Arc::new(Shared::new(setting)), decides, files })
    }

    pub fn setting(&self) -> Setting {
        self.shared.setting()
    }

    /// A session of the language server on this desk.
    pub(super) fn options(self: &Arc<Self>) -> Options {
        let decisions = if self.decides { Decisions::Given(self.clone()) } else { Decisions::Nobody };
        Options { shared: Some(self.shared.clone()), decisions, ..Options::default() }
    }

    /// Takes over the stylebook as it is now. Of one that is no stylebook at all, as when it is saved half-way through an edit, the last that was
    /// sound holds.
    fn restyle(&self, path: &Path, files: &mut Stamps) -> Result<(), Problem> {
        // Of the others nothing is read here, so that a change of theirs is still to be seen. A fault is told once.
        files.retain(|(known, _)| known != path);
        files.push((path.to_owned(), stamp(path)));
        let text = read_stylebook(path)?;
        let setting = self.shared.setting().with_stylebook(text.as_deref());
        let fault = setting.problems.iter().find(|problem| problem.path == path).cloned();
        if text.is_none_or(|text| text.parse::<toml::Table>().is_ok()) {
            self.shared.replace(setting);
        }
        fault.map_or(Ok(()), Err)
    }

    /// Loads all of it again. While it can't be loaded, what was sound holds.
    fn reload(&self) -> Result<(), Problem> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        self.load_again(&mut files)
    }

    fn load_again(&self, files: &mut Stamps) -> Result<(), Problem> {
        // Something has happened to a file, perhaps to a source.
        let aside = Aside { looks_at_all: true, ..Aside::default() };
        // A fault is told once, and not until somebody mends it.
        for (path, known) in files.iter_mut() {
            *known = stamp(path);
        }
        let setting = Setting::load_with(self.config.clone(), &self.overrides, &aside)?;
        *files = kept_up(&setting, files);
        let fault = setting.problems.iter().find(|problem| Some(&problem.path) == setting.stylebook_path.as_ref()).cloned();
        self.shared.replace(setting);
        fault.map_or(Ok(()), Err)
    }

    /// Takes over what has changed of the desk's own files, and of an archive.
    fn look(&self) -> Result<(), Problem> {
        self.shared.renew();
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let changed: Vec<PathBuf> = files.iter().filter(|(path, known)| stamp(path) != *known).map(|(path, _)| path.clone()).collect();
        let stylebook = self.shared.setting().stylebook_path;
        match changed.as_slice() {
            [] => Ok(()),
            [path] if Some(path) == stylebook.as_ref() => self.restyle(path, &mut files),
            _ => self.load_again(&mut files),
        }
    }
}

impl Decide for Desk {
    /// Into the stylebook that the configuration names, which is made where it isn't there.
    fn decide(&self, decision: &Decision) -> Result<(), Problem> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let book = BookFile::of(&Plan::of(self.config.clone(), &self.overrides)?)?;
        let edit = decision.edit(book.text()).map_err(|fault| Problem::new(book.path(), fault))?;
        if let Some(edit) = edit {
            book.write(&apply(book.text(), &[edit]))?;
            self.restyle(book.path(), &mut files)?;
        }
        Ok(())
    }
}

/// The files whose change is seen by itself: sources are read again when the server is told to, or come from an archive. Those that were known
/// `before` are as they were when they were read.
fn kept_up(setting: &Setting, before: &Stamps) -> Stamps {
    let mut files = stamps([&setting.config_path, &setting.stylebook_path, &setting.baseline.path]);
    for (path, known) in &mut files {
        if let Some((_, earlier)) = before.iter().find(|(other, _)| other == path) {
            *known = *earlier;
        }
    }
    files
}

fn stamps(files: [&Option<PathBuf>; 3]) -> Stamps {
    files.into_iter().flatten().map(|path| (path.clone(), stamp(path))).collect()
}

/// Keeps a desk up with its files; runs as long as the server.
pub(super) async fn keep(desk: Arc<Desk>) {
    let mut hangups = Hangups::new();
    loop {
        let is_told = tokio::select! {
            () = tokio::time::sleep(EVERY) => false,
            () = hangups.next() => true,
        };
        let looking = desk.clone();
        let looked = tokio::task::spawn_blocking(move || if is_told { looking.reload() } else { looking.look() }).await;
        if let Ok(Err(problem)) = looked {
            remark(&problem.to_string());
        }
    }
}

/// The signals by which a server is told to read everything again, where there are such.
struct Hangups {
    #[cfg(unix)]
    signals: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    fn new() -> Self {
        Self {
            #[cfg(unix)]
            signals: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signals) = &mut self.signals
            && signals.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}
