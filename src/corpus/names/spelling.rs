//! One way of writing a name, with what it is compared by.

use std::sync::OnceLock;

use crate::corpus::Citation;
use crate::reader::PersonName;
use crate::text::name_key;

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

    /// The form as [`name_key`] gives it.
    pub fn key(&self) -> &str {
        &self.compared.of(&self.form).key
    }

    /// The parts of the form, should it be a person's.
    pub fn person(&self) -> &PersonName {
        &self.compared.of(&self.form).person
    }

    /// The key of a person's surname; none where the form has no surname.
    pub fn surname_key(&self) -> Option<&str> {
        self.compared.of(&self.form).surname.as_deref()
    }

    /// The key of a person's first given name.
    pub fn given_key(&self) -> Option<&str> {
        self.compared.of(&self.form).given.as_deref()
    }
}

/// What follows from a form: worked out for the first who asks, since an archive has millions that nobody asks about.
#[derive(Clone, Debug, Default)]
struct Compared(OnceLock<Box<Parts>>);

#[derive(Clone, Debug)]
struct Parts {
    key: String,
    person: PersonName,
    surname: Option<String>,
    given: Option<String>,
}

impl Compared {
    fn of(&self, form: &str) -> &Parts {
        self.0.get_or_init(|| {
            let person = PersonName::parse(form);
            let surname = person.surname.as_deref().map(name_key);
            Box::new(Parts { key: name_key(form), surname, given: person.first_given_key(), person })
        })
    }
}

/// Two of one form are equal whether or not somebody has asked.
impl PartialEq for Compared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Compared {}
