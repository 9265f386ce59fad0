//! How the sources expand abbreviations.

use super::Citation;
use crate::reader::Subject;

/// Asks how an abbreviation is expanded, and how the organisation behind it is abbreviated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcronymQuestion {
    pub acronym: String,
    pub expansion: String,
}

impl AcronymQuestion {
    /// None for what this text gives no abbreviation.
    pub fn about(subject: &Subject) -> Option<Self> {
        subject.acronym.clone().map(|acronym| Self { acronym, expansion: subject.name.clone() })
    }
}

/// One source writing "European Space Agency (ESA)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcronymAttestation {
    /// As written.
    pub acronym: String,
    pub expansion: String,
    pub citation: Citation,
}
