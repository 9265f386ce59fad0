//! A fault of copydesk itself, met over one file, is that file's problem: all others are read and checked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::Problem;

const FAULT: &str = concat!("can't be read, for a fault of copydesk ", env!("CARGO_PKG_VERSION"), "; please report it");

/// What `read` makes of the file at `path`.
///
/// # Errors
/// When it panics; what it has left half made must not be looked at again.
pub fn guarded<T>(path: &Path, read: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Problem::new(path, FAULT))
}
