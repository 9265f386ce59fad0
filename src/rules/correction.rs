//! Where a draft says of itself that something was wrong: there it has to repeat it.

use crate::document::{Document, ProseSpan};
use crate::text::folded;

const CUES: [&str; 9] = [
    "earlier version",
    "previous version",
    "correction:",
    "clarification:",
    "was corrected",
    "been corrected",
    "was amended",
    "been amended",
    "misstated",
];

/// Whether the block at `at` is a note of correction.
pub(super) fn is_correction(document: &Document, at: ProseSpan) -> bool {
    let text = folded(&document.block(at).text);
    CUES.iter().any(|cue| text.contains(cue))
}
