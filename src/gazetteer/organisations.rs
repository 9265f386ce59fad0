//! Organisations known by name: parties, companies, newsrooms, international bodies, and the houses and streets that
//! stand for one ("the Kremlin").

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::rows;

static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let mut names = FxHashSet::default();
    for row in rows(include_str!("../../data/organisations.tsv")) {
        // Name, abbreviation, other forms.
        names.extend(row.take(3).flat_map(|cell| cell.split('|')).filter(|name| !name.is_empty()));
    }
    for mut row in rows(include_str!("../../data/metonyms.tsv")) {
        if let (Some(name), Some(_), Some("organisation")) = (row.next(), row.next(), row.next()) {
            names.insert(name);
        }
    }
    names
});

/// Whether an organisation is called so, as written.
pub fn is_known_organisation(name: &str) -> bool {
    NAMES.contains(name)
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
