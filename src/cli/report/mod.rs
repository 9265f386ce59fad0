//! Reports on checked drafts: for people, for programs, for GitHub.

mod github;
mod json;
mod results;
mod text;

pub(super) use github::report as github;
pub(super) use json::{Place, report as json};
pub(super) use results::{Linted, Results};
pub(super) use text::report as text;

/// `1 draft`, `2 drafts`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
