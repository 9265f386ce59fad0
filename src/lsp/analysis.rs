//! What is known of an open draft's text, kept from one version to the next.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::loaded::Loaded;
use crate::check::Style;
use crate::corpus::CorpusError;
use crate::document::Document;
use crate::features::{Draft, Rereader};
use crate::markup::Format;

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
}

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

impl Analysis {
    /// The draft as checked at a revision, if that has been done already.
    pub(super) fn known(&self, revision: u64, loaded: &Loaded, as_of: Option<Date>) -> Option<Arc<Draft>> {
        let wanted = Key { revision, epoch: loaded.epoch, as_of };
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(key, _)| *key == wanted).map(|(_, draft)| draft.clone())
    }

    /// Reads and checks a revision, unless that has been done; the draft that it takes the place of is left in `before`.
    pub(super) fn draft(
        &self,
        revision: u64,
        (source, format): (impl FnOnce() -> Arc<str>, Format),
        (loaded, as_of): (&Loaded, Option<Date>),
        before: &mut Option<Arc<Draft>>,
    ) -> Result<Arc<Draft>, CorpusError> {
        let mut slot = self.rereader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(draft) = self.known(revision, loaded, as_of) {
            return Ok(draft);
        }
        // Taken out, so that a panic leaves a fresh one and no half-made one.
        let mut rereader = std::mem::take(&mut *slot);
        let style = Style { config: &loaded.setting.config, as_of };
        let draft = Arc::new(rereader.draft(Document::parse(source(), format), &*loaded.setting.corpus, style)?);
        *slot = rereader;
        let key = Key { revision, epoch: loaded.epoch, as_of };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // A request may still be about an older version.
        if last.as_ref().is_none_or(|(known, _)| known.revision <= key.revision) {
            *before = last.replace((key, draft.clone())).map(|(_, draft)| draft);
        }
        Ok(draft)
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
