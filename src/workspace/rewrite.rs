//! Mended drafts on disk: put in the place of what was read, in its encoding and with its permissions, or not at all. A draft that is
//! another by now, that lies elsewhere, or of which something would be lost is left alone, and that is said.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::door::{self, Kind};
use super::plan::whole;
use super::put::replace;
use super::{Problem, plainly};
use crate::document::Document;
use crate::markup;

/// Puts `text` in the place of a draft as it was read. What a link leads to is written only where it lies in one of the folders that are
/// `named`, or beside one of the files that are.
///
/// # Errors
/// When it is left alone; the message says why.
pub fn rewrite_draft(path: &Path, named: &[PathBuf], read: &Document, text: &str) -> Result<(), Problem> {
    let left_alone = |why: &str| Problem::new(path, format!("{why}, and was left as it is"));
    let fault = |error: std::io::Error| left_alone(&plainly(&error));
    let target = std::fs::canonicalize(path).map_err(fault)?;
    if std::fs::symlink_metadata(path).map_err(fault)?.is_symlink()
        && !named.iter().filter_map(|named| folder_of(named)).any(|folder| target.starts_with(folder))
    {
        return Err(left_alone("leads to a file outside of the folders that are checked"));
    }
    let before = door::read(&target, Kind::Text).map_err(|problem| left_alone(&problem.message))?;
    // Another link to it may have been followed before.
    if is_text(&before, text, read) {
        return Ok(());
    }
    if !is_text(&before, read.source(), read) {
        return Err(left_alone("was changed while it was being checked"));
    }
    let bytes = encoded_like(read, &before, text).map_err(|why| left_alone(&why))?;
    replace(&target, &bytes, || door::read(&target, Kind::Text).is_ok_and(|now| now == before)).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => left_alone("can't be written beside or be given its owner again (permission denied)"),
        _ => fault(error),
    })
}

/// A mended text as bytes, in the encoding of the draft that was read from the bytes `before`.
///
/// # Errors
/// When that can't be done without a loss; the message says why.
pub fn encoded_like(read: &Document, before: &[u8], text: &str) -> Result<Vec<u8>, String> {
    let charset = read.charset();
    let bytes = charset.encode(text).ok_or_else(|| format!("is in {}, which can't write all that its fixes have", charset.name()))?;
    // Of an encoding that writes one thing in two ways, the rest of the text would change as well.
    let is_same = charset.encode(read.source()).is_some_and(|again| again == before);
    if is_same { Ok(bytes) } else { Err(format!("can't be written in {} just as it was", charset.name())) }
}

/// Whether bytes are a text in the encoding of a document.
fn is_text(bytes: &[u8], text: &str, document: &Document) -> bool {
    markup::decode(bytes.to_vec(), document.format()).is_ok_and(|(read, charset)| read == text && charset == document.charset())
}

/// A folder that is named, or that of a file that is, wherever that itself may lead.
fn folder_of(named: &Path) -> Option<PathBuf> {
    let real = std::fs::canonicalize(named).ok().filter(|real| real.is_dir());
    real.or_else(|| std::fs::canonicalize(whole(named).parent()?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::read_draft;

    #[test]
    fn a_draft_that_is_another_by_now_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        let named = [folder.path().to_owned()];
        std::fs::write(&path, "Vasal left.\n").expect("is writable");
        let read = read_draft(&path).expect("is a text");
        // Somebody saves it, or takes it away, while it is being checked.
        std::fs::write(&path, "Vasal left, and came back.\n").expect("is writable");
        let told = rewrite_draft(&path, &named, &read, "Vasall left.\n").expect_err("is another").message;
        assert_eq!(told, "was changed while it was being checked, and was left as it is");
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "Vasal left, and came back.\n");
        std::fs::remove_file(&path).expect("is there");
        assert!(rewrite_draft(&path, &named, &read, "Vasall left.\n").is_err() && !path.exists(), "nobody brings it back");
        // Saved in another encoding, it is another as well, though its words are the same.
        std::fs::write(&path, b"\xff\xfeV\0a\0s\0a\0l\0 \0l\0e\0f\0t\0.\0\n\0").expect("is writable");
        assert!(rewrite_draft(&path, &named, &read, "Vasall left.\n").is_err());
        // What somebody else has mended the same way is mended.
        std::fs::write(&path, "Vasall left.\n").expect("is writable");
        assert_eq!(rewrite_draft(&path, &named, &read, "Vasall left.\n"), Ok(()));
        std::fs::write(&path, "Vasal left.\n").expect("is writable");
        assert_eq!(rewrite_draft(&path, &named, &read, "Vasall left.\n"), Ok(()));
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "Vasall left.\n");
        assert_eq!(std::fs::read_dir(folder.path()).expect("is there").count(), 1, "nothing is left aside");
    }
}
