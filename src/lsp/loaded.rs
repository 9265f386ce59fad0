//! What drafts are checked against at one time: a setting as loaded, and the day.

use std::sync::Arc;

use jiff::civil::Date;

use crate::corpus::Generation;
use crate::workspace::{Problem, Setting};

/// A setting as loaded at one time.
pub(super) struct Loaded {
    pub(super) setting: Setting,
    /// Another at each load, of whichever configuration.
    pub(super) epoch: u64,
    /// That of an archive, which others may change.
    pub(super) generation: Option<Generation>,
}

/// How a load ended.
pub(super) type Load = Result<Arc<Loaded>, Problem>;

impl Loaded {
    pub(super) fn new(setting: Setting, epoch: u64) -> Self {
        let generation = Self::generation_of(&setting);
        Self { setting, epoch, generation }
    }

    /// The generation of the archive that a setting is of, as it is now.
    pub(super) fn generation_of(setting: &Setting) -> Option<Generation> {
        setting.archive.as_ref().and_then(|_| setting.sources.extent().ok()).map(|extent| extent.generation)
    }

    /// A name for this load and the day: what is found in the same text under the same name is the same.
    pub(super) fn against(&self) -> String {
        format!("{}-{}", self.epoch, today())
    }
}

pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}
