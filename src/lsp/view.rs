//! One draft as checked, and how its editor wants things: all that a question about a draft may reach.

use std::sync::Arc;

use tower_lsp_server::ls_types::{Position, Uri};

use super::abilities::Abilities;
use super::checked::Checked;
use super::convert::Converter;
use crate::features::Draft;

pub(super) struct View {
    pub(super) uri: Uri,
    pub(super) checked: Checked,
    pub(super) abilities: Arc<Abilities>,
    /// Whether the person wants hints behind measures and titles.
    pub(super) shows_inlays: bool,
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
