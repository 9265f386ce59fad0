//! Each rule has a page, and the page's examples hold: fenced blocks tagged `corpus` are the sources, `draft,finding` a
//! draft with exactly one finding, of that rule, and `draft,clean` one without any.

use copydesk::rules;

use crate::example::Example;
use crate::versions::compared;

#[test]
fn every_rule_has_a_page_with_examples_that_hold() {
    let mut faults = Vec::new();
    for rule in rules::infos() {
        if !rule.page.starts_with(&format!("# {}\n\n", rule.name)) {
            faults.push(format!("{}: the page doesn't start with the rule's name", rule.name));
        }
        for heading in ["## What it does", "## Why it matters", "## Example", "## When it stays silent"] {
            if !rule.page.contains(&format!("\n{heading}\n")) {
                faults.push(format!("{}: the page has no “{heading}”", rule.name));
            }
        }
        let blocks = fenced_blocks(rule.page);
        let mut example = Example { draft_name: "draft.md".to_owned(), ..Example::default() };
        let (mut findings, mut old) = (0, "");
        for (tag, text) in blocks {
            let (kind, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            match kind {
                "corpus" => {
                    let name = format!("corpus/{}.md", example.sources.len());
                    example.add_source(&name, attributes, text.to_owned());
                }
                "draft,finding" | "draft,clean" => {
                    example.draft = text.to_owned();
                    let found: Vec<String> =
                        example.findings().iter().map(|finding| format!("{}: {}", finding.rule.name, finding.message)).collect();
                    let as_said = if kind == "draft,clean" {
                        found.is_empty()
                    } else {
                        found.len() == 1 && found[0].starts_with(&format!("{}:", rule.name))
                    };
                    findings += u32::from(kind == "draft,finding");
                    if !as_said {
                        faults.push(format!("{}: {kind}: {found:?} in\n{text}", rule.name));
                    }
                }
                "old" => old = text,
                "new,finding" | "new,clean" => {
                    let found = compared(old, text).leftovers.len();
                    findings += u32::from(kind == "new,finding");
                    if found != usize::from(kind == "new,finding") {
                        faults.push(format!("{}: {kind}: {found} found in\n{text}", rule.name));
                    }
                }
                _ => {}
            }
        }
        if findings == 0 {
            faults.push(format!("{}: no example of a finding", rule.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The README's table of rules is the registry's; with `UPDATE_EXPECT` set it is rewritten.
#[test]
fn the_readme_lists_the_rules() {
    let readme = std::fs::read_to_string("README.md").expect("is readable");
    let (head, rest) = readme.split_once("<!-- rules:").expect("the table is marked");
    let (comment, rest) = rest.split_once("-->\n").expect("the mark is closed");
    let (_, tail) = rest.split_once("<!-- end of rules -->").expect("the table's end is marked");
    let mut rows = String::new();
    for rule in rules::infos() {
        rows.push_str(
            &["| [`", rule.name, "`](docs/rules/", rule.name, ".md) | ", rule.severity.name(), " | ", rule.summary(), " |\n"].concat(),
        );
    }
    let wanted =
        format!("{head}<!-- rules:{comment}-->\n| rule | default | fires when |\n| --- | --- | --- |\n{rows}<!-- end of rules -->{tail}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write("README.md", wanted).expect("is writable");
    } else {
        assert!(readme == wanted, "the README's table of rules is out of date: run UPDATE_EXPECT=1 cargo test --test rules");
    }
}

#[test]
fn rule_names_are_unique_and_lower_case() {
    let mut names = copydesk::rules::rule_names();
    assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

fn fenced_blocks(page: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("```") {
        let after = &rest[start + 3..];
        let Some((tag, body)) = after.split_once('\n') else { break };
        let Some(end) = body.find("```") else { break };
        blocks.push((tag, &body[..end]));
        rest = &body[end + 3..];
    }
    blocks
}
