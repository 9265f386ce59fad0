//! `sources.toml`: where the sources beside it come from. Read entry by entry, so that a mistake in one takes nothing from the others.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::door::{self, Kind};
use super::walk::{Wanted, source_endings};
use crate::corpus::SourceHeader;
use crate::stylebook::heads;
use crate::text::LineIndex;

/// The file's name, beside the sources it tells of.
pub(super) const FILE_NAME: &str = "sources.toml";

/// So many mistakes of one listing are told: nobody goes through more of them before looking again.
const MOST_FAULTS: usize = 100;

const KEYS: [&str; 5] = ["file", "outlet", "published", "headline", "url"];

/// What a `sources.toml` says of the files beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// By the file's name, with the line that its entry starts on.
    entries: BTreeMap<String, (u32, SourceHeader)>,
    /// What can't be understood, with its line from 1.
    faults: Vec<(u32, String)>,
}

impl Listing {
    /// The listing beside the sources of a folder, empty where there is none, and what is wrong with it.
    pub(super) fn beside(folder: &Path) -> (Self, Vec<Problem>) {
        let path = folder.join(FILE_NAME);
        if !door::is_taken(&path) {
            return Self::default_with(Vec::new());
        }
        match door::read_text(&path, Kind::Listing) {
            Ok(text) => {
                let listing = Self::parse(&text);
                let problems = problems(&path, &listing.faults);
                (listing, problems)
            }
            Err(problem) => Self::default_with(vec![problem]),
        }
    }

    fn default_with(problems: Vec<Problem>) -> (Self, Vec<Problem>) {
        (Self::default(), problems)
    }

    /// Reads a `sources.toml`; never fails.
    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, lines: LineIndex::new(text), base: 0, listing: Self::default() };
        let mut start = 0;
        for end in heads(text).chain([text.len()]) {
            reader.base = start;
            reader.part(&text[start..end]);
            start = end;
        }
        reader.listing
    }

    /// What can't be understood, with its line from 1; the rest holds.
    pub fn faults(&self) -> &[(u32, String)] {
        &self.faults
    }

    pub(super) fn header(&self, file: &str) -> SourceHeader {
        self.entries.get(file).map(|(_, header)| header.clone()).unwrap_or_default()
    }

    /// The files it names that are not among the sources of its folder, since they aren't there or are no texts: on which line, and why.
    pub(super) fn missing(&self, folder: &Path) -> Vec<(u32, String)> {
        let mut missing: Vec<(u32, String)> = Vec::new();
        for (file, (line, _)) in &self.entries {
            let path = folder.join(file);
            let is_beside = matches!(Path::new(file).components().collect::<Vec<_>>()[..], [Component::Normal(_)]);
            if !is_beside {
                missing.push((*line, format!("`file` is the name of a file beside this one, not `{file}`")));
            } else if !door::is_taken(&path) {
                missing.push((*line, format!("there is no file `{file}` beside this one")));
            } else if !Wanted::Sources.has(&path) {
                missing.push((*line, format!("`{file}` is not read: sources end in {}", source_endings())));
            }
        }
        missing.sort();
        missing
    }
}

/// What is wrong in a listing, by line, as problems of its file.
pub(super) fn problems(path: &Path, faults: &[(u32, String)]) -> Vec<Problem> {
    let told = faults.iter().take(MOST_FAULTS).map(|(line, message)| format!("line {line}: {message}"));
    let more = faults.len().saturating_sub(MOST_FAULTS);
    told.chain((more > 0).then(|| format!("and {more} more mistakes"))).map(|message| Problem::new(path, message)).collect()
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex,
    /// Where the part that is being read starts.
    base: usize,
    listing: Listing,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> u32 {
        self.lines.position(self.text, (self.base + at) as u32).line + 1
    }

    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.listing.faults.push((line, message.into()));
    }

    /// Reads what stands between two heads.
    fn part(&mut self, part: &str) {
        let table = match DeTable::parse(part) {
            Ok(table) => table.into_inner(),
            Err(error) => return self.fault(error.span().map_or(0, |span| span.start), error.message()),
        };
        for (key, value) in &table {
            match value.get_ref() {
                DeValue::Array(list) if key.get_ref() == "source" => {
                    for entry in list {
                        match entry.get_ref() {
                            DeValue::Table(table) => self.entry(table, entry.span().start),
                            _ => self.fault(entry.span().start, "`source` holds tables: [[source]]"),
                        }
                    }
                }
                _ => self.fault(key.span().start, format!("an entry starts with [[source]], not with `{}`", key.get_ref())),
            }
        }
    }

    fn entry(&mut self, table: &DeTable<'_>, at: usize) {
        let (mut file, mut header) = (None, SourceHeader::default());
        for (key, value) in table {
            match &**key.get_ref() {
                "file" => file = self.words("file", value),
                "outlet" => header.outlet = self.words("outlet", value),
                "headline" => header.headline = self.words("headline", value),
                "url" => header.url = self.words("url", value),
                "published" => {
                    header.published = date(value.get_ref());
                    if header.published.is_none() {
                        self.fault(value.span().start, "`published` is a date: 2024-03-01");
                    }
                }
                other => self.fault(key.span().start, format!("there is no key `{other}`; there are {}", KEYS.join(", "))),
            }
        }
        match file {
            Some(file) => {
                let line = self.line(at);
                self.listing.entries.insert(file, (line, header));
            }
            None if table.keys().any(|key| key.get_ref() == "file") => {}
            None => self.fault(at, "an entry needs a `file`: its name beside this one"),
        }
    }

    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let DeValue::String(words) = value.get_ref() else {
            self.fault(value.span().start, format!("`{key}` is words in quotation marks"));
            return None;
        };
        Some(words.clone().into_owned())
    }
}

fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(datetime) => {
            let date = datetime.date?;
            Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
        }
        DeValue::String(written) => written.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_tells_outlet_and_date() {
        let text = "[[source]]\nfile = \"a.txt\"\noutlet = \"The Courier\"\npublished = 2024-03-01\n\n[[source]]\nfile = \"b.txt\"\npublished = \"2024-03-02\"\n";
        let listing = Listing::parse(text);
        let header = listing.header("a.txt");
        assert_eq!((header.outlet.as_deref(), header.published), (Some("The Courier"), Some(Date::constant(2024, 3, 1))));
        assert_eq!(listing.header("b.txt").published, Some(Date::constant(2024, 3, 2)));
        assert_eq!(listing.header("c.txt"), SourceHeader::default());
        assert_eq!(listing.faults, []);
    }

    #[test]
    fn a_mistake_takes_nothing_from_other_entries_nor_from_the_rest_of_its_own() {
        let fine = "[[source]]\nfile = \"fine.txt\"\noutlet = \"The Courier\"\n";
        for (faulty, line, words) in [
            ("[[source]]\nfile = \"a\"\noutlets = \"x\"\nheadline = \"Rain\"\n", 3, "there is no key `outlets`"),
            ("[[source]]\nheadline = \"Rain\"\nfile = \"a\"\npublished = 12:00:00\n", 4, "`published` is a date"),
            ("[[source]]\nheadline = \"Rain\"\nfile = \"a\"\npublished = 2024-02-31\n", 4, ""),
            ("[[source]]\nfile = 3\n", 2, "`file` is words"),
            ("[[source]]\noutlet = \"x\"\n", 1, "needs a `file`"),
            ("[[source]]\nfile = \"a\noutlet = \"x\"\n", 2, ""),
            ("[source]\nfile = \"a\"\n", 1, "[[source]]"),
            ("source = 3\n", 1, "[[source]]"),
        ] {
            let lines = fine.matches('\n').count() as u32;
            for (text, before) in [(format!("{faulty}{fine}"), 0), (format!("{fine}{faulty}"), lines)] {
                if before > 0 && faulty.starts_with("source") {
                    continue;
                }
                let listing = Listing::parse(&text);
                assert_eq!(listing.header("fine.txt").outlet.as_deref(), Some("The Courier"), "{text}");
                assert!(!listing.faults.is_empty(), "{text}");
                let (at, message) = &listing.faults[0];
                assert!(*at == before + line && message.contains(words), "{text}: line {at}: {message}");
                if text.contains("headline") && !text.contains("02-31") {
                    assert_eq!(listing.header("a").headline.as_deref(), Some("Rain"), "{text}");
                }
            }
        }
    }
}
