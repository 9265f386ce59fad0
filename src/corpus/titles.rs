//! What the sources call people, and when.

use std::sync::Arc;

use jiff::civil::Date;

use super::identity::is_romanisation;
use super::{Citation, NameAnswer, NameQuestion, Record, Standing, TitleFact};
use crate::gazetteer::{WordClass, word_class};
use crate::reader::{PersonName, Status, SubjectKind};
use crate::text::{folded, word_slip};

/// When a title is held, by one who knows: both days belong to it, and an open end goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// One source calling a person by a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleAttestation {
    /// Normalised head, as in [`crate::reader::Title`].
    pub role: String,
    pub of: Option<String>,
    pub status: Status,
    /// Whether it stands before the name.
    pub before_name: bool,
    /// As written.
    pub words: String,
    /// Where what it is of stands behind the name, the words that say so: "of Larsund County".
    pub behind: Option<String>,
    pub published: Option<Date>,
    /// From a stylebook or a reference; an article says only what somebody was on its day.
    pub term: Option<Term>,
    pub citation: Citation,
}

impl TitleAttestation {
    pub(super) fn of(title: &TitleFact, citation: Citation) -> Self {
        Self {
            role: title.role.to_string(),
            of: title.of.as_deref().map(str::to_owned),
            status: title.status,
            before_name: title.before_name,
            words: title.words.to_string(),
            behind: title.behind.as_deref().map(str::to_owned),
            published: citation.source.published,
            term: None,
            citation,
        }
    }

    /// The title with what it is of, wherever that stands: "Sheriff … of Larsund County".
    pub fn told(&self) -> String {
        let words = self.words.trim();
        self.behind.as_ref().map_or_else(|| words.to_owned(), |behind| format!("{words} … {behind}"))
    }

    pub fn standing(&self) -> Standing {
        self.citation.source.standing
    }
}

/// The titles of the person asked about, the latest first. Only a full name says beyond doubt who is meant; a source that gives
/// the surname alone speaks of whom the other sources know by it.
pub(super) fn of(question: &NameQuestion, answer: &NameAnswer) -> Vec<TitleAttestation> {
    let asked = words(&question.name);
    if question.kind != SubjectKind::Person || asked.len() < 2 {
        return Vec::new();
    }
    let near = answer.near.iter().map(|near| &near.record);
    let mut meant: Vec<&Arc<Record>> = Vec::new();
    for record in answer.known.iter().chain(near).chain(&answer.namesakes) {
        let is_meant = || record.spellings.iter().any(|spelling| same_name(&asked, &words(&spelling.form)));
        if record.kind == SubjectKind::Person && !meant.iter().any(|known| Arc::ptr_eq(known, record)) && is_meant() {
            meant.push(record);
        }
    }
    let mut titles: Vec<TitleAttestation> = meant.into_iter().flat_map(|record| record.titles.iter().cloned()).collect();
    titles.sort_by(|a, b| a.citation.latest_first(&b.citation));
    titles
}

fn words(name: &str) -> Vec<String> {
    let folded = folded(name);
    let mut words: Vec<String> = folded.split_whitespace().map(|word| word.trim_end_matches('.').to_owned()).collect();
    while words.len() > 2 && words.last().is_some_and(|word| word_class(word).is(WordClass::GENERATION)) {
        words.pop();
    }
    words
}

/// Whether one of a record's spellings is this full name, but for middle names, initials and romanisation, and not merely near it.
pub fn is_named(record: &Record, name: &str) -> bool {
    let asked = words(name);
    record.spellings.iter().any(|spelling| is_same(&asked, &words(&spelling.form)))
}

/// Whether two full names are spellings of one: the same, or a slip in the first or the last word.
fn same_name(a: &[String], b: &[String]) -> bool {
    let ([a_first, .., a_last], [b_first, .., b_last]) = (a, b) else { return false };
    let near = |a: &str, b: &str| word_slip(a, b).is_some();
    is_same(a, b) || a_last == b_last && near(a_first, b_first) || a_first == b_first && a_first.len() > 2 && near(a_last, b_last)
}

fn is_same(a: &[String], b: &[String]) -> bool {
    let ([a_first, .., a_last], [b_first, .., b_last]) = (a, b) else { return false };
    let initial = |a: &str, b: &str| a == b || PersonName::may_be_initial_of(a, b);
    let last = a_last == b_last || a_first == b_first && a_first.len() > 2 && is_romanisation(a_last, b_last, a_first);
    last && (initial(a_first, b_first) || is_romanisation(a_first, b_first, a_last))
}
