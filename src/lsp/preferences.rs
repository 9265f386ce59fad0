//! What the person has set in the editor: the section `copydesk`, or the options it starts the server with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tower_lsp_server::ls_types::LSPAny;

use super::log::log;
use crate::finding::Severity;
use crate::rules::rule_names;
use crate::workspace::Overrides;

/// In milliseconds; a slip in the settings is not to switch the checks off.
const LONGEST_DEBOUNCE: u64 = 10_000;

/// As an editor sends them; what it doesn't name stays as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Sent {
    /// Milliseconds from a change to the check.
    debounce: Option<u64>,
    /// Whether measures and titles have hints behind them.
    inlay_hints: Option<bool>,
    /// Whether names, titles, figures and dates are coloured.
    colours: Option<bool>,
    /// Whether a line above the headline sums the draft up.
    lens: Option<bool>,
    /// Whether a hover begins with the messages of what is found there: an editor may show them by itself.
    hover_messages: Option<bool>,
    /// Folders and files of sources, for drafts whose configuration names none.
    corpus: Option<Vec<PathBuf>>,
    /// How loud each rule is, above what the configuration says: a severity or "off".
    rules: Option<BTreeMap<String, String>>,
}

/// What the person wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub(super) struct Shown {
    pub(super) inlays: bool,
    /// Not unless it is asked for: in prose, where every other word may be a name, colours drown the findings.
    pub(super) colours: bool,
    pub(super) lens: bool,
    pub(super) hover_messages: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { inlays: false, colours: false, lens: true, hover_messages: true }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wishes {
    debounce: Duration,
    shown: Shown,
    corpus: Vec<PathBuf>,
    rules: Vec<(String, Option<Severity>)>,
}

/// What is another after settings have been taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) shown: bool,
    /// What drafts are checked against, or how loud rules are.
    pub(super) setting: bool,
}

pub(super) struct Preferences(Mutex<Wishes>);

impl Preferences {
    pub(super) fn new(debounce: Duration) -> Self {
        Self(Mutex::new(Wishes { debounce, ..Wishes::default() }))
    }

    /// Takes over what is set.
    pub(super) fn take(&self, settings: LSPAny) -> Changed {
        let sent = serde_json::from_value::<Sent>(settings).unwrap_or_else(|error| {
            log(&format!("settings that can't be understood: {error}"));
            Sent::default()
        });
        let mut wishes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = wishes.clone();
        if let Some(debounce) = sent.debounce {
            wishes.debounce = Duration::from_millis(debounce.min(LONGEST_DEBOUNCE));
        }
        let shown = wishes.shown;
        wishes.shown = Shown {
            inlays: sent.inlay_hints.unwrap_or(shown.inlays),
            colours: sent.colours.unwrap_or(shown.colours),
            lens: sent.lens.unwrap_or(shown.lens),
            hover_messages: sent.hover_messages.unwrap_or(shown.hover_messages),
        };
        if let Some(corpus) = sent.corpus {
            wishes.corpus = corpus;
        }
        if let Some(rules) = sent.rules {
            wishes.rules = rules.into_iter().filter_map(|(rule, level)| understood(rule, &level)).collect();
        }
        Changed { shown: wishes.shown != before.shown, setting: (&wishes.corpus, &wishes.rules) != (&before.corpus, &before.rules) }
    }

    pub(super) fn debounce(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).debounce
    }

    pub(super) fn shown(&self) -> Shown {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).shown
    }

    /// What is said above configurations, and beside them; paths count from `folder`.
    pub(super) fn over(&self, own: &Overrides, folder: Option<&Path>) -> Overrides {
        let wishes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let placed = |path: PathBuf| folder.map_or_else(|| path.clone(), |folder| folder.join(&path));
        Overrides { usual_corpus: wishes.corpus.into_iter().map(placed).collect(), levels: wishes.rules, ..own.clone() }
    }
}

/// A rule's level as set; none for what is no rule or no level, which is told of.
fn understood(rule: String, level: &str) -> Option<(String, Option<Severity>)> {
    if !rule_names().contains(&&*rule) {
        log(&format!("the editor's settings name a rule `{rule}`, and there is none"));
        return None;
    }
    match level {
        "off" => Some((rule, None)),
        level => match Severity::from_str(level) {
            Ok(severity) => Some((rule, Some(severity))),
            Err(error) => {
                log(&format!("the editor's settings, {rule}: {error}"));
                None
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_named_stays_and_what_cant_be_understood_is_passed_over() {
        let preferences = Preferences::new(Duration::from_millis(5));
        let changed = preferences.take(json!({"colours": true, "rules": {"name-mixed": "off", "no-such": "off", "figure-sum": "loud"}}));
        assert_eq!(changed, Changed { shown: true, setting: true });
        assert_eq!(preferences.take(json!({"corpus": []})), Changed { shown: false, setting: false });
        preferences.take(json!({"corpus": 3, "colours": false}));
        assert_eq!(preferences.shown(), Shown { colours: true, ..Shown::default() });
        preferences.take(json!({"corpus": ["archive"], "debounce": 1_000_000}));
        assert_eq!(preferences.debounce(), Duration::from_secs(10));
        let over = preferences.over(&Overrides::default(), Some(Path::new("/desk")));
        assert_eq!((over.usual_corpus, over.levels), (vec![PathBuf::from("/desk/archive")], vec![("name-mixed".to_owned(), None)]));
    }
}
