//! Where the sources put places.

use super::Citation;
use crate::gazetteer::exonyms;
use crate::reader::Container;
use crate::text::name_key;

/// One source putting a place somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementAttestation {
    pub within: Container,
    /// The words that say where, and of each part those that a draft may take over.
    pub words: String,
    pub region_words: Option<String>,
    pub citation: Citation,
}

/// The key of a place's name; spellings of one place share that of the first of them.
pub(super) fn place_key(name: &str) -> String {
    let key = name_key(name);
    exonyms(&key).and_then(|mut spellings| spellings.next()).map_or(key, name_key)
}
