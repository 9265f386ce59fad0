//! What may be said otherwise without anything being wrong, and what sources on other things have no say in: of figures and dates.

use std::sync::Arc;

use copydesk::check::{Rereader, Style};
use copydesk::config::Config;
use copydesk::corpus::{MemoryCorpus, Source, SourceHeader};
use copydesk::document::Document;
use copydesk::finding::Finding;
use copydesk::markup::Format;
use proptest::prelude::*;
use proptest::sample::select;

use crate::written;

/// What stands around a sentence, in several words for one event.
const AROUND: &[(&str, &str)] = &[
    ("The dam at Larsund gave way on Sunday. ", ""),
    ("It happened when the dam at Larsund gave way. ", " Petra Aaland, the mayor, said so."),
    ("", " The dam at Larsund had given way on Sunday morning."),
    ("After the Larsund dam broke, people came to the quay. ", " Nobody knows why it broke."),
    ("Mayor Petra Aaland spoke about the broken dam in Larsund. ", " She had come by boat."),
];

/// Articles about other things, with a value each.
const UNRELATED: &[(&str, &str)] = &[
    ("A bakery in Tarbeg sold ", " loaves on its first day, the baker Ulf Ekre said."),
    ("The choir of Fellmouth has ", " singers and sang in the chapel."),
    ("Geese took off from the marsh at Oxby: wardens saw ", " of them."),
    ("A library in Kvam lent out ", " novels in March, the librarian Ida Moen wrote."),
    ("Anglers paid €", " for a permit on the river Orr."),
    ("The cyclist Jon Wester rode ", " km over the pass at Hollin."),
    ("In a poll ", " per cent liked the new stamps."),
    ("A glacier lost ", " tonnes of ice, a paper by Nora Fenn says."),
    ("The opera at Brask ran for ", " days and then moved to the park."),
    ("It rained in ", ", and the fair at Sund was put off."),
];

fn findings(draft: &str, sources: &[String]) -> Vec<Finding> {
    let source = |(number, text): (usize, &String)| {
        let header = SourceHeader { id: format!("{number}.md"), published: "2024-05-06".parse().ok(), ..SourceHeader::default() };
        Source::read(header, Document::parse(text.as_str().into(), Format::Plain))
    };
    let corpus = Arc::new(MemoryCorpus::new(sources.iter().enumerate().map(source)));
    let config = Config::default();
    let (mut rereader, style) = (Rereader::default(), Style { config: &config, as_of: "2024-05-07".parse().ok() });
    let draft = rereader.draft(Document::parse(draft.into(), Format::Plain), &*corpus, style).expect("a corpus in memory answers");
    let mut findings = draft.tried(rereader, &*corpus, style).findings;
    findings.retain(|finding| ["figure-", "date-"].iter().any(|family| finding.rule.name.starts_with(family)));
    findings
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {:?}: {}", finding.rule.name, finding.span, finding.message)).collect()
}

fn around(sentence: &str, (before, behind): (&str, &str)) -> String {
    format!("{before}{sentence}{behind}\n")
}

/// A value written in two ways, and the words around it.
pub(crate) fn twice() -> impl Strategy<Value = (String, String)> {
    (written::twice(), select(AROUND), select(AROUND))
        .prop_map(|((one, other), draft, source)| (around(&one, draft), around(&other, source)))
}

/// Writing a value or its context another way makes no finding.
pub(crate) fn is_the_same(draft: &str, source: &str) -> Result<(), TestCaseError> {
    let found = told(&findings(draft, &[source.to_owned()]));
    prop_assert!(found.is_empty(), "{draft}{source}{found:?}");
    Ok(())
}

/// Articles on other things, a few or a hundred.
fn others() -> impl Strategy<Value = Vec<String>> {
    let month = select(&["January", "March", "May 2023", "2019", "December"][..]);
    let other = (select(UNRELATED), 2_u32..2_000, month).prop_map(|((before, behind), value, month)| {
        let value = if before.ends_with("rained in ") { month.to_owned() } else { value.to_string() };
        format!("{before}{value}{behind}\n")
    });
    prop_oneof![9 => prop::collection::vec(other.clone(), 1..4), 1 => prop::collection::vec(other, 100)]
}

/// A value written in two ways, as [`twice`], and articles on other things.
pub(crate) fn twice_beside_others() -> impl Strategy<Value = (String, String, Vec<String>)> {
    (twice(), others()).prop_map(|((draft, source), others)| (draft, source, others))
}

/// A draft and a source of one event whose values may differ, and articles on other things.
pub(crate) fn said_beside_others() -> impl Strategy<Value = (String, String, Vec<String>)> {
    (written::said(), select(AROUND), select(AROUND), others()).prop_map(|(said, draft, source, others)| {
        let (own, attested) = said.sentences();
        (around(&own, draft), around(&attested, source), others)
    })
}

fn beside(draft: &str, source: &str, others: &[String]) -> Vec<Finding> {
    let all: Vec<String> = [source.to_owned()].into_iter().chain(others.iter().cloned()).collect();
    findings(draft, &all)
}

/// Where a source has what the draft has, sources on other things make no finding, be they one or a hundred.
pub(crate) fn others_contradict_nothing(draft: &str, source: &str, others: &[String]) -> Result<(), TestCaseError> {
    let found = told(&beside(draft, source, others));
    prop_assert!(found.is_empty(), "{draft}{source}{found:?}");
    Ok(())
}

/// Nothing is held against a draft from them. Beside them it shows which words of its own event are rare, so that a value may be questioned by
/// the one source on that which was let pass before.
pub(crate) fn others_have_no_say(draft: &str, source: &str, others: &[String]) -> Result<(), TestCaseError> {
    for finding in beside(draft, source, others) {
        let is_own = finding.evidence.iter().all(|citation| citation.source.id == "0.md");
        prop_assert!(is_own, "{draft}{source}{:?}", finding.evidence);
    }
    Ok(())
}

/// The words of the table of contrasts, each with its set and its member.
fn contrasts() -> Vec<(&'static str, &'static str, &'static str)> {
    let rows = include_str!("../../data/contrasts.tsv").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let words = rows.filter_map(|row| {
        let columns: Vec<&str> = row.split('\t').collect();
        let &[set, member, _, words] = &columns[..] else { return None };
        Some(words.split(' ').map(move |word| (set, member, word)))
    });
    words.flatten().collect()
}

/// Two words of one set that exclude each other, and two values that differ.
pub(crate) fn counterparts() -> impl Strategy<Value = (&'static str, &'static str, u32, u32)> {
    let all = contrasts();
    let pairs: Vec<(&str, &str)> = all
        .iter()
        .flat_map(|&(set, member, word)| {
            let others = all.iter().filter(move |&&(other_set, other, _)| set == other_set && member != other);
            others.map(move |&(.., other)| (word, other)).collect::<Vec<_>>()
        })
        .collect();
    (select(pairs), 110_u32..900, 1_u32..60).prop_map(|((one, other), value, more)| (one, other, value, value + more))
}

fn of_member(word: &str, value: u32) -> String {
    format!("The Larsund survey by Petra Aaland gives a {word} value of {value} points for the old harbour.\n")
}

/// A value told of a word's counterpart contradicts nothing.
pub(crate) fn counterparts_are_two(one: &str, other: &str, value: u32, second: u32) -> Result<(), TestCaseError> {
    let (draft, source) = (of_member(one, value), of_member(other, second));
    let found = told(&findings(&draft, std::slice::from_ref(&source)));
    prop_assert!(found.is_empty(), "{draft}{source}{found:?}");
    Ok(())
}

#[test]
fn without_a_counterpart_the_same_sentence_is_found() {
    for word in ["gross", "median", "former", "rural", "net"] {
        let found = findings(&of_member(word, 412), &[of_member(word, 431)]);
        assert_eq!(found.iter().map(|finding| finding.rule.name).collect::<Vec<_>>(), ["figure-conflict"], "{word}");
    }
}
