//! A text with its prose: what every later step works on. Parsing never fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::markup::{self, Block, BlockKind, Charset, Format, FrontMatter, Markup, Stet};
use crate::text::{LineIndex, Position, Span, TextEdit};

#[derive(Clone, Debug)]
pub struct Document {
    source: Arc<str>,
    format: Format,
    charset: Charset,
    lines: LineIndex,
    /// Where the text starts in its file.
    start: Position,
    markup: Markup,
}

/// A place in a document's prose: a block by its index, and bytes in that block's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProseSpan {
    pub block: u32,
    pub span: Span,
}

impl Document {
    pub fn parse(source: Arc<str>, format: Format) -> Self {
        let markup = markup::parse(&source, format);
        Self::of_markup(source, format, markup)
    }

    /// A text whose prose is known: that of an article in a format which only sources come in.
    pub fn of_markup(source: Arc<str>, format: Format, markup: Markup) -> Self {
        let lines = LineIndex::new(&source);
        Self { source, format, charset: Charset::UTF_8, lines, start: Position::default(), markup }
    }

    /// Another version of the text, as an edit leaves it. Where a text doesn't say what its paragraphs are, those of before tell it.
    #[must_use]
    pub fn with_text(&self, source: Arc<str>) -> Self {
        let mut next = Self::parse(source, self.format).written_in(self.charset).starting_at(self.start);
        if !self.format.is_text() {
            let line = |document: &Self, block: &Block| document.lines.position(&document.source, block.source.start).line;
            let kinds: BTreeMap<u32, BlockKind> = self.blocks().iter().map(|block| (line(self, block), block.kind)).collect();
            next = next.clone().map_blocks(|_, block| Some(block.clone().of_kind(*kinds.get(&line(&next, block)).unwrap_or(&block.kind))));
        }
        next
    }

    /// The same text as a part of a file that starts there: all positions are those of the file.
    #[must_use]
    pub fn starting_at(mut self, start: Position) -> Self {
        self.start = start;
        self
    }

    /// The same text, known to be in another encoding where it came from.
    #[must_use]
    pub fn written_in(mut self, charset: Charset) -> Self {
        self.charset = charset;
        self
    }

    /// The same text with some of its prose changed or left out.
    #[must_use]
    pub fn map_blocks(mut self, map: impl Fn(usize, &Block) -> Option<Block>) -> Self {
        self.markup.blocks = self.markup.blocks.iter().enumerate().filter_map(|(index, block)| map(index, block)).collect();
        self
    }

    pub fn source(&self) -> &Arc<str> {
        &self.source
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// How it is written where it came from. All offsets are in UTF-8 all the same, and its edits are for the text, not for those bytes.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    pub fn blocks(&self) -> &[Block] {
        &self.markup.blocks
    }

    pub fn front_matter(&self) -> &FrontMatter {
        &self.markup.front_matter
    }

    pub fn stets(&self) -> &[Stet] {
        &self.markup.stets
    }

    /// Faults in the markup: bytes of the source, and what is wrong there.
    pub fn problems(&self) -> &[(Span, String)] {
        &self.markup.problems
    }

    /// The same text, with the day it is known to be of where it gives itself none.
    #[must_use]
    pub fn dated(mut self, date: Option<Date>) -> Self {
        self.markup.front_matter.date = self.markup.front_matter.date.or(date);
        self
    }

    /// The date the text gives itself.
    pub fn date(&self) -> Option<Date> {
        self.markup.front_matter.date
    }

    pub fn block(&self, at: ProseSpan) -> &Block {
        &self.markup.blocks[at.block as usize]
    }

    /// The words at a place of the prose, as read.
    pub fn words(&self, at: ProseSpan) -> &str {
        at.span.text(&self.block(at).text)
    }

    /// The bytes of the source that a place of the prose stands for.
    pub fn to_source(&self, at: ProseSpan) -> Span {
        self.block(at).to_source(at.span)
    }

    /// The place in the prose of a byte of the source (a cursor); none where no prose is.
    pub fn prose_at(&self, offset: u32) -> Option<ProseSpan> {
        let from = self.markup.blocks.partition_point(|block| block.source.end < offset);
        let (index, block) = self.markup.blocks.iter().enumerate().skip(from).take(2).find(|(_, block)| block.source.touches(offset))?;
        let at = block.from_source(offset)?;
        Some(ProseSpan { block: index as u32, span: Span::new(at, at) })
    }

    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(&self.source, offset).after(self.start)
    }

    /// The edit of the source that puts `words` at a place of the prose, as small as it can be. None where that would
    /// touch markup: a name half in bold is left to the editor.
    pub fn replace(&self, at: ProseSpan, words: &str) -> Option<TextEdit> {
        let block = self.block(at);
        let old = at.span.text(&block.text);
        if block.is_verbatim(at.span) {
            return Some(TextEdit { span: block.to_source(at.span), text: self.escaped(words) });
        }
        let prefix = common_prefix(old, words);
        let suffix = common_prefix_rev(&old[prefix..], &words[prefix..]);
        let changed = Span::new(at.span.start + prefix as u32, at.span.end - suffix as u32);
        if changed.is_empty() && words.len() == prefix + suffix {
            return None;
        }
        let whole = block.to_source(changed);
        let touched = whole.text(&self.source);
        // A break in the middle of a wrapped line, or a hyphen at its end, may go; marks may not.
        let plain = touched.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '.' | ','));
        plain.then(|| TextEdit { span: whole, text: self.escaped(&words[prefix..words.len() - suffix]) })
    }

    fn escaped(&self, words: &str) -> String {
        match self.format {
            Format::Html => words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            Format::Markdown | Format::Plain | Format::Word => words.to_owned(),
        }
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

fn common_prefix_rev(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(c, _)| c.len_utf8()).sum()
}
