//! Entries as records: each name is one entry's, and what clashes with an earlier entry is left out and told.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::read::{Entry, HeldTitle, Spelt};
use super::{Stylebook, StylebookError};
use crate::corpus::{Decision, Record, Spelling, TitleAttestation};
use crate::document::Document;
use crate::markup::Format;
use crate::reader::{MentionKind, PersonName, Status, SubjectKind, Title, read};
use crate::text::{folded, name_key};

/// The entries with every name in one entry alone.
pub(super) fn without_clashes(entries: Vec<Entry>, faults: &mut Vec<StylebookError>) -> Vec<Entry> {
    let mut owners: FxHashMap<(SubjectKind, String), u32> = FxHashMap::default();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let line = entry.name.line();
        let key = (entry.kind, name_key(&entry.name.form));
        if let Some(first) = owners.get(&key) {
            faults.push(entry.name.fault(format!("“{}” has an entry already, in line {first}", entry.name.form)));
        } else {
            owners.insert(key, line);
            kept.push(entry);
        }
    }
    for entry in &mut kept {
        let (kind, own) = (entry.kind, entry.name.line());
        entry.aliases.retain(|alias| {
            let owner = *owners.entry((kind, name_key(&alias.form))).or_insert(own);
            if owner != own {
                faults.push(alias.fault(format!("“{}” belongs to the entry in line {owner}", alias.form)));
            }
            owner == own
        });
        let name = &entry.name;
        entry.is_not.retain(|other| {
            let is_own = owners.get(&(kind, name_key(&other.form))) == Some(&own);
            if is_own {
                faults.push(other.fault(format!("“{}” can't be both {} and somebody else", other.form, name.form)));
            }
            !is_own
        });
    }
    kept
}

impl Spelt {
    fn line(&self) -> u32 {
        self.citation.start.line + 1
    }

    pub(super) fn fault(&self, message: String) -> StylebookError {
        StylebookError { line: self.line(), message }
    }
}

impl Stylebook {
    pub(super) fn of(entries: &[Entry], faults: &mut Vec<StylebookError>) -> Self {
        let mut book = Self::default();
        let mut records: Vec<Arc<Record>> = Vec::new();
        for entry in entries {
            let record = Arc::new(record(entry, faults));
            book.enter(&record);
            for other in &entry.is_not {
                book.others.entry(name_key(&other.form)).or_default().push(record.clone());
            }
            records.push(record);
        }
        book.entries.clone_from(&records);
        // A namesake without an entry is known to be somebody.
        for (entry, other) in entries.iter().flat_map(|entry| entry.is_not.iter().map(move |other| (entry, other))) {
            if !book.by_form.contains_key(&name_key(&other.form)) {
                let record = Arc::new(Record { titles: Vec::new(), ..bare_record(entry.kind, other, &[]) });
                book.enter(&record);
                records.push(record);
            }
        }
        book.names = records.into_iter().collect();
        book
    }

    fn enter(&mut self, record: &Arc<Record>) {
        for spelling in &record.spellings {
            self.by_form.entry(name_key(&spelling.form)).or_default().push(record.clone());
        }
    }
}

fn record(entry: &Entry, faults: &mut Vec<StylebookError>) -> Record {
    let bare = bare_record(entry.kind, &entry.name, &entry.aliases);
    let decision = bare.decision.as_deref().map(|decision| {
        Arc::new(Decision {
            needs_no_introduction: entry.needs_no_introduction,
            within: entry.within.iter().map(|place| (place.form.clone(), place.citation.clone())).collect(),
            ..decision.clone()
        })
    });
    let titles = entry.titles.iter().map(|held| {
        attestation(&entry.name.form, held).unwrap_or_else(|| {
            faults.push(held.title.fault(format!("“{}” is no title that copydesk knows: it is shown, but not checked", held.title.form)));
            attestation_of(held, folded(&held.title.form), None, Status::Current)
        })
    });
    Record { acronyms: entry.acronym.iter().cloned().collect(), titles: titles.collect(), decision, ..bare }
}

fn bare_record(kind: SubjectKind, name: &Spelt, aliases: &[Spelt]) -> Record {
    let spelling = |form: &str| Spelling::new(form.to_owned(), 0);
    let parts = if kind == SubjectKind::Person { PersonName::parse(&name.form) } else { PersonName::default() };
    let forms = || aliases.iter().map(|alias| alias.form.as_str()).filter(|form| *form != name.form);
    Record {
        kind,
        name: name.form.clone(),
        given: parts.given,
        surname: parts.surname,
        spellings: std::iter::once(name.form.as_str()).chain(forms()).map(spelling).collect(),
        acronyms: Vec::new(),
        titles: Vec::new(),
        sources: 0,
        first: None,
        last: None,
        citations: vec![name.citation.clone()],
        places: 0,
        decision: Some(Arc::new(Decision {
            citation: name.citation.clone(),
            aliases: forms().map(str::to_owned).collect(),
            needs_no_introduction: false,
            within: Vec::new(),
        })),
    }
}

/// Whether the reader knows a title, so that it can be checked.
pub(super) fn is_known_title(name: &str, words: &str) -> bool {
    as_read(name, words, |_| ()).is_some()
}

/// The title as the reader reads it beside the name; none where it sees no title.
fn attestation(name: &str, held: &HeldTitle) -> Option<TitleAttestation> {
    as_read(name, &held.title.form, |title| {
        attestation_of(held, title.role.clone().into_owned(), title.of.as_deref().map(str::to_owned), title.status)
    })
}

fn as_read<T>(name: &str, words: &str, take: impl Fn(&Title) -> T) -> Option<T> {
    [format!("{name}, {words}, left early.\n"), format!("{name}, the {words}, left early.\n"), format!("{words} {name} left early.\n")]
        .into_iter()
        .find_map(|sentence| {
            let reading = read(&Document::parse(sentence.into(), Format::Plain));
            let titles = reading.mentions.iter().filter_map(|mention| match &mention.kind {
                MentionKind::Title(title) if title.holder.is_some() && !title.alone => Some((mention.at.span.len(), title)),
                _ => None,
            });
            titles.max_by_key(|(length, _)| *length).map(|(_, title)| take(title))
        })
}

fn attestation_of(held: &HeldTitle, role: String, of: Option<String>, status: Status) -> TitleAttestation {
    TitleAttestation {
        role,
        of,
        status,
        before_name: false,
        words: held.title.form.clone(),
        behind: None,
        published: None,
        term: Some(held.term),
        citation: held.title.citation.clone(),
    }
}
