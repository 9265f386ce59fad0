//! Who is credited with words, and whether two credits may mean the same mouth.

use serde::{Deserialize, Serialize};

use crate::corpus::identity::may_be_one;
use crate::reader::{Subject, SubjectKind};
use crate::text::{name_key, stable_hash};

/// Where romanisations and slips go different ways, it is mostly behind so many letters.
const LETTERS_OF_A_MOUTH: usize = 3;

/// Who is said to have said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name in its text.
    pub name: String,
    pub kind: SubjectKind,
}

impl Speaker {
    pub fn of(subject: &Subject) -> Self {
        Self { name: subject.name.clone(), kind: subject.kind }
    }

    /// Whether both may be one, by their names. A person may speak for any organisation.
    pub fn may_be(&self, other: &Self) -> bool {
        self.kind != other.kind || self.kind == SubjectKind::Place || may_be_one(self.kind, &self.name, &other.name)
    }
}

/// Those whose surnames begin alike, as the spellings of one name do: who finds something by it looks whether they are one.
pub(in crate::corpus) fn mouth(name: &str) -> u64 {
    let key = name_key(name);
    let surname = key.rsplit(' ').next().unwrap_or_default();
    let end = surname.char_indices().nth(LETTERS_OF_A_MOUTH).map_or(surname.len(), |(end, _)| end);
    stable_hash(&[&surname[..end]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_may_speak_for_an_organisation() {
        let speaker = |kind, name: &str| Speaker { name: name.into(), kind };
        let person = speaker(SubjectKind::Person, "Anna Brandvold");
        assert!(person.may_be(&speaker(SubjectKind::Organisation, "Harbour Commission")));
        assert!(!person.may_be(&speaker(SubjectKind::Person, "Peter Quillfeather")));
    }
}
