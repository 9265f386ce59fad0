//! One editor's session: what is open, what that is checked against, who is there and how they want it. Each part owns its state;
//! what happens to one is told to the others here.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{ClientCapabilities, InitializeParams, LSPAny, MessageType, Uri};

use super::abilities::Abilities;
use super::analysis::ConfigPath;
use super::buffer::{Buffer, Snapshot};
use super::checked::Failure;
use super::convert::path_of;
use super::drafts::Drafts;
use super::herald::Herald;
use super::loaded::{Load, Loaded};
use super::log::log;
use super::options::{Decisions, Options};
use super::preferences::Preferences;
use super::proofs::Proofs;
use super::settings::{After, Settings, Unsaved};
use super::shared::Shared;
use super::shelf::Shelf;
use super::view::Paper;
use super::work::Work;
use crate::features::DeskFile;
use crate::text::shown;
use crate::workspace::{Overrides, Problem, find_config, lay_down_rule_pages};

/// A stylebook that is being written is heard after so many times the debounce without a change.
const PAUSES_OF_A_WRITER: u32 = 6;

/// So many mistakes of a stylebook, or faults of folders, are shown at once; the log has them all.
const SHOWN_PROBLEMS: usize = 5;

pub(super) struct Session {
    pub(super) drafts: Arc<Drafts>,
    pub(super) herald: Arc<Herald>,
    pub(super) preferences: Preferences,
    pub(super) shelf: Shelf,
    pub(super) work: Arc<Work>,
    pub(super) decisions: Decisions,
    pub(super) proofs: Proofs,
    /// How long an answer about a draft waits for a check.
    pub(super) patience: Duration,
    /// How long a check may take.
    pub(super) budget: Duration,
    settings: Settings,
    /// What the server was started with.
    overrides: Overrides,
    abilities: OnceLock<Arc<Abilities>>,
    /// Whether the corpus of some drafts couldn't be asked.
    is_without_corpus: AtomicBool,
    /// The editor's folders.
    roots: Mutex<Vec<PathBuf>>,
}

impl Session {
    pub(super) fn new(client: Client, options: Options) -> Self {
        let herald = Arc::new(Herald::new(client));
        let drafts = Arc::new(Drafts::default());
        let open = drafts.clone();
        let unsaved: Unsaved = Arc::new(move |path| open.paper(path).map(|paper| paper.text.to_string()));
        Self {
            drafts,
            preferences: Preferences::new(options.debounce),
            shelf: Shelf::default(),
            work: options.shared.as_ref().map(|shared| shared.work.clone()).unwrap_or_default(),
            decisions: options.decisions,
            proofs: Proofs::default(),
            patience: options.patience,
            budget: options.budget,
            settings: Settings::new(options.shared, options.overrides.clone(), herald.clone(), unsaved),
            overrides: options.overrides,
            herald,
            abilities: OnceLock::new(),
            is_without_corpus: AtomicBool::new(false),
            roots: Mutex::default(),
        }
    }

    /// Takes in what the editor says of itself.
    pub(super) async fn introduce(self: &Arc<Self>, params: &InitializeParams) -> &Arc<Abilities> {
        self.herald.set_trace(params.trace.unwrap_or_default());
        self.herald.introduce(&params.capabilities, params.initialization_options.as_ref());
        let pages = tokio::task::spawn_blocking(lay_down_rule_pages).await.unwrap_or_default();
        let folders = params.workspace_folders.iter().flatten().filter_map(|folder| path_of(&folder.uri));
        #[expect(deprecated, reason = "older editors give nothing else")]
        let root = params.root_uri.as_ref().and_then(path_of);
        let mut roots: Vec<PathBuf> = folders.collect();
        if roots.is_empty() {
            roots.extend(root);
        }
        self.change_roots(|known| *known = roots);
        if let Some(options) = &params.initialization_options {
            self.take_preferences(options.clone());
        }
        self.abilities.get_or_init(|| Arc::new(Abilities::of(&params.capabilities, params.initialization_options.as_ref(), pages)))
    }

    pub(super) fn abilities(&self) -> &Arc<Abilities> {
        self.abilities.get_or_init(|| Arc::new(Abilities::of(&ClientCapabilities::default(), None, None)))
    }

    /// Takes over what the person has set in the editor.
    pub(super) fn take_preferences(self: &Arc<Self>, settings: LSPAny) {
        let changed = self.preferences.take(settings);
        if changed.setting {
            self.settings.outrank(self.preferences.over(&self.overrides, self.roots().first().map(PathBuf::as_path)));
            self.reload_all();
        }
        if changed.shown {
            self.herald.refresh_shown();
        }
    }

    /// Asks the editor for its settings, where it gives them to those who ask.
    pub(super) fn ask_preferences(self: &Arc<Self>) {
        let session = self.clone();
        self.herald.ask_settings(move |settings| session.take_preferences(settings));
    }

    /// The editor's folders.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn change_roots(&self, change: impl FnOnce(&mut Vec<PathBuf>)) {
        change(&mut self.roots.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn open(self: &Arc<Self>, uri: &str, buffer: Buffer) {
        if let Some(paper) = self.drafts.open(uri, buffer) {
            self.paper_changed(paper);
        }
    }

    pub(super) fn change(self: &Arc<Self>, uri: &str, change: impl FnOnce(&mut Buffer) -> bool) {
        if let Some(paper) = self.drafts.change(uri, change) {
            self.paper_changed(paper);
        }
    }

    pub(super) fn close(self: &Arc<Self>, uri: &str) {
        // What was not saved is gone; what the disk has counts again.
        let Some(path) = self.drafts.close(uri).and_then(|paper| paper.path) else { return };
        self.proofs.mark(&path);
        if self.holds_unsaved(&path) {
            self.reload(&path);
        }
    }

    /// Has a stylebook that is being written hold for the drafts once its writer pauses. Nobody is told of mistakes in half
    /// an entry but in its own lines; saving it tells.
    fn paper_changed(self: &Arc<Self>, written: Snapshot) {
        let Some(path) = written.path else { return };
        self.proofs.mark(&path);
        if !self.holds_unsaved(&path) {
            return;
        }
        let session = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(session.preferences.debounce() * PAUSES_OF_A_WRITER).await;
            if session.drafts.paper(&path).is_some_and(|now| now.revision == written.revision) {
                let again = session.clone();
                session.settings.reload(&path, move |_: Option<&Path>, _: &Load| again.recheck_all());
            }
        });
    }

    /// Whether a file's words hold before they are saved: a stylebook's do, for it is where a desk decides, and a configuration's
    /// don't, for each would have all sources read.
    fn holds_unsaved(&self, path: &Path) -> bool {
        self.desk_file(path) != Some(DeskFile::Configuration)
    }

    /// Which of the desk's own files this is.
    pub(super) fn desk_file(&self, path: &Path) -> Option<DeskFile> {
        let is_named = || self.loaded().iter().any(|loaded| loaded.setting.stylebook_path.as_deref() == Some(path));
        DeskFile::of_name(path).or_else(|| is_named().then_some(DeskFile::Stylebook))
    }

    /// One of the desk's own files as the editor has it.
    pub(super) fn paper(&self, uri: &Uri) -> Option<Paper> {
        let open = self.drafts.paper_at(uri.as_str())?;
        let file = self.desk_file(open.path.as_deref()?)?;
        Some(Paper { file, text: open.text.to_string(), abilities: self.abilities().clone() })
    }

    /// What is wrong with the newest state of a configuration.
    pub(super) fn fault(&self, config: &Path) -> Option<Problem> {
        self.settings.fault(config)
    }

    /// Has all open drafts checked again, and whatever the editor shows of them asked for again.
    pub(super) fn recheck_all(&self) {
        self.drafts.mark_all();
        self.herald.refresh_shown();
    }

    /// Forgets what is known of the drafts on disk, where the editor doesn't tell what happens to them.
    pub(super) fn look_at_the_disk(&self) {
        if !self.herald.watches_drafts() {
            self.shelf.disk_changed();
        }
    }

    /// Says that files may have come, changed or gone.
    pub(super) fn disk_changed(&self) {
        self.shelf.disk_changed();
        self.drafts.stir();
    }

    /// Tells the person what is wrong with folders of drafts, once: a part of her desk would be missing without a word.
    pub(super) fn tell(&self, problems: Vec<Problem>) {
        let new = self.shelf.new_problems(problems);
        for problem in &new {
            log(&problem.to_string());
        }
        if !new.is_empty() {
            let words: Vec<String> = new.iter().take(SHOWN_PROBLEMS).map(told).collect();
            self.herald.show(MessageType::WARNING, words.join("\n"));
        }
    }

    /// Whether one setting holds for all drafts, wherever they are.
    pub(super) fn is_fixed(&self) -> bool {
        self.settings.fixed().is_some()
    }

    /// The setting that holds for all drafts, where there is one.
    pub(super) fn shared(&self) -> Option<&Arc<Shared>> {
        self.settings.shared()
    }

    /// Whether drafts are checked against an archive that others may change.
    pub(super) fn has_archives(&self) -> bool {
        self.settings.loaded().iter().any(|loaded| loaded.setting.archive.is_some())
    }

    /// Has the drafts checked again whose archive has changed.
    pub(super) fn renew(&self) {
        let has_changed = self.settings.renew();
        let is_back = self.is_without_corpus.load(Ordering::Acquire) && self.settings.all_answer();
        if is_back {
            self.is_without_corpus.store(false, Ordering::Release);
            self.herald.show(MessageType::INFO, "the archive answers again".to_owned());
        }
        if has_changed || is_back {
            self.recheck_all();
        }
    }

    /// Whether drafts can't be checked since the corpus is away; says so once, and has them checked again when it is back.
    pub(super) async fn misses_corpus(self: &Arc<Self>, why: &Failure) -> bool {
        let asking = self.clone();
        let answers = tokio::task::spawn_blocking(move || asking.settings.all_answer()).await;
        // What answers and is damaged won't be better for being asked again.
        if answers.unwrap_or(true) {
            return false;
        }
        log(&why.to_string());
        if !self.is_without_corpus.swap(true, Ordering::AcqRel) {
            self.herald.show(MessageType::WARNING, format!("{why}; what was found stays as it is until it can be asked again"));
        }
        true
    }

    /// What has been loaded so far, without waiting.
    pub(super) fn loaded(&self) -> Vec<Arc<Loaded>> {
        self.settings.loaded()
    }

    /// What the draft is checked against; waits while that is being loaded.
    pub(super) async fn setting_of(self: &Arc<Self>, snapshot: &Snapshot) -> Load {
        if let Some(fixed) = self.settings.fixed() {
            return Ok(fixed);
        }
        if let ConfigPath::Found(config) = snapshot.analysis.configuration() {
            return self.setting_under(config).await;
        }
        let config = self.configuration_at(snapshot.path.as_deref()).await;
        snapshot.analysis.found_configuration(config.clone());
        self.setting_under(config).await
    }

    /// What a file is checked against, open or not; of none, what holds in the editor's first folder.
    pub(super) async fn setting_at(self: &Arc<Self>, path: Option<&Path>) -> Load {
        if let Some(fixed) = self.settings.fixed() {
            return Ok(fixed);
        }
        let config = self.configuration_at(path).await;
        self.setting_under(config).await
    }

    async fn configuration_at(&self, path: Option<&Path>) -> Option<PathBuf> {
        let from = path.and_then(Path::parent).map(Path::to_owned);
        let from = from.or_else(|| self.roots().into_iter().next())?;
        tokio::task::spawn_blocking(move || find_config(&from)).await.unwrap_or_default()
    }

    /// Whether a text that is open is a source of any desk here, opened to read what it says.
    pub(super) fn is_source(&self, path: Option<&Path>) -> bool {
        let roots = self.roots();
        path.is_some_and(|path| self.loaded().iter().any(|loaded| loaded.setting.is_opened_source(path, &roots)))
    }

    /// What holds under a configuration; waits while that is being loaded.
    pub(super) async fn setting_under(self: &Arc<Self>, config: Option<PathBuf>) -> Load {
        self.settings.of(config, self.complaint()).await
    }

    /// Tells the person what is wrong with a setting, once for each load.
    fn complaint(self: &Arc<Self>) -> impl After {
        let session = self.clone();
        move |config: Option<&Path>, load: &Load| {
            if let Some(config) = config {
                session.proofs.mark(config);
            }
            match load {
                Err(problem) => session.herald.show(MessageType::ERROR, told(problem)),
                // The rest of the stylebook and the baseline holds; nobody would learn what doesn't.
                Ok(loaded) => {
                    if let Some(path) = &loaded.setting.stylebook_path {
                        session.proofs.mark(path);
                    }
                    let problems: Vec<String> = {
                        let own = loaded.setting.stylebook_problems().chain(loaded.setting.baseline_problems());
                        own.take(SHOWN_PROBLEMS).map(told).collect()
                    };
                    if !problems.is_empty() {
                        session.herald.show(MessageType::WARNING, problems.join("\n"));
                    }
                }
            }
        }
    }

    /// Loads again what a file on disk has a part in, and has the drafts checked again when that is done.
    pub(super) fn reload(self: &Arc<Self>, path: &Path) {
        self.settings.reload(path, self.after_a_reload());
    }

    /// Loads everything again, and has the drafts checked again when that is done.
    pub(super) fn reload_all(self: &Arc<Self>) {
        self.settings.reload_all(self.after_a_reload());
    }

    fn after_a_reload(self: &Arc<Self>) -> impl After {
        let (session, complain) = (self.clone(), self.complaint());
        move |config: Option<&Path>, load: &Load| {
            complain(config, load);
            session.recheck_all();
        }
    }
}

/// A problem as a person is shown it: a name in it may come from anywhere.
fn told(problem: &Problem) -> String {
    shown(&problem.to_string()).into_owned()
}
