//! One way of writing a name over all sources, with what it is compared by.

use std::cmp::{Ordering, Reverse};
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

    /// The best attested first, in an order that doesn't depend on when a form came.
    pub fn by_attestation(&self, other: &Self) -> Ordering {
        let key = |form: &Self| (Reverse(form.count), form.person, form.acronym, form.group);
        key(self).cmp(&key(other)).then_with(|| self.text.cmp(&other.text))
    }

    /// What it is compared by.
    pub fn compared(&self) -> &Parts {
        self.compared.of(&self.text)
    }
}
