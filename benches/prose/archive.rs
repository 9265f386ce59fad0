//! An archive of made-up articles, as a newsroom keeps them in a folder.

use std::path::Path;

use super::prose;

pub(crate) const ARTICLES: u64 = 2_000;

/// Writes the archive into an empty folder.
pub(crate) fn write(folder: &Path) {
    for seed in 0..ARTICLES {
        std::fs::write(folder.join(format!("{seed}.md")), prose::article(1_000 + seed, 600)).expect("a file can be written");
    }
}
