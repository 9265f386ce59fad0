//! Definition: the line of the source that bears best what stands under the cursor.

use super::Draft;
use super::hover::{subject_of, titles_of};
use crate::corpus::{Citation, FigureQuestion, NameQuestion, QuoteQuestion};
use crate::reader::{MentionKind, SubjectId};

/// The best attestation of what a cursor at `offset` touches; several where the name is that of several.
pub fn definitions(draft: &Draft, offset: u32) -> Vec<Citation> {
    draft
        .mentions_at(offset)
        .into_iter()
        .map(|id| {
            let mention = draft.reading.mention(id);
            match &mention.kind {
                MentionKind::Name(name) => of_subject(draft, name.subject),
                MentionKind::Title(title) => title.holder.and_then(|holder| subject_of(draft, holder)).map_or_else(Vec::new, |id| {
                    let called = titled(draft, id, &title.role);
                    if called.is_empty() { of_subject(draft, id) } else { called }
                }),
                MentionKind::Figure(_) => FigureQuestion::about(mention)
                    .map(|question| draft.dossier.figures(&question).iter().take(1).map(|found| found.citation.clone()).collect())
                    .unwrap_or_default(),
                MentionKind::Quote(quote) => QuoteQuestion::about(&draft.reading, quote)
                    .map(|question| {
                        draft
                            .dossier
                            .quotes(&question)
                            .iter()
                            .filter(|found| found.is_sure)
                            .take(1)
                            .map(|found| found.citation().clone())
                            .collect()
                    })
                    .unwrap_or_default(),
                MentionKind::Date(_) => Vec::new(),
            }
        })
        .find(|citations: &Vec<Citation>| !citations.is_empty())
        .unwrap_or_default()
}

fn of_subject(draft: &Draft, id: SubjectId) -> Vec<Citation> {
    let question = NameQuestion::about(&draft.reading, draft.reading.subject(id));
    let Some(answer) = draft.dossier.name(&question) else { return Vec::new() };
    let best = |record: &crate::corpus::Record| {
        let spelt = record.spellings.first().and_then(|spelling| spelling.citations.first());
        spelt.or(record.citations.first()).cloned()
    };
    let known: Vec<Citation> = answer.known.iter().filter_map(|record| best(record)).collect();
    if known.is_empty() { answer.near.first().and_then(|near| best(&near.record)).into_iter().collect() } else { known }
}

/// Where a source calls the person by this title.
fn titled(draft: &Draft, id: SubjectId, role: &str) -> Vec<Citation> {
    let question = NameQuestion::about(&draft.reading, draft.reading.subject(id));
    let known = draft.dossier.name(&question).map_or(&[][..], |answer| &answer.known);
    known
        .iter()
        .filter_map(|record| titles_of(draft, &question, record).iter().find(|title| title.role == role))
        .map(|title| title.citation.clone())
        .collect()
}
