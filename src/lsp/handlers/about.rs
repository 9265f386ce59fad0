//! What an editor asks about one draft: each question is a function of the features, in the protocol's words.

use std::path::Path;

use serde_json::json;
use tower_lsp_server::ls_types::{
    CodeLens, CodeLensParams, Command, CompletionParams, CompletionResponse, DocumentHighlight, DocumentHighlightKind,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange,
    FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InlayHint, InlayHintParams, Location, Position,
    PrepareRenameResponse, Range, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, TextDocumentPositionParams,
};

use super::DOSSIER;
use crate::features;
use crate::lsp::convert::{information, location, path_of};
use crate::lsp::log::log;
use crate::lsp::view::View;
use crate::text::Span;

pub(in crate::lsp) fn hover(view: &View, params: &HoverParams) -> Option<Hover> {
    let offset = view.offset(params.text_document_position_params.position);
    let corpus = &view.checked.loaded.setting.corpus;
    let messages = if view.shown.hover_messages { features::Messages::Shown } else { features::Messages::LeftOut };
    let hover = features::hover(view.draft(), corpus.as_ref(), offset, messages).inspect_err(|error| log(&error.to_string())).ok()??;
    Some(Hover { contents: view.abilities.shown(hover.markdown), range: Some(view.converter().range(hover.span)) })
}

pub(in crate::lsp) fn definition(view: &View, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let citations = features::definitions(view.draft(), view.offset(params.text_document_position_params.position));
    let encoding = view.abilities.encoding;
    let mut locations: Vec<Location> = citations.iter().filter_map(|citation| location(citation, encoding)).collect();
    match locations.len() {
        0 => None,
        1 => locations.pop().map(GotoDefinitionResponse::Scalar),
        _ => Some(GotoDefinitionResponse::Array(locations)),
    }
}

pub(in crate::lsp) fn highlights(view: &View, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let offset = view.offset(params.text_document_position_params.position);
    let convert = view.converter();
    let highlight = |span| DocumentHighlight { range: convert.range(span), kind: Some(DocumentHighlightKind::TEXT) };
    let highlights: Vec<DocumentHighlight> = features::highlights(view.draft(), offset).into_iter().map(highlight).collect();
    (!highlights.is_empty()).then_some(highlights)
}

pub(in crate::lsp) fn symbols(view: &View, _: &DocumentSymbolParams) -> DocumentSymbolResponse {
    let convert = view.converter();
    let symbols: Vec<_> = features::symbols(view.draft()).iter().map(|symbol| convert.symbol(symbol)).collect();
    if view.abilities.nested_symbols {
        return DocumentSymbolResponse::Nested(symbols);
    }
    let mut flat = Vec::new();
    for symbol in symbols {
        let container = symbol.name.clone();
        flat.push(information(&symbol.name, symbol.kind, Location::new(view.uri.clone(), symbol.selection_range), None));
        for child in symbol.children.into_iter().flatten() {
            let place = Location::new(view.uri.clone(), child.selection_range);
            flat.push(information(&child.name, child.kind, place, Some(container.clone())));
        }
    }
    DocumentSymbolResponse::Flat(flat)
}

pub(in crate::lsp) fn renamable(view: &View, at: &TextDocumentPositionParams) -> Option<PrepareRenameResponse> {
    let span = features::renamable(view.draft(), view.offset(at.position))?;
    Some(PrepareRenameResponse::Range(view.converter().range(span)))
}

pub(in crate::lsp) fn completion(view: &View, params: &CompletionParams) -> Option<CompletionResponse> {
    let offset = view.offset(params.text_document_position.position);
    let corpus = &view.checked.loaded.setting.corpus;
    let offers = features::completions(view.draft(), corpus.as_ref(), offset).inspect_err(|error| log(&error.to_string())).ok()?;
    let convert = view.converter();
    let items = offers.iter().enumerate().map(|(rank, offer)| convert.completion(rank, offer)).collect();
    Some(CompletionResponse::Array(items))
}

pub(in crate::lsp) fn folds(view: &View, _: &FoldingRangeParams) -> Vec<FoldingRange> {
    let fold = |fold: features::Fold| FoldingRange { start_line: fold.first, end_line: fold.last, ..FoldingRange::default() };
    features::folds(view.draft()).into_iter().map(fold).collect()
}

pub(in crate::lsp) fn selections(view: &View, params: &SelectionRangeParams) -> Vec<SelectionRange> {
    let convert = view.converter();
    let around = |position: Position| {
        let outwards = features::selections(view.draft(), convert.offset(position)).into_iter().rev().map(|span| convert.range(span));
        let nested =
            outwards.fold(None, |parent: Option<SelectionRange>, range| Some(SelectionRange { range, parent: parent.map(Box::new) }));
        nested.unwrap_or_else(|| SelectionRange { range: Range::new(position, position), parent: None })
    };
    params.positions.iter().copied().map(around).collect()
}

pub(in crate::lsp) fn all_tokens(view: &View, _: &SemanticTokensParams) -> SemanticTokensResult {
    let all = Span::of(0..view.draft().document.source().len());
    SemanticTokensResult::Tokens(coloured(view, all))
}

pub(in crate::lsp) fn tokens(view: &View, params: &SemanticTokensRangeParams) -> SemanticTokensRangeResult {
    SemanticTokensRangeResult::Tokens(coloured(view, view.converter().span(params.range)))
}

/// The tokens of a stretch; none for a person who wants no colours.
fn coloured(view: &View, stretch: Span) -> SemanticTokens {
    let tokens = if view.shown.colours { features::tokens(view.draft(), stretch) } else { Vec::new() };
    SemanticTokens { result_id: None, data: view.converter().tokens(&tokens) }
}

pub(in crate::lsp) fn lens(view: &View, _: &CodeLensParams) -> Vec<CodeLens> {
    if !view.shown.lens || view.is_source {
        return Vec::new();
    }
    let convert = view.converter();
    let draft = json!({"draft": view.uri});
    let lens = features::lens(view.draft()).map(|lens| CodeLens {
        range: convert.range(lens.span),
        command: Some(Command { title: lens.words, command: DOSSIER.to_owned(), arguments: Some(vec![draft]) }),
        data: None,
    });
    lens.into_iter().collect()
}

pub(in crate::lsp) fn links(view: &View, _: &DocumentLinkParams) -> Vec<DocumentLink> {
    let convert = view.converter();
    let path = path_of(&view.uri);
    let folder = path.as_deref().and_then(Path::parent);
    let links = features::links(view.draft()).into_iter();
    links.filter_map(|(span, target)| convert.link(span, &target, folder)).collect()
}

pub(in crate::lsp) fn inlays(view: &View, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !view.shown.inlays || view.is_source {
        return None;
    }
    let convert = view.converter();
    let hints = features::inlays(view.draft(), convert.span(params.range));
    Some(hints.iter().map(|hint| convert.inlay(hint)).collect())
}
