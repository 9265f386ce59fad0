//! Lays two versions side by side: which sentence became which, and in it which mention stands in which one's place.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{ChangeKind, Laid, Replaced, Version};
use crate::document::ProseSpan;
use crate::reader::{Dimension, MentionId, MentionKind};
use crate::text::{Span, folded, stable_hash};

/// The least that two sentences have in common, of a thousand of their words, when the one became the other.
const ONE_SENTENCE: usize = 500;
/// A word in more sentences than this leads to none of them.
const COMMON: usize = 24;
/// So many sentences, those with most such words, are looked at for each: all of them would be every pair where sentences are much alike.
const MOST_LOOKED_AT: usize = 24;
/// Longer sentences are lists, and not laid side by side.
const LONGEST: usize = 400;

/// A sentence of a version.
struct Sentence {
    at: ProseSpan,
    /// Its tokens, each hashed as it is compared.
    tokens: Vec<(u64, Span)>,
    mentions: Vec<MentionId>,
}

pub(super) fn lay<'a>(old: Version<'a>, new: Version<'a>) -> Laid<'a> {
    let (before, after) = (sentences(old), sentences(new));
    let mut laid = Laid { old, new, beside: Vec::new(), gone: Vec::new(), come: Vec::new() };
    let pairs = pairs(&before, &after);
    let (mut left, mut taken) = (vec![true; before.len()], vec![true; after.len()]);
    for (one, other) in pairs {
        (left[one], taken[other]) = (false, false);
        beside(&mut laid, &before[one], &after[other]);
    }
    laid.gone.extend(before.iter().zip(left).filter(|(_, left)| *left).flat_map(|(sentence, _)| &sentence.mentions));
    laid.come.extend(after.iter().zip(taken).filter(|(_, come)| *come).flat_map(|(sentence, _)| &sentence.mentions));
    laid.gone.sort_unstable();
    laid.come.sort_unstable();
    laid.beside.sort_by_key(|pair| pair.new);
    laid
}

fn sentences(version: Version<'_>) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut starts: Vec<(u32, u32)> = Vec::new();
    for (index, block) in version.reading.blocks.iter().enumerate() {
        let text = &version.document.blocks()[index].text;
        for range in &block.sentences {
            let tokens = block.tokens.get(range.range()).unwrap_or_default();
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let at = ProseSpan { block: index as u32, span: Span::new(first.span.start, last.span.end) };
            let tokens = tokens.iter().map(|token| (stable_hash(&[&folded(token.text(text))]), token.span)).collect();
            starts.push((at.block, at.span.start));
            all.push(Sentence { at, tokens, mentions: Vec::new() });
        }
    }
    for (id, mention) in version.reading.iter() {
        let index = starts.partition_point(|start| *start <= (mention.at.block, mention.at.span.start));
        if let Some(sentence) =
            index.checked_sub(1).and_then(|index| all.get_mut(index)).filter(|sentence| sentence.at.block == mention.at.block)
        {
            sentence.mentions.push(id);
        }
    }
    all
}

/// Which sentence of the old version is which of the new one: those that are the same in their order, and of the rest those most alike.
fn pairs(before: &[Sentence], after: &[Sentence]) -> Vec<(usize, usize)> {
    let key = |sentence: &Sentence| sentence.tokens.iter().map(|(hash, _)| *hash).collect::<Vec<u64>>();
    let mut same: FxHashMap<Vec<u64>, Vec<usize>> = FxHashMap::default();
    for (index, sentence) in before.iter().enumerate().rev() {
        same.entry(key(sentence)).or_default().push(index);
    }
    let mut pairs = Vec::new();
    let mut open = Vec::new();
    for (index, sentence) in after.iter().enumerate() {
        match same.get_mut(&key(sentence)).and_then(Vec::pop) {
            Some(other) => pairs.push((other, index)),
            None => open.push(index),
        }
    }
    let taken: FxHashSet<usize> = pairs.iter().map(|(one, _)| *one).collect();
    let left: Vec<usize> = (0..before.len()).filter(|index| !taken.contains(index)).collect();
    let words_of: FxHashMap<usize, Vec<u64>> = left.iter().map(|&index| (index, words(&before[index]))).collect();
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for index in &left {
        for &word in &words_of[index] {
            having.entry(word).or_default().push(*index);
        }
    }
    let mut likest: Vec<(Reverse<usize>, usize, usize, usize)> = Vec::new();
    for &index in &open {
        let own = words(&after[index]);
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for other in own.iter().filter_map(|word| having.get(word)).filter(|having| having.len() <= COMMON).flatten() {
            *shared.entry(*other).or_default() += 1;
        }
        let mut others: Vec<(Reverse<usize>, usize, usize)> =
            shared.into_iter().map(|(other, shared)| (Reverse(shared), index.abs_diff(other), other)).collect();
        others.sort_unstable();
        for (_, _, other) in others.into_iter().take(MOST_LOOKED_AT) {
            let theirs = &words_of[&other];
            let shared = own.iter().filter(|word| theirs.binary_search(word).is_ok()).count();
            let alike = 2_000 * shared / (own.len() + theirs.len()).max(1);
            if alike >= ONE_SENTENCE {
                likest.push((Reverse(alike), index.abs_diff(other), other, index));
            }
        }
    }
    likest.sort_unstable();
    let (mut gone, mut come) = (FxHashSet::default(), FxHashSet::default());
    for (_, _, one, other) in likest {
        if !gone.contains(&one) && !come.contains(&other) {
            gone.insert(one);
            come.insert(other);
            pairs.push((one, other));
        }
    }
    pairs
}

/// The words of a sentence, each once, in an order of their own.
fn words(sentence: &Sentence) -> Vec<u64> {
    let mut words: Vec<u64> = sentence.tokens.iter().map(|(hash, _)| *hash).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Lays the mentions of two sentences side by side.
fn beside(laid: &mut Laid<'_>, one: &Sentence, other: &Sentence) {
    let hashes = |sentence: &Sentence| sentence.tokens.iter().map(|(hash, _)| *hash).collect::<Vec<_>>();
    let ops = if one.tokens.len().max(other.tokens.len()) > LONGEST {
        Vec::new()
    } else {
        capture_diff_slices(Algorithm::Myers, &hashes(one), &hashes(other))
    };
    for kind in [ChangeKind::Name, ChangeKind::Title, ChangeKind::Figure, ChangeKind::Date, ChangeKind::Quote] {
        let of_kind = |version: Version<'_>, sentence: &Sentence| -> Vec<MentionId> {
            sentence.mentions.iter().copied().filter(|&id| ChangeKind::of(version.mention(id)) == kind).collect()
        };
        let here = |id: MentionId| (id, touched(laid.old, id, one, &ops, DiffOp::old_range));
        let there = |id: MentionId| (id, touched(laid.new, id, other, &ops, DiffOp::new_range));
        let old: Vec<(MentionId, Touched)> = of_kind(laid.old, one).into_iter().map(here).collect();
        let new: Vec<(MentionId, Touched)> = of_kind(laid.new, other).into_iter().map(there).collect();
        let mut taken = FxHashSet::default();
        for (id, place) in &old {
            let mut facing = new.iter().filter(|(_, other)| meet(place, other, &ops));
            let (found, is_one) = (facing.next(), facing.next().is_none());
            // Of several on either side it can't be told which became which.
            let is_alone = |theirs: &Touched| old.iter().filter(|(_, mine)| meet(mine, theirs, &ops)).count() == 1;
            match found.filter(|(other, theirs)| is_one && is_alone(theirs) && are_of_one_sort(laid, *id, *other)) {
                Some((other, _)) => {
                    taken.insert(*other);
                    laid.beside.push(Replaced { old: *id, new: *other });
                }
                None => laid.gone.push(*id),
            }
        }
        laid.come.extend(new.iter().map(|(id, _)| *id).filter(|id| !taken.contains(id)));
    }
}

/// Which steps from one sentence to the other a mention has a part in, and which part of each.
type Touched = Vec<(usize, Range<usize>)>;

fn touched(version: Version<'_>, id: MentionId, sentence: &Sentence, ops: &[DiffOp], side: fn(&DiffOp) -> Range<usize>) -> Touched {
    let at = version.mention(id).at.span;
    let first = sentence.tokens.partition_point(|(_, span)| span.end <= at.start);
    let last = sentence.tokens.partition_point(|(_, span)| span.start < at.end);
    let part = |(index, op): (usize, &DiffOp)| {
        let range = side(op);
        let (start, end) = (range.start.max(first), range.end.min(last));
        (start < end).then(|| (index, start - range.start..end - range.start))
    };
    ops.iter().enumerate().filter_map(part).collect()
}

/// Whether two mentions stand in the same place: some of their words are the same, or the ones were put for the others.
fn meet(one: &[(usize, Range<usize>)], other: &[(usize, Range<usize>)], ops: &[DiffOp]) -> bool {
    one.iter().any(|(step, here)| {
        other.iter().any(|(other, there)| {
            let is_same = matches!(ops.get(*step), Some(DiffOp::Equal { .. }));
            step == other && (!is_same || here.start < there.end && there.start < here.end)
        })
    })
}

/// Whether one can have become the other: a length no sum of money.
fn are_of_one_sort(laid: &Laid<'_>, old: MentionId, new: MentionId) -> bool {
    match (&laid.old.mention(old).kind, &laid.new.mention(new).kind) {
        (MentionKind::Figure(one), MentionKind::Figure(other)) => {
            let kind = |dimension| if dimension == Dimension::Number { Dimension::Count } else { dimension };
            kind(one.dimension) == kind(other.dimension)
        }
        _ => true,
    }
}
