//! A table of names, its first row saying what each column holds.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{Imported, ImportedTitle, LeftOut};
use crate::data;
use crate::reader::SubjectKind;
use crate::text::{folded, name_key};

/// Between several values in one cell. A comma may be part of a name.
const SEPARATORS: [char; 2] = [';', '|'];

/// The entries that rows give, those of one name joined, and what can't be understood. Each row comes with its line; `kind` is that of rows
/// that say none.
///
/// # Errors
/// When no column is one of names; the message says which columns are known.
pub fn from_rows(head: &[String], rows: &[(u64, Vec<String>)], kind: SubjectKind) -> Result<(Vec<Imported>, Vec<LeftOut>), String> {
    let columns: Vec<Option<&str>> = head.iter().map(|name| column(name)).collect();
    if !columns.contains(&Some("name")) {
        let known = data::IMPORT_COLUMNS.class("name").collect::<Vec<_>>().join(", ");
        return Err(format!("has no column of names: its first row has to call one {known}"));
    }
    let (mut found, mut left_out): (Vec<Imported>, Vec<LeftOut>) = (Vec::new(), Vec::new());
    let unknown = head.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.trim().is_empty());
    left_out.extend(
        unknown.map(|(name, _)| LeftOut {
            at: "line 1".to_owned(), why: format!("the column “{}” is not one that is known", name.trim())
        }),
    );
    let mut by_name = FxHashMap::default();
    for (line, cells) in rows {
        let cell = |wanted: &'static str| {
            let cells = columns.iter().zip(cells).filter(move |(column, _)| **column == Some(wanted));
            cells.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let list = |wanted: &'static str| {
            cell(wanted)
                .flat_map(|cell| cell.split(SEPARATORS))
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let at = format!("line {line}");
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(name) = cell("name").next() else {
            left_out.push(LeftOut { at, why: "has no name".to_owned() });
            continue;
        };
        let kind = match cell("kind").next().map(|written| (written, kind_of(written))) {
            None => kind,
            Some((_, Some(kind))) => kind,
            Some((written, None)) => {
                left_out.push(LeftOut { at, why: format!("“{written}” is neither a person nor a place nor an organisation") });
                continue;
            }
        };
        let mut entry = Imported::new(at, kind, name.to_owned());
        (entry.aliases, entry.is_not, entry.within) = (list("aliases"), list("is-not"), list("in"));
        (entry.acronym, entry.note) = (cell("acronym").next().map(str::to_owned), cell("note").next().map(str::to_owned));
        let titles = list("titles");
        let (from, until) = (cell("from").next().map(str::to_owned), cell("until").next().map(str::to_owned));
        if titles.len() > 1 && (from.is_some() || until.is_some()) {
            left_out.push(
                entry.left_out("has several titles and one term: which of them it is of is not said, so that none is taken".to_owned()),
            );
        } else {
            entry.titles = titles.into_iter().map(|title| ImportedTitle { title, from: from.clone(), until: until.clone() }).collect();
        }
        // Rows of one name are one entry.
        match by_name.entry((kind, name_key(&entry.name))) {
            Entry::Occupied(known) => join(&mut found[*known.get()], entry),
            Entry::Vacant(slot) => {
                slot.insert(found.len());
                found.push(entry);
            }
        }
    }
    Ok((found, left_out))
}

/// Adds a row to an earlier one of the same name.
fn join(known: &mut Imported, entry: Imported) {
    known.aliases.extend(entry.aliases);
    known.is_not.extend(entry.is_not);
    known.titles.extend(entry.titles);
    if known.within.is_empty() {
        known.within = entry.within;
    }
    known.acronym = known.acronym.take().or(entry.acronym);
    known.note = known.note.take().or(entry.note);
}

/// The key of the stylebook that a column of this name fills.
fn column(name: &str) -> Option<&'static str> {
    let name = folded(&name.trim().replace(['_', '-'], " "));
    let mut classes = data::IMPORT_COLUMNS.rows();
    classes.find(|[_, words]| words.split('|').any(|word| word.replace('-', " ") == name)).map(|[class, _]| class)
}

fn kind_of(written: &str) -> Option<SubjectKind> {
    let written = folded(written);
    let [class, _] = data::IMPORT_KINDS.rows().find(|[_, words]| words.split('|').any(|word| word == written))?;
    SubjectKind::ALL.into_iter().find(|kind| kind.name() == class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;

    fn rows(head: &str, rows: &[&str]) -> Result<(Vec<Imported>, Vec<LeftOut>), String> {
        let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
        let rows: Vec<_> = rows.iter().enumerate().map(|(index, row)| (index as u64 + 2, cells(row))).collect();
        from_rows(&cells(head), &rows, SubjectKind::Person)
    }

    /// Whether the stylebook has a key of this name.
    fn is_key(name: &str) -> bool {
        let of_title = keys::TITLE.iter().any(|key| key.name == name);
        of_title || keys::STYLEBOOK.iter().any(|table| table.keys().iter().any(|key| key.name == name))
    }

    #[test]
    fn columns_are_known_by_what_newsrooms_call_them() {
        for [class, _] in data::IMPORT_COLUMNS.rows() {
            assert!(is_key(class) || ["kind", "note"].contains(&class), "{class}");
        }
        let (found, left_out) = rows(
            "Type,Full_Name,Variants,Job title,Since,Shoe size,Comments",
            &[
                "Person,Mira Dovzhenko,Myra Dovzhenko; Mira Dowschenko,ambassador to Norway,2024-10,38,since the party",
                "city,Kyiv,Kiev",
                "ship,Larsund",
            ],
        )
        .expect("has names");
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].aliases.len(), found[0].titles[0].from.as_deref(), found[0].note.as_deref()),
            (2, Some("2024-10"), Some("since the party"))
        );
        assert_eq!((found[1].kind, found[1].name.as_str(), found[1].at.as_str()), (SubjectKind::Place, "Kyiv", "line 3"));
        let told: Vec<_> = left_out.iter().map(|one| format!("{}: {}", one.at, one.why)).collect();
        assert!(told[0].contains("“Shoe size”") && told[1].starts_with("line 4: “ship”"), "{told:?}");
    }

    #[test]
    fn rows_of_one_name_are_one_entry_and_a_term_is_of_one_title() {
        let (found, left_out) = rows(
            "name,title,from,until",
            &["Ole Brandt,mayor,2019,2023", "ole brandt,minister,2024,", "Per Dahl,mayor; minister,2024,", ",mayor,,", ",,,"],
        )
        .expect("has names");
        assert_eq!(
            found.iter().map(|entry| (entry.name.as_str(), entry.titles.len())).collect::<Vec<_>>(),
            [("Ole Brandt", 2), ("Per Dahl", 0)]
        );
        assert_eq!(left_out.iter().map(|one| one.at.as_str()).collect::<Vec<_>>(), ["line 4", "line 5"]);
        assert!(rows("nom,titre", &[]).is_err_and(|told| told.contains("full name")));
    }
}
