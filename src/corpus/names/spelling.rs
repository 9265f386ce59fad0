//! One way of writing a name, with what it is compared by.

use super::{Compared, Parts};
use crate::corpus::Citation;
use crate::reader::PersonName;

/// One way of writing a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub form: String,
    /// How many sources write it so, and how many of each outlet.
    pub sources: u32,
    pub outlets: Vec<(String, u32)>,
    /// A few places where it stands, the latest first.
    pub citations: Vec<Citation>,
    compared: Compared,
}

impl Spelling {
    pub fn new(form: String, sources: u32) -> Self {
        Self { form, sources, outlets: Vec::new(), citations: Vec::new(), compared: Compared::default() }
    }

    /// What the form is compared by.
    pub(in crate::corpus) fn parts(&self) -> &Parts {
        self.compared.of(&self.form)
    }

    /// The form as [`crate::text::name_key`] gives it.
    pub fn key(&self) -> &str {
        &self.parts().key
    }

    /// The parts of the form, should it be a person's.
    pub fn person(&self) -> &PersonName {
        &self.parts().person
    }

    /// The key of a person's surname; none where the form has no surname.
    pub fn surname_key(&self) -> Option<&str> {
        self.parts().surname.as_deref()
    }

    /// The key of a person's first given name.
    pub fn given_key(&self) -> Option<&str> {
        self.parts().first_given.as_deref()
    }
}
