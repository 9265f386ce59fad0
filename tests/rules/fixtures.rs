//! Runs `tests/fixtures/**/*.md`. Each is one case:
//!
//! ```text
//! # What the case shows
//!
//! //- corpus/2024-03-01-budget.md outlet="The Courier" published=2024-03-01
//! Finance Minister Anja Kowalczyk presented the budget.
//!
//! //- draft.md
//! Finance Minister Anja Kowalczik said taxes would fall.
//!                       ^^^^^^^^^ name-misspelled: Kowalczyk
//!
//! //- findings
//! warning name-misspelled “Kowalczik”: 1 source spells this name “Kowalczyk” (The Courier, 1 March 2024)
//!     corpus/2024-03-01-budget.md:1 “Anja Kowalczyk”
//! ```
//!
//! A line of blanks, carets, a rule's name and a colon marks a finding on the words above the carets (columns are
//! characters), with what the first fix puts there, or `-` where no one replacement is meant; such lines are taken out
//! before the draft is read. Every finding is marked and every mark is found; a finding that concerns several places may
//! be marked at each. What is said of each, and which words of which source are cited, stands behind the draft;
//! `UPDATE_EXPECT=1 cargo test --test rules` writes that, to be read before it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use copydesk::corpus::SourceHeader;
use copydesk::finding::Finding;
use copydesk::rules;
use copydesk::text::{Span, apply};

use crate::example::Example;

pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) rule: String,
    fixed: Option<String>,
}

#[test]
fn every_finding_is_marked_and_every_mark_is_found() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in fixture_paths(Path::new("tests/fixtures")) {
        let text = std::fs::read_to_string(&path).expect("the fixture is readable");
        let (text, expected) = text.split_once(TOLD).map_or((&*text, ""), |(case, told)| (case, told));
        let (example, marks) = parse(text);
        let unknown = marks.iter().filter(|mark| rules::rule(&mark.rule).is_none());
        faults.extend(unknown.map(|mark| format!("{}: there is no rule `{}`", path.display(), mark.rule)));
        count += 1;
        let findings = example.findings();
        let mut of_this = run(&example, &findings, &marks);
        let told: String = findings.iter().map(|finding| what_is_said(&example, finding)).collect();
        if told != expected && std::env::var_os("UPDATE_EXPECT").is_some() {
            let told = if told.is_empty() { told } else { format!("{TOLD}{told}") };
            std::fs::write(&path, format!("{text}{told}")).expect("the fixture is writable");
        } else if told != expected {
            of_this.push(format!("tells\n{told}  not\n{expected}"));
        }
        faults.extend(of_this.into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    for rule in rules::infos() {
        assert!(Path::new("tests/fixtures").join(rule.name).is_dir(), "no fixtures for {}", rule.name);
    }
    assert!(faults.is_empty(), "{} faults in {count} fixtures:\n{}", faults.len(), faults.join("\n"));
}

#[test]
#[cfg(feature = "archive")]
fn every_finding_is_the_same_over_an_archive() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for path in fixture_paths(Path::new("tests/fixtures")) {
        let text = std::fs::read_to_string(&path).expect("the fixture is readable");
        let (example, _) = parse(text.split_once(TOLD).map_or(&*text, |(case, _)| case));
        let told = |findings: &[Finding]| format!("{findings:#?}");
        assert_eq!(told(&example.findings_on_disk(folder.path())), told(&example.findings()), "{}", path.display());
    }
}

/// What parts a case from what is said of its findings.
const TOLD: &str = "\n//- findings\n";

/// What a finding says, and the words that it cites, each by source and line.
fn what_is_said(example: &Example, finding: &Finding) -> String {
    let words = finding.span.text(&example.draft).replace('\n', " ");
    let mut told = format!("{} {} “{words}”: {}\n", finding.severity, finding.rule.name, finding.message);
    for citation in &finding.evidence {
        let source = example.sources.iter().find(|(header, _)| header.id == citation.source.id).map(|(_, text)| text);
        let text = source.or(example.stylebook.as_ref().filter(|_| citation.source.id == "stylebook.toml"));
        let words =
            text.and_then(|text| text.get(citation.start.offset as usize..citation.end.offset as usize)).unwrap_or(&citation.sentence);
        let _ = writeln!(told, "    {}:{} “{}”", citation.source.id, citation.start.line + 1, words.replace('\n', " "));
    }
    told
}

fn fixture_paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures is there") {
        let path = entry.expect("is readable").path();
        if path.is_dir() {
            // Two versions each, which are compared elsewhere.
            if !path.ends_with("leftover") {
                paths.extend(fixture_paths(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

fn parse(text: &str) -> (Example, Vec<Mark>) {
    let mut example = Example::default();
    let mut marks = Vec::new();
    for part in text.split("//- ").skip(1) {
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let (name, attributes) = head.split_once(' ').unwrap_or((head, ""));
        if name == "stylebook.toml" {
            example.stylebook = Some(body.to_owned());
        } else if name.starts_with("draft.") {
            name.clone_into(&mut example.draft_name);
            (example.draft, marks) = parse_draft(body);
        } else {
            example.add_source(name, attributes, body.to_owned());
        }
    }
    (example, marks)
}

pub(crate) fn parse_draft(body: &str) -> (String, Vec<Mark>) {
    let mut draft = String::new();
    let mut marks = Vec::new();
    let mut line_start = 0;
    for line in body.split_inclusive('\n') {
        if let Some((columns, rule, fixed)) = annotation(line) {
            let above = &draft[line_start..];
            let at = |column: usize| line_start + above.char_indices().nth(column).map_or(above.trim_end_matches('\n').len(), |(at, _)| at);
            marks.push(Mark { span: Span::of(at(columns.start)..at(columns.end)), rule, fixed });
        } else {
            line_start = draft.len();
            draft.push_str(line);
        }
    }
    (draft, marks)
}

fn annotation(line: &str) -> Option<(std::ops::Range<usize>, String, Option<String>)> {
    let carets = line.trim_start_matches(' ');
    let start = line.len() - carets.len();
    let rest = carets.trim_start_matches('^');
    let length = carets.len() - rest.len();
    let (rule, fixed) = rest.strip_prefix(' ')?.split_once(':')?;
    let fixed = fixed.trim();
    (length > 0).then(|| (start..start + length, rule.to_owned(), (fixed != "-").then(|| fixed.to_owned())))
}

fn run(example: &Example, findings: &[Finding], marks: &[Mark]) -> Vec<String> {
    let mut faults = Vec::new();
    let source = &example.draft;
    let concerns =
        |finding: &Finding, span: Span| finding.span.overlaps(span) || finding.related.iter().any(|(other, _)| other.overlaps(span));
    for mark in marks {
        let words = mark.span.text(source);
        match findings.iter().find(|finding| finding.rule.name == mark.rule && concerns(finding, mark.span)) {
            None => faults.push(format!("`{words}`: no finding of {}", mark.rule)),
            Some(finding) => faults.extend(check_fix(source, finding, mark)),
        }
    }
    for finding in findings {
        let words = finding.span.text(source);
        if !marks.iter().any(|mark| mark.rule == finding.rule.name && finding.span.overlaps(mark.span)) {
            faults.push(format!("`{words}`: unexpected {}: {}", finding.rule.name, finding.message));
        }
        if source.get(finding.span.range()).is_none() {
            faults.push(format!("{}: its span {:?} is none of the draft", finding.rule.name, finding.span));
        }
        for citation in &finding.evidence {
            let Some((_, text)) = example.sources.iter().find(|(header, _)| header.id == citation.source.id) else { continue };
            if text.get(citation.start.offset as usize..citation.end.offset as usize).is_none_or(str::is_empty) {
                faults.push(format!("{}: evidence points nowhere in {}", finding.rule.name, citation.source.id));
            }
        }
        for fix in &finding.fixes {
            let fixed = Example { draft: apply(source, &fix.edits), ..example.clone() };
            let before = findings.iter().filter(|other| other.rule == finding.rule).count();
            if fixed.findings().iter().filter(|other| other.rule == finding.rule).count() >= before {
                faults.push(format!("`{words}`: the fix “{}” doesn't mend {}", fix.title, finding.rule.name));
            }
        }
    }
    let told =
        |findings: &[Finding]| -> Vec<String> { findings.iter().map(|f| format!("{} {:?} {}", f.rule.name, f.span, f.message)).collect() };
    let mut other = example.clone();
    other.sources.reverse();
    let unrelated = SourceHeader { id: "corpus/unrelated.md".to_owned(), outlet: Some("The Gull".to_owned()), ..SourceHeader::default() };
    other.sources.push((unrelated, "The weather at sea stays calm, forecasters say.\n".to_owned()));
    if told(&other.findings()) != told(findings) {
        faults.push("another order of the sources and an unrelated one change the findings".to_owned());
    }
    faults
}

/// The first fix turns the marked words into the expected ones; what it changes elsewhere is not looked at here.
pub(crate) fn check_fix(source: &str, finding: &Finding, mark: &Mark) -> Option<String> {
    let words = mark.span.text(source);
    let Some(expected) = &mark.fixed else {
        let one = finding.fixes.len() == 1;
        return one.then(|| format!("`{words}`: {} has one fix, “{}”, where none is meant", finding.rule.name, finding.fixes[0].title));
    };
    let Some(fix) = finding.fixes.first() else { return Some(format!("`{words}`: {} offers no fix", finding.rule.name)) };
    let near = mark.span.join(if finding.span.overlaps(mark.span) { finding.span } else { mark.span });
    let edits: Vec<_> = fix.edits.iter().filter(|edit| edit.span.overlaps(near) || near.touches(edit.span.start)).cloned().collect();
    let fixed = apply(source, &edits);
    let wanted = format!("{}{expected}{}", &source[..mark.span.start as usize], &source[mark.span.end as usize..]);
    let (line_fixed, line_wanted) = (differing_line(&fixed, &wanted), differing_line(&wanted, &fixed));
    (fixed != wanted).then(|| format!("`{words}`: {} fixes to\n    {line_fixed}\n  not to\n    {line_wanted}", finding.rule.name))
}

fn differing_line<'a>(text: &'a str, other: &str) -> &'a str {
    text.lines().zip(other.lines().chain(std::iter::repeat(""))).find(|(a, b)| a != b).map_or("", |(line, _)| line)
}
