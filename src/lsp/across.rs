//! What concerns several drafts at once: where else somebody is named, and another name for one in each.

use std::str::FromStr;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    ChangeAnnotation, DocumentChanges, Location, ReferenceParams, RenameParams, TextDocumentEdit, Uri, WorkspaceEdit,
};

use super::convert::{Converter, location};
use super::server::Copydesk;
use super::state::Checked;
use super::{disk, log};
use crate::document::Document;
use crate::features::{self, Draft, Meant, Rename, file_uri};

/// The name of the annotation that edits of other drafts bear.
const ELSEWHERE: &str = "other-drafts";

/// The mentions in this draft, in the other open ones, in those on disk and in the sources, in that order.
pub(super) async fn references(server: &Copydesk, params: ReferenceParams) -> Option<Vec<Location>> {
    let at = params.text_document_position;
    let (checked, offset) = server.at(&at).await?;
    let meant = Meant::at(&checked.draft, offset)?;
    let here = &at.text_document.uri;
    let mut locations = places(&meant, &checked.draft, &server.converter(here, &checked));
    for (uri, other) in others(server, here).await {
        locations.extend(places(&meant, &other.draft, &server.converter(&uri, &other)));
    }
    locations.extend(on_disk(server, meant.sieve(), move |draft, convert| places(&meant, draft, convert)).await);
    let encoding = server.state.abilities().encoding;
    locations.extend(features::references(&checked.draft, offset).iter().filter_map(|citation| location(citation, encoding)));
    (!locations.is_empty()).then_some(locations)
}

fn places(meant: &Meant, draft: &Draft, convert: &Converter<'_>) -> Vec<Location> {
    meant.mentions(draft).into_iter().map(|span| Location::new(convert.uri.clone(), convert.range(span))).collect()
}

/// What `gather` makes of each draft of the desk that is not open and may be wanted.
async fn on_disk<T: Send + 'static>(
    server: &Copydesk,
    may_be_wanted: impl Fn(&Document) -> bool + Send + 'static,
    gather: impl Fn(&Draft, &Converter<'_>) -> Vec<T> + Send + 'static,
) -> Vec<T> {
    let drafts = disk::closed_drafts(&server.state, server.state.open_files()).await;
    let Some(permit) = server.state.work_permit().await else { return Vec::new() };
    let state = server.state.clone();
    let look = move || {
        let mut gathered = Vec::new();
        for (path, loaded) in drafts {
            let Some(uri) = file_uri(&path).and_then(|uri| Uri::from_str(&uri).ok()) else { continue };
            let Some(draft) = disk::read(&path, &loaded, &may_be_wanted) else { continue };
            let convert = Converter { document: &draft.document, uri: &uri, version: None, abilities: state.abilities() };
            gathered.extend(gather(&draft, &convert));
        }
        drop(permit);
        gathered
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_else(|error| {
        log(&format!("looking through the drafts failed; this is a fault of the server: {error}"));
        Vec::new()
    })
}

/// The edits of this draft. Where the editor lets a person look at changes before they are made, also those of the desk's other
/// drafts, to be confirmed: she sees only this one.
pub(super) async fn rename(server: &Copydesk, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let Some((checked, offset)) = server.at(&at).await else { return Ok(None) };
    let here = &at.text_document.uri;
    let refused = |fault: features::RenameFault| Error::invalid_params(fault.to_string());
    let rename = features::rename(&checked.draft, offset, &params.new_name).map_err(refused)?;
    let edits = rename.edits(&checked.draft).map_err(refused)?;
    let mut edit = server.converter(here, &checked).edits(&edits);
    if !server.state.abilities().confirms_renames {
        return Ok(Some(edit));
    }
    let Some(DocumentChanges::Edits(changes)) = &mut edit.document_changes else { return Ok(Some(edit)) };
    let mut elsewhere = Vec::new();
    for (uri, other) in others(server, here).await {
        elsewhere.extend(renamed(&rename, &other.draft, &server.converter(&uri, &other)));
    }
    let sieve = rename.meant().sieve();
    elsewhere.extend(on_disk(server, sieve, move |draft, convert| renamed(&rename, draft, convert).into_iter().collect()).await);
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
fn renamed(rename: &Rename, draft: &Draft, convert: &Converter<'_>) -> Option<TextDocumentEdit> {
    // What is half in markup there is left to whoever edits that draft.
    let edits = rename.edits(draft).unwrap_or_default();
    (!edits.is_empty()).then(|| convert.versioned_edits(&edits, Some(ELSEWHERE)))
}

/// The other open drafts as checked, by their addresses; those that can't be checked are left out.
async fn others(server: &Copydesk, here: &Uri) -> Vec<(Uri, Checked)> {
    let mut others = Vec::new();
    for address in server.state.open_drafts() {
        let Ok(uri) = Uri::from_str(&address) else { continue };
        if uri == *here {
            continue;
        }
        if let Some(checked) = server.draft(&uri).await {
            others.push((uri, checked));
        }
    }
    others
}
