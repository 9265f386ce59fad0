//! The surname and the title say who is meant, but the given name is another.

use std::sync::Arc;

use super::spelling::{self, Named, is_romanisation};
use super::thresholds::{DAYS_OF_NEWS, MANY_SOURCES, SEVERAL_SOURCES, STORY_TELLS, STORY_WORD, STORY_WORDS};
use super::titles::{Office, Relation};
use super::{Case, verb, who_says};
use crate::corpus::{Citation, Record};
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::common_forms::how_rare_is;
use crate::gazetteer::roles::{RoleKind, has_one_holder, implies, kind_of, post};
use crate::gazetteer::{WordClass, differ_in_sex, may_be_one_given_name, name_use, places, word_class};
use crate::reader::{Mention, PersonName, SubjectKind, days_between};
use crate::text::{folded, name_key, slip, sound_key};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "name-conflict",
    family: Family::Name,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/name-conflict.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let draft = case.names();
    draft.iter().filter(|named| named.is_person()).filter_map(|named| check_person(case, draft, named)).flatten().collect()
}

/// Whether the sources are said to give somebody of the draft another given name.
pub(super) fn has_another_given_name(case: &Case<'_>, named: &Named<'_>) -> bool {
    named.is_person() && check_person(case, case.names(), named).is_some_and(|findings| !findings.is_empty())
}

fn check_person(case: &Case<'_>, draft: &[Named<'_>], named: &Named<'_>) -> Option<Vec<Finding>> {
    let (given, surname) = (named.person.given.as_deref()?, named.person.surname.as_deref()?);
    let answer = named.answer?;
    if !answer.known.is_empty() {
        return None;
    }
    let roles = named.roles(case);
    let (record, fits) = record_meant(&answer.namesakes, &roles)?;
    // "Unai Goikoa Brandvold" and "Iker Goikoa Brandvold": what both have before the surname is part of it, or a middle name.
    let (given, meant, shared) = apart(given, record.given.as_deref()?)?;
    let another = record.kind != SubjectKind::Person
        || !may_be_given_name(meant)
        || may_be_one(given, meant, surname)
        || is_called(record, given)
        || is_surname_first(named.person, named.key) != record.spellings.iter().any(|one| is_surname_first(one.person(), one.key()))
        || has_other_bearer(draft, named, surname)
        || names_both(case, named, meant)
        || speaks_of_family(case, named)
        || holds_an_office_apart(case, named, record);
    // Over the years there are two senators, two lawyers and two advisers of a surname that many bear: unless one name is a slip of the
    // other, or the sources are of the draft's own days, it takes an office that is one person's.
    let rare = shared || is_rare(surname);
    let is_near = rare || is_slip(&first_given(given), &first_given(meant)) || is_in_the_news(case, record);
    let same_story = || is_same_story(case, named, record, rare);
    let speaks_for_it = || {
        // An office is hardly ever handed down within a family; without one, much else has to speak for the same person.
        let may_be = !differ_in_sex(&first_given(given), &first_given(meant));
        let repeated = record.weight() >= SEVERAL_SOURCES && named.mentions.len() >= 2;
        // What no list has for a given name may be none.
        let are_known = is_given_name(given) && is_given_name(meant);
        // Two newspapers of one name are read as two people: that they are people, a title says, or a given name that is one.
        let are_people = is_given_name(given) || is_given_name(meant) || !roles.is_empty() || !record.titles.is_empty();
        // "Steven Murphy, his lawyer": many bear the surname, and none of the sources calls this bearer one.
        let is_somebody_else = !rare && !roles.is_empty() && !record.titles.is_empty() && !shares_a_role(record, &roles);
        may_be
            && !is_somebody_else
            && (shared || are_known && (rare || is_near && repeated) || are_people && may_be_given_name(given) && same_story())
    };
    let by_title = || fits && is_near || holds_same_office(case, named, record);
    if another || !(by_title() || speaks_for_it()) {
        return None;
    }
    let places = spelling::places_of_word(case, &named.mentions, given);
    let evidence = spelling::evidence(record, meant);
    let message = named_by(record, &named.subject.name, &evidence);
    Some(spelling::finding(case, &RULE, &places, meant, &message, &evidence))
}

/// "2 sources (last: The Courier, 3 March 2024) name “Anja Solvang”; the draft has “Tove Solvang”": they spell nothing otherwise, and have
/// another name.
fn named_by(record: &Record, written: &str, evidence: &[Citation]) -> String {
    format!("{} {} “{}”; the draft has “{written}”", who_says(evidence), verb(evidence, "names", "name"), record.name)
}

/// The one bearer of the surname that the draft can mean, and whether a title says so: the only one with the draft's title,
/// or else the only one there is, or the one that the sources speak of above all others.
fn record_meant<'r>(bearers: &'r [Arc<Record>], roles: &[&str]) -> Option<(&'r Record, bool)> {
    let mut fitting = bearers.iter().filter(|record| holds_one_of(record, roles));
    if let Some(found) = fitting.next() {
        return fitting.next().is_none().then_some((found.as_ref(), true));
    }
    match bearers {
        [] => None,
        [only] => Some((only.as_ref(), false)),
        [first, second, ..] => (first.weight() >= MANY_SOURCES * second.weight()).then_some((first.as_ref(), false)),
    }
}

/// A given name of the draft and one of a record without the words that both have at their end, and whether they have any; none where
/// nothing is left.
fn apart<'n>(given: &'n str, meant: &'n str) -> Option<(&'n str, &'n str, bool)> {
    let (mut own, mut theirs, mut shared) = (given, meant, false);
    while let (Some((own_rest, own_last)), Some((their_rest, their_last))) = (own.rsplit_once(' '), theirs.rsplit_once(' '))
        && name_key(own_last) == name_key(their_last)
    {
        // An initial is many people's.
        shared |= name_key(own_last).chars().nth(1).is_some();
        (own, theirs) = (own_rest.trim_end(), their_rest.trim_end());
    }
    (name_key(own) != name_key(theirs)).then_some((own, theirs, shared))
}

/// Whether few bear a surname, as far as it is a name and nothing else; of a surname of two words few do.
fn is_rare(surname: &str) -> bool {
    let key = name_key(surname);
    let is_common = |word: &str| {
        let name = name_use(word);
        let class = word_class(word);
        let is_known = name.family || name.given || name.ordinary || class.is(WordClass::EAST_ASIAN_SURNAME);
        is_known || places(word).next().is_some() || !tells_all(word)
    };
    key.split(' ').filter(|word| word.len() > 3).count() > 1 || !key.split(' ').any(is_common)
}

/// Whether a source calls the record so as well, be it by a nickname.
fn is_called(record: &Record, given: &str) -> bool {
    let key = name_key(given);
    record.spellings.iter().any(|spelling| spelling.key().split(' ').any(|word| word == key))
}

/// Whether the draft gives an office that whoever holds the record's can't hold: the senator of another state.
fn holds_an_office_apart(case: &Case<'_>, named: &Named<'_>, record: &Record) -> bool {
    let theirs: Vec<Office> = record.titles.iter().filter_map(Office::attested).collect();
    let own = named.titled(case).filter_map(|(at, title)| Office::read(title, case.document.words(at)));
    let mut own = own.filter(Office::is_current);
    own.any(|own| theirs.iter().any(|their| their.is_current() && own.relation(their) == Relation::Contradicts))
}

fn holds_one_of(record: &Record, roles: &[&str]) -> bool {
    // A party has many members.
    let roles: Vec<&str> = roles.iter().copied().filter(|role| is_office(role) && *role != "party member").collect();
    record.titles.iter().any(|title| {
        let one_office = |narrow: &str, wide: &str| has_one_holder(narrow) && implies(narrow, wide);
        roles.iter().any(|role| *role == title.role || one_office(role, &title.role) || one_office(&title.role, role))
    })
}

/// Whether the sources give the record one of these roles, in a vaguer or a closer word.
fn shares_a_role(record: &Record, roles: &[&str]) -> bool {
    record.titles.iter().any(|title| roles.iter().any(|role| implies(role, &title.role) || implies(&title.role, role)))
}

/// Whether a role is an office or a post, and not just what somebody does: nobody is meant by being a lawyer.
fn is_office(role: &str) -> bool {
    let occupation = matches!(
        kind_of(role),
        None | Some(RoleKind::Honorific | RoleKind::Kinship | RoleKind::Other | RoleKind::Sport | RoleKind::Academic | RoleKind::Court)
    );
    !occupation || post(role).is_some() || has_one_holder(role)
}

/// Whether one of the draft's titles is an office that one person holds, and the record's.
fn holds_same_office(case: &Case<'_>, named: &Named<'_>, record: &Record) -> bool {
    named.titles(case).any(|said| {
        record.titles.iter().any(|title| {
            let same_scope = said.of.as_deref() == title.of.as_deref();
            title.role == said.role && (same_scope && said.of.is_some() || has_one_holder(&said.role) && (same_scope || said.of.is_none()))
        })
    })
}

/// Whether the sources speak of the record in the draft's own days, as far as days are known.
fn is_in_the_news(case: &Case<'_>, record: &Record) -> bool {
    let days = |citation: &Citation| days_between(case.today, citation.source.published);
    record.citations.iter().any(|citation| days(citation).is_none_or(|days| days <= DAYS_OF_NEWS))
}

/// Whether one given name is easily written for the other: "Lindsay" for "Lindsey".
fn is_slip(given: &str, meant: &str) -> bool {
    given == meant || slip(given, meant).is_some() || sound_key(given) == sound_key(meant)
}

/// The draft has another full name with this surname.
fn has_other_bearer(draft: &[Named<'_>], named: &Named<'_>, surname: &str) -> bool {
    let key = name_key(surname);
    draft.iter().any(|other| {
        let bearer = other.is_person() && !std::ptr::eq(other.subject, named.subject) && other.person.given.is_some();
        bearer && other.person.surname.as_deref().is_some_and(|other| name_key(other) == key)
    })
}

/// Whether what the draft says in the paragraph where it names somebody in full is in good part what the sources say of the record. Where
/// many bear the surname it is the sentence alone, and the words have to be such as few reports have.
fn is_same_story(case: &Case<'_>, named: &Named<'_>, record: &Record, rare: bool) -> bool {
    let telling = |sentence: &str| -> Vec<String> {
        let folded = folded(sentence);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let of_name =
            |word: &&str| !named.key.split(' ').any(|name| name == *word) && !name_key(&record.name).split(' ').any(|name| name == *word);
        words.filter(|word| word.len() >= STORY_WORD && word_class(word) == WordClass::NONE).filter(of_name).map(str::to_owned).collect()
    };
    let said: Vec<String> = record.citations.iter().flat_map(|citation| telling(&citation.sentence)).collect();
    full_mentions(case, named).any(|mention| {
        let around = if rare { &*case.document.block(mention.at).text } else { case.document.words(case.reading.sentence(mention.at)) };
        let mut shared = telling(around);
        shared.retain(|word| said.contains(word));
        shared.sort_unstable();
        shared.dedup();
        let tells = || shared.iter().map(|word| how_rare_is(word).powi(2)).sum::<f64>();
        shared.len() >= STORY_WORDS && (rare || tells() >= STORY_TELLS)
    })
}

/// Where the given name stands with the surname.
fn full_mentions<'n>(case: &'n Case<'_>, named: &'n Named<'_>) -> impl Iterator<Item = &'n Mention> {
    named.mentions.iter().copied().filter(|mention| case.document.words(mention.at).contains(' '))
}

fn first_given(given: &str) -> String {
    name_key(given).split(' ').next().unwrap_or_default().to_owned()
}

/// Whether what stands before a surname is a given name, and not a misread title or another word.
fn is_given_name(given: &str) -> bool {
    name_key(given).split(' ').any(|word| name_use(word).given)
}

/// Whether hardly any report has a word in small letters.
fn tells_all(word: &str) -> bool {
    how_rare_is(word) >= 1.0
}

/// Whether it may be one though no list has it: no word of any other kind, and none that stands in reports.
fn may_be_given_name(given: &str) -> bool {
    let key = name_key(given);
    let first = key.split(' ').next().unwrap_or_default();
    let may_be = || !name_use(first).ordinary && word_class(first) == WordClass::NONE && places(first).next().is_none() && tells_all(first);
    is_given_name(given) || first.chars().count() > 2 && kind_of(first).is_none() && may_be()
}

/// "Halvard and Ingrid Solvang": the sentence has the given name that the sources know as well.
fn names_both(case: &Case<'_>, named: &Named<'_>, meant: &str) -> bool {
    let first = first_given(meant);
    full_mentions(case, named).any(|mention| {
        let sentence = folded(case.document.words(case.reading.sentence(mention.at)));
        sentence.split(|c: char| !c.is_alphanumeric()).any(|word| word == first)
    })
}

fn may_be_one(a: &str, b: &str, surname: &str) -> bool {
    let (a, b) = (name_key(a), name_key(b));
    // A middle name that somebody goes by counts as well.
    a.split(' ').any(|x| {
        b.split(' ')
            .any(|y| PersonName::may_be_initial_of(x, y) || may_be_one_given_name(x, y) || is_romanisation(x, y, &name_key(surname)))
    })
}

/// Whether the surname stands first, as far as a name tells.
fn is_surname_first(person: &PersonName, key: &str) -> bool {
    let leads = key.split(' ').next().is_some_and(|first| word_class(first).is(WordClass::EAST_ASIAN_SURNAME));
    leads || person.given.is_some() && person.surname.as_deref().is_some_and(|surname| key.starts_with(&*name_key(surname)))
}

/// Whether the draft calls this person somebody's relative: "his son Piotr Mara", "Anja Mara, wife of".
fn speaks_of_family(case: &Case<'_>, named: &Named<'_>) -> bool {
    full_mentions(case, named).any(|mention| {
        let text = &case.document.block(mention.at).text;
        let (before, behind) = (&text[..mention.at.span.start as usize], &text[mention.at.span.end as usize..]);
        // "Mrs. Quill's lawyer, Piotr Mara": a form of address is of the name right behind it.
        let is_kin = |word: &str| word_class(&folded(word)).is(WordClass::KINSHIP) && !word_class(&folded(word)).is(WordClass::HONORIFIC);
        let part = |c: char| !c.is_alphanumeric();
        let mut before = before.rsplit(part).filter(|word| !word.is_empty()).take(3).peekable();
        before.peek().is_some_and(|word| word_class(&folded(word)).is(WordClass::KINSHIP))
            || before.any(is_kin)
            || behind.split(part).filter(|word| !word.is_empty()).take(4).any(is_kin)
    })
}
