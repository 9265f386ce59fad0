//! What concerns several drafts at once: where else somebody is named, and another name for one in each.

use std::str::FromStr;
use std::sync::Arc;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    ChangeAnnotation, DocumentChanges, Location, ReferenceParams, RenameParams, TextDocumentEdit, Uri, WorkspaceEdit,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use crate::document::Document;
use crate::features::{self, Meant, ReadDraft, Rename};
use crate::lsp::checks::view;
use crate::lsp::convert::{Converter, information, location, record_location, subject_symbol, uri_of};
use crate::lsp::disk;
use crate::lsp::log::log;
use crate::lsp::session::Session;
use crate::lsp::view::View;

/// How many people, places and organisations a search lists.
const SYMBOLS_FOUND: usize = 128;

/// The name of the annotation that edits of other drafts bear.
const ELSEWHERE: &str = "other-drafts";

/// The mentions in this draft, in the other open ones, in those on disk and in the sources, in that order.
pub(in crate::lsp) async fn references(session: &Arc<Session>, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
    let at = params.text_document_position;
    let Some(here) = view(session, at.text_document.uri).await? else { return Ok(None) };
    let offset = here.offset(at.position);
    let Some(meant) = Meant::at(here.draft(), offset) else { return Ok(None) };
    let mut locations = places(&meant, here.draft(), &here.converter());
    for other in others(session, &here.uri).await {
        locations.extend(places(&meant, other.draft(), &other.converter()));
    }
    locations.extend(on_disk(session, meant.sieve(), move |draft, convert| places(&meant, draft, convert)).await);
    let encoding = here.abilities.encoding;
    let corpus = here.checked.loaded.setting.corpus.clone();
    let cited = tokio::task::spawn_blocking(move || features::references(here.draft(), &*corpus, offset)).await;
    let cited = cited.map_err(|_| Error::internal_error())?.inspect_err(|error| log(&error.to_string())).unwrap_or_default();
    locations.extend(cited.iter().filter_map(|citation| location(citation, encoding)));
    Ok((!locations.is_empty()).then_some(locations))
}

fn places(meant: &Meant, draft: &ReadDraft, convert: &Converter<'_>) -> Vec<Location> {
    meant.mentions(draft).into_iter().map(|span| Location::new(convert.uri.clone(), convert.range(span))).collect()
}

/// What `gather` makes of each draft of the desk that is not open and may be wanted.
async fn on_disk<T: Send + 'static>(
    session: &Arc<Session>,
    may_be_wanted: impl Fn(&Document) -> bool + Send + 'static,
    gather: impl Fn(&ReadDraft, &Converter<'_>) -> Vec<T> + Send + 'static,
) -> Vec<T> {
    session.look_at_the_disk();
    let drafts = disk::closed_drafts(session).await;
    let place = session.work.place().await;
    let abilities = session.abilities().clone();
    let look = move || {
        let mut gathered = Vec::new();
        for (path, loaded) in drafts {
            let Some(uri) = uri_of(&path) else { continue };
            let Some(draft) = disk::read(&path, &loaded, &may_be_wanted) else { continue };
            let convert = Converter { document: &draft.document, uri: &uri, version: None, abilities: &abilities };
            gathered.extend(gather(&draft, &convert));
        }
        drop(place);
        gathered
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_else(|error| {
        log(&format!("looking through the drafts failed; this is a fault of the server: {error}"));
        Vec::new()
    })
}

/// The edits of this draft. Where the editor lets a person look at changes before they are made, also those of the desk's other
/// drafts, to be confirmed: she sees only this one.
pub(in crate::lsp) async fn rename(session: &Arc<Session>, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let Some(here) = view(session, at.text_document.uri).await? else { return Ok(None) };
    let refused = |fault: features::RenameFault| Error::invalid_params(fault.to_string());
    let rename = features::rename(here.draft(), here.offset(at.position), &params.new_name).map_err(refused)?;
    let edits = rename.edits(here.draft()).map_err(refused)?;
    let mut edit = here.converter().edits(&edits);
    if !here.abilities.confirms_renames {
        return Ok(Some(edit));
    }
    let Some(DocumentChanges::Edits(changes)) = &mut edit.document_changes else { return Ok(Some(edit)) };
    let mut elsewhere = Vec::new();
    for other in others(session, &here.uri).await {
        elsewhere.extend(renamed(&rename, other.draft(), &other.converter()));
    }
    let sieve = rename.meant().sieve();
    // An editor that takes a file in another encoding for UTF-8 would save it changed all through.
    let may_be_edited = move |document: &Document| document.charset().is_utf8() && sieve(document);
    elsewhere.extend(on_disk(session, may_be_edited, move |draft, convert| renamed(&rename, draft, convert).into_iter().collect()).await);
    if !elsewhere.is_empty() {
        changes.extend(elsewhere);
        let annotation = ChangeAnnotation {
            label: "In other drafts".to_owned(),
            needs_confirmation: Some(true),
            description: Some("The same name in the desk's other drafts".to_owned()),
        };
        edit.change_annotations = Some([(ELSEWHERE.to_owned(), annotation)].into());
    }
    Ok(Some(edit))
}

/// The edits of another draft, to be confirmed; none where it doesn't name who is meant.
fn renamed(rename: &Rename, draft: &ReadDraft, convert: &Converter<'_>) -> Option<TextDocumentEdit> {
    // What is half in markup there is left to whoever edits that draft.
    let edits = rename.edits(draft).unwrap_or_default();
    (!edits.is_empty()).then(|| convert.versioned_edits(&edits, Some(ELSEWHERE)))
}

/// The people, places and organisations of all sources that a query is the start of.
pub(in crate::lsp) async fn symbols(session: &Arc<Session>, params: WorkspaceSymbolParams) -> Result<WorkspaceSymbolResponse> {
    let (loaded, encoding) = (session.loaded(), session.abilities().encoding);
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
    tokio::task::spawn_blocking(search).await.map(WorkspaceSymbolResponse::Flat).map_err(|_| Error::internal_error())
}

/// The other open drafts as checked; those that can't be checked are left out.
async fn others(session: &Arc<Session>, here: &Uri) -> Vec<View> {
    let mut others = Vec::new();
    for address in session.drafts.addresses() {
        let Ok(uri) = Uri::from_str(&address) else { continue };
        if uri != *here {
            others.extend(view(session, uri).await.ok().flatten());
        }
    }
    others
}
