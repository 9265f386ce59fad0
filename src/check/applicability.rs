//! Which fixes may be made without a person looking at them. It is decided here for all rules: a rule only says what its fixes can
//! be at most.

use crate::corpus::{Citation, NameAnswer, NameQuestion, Standing};
use crate::finding::{Applicability, Finding, Fix};
use crate::reader::MentionKind;
use crate::rules::Case;
use crate::text::{Span, apply_within};

/// Makes safe what is settled: one replacement is meant, and the desk has decided it, or at least two sources bear it out and
/// nothing else comes into question.
pub(super) fn settle(case: &Case<'_>, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.rule.fixes == Applicability::Safe) {
        let settled = finding.fix().is_some_and(|fix| is_decided(finding) || sources(finding) > 1 && !has_rival(case, finding, fix));
        if settled {
            finding.fixes.iter_mut().for_each(|fix| fix.applicability = Applicability::Safe);
        }
    }
}

fn is_decided(finding: &Finding) -> bool {
    finding.evidence.iter().any(|citation| citation.source.standing == Standing::Stylebook)
}

/// How many sources bear a finding out.
fn sources(finding: &Finding) -> usize {
    let from_sources = |citation: &&Citation| citation.source.standing == Standing::Source;
    let mut ids: Vec<&str> = finding.evidence.iter().filter(from_sources).map(|citation| &*citation.source.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// Whether some source writes the name as the draft does, or has another one that is as near to it. Where nothing was asked, one may.
fn has_rival(case: &Case<'_>, finding: &Finding, fix: &Fix) -> bool {
    let written = finding.span.text(case.document.source());
    let meant = apply_within(written, finding.span, &fix.edits);
    let Some(answer) = answer_at(case, finding.span) else { return true };
    let is_attested = !meant.contains(written)
        && answer.known.iter().flat_map(|record| &record.spellings).any(|spelling| spelling.sources > 0 && spelling.form.contains(written));
    let nearest = answer.near.iter().map(|near| near.distance).min();
    let mut as_near = answer.near.iter().filter(|near| Some(near.distance) == nearest);
    is_attested || as_near.any(|near| !near.record.spellings.iter().any(|spelling| spelling.form.contains(&meant)))
}

/// What the corpus knows of the name that a finding points into.
fn answer_at<'a>(case: &Case<'a>, span: Span) -> Option<&'a NameAnswer> {
    let at = case.document.prose_at(span.start)?;
    let subject = case.reading.at(at).into_iter().find_map(|id| match &case.reading.mention(id).kind {
        MentionKind::Name(name) => Some(case.reading.subject(name.subject)),
        _ => None,
    })?;
    case.dossier.name(&NameQuestion::about(case.reading, subject))
}
