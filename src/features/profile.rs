//! What is known of a person, a place or a body, put together as a person would tell it: what hover and `copydesk who` both show.

use std::sync::Arc;

use jiff::civil::Date;

use crate::corpus::{
    AcronymQuestion, Citation, Corpus, CorpusError, Dossier, NameQuestion, Questions, Record, Term, TitleAttestation, plain_date,
};
use crate::gazetteer::nations::nation;
use crate::gazetteer::roles::{Level, kind_of, marked_party, party, post};
use crate::gazetteer::{Place, PlaceKind, country_of_code, exonyms, is_disputed, places};
use crate::reader::{Container, Status, SubjectKind};
use crate::text::{folded, name_key};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub record: Arc<Record>,
    /// Each title once, the latest first.
    pub offices: Vec<HeldTitle>,
    /// The parties that titles name, and the seats that they are of.
    pub parties: Vec<Attested>,
    pub seats: Vec<Attested>,
    pub location: Location,
    /// What abbreviates it, or what it abbreviates.
    pub expansions: Vec<Expansion>,
    /// Other people of the name or the surname, the best attested first.
    pub namesakes: Vec<Arc<Record>>,
}

/// Words, and who bears them out, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    pub words: String,
    pub evidence: Vec<Citation>,
}

/// One abbreviation of one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    pub acronym: String,
    pub expansion: String,
    pub evidence: Vec<Citation>,
}

/// All that gives somebody one title, in whatever words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldTitle {
    /// Those words that say most and are said most, without their article.
    pub words: String,
    pub role: String,
    pub of: Option<String>,
    pub status: Status,
    /// The days of the first source and of the last that give it.
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// When it is held, by one who knows.
    pub term: Option<Term>,
    pub evidence: Vec<Citation>,
}

impl HeldTitle {
    /// What stands behind its words: " (since 3 May 2021)" of a term, " (said from 1 March 2024 to 5 May 2024)" of articles; empty where the
    /// evidence alone tells the day.
    pub fn period(&self) -> String {
        match (self.term, self.first, self.last) {
            (Some(Term { from: Some(from), until: Some(until) }), ..) => format!(" ({} to {})", plain_date(from), plain_date(until)),
            (Some(Term { from: Some(from), until: None }), ..) => format!(" (since {})", plain_date(from)),
            (Some(Term { from: None, until: Some(until) }), ..) => format!(" (until {})", plain_date(until)),
            (_, Some(first), Some(last)) if first != last => format!(" (said from {} to {})", plain_date(first), plain_date(last)),
            _ => String::new(),
        }
    }
}

/// What contains a place, and what else it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// By the stylebook, the nearest first; where it speaks, nothing else does.
    pub decided: Vec<Attested>,
    /// In the words of the sources.
    pub said: Vec<Attested>,
    /// By the gazetteer, the nearest first; none where the sources have it elsewhere.
    pub listed: Vec<&'static str>,
    pub other_names: Vec<&'static str>,
}

/// All that is known of some records.
///
/// # Errors
/// When the corpus can't be read.
pub fn profiles(records: &[Arc<Record>], corpus: &dyn Corpus) -> Result<Vec<Profile>, CorpusError> {
    let mut questions = Questions::default();
    for record in records {
        questions.names.insert(name_question(record));
        questions.acronyms.extend(acronym_questions(record));
    }
    let dossier = corpus.dossier(&questions)?;
    Ok(records.iter().map(|record| Profile::of(record, &dossier)).collect())
}

fn name_question(record: &Record) -> NameQuestion {
    NameQuestion { kind: record.kind, name: record.name.clone() }
}

/// By its abbreviations; a body that nobody spells out may be one itself.
fn acronym_questions(record: &Record) -> Vec<AcronymQuestion> {
    if record.kind != SubjectKind::Organisation {
        return Vec::new();
    }
    let itself = std::iter::once(&record.name);
    let question = |acronym: &String| AcronymQuestion { acronym: acronym.clone(), expansion: record.name.clone() };
    itself.chain(&record.acronyms).map(question).collect()
}

impl Profile {
    /// What `dossier`, which answers what [`profiles`] asks, has on one.
    fn of(record: &Arc<Record>, dossier: &Dossier) -> Self {
        let question = name_question(record);
        let found = dossier.titles(&question);
        let titles = if found.is_empty() { &record.titles[..] } else { found };
        let answer = dossier.name(&question);
        let is_other = |other: &&Arc<Record>| other.kind == SubjectKind::Person && other.name != record.name && other.given.is_some();
        let mut namesakes: Vec<Arc<Record>> = Vec::new();
        if record.kind == SubjectKind::Person {
            let others = answer.into_iter().flat_map(|answer| answer.known.iter().chain(&answer.namesakes)).filter(is_other);
            others.for_each(|other| {
                if !namesakes.iter().any(|known| known.name == other.name) {
                    namesakes.push(other.clone());
                }
            });
        }
        Self {
            record: record.clone(),
            offices: held_titles(titles),
            parties: parties(titles),
            seats: seats(titles),
            location: if record.kind == SubjectKind::Place {
                Location::of(&record.name, Some(record), dossier)
            } else {
                Location::default()
            },
            expansions: expansions(record, dossier),
            namesakes,
        }
    }
}

/// Another of the name in a few words: "Ana Quill, mayor of Larsund".
pub fn namesake(record: &Record) -> String {
    match held_titles(&record.titles).first() {
        Some(title) => format!("{}, {}", record.name, title.words),
        None => record.name.clone(),
    }
}

/// Titles, the latest first, each once: a shorter form of a title is that title where it can be no other.
pub fn held_titles(titles: &[TitleAttestation]) -> Vec<HeldTitle> {
    let scope = |title: &TitleAttestation| title.of.clone().filter(|of| party(of).is_none());
    let scopes_of = |title: &TitleAttestation| {
        let mut scopes: Vec<String> = Vec::new();
        let alike = titles.iter().filter(|other| other.role == title.role && other.status == title.status);
        alike.filter_map(scope).for_each(|of| {
            if !scopes.contains(&of) {
                scopes.push(of);
            }
        });
        scopes
    };
    let mut held: Vec<(HeldTitle, Vec<&TitleAttestation>)> = Vec::new();
    for title in titles {
        // One that says of nothing what it is of is the only one of its kind.
        let of = scope(title).or_else(|| <[String; 1]>::try_from(scopes_of(title)).ok().map(|[of]| of));
        let is_it = |other: &HeldTitle| other.role == title.role && other.status == title.status && other.of == of;
        if let Some((_, given)) = held.iter_mut().find(|(other, _)| is_it(other)) {
            given.push(title);
            continue;
        }
        let one = HeldTitle {
            words: String::new(),
            role: title.role.clone(),
            of,
            status: title.status,
            first: None,
            last: None,
            term: None,
            evidence: Vec::new(),
        };
        held.push((one, vec![title]));
    }
    let whole = |(mut one, given): (HeldTitle, Vec<&TitleAttestation>)| {
        one.words = fullest_words(&given);
        // A stylebook or a reference has its own day, which says nothing of when the title was given.
        let days = || given.iter().filter(|title| title.term.is_none()).filter_map(|title| title.published);
        (one.first, one.last) = (days().min(), days().max());
        // Of two terms in an office the later one.
        one.term = given.iter().filter_map(|title| title.term).max_by_key(|term| term.from);
        for title in &given {
            add_evidence(&mut one.evidence, &title.citation);
        }
        one
    };
    held.into_iter().map(whole).collect()
}

/// The words of one title that say what it is of, if any do; of these the most frequent, and of those the latest.
fn fullest_words(given: &[&TitleAttestation]) -> String {
    let without_article = |title: &TitleAttestation| {
        let told = title.told();
        let article = ["the ", "The ", "a ", "A ", "an ", "An "].into_iter().find(|article| told.starts_with(article)).unwrap_or("");
        told[article.len()..].to_owned()
    };
    let mut counts: Vec<(String, bool, usize)> = Vec::new();
    for title in given {
        let words = without_article(title);
        match counts.iter_mut().find(|(known, ..)| known.eq_ignore_ascii_case(&words)) {
            Some((_, is_scoped, count)) => {
                *is_scoped |= title.of.is_some();
                *count += 1;
            }
            None => counts.push((words, title.of.is_some(), 1)),
        }
    }
    // Of equals the last one wins.
    counts.into_iter().rev().max_by_key(|(_, is_scoped, count)| (*is_scoped, *count)).map(|(words, ..)| words).unwrap_or_default()
}

fn parties(titles: &[TitleAttestation]) -> Vec<Attested> {
    let party = |title: &TitleAttestation| {
        kind_of(&title.role).and_then(|kind| marked_party(kind, &title.words)).map(|party| party.name.to_owned())
    };
    gathered(titles.iter().filter_map(|title| Some((party(title)?, &title.citation))))
}

fn seats(titles: &[TitleAttestation]) -> Vec<Attested> {
    let is_seat = |title: &TitleAttestation| title.role == "senator" || post(&title.role).is_some_and(|post| post.of == Level::Seat);
    let seat = |title: &TitleAttestation| title.of.clone().filter(|of| is_seat(title) && party(of).is_none() && nation(of).is_none());
    gathered(titles.iter().filter_map(|title| Some((seat(title)?, &title.citation))))
}

fn expansions(record: &Record, dossier: &Dossier) -> Vec<Expansion> {
    let mut found: Vec<Expansion> = Vec::new();
    for attestation in acronym_questions(record).iter().flat_map(|question| dossier.acronyms(question)) {
        // Another body with this one's abbreviation is another record.
        let is_its = [&attestation.acronym, &attestation.expansion].iter().any(|name| name_key(name) == name_key(&record.name));
        let is_known =
            |known: &&mut Expansion| known.acronym == attestation.acronym && name_key(&known.expansion) == name_key(&attestation.expansion);
        if !is_its {
            continue;
        }
        match found.iter_mut().find(is_known) {
            Some(known) => add_evidence(&mut known.evidence, &attestation.citation),
            None => found.push(Expansion {
                acronym: attestation.acronym.clone(),
                expansion: attestation.expansion.clone(),
                evidence: vec![attestation.citation.clone()],
            }),
        }
    }
    found
}

impl Location {
    /// By the gazetteer alone, for a place that no source has.
    pub(super) fn listed(name: &str) -> Self {
        Self::of(name, None, &Dossier::default())
    }

    fn of(name: &str, record: Option<&Record>, dossier: &Dossier) -> Self {
        let decision = record.and_then(|record| record.decision.as_ref());
        let decided: Vec<Attested> = decision.map_or(&[][..], |decision| &decision.within).iter().map(decided).collect();
        let question = NameQuestion { kind: SubjectKind::Place, name: name.to_owned() };
        let placements = if decided.is_empty() { dossier.placements(&question) } else { &[] };
        // "Northern" alone says of nothing that it is in it.
        let has_whole =
            |within: &Container| within.country.is_some() || within.region.is_some() || within.county.is_some() || within.sea.is_some();
        let whole = placements.iter().filter(|placement| has_whole(&placement.within));
        let said = gathered(whole.map(|placement| (placement.words.clone(), &placement.citation)));
        let countries: Vec<&str> = placements.iter().filter_map(|placement| placement.within.country.as_ref().map(AsRef::as_ref)).collect();
        let place = place_in(name, &countries);
        // Whose a land is that several claim is the desk's to say.
        let is_open = decided.is_empty() && place.is_some_and(|place| !is_disputed(place));
        let listed = place.filter(|_| is_open).map(|place| containers(place, name)).unwrap_or_default();
        let usual = place.map(|place| place.name);
        let other_names = usual
            .into_iter()
            .chain(exonyms(&name_key(name)).into_iter().flatten())
            .filter(|other| !other.eq_ignore_ascii_case(name))
            .collect();
        Self { decided, said, listed, other_names }
    }
}

fn decided((container, citation): &(String, Citation)) -> Attested {
    Attested { words: container.clone(), evidence: vec![citation.clone()] }
}

/// The largest place of the name, a country before all others; where sources say in which countries it lies, one there or none.
fn place_in(name: &str, countries: &[&str]) -> Option<&'static Place> {
    let may_be = |place: &&Place| countries.is_empty() || countries.contains(&place.country);
    places(&folded(name)).filter(may_be).max_by_key(|place| (place.kind == PlaceKind::Country, place.population))
}

fn containers(place: &'static Place, name: &str) -> Vec<&'static str> {
    let region = Some(place.region).filter(|region| !region.is_empty() && *region != name);
    let country = Some(place).filter(|place| place.kind != PlaceKind::Country).and_then(|place| country_of_code(place.country));
    region.into_iter().chain(country.map(|country| country.name)).collect()
}

/// Each of the words once, with all that bears them out.
fn gathered<'a>(said: impl Iterator<Item = (String, &'a Citation)>) -> Vec<Attested> {
    let mut gathered: Vec<Attested> = Vec::new();
    for (words, citation) in said {
        match gathered.iter_mut().find(|known| known.words.eq_ignore_ascii_case(&words)) {
            Some(known) => add_evidence(&mut known.evidence, citation),
            None => gathered.push(Attested { words, evidence: vec![citation.clone()] }),
        }
    }
    gathered
}

/// Of each source one sentence is enough.
fn add_evidence(evidence: &mut Vec<Citation>, citation: &Citation) {
    if !evidence.iter().any(|known| known.source.id == citation.source.id) {
        evidence.push(citation.clone());
    }
}
