//! Semantic tokens: what each mention of a draft is, so that an editor can colour it.

use super::Draft;
use crate::gazetteer::roles::RoleKind;
use crate::reader::{MentionKind, SubjectKind, Title};
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Person,
    Place,
    Organisation,
    Title,
    Figure,
    Date,
}

impl TokenKind {
    pub const ALL: [Self; 6] = [Self::Person, Self::Place, Self::Organisation, Self::Title, Self::Figure, Self::Date];
}

/// The mentions within `range` (bytes of the source), in the order of the text; no two overlap, and none runs over a line's
/// end: a name broken over two lines is two.
pub fn tokens(draft: &Draft, range: Span) -> Vec<(Span, TokenKind)> {
    if draft.dossier.heard.is_apart() {
        return Vec::new();
    }
    let source = draft.document.source();
    let mut tokens: Vec<(Span, TokenKind)> = Vec::new();
    let mut end = 0;
    for mention in &draft.reading.mentions {
        let kind = match &mention.kind {
            MentionKind::Name(name) => match draft.reading.subject(name.subject).kind {
                SubjectKind::Person => TokenKind::Person,
                SubjectKind::Place => TokenKind::Place,
                SubjectKind::Organisation => TokenKind::Organisation,
            },
            MentionKind::Title(title) if !is_somebodys(title) => continue,
            MentionKind::Title(_) => TokenKind::Title,
            MentionKind::Figure(_) => TokenKind::Figure,
            MentionKind::Date(_) => TokenKind::Date,
            MentionKind::Quote(_) => continue,
        };
        let span = draft.document.to_source(mention.at);
        // Of "the mayor of Larsund" the title is one token, and the place in it none.
        if span.start < end || !span.overlaps(range) {
            continue;
        }
        end = span.end;
        let mut at = span.start;
        for line in span.text(source).split_inclusive(['\n', '\r']) {
            let words = line.trim();
            let start = at + (line.len() - line.trim_start().len()) as u32;
            if !words.is_empty() {
                tokens.push((Span::new(start, start + words.len() as u32), kind));
            }
            at += line.len() as u32;
        }
    }
    tokens
}

/// Whether a title stands beside a name or is of an office. "The patient" and "inching forward" are read as titles, too, and a page on
/// which every such noun is coloured shows nothing.
fn is_somebodys(title: &Title) -> bool {
    !title.alone || title.of.is_some() && !matches!(title.kind, RoleKind::Other | RoleKind::Sport | RoleKind::Kinship)
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;

    #[test]
    fn each_line_of_a_mention_is_a_token() {
        let text = "The engineer Anna\nBrandvold paid 40 euros.\n";
        let draft = checked(text, Format::Markdown);
        let shown: Vec<(&str, TokenKind)> =
            tokens(&draft, Span::of(0..text.len())).into_iter().map(|(span, kind)| (span.text(text), kind)).collect();
        assert!(
            shown.ends_with(&[("Anna", TokenKind::Person), ("Brandvold", TokenKind::Person), ("40 euros", TokenKind::Figure)]),
            "{shown:?}"
        );
        let paid = text.find("paid").expect("the verb") as u32;
        assert_eq!(tokens(&draft, Span::new(paid, paid + 4)), []);
    }

    #[test]
    fn a_noun_that_is_nobodys_title_has_no_colour() {
        let text = "The forward passed the patient. Finnish Prime Minister Anna Brandvold and the mayor of Larsund met the official, inching forward.\n";
        let draft = checked(text, Format::Markdown);
        let titles: Vec<&str> = tokens(&draft, Span::of(0..text.len()))
            .into_iter()
            .filter(|(_, kind)| *kind == TokenKind::Title)
            .map(|(span, _)| span.text(text))
            .collect();
        assert_eq!(titles, ["Finnish Prime Minister", "the mayor of Larsund"]);
    }
}
