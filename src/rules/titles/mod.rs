//! What the rules about titles share: the draft's titles that can be checked, and what the sources call the same person.

mod authority;
mod office;
mod wording;

pub(super) use authority::{Outdated, Verdict, verdict};
pub(super) use office::{Office, Relation};
pub(super) use wording::{message, worded};

use super::Case;
use crate::corpus::{Citation, NameQuestion, Standing, TitleAttestation};
use crate::document::ProseSpan;
use crate::reader::{MentionKind, SubjectId};

/// How far apart in time, in days, a draft and a source still speak of the same holder of an office.
const SAME_TIME: i32 = 400;
/// The most sources that are shown.
const MAX_EVIDENCE: usize = 5;

/// A title of the draft that says what somebody is now.
pub(super) struct DraftTitle {
    pub(super) at: ProseSpan,
    pub(super) subject: SubjectId,
    pub(super) before_name: bool,
    pub(super) office: Office,
}

/// A source's title of the same person, as it is compared.
pub(super) struct Attested<'a> {
    pub(super) attestation: &'a TitleAttestation,
    pub(super) office: Office,
}

impl Attested<'_> {
    /// Whether an article says so, and no authority above or below the articles.
    pub(super) fn is_source(&self) -> bool {
        self.attestation.standing() == Standing::Source
    }
}

/// The titles that are checked: said of now, outside quotations and corrections, of a person with a name.
pub(super) fn draft_titles(case: &Case<'_>) -> Vec<DraftTitle> {
    let mut found = Vec::new();
    for mention in &case.reading.mentions {
        let MentionKind::Title(title) = &mention.kind else { continue };
        let Some(holder) = title.holder.map(|holder| case.reading.mention(holder)) else { continue };
        let MentionKind::Name(name) = &holder.kind else { continue };
        if mention.in_quote || case.document.block(mention.at).is_correction() {
            continue;
        }
        let Some(office) = Office::new(&title.role, title.of.as_deref(), title.status).filter(Office::is_current) else { continue };
        let before_name = holder.at.block == mention.at.block && holder.at.span.start >= mention.at.span.end;
        found.push(DraftTitle { at: mention.at, subject: name.subject, before_name, office });
    }
    found
}

/// What the desk, the sources and the reference call the person of a draft's title, in that order, of the sources the latest first; nothing where it is in doubt who is meant.
pub(super) fn attested<'a>(case: &Case<'a>, subject: SubjectId) -> Vec<Attested<'a>> {
    let subject = case.reading.subject(subject);
    case.dossier
        .titles(&NameQuestion::about(case.reading, subject))
        .iter()
        .filter_map(|attestation| {
            let office = Office::new(&attestation.role, attestation.of.as_deref(), attestation.status)?;
            Some(Attested { attestation, office })
        })
        .collect()
}

/// Whether a source speaks of the draft's own time, as far as both have a date.
pub(super) fn is_of_that_time(case: &Case<'_>, attested: &Attested<'_>) -> bool {
    match (case.today, attested.attestation.published) {
        (Some(today), Some(published)) => (today - published).get_days().abs() <= SAME_TIME,
        _ => true,
    }
}

/// The places that bear a finding out, each source once.
pub(super) fn evidence(attested: &[&Attested<'_>]) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    for one in attested {
        if citations.iter().all(|other| other.source != one.attestation.citation.source) {
            citations.push(one.attestation.citation.clone());
        }
    }
    citations.truncate(MAX_EVIDENCE);
    citations
}
