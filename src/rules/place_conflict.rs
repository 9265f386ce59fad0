//! A place is put in another country, region or part of the country than the sources or the gazetteer put it.

use rustc_hash::FxHashMap;

use super::spelling::{self, Named};
use super::thresholds::{AT_A_SIDE, BORNE_OUT, DAYS_OF_NEWS, DENIED, LARGE_CITY, TOWN};
use super::{Case, verb, who_says};
use crate::corpus::{Citation, NameQuestion, PlacementAttestation};
use crate::data;
use crate::document::ProseSpan;
use crate::finding::{Applicability, Family, Finding, RuleInfo, Severity};
use crate::gazetteer::nations::{self, NationWord, by_code, nation};
use crate::gazetteer::{
    Place, PlaceKind, body_of_water, country_of_code, exonyms, is_claimed, is_demonym, places, position_in_country, share_place_names,
    shortened_state, takes_article,
};
use crate::reader::{Container, MentionKind, Part, Placement, Side, Spot, Subject, SubjectId, days_between, placements};
use crate::text::{Span, folded};

pub(super) static RULE: RuleInfo = RuleInfo {
    name: "place-conflict",
    family: Family::Name,
    severity: Severity::Warning,
    fixes: Applicability::Suggested,
    page: include_str!("../../docs/rules/place-conflict.md"),
};

/// What stands in the draft, and what elsewhere instead.
struct Difference {
    wrong: ProseSpan,
    /// In place of the wrong words; none where no words fit.
    right: Option<String>,
    /// Where the place lies: "in eastern Kenya".
    said: String,
    evidence: Vec<Citation>,
}

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    // Each name by what it names: a draft may put thousands of places somewhere.
    let checked: FxHashMap<*const Subject, &Named<'_>> =
        case.names().iter().map(|named| (std::ptr::from_ref(named.subject), named)).collect();
    let all = placements(case.document, case.reading);
    let mut by_name: FxHashMap<SubjectId, Vec<&Placement>> = FxHashMap::default();
    for placement in &all {
        if let MentionKind::Name(name) = &case.reading.mention(placement.place).kind {
            by_name.entry(name.subject).or_default().push(placement);
        }
    }
    all.iter()
        .filter_map(|placement| {
            let MentionKind::Name(name) = &case.reading.mention(placement.place).kind else { return None };
            let subject = case.reading.subject(name.subject);
            // Only names that are checked: not in bylines and corrections.
            let named = *checked.get(&std::ptr::from_ref(subject))?;
            named.mentions.iter().any(|mention| mention.at == case.reading.mention(placement.place).at).then_some(())?;
            // Who puts two towns of one name apart, in counties or countries, knows of both; a sea that differs is a slip.
            let alike = by_name.get(&name.subject).into_iter().flatten().filter(|other| !std::ptr::eq(**other, placement));
            let mut others = alike.take(MOST_PLACED).filter(|_| placement.sea.is_none());
            if others.any(|other| !agrees(&other.container(), &placement.container()) && difference(case, named, other).is_none()) {
                return None;
            }
            difference(case, named, placement).map(|difference| report(case, named, placement, &difference))
        })
        .flatten()
        .collect()
}

/// So many other places where a draft puts a name are looked at: each is held against the sources anew.
const MOST_PLACED: usize = 8;

fn difference(case: &Case<'_>, named: &Named<'_>, placement: &Placement) -> Option<Difference> {
    match by_the_desk(named, placement) {
        Decided::Agrees => return None,
        Decided::Differs(difference) => return Some(difference),
        Decided::Nothing => {}
    }
    let known = gazetteer_entries(named.key);
    // Another place of that name lies where the draft puts it.
    if known.iter().any(|place| bears_out(place, placement)) || known.iter().any(|place| claimed_by_draft(place, placement)) {
        return None;
    }
    let attested = case.dossier.placements(&NameQuestion::about(case.reading, named.subject));
    if attested.iter().any(|other| agrees(&other.within, &placement.container())) {
        return None;
    }
    by_the_sources(case, placement, attested, &known).or_else(|| by_the_gazetteer(placement, &known))
}

/// What the stylebook says of where a draft puts a place.
enum Decided {
    Nothing,
    Agrees,
    Differs(Difference),
}

/// The stylebook says what contains the place: that is the end of it.
fn by_the_desk(named: &Named<'_>, placement: &Placement) -> Decided {
    let Some(decision) = named.known().and_then(|record| record.decision.as_ref()) else { return Decided::Nothing };
    let mut spoken = false;
    for (name, citation) in &decision.within {
        let nation = nations::nation(name).filter(|nation| nation.by == NationWord::Name);
        let (part, same) = match (nation, &placement.country, &placement.region) {
            (Some(nation), Some(country), _) => (country.at, nation.code == country.value),
            (None, _, Some(region)) if is_region(&folded(name)) => (region.at, folded(name) == region.value),
            _ => continue,
        };
        spoken = true;
        if !same {
            let said = format!("in {name}");
            return Decided::Differs(Difference { wrong: part, right: Some(name.clone()), said, evidence: vec![citation.clone()] });
        }
    }
    if spoken { Decided::Agrees } else { Decided::Nothing }
}

/// Cities and regions of this name in any of its spellings.
fn gazetteer_entries(key: &str) -> Vec<&'static Place> {
    let spellings = exonyms(key).into_iter().flatten().map(folded).chain(std::iter::once(key.to_owned()));
    let mut found: Vec<&'static Place> =
        spellings.flat_map(|spelling| places(&spelling).filter(|place| place.kind == PlaceKind::City).collect::<Vec<_>>()).collect();
    found.sort_by_key(|place| std::ptr::from_ref(*place));
    found.dedup_by(|a, b| std::ptr::eq(*a, *b));
    found
}

/// The countries that have a first-level division of this name.
fn countries_of_region(region: &str) -> Vec<&'static str> {
    places(region).filter(|place| place.kind == PlaceKind::Region && place.population > 0).map(|place| place.country).collect()
}

fn is_region(region: &str) -> bool {
    !countries_of_region(region).is_empty()
}

/// Whether the place lies where the draft puts it, as far as the gazetteer knows.
fn bears_out(place: &Place, placement: &Placement) -> bool {
    // It knows no counties, no sides of regions, and nothing of islands, shores and seas.
    let unknown = placement.county.is_some() || placement.spot.is_some() || placement.sea.is_some();
    if unknown || placement.side.is_some() && placement.region.is_some() {
        return false;
    }
    let country = placement.country.as_ref().is_none_or(|country| country.value == place.country);
    let region = placement.region.as_ref().is_none_or(|region| is_in_region(place, &region.value));
    let side = placement.side.as_ref().is_none_or(|side| side_of(place).is_some_and(|at| towards(side.value, at) >= BORNE_OUT));
    country && region && side
}

/// A city that a region is called after may lie in it or beside it, and a region that is no division may be anywhere.
fn is_in_region(place: &Place, region: &str) -> bool {
    let own = folded(place.region);
    own.is_empty() || own.contains(region) || region.contains(&own) || !is_region(region) || folded(place.name) == region
}

fn claimed_by_draft(place: &Place, placement: &Placement) -> bool {
    let country = |code: &str| code != place.country && is_claimed(place, code);
    placement.country.as_ref().is_some_and(|part| country(part.value))
        || placement.region.as_ref().is_some_and(|part| countries_of_region(&part.value).into_iter().any(country))
}

fn side_of(place: &Place) -> Option<(f32, f32)> {
    position_in_country(place)
}

/// How far towards a side a place lies: the least of the directions that the side names.
fn towards(side: Side, (north, east): (f32, f32)) -> f32 {
    let along = |wanted: i8, at: f32| if wanted == 0 { 1.0 } else { f32::from(wanted) * at };
    along(side.north, north).min(along(side.east, east))
}

/// Whether two texts put a place alike in what both of them say.
fn agrees(other: &Container, draft: &Container) -> bool {
    let country = both(other.country.as_ref(), draft.country.as_ref()).map(|(a, b)| a == b);
    let region = both(other.region.as_ref(), draft.region.as_ref()).map(|(a, b)| a == b);
    let shire = both(other.county.as_ref(), draft.county.as_ref()).map(|(a, b)| are_one_county(a, b));
    let of_one_land = other.region.is_some() == draft.region.is_some() && other.county.is_some() == draft.county.is_some();
    let side = both(other.side.as_ref(), draft.side.as_ref()).filter(|_| of_one_land).map(|(a, b)| a == b);
    let spot = both(other.spot.as_ref(), draft.spot.as_ref()).map(|(a, b)| !is_other_spot(a, b));
    // Each thing that the draft says must be borne out where the other text speaks to it at all.
    let sea = both(other.sea.as_ref(), draft.sea.as_ref()).map(|(a, b)| body_of_water(a) == body_of_water(b));
    let closer = draft.region.is_some() || draft.county.is_some() || draft.side.is_some();
    let said = [region, shire, side, spot, sea, country.filter(|_| !closer)];
    said.contains(&Some(true)) && !said.contains(&Some(false)) && country != Some(false)
}

fn both<'x, T>(a: Option<&'x T>, b: Option<&'x T>) -> Option<(&'x T, &'x T)> {
    a.zip(b)
}

fn by_the_sources(case: &Case<'_>, draft: &Placement, attested: &[PlacementAttestation], known: &[&Place]) -> Option<Difference> {
    if let Some(sea) = &draft.sea {
        return by_the_sea(sea, attested);
    }
    // Several places of that name: the draft may mean another than the sources do.
    if known.len() > 1 {
        return None;
    }
    let evidence = |wanted: &dyn Fn(&Container) -> bool| -> Vec<Citation> {
        attested.iter().filter(|other| wanted(&other.within)).map(|other| other.citation.clone()).collect()
    };
    let in_another_land = |wrong: ProseSpan, differs: &dyn Fn(&Container) -> bool| {
        let other = attested.iter().find(|other| differs(&other.within))?;
        let right = land_like(case.document.words(wrong), other.region_words.as_deref());
        Some(Difference { wrong, right, said: format!("in {}", other.words), evidence: evidence(differs) })
    };
    if let Some(region) = draft.region.as_ref().filter(|region| is_region(&region.value)) {
        let countries = countries_of_region(&region.value);
        let differs = |other: &Container| {
            other
                .region
                .as_ref()
                .is_some_and(|known| *known != region.value && countries_of_region(known).iter().any(|country| countries.contains(country)))
        };
        if let Some(difference) = in_another_land(region.at, &differs) {
            return Some(difference);
        }
    }
    if let Some(county) = &draft.county {
        let differs = |other: &Container| other.county.as_ref().is_some_and(|known| !are_one_county(known, &county.value));
        if let Some(difference) = in_another_land(county.at, &differs) {
            return Some(difference);
        }
    }
    if let Some(spot) = &draft.spot {
        let differs = |other: &Container| other.spot.as_ref().is_some_and(|known| is_other_spot(known, &spot.value));
        if let Some(other) = attested.iter().find(|other| differs(&other.within)) {
            let right = other.within.spot.as_ref().map(spot_words);
            return Some(Difference { wrong: spot.at, right, said: format!("as “{}”", other.words), evidence: evidence(&differs) });
        }
    }
    let own = draft.container();
    if let Some(side) = draft.side.as_ref().filter(|_| own.region.is_some() || own.county.is_some()) {
        let differs = |other: &Container| {
            let same = other.region == own.region && other.county == own.county;
            same && other.side.is_some_and(|known| known.is_opposite(side.value))
        };
        if let Some(other) = attested.iter().find(|other| differs(&other.within)) {
            let right = other.within.side.map(|known| side_like(case.document.words(side.at), known));
            let said = format!("in {}", other.words);
            return Some(Difference { wrong: side.at, right, said, evidence: evidence(&differs) });
        }
    }
    if let Some(side) = draft.side.as_ref().filter(|_| draft.region.is_none() && draft.county.is_none()) {
        // Beside a source's "eastern" a "southern" may be as true, unless the map says no.
        let denied = known.iter().any(|place| side_of(place).is_some_and(|at| towards(side.value, at) < BORNE_OUT));
        let differs = |other: &Container| {
            let said = other.side.filter(|_| other.region.is_none() && other.county.is_none());
            said.is_some_and(|known| known.is_opposite(side.value) || known != side.value && denied && !shares(known, side.value))
        };
        if let Some(other) = attested.iter().find(|other| differs(&other.within)) {
            let right = other.within.side.map(|known| side_like(case.document.words(side.at), known));
            let said = format!("in {}", other.words);
            return Some(Difference { wrong: side.at, right, said, evidence: evidence(&differs) });
        }
    }
    let country = draft.country.as_ref()?;
    let differs = |other: &Container| other.country.is_some_and(|known| known != country.value);
    let other = attested.iter().find(|other| differs(&other.within))?;
    let code = other.within.country?;
    // A source with a claim of its own, and towns that neighbours call alike, unless both are in the news of the same days.
    let is_news = days_between(case.today, other.citation.source.published).is_some_and(|days| days <= DAYS_OF_NEWS);
    let alike = || known.is_empty() && !is_news && share_place_names(code, country.value);
    if known.iter().any(|place| is_claimed(place, country.value)) || alike() {
        return None;
    }
    let said = format!("in {}", other.words);
    let (wrong, right) = with_article(case, country.at, code);
    Some(Difference { wrong, right, said, evidence: evidence(&differs) })
}

/// A country's name in place of another one, with the article that each takes: "in the Netherlands", "in Belgium".
fn with_article(case: &Case<'_>, at: ProseSpan, code: &str) -> (ProseSpan, Option<String>) {
    if is_demonym(case.document.words(at)) {
        return (at, country_name(code));
    }
    let right = country_name(code);
    let text = &case.document.block(at).text;
    let before = text.get(..at.span.start as usize).unwrap_or_default();
    let has = before.ends_with(" the ");
    match (has, takes_article(code)) {
        (true, false) => (ProseSpan { span: Span::new(at.span.start.saturating_sub("the ".len() as u32), at.span.end), ..at }, right),
        (false, true) => (at, right.map(|name| format!("the {name}"))),
        _ => (at, right),
    }
}

/// A side as the draft writes one: "north-east" in place of "south-west", "northern" in place of "southern".
fn side_like(written: &str, side: Side) -> String {
    let adjective = side.adjective();
    let form = if written.ends_with("ern") { adjective } else { adjective.strip_suffix("ern").unwrap_or(adjective) };
    if written.contains('-') { form.to_owned() } else { form.replace('-', "") }
}

/// A region as a source writes it, but not in short where the draft has one in full.
fn land_like(written: &str, attested: Option<&str>) -> Option<String> {
    let attested = attested?;
    let full = shortened_state(attested).filter(|(_, length)| *length == attested.len() && !written.ends_with('.'));
    Some(full.map_or(attested, |(state, _)| state).to_owned())
}

/// One county, or one within what is left of the other's name: "Yorkshire" and "North Yorkshire".
fn are_one_county(one: &str, other: &str) -> bool {
    one == other || one.split(' ').any(|word| word == other) || other.split(' ').any(|word| word == one)
}

/// Whether nothing lies at both.
fn is_other_spot(one: &Spot, other: &Spot) -> bool {
    match (one, other) {
        (Spot::Most(one), Spot::Most(other)) => one != other,
        (Spot::On(one, edge), Spot::On(other, same)) => edge == same && one.is_opposite(*other),
        _ => false,
    }
}

fn spot_words(spot: &Spot) -> String {
    match spot {
        Spot::Most(side) => format!("{}most", side.adjective()),
        Spot::On(side, _) => side.adjective().to_owned(),
    }
}

/// A sea that the sources put a place on, all of them on one body of water and the draft on another.
fn by_the_sea(sea: &Part<String>, attested: &[PlacementAttestation]) -> Option<Difference> {
    let on_seas: Vec<(&String, &PlacementAttestation)> = attested.iter().filter_map(|one| Some((one.within.sea.as_ref()?, one))).collect();
    let &(right, other) = on_seas.first()?;
    let is_one = on_seas.iter().all(|(one, _)| body_of_water(one) == body_of_water(right));
    let differs = body_of_water(&sea.value) != body_of_water(right);
    let evidence = on_seas.iter().map(|(_, one)| one.citation.clone()).collect();
    let said = format!("on the {}", other.within.sea.as_deref().unwrap_or(right));
    (is_one && differs).then(|| Difference { wrong: sea.at, right: Some(right.clone()), said, evidence })
}

/// One of two sides is a part of the other: "eastern", "south-eastern".
fn shares(a: Side, b: Side) -> bool {
    a.north == b.north && a.north != 0 || a.east == b.east && a.east != 0
}

fn country_name(code: &str) -> Option<String> {
    country_of_code(code).map(|place| place.name.to_owned())
}

fn by_the_gazetteer(draft: &Placement, known: &[&'static Place]) -> Option<Difference> {
    if draft.county.is_some() || draft.spot.is_some() {
        return None;
    }
    let largest = known.iter().copied().max_by_key(|place| place.population)?;
    let found = |wrong: ProseSpan, right: Option<String>, said: String| Some(Difference { wrong, right, said, evidence: Vec::new() });
    if let Some(region) = draft.region.as_ref() {
        // In some countries there is a town of every name in every state.
        let countries = countries_of_region(&region.value);
        let alone = known.len() == 1 && countries.as_slice() == [largest.country];
        if !alone || largest.population < TOWN || is_settled(largest.country) {
            return None;
        }
        return found(region.at, Some(largest.region.to_owned()), format!("in {}", largest.region));
    }
    if let Some(country) = draft.country.as_ref().filter(|country| known.iter().all(|place| place.country != country.value)) {
        let own = is_settled(country.value) || known.iter().any(|place| is_claimed(place, country.value));
        let plain = largest.population >= LARGE_CITY || largest.population >= TOWN && !share_place_names(largest.country, country.value);
        let name = country_name(largest.country)?;
        return if own || !plain { None } else { found(country.at, Some(name.clone()), format!("in {name}")) };
    }
    let side = draft.side.as_ref()?;
    let within: Vec<&Place> = known
        .iter()
        .copied()
        .filter(|place| draft.country.as_ref().map_or(known.len() == 1, |country| country.value == place.country))
        .collect();
    let denied = |place: &&Place| side_of(place).is_some_and(|at| denies(side.value, at));
    if within.is_empty() || !within.iter().all(denied) {
        return None;
    }
    let (north, east) = side_of(within[0])?;
    let step = |at: f32| {
        if at > AT_A_SIDE {
            1
        } else if at < -AT_A_SIDE {
            -1
        } else {
            0
        }
    };
    let right = Side { north: step(north), east: step(east) };
    let name = country_name(within[0].country)?;
    let words = right.adjective();
    found(side.at, (words != "central").then(|| words.to_owned()), format!("in {words} {name}"))
}

/// Whether a place lies plainly on the other side.
fn denies(side: Side, (north, east): (f32, f32)) -> bool {
    f32::from(side.north) * north < DENIED || f32::from(side.east) * east < DENIED
}

/// Countries where there is a town of every name, called after one elsewhere.
fn is_settled(country: &str) -> bool {
    data::SETTLED_COUNTRIES.words().any(|settled| settled == country)
}

fn report(case: &Case<'_>, named: &Named<'_>, placement: &Placement, difference: &Difference) -> Vec<Finding> {
    let Difference { wrong, right, said, evidence } = difference;
    let who = if evidence.is_empty() { "The gazetteer".to_owned() } else { who_says(evidence) };
    let verb = verb(evidence, "puts", "put");
    let name = &named.subject.name;
    let said = if said.strip_prefix("in ") == Some(name) { "in the region of that name" } else { said };
    let message = format!("{who} {verb} {name} {said}; the draft has “{}”", case.document.words(placement.at));
    let written = case.document.words(*wrong);
    // "The Danish capital" becomes "the Norwegian capital".
    let adjective = right.as_deref().and_then(nation).and_then(|nation| by_code(nation.code)).map(|words| words.adjective);
    let right = if is_demonym(written) { adjective } else { right.as_deref() };
    match right.filter(|right| *right != written) {
        Some(right) => spelling::finding(case, &RULE, &[*wrong], right, &message, evidence),
        None => spelling::finding(case, &RULE, &[*wrong], written, &message, evidence)
            .into_iter()
            .map(|finding| Finding { fixes: Vec::new(), ..finding })
            .collect(),
    }
}
