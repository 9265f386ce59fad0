//! Offsets to lines and columns and back: the one place that knows the encodings of an editor's positions.

use serde::{Deserialize, Serialize};

/// How a column is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16,
    /// Unicode scalar values.
    Chars,
}

/// A place in a text with its column in each encoding; all numbers start at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Byte offset in the whole text.
    pub offset: u32,
    pub line: u32,
    pub utf8: u32,
    pub utf16: u32,
    pub chars: u32,
}

impl Position {
    pub const fn column(&self, encoding: Encoding) -> u32 {
        match encoding {
            Encoding::Utf8 => self.utf8,
            Encoding::Utf16 => self.utf16,
            Encoding::Chars => self.chars,
        }
    }

    /// The place in a whole of a place in one of its parts, which starts at `start`.
    #[must_use]
    pub const fn after(self, start: Self) -> Self {
        let before = if self.line == 0 { start } else { Self { utf8: 0, utf16: 0, chars: 0, ..start } };
        Self {
            offset: self.offset.saturating_add(before.offset),
            line: self.line.saturating_add(before.line),
            utf8: self.utf8.saturating_add(before.utf8),
            utf16: self.utf16.saturating_add(before.utf16),
            chars: self.chars.saturating_add(before.chars),
        }
    }
}

/// Where the lines of one text start. A line ends with LF, CR or CRLF, as in the language server protocol, and with nothing else.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// UTF-16 units and characters before every [`STRIDE`]th byte (before the character it is in), so that a column in a
    /// line of megabytes is not counted from its start.
    counted: Vec<(u32, u32)>,
}

const STRIDE: usize = 4096;

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let mut counted = vec![(0, 0)];
        let mut at = 0;
        while counted.len() * STRIDE < text.len() {
            let end = floor(text, counted.len() * STRIDE);
            let (utf16, chars) = count(&text[at..end]);
            let before = counted.last().copied().unwrap_or_default();
            counted.push((before.0 + utf16, before.1 + chars));
            at = end;
        }
        Self { starts, counted }
    }

    /// How many lines there are; a text that ends in a line break has an empty last one.
    pub fn len(&self) -> u32 {
        self.starts.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        false
    }

    /// The 0-based line that holds the byte `offset`.
    pub fn line_at(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32 - 1
    }

    /// The bytes of a line without its line break; the last line for one past the end.
    pub fn line_range(&self, text: &str, line: u32) -> std::ops::Range<usize> {
        let line = (line as usize).min(self.starts.len() - 1);
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize);
        let whole = text.get(start..end).unwrap_or_default();
        start..start + whole.trim_end_matches(['\n', '\r']).len()
    }

    /// The position of a byte offset, moved back to a character boundary and to the end of `text` where it is past it.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = floor(text, offset as usize);
        let line = self.line_at(offset as u32);
        let start = self.starts[line as usize] as usize;
        let (utf16, chars) = if offset - start <= STRIDE {
            count(&text[start..offset])
        } else {
            let (from, to) = (self.counts_before(text, start), self.counts_before(text, offset));
            (to.0 - from.0, to.1 - from.1)
        };
        Position { offset: offset as u32, line, utf8: (offset - start) as u32, utf16, chars }
    }

    /// UTF-16 units and characters of `text` before a character boundary.
    fn counts_before(&self, text: &str, offset: usize) -> (u32, u32) {
        let step = (offset / STRIDE).min(self.counted.len().saturating_sub(1));
        let (utf16, chars) = count(&text[floor(text, step * STRIDE)..offset]);
        let before = self.counted.get(step).copied().unwrap_or_default();
        (before.0 + utf16, before.1 + chars)
    }

    /// The byte offset of a line and column; past the end of a line it is that line's end (before the break), past the
    /// last line it is the end of the text, and inside a character it is that character's start.
    pub fn offset(&self, text: &str, line: u32, column: u32, encoding: Encoding) -> u32 {
        if line >= self.len() {
            return text.len() as u32;
        }
        let range = self.line_range(text, line);
        let within = &text[range.clone()];
        let mut left = column as usize;
        for (at, c) in within.char_indices() {
            let width = match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Chars => 1,
            };
            if left < width {
                return (range.start + at) as u32;
            }
            left -= width;
        }
        range.end as u32
    }
}

/// The offset moved back to a character boundary of `text`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// UTF-16 units and characters.
fn count(text: &str) -> (u32, u32) {
    if text.is_ascii() {
        return (text.len() as u32, text.len() as u32);
    }
    // Over bytes, which is many times faster: a character starts where none goes on, and from four bytes on has two units. In runs
    // that are counted in a byte, which is faster again.
    let (mut chars, mut pairs) = (0, 0);
    for run in text.as_bytes().chunks(u8::MAX as usize) {
        chars += u32::from(run.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>());
        pairs += u32::from(run.iter().map(|byte| u8::from(*byte >= 0xF0)).sum::<u8>());
    }
    (chars + pairs, chars)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_protocols_line_breaks_count() {
        assert_eq!(LineIndex::new("a\u{2028}b\u{b}c\u{c}d\u{85}e").len(), 1);
        assert_eq!(LineIndex::new("x\r\ny\rz\nw").len(), 4);
        assert_eq!(LineIndex::new("").len(), 1);
        assert_eq!(LineIndex::new("a\n").len(), 2);
    }

    #[test]
    fn positions_past_the_end_are_clamped() {
        let text = "a😀b\r\nc";
        let lines = LineIndex::new(text);
        assert_eq!(lines.offset(text, 0, 99, Encoding::Utf16), 6);
        assert_eq!(lines.offset(text, 0, 2, Encoding::Utf16), 1, "inside the pair is its start");
        assert_eq!(lines.offset(text, 7, 0, Encoding::Utf16), text.len() as u32);
        assert_eq!(lines.position(text, 3).offset, 1, "inside a character is its start");
    }

    #[test]
    fn columns_of_long_lines_are_those_of_counting_them_out() {
        let text = format!("é\n{}\nend", "a😀é—".repeat(3_000));
        let lines = LineIndex::new(&text);
        let start = text.find('\n').expect("has a break") + 1;
        for (at, _) in text.char_indices().filter(|(at, _)| *at >= start).step_by(97) {
            let position = lines.position(&text, at as u32);
            if position.line == 1 {
                assert_eq!((position.utf16, position.chars), count(&text[start..at]));
            }
        }
    }

    proptest! {
        #[test]
        fn positions_round_trip(text in "[a-z😀é\r\n\u{2028} ]{0,60}") {
            let lines = LineIndex::new(&text);
            for (at, _) in text.char_indices() {
                let position = lines.position(&text, at as u32);
                for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Chars] {
                    let back = lines.offset(&text, position.line, position.column(encoding), encoding);
                    // Inside a CRLF there is no column of its own: it is the end of the line.
                    if !(text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
                        prop_assert_eq!(back as usize, at);
                    }
                }
            }
        }
    }
}
