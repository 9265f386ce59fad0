//! Countries, their capitals and regions, cities, and other places, by every name they are known by.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rows;
use crate::text::{folded, name_key};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    Country,
    /// A first-level division of a country.
    Region,
    City,
    /// Anything else with a name: a sea, a street, a site.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub kind: PlaceKind,
    /// The usual English name.
    pub name: &'static str,
    /// Two letters, ISO 3166; empty where it is in none or several.
    pub country: &'static str,
    /// The first-level division it lies in; empty where it is none or not known.
    pub region: &'static str,
    /// In thousands; 0 where not known.
    pub population: u32,
    /// Its name is an ordinary word as well.
    pub ordinary: bool,
}

#[derive(Default)]
struct Gazetteer {
    places: Vec<Place>,
    by_name: FxHashMap<String, Vec<u32>>,
    demonyms: FxHashSet<&'static str>,
}

impl Gazetteer {
    fn add(&mut self, place: Place, names: impl Iterator<Item = &'static str>) {
        let index = self.places.len() as u32;
        self.places.push(place);
        for name in names.filter(|name| !name.is_empty()) {
            let entry = self.by_name.entry(folded(name)).or_default();
            if entry.last() != Some(&index) {
                entry.push(index);
            }
        }
    }
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut gazetteer = Gazetteer::default();
    gazetteer.by_name.reserve(64 << 10);
    for row in rows(include_str!("../../data/countries.tsv")) {
        let row: Vec<&'static str> = row.collect();
        let [name, others, code, _capital, demonyms, ..] = row[..] else { continue };
        let country = Place { kind: PlaceKind::Country, name, country: code, region: "", population: 0, ordinary: false };
        gazetteer.add(country, std::iter::once(name).chain(others.split('|')));
        gazetteer.demonyms.extend(demonyms.split('|').filter(|demonym| !demonym.is_empty()));
    }
    let mut regions = FxHashSet::default();
    for row in rows(include_str!("../../data/cities.tsv")) {
        let row: Vec<&'static str> = row.collect();
        let [name, country, region, population, spellings, flags] = row[..] else { continue };
        if !region.is_empty() && regions.insert((region, country)) {
            gazetteer.add(
                Place { kind: PlaceKind::Region, name: region, country, region: "", population: 0, ordinary: false },
                std::iter::once(region),
            );
        }
        let population = population.parse().unwrap_or(0);
        let city = Place { kind: PlaceKind::City, name, country, region, population, ordinary: flags.contains('w') };
        gazetteer.add(city, std::iter::once(name).chain(spellings.split('|')));
    }
    for row in rows(include_str!("../../data/places_extra.tsv")) {
        let row: Vec<&'static str> = row.collect();
        let [name, kind, countries, others, demonyms] = row[..] else { continue };
        let kind = if matches!(kind, "region" | "state" | "territory" | "province") { PlaceKind::Region } else { PlaceKind::Other };
        let country = if countries.len() == 2 { countries } else { "" };
        gazetteer
            .add(Place { kind, name, country, region: "", population: 0, ordinary: false }, std::iter::once(name).chain(others.split('|')));
        gazetteer.demonyms.extend(demonyms.split('|').filter(|demonym| !demonym.is_empty()));
    }
    gazetteer
});

/// The places of this name, folded: countries first, then regions, then cities.
pub fn places(folded: &str) -> impl Iterator<Item = &'static Place> {
    GAZETTEER.by_name.get(folded).into_iter().flatten().map(|&index| &GAZETTEER.places[index as usize])
}

/// Whether the word, as written, is what people or things of a country are called: "Kenyan", "Kenyans".
pub fn is_demonym(word: &str) -> bool {
    GAZETTEER.demonyms.contains(word)
}

static EXONYMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut groups = FxHashMap::default();
    for mut row in rows(include_str!("../../data/exonyms.tsv")) {
        let Some(spellings) = row.next() else { continue };
        for spelling in spellings.split('|') {
            groups.insert(name_key(spelling), spellings);
        }
    }
    groups
});

/// All spellings of the place that one, as [`name_key`] gives it, belongs to; none of them is preferred.
pub fn exonyms(key: &str) -> Option<impl Iterator<Item = &'static str>> {
    EXONYMS.get(key).map(|spellings| spellings.split('|'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_by_any_of_their_names() {
        assert_eq!(places("kenya").next().map(|place| place.kind), Some(PlaceKind::Country));
        assert!(places("nairobi").any(|place| place.country == "KE" && place.kind == PlaceKind::City));
        assert!(is_demonym("Kenyan") && !is_demonym("Kenya"));
    }
}
