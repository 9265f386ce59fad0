//! What the rules about names share: the draft's names with what the corpus knows of them, and the one finding that
//! points at a word of a name and changes it wherever the draft has it.

pub(super) use crate::corpus::identity::{is_other_romanisation, is_romanisation};
use crate::corpus::{Citation, NameAnswer, NameQuestion, Record, Standing};
use crate::document::ProseSpan;
use crate::finding::{Finding, Fix, RuleInfo};
use crate::gazetteer::{name_use, places, word_class};
use crate::markup::BlockKind;
use crate::reader::{Mention, MentionKind, PersonName, Subject, SubjectKind, Title};
use crate::text::Span;
pub(super) use crate::text::slip;

use super::Case;

/// A person, place or organisation of the draft.
pub(super) struct Named<'a> {
    pub(super) subject: &'a Subject,
    pub(super) answer: Option<&'a NameAnswer>,
    /// The mentions that are checked: not in bylines.
    pub(super) mentions: Vec<&'a Mention>,
    /// As [`crate::text::name_key`] gives the name.
    pub(super) key: &'a str,
    /// The parts of a person's name; of what is no person none.
    pub(super) person: &'a PersonName,
}

static NOBODY: PersonName = PersonName { given: None, surname: None };

/// All names of the draft that are checked.
pub(super) fn names<'a>(case: &Case<'a>) -> Vec<Named<'a>> {
    let reading = case.reading;
    reading
        .subjects
        .iter()
        .map(|subject| {
            let mentions =
                subject.mentions.iter().map(|&id| reading.mention(id)).filter(|mention| {
                    case.document.block(mention.at).kind != BlockKind::Byline && !reading.may_repeat_a_mistake(mention.at)
                });
            Named {
                subject,
                answer: case.dossier.name(&NameQuestion::about(reading, subject)),
                mentions: mentions.collect(),
                key: &subject.key,
                person: subject.person.as_deref().unwrap_or(&NOBODY),
            }
        })
        .filter(|named| !named.mentions.is_empty())
        .collect()
}

impl Named<'_> {
    pub(super) fn is_person(&self) -> bool {
        self.subject.kind == SubjectKind::Person
    }

    /// Whether the corpus has this name, case and accents aside, and not merely as one source's slip.
    pub(super) fn known(&self) -> Option<&Record> {
        self.answer?.known.first().map(AsRef::as_ref)
    }

    /// How many sources have a name with this very word, folded.
    pub(super) fn sources_with(&self, word: &str) -> u32 {
        let Some(answer) = self.answer else { return 0 };
        self.key.split(' ').zip(&answer.word_sources).find(|(known, _)| *known == word).map_or(0, |(_, sources)| *sources)
    }

    /// The roles that the draft gives this person.
    pub(super) fn roles<'c>(&self, case: &Case<'c>) -> Vec<&'c str> {
        self.titles(case).map(|title| &*title.role).collect()
    }

    /// The titles that the draft gives this person.
    pub(super) fn titles<'c>(&self, case: &Case<'c>) -> impl Iterator<Item = &'c Title> {
        self.titled(case).map(|(_, title)| title)
    }

    /// The same with where they stand.
    pub(super) fn titled<'c>(&self, case: &Case<'c>) -> impl Iterator<Item = (ProseSpan, &'c Title)> {
        let ids = self.mentions.iter().filter_map(|mention| if let MentionKind::Name(name) = &mention.kind { name.title } else { None });
        ids.map(|id| case.reading.mention(id)).filter_map(|mention| match &mention.kind {
            MentionKind::Title(title) => Some((mention.at, &**title)),
            _ => None,
        })
    }
}

/// Whether a folded word is a name or an ordinary word in its own right, so that it is hardly a slip of another one.
pub(super) fn is_word_of_its_own(word: &str) -> bool {
    let name = name_use(word);
    name.given || name.family || name.ordinary || word_class(word) != crate::gazetteer::WordClass::NONE || places(word).next().is_some()
}

/// Where a word of a name stands in the mentions of a name, compared as written.
pub(super) fn places_of_word(case: &Case<'_>, mentions: &[&Mention], word: &str) -> Vec<ProseSpan> {
    mentions
        .iter()
        .filter_map(|mention| {
            let words = case.document.words(mention.at);
            let at = place_of_word(words, word)?;
            let start = mention.at.span.start + at as u32;
            Some(ProseSpan { block: mention.at.block, span: Span::new(start, start + word.len() as u32) })
        })
        .collect()
}

/// Whether a name has these words, whole: “Anja Kowalczykowa” has no “Kowalczyk”.
pub(super) fn has_words(name: &str, words: &str) -> bool {
    place_of_word(name, words).is_some()
}

/// Where `word` stands in `words` with no letter beside it. Names are short: no search that prepares itself pays here.
fn place_of_word(words: &str, word: &str) -> Option<usize> {
    let mut before = None;
    let starts = words.char_indices().filter(|(_, letter)| !before.replace(*letter).is_some_and(char::is_alphanumeric));
    starts.map(|(at, _)| at).find(|&at| {
        let behind = words[at..].strip_prefix(word);
        behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
    })
}

/// What is written and what is meant, as the words that differ: "Anja Kowalczik" and "Anja Kowalczyk" give the surnames.
pub(super) fn differing(written: &str, meant: &str) -> (String, String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (written.split_whitespace().collect(), meant.split_whitespace().collect());
    if a.len() != b.len() {
        return (written.to_owned(), meant.to_owned());
    }
    let Some(first) = a.iter().zip(&b).position(|(x, y)| x != y) else { return (written.to_owned(), meant.to_owned()) };
    let last = a.iter().zip(&b).rposition(|(x, y)| x != y).unwrap_or(first);
    (a[first..=last].join(" "), b[first..=last].join(" "))
}

/// One finding for a word of a name: at its first place, with the others as related places and one fix for all. Where
/// the draft has stet marks it is one for each block, so that a mark lets the name stand in its own block alone.
pub(super) fn finding(
    case: &Case<'_>,
    rule: &'static RuleInfo,
    places: &[ProseSpan],
    meant: &str,
    message: &str,
    evidence: &[Citation],
) -> Vec<Finding> {
    let changes: Vec<_> = places.iter().map(|&at| (at, meant.to_owned())).collect();
    changing(case, rule, &changes, meant, message, evidence)
}

/// As [`finding`], with what is to stand at each place.
pub(super) fn changing(
    case: &Case<'_>,
    rule: &'static RuleInfo,
    changes: &[(ProseSpan, String)],
    meant: &str,
    message: &str,
    evidence: &[Citation],
) -> Vec<Finding> {
    let apart = !case.document.stets().is_empty();
    changes
        .chunk_by(|(a, _), (b, _)| !apart || a.block == b.block)
        .filter_map(|changes| {
            let ((first, _), others) = changes.split_first()?;
            let edits: Vec<_> = changes.iter().filter_map(|(at, words)| case.document.replace(*at, words)).collect();
            let fixes = if edits.is_empty() { Vec::new() } else { vec![Fix::new(format!("Change to “{meant}”"), edits)] };
            Some(Finding {
                rule,
                severity: rule.severity,
                span: case.document.to_source(*first),
                message: message.to_owned(),
                evidence: evidence.to_vec(),
                related: others.iter().map(|(at, _)| (case.document.to_source(*at), "also here".to_owned())).collect(),
                fixes,
            })
        })
        .collect()
}

/// Citations of the sources that write a name with this word, as written: where the desk has decided so, that first, then the
/// latest.
pub(super) fn evidence(record: &Record, word: &str) -> Vec<Citation> {
    let mut cited: Vec<Citation> = record
        .spellings
        .iter()
        .filter(|spelling| has_words(&spelling.form, word))
        .flat_map(|spelling| spelling.citations.iter().cloned())
        .collect();
    cited.sort_by(Citation::latest_first);
    cited.dedup_by(|a, b| a.source.id == b.source.id);
    if let Some(decision) = record.decision.as_ref().filter(|_| has_words(&record.name, word)) {
        cited.insert(0, decision.citation.clone());
    }
    cited
}

/// "2 sources (last: The Courier, 3 March 2024) spell this name “Sybiha”; the draft has “Sybhia”", or where the desk has decided "The
/// stylebook spells this name “Sybiha”; the draft has “Sybhia”".
pub(super) fn spelt_by(sources: u32, form: &str, written: &str, evidence: &[Citation]) -> String {
    let last = evidence.first().map(|citation| &citation.source);
    let who = match last {
        Some(header) if header.standing == Standing::Stylebook => format!("{} spells", header.outlet_or_id()),
        Some(header) if sources > 1 => format!("{sources} sources (last: {}) spell", header.attribution()),
        Some(header) => format!("1 source ({}) spells", header.attribution()),
        None if sources > 1 => format!("{sources} sources spell"),
        None => "1 source spells".to_owned(),
    };
    format!("{who} this name “{form}”; the draft has “{written}”")
}
