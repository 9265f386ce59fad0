//! Of which member of a set or series a value is told, as far as words beside it say: of the women, in the second quarter, by so much and
//! not to so much.

use std::ops::Range;

use super::figure_words::FIGURE_WORDS;
use crate::gazetteer::contrasts::{Contrasts, Mark, Numbered, Reach};
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::units::{FigureTables, NumberKind};
use crate::reader::dates::DateCandidate;
use crate::text::{Row, Span};

/// A word of a sentence that is a member of a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Its token.
    at: usize,
    mark: Mark,
    reach: Reach,
}

/// The members that the words of some tokens are.
pub(super) fn within(row: Row<'_, '_>, tokens: Range<usize>, dates: &[DateCandidate]) -> Vec<Told> {
    let contrasts = Contrasts::get();
    let mut found = Vec::new();
    for at in tokens.clone() {
        let Some(token) = row.tokens.get(at).filter(|token| token.is_word()) else { continue };
        let word = token.text(row.text);
        let joined = || (row.has_joined(at + 1, "-") && row.is_joined(at + 2)).then(|| format!("{word}-{}", row.word(at + 2)));
        let own = contrasts.of_token(*token, row.text);
        let mark = joined().and_then(|word| contrasts.of(&word).mark).or(own.mark);
        if let Some((mark, reach)) = mark {
            let is_in_name = at > tokens.start && row.is_capitalised(at);
            let reach = match reach {
                Reach::Name if is_in_name => Reach::Sentence,
                Reach::Name => Reach::Close,
                reach => reach,
            };
            found.push(Told { at, mark, reach });
        }
        if let Some(mark) = numbered(row, at, own.numbered) {
            found.push(Told { at, mark, reach: Reach::Sentence });
        }
    }
    let span = row.covered(Span::of(tokens));
    let first = dates.partition_point(|date| date.span.end <= span.start);
    for date in dates[first..].iter().take_while(|date| date.span.start < span.end) {
        // "In January", and no day that something was said on.
        if let (Some(month), None, None) = (date.written.month, date.written.day, date.weekday) {
            found.push(Told { at: row.token_at(date.span.start), mark: Mark::new("month", &month.to_string()), reach: Reach::Sentence });
        }
    }
    found
}

/// What a sentence leaves in force for the next one, by what it says itself and what was in force for it.
pub(super) fn carried(mut told: Vec<Told>, before: &[Told]) -> Vec<Told> {
    let is_said = |set: u32| told.iter().any(|one| one.mark.set == set);
    let held: Vec<Told> = before.iter().filter(|one| one.reach == Reach::Sentence && !is_said(one.mark.set)).copied().collect();
    told.extend(held);
    told
}

/// The member of a series that is named at a token: "the second quarter", "flight 381", "aged 25", "COP30"; `series` is how the members of what
/// the word there means are numbered.
fn numbered(row: Row<'_, '_>, at: usize, series: Option<Numbered>) -> Option<Mark> {
    let word = row.word(at);
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        if digits.len() < word.len() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Mark::new(word.get(..word.len() - digits.len())?, digits));
        }
    }
    if row.is(at, &["aged"]) {
        return number_at(row, at + 1).map(|number| Mark::new("aged", &number));
    }
    let kind = series?;
    let before = if at >= 2 && row.has_joined(at - 1, "-") { at - 2 } else { at.checked_sub(1)? };
    let ordinal = ordinal_at(row, before);
    let number = ordinal.or_else(|| number_at(row, at + 1).filter(|_| kind == Numbered::Name))?;
    Some(Mark::new(&word.to_ascii_lowercase(), &number))
}

/// "Second", "21st".
fn ordinal_at(row: Row<'_, '_>, at: usize) -> Option<String> {
    let piece = row.piece(at);
    let ordinal = FigureTables::get().number_word(piece).filter(|word| word.kind == NumberKind::Ordinal);
    let digits = || {
        let digits = piece.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let is_ordinal = digits.len() + 2 == piece.len() && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_ordinal.then(|| digits.to_owned())
    };
    ordinal.map(|word| word.value.normalize().to_string()).or_else(digits)
}

/// A whole number that stands alone.
fn number_at(row: Row<'_, '_>, at: usize) -> Option<String> {
    let piece = row.piece(at);
    let in_words =
        FigureTables::get().number_word(piece).filter(|word| matches!(word.kind, NumberKind::Unit | NumberKind::Teen | NumberKind::Ten));
    let goes_on = || row.is_mark(at + 1, &[',', '.']) && row.is_joined(at + 1) && row.is_number(at + 2) && row.is_joined(at + 2);
    let digits = || (piece.bytes().all(|byte| byte.is_ascii_digit()) && row.is_number(at) && !goes_on()).then(|| piece.to_owned());
    in_words.map(|word| word.value.normalize().to_string()).or_else(digits)
}

/// Those of a sentence that a value at `tokens` is told of, each set once; `steps` says how far a token is from it. What only an earlier
/// sentence says holds on.
pub(super) fn of(told: &[Told], carried: &[Told], tokens: &Range<usize>, steps: impl Fn(usize) -> u8) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let beside = |one: &&Told| !tokens.contains(&one.at) && (one.reach == Reach::Sentence || steps(one.at) <= CLOSE);
    for one in told.iter().filter(beside) {
        let of_set = || told.iter().filter(beside).filter(|other| other.mark.set == one.mark.set);
        let nearest = |member: bool| of_set().filter(|other| (other.mark == one.mark) == member).map(|other| steps(other.at)).min();
        // One word farther off it may be either.
        let is_plain = nearest(false).is_none_or(|other| steps(one.at).saturating_add(1) < other);
        if is_plain && !marks.contains(&one.mark) {
            marks.push(one.mark);
        }
    }
    let says = |set: u32| told.iter().any(|one| one.mark.set == set && !tokens.contains(&one.at));
    for one in carried.iter().filter(|one| one.reach == Reach::Sentence && !says(one.mark.set)) {
        let is_sole = carried.iter().all(|other| other.mark.set != one.mark.set || other.mark == one.mark);
        if is_sole && !marks.contains(&one.mark) {
            marks.push(one.mark);
        }
    }
    marks
}

/// How the number of a figure at `tokens` is meant: as a change or a level.
pub(super) fn as_reckoned(row: Row<'_, '_>, tokens: &Range<usize>) -> Vec<Mark> {
    let tables = TermTables::get();
    let cue =
        |at: Option<usize>| at.map(|at| row.word(at)).filter(|word| !word.is_empty()).and_then(|word| tables.cue_before(tables.key(word)));
    let before = tokens.start.checked_sub(1);
    let behind = tables.cue_behind(tables.key(row.word(tokens.end)));
    let mut marks = Vec::new();
    if behind == Some("change") || cue(before) == Some("change") {
        marks.push(Mark::new("reckoned", "change"));
    } else if cue(before) == Some("level") {
        marks.push(Mark::new("reckoned", "level"));
    }
    marks
}

/// Whether what happens on the date at `tokens` lies ahead or is over, as far as the words of its clause before it say: "will reopen in April"
/// tells of no day on which something closed.
pub(super) fn tense(row: Row<'_, '_>, sentence: &Range<usize>, tokens: &Range<usize>) -> Option<Mark> {
    let clause = (sentence.start.max(tokens.start.saturating_sub(TENSE_WITHIN))..tokens.start).rev();
    let words: Vec<&str> = clause.take_while(|&at| !row.is_mark(at, &[',', ';', ':', '(', '–', '—'])).map(|at| row.word(at)).collect();
    let is_past = |word: &str| FIGURE_WORDS.over.has_in_any_case(word) || word.len() > 4 && word.ends_with("ed");
    let member = match () {
        () if words.iter().any(|word| FIGURE_WORDS.to_come.has_in_any_case(word)) => "to come",
        () if words.iter().any(|word| is_past(word)) => "over",
        () => return None,
    };
    Some(Mark::new("tense", member))
}

/// How far before a date the verb of its clause may stand.
const TENSE_WITHIN: usize = 8;

/// A word so many off stands beside a value. More: what parts another value of the sentence parts this one. Fewer: "the gross domestic product of
/// 2.1bn" says nothing.
const CLOSE: u8 = 4;
