//! Whether somebody in the draft and somebody in a source may be one: by their names, or because a record has both.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Case;
use crate::corpus::identity::may_be_one;
use crate::corpus::quotes::Speaker;
use crate::corpus::{NameQuestion, Record};
use crate::reader::{Subject, SubjectKind};

/// What of a source a subject of the draft is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Beside<'a> {
    Speaker(SubjectKind, &'a str),
    Word(&'a str),
}

/// Who was found to be whom, by the name of a subject: hundreds of quotations have the same few speakers and the same words around them.
#[derive(Debug, Default)]
pub(super) struct Met<'a>(Mutex<FxHashMap<(SubjectKind, &'a str, Beside<'a>), bool>>);

impl<'a> Met<'a> {
    fn or(&self, subject: &'a Subject, beside: Beside<'a>, decide: impl FnOnce() -> bool) -> bool {
        let pair = (subject.kind, &*subject.name, beside);
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(met) = known().get(&pair).copied() {
            return met;
        }
        let is_one = decide();
        known().insert(pair, is_one);
        is_one
    }
}

impl<'a> Case<'a> {
    /// Whether a subject of the draft may be the one whom a source credits.
    pub(super) fn may_be_one(&self, subject: &'a Subject, other: &'a Speaker) -> bool {
        self.shared.met.or(subject, Beside::Speaker(other.kind, &other.name), || {
            Speaker::of(subject).may_be(other) || self.names_of(subject).any(|name| may_be_one(subject.kind, name, &other.name))
        })
    }

    /// Whether a sentence has the surname of a subject of the draft, in any spelling that is known.
    pub(super) fn may_name(&self, subject: &'a Subject, sentence: &'a str) -> bool {
        let last = |name: &'a str| name.split_whitespace().last().unwrap_or(name);
        let surnames = || std::iter::once(&*subject.name).chain(self.names_of(subject)).map(last);
        let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with(char::is_uppercase));
        words.any(|word| {
            let has_it = || surnames().any(|surname| may_be_one(SubjectKind::Person, word, surname));
            self.shared.met.or(subject, Beside::Word(word), has_it)
        })
    }

    /// The other names that the desk and the sources have for a subject of the draft.
    fn names_of(&self, subject: &'a Subject) -> impl Iterator<Item = &'a str> + use<'a> {
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
