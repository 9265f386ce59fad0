//! `copydesk.toml`: which corpus and stylebook a desk checks against, and how loud each rule is. Unknown keys are errors
//! with their line: a misspelt setting that is silently ignored is worse than none.

mod globs;
mod template;

pub use globs::Globs;
pub use template::template;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Finding, Severity, UnknownSeverity};
use crate::keys;
use crate::text::{LineIndex, did_you_mean};

/// The file's name, looked for in the draft's folder and upwards.
pub const FILE_NAME: &str = "copydesk.toml";

/// What a configuration file says; paths are as written, relative to the file's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Folders and files of sources. The built-in corpus answers where nothing is said, and nothing where none is named.
    pub corpus: Option<Vec<String>>,
    pub stylebook: Option<String>,
    /// By rule.
    pub levels: Levels,
    /// What is otherwise for some drafts, the last to count.
    pub paths: Vec<PathLevels>,
    /// What is checked where no draft is named; all texts where nothing is said.
    pub drafts: Option<Globs>,
    /// What is no draft, unless it is named itself.
    pub exclude: Globs,
    /// The file of findings that the desk has accepted.
    pub baseline: Option<String>,
    /// The folder of the archive that is kept of the corpus.
    pub archive: Option<String>,
    /// The severity from which findings make `lint` fail.
    pub fail_on: Option<Severity>,
    /// Whether the built-in reference of office-holders answers where the corpus is silent.
    pub reference: bool,
    /// What the fields of articles are called in JSON Lines, where it isn't what is usual.
    pub json_lines: BTreeMap<String, Vec<String>>,
    /// On which lines the keys stand.
    lines: BTreeMap<String, u32>,
}

/// How loud rules are, by their names.
pub type Levels = BTreeMap<String, Level>;

/// How loud a rule is, and where that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// None: it is off.
    pub severity: Option<Severity>,
    /// Starting at 1.
    pub line: u32,
}

/// How loud rules are in some drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathLevels {
    /// Relative to the file's folder.
    pub files: Globs,
    pub levels: Levels,
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
/// So many folders and files a desk may name: each is looked for. And so many patterns, which every draft is held against.
const MOST_PATHS: usize = 1_000;

/// What holds without a configuration file, and what an empty one says.
impl Default for Config {
    fn default() -> Self {
        Self {
            corpus: None,
            stylebook: None,
            levels: Levels::new(),
            paths: Vec::new(),
            drafts: None,
            exclude: Globs::default(),
            baseline: None,
            archive: None,
            fail_on: None,
            reference: true,
            json_lines: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
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
        self.levels.get(rule).map_or(Some(default), |level| level.severity)
    }

    /// Makes a finding as loud as the desk wants its rule; whether that is anything at all.
    pub fn hears(&self, finding: &mut Finding) -> bool {
        let severity = self.severity(finding.rule.name, finding.severity);
        finding.severity = severity.unwrap_or(finding.severity);
        severity.is_some()
    }

    /// Has rules be as loud as a person wants them, wherever her drafts lie.
    pub fn outrank(&mut self, levels: &[(String, Option<Severity>)]) {
        for (rule, severity) in levels {
            self.paths.iter_mut().for_each(|of_path| of_path.levels.retain(|name, _| name != rule));
            self.levels.insert(rule.clone(), Level { severity: *severity, line: 0 });
        }
    }

    /// What holds for one draft: its path is relative to the file's folder, with slashes between its parts.
    pub fn at(&self, path: &str) -> Cow<'_, Self> {
        let mut met = self.of_path(path).peekable();
        if met.peek().is_none() {
            return Cow::Borrowed(self);
        }
        let mut own = self.clone();
        own.levels.extend(met.flat_map(|of_path| of_path.levels.clone()));
        Cow::Owned(own)
    }

    /// What is said of some drafts that this one is of, in the order of the file.
    pub fn of_path<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a PathLevels> {
        self.paths.iter().filter(move |of_path| of_path.files.meet(path))
    }

    /// The line of a key; none for one that the file hasn't.
    pub fn line(&self, key: &str) -> Option<u32> {
        self.lines.get(key).copied()
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
    fn line(&self, at: usize) -> u32 {
        let before = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        self.lines.position(self.text, (before + at) as u32).line + 1
    }

    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.faults.push(ConfigError { line, message: message.into() });
    }

    fn keys(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let line = self.line(key.span().start);
            self.config.lines.insert(key.get_ref().clone().into_owned(), line);
            match &**key.get_ref() {
                "corpus" => self.config.corpus = self.list("corpus", value),
                "drafts" => self.config.drafts = Some(self.globs("drafts", value)),
                "exclude" => self.config.exclude = self.globs("exclude", value),
                "baseline" => self.config.baseline = self.words("baseline", value),
                "stylebook" => self.config.stylebook = self.words("stylebook", value),
                "archive" => self.config.archive = self.words("archive", value),
                "fail-on" => self.config.fail_on = self.severity("fail-on", value),
                "reference" => match value.get_ref() {
                    DeValue::Boolean(answer) => self.config.reference = *answer,
                    _ => self.fault(value.span().start, "`reference` is true or false"),
                },
                "rules" => self.config.levels = self.levels(value),
                "json-lines" => self.config.json_lines = self.fields(value),
                "paths" => self.config.paths = self.paths(value),
                _ => self.unknown(key, keys::CONFIGURATION),
            }
        }
    }

    fn unknown(&mut self, key: &Spanned<Cow<'_, str>>, known: &[keys::Key]) {
        let (written, known) = (key.get_ref(), keys::names(known));
        let told = did_you_mean(written, known.iter().copied()).unwrap_or_else(|| format!("; the keys here are {}", known.join(", ")));
        self.fault(key.span().start, format!("there is no key `{written}`{told}"));
    }

    /// What the fields of articles are called.
    fn fields(&mut self, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, Vec<String>> {
        let mut fields = BTreeMap::new();
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(value.span().start, "`json-lines` is a table: [json-lines]");
            return fields;
        };
        for (key, value) in table {
            if keys::JSON_LINES_FIELDS.iter().any(|known| known.name == &**key.get_ref()) {
                fields.extend(self.list(key.get_ref(), value).map(|names| (key.get_ref().clone().into_owned(), names)));
            } else {
                self.unknown(key, keys::JSON_LINES_FIELDS);
            }
        }
        fields
    }

    /// What is said of some drafts each.
    fn paths(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<PathLevels> {
        let entries = match value.get_ref() {
            DeValue::Array(entries) if entries.len() <= MOST_PATHS => entries,
            DeValue::Array(_) => {
                self.fault(value.span().start, format!("there are more than {MOST_PATHS} entries of `paths`"));
                return Vec::new();
            }
            _ => {
                self.fault(value.span().start, "`paths` holds tables: [[paths]]");
                return Vec::new();
            }
        };
        let mut read = Vec::with_capacity(entries.len());
        for entry in entries {
            let DeValue::Table(table) = entry.get_ref() else {
                self.fault(entry.span().start, "`paths` holds tables: [[paths]]");
                continue;
            };
            let mut of_path = PathLevels::default();
            for (key, value) in table {
                match &**key.get_ref() {
                    "files" => of_path.files = self.globs("files", value),
                    "rules" => of_path.levels = self.levels(value),
                    _ => self.unknown(key, keys::OF_PATHS),
                }
            }
            if !table.keys().any(|key| key.get_ref() == "files") {
                self.fault(entry.span().start, "an entry of `paths` needs `files`: which drafts it is about");
            }
            read.push(of_path);
        }
        read
    }

    /// Patterns of files.
    fn globs(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Globs {
        let (globs, faults) = Globs::read(self.list(key, value).unwrap_or_default());
        for (index, fault) in faults {
            let at =
                if let DeValue::Array(list) = value.get_ref() { list.get(index).map_or(value.span(), Spanned::span) } else { value.span() };
            self.fault(at.start, format!("`{}` is no pattern of files: {fault}", globs.written().get(index).map_or("", String::as_str)));
        }
        globs
    }

    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let DeValue::String(words) = value.get_ref() else {
            self.fault(value.span().start, format!("`{key}` is words in quotation marks"));
            return None;
        };
        Some(words.clone().into_owned())
    }

    /// One path or pattern, or a list of them.
    fn list(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(list) if list.len() > MOST_PATHS => {
                self.fault(value.span().start, format!("`{key}` has more than {MOST_PATHS} paths; name the folders that they are in"));
                None
            }
            DeValue::Array(list) => Some(list.iter().filter_map(|path| self.words(key, path)).collect()),
            _ => Some(vec![self.words(key, value)?]),
        }
    }

    fn severity(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Severity> {
        let written = self.words(key, value)?;
        let severity = written.parse().map_err(|unknown: UnknownSeverity| self.fault(value.span().start, unknown.to_string()));
        severity.ok()
    }

    fn levels(&mut self, value: &Spanned<DeValue<'_>>) -> Levels {
        let mut levels = Levels::new();
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(value.span().start, "`rules` is a table: [rules]");
            return levels;
        };
        for (name, level) in table {
            let written = &**name.get_ref();
            let Some(rule) = self.rules.iter().find(|rule| **rule == written) else {
                let told =
                    did_you_mean(written, self.rules.iter().copied()).unwrap_or_else(|| "; `copydesk explain` lists them all".to_owned());
                self.fault(name.span().start, format!("there is no rule `{written}`{told}"));
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
                Ok(severity) => {
                    let line = self.line(name.span().start);
                    levels.insert((*rule).to_owned(), Level { severity, line });
                }
                Err(fault) => self.fault(level.span().start, fault),
            }
        }
        levels
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
        assert_eq!((config.line("corpus"), config.line("rules"), config.levels["figure-sum"].line), (Some(1), Some(5), 7));
        let config = Config::parse("drafts = [\"pages/\", \"*.md\"]\nexclude = \"old\"\nbaseline = \"b.toml\"\n", RULES).expect("is valid");
        assert!(config.drafts.is_some_and(|drafts| drafts.meet("pages/a.html") && !drafts.meet("a.html")));
        assert!(config.exclude.meet("pages/old/a.md") && config.baseline.as_deref() == Some("b.toml"));
        assert_eq!(Config::parse("", RULES), Ok(Config::default()));
    }

    #[test]
    fn some_drafts_have_rules_of_their_own_and_the_last_entry_counts() {
        let text = "[rules]\nname-mixed = \"off\"\n[[paths]]\nfiles = \"wire\"\nrules = { name-mixed = \"hint\", figure-sum = \"info\" }\n\
                    [[paths]]\nfiles = [\"*.txt\"]\n[paths.rules]\nname-mixed = \"error\"\n";
        let config = Config::parse(text, RULES).expect("is valid");
        let levels = |path: &str| ["name-mixed", "figure-sum"].map(|rule| config.at(path).severity(rule, Severity::Warning));
        assert_eq!(levels("a.md"), [None, Some(Severity::Warning)]);
        assert_eq!(levels("wire/a.md"), [Some(Severity::Hint), Some(Severity::Info)]);
        assert_eq!(levels("wire/a.txt"), [Some(Severity::Error), Some(Severity::Info)]);
        assert!(matches!(config.at("a.md"), Cow::Borrowed(_)));
        assert_eq!(config.at("wire/a.txt").levels["name-mixed"].line, 9);
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
            ("speed = 1\n[rules]\nnoise = \"off\"\n", &[(1, "the keys here are corpus, "), (3, "`copydesk explain` lists them")]),
            ("[json-lines]\nhead = \"a\"\nbody = 3\n", &[(2, "`head`"), (3, "`body` is words")]),
            ("json-lines = 1\n", &[(1, "[json-lines]")]),
            (
                "[[paths]]\nrules = 1\n[[paths]]\nfile = \"a\"\n[[paths]]\nfiles = [\n\"a\",\n\"[\"]\nrules = { name-mixd = \"off\" }\n",
                &[
                    (1, "needs `files`"),
                    (2, "[rules]"),
                    (3, "needs `files`"),
                    (4, "did you mean `files`"),
                    (8, "`[` is no pattern"),
                    (9, "`name-mixed`"),
                ],
            ),
            ("paths = [1]\n", &[(1, "[[paths]]")]),
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
            assert_eq!(Config::parse(key.example, &["name-variant", "name-first-reference"]).map(|_| ()), Ok(()), "{key:?}");
        }
        for key in keys::JSON_LINES_FIELDS {
            let config = Config::parse(&format!("[json-lines]\n{}\n", key.example), &[]).expect("is valid");
            assert!(config.json_lines.contains_key(key.name), "{key:?}");
        }
        for key in keys::OF_PATHS {
            let entry = format!("[[paths]]\n{}{}\n", if key.name == "files" { "" } else { "files = \"a\"\n" }, key.example);
            assert_eq!(Config::parse(&entry, &["name-first-reference"]).map(|_| ()), Ok(()), "{key:?}");
        }
    }
}
