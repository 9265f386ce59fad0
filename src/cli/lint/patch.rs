//! What fixes change as a patch that `git apply` takes: in the draft's own bytes, and only where no line of it acts on the terminal or
//! the runner that shows it.

use std::fmt::Write as _;
use std::path::{MAIN_SEPARATOR, Path};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use super::super::guard;
use crate::document::Document;
use crate::text::is_active;

/// So many lines around a change are shown.
const CONTEXT: usize = 3;

/// The patch from a draft to its mended text; or why none can be shown.
pub(super) fn patch(path: &Path, before: &Document, after: &str) -> Result<Vec<u8>, String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.source().split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    // Between folders a patch has slashes; where a backslash is none between folders, it is part of a name.
    let name = path.to_string_lossy();
    let name = if MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() };
    if name.contains(is_active) || name.contains(['"', '\\']) {
        return Err("has a name that no patch can have".to_owned());
    }
    // After a name with a blank, what follows a tab is no part of it.
    let tab = if name.contains(' ') { "\t" } else { "" };
    let name = name.trim_start_matches("./");
    let mut text = format!("--- a/{name}{tab}\n+++ b/{name}{tab}\n");
    for hunk in group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT) {
        write_hunk(&hunk, (&old, &new), &mut text);
    }
    if text.split('\n').any(acts) {
        return Err("has lines beside what is fixed that would act on a terminal or in CI, so that no patch of it is shown".to_owned());
    }
    let charset = before.charset();
    // In other encodings a line is no line of a patch.
    let is_by_lines = charset.encode("\n").as_deref() == Some(b"\n");
    let encoded = charset.encode(&text).filter(|_| is_by_lines);
    encoded.ok_or_else(|| format!("is in {}, in which no patch can be written", charset.name()))
}

/// A stretch of changes with the lines around it.
fn write_hunk(hunk: &[DiffOp], (old, new): (&[&str], &[&str]), patch: &mut String) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
    // A range is its first line, from 1, and how many there are; of none, the line before.
    let range = |start: usize, end: usize| format!("{},{}", if end > start { start + 1 } else { start }, end - start);
    let was = range(first.old_range().start, last.old_range().end);
    let is = range(first.new_range().start, last.new_range().end);
    // A string takes all that is written to it.
    let _ = writeln!(patch, "@@ -{was} +{is} @@");
    let mut put = |mark: char, lines: &[&str]| {
        for line in lines {
            patch.push(mark);
            patch.push_str(line);
            if !line.ends_with('\n') {
                patch.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    for op in hunk {
        let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
        if op.tag() == DiffTag::Equal {
            put(' ', removed);
        } else {
            put('-', removed);
            put('+', added);
        }
    }
}

/// Whether a line of a patch does something where it is shown. That one line ends otherwise than another does nothing.
fn acts(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    // A byte order mark begins the draft.
    let words = line.get(1..).unwrap_or_default();
    let words = words.strip_prefix('\u{feff}').unwrap_or(words);
    words.chars().any(|c| is_active(c) && c != '\t') || guard::is_command(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Format;

    fn patch_of(before: &str, after: &str) -> Result<String, String> {
        let document = Document::parse(before.into(), Format::Markdown);
        patch(Path::new("./a b.md"), &document, after).map(|bytes| String::from_utf8(bytes).expect("is UTF-8"))
    }

    #[test]
    fn a_patch_has_the_lines_as_they_end() {
        let patch = patch_of("\u{feff}One.\r\nTwo.", "\u{feff}One.\r\n2.").expect("can be shown");
        assert_eq!(
            patch,
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1,2 +1,2 @@\n \u{feff}One.\r\n-Two.\n\\ No newline at end of file\n+2.\n\\ No newline at end of file\n"
        );
        // However far away, they stay as they are.
        let far = "x\n".repeat(20);
        assert!(patch_of(&format!("One.\n{far}a\u{1b}[31m\rb\n"), &format!("1.\n{far}a\u{1b}[31m\rb\n")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn of_a_name_that_a_patch_would_have_otherwise_there_is_none() {
        let document = Document::parse("One.\n".into(), Format::Markdown);
        assert!(patch(Path::new("wire\\a.md"), &document, "1.\n").is_err(), "it is no file of a folder");
    }

    #[test]
    fn what_would_act_is_not_shown() {
        for line in ["a\u{1b}[31m", "::error::x", "  ::error::x", "x ##[error]y", "a\rb", "a\u{202e}b"] {
            assert!(patch_of(&format!("One.\n{line}\n"), &format!("1.\n{line}\n")).is_err(), "{line:?}");
        }
    }
}
