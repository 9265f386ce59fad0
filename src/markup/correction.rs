//! Where a text says of itself that something was wrong: there it has to repeat it.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

const CUES: [&str; 11] = [
    "earlier version",
    "previous version",
    "original version",
    "correction:",
    "clarification:",
    "was corrected",
    "been corrected",
    "was amended",
    "been amended",
    "misstated",
    "misidentified",
];

/// Whether a block's text is a note of correction.
pub(super) fn is_correction(text: &str) -> bool {
    static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(CUES).ok());
    FINDER.as_ref().is_some_and(|finder| finder.is_match(text))
}
