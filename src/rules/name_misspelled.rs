//! A name that is a near miss of a known one, and not itself known.

use std::sync::Arc;

use super::Case;
use super::spelling::{self, Named, is_other_romanisation, is_word_of_its_own, slip};
use super::thresholds::{CITY_NAME, CITY_THAT_IS_KNOWN, KNOWN_WORD, LONG_WORD, MANY_SOURCES, SEVERAL_SOURCES, VERY_LONG_WORD, WORD};
use crate::corpus::identity::differ_in_doubling;
use crate::corpus::{NearRecord, Record};
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::word_class as title_word;
use crate::gazetteer::{PlaceKind, WordClass, exonyms, is_demonym, is_romanised, name_use, near_place, places, word_class};
use crate::reader::{PersonName, SubjectKind};
use crate::text::{differ_in_letters, folded, is_upper, name_key};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "name-misspelled",
    family: Family::Name,
    severity: Severity::Warning,
    fixes: Applicability::Safe,
    page: include_str!("../../docs/rules/name-misspelled.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let draft = case.names();
    draft.iter().filter_map(|named| check_name(case, draft, named)).flatten().collect()
}

/// Whether a name of the draft is said to be a slip of another.
pub(super) fn is_misspelled(case: &Case<'_>, named: &Named<'_>) -> bool {
    check_name(case, case.names(), named).is_some_and(|findings| !findings.is_empty())
}

fn check_name(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>) -> Option<Vec<Finding>> {
    if let Some(finding) = other_middle_of_one(case, named) {
        return Some(finding);
    }
    if let Some(record) = named.known() {
        let bearers = named.answer.map_or(&[][..], |answer| &answer.known);
        if let Some(finding) = missing_accent(case, named, record, bearers).or_else(|| other_accents(case, named, record)) {
            return Some(finding);
        }
        // What one source writes against many others may be that source's slip.
        let lone = record.weight() <= 1
            && named.answer.is_some_and(|answer| answer.near.iter().any(|near| near.distance == 1 && near.record.weight() >= MANY_SOURCES));
        if !lone {
            return None;
        }
    }
    let answer = named.answer?;
    let meant: Vec<(&NearRecord, String)> =
        answer.near.iter().filter_map(|near| likeliest_form(case, draft, named, &near.record).map(|form| (near, form))).collect();
    let Some((near, form)) = meant.first() else { return slip_of_a_known_place(case, named) };
    // Two people it may be: nobody can tell which.
    let rival = meant.iter().skip(1).any(|(other, other_form)| {
        other.distance == near.distance
            && spelling::differing(&named.subject.name, other_form) != spelling::differing(&named.subject.name, form)
            && !outweighs(draft, near, other)
    });
    if rival {
        return None;
    }
    report(case, named, &near.record, form)
}

/// Whether the draft or the sources speak plainly for the one record against the other.
fn outweighs(draft: &[Named<'_>], one: &NearRecord, other: &NearRecord) -> bool {
    is_in_draft(draft, &one.record) && !is_in_draft(draft, &other.record) || one.record.weight() >= MANY_SOURCES * other.record.weight()
}

fn report(case: &Case<'_>, named: &Named<'_>, record: &Record, form: &str) -> Option<Vec<Finding>> {
    // A surname alone stands for a full name in the record.
    let written =
        if named.is_person() && named.person.given.is_none() { named.person.surname.clone()? } else { named.subject.name.clone() };
    let (wrong, right) = spelling::differing(&written, form);
    if wrong == right {
        return None;
    }
    let places = spelling::places_of_word(case, &named.mentions, &wrong);
    let evidence = spelling::evidence(record, &right);
    let spelt_so = record.spellings.iter().filter(|spelling| spelling::has_words(&spelling.form, &right));
    let sources = spelt_so.map(|spelling| spelling.sources).sum::<u32>();
    let message = spelling::spelt_by(sources.max(1), &right, &wrong, &evidence);
    Some(spelling::finding(case, &RULE, &places, &right, &message, &evidence))
}

/// The name is known but for its accents: "Pranjic" where every source writes "Pranjić" of all who bear it.
fn missing_accent(case: &Case<'_>, named: &Named<'_>, record: &Record, bearers: &[Arc<Record>]) -> Option<Vec<Finding>> {
    let (written, forms) = if named.is_person() {
        (named.person.surname.clone()?, record.surnames())
    } else {
        (named.subject.name.clone(), record.surnames())
    };
    let (form, _) = forms.first()?;
    if let Some(finding) = missing_accent_of_two(case, named, record) {
        return Some(finding);
    }
    let plain = |form: &str| folded(form) == folded(&written) && differ_in_letters(form, &written);
    let accented = form.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let written_so = bearers.iter().any(|bearer| bearer.surnames().iter().any(|(form, _)| *form == written));
    (accented && plain(form) && !written_so && *form != written).then(|| {
        let places = spelling::places_of_word(case, &named.mentions, &written);
        let evidence = spelling::evidence(record, form);
        let message = spelling::spelt_by(record.sources, form, &written, &evidence);
        spelling::finding(case, &RULE, &places, form, &message, &evidence)
    })
}

/// The same of the first of two surnames: "Solis de Oré" where the sources have "Solís de Oré".
fn missing_accent_of_two(case: &Case<'_>, named: &Named<'_>, record: &Record) -> Option<Vec<Finding>> {
    let surnames = |name: &str| name.split_once(' ').map(|(_, behind)| behind.to_owned()).filter(|behind| behind.contains(' '));
    let written = surnames(&named.subject.name).filter(|_| named.is_person() && record.decision.is_none())?;
    let mut same = record.spellings.iter().filter(|spelling| spelling.key() == named.key).map(|spelling| &spelling.form);
    let form = same.next()?;
    let theirs = surnames(form)?;
    let missing = folded(&theirs) == folded(&written) && differ_in_letters(&theirs, &written) && theirs.len() > written.len();
    (missing && same.all(|other| other == form)).then(|| report(case, named, record, form)).flatten()
}

/// A full name that is written with accents, but not with those that all sources give it: "Sile Ní Bhriain" for "Síle".
fn other_accents(case: &Case<'_>, named: &Named<'_>, record: &Record) -> Option<Vec<Finding>> {
    let written = &named.subject.name;
    if !named.is_person() || written.is_ascii() || record.decision.is_some() {
        return None;
    }
    let mut same = record.spellings.iter().filter(|spelling| spelling.key() == named.key).map(|spelling| &spelling.form);
    let form = same
        .next()
        .filter(|form| *form != written && !form.is_ascii() && folded(form) == folded(written) && differ_in_letters(form, written))?;
    same.all(|other| other == form).then(|| report(case, named, record, form)).flatten()
}

/// A full name that differs in a middle word from the one that the sources have, of the only person whom they call so or nearly so.
fn other_middle_of_one(case: &Case<'_>, named: &Named<'_>) -> Option<Vec<Finding>> {
    let answer = named.answer.filter(|_| named.is_person())?;
    let near = answer.near.iter().map(|near| &near.record);
    let records = || answer.known.iter().chain(near.clone()).chain(&answer.namesakes);
    let mut forms = records().filter_map(|record| other_middle(named, record).map(|form| (record, form)));
    let (record, form) = forms.next()?;
    let is_only = records().all(|other| other.name == record.name || !shares_ends(named, other));
    // A particle or an initial apart may be a namesake, where many bear the surname.
    let roles = named.roles(case);
    let is_meant = || {
        name_is_rare(named.key.rsplit(' ').next().unwrap_or_default())
            || record.titles.iter().any(|title| roles.contains(&title.role.as_str()))
    };
    (is_only && is_meant()).then(|| report(case, named, record, &form)).flatten()
}

/// Whether a spelling of a record has the first and the last word of the draft's name.
fn shares_ends(named: &Named<'_>, record: &Record) -> bool {
    let ends = |key: &str| key.split(' ').next().zip(key.rsplit(' ').next()).map(|(first, last)| (first.to_owned(), last.to_owned()));
    let own = ends(named.key);
    record.spellings.iter().any(|spelling| ends(spelling.key()) == own)
}

/// The one spelling that the sources have of a full name, where the draft's differs from it in a middle word: another initial or particle, or a slip.
fn other_middle(named: &Named<'_>, record: &Record) -> Option<String> {
    if !named.is_person() || record.decision.is_some() {
        return None;
    }
    let written: Vec<&str> = named.key.split(' ').collect();
    let [first, middle @ .., last] = &*written else { return None };
    let mut meant = None;
    for spelling in &record.spellings {
        let words: Vec<&str> = spelling.key().split(' ').collect();
        let [own_first, own_middle @ .., own_last] = &*words else { continue };
        if own_middle.is_empty() {
            continue;
        }
        // Who is written in several ways may be written in another one.
        if own_middle.len() != middle.len()
            || own_first != first
            || own_last != last
            || meant.is_some_and(|(_, known)| known != own_middle.to_vec())
        {
            return None;
        }
        meant = Some((&spelling.form, own_middle.to_vec()));
    }
    let (form, own_middle) = meant?;
    let mut differing = middle.iter().zip(&own_middle).filter(|(one, other)| one != other);
    let (one, other) = differing.next()?;
    (differing.next().is_none() && is_other_middle(one, other, own_middle.len())).then(|| form.clone())
}

/// Whether two middle words are two initials, two particles, or a slip of each other.
fn is_other_middle(one: &str, other: &str, words: usize) -> bool {
    let initials = one.chars().count() == 1 && other.chars().count() == 1;
    let particle = |word: &str| title_word(word_key(word)).particle;
    // "De Boer" and "den Boer" are two families, "van de" and "van den" before one surname hardly are.
    let particles = || words > 1 && particle(one) && particle(other);
    let slips = || one.chars().count() >= WORD && slip(one, other) == Some(1) && !is_word_of_its_own(one);
    initials || particles() || slips()
}

/// The form of the record that the draft's name is a slip of, if it plausibly is one.
fn likeliest_form(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>, record: &Record) -> Option<String> {
    likely_form(case, draft, named, record).filter(|form| has_glued_words(form) || !has_glued_words(&named.subject.name))
}

/// "SolvangMore": two words that a page ran together, or a name like "`MacAllister`".
fn has_glued_words(name: &str) -> bool {
    name.chars().zip(name.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
}

fn likely_form(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>, record: &Record) -> Option<String> {
    if named.is_person() && record.kind == SubjectKind::Person {
        return person_form(case, draft, named, record);
    }
    // A known place or body that is read as something else in the draft is still what it is.
    let single = !named.key.contains(' ');
    if !single && named.is_person() != (record.kind == SubjectKind::Person) {
        return None;
    }
    if single && named.is_person() && record.kind == SubjectKind::Person {
        return None;
    }
    other_form(draft, named, record)
}

fn person_form(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>, record: &Record) -> Option<String> {
    let surname = name_key(named.person.surname.as_deref()?);
    let given = named.person.first_given_key();
    let in_draft = is_in_draft(draft, record);
    let fits = || {
        let roles = named.roles(case);
        record.titles.iter().any(|title| roles.contains(&title.role.as_str()))
    };
    record.spellings.iter().find_map(|spelling| {
        let (meant, meant_key) = (spelling.person().surname.as_deref()?, spelling.surname_key()?);
        if is_other_romanisation(&surname, meant_key, "") {
            return None;
        }
        let surname_slip = if surname == meant_key { 0 } else { slip(&surname, meant_key)? };
        let own = is_word_of_its_own(&surname) || named.sources_with(&surname) > u32::from(record.weight() >= MANY_SOURCES);
        match (given.as_deref(), spelling.given_key()) {
            (Some(given), Some(meant_given)) => {
                let given_slip = if is_same_given(given, meant_given) { 0 } else { slip(given, meant_given)? };
                if is_other_romanisation(given, meant_given, meant_key) {
                    return None;
                }
                let second = if given_slip == 0 { second_slip(named.person, spelling.person()) } else { Some(0) };
                let plausible = match (surname_slip, given_slip) {
                    (0, 0) => second? > 0 && (in_draft || fits() || name_is_rare(&surname) && record.weight() >= 1),
                    _ if second != Some(0) => false,
                    (_, 0) => {
                        !own || in_draft && named.sources_with(&surname) == 0 && name_is_rare(&surname)
                            || fits() && named.sources_with(&surname) == 0
                    }
                    // A letter doubled or not is a slip though both are names, where the surname or a title says who is meant.
                    (0, _) if name_use(given).given => differ_in_doubling(given, meant_given) && (name_is_rare(&surname) || fits()),
                    (0, _) => in_draft || record.weight() >= 1,
                    _ => surname_slip + given_slip <= 2 && !own && !name_use(given).given,
                };
                plausible.then(|| {
                    if is_surname_first(named) {
                        return spelling.form.clone();
                    }
                    let form = fuller(&named.subject.name, &spelling.form, &settled(draft, named, record, meant));
                    if second == Some(0) { form } else { spelling.form.clone() }
                })
            }
            (None, _) => {
                let long = surname.chars().count() >= LONG_WORD;
                let plausible =
                    surname_slip > 0 && !own && (in_draft || fits() || long && record.weight() >= SEVERAL_SOURCES && surname_slip == 1);
                plausible.then(|| settled(draft, named, record, meant))
            }
            // The sources give no first name: this may be anybody.
            (Some(_), None) => {
                let long = surname.chars().count() >= LONG_WORD;
                (surname_slip == 1 && !own && long && (record.weight() >= SEVERAL_SOURCES || in_draft))
                    .then(|| fuller(&named.subject.name, &spelling.form, &settled(draft, named, record, meant)))
            }
        }
    })
}

/// How far the words behind the hyphens of two given names lie apart that begin alike: "Min-jea" and "Min-jae"; nought without hyphens, none
/// where these are two names.
fn second_slip(one: &PersonName, other: &PersonName) -> Option<u32> {
    let hyphened = |person: &PersonName| {
        let first = person.given.as_deref().and_then(|given| given.split_whitespace().next()).filter(|first| first.contains(['-', '‑']));
        first.map(|first| name_key(first).replace(' ', ""))
    };
    let (Some(one), Some(other)) = (hyphened(one), hyphened(other)) else { return Some(0) };
    if one == other { Some(0) } else { slip(&one, &other) }
}

/// Whether the draft's name leads with the surname.
fn is_surname_first(named: &Named<'_>) -> bool {
    let leads = |surname: &str| named.subject.name.strip_prefix(surname).is_some_and(|rest| rest.starts_with(' '));
    named.person.given.is_some() && named.person.surname.as_deref().is_some_and(leads)
}

/// A family name that is no ordinary word or given name or place: one that a slip may hit upon.
fn name_is_rare(surname: &str) -> bool {
    let name = name_use(surname);
    !name.given && !name.ordinary && places(surname).next().is_none()
}

/// Of the spellings of a surname, one of which the draft's is or is a slip of, the one to write: the draft's own, here or elsewhere, or else
/// what the desk or most sources prefer.
fn settled(draft: &[Named<'_>], named: &Named<'_>, record: &Record, meant: &str) -> String {
    let surnames = record.surnames();
    let others = draft.iter().filter(|other| other.is_person() && !std::ptr::eq(other.subject, named.subject));
    let mut written = std::iter::once(named).chain(others).filter_map(|other| other.person.surname.as_deref());
    let own = written.find(|written| surnames.iter().any(|(known, _)| known == written));
    own.or_else(|| record.preferred_surname()).unwrap_or(meant).to_owned()
}

/// The draft's name with the record's spelling: its middle names stay as they are.
fn fuller(written: &str, form: &str, surname: &str) -> String {
    let (words, meant): (Vec<&str>, Vec<&str>) = (written.split_whitespace().collect(), form.split_whitespace().collect());
    let surname_words = surname.split_whitespace().count();
    let keep = words.len().saturating_sub(surname_words);
    let middle = words.get(1..keep).unwrap_or_default().iter().copied();
    // An initial stays, and so does a name that the record hasn't got.
    let spells = |given: &&&str| keep > 0 && meant.len() > surname_words && given.trim_end_matches('.').chars().count() > 1;
    let is_initial = words.first().is_some_and(|first| first.trim_end_matches('.').chars().count() == 1);
    let given = meant.first().filter(|given| spells(given) && !is_initial).or(words.first().filter(|_| keep > 0)).copied();
    given.into_iter().chain(middle).chain(surname.split_whitespace()).collect::<Vec<_>>().join(" ")
}

fn is_same_given(a: &str, b: &str) -> bool {
    a == b || PersonName::may_be_initial_of(a, b)
}

/// For places and organisations: as many words, one of which is a slip.
fn other_form(draft: &[Named<'_>], named: &Named<'_>, record: &Record) -> Option<String> {
    let name = &named.subject.name;
    if places(named.key).next().is_some() || is_upper(name) || name.split([' ', '-']).any(is_demonym) {
        return None;
    }
    let in_draft = is_in_draft(draft, record);
    let single = !named.key.contains(' ');
    record.spellings.iter().find_map(|spelling| {
        let (written, meant): (Vec<&str>, Vec<&str>) = (named.key.split(' ').collect(), spelling.key().split(' ').collect());
        if written.len() != meant.len() || is_other_romanisation(named.key, spelling.key(), "") {
            return None;
        }
        let mut wrong = written.iter().zip(&meant).filter(|(a, b)| a != b);
        let (word, right) = wrong.next()?;
        if wrong.next().is_some() || named.sources_with(word) > u32::from(record.weight() >= MANY_SOURCES) {
            return None;
        }
        // What stands where a place does and is a letter off a country's or region's name needs less to be taken for a slip.
        let known_place = named.subject.kind == SubjectKind::Place
            && places(right).any(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region));
        let own = if known_place { name_use(word).ordinary || word_class(word) != WordClass::NONE } else { is_word_of_its_own(word) };
        let letters = word.chars().count();
        if own || letters < if known_place { KNOWN_WORD } else { WORD } {
            return None;
        }
        let plausible = match slip(word, right)? {
            1 => !single || in_draft || letters >= LONG_WORD || record.weight() >= SEVERAL_SOURCES || known_place,
            _ => letters >= VERY_LONG_WORD && (in_draft || record.weight() >= SEVERAL_SOURCES) && !differ_in_ending(word, right),
        };
        plausible.then(|| spelling.form.clone())
    })
}

/// Two words of one stem: "Democratic", "Democrats".
fn differ_in_ending(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    same + 3 >= a.chars().count().max(b.chars().count())
}

/// The corpus has nothing like it, but it is a letter off a place that everybody knows, and stands where a place does.
fn slip_of_a_known_place(case: &Case<'_>, named: &Named<'_>) -> Option<Vec<Finding>> {
    if named.subject.kind != SubjectKind::Place || named.known().is_some() {
        return None;
    }
    let (place, form) = near_place(named.key)?;
    let own = named.key.split(' ').any(|word| is_word_of_its_own(word) || named.sources_with(word) > 0);
    // What the draft writes so again and again is a place that the gazetteer hasn't got.
    let often = place.kind == PlaceKind::City && named.mentions.len() > 2;
    // So short a name of a city may be a village's.
    let short = place.kind == PlaceKind::City && named.key.len() < CITY_NAME && place.population < CITY_THAT_IS_KNOWN;
    // Where letters are not merely swapped, it may be another romanisation, or for a short name something else altogether.
    let key = name_key(form);
    let letters = |key: &str| {
        let mut letters: Vec<char> = key.chars().collect();
        letters.sort_unstable();
        letters
    };
    let swapped = letters(named.key) == letters(&key);
    let unsure = !swapped && (named.key.len() < LONG_WORD || place.kind == PlaceKind::City && is_romanised(place) || key.contains(' '));
    if short || unsure || own || often {
        return None;
    }
    let stands_as_place = named.mentions.iter().any(|mention| {
        let before = &case.document.block(mention.at).text[..mention.at.span.start as usize];
        let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        before.ends_with(' ') && (word == "of" || word_class(word).is(WordClass::BEFORE_PLACE))
    });
    if !stands_as_place {
        return None;
    }
    // How the sources write that place outranks how the gazetteer does.
    let near = named.answer.iter().flat_map(|answer| &answer.near).map(|near| &near.record);
    let mut spelt = near.flat_map(|record| record.spellings.iter().map(move |spelling| (record, spelling)));
    let is_that_place = |spelling: &str| {
        let mut others = exonyms(&key).into_iter().flatten().map(name_key);
        others.any(|other| other == spelling) || is_other_romanisation(&key, spelling, "")
    };
    if let Some((record, spelling)) = spelt.find(|(_, spelling)| is_that_place(spelling.key())) {
        return report(case, named, record, &spelling.form);
    }
    let (wrong, right) = spelling::differing(&named.subject.name, form);
    Some({
        let places = spelling::places_of_word(case, &named.mentions, &wrong);
        let message = format!("No source is known to name a place “{}”; the gazetteer has “{form}”", named.subject.name);
        spelling::finding(case, &RULE, &places, &right, &message, &[])
    })
}

fn is_in_draft(draft: &[Named<'_>], record: &Record) -> bool {
    let surname = record.surname.as_deref().filter(|_| record.kind == SubjectKind::Person).map(name_key);
    draft.iter().any(|named| surname.as_deref() == Some(named.key) || record.spellings.iter().any(|spelling| named.key == spelling.key()))
}
