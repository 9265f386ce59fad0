//! Whom a name means, as somebody asks for it: in whole or by any part of it, a given name as well; and whom it may mean where nobody
//! bears it.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::corpus::{Corpus, CorpusError, NameQuestion, Questions, Record};
use crate::reader::SubjectKind;
use crate::text::{folded, word_slip};

/// So many are shown of those who share a part of a name.
const MOST_SHOWN: usize = 20;
/// So many are looked through for it.
const MOST_SOUGHT: usize = 200;
/// So many names are put to somebody who may have meant one of them.
const MOST_MEANT: usize = 5;

/// Who bears a name.
pub struct Found {
    pub records: Vec<Arc<Record>>,
    /// How many more there are.
    pub unshown: usize,
    /// The nearest names, where nobody bears it.
    pub near: Vec<String>,
}

impl Found {
    /// Looks a name up.
    ///
    /// # Errors
    /// When the corpus can't be read.
    pub fn by(name: &str, corpus: &dyn Corpus) -> Result<Self, CorpusError> {
        let mut questions = Questions::default();
        for kind in [SubjectKind::Person, SubjectKind::Place, SubjectKind::Organisation] {
            questions.names.insert(NameQuestion { kind, name: name.to_owned() });
        }
        let dossier = corpus.dossier(&questions)?;
        let sought = corpus.search(name, MOST_SOUGHT)?;
        let words: Vec<String> = folded(name).split_whitespace().map(str::to_owned).collect();
        let has_all = |record: &Record, is: &dyn Fn(&str, &str) -> bool| {
            let mut forms = record.spellings.iter().map(|spelling| folded(&spelling.form));
            forms.any(|form| words.iter().all(|word| form.split_whitespace().any(|part| is(word, part))))
        };
        let answers = || questions.names.iter().filter_map(|question| dossier.name(question));
        let by_whole = answers().flat_map(|answer| &answer.known);
        let by_part = sought.iter().filter(|record| has_all(record, &|word, part| word == part));
        let mut seen = FxHashSet::default();
        let mut records: Vec<Arc<Record>> =
            by_whole.chain(by_part).filter(|record| seen.insert((record.kind, record.name.clone()))).cloned().collect();
        let unshown = records.len().saturating_sub(MOST_SHOWN);
        records.truncate(MOST_SHOWN);
        let mut near = Vec::new();
        if records.is_empty() {
            let mut by_distance: Vec<_> = answers().flat_map(|answer| &answer.near).collect();
            by_distance.sort_by(|a, b| (a.distance, &a.record.name).cmp(&(b.distance, &b.record.name)));
            let slips = sought.iter().filter(|record| has_all(record, &|word, part| word == part || word_slip(word, part).is_some()));
            let names = by_distance.into_iter().map(|near| &near.record.name).chain(slips.map(|record| &record.name));
            let mut told = FxHashSet::default();
            near = names.filter(|name| told.insert((*name).clone())).take(MOST_MEANT).cloned().collect();
        }
        Ok(Self { records, unshown, near })
    }
}
