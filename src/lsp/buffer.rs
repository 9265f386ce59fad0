//! The text of one open draft as the editor has it. It is changed in place, and a snapshot costs next to nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;
use ropey::Rope;
use tower_lsp_server::ls_types::{Position, TextDocumentContentChangeEvent};

use super::analysis::Analysis;
use super::loaded::Loaded;
use crate::document::Document;
use crate::features::Draft;
use crate::markup::Format;
use crate::text::{Encoding, MAX_BYTES};

/// Tells every state of every buffer from every other: versions start anew when a draft is opened again.
static REVISIONS: AtomicU64 = AtomicU64::new(1);

#[derive(Debug)]
pub(super) struct Buffer {
    text: Rope,
    /// The editor's.
    version: i32,
    revision: u64,
    format: Format,
    path: Option<PathBuf>,
    analysis: Arc<Analysis>,
}

/// A buffer at one moment.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub(super) text: Rope,
    pub(super) version: i32,
    pub(super) revision: u64,
    pub(super) format: Format,
    pub(super) path: Option<PathBuf>,
    pub(super) analysis: Arc<Analysis>,
}

impl Buffer {
    pub(super) fn open(text: &str, version: i32, format: Format, path: Option<PathBuf>) -> Self {
        let revision = REVISIONS.fetch_add(1, Ordering::Relaxed);
        let analysis: Arc<Analysis> = Arc::default();
        analysis.is_at(revision);
        Self { text: Rope::from_str(text), version, revision, format, path, analysis }
    }

    /// Whether it is checked: a stylebook and a configuration are not.
    pub(super) fn is_draft(&self) -> bool {
        self.path.as_deref().and_then(|path| path.extension()).is_none_or(|ending| ending != "toml")
    }

    /// Makes the changes of one notification, in their order. A notification older than what is known is left out: the
    /// text it speaks of is gone.
    pub(super) fn change(&mut self, version: i32, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> bool {
        if version < self.version {
            return false;
        }
        self.version = version;
        self.revision = REVISIONS.fetch_add(1, Ordering::Relaxed);
        self.analysis.is_at(self.revision);
        for change in changes {
            match change.range {
                None => self.text = Rope::from_str(&change.text),
                Some(range) => {
                    let start = char_at(&self.text, range.start, encoding);
                    let end = char_at(&self.text, range.end, encoding);
                    let (start, end) = (start.min(end), start.max(end));
                    self.text.remove(start..end);
                    self.text.insert(start, &change.text);
                }
            }
        }
        true
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            text: self.text.clone(),
            version: self.version,
            revision: self.revision,
            format: self.format,
            path: self.path.clone(),
            analysis: self.analysis.clone(),
        }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.analysis.close();
    }
}

/// The character a position points at: a line past the last is the text's end, a column past a line's end is that end, and
/// a column inside a character is its start.
fn char_at(text: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= text.len_lines() {
        return text.len_chars();
    }
    let start = text.line_to_char(line);
    let slice = text.line(line);
    let mut end = slice.len_chars();
    while end > 0 && matches!(slice.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    let within = slice.slice(..end);
    let column = position.character as usize;
    let at = match encoding {
        Encoding::Utf8 => within.byte_to_char(column.min(within.len_bytes())),
        Encoding::Utf16 => within.utf16_cu_to_char(column.min(within.len_utf16_cu())),
        Encoding::Chars => column.min(end),
    };
    start + at
}

impl Snapshot {
    /// The draft as checked, if that has been done already.
    pub(super) fn known(&self, loaded: &Loaded, as_of: Option<Date>) -> Option<Arc<Draft>> {
        self.analysis.known(self.revision, loaded, as_of)
    }

    /// The text with its blocks; of one that is too large, nothing.
    pub(super) fn document(&self) -> Document {
        let source = if self.text.len_bytes() > MAX_BYTES { Arc::from("") } else { self.text.to_string().into() };
        Document::parse(source, self.format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use proptest::prelude::*;
    use tower_lsp_server::ls_types::Range;

    proptest! {
        #[test]
        fn positions_mean_the_same_in_a_buffer_and_in_a_document(
            text in "[a-zé😀\u{301}\r\n\u{2028}\u{85}\u{b} ]{0,40}", line in 0_u32..8, column in 0_u32..30, utf8: bool,
        ) {
            let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
            let rope = Rope::from_str(&text);
            let at = rope.char_to_byte(char_at(&rope, Position::new(line, column), encoding));
            prop_assert_eq!(at as u32, LineIndex::new(&text).offset(&text, line, column, encoding));
        }
    }

    #[test]
    fn all_changes_of_a_notification_are_made_in_order_and_old_ones_left_out() {
        let mut buffer = Buffer::open("one two", 3, Format::Plain, None);
        let insert = |at: u32, text: &str| TextDocumentContentChangeEvent {
            range: Some(Range::new(Position::new(0, at), Position::new(0, at))),
            range_length: None,
            text: text.to_owned(),
        };
        assert!(buffer.change(4, &[insert(0, "zero "), insert(5, "half ")], Encoding::Utf16));
        assert!(!buffer.change(2, &[insert(0, "late ")], Encoding::Utf16));
        assert_eq!(buffer.snapshot().text.to_string(), "zero half one two");
    }
}
