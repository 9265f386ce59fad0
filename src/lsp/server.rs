//! Each request and notification to the function that answers it, and nothing else.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, Command, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FileChangeType, FoldingRange, FoldingRangeParams,
    FullDocumentDiagnosticReport, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, MarkupContent, MarkupKind, PrepareRenameResponse,
    ProgressToken, ReferenceParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, ServerInfo, SetTraceParams, SymbolInformation, TextDocumentIdentifier,
    TextDocumentPositionParams, UnchangedDocumentDiagnosticReport, Uri, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use super::buffer::Buffer;
use super::capabilities::capabilities;
use super::checker;
use super::convert::{Converter, location, record_location, subject_symbol};
use super::guard::Lifecycle;
use super::pull::{self, Report};
use super::state::{Checked, Failure, State, path_of};
use super::{Options, log};
use super::{across, act, commands};
use crate::config;
use crate::features;
use crate::markup::Format;

/// How long an answer at the cursor waits for a corpus that is still being read.
const PATIENCE_AT_CURSOR: Duration = Duration::from_secs(2);

/// How many people, places and organisations a search lists.
const SYMBOLS_FOUND: usize = 128;

pub(super) struct Copydesk {
    pub(super) state: Arc<State>,
    lifecycle: Arc<Lifecycle>,
}

impl Copydesk {
    pub(super) fn new(client: Client, options: Options, lifecycle: Arc<Lifecycle>) -> Self {
        Self { state: Arc::new(State::new(client, options)), lifecycle }
    }

    /// `window/workDoneProgress/cancel`
    #[expect(clippy::unused_async, reason = "the framework asks for it")]
    pub(super) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        if let ProgressToken::String(token) = params.token {
            self.state.herald.call_off(&token);
        }
    }

    /// `$/setTrace`
    #[expect(clippy::unused_async, reason = "the framework asks for it")]
    pub(super) async fn set_trace(&self, params: SetTraceParams) {
        self.state.set_trace(params.value);
    }

    /// The checked draft that a request is about, as it is now; none for one that isn't open or can't be checked.
    pub(super) async fn draft(&self, uri: &Uri) -> Option<Checked> {
        let snapshot = self.state.snapshot(uri.as_str())?;
        match tokio::time::timeout(PATIENCE_AT_CURSOR, self.state.check(snapshot)).await {
            Ok(Ok(checked)) => Some(checked),
            // The editor has been told already.
            Ok(Err(Failure::Setting(_))) | Err(_) => None,
            Ok(Err(failure)) => {
                log(&failure.to_string());
                None
            }
        }
    }

    pub(super) fn converter<'a>(&'a self, uri: &'a Uri, checked: &'a Checked) -> Converter<'a> {
        Converter { document: &checked.draft.document, uri, version: Some(checked.snapshot.version), abilities: self.state.abilities() }
    }

    /// The draft at a position, and the byte there.
    pub(super) async fn at(&self, params: &TextDocumentPositionParams) -> Option<(Checked, u32)> {
        let uri = &params.text_document.uri;
        let checked = self.draft(uri).await?;
        let offset = self.converter(uri, &checked).offset(params.position);
        Some((checked, offset))
    }
}

/// The format that the editor says, or else the name.
fn format_of(language: &str, uri: &Uri) -> Format {
    match language {
        "markdown" => Format::Markdown,
        "html" => Format::Html,
        "plaintext" | "text" => Format::Plain,
        _ => Format::of_path(uri.path().as_str()),
    }
}

impl LanguageServer for Copydesk {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            self.lifecycle.watch_parent(id);
        }
        let abilities = self.state.introduce(&params).await;
        let capabilities = capabilities(abilities);
        if !abilities.pulls {
            tokio::spawn(checker::run(self.state.clone()));
        }
        let server_info = ServerInfo { name: "copydesk".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities, server_info: Some(server_info), ..InitializeResult::default() })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.state.herald.watch_desk(self.state.abilities().pulls);
        self.state.ask_settings();
    }

    async fn shutdown(&self) -> Result<()> {
        // The guard around this service has taken note of it.
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let draft = params.text_document;
        let format = format_of(&draft.language_id, &draft.uri);
        self.state.open(draft.uri.as_str(), Buffer::open(&draft.text, draft.version, format, path_of(&draft.uri)));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let encoding = self.state.abilities().encoding;
        let (draft, changes) = (params.text_document, params.content_changes);
        self.state.change(draft.uri.as_str(), |buffer| buffer.change(draft.version, &changes, encoding));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.state.close(params.text_document.uri.as_str());
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // A stylebook or configuration edited here is read again; a draft's text is known from its buffer.
        if let Some(path) = path_of(&params.text_document.uri) {
            self.state.reload(&path);
        }
        self.state.stir();
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        match params.settings.get("copydesk") {
            Some(section) => self.state.take_settings(section.clone()),
            None => self.state.ask_settings(),
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        let come: Vec<PathBuf> = params.event.added.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        self.state.change_roots(|roots| {
            roots.retain(|root| !gone.contains(root));
            roots.extend(come);
        });
        self.state.forget_configurations();
        self.state.recheck_all();
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let mut configurations_changed = false;
        for change in &params.changes {
            let Some(path) = path_of(&change.uri) else { continue };
            let is_config = path.file_name().is_some_and(|name| name == config::FILE_NAME);
            configurations_changed |= is_config && change.typ != FileChangeType::CHANGED;
            self.state.reload(&path);
        }
        self.state.stir();
        if configurations_changed {
            self.state.forget_configurations();
            self.state.recheck_all();
        }
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        for file in &params.files {
            for address in [&file.old_uri, &file.new_uri] {
                if let Some(path) = Uri::from_str(address).ok().as_ref().and_then(path_of) {
                    self.state.reload(&path);
                }
            }
        }
        // A draft in another folder, or a folder with another name, may have another configuration.
        self.state.forget_configurations();
        self.state.recheck_all();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let snapshot = self.state.snapshot(uri.as_str());
        let _turn = match &snapshot {
            Some(snapshot) => Some(snapshot.analysis.turn.lock().await),
            None => None,
        };
        let Report { id, items, .. } = pull::of_open(&self.state, &uri).await;
        let report = match id {
            Some(result_id) if params.previous_result_id.as_ref() == Some(&result_id) => {
                DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
                })
            }
            result_id => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
            }),
        };
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let items = pull::of_workspace(&self.state, &params.previous_result_ids).await;
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let Some((checked, offset)) = self.at(&at).await else { return Ok(None) };
        let sources = checked.loaded.setting.corpus.source_count();
        Ok(features::hover(&checked.draft, sources, offset).map(|hover| Hover {
            contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown }),
            range: Some(self.converter(&at.text_document.uri, &checked).range(hover.span)),
        }))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let Some((checked, offset)) = self.at(&params.text_document_position_params).await else { return Ok(None) };
        let citations = features::definitions(&checked.draft, offset);
        let encoding = self.state.abilities().encoding;
        let mut locations: Vec<Location> = citations.iter().filter_map(|citation| location(citation, encoding)).collect();
        Ok(match locations.len() {
            0 => None,
            1 => locations.pop().map(GotoDefinitionResponse::Scalar),
            _ => Some(GotoDefinitionResponse::Array(locations)),
        })
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        Ok(across::references(self, params).await)
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let Some((checked, offset)) = self.at(&at).await else { return Ok(None) };
        let convert = self.converter(&at.text_document.uri, &checked);
        let highlight = |span| DocumentHighlight { range: convert.range(span), kind: Some(DocumentHighlightKind::TEXT) };
        let highlights: Vec<DocumentHighlight> = features::highlights(&checked.draft, offset).into_iter().map(highlight).collect();
        Ok((!highlights.is_empty()).then_some(highlights))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let TextDocumentIdentifier { uri } = params.text_document;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        let symbols: Vec<_> = features::symbols(&checked.draft).iter().map(|symbol| convert.symbol(symbol)).collect();
        if self.state.abilities().nested_symbols {
            return Ok(Some(DocumentSymbolResponse::Nested(symbols)));
        }
        let mut flat = Vec::new();
        for symbol in symbols {
            let container = symbol.name.clone();
            flat.push(information(&symbol.name, symbol.kind, Location::new(uri.clone(), symbol.selection_range), None));
            for child in symbol.children.into_iter().flatten() {
                let place = Location::new(uri.clone(), child.selection_range);
                flat.push(information(&child.name, child.kind, place, Some(container.clone())));
            }
        }
        Ok(Some(DocumentSymbolResponse::Flat(flat)))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let encoding = self.state.abilities().encoding;
        let loaded = self.state.settings.loaded();
        let prefix = crate::text::folded(params.query.trim());
        let search = move || {
            let mut found = Vec::new();
            for loaded in loaded {
                match loaded.setting.corpus.search(&prefix, SYMBOLS_FOUND) {
                    Ok(records) => found.extend(records.into_iter().filter_map(|record| {
                        let place = record_location(&record, encoding)?;
                        let role = record.titles.first().map(|title| title.words.clone());
                        Some(information(&record.name, subject_symbol(record.kind), place, role))
                    })),
                    Err(error) => log(&error.to_string()),
                }
            }
            found
        };
        let found = tokio::task::spawn_blocking(search).await.map_err(|_| Error::internal_error())?;
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let Some((checked, offset)) = self.at(&at).await else { return Ok(None) };
        let convert = self.converter(&at.text_document.uri, &checked);
        Ok(features::renamable(&checked.draft, offset).map(|span| PrepareRenameResponse::Range(convert.range(span))))
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        across::rename(self, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let Some((checked, offset)) = self.at(&at).await else { return Ok(None) };
        let (draft, corpus) = (checked.draft.clone(), checked.loaded.setting.corpus.clone());
        let offers = tokio::task::spawn_blocking(move || features::completions(&draft, corpus.as_ref(), offset)).await;
        let offers = match offers.map_err(|_| Error::internal_error())? {
            Ok(offers) => offers,
            Err(error) => {
                log(&error.to_string());
                return Ok(None);
            }
        };
        let convert = self.converter(&at.text_document.uri, &checked);
        let items = offers.iter().enumerate().map(|(rank, offer)| convert.completion(rank, offer)).collect();
        Ok(Some(CompletionResponse::Array(items)))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let Some(checked) = self.draft(&params.text_document.uri).await else { return Ok(None) };
        let fold = |fold: features::Fold| FoldingRange { start_line: fold.first, end_line: fold.last, ..FoldingRange::default() };
        Ok(Some(features::folds(&checked.draft).into_iter().map(fold).collect()))
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let uri = params.text_document.uri;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        let around = |position| {
            let spans = features::selections(&checked.draft, convert.offset(position));
            let outwards = spans.into_iter().rev().map(|span| convert.range(span));
            let nested =
                outwards.fold(None, |parent: Option<SelectionRange>, range| Some(SelectionRange { range, parent: parent.map(Box::new) }));
            nested.unwrap_or_else(|| SelectionRange { range: tower_lsp_server::ls_types::Range::new(position, position), parent: None })
        };
        Ok(Some(params.positions.into_iter().map(around).collect()))
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let all = crate::text::Span::of(0..checked.draft.document.source().len());
        let data = self.converter(&uri, &checked).tokens(&features::tokens(&checked.draft, all));
        Ok(Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: None, data })))
    }

    async fn semantic_tokens_range(&self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokensRangeResult>> {
        let uri = params.text_document.uri;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        let data = convert.tokens(&features::tokens(&checked.draft, convert.span(params.range)));
        Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data })))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        // A command without a name is shown and does nothing.
        let lens = features::lens(&checked.draft).map(|lens| CodeLens {
            range: convert.range(lens.span),
            command: Some(Command { title: lens.words, command: String::new(), arguments: None }),
            data: None,
        });
        Ok(Some(lens.into_iter().collect()))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let uri = params.text_document.uri;
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        let folder = path_of(&uri).and_then(|path| path.parent().map(std::path::Path::to_owned));
        let links = features::links(&checked.draft).into_iter();
        Ok(Some(links.filter_map(|(span, target)| convert.link(span, &target, folder.as_deref())).collect()))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri;
        if !self.state.shows_inlays() {
            return Ok(None);
        }
        let Some(checked) = self.draft(&uri).await else { return Ok(None) };
        let convert = self.converter(&uri, &checked);
        let hints = features::inlays(&checked.draft, convert.span(params.range));
        Ok(Some(hints.iter().map(|hint| convert.inlay(hint)).collect()))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.state, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        Ok(act::actions(self, params).await)
    }
}

fn information(
    name: &str,
    kind: tower_lsp_server::ls_types::SymbolKind,
    location: Location,
    container_name: Option<String>,
) -> SymbolInformation {
    #[expect(deprecated, reason = "the field has to be given")]
    SymbolInformation { name: name.to_owned(), kind, tags: None, deprecated: None, location, container_name }
}
