//! What one text says that can be checked: people, places, organisations, titles, figures, dates and quotations, and the
//! links between them. The same reader reads drafts and sources.
//!
//! Reading has two steps. [`read_block`] looks at one block alone, so that an edit re-reads one block and all others keep
//! what was read before; [`link`] then ties the blocks together: a surname to the fuller name elsewhere, a title to its
//! holder, words to their speaker, a relative date to the article's own.

mod block;
mod by_block;
mod correction;
mod cue_words;
mod dates;
mod figures;
mod link;
mod mention;
mod names;
mod placement;
mod placement_words;
mod side;
mod quotes;
mod remembered;
mod titles;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use block::{BlockReading, read_block};
pub(crate) use correction::is_about_quotation;
pub use dates::{DateMention, Distance, PartialDate, compare_dates, days_between, weekday_name};
pub use figures::{
    Agreement, Context, Dimension, FARTHEST, Figure, FigureMention, Hedge, Period, Rewording, SCORE, Term, Written, as_said, compare,
    compare_numbers, compare_on, compare_values, grouped, is_of_another_unit, leaves_unit_out, rounding, write_figure, write_like,
    write_number,
};
pub use link::link;
pub use mention::{Mention, MentionId, MentionKind, Subject, SubjectId, SubjectKind};
pub use names::{NameEvidence, NameMention, PersonName, Spelling, name_evidence};
pub use placement::{Container, Part, Placement, placements};
pub use quotes::{Join, Quote, SpeakerBasis, Word, WordKind, words};
pub use side::{Side, Spot};
pub use titles::{Status, Title, TitleCandidate};

use crate::document::{Document, ProseSpan};
use crate::markup::BlockKind;
use crate::text::Span;

#[cfg(all(test, feature = "cli"))]
pub(crate) use block::FAULTY;

/// All the mentions of one text, linked to each other.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// In the order of the text; where two start together, the longer first.
    pub mentions: Vec<Mention>,
    /// Whom and what the mentions of names mean: one entry for each person, place or organisation of this text.
    pub subjects: Vec<Subject>,
    /// The blocks as read one by one, beside the document's own.
    pub blocks: Vec<Arc<BlockReading>>,
}

/// Reads a whole document.
pub fn read(document: &Document) -> Reading {
    link(document, read_blocks(document))
}

/// Reads the blocks of a document one by one, those that are alike once.
pub fn read_blocks(document: &Document) -> Vec<Arc<BlockReading>> {
    let mut known: FxHashMap<(BlockKind, &str), Arc<BlockReading>> = FxHashMap::default();
    let mut blocks = Vec::with_capacity(document.blocks().len());
    for block in document.blocks() {
        let reading = known.entry((block.kind.alone(), &block.text)).or_insert_with(|| Arc::new(read_block(block)));
        blocks.push(reading.clone());
    }
    blocks
}

impl Reading {
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }

    pub fn subject(&self, id: SubjectId) -> &Subject {
        &self.subjects[id.index()]
    }

    /// The person or organisation that a mention names.
    pub fn speaker(&self, id: MentionId) -> Option<&Subject> {
        match &self.mentions.get(id.index())?.kind {
            MentionKind::Name(name) => self.subjects.get(name.subject.index()),
            _ => None,
        }
    }

    /// All mentions with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (MentionId, &Mention)> {
        self.mentions.iter().enumerate().map(|(index, mention)| (MentionId::new(index), mention))
    }

    /// The mentions that a cursor at `at` touches, the shortest first.
    pub fn at(&self, at: ProseSpan) -> Vec<MentionId> {
        let from = self.mentions.partition_point(|mention| mention.at.block < at.block);
        let of_block = self.in_block(at.block).iter().enumerate();
        let hits = of_block.filter(|(_, mention)| mention.at.span.touches(at.span.start));
        let mut hits: Vec<MentionId> = hits.map(|(index, _)| MentionId::new(from + index)).collect();
        hits.sort_by_key(|&id| self.mention(id).at.span.len());
        hits
    }

    /// The mentions in one block, in their order.
    pub fn in_block(&self, block: u32) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.at.block < block);
        let rest = &self.mentions[from..];
        &rest[..rest.iter().take_while(|mention| mention.at.block == block).count()]
    }

    /// The mentions within a stretch of one block, in their order.
    pub fn within(&self, stretch: ProseSpan) -> impl Iterator<Item = &Mention> {
        self.in_block(stretch.block).iter().filter(move |mention| stretch.span.covers(mention.at.span))
    }

    /// Whether it stands in a note that corrects something.
    pub fn is_in_correction(&self, at: ProseSpan) -> bool {
        self.blocks[at.block as usize].is_correction
    }

    /// Whether what stands there may be the repetition of a mistake: in a correction, or in a sentence that owns up to one.
    pub fn may_repeat_a_mistake(&self, at: ProseSpan) -> bool {
        let block = &self.blocks[at.block as usize];
        block.is_correction || one_touches(&block.owning_up, at.span.start)
    }

    /// Whether the sentence there compares: what it says may be of another time.
    pub fn is_compared(&self, at: ProseSpan) -> bool {
        one_touches(&self.blocks[at.block as usize].comparing, at.span.start)
    }

    /// The sentence that a mention stands in, as a place of the prose.
    pub fn sentence(&self, at: ProseSpan) -> ProseSpan {
        let block = &self.blocks[at.block as usize];
        let first = block.sentences.partition_point(|tokens| block.tokens_span(*tokens).end < at.span.start);
        let found = block.sentences.get(first).map(|tokens| block.tokens_span(*tokens));
        let sentence = found.filter(|span| span.touches(at.span.start)).unwrap_or(at.span);
        ProseSpan { block: at.block, span: Span::new(sentence.start, sentence.end.max(at.span.end)) }
    }
}

/// Whether one of some places, which are in order and apart, is at `offset`.
fn one_touches(places: &[Span], offset: u32) -> bool {
    places.get(places.partition_point(|place| place.end < offset)).is_some_and(|place| place.touches(offset))
}
