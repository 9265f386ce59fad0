//! The baselines after a check: what is accepted anew goes in, what is gone is told, and taken out where that is asked for.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::super::arguments::LintArguments;
use super::super::report::counted;
use super::super::settings::Settings;
use super::super::{Terminal, tell};
use super::Checked;
use crate::check::{Fate, Fingerprint, Why};
use crate::workspace::{Baseline, Problem};

/// Brings the baselines up to what was found; why one can't be is returned.
pub(super) fn keep_baselines(
    drafts: &mut [Checked],
    settings: &Settings,
    arguments: &LintArguments,
    today: Date,
    terminal: &mut Terminal<'_>,
) -> io::Result<Result<(), Problem>> {
    // One file may be that of several configurations.
    let named: BTreeMap<&PathBuf, &Baseline> =
        settings.all().filter_map(|setting| Some((setting.baseline.path.as_ref()?, &setting.baseline))).collect();
    for (path, before) in named {
        let mut baseline = before.clone();
        let is_its = |checked: &Checked| settings.loaded(checked.key.as_ref()).baseline.path.as_ref() == Some(path);
        if arguments.write_baseline.is_some() {
            for checked in drafts.iter_mut().filter(|checked| is_its(checked)) {
                accept(checked, &mut baseline, today);
            }
        }
        let found: Vec<(&Path, &[Fingerprint])> =
            drafts.iter().filter(|checked| is_its(checked)).map(|checked| (&*checked.linted.path, checked.prints.as_slice())).collect();
        let gone = baseline.gone(&found);
        if gone > 0 {
            let (verb, them) = if gone == 1 { ("is", "it") } else { ("are", "them") };
            let what = format!("{} that it accepts {verb} gone", counted(gone, "finding"));
            let done = if arguments.prune_baseline { format!("took {them} out") } else { format!("--prune-baseline takes {them} out") };
            tell(terminal.err, Problem::new(path, format!("{what}; {done}")))?;
        }
        let over = baseline.over(today);
        if over > 0 {
            let which = if over == 1 { "1 entry holds".to_owned() } else { format!("{over} entries hold") };
            tell(terminal.err, Problem::new(path, format!("{which} no longer, the day being over")))?;
        }
        if arguments.prune_baseline {
            baseline = baseline.without_gone(&found);
        }
        if (arguments.prune_baseline || arguments.write_baseline.is_some())
            && let Err(problem) = baseline.write()
        {
            return Ok(Err(problem));
        }
    }
    Ok(Ok(()))
}

/// Accepts all that is told of a draft.
fn accept(checked: &mut Checked, baseline: &mut Baseline, today: Date) {
    let (path, draft) = (&checked.linted.path, &checked.linted.draft);
    for (finding, print) in draft.fingerprinted() {
        baseline.accept(path, print, finding, finding.span.text(draft.document.source()), today);
    }
    let (draft, accepted) = (&mut checked.linted.draft, &*baseline);
    draft.sort_out(|_, print| Fate::SetAside(Why::Accepted(accepted.of(path, print).and_then(|accepted| accepted.reason.clone()))));
}
