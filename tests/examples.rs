//! What the README shows and the examples promise holds: each planted fault is found by its rule with its fix and nothing else is, and
//! the built-in briefs agree with themselves.

use std::path::Path;
use std::process::Command;

use copydesk::text::{Span, sentences, tokens};
use serde_json::Value;

/// What `lint` prints for some arguments, in a folder.
fn lint(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    let output = command.current_dir(folder).env("COLUMNS", "128").arg("lint").args(arguments).output().expect("the program runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn findings(folder: &Path, path: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&lint(folder, &[path, "--format", "json"])).expect("JSON");
    report["findings"].as_array().cloned().unwrap_or_default()
}

fn offset(position: &Value) -> usize {
    usize::try_from(position["offset"].as_u64().expect("an offset")).expect("small")
}

/// Where some words stand in a text, however its lines are broken.
fn place(text: &str, words: &str) -> Option<std::ops::Range<usize>> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    text.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for word in rest.split(' ').filter(|word| !word.is_empty()) {
            let behind = text[end..].trim_start();
            end = text.len() - behind.strip_prefix(word)?.len();
        }
        (!text[end..].starts_with(char::is_alphanumeric)).then_some(start..end)
    })
}

fn sentences_of(text: &str) -> Vec<&str> {
    let tokens = tokens(text);
    let words =
        |sentence: &Span| &text[tokens[sentence.start as usize].span.start as usize..tokens[sentence.end as usize - 1].span.end as usize];
    sentences(text, &tokens).iter().map(words).collect()
}

/// A row of `examples/README.md`: the rule, what the draft has, and what is right, of which any will do.
struct Planted<'r> {
    rule: &'r str,
    words: &'r str,
    right: Vec<String>,
}

fn planted<'r>(readme: &'r str, draft: &str) -> Vec<Planted<'r>> {
    let section = readme.split("\n## ").find(|section| section.starts_with(draft)).expect("a section for each draft");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let right = cells[2].replace(['(', ')'], "");
        Planted {
            rule: cells[0].trim_matches('`'),
            words: cells[1],
            right: right.split(" or ").map(|one| one.trim().to_lowercase()).collect(),
        }
    })
    .collect()
}

fn with_first_fix(text: &str, finding: &Value) -> String {
    let mut edits: Vec<&Value> = finding["fixes"][0]["edits"].as_array().into_iter().flatten().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["start"])));
    let mut fixed = text.to_owned();
    for edit in edits {
        fixed.replace_range(offset(&edit["start"])..offset(&edit["end"]), edit["text"].as_str().expect("words"));
    }
    fixed
}

#[test]
fn each_planted_fault_is_found_by_its_rule_with_its_fix_and_nothing_else_is() {
    let readme = std::fs::read_to_string("examples/README.md").expect("is there");
    let mut faults = Vec::new();
    for draft in ["week-ahead.md", "evening-bulletin.txt", "five-scenes.html", "letter-from-the-map-desk.md"] {
        let path = format!("examples/drafts/{draft}");
        let text = std::fs::read_to_string(&path).expect("is there");
        let mut found = findings(Path::new("."), &path);
        for Planted { rule, words, right } in planted(&readme, draft) {
            let Some(at) = place(&text, words) else {
                faults.push(format!("{draft}: there is no “{words}”"));
                continue;
            };
            let overlaps = |one: &Value| offset(&one["start"]) < at.end && at.start < offset(&one["end"]);
            let Some(index) = found.iter().position(|one| one["rule"] == rule && overlaps(one)) else {
                faults.push(format!("{draft}: “{words}” is not found by {rule}"));
                continue;
            };
            let count =
                |text: &str, words: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").matches(words).count();
            let fixed = with_first_fix(&text, &found.remove(index));
            if !right.iter().any(|right| count(&fixed, right) > count(&text, right)) {
                faults.push(format!("{draft}: “{words}” is not mended to {right:?}"));
            }
        }
        faults.extend(found.iter().map(|one| format!("{draft}: {} on “{}”: {}", one["rule"], one["text"], one["message"])));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_picture_in_the_readme_shows_what_is_printed() {
    let shown = std::fs::read_to_string("docs/images/lint.txt").expect("is there");
    let printed = lint(Path::new("."), &["examples/drafts/week-ahead.md"]);
    assert!(!shown.trim().is_empty() && printed.starts_with(shown.trim_end()), "the picture is stale: run docs/images/take.sh");
}

#[test]
fn the_built_in_briefs_agree_with_themselves_whole_by_the_paragraph_and_by_the_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let (briefs, header) = copydesk::corpus::seed_sources();
    for (number, (name, text)) in briefs.iter().enumerate() {
        let dated = header.split("[[source]]").find(|entry| entry.contains(name)).expect("an entry");
        let date = dated.split("published = ").nth(1).and_then(|rest| rest.get(..10)).expect("a date");
        let paragraphs: Vec<&str> = text.split("\n\n").filter(|part| !part.starts_with('#')).collect();
        let parts = paragraphs.iter().copied().chain(paragraphs.iter().flat_map(|text| sentences_of(text))).chain([*text]).enumerate();
        let parts = parts.map(|(part, text)| (format!("{number}-{part}.md"), text));
        for (file, text) in parts {
            std::fs::write(folder.path().join(file), format!("---\ndate: {date}\n---\n\n{text}\n")).expect("is writable");
        }
    }
    let warnings = findings(folder.path(), ".").into_iter().filter(|one| one["severity"] == "warning");
    let told: Vec<String> = warnings.map(|one| format!("{} {}: {}", one["path"], one["text"], one["message"])).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}
