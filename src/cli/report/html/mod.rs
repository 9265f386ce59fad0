//! The report as a page to read, send round and print: each draft as a proof with its marks, and beside them the evidence. One file
//! that asks nothing of the network; what is quoted can bring in neither markup nor script, for its policy lets only ours run.

mod article;
mod note;
mod places;

use std::collections::BTreeMap;
use std::io::{self, Write};

use article::Article;
use note::level_word;

use super::text::checked;
use super::xml::escaped;
use super::{Format, Look, Results, counted};
use crate::finding::{RuleInfo, Severity};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// What the page may do: run this script and look like this, by their hashes. A test of the reports writes it.
const POLICY: &str = include_str!("policy.txt");

pub(super) static FORMAT: Format = Format {
    name: "html",
    help: "A page to read and print: the drafts, with marks and evidence",
    has_problems: true,
    shows_fixes: true,
    is_commands: false,
    write: report,
};

fn report(results: &Results, out: &mut dyn Write, _: &Look) -> io::Result<()> {
    let lines = checked(results);
    let found = results.findings().count();
    let title = format!("Proof: {}, {}", counted(results.drafts.len(), "draft"), counted(found, "finding"));
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"copydesk {}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        POLICY.trim_end(),
        env!("CARGO_PKG_VERSION"),
    )?;
    writeln!(
        out,
        "<a class=\"skip\" href=\"#proofs\">To the drafts</a>\n<header class=\"masthead\">\n<p class=\"kicker\">copydesk</p>\n<h1>Proof</h1>"
    )?;
    lines.iter().try_for_each(|line| writeln!(out, "<p class=\"summary\">{}</p>", code(line)))?;
    writeln!(out, "</header>")?;
    contents(results, out)?;
    problems(results, out)?;
    if found > 0 {
        filters(results, out)?;
    }
    writeln!(out, "<main id=\"proofs\" tabindex=\"-1\">")?;
    let mut first = 1;
    for (index, linted) in results.drafts.iter().enumerate() {
        Article { linted, index: index + 1, first }.write(out)?;
        first += linted.draft.findings.len();
    }
    writeln!(out, "</main>")?;
    rules(results, out)?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

/// The drafts by name, where there are several.
fn contents(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    if results.drafts.len() < 2 {
        return Ok(());
    }
    writeln!(out, "<nav class=\"contents\" aria-label=\"Drafts\">\n<ol>")?;
    for (index, linted) in results.drafts.iter().enumerate() {
        let counts: Vec<String> = Severity::ALL
            .into_iter()
            .rev()
            .map(|severity| (severity, linted.draft.findings.iter().filter(|finding| finding.severity == severity).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| format!("<span class=\"{}\">{}</span>", severity.name(), counted(count, level_word(severity))))
            .collect();
        let counts = if counts.is_empty() { "nothing to report".to_owned() } else { counts.join(", ") };
        writeln!(
            out,
            "<li><a href=\"#d{}\">{}</a> <span class=\"counts\">{counts}</span></li>",
            index + 1,
            escaped(&linted.path.to_string_lossy())
        )?;
    }
    writeln!(out, "</ol>\n</nav>")
}

/// What could not be read, or not in whole.
fn problems(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    if results.problems.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"problems\" aria-labelledby=\"problems\">\n<h2 id=\"problems\">Not read, or not in whole</h2>\n<ul>")?;
    for problem in &results.problems {
        writeln!(out, "<li>{}</li>", escaped(&problem.to_string()))?;
    }
    writeln!(out, "</ul>\n</section>")
}

/// What to see of the findings. It needs the script, which shows it.
fn filters(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<form class=\"filters\" id=\"filters\" aria-label=\"Findings shown\" hidden>\n\
         <p class=\"steps\"><button type=\"button\" id=\"back\">Previous</button> <button type=\"button\" id=\"on\">Next</button>\n\
         <span id=\"shown\" role=\"status\"></span></p>\n<fieldset><legend>Severity</legend>"
    )?;
    for severity in Severity::ALL.into_iter().rev() {
        let count = results.findings().filter(|finding| finding.severity == severity).count();
        if count > 0 {
            let (name, word) = (severity.name(), level_word(severity));
            writeln!(
                out,
                "<label class=\"{name}\"><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked> {word} <span class=\"count\">{count}</span></label>"
            )?;
        }
    }
    writeln!(out, "</fieldset>\n<details><summary>Rules and keys</summary>\n<fieldset><legend>Rules</legend>")?;
    for (name, (_, count)) in found_by(results) {
        writeln!(
            out,
            "<label><input type=\"checkbox\" name=\"rule\" value=\"{name}\" checked> {name} <span class=\"count\">{count}</span></label>"
        )?;
    }
    writeln!(
        out,
        "</fieldset>\n<fieldset><legend>Keys</legend>\n<label><input type=\"checkbox\" id=\"keys\" checked> <span><kbd>j</kbd> and <kbd>k</kbd>, \
         or <kbd>↓</kbd> and <kbd>↑</kbd> on a finding, go on and back; <kbd>Enter</kbd> goes to the note, <kbd>Esc</kbd> to the text</span></label>\n\
         </fieldset>\n</details>\n</form>"
    )
}

/// What the rules that found something say of themselves.
fn rules(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let found = found_by(results);
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "<footer class=\"rules\">\n<h2>The rules</h2>\n<dl>")?;
    for (name, (rule, _)) in found {
        writeln!(out, "<div><dt id=\"rule-{name}\">{name}</dt> <dd>{}</dd></div>", code(rule.summary()))?;
    }
    writeln!(
        out,
        "</dl>\n<p>copydesk says what differs from which sources, never that something is wrong. That is for the desk.</p>\n</footer>"
    )
}

/// A sentence with what stands between backticks as code.
fn code(sentence: &str) -> String {
    let parts = sentence.split('`').enumerate();
    parts.map(|(nth, part)| if nth % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }).collect()
}

/// The rules that found something, and how often.
fn found_by(results: &Results) -> BTreeMap<&'static str, (&'static RuleInfo, usize)> {
    let mut found: BTreeMap<&'static str, (&'static RuleInfo, usize)> = BTreeMap::new();
    for finding in results.findings() {
        found.entry(finding.rule.name).or_insert((finding.rule, 0)).1 += 1;
    }
    found
}
