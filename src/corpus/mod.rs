//! What the reference articles say: sources, attestations, and the seam through which a draft asks for them.
//!
//! A draft puts all its [`Questions`] at once and gets one [`Dossier`]. That one round trip is what lets the corpus live in
//! memory, on disk or on another machine; and since an answer depends on its question and the corpus's generation alone,
//! answers can be kept between keystrokes.

mod account;
mod alignment;
mod acronyms;
mod answer;
mod citation;
mod dates;
mod demonstration;
mod dossier;
mod edition;
mod facts;
mod figures;
mod furniture;
mod names;
mod offices;
mod placements;
pub mod quotes;
mod reference;
mod retold;
mod seed;
mod source;
mod story;
pub mod store;
mod titles;

use std::sync::Arc;

pub use account::{Account, Gist, LeanAccount};
pub use acronyms::{AcronymAttestation, AcronymQuestion};
pub use alignment::{AlignmentSign, AlignmentSigns, Report, alignment};
pub use answer::{Answering, MemoryCorpus, NameIndex, is_one_person};
pub use citation::{Citation, Cited, MOST_CITED, Page};
pub use dates::{DateAttestation, DateQuestion};
pub use demonstration::Demonstration;
pub use dossier::{Dossier, Heard, Questions, Scope};
pub use edition::{Edition, Rank, superseded};
pub use facts::{
    AcronymFact, Brief, DateFact, Fact, Facts, FigureFact, GroupId, NameFact, NoFacts, Others, Part, PlacementFact, QuoteFact, Said,
    SourceId, TitleFact, share,
};
pub use figures::{FigureAttestation, FigureQuestion, Likeness, Matter, SettledFigure, Sign, Signs, Telling, Weighed, how_telling, signs};
pub use names::{Decision, NameAnswer, NameQuestion, NearRecord, Parts, Record, Spelling, identity};
pub use offices::{OfficeHolding, OfficeQuestion};
pub use placements::PlacementAttestation;
pub use quotes::{QuoteAttestation, QuoteQuestion};
pub use reference::{reference_holders, reference_titles};
pub use seed::seed_sources;
pub use source::{Source, SourceHeader, Standing, plain_date, usual_folders};
pub use store::{Extent, Generation, Row, StoreError};
pub use story::{StorySign, StorySigns};
pub use titles::{Term, TitleAttestation, is_named};

use crate::document::Document;
use crate::reader::Reading;

#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("the corpus can't be read: {0}")]
    Unreadable(#[from] StoreError),
}

/// A corpus, wherever it is kept: what rules and features see of it.
pub trait Corpus: Send + Sync {
    /// Everything the corpus attests about what a draft mentions, in one round trip; all of it of one generation.
    ///
    /// # Errors
    /// When the corpus can't be reached or read; never because it knows nothing.
    fn dossier(&self, questions: &Questions) -> Result<Dossier, CorpusError>;

    /// How much there is. The generation changes whenever an answer may have changed, and that of one corpus is never another's.
    ///
    /// # Errors
    /// As for [`Corpus::dossier`].
    fn extent(&self) -> Result<Extent, CorpusError>;

    /// The sources in words: "12 sources".
    ///
    /// # Errors
    /// As for [`Corpus::dossier`].
    fn sources(&self) -> Result<String, CorpusError> {
        let count = self.extent()?.sources;
        Ok(format!("{count} {}", if count == 1 { "source" } else { "sources" }))
    }

    /// Whether it is there to be tried, in place of sources that nobody has named yet.
    fn is_demonstration(&self) -> bool {
        false
    }

    /// Of which of its sources it speaks to a draft as a whole: of all, but for a corpus that speaks only of some events.
    fn scope(&self, _document: &Document, _reading: &Reading) -> Scope {
        Scope::All
    }

    /// Whether figures or quotations are settled above the sources, which hold whatever these are about.
    fn settles(&self) -> bool {
        false
    }

    /// What of the answers is within such a scope.
    fn within(&self, _scope: Scope, answers: Arc<Dossier>) -> Arc<Dossier> {
        answers
    }

    /// People, places and organisations that fit what somebody types of a name, the best attested first: the starts of its
    /// words, or else some of its letters in their order.
    ///
    /// # Errors
    /// As for [`Corpus::dossier`].
    fn search(&self, typed: &str, limit: usize) -> Result<Vec<Arc<Record>>, CorpusError>;

    /// Where the sources speak of those who bear one of some names, all of it page by page, the latest first.
    ///
    /// # Errors
    /// As for [`Corpus::dossier`].
    fn cited(&self, names: &[NameQuestion], page: Page) -> Result<Cited, CorpusError>;
}
