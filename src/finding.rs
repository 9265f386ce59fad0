//! A finding: what in the draft differs from what, the evidence for it, and the fix where one is clearly meant; and what is to be
//! known of the rule that found it.

use std::fmt;
use std::str::FromStr;

use crate::corpus::Citation;
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

/// A word that names no severity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no severity (hint, info, warning or error)")]
pub struct UnknownSeverity(pub String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|severity| severity.name() == name).ok_or_else(|| UnknownSeverity(name.to_owned()))
    }
}

/// Rules of one family speak of the same kind of thing: of two findings on one span only the more specific one stands,
/// and a stet mark for one rule silences its whole family there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Name,
    Title,
    Figure,
    Quote,
    /// What one version of a draft has and another hasn't.
    Version,
    Housekeeping,
}

/// What is to be known of a rule without running it.
pub struct RuleInfo {
    /// Public: what an editor sees, a stet mark silences and a configuration switches.
    pub name: &'static str,
    pub family: Family,
    /// The default.
    pub severity: Severity,
    /// The most that its fixes can be: only what changes how a name is written may be safe.
    pub fixes: Applicability,
    /// Its page in `docs/rules`, Markdown.
    pub page: &'static str,
}

impl RuleInfo {
    /// The sentence at the head of its page.
    pub fn summary(&self) -> &'static str {
        self.page.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }
}

impl fmt::Debug for RuleInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for RuleInfo {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Whether a fix may be made without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    Suggested,
    /// One replacement is meant and settled: "fix all" and fix on save make it.
    Safe,
}

impl Applicability {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Safe => "safe",
        }
    }
}

/// Edits of the draft that make the finding go away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What an editor reads in the menu: "Change to “Umerov”".
    pub title: String,
    pub applicability: Applicability,
    /// Bytes of the draft's source; no two overlap.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    /// A suggestion, as rules make it: whether it is safe is decided for all of them in `check`. Edits are made in the order of the
    /// text, whichever a rule thought of first.
    pub fn new(title: String, mut edits: Vec<TextEdit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        Self { title, applicability: Applicability::Suggested, edits }
    }
}

/// What one rule says of a draft.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static RuleInfo,
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

impl Finding {
    /// The one fix that is clearly meant; none where there are several to choose from.
    pub fn fix(&self) -> Option<&Fix> {
        if let [fix] = self.fixes.as_slice() { Some(fix) } else { None }
    }

    /// The one fix, where it may be made without a person looking at it.
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fix().filter(|fix| fix.applicability == Applicability::Safe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_of_a_fix_stand_in_the_order_of_the_text() {
        let edit = |start: u32, text: &str| TextEdit { span: Span::new(start, start + 1), text: text.to_owned() };
        let fix = Fix::new("Change to “Friday, 3 May”".to_owned(), vec![edit(9, "3"), edit(0, "Friday")]);
        assert_eq!(fix.edits, [edit(0, "Friday"), edit(9, "3")]);
    }
}
