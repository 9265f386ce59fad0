//! What concerns several drafts at once: where else somebody is named, and another name for one in each.

use std::collections::HashSet;
use std::path::PathBuf;
use std::str::FromStr;

use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{ChangeAnnotation, DocumentChanges, Location, ReferenceParams, RenameParams, Uri, WorkspaceEdit};

use super::convert::{Converter, location};
use super::server::Copydesk;
use super::state::{Checked, path_of};
use super::{disk, log};
use crate::features::{self, Meant, file_uri};

/// The name of the annotation that edits of other drafts bear.
const ELSEWHERE: &str = "other-drafts";

/// The mentions in this draft, in the other open ones, in those on disk and in the sources, in that order.
pub(super) async fn references(server: &Copydesk, params: ReferenceParams) -> Option<Vec<Location>> {
    let at = params.text_document_position;
    let (checked, offset) = server.at(&at).await?;
    let meant = Meant::at(&checked.draft, offset)?;
    let here = &at.text_document.uri;
    let mut locations = places(server, here, &checked, &meant);
    for (uri, other) in others(server, here).await {
        locations.extend(places(server, &uri, &other, &meant));
    }
    locations.extend(places_on_disk(server, here, &meant).await);
    let encoding = server.state.abilities().encoding;
    locations.extend(features::references(&checked.draft, offset).iter().filter_map(|citation| location(citation, encoding)));
    (!locations.is_empty()).then_some(locations)
}

fn places(server: &Copydesk, uri: &Uri, checked: &Checked, meant: &Meant) -> Vec<Location> {
    let convert = server.converter(uri, checked);
    meant.mentions(&checked.draft).into_iter().map(|span| Location::new(uri.clone(), convert.range(span))).collect()
}

/// The mentions in drafts of the desk that are not open.
async fn places_on_disk(server: &Copydesk, here: &Uri, meant: &Meant) -> Vec<Location> {
    let open = server.state.open_drafts();
    let open: HashSet<PathBuf> =
        open.iter().filter_map(|address| Uri::from_str(address).ok()).chain([here.clone()]).filter_map(|uri| path_of(&uri)).collect();
    let drafts = disk::drafts(&server.state).await;
    let Some(permit) = server.state.work_permit().await else { return Vec::new() };
    let (state, meant) = (server.state.clone(), meant.clone());
    let find = move || {
        let mut locations = Vec::new();
        for (path, loaded) in drafts.into_iter().filter(|(path, _)| !open.contains(path)) {
            let Some(uri) = file_uri(&path).and_then(|uri| Uri::from_str(&uri).ok()) else { continue };
            let Some(draft) = disk::checked(&path, &loaded, |text| meant.may_be_in(text)) else { continue };
            let convert = Converter { document: &draft.document, uri: &uri, version: 0, abilities: state.abilities() };
            locations.extend(meant.mentions(&draft).into_iter().map(|span| Location::new(uri.clone(), convert.range(span))));
        }
        drop(permit);
        locations
    };
    tokio::task::spawn_blocking(find).await.unwrap_or_else(|error| {
        log(&format!("looking through the drafts failed; this is a fault of the server: {error}"));
        Vec::new()
    })
}

/// The edits of this draft. Where the editor lets a person look at changes before they are made, also those of the other open
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
        // What is half in markup there is left to whoever edits that draft.
        let edits = rename.edits(&other.draft).unwrap_or_default();
        if edits.is_empty() {
            continue;
        }
        elsewhere.push(server.converter(&uri, &other).versioned_edits(&edits, Some(ELSEWHERE)));
    }
    if !elsewhere.is_empty() {
        changes.extend(elsewhere);
        let annotation = ChangeAnnotation {
            label: "In other open drafts".to_owned(),
            needs_confirmation: Some(true),
            description: Some("The same name in drafts that are open beside this one".to_owned()),
        };
        edit.change_annotations = Some([(ELSEWHERE.to_owned(), annotation)].into());
    }
    Ok(Some(edit))
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
