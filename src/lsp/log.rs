//! Where people look for a server's troubles: standard output is the protocol's.

use crate::text::shown;

/// Writes a line to standard error; what is quoted does nothing there.
pub(super) fn log(message: &str) {
    use std::io::Write as _;
    // If even this can't be written, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "copydesk: {}", shown(message));
}
