//! The list as a page to read, send round and print: by rule, with what each side has. One file that asks nothing of the network and runs
//! nothing; what is quoted can bring in neither markup nor script.

use std::fmt::Write as _;

use super::super::report::{counted, escaped};
use super::{Audit, partakers, place};
use crate::corpus::Citation;
use crate::features::Disagreement;

const STYLE: &str = include_str!("page.css");
/// What the page may do: look like this, by its hash. A test of the audit writes it.
const POLICY: &str = include_str!("policy.txt");

pub(super) fn written(audit: &Audit) -> String {
    let title = format!("Audit: {}", counted(audit.disagreements.len(), "disagreement"));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"copydesk {}\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">copydesk</p>\n<h1>Audit</h1>\n",
        POLICY.trim_end(),
        env!("CARGO_PKG_VERSION"),
    );
    // A string takes all that is written to it.
    for line in audit.summary() {
        let _ = writeln!(page, "<p>{}</p>", escaped(&line));
    }
    outlets(audit, &mut page);
    page.push_str("</header>\n");
    if !audit.problems.is_empty() {
        page.push_str("<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">Not read, or not in whole</h2>\n<ul>\n");
        for problem in &audit.problems {
            let _ = writeln!(page, "<li>{}</li>", escaped(&problem.to_string()));
        }
        page.push_str("</ul>\n</section>\n");
    }
    page.push_str("<main>\n");
    for (rule, count) in audit.by_rule() {
        let of_rule = || audit.disagreements.iter().filter(|one| one.first().rule.name == rule);
        let summary = of_rule().next().map_or("", |one| one.first().rule.summary());
        let _ = writeln!(page, "<section aria-labelledby=\"{rule}\">\n<h2 id=\"{rule}\">{rule} <span class=\"count\">{count}</span></h2>");
        let _ = writeln!(page, "<p class=\"rule\">{}</p>\n<ol>", escaped(summary));
        for one in of_rule() {
            item(one, &mut page);
        }
        page.push_str("</ol>\n</section>\n");
    }
    page.push_str("</main>\n<footer><p>copydesk says what differs from which sources, never that something is wrong. That is for the desk.</p></footer>\n</body>\n</html>\n");
    page
}

/// In how many disagreements each outlet takes part.
fn outlets(audit: &Audit, page: &mut String) {
    let outlets = audit.by_outlet();
    if outlets.is_empty() {
        return;
    }
    page.push_str("<table>\n<caption>By outlet</caption>\n<thead><tr><th scope=\"col\">outlet</th><th scope=\"col\">disagreements</th></tr></thead>\n<tbody>\n");
    for (outlet, count) in outlets {
        let _ = writeln!(page, "<tr><th scope=\"row\">{}</th><td>{count}</td></tr>", escaped(outlet));
    }
    page.push_str("</tbody>\n</table>\n");
}

fn item(one: &Disagreement, page: &mut String) {
    let first = one.first();
    let severity = first.severity;
    let _ = writeln!(
        page,
        "<li class=\"{severity}\">\n<p class=\"message\">{}</p>\n<p class=\"who\">{}</p>\n<dl>",
        escaped(&first.message),
        escaped(&partakers(one))
    );
    for objection in &one.objections {
        side(&format!("“{}”", objection.words), &objection.place, page);
    }
    for citation in &one.others {
        side("otherwise", citation, page);
    }
    page.push_str("</dl>\n</li>\n");
}

fn side(has: &str, citation: &Citation, page: &mut String) {
    let (outlet, place) = place(citation);
    let _ = writeln!(
        page,
        "<div><dt>{}</dt><dd><q>{}</q> <cite>{} <span class=\"place\">{}</span></cite></dd></div>",
        escaped(has),
        escaped(&citation.sentence),
        escaped(&outlet),
        escaped(&place)
    );
}
