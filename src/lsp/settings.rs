//! What drafts are checked against: each configuration with its corpus is loaded once, in the background, and all who need
//! it wait for that without holding anybody up.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::herald::Herald;
use super::loaded::{Load, Loaded};
use super::log::log;
use super::shared::Shared;
use crate::workspace::{Aside, Overrides, Problem, Setting, read_stylebook};

/// The text that an editor has of a file, saved or not; none where it hasn't it open.
pub(super) type Unsaved = Arc<dyn Fn(&Path) -> Option<String> + Send + Sync>;

/// What is held of one configuration.
#[derive(Clone)]
struct Held {
    /// The last that was sound, or why there is none.
    load: Load,
    /// What is wrong with the newest.
    fault: Option<Problem>,
    /// Of the newest.
    epoch: u64,
}

type Slot = watch::Sender<Option<Held>>;

/// Told of each load: of which configuration, and how it ended.
pub(super) trait After: Fn(Option<&Path>, &Load) + Clone + Send + 'static {}

impl<F: Fn(Option<&Path>, &Load) + Clone + Send + 'static> After for F {}

pub(super) struct Settings {
    /// By the configuration's file; the built-in configuration has none.
    slots: Mutex<HashMap<Option<PathBuf>, Slot>>,
    overrides: Mutex<Overrides>,
    epochs: Arc<AtomicU64>,
    /// How many loads are under way.
    loads: Arc<AtomicUsize>,
    /// Holds for all drafts.
    shared: Option<Arc<Shared>>,
    herald: Arc<Herald>,
    unsaved: Unsaved,
}

impl Settings {
    pub(super) fn new(shared: Option<Arc<Shared>>, overrides: Overrides, herald: Arc<Herald>, unsaved: Unsaved) -> Self {
        let (epochs, loads) = (Arc::new(AtomicU64::new(2)), Arc::default());
        Self { slots: Mutex::default(), overrides: Mutex::new(overrides), epochs, loads, shared, herald, unsaved }
    }

    pub(super) fn fixed(&self) -> Option<Arc<Loaded>> {
        self.shared.as_ref().map(|shared| shared.loaded())
    }

    pub(super) fn shared(&self) -> Option<&Arc<Shared>> {
        self.shared.as_ref()
    }

    /// Has what is loaded from now on be under this.
    pub(super) fn outrank(&self, overrides: Overrides) {
        *self.overrides.lock().unwrap_or_else(PoisonError::into_inner) = overrides;
    }

    /// What holds under a configuration, loaded if it wasn't yet; `after` is called when it has been.
    pub(super) async fn of(&self, config: Option<PathBuf>, after: impl After) -> Load {
        let mut receiver = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(slot) = slots.get(&config) {
                slot.subscribe()
            } else {
                let slot = Slot::new(None);
                let receiver = slot.subscribe();
                self.load(config.clone(), slot.clone(), false, after);
                slots.insert(config.clone(), slot);
                receiver
            }
        };
        match receiver.wait_for(Option::is_some).await.map(|held| held.clone()) {
            Ok(Some(held)) => held.load,
            _ => Err(Problem::new(config.as_deref().unwrap_or(Path::new("copydesk")), "loading was given up")),
        }
    }

    /// What has been loaded so far, without waiting.
    pub(super) fn loaded(&self) -> Vec<Arc<Loaded>> {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = slots.values().filter_map(|slot| slot.borrow().as_ref().and_then(|held| held.load.as_ref().ok().cloned()));
        let mut loaded: Vec<Arc<Loaded>> = self.fixed().into_iter().chain(ready).collect();
        loaded.sort_by_key(|loaded| loaded.epoch);
        loaded
    }

    /// What is wrong with the newest state of a configuration, whatever holds in the meantime.
    pub(super) fn fault(&self, config: &Path) -> Option<Problem> {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get(&Some(config.to_owned()))?.borrow().as_ref()?.fault.clone()
    }

    /// Loads again whatever `path` has a part in; says whether anything has.
    pub(super) fn reload(&self, path: &Path, after: impl After) -> bool {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let mut concerned: Vec<(&Option<PathBuf>, &Slot)> =
            slots.iter().filter(|(config, slot)| concerns(config.as_deref(), slot.borrow().as_ref(), path)).collect();
        concerned.sort_by_key(|(config, _)| *config);
        for (config, slot) in &concerned {
            self.load_again(Option::clone(config), slot, path, after.clone());
        }
        !concerned.is_empty()
    }

    /// Loads everything again.
    pub(super) fn reload_all(&self, after: impl After) {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(&Option<PathBuf>, &Slot)> = slots.iter().collect();
        all.sort_by_key(|(config, _)| *config);
        for (config, slot) in all {
            self.load(config.clone(), slot.clone(), true, after.clone());
        }
    }

    /// Whether all that others may change can be asked.
    pub(super) fn all_answer(&self) -> bool {
        self.loaded().iter().all(|loaded| loaded.setting.archive.is_none() || loaded.setting.sources.extent().is_ok())
    }

    /// Has what was loaded over an archive that has changed since count as loaded anew; whether there is any.
    pub(super) fn renew(&self) -> bool {
        // What is being loaded just now sees the change.
        if self.loads.load(Ordering::Acquire) > 0 {
            return false;
        }
        let held = {
            let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            let held = slots.values().filter_map(|slot| Some((slot.clone(), slot.borrow().clone()?)));
            held.collect::<Vec<_>>()
        };
        let mut has_changed = false;
        for (slot, held) in held {
            let Ok(loaded) = &held.load else { continue };
            let now = Loaded::generation_of(&loaded.setting);
            if now.is_some() && now != loaded.generation {
                let epoch = self.epochs.fetch_add(1, Ordering::Relaxed);
                let load = Ok(Arc::new(Loaded::new(loaded.setting.clone(), epoch)));
                slot.send_replace(Some(Held { load, epoch, fault: held.fault.clone() }));
                has_changed = true;
            }
        }
        has_changed
    }

    /// Loads what `path` has a part in. Where that is its stylebook alone, the sources needn't be read again, unless they are
    /// being read just now and would come with the stylebook of before.
    fn load_again(&self, config: Option<PathBuf>, slot: &Slot, path: &Path, after: impl After) {
        let known = slot.borrow().as_ref().and_then(|held| held.load.as_ref().ok().cloned());
        let is_stylebook_alone = |loaded: &Arc<Loaded>| {
            let setting = &loaded.setting;
            setting.stylebook_path.as_deref() == Some(path) && !setting.corpus_paths.iter().any(|corpus| path.starts_with(corpus))
        };
        match known.filter(is_stylebook_alone) {
            Some(loaded) if self.loads.load(Ordering::Acquire) == 0 => self.restyle(config, loaded, slot.clone(), path.to_owned(), after),
            _ => self.load(config, slot.clone(), true, after),
        }
    }

    fn restyle(&self, config: Option<PathBuf>, loaded: Arc<Loaded>, slot: Slot, path: PathBuf, after: impl After) {
        let epoch = self.epochs.fetch_add(1, Ordering::Relaxed);
        let unsaved = self.unsaved.clone();
        tokio::spawn(async move {
            let read = tokio::task::spawn_blocking(move || {
                let text = unsaved(&path).map_or_else(|| read_stylebook(&path), |text| Ok(Some(text)))?;
                Ok(Arc::new(Loaded::new(loaded.setting.with_stylebook(text.as_deref()), epoch)))
            });
            match read.await {
                Ok(outcome) => {
                    // The configuration is as sound or faulty as before.
                    let fault = slot.borrow().as_ref().and_then(|held| held.fault.clone());
                    settle(&slot, epoch, &outcome, fault);
                    after(config.as_deref(), &outcome);
                }
                Err(error) => log(&format!("a stylebook was lost; this is a fault of the server: {error}")),
            }
        });
    }

    fn load(&self, config: Option<PathBuf>, slot: Slot, is_again: bool, after: impl After) {
        let epoch = self.epochs.fetch_add(1, Ordering::Relaxed);
        let overrides = self.overrides.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let loading = self.herald.loading(config.as_deref());
        let (unsaved, loads) = (self.unsaved.clone(), self.loads.clone());
        loads.fetch_add(1, Ordering::AcqRel);
        tokio::spawn(async move {
            let config_path = config.clone();
            let path = config.clone().unwrap_or_else(|| "copydesk".into());
            let load = tokio::task::spawn_blocking(move || {
                // Something has happened to a file, perhaps to a source.
                let aside = Aside { looks_at_all: is_again, may_be_away: true, ..Aside::default() };
                let setting = Setting::load_with(config, &overrides, &aside)?;
                let text = setting.stylebook_path.as_deref().and_then(|path| unsaved(path));
                Ok(if text.is_some() { setting.with_stylebook(text.as_deref()) } else { setting })
            });
            let outcome = tokio::select! {
                loaded = load => match loaded {
                    Ok(outcome) => outcome.map(|setting| Arc::new(Loaded::new(setting, epoch))),
                    Err(error) => Err(Problem::new(&path, format!("could not be loaded; this is a fault of the server: {error}"))),
                },
                // What is read all the same is thrown away.
                () = loading.called_off() => Err(Problem::new(&path, "reading the sources was called off; save the configuration to read them")),
            };
            loads.fetch_sub(1, Ordering::AcqRel);
            settle(&slot, epoch, &outcome, outcome.as_ref().err().cloned());
            // Told once it holds: who hears of it asks for what depends on it.
            loading.end(&outcome);
            after(config_path.as_deref(), &outcome);
        });
    }
}

/// Hands out what has been loaded, unless a later load has been faster: an earlier one that took longer must not undo it. What
/// was sound goes on holding while its successor is faulty: a slip in a file is not to take all findings away.
fn settle(slot: &Slot, epoch: u64, outcome: &Load, fault: Option<Problem>) {
    match outcome {
        Ok(loaded) => loaded.setting.problems.iter().for_each(|problem| log(&problem.to_string())),
        Err(problem) => log(&problem.to_string()),
    }
    slot.send_if_modified(|current| {
        let newer = current.as_ref().is_none_or(|current| current.epoch < epoch);
        if newer {
            let sound = current.take().and_then(|held| held.load.ok()).map(Ok);
            let load = if outcome.is_ok() { outcome.clone() } else { sound.unwrap_or_else(|| outcome.clone()) };
            *current = Some(Held { load, fault, epoch });
        }
        newer
    });
}

/// Whether a file or folder is the configuration itself, its stylebook or one of its sources, or has one of them in it.
fn concerns(config: Option<&Path>, held: Option<&Held>, path: &Path) -> bool {
    if config.is_some_and(|config| config.starts_with(path)) {
        return true;
    }
    let Some(Held { load, fault, .. }) = held else { return false };
    // What failed may have failed for the want of this file.
    fault.is_some()
        || load.as_ref().is_ok_and(|loaded| {
            let setting = &loaded.setting;
            setting.stylebook_path.iter().chain(&setting.baseline.path).any(|own| own.starts_with(path))
                || setting.corpus_paths.iter().any(|corpus| path.starts_with(corpus) || corpus.starts_with(path))
        })
}
