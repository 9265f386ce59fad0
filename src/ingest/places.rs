//! Where the parts of a file start, as one goes through it: counted once from one part to the next.

use crate::text::{LineIndex, Position};

#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    last: Position,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, last: Position::default() }
    }

    /// The place of a byte; none before the one that was last asked for.
    pub(super) fn at(&mut self, offset: usize) -> Position {
        let between = self.text.get(self.last.offset as usize..offset).unwrap_or_default();
        let lines = LineIndex::new(between);
        self.last = lines.position(between, between.len() as u32).after(self.last);
        self.last
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&mut self, offset: usize) -> u32 {
        self.at(offset).line.saturating_add(1)
    }
}

/// Where a part of a text starts in it: none where it is no part of it.
pub(super) fn offset_in(text: &str, part: &str) -> Option<usize> {
    let at = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (at.checked_add(part.len())? <= text.len()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_whole_text() {
        let text = "a\r\nbé😀c\nd";
        let mut places = Places::new(text);
        let whole = LineIndex::new(text);
        for at in [1, 3, 6, 10, 12, text.len()] {
            assert_eq!(places.at(at), whole.position(text, at as u32), "{at}");
        }
        assert_eq!(offset_in(text, &text[3..6]), Some(3));
        assert_eq!(offset_in(&text[..3], &text[3..6]), None);
    }
}
