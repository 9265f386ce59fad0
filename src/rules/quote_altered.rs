//! Words between quotation marks that a source has otherwise.

use std::collections::BTreeSet;

use super::Case;
use super::rare_words::rare_deeds_shared;
use super::rule_words::RULE_WORDS;
use super::thresholds::{DAYS_OF_NEWS, TELLING_OF_ONE_OCCASION, TOLD_ALIKE, WORDS_OF_ONE_OCCASION};
use crate::corpus::quotes::{Alignment, Difference, stays_alone};
use crate::corpus::{Citation, QuoteAttestation, QuoteQuestion, how_telling};
use crate::data;
use crate::document::{Document, ProseSpan};
use crate::finding::{Applicability, Family, Finding, Fix, RuleInfo, Severity};
use crate::gazetteer::terms::TermTables;
use crate::reader::{Mention, MentionKind, Quote, SpeakerBasis, Subject, SubjectKind, Word, WordKind, days_between};
use crate::text::{Apart, MOST_SLIPS, Span, edit_distance, folded};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "quote-altered",
    family: Family::Quote,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/quote-altered.md"),
};

/// An attestation beside the draft's quotation.
struct Rendering<'a> {
    attestation: &'a QuoteAttestation,
    words: &'a [Word],
    alignment: Alignment,
}

impl Rendering<'_> {
    /// Where the source has what differs.
    fn citation(&self, difference: &Difference) -> &Citation {
        self.attestation.utterance.citation_of(difference.attested.start)
    }
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.dossier.quotes.is_empty() {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = Vec::new();
    let mut apart = Apart::default();
    for mention in &case.reading.mentions {
        let MentionKind::Quote(quote) = &mention.kind else { continue };
        if stays_alone(case.document, case.reading, mention.at) {
            continue;
        }
        findings.extend(altered(case, mention, quote).into_iter().filter(|finding| apart.take(finding.span)));
    }
    findings
}

fn altered(case: &Case<'_>, mention: &Mention, quote: &Quote) -> Vec<Finding> {
    let Some(question) = QuoteQuestion::about(case.reading, quote) else { return Vec::new() };
    let attestations = case.dossier.quotes(&question);
    if attestations.is_empty() {
        return Vec::new();
    }
    let speaker = quote.speaker.and_then(|speaker| case.reading.speaker(speaker));
    let draft = quote.compared();
    let mut renderings: Vec<Rendering<'_>> = attestations
        .iter()
        .filter(|attestation| match (&speaker, &attestation.utterance.speaker) {
            // A speaker guessed from a pronoun doesn't tell two utterances apart.
            (Some(a), Some(b)) if quote.basis >= SpeakerBasis::Continued && attestation.utterance.basis >= SpeakerBasis::Continued => {
                case.may_be_one(a, b)
            }
            _ => true,
        })
        .filter(|attestation| attestation.is_sure || is_of_one_occasion(case, mention, quote, speaker, attestation))
        .map(|attestation| {
            let attested = &*attestation.utterance.compared;
            let mut alignment = attestation.alignment.clone();
            let agrees = |difference: &Difference| is_slight(&quote.words, draft, &attestation.utterance.words, attested, difference);
            alignment.differences.retain(|difference| !agrees(difference));
            Rendering { attestation, words: attested, alignment }
        })
        .collect();
    if let Some(corrected) =
        renderings.iter().filter(|r| r.attestation.utterance.corrected).map(|r| r.attestation.utterance.citation.source.published).max()
    {
        renderings.retain(|r| r.attestation.utterance.corrected || r.attestation.utterance.citation.source.published > corrected);
    }
    let mut done: Vec<std::ops::Range<usize>> = Vec::new();
    let mut findings = Vec::new();
    for reading in &renderings {
        for difference in &reading.alignment.differences {
            let at = around(difference, draft.len());
            if done.iter().any(|other| other.start < at.end && at.start < other.end) || renderings.iter().any(|r| bears_out(r, &at)) {
                continue;
            }
            done.push(at.clone());
            findings.extend(finding(case, mention, quote, draft, &renderings, &at));
        }
    }
    findings
}

/// Whether a few words and the source's, one of which is another, are told of one speaker on one occasion.
fn is_of_one_occasion<'a>(
    case: &Case<'a>,
    mention: &Mention,
    quote: &Quote,
    speaker: Option<&'a Subject>,
    attestation: &'a QuoteAttestation,
) -> bool {
    let (Some(one), Some(other)) = (speaker, &attestation.utterance.speaker) else { return false };
    let [difference] = &*attestation.alignment.differences else { return false };
    let of_a_kind = one.kind == other.kind && one.kind != SubjectKind::Place;
    let (draft, attested) = (quote.compared(), &*attestation.utterance.compared);
    let (own, theirs) = (&draft[difference.draft.clone()], &attested[difference.attested.clone()]);
    let is_turned = own.len() != theirs.len() || {
        let text = |words: &[Word], of: &str| words.iter().map(|word| folded(word.span.text(of))).collect::<String>();
        are_contraries(&text(own, &quote.words), &text(theirs, &attestation.utterance.words))
    };
    // A small word for another is a change where several others say what is meant.
    let says_something = is_turned || attestation.alignment.content >= 2 || own.iter().all(|word| word.kind == WordKind::Content);
    let citation = attestation.citation();
    let is_news = days_between(case.today, citation.source.published).is_none_or(|days| days <= DAYS_OF_NEWS);
    if !(of_a_kind && says_something && is_news && case.may_be_one(one, other)) {
        return false;
    }
    let sentence = case.document.words(case.reading.sentence(mention.at));
    let told = rare_deeds_shared(sentence, &citation.sentence, &quote.words);
    let alignment = &attestation.alignment;
    // The source sets off these words and no others.
    let is_edge = |at: Option<usize>| at.and_then(|at| attested.get(at)).is_none_or(|word| word.kind == WordKind::Gap);
    let is_whole = is_edge(alignment.attested.start.checked_sub(1)) && is_edge(Some(alignment.attested.end));
    // Where the source goes on beyond a changed first or last word, that word may belong to something else.
    let goes_on = |at: Option<usize>| at.and_then(|at| attested.get(at)).is_some_and(Word::is_word);
    let at_start = difference.draft.start == 0 && goes_on(alignment.attested.start.checked_sub(1));
    let at_end = difference.draft.end == draft.len()
        && goes_on(Some(alignment.attested.end))
        && attested.get(alignment.attested.end - 1).is_some_and(|last| !last.ends_sentence);
    // The fewer words are the same, and the less they say, the more has to be told alike around them.
    let open = usize::from(at_start || at_end);
    let told = told + usize::from(is_turned);
    let tells = telling(quote, &alignment.draft, difference) + f64::from(u32::try_from(told).unwrap_or(u32::MAX)) * TOLD_ALIKE;
    // A rare word of three says as much as a fourth one would, where the other one stands between the same two.
    let is_between = difference.draft.start > 0 && difference.draft.end < draft.len();
    let is_rare = is_whole && is_between && draft.len() + 1 >= WORDS_OF_ONE_OCCASION && tells >= TELLING_OF_ONE_OCCASION;
    let words = told + draft.len() + usize::from(is_rare);
    words >= WORDS_OF_ONE_OCCASION + open && (is_whole || tells >= TELLING_OF_ONE_OCCASION)
}

/// Whether one word is the other with what turns it into its contrary: "able" and "unable".
fn are_contraries(one: &str, other: &str) -> bool {
    let turns = |long: &str, short: &str| short.len() > 2 && long.strip_suffix(short).is_some_and(|prefix| RULE_WORDS.turning.has(prefix));
    turns(one, other) || turns(other, one)
}

/// How much it tells that words of a quotation are shared, those that differ left out.
fn telling(quote: &Quote, shared: &std::ops::Range<usize>, difference: &Difference) -> f64 {
    let tables = TermTables::get();
    let same = shared.clone().filter(|at| !difference.draft.contains(at)).map(|at| &quote.compared()[at]);
    let content = same.filter(|word| word.kind == WordKind::Content);
    content.map(|word| how_telling(tables.key(word.span.text(&quote.words)), 0, 0)).sum()
}

/// The draft's words that a difference is about, with the neighbours of dropped ones.
fn around(difference: &Difference, len: usize) -> std::ops::Range<usize> {
    if difference.draft.is_empty() {
        difference.draft.start.saturating_sub(1)..(difference.draft.start + 1).min(len)
    } else {
        difference.draft.clone()
    }
}

/// Whether a source has the draft's words there, and words on both sides of them as far as the draft has.
fn bears_out(reading: &Rendering<'_>, at: &std::ops::Range<usize>) -> bool {
    let alignment = &reading.alignment;
    alignment.draft.start <= at.start
        && at.end <= alignment.draft.end
        && alignment.differences.iter().all(|other| {
            other.draft.end < at.start || at.end <= other.draft.start || other.draft.end == at.start && !other.draft.is_empty()
        })
}

/// Differences that nobody would call a change of the words.
fn is_slight(draft_text: &str, draft: &[Word], attested_text: &str, attested: &[Word], difference: &Difference) -> bool {
    let joined = |text: &str, words: &[Word], range: &std::ops::Range<usize>, by: &str| {
        words[range.clone()].iter().map(|word| word.span.text(text)).collect::<Vec<_>>().join(by)
    };
    let (d, a) = (joined(draft_text, draft, &difference.draft, " "), joined(attested_text, attested, &difference.attested, " "));
    // "health care" and "healthcare".
    if d.replace(' ', "").eq_ignore_ascii_case(&a.replace(' ', "")) {
        return true;
    }
    let starts = |words: &[Word], at: usize| at == 0 || words[at - 1].ends_sentence;
    if (d.is_empty() && starts(attested, difference.attested.start) && is_opener(&a))
        || (a.is_empty() && starts(draft, difference.draft.start) && is_opener(&d))
    {
        return true;
    }
    // Another spelling of a name is for the rules on names.
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    difference.draft.len() == 1
        && difference.attested.len() == 1
        && capital(&d)
        && capital(&a)
        && difference.draft.start > 0
        && edit_distance(&d.to_lowercase(), &a.to_lowercase(), MOST_SLIPS).is_some()
}

/// Whether editors leave out such words at a sentence's head, or put them in, as they please.
fn is_opener(words: &str) -> bool {
    let words = words.to_lowercase();
    data::SENTENCE_OPENERS.words().any(|opener| opener == words)
}

/// What sources have at one place, as keys of words, and the sources that have it.
type Variant<'a> = (Vec<u64>, Vec<(&'a Rendering<'a>, &'a Difference)>);

fn finding(
    case: &Case<'_>,
    mention: &Mention,
    quote: &Quote,
    draft: &[Word],
    renderings: &[Rendering<'_>],
    at: &std::ops::Range<usize>,
) -> Option<Finding> {
    // What the sources have there, and which of them; the one that most of them have comes first.
    let mut variants: Vec<Variant<'_>> = Vec::new();
    for reading in renderings {
        let Some(difference) = reading.alignment.differences.iter().find(|other| {
            let other = around(other, draft.len());
            other.start < at.end && at.start < other.end
        }) else {
            continue;
        };
        let keys: Vec<u64> = reading.words[difference.attested.clone()].iter().map(|word| word.key).collect();
        match variants.iter_mut().find(|(other, _)| *other == keys) {
            Some((_, having)) => having.push((reading, difference)),
            None => variants.push((keys, vec![(reading, difference)])),
        }
    }
    let sources = |having: &[(&Rendering<'_>, &Difference)]| {
        having.iter().map(|(reading, _)| reading.attestation.utterance.citation.source.clone()).collect::<BTreeSet<_>>().len()
    };
    variants.sort_by_key(|(_, having)| {
        let latest = having.iter().map(|(reading, _)| reading.attestation.utterance.citation.source.published).max();
        (std::cmp::Reverse(sources(having)), std::cmp::Reverse(latest))
    });
    let (_, having) = variants.first()?;
    let &(reading, difference) = having.first()?;
    let place = Place { document: case.document, mention, quote, draft };
    let span = place.span(&around(difference, draft.len()))?;
    let mut evidence: Vec<Citation> = having.iter().map(|(reading, difference)| reading.citation(difference).clone()).collect();
    evidence.sort_by(Citation::latest_first);
    evidence.dedup_by(|a, b| a.source == b.source);
    let message = message(&place, reading, difference, &evidence);
    let fixes = variants
        .iter()
        .filter_map(|(_, having)| having.first())
        .filter_map(|(reading, difference)| place.fix(reading, difference))
        .collect();
    Some(Finding {
        rule: &RULE,
        severity: RULE.severity,
        span: case.document.to_source(span),
        message,
        evidence,
        related: Vec::new(),
        fixes,
    })
}

struct Place<'a> {
    document: &'a Document,
    mention: &'a Mention,
    quote: &'a Quote,
    draft: &'a [Word],
}

impl Place<'_> {
    /// Where words of the quotation stand in the prose.
    fn span(&self, range: &std::ops::Range<usize>) -> Option<ProseSpan> {
        let (first, last) = (self.draft.get(range.start)?, self.draft[..range.end].last()?);
        Some(self.prose(Span::new(first.span.start, last.span.end)))
    }

    fn prose(&self, span: Span) -> ProseSpan {
        ProseSpan { block: self.mention.at.block, span: span.shifted(self.mention.at.span.start) }
    }

    /// The edit that puts the attested words in the place of the draft's.
    fn fix(&self, reading: &Rendering<'_>, difference: &Difference) -> Option<Fix> {
        let attested_text = &reading.attestation.utterance.words;
        let (d, a) = (&difference.draft, &difference.attested);
        let own = |range: Span| range.text(&self.quote.words);
        let slice = |start: u32, end: u32| attested_text.get(start as usize..end as usize);
        let (span, words, title) = if !d.is_empty() && !a.is_empty() {
            let span = Span::new(self.draft[d.start].span.start, self.draft[d.end - 1].span.end);
            let words = slice(reading.words[a.start].span.start, reading.words[a.end - 1].span.end)?;
            let at_start = a.start == 0 || reading.words[a.start - 1].ends_sentence;
            let begins = d.start == 0 || self.draft[d.start - 1].ends_sentence;
            let words = cased(words, own(span), begins, at_start);
            let title = format!("Change to “{words}”");
            (span, words, title)
        } else {
            // Between the same two words, what the source has between them.
            let (before, behind) = (d.start.checked_sub(1)?, d.end);
            let (left, right) = (self.draft.get(before)?, self.draft.get(behind)?);
            let (their_left, their_right) = (reading.words.get(a.start.checked_sub(1)?)?, reading.words.get(a.end)?);
            let span = Span::new(left.span.end, right.span.start);
            let between = slice(their_left.span.end, their_right.span.start)?;
            let title =
                if d.is_empty() { format!("Put in “{}”", between.trim()) } else { format!("Leave out “{}”", own(span).trim()) };
            (span, between.to_owned(), title)
        };
        if words.contains(['“', '”', '"', '«', '»', '[', '…']) || words.contains("...") {
            return None;
        }
        let edit = self.document.replace(self.prose(span), &words)?;
        Some(Fix::new(title, vec![edit]))
    }
}

/// `words` with the case that the draft's own have where a sentence or the quotation starts.
fn cased(words: &str, draft: &str, draft_starts: bool, attested_starts: bool) -> String {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return String::new() };
    let lower = draft.starts_with(char::is_lowercase);
    if draft_starts && draft.starts_with(char::is_uppercase) {
        first.to_uppercase().chain(chars).collect()
    } else if attested_starts && lower && words != "I" && !words.starts_with("I ") && !words.starts_with("I’") && !words.starts_with("I'")
    {
        first.to_lowercase().chain(chars).collect()
    } else {
        words.to_owned()
    }
}

fn message(place: &Place<'_>, reading: &Rendering<'_>, difference: &Difference, evidence: &[Citation]) -> String {
    let who = super::who_says(evidence);
    let plural = evidence.len() > 1;
    let text_of = |words: &[Word], text: &str, range: &std::ops::Range<usize>| {
        let span = Span::new(words[range.start].span.start, words[range.end - 1].span.end);
        span.text(text).to_owned()
    };
    let (d, a) = (&difference.draft, &difference.attested);
    let draft = || text_of(place.draft, &place.quote.words, d);
    let attested = || text_of(reading.words, &reading.attestation.utterance.words, a);
    let (have, quote) = if plural { ("have", "quote") } else { ("has", "quotes") };
    if d.is_empty() {
        format!("{who} {have} “{}” here, which the draft leaves out", attested())
    } else if a.is_empty() {
        format!("{who} {quote} this without “{}”", draft())
    } else {
        format!("{who} {quote} “{}” here; the draft has “{}”", attested(), draft())
    }
}
