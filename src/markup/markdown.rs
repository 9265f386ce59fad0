//! Markdown: prose by the parser's byte ranges; code, link targets, comments and front matter are none.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{BlockBuilder, BlockKind, Markup, Stet, front_matter, html};
use crate::text::Span;

pub(super) fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let (front, problem) = front_matter::parse(source);
    let from = front.source.end;
    markup.front_matter = front;
    markup.problems.extend(problem);
    let mut reader = MarkdownReader { source, markup, builder: BlockBuilder::default(), kinds: Vec::new(), skipped: 0, row: 0, column: 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&source[from as usize..], options).into_offset_iter() {
        reader.event(event, Span::of(range).shifted(from));
    }
    reader.flush();
    reader.markup
}

struct MarkdownReader<'a> {
    source: &'a str,
    markup: Markup,
    builder: BlockBuilder,
    /// Open blocks, the innermost last.
    kinds: Vec<BlockKind>,
    /// How many elements without prose are open.
    skipped: u32,
    row: u16,
    column: u16,
}

impl MarkdownReader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(end) => self.end(end),
            Event::Text(words) if self.skipped == 0 => {
                if *words == *span.text(self.source) {
                    self.builder.push_verbatim(self.source, span);
                } else {
                    self.builder.push_standing_for(&words, span);
                }
            }
            Event::SoftBreak | Event::HardBreak if self.skipped == 0 => {
                let next = self.source[span.end as usize..].trim_start().trim_start_matches(['>', ' ']);
                self.builder.push_line_break(span, next);
            }
            // Code is a gap that words on either side must not close.
            Event::Code(_) if self.skipped == 0 => self.builder.push_standing_for("\u{fffc}", span),
            Event::InlineHtml(tag) => {
                if let Some(inside) = tag.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
                    let stet = Stet::parse(inside, span, self.markup.blocks.len());
                    self.markup.stets.extend(stet);
                } else if tag.starts_with("<br") && !self.builder.is_empty() {
                    self.builder.push_standing_for(" ", span);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        let kind = match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } if !self.markup.has_headline => BlockKind::Headline,
            Tag::Heading { .. } => BlockKind::Heading,
            Tag::Item => BlockKind::ListItem,
            Tag::BlockQuote(_) => BlockKind::BlockQuote,
            Tag::TableHead => {
                (self.row, self.column) = (0, 0);
                return;
            }
            Tag::TableRow => {
                self.row = self.row.saturating_add(1);
                self.column = 0;
                return;
            }
            Tag::TableCell => BlockKind::TableCell { row: self.row, column: self.column, header: self.row == 0 },
            Tag::Paragraph => self.kinds.last().copied().unwrap_or(BlockKind::Paragraph),
            Tag::HtmlBlock => {
                self.flush();
                html::parse_fragment(self.source, span, &mut self.markup);
                self.skipped += 1;
                return;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.skipped += 1;
                return;
            }
            _ => return,
        };
        self.flush();
        self.kinds.push(kind);
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::TableCell | TagEnd::Paragraph => {
                self.flush();
                self.kinds.pop();
                self.column = self.column.saturating_add(u16::from(matches!(end, TagEnd::TableCell)));
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        self.markup.add(self.builder.finish(kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        parse(source).blocks.into_iter().map(|block| (block.kind, block.text.to_string())).collect()
    }

    #[test]
    fn code_targets_comments_and_front_matter_are_no_prose() {
        let source = "---\ndate: 2025-12-03\n---\n# Head *line*\n\nA [link](https://example.org/kiev) and `code`.\n\n```\nblock\n```\n<!-- a comment -->\n\n- one\n- two\n";
        assert_eq!(
            blocks(source),
            [
                (BlockKind::Headline, "Head line".to_owned()),
                (BlockKind::Paragraph, "A link and \u{fffc}.".to_owned()),
                (BlockKind::ListItem, "one".to_owned()),
                (BlockKind::ListItem, "two".to_owned()),
            ]
        );
    }

    #[test]
    fn html_within_markdown_is_read_as_html() {
        let source =
            "<h1>Head</h1>\n\n<p>Ukraine&rsquo;s president</p>\n\nText.\n\n| a | b |\n| --- | --- |\n| c | d |\n\n> Words\n> go on\n";
        let read = blocks(source);
        assert_eq!(read[0], (BlockKind::Headline, "Head".to_owned()));
        assert_eq!(read[1], (BlockKind::Paragraph, "Ukraine’s president".to_owned()));
        assert_eq!(read[6], (BlockKind::TableCell { row: 1, column: 1, header: false }, "d".to_owned()));
        assert_eq!(read[7], (BlockKind::BlockQuote, "Words go on".to_owned()));
    }

    #[test]
    fn stet_marks_speak_of_the_next_block_or_of_their_own() {
        let markup = parse("One.\n\n<!-- stet: name-variant -->\nTwo.\n\nThree <!-- stet --> goes on.\n");
        assert_eq!(markup.stets.iter().map(|stet| stet.block).collect::<Vec<_>>(), [1, 2]);
    }
}
