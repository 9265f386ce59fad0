//! Looks around a quotation for the words that say who speaks: a verb of speech before, behind or between, and where its
//! subject stands. Depends on the block alone; whose names stand there is seen later.

use super::marks::Pair;
use super::quote_words::{QUOTE_WORDS, is_filler, is_pronoun, is_speech_verb};
use crate::text::{Row, Span, Token, TokenKind};

/// What a block says of the speaker of one of its quotations; spans are bytes of the block's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clue {
    /// The verb of speech.
    pub(super) cue: Option<Span>,
    /// Where the verb's subject stands.
    pub(super) subject: Option<Subject>,
    /// The rest of the sentence before the quotation, where a speaker may be guessed from.
    pub(super) lead: Option<Span>,
    /// Another quotation stands before it in its sentence, with nothing that names a speaker between.
    pub(super) after_quote: bool,
    /// Nothing but the quotation stands in its sentences.
    pub(super) alone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) within: Span,
    pub(super) by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The name nearest to a verb behind it.
    Before,
    /// The first name behind the verb.
    Behind,
    /// The sentence's own subject, for a participle ("…, adding").
    Main,
    Pronoun,
    /// "who said": the name the clause hangs on.
    Relative,
}

/// How far from the quotation a verb behind it is looked for, in tokens.
const REACH_BEHIND: usize = 40;
/// How many tokens a speaker's name before a colon has with what stands beside it, and how many words of those in small letters.
const LONGEST_LABEL: usize = 8;
const MOST_BESIDE_LABEL: usize = 3;
/// How far behind an inverted verb the name may stand.
const REACH_NAME: usize = 16;

/// The clue for the quotation at `index` of the block's `pairs`.
pub(super) fn clue(row: Row<'_, '_>, sentences: &[Span], pairs: &[Pair], index: usize) -> Clue {
    let Row { text, tokens } = row;
    let pair = pairs[index];
    let bounds = enclosing(text, &pairs[..index], pair);
    let (open, close) = (row.token_at(pair.outer.start), row.token_from(pair.outer.end));
    let is_peer = |other: &&Pair| other.depth == pair.depth && bounds.covers(other.outer);
    let (floor, ceiling) = (row.token_from(bounds.start), row.token_from(bounds.end));
    let sentence = |token: usize| sentences.get(sentences.partition_point(|span| span.end as usize <= token)).copied();

    // Before: from the start of the sentence, or from the quotation before.
    let sentence_start = sentence(open).map_or(floor, |span| span.start as usize).max(floor).min(open);
    let before = pairs[..index].iter().rev().filter(is_peer).find(|other| other.outer.end <= pair.outer.start);
    let last_before = before.map(|before| before.outer.end);
    let before_start = last_before.map_or(sentence_start, |end| row.token_from(end).max(sentence_start)).min(open);
    let cut_by_quote = last_before.is_some_and(|end| tokens.get(sentence_start).is_some_and(|token| token.span.start < end));
    // Behind: to the end of the sentence, or to the next quotation.
    let next_behind = pairs[index + 1..].iter().filter(is_peer).find(|other| other.outer.start >= pair.outer.end);
    let limit = next_behind.map_or(ceiling, |next| row.token_at(next.outer.start)).min(ceiling);
    let inner = pair.inner.text(text);
    let asks_on = inner.ends_with(['?', '!', '…', '—', '-', ',']) || inner.ends_with("...");
    let same_sentence = sentence(close).is_some_and(|span| close > 0 && (span.start as usize) < close);
    let behind_end = if same_sentence || asks_on { sentence(close).map_or(close, |span| span.end as usize) } else { close };
    let behind_end = behind_end.min(limit).min(close + REACH_BEHIND).max(close);
    // A clause of its own tells of something else: "…”, if at a price; others had criticised it".
    let says_something = |at: &usize| tokens[close..*at].iter().any(|token| token.is_word());
    let ends_clause = |at: &usize| tokens[*at].is_mark(text, &[';']) && says_something(at);
    let behind_end = (close..behind_end).find(ends_clause).unwrap_or(behind_end);

    let before = &tokens[before_start..open];
    let behind = &tokens[close.min(behind_end)..behind_end];
    let comma_behind = behind.first().is_some_and(|token| token.is_mark(text, &[',']));
    let strong = inner.ends_with([',', '?', '!', '—']) || comma_behind;
    let alone = !before.iter().any(|token| token.is_word()) && !behind.iter().any(|token| token.is_word());
    let lead = span_of(before);
    let mut clue = Clue { lead, after_quote: cut_by_quote, alone, ..Clue::default() };

    let found = if strong {
        cue_behind(text, behind, same_sentence).or_else(|| cue_before(text, before))
    } else {
        cue_before(text, before).or_else(|| cue_behind(text, behind, same_sentence))
    };
    if let Some((cue, subject)) = found.or_else(|| label(text, before)) {
        clue.cue = Some(cue);
        clue.subject = subject;
    }
    clue
}

/// Somebody named before a colon with a word or two at most: "Smith afterwards: “…”". The colon is the cue.
fn label(text: &str, before: &[Token]) -> Option<(Span, Option<Subject>)> {
    let (colon, words) = before.split_last()?;
    let first = words.first()?;
    let is_label = colon.is_mark(text, &[':']) && words.len() <= LONGEST_LABEL && first.is_capitalised();
    let behind: Vec<&Token> = words.iter().filter(|token| token.is_word() && !token.is_capitalised()).collect();
    let governs = |token: &&&Token| QUOTE_WORDS.before_object.has(token.text(text));
    let within = span_of(words).filter(|_| is_label && behind.len() <= MOST_BESIDE_LABEL && !behind.iter().any(|token| governs(&token)))?;
    Some((colon.span, Some(Subject { within, by: By::Main })))
}

/// The clue that a block gives to the words set off below it: "The minister wrote:". None where nobody is said to speak.
pub(super) fn lead_in(row: Row<'_, '_>, sentences: &[Span]) -> Option<Clue> {
    let text = row.text;
    let (last, before) = row.tokens.split_last()?;
    if !last.is_mark(text, &[':']) {
        return None;
    }
    let start = sentences.last().map_or(0, |span| span.start as usize).min(before.len());
    let (cue, subject) = cue_before(text, &before[start..])?;
    Some(Clue { cue: Some(cue), subject, lead: span_of(&before[start..]), ..Clue::default() })
}

/// The bytes within which a quotation's speaker is looked for: the quotation around it, which is one of those `before` it, or the block.
fn enclosing(text: &str, before: &[Pair], pair: Pair) -> Span {
    let around = |other: &&Pair| other.depth < pair.depth && other.inner.covers(pair.outer);
    let enclosing = before.iter().rev().take(if pair.depth == 0 { 0 } else { before.len() }).find(around);
    enclosing.map_or(Span::new(0, text.len() as u32), |other| other.inner)
}

fn span_of(tokens: &[Token]) -> Option<Span> {
    Some(tokens.first()?.span.join(tokens.last()?.span))
}

fn is_verb(text: &str, token: &Token) -> bool {
    token.is_word() && is_speech_verb(token.text(text))
}

/// A verb that follows a determiner or an adjective's "of" is a noun: "the claims", "his demands".
fn is_noun(text: &str, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let before = tokens[before];
        before.kind == TokenKind::Possessive || QUOTE_WORDS.before_noun.has(before.text(text))
    })
}

fn cue_behind(text: &str, behind: &[Token], same_sentence: bool) -> Option<(Span, Option<Subject>)> {
    let plain = |at: &usize| QUOTE_WORDS.plain.has(behind[*at].text(text));
    let verbs = || (0..behind.len()).filter(|&at| is_verb(text, &behind[at]) && !is_noun(text, behind, at));
    let first = verbs().next();
    // "…, a remark that surprised many, Smith said": the plain verb is the one.
    let at = verbs().take(4).find(plain).or(first)?;
    let next = behind.get(at + 1);
    if !same_sentence && next.is_some_and(|token| token.is_mark(text, &[':'])) {
        return None;
    }
    // "… brother!” Larsund's captain praised the crew": a sentence of its own, whose verb has an object of its own.
    let has_object = || next.is_some_and(|token| QUOTE_WORDS.before_noun.has(token.text(text)));
    if !same_sentence && !plain(&at) && has_object() {
        return None;
    }
    let words_before: Vec<&Token> = behind[..at].iter().filter(|token| token.is_word() && !is_filler(token.text(text))).collect();
    let cue = behind[at].span;
    if words_before.is_empty() {
        // "According to Smith": the preposition belongs to the verb.
        let from = (at + 1 + usize::from(behind[at].text(text) == "according")).min(behind.len());
        let rest = &behind[from..behind.len().min(from + REACH_NAME)];
        if let Some(first) = rest.first().filter(|token| QUOTE_WORDS.pronoun.has(token.text(text))) {
            return Some((cue, Some(Subject { within: first.span, by: By::Pronoun })));
        }
        let clause = rest.iter().position(|token| QUOTE_WORDS.clause.has(token.text(text))).map_or(rest, |end| &rest[..end]);
        return Some((cue, span_of(clause).map(|within| Subject { within, by: By::Behind })));
    }
    Some((cue, Some(subject_before(text, &behind[..at], cue))))
}

/// The subject of a verb, in the words before it.
fn subject_before(text: &str, words: &[Token], cue: Span) -> Subject {
    let within = span_of(words).unwrap_or(cue);
    let last = words.iter().rev().find(|token| !(token.is_word() && is_filler(token.text(text))));
    let by = match last.map(|token| token.text(text)) {
        Some("who") => By::Relative,
        Some(word) if is_pronoun(word) => By::Pronoun,
        // "He accused Smith of muddle, saying": she is whom he speaks of.
        _ if cue.text(text).ends_with("ing") && words.first().is_some_and(|token| is_pronoun(&token.text(text).to_lowercase())) => {
            By::Pronoun
        }
        _ if cue.text(text).ends_with("ing") => By::Main,
        _ => By::Before,
    };
    Subject { within, by }
}

fn cue_before(text: &str, before: &[Token]) -> Option<(Span, Option<Subject>)> {
    let at = (0..before.len()).rev().find(|&at| is_verb(text, &before[at]) && !is_noun(text, before, at))?;
    let cue = before[at].span;
    if before[at].text(text).eq_ignore_ascii_case("according") {
        return Some((cue, before.get(at + 2..).and_then(span_of).map(|within| Subject { within, by: By::Behind })));
    }
    let words = &before[..at];
    if words.iter().any(|token| token.is_word() && !is_filler(token.text(text))) {
        return Some((cue, Some(subject_before(text, words, cue))));
    }
    // "Said Smith: “…”", or the words go on from the quotation before.
    let behind = before[at + 1..].iter().any(|token| token.is_capitalised());
    Some((cue, (words.is_empty() && behind).then(|| span_of(&before[at + 1..])).flatten().map(|within| Subject { within, by: By::Behind })))
}
