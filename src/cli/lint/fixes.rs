//! What comes of fixes: drafts on disk are put in place, one from standard input is printed, and a patch is shown where that is wanted.

use std::io;
use std::path::PathBuf;

use super::super::arguments::LintArguments;
use super::super::report::counted;
use super::super::{Outcome, Terminal, complain, tell};
use super::{Checked, patch};
use crate::workspace::{Problem, encoded_like, rewrite_draft};

/// Writes the mended drafts, and counts their fixes in `fixed`. What is left alone is as it was before; why is returned.
pub(super) fn write(
    drafts: &mut [Checked],
    named: &[PathBuf],
    stdin: Option<&(PathBuf, Vec<u8>)>,
    fixed: &mut usize,
    terminal: &mut Terminal<'_>,
) -> io::Result<Vec<Problem>> {
    let mut left_alone = Vec::new();
    for checked in drafts.iter_mut() {
        let Some(mended) = &checked.mended else { continue };
        let (path, text) = (&checked.linted.path, checked.linted.draft.document.source());
        if stdin.is_some_and(|(name, _)| name == path) {
            *fixed += mended.fixes;
            continue;
        }
        match rewrite_draft(path, named, &mended.before.document, text) {
            Ok(()) => *fixed += mended.fixes,
            Err(problem) => {
                left_alone.push(problem);
                checked.take_back();
            }
        }
    }
    if let Some((name, bytes)) = stdin {
        // Whatever happens, the text is not lost: it may be all that there is of it.
        let mut text = bytes.clone();
        for checked in drafts.iter_mut().filter(|checked| checked.linted.path == *name) {
            let Some(mended) = &checked.mended else { continue };
            match encoded_like(&mended.before.document, bytes, checked.linted.draft.document.source()) {
                Ok(mended) => text = mended,
                Err(why) => {
                    *fixed -= mended.fixes;
                    left_alone.push(Problem::new(name, format!("{why}, and was left as it is")));
                    checked.take_back();
                }
            }
        }
        terminal.out.write_all(&text)?;
    }
    Ok(left_alone)
}

/// Prints what the fixes change as a patch.
pub(super) fn show(
    drafts: &[Checked],
    mut problems: Vec<Problem>,
    mut is_failed: bool,
    arguments: &LintArguments,
    terminal: &mut Terminal<'_>,
) -> io::Result<Outcome> {
    let (mut fixes, mut mendable) = (0, 0);
    for Checked { linted, mended, .. } in drafts {
        let Some(mended) = mended else { continue };
        (fixes, mendable) = (fixes + mended.fixes, mendable + 1);
        match patch::patch(&linted.path, &mended.before.document, linted.draft.document.source()) {
            Ok(patch) => terminal.out.write_all(&patch)?,
            Err(why) => {
                is_failed = true;
                problems.push(Problem::new(&linted.path, why));
            }
        }
    }
    problems.sort();
    complain(terminal, &problems)?;
    if fixes > 0 && !arguments.quiet {
        tell(terminal.err, format!("would make {} in {}", counted_fixes(fixes), counted(mendable, "draft")))?;
    }
    Ok(match fixes {
        _ if is_failed => Outcome::Failed,
        0 => Outcome::Clean,
        _ if arguments.exit_zero => Outcome::Clean,
        _ => Outcome::Findings,
    })
}

fn counted_fixes(count: usize) -> String {
    if count == 1 { "1 fix".to_owned() } else { format!("{count} fixes") }
}
