//! Inlay hints: what stands behind a measure or a title while one reads, and in no text: "about 437 square miles", "since May 2019".

use jiff::civil::Date;

use super::Draft;
use super::hover::subject_of;
use super::hover_figure::in_other_units;
use crate::corpus::NameQuestion;
use crate::reader::{Figure, Mention, MentionKind, Status, Title};
use crate::text::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlay {
    /// The byte of the source that it stands before.
    pub at: u32,
    pub words: String,
}

/// The hints within a part of the draft, bytes of its source.
pub fn inlays(draft: &Draft, within: Span) -> Vec<Inlay> {
    let hint = |mention: &Mention| {
        let span = draft.document.to_source(mention.at);
        if !within.covers(span) {
            return None;
        }
        let words = match &mention.kind {
            MentionKind::Figure(figure) => in_other_measure(draft, mention, figure),
            MentionKind::Title(title) => since(draft, title),
            _ => None,
        };
        words.map(|words| Inlay { at: span.end, words })
    };
    draft.reading.mentions.iter().filter_map(hint).collect()
}

/// None at a bracket, in which the draft may say so itself.
fn in_other_measure(draft: &Draft, mention: &Mention, figure: &Figure) -> Option<String> {
    let (before, rest) = draft.document.block(mention.at).text.split_at(mention.at.span.start as usize);
    let behind = &rest[mention.at.span.len() as usize..];
    if before.ends_with(['(', '[']) || behind.trim_start().starts_with(['(', '[']) {
        return None;
    }
    in_other_units(figure)
}

/// Since when somebody is said to be what a title of the draft says: a term where one is known, or else the oldest source.
fn since(draft: &Draft, title: &Title) -> Option<String> {
    if title.alone || title.status != Status::Current {
        return None;
    }
    let subject = subject_of(draft, title.holder?)?;
    let question = NameQuestion::about(&draft.reading, draft.reading.subject(subject));
    let same = || draft.dossier.titles(&question).iter().filter(|said| said.role == title.role && said.status == title.status);
    let terms = same().filter_map(|said| said.term).filter(|term| term.until.is_none());
    if let Some(from) = terms.filter_map(|term| term.from).max() {
        return Some(format!("since {}", month(from)));
    }
    same().filter_map(|said| said.published).min().map(|first| format!("in the sources since {}", month(first)))
}

fn month(day: Date) -> String {
    day.strftime("%B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::draft::{checked, checked_against};
    use super::*;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};
    use crate::document::Document;
    use crate::markup::Format;

    fn all(draft: &Draft) -> Vec<(&str, String)> {
        let source = draft.document.source();
        let hints = inlays(draft, Span::of(0..source.len()));
        hints.into_iter().map(|hint| (source[..hint.at as usize].rsplit(' ').next().unwrap_or_default(), hint.words)).collect()
    }

    #[test]
    fn a_measure_stands_in_the_other_system_unless_the_draft_puts_it_there() {
        let draft = checked("The road is 50 km long, the field 10 acres (4 hectares). It took 3 hours.\n", Format::Plain);
        assert_eq!(all(&draft), [("km", "about 31 miles".to_owned())]);
    }

    #[test]
    fn a_title_has_the_month_it_was_first_said_in() {
        let source = |id: &str, published: Date| {
            let header = SourceHeader { id: id.into(), published: Some(published), ..SourceHeader::default() };
            Source::read(header, Document::parse("Mayor Petra Zielonka opened the dam.\n".into(), Format::Plain))
        };
        let days = [jiff::civil::date(2024, 3, 1), jiff::civil::date(2023, 5, 7)];
        let corpus = MemoryCorpus::new(days.iter().enumerate().map(|(id, day)| source(&id.to_string(), *day)));
        let draft = checked_against("Mayor Petra Zielonka left. Former mayor Omari Kip stayed.\n", Format::Plain, &corpus);
        assert_eq!(all(&draft), [("Mayor", "in the sources since May 2023".to_owned())]);
        assert!(inlays(&draft, Span::new(0, 3)).is_empty());
    }
}
