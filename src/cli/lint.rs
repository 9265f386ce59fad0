//! `copydesk lint`: checks drafts, all cores at once, and reports in the order of their paths.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::arguments::{AgainstArguments, LintArguments, ReportFormat};
use super::{Outcome, Terminal, complain, fail, report};
use crate::check::{Style, check_against};
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::reader;
use crate::workspace::{Overrides, Problem, Setting, collect_drafts, find_config, guarded, parse_draft, read_draft};

/// A draft with what was found in it.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) document: Document,
    /// The sentence each finding stands in, as read, beside it.
    pub(super) findings: Vec<(Finding, String)>,
}

/// All that a report tells.
pub(super) struct Results {
    pub(super) drafts: Vec<Checked>,
    pub(super) problems: Vec<Problem>,
    pub(super) sources: usize,
}

pub(super) fn run(arguments: &LintArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let files: Vec<PathBuf> = arguments.paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    let (paths, mut problems) = collect_drafts(&files);
    let mut drafts: Vec<(PathBuf, Result<Document, Problem>)> =
        paths.into_par_iter().map(|path| (path.clone(), read_draft(&path))).collect();
    if files.len() < arguments.paths.len() {
        drafts.push((arguments.stdin_path.clone(), read_stdin(&arguments.stdin_path, terminal)));
    }
    drafts.sort_by(|a, b| a.0.cmp(&b.0));

    let mut settings = Settings::new(&arguments.against);
    let mut readable = Vec::with_capacity(drafts.len());
    for (path, document) in drafts {
        match document {
            Ok(document) => match settings.of(&path) {
                Ok(key) => readable.push((path, document, key)),
                Err(problem) => return fail(terminal, problem),
            },
            Err(problem) => problems.push(problem),
        }
    }
    let mut is_unreadable = !problems.is_empty();
    let as_of = arguments.as_of.or_else(|| terminal.is_terminal.then(|| jiff::Zoned::now().date()));
    let checked: Vec<Result<Checked, Problem>> = readable
        .into_par_iter()
        .map(|(path, document, key)| guarded(&path.clone(), || check_draft(path, document, settings.loaded(key.as_ref()), as_of))?)
        .collect();
    let mut results = Results { drafts: Vec::with_capacity(checked.len()), problems, sources: settings.source_count() };
    for outcome in checked {
        match outcome {
            Ok(draft) => {
                results.problems.extend(markup_problems(&draft));
                results.drafts.push(draft);
            }
            Err(problem) => {
                is_unreadable = true;
                results.problems.push(problem);
            }
        }
    }
    results.problems.extend(settings.problems());
    results.problems.sort();

    match arguments.format {
        ReportFormat::Json => report::json(&results, terminal.out)?,
        ReportFormat::Github => report::github(&results, terminal.out)?,
        ReportFormat::Text => report::text(&results, arguments.color, terminal)?,
    }
    if arguments.format != ReportFormat::Json {
        complain(terminal, &results.problems)?;
    }
    let fail_on = arguments.fail_on.or(settings.fail_on()).unwrap_or(Severity::Warning);
    let failing = results.drafts.iter().flat_map(|draft| &draft.findings).any(|(finding, _)| finding.severity >= fail_on);
    Ok(if is_unreadable {
        Outcome::Failed
    } else if failing {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn check_draft(path: PathBuf, document: Document, setting: &Setting, as_of: Option<Date>) -> Result<Checked, Problem> {
    // The day taken for the draft also resolves its "last month".
    let document = document.dated(as_of);
    let reading = reader::read(&document);
    let style = Style { config: &setting.config, as_of };
    let findings = check_against(&document, &reading, &*setting.corpus, style).map_err(|error| Problem::new(&path, error))?;
    let sentence = |finding: &Finding| {
        let at = document.prose_at(finding.span.start)?;
        Some(document.words(reading.sentence(at)).to_owned())
    };
    let findings = findings
        .into_iter()
        .map(|finding| (sentence(&finding).unwrap_or_default(), finding))
        .map(|(words, finding)| (finding, words))
        .collect();
    Ok(Checked { path, document, findings })
}

/// What is wrong with a draft's markup; it was checked all the same.
fn markup_problems(draft: &Checked) -> impl Iterator<Item = Problem> {
    draft.document.problems().iter().map(|(span, message)| {
        let line = draft.document.position(span.start).line + 1;
        Problem::new(&draft.path, format!("line {line}: {message}"))
    })
}

fn read_stdin(name: &Path, terminal: &mut Terminal<'_>) -> Result<Document, Problem> {
    let mut bytes = Vec::new();
    let limit = crate::text::MAX_BYTES as u64;
    Read::take(&mut *terminal.stdin, limit + 1).read_to_end(&mut bytes).map_err(|error| Problem::new(name, error))?;
    if bytes.len() as u64 > limit {
        return Err(Problem::new(name, format!("more than the {} MB that a text may have", limit >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|_| Problem::new(name, "is not UTF-8"))?;
    guarded(name, || parse_draft(name, text.into()))
}

/// The settings of all drafts, each loaded once.
pub(super) struct Settings {
    config: Option<PathBuf>,
    overrides: Overrides,
    loaded: BTreeMap<Option<PathBuf>, Setting>,
}

impl Settings {
    pub(super) fn new(against: &AgainstArguments) -> Self {
        let overrides = Overrides { corpus: against.corpus.clone(), stylebook: against.stylebook.clone() };
        Self { config: against.config.clone(), overrides, loaded: BTreeMap::new() }
    }

    /// Loads what holds for a draft, unless it is there; the key leads to it.
    pub(super) fn of(&mut self, draft: &Path) -> Result<Option<PathBuf>, Problem> {
        let key = self.config.clone().or_else(|| find_config(draft.parent().unwrap_or(Path::new(""))));
        if !self.loaded.contains_key(&key) {
            let setting = Setting::load(key.clone(), &self.overrides, 0)?;
            // Checking against less than was asked for would look like agreement.
            if let Some(problem) = setting.missing_stylebook() {
                return Err(problem.clone());
            }
            self.loaded.insert(key.clone(), setting);
        }
        Ok(key)
    }

    pub(super) fn loaded(&self, key: Option<&PathBuf>) -> &Setting {
        &self.loaded[&key.cloned()]
    }

    fn source_count(&self) -> usize {
        self.loaded.values().map(|setting| setting.corpus.source_count()).sum()
    }

    fn problems(&self) -> Vec<Problem> {
        self.loaded.values().flat_map(|setting| setting.problems.clone()).collect()
    }

    fn fail_on(&self) -> Option<Severity> {
        self.loaded.values().filter_map(|setting| setting.config.fail_on).min()
    }
}
