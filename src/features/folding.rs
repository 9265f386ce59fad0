//! Folding: the parts of a draft that an editor can put away: its front matter, and what stands under each heading.

use super::Draft;
use crate::markup::BlockKind;

/// Lines that can be folded, counted from 0, both within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    pub first: u32,
    pub last: u32,
}

/// All that can be folded, in the order of the text; nothing on one line.
pub fn folds(draft: &Draft) -> Vec<Fold> {
    let line = |offset: u32| draft.document.position(offset).line;
    let mut folds = Vec::new();
    let front = draft.document.front_matter().source;
    if !front.is_empty() {
        folds.push(Fold { first: line(front.start), last: line(front.end.saturating_sub(1)) });
    }
    let blocks = draft.document.blocks();
    let headings = blocks.iter().enumerate().filter(|(_, block)| matches!(block.kind, BlockKind::Headline | BlockKind::Heading));
    for (index, heading) in headings {
        let below = blocks[index + 1..].iter().take_while(|block| !matches!(block.kind, BlockKind::Headline | BlockKind::Heading));
        if let Some(end) = below.last().map(|block| block.source.end) {
            folds.push(Fold { first: line(heading.source.start), last: line(end.saturating_sub(1)) });
        }
    }
    folds.retain(|fold| fold.first < fold.last);
    folds
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked;
    use super::*;
    use crate::markup::Format;

    #[test]
    fn front_matter_and_sections() {
        let text = "---\ndate: 2024-03-01\n---\n\n# Rain\n\nIt rained.\n\nOn it went.\n\n## More\n\n## Sun\n\nIt shone.\n";
        let expected = [Fold { first: 0, last: 2 }, Fold { first: 4, last: 8 }, Fold { first: 12, last: 14 }];
        assert_eq!(folds(&checked(text, Format::Markdown)), expected);
        assert_eq!(folds(&checked("It rained.\n", Format::Markdown)), []);
    }
}
