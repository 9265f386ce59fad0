//! An abbreviation is expanded otherwise than elsewhere, or its letters don't fit.

use super::rule_words::RULE_WORDS;
use super::spelling::{self, Named};
use super::thresholds::{DAYS_OF_NEWS, TOWN, WORDS_OF_ONE_BODY};
use super::{Case, verb, who_says};
use crate::corpus::{AcronymQuestion, Citation};
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::nations::nation;
use crate::gazetteer::phrases::word_key;
use crate::gazetteer::roles::word_class;
use crate::gazetteer::{Place, PlaceKind, acronyms_of, is_demonym, is_known_organisation, places};
use crate::reader::{Mention, SubjectKind, days_between};
use crate::text::{edit_distance, folded, name_key};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "acronym-conflict",
    family: Family::Name,
    severity: Severity::Warning,
    fixes: Applicability::Safe,
    page: include_str!("../../docs/rules/acronym-conflict.md"),
};

/// "European Space Agency (ESA)" in the draft.
struct Definition<'n, 'a> {
    named: &'n Named<'a>,
    acronym: &'a str,
    full: &'a Mention,
    short: &'a Mention,
}

/// The same abbreviation or the same organisation elsewhere: in a source, in the table of organisations, in the draft.
struct Elsewhere {
    acronym: String,
    expansion: String,
    /// Who says so where no source does.
    from: &'static str,
    citation: Option<Citation>,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let names = case.names();
    let definitions: Vec<Definition<'_, '_>> = names.iter().filter_map(|named| definition(case, named)).collect();
    definitions.iter().filter_map(|one| check_definition(case, one, &definitions)).flatten().collect()
}

fn definition<'n, 'a>(case: &Case<'a>, named: &'n Named<'a>) -> Option<Definition<'n, 'a>> {
    let acronym = named.subject.acronym.as_deref().filter(|_| named.subject.kind == SubjectKind::Organisation)?;
    let letters = acronym.chars().all(char::is_alphabetic) && acronym.chars().count() >= 3;
    let (full, short) = named.mentions.windows(2).find_map(|pair| {
        let [full, short] = pair else { return None };
        let between = || case.document.block(full.at).text.get(full.at.span.end as usize..short.at.span.start as usize);
        let adjoining = full.at.block == short.at.block && between().is_some_and(|text| text.trim() == "(");
        (adjoining && case.document.words(short.at) == acronym).then_some((*full, *short))
    })?;
    letters.then_some(Definition { named, acronym, full, short })
}

fn check_definition(case: &Case<'_>, one: &Definition<'_, '_>, all: &[Definition<'_, '_>]) -> Option<Vec<Finding>> {
    let name = &one.named.subject.name;
    let elsewhere = elsewhere(case, one, all);
    let agrees = |other: &Elsewhere| name_key(&other.acronym) == name_key(one.acronym) && same_name(&other.expansion, name);
    if elsewhere.iter().any(agrees) {
        return None;
    }
    // The same organisation, abbreviated otherwise, and nearly so: "EBC" for "ECB".
    let slip = |other: &&Elsewhere| same_name(&other.expansion, name) && !fits(one.acronym, name) && is_slip(one.acronym, other);
    if let Some(other) = elsewhere.iter().find(slip) {
        let right = other.acronym.clone();
        let evidence = evidence(&elsewhere, |other| slip(&other) && other.acronym == right);
        let message = format!("{} “{right}” for {name}; the draft has “{}”", says(&evidence, other.from), one.acronym);
        return Some(report(case, one, one.short, &right, &message, &evidence));
    }
    // The same abbreviation, expanded in nearly the same words, of which only the other ones fit its letters.
    let other_words = |other: &&Elsewhere| {
        name_key(&other.acronym) == name_key(one.acronym)
            && fits(&other.acronym, &other.expansion)
            && !fits(one.acronym, name)
            && !is_shorter_form(name, &other.expansion)
            && share_words(&other.expansion, name)
    };
    // Or in the same words but one, for which the letters say nothing: whoever forgets what they stand for fills it in by them.
    let is_known = || is_known_organisation(name) || one.named.answer.is_some_and(|answer| !answer.known.is_empty());
    let filled_in = |other: &&Elsewhere| name_key(&other.acronym) == name_key(one.acronym) && is_filled_in(case, name, other);
    let other_words = |other: &&Elsewhere| other_words(other) || filled_in(other) && !is_known();
    if let Some(other) = elsewhere.iter().find(other_words) {
        let right = other.expansion.clone();
        let evidence = evidence(&elsewhere, |other| other_words(&other) && same_name(&other.expansion, &right));
        let message = format!("{} “{right}” for {}; the draft has “{name}”", says(&evidence, other.from), one.acronym);
        return Some(report(case, one, one.full, &right, &message, &evidence));
    }
    // Nothing is known of it: the letters of its own words, two of them swapped, which the draft has elsewhere as well. Letters
    // in another order alone may come from another language.
    if is_known_organisation(one.acronym) || elsewhere.iter().any(|other| name_key(&other.acronym) == name_key(one.acronym)) {
        return None;
    }
    let right = initials(name).into_iter().find(|initials| is_swap(&folded(one.acronym), initials))?.to_uppercase();
    let elsewhere = case.document.blocks().iter().any(|block| block.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == right));
    if !elsewhere {
        return None;
    }
    let message = format!("The letters of “{}” don't fit “{name}”, which gives “{right}”", one.acronym);
    Some(report(case, one, one.short, &right, &message, &[]))
}

fn report(case: &Case<'_>, one: &Definition<'_, '_>, wrong: &Mention, right: &str, message: &str, evidence: &[Citation]) -> Vec<Finding> {
    let written = case.document.words(wrong.at);
    let places = spelling::places_of_word(case, &one.named.mentions, written);
    let places: Vec<_> = places.into_iter().filter(|&at| at >= wrong.at).collect();
    spelling::finding(case, &RULE, &places, right, message, evidence)
}

/// What the sources, the table of organisations and the rest of the draft have.
fn elsewhere(case: &Case<'_>, one: &Definition<'_, '_>, all: &[Definition<'_, '_>]) -> Vec<Elsewhere> {
    let name = &one.named.subject.name;
    let question = AcronymQuestion { acronym: one.acronym.to_owned(), expansion: name.clone() };
    let sources = case.dossier.acronyms(&question).iter().map(|known| Elsewhere {
        acronym: known.acronym.clone(),
        expansion: known.expansion.clone(),
        from: "a source",
        citation: Some(known.citation.clone()),
    });
    let draft = all.iter().filter(|other| !std::ptr::eq(other.named.subject, one.named.subject)).map(|other| Elsewhere {
        acronym: other.acronym.to_owned(),
        expansion: other.named.subject.name.clone(),
        from: "the draft elsewhere",
        citation: None,
    });
    let table = acronyms_of(name).map(|acronym| Elsewhere {
        acronym: acronym.to_owned(),
        expansion: name.clone(),
        from: "the built-in table of organisations",
        citation: None,
    });
    sources.chain(draft).chain(table).collect()
}

fn evidence(elsewhere: &[Elsewhere], wanted: impl Fn(&Elsewhere) -> bool) -> Vec<Citation> {
    elsewhere.iter().filter(|other| wanted(other)).filter_map(|other| other.citation.clone()).collect()
}

fn says(evidence: &[Citation], otherwise: &str) -> String {
    let who = if evidence.is_empty() { otherwise.to_owned() } else { who_says(evidence) };
    let verb = verb(evidence, "has", "have");
    let mut letters = who.chars();
    letters.next().map(|first| format!("{}{} {verb}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

fn content_words(name: &str) -> Vec<String> {
    name_key(name).split(' ').filter(|word| !RULE_WORDS.small.has(word)).map(|word| word.trim_end_matches('s').to_owned()).collect()
}

/// Small words and plurals set aside.
fn same_name(a: &str, b: &str) -> bool {
    content_words(a) == content_words(b)
}

/// All words of the one name are in the other.
fn is_shorter_form(short: &str, full: &str) -> bool {
    let full = content_words(full);
    content_words(short).iter().all(|word| full.contains(word))
}

/// Most words of the shorter name are in the other one, whatever their endings.
fn share_words(a: &str, b: &str) -> bool {
    let (a, b) = (content_words(a), content_words(b));
    let stem = |word: &String| word.chars().take(4).collect::<String>();
    let shared = a.iter().filter(|x| b.iter().any(|y| stem(x) == stem(y))).count();
    let shorter = a.len().min(b.len());
    shorter >= 2 && shared * 3 >= shorter * 2
}

/// The first letters of a name's words, without its small words and with them.
fn initials(name: &str) -> Vec<String> {
    let of = |words: &mut dyn Iterator<Item = String>| words.filter_map(|word| word.chars().next()).collect::<String>();
    let key = name_key(name);
    vec![of(&mut content_words(name).into_iter()), of(&mut key.split(' ').map(str::to_owned))]
}

fn fits(acronym: &str, expansion: &str) -> bool {
    initials(expansion).contains(&folded(acronym))
}

/// Whether a name has another one's words but for one, and is hardly that of a second body with these letters. Such are told apart by whose
/// they are, or by what they do: the bar association and the bankers' association. Nobody has a bureau beside a board of all the same words.
fn is_filled_in(case: &Case<'_>, name: &str, other: &Elsewhere) -> bool {
    let (own, theirs) = (content_words(name), content_words(&other.expansion));
    let differing: Vec<_> = own.iter().zip(&theirs).filter(|(a, b)| a != b).collect();
    let [(a, b)] = *differing else { return false };
    if own.len() != theirs.len() || own.len() < 3 || is_whose(a) && is_whose(b) {
        return false;
    }
    let says_what_sort = |word: &String| word_class(word_key(word)).body;
    let is_news = other.citation.as_ref().is_some_and(|citation| {
        citation.source.published.is_some() && days_between(case.today, citation.source.published).is_some_and(|days| days <= DAYS_OF_NEWS)
    });
    says_what_sort(a) && says_what_sort(b) || other.citation.is_some() && (own.len() >= WORDS_OF_ONE_BODY || is_news)
}

/// Whether a word of a body's name says whose it is: a place's, a people's, everybody's.
fn is_whose(word: &str) -> bool {
    let is_place = |place: &Place| place.kind != PlaceKind::City || place.population >= TOWN;
    let mut letters = word.chars();
    let capitalised: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    RULE_WORDS.everybodys.has(word) || nation(&capitalised).is_some() || is_demonym(&capitalised) || places(word).any(is_place)
}

/// One abbreviation for the other by a slip: only letters swapped, or one wrong, in short ones where the other's letters fit.
fn is_slip(written: &str, other: &Elsewhere) -> bool {
    let (a, b) = (folded(written), folded(&other.acronym));
    let sure = a.len() >= 4 && b.len() >= 4 || a.len() == b.len() && fits(&other.acronym, &other.expansion);
    is_swap(&a, &b) || a != b && sure && edit_distance(&a, &b, 1).is_some()
}

fn is_swap(a: &str, b: &str) -> bool {
    a != b && a.len() == b.len() && edit_distance(a, b, 1).is_some() && {
        let sorted = |word: &str| {
            let mut letters: Vec<char> = word.chars().collect();
            letters.sort_unstable();
            letters
        };
        sorted(a) == sorted(b)
    }
}
