//! `copydesk.toml`: which corpus and stylebook a desk checks against, and how loud each rule is. Unknown keys are errors
//! with their line: a misspelt setting that is silently ignored is worse than none.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::finding::{Severity, UnknownSeverity};
use crate::text::{LineIndex, nearest};

/// The file's name, looked for in the draft's folder and upwards.
pub const FILE_NAME: &str = "copydesk.toml";

/// What a configuration file says; paths are as written, relative to the file's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Folders and files of sources. The built-in corpus answers where nothing is said, and nothing where none is named.
    pub corpus: Option<Vec<String>>,
    pub stylebook: Option<String>,
    /// By rule; `None` switches the rule off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// The severity from which findings make `lint` fail.
    pub fail_on: Option<Severity>,
    /// Whether the built-in reference of office-holders answers where the corpus is silent.
    pub reference: bool,
}

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ConfigError {
    /// Starting at 1.
    pub line: u32,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    corpus: OneOrMany,
    stylebook: Option<String>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    #[serde(default = "yes")]
    reference: bool,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

const fn yes() -> bool {
    true
}

/// What holds without a configuration file, and what an empty one says.
impl Default for Config {
    fn default() -> Self {
        Self { corpus: None, stylebook: None, severities: BTreeMap::new(), fail_on: None, reference: true }
    }
}

impl Config {
    /// Reads a configuration; `rules` are the names it may speak of.
    ///
    /// # Errors
    /// At the first thing that is not TOML, not a key, not a rule or not a severity.
    pub fn parse(text: &str, rules: &[&str]) -> Result<Self, ConfigError> {
        let lines = LineIndex::new(text);
        let fault = |at: usize, message: String| ConfigError { line: lines.position(text, at as u32).line + 1, message };
        let file: File =
            toml::from_str(text).map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let mut config = Self { stylebook: file.stylebook, reference: file.reference, ..Self::default() };
        config.corpus = match file.corpus {
            OneOrMany::None => None,
            OneOrMany::One(path) => Some(vec![path]),
            OneOrMany::Many(paths) => Some(paths),
        };
        for (name, level) in file.rules {
            let Some(rule) = rules.iter().find(|rule| **rule == name.get_ref()) else {
                let nearest = nearest(name.get_ref(), rules.iter().copied()).unwrap_or_default();
                return Err(fault(name.span().start, format!("there is no rule `{}`; did you mean `{nearest}`?", name.get_ref())));
            };
            let severity = match level.get_ref().as_str() {
                "off" => None,
                other => Some(
                    other
                        .parse()
                        .map_err(|_| fault(level.span().start, format!("`{other}` is no severity (off, hint, info, warning or error)")))?,
                ),
            };
            config.severities.insert((*rule).to_owned(), severity);
        }
        if let Some(level) = file.fail_on {
            config.fail_on =
                Some(level.get_ref().parse().map_err(|unknown: UnknownSeverity| fault(level.span().start, unknown.to_string()))?);
        }
        Ok(config)
    }

    /// How loud a rule is, given its default; `None` when it is off.
    pub fn severity(&self, rule: &str, default: Severity) -> Option<Severity> {
        self.severities.get(rule).copied().unwrap_or(Some(default))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;

    const RULES: &[&str] = &["name-mixed", "figure-sum"];

    #[test]
    fn a_whole_configuration() {
        let config = Config::parse("corpus = \"archive\"\nstylebook = \"s.toml\"\nfail-on = \"info\"\nreference = false\n[rules]\nname-mixed = \"off\"\nfigure-sum = \"error\"\n", RULES)
            .expect("is valid");
        assert_eq!(config.corpus.as_deref(), Some(&["archive".to_owned()][..]));
        assert_eq!(Config::parse("corpus = []\n", RULES).map(|config| config.corpus), Ok(Some(Vec::new())));
        assert_eq!(config.severity("name-mixed", Severity::Warning), None);
        assert_eq!(config.severity("figure-sum", Severity::Warning), Some(Severity::Error));
        assert_eq!(config.severity("other", Severity::Hint), Some(Severity::Hint));
        assert_eq!((config.fail_on, config.reference), (Some(Severity::Info), false));
        assert_eq!(Config::parse("", RULES), Ok(Config::default()));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let fault = |text: &str| Config::parse(text, RULES).expect_err("is faulty");
        assert_eq!(fault("corpus = []\ncorpse = []\n").line, 2);
        let unknown = fault("[rules]\nname-mixd = \"off\"\n");
        assert_eq!((unknown.line, unknown.message.contains("`name-mixed`")), (2, true));
        assert_eq!(fault("[rules]\n\nname-mixed = \"loud\"\n").line, 3);
        assert_eq!(fault("\n\ncorpus = [\n").line, 3);
    }

    #[test]
    fn the_keys_are_those_that_editors_show() {
        for key in keys::CONFIGURATION {
            assert_eq!(Config::parse(key.example, &["name-variant"]).map(|_| ()), Ok(()), "{key:?}");
        }
        let told = Config::parse("corpse = 1", RULES).expect_err("there is no such key").message;
        let mut known: Vec<&str> = told.split('`').skip(3).step_by(2).collect();
        let mut shown = keys::names(keys::CONFIGURATION);
        known.sort_unstable();
        shown.sort_unstable();
        assert_eq!(known, shown);
    }
}
