//! What the editor tells: what is open and how it changes, what happens to files, and how the person wants things.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use tower_lsp_server::ls_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileChangeType, InitializedParams, ProgressToken,
    RenameFilesParams, SetTraceParams, Uri, WorkDoneProgressCancelParams,
};

use crate::config;
use crate::lsp::buffer::Buffer;
use crate::lsp::convert::path_of;
use crate::lsp::session::Session;
use crate::markup::Format;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as all notices take them")]
pub(in crate::lsp) fn initialized(session: &Arc<Session>, _: &InitializedParams) {
    session.herald.watch_desk();
    session.ask_preferences();
}

pub(in crate::lsp) fn opened(session: &Arc<Session>, params: &DidOpenTextDocumentParams) {
    let draft = &params.text_document;
    let format = format_of(&draft.language_id, &draft.uri);
    session.open(draft.uri.as_str(), Buffer::open(&draft.text, draft.version, format, path_of(&draft.uri)));
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

pub(in crate::lsp) fn changed(session: &Arc<Session>, params: &DidChangeTextDocumentParams) {
    let encoding = session.abilities().encoding;
    let (draft, changes) = (&params.text_document, &params.content_changes);
    session.change(draft.uri.as_str(), |buffer| buffer.change(draft.version, changes, encoding));
}

pub(in crate::lsp) fn closed(session: &Arc<Session>, params: &DidCloseTextDocumentParams) {
    session.close(params.text_document.uri.as_str());
}

/// A stylebook or configuration edited here is read again; a draft's text is known from its buffer.
pub(in crate::lsp) fn saved(session: &Arc<Session>, params: &DidSaveTextDocumentParams) {
    if let Some(path) = path_of(&params.text_document.uri) {
        session.reload(&path);
    }
    session.disk_changed();
}

pub(in crate::lsp) fn configured(session: &Arc<Session>, params: &DidChangeConfigurationParams) {
    match params.settings.get("copydesk") {
        Some(section) => session.take_preferences(section.clone()),
        None => session.ask_preferences(),
    }
}

pub(in crate::lsp) fn folders_changed(session: &Arc<Session>, params: &DidChangeWorkspaceFoldersParams) {
    let gone: Vec<PathBuf> = params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
    let come: Vec<PathBuf> = params.event.added.iter().filter_map(|folder| path_of(&folder.uri)).collect();
    session.change_roots(|roots| {
        roots.retain(|root| !gone.contains(root));
        roots.extend(come);
    });
    session.disk_changed();
    session.drafts.forget_configurations();
    session.recheck_all();
}

pub(in crate::lsp) fn files_changed(session: &Arc<Session>, params: &DidChangeWatchedFilesParams) {
    let mut configurations_changed = false;
    for change in &params.changes {
        let Some(path) = path_of(&change.uri) else { continue };
        let is_config = path.file_name().is_some_and(|name| name == config::FILE_NAME);
        configurations_changed |= is_config && change.typ != FileChangeType::CHANGED;
        session.reload(&path);
    }
    session.disk_changed();
    if configurations_changed {
        session.drafts.forget_configurations();
        session.recheck_all();
    }
}

pub(in crate::lsp) fn files_renamed(session: &Arc<Session>, params: &RenameFilesParams) {
    for file in &params.files {
        for address in [&file.old_uri, &file.new_uri] {
            if let Some(path) = Uri::from_str(address).ok().as_ref().and_then(path_of) {
                session.reload(&path);
            }
        }
    }
    session.disk_changed();
    // A draft in another folder, or a folder with another name, may have another configuration.
    session.drafts.forget_configurations();
    session.recheck_all();
}

pub(in crate::lsp) fn progress_cancelled(session: &Arc<Session>, params: &WorkDoneProgressCancelParams) {
    if let ProgressToken::String(token) = &params.token {
        session.herald.call_off(token);
    }
}

pub(in crate::lsp) fn trace_set(session: &Arc<Session>, params: &SetTraceParams) {
    session.herald.set_trace(params.value);
}
