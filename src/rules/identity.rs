//! Whether somebody in the draft and somebody in a source may be one: by their names, or because a record has both.

use super::Case;
use crate::corpus::identity::may_be_one;
use crate::corpus::quotes::Speaker;
use crate::corpus::{NameQuestion, Record};
use crate::reader::{Subject, SubjectKind};

impl Case<'_> {
    /// Whether a subject of the draft may be the one whom a source credits.
    pub(super) fn may_be_one(&self, subject: &Subject, other: &Speaker) -> bool {
        Speaker::of(subject).may_be(other) || self.names_of(subject).any(|name| may_be_one(subject.kind, name, &other.name))
    }

    /// Whether a sentence has the surname of a subject of the draft, in any spelling that is known.
    pub(super) fn may_name(&self, subject: &Subject, sentence: &str) -> bool {
        let last = |name: &str| name.split_whitespace().last().unwrap_or(name).to_owned();
        let surnames: Vec<String> = std::iter::once(&*subject.name).chain(self.names_of(subject)).map(last).collect();
        let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with(char::is_uppercase));
        words.any(|word| surnames.iter().any(|surname| may_be_one(SubjectKind::Person, word, surname)))
    }

    /// The other names that the desk and the sources have for a subject of the draft.
    fn names_of<'s>(&'s self, subject: &'s Subject) -> impl Iterator<Item = &'s str> {
        let answer = self.dossier.name(&NameQuestion::about(self.reading, subject));
        let kind = subject.kind;
        let known = answer.into_iter().flat_map(|answer| answer.known.iter());
        // A slip of a name is that name.
        let is_meant = move |record: &Record| record.spellings.iter().any(|spelling| may_be_one(kind, &subject.name, &spelling.form));
        let near = answer.into_iter().flat_map(|answer| answer.near.iter().map(|near| &near.record)).filter(move |record| is_meant(record));
        let records = known.chain(near).filter(move |record| record.kind == kind);
        records.flat_map(|record| {
            let aliases = record.decision.iter().flat_map(|decision| &decision.aliases).map(String::as_str);
            record.spellings.iter().map(|spelling| spelling.form.as_str()).chain(aliases)
        })
    }
}
