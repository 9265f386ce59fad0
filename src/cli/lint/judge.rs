//! What becomes of a finding: whether it was asked for, is accepted, or stands on a line that has changed.

use std::path::Path;

use jiff::civil::Date;

use super::super::arguments::LintArguments;
use super::since::Changed;
use crate::check::{Draft, Fate, Fingerprint, Proposed};
use crate::finding::Finding;
use crate::workspace::Baseline;

/// Judges the findings of one draft.
pub(super) struct Judge<'a> {
    pub(super) path: &'a Path,
    pub(super) baseline: &'a Baseline,
    pub(super) arguments: &'a LintArguments,
    /// The text that has changed; none where all of it counts.
    pub(super) before: Option<&'a str>,
    pub(super) today: Date,
}

impl Judge<'_> {
    /// A draft with what is told, and beside it what is accepted; and what is known of all that was found in it.
    pub(super) fn judged(&self, mut draft: Draft) -> (Draft, Vec<Fingerprint>) {
        let prints = draft.fingerprinted().map(|(_, print)| print).collect();
        let changed = self.changed(&draft);
        draft.sort_out(|finding, print| self.fate(changed.as_ref(), finding, print));
        draft.set_aside.retain(|aside| self.is_asked_for(changed.as_ref(), &aside.finding));
        (draft, prints)
    }

    /// The fixes to be made of a draft: those of what is told that are settled, or that were asked for and leave no choice.
    pub(super) fn proposed<'d>(&self, draft: &'d Draft) -> Vec<Proposed<'d>> {
        let changed = self.changed(draft);
        let told = draft.fingerprinted().filter(|(finding, print)| self.fate(changed.as_ref(), finding, *print) == Fate::Told);
        let may = |finding: &Finding| {
            finding.safe_fix().is_some() || finding.fix().is_some() && self.arguments.takes_suggestions_of(finding.rule.name)
        };
        told.filter(|(finding, _)| may(finding)).filter_map(|(finding, _)| Some((finding, finding.fix()?))).collect()
    }

    fn changed(&self, draft: &Draft) -> Option<Changed> {
        self.before.map(|before| Changed::between(before, &draft.document))
    }

    fn fate(&self, changed: Option<&Changed>, finding: &Finding, print: Fingerprint) -> Fate {
        if let Some(accepted) = self.baseline.accepted(self.path, print, self.today) {
            Fate::SetAside(accepted)
        } else if self.is_asked_for(changed, finding) {
            Fate::Told
        } else {
            Fate::LeftOut
        }
    }

    fn is_asked_for(&self, changed: Option<&Changed>, finding: &Finding) -> bool {
        self.arguments.wants(finding) && changed.is_none_or(|changed| changed.touches(finding))
    }
}
