//! What the sessions of one server share that serves many editors: a setting that holds for all their drafts, loaded once, and the cores.

use std::sync::Arc;

use tokio::sync::watch;

use super::loaded::Loaded;
use super::work::Work;
use crate::workspace::Setting;

/// A setting for all drafts, until another takes its place.
pub struct Shared {
    loaded: watch::Sender<Arc<Loaded>>,
    pub(super) work: Arc<Work>,
}

impl Shared {
    pub fn new(setting: Setting) -> Self {
        Self { loaded: watch::Sender::new(Arc::new(Loaded::new(setting, 1))), work: Arc::default() }
    }

    pub fn setting(&self) -> Setting {
        self.loaded.borrow().setting.clone()
    }

    /// Puts another in its place; all drafts that are open are checked against it.
    pub fn replace(&self, setting: Setting) {
        self.loaded.send_modify(|loaded| *loaded = Arc::new(Loaded::new(setting, loaded.epoch.saturating_add(1))));
    }

    /// Has the drafts checked again where their archive has changed since.
    pub fn renew(&self) {
        let loaded = self.loaded();
        let now = Loaded::generation_of(&loaded.setting);
        if now.is_some() && now != loaded.generation {
            self.replace(loaded.setting.clone());
        }
    }

    pub(super) fn loaded(&self) -> Arc<Loaded> {
        self.loaded.borrow().clone()
    }

    /// Tells of each that takes the place of another.
    pub(super) fn changes(&self) -> watch::Receiver<Arc<Loaded>> {
        self.loaded.subscribe()
    }
}
