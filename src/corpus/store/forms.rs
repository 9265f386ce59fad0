//! One way of writing a name over all sources, with what it is compared by.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::facts::{GroupId, NameFact};
use super::super::names::{Compared, Parts};
use super::keys::{Key, name_keys_of};
use crate::reader::SubjectKind;
use crate::text::StableHash;

/// What tells one way of writing a name from others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wording {
    pub text: Arc<str>,
    /// Whether it is a person's.
    pub person: bool,
    pub acronym: bool,
    pub group: GroupId,
}

impl Wording {
    /// Those that a name counts for.
    pub fn of(name: &NameFact) -> impl Iterator<Item = Self> {
        let person = name.kind == SubjectKind::Person;
        let of = move |text: Arc<str>, acronym| Self { text, person, acronym, group: name.group };
        let acronym = name.acronym.as_deref().map(|acronym| of(acronym.into(), true));
        std::iter::once(of(name.form.clone(), false)).chain(acronym)
    }

    /// What leads to it.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = name_keys_of(&self.text, self.person, self.acronym);
        if !self.acronym {
            keys.push(Key::group(self.group));
        }
        keys
    }

    /// A number for it, the same in every store.
    pub fn number(&self) -> u64 {
        let kind = u64::from(self.person) << 1 | u64::from(self.acronym);
        StableHash::default().text(&self.text).number(kind).number(self.group.number()).finish()
    }
}

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
    /// Its wording's.
    number: u64,
    compared: Compared,
}

impl Form {
    pub fn new(wording: Wording, count: u32) -> Self {
        let number = wording.number();
        let Wording { text, person, acronym, group } = wording;
        Self { text, person, acronym, group, count, number, compared: Compared::default() }
    }

    pub fn wording(&self) -> Wording {
        Wording { text: self.text.clone(), person: self.person, acronym: self.acronym, group: self.group }
    }

    /// What it is compared by.
    pub fn compared(&self) -> &Parts {
        self.compared.of(&self.text)
    }

    /// The best attested first; of equals in an order that means nothing and is the same in every store, so that one that keeps millions
    /// finds the first of them without looking at the rest.
    pub fn by_attestation(&self, other: &Self) -> Ordering {
        let key = |form: &Self| (Reverse(form.count), form.number);
        key(self).cmp(&key(other)).then_with(|| self.text.cmp(&other.text))
    }
}
