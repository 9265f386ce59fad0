//! Who is credited with words, and whether two credits may mean the same mouth.

use crate::gazetteer::is_metonym;
use crate::reader::{Subject, SubjectKind};
use crate::text::folded;

/// Who is said to have said something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in its text.
    pub name: String,
    pub kind: SubjectKind,
}

impl Speaker {
    pub fn of(subject: &Subject) -> Self {
        Self { name: subject.name.clone(), kind: subject.kind }
    }

    /// Whether both may be one: two persons where the one's last name stands in the other's name, two organisations where
    /// they share a word or the one is the other's initials. A person may speak for any organisation.
    pub fn may_be(&self, other: &Self) -> bool {
        match (self.kind, other.kind) {
            (SubjectKind::Person, SubjectKind::Person) => same_person(&self.name, &other.name),
            (SubjectKind::Organisation, SubjectKind::Organisation) => same_body(&self.name, &other.name),
            _ => true,
        }
    }
}

fn words(name: &str) -> Vec<String> {
    folded(name).split_whitespace().map(str::to_owned).collect()
}

fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    match (a.last(), b.last()) {
        (Some(x), Some(y)) => a.contains(y) || b.contains(x),
        _ => true,
    }
}

fn same_body(a: &str, b: &str) -> bool {
    if is_metonym(a) || is_metonym(b) {
        return true;
    }
    let initials =
        |name: &str| name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect::<String>();
    let is_acronym = |name: &str| name.len() > 1 && name.chars().all(char::is_uppercase);
    let abbreviates =
        |short: &str, long: &str| is_acronym(short) && (short == long || !is_acronym(long) && initials(long).starts_with(short));
    let (x, y) = (words(a), words(b));
    abbreviates(a, b) || abbreviates(b, a) || x.iter().any(|word| word.chars().count() > 3 && y.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(kind: SubjectKind, a: &str, b: &str) -> bool {
        let speaker = |name: &str| Speaker { name: name.to_owned(), kind };
        assert_eq!(speaker(a).may_be(&speaker(b)), speaker(b).may_be(&speaker(a)));
        speaker(a).may_be(&speaker(b))
    }

    #[test]
    fn persons_are_told_apart_by_their_last_names() {
        assert!(may_be(SubjectKind::Person, "Anna Brandvold", "Brandvold"));
        assert!(!may_be(SubjectKind::Person, "Anna Brandvold", "Peter Quillfeather"));
    }

    #[test]
    fn organisations_are_told_apart_by_words_and_initials() {
        assert!(may_be(SubjectKind::Organisation, "Harbour Commission", "Commission"));
        assert!(may_be(SubjectKind::Organisation, "International Harbour Union", "IHU"));
        assert!(may_be(SubjectKind::Organisation, "Kremlin", "Harbour Commission"), "a metonym may be anybody's");
        assert!(!may_be(SubjectKind::Organisation, "Harbour Commission", "IHU"));
        assert!(!may_be(SubjectKind::Organisation, "Harbour Commission", "Fisheries Council"));
    }

    #[test]
    fn a_person_may_speak_for_an_organisation() {
        let person = Speaker { name: "Anna Brandvold".into(), kind: SubjectKind::Person };
        assert!(person.may_be(&Speaker { name: "Harbour Commission".into(), kind: SubjectKind::Organisation }));
    }
}
