//! What the rules about titles share: the draft's titles that can be checked, and what the sources call the same person.

mod address;
mod authority;
mod holders;
mod office;
mod scope;
mod ties;
mod wording;

pub(super) use address::addresses;
pub(super) use authority::{Outdated, Verdict, verdict};
pub(super) use holders::{held_by_another, holder_message, speaks_of_now};
pub(super) use office::{Office, Relation};
pub(super) use wording::{capitalised_like, message, with_own_possessor, worded};

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Case;
use super::name_conflict::has_another_given_name;
use super::name_misspelled::is_misspelled;
use super::thresholds::{SAME_DAYS, SAME_TIME};
use crate::corpus::{Citation, NameQuestion, OfficeQuestion, Record, Standing, TitleAttestation, is_named};
use crate::document::ProseSpan;
use crate::reader::{MentionId, MentionKind, Status, SubjectId, SubjectKind, Title, days_between};

/// Whether one of two titles, each with its words, is the other in vaguer, closer or other words.
pub fn agree_as_titles((one, words): (&Title, &str), (other, others): (&Title, &str)) -> bool {
    let (Some(one), Some(other)) = (Office::read(one, words), Office::read(other, others)) else { return false };
    one.is_borne_out_by(&other) || other.is_borne_out_by(&one) || one.relation(&other) == Relation::Agrees
}

/// Whether nobody has both titles at one time.
pub fn contradict(one: &TitleAttestation, other: &TitleAttestation) -> bool {
    Office::attested(one).zip(Office::attested(other)).is_some_and(|(one, other)| one.relation(&other) == Relation::Contradicts)
}

/// A title of the draft that says what somebody is, or was.
pub(super) struct DraftTitle {
    pub(super) at: ProseSpan,
    /// What it is of, where that stands behind the name.
    behind: Option<ProseSpan>,
    /// The name that it stands beside.
    pub(super) holder: MentionId,
    pub(super) subject: SubjectId,
    pub(super) before_name: bool,
    pub(super) office: Arc<Office>,
    /// Who else may hold it.
    pub(super) question: Option<OfficeQuestion>,
}

impl DraftTitle {
    /// Its words, with what it is of wherever that stands.
    pub(super) fn told(&self, case: &Case<'_>) -> String {
        let words = case.document.words(self.at);
        self.behind.map_or_else(|| words.to_owned(), |behind| format!("{words} … {}", case.document.words(behind)))
    }

    /// Whether its clause tells of an earlier year, when somebody long out of the office held it: "In 2011 President Quill met him", but not
    /// "President Quill, who lost in 2011," and not "President Quill signed the 2011 treaty".
    pub(super) fn is_told_of_the_past(&self, case: &Case<'_>) -> bool {
        let Some(today) = case.today else { return false };
        let sentence = case.reading.sentence(self.at);
        let words = case.document.words(sentence);
        let title = sentence.span.start.max(self.at.span.start) - sentence.span.start;
        years_told(words, title as usize).any(|year| (1000..today.year()).contains(&year))
    }
}

/// The years in which the clause that stands at `at` of a sentence is set: those that lead in to it, and those behind it up to the next
/// comma. What a year tells another thing by ("the 2011 treaty", "since 2011") isn't among them.
fn years_told(sentence: &str, at: usize) -> impl Iterator<Item = i16> {
    let end = sentence[at..].find([',', ';', '–', '—']).map_or(sentence.len(), |comma| at + comma);
    let mut before = "";
    sentence[..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(move |word| {
        let before = std::mem::replace(&mut before, word);
        let year = word.parse().ok().filter(|_| word.len() == 4)?;
        let names = ["the", "a", "an", "this", "his", "her", "its", "their", "since", "s"];
        (!names.iter().any(|name| before.eq_ignore_ascii_case(name))).then_some(year)
    })
}

/// A source's title of the same person, as it is compared.
pub(super) struct Called<'a> {
    pub(super) attestation: &'a TitleAttestation,
    pub(super) office: Arc<Office>,
    /// Whom the source means, where the draft gives a surname alone.
    pub(super) bearer: Option<&'a Record>,
}

impl Called<'_> {
    /// Whether an article says so, and no authority above or below the articles.
    pub(super) fn is_source(&self) -> bool {
        self.attestation.standing() == Standing::Source
    }
}

/// What the rules about titles look at.
pub(super) struct Titles<'a> {
    pub(super) checked: Vec<DraftTitle>,
    attested: FxHashMap<SubjectId, Vec<Called<'a>>>,
}

impl<'a> Titles<'a> {
    pub(super) fn of(case: &Case<'a>) -> Self {
        let mut offices = Offices::default();
        let checked = checked(case, &mut offices);
        let mut by_subject: FxHashMap<SubjectId, Vec<Called<'a>>> = FxHashMap::default();
        for title in &checked {
            by_subject.entry(title.subject).or_insert_with(|| attested(case, title.subject, &mut offices));
        }
        Self { checked, attested: by_subject }
    }

    /// What the desk, the sources and the reference call the holder of a title of the draft, in that order, of the sources the
    /// latest first. Where the draft gives a surname alone, that is what the sources call each of its bearers.
    pub(super) fn attested(&self, title: &DraftTitle) -> &[Called<'a>] {
        self.attested.get(&title.subject).map_or(&[], Vec::as_slice)
    }
}

/// What titles say, each worked out once: most are a few, over and over.
#[derive(Default)]
struct Offices<'a>(FxHashMap<Wording<'a>, Option<Arc<Office>>>);

/// The role of a title, what it is of, its status and its words.
type Wording<'a> = (&'a str, Option<&'a str>, Status, &'a str);

impl<'a> Offices<'a> {
    fn of(&mut self, role: &'a str, of: Option<&'a str>, status: Status, words: &'a str) -> Option<Arc<Office>> {
        self.0.entry((role, of, status, words)).or_insert_with(|| Office::new(role, of, status, words).map(Arc::new)).clone()
    }
}

/// The titles that are checked: said of now or of the past, outside quotations and corrections, of a person with a name.
fn checked<'a>(case: &Case<'a>, offices: &mut Offices<'a>) -> Vec<DraftTitle> {
    let mut found = Vec::new();
    for mention in &case.reading.mentions {
        let MentionKind::Title(title) = &mention.kind else { continue };
        let Some(id) = title.holder else { continue };
        let holder = case.reading.mention(id);
        let MentionKind::Name(name) = &holder.kind else { continue };
        if title.alone || mention.in_quote || case.reading.is_in_correction(mention.at) {
            continue;
        }
        let office = offices
            .of(&title.role, title.of.as_deref(), title.status, case.document.words(mention.at))
            .filter(|office| office.is_current() || office.is_former());
        let Some(office) = office else { continue };
        let before_name = holder.at.block == mention.at.block && holder.at.span.start >= mention.at.span.end;
        let question = OfficeQuestion::about(title);
        let behind = title.behind.map(|span| ProseSpan { span, ..mention.at });
        found.push(DraftTitle { at: mention.at, behind, holder: id, subject: name.subject, before_name, office, question });
    }
    found
}

fn attested<'a>(case: &Case<'a>, subject: SubjectId, offices: &mut Offices<'a>) -> Vec<Called<'a>> {
    let question = NameQuestion::about(case.reading, case.reading.subject(subject));
    let mut compared = |(bearer, attestation): (Option<&'a Record>, &'a TitleAttestation)| {
        let office = offices.of(&attestation.role, attestation.of.as_deref(), attestation.status, &attestation.words)?;
        Some(Called { attestation, office, bearer })
    };
    let said = case.dossier.titles(&question).iter().map(|attestation| (None, attestation));
    if question.name.contains(' ') {
        return said.filter_map(compared).collect();
    }
    let known = case.dossier.name(&question).map_or(&[][..], |answer| &answer.known);
    let bearers = known.iter().map(AsRef::as_ref).filter(|record| record.kind == SubjectKind::Person);
    let by_bearers = bearers.flat_map(|record| record.titles.iter().map(move |attestation| (record, attestation)));
    let by_sources = by_bearers.filter(|(_, attestation)| attestation.standing() == Standing::Source);
    said.chain(by_sources.map(|(record, attestation)| (Some(record), attestation))).filter_map(&mut compared).collect()
}

/// Those that speak against a title: said of now, at the draft's own time, of the same person beyond doubt.
pub(super) fn against<'k, 'a>(case: &Case<'a>, title: &DraftTitle, known: &'k [Called<'a>]) -> Vec<&'k Called<'a>> {
    let against: Vec<&Called<'_>> = known
        .iter()
        .filter(|one| one.is_source() && one.office.is_current() && title.office.relation(&one.office) == Relation::Contradicts)
        .filter(|one| {
            let by_office = || title.office.has_one_holder() && one.office.has_one_holder();
            if one.bearer.is_none() { is_within(case, one, SAME_TIME) } else { is_within(case, one, SAME_DAYS) && by_office() }
        })
        .filter(|one| !ties::are_tied(case, title, one))
        .collect();
    let against = beyond_doubt(case, title, against);
    // Two in office who bear the surname might both be meant.
    let mut in_office =
        known.iter().filter(|one| one.office.has_one_holder()).filter_map(|one| one.bearer).filter(|record| record.given.is_some());
    let first = in_office.next();
    if in_office.any(|other| first.is_some_and(|first| first.name != other.name)) { Vec::new() } else { against }
}

/// Of what sources call somebody, what they do under the draft's own name, or under one that the draft's is said to be a slip of.
pub(super) fn beyond_doubt<'k, 'a>(case: &Case<'_>, title: &DraftTitle, mut called: Vec<&'k Called<'a>>) -> Vec<&'k Called<'a>> {
    if called.iter().any(|one| near_record(case, title, one).is_some()) {
        let subject = case.reading.subject(title.subject);
        let named = case.names().iter().find(|named| std::ptr::eq(named.subject, subject));
        let is_slip = named.is_some_and(|named| is_misspelled(case, named) || has_another_given_name(case, named));
        called.retain(|one| is_slip || near_record(case, title, one).is_none());
    }
    called
}

/// Whom a source that doesn't name the holder of a title calls so, where the two names are but near each other.
fn near_record<'a>(case: &Case<'a>, title: &DraftTitle, called: &Called<'_>) -> Option<&'a Record> {
    let subject = case.reading.subject(title.subject);
    if !called.is_source() || called.bearer.is_some() {
        return None;
    }
    let answer = case.dossier.name(&NameQuestion::about(case.reading, subject))?;
    let near = answer.near.iter().map(|near| &*near.record).chain(answer.namesakes.iter().map(AsRef::as_ref));
    near.filter(|record| !is_named(record, &subject.name)).find(|record| record.titles.contains(called.attestation))
}

/// The name under which a source calls the holder of a draft's title so.
pub(super) fn name_of<'a>(case: &Case<'a>, title: &DraftTitle, called: &Called<'_>) -> &'a str {
    let Some(record) = near_record(case, title, called) else { return &case.reading.subject(title.subject).name };
    let source = &called.attestation.citation.source;
    let of_source = |citation: &Citation| citation.source == *source;
    record.spellings.iter().find(|spelling| spelling.citations.iter().any(of_source)).map_or(&record.name, |spelling| &spelling.form)
}

/// Whether a source speaks of the draft's own time, to so many days, as far as both have a date.
fn is_within(case: &Case<'_>, attested: &Called<'_>, days: i32) -> bool {
    days_between(case.today, attested.attestation.published).is_none_or(|between| between <= days)
}

/// The places that bear a finding out, each source once.
pub(super) fn evidence(attested: &[&Called<'_>]) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    for one in attested {
        if citations.iter().all(|other| other.source != one.attestation.citation.source) {
            citations.push(one.attestation.citation.clone());
        }
    }
    citations
}
