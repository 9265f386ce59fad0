//! The drafts of a desk that are not open, as they are on disk.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::loaded::{Loaded, today};
use super::log::log;
use super::session::Session;
use crate::document::Document;
use crate::features::{Draft, Rereader};
use crate::workspace::{collect_drafts, find_config, read_draft};

/// Of a desk with more drafts than this on disk, these are looked at; the rest once they are opened.
const MOST_DRAFTS: usize = 1_000;

/// The drafts in the editor's folders that a configuration holds for, and that are neither sources nor `open`.
pub(super) async fn closed_drafts(session: &Session, open: HashSet<PathBuf>) -> Vec<(PathBuf, Arc<Loaded>)> {
    if session.is_fixed() {
        return Vec::new();
    }
    let roots = session.roots();
    let walk = move || {
        let (paths, _) = collect_drafts(&roots);
        let mut configs: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        let mut found = Vec::new();
        for path in paths.into_iter().filter(|path| !open.contains(path)) {
            let Some(folder) = path.parent() else { continue };
            let config = configs.entry(folder.to_owned()).or_insert_with(|| find_config(folder));
            found.extend(config.clone().map(|config| (path, config)));
        }
        found
    };
    let found = tokio::task::spawn_blocking(walk).await.unwrap_or_default();
    let mut settings: HashMap<PathBuf, Option<Arc<Loaded>>> = HashMap::new();
    let mut drafts = Vec::new();
    for (path, config) in found {
        if !settings.contains_key(&config) {
            let loaded = session.setting_under(Some(config.clone())).await.ok();
            settings.insert(config.clone(), loaded);
        }
        let Some(Some(loaded)) = settings.get(&config) else { continue };
        if !loaded.setting.corpus_paths.iter().any(|corpus| path.starts_with(corpus)) {
            drafts.push((path, loaded.clone()));
        }
    }
    if drafts.len() > MOST_DRAFTS {
        log(&format!("{} drafts are more than {MOST_DRAFTS}: the rest are checked once they are opened", drafts.len()));
        drafts.truncate(MOST_DRAFTS);
    }
    drafts
}

/// A draft on disk as read, where it is `wanted`. One that can't be read is left out: it says why when it is opened or linted.
pub(super) fn read(path: &Path, loaded: &Loaded, wanted: impl FnOnce(&Document) -> bool) -> Option<Draft> {
    let document = read_draft(path).ok().filter(wanted)?.dated(Some(today()));
    Rereader::default().unchecked(document, &*loaded.setting.corpus).inspect_err(|error| log(&error.to_string())).ok()
}
