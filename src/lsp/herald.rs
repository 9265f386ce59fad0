//! What the server tells and asks the editor of its own accord: how loading goes, how it stands, which files to watch, how
//! the person has set it. Nobody waits for an answer to any of this.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::timeout;
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::notification::{LogTrace, Notification};
use tower_lsp_server::ls_types::{
    ClientCapabilities, ConfigurationItem, Diagnostic, LSPAny, LogTraceParams, MessageType, ProgressToken, Registration, TraceValue, Uri,
    WorkspaceEdit,
};

use super::loaded::Load;
use super::log::log;
use crate::config;

/// How long the editor may take to answer something it is asked.
const EDITOR_ANSWERS: Duration = Duration::from_secs(10);

/// What happens within this time is told of together.
const TOGETHER: Duration = Duration::from_millis(20);

/// What may be a draft, and what says which of them are.
const DRAFTS: [&str; 2] = ["**/*.{md,markdown,txt,html,htm}", "**/{.gitignore,.ignore}"];

/// `copydesk/status`, for an editor's status bar: sent to those that set `status` in their options.
enum Status {}

impl Notification for Status {
    type Params = StatusParams;
    const METHOD: &'static str = "copydesk/status";
}

#[derive(Debug, Serialize, Deserialize)]
struct StatusParams {
    /// `loading`, `ready` or `failed`.
    state: String,
    /// How many sources are read, once they are.
    sources: Option<usize>,
    /// What is wrong.
    message: Option<String>,
}

/// What this editor understands.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
struct Understood {
    progress: bool,
    watching: bool,
    configuration: bool,
    status: bool,
    refreshes: Refreshes,
}

/// What can be told to ask again: for diagnostics, for tokens, for lenses, for hints.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
struct Refreshes {
    diagnostics: bool,
    tokens: bool,
    lenses: bool,
    inlays: bool,
}

impl Refreshes {
    fn of(capabilities: &ClientCapabilities) -> Self {
        let Some(workspace) = &capabilities.workspace else { return Self::default() };
        let pulls = capabilities.text_document.as_ref().is_some_and(|text| text.diagnostic.is_some());
        Self {
            diagnostics: pulls && workspace.diagnostics.as_ref().and_then(|able| able.refresh_support).unwrap_or(false),
            tokens: workspace.semantic_tokens.as_ref().and_then(|able| able.refresh_support).unwrap_or(false),
            lenses: workspace.code_lens.as_ref().and_then(|able| able.refresh_support).unwrap_or(false),
            inlays: workspace.inlay_hint.as_ref().and_then(|able| able.refresh_support).unwrap_or(false),
        }
    }
}

pub(super) struct Herald {
    client: Client,
    understood: OnceLock<Understood>,
    /// Tells how the archive stands, once there is something to tell.
    statuses: OnceLock<mpsc::UnboundedSender<StatusParams>>,
    /// The loads under way whose progress is shown, by its token.
    loads: Mutex<HashMap<String, Arc<Notify>>>,
    tokens: AtomicU64,
    /// The patterns that the editor watches.
    watched: Mutex<BTreeSet<String>>,
    /// Whether the drafts' files are among them.
    watches_drafts: Arc<AtomicBool>,
    /// Whether the editor is about to be told to ask again.
    refreshing: Arc<AtomicBool>,
    /// Whether the editor wants to hear what is done.
    traced: AtomicBool,
}

/// Asks the editor for something without waiting for it: an answer that never comes must hold up nothing.
fn ask<E: std::fmt::Display + Send>(request: impl Future<Output = Option<E>> + Send + 'static) {
    tokio::spawn(async move {
        if let Ok(Some(error)) = timeout(EDITOR_ANSWERS, request).await {
            log(&format!("the editor refused: {error}"));
        }
    });
}

impl Herald {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            understood: OnceLock::new(),
            statuses: OnceLock::new(),
            loads: Mutex::default(),
            tokens: AtomicU64::new(1),
            watched: Mutex::default(),
            watches_drafts: Arc::default(),
            refreshing: Arc::default(),
            traced: AtomicBool::new(false),
        }
    }

    /// Takes in what the editor says of itself.
    pub(super) fn introduce(&self, capabilities: &ClientCapabilities, options: Option<&LSPAny>) {
        let workspace = capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        self.understood.get_or_init(|| Understood {
            progress: capabilities.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            watching: watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            refreshes: Refreshes::of(capabilities),
            status: options.and_then(|options| options.get("status")?.as_bool()).unwrap_or(false),
        });
    }

    fn understood(&self) -> Understood {
        self.understood.get().copied().unwrap_or_default()
    }

    /// Sends what is found in a draft, or in a version of it.
    pub(super) async fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.client.publish_diagnostics(uri, diagnostics, version).await;
    }

    /// Shows the person a message.
    pub(super) fn show(&self, kind: MessageType, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(kind, message).await });
    }

    /// Has the editor make an edit.
    pub(super) fn apply(&self, edit: WorkspaceEdit) {
        let client = self.client.clone();
        ask(async move { client.apply_edit(edit).await.err() });
    }

    /// Tells the editor to ask again for what it shows of the drafts. Several drafts are told of at once, for it asks about all.
    pub(super) fn refresh_shown(&self) {
        if self.refreshing.swap(true, Ordering::AcqRel) {
            return;
        }
        let (client, refreshing) = (self.client.clone(), self.refreshing.clone());
        let Refreshes { diagnostics, tokens, lenses, inlays } = self.understood().refreshes;
        tokio::spawn(async move {
            tokio::time::sleep(TOGETHER).await;
            // What changes from here on is told of by itself.
            refreshing.store(false, Ordering::Release);
            if diagnostics {
                let client = client.clone();
                ask(async move { client.workspace_diagnostic_refresh().await.err() });
            }
            if tokens {
                let client = client.clone();
                ask(async move { client.semantic_tokens_refresh().await.err() });
            }
            if lenses {
                let client = client.clone();
                ask(async move { client.code_lens_refresh().await.err() });
            }
            if inlays {
                ask(async move { client.inlay_hint_refresh().await.err() });
            }
        });
    }

    pub(super) fn set_trace(&self, value: TraceValue) {
        self.traced.store(value != TraceValue::Off, Ordering::Relaxed);
    }

    /// Tells an editor that wants to hear it what was done; never a draft's words.
    pub(super) async fn trace(&self, message: impl FnOnce() -> String) {
        if self.traced.load(Ordering::Relaxed) {
            let params = LogTraceParams { message: message(), verbose: None };
            self.client.send_notification::<LogTrace>(params).await;
        }
    }

    /// Asks how the person has set the section `copydesk`, and hands it to `take`.
    pub(super) fn ask_settings(&self, take: impl FnOnce(LSPAny) + Send + 'static) {
        if !self.understood().configuration {
            return;
        }
        let client = self.client.clone();
        tokio::spawn(async move {
            let section = ConfigurationItem { scope_uri: None, section: Some("copydesk".to_owned()) };
            match timeout(EDITOR_ANSWERS, client.configuration(vec![section])).await {
                Ok(Ok(settings)) => {
                    if let Some(settings) = settings.into_iter().find(|settings| !settings.is_null()) {
                        take(settings);
                    }
                }
                Ok(Err(error)) => log(&format!("the editor gave no settings: {error}")),
                Err(_) => log("the editor gave no settings in time"),
            }
        });
    }

    /// Has the editor watch all configurations and drafts.
    pub(super) fn watch_desk(&self) {
        let watched = self.watches_drafts.clone();
        let desk = std::iter::once(format!("**/{}", config::FILE_NAME)).chain(DRAFTS.map(str::to_owned));
        self.watch(desk, move || watched.store(true, Ordering::Release));
    }

    /// Whether the editor tells when a draft comes or goes on disk.
    pub(super) fn watches_drafts(&self) -> bool {
        self.watches_drafts.load(Ordering::Acquire)
    }

    /// Has the editor watch files, and all that is in folders.
    fn watch_paths<'a>(&self, paths: impl Iterator<Item = &'a Path>) {
        self.watch(paths.flat_map(|path| [path.display().to_string(), format!("{}/**/*", path.display())]), || {});
    }

    fn watch(&self, patterns: impl IntoIterator<Item = String>, watched: impl FnOnce() + Send + 'static) {
        if !self.understood().watching {
            return;
        }
        let mut known = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<String> = patterns.into_iter().filter(|pattern| known.insert(pattern.clone())).collect();
        drop(known);
        if new.is_empty() {
            return;
        }
        let watchers: Vec<LSPAny> = new.iter().map(|pattern| json!({"globPattern": pattern})).collect();
        let registration = Registration {
            id: format!("copydesk-{}", self.tokens.fetch_add(1, Ordering::Relaxed)),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        };
        let client = self.client.clone();
        tokio::spawn(async move {
            match timeout(EDITOR_ANSWERS, client.register_capability(vec![registration])).await {
                Ok(Ok(())) => watched(),
                Ok(Err(error)) => log(&format!("the editor will not watch files: {error}")),
                Err(_) => {}
            }
        });
    }

    /// Says that a configuration is being loaded; what comes back says how it ended.
    pub(super) fn loading(self: &Arc<Self>, config: Option<&Path>) -> Loading {
        self.send_status("loading", None, None);
        let called_off = Arc::new(Notify::new());
        let mut loading = Loading { herald: self.clone(), token: None, called_off: called_off.clone(), ended: None };
        if !self.understood().progress {
            return loading;
        }
        let token = format!("copydesk-{}", self.tokens.fetch_add(1, Ordering::Relaxed));
        self.loads.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), called_off);
        let (ended, end) = oneshot::channel::<String>();
        (loading.token, loading.ended) = (Some(token.clone()), Some(ended));
        let client = self.client.clone();
        let what = config.map_or_else(|| "the built-in sources".to_owned(), |config| config.display().to_string());
        tokio::spawn(async move {
            let token = ProgressToken::String(token);
            let Ok(Ok(())) = timeout(EDITOR_ANSWERS, client.create_work_done_progress(token.clone())).await else { return };
            let progress = client.progress(token, "Reading sources").with_message(what).with_cancel_button().begin().await;
            // A load that is dropped has ended too.
            let outcome = end.await.unwrap_or_default();
            progress.finish_with_message(outcome).await;
        });
        loading
    }

    /// Calls off the load with this progress, if it is still under way.
    pub(super) fn call_off(&self, token: &str) {
        if let Some(load) = self.loads.lock().unwrap_or_else(PoisonError::into_inner).get(token) {
            load.notify_one();
        }
    }

    /// One after the other: an editor that heard "ready" before "loading" would wait for good.
    fn send_status(&self, state: &str, sources: Option<usize>, message: Option<String>) {
        if !self.understood().status {
            return;
        }
        let statuses = self.statuses.get_or_init(|| {
            let (statuses, mut next) = mpsc::unbounded_channel();
            let client = self.client.clone();
            tokio::spawn(async move {
                while let Some(status) = next.recv().await {
                    client.send_notification::<Status>(status).await;
                }
            });
            statuses
        });
        // Nobody listens where the server is ending.
        let _ = statuses.send(StatusParams { state: state.to_owned(), sources, message });
    }
}

/// A load under way.
pub(super) struct Loading {
    herald: Arc<Herald>,
    token: Option<String>,
    called_off: Arc<Notify>,
    ended: Option<oneshot::Sender<String>>,
}

impl Loading {
    /// Resolves when the person calls the load off.
    pub(super) async fn called_off(&self) {
        self.called_off.notified().await;
    }

    /// Says how it ended, and has the editor watch what was loaded.
    pub(super) fn end(mut self, outcome: &Load) {
        let message = match outcome {
            Ok(loaded) => {
                let setting = &loaded.setting;
                match setting.corpus.extent() {
                    Ok(extent) => self.herald.send_status("ready", Some(extent.sources), setting.remark()),
                    Err(error) => self.herald.send_status("failed", None, Some(error.to_string())),
                }
                let paths = setting.corpus_paths.iter().chain(&setting.stylebook_path).chain(&setting.baseline.path);
                self.herald.watch_paths(paths.map(std::path::PathBuf::as_path));
                setting.against()
            }
            Err(problem) => {
                self.herald.send_status("failed", None, Some(problem.to_string()));
                problem.to_string()
            }
        };
        if let Some(ended) = self.ended.take() {
            // Nobody listens where the editor wanted no progress after all.
            let _ = ended.send(message);
        }
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            self.herald.loads.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
        }
    }
}
