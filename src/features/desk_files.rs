//! What an editor shows of the desk's own files, `copydesk.toml` and the stylebook: what is wrong in them, and what may stand there.
//! A file that is being written is seldom sound, so that a place in it is understood by its line and the table above it.

use std::ops::Range;
use std::path::Path;

use crate::config::{self, Config};
use crate::finding::Severity;
use crate::keys::{self, Key, Shape};
use crate::rules::{rule, rule_names};
use crate::stylebook::Stylebook;
use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskFile {
    Configuration,
    Stylebook,
}

/// What is wrong on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Starting at 0.
    pub line: u32,
    pub message: String,
}

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it takes the place of.
    pub span: Span,
    pub words: String,
    pub says: String,
}

impl DeskFile {
    /// What a file is by its name; a stylebook may have any other, too.
    pub fn of_name(path: &Path) -> Option<Self> {
        match path.file_name()?.to_str()? {
            config::FILE_NAME => Some(Self::Configuration),
            "stylebook.toml" => Some(Self::Stylebook),
            _ => None,
        }
    }

    /// What is wrong in it, by line.
    pub fn faults(self, text: &str) -> Vec<Fault> {
        let fault = |line: u32, message: String| Fault { line: line.saturating_sub(1), message };
        match self {
            Self::Configuration => {
                let faults = Config::parse(text, &rule_names()).err().map(|errors| errors.0).unwrap_or_default();
                faults.into_iter().map(|error| fault(error.line, error.message)).collect()
            }
            Self::Stylebook => {
                let (_, faults) = Stylebook::parse(text, "stylebook", None);
                faults.into_iter().map(|error| fault(error.line, error.message)).collect()
            }
        }
    }

    /// What may stand at a byte of the text.
    pub fn offers(self, text: &str, offset: u32) -> Vec<Offer> {
        let Some(place) = Spot::at(text, offset as usize) else { return Vec::new() };
        let span = Span::of(place.word.clone());
        let offer = |words: String, says: &str| Offer { span, words, says: says.to_owned() };
        let keys = |keys: &[Key]| {
            let open = keys.iter().filter(|key| !place.taken.contains(&key.name) && key.head().is_none_or(|_| place.table.is_some()));
            open.map(|key| offer(format!("{} = ", key.name), key.says)).collect()
        };
        let rules = || {
            let open = rule_names().into_iter().filter(|name| !place.taken.contains(name));
            open.map(|name| offer(format!("{name} = "), summary(name).unwrap_or_default())).collect()
        };
        match place.kind {
            PlaceKind::Head => self.tables().map(|(head, key)| offer(head, key.says)).collect(),
            PlaceKind::InlineKey(key) => match self.key(place.table, key).map(|key| key.shape) {
                Some(Shape::Inline(inner)) => keys(inner),
                Some(Shape::Rules) => rules(),
                _ => Vec::new(),
            },
            PlaceKind::Key if self.is_of_rules(place.table) => rules(),
            PlaceKind::Key => {
                let mut offers: Vec<Offer> = self.keys(place.table).map(keys).unwrap_or_default();
                if place.table.is_none() {
                    offers.extend(self.tables().map(|(head, key)| offer(head, key.says)));
                }
                offers
            }
            PlaceKind::ValueOf(key) => self.values(place.table, key).into_iter().map(|value| offer(value, "")).collect(),
        }
    }

    /// What the key, table or rule at a byte of the text is for, in Markdown.
    pub fn explained(self, text: &str, offset: u32) -> Option<(Span, String)> {
        let place = Spot::at(text, offset as usize)?;
        let word = place.whole_word(text);
        let name = text.get(word.clone())?;
        let of = |keys: &'static [Key]| keys.iter().find(|key| key.name == name);
        let is_rule = match place.kind {
            PlaceKind::Key => self.is_of_rules(place.table),
            PlaceKind::InlineKey(key) => self.key(place.table, key).is_some_and(|key| key.shape == Shape::Rules),
            PlaceKind::Head | PlaceKind::ValueOf(_) => false,
        };
        if is_rule {
            return Some((Span::of(word.clone()), format!("**{name}**\n\n{}", summary(name)?)));
        }
        let key = match place.kind {
            PlaceKind::Head => self.tables().map(|(_, key)| key).find(|key| key.name == name),
            PlaceKind::InlineKey(key) => self.key(place.table, key).map(Key::keys).and_then(of),
            PlaceKind::Key => self.keys(place.table).and_then(of),
            PlaceKind::ValueOf(_) => None,
        }?;
        Some((Span::of(word), format!("**{}**\n\n{}\n\n```toml\n{}\n```", key.name, key.says, key.example)))
    }

    /// The keys of a table, or of what stands above all tables.
    fn keys(self, table: Option<&str>) -> Option<&'static [Key]> {
        let Some(table) = table else { return (self == Self::Configuration).then_some(keys::CONFIGURATION) };
        let key = self.all().iter().find(|key| key.name == table)?;
        matches!(key.shape, Shape::Table(_) | Shape::Tables(_)).then(|| key.keys())
    }

    fn key(self, table: Option<&str>, name: &str) -> Option<&'static Key> {
        self.keys(table)?.iter().find(|key| key.name == name)
    }

    /// What stands above all tables, and the tables.
    fn all(self) -> &'static [Key] {
        match self {
            Self::Configuration => keys::CONFIGURATION,
            Self::Stylebook => keys::STYLEBOOK,
        }
    }

    /// The tables, each as it is opened.
    fn tables(self) -> impl Iterator<Item = (String, &'static Key)> {
        self.all().iter().filter_map(|key| Some((key.head()?, key)))
    }

    /// Whether the keys of a table are the rules: of `[rules]`, and of `[paths.rules]`.
    fn is_of_rules(self, table: Option<&str>) -> bool {
        let Some(table) = table else { return false };
        let key = match table.split_once('.') {
            Some((outer, inner)) => self.key(Some(outer), inner),
            None => self.all().iter().find(|key| key.name == table),
        };
        key.is_some_and(|key| key.shape == Shape::Rules)
    }

    fn values(self, table: Option<&str>, key: &str) -> Vec<String> {
        let severities = Severity::ALL.map(|severity| format!("\"{}\"", severity.name()));
        if self.is_of_rules(table) {
            return std::iter::once("\"off\"".to_owned()).chain(severities).collect();
        }
        match self.key(table, key).map(|key| key.shape) {
            Some(Shape::Severity) => severities.into(),
            Some(Shape::Flag) => vec!["true".to_owned(), "false".to_owned()],
            _ => Vec::new(),
        }
    }
}

/// The line of a configuration that names a file or folder.
pub fn line_naming(text: &str, folder: &Path, path: &Path) -> Option<u32> {
    let names = |line: &str| line.split(['"', '\'']).skip(1).step_by(2).any(|written| folder.join(written) == path);
    text.lines().position(names).and_then(|line| u32::try_from(line).ok())
}

fn summary(name: &str) -> Option<&'static str> {
    rule(name)?.page.lines().find(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A place in a file, as far as its line and the table above it tell.
struct Spot<'a> {
    kind: PlaceKind<'a>,
    table: Option<&'a str>,
    /// The keys that the table has on other lines.
    taken: Vec<&'a str>,
    /// What of the word at the place is written before it, and the quotation marks about it.
    word: Range<usize>,
}

enum PlaceKind<'a> {
    /// In brackets that open a table.
    Head,
    Key,
    /// Within the braces of a key's value.
    InlineKey(&'a str),
    ValueOf(&'a str),
}

impl<'a> Spot<'a> {
    fn at(text: &'a str, offset: usize) -> Option<Self> {
        let before = text.get(..offset)?;
        // An empty line at the end is one as well.
        let last = (if before.ends_with('\n') { offset } else { 0 }, "");
        let (start, line) =
            lines(text).take_while(|(start, _)| *start <= offset).last().filter(|(start, _)| *start >= last.0).unwrap_or(last);
        let written = text.get(start..offset)?;
        if written.contains('#') {
            return None;
        }
        let mut table = None;
        let mut taken = Vec::new();
        for (at, other) in lines(text) {
            if let Some(head) = head(other).filter(|_| at != start) {
                if at > offset {
                    break;
                }
                (table, taken) = (Some(head), Vec::new());
            } else if at != start {
                taken.extend(key_of(other));
            }
        }
        let word = before.trim_end_matches(is_of_word).len()..offset;
        let kind = if written.trim_start().starts_with('[') && !written.contains(['=', '"', '{', ']']) {
            let start = offset.saturating_sub(written.trim_start().len());
            let end = offset.saturating_add(closing_brackets(line, written.len()));
            return Some(Self { kind: PlaceKind::Head, table, taken, word: start..end });
        } else if in_braces(written) {
            PlaceKind::InlineKey(key_of(written).or_else(|| taken_before(text, start)).unwrap_or_default())
        } else if let Some(key) = key_of(written) {
            let marked = text.get(..word.start)?.ends_with('"');
            let start = if marked { word.start.saturating_sub(1) } else { word.start };
            let end = if marked && text.get(offset..)?.starts_with('"') { offset.saturating_add(1) } else { offset };
            return Some(Self { kind: PlaceKind::ValueOf(key), table, taken, word: start..end });
        } else if written.trim_start().chars().all(is_of_word) {
            PlaceKind::Key
        } else {
            return None;
        };
        Some(Self { kind, table, taken, word })
    }

    /// The whole word that the place is in.
    fn whole_word(&self, text: &str) -> Range<usize> {
        let inner = text.get(self.word.clone()).unwrap_or_default();
        let start = self.word.start.saturating_add(inner.len().saturating_sub(inner.trim_start_matches('[').len()));
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        start..start.saturating_add(length)
    }
}

/// How many closing brackets follow a place in a line.
fn closing_brackets(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    rest.len().saturating_sub(rest.trim_start_matches(']').len())
}

/// The lines of a text, each with the byte at which it starts.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0_usize;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at = at.saturating_add(line.len());
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The key whose value goes on in a line that starts at `start`.
fn taken_before(text: &str, start: usize) -> Option<&str> {
    lines(text).take_while(|(at, _)| *at < start).filter_map(|(_, line)| key_of(line)).last()
}

/// The table that a line opens.
fn head(line: &str) -> Option<&str> {
    let inner = line.trim_start().strip_prefix('[')?;
    let name = inner.strip_prefix('[').unwrap_or(inner).split(']').next()?.trim();
    (!name.is_empty() && name.chars().all(|c| is_of_word(c) || c == '.')).then_some(name)
}

/// The key that a line gives a value to.
fn key_of(line: &str) -> Option<&str> {
    let key = line.split_once('=')?.0.trim();
    (!key.is_empty() && key.chars().all(is_of_word)).then_some(key)
}

/// Whether a key within braces that are still open is being written.
fn in_braces(written: &str) -> bool {
    let Some((_, inner)) = written.rsplit_once('{') else { return false };
    let last = inner.rsplit(',').next().unwrap_or_default();
    !inner.contains('}') && last.trim_start().chars().all(is_of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is offered at the mark `|`, and the text it takes the place of.
    fn offered(file: DeskFile, marked: &str) -> (Vec<String>, String) {
        let offset = marked.find('|').expect("a mark");
        let text = marked.replace('|', "");
        let offers = file.offers(&text, offset as u32);
        let replaced = offers.first().map_or("", |offer| offer.span.text(&text)).to_owned();
        (offers.into_iter().map(|offer| offer.words).collect(), replaced)
    }

    #[test]
    fn the_keys_of_a_table_are_offered_but_for_those_it_has() {
        let (keys, replaced) = offered(DeskFile::Configuration, "corpus = []\nst|");
        assert_eq!(
            (keys.join(", "), replaced.as_str()),
            (
                "stylebook = , fail-on = , drafts = , exclude = , baseline = , archive = , reference = , [json-lines], [rules], [[paths]]"
                    .to_owned(),
                "st"
            )
        );
        let (keys, _) = offered(DeskFile::Stylebook, "[[place]]\nname = \"Kyiv\"\n|\n\n[[person]]\naliases = []\n");
        assert_eq!(keys, ["aliases = ", "is-not = ", "needs-no-introduction = ", "in = "]);
        let (keys, _) = offered(DeskFile::Stylebook, "[[person]]\ntitles = [\n  { title = \"mayor\", fr| },\n]\n");
        assert_eq!(keys, ["title = ", "from = ", "until = "]);
        let (rules, replaced) = offered(DeskFile::Configuration, "[rules]\nname-mixed = \"off\"\nname-v|");
        assert!(rules.contains(&"name-variant = ".to_owned()) && !rules.contains(&"name-mixed = ".to_owned()), "{rules:?}");
        assert_eq!(replaced, "name-v");
        for marked in ["[[paths]]\nfiles = \"wire\"\n[paths.rules]\nname-v|", "[[paths]]\nrules = { name-v|"] {
            let (rules, _) = offered(DeskFile::Configuration, marked);
            assert!(rules.contains(&"name-variant = ".to_owned()), "{marked}: {rules:?}");
        }
        assert_eq!(offered(DeskFile::Configuration, "[[paths]]\n|").0, ["files = ", "rules = "]);
        assert!(offered(DeskFile::Configuration, "corpus = [{ a|").0.is_empty());
    }

    #[test]
    fn tables_and_values_are_offered_with_their_brackets_and_marks() {
        assert_eq!(
            offered(DeskFile::Stylebook, "[[pl|]]\n"),
            (["[[person]]", "[[place]]", "[[organisation]]", "[[figure]]", "[[quote]]"].map(str::to_owned).into(), "[[pl]]".to_owned())
        );
        let levels = ["\"off\"", "\"hint\"", "\"info\"", "\"warning\"", "\"error\""].map(str::to_owned);
        assert_eq!(offered(DeskFile::Configuration, "[rules]\nname-mixed = \"|\"\n"), (levels.into(), "\"\"".to_owned()));
        assert_eq!(offered(DeskFile::Configuration, "reference = |").0, ["true", "false"]);
        assert!(offered(DeskFile::Configuration, "corpus = \"|").0.is_empty());
        assert!(offered(DeskFile::Configuration, "# a remark |").0.is_empty());
    }

    #[test]
    fn keys_tables_and_rules_say_what_they_are_for() {
        let explained =
            |file: DeskFile, text: &str, at: usize| file.explained(text, at as u32).map(|(span, says)| (span.text(text).to_owned(), says));
        let (word, says) = explained(DeskFile::Configuration, "fail-on = \"info\"\n", 3).expect("a key");
        assert!(word == "fail-on" && says.contains("`copydesk lint` fail"), "{word}: {says}");
        assert_eq!(explained(DeskFile::Stylebook, "[[person]]\n", 4).map(|(word, _)| word).as_deref(), Some("person"));
        assert_eq!(
            explained(DeskFile::Configuration, "[rules]\nname-mixed = \"off\"\n", 12).map(|(word, _)| word).as_deref(),
            Some("name-mixed")
        );
        assert_eq!(explained(DeskFile::Configuration, "nothing = 1\n", 3), None);
        for (offset, _) in "é[[person]]\nname = \"😀\"".char_indices() {
            explained(DeskFile::Stylebook, "é[[person]]\nname = \"😀\"", offset);
            DeskFile::Stylebook.offers("é[[person]]\nname = \"😀\"", offset as u32);
        }
    }

    #[test]
    fn the_line_that_names_a_folder_is_found() {
        let text = "# corpus\ncorpus = [\n  \"wire\",\n  \"../archive\",\n]\n";
        let folder = Path::new("/desk");
        assert_eq!(line_naming(text, folder, Path::new("/desk/../archive")), Some(3));
        assert_eq!(line_naming(text, folder, Path::new("/desk/other")), None);
    }
}
