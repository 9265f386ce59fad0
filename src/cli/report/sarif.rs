//! SARIF 2.1.0, the format that code scanning takes: rules, findings with what bears them out as related places, fixes, and fingerprints by
//! which a service knows a finding again.

use std::io::{self, Write};
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::super::plain_json;
use super::{Format, Linted, Look, Results};
use crate::check::{Fingerprint, SetAside, Why};
use crate::corpus::Citation;
use crate::document::Document;
use crate::finding::{Finding, Fix, Severity};
use crate::rules::RULES;
use crate::text::{Position, Span};

pub(super) static FORMAT: Format = Format {
    name: "sarif",
    help: "SARIF 2.1.0, for code scanning",
    has_problems: true,
    shows_fixes: true,
    is_commands: false,
    write: report,
};

/// What a name of a file or folder keeps in an address (RFC 3986, unreserved characters).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    let found: Vec<Value> = results
        .drafts
        .iter()
        .flat_map(|Linted { path, draft }| {
            let told = draft.fingerprinted().map(move |(finding, print)| (result(path, &draft.document, finding, print), "new"));
            told.chain(draft.set_aside.iter().map(move |aside| set_aside(path, &draft.document, aside)))
        })
        .map(|(mut result, state)| {
            if results.has_baseline {
                result["baselineState"] = json!(state);
            }
            result
        })
        .collect();
    let notifications: Vec<Value> = results
        .problems
        .iter()
        .map(|problem| {
            let place = json!({"physicalLocation": {"artifactLocation": artifact(&problem.path)}});
            json!({"level": "warning", "message": {"text": problem.message}, "locations": [place]})
        })
        .collect();
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.info.name,
                "shortDescription": {"text": rule.info.summary()},
                "help": {"text": rule.info.page, "markdown": rule.info.page},
                "defaultConfiguration": {"level": level(rule.info.severity)},
            })
        })
        .collect();
    let driver = json!({"name": "copydesk", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules});
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": results.problems.is_empty(), "toolExecutionNotifications": notifications}],
            "results": found,
        }],
    });
    out.write_all(plain_json::line(&report)?.as_bytes())
}

fn result(path: &Path, document: &Document, finding: &Finding, print: Fingerprint) -> Value {
    let here = |span: Span| json!({"artifactLocation": artifact(path), "region": region(document, span)});
    let related = finding.related.iter().map(|(span, label)| json!({"physicalLocation": here(*span), "message": {"text": label}}));
    let evidence = finding.evidence.iter().map(evidence);
    let mut places: Vec<Value> = related.chain(evidence).collect();
    for (id, place) in places.iter_mut().enumerate() {
        place["id"] = json!(id + 1);
    }
    let fixes: Vec<Value> = finding.fixes.iter().map(|fix| change(path, document, fix)).collect();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": RULES.iter().position(|rule| rule.info == finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": here(finding.span)}],
        "partialFingerprints": {"copydesk/v1": print.to_string()},
    });
    if !places.is_empty() {
        result["relatedLocations"] = places.into();
    }
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

/// A finding that isn't told, with why not; and whether the baseline has it.
fn set_aside(path: &Path, document: &Document, SetAside { finding, print, why }: &SetAside) -> (Value, &'static str) {
    let (kind, reason, state) = match why {
        Why::Stet(reason) => ("inSource", reason, "new"),
        Why::Accepted(reason) => ("external", reason, "unchanged"),
    };
    let mut suppression = json!({"kind": kind, "status": "accepted"});
    if let Some(reason) = reason {
        suppression["justification"] = json!(reason);
    }
    let mut result = result(path, document, finding, *print);
    result["suppressions"] = json!([suppression]);
    (result, state)
}

fn evidence(citation: &Citation) -> Value {
    let region = json!({
        "startLine": citation.start.line + 1,
        "startColumn": citation.start.chars + 1,
        "endLine": citation.end.line + 1,
        "endColumn": citation.end.chars + 1,
        "snippet": {"text": citation.sentence},
    });
    let place = json!({"artifactLocation": artifact(Path::new(&*citation.source.id)), "region": region});
    json!({"physicalLocation": place, "message": {"text": format!("{}: “{}”", citation.source.attribution(), citation.sentence)}})
}

fn change(path: &Path, document: &Document, fix: &Fix) -> Value {
    let replaced =
        fix.edits.iter().map(|edit| json!({"deletedRegion": region(document, edit.span), "insertedContent": {"text": edit.text}}));
    let changes = json!([{"artifactLocation": artifact(path), "replacements": replaced.collect::<Vec<_>>()}]);
    json!({"description": {"text": fix.title}, "artifactChanges": changes, "properties": {"applicability": fix.applicability.name()}})
}

fn region(document: &Document, span: Span) -> Value {
    let (start, end) = (place(document.position(span.start)), place(document.position(span.end)));
    json!({"startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1})
}

/// Line and column, from 1.
fn place(position: Position) -> (u32, u32) {
    (position.line + 1, position.chars + 1)
}

/// A file as an address: a relative one stays relative to where the command ran.
fn artifact(path: &Path) -> Value {
    let path = path.to_string_lossy().replace('\\', "/");
    let parts: Vec<String> = path.split('/').map(|part| utf8_percent_encode(part, KEPT).to_string()).collect();
    let uri = parts.join("/");
    json!({"uri": if path.starts_with('/') { format!("file://{uri}") } else { uri }})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}
