//! The report for people: the draft's line quoted with carets under the words, what differs, the evidence and the fix.

use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::super::Terminal;
use super::super::arguments::Colour;
use super::{Linted, Results, counted};
use crate::corpus::Citation;
use crate::finding::{Finding, Severity};

/// Columns where the report doesn't go to a terminal.
const WIDTH: usize = 120;
/// How much of a sentence is quoted, in characters.
const LONGEST_QUOTATION: usize = 220;

pub(in crate::cli) fn report(results: &Results, colour: Colour, terminal: &mut Terminal<'_>) -> io::Result<()> {
    let coloured = match colour {
        Colour::Auto => terminal.is_terminal && std::env::var_os("NO_COLOR").is_none(),
        Colour::Always => true,
        Colour::Never => false,
    };
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() }.term_width(terminal.width.unwrap_or(WIDTH));
    for linted in &results.drafts {
        for finding in &linted.draft.findings {
            writeln!(terminal.out, "{}\n", render(&renderer, linted, finding))?;
        }
    }
    writeln!(terminal.out, "{}", summary(results))
}

fn render(renderer: &Renderer, Linted { path, draft }: &Linted, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let source = draft.document.source();
    let path = path.to_string_lossy();
    let mut snippet = Snippet::source(&**source).path(&*path).annotation(AnnotationKind::Primary.span(shown(finding.span.range(), source)));
    for (span, label) in &finding.related {
        snippet = snippet.annotation(AnnotationKind::Context.span(shown(span.range(), source)).label(label.as_str()));
    }
    let notes = finding.evidence.iter().map(|citation| Level::NOTE.with_name("source").message(evidence(citation)));
    let fixes = finding.fixes.iter().map(|fix| Level::HELP.with_name("fix").message(fix.title.clone()));
    let group = level.primary_title(finding.message.as_str()).id(finding.rule.name).element(snippet).elements(notes).elements(fixes);
    renderer.render(&[group])
}

/// An empty span is shown on the character after it.
fn shown(range: Range<usize>, source: &str) -> Range<usize> {
    if range.is_empty() {
        let width = source[range.start..].chars().next().map_or(0, char::len_utf8);
        return range.start..range.start + width;
    }
    range
}

fn evidence(citation: &Citation) -> String {
    let source = &citation.source;
    let place = format!("{}:{}:{}", source.id, citation.start.line + 1, citation.start.chars + 1);
    format!("{}: “{}” ({place})", source.attribution(), clipped(&citation.sentence))
}

fn clipped(sentence: &str) -> String {
    match sentence.char_indices().nth(LONGEST_QUOTATION) {
        Some((at, _)) => format!("{} …", sentence[..at].trim_end()),
        None => sentence.to_owned(),
    }
}

fn summary(results: &Results) -> String {
    let count = |severity| results.findings().filter(|finding| finding.severity == severity).count();
    let found: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark"), (Severity::Hint, "hint")]
            .into_iter()
            .filter_map(|(severity, noun)| Some(count(severity)).filter(|&count| count > 0).map(|count| counted(count, noun)))
            .collect();
    let found = if found.is_empty() { "nothing to report".to_owned() } else { found.join(", ") };
    format!(
        "{} of {}, checked against {}: {found}",
        counted(results.drafts.len(), "draft"),
        counted(results.words(), "word"),
        counted(results.sources, "source")
    )
}
