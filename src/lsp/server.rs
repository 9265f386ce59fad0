//! Each request and notification to the function that answers it, and nothing else.

use std::sync::Arc;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, PrepareRenameResponse, ReferenceParams, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, ServerInfo, SetTraceParams, TextDocumentPositionParams, Uri, WorkDoneProgressCancelParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use super::archives;
use super::capabilities::capabilities;
use super::checker;
use super::checks::view;
use super::guard::Lifecycle;
use super::handlers::extensions::{self, CheckAnswer, DossierAnswer, Name, Nothing, OfDraft, OfPlace, RuleRow, SettingAnswer, WhoAnswer};
use super::handlers::{Notice, PaperQuestion, Question, about, across, act, commands, notices, papers, pull};
use super::options::Options;
use super::proofreader;
use super::session::Session;

pub(super) struct Copydesk {
    session: Arc<Session>,
    lifecycle: Arc<Lifecycle>,
}

impl Copydesk {
    pub(super) fn new(client: Client, options: Options, lifecycle: Arc<Lifecycle>) -> Self {
        Self { session: Arc::new(Session::new(client, options)), lifecycle }
    }

    /// `window/workDoneProgress/cancel`
    #[expect(clippy::unused_async, reason = "the framework asks for it")]
    pub(super) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.take(notices::progress_cancelled, &params);
    }

    /// `$/setTrace`
    #[expect(clippy::unused_async, reason = "the framework asks for it")]
    pub(super) async fn set_trace(&self, params: SetTraceParams) {
        self.take(notices::trace_set, &params);
    }

    /// `copydesk/dossier`
    pub(super) async fn dossier(&self, params: OfDraft) -> Result<Option<DossierAnswer>> {
        extensions::dossier(&self.session, params).await
    }

    /// `copydesk/who`
    pub(super) async fn who(&self, params: Name) -> Result<WhoAnswer> {
        extensions::who(&self.session, params).await
    }

    /// `copydesk/setting`
    pub(super) async fn setting(&self, params: OfPlace) -> Result<SettingAnswer> {
        extensions::setting(&self.session, params).await
    }

    /// `copydesk/check`
    pub(super) async fn check(&self, _: Nothing) -> Result<CheckAnswer> {
        Ok(extensions::check(&self.session).await)
    }

    /// `copydesk/rules`
    #[expect(clippy::unused_async, reason = "the framework asks for it")]
    pub(super) async fn rules(&self, _: Nothing) -> Result<Vec<RuleRow>> {
        Ok(extensions::rules(&self.session))
    }

    fn take<P>(&self, notice: Notice<P>, params: &P) {
        notice(&self.session, params);
    }

    /// The answer about a draft as it is now; none about one that isn't open or can't be checked.
    async fn about<P, A, T>(&self, draft: Uri, question: Question<P, A>, params: P) -> Result<Option<T>>
    where
        P: Send + 'static,
        A: Into<Option<T>> + Send + 'static,
    {
        let Some(view) = view(&self.session, draft).await? else { return Ok(None) };
        tokio::task::spawn_blocking(move || question(&view, &params)).await.map(Into::into).map_err(|_| Error::internal_error())
    }

    /// The same, or the answer about one of the desk's own files.
    async fn about_any<P, T>(&self, of: Uri, draft: Question<P, Option<T>>, paper: PaperQuestion<P, T>, params: P) -> Result<Option<T>>
    where
        P: Send + 'static,
        T: Send + 'static,
    {
        match self.session.paper(&of) {
            Some(found) => Ok(paper(&found, &params)),
            None => self.about(of, draft, params).await,
        }
    }
}

impl LanguageServer for Copydesk {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        if let Some(id) = params.process_id {
            self.lifecycle.watch_parent(id);
        }
        let abilities = self.session.introduce(&params).await;
        if !abilities.pulls {
            self.lifecycle.keep(checker::run(self.session.clone()));
        }
        self.lifecycle.keep(proofreader::run(self.session.clone()));
        self.lifecycle.keep(archives::run(self.session.clone()));
        let server_info = ServerInfo { name: "copydesk".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities: capabilities(abilities), server_info: Some(server_info), ..InitializeResult::default() })
    }

    async fn initialized(&self, params: InitializedParams) {
        self.take(notices::initialized, &params);
    }

    async fn shutdown(&self) -> Result<()> {
        // The guard around this service has taken note of it.
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.take(notices::opened, &params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.take(notices::changed, &params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.take(notices::closed, &params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.take(notices::saved, &params);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.take(notices::configured, &params);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.take(notices::folders_changed, &params);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.take(notices::files_changed, &params);
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.take(notices::files_renamed, &params);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.about_any(params.text_document_position_params.text_document.uri.clone(), about::hover, papers::hover, params).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.about(params.text_document_position_params.text_document.uri.clone(), about::definition, params).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.about(params.text_document_position_params.text_document.uri.clone(), about::highlights, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.about(params.text_document.uri.clone(), about::symbols, params).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.about(params.text_document.uri.clone(), about::renamable, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.about_any(params.text_document_position.text_document.uri.clone(), about::completion, papers::completion, params).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.about(params.text_document.uri.clone(), about::folds, params).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.about(params.text_document.uri.clone(), about::selections, params).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        self.about(params.text_document.uri.clone(), about::all_tokens, params).await
    }

    async fn semantic_tokens_range(&self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokensRangeResult>> {
        self.about(params.text_document.uri.clone(), about::tokens, params).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.about(params.text_document.uri.clone(), about::lens, params).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.about(params.text_document.uri.clone(), about::links, params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.about(params.text_document.uri.clone(), about::inlays, params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        across::references(&self.session, params).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        across::symbols(&self.session, params).await.map(Some)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        across::rename(&self.session, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        act::actions(&self.session, params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.session, params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        Ok(DocumentDiagnosticReportResult::Report(pull::of_draft(&self.session, params).await))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        Ok(WorkspaceDiagnosticReportResult::Report(pull::of_desk(&self.session, params).await))
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp_server::LspService;

    use super::*;
    use crate::lsp::buffer::Buffer;
    use crate::lsp::checks::check_newest;
    use crate::markup::Format;

    #[tokio::test]
    async fn nothing_of_a_draft_is_kept_when_it_is_closed() {
        let mut session = None;
        let (_service, _socket) = LspService::new(|client| {
            let copydesk = Copydesk::new(client, Options::default(), Arc::default());
            session = Some(copydesk.session.clone());
            copydesk
        });
        let session = session.expect("a server has a session");
        let mut kept = Vec::new();
        for draft in 0..30 {
            let uri = format!("untitled:{draft}");
            session.open(&uri, Buffer::open("Mayor Anja Solvang left.\n", 1, Format::Markdown, None));
            let checked = check_newest(&session, &uri).await.expect("is open").expect("can be checked");
            kept.push((Arc::downgrade(&checked.snapshot.analysis), Arc::downgrade(&checked.draft)));
            drop(checked);
            assert!(kept.last().is_some_and(|(_, draft)| draft.strong_count() > 0), "what is open is kept");
            session.close(&uri);
        }
        let left = kept.iter().filter(|(analysis, draft)| analysis.strong_count() + draft.strong_count() > 0).count();
        assert_eq!(left, 0);
    }
}
