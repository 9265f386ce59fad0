//! The line above a headline: how much of the draft the sources bear out.

use super::Draft;
use super::dossier::{Summary, dossier};
use crate::markup::BlockKind;
use crate::text::Span;

/// What is said of a draft as a whole, and where: bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    pub span: Span,
    pub words: String,
}

/// How many facts of the draft are attested, which is that a source says the same of the same thing, differ, and are new to the archive;
/// none for a draft that says nothing checkable, nor for one that the demonstration has nothing to do with.
pub fn lens(draft: &Draft) -> Option<Lens> {
    let headline = draft.document.blocks().iter().find(|block| block.kind == BlockKind::Headline);
    let span = headline.or(draft.document.blocks().first())?.source;
    if draft.dossier.heard.is_apart() {
        return None;
    }
    let summary = Summary::of(draft, &dossier(draft));
    (summary != Summary::default()).then(|| Lens { span, words: summary.words() })
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
        assert_eq!((lens.words.as_str(), lens.span.start), ("0 facts attested, 0 differ, 2 new to the archive", 2));
        assert_eq!(super::lens(&checked("it rained\n", Format::Markdown)), None);
    }
}
