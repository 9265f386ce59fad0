//! One draft as checked, or one of the desk's own files, and how its editor wants things: all that a question may reach.

use std::sync::Arc;

use tower_lsp_server::ls_types::{Position, Range, Uri};

use super::abilities::Abilities;
use super::checked::Checked;
use super::convert::{Converter, position};
use super::preferences::Shown;
use crate::features::{DeskFile, Draft};
use crate::text::{LineIndex, Span};

pub(super) struct View {
    pub(super) uri: Uri,
    pub(super) checked: Checked,
    pub(super) abilities: Arc<Abilities>,
    /// What the person wants to see.
    pub(super) shown: Shown,
    /// Whether it is a source, opened to read what it says.
    pub(super) is_source: bool,
}

impl View {
    pub(super) fn draft(&self) -> &Draft {
        &self.checked.draft
    }

    pub(super) fn converter(&self) -> Converter<'_> {
        Converter::of(&self.uri, &self.checked, &self.abilities)
    }

    /// The byte at a position.
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.converter().offset(position)
    }
}

/// One of the desk's own files as the editor has it.
pub(super) struct Paper {
    pub(super) file: DeskFile,
    pub(super) text: String,
    pub(super) abilities: Arc<Abilities>,
}

impl Paper {
    pub(super) fn offset(&self, position: Position) -> u32 {
        LineIndex::new(&self.text).offset(&self.text, position.line, position.character, self.abilities.encoding)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let lines = LineIndex::new(&self.text);
        let at = |offset| position(lines.position(&self.text, offset), self.abilities.encoding);
        Range::new(at(span.start), at(span.end))
    }
}
