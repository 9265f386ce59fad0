//! A place in a draft as one line of a report: the words meant, with as many of their neighbours as there is room for. It costs
//! what is shown, however long the draft and its line are.

use unicode_width::UnicodeWidthChar;

use crate::document::Document;
use crate::text::{Span, is_active, push_shown};

/// A piece of a line; numbers are columns of a terminal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// How many stand before the words meant.
    pub(super) before: usize,
    /// How many the words meant take; where there are none, the one that they would begin at.
    pub(super) marked: usize,
}

/// What stands for words that there is no room for, with a blank before or behind.
const LEFT_OUT: char = '…';

impl Excerpt {
    /// The words at `span`, of words on several lines those on the first, in at most `width` columns.
    pub(super) fn new(document: &Document, span: Span, width: usize) -> Self {
        let source = &**document.source();
        let line = document.lines().line_range(source, document.lines().line_at(span.start));
        let start = (span.start as usize).clamp(line.start, line.end) - line.start;
        let end = (span.end as usize).clamp(line.start + start, line.end) - line.start;
        Self::of(&source[line], start, end, width)
    }

    fn of(line: &str, start: usize, end: usize, width: usize) -> Self {
        // Both ends may be left out.
        let most = width.saturating_sub(4).max(1);
        let words = fitting(line[start..end].chars(), most);
        let marked = words.columns.max(1);
        let (left, right) = (&line[..start], &line[start + words.bytes..]);
        let (before, behind) = (fitting(left.chars().rev(), width), fitting(right.chars(), width));
        let is_all = before.bytes == left.len() && behind.bytes == right.len();
        let is_whole = is_all && before.columns + marked.max(words.columns + behind.columns) <= width;
        let (left_from, right_to) = if is_whole {
            (0, right.len())
        } else {
            let room = most - marked;
            let before = fitting(left.chars().rev(), room - behind.columns.min(room / 2));
            let left_from = if before.bytes == left.len() { 0 } else { word_start(left, left.len() - before.bytes) };
            let behind = fitting(right.chars(), room - left[left_from..].chars().map(width_of).sum::<usize>());
            (left_from, if behind.bytes == right.len() { right.len() } else { word_end(right, behind.bytes) })
        };

        let mut text = String::new();
        if left_from > 0 {
            text.extend([LEFT_OUT, ' ']);
        }
        let before = 2 * usize::from(left_from > 0) + left[left_from..].chars().map(width_of).sum::<usize>();
        line[left_from..start + words.bytes + right_to].trim_end().chars().for_each(|c| push(c, &mut text));
        if right_to < right.trim_end().len() {
            text.extend([' ', LEFT_OUT]);
        }
        Self { text, before, marked }
    }
}

/// How far some characters go in `room`.
#[derive(Clone, Copy)]
struct Fitting {
    bytes: usize,
    columns: usize,
}

fn fitting(chars: impl Iterator<Item = char>, room: usize) -> Fitting {
    let mut fitting = Fitting { bytes: 0, columns: 0 };
    for c in chars {
        let columns = fitting.columns + width_of(c);
        if columns > room {
            break;
        }
        fitting = Fitting { bytes: fitting.bytes + c.len_utf8(), columns };
    }
    fitting
}

/// The start of the first whole word from `at` on; `at` itself within a word that takes all the room.
fn word_start(text: &str, at: usize) -> usize {
    if text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    text[at..].find(char::is_whitespace).map_or(at, |blank| at + blank + text[at + blank..].chars().next().map_or(0, char::len_utf8))
}

/// The end of the last whole word up to `at`; `at` itself within a word that takes all the room.
fn word_end(text: &str, at: usize) -> usize {
    if text[at..].starts_with(char::is_whitespace) {
        return at;
    }
    text[..at].rfind(char::is_whitespace).unwrap_or(at)
}

/// A tab is a blank here, for where it ends depends on where it starts.
fn push(c: char, to: &mut String) {
    if c == '\t' { to.push(' ') } else { push_shown(c, to) }
}

fn width_of(c: char) -> usize {
    match c {
        '\t' => 1,
        _ if is_active(c) => c.escape_default().count(),
        _ => c.width().unwrap_or(0),
    }
}

/// How many columns a text without tabs takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(line: &str, words: &str, width: usize) -> Excerpt {
        let start = line.find(words).expect("the words are there");
        Excerpt::of(line, start, start + words.len(), width)
    }

    #[test]
    fn words_are_shown_with_as_many_whole_neighbours_as_there_is_room_for() {
        let line = "The ferry left Larsund at noon and came to Vik before the storm did.";
        let at = |words: &str, width: usize| excerpt(line, words, width).text;
        assert_eq!(at("Larsund", 80), line);
        assert_eq!(at("Larsund", 30), "… left Larsund at noon and …");
        assert_eq!(at("The ferry", 20), "The ferry left …");
        assert_eq!(at("did", 20), "… the storm did.");
        assert_eq!(at("Larsund at noon and came", 12), "… Larsund …");
    }

    #[test]
    fn marks_stand_under_the_words_whatever_their_letters() {
        let shown = excerpt("\tテスト e\u{301}\u{1b} Larsund", "Larsund", 80);
        assert_eq!((shown.text.as_str(), shown.before), (" テスト e\u{301}\\u{1b} Larsund", 1 + 6 + 1 + 1 + 6 + 1));
        let at_its_end = Excerpt::of("Larsund", 7, 7, 7);
        assert!(at_its_end.before + at_its_end.marked <= 7, "{at_its_end:?}");
        assert_eq!(excerpt("Larsund", "", 80), Excerpt { text: "Larsund".to_owned(), before: 0, marked: 1 });
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_the_room(line in "[a-zé世😀\t\u{1b}\u{301} ]{0,120}", from in 0_usize..120, length in 0_usize..40, width in 20_usize..100) {
            let at = |chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
            let shown = Excerpt::of(&line, at(from), at(from + length), width);
            prop_assert!(columns(&shown.text) <= width, "{shown:?}");
            prop_assert!(shown.before + shown.marked <= width, "{shown:?}");
        }
    }
}
