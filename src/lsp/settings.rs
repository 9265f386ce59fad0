//! What drafts are checked against: each configuration with its corpus is loaded once, in the background, and all who need
//! it wait for that without holding anybody up.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::herald::Herald;
use super::log;
use crate::workspace::{Overrides, Problem, Setting};

/// A setting as loaded at one time.
pub(super) struct Loaded {
    pub(super) setting: Setting,
    /// Another at each load, of whichever configuration.
    pub(super) epoch: u64,
}

pub(super) type Outcome = Result<Arc<Loaded>, Problem>;
type Slot = watch::Sender<Option<Outcome>>;

pub(super) struct Settings {
    /// By the configuration's file; the built-in configuration has none.
    slots: Mutex<HashMap<Option<PathBuf>, Slot>>,
    overrides: Overrides,
    epochs: Arc<AtomicU64>,
    /// Holds for all drafts.
    fixed: Option<Arc<Loaded>>,
    herald: Arc<Herald>,
}

impl Settings {
    pub(super) fn new(fixed: Option<Arc<Setting>>, overrides: Overrides, herald: Arc<Herald>) -> Self {
        let fixed = fixed.map(|setting| Arc::new(Loaded { setting: Setting::clone(&setting), epoch: 1 }));
        Self { slots: Mutex::default(), overrides, epochs: Arc::new(AtomicU64::new(2)), fixed, herald }
    }

    pub(super) fn fixed(&self) -> Option<Arc<Loaded>> {
        self.fixed.clone()
    }

    /// What holds under a configuration, loaded if it wasn't yet; `after` is called when it has been.
    pub(super) async fn of(&self, config: Option<PathBuf>, after: impl FnOnce(&Outcome) + Send + 'static) -> Outcome {
        let mut receiver = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(slot) = slots.get(&config) {
                slot.subscribe()
            } else {
                let slot = Slot::new(None);
                let receiver = slot.subscribe();
                self.load(config.clone(), slot.clone(), after);
                slots.insert(config.clone(), slot);
                receiver
            }
        };
        match receiver.wait_for(Option::is_some).await.map(|outcome| outcome.clone()) {
            Ok(Some(outcome)) => outcome,
            _ => Err(Problem::new(config.as_deref().unwrap_or(Path::new("copydesk")), "loading was given up")),
        }
    }

    /// What has been loaded so far, without waiting.
    pub(super) fn loaded(&self) -> Vec<Arc<Loaded>> {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = slots.values().filter_map(|slot| slot.borrow().as_ref().and_then(|outcome| outcome.as_ref().ok().cloned()));
        let mut loaded: Vec<Arc<Loaded>> = self.fixed.iter().cloned().chain(ready).collect();
        loaded.sort_by_key(|loaded| loaded.epoch);
        loaded
    }

    /// Loads again whatever `path` has a part in; says whether anything has.
    pub(super) fn reload(&self, path: &Path, after: impl Fn(&Outcome) + Clone + Send + 'static) -> bool {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let mut concerned: Vec<(&Option<PathBuf>, &Slot)> =
            slots.iter().filter(|(config, slot)| concerns(config.as_deref(), slot.borrow().as_ref(), path)).collect();
        concerned.sort_by_key(|(config, _)| *config);
        for (config, slot) in &concerned {
            self.load(Option::clone(config), Slot::clone(slot), after.clone());
        }
        !concerned.is_empty()
    }

    fn load(&self, config: Option<PathBuf>, slot: Slot, after: impl FnOnce(&Outcome) + Send + 'static) {
        let epoch = self.epochs.fetch_add(1, Ordering::Relaxed);
        let overrides = self.overrides.clone();
        let loading = self.herald.loading(config.as_deref());
        tokio::spawn(async move {
            let path = config.clone().unwrap_or_else(|| "copydesk".into());
            let load = tokio::task::spawn_blocking(move || Setting::load(config, &overrides, epoch));
            let outcome = tokio::select! {
                loaded = load => match loaded {
                    Ok(outcome) => outcome.map(|setting| Arc::new(Loaded { setting, epoch })),
                    Err(error) => Err(Problem::new(&path, format!("could not be loaded; this is a fault of the server: {error}"))),
                },
                // What is read all the same is thrown away.
                () = loading.called_off() => Err(Problem::new(&path, "reading the sources was called off; save the configuration to read them")),
            };
            match &outcome {
                Ok(loaded) => loaded.setting.problems.iter().for_each(|problem| log(&problem.to_string())),
                Err(problem) => log(&problem.to_string()),
            }
            // An earlier load that took longer must not undo a later one.
            slot.send_if_modified(|current| {
                let newer = current.as_ref().and_then(|current| current.as_ref().ok()).is_none_or(|current| current.epoch < epoch);
                if newer {
                    *current = Some(outcome.clone());
                }
                newer
            });
            loading.end(&outcome);
            after(&outcome);
        });
    }
}

/// Whether a file is the configuration itself, its stylebook or one of its sources.
fn concerns(config: Option<&Path>, outcome: Option<&Outcome>, path: &Path) -> bool {
    if config == Some(path) {
        return true;
    }
    match outcome {
        Some(Ok(loaded)) => {
            let setting = &loaded.setting;
            setting.stylebook_path.as_deref() == Some(path) || setting.corpus_paths.iter().any(|corpus| path.starts_with(corpus))
        }
        // What failed may have failed for the want of this file.
        Some(Err(_)) => true,
        None => false,
    }
}
