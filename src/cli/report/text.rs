//! The report for people: the draft's line quoted with carets under the words, what differs, the evidence and the fix.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::excerpt::{Excerpt, columns};
use super::{Against, Format, Linted, Look, Results, counted, from_here, sources};
use crate::corpus::Citation;
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::text::{Span, shown};
use crate::workspace::NAME_YOUR_OWN;

/// How much of a sentence is quoted, in characters.
const LONGEST_QUOTATION: usize = 220;
/// How far the lines after the first of a message are set in.
const INDENT: usize = 4;

const GUTTER: Style = AnsiColor::BrightBlue.on_default().bold();
const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
const FIX: Style = AnsiColor::BrightCyan.on_default().bold();

pub(super) static FORMAT: Format = Format {
    name: "text",
    help: "For people: the line quoted, with evidence and fixes",
    has_problems: false,
    shows_fixes: true,
    is_commands: false,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, look: &Look) -> io::Result<()> {
    for Linted { path, draft } in &results.drafts {
        let page = Page { path: &path.to_string_lossy(), document: &draft.document, look };
        draft.findings.iter().try_for_each(|finding| page.show(finding, out))?;
    }
    write_summary(results, out, look)?;
    match results.fixable() {
        count if count == 0 || look.is_quiet => Ok(()),
        1 => writeln!(out, "1 fix is settled: --fix makes it"),
        count => writeln!(out, "{count} fixes are settled: --fix makes them"),
    }
}

/// Writes what was checked against what, unless nobody wants to know.
pub(super) fn write_summary(results: &Results, out: &mut dyn Write, look: &Look) -> io::Result<()> {
    if look.is_quiet {
        return Ok(());
    }
    for line in summary(results) {
        wrap(&shown(&line), 0, INDENT, look.width, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// One draft on its way to the reader.
struct Page<'a> {
    path: &'a str,
    document: &'a Document,
    look: &'a Look,
}

impl Page<'_> {
    fn show(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let (style, level) = level(finding.severity);
        let head = format!("{level}[{}]: ", finding.rule.name);
        let (style, bold) = (self.look.paint(style), self.look.paint(Style::new().bold()));
        write!(out, "{style}{head}{style:#}{bold}")?;
        wrap(&shown(&finding.message), columns(&head), INDENT, self.look.width, out)?;
        writeln!(out, "{bold:#}")?;

        let start = self.document.position(finding.span.start);
        let last = finding.related.iter().map(|(span, _)| self.document.position(span.start).line).max();
        let gutter = (start.line.max(last.unwrap_or_default()) + 1).to_string().len();
        let blue = self.look.paint(GUTTER);
        writeln!(out, "{:gutter$}{blue}-->{blue:#} {}:{}:{}", "", shown(self.path), start.line + 1, start.chars + 1)?;
        writeln!(out, "{:gutter$} {blue}|{blue:#}", "")?;
        self.quote(finding.span, ('^', style), "", gutter, out)?;
        for (span, label) in &finding.related {
            self.quote(*span, ('-', blue), &shown(label), gutter, out)?;
        }
        writeln!(out, "{:gutter$} {blue}|{blue:#}", "")?;
        for citation in &finding.evidence {
            self.note("source", NOTE, &evidence(citation), gutter, out)?;
        }
        for fix in &finding.fixes {
            self.note("fix", FIX, &shown(&fix.title), gutter, out)?;
        }
        writeln!(out)
    }

    /// The words at `span` in their line, with marks beneath and what is to be said of them.
    fn quote(&self, span: Span, (mark, style): (char, Style), label: &str, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let line = self.document.position(span.start).line;
        let excerpt = Excerpt::new(self.document, span, self.look.width.saturating_sub(gutter + 3));
        let blue = self.look.paint(GUTTER);
        writeln!(out, "{blue}{:>gutter$} |{blue:#} {}", line + 1, excerpt.text)?;
        let marks = mark.to_string().repeat(excerpt.marked);
        let label = if label.is_empty() { String::new() } else { format!(" {label}") };
        writeln!(out, "{:gutter$} {blue}|{blue:#} {:before$}{style}{marks}{label}{style:#}", "", "", before = excerpt.before)
    }

    fn note(&self, kind: &str, style: Style, text: &str, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let head = format!("{kind}: ");
        let (blue, style) = (self.look.paint(GUTTER), self.look.paint(style));
        write!(out, "{:gutter$} {blue}={blue:#} {style}{kind}{style:#}: ", "")?;
        let indent = gutter + 3 + columns(&head);
        wrap(text, indent, indent, self.look.width, out)?;
        writeln!(out)
    }
}

/// Writes words into lines, the first of which has `used` columns taken and the others begin after `indent`. A word is never broken.
fn wrap(text: &str, used: usize, indent: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut column = used;
    for (index, word) in text.split(' ').enumerate() {
        let wide = columns(word);
        if index > 0 && column + 1 + wide > width {
            write!(out, "\n{:indent$}{word}", "")?;
            column = indent + wide;
        } else {
            write!(out, "{}{word}", if index > 0 { " " } else { "" })?;
            column += wide + usize::from(index > 0);
        }
    }
    Ok(())
}

fn level(severity: Severity) -> (Style, &'static str) {
    let (colour, name) = match severity {
        Severity::Error => (AnsiColor::BrightRed, "error"),
        Severity::Warning => (AnsiColor::Yellow, "warning"),
        Severity::Info => (AnsiColor::BrightBlue, "info"),
        Severity::Hint => (AnsiColor::BrightCyan, "hint"),
    };
    (colour.on_default().bold(), name)
}

fn evidence(citation: &Citation) -> String {
    let source = &citation.source;
    let place = format!("{}:{}:{}", from_here(&source.id), citation.start.line + 1, citation.start.chars + 1);
    shown(&format!("{}: “{}” ({place})", source.attribution(), clipped(&citation.sentence))).into_owned()
}

/// A sentence, or its start as far as whole words go.
pub(in crate::cli) fn clipped(sentence: &str) -> String {
    let Some((most, _)) = sentence.char_indices().nth(LONGEST_QUOTATION) else { return sentence.to_owned() };
    let end = sentence[..most].rfind(' ').unwrap_or(most);
    format!("{} …", sentence[..end].trim_end())
}

/// What was checked against what, and what came of it; then what it was not checked against, and what else is told elsewhere.
pub(super) fn summary(results: &Results) -> Vec<String> {
    let mut lines = checked(results);
    if !results.problems.is_empty() {
        lines.push(format!("{}, told on standard error", counted(results.problems.len(), "problem")));
    }
    lines
}

/// What was checked against what, and what came of it; then what it was not checked against.
pub(super) fn checked(results: &Results) -> Vec<String> {
    let count = |severity| results.findings().filter(|finding| finding.severity == severity).count();
    let found: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark"), (Severity::Hint, "hint")]
            .into_iter()
            .filter_map(|(severity, noun)| Some(count(severity)).filter(|&count| count > 0).map(|count| counted(count, noun)))
            .collect();
    let found = if found.is_empty() { "nothing to report".to_owned() } else { found.join(", ") };
    let Against { sources: count, is_built_in, unread, skipped } = &results.against;
    let (drafts, words) = (counted(results.drafts.len(), "draft"), counted(results.words(), "word"));
    let mut lines = vec![format!("{drafts} of {words}, checked against {}: {found}", sources(*count, *is_built_in))];
    match results.fixed {
        0 => {}
        1 => lines.push("1 fix was made".to_owned()),
        count => lines.push(format!("{count} fixes were made")),
    }
    if results.accepted() > 0 {
        lines.push(format!("{} left out that the baseline accepts", counted(results.accepted(), "finding")));
    }
    if *is_built_in {
        lines.push(format!("that corpus is {NAME_YOUR_OWN}"));
    }
    if results.undated() > 0 {
        let without = counted(results.undated(), "draft");
        lines.push(format!("{without} without a date: what needs one was not checked (--as-of gives one)"));
    }
    if *unread > 0 {
        lines.push(format!("{} could not be read or found", counted(*unread, "source")));
    }
    if skipped.count() > 0 {
        lines.push(format!("passed over in the corpus: {skipped}"));
    }
    lines
}
