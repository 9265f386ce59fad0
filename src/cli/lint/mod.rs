//! `copydesk lint`: checks drafts, all cores at once, and reports in the order of their paths.

mod accept;
mod annotate;
mod fixes;
mod gather;
mod judge;
#[cfg(any(feature = "serve", feature = "mcp"))]
mod one;
mod patch;
mod since;
mod watch;

#[cfg(any(feature = "serve", feature = "mcp"))]
pub use one::{day_given, lint_bytes};

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::arguments::{Colour, LintArguments};
use super::progress::Progress;
use super::report::{Linted, Look, Results};
use super::settings::Settings;
use super::{Outcome, Terminal, complain, fail, tell};
use crate::check::{Draft, Fingerprint, Rereader, Style, mend};
use crate::finding::Severity;
use crate::workspace::{Problem, Setting, guarded};
use gather::{Asked, Gathered};
use judge::Judge;

/// Columns where nobody says how many there are.
const WIDTH: usize = 120;
/// In fewer columns no line of a report would hold a path.
const NARROWEST: usize = 40;

pub(super) fn run(arguments: &LintArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let progress = Arc::new(Progress::new(terminal.progress));
    let named = arguments.baseline.as_deref().or(arguments.write_baseline.as_deref());
    let settings = || Settings::new(&arguments.against).showing(&progress).with_baseline(named, arguments.write_baseline.is_some());
    if arguments.watch {
        return watch::run(arguments, &settings, &progress, terminal);
    }
    once(arguments, &mut settings(), &progress, terminal)
}

/// Checks all drafts and reports.
fn once(arguments: &LintArguments, settings: &mut Settings, progress: &Progress, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let gathered = gather::drafts(arguments, settings, progress, terminal);
    let Gathered { drafts, mut problems, named, stdin } = match gathered {
        Ok(gathered) => gathered,
        Err(problem) => return fail(terminal, problem),
    };
    if let Some(copy) = &arguments.annotate
        && let Err(problem) = annotate::allowed(&drafts, &problems, copy)
    {
        return fail(terminal, problem);
    }
    let against = match settings.against() {
        Ok(against) => against,
        Err(error) => return fail(terminal, error),
    };
    if drafts.is_empty() && problems.is_empty() && arguments.since.is_none() {
        let folder = named.first().map_or_else(String::new, |folder| format!(" in {}", folder.display()));
        tell(terminal.err, format!("there are no drafts{folder}"))?;
    }
    let mut is_unreadable = !problems.is_empty();
    let today = arguments.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let count = drafts.len();
    let checked: Vec<Result<Checked, Problem>> = drafts
        .into_par_iter()
        .map(|asked| {
            let (path, setting) = (asked.path.clone(), settings.loaded(asked.key.as_ref()));
            let checked = guarded(&path, || check_draft(asked, setting, arguments, today))?;
            progress.count("checking drafts", count);
            checked
        })
        .collect();
    progress.clear();
    let mut drafts = Vec::with_capacity(checked.len());
    for outcome in checked {
        match outcome {
            Ok(checked) => drafts.push(checked),
            Err(problem) => {
                is_unreadable = true;
                problems.push(problem);
            }
        }
    }

    if arguments.mends() || arguments.diff {
        tell_of_documents(&drafts, terminal)?;
    }
    if arguments.diff {
        problems.extend(settings.problems());
        return fixes::show(&drafts, problems, is_unreadable, arguments, terminal);
    }
    let mut fixed = 0;
    if arguments.mends() {
        let left_alone = fixes::write(&mut drafts, &named, stdin.as_ref(), &mut fixed, terminal)?;
        is_unreadable |= !left_alone.is_empty();
        problems.extend(left_alone);
    }
    if let Some(copy) = &arguments.annotate {
        let left_alone = annotate::write(&mut drafts, copy, stdin.as_ref(), arguments.quiet, terminal)?;
        is_unreadable |= !left_alone.is_empty();
        problems.extend(left_alone);
    }
    if let Err(problem) = accept::keep_baselines(&mut drafts, settings, arguments, today, terminal)? {
        is_unreadable = true;
        problems.push(problem);
    }

    let fail_on = arguments.fail_on.or(settings.fail_on()).unwrap_or(Severity::Warning);
    let drafts = drafts.into_iter().map(|checked| checked.linted).collect();
    let has_baseline = settings.all().any(|setting| setting.baseline.path.is_some());
    let mut results = Results { drafts, problems, against, fail_on, fixed, has_baseline };
    let in_markup: Vec<Problem> = results.drafts.iter().flat_map(markup_problems).collect();
    results.problems.extend(in_markup);
    results.problems.extend(settings.problems());
    results.problems.sort();
    results.problems.dedup();

    let look = look(arguments, terminal);
    let format = arguments.reports();
    // The draft's own text is on standard output.
    let out = if arguments.prints_draft() { &mut *terminal.err } else { &mut *terminal.out };
    format.write(&results, out, &look)?;
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

/// Says which drafts are left as they are, whatever is found in them.
fn tell_of_documents(drafts: &[Checked], terminal: &mut Terminal<'_>) -> io::Result<()> {
    let documents = drafts.iter().filter(|checked| !checked.linted.draft.document.format().is_text());
    let names: Vec<String> = documents.map(|checked| checked.linted.path.display().to_string()).collect();
    if names.is_empty() { Ok(()) } else { tell(terminal.err, format!("no fixes are written into Word documents: {}", names.join(", "))) }
}

fn look(arguments: &LintArguments, terminal: &Terminal<'_>) -> Look {
    let coloured = match arguments.color {
        Colour::Auto => terminal.is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        Colour::Always => true,
        Colour::Never => false,
    };
    Look { width: terminal.width.unwrap_or(WIDTH).max(NARROWEST), coloured, is_quiet: arguments.quiet }
}

/// A draft as checked, and what was done about it.
struct Checked {
    linted: Linted,
    key: Option<PathBuf>,
    /// Of all that was found in it, whatever is told.
    prints: Vec<Fingerprint>,
    /// As it was, where fixes were made.
    mended: Option<Mended>,
}

/// A draft as it was, in which fixes were made.
struct Mended {
    before: Draft,
    prints: Vec<Fingerprint>,
    fixes: usize,
}

impl Checked {
    /// Forgets the fixes: the draft stays as it was.
    fn take_back(&mut self) {
        if let Some(Mended { before, prints, .. }) = self.mended.take() {
            (self.linted.draft, self.prints) = (before, prints);
        }
    }
}

fn check_draft(asked: Asked, setting: &Setting, arguments: &LintArguments, today: Date) -> Result<Checked, Problem> {
    let Asked { path, document, key, before } = asked;
    let config = setting.config_at(Some(&path));
    let style = Style { config: &config, as_of: arguments.as_of };
    let corpus = &*setting.corpus;
    let fault = |error: &dyn std::fmt::Display| Problem::new(&path, error);
    let judge = Judge { path: &path, baseline: &setting.baseline, arguments, before: before.as_deref(), today };
    let are_fixes_shown = arguments.reports().shows_fixes && !arguments.diff || arguments.annotate.is_some();
    let tried = |draft: Draft, rereader| if are_fixes_shown { draft.tried(rereader, corpus, style) } else { draft };
    let mut rereader = Rereader::default();
    let mut draft = rereader.draft(document, corpus, style).map_err(|error| fault(&error))?;
    // None is made of a Word document, nor told as one that could be; a comment says what is meant.
    if !draft.document.format().is_text() && arguments.annotate.is_none() {
        draft.take_fixes();
    }
    let mut mended = None;
    if arguments.mends() {
        let before = draft.clone();
        let after = mend(draft, rereader, (corpus, style), |draft| judge.proposed(draft)).map_err(|error| fault(&error))?;
        (draft, rereader) = (after.draft, after.rereader);
        if after.fixes > 0 {
            let (before, prints) = judge.judged(tried(before, rereader.clone()));
            mended = Some(Mended { before: before.for_reports(), prints, fixes: after.fixes });
        }
    }
    let (draft, prints) = judge.judged(tried(draft, rereader));
    Ok(Checked { linted: Linted { path: path.clone(), draft: draft.for_reports() }, key, prints, mended })
}

/// What is wrong with a draft's markup; it was checked all the same.
fn markup_problems(Linted { path, draft }: &Linted) -> impl Iterator<Item = Problem> {
    draft.document.problems().iter().map(|(span, message)| {
        let line = draft.document.position(span.start).line + 1;
        Problem::new(path, format!("line {line}: {message}"))
    })
}
