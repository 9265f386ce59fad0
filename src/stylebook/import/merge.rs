//! Takes entries into a stylebook's text.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::{Imported, ImportedTitle, LeftOut};
use crate::reader::SubjectKind;
use crate::stylebook::StylebookError;
use crate::stylebook::edit::{add, has, name_of, parsed, with_line_ends_of};
use crate::stylebook::record::is_known_title;
use crate::text::{is_active, name_key};

/// So many names, or titles, of one list are taken in for one entry: nobody has more, and each is held against all of them.
const MOST_OF_ONE: usize = 300;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The stylebook as it would be.
    pub text: String,
    /// The entries that are new, and those that have more than before: each as a person reads it.
    pub added: Vec<String>,
    pub completed: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// Takes entries in. What the stylebook has is never changed: an entry gets what it has not, and what contradicts it is left out.
///
/// # Errors
/// When `text` is not TOML, or its entries are not where an entry belongs.
pub fn merge(text: &str, imported: &[Imported]) -> Result<Merged, StylebookError> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document: DocumentMut = parsed(bare)?;
    let mut merged = Merged::default();
    for kind in SubjectKind::ALL {
        let of_kind: Vec<&Imported> = imported.iter().filter(|entry| entry.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let entries = document.entry(kind.name()).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(entries) = entries.as_array_of_tables_mut() else {
            let message = format!("`{kind}` is no list of [[{kind}]] tables, so that nothing can be added", kind = kind.name());
            return Err(StylebookError { line: 1, message });
        };
        let mut book = Book::of(entries);
        for entry in of_kind {
            book.take(entry, &mut merged);
        }
        if entries.is_empty() {
            document.remove(kind.name());
        }
    }
    let mark = &text[..text.len() - bare.len()];
    let unchanged = merged.added.is_empty() && merged.completed.is_empty();
    merged.text = if unchanged { text.to_owned() } else { format!("{mark}{}", with_line_ends_of(bare, &document.to_string())) };
    Ok(merged)
}

/// The entries of one kind, and which names are whose.
struct Book<'a> {
    entries: &'a mut ArrayOfTables,
    /// By the key of a name or an alias, which entry has it, and whether as its name.
    owners: FxHashMap<String, (usize, bool)>,
}

impl<'a> Book<'a> {
    fn of(entries: &'a mut ArrayOfTables) -> Self {
        let mut owners = FxHashMap::default();
        for (index, entry) in entries.iter().enumerate() {
            for alias in names(entry, "aliases") {
                owners.entry(name_key(&alias)).or_insert((index, false));
            }
        }
        for (index, entry) in entries.iter().enumerate() {
            owners.insert(name_key(name_of(entry)), (index, true));
        }
        Self { entries, owners }
    }

    fn take(&mut self, entry: &Imported, merged: &mut Merged) {
        let name = plain(&entry.name);
        let key = name_key(&name);
        if key.is_empty() || name.contains(is_active) {
            merged.left_out.push(entry.left_out("has a name without letters, or with characters that can't be seen".to_owned()));
            return;
        }
        let owner = self.owners.get(&key).copied();
        if let Some((index, false)) = owner {
            let known = self.entries.get(index).map_or("", name_of);
            merged.left_out.push(entry.left_out(format!("“{name}” is another spelling of “{known}” in the stylebook")));
            return;
        }
        let index = owner.map_or(self.entries.len(), |(index, _)| index);
        let is_new = owner.is_none();
        if is_new {
            let mut table = Table::new();
            table.insert("name", toml_edit::value(&name));
            if let Some(note) = &entry.note {
                let note: String = plain(note).chars().map(|c| if is_active(c) { ' ' } else { c }).collect();
                table.decor_mut().set_prefix(format!("{}# {note}\n", if index == 0 { "" } else { "\n" }));
            }
            self.entries.push(table);
            self.owners.insert(key, (index, true));
        }
        let taken = self.complete(index, entry, merged);
        let told = if taken.is_empty() { String::new() } else { format!(": {}", taken.join("; ")) };
        if is_new {
            merged.added.push(format!("{name} ({}){told}", entry.kind.name()));
        } else if !taken.is_empty() {
            merged.completed.push(format!("{name} ({}){told}", entry.kind.name()));
        }
    }

    /// Adds to an entry what it has not; what was added, in words.
    fn complete(&mut self, index: usize, imported: &Imported, merged: &mut Merged) -> Vec<String> {
        let mut taken = Vec::new();
        let mut left_out = |why: String| merged.left_out.push(imported.left_out(why));
        let name = self.entries.get(index).map(|entry| name_of(entry).to_owned()).unwrap_or_default();
        for (list, count) in [("aliases", imported.aliases.len()), ("is-not", imported.is_not.len()), ("titles", imported.titles.len())] {
            if count > MOST_OF_ONE {
                left_out(format!("“{name}” would have {count} {list}: only the first {MOST_OF_ONE} are looked at"));
            }
        }
        let others: FxHashSet<String> =
            self.entries.get(index).into_iter().flat_map(|entry| names(entry, "is-not")).map(|other| name_key(&other)).collect();
        for alias in each_once(first(&imported.aliases), &name) {
            let key = name_key(&alias);
            let owner = self.owners.get(&key).copied();
            let Some(entry) = self.entries.get_mut(index) else { return taken };
            let is_another = others.contains(&key);
            if key.is_empty() || alias.contains(is_active) {
                left_out(format!("“{alias}” is no name"));
            } else if let Some((other, _)) = owner.filter(|(other, _)| *other != index) {
                let other = self.entries.get(other).map_or("", name_of);
                left_out(format!("“{alias}” is “{other}” in the stylebook, and can't be another spelling of “{name}”"));
            } else if is_another {
                left_out(format!("“{alias}” is somebody else than “{name}” in the stylebook"));
            } else if owner.is_none() && !has(entry, "aliases", &alias) {
                match add(entry, "aliases", &alias) {
                    Ok(()) => {
                        self.owners.insert(key, (index, false));
                        taken.push(format!("also “{alias}”"));
                    }
                    Err(why) => left_out(why),
                }
            }
        }
        let owners = &self.owners;
        let Some(entry) = self.entries.get_mut(index) else { return taken };
        for other in each_once(first(&imported.is_not), &name) {
            if owners.get(&name_key(&other)).is_some_and(|(owner, _)| *owner == index) {
                left_out(format!("“{other}” is “{name}” in the stylebook, and can't be somebody else"));
            } else if !has(entry, "is-not", &other) {
                match add(entry, "is-not", &other) {
                    Ok(()) => taken.push(format!("not “{other}”")),
                    Err(why) => left_out(why),
                }
            }
        }
        if imported.kind == SubjectKind::Person {
            for title in first(&imported.titles) {
                match add_title(entry, &name, title) {
                    Ok(true) => taken.push(format!("“{}”", plain(&title.title))),
                    Ok(false) => {}
                    Err(why) => left_out(why),
                }
            }
        } else if !imported.titles.is_empty() {
            left_out(format!("“{name}” is no person, and has no title"));
        }
        let place = (!imported.within.is_empty()).then(|| imported.within.iter().map(|place| plain(place)).collect::<Vec<_>>());
        let place = place.filter(|_| imported.kind == SubjectKind::Place);
        let acronym = imported.acronym.as_ref().filter(|_| imported.kind == SubjectKind::Organisation).map(|acronym| vec![plain(acronym)]);
        for (key, values) in [("in", place), ("acronym", acronym)].into_iter().filter_map(|(key, values)| Some((key, values?))) {
            let there = names(entry, key);
            if there.is_empty() && !values.iter().any(|value| value.contains(is_active)) {
                let value = if let ([value], true) = (&*values, key == "acronym") {
                    Value::from(value)
                } else {
                    Value::Array(values.iter().collect())
                };
                entry.insert(key, toml_edit::value(value));
                taken.push(format!("{key} “{}”", values.join("”, “")));
            } else if there != values {
                left_out(format!("“{name}” has {key} “{}” in the stylebook, and not “{}”", there.join("”, “"), values.join("”, “")));
            }
        }
        taken
    }
}

/// Those of a list that are looked at.
fn first<T>(list: &[T]) -> &[T] {
    list.get(..MOST_OF_ONE).unwrap_or(list)
}

/// Adds a title, unless the entry has it; whether it did.
fn add_title(entry: &mut Table, name: &str, title: &ImportedTitle) -> Result<bool, String> {
    let words = plain(&title.title);
    if words.contains(is_active) || !is_known_title(name, &words) {
        return Err(format!("“{words}” is no title that copydesk knows, and could not be checked"));
    }
    let mut table = InlineTable::new();
    table.insert("title", words.as_str().into());
    for (key, day) in [("from", &title.from), ("until", &title.until)] {
        let Some(day) = day else { continue };
        let value = date(day).ok_or_else(|| format!("“{day}” is no date: write 2024-03-01, 2024-03 or 2024; “{words}” was not taken"))?;
        table.insert(key, value);
    }
    if let (Some(from), Some(until)) = (&title.from, &title.until)
        && from.get(..4) > until.get(..4)
    {
        return Err(format!("“{words}” is held from {from} until {until}, which is earlier"));
    }
    let list = entry.entry("titles").or_insert(toml_edit::value(Array::new()));
    let Some(list) = list.as_array_mut() else { return Err("`titles` is no list, so that nothing can be added".to_owned()) };
    let said = |value: &Value, key: &str| {
        value.as_inline_table().and_then(|table| table.get(key)).map(|value| value.to_string().trim().to_owned())
    };
    let words_of =
        |value: &Value| value.as_str().map(str::to_owned).or_else(|| value.as_inline_table()?.get("title")?.as_str().map(str::to_owned));
    let of_words = |value: &&Value| words_of(value).is_some_and(|known| name_key(&known) == name_key(&words));
    let own = Value::InlineTable(table.clone());
    let term = |value: &Value| (said(value, "from"), said(value, "until"));
    let same: Vec<&Value> = list.iter().filter(of_words).collect();
    if same.iter().any(|value| term(value) == term(&own)) {
        return Ok(false);
    }
    // A second term of one office is another one; a term that meets one that is there may be the same told otherwise.
    if same.iter().any(|value| may_meet(&term(value), &term(&own))) {
        return Err(format!("“{name}” has “{words}” in the stylebook with another term"));
    }
    list.push(table);
    spread(list);
    Ok(true)
}

type Term = (Option<String>, Option<String>);

/// Whether two terms may be of one time, as their first and last days are written.
fn may_meet(one: &Term, other: &Term) -> bool {
    let bare = |day: &Option<String>| day.as_ref().map(|day| day.trim_matches('"').to_owned());
    let is_over =
        |until: &Option<String>, from: &Option<String>| matches!((bare(until), bare(from)), (Some(until), Some(from)) if until < from);
    !is_over(&one.1, &other.0) && !is_over(&other.1, &one.0)
}

/// Several titles stand on a line each.
fn spread(list: &mut Array) {
    if list.len() < 2 {
        return;
    }
    for value in list.iter_mut() {
        if value.decor().prefix().and_then(|prefix| prefix.as_str()).is_none_or(|prefix| prefix.trim().is_empty()) {
            value.decor_mut().set_prefix("\n  ");
        }
    }
    list.set_trailing_comma(true);
    if list.trailing().as_str().is_none_or(|trailing| trailing.trim().is_empty()) {
        list.set_trailing("\n");
    }
}

/// A day as TOML has it, a month as words, a year as a number.
fn date(written: &str) -> Option<Value> {
    let written = written.trim();
    let parts: Vec<&str> = written.split('-').collect();
    let is_digits = |part: &&str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match &*parts {
        [year] if is_digits(year, 4) => Some(Value::from(year.parse::<i64>().ok()?)),
        [year, month] if is_digits(year, 4) && is_digits(month, 2) && (1..=12).contains(&month.parse().unwrap_or(0)) => {
            Some(Value::from(written))
        }
        [year, month, day] if is_digits(year, 4) && is_digits(month, 2) && is_digits(day, 2) => {
            written.parse::<jiff::civil::Date>().ok()?;
            written.parse::<toml_edit::Datetime>().ok().map(Value::from)
        }
        _ => None,
    }
}

/// One name or a list of names.
fn names(entry: &Table, key: &str) -> Vec<String> {
    match entry.get(key) {
        Some(item) if item.as_str().is_some() => item.as_str().into_iter().map(str::to_owned).collect(),
        Some(item) => item.as_array().map_or_else(Vec::new, |list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        None => Vec::new(),
    }
}

/// Names without the one they are of, each once.
fn each_once(written: &[String], name: &str) -> Vec<String> {
    let mut seen = BTreeSet::from([name_key(name)]);
    written.iter().map(|written| plain(written)).filter(|written| seen.insert(name_key(written))).collect()
}

fn plain(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stylebook::Stylebook;

    fn person(name: &str) -> Imported {
        Imported::new("line 2".to_owned(), SubjectKind::Person, name.to_owned())
    }

    fn title(title: &str, from: Option<&str>, until: Option<&str>) -> ImportedTitle {
        ImportedTitle { title: title.to_owned(), from: from.map(str::to_owned), until: until.map(str::to_owned) }
    }

    fn told(merged: &Merged) -> Vec<&str> {
        merged.left_out.iter().map(|one| one.why.as_str()).collect()
    }

    fn is_sound(text: &str) {
        assert_eq!(Stylebook::parse(text, "stylebook.toml", None).1, [], "{text}");
    }

    #[test]
    fn an_empty_stylebook_gets_entries_and_a_second_time_nothing() {
        let mut entries = [person("Mira  Dovzhenko"), person("Ole Brandt")];
        entries[0].aliases = ["Myra Dovzhenko", "mira dovzhenko", "Myra Dovzhenko"].map(str::to_owned).into();
        entries[0].titles =
            vec![title("ambassador to Norway", Some("2024-10-01"), None), title("mayor of Skalvik", Some("2019"), Some("2023-05"))];
        entries[0].note = Some("since\nthe party".to_owned());
        let merged = merge("", &entries).expect("is a stylebook");
        let wanted = "# since the party\n[[person]]\nname = \"Mira Dovzhenko\"\naliases = [\"Myra Dovzhenko\"]\ntitles = [\n  { title = \"ambassador to Norway\", from = 2024-10-01 },\n  { title = \"mayor of Skalvik\", from = 2019, until = \"2023-05\" },\n]\n\n[[person]]\nname = \"Ole Brandt\"\n";
        assert_eq!(merged.text, wanted);
        is_sound(&merged.text);
        assert_eq!((merged.added.len(), told(&merged)), (2, Vec::new()));
        let again = merge(&merged.text, &entries).expect("is a stylebook");
        assert_eq!((again.text.as_str(), again.added.len() + again.completed.len(), told(&again)), (wanted, 0, Vec::new()));
    }

    #[test]
    fn an_entry_gets_no_more_names_and_titles_than_anybody_has_and_that_is_told() {
        let many = |word: &str| (0..=MOST_OF_ONE).map(|number| format!("{word} Brandt{number}")).collect::<Vec<_>>();
        let mut entry = person("Ole Brandt");
        (entry.aliases, entry.is_not) = (many("Olle"), many("Ola"));
        let merged = merge("", &[entry]).expect("is a stylebook");
        assert!(merged.text.contains("\"Olle Brandt299\"") && !merged.text.contains("Olle Brandt300"), "{}", merged.text);
        assert!(merged.text.contains("\"Ola Brandt299\"") && !merged.text.contains("Ola Brandt300"), "{}", merged.text);
        let told = told(&merged);
        assert!(told.len() == 2 && told[0].contains("would have 301 aliases"), "{told:?}");
    }

    #[test]
    fn what_is_there_stays_with_its_comments_and_order_and_gets_what_it_has_not() {
        let book = "\u{feff}# Ours.\r\n[[place]]\r\nname = \"Kyiv\" # not Kiev\r\naliases = [\r\n  \"Kiev\", # often\r\n]\r\n\r\n[[person]]\r\nname = \"Ole Brandt\"\r\n";
        let mut place = Imported::new("line 2".to_owned(), SubjectKind::Place, "Kyiv".to_owned());
        place.aliases = vec!["Kiew".to_owned(), "Kiev".to_owned()];
        place.within = vec!["Ukraine".to_owned()];
        let merged = merge(book, &[place, person("Ole Brandt"), person("Per Dahl")]).expect("is a stylebook");
        assert!(merged.text.starts_with("\u{feff}# Ours.\r\n[[place]]\r\nname = \"Kyiv\" # not Kiev\r\naliases = [\r\n  \"Kiev\", # often\r\n  \"Kiew\",\r\n]\r\nin = [\"Ukraine\"]\r\n"), "{:?}", merged.text);
        assert!(
            merged.text.ends_with("[[person]]\r\nname = \"Ole Brandt\"\r\n\r\n[[person]]\r\nname = \"Per Dahl\"\r\n"),
            "{:?}",
            merged.text
        );
        assert!(!merged.text.replace("\r\n", "").contains('\n'));
        assert_eq!((merged.added.len(), merged.completed.len()), (1, 1));
        is_sound(&merged.text);
    }

    #[test]
    fn what_contradicts_the_stylebook_is_told_and_left_out() {
        let book = "[[person]]\nname = \"Mira Dovzhenko\"\naliases = \"Myra Dovzhenko\"\nis-not = [\"Mira Dovchenko\"]\ntitles = [{ title = \"mayor of Skalvik\", from = 2019 }]\n\n[[person]]\nname = \"Ole Brandt\"\n\n[[organisation]]\nname = \"Institute for Sea Studies\"\nacronym = \"ISS\"\n";
        let mut entry = person("Mira Dovzhenko");
        entry.aliases = vec!["Ole Brandt".to_owned(), "Mira Dovchenko".to_owned(), "\u{1b}x".to_owned()];
        entry.is_not = vec!["Myra Dovzhenko".to_owned()];
        entry.titles = vec![
            title("mayor of Skalvik", Some("2020"), None),
            title("wizard of the tides", None, None),
            title("mayor of Larsund", Some("1.5.2020"), None),
            title("minister", Some("2024"), Some("2020")),
        ];
        let mut body = Imported::new("line 4".to_owned(), SubjectKind::Organisation, "Institute for Sea Studies".to_owned());
        body.acronym = Some("IOS".to_owned());
        let merged = merge(book, &[entry, person("Myra Dovzhenko"), person("  "), person("A\u{202e}B"), body]).expect("is a stylebook");
        assert_eq!(merged.text, book);
        let told = told(&merged);
        for (told, wanted) in told.iter().zip([
            "“Ole Brandt” is “Ole Brandt” in the stylebook",
            "“Mira Dovchenko” is somebody else",
            "is no name",
            "can't be somebody else",
            "with another term",
            "no title that copydesk knows",
            "“1.5.2020” is no date",
            "which is earlier",
            "“Myra Dovzhenko” is another spelling of “Mira Dovzhenko”",
            "without letters",
            "without letters",
            "has acronym “ISS” in the stylebook, and not “IOS”",
        ]) {
            assert!(told.contains(wanted), "{told} doesn't hold {wanted}");
        }
        assert_eq!(told.len(), 12, "{told:?}");
    }

    #[test]
    fn what_is_no_stylebook_is_left_alone() {
        assert_eq!(merge("\n[[person\n", &[person("A B")]).expect_err("is no TOML").line, 2);
        assert!(merge("person = 3\n", &[person("A B")]).expect_err("is no list").message.contains("[[person]]"));
    }
}
