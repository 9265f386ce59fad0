//! `copydesk.toml`: which corpus and stylebook a desk checks against, and how loud each rule is. Unknown keys are errors
//! with their line: a misspelt setting that is silently ignored is worse than none.

use std::collections::BTreeMap;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Severity, UnknownSeverity};
use crate::keys;
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

/// All that is wrong with a configuration, by line; never nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl std::error::Error for ConfigErrors {}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().take(MOST_TOLD).map(ToString::to_string).collect();
        let rest = if self.0.len() > MOST_TOLD { format!("; and {} more", self.0.len() - MOST_TOLD) } else { String::new() };
        write!(f, "{}{rest}", told.join("; "))
    }
}

/// So many faults are told in one line.
const MOST_TOLD: usize = 10;
/// Nobody goes through more of them before looking again.
const MOST_FAULTS: usize = 100;
/// So many folders and files a desk may name: each is looked for.
const MOST_PATHS: usize = 1_000;

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
    /// With all that is not TOML, not a key, not a rule or not a severity.
    pub fn parse(text: &str, rules: &[&str]) -> Result<Self, ConfigErrors> {
        let mut reader = Reader { text, lines: LineIndex::new(text), rules, faults: Vec::new(), config: Self::default() };
        let (table, errors) = DeTable::parse_recoverable(text.strip_prefix('\u{feff}').unwrap_or(text));
        for error in errors {
            reader.fault(error.span().map_or(0, |span| span.start), error.message());
        }
        reader.keys(table.get_ref());
        let Reader { mut faults, config, .. } = reader;
        // What is no TOML is misread up to the end of its line.
        faults.sort_by_key(|fault| fault.line);
        faults.dedup_by_key(|fault| fault.line);
        faults.truncate(MOST_FAULTS);
        if faults.is_empty() { Ok(config) } else { Err(ConfigErrors(faults)) }
    }

    /// How loud a rule is, given its default; `None` when it is off.
    pub fn severity(&self, rule: &str, default: Severity) -> Option<Severity> {
        self.severities.get(rule).copied().unwrap_or(Some(default))
    }
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex,
    rules: &'a [&'a str],
    faults: Vec<ConfigError>,
    config: Config,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let before = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let line = self.lines.position(self.text, (before + at) as u32).line + 1;
        self.faults.push(ConfigError { line, message: message.into() });
    }

    fn keys(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match &**key.get_ref() {
                "corpus" => self.config.corpus = self.paths(value),
                "stylebook" => self.config.stylebook = self.words("stylebook", value),
                "fail-on" => self.config.fail_on = self.severity("fail-on", value),
                "reference" => match value.get_ref() {
                    DeValue::Boolean(answer) => self.config.reference = *answer,
                    _ => self.fault(value.span().start, "`reference` is true or false"),
                },
                "rules" => match value.get_ref() {
                    DeValue::Table(rules) => self.severities(rules),
                    _ => self.fault(value.span().start, "`rules` is a table: [rules]"),
                },
                other => {
                    let known = keys::names(keys::CONFIGURATION);
                    let nearest = nearest(other, known.iter().copied()).unwrap_or_default();
                    self.fault(key.span().start, format!("there is no key `{other}`; did you mean `{nearest}`?"));
                }
            }
        }
    }

    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let DeValue::String(words) = value.get_ref() else {
            self.fault(value.span().start, format!("`{key}` is words in quotation marks"));
            return None;
        };
        Some(words.clone().into_owned())
    }

    /// One path or a list of them.
    fn paths(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(list) if list.len() > MOST_PATHS => {
                self.fault(value.span().start, format!("`corpus` has more than {MOST_PATHS} paths; name the folders that they are in"));
                None
            }
            DeValue::Array(list) => Some(list.iter().filter_map(|path| self.words("corpus", path)).collect()),
            _ => Some(vec![self.words("corpus", value)?]),
        }
    }

    fn severity(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Severity> {
        let written = self.words(key, value)?;
        let severity = written.parse().map_err(|unknown: UnknownSeverity| self.fault(value.span().start, unknown.to_string()));
        severity.ok()
    }

    fn severities(&mut self, table: &DeTable<'_>) {
        for (name, level) in table {
            let written = &**name.get_ref();
            let Some(rule) = self.rules.iter().find(|rule| **rule == written) else {
                let nearest = nearest(written, self.rules.iter().copied()).unwrap_or_default();
                self.fault(name.span().start, format!("there is no rule `{written}`; did you mean `{nearest}`?"));
                continue;
            };
            let severity = match level.get_ref() {
                DeValue::String(off) if off == "off" => Ok(None),
                DeValue::String(word) => {
                    word.parse().map(Some).map_err(|_| format!("`{word}` is no severity (off, hint, info, warning or error)"))
                }
                _ => Err(format!("`{rule}` is \"off\", \"hint\", \"info\", \"warning\" or \"error\"")),
            };
            match severity {
                Ok(severity) => drop(self.config.severities.insert((*rule).to_owned(), severity)),
                Err(fault) => self.fault(level.span().start, fault),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn all_faults_are_told_each_with_its_line() {
        let faults = |text: &str| {
            let errors = Config::parse(text, RULES).expect_err("is faulty");
            errors.0.into_iter().map(|fault| (fault.line, fault.message)).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("corpus = []\ncorpse = []\n", &[(2, "did you mean `corpus`?")][..]),
            ("[rules]\nname-mixd = \"off\"\n\nfigure-sum = \"loud\"\n", &[(2, "`name-mixed`"), (4, "`loud` is no severity")]),
            ("\n\ncorpus = [\n", &[(3, "")]),
            (
                "corpus = 3\nstylebook = []\nfail-on = \"off\"\nreference = \"no\"\nrules = 1\n",
                &[(1, "`corpus` is words"), (2, "`stylebook` is words"), (3, "`off` is no severity"), (4, "true or false"), (5, "[rules]")],
            ),
            ("corpus = [\"a\", 3]\nstylebook = a\n[rules]\nfigure-sum = 1\n", &[(1, "words"), (2, ""), (4, "`figure-sum` is \"off\"")]),
            ("\u{feff}\ncorpse = 1\ncorpus = []\ncorpus = []\n", &[(2, "no key"), (4, "")]),
        ] {
            let told = faults(text);
            let fits = told.len() == expected.len()
                && told.iter().zip(expected).all(|(told, (line, words))| told.0 == *line && told.1.contains(words));
            assert!(fits, "{text}: {told:?}");
        }
        let many = "a = 1\n".repeat(1_000);
        let told = Config::parse(&many, RULES).expect_err("is faulty").to_string();
        assert!(told.lines().count() == 1 && told.contains("and 90 more"), "{told}");
    }

    #[test]
    fn so_many_paths_are_no_corpus() {
        let paths = |count| format!("corpus = [{}]\n", "\"archive\", ".repeat(count));
        assert!(Config::parse(&paths(MOST_PATHS), RULES).is_ok());
        let told = Config::parse(&paths(MOST_PATHS + 1), RULES).expect_err("has too many").to_string();
        assert!(told.contains("more than 1000 paths"), "{told}");
    }

    #[test]
    fn the_keys_are_those_that_editors_show() {
        for key in keys::CONFIGURATION {
            assert_eq!(Config::parse(key.example, &["name-variant"]).map(|_| ()), Ok(()), "{key:?}");
        }
    }
}
