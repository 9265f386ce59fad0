//! The parts of a person's name.

use super::PersonName;
use super::beside_names::BESIDE_NAMES;
use crate::gazetteer::{WordClass, name_use, word_class};
use crate::text::folded;

/// Splits a name as written into given names and surname. `surname_first` where the text shows that the family name leads.
pub(super) fn parts(name: &str, surname_first: bool) -> PersonName {
    // A nickname in quotation marks is no part of the name by which somebody is registered.
    let words: Vec<&str> = name.split_whitespace().filter(|word| !is_nickname(word)).collect();
    let end = words.iter().rposition(|word| !is_suffix(word)).map_or(words.len(), |last| last + 1);
    let words = &words[..end];
    let Some((&last, before)) = words.split_last() else { return PersonName::default() };
    if before.is_empty() {
        return PersonName { given: None, surname: Some(last.to_owned()) };
    }
    if surname_first || looks_surname_first(words) {
        return PersonName { given: Some(words[1..].join(" ")), surname: Some(words[0].to_owned()) };
    }
    // "Von der Leyden" at the start of a sentence; but Al, Ben and Van are given names as well.
    if before.iter().all(|word| is_particle(word)) && !name_use(&folded(before[0])).given {
        return PersonName { given: None, surname: Some(words.join(" ")) };
    }
    let from = before.iter().position(|word| is_particle(word)).filter(|&at| at > 0).unwrap_or(before.len());
    PersonName { given: Some(words[..from].join(" ")), surname: Some(words[from..].join(" ")) }
}

fn is_nickname(word: &str) -> bool {
    word.starts_with(['"', '“', '‘', '\'']) && word.ends_with(['"', '”', '’', '\''])
}

fn is_suffix(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    word_class(&word.to_lowercase()).is(WordClass::SUFFIX)
}

fn is_particle(word: &str) -> bool {
    let lower = word.starts_with(char::is_lowercase) && !word.contains(['-', '‑']);
    (lower || BESIDE_NAMES.capital_particle.has(word)) && word_class(&word.to_lowercase()).is(WordClass::PARTICLE) && word != "of"
}

/// A Chinese, Korean, Vietnamese or Hungarian name in its own order: "Xi Jinping".
fn looks_surname_first(words: &[&str]) -> bool {
    if words.len() > 3 || words.iter().any(|word| word.contains('.')) {
        return false;
    }
    let first = folded(words[0]);
    let last = folded(words[words.len() - 1]);
    let east_asian = word_class(&first).is(WordClass::EAST_ASIAN_SURNAME)
        && !word_class(&last).is(WordClass::EAST_ASIAN_SURNAME)
        && (!name_use(&last).family || last.contains('-'));
    east_asian || leads_by_given_name(words, &first)
}

/// Whether what stands behind the first word can only be a given name.
fn leads_by_given_name(words: &[&str], first: &str) -> bool {
    words.len() == 2 && is_given_of_syllables(words[1]) || is_hungarian(words, first)
}

/// Whether a name of several words has a given name of Korea, China or Hungary in it, wherever that stands.
pub(super) fn has_given_of_its_own(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, .., last] = words[..] else { return false };
    // With a surname beside it, be it misspelt.
    let beside_surname = |given: &str, surname: &str| {
        let hyphened = given.split_once(['-', '‑']).is_some_and(|(_, two)| two.starts_with(char::is_lowercase));
        hyphened && word_class(&folded(surname)).is(WordClass::EAST_ASIAN_SURNAME)
    };
    let of_syllables = || is_given_of_syllables(first) || beside_surname(last, first) || beside_surname(first, last);
    words.len() == 2 && of_syllables() || leads_by_given_name(&words, &folded(first))
}

/// "Ji-won": whatever stands before it is the surname.
fn is_given_of_syllables(word: &str) -> bool {
    word.split_once(['-', '‑']).is_some_and(|(one, two)| are_given_syllables(one, two))
}

/// Whether two words with a hyphen between are a given name of Korea or China: the one with a capital, the other without.
pub(super) fn are_given_syllables(one: &str, two: &str) -> bool {
    let known = |syllable: &str| BESIDE_NAMES.given_syllable.has_in_any_case(syllable);
    one.starts_with(char::is_uppercase) && two.starts_with(char::is_lowercase) && known(one) && known(two) && !one.eq_ignore_ascii_case(two)
}

/// A Hungarian name in its own order: "Kovács Béla".
fn is_hungarian(words: &[&str], first: &str) -> bool {
    !name_use(first).given && words[1..].iter().all(|word| BESIDE_NAMES.hungarian_given.has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(name: &str) -> (String, String) {
        let name = parts(name, false);
        (name.given.unwrap_or_default(), name.surname.unwrap_or_default())
    }

    #[test]
    fn given_names_and_surnames() {
        assert_eq!(split("Anja Kowalczyk"), ("Anja".into(), "Kowalczyk".into()));
        assert_eq!(split("Ursula von der Leyden"), ("Ursula".into(), "von der Leyden".into()));
        assert_eq!(split("J. P. Mara Jr."), ("J. P.".into(), "Mara".into()));
        assert_eq!(split("Khalid al-Mutari"), ("Khalid".into(), "al-Mutari".into()));
        assert_eq!(split("Xi Weiqing"), ("Weiqing".into(), "Xi".into()));
        assert_eq!(split("Jonas “Jojo” Maren"), ("Jonas".into(), "Maren".into()));
        assert_eq!(split("Lai Chih-ming"), ("Chih-ming".into(), "Lai".into()));
        assert_eq!(split("Quill Ji-won"), ("Ji-won".into(), "Quill".into()));
        assert_eq!(split("Ji-won Quill"), ("Ji-won".into(), "Quill".into()));
        assert_eq!(split("Brandvoldi Béla"), ("Béla".into(), "Brandvoldi".into()));
        assert_eq!(split("Béla Brandvoldi"), ("Béla".into(), "Brandvoldi".into()));
        assert_eq!(split("Anna Éva"), ("Anna".into(), "Éva".into()));
        assert_eq!(split("Solvang"), (String::new(), "Solvang".into()));
    }
}
