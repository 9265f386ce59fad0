//! The rules' pages laid down as files, so that an editor can open the page of the rule that speaks.

use std::path::PathBuf;

use super::seed::{cache_folder, lay_down};
use crate::rules;

/// Writes all pages that aren't there yet into the user's cache; the folder that has them all.
pub fn lay_down_rule_pages() -> Option<PathBuf> {
    let folder = cache_folder()?.join(concat!("rules-", env!("CARGO_PKG_VERSION")));
    let all = rules::infos().all(|rule| lay_down(&folder, &format!("{}.md", rule.name), rule.page).is_some());
    all.then_some(folder)
}
