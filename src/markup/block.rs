//! One block of prose: its text as a person reads it, and the way from there back to the bytes of the source.

use std::sync::Arc;

use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's own headline: its first heading of the first level.
    Headline,
    Heading,
    Paragraph,
    ListItem,
    /// A paragraph set off as somebody's words (`>`, `<blockquote>`).
    BlockQuote,
    /// Row and column start at 0; row 0 is the header where the table has one.
    TableCell {
        row: u16,
        column: u16,
        header: bool,
    },
    Caption,
    Byline,
}

impl BlockKind {
    /// Running text, where a first mention introduces somebody: not a headline, caption, table or byline.
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::BlockQuote)
    }

    /// The kind as far as it tells of a block that is read alone: of whichever row and column, a cell is a cell.
    #[must_use]
    pub const fn alone(self) -> Self {
        match self {
            Self::TableCell { header, .. } => Self::TableCell { row: 0, column: 0, header },
            other => other,
        }
    }
}

/// A stretch of the block's text that stands in the source byte for byte, or (when `verbatim` is false) stands for other
/// bytes there: an entity, a line break with its indent, a hyphen at a line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    text: Span,
    source: Span,
    verbatim: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Markup gone, entities decoded, a soft line break one blank.
    pub text: Arc<str>,
    /// Bytes of the source that the block covers.
    pub source: Span,
    pieces: Vec<Piece>,
}

impl Block {
    /// The bytes of the source that `span` of the block's text stands for.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.source_of(span.start, false);
        let end = if span.is_empty() { start } else { self.source_of(span.end, true) };
        Span::new(start, end.max(start))
    }

    /// Whether `span` stands in the source byte for byte, so that it may be replaced there without touching markup.
    pub fn is_verbatim(&self, span: Span) -> bool {
        let from = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        self.pieces.get(from).is_some_and(|piece| piece.verbatim && piece.text.covers(span))
    }

    /// The offset in the block's text of a byte of the source; none when that byte is not prose of this block.
    pub fn from_source(&self, offset: u32) -> Option<u32> {
        let at = self.pieces.partition_point(|piece| piece.source.end < offset);
        let piece = self.pieces.get(at).filter(|piece| piece.source.touches(offset))?;
        let within = match piece.verbatim {
            true => offset - piece.source.start,
            false if offset == piece.source.end => piece.text.len(),
            false => 0,
        };
        Some((piece.text.start + within).min(piece.text.end))
    }

    /// The block up to the byte `end` of its text; none when no words are left.
    pub fn truncated(&self, end: u32) -> Option<Self> {
        self.part(Span::new(0, end))
    }

    /// A part of the block as a block of its own; none when no words are in it.
    pub fn part(&self, part: Span) -> Option<Self> {
        let text = self.text.get(part.range())?.to_owned();
        let from = self.pieces.partition_point(|piece| piece.text.end <= part.start);
        let within = self.pieces[from..].iter().take_while(|piece| piece.text.start < part.end);
        let clipped = within.map(|piece| {
            let (before, after) = (part.start.saturating_sub(piece.text.start), piece.text.end.saturating_sub(part.end));
            let text = Span::new(piece.text.start + before - part.start, piece.text.end - after - part.start);
            let source = if piece.verbatim { Span::new(piece.source.start + before, piece.source.end - after) } else { piece.source };
            Piece { text, source, ..*piece }
        });
        BlockBuilder { text, pieces: clipped.collect() }.finish(self.kind)
    }

    /// The block of a text that is itself the text of `outer`, with its way back to the source of that. None when that has none of its words.
    pub(super) fn through(&self, outer: &Self) -> Option<Self> {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if !piece.verbatim {
                pieces.push(Piece { source: outer.to_source(piece.source), ..*piece });
                continue;
            }
            let from = outer.pieces.partition_point(|under| under.text.end <= piece.source.start);
            for under in outer.pieces[from..].iter().take_while(|under| under.text.start < piece.source.end) {
                let part = Span::new(piece.source.start.max(under.text.start), piece.source.end.min(under.text.end));
                let at = piece.text.start + (part.start - piece.source.start);
                let text = Span::new(at, at + part.len());
                let before = part.start - under.text.start;
                let source = if under.verbatim { Span::new(0, part.len()).shifted(under.source.start + before) } else { under.source };
                pieces.push(Piece { text, source, verbatim: under.verbatim });
            }
        }
        let (first, last) = (pieces.first()?, pieces.last()?);
        let source = Span::new(first.source.start, last.source.end);
        Some(Self { kind: self.kind, text: self.text.clone(), source, pieces })
    }

    /// The block in parts of at most `longest` bytes, cut where a sentence ends, or else between words if it can be: what is
    /// done to a block may take time that grows faster than its length, and nobody writes such paragraphs.
    pub(super) fn in_parts(self, longest: usize) -> Vec<Self> {
        if self.text.len() <= longest {
            return vec![self];
        }
        let mut parts = Vec::new();
        let mut from = 0;
        while from < self.text.len() {
            let mut to = (from + longest).min(self.text.len());
            while !self.text.is_char_boundary(to) {
                to -= 1;
            }
            if to < self.text.len() {
                let here = &self.text[from..to];
                let sentence = here.rfind(". ").filter(|&at| at > longest / 2).map(|at| at + 2);
                to = from + sentence.or_else(|| here.rfind(' ').map(|at| at + 1)).unwrap_or(here.len());
            }
            parts.extend(self.part(Span::of(from..to)));
            from = to;
        }
        parts
    }

    #[must_use]
    pub fn of_kind(mut self, kind: BlockKind) -> Self {
        self.kind = kind;
        self
    }

    fn source_of(&self, offset: u32, is_end: bool) -> u32 {
        // An end belongs to the piece that the byte before it is in, a start to the one its own byte is in.
        let at = if is_end {
            self.pieces.partition_point(|piece| piece.text.end < offset)
        } else {
            self.pieces.partition_point(|piece| piece.text.end <= offset)
        };
        let Some(piece) = self.pieces.get(at).or(self.pieces.last()) else { return self.source.start };
        if piece.verbatim {
            (piece.source.start + offset.saturating_sub(piece.text.start)).min(piece.source.end)
        } else if is_end {
            piece.source.end
        } else {
            piece.source.start
        }
    }
}

/// Puts a block together from pieces of its source.
#[derive(Debug, Default)]
pub struct BlockBuilder {
    text: String,
    pieces: Vec<Piece>,
}

impl BlockBuilder {
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds `source[span]` as it stands, but for what nobody sees within a number: a reader has "1,234" where a page breaks it in two.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        let words = span.text(source);
        let mut start = span.start;
        let last = self.text.chars().next_back();
        for at in memchr::memchr2_iter(FIRST_OF_NO_WIDTH[0], FIRST_OF_NO_WIDTH[1], words.as_bytes()) {
            let mut chars = words[at..].chars();
            let Some(this) = chars.next().filter(|&this| is_of_no_width(this)) else { continue };
            let before = words[..at].trim_end_matches(is_of_no_width).chars().next_back().or(last);
            if before.is_some_and(is_of_a_number) && chars.next().is_some_and(is_of_a_number) {
                self.push_piece(source, Span::new(start, span.start + at as u32));
                start = span.start + (at + this.len_utf8()) as u32;
            }
        }
        self.push_piece(source, Span::new(start, span.end));
    }

    fn push_piece(&mut self, source: &str, span: Span) {
        let words = span.text(source);
        if words.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(words);
        let text = Span::new(start, self.text.len() as u32);
        if let Some(last) = self.pieces.last_mut().filter(|last| last.verbatim && last.source.end == span.start) {
            last.text.end = text.end;
            last.source.end = span.end;
        } else {
            self.pieces.push(Piece { text, source: span, verbatim: true });
        }
    }

    /// Adds `words` for other bytes of the source: an entity's character, a blank for a line break.
    pub fn push_standing_for(&mut self, words: &str, span: Span) {
        if words.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(words);
        self.pieces.push(Piece { text: Span::new(start, self.text.len() as u32), source: span, verbatim: false });
    }

    /// Adds a line of a text that wraps: joined to the line before by a blank, or without one where that line broke a
    /// word with a hyphen. `gap` covers the line break and indent in the source.
    pub fn push_line_break(&mut self, gap: Span, next: &str) {
        let broken_word = self.text.ends_with('-')
            && self.text[..self.text.len() - 1].ends_with(|c: char| c.is_lowercase())
            && next.starts_with(|c: char| c.is_lowercase())
            && self.pieces.last().is_some_and(|piece| piece.verbatim && piece.text.len() > 1);
        if broken_word {
            self.text.pop();
            if let Some(last) = self.pieces.last_mut() {
                last.text.end -= 1;
                last.source.end -= 1;
            }
        } else if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.push_standing_for(" ", gap);
        }
    }

    /// The block, with white space at its ends left out; none when nothing else is in it.
    pub fn finish(&mut self, kind: BlockKind) -> Option<Block> {
        let mut pieces = std::mem::take(&mut self.pieces);
        let text: Arc<str> = self.text.trim_end().into();
        // Its room is kept for the next block.
        self.text.clear();
        let end = text.len() as u32;
        pieces.retain(|piece| piece.text.start < end);
        // A table may have as many blocks as cells.
        pieces.shrink_to_fit();
        if let Some(last) = pieces.last_mut() {
            let over = last.text.end.saturating_sub(end);
            last.text.end -= over;
            if last.verbatim {
                last.source.end -= over;
            }
        }
        let (first, last) = (pieces.first()?, pieces.last()?);
        let source = Span::new(first.source.start, last.source.end);
        Some(Block { kind, text, source, pieces })
    }
}

/// What the bytes of such a character begin with.
const FIRST_OF_NO_WIDTH: [u8; 2] = [0xe2, 0xef];

const fn is_of_no_width(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Digits, and what stands between them and beside them.
const fn is_of_a_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '$' | '£' | '€' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_width_is_left_out_of_numbers_alone() {
        let source = "A\u{200b}sum of €9\u{2060}0,\u{feff}000 for x\u{200b}5";
        let mut block = BlockBuilder::default();
        block.push_verbatim(source, Span::new(0, source.len() as u32));
        let block = block.finish(BlockKind::Paragraph).expect("has words");
        assert_eq!(&*block.text, "A\u{200b}sum of €90,000 for x\u{200b}5");
        let at = block.text.find('€').expect("a sum") as u32;
        let sum = Span::new(at, at + "€90,000".len() as u32);
        assert_eq!(block.to_source(sum).text(source), "€9\u{2060}0,\u{feff}000");
        assert!(!block.is_verbatim(sum));
    }

    #[test]
    fn long_blocks_are_cut_between_sentences_and_keep_their_places() {
        let source = format!("{}&amp;{}", "One more word. ".repeat(10), " Two more words.".repeat(10));
        let mut block = BlockBuilder::default();
        block.push_verbatim(&source, Span::new(0, 150));
        block.push_standing_for("&", Span::new(150, 155));
        block.push_verbatim(&source, Span::new(155, source.len() as u32));
        let parts = block.finish(BlockKind::Paragraph).expect("has words").in_parts(64);
        assert!(parts.len() > 3 && parts.iter().all(|part| part.text.len() <= 64));
        for part in &parts {
            let words = part.text.find("Two").or(part.text.find("One")).expect("has a sentence") as u32;
            assert!(["Two", "One"].contains(&part.to_source(Span::new(words, words + 3)).text(&source)));
        }
    }

    #[test]
    fn a_text_within_another_leads_back_to_that() {
        let source = r#"{"body":"<p>Tide \u0026amp; \u201cwind\u201d</p>"}"#;
        let mut outer = BlockBuilder::default();
        outer.push_verbatim(source, Span::new(9, 17));
        outer.push_standing_for("&", Span::new(17, 23));
        outer.push_verbatim(source, Span::new(23, 28));
        outer.push_standing_for("“", Span::new(28, 34));
        outer.push_verbatim(source, Span::new(34, 38));
        outer.push_standing_for("”", Span::new(38, 44));
        let outer = outer.finish(BlockKind::Paragraph).expect("has words");
        let inner = &outer.text;
        assert_eq!(&**inner, "<p>Tide &amp; “wind”");
        let mut block = BlockBuilder::default();
        block.push_verbatim(inner, Span::new(3, 8));
        block.push_standing_for("&", Span::new(8, 13));
        block.push_verbatim(inner, Span::new(13, inner.len() as u32));
        let block = block.finish(BlockKind::Paragraph).and_then(|block| block.through(&outer)).expect("has words");
        assert_eq!(&*block.text, "Tide & “wind”");
        for (words, written) in [("Tide", "Tide"), ("&", r"\u0026amp;"), ("wind", "wind"), ("“wind”", r"\u201cwind\u201d")] {
            let at = block.text.find(words).expect("has it") as u32;
            assert_eq!(block.to_source(Span::new(at, at + words.len() as u32)).text(source), written);
        }
        assert_eq!(block.source.text(source), r"Tide \u0026amp; \u201cwind\u201d");
    }

    #[test]
    fn spans_map_back_over_line_breaks_and_entities() {
        let source = "Dmit-\n  riev &amp; **Co**";
        let mut block = BlockBuilder::default();
        block.push_verbatim(source, Span::new(0, 5));
        block.push_line_break(Span::new(5, 8), "riev");
        block.push_verbatim(source, Span::new(8, 13));
        block.push_standing_for("&", Span::new(13, 18));
        block.push_verbatim(source, Span::new(18, 19));
        block.push_verbatim(source, Span::new(21, 23));
        let block = block.finish(BlockKind::Paragraph).expect("has words");
        assert_eq!(&*block.text, "Dmitriev & Co");
        assert_eq!(block.to_source(Span::new(0, 8)).text(source), "Dmit-\n  riev");
        assert_eq!(block.to_source(Span::new(9, 10)).text(source), "&amp;");
        assert_eq!(block.to_source(Span::new(11, 13)).text(source), "Co");
        assert!(block.is_verbatim(Span::new(11, 13)));
        assert!(!block.is_verbatim(Span::new(0, 8)) && !block.is_verbatim(Span::new(9, 10)));
        assert_eq!(block.from_source(22), Some(12));
        assert_eq!(block.from_source(15), Some(9));
    }
}
