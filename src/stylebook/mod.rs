//! What the desk has decided: how names are spelt, who is somebody else, who holds which office, what a figure is and what was said. It
//! outranks the corpus.
//!
//! A stylebook answers in the corpus's own words: its entries are records, its titles attestations, whose citations lead to
//! its lines. [`Desk`] joins them to what the corpus says, so that a rule sees one answer and whose word it is.

mod answers;
mod desk;
mod edit;
mod figures;
pub mod import;
mod quotes;
mod read;
mod record;
#[cfg(test)]
mod tests;

pub use desk::Desk;
pub use edit::{another_person, prefer_spelling};
#[cfg(feature = "native")]
pub(crate) use read::heads;

use std::path::PathBuf;
use std::sync::Arc;

use figures::Figures;
use quotes::Quotes;

use rustc_hash::FxHashMap;

use crate::corpus::{NameIndex, Record, SettledFigure, SourceHeader, Standing};
use crate::text::stable_hash;

/// So many mistakes of one stylebook are told: nobody goes through more of them before looking again.
const MOST_FAULTS: usize = 100;

/// The desk's decisions.
#[derive(Clone, Debug, Default)]
pub struct Stylebook {
    names: NameIndex,
    /// Entries and namesakes by the key of each form of their names.
    by_form: FxHashMap<String, Vec<Arc<Record>>>,
    /// For the key of a namesake, the entries that it is not.
    others: FxHashMap<String, Vec<Arc<Record>>>,
    /// The entries of names, in the order of the text.
    entries: Vec<Arc<Record>>,
    figures: Figures,
    quotes: Quotes,
    /// A hash of the text and of what evidence calls it.
    print: u64,
}

/// Something in a stylebook that can't be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct StylebookError {
    /// Starting at 1.
    pub line: u32,
    pub message: String,
}

impl Stylebook {
    /// Reads a stylebook called `id`, which an editor finds in `file`; what is wrong with it stands beside it, by line, and
    /// the rest holds.
    pub fn parse(text: &str, id: &str, file: Option<PathBuf>) -> (Self, Vec<StylebookError>) {
        let header = Arc::new(SourceHeader {
            id: id.to_owned(),
            outlet: Some("The stylebook".to_owned()),
            file,
            standing: Standing::Stylebook,
            ..SourceHeader::default()
        });
        let (entries, mut faults) = read::entries(text, &header);
        let mut book = Self::of(&record::without_clashes(entries.names, &mut faults), &mut faults);
        book.figures = Figures::of(&entries.figures, &mut faults);
        book.quotes = Quotes::of(&entries.quotes, &header, &mut faults);
        book.print = stable_hash(&[id, text]);
        faults.sort();
        if faults.len() > MOST_FAULTS {
            let more = faults.len() - MOST_FAULTS;
            faults.truncate(MOST_FAULTS);
            faults.push(StylebookError { line: faults[MOST_FAULTS - 1].line, message: format!("and {more} more mistakes") });
        }
        (book, faults)
    }

    /// Tells what has been decided from what another stylebook says.
    pub(super) const fn print(&self) -> u64 {
        self.print
    }

    /// The people, places and organisations that have entries, in the order of the text.
    pub fn entries(&self) -> &[Arc<Record>] {
        &self.entries
    }

    /// The figures that are settled, in the order of the text.
    pub fn figures(&self) -> impl Iterator<Item = &SettledFigure> {
        self.figures.settled()
    }

    /// Whether figures or quotations have been.
    pub fn settles(&self) -> bool {
        !self.figures.is_empty() || !self.quotes.is_empty()
    }

    /// Whether nothing has been decided.
    pub fn is_empty(&self) -> bool {
        self.by_form.is_empty() && !self.settles()
    }
}
