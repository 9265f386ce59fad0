//! Runs `tests/fixtures/leftover/*.md`: two versions of a draft, `old.md` and `new.md`. What was left standing is marked in the new one as
//! findings are in drafts; behind `//- told` stands what changed and what is said of what was left. `UPDATE_EXPECT=1` writes that.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use copydesk::document::Document;
use copydesk::features::{Change, Comparison, Version, compare};
use copydesk::markup::Format;
use copydesk::reader::{Reading, read};
use copydesk::text::{Span, apply};

use crate::fixtures::{check_fix, parse_draft};

const TOLD: &str = "\n//- told\n";

fn read_text(text: &str) -> (Document, Reading) {
    let document = Document::parse(Arc::from(text), Format::Markdown);
    let reading = read(&document);
    (document, reading)
}

/// What became of one text in another.
pub(crate) fn compared(old: &str, new: &str) -> Comparison {
    let ((old, before), (new, after)) = (read_text(old), read_text(new));
    compare(Version { document: &old, reading: &before }, Version { document: &new, reading: &after })
}

fn told(old: &str, new: &str, comparison: &Comparison) -> String {
    let words = |text: &str, span: Option<Span>| span.map_or("–".to_owned(), |span| format!("“{}”", span.text(text).replace('\n', " ")));
    let mut told = String::new();
    for Change { kind, old: before, new: after } in &comparison.changes {
        let _ = writeln!(told, "{} {} → {}", kind.name(), words(old, *before), words(new, *after));
    }
    for finding in &comparison.leftovers {
        let _ = writeln!(told, "{} {}: {}", finding.severity, words(new, Some(finding.span)), finding.message);
    }
    told
}

#[test]
fn what_was_left_standing_is_found_and_nothing_else() {
    let mut faults = Vec::new();
    let folder = Path::new("tests/fixtures/leftover");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("is there").map(|entry| entry.expect("is readable").path()).collect();
    paths.sort();
    for path in &paths {
        let text = std::fs::read_to_string(path).expect("is readable");
        let (case, expected) = text.split_once(TOLD).map_or((&*text, ""), |(case, told)| (case, told));
        let (_, versions) = case.split_once("//- old.md\n").expect("has an old version");
        let (old, new) = versions.split_once("//- new.md\n").expect("has a new version");
        let (new, marks) = parse_draft(new);
        let comparison = compared(old, &new);
        let mut of_this = Vec::new();
        for mark in &marks {
            match comparison.leftovers.iter().find(|finding| finding.span == mark.span && finding.rule.name == mark.rule) {
                Some(finding) => of_this.extend(check_fix(&new, finding, mark)),
                None => of_this.push(format!("“{}” is not found", mark.span.text(&new))),
            }
        }
        for finding in &comparison.leftovers {
            if !marks.iter().any(|mark| mark.span == finding.span) {
                of_this.push(format!("“{}” is unexpected: {}", finding.span.text(&new), finding.message));
            }
            for fix in &finding.fixes {
                let mended = compared(old, &apply(&new, &fix.edits));
                if mended.leftovers.len() >= comparison.leftovers.len() {
                    of_this.push(format!("the fix “{}” mends nothing", fix.title));
                }
            }
        }
        let told = told(old, &new, &comparison);
        if told != expected && std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, format!("{case}{TOLD}{told}")).expect("is writable");
        } else if told != expected {
            of_this.push(format!("tells\n{told}  not\n{expected}"));
        }
        let same = compared(&new, &new);
        if !same.changes.is_empty() || !same.leftovers.is_empty() {
            of_this.push("a version differs from itself".to_owned());
        }
        faults.extend(of_this.into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(faults.is_empty(), "{} faults in {} pairs:\n{}", faults.len(), paths.len(), faults.join("\n"));
}
