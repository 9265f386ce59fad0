//! Mends a draft: makes fixes, and those that come up once these are made, until it comes to rest. To mend it again changes nothing.

use rustc_hash::FxHashSet;

use super::{Draft, Proposed, Rereader, Style, Trial};
use crate::corpus::{Corpus, CorpusError};
use crate::text::apply;

/// So many rounds at most. A name may have two slips, and fixes that don't hold together are made one by one.
const MOST_ROUNDS: usize = 100;

/// A draft with fixes made.
pub struct Mended {
    /// As it is then.
    pub draft: Draft,
    /// With what it was read by.
    pub rereader: Rereader,
    /// How many fixes were made.
    pub fixes: usize,
}

/// Why a draft can't be mended.
#[derive(Debug, thiserror::Error)]
pub enum Unmended {
    #[error("{0}")]
    Corpus(#[from] CorpusError),
    /// Each fix brings another, for ever.
    #[error("its fixes undo one another, so that none was made")]
    Restless,
}

/// Makes of the fixes that are `proposed` for a draft those that hold, then those that are proposed for what comes of it, and so on.
/// `rereader` has read the draft.
///
/// # Errors
/// When the corpus can't be read, or the draft doesn't come to rest.
pub fn mend(
    mut draft: Draft,
    mut rereader: Rereader,
    (corpus, style): (&dyn Corpus, Style<'_>),
    proposed: impl Fn(&Draft) -> Vec<Proposed<'_>>,
) -> Result<Mended, Unmended> {
    let mut fixes = 0;
    let mut seen = FxHashSet::default();
    for _ in 0..MOST_ROUNDS {
        let wanted = proposed(&draft);
        if wanted.is_empty() {
            return Ok(Mended { draft, rereader, fixes });
        }
        let Some((edits, mended)) = Trial::new(&draft, rereader.clone(), corpus, style, &|| true).together(&wanted) else {
            return Ok(Mended { draft, rereader, fixes });
        };
        fixes += mended.len();
        let source = draft.document.source();
        let text = apply(source, &edits);
        seen.insert(source.clone());
        if seen.contains(&*text) {
            break;
        }
        let document = draft.document.with_text(text.into());
        draft = rereader.draft(document, corpus, style)?;
    }
    Err(Unmended::Restless)
}
