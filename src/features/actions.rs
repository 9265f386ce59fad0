//! Code actions: the fixes of findings, here or throughout, and marks that let a finding stand. They are computed from the
//! findings each time, so that they fit the draft as it is and need nothing handed back by the editor. What changes words is offered only
//! where it has held on trial.

use std::sync::Arc;

use super::{Draft, Proposed, Trial};
use crate::check::joined;
use crate::document::Document;
use crate::finding::Finding;
use crate::markup::{BlockKind, Format};
use crate::text::{Span, TextEdit, apply};

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

/// What can be done about the findings that touch `range`, fixes first. `trial` is of the same draft.
pub fn actions<'a>(draft: &'a Draft, range: Span, trial: &mut Trial<'_>) -> Vec<Action<'a>> {
    let here: Vec<&Finding> =
        draft.findings.iter().filter(|finding| finding.span.start <= range.end && range.start <= finding.span.end).collect();
    let mut actions = Vec::new();
    for finding in &here {
        actions.extend(finding.fixes.iter().map(|fix| Action {
            kind: ActionKind::Fix,
            title: fix.title.clone(),
            edits: fix.edits.clone(),
            findings: vec![finding],
            preferred: finding.fix() == Some(fix),
        }));
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
    actions.retain(|action| trial.holds(&action.edits, &action.findings));
    for finding in &here {
        actions.extend(let_stand(draft, finding));
    }
    actions
}

/// The safe fixes of the whole draft, as far as they do not overlap; none where nothing is settled. `trial` is of the same draft.
pub fn fix_all<'a>(draft: &'a Draft, trial: &mut Trial<'_>) -> Option<Action<'a>> {
    let safe: Vec<Proposed<'_>> = draft.findings.iter().filter_map(|finding| Some((finding, finding.safe_fix()?))).collect();
    let (edits, findings) = trial.together(&safe)?;
    Some(Action { kind: ActionKind::FixAll, title: "Fix all that is settled".to_owned(), edits, findings, preferred: false })
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
        let (edits, findings) = joined(alike.iter().filter_map(|finding| Some((*finding, finding.fixes.first()?))));
        Action {
            kind: ActionKind::Fix,
            title: format!("{} throughout ({} places)", fix.title, findings.len()),
            edits,
            findings,
            preferred: false,
        }
    })
}

/// The safe fixes of one rule.
fn all_of_rule<'a>(draft: &'a Draft, rule: &str) -> Option<Action<'a>> {
    let alike: Vec<&Finding> = draft.findings.iter().filter(|finding| finding.rule.name == rule && finding.safe_fix().is_some()).collect();
    (alike.len() > 1).then(|| {
        let (edits, findings) = joined(alike.iter().filter_map(|finding| Some((*finding, finding.fixes.first()?))));
        Action { kind: ActionKind::Fix, title: format!("Fix all {} of {rule}", findings.len()), edits, findings, preferred: false }
    })
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
        Format::Plain | Format::Word => format!("[{kind}: {rule}{named}]"),
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
    let here = draft.document.prose_at(finding.span.start).and_then(|at| mark_at(draft, at.block, &mark("stet"), newline));
    actions.extend(here.map(|edit| action(format!("Let {shown} stand here"), edit.span.start, edit.text)));
    let top = draft.document.front_matter().source.end;
    let top = if top == 0 { 0 } else { next_line(source, top) };
    actions.push(action(format!("Let {shown} stand in this draft"), top, format!("{}{newline}{newline}", mark("stet-file"))));
    actions
}

/// The edit that puts a mark at a block: on a line of its own before it, or else at its end, as in a list or a table. None where
/// the draft, read again, would have other prose for it or not have the mark there.
fn mark_at(draft: &Draft, block: u32, mark: &str, newline: &str) -> Option<TextEdit> {
    let document = &draft.document;
    let source = document.source();
    let marked = document.blocks().get(block as usize)?;
    let place = marked.source;
    let line = document.lines().line_range(source, document.lines().line_at(place.start)).start as u32;
    let before = TextEdit { span: Span::new(line, line), text: format!("{mark}{newline}{newline}") };
    let end = source.get(place.range())?.trim_end().len() as u32 + place.start;
    let behind = TextEdit { span: Span::new(end, end), text: format!(" {mark}") };
    // A line between two items would make two lists of one.
    let in_row = matches!(marked.kind, BlockKind::ListItem | BlockKind::TableCell { .. });
    Some(before).filter(|_| !in_row).into_iter().chain([behind]).find(|edit| is_mark_of(document, edit, block))
}

/// Whether an edit does nothing but mark that block.
fn is_mark_of(document: &Document, edit: &TextEdit, block: u32) -> bool {
    let marked = Document::parse(apply(document.source(), std::slice::from_ref(edit)).into(), document.format());
    let prose = |document: &Document| -> Vec<(BlockKind, Arc<str>)> {
        document.blocks().iter().map(|block| (block.kind, block.text.clone())).collect()
    };
    let marks = |document: &Document| document.stets().iter().filter(|stet| !stet.whole_file && stet.block == block as usize).count();
    prose(&marked) == prose(document) && marked.stets().len() == document.stets().len() + 1 && marks(&marked) == marks(document) + 1
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
    use super::super::draft::{checked as draft, checked_against};
    use super::*;
    use crate::check::{Rereader, Style};
    use crate::config::Config;
    use crate::corpus::{MemoryCorpus, Source, SourceHeader};

    #[test]
    fn a_mark_stands_before_a_paragraph_and_at_the_end_of_what_no_line_may_part() {
        let marked = |text: &str, format: Format| {
            let draft = draft(text, format);
            let words = text.find("Larsund").expect("the word is there") as u32;
            let block = draft.document.prose_at(words).expect("in the prose").block;
            mark_at(&draft, block, if format == Format::Plain { "[stet]" } else { "<!-- stet -->" }, "\n").map(|edit| apply(text, &[edit]))
        };
        let cases = [
            ("It rained.\n\nOn Larsund.\n", "It rained.\n\n<!-- stet -->\n\nOn Larsund.\n"),
            ("- It rained.\n- On Larsund.\n- It poured.\n", "- It rained.\n- On Larsund. <!-- stet -->\n- It poured.\n"),
            ("> On Larsund\n> it rained.\n", "<!-- stet -->\n\n> On Larsund\n> it rained.\n"),
            ("| a | b |\n|---|---|\n| On Larsund | it rained |\n", "| a | b |\n|---|---|\n| On Larsund <!-- stet --> | it rained |\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text, Format::Markdown).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(marked("On Larsund.\n", Format::Plain).as_deref(), Some("[stet]\n\nOn Larsund.\n"));
        let html = "<ul><li>It rained.</li><li>On Larsund.</li></ul>";
        assert_eq!(marked(html, Format::Html).as_deref(), Some("<ul><li>It rained.</li><li>On Larsund. <!-- stet --></li></ul>"));
    }

    #[test]
    fn fixes_here_and_throughout_take_the_findings_away() {
        let text = "<!-- stet: stet-unused -->\n\nIt rained.\n\n<!-- stet -->\n\nIt rained.\n\n<!-- stet -->\n\nIt rained on.\n";
        let checked = draft(text, Format::Markdown);
        assert_eq!(checked.findings.len(), 3);
        let at = checked.findings[1].span;
        let corpus = MemoryCorpus::default();
        let style = Style { config: &Config::default(), as_of: None };
        let mut trial = Trial::new(&checked, Rereader::default(), &corpus, style, &|| true);
        let all = actions(&checked, at, &mut trial);
        let one = all.iter().find(|action| action.kind == ActionKind::Fix).expect("a fix");
        assert!(one.preferred);
        assert_eq!(draft(&apply(text, &one.edits), Format::Markdown).findings.len(), 2);
        let throughout = all.iter().find(|action| action.title.contains("throughout")).expect("a fix throughout");
        assert_eq!(draft(&apply(text, &throughout.edits), Format::Markdown).findings.len(), 1);
        assert!(fix_all(&checked, &mut trial).is_none(), "a mark is for a person to take away");
    }

    #[test]
    fn what_is_settled_is_fixed_without_a_person_and_what_one_source_says_is_not() {
        let source = |id: &str, text: &str| {
            let header = SourceHeader { id: id.to_owned(), ..SourceHeader::default() };
            Source::read(header, Document::parse(text.into(), Format::Markdown))
        };
        let once = "Finance Minister Anja Kowalczyk said that 40 boats had left Larsund harbour.\n";
        let text = "Finance Minister Anja Kowalczik said that 50 boats had left Larsund harbour.\n";
        let fixed = |sources: Vec<Source>| {
            let corpus = MemoryCorpus::new(sources);
            let checked = checked_against(text, Format::Markdown, &corpus);
            assert!(checked.findings.iter().any(|finding| finding.rule.name == "name-misspelled"), "{:?}", checked.findings);
            let style = Style { config: &Config::default(), as_of: None };
            let mut trial = Trial::new(&checked, Rereader::default(), &corpus, style, &|| true);
            fix_all(&checked, &mut trial).map(|action| apply(text, &action.edits))
        };
        assert_eq!(fixed(vec![source("a.md", once)]), None);
        assert_eq!(fixed(vec![source("a.md", once), source("b.md", once)]), Some(text.replace("Kowalczik", "Kowalczyk")));
        let mut sources: Vec<Source> = ["a.md", "b.md", "c.md", "d.md", "e.md"].map(|id| source(id, once)).into();
        sources.push(source("f.md", "Finance Minister Anja Kowalczak left.\n"));
        assert_eq!(fixed(sources), None, "one source has another name that is as near");
    }
}
