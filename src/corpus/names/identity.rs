//! Whether two names may mean one person, place or body: the one place that decides it, for speakers, holders of titles and
//! spellings alike. What a stylebook or the sources know of a name, its record says.

use crate::gazetteer::{is_metonym, is_whole_romanisation, may_be_one_given_name, same_name, script_of};
use crate::reader::{PersonName, SubjectKind};
use crate::text::{folded, name_key, slip};

/// Whether two names of this kind may be one's: a shorter form, another romanisation or a slip of the other.
pub fn may_be_one(kind: SubjectKind, a: &str, b: &str) -> bool {
    match kind {
        SubjectKind::Person => may_be_one_person(a, b),
        SubjectKind::Organisation => may_be_one_body(a, b),
        SubjectKind::Place => name_key(a) == name_key(b),
    }
}

fn may_be_one_person(a: &str, b: &str) -> bool {
    let (one, other) = (PersonName::parse(a), PersonName::parse(b));
    let (Some(surname), Some(theirs)) = (one.surname.as_deref().map(name_key), other.surname.as_deref().map(name_key)) else { return true };
    let has_word = |name: &str, word: &str| name_key(name).split(' ').any(|part| part == word);
    let last = |surname: &str| surname.rsplit(' ').next().unwrap_or_default().to_owned();
    if has_word(a, &last(&theirs)) || has_word(b, &last(&surname)) {
        return true;
    }
    let givens = match (one.first_given_key(), other.first_given_key()) {
        (Some(given), Some(other)) => is_one_given_name(&given, &other, &surname),
        _ => true,
    };
    givens && (is_romanisation(&surname, &theirs, &one.first_given_key().unwrap_or_default()) || slip(&surname, &theirs).is_some())
}

/// Whether two first given names, folded, may be one's: equal, an initial, a nickname, another romanisation or a slip.
fn is_one_given_name(a: &str, b: &str, surname: &str) -> bool {
    PersonName::may_be_initial_of(a, b) || may_be_one_given_name(a, b) || is_romanisation(a, b, surname) || slip(a, b).is_some()
}

fn may_be_one_body(a: &str, b: &str) -> bool {
    if is_metonym(a) || is_metonym(b) {
        return true;
    }
    let initials =
        |name: &str| name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect::<String>();
    let is_acronym = |name: &str| name.len() > 1 && name.chars().all(char::is_uppercase);
    let abbreviates =
        |short: &str, long: &str| is_acronym(short) && (short == long || !is_acronym(long) && initials(long).starts_with(short));
    let words = |name: &str| -> Vec<String> { folded(name).split_whitespace().map(str::to_owned).collect() };
    let (x, y) = (words(a), words(b));
    abbreviates(a, b) || abbreviates(b, a) || x.iter().any(|word| word.chars().count() > 3 && y.contains(word))
}

/// Whether two different folded names are one name in two romanisations; `beside` are other words of the name that show its script.
pub fn is_romanisation(a: &str, b: &str, beside: &str) -> bool {
    romanised(a, b, beside, same_name)
}

/// The same where each is what a whole romanisation system makes of it, and not the other with a consonant dropped, doubled or changed.
pub fn is_other_romanisation(a: &str, b: &str, beside: &str) -> bool {
    romanised(a, b, beside, is_whole_romanisation)
}

fn romanised(a: &str, b: &str, beside: &str, is_one: fn(&str, &str, crate::gazetteer::Script) -> bool) -> bool {
    let script = script_of(a.split(' '))
        .or_else(|| script_of(b.split(' ')))
        .or_else(|| script_of(beside.split(' ').filter(|word| !word.is_empty())));
    a != b && script.is_some_and(|script| is_one(a, b, script))
}

/// Whether two folded words are the same but for a letter written once in the one and twice in the other: "kiril", "kirill".
pub fn differ_in_doubling(a: &str, b: &str) -> bool {
    let single = |word: &str| -> String {
        let mut last = None;
        word.chars().filter(|&letter| last.replace(letter) != Some(letter)).collect()
    };
    a != b && single(a) == single(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(kind: SubjectKind, a: &str, b: &str) -> bool {
        assert_eq!(may_be_one(kind, a, b), may_be_one(kind, b, a), "{a}, {b}");
        may_be_one(kind, a, b)
    }

    #[test]
    fn a_shorter_form_a_romanisation_and_a_slip_are_one_person() {
        for (a, b) in [
            ("Anna Brandvold", "Brandvold"),
            ("Mykhailo Dobryansky", "Mykhailo Dobryanskyy"),
            ("Sergei Lavrynchuk", "Serhiy Lavrinchuk"),
            ("Anna Brandvold", "Anna Brandwold"),
            ("Kofi Osei-Brandvold", "Kofi Osei-Brandvold"),
            ("Nuala O’Brandvold", "Ms O'Brandvold"),
        ] {
            assert!(may_be(SubjectKind::Person, a, b), "{a}, {b}");
        }
        for (a, b) in [("Anna Brandvold", "Peter Quillfeather"), ("Anna Brandvold", "Peter Brandwold")] {
            assert!(!may_be(SubjectKind::Person, a, b), "{a}, {b}");
        }
    }

    #[test]
    fn bodies_are_told_apart_by_words_and_initials() {
        let body = |a, b| may_be(SubjectKind::Organisation, a, b);
        assert!(body("Harbour Commission", "Commission") && body("International Harbour Union", "IHU"));
        assert!(body("Kremlin", "Harbour Commission"), "a metonym may be anybody's");
        assert!(!body("Harbour Commission", "IHU") && !body("Harbour Commission", "Fisheries Council"));
    }

    #[test]
    fn a_consonant_dropped_doubled_or_changed_is_no_other_system() {
        for (a, b) in [("dobryansky", "dobryanskyy"), ("lavrynchuk", "lavrinchuk"), ("pushkarenko", "puschkarenko"), ("oleg", "oleh")] {
            assert!(is_other_romanisation(a, b, "dobryansky"), "{a}, {b}");
        }
        for (a, b) in [("kiril", "kirill"), ("lubarev", "lubarew"), ("lubarev", "lubaref"), ("tarkoff", "tarkof")] {
            assert!(is_romanisation(a, b, "dobryansky") && !is_other_romanisation(a, b, "dobryansky"), "{a}, {b}");
        }
    }
}
