//! Organisations known by name: parties, companies, newsrooms, international bodies, and the houses and streets that
//! stand for one ("the Kremlin").

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::data;
use crate::text::name_key;

/// The houses, streets and seats that stand for an organisation.
static METONYMS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| data::METONYMS.rows().filter(|[_, _, class, _]| *class == "organisation").map(|[name, ..]| name).collect());
static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    // Name, abbreviation, other forms.
    let listed =
        data::ORGANISATIONS.rows().flat_map(|[name, acronym, others, ..]| [name, acronym, others]).flat_map(|cell| cell.split('|'));
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
    for [name, acronym, others, ..] in data::ORGANISATIONS.rows() {
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
