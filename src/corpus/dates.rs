//! Which dates the corpus gives, and what happened or happens on them.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Citation, Likeness, SourceId};
use crate::gazetteer::terms::TermTables;
use crate::reader::{Context, DateMention, Mention, Reading};

/// Asks when the sources put what a date of the draft dates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateQuestion {
    pub context: Arc<Context>,
}

impl DateQuestion {
    /// None for a date that says too little of what it dates.
    pub fn about(reading: &Reading, mention: &Mention) -> Option<Self> {
        let context = reading.blocks.get(mention.at.block as usize)?.date_context(mention.at.span)?;
        (!context.terms.is_empty()).then(|| Self { context: context.clone() })
    }

    /// Whether the date says when somebody spoke: "said on Monday", "Monday told".
    pub fn is_of_speech(&self) -> bool {
        let tables = TermTables::get();
        let said = |cue: Option<&str>| cue == Some("said");
        self.context.before.iter().take(2).any(|&word| said(tables.cue_before(word)))
            || self.context.behind.first().is_some_and(|&word| said(tables.cue_behind(word)))
    }
}

/// One source giving a date.
#[derive(Clone, Debug, PartialEq)]
pub struct DateAttestation {
    pub date: DateMention,
    /// The source's own date.
    pub as_of: Option<Date>,
    /// As [`DateQuestion::is_of_speech`].
    pub of_speech: bool,
    /// The date as the source has it.
    pub words: String,
    pub likeness: Likeness,
    pub citation: Citation,
    pub source: SourceId,
}
