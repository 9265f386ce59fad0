//! One way of writing a name over all sources, with what it is compared by.

use std::sync::Arc;

use super::super::facts::GroupId;
use super::super::names::{Compared, Parts};

/// A way of writing a name, or an abbreviation of one.
#[derive(Clone, Debug)]
pub struct Form {
    pub text: Arc<str>,
    /// Whether it is a person's.
    pub person: bool,
    pub acronym: bool,
    pub group: GroupId,
    /// How many times sources write a name so, each subject of a source once.
    pub count: u32,
    compared: Compared,
}

impl Form {
    pub fn new(text: Arc<str>, person: bool, acronym: bool, group: GroupId, count: u32) -> Self {
        Self { text, person, acronym, group, count, compared: Compared::default() }
    }

    /// What it is compared by.
    pub fn compared(&self) -> &Parts {
        self.compared.of(&self.text)
    }
}
