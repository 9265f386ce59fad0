//! The number of a unit: "the 26th Mechanized Brigade" for the 28th. Two units of one kind are two; what tells that one is meant is the
//! rest of the sentence.

use super::rare_words::rare_words_shared;
use super::spelling::Named;
use super::thresholds::{DAYS_OF_NEWS, ONE_DEED};
use super::{Case, conflict};
use crate::corpus::Citation;
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix, RuleInfo};
use crate::gazetteer::is_ordinal_ending;
use crate::reader::{Mention, SubjectKind, days_between, write_like};
use crate::text::Span;

/// The units of the draft that the sources have under another number.
pub(super) fn findings(case: &Case<'_>, rule: &'static RuleInfo) -> Vec<Finding> {
    let bodies = case.names().iter().filter(|named| named.subject.kind == SubjectKind::Organisation);
    let units = bodies.flat_map(|named| named.mentions.iter().map(move |mention| (named, *mention)));
    units.filter_map(|(named, mention)| finding(case, rule, named, mention)).collect()
}

fn finding(case: &Case<'_>, rule: &'static RuleInfo, named: &Named<'_>, mention: &Mention) -> Option<Finding> {
    let text = &case.document.block(mention.at).text;
    let (number, at) = number_before(text, mention.at.span.start as usize)?;
    let own = case.document.words(case.reading.sentence(mention.at));
    let name = &named.subject.name;
    let mut told: Vec<(u32, &Citation)> = Vec::new();
    for citation in named.known()?.citations.iter().filter(|citation| is_news(case, citation)) {
        let numbers = citation.sentence.match_indices(name.as_str()).filter_map(|(at, _)| number_before(&citation.sentence, at));
        told.extend(numbers.map(|(number, _)| (number, citation)));
    }
    told.retain(|(number_told, citation)| *number_told == number || rare_words_shared(own, &citation.sentence, name) >= ONE_DEED);
    let &(right, _) = told.first()?;
    if right == number || told.iter().any(|(other, _)| *other != right) {
        return None;
    }
    let mut evidence: Vec<Citation> = told.iter().map(|(_, citation)| (*citation).clone()).collect();
    evidence.dedup_by(|a, b| a.source == b.source);
    let place = ProseSpan { block: mention.at.block, span: at };
    let written = case.document.words(place);
    let words = write_like(written, right.into())?;
    let edit = case.document.replace(place, &words).filter(|_| !mention.in_quote);
    let fixes = edit.map(|edit| Fix::new(format!("Change “{written}” to “{words}”"), vec![edit]));
    Some(conflict(case, rule, place, (&format!("the {written}"), &format!("the {words}")), evidence, fixes.into_iter().collect()))
}

fn is_news(case: &Case<'_>, citation: &Citation) -> bool {
    days_between(case.today, citation.source.published).is_none_or(|days| days <= DAYS_OF_NEWS)
}

/// The ordinal in digits right before a name, and where it stands.
fn number_before(text: &str, name: usize) -> Option<(u32, Span)> {
    let before = text[..name].strip_suffix(' ')?;
    let start =
        before.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = is_ordinal_ending(&word[digits.len()..]);
    digits.parse().ok().filter(|_| is_ordinal).map(|number| (number, Span::of(start..before.len())))
}
