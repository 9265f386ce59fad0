//! What the editor can do, as it says when it comes.

use std::path::PathBuf;

use tower_lsp_server::ls_types::{
    ClientCapabilities, HoverContents, LSPAny, MarkupContent, MarkupKind, PositionEncodingKind, ResourceOperationKind,
};

use crate::features::{file_uri, plain_text};
use crate::text::Encoding;

/// What the editor can do, as it said when it came.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// Asks for diagnostics, and wants none sent.
    pub(super) pulls: bool,
    pub(super) related_information: bool,
    pub(super) document_changes: bool,
    /// Shows what a rename changes, where that is asked for, before it is done.
    pub(super) confirms_renames: bool,
    /// Makes a file that an edit names.
    pub(super) creates_files: bool,
    pub(super) applies_edits: bool,
    pub(super) nested_symbols: bool,
    pub(super) action_literals: bool,
    /// Wants to have the evidence with each finding.
    pub(super) evidence: bool,
    /// Shows Markdown in hovers; older ones that don't say are taken to.
    markdown: bool,
    /// The folder with the rules' pages.
    pages: Option<PathBuf>,
}

impl Abilities {
    pub(super) fn of(capabilities: &ClientCapabilities, options: Option<&LSPAny>, pages: Option<PathBuf>) -> Self {
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let encoding = match offered {
            Some(offered) if offered.contains(&PositionEncodingKind::UTF8) => Encoding::Utf8,
            _ => Encoding::Utf16,
        };
        let text = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pulled = text.and_then(|text| text.diagnostic.as_ref());
        Self {
            encoding,
            pulls: pulled.is_some(),
            related_information: published.and_then(|p| p.related_information).unwrap_or(false)
                || pulled.and_then(|p| p.related_information).unwrap_or(false),
            document_changes: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            confirms_renames: edits.and_then(|edits| edits.document_changes).unwrap_or(false)
                && text.and_then(|text| text.rename.as_ref()).and_then(|rename| rename.honors_change_annotations).unwrap_or(false),
            creates_files: edits
                .and_then(|edits| edits.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            applies_edits: workspace.and_then(|workspace| workspace.apply_edit).unwrap_or(false),
            nested_symbols: text
                .and_then(|text| text.document_symbol.as_ref())
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            action_literals: text.and_then(|t| t.code_action.as_ref()).is_some_and(|c| c.code_action_literal_support.is_some()),
            evidence: options.and_then(|options| options.get("evidence")?.as_bool()).unwrap_or(false),
            markdown: text
                .and_then(|text| text.hover.as_ref()?.content_format.as_ref())
                .is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            pages,
        }
    }

    /// Markdown of ours as the editor shows it.
    pub(super) fn shown(&self, markdown: String) -> HoverContents {
        let (kind, value) = if self.markdown { (MarkupKind::Markdown, markdown) } else { (MarkupKind::PlainText, plain_text(&markdown)) };
        HoverContents::Markup(MarkupContent { kind, value })
    }

    /// The address of a rule's page.
    pub(super) fn rule_page(&self, rule: &str) -> Option<String> {
        file_uri(&self.pages.as_ref()?.join(format!("{rule}.md")))
    }
}
