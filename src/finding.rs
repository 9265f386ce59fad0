//! A finding: what in the draft differs from what, the evidence for it, and the fix where one is clearly meant.

use std::fmt;
use std::str::FromStr;

use crate::corpus::Citation;
use crate::rules::Rule;
use crate::text::{Span, TextEdit};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Hint,
    Info,
    Warning,
    Error,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Hint, Self::Info, Self::Warning, Self::Error];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.name() == name)
            .ok_or_else(|| format!("`{name}` is no severity (hint, info, warning or error)"))
    }
}

/// Edits of the draft that make the finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What an editor reads in the menu: "Change to “Umerov”".
    pub title: String,
    /// Bytes of the draft's source; no two overlap.
    pub edits: Vec<TextEdit>,
}

/// What one rule says of a draft.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// The shortest words that differ, bytes of the draft's source.
    pub span: Span,
    /// One sentence: what disagrees with what.
    pub message: String,
    /// What the sources say, the weightiest first.
    pub evidence: Vec<Citation>,
    /// Other places in the draft that it concerns: bytes of the source, and what stands there.
    pub related: Vec<(Span, String)>,
    /// The likeliest first.
    pub fixes: Vec<Fix>,
}
