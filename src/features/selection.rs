//! Selection: from a cursor outwards, the stretches of prose that a person would take as one.

use super::Draft;
use crate::document::ProseSpan;
use crate::markup::BlockKind;
use crate::reader::MentionKind;
use crate::text::Span;

/// The stretches around a cursor, each within the next, bytes of the source: the word, the mention, the name with its title,
/// the quotation, the sentence, the block, the section, the whole text.
pub fn selections(draft: &Draft, offset: u32) -> Vec<Span> {
    let source = draft.document.source();
    let mut spans: Vec<Span> = Vec::new();
    if let Some(at) = draft.document.prose_at(offset) {
        let block = draft.document.block(at);
        let reading = &draft.reading.blocks[at.block as usize];
        let tokens = reading.tokens.iter().filter(|token| token.span.touches(at.span.start) && token.is_word());
        spans.extend(tokens.map(|token| block.to_source(token.span)).next());
        for id in draft.reading.at(at) {
            let mention = draft.reading.mention(id);
            spans.push(draft.document.to_source(mention.at));
            let with = match &mention.kind {
                MentionKind::Name(name) => name.title,
                MentionKind::Title(title) => title.holder,
                _ => None,
            };
            let beside = with.map(|with| draft.reading.mention(with).at).filter(|other| other.block == mention.at.block);
            spans.extend(beside.map(|other| draft.document.to_source(mention.at).join(draft.document.to_source(other))));
        }
        let sentence = draft.reading.sentence(ProseSpan { block: at.block, span: at.span });
        spans.push(draft.document.to_source(sentence));
        spans.push(block.source);
        spans.push(section(draft, at.block as usize));
    }
    spans.push(Span::of(0..source.len()));
    // A title far from its holder may reach beyond the sentence: what doesn't nest is left out.
    spans.sort_by_key(|span| span.len());
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        if span.touches(offset) && nested.last().is_none_or(|last| span != *last && span.covers(*last)) {
            nested.push(span);
        }
    }
    nested
}

/// From the heading above a block to the next one.
fn section(draft: &Draft, block: usize) -> Span {
    let blocks = draft.document.blocks();
    let is_heading = |index: &usize| matches!(blocks[*index].kind, BlockKind::Headline | BlockKind::Heading);
    let first = (0..=block).rev().find(is_heading).unwrap_or(0);
    let last = (block + 1..blocks.len()).find(is_heading).unwrap_or(blocks.len()) - 1;
    blocks[first].source.join(blocks[last.max(block)].source)
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;

    #[test]
    fn from_the_word_to_the_text() {
        let text = "# Rain\n\nIt rained. The engineer Anna Brandvold stayed. She read.\n\n# Sun\n\nIt shone.\n";
        let draft = checked(text, Format::Markdown);
        let at = text.find("randvold").expect("the name") as u32;
        let shown: Vec<&str> = selections(&draft, at).into_iter().map(|span| span.text(text)).collect();
        assert_eq!(shown[0], "Brandvold");
        assert_eq!(shown[1], "Anna Brandvold");
        assert!(shown.contains(&"The engineer Anna Brandvold stayed."), "{shown:?}");
        assert_eq!(shown[shown.len() - 2], text[2..].split("\n\n# Sun").next().expect("the section"));
        assert_eq!(shown[shown.len() - 1], text);
    }

    #[test]
    fn a_cursor_outside_prose_has_the_text() {
        let text = "---\ndate: 2024-03-01\n---\n\nIt rained.\n";
        assert_eq!(selections(&checked(text, Format::Markdown), 5), [Span::of(0..text.len())]);
    }
}
