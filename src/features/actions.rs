//! Code actions: the fixes of findings, here or throughout, and marks that let a finding stand. They are computed from the
//! findings each time, so that they fit the draft as it is and need nothing handed back by the editor.

use super::Draft;
use crate::finding::{Finding, Fix};
use crate::markup::Format;
use crate::text::{Span, TextEdit};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Changes the words.
    Fix,
    /// Changes all the draft's words that can be changed.
    FixAll,
    /// Lets the words stand.
    LetStand,
}

/// Something an editor can have done.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    pub kind: ActionKind,
    pub title: String,
    /// Bytes of the draft's source; no two overlap.
    pub edits: Vec<TextEdit>,
    /// The findings it answers to.
    pub findings: Vec<&'a Finding>,
    /// Whether an editor may do it without asking which: the one fix that is clearly meant.
    pub preferred: bool,
}

/// What can be done about the findings that touch `range`, fixes first.
pub fn actions(draft: &Draft, range: Span) -> Vec<Action<'_>> {
    let here: Vec<&Finding> =
        draft.findings.iter().filter(|finding| finding.span.start <= range.end && range.start <= finding.span.end).collect();
    let mut actions = Vec::new();
    for finding in &here {
        for (index, fix) in finding.fixes.iter().enumerate() {
            actions.push(Action {
                kind: ActionKind::Fix,
                title: fix.title.clone(),
                edits: fix.edits.clone(),
                findings: vec![finding],
                preferred: index == 0 && finding.fixes.len() == 1,
            });
        }
    }
    for finding in &here {
        actions.extend(throughout(draft, finding));
    }
    let mut rules: Vec<&str> = here.iter().map(|finding| finding.rule.name).collect();
    rules.sort_unstable();
    rules.dedup();
    for rule in rules {
        actions.extend(all_of_rule(draft, rule));
    }
    for finding in &here {
        actions.extend(let_stand(draft, finding));
    }
    actions
}

/// The first fix of every finding of the draft, as far as they do not overlap; none where nothing can be fixed.
pub fn fix_all(draft: &Draft) -> Option<Action<'_>> {
    let fixed: Vec<&Finding> = draft.findings.iter().filter(|finding| finding.fixes.len() == 1).collect();
    let (edits, findings) = together(&fixed);
    (!edits.is_empty()).then(|| Action {
        kind: ActionKind::FixAll,
        title: "Fix all that copydesk can".to_owned(),
        edits,
        findings,
        preferred: false,
    })
}

/// The same fix wherever the draft has the same words for the same reason.
fn throughout<'a>(draft: &'a Draft, finding: &Finding) -> Option<Action<'a>> {
    let fix = finding.fixes.first()?;
    let words = finding.span.text(draft.document.source());
    let alike: Vec<&Finding> = draft
        .findings
        .iter()
        .filter(|other| {
            other.rule == finding.rule
                && other.span.text(draft.document.source()) == words
                && other.fixes.first().is_some_and(|other| other.title == fix.title)
        })
        .collect();
    (alike.len() > 1).then(|| {
        let (edits, findings) = together(&alike);
        Action {
            kind: ActionKind::Fix,
            title: format!("{} throughout ({} places)", fix.title, findings.len()),
            edits,
            findings,
            preferred: false,
        }
    })
}

fn all_of_rule<'a>(draft: &'a Draft, rule: &str) -> Option<Action<'a>> {
    let alike: Vec<&Finding> = draft.findings.iter().filter(|finding| finding.rule.name == rule && finding.fixes.len() == 1).collect();
    (alike.len() > 1).then(|| {
        let (edits, findings) = together(&alike);
        Action { kind: ActionKind::Fix, title: format!("Fix all {} of {rule}", findings.len()), edits, findings, preferred: false }
    })
}

/// The edits of the first fixes, those left out that would touch what an earlier one changes.
fn together<'a>(findings: &[&'a Finding]) -> (Vec<TextEdit>, Vec<&'a Finding>) {
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut done = Vec::new();
    for finding in findings {
        let Some(Fix { edits: new, .. }) = finding.fixes.first() else { continue };
        let clash =
            new.iter().any(|edit| edits.iter().any(|other| edit != other && (edit.span.overlaps(other.span) || edit.span == other.span)));
        if clash {
            continue;
        }
        edits.extend(new.iter().filter(|edit| !edits.contains(edit)).cloned().collect::<Vec<_>>());
        done.push(*finding);
    }
    edits.sort();
    (edits, done)
}

/// Marks that let the words stand: here, and in the whole draft.
fn let_stand<'a>(draft: &'a Draft, finding: &'a Finding) -> Vec<Action<'a>> {
    let source = draft.document.source();
    let words = finding.span.text(source);
    // A mark is no place for words that would end it, nor for those over several lines.
    let named = if words.is_empty() || words.contains(['"', '“', '”', '\n', '\r', '-', '<', '>', ']', '[']) {
        String::new()
    } else {
        format!(" \"{words}\"")
    };
    let rule = finding.rule.name;
    let mark = |kind: &str| match draft.document.format() {
        Format::Markdown | Format::Html => format!("<!-- {kind}: {rule}{named} -->"),
        Format::Plain => format!("[{kind}: {rule}{named}]"),
    };
    let shown = if named.is_empty() { rule.to_owned() } else { format!("“{words}”") };
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let action = |title: String, at: u32, text: String| Action {
        kind: ActionKind::LetStand,
        title,
        edits: vec![TextEdit { span: Span::new(at, at), text }],
        findings: vec![finding],
        preferred: false,
    };
    let mut actions = Vec::new();
    let at = draft.document.prose_at(finding.span.start);
    if let Some(line) = at.and_then(|at| line_before(draft, draft.document.block(at).source.start)) {
        actions.push(action(format!("Let {shown} stand here"), line, format!("{}{newline}{newline}", mark("stet"))));
    }
    let top = draft.document.front_matter().source.end;
    let top = if top == 0 { 0 } else { next_line(source, top) };
    actions.push(action(format!("Let {shown} stand in this draft"), top, format!("{}{newline}{newline}", mark("stet-file"))));
    actions
}

/// The start of the line that a block starts on; none in a table or list item, where a line of its own would break it up.
fn line_before(draft: &Draft, start: u32) -> Option<u32> {
    let source = draft.document.source();
    let line = draft.document.lines().line_at(start);
    let from = draft.document.lines().line_range(source, line).start;
    let lead = source.get(from..start as usize)?;
    let is_free = match draft.document.format() {
        Format::Html => lead.trim_start().chars().all(|c| c != '|'),
        Format::Markdown => lead.chars().all(|c| c.is_whitespace() || matches!(c, '#' | '*' | '_')),
        Format::Plain => lead.trim().is_empty(),
    };
    is_free.then_some(from as u32)
}

/// The start of the line after `at`, or `at` where that is the start of one.
fn next_line(source: &str, at: u32) -> u32 {
    let at = at as usize;
    if at == 0 || source[..at].ends_with('\n') {
        return at as u32;
    }
    source[at..].find('\n').map_or(source.len(), |line| at + line + 1) as u32
}

#[cfg(test)]
mod tests {
    use super::super::draft::checked as draft;
    use super::*;
    use crate::text::apply;

    #[test]
    fn fixes_here_and_throughout_take_the_findings_away() {
        let text = "<!-- stet: stet-unused -->\n\nIt rained.\n\n<!-- stet -->\n\nIt rained.\n\n<!-- stet -->\n\nIt rained on.\n";
        let checked = draft(text, Format::Markdown);
        assert_eq!(checked.findings.len(), 3);
        let at = checked.findings[1].span;
        let all = actions(&checked, at);
        let one = all.iter().find(|action| action.kind == ActionKind::Fix).expect("a fix");
        assert!(one.preferred);
        assert_eq!(draft(&apply(text, &one.edits), Format::Markdown).findings.len(), 2);
        let throughout = all.iter().find(|action| action.title.contains("throughout")).expect("a fix throughout");
        assert_eq!(draft(&apply(text, &throughout.edits), Format::Markdown).findings.len(), 1);
        let all = fix_all(&checked).expect("something to fix");
        assert!(draft(&apply(text, &all.edits), Format::Markdown).findings.is_empty());
    }
}
