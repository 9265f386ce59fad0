//! Markdown: prose by the parser's byte ranges; code, link targets, comments and front matter are none.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{BlockBuilder, BlockKind, Markup};
use crate::text::Span;

pub(super) fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let mut builder = BlockBuilder::default();
    let mut kinds: Vec<BlockKind> = Vec::new();
    let mut has_headline = false;
    let mut code = 0_u32;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_FOOTNOTES;
    let (mut row, mut column) = (0, 0);
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        let span = Span::of(range);
        match event {
            Event::Start(tag) => {
                let kind = match tag {
                    Tag::Heading { level: HeadingLevel::H1, .. } if !has_headline => {
                        has_headline = true;
                        Some(BlockKind::Headline)
                    }
                    Tag::Heading { .. } => Some(BlockKind::Heading),
                    Tag::Item => Some(BlockKind::ListItem),
                    Tag::BlockQuote(_) => Some(BlockKind::BlockQuote),
                    Tag::TableHead => {
                        (row, column) = (0, 0);
                        None
                    }
                    Tag::TableRow => {
                        row += 1;
                        column = 0;
                        None
                    }
                    Tag::TableCell => Some(BlockKind::TableCell { row, column, header: row == 0 }),
                    Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::HtmlBlock => {
                        code += 1;
                        None
                    }
                    Tag::Paragraph if kinds.is_empty() => Some(BlockKind::Paragraph),
                    _ => None,
                };
                if let Some(kind) = kind {
                    markup.blocks.extend(builder.finish(kinds.last().copied().unwrap_or(BlockKind::Paragraph)));
                    kinds.push(kind);
                }
            }
            Event::End(end) => match end {
                TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::TableCell => {
                    let kind = kinds.pop().unwrap_or(BlockKind::Paragraph);
                    markup.blocks.extend(builder.finish(kind));
                    column += u16::from(matches!(end, TagEnd::TableCell));
                }
                TagEnd::Paragraph => {
                    let kind = kinds.last().copied().unwrap_or(BlockKind::Paragraph);
                    if kind == BlockKind::Paragraph {
                        kinds.pop();
                    }
                    markup.blocks.extend(builder.finish(kind));
                }
                TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock => code = code.saturating_sub(1),
                _ => {}
            },
            Event::Text(words) if code == 0 => {
                if *words == *span.text(source) {
                    builder.push_verbatim(source, span);
                } else {
                    builder.push_standing_for(&words, span);
                }
            }
            Event::SoftBreak | Event::HardBreak if code == 0 => builder.push_line_break(span, source[span.end as usize..].trim_start()),
            _ => {}
        }
    }
    markup.blocks.extend(builder.finish(BlockKind::Paragraph));
    markup
}
