//! Reports on checked drafts. Adding one is a file with its `FORMAT` and an entry in [`FORMATS`]: `--format` and its help follow.

mod checkstyle;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod results;
mod sarif;
mod statistics;
mod text;
mod xml;

#[cfg(any(feature = "serve", feature = "mcp"))]
pub(super) use json::whole as json;
pub(super) use json::{EvidenceRow, LineAndColumn, ProblemRow, evidence_row, finding_row};
pub(super) use results::{Against, Linted, Results};
pub(super) use text::clipped;
pub(super) use xml::escaped;

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use anstyle::Style;

/// A way to report.
pub struct Format {
    /// As `--format` calls it.
    pub name: &'static str,
    /// What `--help` says of it.
    pub help: &'static str,
    /// Whether problems are part of it; they go to standard error otherwise.
    has_problems: bool,
    /// Whether fixes are part of it. To know which hold, each is tried, and that takes longer than all the rest.
    pub(super) shows_fixes: bool,
    /// Whether it is written as commands for CI; otherwise nothing in it may be one.
    pub(super) is_commands: bool,
    write: fn(&Results, &mut dyn Write, &Look) -> io::Result<()>,
}

/// All formats, the one that is taken unasked first.
pub(super) static FORMATS: &[&Format] = &[
    &text::FORMAT,
    &concise::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &sarif::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &checkstyle::FORMAT,
    &junit::FORMAT,
    &html::FORMAT,
];

/// Counts, which `--statistics` asks for in place of the findings.
pub(super) use statistics::FORMAT as STATISTICS;

/// What a report for people may do where it is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Columns.
    pub(super) width: usize,
    pub(super) coloured: bool,
    /// Whether findings are all that is wanted.
    pub(super) is_quiet: bool,
}

impl Look {
    fn paint(self, style: Style) -> Style {
        if self.coloured { style } else { Style::new() }
    }
}

impl Format {
    pub(super) fn has_problems(&self) -> bool {
        self.has_problems
    }

    pub(super) fn write(&self, results: &Results, out: &mut dyn Write, look: &Look) -> io::Result<()> {
        (self.write)(results, out, look)
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A source's path as people see it from where the command runs. Where a configuration names the archive it is whole otherwise, which takes
/// the room of the sentence, and a page that is sent round need not tell whose folder that is.
pub(super) fn from_here(id: &str) -> Cow<'_, str> {
    let here = std::env::current_dir().unwrap_or_default();
    match Path::new(id).strip_prefix(&here) {
        Ok(path) if !here.as_os_str().is_empty() => path.to_string_lossy(),
        _ => Cow::Borrowed(id),
    }
}

/// `3 sources`, with what they are where nobody has chosen them.
pub(super) fn sources(count: usize, is_built_in: bool) -> String {
    let which = if is_built_in { " of the built-in demonstration corpus" } else { "" };
    format!("{}{which}", counted(count, "source"))
}

/// `1 draft`, `2 drafts`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
