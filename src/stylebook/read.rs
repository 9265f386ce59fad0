//! Reads `stylebook.toml` entry by entry: a mistake is told with its line, and takes no more with it than it must.

use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::StylebookError;
use crate::corpus::{Citation, SourceHeader, Term};
use crate::keys;
use crate::reader::SubjectKind;
use crate::text::{LineIndex, did_you_mean, is_active};

const NO_DAY: &str = "`{}` is a date: 2024-03-01, or \"2024-03\" or 2024";

const KINDS: [SubjectKind; 3] = [SubjectKind::Person, SubjectKind::Place, SubjectKind::Organisation];

/// A name in the stylebook, and where it stands there.
#[derive(Clone, Debug)]
pub(super) struct Spelt {
    pub(super) form: String,
    pub(super) citation: Citation,
}

/// What the stylebook says of one person, place or organisation.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: SubjectKind,
    pub(super) name: Spelt,
    pub(super) aliases: Vec<Spelt>,
    pub(super) is_not: Vec<Spelt>,
    pub(super) needs_no_introduction: bool,
    /// A person's.
    pub(super) titles: Vec<HeldTitle>,
    /// A place's.
    pub(super) within: Vec<Spelt>,
    /// An organisation's.
    pub(super) acronym: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct HeldTitle {
    pub(super) title: Spelt,
    pub(super) term: Term,
}

/// A figure that the desk has settled.
#[derive(Clone, Debug)]
pub(super) struct FigureEntry {
    pub(super) of: Spelt,
    pub(super) value: Spelt,
    pub(super) as_of: Option<Date>,
}

/// A quotation of record.
#[derive(Clone, Debug)]
pub(super) struct QuoteEntry {
    pub(super) speaker: Spelt,
    pub(super) words: Spelt,
}

/// The entries of a stylebook, in their order.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) names: Vec<Entry>,
    pub(super) figures: Vec<FigureEntry>,
    pub(super) quotes: Vec<QuoteEntry>,
}

/// The entries of a stylebook that can be understood, and what is wrong with the rest.
pub(super) fn entries(text: &str, header: &Arc<SourceHeader>) -> (Entries, Vec<StylebookError>) {
    let mut reader = Reader { text, lines: LineIndex::new(text), header, base: 0, faults: Vec::new() };
    let mut entries = Entries::default();
    // A byte-order mark is no part of the first entry.
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for end in heads(text).chain([text.len()]) {
        if end <= start {
            continue;
        }
        reader.base = start;
        reader.part(&text[start..end], &mut entries);
        start = end;
    }
    reader.faults.sort();
    (entries, reader.faults)
}

/// The start of each line that opens an entry: one with a table's name in brackets.
pub(crate) fn heads(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let name = line.trim_start().strip_prefix('[')?;
        let name = name.strip_prefix('[').unwrap_or(name).split(']').next()?;
        name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')).then_some(start)
    })
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex,
    header: &'a Arc<SourceHeader>,
    /// Where the part that is being read starts.
    base: usize,
    faults: Vec<StylebookError>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let line = self.lines.position(self.text, (self.base + at) as u32).line + 1;
        self.faults.push(StylebookError { line, message: message.into() });
    }

    /// Reads what stands between two heads.
    fn part(&mut self, part: &str, entries: &mut Entries) {
        let table = match DeTable::parse(part) {
            Ok(table) => table.into_inner(),
            Err(error) => return self.fault(error.span().map_or(0, |span| span.start), error.message()),
        };
        for (key, value) in &table {
            let name = &**key.get_ref();
            if !keys::STYLEBOOK.iter().any(|table| table.name == name) {
                self.unknown(key, "table", &keys::names(keys::STYLEBOOK));
                continue;
            }
            match value.get_ref() {
                DeValue::Array(list) => {
                    for entry in list {
                        match entry.get_ref() {
                            DeValue::Table(table) => self.add(name, table, entry.span().start, entries),
                            _ => self.fault(entry.span().start, format!("`{key}` holds tables: [[{key}]]", key = key.get_ref())),
                        }
                    }
                }
                _ => self.fault(key.span().start, format!("an entry starts with [[{key}]], in two brackets", key = key.get_ref())),
            }
        }
    }

    fn add(&mut self, name: &str, table: &DeTable<'_>, at: usize, entries: &mut Entries) {
        match KINDS.into_iter().find(|kind| kind.name() == name) {
            Some(kind) => entries.names.extend(self.entry(kind, table, at)),
            None if name == "figure" => entries.figures.extend(self.figure(table, at)),
            None => entries.quotes.extend(self.quote(table, at)),
        }
    }

    fn figure(&mut self, table: &DeTable<'_>, at: usize) -> Option<FigureEntry> {
        let (mut of, mut value, mut as_of, mut sound) = (None, None, None, true);
        for (key, written) in table {
            match &**key.get_ref() {
                "of" => of = self.name("of", written),
                "value" => value = self.name("value", written),
                "as-of" => {
                    as_of = day(written.get_ref(), false);
                    if as_of.is_none() {
                        self.fault(written.span().start, NO_DAY.replace("{}", "as-of"));
                        sound = false;
                    }
                }
                _ => self.unknown(key, "key", &keys::names(keys::of_entry("figure").unwrap_or_default())),
            }
        }
        self.needs(table, at, &[("of", "what it is of"), ("value", "the figure with its unit")]);
        Some(FigureEntry { of: of?, value: value?, as_of }).filter(|_| sound)
    }

    fn quote(&mut self, table: &DeTable<'_>, at: usize) -> Option<QuoteEntry> {
        let (mut speaker, mut words) = (None, None);
        for (key, written) in table {
            match &**key.get_ref() {
                "speaker" => speaker = self.name("speaker", written),
                "words" => words = self.name("words", written),
                _ => self.unknown(key, "key", &keys::names(keys::of_entry("quote").unwrap_or_default())),
            }
        }
        self.needs(table, at, &[("speaker", "who said it"), ("words", "what was said")]);
        Some(QuoteEntry { speaker: speaker?, words: words? })
    }

    /// Tells of keys that an entry can't do without, and what each is for.
    fn needs(&mut self, table: &DeTable<'_>, at: usize, keys: &[(&str, &str)]) {
        for (name, says) in keys {
            if !table.keys().any(|key| key.get_ref() == name) {
                self.fault(at, format!("an entry needs `{name}`: {says}"));
            }
        }
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, what: &str, known: &[&str]) {
        let written = key.get_ref();
        let told = did_you_mean(written, known.iter().copied()).unwrap_or_else(|| format!("; there are {}", known.join(", ")));
        self.fault(key.span().start, format!("there is no {what} `{written}`{told}"));
    }

    fn entry(&mut self, kind: SubjectKind, table: &DeTable<'_>, at: usize) -> Option<Entry> {
        let known = keys::names(keys::of_entry(kind.name()).unwrap_or_default());
        let (mut name, mut aliases, mut is_not, mut titles, mut within) = (None, Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut acronym, mut needs_no_introduction) = (None, false);
        for (key, value) in table {
            let written = &**key.get_ref();
            match written {
                "name" => name = self.name("name", value),
                "aliases" => aliases = self.names("aliases", value),
                "is-not" => is_not = self.names("is-not", value),
                "needs-no-introduction" => match value.get_ref() {
                    DeValue::Boolean(answer) => needs_no_introduction = *answer,
                    _ => self.fault(value.span().start, "`needs-no-introduction` is true or false"),
                },
                "titles" if known.contains(&written) => titles = self.titles(value),
                "in" if known.contains(&written) => within = self.names("in", value),
                "acronym" if known.contains(&written) => acronym = self.name("acronym", value).map(|name| name.form),
                _ => self.unknown(key, "key", &known),
            }
        }
        self.needs(table, at, &[("name", "how the desk writes it")]);
        Some(Entry { kind, name: name?, aliases, is_not, needs_no_introduction, titles, within, acronym })
    }

    /// One name.
    fn name(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Spelt> {
        let DeValue::String(form) = value.get_ref() else {
            self.fault(value.span().start, format!("`{key}` is a name in quotation marks"));
            return None;
        };
        let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
        // It would be written into drafts.
        if let Some(active) = form.chars().find(|&c| is_active(c)) {
            self.fault(
                value.span().start,
                format!("`{key}` has a character that can't be seen (U+{:04X}); leave it out", u32::from(active)),
            );
            return None;
        }
        if crate::text::name_key(&form).is_empty() {
            self.fault(value.span().start, format!("`{key}` is empty"));
            return None;
        }
        Some(Spelt { citation: self.cite(value), form })
    }

    /// One name or a list of names.
    fn names(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Spelt> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(|name| self.name(key, name)).collect(),
            _ => self.name(key, value).into_iter().collect(),
        }
    }

    fn titles(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<HeldTitle> {
        let DeValue::Array(list) = value.get_ref() else {
            self.fault(value.span().start, "`titles` is a list: [{ title = \"…\", from = 2024-03-01 }]");
            return Vec::new();
        };
        list.iter().filter_map(|title| self.title(title)).collect()
    }

    fn title(&mut self, value: &Spanned<DeValue<'_>>) -> Option<HeldTitle> {
        let DeValue::Table(table) = value.get_ref() else {
            return self.name("titles", value).map(|title| HeldTitle { title, term: Term::default() });
        };
        let (mut title, mut term) = (None, Term::default());
        let mut sound = true;
        for (key, value) in table {
            let written = value.get_ref();
            match &**key.get_ref() {
                "title" => title = self.name("title", value),
                "from" => {
                    term.from = day(written, false);
                    sound &= term.from.is_some();
                }
                "until" => {
                    term.until = day(written, true);
                    sound &= term.until.is_some();
                }
                _ => self.unknown(key, "key", &keys::names(keys::TITLE)),
            }
            if !sound {
                self.fault(value.span().start, NO_DAY.replace("{}", key.get_ref()));
                return None;
            }
        }
        if title.is_none() && !table.keys().any(|key| key.get_ref() == "title") {
            self.fault(value.span().start, "a title needs its words: title = \"…\"");
        }
        if let (Some(from), Some(until)) = (term.from, term.until)
            && from > until
        {
            self.fault(value.span().start, format!("the title is held from {from} until {until}, which is earlier"));
            return None;
        }
        title.map(|title| HeldTitle { title, term })
    }

    fn cite(&self, value: &Spanned<DeValue<'_>>) -> Citation {
        let quoted = value.span();
        let words = self.text[self.base..][quoted.clone()].trim_matches(['"', '\'']);
        let marks = (quoted.len() - words.len()) / 2;
        let (start, end) = (self.base + quoted.start + marks, self.base + quoted.end - marks);
        let at = |offset: usize| self.lines.position(self.text, offset as u32);
        let line = self.lines.line_range(self.text, at(start).line);
        Citation { source: self.header.clone(), start: at(start), end: at(end), sentence: self.text[line].trim().into() }
    }
}

/// The first or the last day of what a date of some precision says.
fn day(value: &DeValue<'_>, last: bool) -> Option<Date> {
    let written = match value {
        DeValue::Datetime(datetime) => datetime.date?.to_string(),
        DeValue::String(written) => written.trim().to_owned(),
        DeValue::Integer(year) => year.as_str().to_owned(),
        _ => return None,
    };
    let mut parts = written.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let rest: Vec<i8> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match rest[..] {
        [month, day] => Date::new(year, month, day).ok(),
        [month] => Date::new(year, month, 1).ok().map(|first| if last { first.last_of_month() } else { first }),
        [] => Date::new(year, 1, 1).ok().map(|first| if last { first.last_of_year() } else { first }),
        _ => None,
    }
}
