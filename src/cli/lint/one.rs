//! One draft that comes in as bytes and is checked against a setting that is loaded already, for ends that are no terminal: the same report
//! as the command's, as JSON.

use std::path::Path;

use jiff::civil::Date;

use super::super::report::{self, Against, Linted, Results};
use super::markup_problems;
use crate::check::{Fate, Rereader, Style};
use crate::finding::Severity;
use crate::workspace::{Problem, Setting, guarded, parse_bytes};

/// What `copydesk lint PATH --format json` prints, of a draft that is called `path` and has these bytes.
///
/// # Errors
/// When they are no draft that can be read, or the sources can't be.
pub fn lint_bytes(path: &Path, bytes: Vec<u8>, setting: &Setting, as_of: Option<Date>) -> Result<String, Problem> {
    let document = parse_bytes(path, bytes)?;
    guarded(path, || {
        let fault = |error: &dyn std::fmt::Display| Problem::new(path, error);
        let (config, corpus) = (setting.config_at(Some(path)), &*setting.corpus);
        let style = Style { config: &config, as_of };
        let mut rereader = Rereader::default();
        let mut draft = rereader.draft(document, corpus, style).map_err(|error| fault(&error))?;
        if !draft.document.format().is_text() {
            // Nothing is written into a Word document: its text is not the file's.
            draft.take_fixes();
        }
        let mut draft = draft.tried(rereader, corpus, style);
        let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        draft.sort_out(|_, print| setting.baseline.accepted(path, print, today).map_or(Fate::Told, Fate::SetAside));
        let linted = Linted { path: path.to_owned(), draft: draft.for_reports() };
        let mut problems: Vec<Problem> = markup_problems(&linted).chain(setting.problems.iter().cloned()).collect();
        problems.sort();
        problems.dedup();
        let mut against = Against::default();
        against.add(setting).map_err(|error| fault(&error))?;
        let results = Results {
            drafts: vec![linted],
            problems,
            against,
            fail_on: config.fail_on.unwrap_or(Severity::Warning),
            fixed: 0,
            has_baseline: setting.baseline.path.is_some(),
        };
        report::json(&results).map_err(|error| fault(&error))
    })?
}

/// The day that somebody gives for a draft, in words that are to be of use to whoever wrote others.
///
/// # Errors
/// When it is no day; the message says what to do.
pub fn day_given(words: &str) -> Result<Date, String> {
    words.parse().map_err(|_| "as_of is no day: write it as 2025-12-03".to_owned())
}
