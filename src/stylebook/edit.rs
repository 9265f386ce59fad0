//! Writes a decision into a stylebook, with its comments, its order and its line ends as they were.

use toml_edit::{Array, ArrayOfTables, Document, DocumentMut, Item, Table, Value};

use super::StylebookError;
use crate::reader::SubjectKind;
use crate::text::{LineIndex, Span, TextEdit};

/// Decides that a name is spelt `preferred`, and that `other` is another spelling of it. The entry that knows either is
/// changed, or one is added. The edit is in bytes of `text`; none where the stylebook says so already.
///
/// # Errors
/// When `text` is not TOML, or the entries are not where an entry belongs.
pub fn prefer_spelling(text: &str, kind: SubjectKind, preferred: &str, other: &str) -> Result<Option<TextEdit>, StylebookError> {
    change(text, kind, &[preferred, other], |entry| {
        let name = name_of(entry).to_owned();
        if name != preferred {
            set_name(entry, preferred);
            remove(entry, "aliases", preferred);
            if !name.is_empty() {
                add(entry, "aliases", &name)?;
            }
        }
        if other == preferred { Ok(()) } else { add(entry, "aliases", other) }
    })
}

/// Decides that `other` is not the person, place or organisation called `name`, however alike the names are. The edit is in
/// bytes of `text`; none where the stylebook says so already.
///
/// # Errors
/// When `text` is not TOML, or the entries are not where an entry belongs.
pub fn another_person(text: &str, kind: SubjectKind, name: &str, other: &str) -> Result<Option<TextEdit>, StylebookError> {
    change(text, kind, &[name], |entry| {
        if name_of(entry).is_empty() {
            set_name(entry, name);
        }
        remove(entry, "aliases", other);
        add(entry, "is-not", other)
    })
}

/// Changes the first entry that has one of `names` (as its name, or else as an alias), or a new one at the end.
fn change(
    text: &str,
    kind: SubjectKind,
    names: &[&str],
    decide: impl FnOnce(&mut Table) -> Result<(), String>,
) -> Result<Option<TextEdit>, StylebookError> {
    let fault = |at: usize, message: String| StylebookError { line: LineIndex::new(text).position(text, at as u32).line + 1, message };
    let read =
        Document::parse(text.to_owned()).map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let table = kind.name();
    let start = |item: Option<&Item>| item.and_then(Item::span).map_or(0, |span| span.start);
    let at = start(read.get(table));
    let lines: Vec<usize> = read
        .get(table)
        .and_then(Item::as_array_of_tables)
        .map_or_else(Vec::new, |entries| entries.iter().map(|entry| entry.span().map_or(0, |span| span.start)).collect());
    let mut document: DocumentMut = read.into_mut();
    let entries = document.entry(table).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(entries) = entries.as_array_of_tables_mut() else {
        return Err(fault(at, format!("`{table}` is no list of [[{table}]] tables, so that nothing can be added")));
    };
    let by_name = names.iter().find_map(|name| entries.iter().position(|entry| name_of(entry) == *name));
    let by_alias = || names.iter().find_map(|name| entries.iter().position(|entry| has(entry, "aliases", name)));
    let index = by_name.or_else(by_alias).unwrap_or_else(|| {
        entries.push(Table::new());
        entries.len() - 1
    });
    let Some(entry) = entries.get_mut(index) else { return Ok(None) };
    decide(entry).map_err(|message| fault(lines.get(index).copied().unwrap_or(0), message))?;
    Ok(difference(text, &with_line_ends_of(text, &document.to_string())))
}

/// A stylebook's text as it can be changed.
pub(super) fn parsed(text: &str) -> Result<DocumentMut, StylebookError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        StylebookError { line: LineIndex::new(text).position(text, at as u32).line + 1, message: error.message().to_owned() }
    })
}

pub(super) fn name_of(entry: &Table) -> &str {
    entry.get("name").and_then(Item::as_str).unwrap_or_default()
}

fn set_name(entry: &mut Table, name: &str) {
    match entry.get_mut("name").and_then(Item::as_value_mut) {
        Some(value) => replace(value, name),
        None => {
            entry.insert("name", toml_edit::value(name));
        }
    }
}

/// Puts other words in the place of a value; what stands around it stays.
fn replace(value: &mut Value, words: &str) {
    let decor = value.decor().clone();
    *value = Value::from(words);
    *value.decor_mut() = decor;
}

pub(super) fn has(entry: &Table, key: &str, name: &str) -> bool {
    let in_list = |list: &Array| list.iter().any(|value| value.as_str() == Some(name));
    entry.get(key).is_some_and(|item| item.as_str() == Some(name) || item.as_array().is_some_and(in_list))
}

/// Adds a name to a list, which is made where there is none; a single name becomes a list.
pub(super) fn add(entry: &mut Table, key: &str, name: &str) -> Result<(), String> {
    if has(entry, key, name) {
        return Ok(());
    }
    if let Some(single) = entry.get(key).and_then(Item::as_str).map(str::to_owned) {
        entry.insert(key, toml_edit::value(Array::from_iter([single])));
    }
    let list = entry.entry(key).or_insert(toml_edit::value(Array::new()));
    let Some(list) = list.as_array_mut() else { return Err(format!("`{key}` is no list of names, so that nothing can be added")) };
    // A list with a name on each line gets another line, after what is said of the last.
    let before = list.iter().last().and_then(|last| last.decor().prefix()).and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let indent = before.contains('\n').then(|| before.rsplit('\n').next().unwrap_or_default().to_owned());
    let mut name = Value::from(name);
    if let Some(indent) = indent {
        let after = list.trailing().as_str().unwrap_or_default().trim_end().to_owned();
        name.decor_mut().set_prefix(format!("{after}\n{indent}"));
        list.set_trailing("\n");
        list.push_formatted(name);
    } else {
        list.push(name);
    }
    Ok(())
}

fn remove(entry: &mut Table, key: &str, name: &str) {
    if let Some(list) = entry.get_mut(key).and_then(Item::as_array_mut) {
        list.retain(|value| value.as_str() != Some(name));
        if list.is_empty() {
            entry.remove(key);
        }
    } else if has(entry, key, name) {
        entry.remove(key);
    }
}

pub(super) fn with_line_ends_of(text: &str, written: &str) -> String {
    let unix = written.replace("\r\n", "\n");
    if text.contains("\r\n") { unix.replace('\n', "\r\n") } else { unix }
}

/// The one edit that makes `new` of `old`.
fn difference(old: &str, new: &str) -> Option<TextEdit> {
    let common = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let start = common(&mut old.chars(), &mut new.chars());
    let end = common(&mut old[start..].chars().rev(), &mut new[start..].chars().rev());
    (old != new).then(|| TextEdit { span: Span::of(start..old.len() - end), text: new[start..new.len() - end].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    type Decided = Result<Option<TextEdit>, StylebookError>;

    fn edited(text: &str, decided: Decided) -> String {
        apply(text, &decided.expect("is a stylebook").into_iter().collect::<Vec<_>>())
    }

    fn prefer(text: &str, preferred: &str, other: &str) -> String {
        edited(text, prefer_spelling(text, SubjectKind::Person, preferred, other))
    }

    #[test]
    fn an_empty_stylebook_gets_its_first_entry() {
        let book = prefer("", "Anja Kowalczyk", "Anja Kowalczik");
        assert_eq!(book, "[[person]]\nname = \"Anja Kowalczyk\"\naliases = [\"Anja Kowalczik\"]\n");
        let book = edited(&book, another_person(&book, SubjectKind::Person, "Anja Kowalczyk", "Anna Kowalczyk"));
        assert!(book.ends_with("aliases = [\"Anja Kowalczik\"]\nis-not = [\"Anna Kowalczyk\"]\n"), "{book}");
        let book = edited(&book, prefer_spelling(&book, SubjectKind::Place, "Gdansk", "Danzig"));
        assert!(book.ends_with("\n\n[[place]]\nname = \"Gdansk\"\naliases = [\"Danzig\"]\n"), "{book}");
    }

    #[test]
    fn comments_order_and_line_ends_stay() {
        let book = "# Ours.\r\n\r\n[[place]] # towns\r\nname = \"Tarnow\" # since 2023\r\nin = \"Poland\"\r\n\r\n# People\r\n[[person]]\r\nname = 'Ole Berg'\r\naliases = [\r\n  \"Ola Berg\", # often\r\n]\r\n";
        let place = edited(book, prefer_spelling(book, SubjectKind::Place, "Tarnów", "Tarnow"));
        let wanted =
            book.replace("\"Tarnow\" #", "\"Tarnów\" #").replace("in = \"Poland\"\r\n", "in = \"Poland\"\r\naliases = [\"Tarnow\"]\r\n");
        assert_eq!(place, wanted);
        let person = prefer(book, "Ole Berg", "Olle Berg");
        assert_eq!(person.replace("\r\n", "\n").matches('\n').count(), book.matches('\n').count() + 1);
        assert!(!person.replace("\r\n", "").contains('\n'));
        assert!(person.contains("\"Ola Berg\", # often") && person.contains("\r\n  \"Olle Berg\""), "{person}");
        assert!(person.parse::<DocumentMut>().is_ok());
    }

    #[test]
    fn a_preference_may_turn_round_and_is_written_once() {
        let book = "[[person]]\nname = \"Ivo Maric\"\naliases = [\"Ivo Marić\"]\n";
        let turned = prefer(book, "Ivo Marić", "Ivo Maric");
        assert_eq!(turned, "[[person]]\nname = \"Ivo Marić\"\naliases = [\"Ivo Maric\"]\n");
        assert_eq!(prefer_spelling(&turned, SubjectKind::Person, "Ivo Marić", "Ivo Maric"), Ok(None));
        let single = "[[person]]\nname = \"Ivo Marić\"\naliases = \"Ivo Maric\"\n";
        assert_eq!(prefer(single, "Ivo Marić", "Iwo Marić"), single.replace("\"Ivo Maric\"", "[\"Ivo Maric\", \"Iwo Marić\"]"));
        let other = edited(&turned, another_person(&turned, SubjectKind::Person, "Ivo Maric", "Ivo Marin"));
        assert!(other.contains("name = \"Ivo Marić\"") && other.contains("is-not = [\"Ivo Marin\"]"), "{other}");
    }

    #[test]
    fn what_is_no_stylebook_is_left_alone_and_told_with_its_line() {
        let fault = |text: &str| prefer_spelling(text, SubjectKind::Person, "A B", "A C").expect_err("is faulty");
        assert_eq!(fault("# x\n[[person\n").line, 2);
        assert!(fault("\nperson = 3\n").message.contains("[[person]]"));
        assert_eq!(fault("\n[[person]]\nname = \"A B\"\naliases = 3\n").line, 2);
    }
}
