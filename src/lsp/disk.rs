//! The drafts of a desk that are not open, as they are on disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::loaded::{Loaded, today};
use super::log::log;
use super::session::Session;
use super::shelf::Listing;
use crate::document::Document;
use crate::features::{ReadDraft, Rereader};
use crate::workspace::{Problem, collect_drafts, find_config, guarded, is_editable, read_draft};

/// Of a desk with more drafts than this on disk, these are looked at; the rest once they are opened.
const MOST_DRAFTS: usize = 1_000;

/// The drafts in the editor's folders that a configuration holds for, and that are neither sources nor open.
pub(super) async fn closed_drafts(session: &Arc<Session>) -> Vec<(PathBuf, Arc<Loaded>)> {
    if session.is_fixed() {
        return Vec::new();
    }
    let open = session.drafts.files();
    let mut settings: HashMap<&Path, Option<Arc<Loaded>>> = HashMap::new();
    let mut drafts = Vec::new();
    let listing = listing(session).await;
    for (path, config) in listing.iter().filter(|(path, _)| !open.contains(path)) {
        if !settings.contains_key(&**config) {
            let loaded = session.setting_under(Some(config.clone())).await.ok();
            settings.insert(config, loaded);
        }
        let Some(Some(loaded)) = settings.get(&**config) else { continue };
        if loaded.setting.is_draft(path) && !loaded.setting.corpus_paths.iter().any(|corpus| path.starts_with(corpus)) {
            drafts.push((path.clone(), loaded.clone()));
        }
    }
    if drafts.len() > MOST_DRAFTS {
        if session.shelf.too_many() {
            log(&format!("{} drafts are more than {MOST_DRAFTS}: the rest are checked once they are opened", drafts.len()));
        }
        drafts.truncate(MOST_DRAFTS);
    }
    drafts
}

/// Which drafts there are on disk, looked for only where that may have changed.
async fn listing(session: &Arc<Session>) -> Arc<Listing> {
    if let Some(known) = session.shelf.listing() {
        return known;
    }
    let (events, roots) = (session.shelf.events(), session.roots());
    let (listing, problems) = tokio::task::spawn_blocking(move || list(&roots)).await.unwrap_or_default();
    session.tell(problems);
    let listing = Arc::new(listing);
    session.shelf.list(events, listing.clone());
    listing
}

fn list(roots: &[PathBuf]) -> (Listing, Vec<Problem>) {
    let (paths, problems) = collect_drafts(roots);
    let mut configs: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
    let mut found = Vec::new();
    for path in paths.into_iter().filter(|path| is_editable(path)) {
        let Some(folder) = path.parent() else { continue };
        let config = configs.entry(folder.to_owned()).or_insert_with(|| find_config(folder));
        found.extend(config.clone().map(|config| (path, config)));
    }
    (found, problems)
}

/// A draft on disk as read, where it is `wanted`. One that can't be read is left out: it says why when it is opened or linted.
pub(super) fn read(path: &Path, loaded: &Loaded, wanted: impl FnOnce(&Document) -> bool) -> Option<ReadDraft> {
    let document = read_draft(path).ok().filter(wanted)?.dated(Some(today()));
    let read = guarded(path, || Rereader::default().unchecked(document, &*loaded.setting.corpus));
    let draft = read.inspect_err(|fault| log(&fault.to_string())).ok()?;
    draft.inspect_err(|error| log(&error.to_string())).ok()
}
