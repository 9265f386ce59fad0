//! What is kept in which table, and how numbers become keys that sort as they are looked for.

use redb::TableDefinition;
use serde::{Deserialize, Serialize};

use crate::corpus::store::Key;
use crate::gazetteer::terms::TermKey;

/// Changes whenever something is kept otherwise.
pub(super) const FORM: u32 = 1;

/// The articles that one blob of [`IDS`] names.
pub(crate) const IDS_A_BLOB: u32 = 1024;

/// The facts that are packed together.
pub(crate) const ROWS_A_GROUP: u32 = 8;

/// One row in [`META`].
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
/// The number of each source's article.
pub(crate) const SOURCES: TableDefinition<u64, u32> = TableDefinition::new("sources");
/// The sources of the articles and their days, a thousand a blob.
pub(crate) const IDS: TableDefinition<u32, &[u8]> = TableDefinition::new("ids");
/// What is known of articles as wholes.
pub(crate) const BRIEFS: TableDefinition<u32, &[u8]> = TableDefinition::new("briefs");
/// The sentences of articles.
pub(crate) const TEXTS: TableDefinition<u32, &[u8]> = TableDefinition::new("texts");
/// Facts, by the article and the number of the group.
pub(crate) const ROWS: TableDefinition<&[u8; 8], &[u8]> = TableDefinition::new("rows");
/// The places a key leads to, in blocks: the key and the first place, and how far it is from each place to the next.
pub(crate) const POSTINGS: TableDefinition<&[u8; 15], &[u8]> = TableDefinition::new("postings");
/// How many places there are under each key that has more than fill a block.
pub(crate) const COUNTS: TableDefinition<u64, u32> = TableDefinition::new("counts");
/// Ways of writing names, by their numbers.
pub(crate) const FORMS: TableDefinition<u64, &[u8]> = TableDefinition::new("forms");
/// Which forms a key of a name leads to: the key, how often the form is written, by powers of two from the top, and its number.
pub(crate) const NAMED: TableDefinition<&[u8; 17], ()> = TableDefinition::new("named");
/// How many times names are written with a word.
pub(crate) const WRITTEN: TableDefinition<u64, u32> = TableDefinition::new("written");
/// Names, abbreviations aside, from the best attested down, by how often they are written and their numbers.
pub(crate) const RANKED: TableDefinition<&[u8; 12], &str> = TableDefinition::new("ranked");
/// The words of names, each with the number of the form behind it.
pub(crate) const SPELT: TableDefinition<&[u8], ()> = TableDefinition::new("spelt");
/// What is counted over all sources, in drawers by the word.
pub(crate) const STATISTICS: TableDefinition<u16, &[u8]> = TableDefinition::new("statistics");
/// How many sources are of each day.
pub(super) const DAYS: TableDefinition<i32, u32> = TableDefinition::new("days");
/// What those who fill the archive keep beside the facts.
pub(super) const NOTES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("notes");

/// How much there is in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Meta {
    pub(crate) sources: u64,
    /// The shares of all sources in sum; see [`crate::corpus::Facts::share`].
    pub(crate) shares: u64,
    /// The number for the next article. None is given twice, so that what is known of one holds.
    pub(super) next: u32,
    pub(crate) figures: u32,
    pub(crate) dates: u32,
}

/// A fact by the number of its article and its index there, as it stands in [`POSTINGS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(pub(crate) u64);

impl Place {
    const BITS: u32 = 24;

    pub(super) const fn new(article: u32, at: u32) -> Self {
        Self((article as u64) << Self::BITS | at as u64)
    }

    #[cfg(feature = "postgres")]
    pub(crate) const fn numbered(number: u64) -> Self {
        Self(number)
    }

    pub(crate) const fn article(self) -> u32 {
        (self.0 >> Self::BITS) as u32
    }

    pub(crate) const fn at(self) -> u32 {
        self.0 as u32 & ((1 << Self::BITS) - 1)
    }
}

/// A source of more facts is none.
pub(super) const MOST_FACTS: usize = 1 << Place::BITS;

pub(super) fn posting(key: Key, place: Place) -> [u8; 15] {
    let mut bytes = [0; 15];
    bytes[..8].copy_from_slice(&key.number().to_be_bytes());
    bytes[8..].copy_from_slice(&place.0.to_be_bytes()[1..]);
    bytes
}

pub(crate) fn place_of(posting: &[u8; 15]) -> Place {
    let mut bytes = [0; 8];
    bytes[1..].copy_from_slice(&posting[8..]);
    Place(u64::from_be_bytes(bytes))
}

/// The key that leads to a place or a form, which stands first.
#[cfg(feature = "postgres")]
pub(crate) fn key_of(lead: &[u8]) -> u64 {
    lead.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The article of a group, and its number there.
#[cfg(feature = "postgres")]
pub(crate) fn article_of(group: [u8; 8]) -> (u32, u32) {
    let both = u64::from_be_bytes(group);
    ((both >> 32) as u32, both as u32)
}

pub(super) fn group_of(article: u32, group: u32) -> [u8; 8] {
    (u64::from(article) << 32 | u64::from(group)).to_be_bytes()
}

/// Under which key of a name a form stands, that is written so often.
pub(super) fn named(key: u64, count: u32, form: u64) -> [u8; 17] {
    let mut bytes = [0; 17];
    bytes[..8].copy_from_slice(&key.to_be_bytes());
    bytes[8] = rung(count);
    bytes[9..].copy_from_slice(&form.to_be_bytes());
    bytes
}

/// How many powers of two below the top a count is: names go up and down by whole rungs, so that one more mention hardly ever moves one.
pub(super) const fn rung(count: u32) -> u8 {
    count.leading_zeros() as u8
}

pub(crate) fn form_of(named: &[u8; 17]) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&named[9..]);
    u64::from_be_bytes(bytes)
}

pub(super) fn ranked(count: u32, form: u64) -> [u8; 12] {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&(!count).to_be_bytes());
    bytes[4..].copy_from_slice(&form.to_be_bytes());
    bytes
}

/// Stands in no text.
const END_OF_WORD: u8 = 0xff;

pub(super) fn spelt(word: &str, form: u64) -> Vec<u8> {
    let mut bytes = Vec::from(word);
    bytes.push(END_OF_WORD);
    bytes.extend(form.to_be_bytes());
    bytes
}

/// The form that stands behind a word.
pub(crate) fn form_behind(spelt: &[u8]) -> Option<u64> {
    spelt.last_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))
}

/// The drawer of the statistics that a word is in.
pub(super) const fn drawer(word: TermKey) -> u16 {
    word.drawer(4096) as u16
}

/// The bytes of an article in [`IDS`].
pub(crate) const AN_ID: usize = 12;

/// An article's source and its day, as they stand in [`IDS`].
pub(super) fn id_bytes(id: u64, day: Option<jiff::civil::Date>) -> [u8; AN_ID] {
    let mut bytes = [0; AN_ID];
    bytes[..8].copy_from_slice(&id.to_le_bytes());
    bytes[8..].copy_from_slice(&day.map_or(NO_DAY, day_number).to_le_bytes());
    bytes
}

pub(crate) fn id_of(bytes: &[u8; AN_ID]) -> (u64, Option<jiff::civil::Date>) {
    let (mut id, mut day) = ([0; 8], [0; 4]);
    id.copy_from_slice(&bytes[..8]);
    day.copy_from_slice(&bytes[8..]);
    let day = i32::from_le_bytes(day);
    (u64::from_le_bytes(id), if day == NO_DAY { None } else { day_of(day) })
}

/// No day has this number.
const NO_DAY: i32 = i32::MIN;

/// A day as a number that sorts as days do.
pub(crate) fn day_number(day: jiff::civil::Date) -> i32 {
    i32::from(day.year()) << 9 | i32::from(day.month()) << 5 | i32::from(day.day())
}

pub(crate) fn day_of(number: i32) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new((number >> 9) as i16, (number >> 5 & 15) as i8, (number & 31) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_days_come_back() {
        let place = Place::new(u32::MAX, 0x00ff_fffe);
        assert_eq!((place.article(), place.at()), (u32::MAX, 0x00ff_fffe));
        assert_eq!(place_of(&posting(Key::place("Larsund"), place)), place);
        for day in ["-000044-03-15", "0001-01-01", "1999-12-31", "2024-02-29"] {
            let day: jiff::civil::Date = day.parse().expect("a day");
            assert_eq!(day_of(day_number(day)), Some(day));
        }
        assert!(rung(1) > rung(2) && rung(2) == rung(3) && rung(3) > rung(4));
        assert!(ranked(3, 9) < ranked(2, 1) && ranked(2, 1) < ranked(2, 9));
    }
}
