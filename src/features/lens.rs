//! The line above a headline: how much of the draft the sources bear out.

use super::Draft;
use crate::corpus::{FigureAttestation, FigureQuestion, NameQuestion, QuoteQuestion};
use crate::finding::Severity;
use crate::markup::BlockKind;
use crate::reader::{Agreement, MentionKind};
use crate::text::Span;
use crate::thresholds::WORTH_SHOWING;

/// What is said of a draft as a whole, and where: bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    pub span: Span,
    pub words: String,
}

/// How many facts of the draft are attested, which is that a source says the same of the same thing, differ, and are new to the corpus; none for a draft that says nothing checkable.
/// A person, place or organisation is one fact however often it stands, as is each figure and quotation.
pub fn lens(draft: &Draft) -> Option<Lens> {
    // Of a demonstration: nobody wants to hear how little it has to do with the draft.
    if draft.dossier.heard.is_apart() {
        return None;
    }
    let headline = draft.document.blocks().iter().find(|block| block.kind == BlockKind::Headline);
    let span = headline.or(draft.document.blocks().first())?.source;
    let differing = |at: Span| draft.findings.iter().any(|finding| is_difference(finding) && finding.span.overlaps(at));
    let today = draft.document.date();
    let (mut attested, mut new) = (0_usize, 0_usize);
    for subject in &draft.reading.subjects {
        let spans = || subject.mentions.iter().map(|&id| draft.document.to_source(draft.reading.mention(id).at));
        if spans().any(differing) {
            continue;
        }
        let known = draft.dossier.name(&NameQuestion::about(&draft.reading, subject)).is_some_and(|answer| !answer.known.is_empty());
        *(if known { &mut attested } else { &mut new }) += 1;
    }
    for mention in &draft.reading.mentions {
        let known = match &mention.kind {
            MentionKind::Figure(figure) => FigureQuestion::about(mention).is_some_and(|question| {
                let agrees =
                    |one: &FigureAttestation| one.agreement(figure, today) == Agreement::Agree && one.likeness.on(today) >= WORTH_SHOWING;
                draft.dossier.figures(&question).iter().any(agrees)
            }),
            MentionKind::Quote(quote) => QuoteQuestion::about(&draft.reading, quote)
                .is_some_and(|question| draft.dossier.quotes(&question).iter().any(|one| one.alignment.differences.is_empty())),
            _ => false,
        };
        attested += usize::from(known && !differing(draft.document.to_source(mention.at)));
    }
    let differ = draft.findings.iter().filter(|finding| is_difference(finding)).count();
    if attested + new + differ == 0 {
        return None;
    }
    let facts = if attested == 1 { "fact" } else { "facts" };
    Some(Lens { span, words: format!("{attested} {facts} attested, {differ} differ, {new} new to the corpus") })
}

/// Whether a finding says that the draft differs, and not how it is set.
fn is_difference(finding: &crate::finding::Finding) -> bool {
    finding.severity >= Severity::Warning
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;

    #[test]
    fn what_nobody_knows_is_new() {
        let draft = checked("# Rain\n\nThe engineer Anna Brandvold met Peter Mara. Brandvold left.\n", Format::Markdown);
        let lens = lens(&draft).expect("something checkable");
        assert_eq!((lens.words.as_str(), lens.span.start), ("0 facts attested, 0 differ, 2 new to the corpus", 2));
        assert_eq!(super::lens(&checked("it rained\n", Format::Markdown)), None);
    }
}
