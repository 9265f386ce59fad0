//! Keeping facts: the few calls that whatever keeps a corpus has to answer, and nothing of what the answers mean.
//!
//! A [`Store`] gives snapshots of itself; a snapshot, the [`Shelf`], finds rows by [`Key`], and sources and ways of writing names beside
//! them. All that is ranked, weighed and merged stands in `answer`, once for every store. What is found by what, [`keys_of`] and
//! [`name_keys_of`] say, so that whoever writes an index and whoever reads it agree.

mod finder;
mod forms;
mod keys;
mod memory;
mod statistics;
mod without;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use finder::{Fit, NameFinder, folded_words};
pub use forms::{Form, Wording};
pub use keys::{Key, glued, keys_of, name_keys_of, word_keys_of};
pub(super) use keys::{of_context, spoken};
pub use memory::MemoryStore;
pub use statistics::Statistics;
pub use without::Without;

use super::facts::{Brief, Fact, Part, Said, SourceId};
use super::{Citation, SourceHeader};
use crate::text::StableHash;

/// What went wrong in reading a store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(pub String);

/// Whatever keeps facts.
pub trait Store: Send + Sync {
    /// The store as it is now. Whatever is written meanwhile is not seen by it.
    ///
    /// # Errors
    /// When the store can't be reached or read.
    fn snapshot(&self) -> Result<Box<dyn Shelf + '_>, StoreError>;
}

/// One state of a store. Answers come in the order of what is asked; what isn't there is left empty, and no error.
pub trait Shelf {
    /// How much there is. Two states of one generation answer alike.
    fn extent(&self) -> Extent;

    /// What is counted over all sources.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn statistics(&self) -> Result<&Statistics, StoreError>;

    /// The rows that some keys lead to. Of a key with more than `most` there is only their number.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn postings(&self, keys: &[Key], most: usize) -> Result<Vec<Postings>, StoreError>;

    /// All rows that some keys lead to, with the days of their sources: many more than anybody reads, so that an id and a day have to be
    /// had for next to nothing.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn dated(&self, keys: &[Key]) -> Result<Vec<Vec<Dated>>, StoreError>;

    /// Some rows; those that aren't there are left out.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn rows(&self, ids: &[RowId]) -> Result<Vec<Row>, StoreError>;

    /// Where some sources come from; those that aren't there are left out.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn headers(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<SourceHeader>)>, StoreError>;

    /// What is known of some sources as wholes; those that aren't there are left out.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn briefs(&self, ids: &[SourceId]) -> Result<Vec<(SourceId, Arc<Brief>)>, StoreError>;

    /// The ways of writing names that some keys lead to, the best attested first, at most so many for each key.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn forms(&self, keys: &[Key], most: usize) -> Result<Vec<Vec<Arc<Form>>>, StoreError>;

    /// How many times sources write a name with each of some words, each subject of a source once; the keys are those of
    /// [`word_keys_of`].
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn written(&self, words: &[Key]) -> Result<Vec<u32>, StoreError>;

    /// The ways of writing names that fit what somebody types, at most so many: as [`NameFinder::find`] has them.
    ///
    /// # Errors
    /// As for [`Store::snapshot`].
    fn names_near(&self, typed: &str, most: usize) -> Result<Vec<(Fit, Arc<Form>)>, StoreError>;
}

/// A state of a corpus: of a store, or of what stands above one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Generation(u64);

impl Generation {
    pub const fn of(number: u64) -> Self {
        Self(number)
    }

    /// The generation of what answers from this one and from something else besides, by a hash of that.
    #[must_use]
    pub fn with(self, other: u64) -> Self {
        Self(StableHash::default().number(self.0).number(other).finish())
    }
}

/// How much a corpus holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    pub generation: Generation,
    pub sources: usize,
    /// The days of the earliest and of the latest source that has one.
    pub days: Option<(Date, Date)>,
}

/// One fact of one source: the source, and the fact's index in [`super::Facts::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowId {
    pub source: SourceId,
    pub at: u32,
}

/// A row, and the day of its source.
pub type Dated = (Option<Date>, RowId);

/// A fact as it is found, with all of its source that weighing it takes.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: RowId,
    /// The source's own date.
    pub published: Option<Date>,
    pub fact: Arc<Fact>,
    pub sentence: Arc<str>,
    /// The sentences of an utterance's further parts.
    pub further: Box<[Arc<str>]>,
}

impl Row {
    /// The words that bear it out, in a source with this header.
    pub fn cite(&self, header: &Arc<SourceHeader>) -> Citation {
        Citation { source: header.clone(), start: self.fact.start, end: self.fact.end, sentence: self.sentence.clone() }
    }

    /// The words of an utterance's further parts.
    pub fn cite_parts(&self, header: &Arc<SourceHeader>) -> impl Iterator<Item = Citation> {
        let parts: &[Part] = if let Said::Quote(quote) = &self.fact.said { &quote.further } else { &[] };
        let cite = |(part, sentence): (&Part, &Arc<str>)| Citation {
            source: header.clone(),
            start: part.start,
            end: part.end,
            sentence: sentence.clone(),
        };
        parts.iter().zip(&self.further).map(cite)
    }
}

/// What a key leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    pub count: usize,
    pub rows: Vec<RowId>,
}
