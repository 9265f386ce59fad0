//! What an editor asks about the desk's own files: what a key is for, and which may stand at a place.

use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit, Hover, HoverParams, TextEdit,
};

use crate::lsp::view::Paper;

pub(in crate::lsp) fn hover(paper: &Paper, params: &HoverParams) -> Option<Hover> {
    let (span, says) = paper.file.explained(&paper.text, paper.offset(params.text_document_position_params.position))?;
    Some(Hover { contents: paper.abilities.shown(says), range: Some(paper.range(span)) })
}

pub(in crate::lsp) fn completion(paper: &Paper, params: &CompletionParams) -> Option<CompletionResponse> {
    let offers = paper.file.offers(&paper.text, paper.offset(params.text_document_position.position));
    let items = offers.into_iter().enumerate().map(|(rank, offer)| CompletionItem {
        label: offer.words.trim_end_matches([' ', '=']).to_owned(),
        kind: Some(CompletionItemKind::PROPERTY),
        detail: (!offer.says.is_empty()).then_some(offer.says),
        sort_text: Some(format!("{rank:03}")),
        // Brackets and quotation marks count, too.
        filter_text: Some(offer.words.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(paper.range(offer.span), offer.words))),
        ..CompletionItem::default()
    });
    let items: Vec<CompletionItem> = items.collect();
    (!items.is_empty()).then_some(CompletionResponse::Array(items))
}
