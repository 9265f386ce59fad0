//! Countries, their capitals and regions, cities, and other places, by every name they are known by.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::folded_names::FoldedNames;
use crate::data;
use crate::text::{deletion_hashes, edit_distance, name_key};

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
    /// In thousands; 0 where not known. A region's is that of its cities.
    pub population: u32,
    /// Latitude and longitude in tenths of a degree, of cities alone.
    pub position: Option<(i16, i16)>,
    /// Its name is an ordinary word as well.
    pub ordinary: bool,
}

struct Gazetteer {
    places: Vec<Place>,
    by_name: FoldedNames,
    demonyms: FxHashSet<&'static str>,
    /// Names as written of countries, regions and all but small cities.
    written: Vec<(&'static str, u32)>,
}

impl Gazetteer {
    fn add(&mut self, place: Place, names: impl Iterator<Item = &'static str>) {
        let index = self.places.len() as u32;
        self.places.push(place);
        let of_note = place.kind != PlaceKind::Other && (place.kind != PlaceKind::City || place.population >= 50);
        for name in names.filter(|name| !name.is_empty()) {
            self.by_name.add(name, index);
            if of_note {
                self.written.push((name, index));
            }
        }
    }
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut gazetteer = Gazetteer {
        places: Vec::with_capacity(40 << 10),
        by_name: FoldedNames::with_capacity(64 << 10),
        demonyms: FxHashSet::default(),
        written: Vec::new(),
    };
    for [name, others, code, _capital, demonyms, ..] in data::COUNTRIES.rows() {
        let country = Place { kind: PlaceKind::Country, name, country: code, region: "", population: 0, position: None, ordinary: false };
        gazetteer.add(country, std::iter::once(name).chain(others.split('|')));
        gazetteer.demonyms.extend(demonyms.split('|').filter(|demonym| !demonym.is_empty()));
    }
    let mut regions: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for [name, country, region, population, spellings, flags, latitude, longitude] in data::CITIES.rows() {
        let population = population.parse().unwrap_or(0);
        if !region.is_empty() {
            let index = *regions.entry((region, country)).or_insert_with(|| {
                let place =
                    Place { kind: PlaceKind::Region, name: region, country, region: "", population: 0, position: None, ordinary: false };
                gazetteer.add(place, std::iter::once(region));
                gazetteer.places.len() - 1
            });
            gazetteer.places[index].population += population;
        }
        let position = latitude.parse().ok().zip(longitude.parse().ok());
        let city = Place { kind: PlaceKind::City, name, country, region, population, position, ordinary: flags.contains('w') };
        gazetteer.add(city, std::iter::once(name).chain(spellings.split('|')));
    }
    for [name, kind, countries, others, demonyms] in data::PLACES_EXTRA.rows() {
        let kind = if matches!(kind, "region" | "state" | "territory" | "province") { PlaceKind::Region } else { PlaceKind::Other };
        let country = if countries.len() == 2 { countries } else { "" };
        gazetteer.add(
            Place { kind, name, country, region: "", population: 0, position: None, ordinary: false },
            std::iter::once(name).chain(others.split('|')),
        );
        gazetteer.demonyms.extend(demonyms.split('|').filter(|demonym| !demonym.is_empty()));
    }
    gazetteer
});

/// The places of this name, folded: countries first, then regions, then cities.
pub fn places(folded: &str) -> impl Iterator<Item = &'static Place> {
    GAZETTEER.by_name.get(folded).map(|index| &GAZETTEER.places[index as usize])
}

/// All of them, in a fixed order.
pub(super) fn all_places() -> impl Iterator<Item = &'static Place> {
    GAZETTEER.places.iter()
}

/// The country of an ISO 3166 code.
pub fn country_of_code(code: &str) -> Option<&'static Place> {
    // Countries come first in the table.
    all_places().find(|place| place.kind == PlaceKind::Country && place.country == code)
}

/// Names of places that everybody writes about, by hashes of themselves with a letter left out. In order, and not in a map: to put them in
/// order takes a third of the time at each start.
struct WellKnown {
    /// Hashes with indices of the names as written.
    by_hash: Vec<(u64, u32)>,
    /// Where those begin whose first bits are the same, lest a search look all over the memory they take.
    begin: Vec<u32>,
}

impl WellKnown {
    /// How many first bits: a few hashes have them in common.
    const BITS: u32 = 13;

    fn load() -> Self {
        let mut by_hash = Vec::with_capacity(64 << 10);
        for (written, &(name, index)) in (0..).zip(&GAZETTEER.written) {
            let place = &GAZETTEER.places[index as usize];
            // Most are too little known for a name of any length.
            if is_well_known(place, usize::MAX) {
                let key = name_key(name);
                if is_well_known(place, key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
                    by_hash.extend(deletion_hashes(&key).into_iter().map(|hash| (hash, written)));
                }
            }
        }
        by_hash.sort_unstable();
        let mut begin = vec![0; (1 << Self::BITS) + 1];
        for (hash, _) in &by_hash {
            begin[Self::first_bits(*hash) + 1] += 1;
        }
        for at in 1..begin.len() {
            begin[at] += begin[at - 1];
        }
        Self { by_hash, begin }
    }

    const fn first_bits(hash: u64) -> usize {
        (hash >> (u64::BITS - Self::BITS)) as usize
    }

    /// The names that have a hash, with the indices of their places.
    fn with(&self, hash: u64) -> impl Iterator<Item = (&'static str, u32)> {
        let first = Self::first_bits(hash);
        let alike = &self.by_hash[self.begin[first] as usize..self.begin[first + 1] as usize];
        alike.iter().filter(move |(other, _)| *other == hash).map(|&(_, written)| GAZETTEER.written[written as usize])
    }
}

static WELL_KNOWN: LazyLock<WellKnown> = LazyLock::new(WellKnown::load);

/// Whether a name of so many letters is near enough to one place alone: the shorter it is, the better known it must be.
fn is_well_known(place: &Place, letters: usize) -> bool {
    let least = match (place.kind, letters) {
        (_, 0..=3) | (PlaceKind::Other, _) | (PlaceKind::City, 4 | 5) => return false,
        (PlaceKind::Country, _) => 0,
        (PlaceKind::Region, 4) => 5_000,
        (PlaceKind::Region, _) => 500,
        (PlaceKind::City, 6 | 7) => 200,
        (PlaceKind::City, _) => 50,
    };
    place.population >= least
}

/// The well-known place that a name, as [`name_key`] gives it, is one slip of, and its name as meant; none where the name is
/// a place's itself, or a slip of two.
pub fn near_place(key: &str) -> Option<(&'static Place, &'static str)> {
    if key.len() < 4 || key.len() > 24 || !key.is_ascii() || GAZETTEER.by_name.get(key).next().is_some() {
        return None;
    }
    let near = deletion_hashes(key);
    let mut found = near.into_iter().flat_map(|hash| WELL_KNOWN.with(hash)).filter(|(name, _)| is_slip(key, &name_key(name)));
    let (name, index) = found.next()?;
    found.all(|(other, _)| name_key(other) == name_key(name)).then(|| (&GAZETTEER.places[index as usize], name))
}

/// One slip, but not in the first letter, which is hardly ever one, nor in the last, which may be another language's ending
/// or a plural; an "s" left out at the end is one.
fn is_slip(written: &str, meant: &str) -> bool {
    if edit_distance(written, meant, 1) != Some(1) || meant.strip_suffix('s') == Some(written) && written.len() < 6 {
        return false;
    }
    let swapped_first = written.len() == meant.len() && written[1..].starts_with(&meant[..1]) && meant[1..].starts_with(&written[..1]);
    let first = written[..1] == meant[..1] || swapped_first;
    let last = written[written.len() - 1..] == meant[meant.len() - 1..]
        || meant.strip_suffix('s') == Some(written)
        || written.len() == meant.len() && written[..written.len() - 2] == meant[..meant.len() - 2] && is_swap(written, meant);
    first && last
}

fn is_swap(a: &str, b: &str) -> bool {
    let (a, b) = (&a.as_bytes()[a.len() - 2..], &b.as_bytes()[b.len() - 2..]);
    a[0] == b[1] && a[1] == b[0]
}

/// Whether the word, as written, is what people or things of a country are called: "Kenyan", "Kenyans".
pub fn is_demonym(word: &str) -> bool {
    GAZETTEER.demonyms.contains(word)
}

static EXONYMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut groups = FxHashMap::default();
    for [spellings, _] in data::EXONYMS.rows() {
        for spelling in spellings.split('|') {
            groups.insert(name_key(spelling), spellings);
        }
    }
    groups
});

/// All spellings of the place that one, as [`name_key`] gives it, belongs to; none of them is preferred.
pub fn exonyms(key: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
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
        assert!(places("nairobi").any(|place| place.position == Some((-13, 368))));
    }

    #[test]
    fn slips_of_well_known_places() {
        let near = |key| near_place(key).map(|(_, name)| name);
        assert_eq!(near("nairboi"), Some("Nairobi"));
        assert_eq!(near("zimbabew"), Some("Zimbabwe"));
        assert_eq!(near("saskatchewn"), Some("Saskatchewan"));
        assert_eq!(near("kenya"), None);
        for other in ["kenyas", "nairoba", "cairobi", "chin", "solvang"] {
            assert_eq!(near(other), None, "{other}");
        }
    }
}
