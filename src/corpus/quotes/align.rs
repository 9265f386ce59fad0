//! Aligns two quotations word by word and says whether they are the same utterance, and where their words differ.

use std::ops::Range;

use crate::gazetteer::terms::TermTables;
use crate::reader::{Word, WordKind};
use crate::text::folded;
use crate::thresholds::{
    CHANGED_WORD, COMMON_WORD, CONTENT_TO_PART, CONTENT_WORD, KNOWN_AGAIN, LEAST_CONTENT, LEAST_IN_A_ROW, LEAST_MATCHED, LEAST_TOLD,
    LITTLE_CONTENT, MATCHED_BUT_ONE, MATCHED_OF_LITTLE, MATCHED_TO_PART, MERGED, MOST_CHANGED, MOST_CHANGED_OF_LITTLE, MOST_DIFFERENCES,
    MUCH_CONTENT, SIDE_BY_SIDE, SKIPPED_WORD, SURE_END,
};

/// Words of the one that stand where other words stand in the other; half-open ranges of word indices. Where `draft` is
/// empty, words were dropped; where `attested` is, words were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub draft: Range<usize>,
    pub attested: Range<usize>,
}

/// How two quotations of one utterance lie side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The words that both have, first to last, half-open; outside one of the two was cut.
    pub draft: Range<usize>,
    pub attested: Range<usize>,
    /// In order; empty where they agree.
    pub differences: Vec<Difference>,
    /// How many words are the same.
    pub matched: usize,
    /// How many of those say something by themselves.
    pub content: usize,
}

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

/// How a few words lie beside an utterance: all of them somewhere in it, or all but one, which is another there, or a "not" that only one
/// of them has.
pub(in crate::corpus) fn beside(draft: &[Word], attested: &[Word]) -> Option<Alignment> {
    let content = |words: &[Word]| words.iter().filter(|word| word.kind == WordKind::Content).count();
    let same = |words: &[Word]| draft.iter().zip(words).all(|(a, b)| a.is_same(b));
    if let Some(at) = attested.windows(draft.len()).position(same) {
        let (matched, content) = (draft.len(), content(draft));
        return Some(Alignment { draft: 0..matched, attested: at..at + matched, differences: Vec::new(), matched, content });
    }
    let lengths = [draft.len(), draft.len() + 1, draft.len() - 1];
    let windows = lengths.into_iter().flat_map(|length| attested.windows(length.max(1)).enumerate());
    let differing = windows.filter_map(|(at, window)| Some((at, window.len(), one_other(draft, window)?)));
    // Where several lie beside it, the one that has the most in common.
    let (at, length, difference) = differing.max_by_key(|(at, _, other)| {
        let left = content(draft) - content(&draft[other.draft.clone()]);
        (left, std::cmp::Reverse(*at))
    })?;
    let content = content(draft) - content(&draft[difference.draft.clone()]);
    let matched = draft.len() - difference.draft.len();
    let mut shifted = Difference { attested: at + difference.attested.start..at + difference.attested.end, ..difference };
    whole_tokens(draft, attested, &mut shifted);
    Some(Alignment { draft: 0..draft.len(), attested: at..at + length, differences: vec![shifted], matched, content })
}

/// How a quotation lies beside a source that quotes a part of it and tells the rest in words of its own: “‘We have to go’ if the dam gave
/// way, she said”, for “If the dam gives way, we have to go”. `sentence` is the source's; what both tell counts as the same.
pub(in crate::corpus) fn told_in_part(draft: &[Word], text: &str, attested: &[Word], sentence: &str) -> Option<Alignment> {
    if attested.len() < KNOWN_AGAIN || attested.len() >= draft.len() || !attested.iter().all(Word::is_word) {
        return None;
    }
    let at = draft.windows(attested.len()).position(|words| words.iter().zip(attested).all(|(a, b)| a.is_same(b)))?;
    let quoted = at..at + attested.len();
    let theirs: Vec<String> = sentence.split(|c: char| !c.is_alphanumeric()).map(folded).collect();
    let content = |range: Range<usize>| draft[range].iter().filter(|word| word.kind == WordKind::Content);
    let rest = || content(0..quoted.start).chain(content(quoted.end..draft.len()));
    let is_theirs = |word: &&Word| {
        let own = folded(word.span.text(text));
        theirs.iter().any(|their| are_forms_of_one(&own, their))
    };
    let told = rest().filter(is_theirs).count();
    let is_told = told >= LEAST_TOLD && told.saturating_add(1) >= rest().count();
    is_told.then(|| Alignment {
        matched: attested.len() + told,
        content: content(quoted.clone()).count() + told,
        draft: quoted,
        attested: 0..attested.len(),
        differences: Vec::new(),
    })
}

/// Whether two words are one in two forms: "end" and "ended".
fn are_forms_of_one(one: &str, other: &str) -> bool {
    let tables = TermTables::get();
    let bends = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|ending| matches!(ending, "s" | "d" | "ed" | "ing"));
    tables.key(one) == tables.key(other) || bends(one, other) || bends(other, one)
}

/// Where a few words and as many others, all of them words, differ in one, or one of them has a "not" more.
fn one_other(draft: &[Word], window: &[Word]) -> Option<Difference> {
    let [step] = one_change(draft, window)?.into_iter().filter(|step| step.0 != Step::Match).collect::<Vec<_>>()[..] else { return None };
    let (kind, i, j) = step;
    match kind {
        Step::Change => Some(Difference { draft: i..i + 1, attested: j..j + 1 }),
        Step::Added => draft[i].is_negation().then_some(Difference { draft: i..i + 1, attested: j..j }),
        Step::Dropped => window[j].is_negation().then_some(Difference { draft: i..i, attested: j..j + 1 }),
        Step::Match | Step::Free => None,
    }
}

const fn weight(word: &Word) -> i32 {
    match word.kind {
        WordKind::Content => CONTENT_WORD,
        WordKind::Common => COMMON_WORD,
        WordKind::Gap | WordKind::Insertion => 0,
    }
}

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
                offer(at(i - 1, j - 1).saturating_add(weight(a).min(weight(b)).max(COMMON_WORD)), Step::Match, 3);
            } else if words {
                offer(at(i - 1, j - 1).saturating_sub(CHANGED_WORD), Step::Change, 3);
            }
            // Beside an ellipsis or an insertion, words of the other side cost nothing.
            let (above, left) = (at(i - 1, j), at(i, j - 1));
            let is_added = a.is_word() && !free(b);
            let is_dropped = b.is_word() && !free(a);
            offer(if is_added { above.saturating_sub(SKIPPED_WORD) } else { above }, if is_added { Step::Added } else { Step::Free }, 1);
            offer(
                if is_dropped { left.saturating_sub(SKIPPED_WORD) } else { left },
                if is_dropped { Step::Dropped } else { Step::Free },
                2,
            );
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
        let meets = length == head.len() || length > 1 || say_something(&head[d..], &their_head[a..]);
        if let Some(steps) = one_change(&head[d..], &their_head[a..]).filter(|steps| opens(steps) && sure(steps) && meets) {
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
        let meets = length == end.len() || length > 1 || say_something(&end[..length], &their_end[..their_length]);
        if let Some(steps) = one_change(&end[..length], &their_end[..their_length]).filter(|steps| closes(steps) && sure(steps) && meets) {
            path.extend(steps.into_iter().map(|(step, i, j)| (step, last_draft + 1 + i, last_attested + 1 + j)));
            break;
        }
    }
}

/// Whether all words of both say something: a small word where the source's quotation begins or ends may be the draft's way on.
fn say_something(draft: &[Word], attested: &[Word]) -> bool {
    draft.iter().chain(attested).all(|word| word.kind == WordKind::Content)
}

/// How many words of either quotation's end are laid side by side: all that the one has, and about as many of the other. Where
/// the source's is cut shorter, its first or last word alone says nothing.
fn end_lengths(draft: usize, attested: usize) -> Vec<(usize, usize)> {
    if draft == 0 || attested == 0 {
        return Vec::new();
    }
    let near = |length: usize| [length + 1, length - 1, length];
    if draft <= attested || attested == 1 {
        // All that the source has there is one word: the draft's last before the words that are the same may stand for it.
        let one = (attested == 1 && draft > 1).then_some((1, 1));
        near(draft).into_iter().map(|their| (draft, their)).filter(|&(_, their)| their <= attested).chain(one).collect()
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

/// Two quotations side by side, as far as it takes to say whether they are one utterance.
struct Pair<'w> {
    draft: &'w [Word],
    attested: &'w [Word],
    /// The words from the first that both have to the last, half-open.
    within: Range<usize>,
    within_attested: Range<usize>,
    differences: Vec<Difference>,
    /// How many words are the same, how many of these say something by themselves, and how many lie in a row.
    matched: usize,
    content: usize,
    in_a_row: usize,
    /// How many steps differ.
    changed: usize,
}

impl<'w> Pair<'w> {
    fn of(draft: &'w [Word], attested: &'w [Word], path: &Path) -> Option<Self> {
        let (&(_, first, their_first), &(_, last, their_last)) = (path.first()?, path.last()?);
        let is_match = |step: &&(Step, usize, usize)| step.0 == Step::Match;
        let differences = differences(draft, attested, path);
        let differs = |(kind, own, their): &&(Step, usize, usize)| {
            let is_within = |one: &Difference| one.draft.contains(own) || one.attested.contains(their);
            !matches!(kind, Step::Match | Step::Free) && differences.iter().any(is_within)
        };
        Some(Self {
            draft,
            attested,
            within: first..last + 1,
            within_attested: their_first..their_last + 1,
            matched: path.iter().filter(is_match).count(),
            content: path.iter().filter(is_match).filter(|step| draft[step.1].kind == WordKind::Content).count(),
            in_a_row: path.chunk_by(|one, next| one.0 == Step::Match && next.0 == Step::Match).map(run_length).max().unwrap_or_default(),
            changed: path.iter().filter(differs).count(),
            differences,
        })
    }

    fn is_one_utterance(&self) -> bool {
        let says_enough = self.content >= LEAST_CONTENT || self.content == LITTLE_CONTENT && self.matched >= MATCHED_OF_LITTLE;
        let has_enough = self.differs_in_one_word() || self.matched >= LEAST_MATCHED && says_enough;
        let is_same_as_far_as_it_goes = SIDE_BY_SIDE.is_reached_by(self.matched + self.changed, self.side_by_side());
        self.in_a_row >= LEAST_IN_A_ROW
            && has_enough
            && is_same_as_far_as_it_goes
            && (self.differences.is_empty() || self.is_changed_little())
    }

    /// Every word of the one or the other has its place, and one of them is another.
    fn differs_in_one_word(&self) -> bool {
        let [difference] = self.differences.as_slice() else { return false };
        let is_whole = self.within == (0..self.draft.len());
        let is_whole_of_either = is_whole || self.within_attested == (0..self.attested.len());
        let is_enough_of_a_whole = is_whole && self.matched >= MATCHED_BUT_ONE && self.content >= LITTLE_CONTENT;
        difference.draft.len() == 1
            && difference.attested.len() == 1
            && (is_enough_of_a_whole || is_whole_of_either && self.matched >= MATCHED_OF_LITTLE)
    }

    /// How many words lie side by side, as far as both go.
    fn side_by_side(&self) -> usize {
        let count = |words: &[Word]| words.iter().filter(|word| word.is_word()).count();
        let (own, their) = (&self.within, &self.within_attested);
        count(&self.draft[..own.start]).min(count(&self.attested[..their.start]))
            + count(&self.draft[own.clone()]).max(count(&self.attested[their.clone()]))
            + count(&self.draft[own.end..]).min(count(&self.attested[their.end..]))
    }

    fn is_changed_little(&self) -> bool {
        let most_changed = if self.content >= MUCH_CONTENT { MOST_CHANGED } else { MOST_CHANGED_OF_LITTLE };
        let parts_late = self.matched >= MATCHED_TO_PART && self.content >= CONTENT_TO_PART;
        !most_changed.is_passed_by(self.changed, self.matched)
            && !MOST_DIFFERENCES.is_passed_by(self.differences.len(), self.matched)
            && (!self.parts() || parts_late)
    }

    /// Whether the two come from elsewhere, or go elsewhere, in the middle of a sentence.
    fn parts(&self) -> bool {
        let (own, their) = (&self.within, &self.within_attested);
        let before = own.start > 0 && their.start > 0 && goes_elsewhere(&self.draft[own.start - 1], &self.attested[their.start - 1]);
        let behind = match (self.draft.get(own.end), self.attested.get(their.end)) {
            (Some(next), Some(their_next)) => {
                goes_elsewhere(&self.draft[own.end - 1], &self.attested[their.end - 1]) && next.is_word() && their_next.is_word()
            }
            _ => false,
        };
        before || behind
    }
}

/// How long a run of steps is; one that is no match stands alone.
fn run_length(run: &[(Step, usize, usize)]) -> usize {
    if run[0].0 == Step::Match { run.len() } else { 0 }
}

fn judge(draft: &[Word], attested: &[Word], path: &Path) -> Option<Alignment> {
    let pair = Pair::of(draft, attested, path).filter(Pair::is_one_utterance)?;
    let Pair { within, within_attested, differences, matched, content, .. } = pair;
    Some(Alignment { draft: within, attested: within_attested, differences, matched, content })
}

/// Whether two quotations part in mid-sentence at these words.
const fn goes_elsewhere(draft: &Word, attested: &Word) -> bool {
    draft.is_word() && attested.is_word() && !draft.ends_sentence && !attested.ends_sentence
}

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
    let sentence = |words: &[Word], range: &Range<usize>| {
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
        let show = |text: &str, words: &[Word], range: &Range<usize>| {
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
    fn what_a_source_quotes_in_part_and_tells_in_part_is_the_same() {
        let draft = "If the dam at Larsund gives way this winter, we have to go ashore";
        let part = |quoted: &str, sentence: &str| told_in_part(&words(draft), draft, &words(quoted), sentence).map(|found| found.matched);
        let told = "“We have to go ashore” if the Larsund dam gave way in winter, she said.";
        assert_eq!(part("We have to go ashore", told), Some(9));
        assert_eq!(part("We have to go ashore", "“We have to go ashore” if the crew was tired, she said."), None);
        assert_eq!(part("We have to go", "We have to go to Larsund before the dam gives way in winter."), Some(8));
        assert_eq!(part("go ashore", told), None);
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
