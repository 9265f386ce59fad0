//! Forms of address that say whether somebody is a man or a woman: "Sir" for "Dame", "Mr" for "Ms".

use crate::corpus::{Citation, Record};
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix, RuleInfo};
use crate::reader::{Mention, SubjectKind};
use crate::rules::rule_words::RULE_WORDS;
use crate::rules::spelling::Named;
use crate::rules::{Case, verb, who_says};
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
struct Address {
    is_knights: bool,
    is_womans: bool,
}

impl Address {
    fn of(word: &str) -> Option<Self> {
        let word = word.trim_end_matches('.');
        let (knights, mans, womans) = (&RULE_WORDS.knights_address, &RULE_WORDS.mans_address, &RULE_WORDS.womans_address);
        let is_womans = womans.has(word);
        (is_womans || mans.has(word)).then(|| Self { is_knights: knights.has(word), is_womans })
    }

    /// Whether nobody is addressed both ways.
    fn excludes(self, other: Self) -> bool {
        self.is_knights == other.is_knights && self.is_womans != other.is_womans
    }
}

/// Those before a full name of the draft that no source has before it, where sources have the other one.
pub(in crate::rules) fn addresses(case: &Case<'_>, rule: &'static RuleInfo) -> impl Iterator<Item = Finding> {
    let people = case.names().iter().filter(|named| named.subject.kind == SubjectKind::Person && named.person.given.is_some());
    people.filter_map(move |named| {
        let [record] = &*named.answer?.known else { return None };
        let mut full = named.mentions.iter().filter(|mention| !mention.in_quote && case.document.words(mention.at).contains(' '));
        full.find_map(|mention| wrong_address(case, named, record, mention, rule))
    })
}

fn wrong_address(case: &Case<'_>, named: &Named<'_>, record: &Record, mention: &Mention, rule: &'static RuleInfo) -> Option<Finding> {
    let text = &*case.document.block(mention.at).text;
    let span = word_before(text, mention.at.span.start as usize)?;
    let written = span.text(text);
    let own = Address::of(written)?;
    let mut evidence: Vec<Citation> = Vec::new();
    let mut right = None;
    for citation in &record.citations {
        for (word, address) in record.spellings.iter().flat_map(|spelling| addressed(&citation.sentence, &spelling.form)) {
            // One source that has it as the draft does is enough, and so is one that speaks of a couple.
            if address == own {
                return None;
            }
            if address.excludes(own) && evidence.iter().all(|other| other.source != citation.source) {
                right.get_or_insert(word);
                evidence.push(citation.clone());
            }
        }
    }
    let right = right?;
    let at = ProseSpan { span, ..mention.at };
    let right = if written.ends_with('.') { right.to_owned() } else { right.trim_end_matches('.').to_owned() };
    let fix = case.document.replace(at, &right).map(|edit| Fix::new(format!("Change to “{right}”"), vec![edit]));
    Some(Finding {
        rule,
        severity: rule.severity,
        span: case.document.to_source(at),
        message: format!(
            "{} {} {} “{right}”; the draft has “{written}”",
            who_says(&evidence),
            verb(&evidence, "calls", "call"),
            named.subject.name
        ),
        evidence,
        related: Vec::new(),
        fixes: fix.into_iter().collect(),
    })
}

/// The word right before `at`.
fn word_before(text: &str, at: usize) -> Option<Span> {
    let before = text[..at].strip_suffix(' ')?;
    let start = before
        .rfind(|c: char| !c.is_alphanumeric() && c != '.')
        .map_or(0, |blank| blank + before[blank..].chars().next().map_or(1, char::len_utf8));
    (start < before.len()).then(|| Span::of(start..before.len()))
}

/// The forms of address that a sentence has before a full name.
fn addressed<'s>(sentence: &'s str, form: &str) -> Vec<(&'s str, Address)> {
    let starts = sentence.match_indices(form).filter(|_| form.contains(' ')).map(|(at, _)| at);
    let mut words: Vec<&str> = starts.filter_map(|at| Some(word_before(sentence, at)?.text(sentence))).collect();
    words.sort_unstable();
    words.into_iter().filter_map(|word| Some((word, Address::of(word)?))).collect()
}
