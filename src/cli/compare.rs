//! `copydesk compare`: what changed between two versions of a draft, and which old values were left standing in the new one.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{CompareArguments, ShowFormat};
use super::report::{LineAndColumn, counted, finding_row};
use super::{Outcome, Terminal, fail, plain_json};
use crate::check::fingerprints;
use crate::config::Config;
use crate::document::Document;
use crate::features::{Change, Comparison, Version, compare};
use crate::finding::Severity;
use crate::reader::{Reading, read};
use crate::text::{Span, shown};
use crate::workspace::{Overrides, Plan, Problem, find_config, guarded, read_draft, within};
#[cfg(feature = "mcp")]
use crate::workspace::{Setting, parse_bytes};

/// A version that was read from a file.
struct Text<'a> {
    path: &'a Path,
    document: Document,
    reading: Reading,
}

pub(super) fn run(arguments: &CompareArguments, terminal: &mut Terminal<'_>) -> io::Result<Outcome> {
    let compared = text(&arguments.old, arguments).and_then(|old| {
        let new = text(&arguments.new, arguments)?;
        let comparison = guarded(&arguments.new, || compare(old.version(), new.version()))?;
        Ok((old, new, comparison, config(arguments)?))
    });
    let (old, new, mut comparison, config) = match compared {
        Ok(compared) => compared,
        Err(problem) => return fail(terminal, problem),
    };
    comparison.leftovers.retain_mut(|finding| config.hears(finding));
    match arguments.format {
        ShowFormat::Text => tell(&old, &new, &comparison, terminal)?,
        ShowFormat::Json => terminal.out.write_all(plain_json::line(&as_json(&old, &new, &comparison))?.as_bytes())?,
    }
    let fail_on = config.fail_on.unwrap_or(Severity::Warning);
    let fails = comparison.leftovers.iter().any(|finding| finding.severity >= fail_on);
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

fn text<'a>(path: &'a Path, arguments: &CompareArguments) -> Result<Text<'a>, Problem> {
    let document = read_draft(path)?.dated(arguments.as_of);
    let reading = guarded(path, || read(&document))?;
    Ok(Text { path, document, reading })
}

/// What changed between two versions of a draft that are called so, as the command prints it for programs.
///
/// # Errors
/// When one is no text, or over a fault of copydesk.
#[cfg(feature = "mcp")]
pub(super) fn as_json_of(old: (&Path, Vec<u8>), new: (&Path, Vec<u8>), setting: &Setting) -> Result<String, Problem> {
    let text = |(path, bytes)| {
        let document = parse_bytes(path, bytes)?;
        let reading = guarded(path, || read(&document))?;
        Ok(Text { path, document, reading })
    };
    let new_path = new.0;
    let (old, new) = (text(old)?, text(new)?);
    let mut comparison = guarded(new_path, || compare(old.version(), new.version()))?;
    let config = setting.config_at(Some(new_path));
    comparison.leftovers.retain_mut(|finding| config.hears(finding));
    plain_json::line(&as_json(&old, &new, &comparison)).map_err(|error| Problem::new(new_path, error))
}

/// What holds for the new version.
fn config(arguments: &CompareArguments) -> Result<Config, Problem> {
    let folder = arguments.new.parent().unwrap_or(Path::new(""));
    let path = arguments.config.clone().or_else(|| find_config(folder));
    let plan = Plan::of(path, &Overrides::default())?;
    Ok(plan.config.at(&within(&arguments.new, plan.config_path.as_deref())).into_owned())
}

impl Text<'_> {
    fn version(&self) -> Version<'_> {
        Version { document: &self.document, reading: &self.reading }
    }

    fn words(&self, span: Span) -> String {
        span.text(self.document.source()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// `new.md:3:12`
    fn place(&self, span: Span) -> String {
        let at = self.document.position(span.start);
        format!("{}:{}:{}", shown(&self.path.to_string_lossy()), at.line.saturating_add(1), at.chars.saturating_add(1))
    }

    fn json(&self, span: Span) -> Value {
        let at = |offset| json!(LineAndColumn::from(self.document.position(offset)));
        json!({"start": at(span.start), "end": at(span.end), "text": span.text(self.document.source())})
    }
}

fn tell(old: &Text<'_>, new: &Text<'_>, comparison: &Comparison, terminal: &mut Terminal<'_>) -> io::Result<()> {
    let quoted = |text: &Text<'_>, span: Span| format!("“{}”", shown(&text.words(span)));
    for Change { kind, old: before, new: after } in &comparison.changes {
        let kind = kind.name();
        let line = match (before, after) {
            (Some(before), Some(after)) => format!("{}: {kind} {} → {}", new.place(*after), quoted(old, *before), quoted(new, *after)),
            (None, Some(after)) => format!("{}: {kind} {} is new", new.place(*after), quoted(new, *after)),
            (Some(before), None) => format!("{}: {kind} {} is gone", old.place(*before), quoted(old, *before)),
            (None, None) => continue,
        };
        writeln!(terminal.out, "{line}")?;
    }
    for finding in &comparison.leftovers {
        writeln!(terminal.out, "{}: {}[{}]: {}", new.place(finding.span), finding.severity, finding.rule.name, shown(&finding.message))?;
    }
    writeln!(terminal.out, "{}, {} left standing", counted(comparison.changes.len(), "change"), comparison.leftovers.len())
}

fn as_json(old: &Text<'_>, new: &Text<'_>, comparison: &Comparison) -> Value {
    let path = |text: &Text<'_>| text.path.to_string_lossy().into_owned();
    let change = |change: &Change| {
        let sort = match (change.old, change.new) {
            (Some(_), Some(_)) => "changed",
            (None, _) => "added",
            (_, None) => "removed",
        };
        json!({"kind": change.kind.name(), "change": sort, "old": change.old.map(|span| old.json(span)), "new": change.new.map(|span| new.json(span))})
    };
    let prints = fingerprints(&new.document, &new.reading, &comparison.leftovers);
    let named = path(new);
    let findings = comparison.leftovers.iter().zip(prints).map(|(finding, print)| finding_row(&named, &new.document, finding, print));
    json!({
        "version": 1,
        "old": path(old),
        "new": named,
        "changes": comparison.changes.iter().map(change).collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
}
