//! The baseline: what was found one day and the desk has accepted, so that only what is new is told. An entry is known by its draft and
//! the finding's fingerprint, which stays the same whatever is edited elsewhere. The file is in order, an entry a table, so that two
//! people's additions merge.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::value::Datetime;

use super::Problem;
use super::door::{self, Kind};
use super::plan::whole;
use super::put::put_again;
use crate::check::{Fingerprint, Why};
use crate::finding::Finding;
use crate::text::{LineIndex, shown};

const HEAD: &str = "\
# What `copydesk lint` found and the desk has accepted; `copydesk lint --write-baseline` adds to it. An entry may say why and until
# when, as in: reason = \"the ministry's own spelling\", until = 2026-03-01. `copydesk lint --prune-baseline` takes out what is gone.
version = 1
";

/// What a desk has accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The file; none where nobody names one.
    pub path: Option<PathBuf>,
    entries: BTreeMap<Key, Accepted>,
}

/// The draft, as seen from the baseline's folder, and the fingerprint.
type Key = (String, String);

/// A finding that has been accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    rule: String,
    /// The words it points at, for people who read the file.
    text: String,
    pub reason: Option<String>,
    /// The last day on which it is accepted.
    pub until: Option<Date>,
}

impl Accepted {
    /// Whether it is accepted on a day.
    pub fn holds(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    accepted: Vec<toml::Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    path: String,
    rule: String,
    text: String,
    fingerprint: String,
    reason: Option<String>,
    until: Option<Datetime>,
}

impl Baseline {
    /// One that accepts nothing yet, to be kept in the file at `path`.
    pub fn at(path: &Path) -> Self {
        Self { path: Some(path.to_owned()), entries: BTreeMap::new() }
    }

    /// What the file at `path` accepts; none where there is no such file.
    ///
    /// # Errors
    /// When it can't be read or is no baseline.
    pub fn read(path: &Path) -> Result<Option<Self>, Problem> {
        if !door::is_taken(path) {
            return Ok(None);
        }
        let text = door::read_text(path, Kind::Baseline)?;
        Self::parse(path, &text).map(Some).map_err(|(line, message)| Problem::new(path, format!("line {line}: {message}")))
    }

    /// Reads a baseline; what is wrong with it is told with its line, from 1.
    fn parse(path: &Path, text: &str) -> Result<Self, (u32, String)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = LineIndex::new(text);
        let line = |at: usize| lines.position(text, at as u32).line + 1;
        let file: File =
            toml::from_str(text).map_err(|error| (line(error.span().map_or(0, |span| span.start)), error.message().to_owned()))?;
        if file.version != 1 {
            return Err((1, format!("is of version {}, and this copydesk knows version 1", file.version)));
        }
        let mut baseline = Self::at(path);
        for row in file.accepted {
            let at = row.span().start;
            let Row { path, rule, text, fingerprint, reason, until } = row.into_inner();
            let until = match until.map(|until| until.to_string().parse()) {
                None => None,
                Some(Ok(day)) => Some(day),
                Some(Err(_)) => return Err((line(at), "`until` is a date: 2026-03-01".to_owned())),
            };
            baseline.entries.insert((path, fingerprint), Accepted { rule, text, reason, until });
        }
        Ok(baseline)
    }

    /// What it says of a finding in a draft.
    pub fn of(&self, draft: &Path, print: Fingerprint) -> Option<&Accepted> {
        // Most desks have none, and most drafts nothing in it.
        if self.entries.is_empty() { None } else { self.entries.get(&(self.name_of(draft)?, print.to_string())) }
    }

    /// Why a finding in a draft isn't told, where it accepts that today.
    pub fn accepted(&self, draft: &Path, print: Fingerprint, today: Date) -> Option<Why> {
        let accepted = self.of(draft, print).filter(|accepted| accepted.holds(today))?;
        Some(Why::Accepted(accepted.reason.clone()))
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Accepts a finding of a draft; what was said of it is kept, but for a day that is over.
    pub fn accept(&mut self, draft: &Path, print: Fingerprint, finding: &Finding, words: &str, today: Date) {
        let Some(name) = self.name_of(draft) else { return };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let new = Accepted { rule: finding.rule.name.to_owned(), text: shown(&words).into_owned(), reason: None, until: None };
        let entry = self.entries.entry((name, print.to_string())).or_insert(new);
        entry.until = entry.until.filter(|until| today <= *until);
    }

    /// How many of its entries hold no longer.
    pub fn over(&self, today: Date) -> usize {
        self.entries.values().filter(|accepted| !accepted.holds(today)).count()
    }

    /// How many of its entries are about nothing that is there: the draft is gone, or is among those that were `checked` and has no such
    /// finding.
    pub fn gone(&self, checked: &[(&Path, &[Fingerprint])]) -> usize {
        self.entries.len() - self.without_gone(checked).entries.len()
    }

    /// The same without what is gone.
    #[must_use]
    pub fn without_gone(&self, checked: &[(&Path, &[Fingerprint])]) -> Self {
        let found: BTreeMap<String, Vec<String>> = checked
            .iter()
            .filter_map(|(draft, prints)| Some((self.name_of(draft)?, prints.iter().map(ToString::to_string).collect())))
            .collect();
        let folder = self.folder();
        let mut kept = self.clone();
        kept.entries.retain(|(name, print), _| match found.get(name) {
            Some(prints) => prints.contains(print),
            None => door::is_taken(&folder.join(name)),
        });
        kept
    }

    /// Puts it in its file, in place of what was there.
    ///
    /// # Errors
    /// When it can't be written; what was there stays.
    pub fn write(&self) -> Result<(), Problem> {
        let Some(path) = &self.path else { return Ok(()) };
        let before = if door::is_taken(path) { Some(door::read_text(path, Kind::Baseline)?) } else { None };
        let text = self.to_text();
        if before.as_ref() == Some(&text) { Ok(()) } else { put_again(path, Kind::Baseline, before.as_deref(), &text) }
    }

    fn to_text(&self) -> String {
        let mut entries: Vec<(&Key, &Accepted)> = self.entries.iter().collect();
        entries.sort_by_key(|((name, print), accepted)| (name, &accepted.rule, print));
        let mut text = HEAD.to_owned();
        for ((name, print), Accepted { rule, text: words, reason, until }) in entries {
            // A string takes all that is written to it.
            let mut line = |key: &str, value: toml_edit::Value| {
                let _ = writeln!(text, "{key} = {value}");
            };
            line("\n[[accepted]]\npath", name.into());
            line("rule", rule.into());
            line("text", words.into());
            line("fingerprint", print.into());
            if let Some(reason) = reason {
                line("reason", reason.into());
            }
            if let Some(until) = until {
                let _ = writeln!(text, "until = {until}");
            }
        }
        text
    }

    /// What a draft is called in it: its path from the baseline's folder, with slashes.
    fn name_of(&self, draft: &Path) -> Option<String> {
        let (draft, folder) = (whole(draft), self.folder());
        let shared = draft.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
        let up = std::iter::repeat_n("..".to_owned(), folder.components().count() - shared);
        let down = draft.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        self.path.is_some().then(|| up.chain(down).collect::<Vec<_>>().join("/"))
    }

    fn folder(&self) -> PathBuf {
        whole(self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "version = 1\n\n[[accepted]]\npath = \"drafts/b.md\"\nrule = \"figure-sum\"\ntext = \"12 people\"\nfingerprint = \"00000000000000ff\"\n\n\
                        [[accepted]]\npath = \"drafts/a.md\"\nrule = \"name-mixed\"\ntext = \"Vasal\"\nfingerprint = \"00000000000000aa-2\"\nreason = \"her own \\\"spelling\\\"\"\nuntil = 2026-03-01\n";

    fn parsed(text: &str) -> Result<Baseline, (u32, String)> {
        Baseline::parse(Path::new("/desk/baseline.toml"), text)
    }

    #[test]
    fn what_is_written_is_read_again_in_an_order_of_its_own() {
        let baseline = parsed(TEXT).expect("is sound");
        let text = baseline.to_text();
        assert_eq!(parsed(&text).as_ref(), Ok(&baseline));
        assert!(text.find("drafts/a.md") < text.find("drafts/b.md"), "{text}");
        assert!(text.contains("until = 2026-03-01\n"), "{text}");
        assert_eq!(parsed(&text).expect("is sound").to_text(), text);
    }

    #[test]
    fn an_entry_holds_until_its_day_is_over() {
        let baseline = parsed(TEXT).expect("is sound");
        let until = baseline.entries.values().find(|accepted| accepted.until.is_some()).expect("one has a day");
        assert!(until.holds(Date::constant(2026, 3, 1)) && !until.holds(Date::constant(2026, 3, 2)));
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (text, line, words) in [
            ("version = 2\n", 1, "version 2"),
            ("version = 1\naccepted = 3\n", 2, ""),
            ("[corpus]\n", 1, "unknown field"),
            (&TEXT.replace("2026-03-01", "12:00:00"), 9, "`until` is a date"),
            (&TEXT.replace("reason", "raison"), 14, "unknown field `raison`"),
        ] {
            let (at, message) = parsed(text).expect_err("is faulty");
            assert!(at == line && message.contains(words), "{text}: line {at}: {message}");
        }
    }

    #[test]
    fn drafts_are_called_as_seen_from_the_file() {
        let baseline = Baseline::at(Path::new("/desk/lists/baseline.toml"));
        for (draft, name) in [("/desk/lists/a.md", "a.md"), ("/desk/drafts/./b/../a.md", "../drafts/a.md"), ("/a.md", "../../a.md")] {
            assert_eq!(baseline.name_of(Path::new(draft)).as_deref(), Some(name));
        }
    }
}
