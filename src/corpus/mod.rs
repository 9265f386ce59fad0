//! What the reference articles say: sources, attestations, and the seam through which a draft asks for them.
//!
//! A draft puts all its [`Questions`] at once and gets one [`Dossier`]. That one round trip is what lets the corpus live in
//! memory, on disk or on another machine; and since an answer depends on its question and the corpus's generation alone,
//! answers can be kept between keystrokes.

mod acronyms;
mod citation;
mod dates;
mod dossier;
mod figures;
mod furniture;
mod memory;
mod names;
mod offices;
mod placements;
pub mod quotes;
mod reference;
mod retold;
mod seed;
mod source;
mod titles;

pub use acronyms::{AcronymAttestation, AcronymQuestion};
pub use citation::{Citation, MOST_CITED};
pub use dates::{DateAttestation, DateQuestion};
pub use dossier::{Dossier, Questions};
pub use figures::{FigureAttestation, FigureQuestion, Likeness, Matter, Sign, Signs, Telling, Weighed, how_telling, signs};
pub use memory::MemoryCorpus;
pub use names::{Decision, NameAnswer, NameIndex, NameQuestion, NearRecord, Record, Spelling, identity, is_one_person};
pub use offices::{OfficeHolding, OfficeQuestion};
pub use placements::PlacementAttestation;
pub use quotes::{QuoteAttestation, QuoteQuestion};
pub use reference::{reference_holders, reference_titles};
pub use retold::Account;
pub use seed::seed_sources;
pub use source::{Source, SourceHeader, Standing, plain_date};
pub use titles::{Term, TitleAttestation, is_named};

#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("the corpus can't be read: {0}")]
    Unreadable(String),
}

/// A corpus, wherever it is kept.
pub trait Corpus: Send + Sync {
    /// Everything the corpus attests about what a draft mentions, in one round trip.
    ///
    /// # Errors
    /// When the corpus can't be reached or read; never because it knows nothing.
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError>;

    /// Changes whenever an answer may have changed.
    fn generation(&self) -> u64;

    /// How many sources there are.
    fn source_count(&self) -> usize;

    /// People, places and organisations that fit what somebody types of a name, the best attested first: the starts of its
    /// words, or else some of its letters in their order.
    ///
    /// # Errors
    /// As for [`Corpus::dossier`].
    fn search(&self, typed: &str, limit: usize) -> Result<Vec<std::sync::Arc<Record>>, CorpusError>;
}
