//! Copies of Word documents with comments in them. A draft itself is never written to, and neither is anything else that is there.

use std::io::ErrorKind;
use std::path::Path;

use jiff::civil::DateTime;

use super::door::{self, Kind};
use super::put::put_new;
use super::walk::is_word_document;
use super::{Problem, guarded, unwritten};
use crate::document::Document;
pub use crate::ingest::{Author, Comment};
use crate::ingest::{annotated, word_document};

/// Says so where no copy of a draft can be written, before anybody has waited for what is found in it.
///
/// # Errors
/// When it can't; the message says why.
pub fn may_be_annotated(draft: &Path, copy: &Path) -> Result<(), Problem> {
    if !is_word_document(draft) {
        return Err(Problem::new(draft, "is no Word document (.docx), and comments are written into nothing else"));
    }
    if !is_word_document(copy) {
        return Err(Problem::new(copy, "is no name of a Word document, which ends in .docx"));
    }
    if door::is_taken(copy) { Err(taken(copy)) } else { Ok(()) }
}

/// Puts a copy of a draft with comments in it where nothing is. The draft was `read` from its file, or from these `bytes`.
///
/// # Errors
/// When it can't be made; nothing is left behind, and the message says why.
pub fn annotate_draft(
    (draft, read): (&Path, &Document),
    bytes: Option<&[u8]>,
    copy: &Path,
    comments: &[Comment],
    author: Author<'_>,
    when: DateTime,
) -> Result<(), Problem> {
    may_be_annotated(draft, copy)?;
    let bytes = bytes.map_or_else(|| door::read(draft, Kind::Text), |bytes| Ok(bytes.to_vec()))?;
    let made = guarded(draft, || {
        if word_document(&bytes).is_ok_and(|now| now.source() == read.source()) {
            annotated(&bytes, comments, author, Some(when))
        } else {
            Err("was changed while it was being checked".to_owned())
        }
    })?;
    let made = made.map_err(|why| Problem::new(draft, why))?;
    door::check_size(copy, made.len() as u64, Kind::Text)?;
    put_new(copy, made).map_err(|error| if error.kind() == ErrorKind::AlreadyExists { taken(copy) } else { unwritten(copy, &error) })
}

fn taken(copy: &Path) -> Problem {
    Problem::new(copy, "is there already, and nothing is written over it; name another")
}
