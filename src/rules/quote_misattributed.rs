//! Words that the sources have from somebody else.

use super::respoken::credited_to;
use super::rule_words::{RULE_WORDS, STOCK_PHRASES};
use super::thresholds::{
    DAYS_OF_NEWS, OWN_BUT_ONE, OWN_CONTENT, OWN_PART, OWN_TELLING, OWN_TELLING_OF_MANY, OWN_TELLING_OF_NEWS, OWN_WORDS, OWN_WORDS_OF_NEWS,
};
use super::{Case, verb, who_says};
use crate::corpus::quotes::{Alignment, Speaker, stays_alone};
use crate::corpus::{Citation, QuoteAttestation, QuoteQuestion, how_telling};
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::terms::TermTables;
use crate::reader::{MentionKind, Quote, SpeakerBasis, SubjectKind, Word, WordKind, days_between};

/// So many words of a name and its title stand behind the verb that says whose words are taken up.
const MOST_BETWEEN: usize = 4;

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "quote-misattributed",
    family: Family::Quote,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/quote-misattributed.md"),
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.dossier.quotes.is_empty() {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = Vec::new();
    for mention in &case.reading.mentions {
        let MentionKind::Quote(quote) = &mention.kind else { continue };
        let (Some(speaker_id), SpeakerBasis::Named) = (quote.speaker, quote.basis) else { continue };
        let (Some(speaker), Some(question)) = (case.reading.speaker(speaker_id), QuoteQuestion::about(case.reading, quote)) else {
            continue;
        };
        if quote.nested || stays_alone(case.document, case.reading, mention.at) {
            continue;
        }
        let speaker_at = case.reading.mention(speaker_id).at;
        let sentence = case.reading.sentence(mention.at);
        let is_beside = speaker_at.block == sentence.block && sentence.span.covers(speaker_at.span);
        let attestations: Vec<_> =
            case.dossier.quotes(&question).iter().filter(|one| one.is_sure && is_nobody_elses(case, quote, one, is_beside)).collect();
        // Where any source may have it from the same person, by its speaker or by a name beside the words, nothing is said.
        let agrees = attestations.iter().any(|attestation| {
            let named = attestation.utterance.speaker.as_ref().is_some_and(|other| case.may_be_one(speaker, other));
            named || case.may_name(speaker, &attestation.citation().sentence)
        });
        if agrees {
            continue;
        }
        let mut named: Vec<(&Speaker, &Citation)> = attestations
            .iter()
            .filter(|attestation| is_beyond_doubt(attestation))
            .filter_map(|attestation| Some((attestation.utterance.speaker.as_ref()?, attestation.citation())))
            .collect();
        named.sort_by(|a, b| a.1.latest_first(b.1));
        let Some(&(credited, _)) = named.first() else { continue };
        if is_quoted_after(case.document.words(sentence), credited) || has_another_saying(case.document.words(sentence)) {
            continue;
        }
        // Sources that don't agree with each other bear nobody out.
        if named.iter().any(|(other, _)| !other.may_be(credited)) {
            continue;
        }
        let preferred =
            attestations.iter().find_map(|one| one.preferred_name.as_deref().filter(|_| one.utterance.speaker.as_ref() == Some(credited)));
        let fullest = named.iter().map(|(speaker, _)| *speaker).max_by_key(|speaker| speaker.name.split_whitespace().count());
        let credited = fullest.unwrap_or(credited);
        let name = &credited.name;
        let mut evidence: Vec<Citation> = named.iter().map(|(_, citation)| (*citation).clone()).collect();
        evidence.dedup_by(|a, b| a.source == b.source);
        let at = case.reading.mention(speaker_id).at;
        let span = case.document.to_source(at);
        if findings.iter().any(|other| other.span == span) {
            continue;
        }
        let verb = verb(&evidence, "has", "have");
        let message = format!("{} {verb} these words from {name}; the draft has them from {}", who_says(&evidence), speaker.name);
        // An organisation's name alone, perhaps without its article, would not do.
        let is_body = [credited.kind, speaker.kind].contains(&SubjectKind::Organisation);
        let fix = if is_body { None } else { credited_to(case, speaker_id, credited, preferred.unwrap_or(name)) };
        let fixes = fix.into_iter().collect();
        findings.push(Finding { rule: &RULE, severity: RULE.severity, span, message, evidence, related: Vec::new(), fixes });
    }
    findings
}

/// Whether the source leaves no doubt whose words they are.
const fn is_beyond_doubt(attestation: &QuoteAttestation) -> bool {
    matches!(attestation.utterance.basis, SpeakerBasis::Named | SpeakerBasis::Referred)
}

/// Whether a sentence has somebody tell what another one says: "she recalled the canon saying".
fn has_another_saying(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling = words.iter().position(|word| RULE_WORDS.telling_of_words.has(word));
    telling.is_some_and(|at| words[at..].iter().any(|word| matches!(*word, "saying" | "say" | "telling")))
}

/// Whether the draft's sentence says whose words somebody takes up: "…, she said, quoting Smith", "she mocked Smith's “…”".
fn is_quoted_after(sentence: &str, credited: &Speaker) -> bool {
    let surname = credited.name.split_whitespace().last().unwrap_or(&credited.name);
    sentence.match_indices(surname).any(|(at, _)| {
        let behind = &sentence[at + surname.len()..];
        let is_possessive = behind.starts_with("'s") || behind.starts_with("’s") || behind.starts_with("' ") || behind.starts_with("’ ");
        // The given name and a title stand between.
        let before: Vec<&str> = sentence[..at].split_whitespace().rev().take(MOST_BETWEEN).collect();
        is_possessive || before.iter().any(|word| RULE_WORDS.taking_up.has(word))
    })
}

/// Whether the words that both have are so many, or beside their speaker's name so rare, that no two people say them.
fn is_nobody_elses(case: &Case<'_>, quote: &Quote, attestation: &QuoteAttestation, is_beside: bool) -> bool {
    let alignment = &attestation.alignment;
    let nearly_all = alignment.differences.is_empty() || (alignment.differences.len() == 1 && alignment.matched >= OWN_BUT_ONE);
    // A name or a phrase that both of them use is in two utterances of other words.
    let covers = |part: usize, words: &[Word]| OWN_PART.is_reached_by(part, words.iter().filter(|word| word.is_word()).count());
    let is_one = covers(alignment.matched, quote.compared()) || covers(alignment.matched, &attestation.utterance.compared);
    let rare = || {
        let tells = telling_words(quote, attestation);
        // In the days of the report fewer are: who else says them then says them of something else, or quotes.
        let days = days_between(case.today, attestation.citation().source.published);
        let is_news = || is_beyond_doubt(attestation) && days.is_some_and(|days| days <= DAYS_OF_NEWS);
        let enough = match alignment.matched {
            OWN_BUT_ONE.. => OWN_TELLING_OF_MANY,
            OWN_WORDS_OF_NEWS.. if is_news() => OWN_TELLING_OF_NEWS,
            _ => OWN_TELLING,
        };
        tells >= enough
    };
    let many = alignment.matched >= OWN_WORDS && alignment.content >= OWN_CONTENT;
    nearly_all && is_one && (many || is_beside && alignment.differences.is_empty()) && rare()
}

/// How much the words tell that both have, in nats: names in them and phrases that everybody uses tell nothing of who says them.
fn telling_words(quote: &Quote, attestation: &QuoteAttestation) -> f64 {
    let tables = TermTables::get();
    let lower = quote.words.to_lowercase();
    let stock: Vec<_> = STOCK_PHRASES.find_overlapping_iter(&lower).map(|found| found.range()).collect();
    let is_stock = |at: usize| stock.iter().any(|phrase| phrase.contains(&at));
    let Alignment { draft, matched, .. } = &attestation.alignment;
    // What the source tells in words of its own stands around those that it quotes.
    let shared = if *matched > draft.len() { quote.compared() } else { &quote.compared()[draft.clone()] };
    let words = shared.iter().enumerate().filter(|(_, word)| word.kind == WordKind::Content);
    let own = words.filter(|(number, word)| {
        let opens = number.checked_sub(1).is_none_or(|before| shared[before].ends_sentence);
        (opens || !word.span.text(&quote.words).starts_with(char::is_uppercase)) && !is_stock(word.span.start as usize)
    });
    own.map(|(_, word)| how_telling(tables.key(word.span.text(&quote.words)), 0, 0)).sum()
}
