//! `copydesk lint`: checks drafts, all cores at once, and reports in the order of their paths.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::arguments::{Colour, LintArguments};
use super::report::{Linted, Look, Results, STATISTICS};
use super::settings::Settings;
use super::{Outcome, Terminal, complain, fail};
use crate::check::{Rereader, Style};
use crate::document::Document;
use crate::finding::Severity;
use crate::workspace::{Problem, Setting, collect_drafts, guarded, parse_bytes, read_draft};

/// Columns where nobody says how many there are.
const WIDTH: usize = 120;
/// In fewer columns no line of a report would hold a path.
const NARROWEST: usize = 40;

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
                // The archive is no draft where the desk's whole folder is checked.
                Ok(key) if settings.loaded(key.as_ref()).is_source(&path, &files) => {}
                Ok(key) => readable.push((path, document, key)),
                Err(problem) => return fail(terminal, problem),
            },
            Err(problem) => problems.push(problem),
        }
    }
    // What can't be checked against is told, whether or not there is a draft to check.
    if readable.is_empty()
        && let Err(problem) = settings.of(Path::new("draft.md"))
    {
        return fail(terminal, problem);
    }
    let against = match settings.against() {
        Ok(against) => against,
        Err(error) => return fail(terminal, error),
    };
    let mut is_unreadable = !problems.is_empty();
    let checked: Vec<Result<Linted, Problem>> = readable
        .into_par_iter()
        .map(|(path, document, key)| {
            guarded(&path.clone(), || check_draft(path, document, settings.loaded(key.as_ref()), arguments.as_of))?
        })
        .collect();
    let fail_on = arguments.fail_on.or(settings.fail_on()).unwrap_or(Severity::Warning);
    let mut results = Results { drafts: Vec::with_capacity(checked.len()), problems, against, fail_on };
    for outcome in checked {
        match outcome {
            Ok(mut draft) => {
                draft.draft.findings.retain(|finding| arguments.wants(finding));
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
    results.problems.dedup();

    let look = look(arguments, terminal);
    let format = if arguments.statistics { &STATISTICS } else { arguments.format };
    format.write(&results, terminal.out, &look)?;
    if !format.has_problems() {
        complain(terminal, &results.problems)?;
    }
    let failing = !arguments.exit_zero && results.findings().any(|finding| results.fails(finding));
    Ok(if is_unreadable {
        Outcome::Failed
    } else if failing {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn look(arguments: &LintArguments, terminal: &Terminal<'_>) -> Look {
    let coloured = match arguments.color {
        Colour::Auto => terminal.is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        Colour::Always => true,
        Colour::Never => false,
    };
    Look { width: terminal.width.unwrap_or(WIDTH).max(NARROWEST), coloured, is_quiet: arguments.quiet }
}

fn check_draft(path: PathBuf, document: Document, setting: &Setting, as_of: Option<Date>) -> Result<Linted, Problem> {
    let config = setting.config_at(Some(&path));
    let style = Style { config: &config, as_of };
    let mut rereader = Rereader::default();
    match rereader.draft(document, &*setting.corpus, style) {
        Ok(draft) => Ok(Linted { path, draft: draft.tried(rereader, &*setting.corpus, style) }),
        Err(error) => Err(Problem::new(&path, error)),
    }
}

/// What is wrong with a draft's markup; it was checked all the same.
fn markup_problems(Linted { path, draft }: &Linted) -> impl Iterator<Item = Problem> {
    draft.document.problems().iter().map(|(span, message)| {
        let line = draft.document.position(span.start).line + 1;
        Problem::new(path, format!("line {line}: {message}"))
    })
}

fn read_stdin(name: &Path, terminal: &mut Terminal<'_>) -> Result<Document, Problem> {
    let mut bytes = Vec::new();
    let limit = crate::text::MAX_BYTES as u64;
    Read::take(&mut *terminal.stdin, limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Problem::new(name, error))?;
    if bytes.len() as u64 > limit {
        return Err(Problem::new(name, format!("more than the {} MB that a text may have", limit >> 20)));
    }
    parse_bytes(name, bytes)
}
