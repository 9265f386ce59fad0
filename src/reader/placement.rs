//! Where a text puts a place: "Larsund, in western Kenya", "the northern town of Larsund", "Larsund in Turkana region".

mod capitals;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::placement_words::PLACEMENT_WORDS;
use super::remembered::Remembered;
use super::side::{Side, Spot};
use super::{MentionId, MentionKind, Reading, SubjectKind};
use crate::document::{Document, ProseSpan};
use crate::gazetteer::nations::{self, NationWord};
use crate::gazetteer::stored;
use crate::gazetteer::terms::TermTables;
use crate::gazetteer::{PlaceKind, WordClass, body_of_water, is_county, places, shortened_state, word_class};
use crate::text::{Row, Span, TokenKind, folded};

/// One part of what is said to contain a place, with the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    pub value: T,
    pub at: ProseSpan,
}

/// What is said to contain a place, whatever the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// ISO 3166, two letters.
    #[serde(with = "stored::country")]
    pub country: Option<stored::Code>,
    /// A first-level division, folded and without its noun: "donetsk".
    pub region: Option<String>,
    /// A county, folded and without its noun: "durham".
    pub county: Option<String>,
    pub side: Option<Side>,
    /// The sea that it lies on, as the text has it.
    pub sea: Option<String>,
    pub spot: Option<Spot>,
}

/// A place put somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub place: MentionId,
    /// ISO 3166, two letters.
    pub country: Option<Part<&'static str>>,
    /// A first-level division, folded and without its noun: "donetsk".
    pub region: Option<Part<String>>,
    /// A county, folded and without its noun: "durham".
    pub county: Option<Part<String>>,
    pub side: Option<Part<Side>>,
    pub sea: Option<Part<String>>,
    pub spot: Option<Part<Spot>>,
    /// From the first of these words to the last.
    pub at: ProseSpan,
}

impl Placement {
    /// The same without where it stands.
    pub fn container(&self) -> Container {
        fn value<T: Clone>(part: Option<&Part<T>>) -> Option<T> {
            part.map(|part| part.value.clone())
        }
        Container {
            country: value(self.country.as_ref()),
            region: value(self.region.as_ref()),
            county: value(self.county.as_ref()),
            side: value(self.side.as_ref()),
            sea: value(self.sea.as_ref()),
            spot: value(self.spot.as_ref()),
        }
    }
}

/// Everywhere that a text puts a place inside something, outside quotations, in the order of the text.
pub fn placements(document: &Document, reading: &Reading) -> Vec<Placement> {
    reading.iter().filter_map(|(id, _)| placement(document, reading, id)).collect()
}

fn placement(document: &Document, reading: &Reading, id: MentionId) -> Option<Placement> {
    let mention = reading.mention(id);
    let MentionKind::Name(name) = &mention.kind else { return None };
    if mention.in_quote || reading.subject(name.subject).kind != SubjectKind::Place {
        return None;
    }
    let block = reading.blocks.get(mention.at.block as usize)?;
    let text = &document.block(mention.at).text;
    let first = block.tokens.partition_point(|token| token.span.start < mention.at.span.start);
    let end = first + block.tokens[first..].iter().take_while(|token| token.span.start < mention.at.span.end).count();
    let words = Words { row: Row { text, tokens: &block.tokens } };
    let find = || words.behind(first, end).or_else(|| words.before(first)).or_else(|| words.on_a_sea(first, end)).map(Arc::new);
    let found = block.places_put.of(Span::of(first..end), find);
    found.map(|found| found.of(id, mention.at.block))
}

/// Where the words of one block put the place at some of its tokens.
pub(super) type PlacesPut = Remembered<Span, Option<Arc<Found>>>;

/// What the words of a block say that contains a place, whichever block of a text that is.
#[derive(Debug, Default)]
pub(super) struct Found {
    country: Option<Said<&'static str>>,
    region: Option<Said<String>>,
    county: Option<Said<String>>,
    side: Option<Said<Side>>,
    sea: Option<Said<String>>,
    spot: Option<Said<Spot>>,
    at: Option<Span>,
}

/// A part of it with its words.
#[derive(Clone, Debug)]
struct Said<T> {
    value: T,
    at: Span,
}

impl Found {
    fn of(&self, place: MentionId, block: u32) -> Placement {
        fn part<T: Clone>(said: Option<&Said<T>>, block: u32) -> Option<Part<T>> {
            said.map(|said| Part { value: said.value.clone(), at: ProseSpan { block, span: said.at } })
        }
        Placement {
            place,
            country: part(self.country.as_ref(), block),
            region: part(self.region.as_ref(), block),
            county: part(self.county.as_ref(), block),
            side: part(self.side.as_ref(), block),
            sea: part(self.sea.as_ref(), block),
            spot: part(self.spot.as_ref(), block),
            at: ProseSpan { block, span: self.at.unwrap_or_default() },
        }
    }

    /// Whether it says more than a part of something that isn't named.
    const fn is_land(&self) -> bool {
        self.country.is_some() || self.region.is_some() || self.county.is_some()
    }
}

/// What a place can lie on a side of.
const EDGES: &[&str] = &["shore", "coast", "bank", "edge", "tip", "end", "outskirts", "flank", "slope", "bay"];

struct Words<'a> {
    row: Row<'a, 'a>,
}

/// Whether the words behind token `end` put what stands before it where only places are: ", in western Kenya", ", in the Kenyan province of",
/// ", in Lancashire", ", the northernmost of the islands", " on the northern shore".
pub(super) fn is_placed(row: Row<'_, '_>, end: usize) -> bool {
    let words = Words { row };
    let at = end + usize::from(words.is_comma(end));
    let in_side = || {
        let from = at + 1 + usize::from(row.piece(at + 1) == "the");
        let on_side = || words.side(from).is_some_and(|(_, next)| row.is_capitalised(next) || row.piece(next) == "of");
        row.piece(at) == "in" && (on_side() || at > end && (words.described(from).is_some() || words.county(from).is_some()))
    };
    words.spot(end).is_some() || in_side()
}

/// Whether a kind of settlement and "of" stand before token `first`: "the town of".
pub(super) fn is_called_a_settlement(row: Row<'_, '_>, first: usize) -> bool {
    first >= 2 && row.piece(first - 1) == "of" && PLACEMENT_WORDS.settlement.has(row.piece(first - 2))
}

impl Words<'_> {
    fn place(&self, from: usize, end: usize) -> Span {
        self.row.span(from, end)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.row.piece(at) == ","
    }

    fn follows_place_preposition(&self, first: usize) -> bool {
        first > 0 && word_class(&self.row.piece(first - 1).to_lowercase()).is(WordClass::BEFORE_PLACE)
    }

    /// ", in western Kenya", " in Turkana region", ", a town in the west of Kenya", ", Kenya", " (Turkana region)", " lies in Kenya".
    fn behind(&self, first: usize, end: usize) -> Option<Found> {
        if let Some(found) = self.spot(end).or_else(|| self.capital_behind(end)) {
            return Some(found);
        }
        if self.row.piece(end) == "(" {
            let (container, after) = self.container(end + 1)?;
            return (self.row.piece(after) == ")").then_some(container);
        }
        let end = end + self.lies(end);
        let comma = self.is_comma(end);
        let mut at = end + usize::from(comma);
        if comma && matches!(self.row.piece(at), "a" | "an" | "the") {
            let noun = (at + 1..at + 5).find(|&noun| PLACEMENT_WORDS.settlement.has(self.row.piece(noun)))?;
            at = noun + 1;
        }
        if self.row.piece(at) == "in" {
            at += 1;
            at += usize::from(self.row.piece(at) == "the");
            let (container, after) = self.container(at)?;
            // "backed by Nairobi in Uganda": without a comma or a preposition a capital is a government.
            let country_alone = container.region.is_none() && container.county.is_none() && container.side.is_none();
            let apart = !comma && country_alone && !self.follows_place_preposition(first);
            return (!apart && !self.is_compound(after)).then_some(container);
        }
        // "in Larsund, Kenya, on Friday", but not "Larsund, Kenya and Uganda".
        if !comma || at != end + 1 {
            return None;
        }
        let (container, after) = self.container(at)?;
        // "Omaha, Nebraska" is one place wherever it stands, "Larsund, Kenya" may be two.
        if !self.follows_place_preposition(first) && first > 0 && container.region.is_none() {
            return None;
        }
        let closes = after >= self.row.tokens.len() || matches!(self.row.piece(after), "," | "." | ";" | ")" | "(" | "—" | "–" | "-");
        let joins = matches!(self.row.piece(after + 1), "and" | "or") && self.row.is_capitalised(after + 2);
        let listed = joins || self.is_comma(after) && self.row.is_capitalised(after + 1);
        (closes && !listed && container.side.is_none()).then_some(container)
    }

    /// How many words behind a place say that it lies in what follows.
    fn lies(&self, end: usize) -> usize {
        let words = match self.row.piece(end) {
            "lies" | "lay" | "lying" | "located" | "situated" => 1,
            "is" | "was" if matches!(self.row.piece(end + 1), "located" | "situated") => 2,
            _ => 0,
        };
        if self.row.piece(end + words) == "in" { words } else { 0 }
    }

    /// ", on the Black Sea", " on the Black Sea coast", "the Black Sea port of", "the Black Sea region of" and a region's own "the Black Sea
    /// Turkana region".
    fn on_a_sea(&self, first: usize, end: usize) -> Option<Found> {
        let behind = end + usize::from(PLACEMENT_WORDS.division.has_in_any_case(self.row.piece(end)));
        let on = behind + usize::from(self.is_comma(behind)) + self.lies_on(behind + usize::from(self.is_comma(behind)));
        let is_on = self.row.piece(on) == "on" && self.row.piece(on + 1) == "the";
        let coast =
            on + 2 + if matches!(self.row.piece(on + 2), "coast" | "shore" | "shores") && self.row.piece(on + 3) == "of" { 3 } else { 0 };
        let found = if is_on { self.sea(coast) } else { None };
        let found = found
            .filter(|&(_, after)| !self.is_compound(after) && !self.goes_on_to_a_noun(after))
            .map(|(sea, _)| sea)
            .or_else(|| self.sea_before(first, end))?;
        Some(Found { at: Some(found.at), sea: Some(found), ..Found::default() })
    }

    /// "on the Mediterranean cruise": of a sea there is a coast, and all else is something else.
    fn goes_on_to_a_noun(&self, at: usize) -> bool {
        let word = self.row.piece(at);
        let is_small = TermTables::get().is_function_word(word);
        self.row.tokens.get(at).is_some_and(|token| token.is_word())
            && !is_small
            && !PLACEMENT_WORDS.coast.has(word)
            && !word.ends_with("ed")
    }

    fn lies_on(&self, at: usize) -> usize {
        usize::from(matches!(self.row.piece(at), "lies" | "lay" | "lying" | "located" | "situated"))
    }

    /// "the Black Sea port of" or "the Black Sea port" before a place, and "the Black Sea" before a region.
    fn sea_before(&self, first: usize, end: usize) -> Option<Said<String>> {
        let of = first.checked_sub(1).filter(|&of| self.row.piece(of) == "of").unwrap_or(first);
        let noun = of.checked_sub(1).filter(|&noun| {
            PLACEMENT_WORDS.settlement.has(self.row.piece(noun)) || PLACEMENT_WORDS.division.has_in_any_case(self.row.piece(noun))
        });
        let is_region = of == first && PLACEMENT_WORDS.division.has_in_any_case(self.row.piece(end));
        let until = noun.or(is_region.then_some(first))?;
        (1..=4).find_map(|length| self.sea(until.checked_sub(length)?).filter(|(_, after)| *after == until)).map(|(sea, _)| sea)
    }

    /// The sea that is named there, and the token behind it.
    fn sea(&self, at: usize) -> Option<(Said<String>, usize)> {
        (1..=4).rev().map(|length| at + length).find_map(|end| {
            let last = self.row.tokens.get(end - 1)?;
            let words = Span::new(self.row.tokens.get(at)?.span.start, last.span.end).text(self.row.text);
            let is_known = self.row.is_capitalised(at) && body_of_water(words).is_some();
            is_known.then(|| (Said { value: words.to_owned(), at: self.place(at, end) }, end))
        })
    }

    /// "the northern Kenyan town of" before the place.
    fn before(&self, first: usize) -> Option<Found> {
        if let Some(capital) = self.capital_before(first) {
            return Some(capital);
        }
        let noun = first
            .checked_sub(2)
            .filter(|&noun| self.row.piece(noun + 1) == "of" && PLACEMENT_WORDS.settlement.has(self.row.piece(noun)))?;
        let mut container = Found::default();
        let mut at = noun;
        // Walks back over "port" in "port city", the demonym, the side, and the country in the possessive.
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1) else { break };
            let token = self.row.tokens[before];
            let word = token.text(self.row.text);
            if token.kind == TokenKind::Possessive {
                let Some(name) = before.checked_sub(1) else { break };
                let nation = nations::nation(self.row.piece(name)).filter(|nation| nation.by == NationWord::Name)?;
                container.country = Some(Said { value: nation.code, at: self.place(name, name + 1) });
                at = name;
                break;
            } else if let Some(side) = Side::parse(word).filter(|_| word.ends_with("ern") || container.is_land() && !token.is_capitalised())
            {
                container.side = Some(Said { value: side, at: self.place(before, before + 1) });
            } else if token.is_capitalised()
                && let Some(nation) = nations::nation(word).filter(|nation| nation.by == NationWord::Demonym)
            {
                container.country = Some(Said { value: nation.code, at: self.place(before, before + 1) });
            } else if let Some((from, found)) = self.land_that_ends_at(before).filter(|_| !container.is_land()) {
                container = Found { side: container.side, ..found };
                at = from;
                continue;
            } else if !PLACEMENT_WORDS.settlement.has(word) && word != "-" {
                break;
            }
            at = before;
        }
        if !container.is_land() && container.side.is_none() || at == noun {
            return None;
        }
        container.at = Some(self.place(at, noun));
        Some(container)
    }

    /// ", the northernmost of the islands", " on the northern shore"
    fn spot(&self, end: usize) -> Option<Found> {
        let at = end + usize::from(self.is_comma(end));
        let found = |spot: Spot, from: usize, to: usize, last: usize| {
            Some(Found { spot: Some(Said { value: spot, at: self.place(from, to) }), at: Some(self.place(at, last)), ..Found::default() })
        };
        if at > end && self.row.piece(at) == "the" {
            let side = self.row.piece(at + 1).strip_suffix("most").filter(|stem| stem.ends_with("ern")).and_then(Side::parse)?;
            let noun = usize::from(self.row.piece(at + 2) != "of");
            return found(Spot::Most(side), at + 1, at + 2, at + 2 + noun);
        }
        if !(self.row.piece(at) == "on" && self.row.piece(at + 1) == "the") {
            return None;
        }
        let (side, noun) = self.side(at + 2)?;
        let edge = EDGES.contains(&self.row.piece(noun)).then(|| self.row.piece(noun).to_owned())?;
        found(Spot::On(side, edge), at + 2, noun, noun + 1)
    }

    /// The region or county whose name ends with token `last`, and its first token.
    fn land_that_ends_at(&self, last: usize) -> Option<(usize, Found)> {
        (0..3).rev().filter_map(|back| last.checked_sub(back)).find_map(|from| {
            let whole = |end: usize| (end == last + 1).then(|| self.place(from, end));
            if let Some((value, end, _)) = self.region(from) {
                let at = whole(end)?;
                return Some((from, Found { region: Some(Said { value, at }), ..Found::default() }));
            }
            let (value, end, _) = self.county(from)?;
            let at = whole(end)?;
            Some((from, Found { county: Some(Said { value, at }), ..Found::default() }))
        })
    }

    /// "in Kenya-backed", "in Kenya's capital": the words go on to mean something else.
    fn is_compound(&self, at: usize) -> bool {
        self.row
            .tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Possessive || !token.spaced && token.is_mark(self.row.text, &['-']))
    }

    /// What begins at `from`, and the token behind it.
    fn container(&self, from: usize) -> Option<(Found, usize)> {
        let mut container = Found::default();
        let mut at = from;
        let described = self.described(at);
        let is_described = described.is_some();
        if let Some((country, of)) = described {
            container.country = country;
            at = of;
        }
        // "Kenya's western Turkana region", "Kenya's west"
        if let Some((code, end)) = self.country(at)
            && self.row.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Possessive)
        {
            container.country = Some(Said { value: code, at: self.place(at, end) });
            at = end + 1;
        }
        if let Some((side, end)) = self.side(at) {
            container.side = Some(Said { value: side, at: self.place(at, end) });
            at = end;
            // "the west of Kenya"
            if self.row.piece(at) == "of" {
                at += 1 + usize::from(self.row.piece(at + 1) == "the");
            } else if container.country.is_some() && !self.row.is_capitalised(at) {
                container.at = Some(self.place(from, at));
                return Some((container, at));
            }
        }
        if let Some((region, end, named)) = self.region(at) {
            container.region = Some(Said { value: region, at: self.place(at, named) });
            at = end;
            if self.row.piece(at) == "of" || self.is_comma(at) {
                let next = at + 1;
                if let Some((code, end)) = self.country(next).filter(|_| container.country.is_none()) {
                    container.country = Some(Said { value: code, at: self.place(next, end) });
                    at = end;
                }
            }
        } else if let Some((county, end, named)) = self.county(at).or_else(|| is_described.then(|| self.capitals(at)).flatten()) {
            container.county = Some(Said { value: county, at: self.place(at, named) });
            at = end;
            if self.is_comma(at)
                && let Some((region, end, named)) = self.region(at + 1)
            {
                container.region = Some(Said { value: region, at: self.place(at + 1, named) });
                at = end;
            }
        } else if container.country.is_none() {
            let (code, end) = self.country(at)?;
            container.country = Some(Said { value: code, at: self.place(at, end) });
            at = end;
        } else {
            return None;
        }
        container.at = Some(self.place(from, at));
        Some((container, at))
    }

    /// "The northern Italian region of", with the country that it names and the token behind "of".
    fn described(&self, from: usize) -> Option<(Option<Said<&'static str>>, usize)> {
        let of = (from + 1..from + 5).find(|&at| self.row.piece(at) == "of")?;
        let noun = self.row.piece(of - 1);
        if !(PLACEMENT_WORDS.division.has_in_any_case(noun) || matches!(noun, "county" | "district")) {
            return None;
        }
        let mut country = None;
        for at in from..of - 1 {
            let nation = nations::nation(self.row.piece(at)).filter(|nation| nation.by == NationWord::Demonym);
            match nation {
                Some(nation) => country = Some(Said { value: nation.code, at: self.place(at, at + 1) }),
                None if Side::parse(self.row.piece(at)).is_some() => {}
                None => return None,
            }
        }
        Some((country, of + 1))
    }

    /// A county: its folded name, the token behind it, and the token behind its name alone. With its noun any will do.
    fn county(&self, at: usize) -> Option<(String, usize, usize)> {
        let from = at + usize::from(self.row.piece(at) == "County");
        (1..=3).rev().find_map(|length| {
            let end = from + length;
            let noun = matches!(self.row.piece(end), "County" | "county");
            let name = self.name(from, end)?;
            let known = is_county(&name) || noun || from > at && length == 1;
            known.then(|| (name, end + usize::from(noun), end))
        })
    }

    /// The capitalised words from token `at` on, up to three.
    fn capitals(&self, at: usize) -> Option<(String, usize, usize)> {
        (1..=3).rev().find_map(|length| self.name(at, at + length).map(|name| (name, at + length, at + length)))
    }

    /// The words of a name, folded; none where one of them is small, or another follows that belongs to it.
    fn name(&self, from: usize, end: usize) -> Option<String> {
        let capital = (from..end).all(|at| self.row.is_capitalised(at) && !is_county_noun(self.row.piece(at)));
        let whole = !self.row.is_capitalised(end) || is_county_noun(self.row.piece(end));
        (capital && whole).then(|| folded(self.row.span(from, end).text(self.row.text)))
    }

    fn side(&self, at: usize) -> Option<(Side, usize)> {
        let token = self.row.tokens.get(at)?;
        // "North Korea" is a name; a side is written small.
        if token.is_capitalised() {
            return None;
        }
        if self.row.piece(at + 1) == "-" && !self.row.tokens.get(at + 1)?.spaced {
            let both = format!("{}{}", self.row.piece(at), self.row.piece(at + 2));
            if let Some(side) = Side::parse(&both) {
                return Some((side, at + 3));
            }
        }
        Side::parse(self.row.piece(at)).map(|side| (side, at + 1))
    }

    fn country(&self, at: usize) -> Option<(&'static str, usize)> {
        if !self.row.is_capitalised(at) {
            return None;
        }
        (1..=4).rev().find_map(|length| {
            let end = at + length;
            let last = self.row.tokens.get(end - 1)?;
            let words = Span::new(self.row.tokens.get(at)?.span.start, last.span.end).text(self.row.text);
            let nation = nations::nation(words).filter(|nation| nation.by == NationWord::Name)?;
            // Georgia is a state of another country as well.
            let ambiguous = places(&folded(words)).any(|place| place.kind == PlaceKind::Region && place.country != nation.code);
            (!ambiguous).then_some((nation.code, end))
        })
    }

    /// A first-level division: its folded name, the token behind it, and the token behind its name alone. With its noun any
    /// will do, without it only what is no country or city as well.
    fn region(&self, at: usize) -> Option<(String, usize, usize)> {
        if !self.row.is_capitalised(at) {
            return None;
        }
        let start = self.row.tokens[at].span.start as usize;
        if let Some((state, length)) = self.row.text.get(start..).and_then(shortened_state) {
            let end = self.row.tokens.partition_point(|token| (token.span.start as usize) < start + length);
            return Some((folded(state), end, end));
        }
        (1..=3).rev().find_map(|length| {
            let end = at + length;
            let last = self.row.tokens.get(end - 1).filter(|last| !PLACEMENT_WORDS.division.has_in_any_case(last.text(self.row.text)))?;
            let key = folded(Span::new(self.row.tokens[at].span.start, last.span.end).text(self.row.text));
            let known = places(&key).any(|place| place.kind == PlaceKind::Region);
            let noun = self.row.is_of(end, &PLACEMENT_WORDS.division);
            let alone = places(&key).all(|place| matches!(place.kind, PlaceKind::Region | PlaceKind::Other));
            (known && (noun || alone)).then(|| (key, end + usize::from(noun), end))
        })
    }
}

fn is_county_noun(word: &str) -> bool {
    matches!(word, "County" | "county")
}
