//! `lint --watch`: checks again whenever something changes, until it is ended. What changed is seen by looking: it is the same on every
//! system and on network drives, and a desk's files are few.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::super::arguments::LintArguments;
use super::super::progress::Progress;
use super::super::report::counted;
use super::super::settings::Settings;
use super::super::{Outcome, Terminal, tell};
use super::{gather, once};
use crate::workspace::{Setting, collect_drafts, find_config, stamp};

/// How long between two looks. What has changed is checked once it was the same in two of them.
const EVERY: Duration = Duration::from_millis(250);

/// Takes all from a terminal.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Files, each with its state: none where it isn't there.
type Stamps = Vec<(PathBuf, Option<(Option<SystemTime>, u64)>)>;

pub(super) fn run(
    arguments: &LintArguments,
    fresh: &dyn Fn() -> Settings,
    progress: &Progress,
    terminal: &mut Terminal<'_>,
) -> io::Result<Outcome> {
    let mut settings = fresh();
    let mut known: Option<Stamps> = None;
    loop {
        // Looked at before the check: what changes meanwhile is seen afterwards.
        let drafts = drafts(arguments);
        if terminal.is_terminal {
            terminal.out.write_all(CLEAR.as_bytes())?;
        }
        once(arguments, &mut settings, progress, terminal)?;
        terminal.out.flush()?;
        let against = known.take().unwrap_or_else(|| against(&drafts, arguments, &settings));
        tell(terminal.err, format!("watching {}; Ctrl-C ends it", counted(drafts.len(), "draft")))?;
        terminal.err.flush()?;
        let now = next(&(drafts, against.clone()), || {
            let drafts = self::drafts(arguments);
            let against = self::against(&drafts, arguments, &settings);
            (drafts, against)
        });
        // The sources are read again only if they, or what else drafts are checked against, are others.
        if now.1 == against {
            known = Some(now.1);
        } else {
            settings = fresh();
        }
    }
}

/// Waits until what is looked at is another than before, and at rest.
fn next<T: PartialEq>(before: &T, look: impl Fn() -> T) -> T {
    let mut seen: Option<T> = None;
    loop {
        let started = Instant::now();
        let now = look();
        if now != *before && seen.as_ref() == Some(&now) {
            return now;
        }
        seen = Some(now);
        // An archive takes a while to look through, and is not to be looked through all the time.
        std::thread::sleep(EVERY.max(started.elapsed().saturating_mul(10)));
    }
}

/// The drafts that are there.
fn drafts(arguments: &LintArguments) -> Stamps {
    stamps(collect_drafts(&gather::named(arguments)).0)
}

/// The files that drafts are checked against.
fn against(drafts: &Stamps, arguments: &LintArguments, settings: &Settings) -> Stamps {
    let folders: BTreeSet<&Path> = drafts.iter().filter_map(|(draft, _)| draft.parent()).chain([Path::new("")]).collect();
    let found = || folders.into_iter().filter_map(find_config).collect();
    let mut files: Vec<PathBuf> = arguments.against.config.clone().map_or_else(found, |config| vec![config]);
    files.extend(settings.all().flat_map(Setting::files));
    files.sort();
    files.dedup();
    stamps(files)
}

fn stamps(files: Vec<PathBuf>) -> Stamps {
    files.into_iter().map(|file| (stamp(&file), file)).map(|(stamp, file)| (file, stamp)).collect()
}
