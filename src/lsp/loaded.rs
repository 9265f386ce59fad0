//! What drafts are checked against at one time: a setting as loaded, and the day.

use std::sync::Arc;

use jiff::civil::Date;

use crate::workspace::{Problem, Setting};

/// A setting as loaded at one time.
pub(super) struct Loaded {
    pub(super) setting: Setting,
    /// Another at each load, of whichever configuration.
    pub(super) epoch: u64,
}

/// How a load ended.
pub(super) type Load = Result<Arc<Loaded>, Problem>;

impl Loaded {
    /// A name for this load and the day: what is found in the same text under the same name is the same.
    pub(super) fn against(&self) -> String {
        format!("{}-{}", self.epoch, today())
    }
}

pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}
