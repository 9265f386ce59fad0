//! Where places lie: on which side of their country, and in which countries a name or a stretch of land may be.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::places::{Place, PlaceKind, all_places};
use crate::data;
use crate::text::folded;

/// The southernmost, northernmost, westernmost and easternmost tenths of a degree between which nearly all cities of a
/// country lie.
static EXTENTS: LazyLock<FxHashMap<&'static str, [i16; 4]>> = LazyLock::new(|| {
    let mut positions: FxHashMap<&'static str, Vec<(i16, i16)>> = FxHashMap::default();
    for place in all_places() {
        positions.entry(place.country).or_default().extend(place.position);
    }
    positions
        .into_iter()
        .filter(|(_, found)| found.len() >= 12)
        .map(|(country, found)| {
            let (mut north, mut east): (Vec<i16>, Vec<i16>) = found.into_iter().unzip();
            north.sort_unstable();
            east.sort_unstable();
            let last = north.len() - 1;
            let few = last / 33;
            (country, [north[few], north[last - few], east[few], east[last - few]])
        })
        .collect()
});

/// How far north and how far east in its country a city lies, each from -1 to 1; none where its country is too small to tell.
pub fn position_in_country(city: &Place) -> Option<(f32, f32)> {
    let (latitude, longitude) = city.position?;
    let [south, north, west, east] = *EXTENTS.get(city.country)?;
    let within = |at: i16, from: i16, to: i16| {
        let (at, from, to) = (f32::from(at), f32::from(from), f32::from(to));
        let half = (to - from) / 2.0;
        (half >= 10.0).then(|| ((at - from - half) / half).clamp(-1.0, 1.0))
    };
    Some((within(latitude, south, north)?, within(longitude, west, east)?))
}

static COUNTIES: LazyLock<FxHashSet<String>> = LazyLock::new(|| data::COUNTIES.rows().map(|[name, _]| folded(name)).collect());

/// Whether a county of Britain or Ireland is called so, folded.
pub fn is_county(folded: &str) -> bool {
    COUNTIES.contains(folded)
}

/// The state that the words at the start of `text` shorten, and how many bytes they take: "Neb." of "Neb., on Friday".
pub fn shortened_state(text: &str) -> Option<(&'static str, usize)> {
    // The longest first. Laid out once: every capitalised word behind a place is asked about, at each keystroke.
    static FORMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
        let mut forms: Vec<_> = data::STATE_FORMS.rows().map(|[form, region, _]| (form, region)).collect();
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        forms
    });
    FORMS.iter().find(|(form, _)| text.starts_with(form)).map(|(form, region)| (*region, form.len()))
}

/// Whether a country, by its code, is spoken of with an article: "the Netherlands", "the United States".
pub fn takes_article(country: &str) -> bool {
    static ARTICLED: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| data::ARTICLED_COUNTRIES.words().collect());
    ARTICLED.contains(country)
}

/// Countries that several claim, or of which one belongs to another; with the names of the land, or for all of it.
static CLAIMS: LazyLock<Vec<(Vec<&'static str>, Vec<&'static str>)>> = LazyLock::new(|| {
    let claim =
        |[land, countries]: [&'static str; 2]| (land.split('|').filter(|name| !name.is_empty()).collect(), countries.split('|').collect());
    data::CLAIMS.rows().map(claim).collect()
});

/// Whether it is somebody's claim, and not a mistake, that a place lies in this country.
pub fn is_claimed(place: &Place, country: &str) -> bool {
    CLAIMS.iter().any(|(land, countries)| {
        let named = land.is_empty() || land.iter().any(|name| *name == place.name || *name == place.region);
        named && countries.contains(&country) && (countries.contains(&place.country) || !land.is_empty())
    })
}

/// Whether the gazetteer alone can't say in which country a place lies. Of a claim to a whole country the most populous of those that
/// are party to it is not in doubt: not all of Turkey is, for its claims abroad.
pub fn is_disputed(place: &Place) -> bool {
    // Those who live in the cities of each country: counted once, for there are tens of thousands.
    static PEOPLE: LazyLock<FxHashMap<&'static str, u64>> = LazyLock::new(|| {
        let mut people = FxHashMap::default();
        for city in all_places().filter(|place| place.kind == PlaceKind::City) {
            *people.entry(city.country).or_default() += u64::from(city.population);
        }
        people
    });
    let is_largest = |countries: &[&str]| countries.iter().max_by_key(|code| PEOPLE.get(**code)).is_some_and(|code| *code == place.country);
    CLAIMS.iter().any(|(land, countries)| {
        let named = land.iter().any(|name| *name == place.name || *name == place.region);
        countries.contains(&place.country) && (named || land.is_empty() && !is_largest(countries))
    })
}

/// Countries most of whose names reach English through a romanisation, of which there are always several.
static ROMANISED: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let countries = data::COUNTRIES.rows().filter(|[.., continent, _]| matches!(*continent, "Asia" | "Africa"));
    countries.map(|[_, _, code, ..]| code).collect()
});

/// Whether a town's name may have other spellings than the gazetteer knows, a letter apart.
pub fn is_romanised(place: &Place) -> bool {
    ROMANISED.contains(place.country)
}

/// Whether towns of two countries are often called the same, as those of neighbours and of settlers are.
pub fn share_place_names(one: &str, other: &str) -> bool {
    let mut names: FxHashMap<&str, u8> = FxHashMap::default();
    for place in all_places().filter(|place| place.kind == PlaceKind::City) {
        *names.entry(place.name).or_default() |= u8::from(place.country == one) | u8::from(place.country == other) << 1;
    }
    names.values().filter(|bits| **bits == 3).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::places;

    fn city(name: &str, country: &str) -> &'static Place {
        places(name).find(|place| place.country == country && place.kind == PlaceKind::City).expect("the city is known")
    }

    #[test]
    fn sides_of_a_country() {
        let (north, east) = position_in_country(city("mombasa", "KE")).expect("Kenya is large enough");
        assert!(north < -0.5 && east > 0.5, "{north} {east}");
        assert_eq!(position_in_country(city("singapore", "SG")), None);
    }

    #[test]
    fn claims_and_namesakes() {
        let jerusalem = city("jerusalem", "IL");
        assert!(is_romanised(city("nairobi", "KE")) && !is_romanised(city("rotterdam", "NL")));
        assert!(is_claimed(jerusalem, "PS") && !is_claimed(jerusalem, "KE"));
        assert!(share_place_names("GB", "US") && !share_place_names("KE", "JP"));
    }
}
