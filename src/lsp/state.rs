//! What the server knows: the editor's abilities, the open drafts, and what they are checked against.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use dashmap::DashMap;
use jiff::civil::Date;
use serde::Deserialize;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::notification::LogTrace;
use tower_lsp_server::ls_types::{ClientCapabilities, InitializeParams, LSPAny, LogTraceParams, MessageType, TraceValue, Uri};

use super::abilities::Abilities;
use super::buffer::{Buffer, ConfigPath, Snapshot};
use super::herald::Herald;
use super::pull::Shelf;
use super::settings::{Loaded, Outcome, Settings, Unsaved};
use super::{Options, log};
use crate::corpus::CorpusError;
use crate::features::Draft;
use crate::workspace::{Problem, find_config, lay_down_rule_pages};

/// How long the editor may take to answer something it is asked.
const EDITOR_ANSWERS: Duration = Duration::from_secs(10);

/// A stylebook that is being written is heard after so many times the debounce without a change.
const PAUSES_OF_A_WRITER: u32 = 6;

/// So many mistakes of a stylebook are shown at once; the log has them all.
const SHOWN_PROBLEMS: usize = 5;

/// What an editor may set: the section `copydesk`, or the options it starts the server with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EditorSettings {
    /// Milliseconds from a change to the check.
    debounce: Option<u64>,
    /// Whether measures and titles have hints behind them.
    inlay_hints: Option<bool>,
}

/// In milliseconds; a slip in the settings is not to switch the checks off.
const LONGEST_DEBOUNCE: u64 = 10_000;

/// What has happened to a draft since the checker last looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// To be checked at once: opened, or what it is checked against is another.
    Fresh,
    Changed,
    Closed,
}

pub(super) struct State {
    pub(super) client: Client,
    pub(super) herald: Arc<Herald>,
    /// The drafts by address. No guard of this map or the next outlives the method that took it.
    buffers: DashMap<Arc<str>, Buffer>,
    /// What else is open of a desk: its stylebook, for the words not yet saved.
    papers: Arc<DashMap<Arc<str>, Buffer>>,
    pub(super) settings: Settings,
    abilities: OnceLock<Abilities>,
    /// The editor's folders.
    roots: Mutex<Vec<PathBuf>>,
    /// One mark a draft at most, however many changes come before the checker looks.
    marks: Mutex<BTreeMap<Arc<str>, Mark>>,
    pub(super) marked: Notify,
    /// Counts what may change findings, so that those who wait for that learn of it.
    pub(super) activity: watch::Sender<u64>,
    pub(super) shelf: Shelf,
    /// Bounds how much is read and checked at once.
    work: Arc<Semaphore>,
    debounce: AtomicU64,
    inlays: AtomicBool,
    /// Whether the editor wants to hear what is done.
    traced: AtomicBool,
}

/// Why there is no checked draft to answer from.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Setting(Problem),
    #[error("{0}")]
    Corpus(CorpusError),
    #[error("the check failed; this is a fault of the server")]
    Panicked,
}

/// A draft as checked, and the text it was checked from.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) snapshot: Snapshot,
    pub(super) draft: Arc<Draft>,
    pub(super) loaded: Arc<Loaded>,
}

pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The open file of this name.
fn paper(papers: &DashMap<Arc<str>, Buffer>, path: &Path) -> Option<Snapshot> {
    papers.iter().map(|paper| paper.snapshot()).find(|paper| paper.path.as_deref() == Some(path))
}

/// The file that an address names.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str().eq_ignore_ascii_case("file") { uri.to_file_path().map(std::borrow::Cow::into_owned) } else { None }
}

/// Asks the editor for something without waiting for it: an answer that never comes must hold up nothing.
pub(super) fn ask_editor<E: std::fmt::Display + Send>(request: impl Future<Output = Option<E>> + Send + 'static) {
    tokio::spawn(async move {
        if let Ok(Some(error)) = tokio::time::timeout(EDITOR_ANSWERS, request).await {
            log(&format!("the editor refused: {error}"));
        }
    });
}

impl State {
    pub(super) fn new(client: Client, options: Options) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let herald = Arc::new(Herald::new(client.clone()));
        let papers: Arc<DashMap<Arc<str>, Buffer>> = Arc::default();
        let open_papers = papers.clone();
        let unsaved: Unsaved = Arc::new(move |path| paper(&open_papers, path).map(|snapshot| snapshot.text.to_string()));
        Self {
            client,
            buffers: DashMap::new(),
            papers,
            settings: Settings::new(options.setting, options.overrides, herald.clone(), unsaved),
            herald,
            abilities: OnceLock::new(),
            roots: Mutex::default(),
            marks: Mutex::default(),
            marked: Notify::new(),
            activity: watch::Sender::new(0),
            shelf: Shelf::default(),
            work: Arc::new(Semaphore::new(cores)),
            debounce: AtomicU64::new(options.debounce.as_millis() as u64),
            inlays: AtomicBool::new(false),
            traced: AtomicBool::new(false),
        }
    }

    /// Takes in what the editor says of itself.
    pub(super) async fn introduce(&self, params: &InitializeParams) -> &Abilities {
        self.set_trace(params.trace.unwrap_or_default());
        self.herald.introduce(&params.capabilities, params.initialization_options.as_ref());
        if let Some(options) = &params.initialization_options {
            self.take_settings(options.clone());
        }
        let pages = tokio::task::spawn_blocking(lay_down_rule_pages).await.unwrap_or_default();
        let folders = params.workspace_folders.iter().flatten().filter_map(|folder| path_of(&folder.uri));
        #[expect(deprecated, reason = "older editors give nothing else")]
        let root = params.root_uri.as_ref().and_then(path_of);
        let mut roots: Vec<PathBuf> = folders.collect();
        if roots.is_empty() {
            roots.extend(root);
        }
        *self.roots.lock().unwrap_or_else(PoisonError::into_inner) = roots;
        self.abilities.get_or_init(|| Abilities::of(&params.capabilities, pages))
    }

    pub(super) fn abilities(&self) -> &Abilities {
        self.abilities.get_or_init(|| Abilities::of(&ClientCapabilities::default(), None))
    }

    pub(super) fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce.load(Ordering::Relaxed))
    }

    /// Takes over what the person has set in the editor.
    pub(super) fn take_settings(&self, settings: LSPAny) {
        match serde_json::from_value::<EditorSettings>(settings) {
            Ok(EditorSettings { debounce, inlay_hints }) => {
                if let Some(debounce) = debounce {
                    self.debounce.store(debounce.min(LONGEST_DEBOUNCE), Ordering::Relaxed);
                }
                if inlay_hints.is_some_and(|shown| self.inlays.swap(shown, Ordering::Relaxed) != shown) {
                    self.refresh_inlays();
                }
            }
            Err(error) => log(&format!("settings that can't be understood: {error}")),
        }
    }

    pub(super) fn shows_inlays(&self) -> bool {
        self.inlays.load(Ordering::Relaxed)
    }

    fn refresh_inlays(&self) {
        if self.abilities.get().is_some_and(|abilities| abilities.refreshes_inlays) {
            let client = self.client.clone();
            ask_editor(async move { client.inlay_hint_refresh().await.err() });
        }
    }

    pub(super) fn set_trace(&self, value: TraceValue) {
        self.traced.store(value != TraceValue::Off, Ordering::Relaxed);
    }

    /// Tells an editor that wants to hear it what was done; never a draft's words.
    async fn trace(&self, message: impl FnOnce() -> String) {
        if self.traced.load(Ordering::Relaxed) {
            let params = LogTraceParams { message: message(), verbose: None };
            self.client.send_notification::<LogTrace>(params).await;
        }
    }

    /// Asks the editor for its settings, where it gives them to those who ask.
    pub(super) fn ask_settings(self: &Arc<Self>) {
        let state = self.clone();
        self.herald.ask_settings(move |settings| state.take_settings(settings));
    }

    /// The editor's folders.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) async fn work_permit(&self) -> Option<OwnedSemaphorePermit> {
        self.work.clone().acquire_owned().await.ok()
    }

    pub(super) fn change_roots(&self, change: impl FnOnce(&mut Vec<PathBuf>)) {
        change(&mut self.roots.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn open(self: &Arc<Self>, uri: &str, buffer: Buffer) {
        let uri: Arc<str> = uri.into();
        if buffer.is_draft() {
            self.buffers.insert(uri.clone(), buffer);
            self.mark(uri, Mark::Fresh);
        } else {
            self.papers.insert(uri.clone(), buffer);
            self.paper_changed(uri);
        }
    }

    pub(super) fn change(self: &Arc<Self>, uri: &str, change: impl FnOnce(&mut Buffer) -> bool) {
        if let Some(mut paper) = self.papers.get_mut(uri) {
            let changed = change(&mut paper);
            drop(paper);
            if changed {
                self.paper_changed(uri.into());
            }
            return;
        }
        let changed = self.buffers.get_mut(uri).is_some_and(|mut buffer| change(&mut buffer));
        if changed {
            self.mark(uri.into(), Mark::Changed);
        }
    }

    pub(super) fn close(self: &Arc<Self>, uri: &str) {
        if self.buffers.remove(uri).is_some() {
            self.mark(uri.into(), Mark::Closed);
        }
        // What was not saved is gone; what the disk has counts again.
        if let Some(path) = self.papers.remove(uri).and_then(|(_, paper)| paper.snapshot().path) {
            self.reload(&path);
        }
    }

    /// A stylebook as the editor has it, if it is open.
    pub(super) fn open_paper(&self, path: &Path) -> Option<Snapshot> {
        paper(&self.papers, path)
    }

    /// Has a stylebook that is being written hold for the drafts once its writer pauses. Nobody is told of mistakes in half
    /// an entry; saving it tells.
    fn paper_changed(self: &Arc<Self>, uri: Arc<str>) {
        let state = self.clone();
        let snapshot = move || state.papers.get(&uri).map(|paper| paper.snapshot());
        let (Some(written), state) = (snapshot(), self.clone()) else { return };
        tokio::spawn(async move {
            tokio::time::sleep(state.debounce() * PAUSES_OF_A_WRITER).await;
            let is_newest = snapshot().is_some_and(|now| now.revision == written.revision);
            if let Some(path) = written.path.filter(|_| is_newest) {
                let again = state.clone();
                state.settings.reload(&path, move |_| again.recheck_all());
            }
        });
    }

    pub(super) fn snapshot(&self, uri: &str) -> Option<Snapshot> {
        self.buffers.get(uri).map(|buffer| buffer.snapshot())
    }

    /// The addresses of all open drafts, sorted.
    pub(super) fn open_drafts(&self) -> Vec<Arc<str>> {
        let mut uris: Vec<Arc<str>> = self.buffers.iter().map(|entry| entry.key().clone()).collect();
        uris.sort();
        uris
    }

    /// The files of all open drafts.
    pub(super) fn open_files(&self) -> HashSet<PathBuf> {
        self.buffers.iter().filter_map(|buffer| buffer.snapshot().path).collect()
    }

    fn mark(&self, uri: Arc<str>, mark: Mark) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        match (marks.get(&uri), mark) {
            // A draft just opened isn't put off by its first change.
            (Some(Mark::Fresh), Mark::Changed) => {}
            _ => {
                marks.insert(uri, mark);
            }
        }
        drop(marks);
        self.marked.notify_one();
        self.stir();
    }

    /// Says that findings may have changed.
    pub(super) fn stir(&self) {
        self.activity.send_modify(|count| *count += 1);
    }

    pub(super) fn take_marks(&self) -> BTreeMap<Arc<str>, Mark> {
        std::mem::take(&mut self.marks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has all open drafts checked again, and tells an editor that asks by itself.
    pub(super) fn recheck_all(self: &Arc<Self>) {
        for uri in self.open_drafts() {
            self.mark(uri, Mark::Fresh);
        }
        if self.abilities().pulls && self.abilities().refreshes {
            let client = self.client.clone();
            ask_editor(async move { client.workspace_diagnostic_refresh().await.err() });
        }
        if self.shows_inlays() {
            self.refresh_inlays();
        }
    }

    /// Forgets which configurations hold: one has come or gone.
    pub(super) fn forget_configurations(&self) {
        for uri in self.open_drafts() {
            if let Some(snapshot) = self.snapshot(&uri) {
                *snapshot.analysis.config.lock().unwrap_or_else(PoisonError::into_inner) = ConfigPath::NotLookedFor;
            }
        }
    }

    /// What the draft is checked against; waits while that is being loaded.
    pub(super) async fn setting_of(self: &Arc<Self>, snapshot: &Snapshot) -> Outcome {
        if let Some(fixed) = self.settings.fixed() {
            return Ok(fixed);
        }
        let known = snapshot.analysis.config.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let config = if let ConfigPath::Found(config) = known {
            config
        } else {
            let from = snapshot.path.as_deref().and_then(Path::parent).map(Path::to_owned);
            let from = from.or_else(|| self.roots.lock().unwrap_or_else(PoisonError::into_inner).first().cloned());
            let config = match from {
                Some(from) => tokio::task::spawn_blocking(move || find_config(&from)).await.unwrap_or_default(),
                None => None,
            };
            *snapshot.analysis.config.lock().unwrap_or_else(PoisonError::into_inner) = ConfigPath::Found(config.clone());
            config
        };
        self.setting_under(config).await
    }

    /// What holds under a configuration; waits while that is being loaded.
    pub(super) async fn setting_under(&self, config: Option<PathBuf>) -> Outcome {
        self.settings.of(config, self.complaint()).await
    }

    /// Tells the person what is wrong with a setting, once for each load.
    fn complaint(&self) -> impl FnOnce(&Outcome) + Clone + Send + 'static {
        let client = self.client.clone();
        move |outcome| {
            let (kind, message) = match outcome {
                Err(problem) => (MessageType::ERROR, problem.to_string()),
                // The rest of the stylebook holds; nobody would learn what doesn't.
                Ok(loaded) => {
                    let problems = loaded.setting.stylebook_problems().take(SHOWN_PROBLEMS).map(ToString::to_string);
                    (MessageType::WARNING, problems.collect::<Vec<_>>().join("\n"))
                }
            };
            if message.is_empty() {
                return;
            }
            tokio::spawn(async move { client.show_message(kind, message).await });
        }
    }

    /// Loads again what a file on disk has a part in, and has the drafts checked again when that is done.
    pub(super) fn reload(self: &Arc<Self>, path: &Path) {
        let (state, complaint) = (self.clone(), self.complaint());
        self.settings.reload(path, move |outcome| {
            complaint.clone()(outcome);
            state.recheck_all();
        });
    }

    /// Loads everything again, and has the drafts checked again when that is done.
    pub(super) fn reload_all(self: &Arc<Self>) {
        let (state, complaint) = (self.clone(), self.complaint());
        self.settings.reload_all(move |outcome| {
            complaint.clone()(outcome);
            state.recheck_all();
        });
    }

    /// The draft of a snapshot, read and checked if it wasn't yet.
    pub(super) async fn check(self: &Arc<Self>, snapshot: Snapshot) -> Result<Checked, Failure> {
        let loaded = self.setting_of(&snapshot).await.map_err(Failure::Setting)?;
        let as_of = Some(today());
        if let Some(draft) = snapshot.known(&loaded, as_of) {
            return Ok(Checked { snapshot, draft, loaded });
        }
        let permit = self.work.clone().acquire_owned().await;
        self.check_now(snapshot, loaded, as_of, permit).await
    }

    /// The draft as it is when its turn comes, which may be later than it was when this was asked.
    pub(super) async fn check_newest(self: &Arc<Self>, uri: &str) -> Option<Result<Checked, Failure>> {
        let first = self.snapshot(uri)?;
        let loaded = match self.setting_of(&first).await {
            Ok(loaded) => loaded,
            Err(problem) => return Some(Err(Failure::Setting(problem))),
        };
        let (permit, as_of) = (self.work.clone().acquire_owned().await, Some(today()));
        let snapshot = self.snapshot(uri)?;
        if let Some(draft) = snapshot.known(&loaded, as_of) {
            return Some(Ok(Checked { snapshot, draft, loaded }));
        }
        Some(self.check_now(snapshot, loaded, as_of, permit).await)
    }

    async fn check_now<P: Send + 'static>(
        &self,
        snapshot: Snapshot,
        loaded: Arc<Loaded>,
        as_of: Option<Date>,
        permit: P,
    ) -> Result<Checked, Failure> {
        let started = Instant::now();
        let version = snapshot.version;
        let (answer, answered) = oneshot::channel();
        let check = move || {
            let mut before = None;
            let draft = snapshot.draft(&loaded, as_of, &mut before);
            drop(permit);
            // Who has gone away needs no answer.
            let _ = answer.send(draft.map(|draft| Checked { snapshot, draft, loaded }));
            // Nobody waits for the draft before to be taken apart.
            drop(before);
        };
        let task = tokio::task::spawn_blocking(check);
        let Ok(checked) = answered.await else {
            let reason = task.await.err().map(|error| error.to_string()).unwrap_or_default();
            log(&format!("a check failed; this is a fault of the server: {reason}"));
            return Err(Failure::Panicked);
        };
        let found = || checked.as_ref().map_or(0, |checked| checked.draft.findings.len());
        self.trace(|| format!("checked version {version} in {} ms: {} findings", started.elapsed().as_millis(), found())).await;
        checked.map_err(Failure::Corpus)
    }
}
