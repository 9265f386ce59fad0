//! What is prose in XML that is marked up as pages are: NITF's body, and XHTML within other vocabularies.

use super::reader::{Element, Node, push};
use crate::markup::{Block, BlockBuilder, BlockKind};
use crate::text::Span;

/// What stands in an element, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Words of the block that it stands in.
    Inline,
    /// A block of its own.
    Block(BlockKind),
    /// Blocks of the kind that is around it.
    Group,
    /// A line break.
    Break,
    Table,
    Row,
    Cell {
        header: bool,
    },
    /// What nobody reads as the article's words.
    Nothing,
}

const fn part(name: &[u8]) -> Part {
    match name {
        b"p" => Part::Block(BlockKind::Paragraph),
        b"hl1" | b"h1" => Part::Block(BlockKind::Headline),
        b"hl2" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Part::Block(BlockKind::Heading),
        b"li" | b"dt" | b"dd" => Part::Block(BlockKind::ListItem),
        b"bq" | b"blockquote" | b"pre" => Part::Block(BlockKind::BlockQuote),
        b"caption" | b"figcaption" | b"media-caption" => Part::Block(BlockKind::Caption),
        b"byline" | b"dateline" | b"credit" | b"tagline" | b"distributor" => Part::Block(BlockKind::Byline),
        b"br" => Part::Break,
        b"table" => Part::Table,
        b"tr" => Part::Row,
        b"td" => Part::Cell { header: false },
        b"th" => Part::Cell { header: true },
        b"media-reference" | b"media-metadata" | b"media-object" | b"media-producer" | b"object" | b"script" | b"style" | b"head"
        | b"nav" | b"iframe" | b"svg" | b"form" | b"note" | b"bibliography" | b"body.end" | b"fn" | b"title" => Part::Nothing,
        b"a" | b"abbr" | b"acronym" | b"alt-code" | b"b" | b"chron" | b"cite" | b"classifier" | b"code" | b"copyrite" | b"del" | b"em"
        | b"event" | b"font" | b"frac" | b"frac-num" | b"frac-den" | b"frac-sep" | b"function" | b"i" | b"ins" | b"label" | b"lang"
        | b"location" | b"mark" | b"money" | b"num" | b"object.title" | b"org" | b"person" | b"postaddr" | b"pronounce" | b"q"
        | b"quote" | b"s" | b"small" | b"span" | b"strong" | b"sub" | b"sup" | b"time" | b"u" | b"virtloc" | b"name.given"
        | b"name.family" | b"city" | b"country" | b"region" | b"state" | b"sublocation" => Part::Inline,
        _ => Part::Group,
    }
}

/// The blocks of an element that stands in `part`, in reading order.
pub(in crate::ingest) fn blocks(element: &Element<'_>, part: &str) -> Vec<Block> {
    let mut prose = Prose { part, builder: BlockBuilder::default(), blocks: Vec::new(), row: 0, column: 0 };
    prose.element(element, BlockKind::Paragraph);
    prose.end(BlockKind::Paragraph);
    prose.blocks
}

struct Prose<'a> {
    part: &'a str,
    builder: BlockBuilder,
    blocks: Vec<Block>,
    /// Of the table that is being read.
    row: u16,
    column: u16,
}

impl Prose<'_> {
    /// Ends the block that is being put together.
    fn end(&mut self, kind: BlockKind) {
        self.blocks.extend(self.builder.finish(kind));
    }

    fn all(&mut self, element: &Element<'_>, kind: BlockKind) {
        for node in &element.nodes {
            match node {
                Node::Element(element) => self.element(element, kind),
                Node::Text(text) => self.text(text),
                Node::Reference(..) => push(&mut self.builder, node, self.part),
            }
        }
    }

    /// Adds words, with each stretch of white space as one blank.
    fn text(&mut self, text: &str) {
        let Some(from) = super::super::places::offset_in(self.part, text) else { return };
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let words = rest.find(['\n', '\r', '\t']).map_or(rest, |end| rest[..end].trim_end_matches(' '));
            if !(self.builder.is_empty() && words.trim().is_empty()) {
                let skipped = if self.builder.is_empty() { words.len() - words.trim_start().len() } else { 0 };
                self.builder.push_verbatim(self.part, Span::of(from + at + skipped..from + at + words.len()));
            }
            let after = &rest[words.len()..];
            let gap = after.len() - after.trim_start_matches([' ', '\n', '\r', '\t']).len();
            if gap > 0 {
                let span = Span::of(from + at + words.len()..from + at + words.len() + gap);
                self.builder.push_line_break(span, &after[gap..]);
            }
            at += words.len() + gap.max(usize::from(words.is_empty() && gap == 0));
        }
    }

    fn element(&mut self, element: &Element<'_>, kind: BlockKind) {
        match part(element.name.as_bytes()) {
            Part::Inline => self.all(element, kind),
            Part::Nothing => {}
            Part::Break => {
                let at = element.span.clone();
                if let Some(from) = super::super::places::offset_in(self.part, element.part()) {
                    self.builder.push_line_break(Span::of(from..from + at.len()), "");
                }
            }
            Part::Block(own) => {
                self.end(kind);
                // A paragraph of a list item or a quotation is that.
                let own = if own == BlockKind::Paragraph { kind } else { own };
                self.all(element, own);
                self.end(own);
            }
            Part::Group => {
                self.end(kind);
                self.all(element, kind);
                self.end(kind);
            }
            Part::Table => {
                self.end(kind);
                let outer = (self.row, self.column);
                (self.row, self.column) = (0, 0);
                self.all(element, kind);
                self.end(kind);
                (self.row, self.column) = outer;
            }
            Part::Row => {
                self.end(kind);
                self.column = 0;
                self.all(element, kind);
                self.end(kind);
                self.row = self.row.saturating_add(1);
            }
            Part::Cell { header } => {
                self.end(kind);
                let own = BlockKind::TableCell { row: self.row, column: self.column, header: header && self.row == 0 };
                self.all(element, own);
                self.end(own);
                self.column = self.column.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::whole;
    use super::*;

    #[test]
    fn blocks_are_those_that_a_person_reads() {
        let text = "<body>\n <hl2>The  tide</hl2><p>It rose\n   by <num>three</num> metres &amp; fell.<br/>Twice.</p><ul><li><p>One</p></li><li>Two</li></ul>\
            <bq><block><p>We saw it.</p></block></bq><table><tr><th>Day</th></tr><tr><td>3</td><td>4</td></tr></table><script>x</script>loose</body>";
        let element = whole(text, 1000).expect("is sound");
        let blocks = blocks(&element, text);
        let read: Vec<(&str, BlockKind)> = blocks.iter().map(|block| (&*block.text, block.kind)).collect();
        let cell = |row, column, header| BlockKind::TableCell { row, column, header };
        assert_eq!(
            read,
            [
                ("The  tide", BlockKind::Heading),
                ("It rose by three metres & fell. Twice.", BlockKind::Paragraph),
                ("One", BlockKind::ListItem),
                ("Two", BlockKind::ListItem),
                ("We saw it.", BlockKind::BlockQuote),
                ("Day", cell(0, 0, true)),
                ("3", cell(1, 0, false)),
                ("4", cell(1, 1, false)),
                ("loose", BlockKind::Paragraph),
            ]
        );
        let at = blocks[1].text.find("three metres").expect("has it") as u32;
        assert_eq!(blocks[1].to_source(Span::new(at, at + 12)).text(text), "three</num> metres");
    }
}
