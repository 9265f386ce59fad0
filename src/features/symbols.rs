//! The outline of a draft: its headings, and below each whom and what it is about.

use super::Draft;
use crate::markup::BlockKind;
use crate::reader::{Mention, MentionKind, SubjectKind};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    Heading,
    Person,
    Place,
    Organisation,
    Figure,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub kind: SymbolKind,
    pub name: String,
    /// What goes with it: the title of a person, the sentence of a figure.
    pub detail: Option<String>,
    /// All it covers, bytes of the source: a heading's section, else the words themselves.
    pub span: Span,
    /// The words to go to, within `span`.
    pub selection: Span,
    pub children: Vec<Symbol>,
}

/// The outline; what stands before the first heading is at its top.
pub fn symbols(draft: &Draft) -> Vec<Symbol> {
    let blocks = draft.document.blocks();
    let mut top: Vec<Symbol> = Vec::new();
    let mut is_section = false;
    let mut mentions = draft.reading.iter().peekable();
    let mut seen = vec![false; draft.reading.subjects.len()];
    for (index, block) in blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Headline | BlockKind::Heading) {
            seen.fill(false);
            is_section = true;
            let (kind, name) = (SymbolKind::Heading, block.text.to_string());
            top.push(Symbol { kind, name, detail: None, span: block.source, selection: block.source, children: Vec::new() });
        }
        while let Some((_, mention)) = mentions.next_if(|(_, mention)| mention.at.block as usize <= index) {
            let Some(symbol) = of_mention(draft, mention, &mut seen) else { continue };
            match top.last_mut().filter(|_| is_section) {
                Some(section) => section.children.push(symbol),
                None => top.push(symbol),
            }
        }
        if let Some(section) = top.last_mut().filter(|_| is_section) {
            section.span = section.span.join(block.source);
        }
    }
    top
}

fn of_mention(draft: &Draft, mention: &Mention, seen: &mut [bool]) -> Option<Symbol> {
    let span = draft.document.to_source(mention.at);
    let symbol = |kind, name: String, detail| Symbol { kind, name, detail, span, selection: span, children: Vec::new() };
    match &mention.kind {
        MentionKind::Name(name) => {
            let subject = draft.reading.subject(name.subject);
            if std::mem::replace(&mut seen[name.subject.index()], true) {
                return None;
            }
            let kind = match subject.kind {
                SubjectKind::Person => SymbolKind::Person,
                SubjectKind::Place => SymbolKind::Place,
                SubjectKind::Organisation => SymbolKind::Organisation,
            };
            let title = name.title.map(|title| draft.document.words(draft.reading.mention(title).at).to_owned());
            (!subject.name.is_empty()).then(|| symbol(kind, subject.name.clone(), title))
        }
        // "The first" and "two of them" are nothing to go to.
        MentionKind::Figure(figure) if figure.of.is_none() && figure.unit.is_none() => None,
        MentionKind::Figure(figure) => {
            let words = draft.document.words(mention.at);
            let of = figure.of.map(|of| of.text(&draft.document.block(mention.at).text).to_owned());
            (!words.is_empty()).then(|| symbol(SymbolKind::Figure, words.to_owned(), of))
        }
        MentionKind::Title(_) | MentionKind::Date(_) | MentionKind::Quote(_) => None,
    }
}
