//! What SECURITY.md promises, tried: each promise has a test here, or says where it is tried.

mod outside;
mod promises;
#[cfg(unix)]
mod traps;
mod writing;
