//! Completion: names that the corpus and the draft know, and titles before a name.

use std::sync::Arc;

use super::Draft;
use super::hover::titles_of;
use crate::corpus::{Corpus, CorpusError, NameQuestion, Record};
use crate::finding::Family;
use crate::reader::{MentionId, MentionKind, PersonName, Subject, SubjectKind};
use crate::text::{Span, folded};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    Name(SubjectKind),
    Title,
}

/// Words that may go on from what has been typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub kind: CompletionKind,
    /// What is put in the place of `span`, and what is shown.
    pub words: String,
    /// Says who or what it is: a title, how many sources know it.
    pub detail: String,
    /// What has been typed of it, bytes of the source.
    pub span: Span,
}

/// From so many letters on there is an offer.
const FEWEST_LETTERS: usize = 2;
/// A name of more words than this is typed in another way.
const MOST_WORDS: usize = 3;
const MOST_OFFERED: usize = 30;

/// What may stand where the cursor is, the likeliest first.
///
/// # Errors
/// When the corpus can't be read.
pub fn completions(draft: &Draft, corpus: &dyn Corpus, offset: u32) -> Result<Vec<Completion>, CorpusError> {
    let source = draft.document.source();
    if draft.document.prose_at(offset).is_none() {
        return Ok(Vec::new());
    }
    let mut offers = titles(draft, offset);
    for start in name_starts(source, offset) {
        let span = Span::new(start, offset);
        let typed = folded(span.text(source));
        // A search also finds what is merely like it; taken by a press of Enter, that would put another name in the draft.
        for record in corpus.search(&typed, MOST_OFFERED)?.into_iter().filter(|record| goes_on(record, &typed)) {
            offers.extend(of_record(draft, &record, &typed, span));
        }
        offers.extend(of_draft(draft, &typed, span));
        if !offers.is_empty() {
            break;
        }
    }
    let mut seen = Vec::new();
    offers.retain(|offer| {
        let new = !seen.contains(&offer.words);
        seen.push(offer.words.clone());
        new
    });
    offers.truncate(MOST_OFFERED);
    Ok(offers)
}

/// Where the name that is being typed may begin: the furthest of the capitalised words before the cursor first.
fn name_starts(source: &str, offset: u32) -> Vec<u32> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let mut starts = Vec::new();
    let mut end = offset as usize;
    for _ in 0..MOST_WORDS {
        let Some(before) = source.get(..end) else { break };
        let word = before.trim_end_matches(is_part).len()..end;
        let Some(first) = source[word.clone()].chars().next() else { break };
        if !first.is_uppercase() || starts.is_empty() && source[word.clone()].chars().count() < FEWEST_LETTERS {
            break;
        }
        starts.push(word.start as u32);
        match source[..word.start].strip_suffix(' ') {
            Some(rest) => end = rest.len(),
            None => break,
        }
    }
    starts.reverse();
    starts
}

/// Whether something is found in how the draft names somebody: what it has there is a slip as likely as not.
fn is_questioned(draft: &Draft, subject: &Subject) -> bool {
    let places = || subject.mentions.iter().map(|&id| draft.document.to_source(draft.reading.mention(id).at));
    draft.findings.iter().any(|finding| finding.rule.family == Family::Name && places().any(|place| place.overlaps(finding.span)))
}

/// Those the draft itself names, by the form that a second mention has: the corpus may not know them.
fn of_draft(draft: &Draft, typed: &str, span: Span) -> Vec<Completion> {
    let mut offers = Vec::new();
    for subject in &draft.reading.subjects {
        let first = subject.mentions.first().map(|&id| draft.document.to_source(draft.reading.mention(id).at));
        // What is being typed is no mention to go by.
        let earlier = first.is_some_and(|first| first.end < span.start);
        if !earlier || is_questioned(draft, subject) {
            continue;
        }
        let surname = if subject.kind == SubjectKind::Person { PersonName::parse(&subject.name).surname } else { None };
        for form in surname.into_iter().chain([subject.name.clone()]) {
            if folded(&form).starts_with(typed) {
                offers.push(Completion { kind: CompletionKind::Name(subject.kind), words: form, detail: subject.name.clone(), span });
            }
        }
    }
    offers
}

/// Whether each typed word starts one of a spelling's.
fn goes_on(record: &Record, typed: &str) -> bool {
    let starts = |form: &str| {
        let form = folded(form);
        let mut words = typed.split([' ', '-']).filter(|word| !word.is_empty());
        words.all(|typed| form.split([' ', '-']).any(|word| word.starts_with(typed)))
    };
    record.spellings.iter().any(|spelling| starts(&spelling.form))
}

fn of_record(draft: &Draft, record: &Arc<Record>, typed: &str, span: Span) -> Vec<Completion> {
    let sources = if record.sources == 1 { "1 source".to_owned() } else { format!("{} sources", record.sources) };
    let detail = match record.titles.first() {
        Some(title) => format!("{}, {sources}", title.words),
        None => sources,
    };
    let named = |first: &MentionId| draft.document.to_source(draft.reading.mention(*first).at).end < span.start;
    let mut subjects = draft.reading.subjects.iter();
    let known = subjects.any(|subject| subject.name == record.name && subject.mentions.first().is_some_and(named));
    let surname = record.surname.clone().filter(|surname| folded(surname).starts_with(typed));
    // The full name introduces, the surname goes on.
    let forms = if known { [surname, Some(record.name.clone())] } else { [Some(record.name.clone()), surname] };
    let offer = |words: String| Completion { kind: CompletionKind::Name(record.kind), words, detail: detail.clone(), span };
    forms.into_iter().flatten().map(offer).collect()
}

/// The titles that the sources give the one whose name stands right behind the cursor.
fn titles(draft: &Draft, offset: u32) -> Vec<Completion> {
    let source = draft.document.source();
    let Some(before) = source.get(..offset as usize) else { return Vec::new() };
    let start = before.trim_end_matches(char::is_alphanumeric).len() as u32;
    let span = Span::new(start, offset);
    let typed = folded(span.text(source));
    if typed.chars().count() < FEWEST_LETTERS {
        return Vec::new();
    }
    let behind = source[offset as usize..].len() - source[offset as usize..].trim_start_matches(' ').len();
    let name = draft.mentions_at(offset + behind as u32).into_iter().find_map(|id| {
        let mention = draft.reading.mention(id);
        match &mention.kind {
            MentionKind::Name(name) if behind > 0 && draft.document.to_source(mention.at).start == offset + behind as u32 => Some(name),
            _ => None,
        }
    });
    let Some(name) = name else { return Vec::new() };
    let question = NameQuestion::about(&draft.reading, draft.reading.subject(name.subject));
    let known = draft.dossier.name(&question).map_or(&[][..], |answer| &answer.known);
    let titles = known.iter().flat_map(|record| titles_of(draft, &question, record)).filter(|title| title.before_name);
    titles
        .filter(|title| folded(&title.words).starts_with(&typed))
        .map(|title| Completion {
            kind: CompletionKind::Title,
            words: title.words.clone(),
            detail: title.citation.source.attribution(),
            span,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked_against;
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;

    fn corpus() -> MemoryCorpus {
        let text = "Harbour engineer Anna Brandvold opened the dam. Anna Brandvold left.\n";
        let header = SourceHeader { id: "a.md".into(), outlet: Some("Courier".into()), ..SourceHeader::default() };
        MemoryCorpus::new([Source::read(header, Document::parse(text.into(), Format::Markdown))])
    }

    /// What is offered at the mark `|`.
    fn offered(text: &str) -> Vec<(CompletionKind, String, String)> {
        let offset = text.find('|').expect("a mark") as u32;
        let text = text.replace('|', "");
        let draft = checked_against(&text, Format::Markdown, &corpus());
        let offers = completions(&draft, &corpus(), offset).expect("the corpus is there");
        offers.into_iter().map(|offer| (offer.kind, offer.span.text(&text).to_owned(), offer.words)).collect()
    }

    fn person(typed: &str, words: &str) -> (CompletionKind, String, String) {
        (CompletionKind::Name(SubjectKind::Person), typed.into(), words.into())
    }

    #[test]
    fn the_full_name_first_and_the_surname_once_it_stands() {
        assert_eq!(offered("Yesterday Br|"), [person("Br", "Anna Brandvold"), person("Br", "Brandvold")]);
        assert_eq!(offered("Yesterday Anna Br|"), [person("Anna Br", "Anna Brandvold")]);
        assert_eq!(offered("The engineer Anna Brandvold came. Later Br|")[0], person("Br", "Brandvold"));
    }

    #[test]
    fn nothing_for_lower_case_or_a_letter() {
        assert_eq!(offered("Yesterday br|"), []);
        assert_eq!(offered("Yesterday B|"), []);
    }

    #[test]
    fn nobody_whose_name_is_merely_like_what_was_typed() {
        assert_eq!(offered("Yesterday Brnadv|"), []);
        assert_eq!(offered("Yesterday Bvd|"), []);
    }

    #[test]
    fn whom_only_the_draft_knows_is_offered_too() {
        assert_eq!(offered("The engineer Peter Quillfeather came. Later Qui|")[0], person("Qui", "Quillfeather"));
    }

    #[test]
    fn the_form_of_the_sources_comes_first_and_a_slip_of_the_draft_never() {
        assert_eq!(offered("The engineer Anna Brandvodl came. Later Br|"), [person("Br", "Anna Brandvold"), person("Br", "Brandvold")]);
        let offers = offered("The engineer Peter Brandsen came. Later Br|");
        assert_eq!(offers[..2], [person("Br", "Anna Brandvold"), person("Br", "Brandvold")]);
        assert!(offers.contains(&person("Br", "Brandsen")), "{offers:?}");
    }

    #[test]
    fn titles_before_a_name() {
        let offers = offered("Then harb| Anna Brandvold came.");
        assert_eq!(offers, [(CompletionKind::Title, "harb".into(), "Harbour engineer".into())]);
    }
}
