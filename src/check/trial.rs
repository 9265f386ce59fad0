//! Fixes on trial: what one brings is seen by making it and checking the draft that comes of it. A rule knows its own finding only, and
//! not what all the others would say of the words that it puts in.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Draft, GoOn, Rereader, SetAside, Style, Why, reaching};
use crate::corpus::Corpus;
use crate::finding::{Finding, Fix, Severity};
use crate::text::{Span, TextEdit, apply};

/// So much text is checked again for the fixes of one draft, in bytes, before they are tried many at a time.
const TRIED_ONE_BY_ONE: usize = 4 << 20;
/// However long a draft is, its fixes have so many trials.
const FEWEST_TRIALS: usize = 4;

/// A fix with the finding that it mends.
pub type Proposed<'f> = (&'f Finding, &'f Fix);

/// A draft beside what it would be with some edits made.
pub struct Trial<'t> {
    draft: &'t Draft,
    rereader: Rereader,
    corpus: &'t dyn Corpus,
    style: Style<'t>,
    go_on: GoOn<'t>,
}

impl<'t> Trial<'t> {
    /// `rereader` has read the draft, so that only what is edited has to be read anew. Once it doesn't go on, nothing holds any more.
    pub fn new(draft: &'t Draft, rereader: Rereader, corpus: &'t dyn Corpus, style: Style<'t>, go_on: GoOn<'t>) -> Self {
        Self { draft, rereader, corpus, style, go_on }
    }

    /// Whether all that comes of some edits is that the findings they mend are gone. A hint may come: it asks for more than what is right.
    /// So may another finding of the same rule elsewhere, as when a name has two slips.
    pub fn holds(&mut self, edits: &[TextEdit], mended: &[&Finding]) -> bool {
        let source = self.draft.document.source();
        let text = apply(source, edits);
        if *text == **source {
            return false;
        }
        let document = self.draft.document.with_text(text.into());
        let Ok(after) = self.rereader.draft_while(document, self.corpus, self.style, self.go_on) else { return false };
        if !after.is_whole {
            return false;
        }
        let mut edits: Vec<&TextEdit> = edits.iter().collect();
        edits.sort_by_key(|edit| edit.span);
        let is_mended = |finding: &Finding| mended.iter().any(|one| std::ptr::eq(*one, finding));
        let mut before: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        // What the desk has accepted is found again.
        let is_accepted = |aside: &&SetAside| matches!(aside.why, Why::Accepted(_));
        let set_aside = self.draft.set_aside.iter().filter(is_accepted).map(|aside| &aside.finding);
        for finding in self.draft.findings.iter().filter(|finding| !is_mended(finding)).chain(set_aside) {
            before.entry(finding.rule.name).or_default().push(moved(finding.span, &edits));
        }
        for spans in before.values_mut() {
            spans.sort_unstable();
        }
        let changed: Vec<Span> = edits.iter().map(|edit| edit.span).chain(mended.iter().map(|finding| finding.span)).collect();
        let changed: Vec<Span> = changed.into_iter().map(|span| moved(span, &edits)).collect();
        let is_of_mended = |finding: &Finding| mended.iter().any(|one| one.rule == finding.rule);
        let mut told = after.findings.iter().filter(|finding| finding.rule.severity > Severity::Hint || is_of_mended(finding));
        told.all(|finding| {
            let was_there = before.get(finding.rule.name).is_some_and(|spans| reaches(spans, finding.span));
            let is_next = || is_of_mended(finding) && !changed.iter().any(|span| meets(*span, finding.span));
            was_there || is_next()
        })
    }

    /// Of some fixes those that hold, each made by itself where there are not too many for that.
    pub fn sound<'f>(&mut self, fixes: &[Proposed<'f>]) -> Vec<Proposed<'f>> {
        let most = self.most();
        self.sound_of_groups(fixes, if fixes.len() <= most { 1 } else { fixes.len().div_ceil(most / 2) })
    }

    /// The edits that make as many of some fixes as hold when they are made together, with the findings that these mend; none where no fix
    /// holds.
    pub fn together<'f>(&mut self, fixes: &[Proposed<'f>]) -> Option<(Vec<TextEdit>, Vec<&'f Finding>)> {
        let mut sound = self.sound_of_groups(fixes, fixes.len());
        sound.sort_by_key(|(finding, _)| finding.span);
        // What held in two groups may not hold in one: then the first is made, and whoever wants more asks again.
        [sound.len(), 1].into_iter().filter(|&count| count <= sound.len()).find_map(|count| {
            let (edits, findings) = joined(sound[..count].iter().copied());
            (!edits.is_empty() && self.holds(&edits, &findings)).then_some((edits, findings))
        })
    }

    /// How often the draft may be checked again.
    fn most(&self) -> usize {
        (TRIED_ONE_BY_ONE / self.draft.document.source().len().max(1)).max(FEWEST_TRIALS)
    }

    /// Those that hold, tried so many together, and where these don't hold in halves. What is left when there have been as many trials as may
    /// be counts as not holding.
    fn sound_of_groups<'f>(&mut self, fixes: &[Proposed<'f>], together: usize) -> Vec<Proposed<'f>> {
        let mut left = self.most();
        let mut waiting: Vec<Vec<Proposed<'f>>> = fixes.chunks(together.max(1)).map(<[_]>::to_vec).collect();
        let mut sound = Vec::new();
        while let Some(group) = waiting.pop().filter(|_| left > 0) {
            let (group, clashing) = apart(group);
            waiting.extend(Some(clashing).filter(|clashing| !clashing.is_empty()));
            left -= 1;
            if self.hold(&group) {
                sound.extend(group);
            } else if group.len() > 1 {
                waiting.extend(group.chunks(group.len().div_ceil(2)).map(<[_]>::to_vec));
            }
        }
        sound
    }

    fn hold(&mut self, fixes: &[Proposed<'_>]) -> bool {
        let edits: Vec<TextEdit> = fixes.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
        let mended: Vec<&Finding> = fixes.iter().map(|(finding, _)| *finding).collect();
        self.holds(&edits, &mended)
    }
}

impl Draft {
    /// The draft with those fixes alone that hold when they are made. `rereader` has read it.
    #[must_use]
    pub fn tried(mut self, rereader: Rereader, corpus: &dyn Corpus, style: Style<'_>) -> Self {
        let fixes: Vec<Proposed<'_>> =
            self.findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))).collect();
        if fixes.is_empty() {
            return self;
        }
        let sound: FxHashSet<*const Fix> = Trial::new(&self, rereader, corpus, style, &|| true)
            .sound(&fixes)
            .into_iter()
            .map(|(_, fix)| std::ptr::from_ref(fix))
            .collect();
        let kept: Vec<bool> = fixes.iter().map(|(_, fix)| sound.contains(&std::ptr::from_ref(*fix))).collect();
        let mut kept = kept.into_iter();
        for finding in &mut self.findings {
            finding.fixes.retain(|_| kept.next().unwrap_or_default());
        }
        self
    }
}

/// The edits of some fixes, those left out that would touch what an earlier one changes.
pub fn joined<'f>(fixes: impl IntoIterator<Item = Proposed<'f>>) -> (Vec<TextEdit>, Vec<&'f Finding>) {
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut mended = Vec::new();
    for (finding, Fix { edits: new, .. }) in fixes {
        let clashes =
            new.iter().any(|edit| edits.iter().any(|other| edit != other && (edit.span.overlaps(other.span) || edit.span == other.span)));
        if clashes {
            continue;
        }
        edits.extend(new.iter().filter(|edit| !edits.contains(edit)).cloned().collect::<Vec<_>>());
        mended.push(finding);
    }
    edits.sort();
    (edits, mended)
}

/// Those fixes of a group that touch nothing that an earlier one changes, and the others.
fn apart(group: Vec<Proposed<'_>>) -> (Vec<Proposed<'_>>, Vec<Proposed<'_>>) {
    let mut taken: Vec<Span> = Vec::new();
    group.into_iter().partition(|(finding, fix)| {
        let spans = || fix.edits.iter().map(|edit| edit.span).chain([finding.span]);
        let is_apart = spans().all(|span| !taken.iter().any(|other| meets(*other, span)));
        if is_apart {
            taken.extend(spans());
        }
        is_apart
    })
}

/// Where a span stands once edits, in order, are made.
fn moved(span: Span, edits: &[&TextEdit]) -> Span {
    let place = |offset: u32, is_end: bool| {
        let (mut added, mut taken) = (0_u32, 0_u32);
        for edit in edits {
            let length = edit.text.len() as u32;
            if edit.span.end <= offset {
                (added, taken) = (added + length, taken + edit.span.len());
            } else if edit.span.start < offset {
                (added, taken) = (added + if is_end { length } else { 0 }, taken + (offset - edit.span.start));
            }
        }
        (offset + added).saturating_sub(taken)
    };
    Span::new(place(span.start, false), place(span.end, true))
}

/// Whether one of some spans in order, which are apart, meets another one.
fn reaches(spans: &[Span], other: Span) -> bool {
    reaching(spans, other).is_some_and(|at| meets(spans[at], other))
}

/// Whether two spans share something, or are one place.
fn meets(a: Span, b: Span) -> bool {
    a.overlaps(b) || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_moves_with_what_is_put_in_before_it_and_around_it() {
        let edit = |start, end, text: &str| TextEdit { span: Span::new(start, end), text: text.to_owned() };
        let edits = [edit(0, 3, "three"), edit(10, 10, "xx"), edit(20, 26, "y")];
        let moved = |start, end| moved(Span::new(start, end), &edits.iter().collect::<Vec<_>>());
        assert_eq!(moved(0, 3), Span::new(0, 5));
        assert_eq!(moved(5, 8), Span::new(7, 10));
        assert_eq!(moved(12, 15), Span::new(16, 19));
        assert_eq!(moved(22, 24), Span::new(24, 25), "within what is replaced, it is all of what comes there");
        assert_eq!(moved(26, 30), Span::new(25, 29));
    }
}
