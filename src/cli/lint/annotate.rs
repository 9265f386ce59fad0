//! A copy of a Word document with a comment for each finding: what differs, from which sources and since when, and what is meant.

use std::io;
use std::path::{Path, PathBuf};

use super::super::report::{clipped, counted, from_here};
use super::super::{Terminal, tell};
use super::{Asked, Checked};
use crate::corpus::Citation;
use crate::document::Document;
use crate::finding::Finding;
use crate::workspace::{Author, Comment, Problem, annotate_draft, may_be_annotated};

/// Who signs the comments.
const AUTHOR: Author<'_> = Author { name: "copydesk", initials: "cd" };

/// Says so where it is not one draft that is to be annotated, or one that can't be. What can't be read is told as what it is.
///
/// # Errors
/// When that is so.
pub(super) fn allowed(drafts: &[Asked], unreadable: &[Problem], copy: &Path) -> Result<(), Problem> {
    match (drafts, unreadable) {
        ([draft], []) => may_be_annotated(&draft.path, copy),
        ([], [_]) => Ok(()),
        _ => {
            let count = counted(drafts.len() + unreadable.len(), "draft");
            Err(Problem::new(Path::new("--annotate"), format!("takes one Word document, and not {count}")))
        }
    }
}

/// Writes the copy; why that can't be is returned.
pub(super) fn write(
    drafts: &mut [Checked],
    copy: &Path,
    stdin: Option<&(PathBuf, Vec<u8>)>,
    is_quiet: bool,
    terminal: &mut Terminal<'_>,
) -> io::Result<Vec<Problem>> {
    let mut left_alone = Vec::new();
    for checked in drafts {
        let (path, draft) = (&checked.linted.path, &checked.linted.draft);
        let comments: Vec<Comment> = draft.findings.iter().map(|finding| comment(finding, &draft.document)).collect();
        let bytes = stdin.filter(|(name, _)| name == path).map(|(_, bytes)| &**bytes);
        let when = jiff::Zoned::now().datetime();
        match annotate_draft((path, &draft.document), bytes, copy, &comments, AUTHOR, when) {
            Ok(()) if is_quiet => {}
            Ok(()) => tell(terminal.err, Problem::new(copy, format!("has {}", counted(comments.len(), "comment"))))?,
            Err(problem) => left_alone.push(problem),
        }
        // Reports have none, as no fix can be made in a Word document.
        checked.linted.draft.take_fixes();
    }
    Ok(left_alone)
}

/// What differs; where else it stands; who says otherwise, and when; what is meant; and how the rule is called.
fn comment(finding: &Finding, document: &Document) -> Comment {
    let elsewhere = finding.related.iter().map(|(span, label)| format!("“{}”: {label}", span.text(document.source())));
    let fix = finding.fix().map(|fix| format!("{}.", fix.title));
    let paragraphs = std::iter::once(finding.message.clone())
        .chain(elsewhere)
        .chain(finding.evidence.iter().map(evidence))
        .chain(fix)
        .chain([format!("({})", finding.rule.name)]);
    Comment { at: finding.span, paragraphs: paragraphs.collect() }
}

fn evidence(citation: &Citation) -> String {
    let source = &citation.source;
    let id = from_here(&source.id);
    let outlet = source.outlet.as_deref().unwrap_or(&id);
    let day = source.day().map_or_else(String::new, |day| format!(", {day}"));
    format!("{outlet}{day}: “{}” ({id}:{})", clipped(&citation.sentence), citation.start.line.saturating_add(1))
}
