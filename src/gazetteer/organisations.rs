//! Organisations known by name: parties, companies, newsrooms, international bodies, and the houses and streets that
//! stand for one ("the Kremlin").

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rows;
use crate::text::name_key;

/// The houses, streets and seats that stand for an organisation.
static METONYMS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let named = |mut row: std::str::Split<'static, char>| match (row.next(), row.next(), row.next()) {
        (Some(name), Some(_), Some("organisation")) => Some(name),
        _ => None,
    };
    rows(include_str!("../../data/metonyms.tsv")).filter_map(named).collect()
});
static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    // Name, abbreviation, other forms.
    let listed = rows(include_str!("../../data/organisations.tsv")).flat_map(|row| row.take(3)).flat_map(|cell| cell.split('|'));
    listed.filter(|name| !name.is_empty()).chain(METONYMS.iter().copied()).collect()
});

/// Whether an organisation is called so, as written.
pub fn is_known_organisation(name: &str) -> bool {
    NAMES.contains(name)
}

/// Whether a house, street or seat of that name stands for an organisation: "Kremlin", not "the Kremlin".
pub fn is_metonym(name: &str) -> bool {
    METONYMS.contains(name)
}

/// Abbreviations by the key of the organisation's name and of its other forms.
static ACRONYMS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut acronyms: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for row in rows(include_str!("../../data/organisations.tsv")) {
        let row: Vec<&'static str> = row.collect();
        let [name, acronym, others, ..] = row[..] else { continue };
        for form in std::iter::once(name).chain(others.split('|')).filter(|form| !form.is_empty() && !acronym.is_empty()) {
            acronyms.entry(name_key(form)).or_default().push(acronym);
        }
    }
    acronyms
});

/// The abbreviations of the organisations called so.
pub fn acronyms_of(name: &str) -> impl Iterator<Item = &'static str> {
    ACRONYMS.get(&name_key(name)).into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_abbreviation() {
        assert!(is_known_organisation("African Union") && is_known_organisation("AU"));
        assert!(!is_known_organisation("Larsund"));
    }
}
