//! What a way of writing a name is compared by.

use std::sync::OnceLock;

use crate::reader::PersonName;
use crate::text::{deletion_hashes, name_key, sound_key, spelling_hash};

/// What follows from a form: worked out for the first who asks, since an archive has millions that nobody asks about.
#[derive(Clone, Debug, Default)]
pub(in crate::corpus) struct Compared(OnceLock<Box<Parts>>);

/// What a form is compared by.
#[derive(Clone, Debug)]
pub struct Parts {
    /// As [`name_key`] gives it.
    pub key: String,
    /// The parts of the form, should it be a person's.
    pub person: PersonName,
    /// The keys of a person's surname, of the given names and of the first of them; none where the form has no such part.
    pub surname: Option<String>,
    pub given: Option<String>,
    pub first_given: Option<String>,
}

impl Compared {
    pub(in crate::corpus) fn of(&self, form: &str) -> &Parts {
        self.0.get_or_init(|| {
            let person = PersonName::parse(form);
            let key = |part: &Option<String>| part.as_deref().map(name_key);
            let (surname, given, first_given) = (key(&person.surname), key(&person.given), person.first_given_key());
            Box::new(Parts { key: name_key(form), person, surname, given, first_given })
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

/// Hashes of a word's letters and of its sound: words that are spelt alike or sound alike share one of these.
pub(in crate::corpus) fn likenesses(word: &str) -> Vec<u64> {
    let mut hashes = deletion_hashes(word);
    let sound = sound_key(word);
    if sound.len() >= 3 {
        // A blank keeps a sound from meeting a word.
        hashes.push(spelling_hash(&format!(" {sound}")));
    }
    hashes
}
