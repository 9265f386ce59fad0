//! Where findings stand in a draft as it is read: which words of which block are marked, and beside which block each note stands.

use rustc_hash::FxHashSet;

use super::note::SHOWN;
use crate::document::Document;
use crate::finding::Finding;
use crate::text::Span;

/// Words of a block that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Bytes of the block's text.
    pub(super) span: Span,
    /// The finding, by its place in the draft's list.
    pub(super) finding: usize,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The words pointed at. What is split between blocks ends in the last of them.
    Words { is_end: bool },
    /// The other place of this number.
    Also(usize),
}

/// A stretch of a block's text over which the same is said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    pub(super) span: Span,
    /// What covers it.
    pub(super) over: Vec<&'a Place>,
    /// What begins and what ends with it.
    pub(super) begins: Vec<&'a Place>,
    pub(super) ends: Vec<&'a Place>,
}

#[derive(Debug, Default)]
pub(super) struct Places {
    /// By block.
    blocks: Vec<Vec<Place>>,
    /// By block, and last what stands behind all of them.
    notes: Vec<Vec<usize>>,
    /// The findings that have a place of a role.
    known: FxHashSet<(usize, Role)>,
}

impl Places {
    pub(super) fn of(document: &Document, findings: &[Finding]) -> Self {
        let blocks = document.blocks();
        let (by_block, notes) = (vec![Vec::new(); blocks.len()], vec![Vec::new(); blocks.len() + 1]);
        let mut places = Self { blocks: by_block, notes, known: FxHashSet::default() };
        for (index, finding) in findings.iter().enumerate() {
            let words = in_blocks(document, finding.span);
            for (nth, &(block, span)) in words.iter().enumerate() {
                let role = Role::Words { is_end: nth + 1 == words.len() };
                places.add(block, Place { span, finding: index, role });
            }
            // What is said of the front matter or of a mark stands beside the words that follow.
            let after = || blocks.partition_point(|block| block.source.end <= finding.span.start);
            places.notes[words.first().map_or_else(after, |(block, _)| *block)].push(index);
            // Only those that the note leads to: each of a thousand findings may concern the places of all others.
            for (nth, (span, _)) in finding.related.iter().enumerate().take(SHOWN) {
                for (block, span) in in_blocks(document, *span).into_iter().take(1) {
                    places.add(block, Place { span, finding: index, role: Role::Also(nth) });
                }
            }
        }
        places
    }

    fn add(&mut self, block: usize, place: Place) {
        self.known.insert((place.finding, place.role));
        self.blocks[block].push(place);
    }

    /// The findings whose notes stand beside a block, or behind all blocks.
    pub(super) fn notes(&self, block: usize) -> &[usize] {
        &self.notes[block]
    }

    /// Whether a place of this role is anywhere.
    pub(super) fn has(&self, finding: usize, role: Role) -> bool {
        self.known.contains(&(finding, role))
    }

    /// A block's text in stretches, in order and without a gap.
    pub(super) fn stretches(&self, block: usize, text: &str) -> Vec<Stretch<'_>> {
        let places = &self.blocks[block];
        let mut edges: Vec<u32> = places.iter().flat_map(|place| [place.span.start, place.span.end]).collect();
        edges.extend([0, text.len() as u32]);
        edges.sort_unstable();
        edges.dedup();
        edges
            .windows(2)
            .map(|edge| Stretch {
                span: Span::new(edge[0], edge[1]),
                over: places.iter().filter(|place| place.span.start <= edge[0] && edge[1] <= place.span.end).collect(),
                begins: places.iter().filter(|place| place.span.start == edge[0]).collect(),
                ends: places.iter().filter(|place| place.span.end == edge[1]).collect(),
            })
            .collect()
    }
}

/// The words at bytes of the source, in each block that has some of them.
fn in_blocks(document: &Document, span: Span) -> Vec<(usize, Span)> {
    let blocks = document.blocks();
    let from = blocks.partition_point(|block| block.source.end <= span.start);
    let within = blocks.iter().enumerate().skip(from).take_while(|(_, block)| block.source.start < span.end);
    within
        .filter_map(|(index, block)| {
            let (start, end) = (span.start.max(block.source.start), span.end.min(block.source.end));
            // Markup in between is no prose: from its start on, or up to its end, the nearest is.
            let start = (start..end).find_map(|offset| block.from_source(offset))?;
            let end = (span.start..=end).rev().find_map(|offset| block.from_source(offset))?;
            let is_whole = block.text.get(start as usize..end as usize).is_some_and(|words| !words.is_empty());
            is_whole.then_some((index, Span::new(start, end)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Format;

    fn document(source: &str) -> Document {
        Document::parse(source.into(), Format::Markdown)
    }

    #[test]
    fn words_are_found_in_the_blocks_that_have_them() {
        let document = document("# Anja **Kowal**czik\n\nShe left &amp; came.\n");
        let source = document.source().clone();
        let of = |words: &str| {
            let start = source.find(words).expect("is there");
            let places = in_blocks(&document, Span::of(start..start + words.len()));
            places.into_iter().map(|(block, span)| span.text(&document.blocks()[block].text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("**Kowal**czik"), ["Kowalczik"]);
        assert_eq!(of("left &amp; came"), ["left & came"]);
        assert_eq!(of("czik\n\nShe"), ["czik", "She"]);
        assert!(of("# ").is_empty());
    }

    #[test]
    fn stretches_cover_the_text_and_know_what_is_over_them() {
        let place = |start, end, finding, role| Place { span: Span::new(start, end), finding, role };
        let words = Role::Words { is_end: true };
        let places = Places {
            blocks: vec![vec![place(2, 8, 0, words), place(4, 6, 1, words), place(6, 10, 2, Role::Also(0))]],
            ..Places::default()
        };
        let stretches = places.stretches(0, "0123456789");
        let told: Vec<(u32, u32, Vec<usize>)> = stretches
            .iter()
            .map(|stretch| (stretch.span.start, stretch.span.end, stretch.over.iter().map(|place| place.finding).collect()))
            .collect();
        assert_eq!(told, [(0, 2, vec![]), (2, 4, vec![0]), (4, 6, vec![0, 1]), (6, 8, vec![0, 2]), (8, 10, vec![2])]);
        assert_eq!(stretches[2].ends.len(), 1);
        assert_eq!(stretches[3].begins[0].role, Role::Also(0));
    }
}
