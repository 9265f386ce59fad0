//! Reports on checked drafts: for people, for programs, for GitHub.

mod fingerprint;
mod github;
mod json;
mod text;

pub(super) use github::report as github;
pub(super) use json::{Place, report as json};
pub(super) use text::report as text;

use jiff::civil::Date;

/// `3 December 2025`, as evidence gives dates.
pub(super) fn plain_date(date: Date) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    format!("{} {} {}", date.day(), MONTHS[date.month() as usize - 1], date.year())
}

/// `1 draft`, `2 drafts`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
