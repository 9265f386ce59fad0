//! Where people look for a server's troubles: standard output is the protocol's.

/// Writes a line to standard error.
pub(super) fn log(message: &str) {
    use std::io::Write as _;
    // If even this can't be written, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "copydesk: {message}");
}
