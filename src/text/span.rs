//! Where something stands in a text, and how a text is changed there.

use std::ops::Range;

/// A half-open range of bytes, `start..end`, on character boundaries of the text it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    pub fn of(range: Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32 }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether an editor's cursor at `offset` touches the span: its end counts, since a cursor stands between characters.
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The words it stands for in `text`; empty when the span is not one of `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEdit {
    pub span: Span,
    pub text: String,
}

/// `text` with all `edits` made at once; overlapping ones after the first, and those outside the text, are left out.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut ordered: Vec<&TextEdit> = edits.iter().collect();
    ordered.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in ordered {
        let range = edit.span.range();
        if range.start < at || range.start > range.end || text.get(range.clone()).is_none() {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// What the words at `place` of a text are once all `edits` of that text are made; those that reach beyond the place are left out.
pub fn apply_within(words: &str, place: Span, edits: &[TextEdit]) -> String {
    let inner = edits.iter().filter(|edit| place.covers(edit.span));
    let moved = |edit: &TextEdit| {
        let span = Span::new(edit.span.start - place.start, edit.span.end - place.start);
        TextEdit { span, text: edit.text.clone() }
    };
    apply(words, &inner.map(moved).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32, text: &str) -> TextEdit {
        TextEdit { span: Span::new(start, end), text: text.into() }
    }

    #[test]
    fn edits_are_made_in_order_and_overlaps_left_out() {
        let text = "one two three";
        assert_eq!(apply(text, &[edit(8, 13, "3"), edit(0, 3, "1"), edit(2, 5, "x")]), "1 two 3");
    }

    #[test]
    fn of_a_place_only_what_lies_in_it_is_changed() {
        let edits = [edit(4, 7, "2"), edit(0, 3, "1"), edit(6, 9, "x")];
        assert_eq!(apply_within("two", Span::new(4, 7), &edits), "2");
        assert_eq!(apply_within("one two", Span::new(0, 7), &edits), "1 2");
    }

    #[test]
    fn edits_outside_the_text_or_inside_a_character_are_left_out() {
        assert_eq!(apply("né", &[edit(2, 3, "x"), edit(9, 12, "y")]), "né");
    }
}
