//! Which lines of a draft have changed since a revision, and whether a finding is about any of them.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Document;
use crate::finding::Finding;
use crate::text::Span;

/// The changed lines of a draft.
pub(super) struct Changed {
    /// The first and last byte of the draft's lines that are new, in order.
    spans: Vec<Span>,
}

impl Changed {
    /// What is new in a draft since it was `before`. How lines end is of no account.
    pub(super) fn between(before: &str, draft: &Document) -> Self {
        let (before, now) = (lines(before), lines(draft.source()));
        let (old, new): (Vec<&str>, Vec<&str>) = (before.iter().map(|line| line.1).collect(), now.iter().map(|line| line.1).collect());
        let is_new = |op: &DiffOp| !op.new_range().is_empty() && !matches!(op, DiffOp::Equal { .. });
        let spans = capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().filter(is_new).map(|op| {
            let lines = &now[op.new_range()];
            let end = lines.last().map_or(0, |(start, line)| start + line.len());
            Span::new(lines.first().map_or(0, |(start, _)| *start) as u32, end as u32)
        });
        Self { spans: spans.collect() }
    }

    /// Whether a finding, or a place that it is about, stands on a changed line.
    pub(super) fn touches(&self, finding: &Finding) -> bool {
        let mut places = std::iter::once(finding.span).chain(finding.related.iter().map(|(span, _)| *span));
        places.any(|place| {
            let first = self.spans.partition_point(|span| span.end < place.start);
            self.spans.get(first).is_some_and(|span| span.start <= place.end)
        })
    }
}

/// The lines of a text without what ends them, each with the byte that it starts at.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let at = start;
            start += line.len();
            (at, line.trim_end_matches(['\n', '\r']))
        })
        .collect()
}
