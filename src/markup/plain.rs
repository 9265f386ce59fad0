//! Plain text: paragraphs stand apart by empty lines; a paragraph may wrap, with hyphens at its lines' ends.

use super::{BlockBuilder, BlockKind, Markup};
use crate::text::{LineIndex, Span};

pub(super) fn parse(source: &str) -> Markup {
    let lines = LineIndex::new(source);
    let mut markup = Markup::default();
    let mut builder = BlockBuilder::default();
    let mut line_end = 0;
    for line in 0..lines.len() {
        let range = lines.line_range(source, line);
        let words = source[range.clone()].trim();
        if words.is_empty() {
            markup.blocks.extend(builder.finish(BlockKind::Paragraph));
            continue;
        }
        let indent = source[range.clone()].len() - source[range.clone()].trim_start().len();
        let span = Span::of(range.start + indent..range.start + indent + words.len());
        if !builder.is_empty() {
            builder.push_line_break(Span::new(line_end, span.start), words);
        }
        builder.push_verbatim(source, span);
        line_end = span.end;
    }
    markup.blocks.extend(builder.finish(BlockKind::Paragraph));
    markup
}
