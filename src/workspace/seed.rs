//! The built-in corpus, with its briefs laid down as files where an editor can open them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;

use super::door::{self, Kind};
use super::listing::Listing;
use super::put::put;
use crate::corpus::{Demonstration, MemoryCorpus, Source, seed_sources};
use crate::document::Document;
use crate::markup::Format;

/// The built-in seed corpus. With `folder`, the briefs are written there (once) so that evidence can be opened; where that
/// fails, they are without files.
pub fn seed_corpus(folder: Option<&Path>) -> Demonstration {
    let sources = seed_texts(folder);
    let corpus = Arc::new(MemoryCorpus::new(sources.clone()));
    Demonstration::new(corpus, &sources)
}

/// The briefs of the built-in corpus, each as a source.
pub(super) fn seed_texts(folder: Option<&Path>) -> Vec<Source> {
    let (briefs, listing) = seed_sources();
    let listing = Listing::parse(listing);
    briefs
        .iter()
        .map(|&(name, text)| {
            let mut header = listing.header(name);
            header.id = format!("built-in/{name}");
            header.file = folder.and_then(|folder| lay_down(folder, name, text));
            Source::read(header, Document::parse(Arc::from(text), Format::of_path(name)))
        })
        .collect()
}

/// Where the briefs are laid down: a folder of this version in the user's cache.
pub fn seed_folder() -> Option<PathBuf> {
    Some(cache_folder()?.join(concat!("built-in-", env!("CARGO_PKG_VERSION"))))
}

/// The program's own folder in the user's cache.
pub(super) fn cache_folder() -> Option<PathBuf> {
    Some(etcetera::base_strategy::choose_native_strategy().ok()?.cache_dir().join("copydesk"))
}

/// Writes a text, unless it is there already.
pub(super) fn lay_down(folder: &Path, name: &str, text: &str) -> Option<PathBuf> {
    let path = folder.join(name);
    if !door::read(&path, Kind::Text).is_ok_and(|there| there == text.as_bytes()) {
        put(&path, text).ok()?;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn the_briefs_are_laid_down_once_and_mended() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(seed_corpus(Some(folder.path())).extent().expect("is in memory").sources, 5);
        let (briefs, _) = seed_sources();
        let path = folder.path().join(briefs[0].0);
        std::fs::write(&path, "half").expect("is writable");
        seed_corpus(Some(folder.path()));
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), briefs[0].1);
        assert_eq!(std::fs::read_dir(folder.path()).expect("is there").count(), 5);
    }
}
