//! What a desk can decide about the name under a cursor: that it is spelt so, or that somebody else bears it. They are written
//! into the stylebook.

use super::Draft;
use crate::corpus::{Citation, NameQuestion, Record};
use crate::finding::{Family, Finding};
use crate::reader::{MentionKind, PersonName, SubjectId, SubjectKind};
use crate::stylebook::{StylebookError, another_person, prefer_spelling};
use crate::text::{Span, TextEdit, name_key};

/// Of several whom a name may mean, so many are offered; a menu is read at a glance.
const MOST_RECORDS: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The desk writes the name so, and `other` is another spelling of it (or the same).
    Prefer { kind: SubjectKind, preferred: String, other: String },
    /// `other` is not the person, place or organisation called `name`.
    Another { kind: SubjectKind, name: String, other: String },
}

impl Decision {
    /// What an editor reads in the menu.
    pub fn title(&self) -> String {
        match self {
            Self::Prefer { preferred, other, .. } if preferred == other => format!("Stylebook: the desk writes “{preferred}”"),
            Self::Prefer { preferred, other, .. } => format!("Stylebook: the desk writes “{preferred}”, not “{other}”"),
            Self::Another { kind, name, other } => {
                format!("Stylebook: “{other}” is another {} than “{name}”", kind.name())
            }
        }
    }

    /// The edit that writes it into a stylebook, in bytes of `text`; none where that says so already.
    ///
    /// # Errors
    /// When `text` is no stylebook that can be added to.
    pub fn edit(&self, text: &str) -> Result<Option<TextEdit>, StylebookError> {
        match self {
            Self::Prefer { kind, preferred, other } => prefer_spelling(text, *kind, preferred, other),
            Self::Another { kind, name, other } => another_person(text, *kind, name, other),
        }
    }
}

/// What can be decided about the names that touch `range`, each with the findings it answers to.
pub fn decisions(draft: &Draft, range: Span) -> Vec<(Decision, Vec<&Finding>)> {
    let mut subjects: Vec<(SubjectId, Vec<&Finding>)> = Vec::new();
    let touching = draft.findings.iter().filter(|finding| finding.span.start <= range.end && range.start <= finding.span.end);
    let names: Vec<&Finding> = touching.filter(|finding| finding.rule.family == Family::Name).collect();
    for offset in std::iter::once(range.start).chain(names.iter().map(|finding| finding.span.start)) {
        let Some((id, span)) = name_at(draft, offset) else { continue };
        let about: Vec<&Finding> = names.iter().copied().filter(|finding| finding.span.overlaps(span)).collect();
        match subjects.iter_mut().find(|(known, _)| *known == id) {
            Some((_, findings)) if findings.is_empty() => *findings = about,
            Some(_) => {}
            None => subjects.push((id, about)),
        }
    }
    subjects.into_iter().flat_map(|(id, about)| of_subject(draft, id, &about)).collect()
}

fn name_at(draft: &Draft, offset: u32) -> Option<(SubjectId, Span)> {
    draft.mentions_at(offset).into_iter().find_map(|id| {
        let mention = draft.reading.mention(id);
        match &mention.kind {
            MentionKind::Name(name) => Some((name.subject, draft.document.to_source(mention.at))),
            _ => None,
        }
    })
}

fn of_subject<'a>(draft: &Draft, id: SubjectId, about: &[&'a Finding]) -> Vec<(Decision, Vec<&'a Finding>)> {
    let subject = draft.reading.subject(id);
    let Some(answer) = draft.dossier.name(&NameQuestion::about(&draft.reading, subject)) else { return Vec::new() };
    let near = answer.near.iter().map(|near| &near.record);
    let all: Vec<&Record> = answer.known.iter().chain(near).chain(&answer.namesakes).map(AsRef::as_ref).collect();
    let cited: Vec<&Record> =
        all.iter().copied().filter(|record| about.iter().any(|finding| is_cited(record, &finding.evidence))).collect();
    // Where no finding says who is meant, it is the one known by this name, or else the nearest.
    let meant = if cited.is_empty() {
        let known = answer.known.iter().map(AsRef::as_ref);
        let nearest = answer.near.first().filter(|_| answer.known.is_empty()).map(|near| near.record.as_ref());
        known.chain(nearest).collect()
    } else {
        cited
    };
    let mut found: Vec<(Decision, Vec<&Finding>)> = Vec::new();
    let mut add = |decision: Decision| {
        if found.iter().all(|(known, _)| *known != decision) {
            found.push((decision, about.to_vec()));
        }
    };
    for record in meant.iter().take(MOST_RECORDS) {
        let written = in_full(subject.kind, &subject.name, record);
        let decided = record.decision.is_some() && record.name == written;
        if !decided {
            add(Decision::Prefer { kind: record.kind, preferred: written.clone(), other: record.name.clone() });
        }
        if name_key(&subject.name) != name_key(&record.name) && (!about.is_empty() || answer.known.is_empty()) {
            add(Decision::Another { kind: record.kind, name: record.name.clone(), other: subject.name.clone() });
        }
    }
    if meant.is_empty() {
        add(Decision::Prefer { kind: subject.kind, preferred: subject.name.clone(), other: subject.name.clone() });
    }
    found
}

/// Whether a finding's evidence is about this record.
fn is_cited(record: &Record, evidence: &[Citation]) -> bool {
    let own = record.spellings.iter().flat_map(|spelling| &spelling.citations).chain(&record.citations);
    let own: Vec<&Citation> = own.chain(record.titles.iter().map(|title| &title.citation)).collect();
    evidence.iter().any(|citation| own.iter().any(|own| own.source.id == citation.source.id && own.start == citation.start))
}

/// The whole name that a draft means by `name`: a stylebook has a person's surname with the given name.
fn in_full(kind: SubjectKind, name: &str, record: &Record) -> String {
    let is_surname = kind == SubjectKind::Person && PersonName::parse(name).given.is_none();
    match record.given.as_deref().filter(|_| is_surname) {
        Some(given) => format!("{given} {name}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked_against;
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;

    fn titles(text: &str, at: &str) -> Vec<String> {
        let source = "Harbour engineer Anna Brandvold opened the dam.\n\nThen Anna Brandvold left Larsund.\n";
        let sources = (0..3).map(|number| {
            let header = SourceHeader { id: format!("{number}.md"), outlet: Some("Courier".into()), ..SourceHeader::default() };
            Source::read(header, Document::parse(source.into(), Format::Markdown))
        });
        let draft = checked_against(text, Format::Markdown, &MemoryCorpus::new(sources));
        let at = text.find(at).expect("the words are there") as u32;
        decisions(&draft, Span::new(at, at)).iter().map(|(decision, _)| decision.title()).collect()
    }

    #[test]
    fn a_near_miss_is_the_desks_spelling_or_somebody_else() {
        let expected = [
            "Stylebook: the desk writes “Anna Brandvolt”, not “Anna Brandvold”",
            "Stylebook: “Anna Brandvolt” is another person than “Anna Brandvold”",
        ];
        assert_eq!(titles("Harbour engineer Anna Brandvolt came.\n", "Brandvolt"), expected);
    }

    #[test]
    fn a_name_as_the_sources_have_it_can_be_settled_and_a_strange_one_taken_in() {
        assert_eq!(titles("The engineer Anna Brandvold came.\n", "Anna"), ["Stylebook: the desk writes “Anna Brandvold”"]);
        assert_eq!(titles("The engineer Peter Quillfeather came.\n", "Peter"), ["Stylebook: the desk writes “Peter Quillfeather”"]);
        assert!(titles("The engineer Anna Brandvold came.\n", "came").is_empty());
    }

    #[test]
    fn a_surname_alone_is_written_in_full() {
        let record = |given: Option<&str>| Record {
            kind: SubjectKind::Person,
            name: "Anna Brandvold".into(),
            given: given.map(Into::into),
            surname: Some("Brandvold".into()),
            spellings: Vec::new(),
            acronyms: Vec::new(),
            titles: Vec::new(),
            sources: 1,
            first: None,
            last: None,
            citations: Vec::new(),
            places: 0,
            decision: None,
        };
        assert_eq!(in_full(SubjectKind::Person, "Brandvolt", &record(Some("Anna"))), "Anna Brandvolt");
        assert_eq!(in_full(SubjectKind::Person, "Anne Brandvolt", &record(Some("Anna"))), "Anne Brandvolt");
        assert_eq!(in_full(SubjectKind::Place, "Larsund", &record(Some("Anna"))), "Larsund");
    }
}
