//! Aligns two quotations word by word and says whether they are the same utterance, and where their words differ.

use crate::reader::{Word, WordKind};

/// Words of the one that stand where other words stand in the other; half-open ranges of word indices. Where `draft` is
/// empty, words were dropped; where `attested` is, words were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub draft: std::ops::Range<usize>,
    pub attested: std::ops::Range<usize>,
}

/// How two quotations of one utterance lie side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The words that both have, first to last, half-open; outside one of the two was cut.
    pub draft: std::ops::Range<usize>,
    pub attested: std::ops::Range<usize>,
    /// In order; empty where they agree.
    pub differences: Vec<Difference>,
    /// How many words are the same.
    pub matched: usize,
    /// How many of those say something by themselves.
    pub content: usize,
}

/// The fewest words that both must have to be taken for one utterance, and how many of them must be content.
const MIN_MATCHED: usize = 4;
const MIN_CONTENT: usize = 3;
const MIN_RUN: usize = 3;
/// Where so many are the same and one is another, they are one utterance however little they say.
const ALL_BUT_ONE: usize = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Match,
    /// One word for another.
    Change,
    /// A word that only the draft has.
    Added,
    /// A word that only the source has.
    Dropped,
    /// Passed over because of an ellipsis or an insertion.
    Free,
}

type Path = Vec<(Step, usize, usize)>;

/// The alignment of a draft's quotation with an attested one, if they plainly are the same utterance.
pub(in crate::corpus) fn align(draft: &[Word], attested: &[Word]) -> Option<Alignment> {
    let mut path = best_path(draft, attested)?;
    extend_to_ends(draft, attested, &mut path);
    judge(draft, attested, &path)
}

/// How a few words lie beside an utterance: all of them somewhere in it, or as all of it but for one.
pub(in crate::corpus) fn beside(draft: &[Word], attested: &[Word]) -> Option<Alignment> {
    let content = |words: &[Word]| words.iter().filter(|word| word.kind == WordKind::Content).count();
    let same = |words: &[Word]| draft.iter().zip(words).all(|(a, b)| a.is_same(b));
    if let Some(at) = attested.windows(draft.len()).position(same) {
        let (matched, content) = (draft.len(), content(draft));
        return Some(Alignment { draft: 0..matched, attested: at..at + matched, differences: Vec::new(), matched, content });
    }
    if draft.len() != attested.len() {
        return None;
    }
    let mut differing = (0..draft.len()).filter(|&at| !draft[at].is_same(&attested[at]));
    let (Some(at), None) = (differing.next(), differing.next()) else { return None };
    let differences = vec![Difference { draft: at..at + 1, attested: at..at + 1 }];
    let content = content(draft) - usize::from(draft[at].kind == WordKind::Content);
    let all = 0..draft.len();
    Some(Alignment { draft: all.clone(), attested: all, differences, matched: draft.len() - 1, content })
}

const fn weight(word: &Word) -> i32 {
    match word.kind {
        WordKind::Content => 4,
        WordKind::Common => 2,
        WordKind::Gap | WordKind::Insertion => 0,
    }
}

const CHANGE: i32 = 5;
const SKIP: i32 = 3;

/// The best local alignment, from its first word to its last.
fn best_path(draft: &[Word], attested: &[Word]) -> Option<Path> {
    let (rows, columns) = (draft.len() + 1, attested.len() + 1);
    let mut score = vec![0_i32; rows * columns];
    let mut step: Vec<Option<(Step, u8)>> = vec![None; rows * columns];
    let mut best = (0, 0, 0);
    for i in 1..rows {
        for j in 1..columns {
            let (a, b) = (&draft[i - 1], &attested[j - 1]);
            let at = |i: usize, j: usize| score[i * columns + j];
            let mut top = (0, None);
            let mut offer = |value: i32, kind: Step, moved: u8| {
                if value > top.0 {
                    top = (value, Some((kind, moved)));
                }
            };
            let words = a.is_word() && b.is_word();
            if words && a.is_same(b) {
                offer(at(i - 1, j - 1) + weight(a).min(weight(b)).max(2), Step::Match, 3);
            } else if words {
                offer(at(i - 1, j - 1) - CHANGE, Step::Change, 3);
            }
            if a.is_word() && b.is_word() {
                offer(at(i - 1, j) - SKIP, Step::Added, 1);
                offer(at(i, j - 1) - SKIP, Step::Dropped, 2);
            } else {
                // Beside an ellipsis or an insertion, words of the other side cost nothing.
                offer(
                    at(i - 1, j) - if a.is_word() && !free(b) { SKIP } else { 0 },
                    if a.is_word() && !free(b) { Step::Added } else { Step::Free },
                    1,
                );
                offer(
                    at(i, j - 1) - if b.is_word() && !free(a) { SKIP } else { 0 },
                    if b.is_word() && !free(a) { Step::Dropped } else { Step::Free },
                    2,
                );
            }
            score[i * columns + j] = top.0;
            step[i * columns + j] = top.1;
            if top.0 > best.0 {
                best = (top.0, i, j);
            }
        }
    }
    let (_, mut i, mut j) = best;
    let mut path = Vec::new();
    while let Some((kind, moved)) = step[i * columns + j] {
        path.push((kind, i - usize::from(moved & 1 != 0), j - usize::from(moved & 2 != 0)));
        i -= usize::from(moved & 1 != 0);
        j -= usize::from(moved & 2 != 0);
    }
    path.reverse();
    // An end that is no match says nothing.
    while path.last().is_some_and(|last| last.0 != Step::Match) {
        path.pop();
    }
    let start = path.iter().position(|step| step.0 == Step::Match)?;
    path.drain(..start);
    Some(path)
}

const fn free(word: &Word) -> bool {
    matches!(word.kind, WordKind::Gap | WordKind::Insertion)
}

/// How many of an end's words must be the same for a change to be seen there though a sentence ends among them.
const SURE_END: usize = 4;

/// Takes in a changed word towards the start or end, where the words that are the same beside it weigh too little to be found
/// by themselves: all that one of the two quotations has there must stand in the other, but for that word.
fn extend_to_ends(draft: &[Word], attested: &[Word], path: &mut Path) {
    let (Some(&(_, first_draft, first_attested)), Some(&(_, last_draft, last_attested))) = (path.first(), path.last()) else { return };
    let (head, their_head) = (&draft[..first_draft], &attested[..first_attested]);
    for (length, their_length) in end_lengths(head.len(), their_head.len()) {
        let (d, a) = (head.len() - length, their_head.len() - their_length);
        let broken = head[d..].iter().chain(&their_head[a..]).any(|word| word.ends_sentence);
        let opens = |steps: &Path| length == their_length || steps.first().is_some_and(|step| step.0 == Step::Match);
        let sure = |steps: &Path| !broken || steps.len() > SURE_END;
        if let Some(steps) = one_change(&head[d..], &their_head[a..]).filter(|steps| opens(steps) && sure(steps)) {
            path.splice(..0, steps.into_iter().map(|(step, i, j)| (step, d + i, a + j)));
            break;
        }
    }
    let (end, their_end) = (&draft[last_draft + 1..], &attested[last_attested + 1..]);
    let parted = draft[last_draft].ends_sentence || attested[last_attested].ends_sentence;
    for (length, their_length) in end_lengths(end.len(), their_end.len()) {
        let ends_early = |words: &[Word]| words.iter().rev().skip(1).any(|word| word.ends_sentence);
        let broken = parted || ends_early(&end[..length]) || ends_early(&their_end[..their_length]);
        let closes = |steps: &Path| length == their_length || steps.last().is_some_and(|step| step.0 == Step::Match);
        let sure = |steps: &Path| !broken || steps.len() > SURE_END;
        if let Some(steps) = one_change(&end[..length], &their_end[..their_length]).filter(|steps| closes(steps) && sure(steps)) {
            path.extend(steps.into_iter().map(|(step, i, j)| (step, last_draft + 1 + i, last_attested + 1 + j)));
            break;
        }
    }
}

/// How many words of either quotation's end are laid side by side: all that the one has, and about as many of the other. Where
/// the source's is cut shorter, its first or last word alone says nothing.
fn end_lengths(draft: usize, attested: usize) -> Vec<(usize, usize)> {
    if draft == 0 || attested == 0 {
        return Vec::new();
    }
    let near = |length: usize| [length + 1, length - 1, length];
    if draft <= attested || attested == 1 {
        near(draft).into_iter().map(|their| (draft, their)).filter(|&(_, their)| their <= attested).collect()
    } else {
        near(attested).into_iter().map(|own| (own, attested)).filter(|&(own, _)| own <= draft).collect()
    }
}

/// The steps from one end to the other where they differ in one word, changed, added or dropped.
fn one_change(draft: &[Word], attested: &[Word]) -> Option<Path> {
    if !draft.iter().chain(attested).all(Word::is_word) {
        return None;
    }
    let shorter = draft.len().min(attested.len());
    let prefix = draft.iter().zip(attested).take_while(|(a, b)| a.is_same(b)).count();
    let suffix = draft.iter().rev().zip(attested.iter().rev()).take_while(|(a, b)| a.is_same(b)).count();
    let step = match draft.len().cmp(&attested.len()) {
        std::cmp::Ordering::Equal => Step::Change,
        std::cmp::Ordering::Greater => Step::Added,
        std::cmp::Ordering::Less => Step::Dropped,
    };
    let same_words = if step == Step::Change { shorter.checked_sub(1)? } else { shorter };
    if prefix + suffix < same_words || prefix > same_words {
        return None;
    }
    let mut path: Path = (0..prefix).map(|i| (Step::Match, i, i)).collect();
    path.push((step, prefix, prefix));
    let (d, a) = (prefix + usize::from(step != Step::Dropped), prefix + usize::from(step != Step::Added));
    path.extend((0..same_words - prefix).map(|i| (Step::Match, d + i, a + i)));
    Some(path)
}

fn judge(draft: &[Word], attested: &[Word], path: &Path) -> Option<Alignment> {
    let (&(_, d0, a0), &(_, d1, a1)) = (path.first()?, path.last()?);
    let matched = path.iter().filter(|step| step.0 == Step::Match).count();
    let content = path.iter().filter(|step| step.0 == Step::Match && draft[step.1].kind == WordKind::Content).count();
    let mut run = 0;
    let mut longest = 0;
    for (kind, ..) in path {
        run = if *kind == Step::Match { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let differences = differences(draft, attested, path);
    let inside = |step: &&(Step, usize, usize)| {
        differences.iter().any(|d| d.draft.contains(&step.1) || d.attested.contains(&step.2)) && !matches!(step.0, Step::Match | Step::Free)
    };
    let changed = path.iter().filter(inside).count();
    let words_of = |words: &[Word]| words.iter().filter(|word| word.is_word()).count();
    // As far as both go.
    let side_by_side = words_of(&draft[..d0]).min(words_of(&attested[..a0]))
        + words_of(&draft[d0..=d1]).max(words_of(&attested[a0..=a1]))
        + words_of(&draft[d1 + 1..]).min(words_of(&attested[a1 + 1..]));
    // Every word of the one or the other has its place, and one of them is another.
    let whole_draft = d0 == 0 && d1 + 1 == draft.len();
    let whole_attested = a0 == 0 && a1 + 1 == attested.len();
    let one_other = differences.len() == 1
        && differences[0].draft.len() == 1
        && differences[0].attested.len() == 1
        && (whole_draft && matched >= 5 && content >= 2 || (whole_draft || whole_attested) && matched >= ALL_BUT_ONE);
    let enough = longest >= MIN_RUN
        && (one_other || (matched >= MIN_MATCHED && (content >= MIN_CONTENT || (content == 2 && matched >= 7))))
        // Two sentences that begin alike and go different ways are two utterances.
        && (matched + changed) * 10 >= side_by_side * 6;
    let parts = (d0 > 0 && a0 > 0 && goes_elsewhere(&draft[d0 - 1], &attested[a0 - 1]))
        || (d1 + 1 < draft.len()
            && a1 + 1 < attested.len()
            && goes_elsewhere(&draft[d1], &attested[a1])
            && draft[d1 + 1].is_word()
            && attested[a1 + 1].is_word());
    let alike = if content >= 5 { changed * 2 <= matched } else { changed * 5 <= matched * 2 };
    let alike = alike && differences.len() * 4 <= matched && (!parts || (matched >= 8 && content >= 4));
    if !enough || (!differences.is_empty() && !alike) {
        return None;
    }
    Some(Alignment { draft: d0..d1 + 1, attested: a0..a1 + 1, differences, matched, content })
}

/// Whether two quotations part in mid-sentence at these words.
const fn goes_elsewhere(draft: &Word, attested: &Word) -> bool {
    draft.is_word() && attested.is_word() && !draft.ends_sentence && !attested.ends_sentence
}

/// How many words that are the same may stand between two differences that are shown as one.
const MERGED: usize = 2;

fn differences(draft: &[Word], attested: &[Word], path: &Path) -> Vec<Difference> {
    let mut out: Vec<Difference> = Vec::new();
    let mut matches_since = usize::MAX;
    for &(kind, i, j) in path {
        let (d, a) = match kind {
            Step::Match | Step::Free => {
                matches_since = matches_since.saturating_add(if kind == Step::Free { MERGED + 1 } else { 1 });
                continue;
            }
            Step::Change => (i..i + 1, j..j + 1),
            Step::Added => (i..i + 1, j..j),
            Step::Dropped => (i..i, j..j + 1),
        };
        match out.last_mut() {
            Some(last) if matches_since <= MERGED => {
                last.draft.end = d.end;
                last.attested.end = a.end;
            }
            _ => out.push(Difference { draft: d, attested: a }),
        }
        matches_since = 0;
    }
    out.retain(|difference| !whole_sentences(draft, attested, difference));
    for difference in &mut out {
        whole_tokens(draft, attested, difference);
    }
    out
}

/// A source that leaves out sentences between others has not changed words.
fn whole_sentences(draft: &[Word], attested: &[Word], difference: &Difference) -> bool {
    let sentence = |words: &[Word], range: &std::ops::Range<usize>| {
        range.len() >= 2 && words[range.end - 1].ends_sentence && range.start.checked_sub(1).is_none_or(|at| words[at].ends_sentence)
    };
    (difference.draft.is_empty() && sentence(attested, &difference.attested))
        || (difference.attested.is_empty() && sentence(draft, &difference.draft))
}

/// Widens a difference so that it doesn't cut a contraction in two.
fn whole_tokens(draft: &[Word], attested: &[Word], difference: &mut Difference) {
    let cuts = |words: &[Word], at: usize| at > 0 && at < words.len() && words[at - 1].span == words[at].span;
    for _ in 0..2 {
        if (cuts(draft, difference.draft.start) || cuts(attested, difference.attested.start))
            && difference.draft.start > 0
            && difference.attested.start > 0
        {
            difference.draft.start -= 1;
            difference.attested.start -= 1;
        }
        if (cuts(draft, difference.draft.end) || cuts(attested, difference.attested.end))
            && difference.draft.end < draft.len()
            && difference.attested.end < attested.len()
        {
            difference.draft.end += 1;
            difference.attested.end += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::words;

    fn differing(draft: &str, attested: &str) -> Option<Vec<(String, String)>> {
        let (d, a) = (words(draft), words(attested));
        let show = |text: &str, words: &[Word], range: &std::ops::Range<usize>| {
            words[range.clone()].iter().map(|word| word.span.text(text)).collect::<Vec<_>>().join(" ")
        };
        let alignment = align(&d, &a)?;
        Some(alignment.differences.iter().map(|x| (show(draft, &d, &x.draft), show(attested, &a, &x.attested))).collect())
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.into(), b.into())
    }

    const FARM: &str = "We will not leave a single farm under water this winter";

    #[test]
    fn changed_dropped_and_added_words_are_found() {
        assert_eq!(differing("we will not leave a single village under water", FARM), Some(vec![pair("village", "farm")]));
        assert_eq!(differing("We will not leave a farm under water this winter", FARM), Some(vec![pair("", "single")]));
        assert_eq!(differing("We will not leave a single flooded farm under water", FARM), Some(vec![pair("flooded", "")]));
        assert_eq!(differing("We will not leave a single farm under water this summer", FARM), Some(vec![pair("summer", "winter")]));
        assert_eq!(differing("We simply will not leave a single farm under water", FARM), Some(vec![pair("simply", "")]));
        let attested = "There is simply no evidence that the harbour is full";
        assert_eq!(differing("There simply is no evidence that the harbour is full", attested), Some(vec![pair("simply is", "is simply")]));
        assert_eq!(differing("They will not leave a single farm under water", FARM), Some(vec![pair("They", "We")]));
    }

    #[test]
    fn near_changes_are_one() {
        assert_eq!(
            differing("the strongest position to carry the fight on", "the strongest position to keep the fight going"),
            Some(vec![pair("carry the fight on", "keep the fight going")])
        );
    }

    #[test]
    fn cuts_ellipses_and_insertions_are_no_change() {
        assert_eq!(differing("not leave a single farm", FARM), Some(vec![]));
        assert_eq!(differing(FARM, "leave a single farm under water"), Some(vec![]));
        assert_eq!(differing("We will not leave … farm under water this winter", FARM), Some(vec![]));
        assert_eq!(differing("We will not leave a single farm [in Zeeland] under water", FARM), Some(vec![]));
        assert_eq!(differing("We will not leave a single [holding] under water this winter", FARM), Some(vec![]));
    }

    #[test]
    fn another_utterance_is_not_aligned() {
        assert_eq!(
            differing("We need two more glass-blowers, and they are hard to find", "We need two more years and a lot of patience"),
            None
        );
        assert_eq!(differing("We are going to do it as soon as we can", "We are going to see what we can do about it"), None);
    }

    #[test]
    fn a_difference_holds_whole_contractions() {
        let attested = "They do not own the harbour, the mill or the bridge";
        assert_eq!(differing("They don't own the harbour, the mill or the bridge", attested), Some(vec![]));
        assert_eq!(
            differing("They don't own the harbour, the mill or the bridge", "They do own the harbour, the mill or the bridge"),
            Some(vec![pair("don't don't", "do")])
        );
    }
}
