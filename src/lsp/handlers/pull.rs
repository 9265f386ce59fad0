//! Diagnostics for editors that ask for them: of one draft, and of all drafts of a desk, the open ones as they stand in the
//! editor and the others as they stand on disk.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp_server::ls_types::{
    Diagnostic, DiagnosticSeverity, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, PreviousResultId,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::extensions::CheckAnswer;
use crate::check::Style;
use crate::lsp::abilities::Abilities;
use crate::lsp::checks::check_newest;
use crate::lsp::convert::{Converter, uri_of};
use crate::lsp::disk;
use crate::lsp::loaded::{Loaded, today};
use crate::lsp::log::log;
use crate::lsp::session::Session;
use crate::lsp::shelf::{Shelf, Shelved};

/// How long a question about all drafts waits for one of them to change before it is answered that none has.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Who types is given time to finish the word.
const AFTER_A_CHANGE: Duration = Duration::from_millis(300);
/// Of a draft that is gone: the editor has been told that nothing is found in it.
const GONE: &str = "gone";

/// What is found in a draft, under a name that it has as long as nothing else is found.
#[derive(Default)]
struct Report {
    id: Option<String>,
    items: Vec<Diagnostic>,
    /// The editor's, of an open draft.
    version: Option<i32>,
}

/// `textDocument/diagnostic`
pub(in crate::lsp) async fn of_draft(session: &Arc<Session>, params: DocumentDiagnosticParams) -> DocumentDiagnosticReport {
    let uri = params.text_document.uri;
    let snapshot = session.drafts.snapshot(uri.as_str());
    let _turn = match &snapshot {
        Some(snapshot) => Some(snapshot.analysis.turn.lock().await),
        None => None,
    };
    let Report { id, items, .. } = of_open(session, &uri).await;
    match id {
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
    }
}

/// `workspace/diagnostic`
pub(in crate::lsp) async fn of_desk(session: &Arc<Session>, params: WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReport {
    WorkspaceDiagnosticReport { items: of_workspace(session, &params.previous_result_ids).await }
}

/// What is found in an open draft as it is when its turn comes.
async fn of_open(session: &Arc<Session>, uri: &Uri) -> Report {
    // The ranges of a report have to fit the text that the editor has now, so it is the newest that is checked.
    match check_newest(session, uri.as_str()).await {
        Some(Ok(checked)) => {
            let id = format!("{}-{}", checked.snapshot.revision, checked.loaded.against());
            let items = Converter::of(uri, &checked, session.abilities()).diagnostics(&checked.draft);
            Report { id: Some(id), items, version: Some(checked.snapshot.version) }
        }
        Some(Err(failure)) => {
            log(&failure.to_string());
            Report::default()
        }
        None => Report::default(),
    }
}

/// What is found in all drafts of the desk; where that is what the editor knows, the answer waits until it no longer is.
async fn of_workspace(session: &Arc<Session>, known: &[PreviousResultId]) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let known: HashMap<String, &str> = known.iter().map(|known| (known.uri.to_string(), known.value.as_str())).collect();
    let mut activity = session.drafts.activity();
    let now = tokio::time::Instant::now();
    let end = now.checked_add(LONGEST_WAIT).unwrap_or(now);
    session.look_at_the_disk();
    loop {
        activity.mark_unchanged();
        let reports = all(session).await;
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

/// How much is found in all drafts of the desk.
pub(super) async fn count(session: &Arc<Session>) -> CheckAnswer {
    session.look_at_the_disk();
    let reports = all(session).await;
    let mut count = CheckAnswer { drafts: reports.len(), ..CheckAnswer::default() };
    for item in reports.values().flat_map(|report| &report.items) {
        match item.severity {
            Some(DiagnosticSeverity::ERROR) => count.errors += 1,
            Some(DiagnosticSeverity::WARNING) => count.warnings += 1,
            Some(DiagnosticSeverity::INFORMATION) => count.infos += 1,
            _ => count.hints += 1,
        }
    }
    count
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
async fn all(session: &Arc<Session>) -> BTreeMap<String, Report> {
    let mut reports = BTreeMap::new();
    for address in session.drafts.addresses() {
        let Ok(uri) = Uri::from_str(&address) else { continue };
        let report = of_open(session, &uri).await;
        reports.insert(uri.to_string(), report);
    }
    let mut seen = HashSet::new();
    for (path, loaded) in disk::closed_drafts(session).await {
        let Some(uri) = uri_of(&path) else { continue };
        if let Some(shelved) = shelved(session, &path, &uri, loaded).await {
            reports.insert(uri.to_string(), Report { id: Some(shelved.id.clone()), items: shelved.items.clone(), version: None });
            seen.insert(path);
        }
    }
    session.shelf.keep(&seen);
    reports
}

/// What is found in a draft on disk, checked again only where it or what it is checked against is another.
async fn shelved(session: &Arc<Session>, path: &Path, uri: &Uri, loaded: Arc<Loaded>) -> Option<Arc<Shelved>> {
    if let Some(known) = session.shelf.unchanged(path, &loaded.against()) {
        return Some(known);
    }
    let place = session.work.place().await;
    let (session, path, uri) = (session.clone(), path.to_owned(), uri.clone());
    let check = move || {
        let found = check_on_disk(&session.shelf, session.abilities(), (&path, &uri), &loaded);
        drop(place);
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

fn check_on_disk(shelf: &Shelf, abilities: &Abilities, (path, uri): (&Path, &Uri), loaded: &Loaded) -> Option<Arc<Shelved>> {
    let (events, stamp, against) = (shelf.events(), crate::workspace::stamp(path)?, loaded.against());
    if let Some(known) = shelf.get(path, events, stamp, &against) {
        return Some(known);
    }
    let config = loaded.setting.config_at(Some(path));
    let style = Style { config: &config, as_of: Some(today()) };
    let mut draft = disk::read(path, loaded, |_| true)?.checked(style);
    loaded.setting.quieten(&mut draft, path, today());
    let items = Converter { document: &draft.document, uri, version: None, abilities }.diagnostics(&draft);
    let mut hasher = DefaultHasher::new();
    draft.document.source().hash(&mut hasher);
    let id = format!("disk-{:x}-{against}", hasher.finish());
    let found = Arc::new(Shelved { stamp, against, id, items });
    shelf.put(path.to_owned(), events, found.clone());
    Some(found)
}
