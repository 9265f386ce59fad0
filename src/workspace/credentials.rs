//! What whoever runs a server keeps in files: a certificate, its key, a token.

use std::path::Path;

use super::Problem;
use super::door::{self, Kind};

/// The text of such a file.
///
/// # Errors
/// As for any text that can't be read.
pub fn read_credential(path: &Path) -> Result<String, Problem> {
    door::read_text(path, Kind::Settings)
}
