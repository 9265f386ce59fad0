//! What is known of an open draft's text, kept from one version to the next.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::civil::Date;

use super::loaded::{Loaded, today};
use super::work::Pace;
use crate::check::{Fate, Style};
use crate::corpus::CorpusError;
use crate::document::Document;
use crate::features::{Draft, Rereader};

#[derive(Debug, Default)]
pub(super) struct Analysis {
    /// Held while a version is read and checked.
    rereader: Mutex<Rereader>,
    /// Held for a moment only.
    last: Mutex<Option<(Key, Arc<Draft>)>>,
    config: Mutex<ConfigPath>,
    /// Held by who asks for diagnostics until the answer is on its way, so that the answers come in the order of the questions: an editor
    /// keeps what came last.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// Held while a version is checked and while that waits: a second check would only wait for the first, in a place that another draft
    /// could have.
    pub(super) checking: tokio::sync::Mutex<()>,
    pub(super) pace: Pace,
    /// The revision that the editor has.
    newest: AtomicU64,
}

/// No revision: the draft is closed.
const CLOSED: u64 = 0;

/// The configuration's file that holds for a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum ConfigPath {
    #[default]
    NotLookedFor,
    /// The built-in configuration has none.
    Found(Option<PathBuf>),
}

/// What a check depends on: the text, the setting and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    revision: u64,
    epoch: u64,
    as_of: Option<Date>,
}

/// When a check is given up: when its text is no longer the editor's, when others wait for its place, or when it has taken too long.
pub(super) struct Stop {
    analysis: Arc<Analysis>,
    revision: u64,
    gives_way: AtomicBool,
    end: Instant,
}

impl Stop {
    pub(super) fn new(analysis: Arc<Analysis>, revision: u64, end: Instant) -> Self {
        Self { analysis, revision, gives_way: AtomicBool::new(false), end }
    }

    /// Has the check come again later.
    pub(super) fn give_way(&self) {
        self.gives_way.store(true, Ordering::Relaxed);
    }

    /// Whether the editor has another text by now, or none.
    pub(super) fn is_superseded(&self) -> bool {
        self.analysis.newest.load(Ordering::Relaxed) != self.revision
    }

    fn is_called_off(&self) -> bool {
        self.gives_way.load(Ordering::Relaxed) || self.is_superseded()
    }

    fn goes_on(&self) -> bool {
        !self.is_called_off() && Instant::now() < self.end
    }
}

impl Analysis {
    /// Says which revision the editor has.
    pub(super) fn is_at(&self, revision: u64) {
        self.newest.store(revision, Ordering::Relaxed);
    }

    /// Says that the draft is closed: a check under way is of no use.
    pub(super) fn close(&self) {
        self.newest.store(CLOSED, Ordering::Relaxed);
    }

    /// The draft as checked at a revision, if that has been done already.
    pub(super) fn known(&self, revision: u64, loaded: &Loaded, as_of: Option<Date>) -> Option<Arc<Draft>> {
        let wanted = Key { revision, epoch: loaded.epoch, as_of };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(key, _)| *key == wanted).map(|(_, draft)| draft.clone())
    }

    /// Reads and checks a revision, unless that has been done; none where it was called off. The draft that it takes the place of is left
    /// in `before`.
    pub(super) fn draft(
        &self,
        document: impl FnOnce() -> Document,
        (loaded, path, as_of, is_source): (&Loaded, Option<&Path>, Option<Date>, bool),
        stop: &Stop,
        before: &mut Option<Arc<Draft>>,
    ) -> Result<Option<Arc<Draft>>, CorpusError> {
        let mut slot = self.rereader.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out, so that a panic leaves a fresh one and no half-made one.
        let mut rereader = std::mem::take(&mut *slot);
        let config = loaded.setting.config_at(path);
        let style = Style { config: &config, as_of };
        let mut draft = rereader.draft_while(document(), &*loaded.setting.corpus, style, &|| stop.goes_on())?;
        *slot = rereader;
        if !draft.is_whole && stop.is_called_off() {
            return Ok(None);
        }
        if is_source {
            // It is what drafts are held against.
            draft.sort_out(|_, _| Fate::LeftOut);
        } else if let Some(path) = path {
            loaded.setting.quieten(&mut draft, path, as_of.unwrap_or_else(today));
        }
        let (draft, key) = (Arc::new(draft), Key { revision: stop.revision, epoch: loaded.epoch, as_of });
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // A request may still be about an older version.
        if last.as_ref().is_none_or(|(known, _)| known.revision <= key.revision) {
            *before = last.replace((key, draft.clone())).map(|(_, draft)| draft);
        }
        Ok(Some(draft))
    }

    /// What has been read so far, to read another version from.
    pub(super) fn reread(&self) -> Rereader {
        self.rereader.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn configuration(&self) -> ConfigPath {
        self.config.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn found_configuration(&self, config: Option<PathBuf>) {
        *self.config.lock().unwrap_or_else(PoisonError::into_inner) = ConfigPath::Found(config);
    }

    pub(super) fn forget_configuration(&self) {
        *self.config.lock().unwrap_or_else(PoisonError::into_inner) = ConfigPath::NotLookedFor;
    }
}
