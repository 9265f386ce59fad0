//! Drafts for the tests of this layer.

use crate::check::{Draft, Rereader, Style};
use crate::config::Config;
use crate::corpus::{Corpus, MemoryCorpus};
use crate::document::Document;
use crate::markup::Format;

/// A draft of a test, checked against `corpus` with nothing configured.
pub(super) fn checked_against(text: &str, format: Format, corpus: &dyn Corpus) -> Draft {
    let style = Style { config: &Config::default(), as_of: None };
    Rereader::default().draft(Document::parse(text.into(), format), corpus, style).expect("a corpus in memory answers")
}

/// The same against no sources at all.
pub(super) fn checked(text: &str, format: Format) -> Draft {
    checked_against(text, format, &MemoryCorpus::default())
}
