//! Diagnostics for editors that ask for them: of one draft, and of all drafts of a desk, the open ones as they stand in the
//! editor and the others as they stand on disk.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tower_lsp_server::ls_types::{
    Diagnostic, FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::checker::diagnostics;
use super::convert::Converter;
use super::settings::Loaded;
use super::state::{State, today};
use super::{disk, log};
use crate::check::Style;
use crate::features::file_uri;

/// How long a question about all drafts waits for one of them to change before it is answered that none has.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Who types is given time to finish the word.
const AFTER_A_CHANGE: Duration = Duration::from_millis(300);
/// Of a draft that is gone: the editor has been told that nothing is found in it.
const GONE: &str = "gone";

/// What is found in a draft, under a name that it has as long as nothing else is found.
pub(super) struct Report {
    pub(super) id: Option<String>,
    pub(super) items: Vec<Diagnostic>,
    /// The editor's, of an open draft.
    version: Option<i32>,
}

/// What was found in drafts on disk.
#[derive(Default)]
pub(super) struct Shelf(Mutex<HashMap<PathBuf, Arc<Shelved>>>);

struct Shelved {
    modified: Option<SystemTime>,
    bytes: u64,
    /// With what it was checked against, and on which day.
    against: String,
    id: String,
    items: Vec<Diagnostic>,
}

/// What is found in an open draft as it is when its turn comes.
pub(super) async fn of_open(state: &Arc<State>, uri: &Uri) -> Report {
    // The ranges of a report have to fit the text that the editor has now, so it is the newest that is checked.
    match state.check_newest(uri.as_str()).await {
        Some(Ok(checked)) => {
            let id = format!("{}-{}", checked.snapshot.revision, against(&checked.loaded));
            Report { id: Some(id), items: diagnostics(state, uri, &checked), version: Some(checked.snapshot.version) }
        }
        Some(Err(failure)) => {
            log(&failure.to_string());
            Report { id: None, items: Vec::new(), version: None }
        }
        None => Report { id: None, items: Vec::new(), version: None },
    }
}

/// Names a setting as loaded, and the day.
fn against(loaded: &Loaded) -> String {
    format!("{}-{}", loaded.epoch, today())
}

/// What is found in all drafts of the desk; where that is what the editor knows, the answer waits until it no longer is.
pub(super) async fn of_workspace(state: &Arc<State>, known: &[PreviousResultId]) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let known: HashMap<String, &str> = known.iter().map(|known| (known.uri.to_string(), known.value.as_str())).collect();
    let mut activity = state.activity.subscribe();
    let end = tokio::time::Instant::now() + LONGEST_WAIT;
    loop {
        activity.mark_unchanged();
        let reports = all(state).await;
        let is_known = |(uri, report): (&String, &Report)| report.id.as_deref().is_some_and(|id| known.get(uri) == Some(&id));
        let gone: Vec<&String> = known.iter().filter(|(uri, id)| **id != GONE && !reports.contains_key(*uri)).map(|(uri, _)| uri).collect();
        let news = !gone.is_empty() || !reports.iter().all(is_known);
        let waited = !news && tokio::time::timeout_at(end, activity.changed()).await.is_ok_and(|changed| changed.is_ok());
        if waited {
            tokio::time::sleep(AFTER_A_CHANGE).await;
            continue;
        }
        let gone = gone.into_iter().filter_map(|uri| full(uri, Some(GONE.to_owned()), Vec::new(), None));
        let mut answer: Vec<WorkspaceDocumentDiagnosticReport> = gone.collect();
        answer.extend(reports.into_iter().filter_map(|(uri, report)| {
            let same = report.id.as_deref().filter(|id| known.get(&uri) == Some(id)).map(str::to_owned);
            match same {
                Some(id) => unchanged(&uri, id, report.version),
                None => full(&uri, report.id, report.items, report.version),
            }
        }));
        return answer;
    }
}

fn full(uri: &str, id: Option<String>, items: Vec<Diagnostic>, version: Option<i32>) -> Option<WorkspaceDocumentDiagnosticReport> {
    Some(WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri: Uri::from_str(uri).ok()?,
        version: version.map(i64::from),
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: id, items },
    }))
}

fn unchanged(uri: &str, result_id: String, version: Option<i32>) -> Option<WorkspaceDocumentDiagnosticReport> {
    Some(WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
        uri: Uri::from_str(uri).ok()?,
        version: version.map(i64::from),
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
    }))
}

/// All drafts by their address.
async fn all(state: &Arc<State>) -> BTreeMap<String, Report> {
    let mut reports = BTreeMap::new();
    // What is opened or closed meanwhile is reported as it was.
    let open = state.open_files();
    for address in state.open_drafts() {
        let Ok(uri) = Uri::from_str(&address) else { continue };
        let report = of_open(state, &uri).await;
        reports.insert(uri.to_string(), report);
    }
    let mut seen = HashSet::new();
    for (path, loaded) in disk::closed_drafts(state, open).await {
        let Some(uri) = file_uri(&path).and_then(|uri| Uri::from_str(&uri).ok()) else { continue };
        if let Some(shelved) = shelved(state, &path, &uri, loaded).await {
            reports.insert(uri.to_string(), Report { id: Some(shelved.id.clone()), items: shelved.items.clone(), version: None });
            seen.insert(path);
        }
    }
    state.shelf.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| seen.contains(path));
    reports
}

/// What is found in a draft on disk, checked again only where it or what it is checked against is another.
async fn shelved(state: &Arc<State>, path: &Path, uri: &Uri, loaded: Arc<Loaded>) -> Option<Arc<Shelved>> {
    let permit = state.work_permit().await?;
    let (state, path, uri) = (state.clone(), path.to_owned(), uri.clone());
    let check = move || {
        let found = check_on_disk(&state, &path, &uri, &loaded);
        drop(permit);
        found
    };
    match tokio::task::spawn_blocking(check).await {
        Ok(found) => found,
        Err(error) => {
            log(&format!("a check failed; this is a fault of the server: {error}"));
            None
        }
    }
}

fn check_on_disk(state: &State, path: &Path, uri: &Uri, loaded: &Loaded) -> Option<Arc<Shelved>> {
    let (modified, bytes) = crate::workspace::stamp(path)?;
    let against = against(loaded);
    let shelf = || state.shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = shelf().get(path)
        && (known.modified, known.bytes, &known.against) == (modified, bytes, &against)
    {
        return Some(known.clone());
    }
    let style = Style { config: &loaded.setting.config, as_of: Some(today()) };
    let draft = disk::read(path, loaded, |_| true)?.checked(style);
    let convert = Converter { document: &draft.document, uri, version: None, abilities: state.abilities() };
    let items = draft.findings.iter().map(|finding| convert.diagnostic(finding)).collect();
    let mut hasher = DefaultHasher::new();
    draft.document.source().hash(&mut hasher);
    let id = format!("disk-{:x}-{against}", hasher.finish());
    let found = Arc::new(Shelved { modified, bytes, against, id, items });
    shelf().insert(path.to_owned(), found.clone());
    Some(found)
}
