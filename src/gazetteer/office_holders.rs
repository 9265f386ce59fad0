//! Who holds which office: heads of state and government and the US Congress as of the day that `data/officeholders.tsv` was
//! made, and those who led a country before (`data/former_leaders.tsv`).

use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::data;
use crate::text::{folded, name_key};

/// One person in one office for one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHolder {
    /// As the news writes the name.
    pub person: &'static str,
    pub surname: &'static str,
    /// Of `data/roles.tsv`.
    pub role: &'static str,
    /// Acting, interim or caretaker.
    pub is_acting: bool,
    /// ISO 3166, two letters.
    pub country: &'static str,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// The day of which this is true: nothing is claimed for later ones.
    pub as_of: Date,
    pub record: OfficeRecord,
    /// The line in the record's table, starting at 0.
    pub line: u32,
}

impl OfficeHolder {
    /// The records of the US Congress have the presidents as well.
    fn leads_a_country(&self) -> bool {
        self.record != OfficeRecord::Congress || self.role == "president"
    }
}

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfficeRecord {
    Factbook,
    Congress,
    /// Written by hand for copydesk.
    FormerLeaders,
}

#[derive(Debug, Default)]
struct Holders {
    all: Vec<OfficeHolder>,
    by_name: FxHashMap<String, Vec<u32>>,
    by_office: FxHashMap<(&'static str, &'static str), Vec<u32>>,
    /// Folded surnames of those who lead a country, or did.
    leaders: FxHashSet<String>,
}

static HOLDERS: LazyLock<Holders> = LazyLock::new(Holders::load);

/// The offices of whom a full name may mean.
pub fn offices_of(name: &str) -> impl Iterator<Item = &'static OfficeHolder> {
    HOLDERS.by_name.get(&name_key(name)).into_iter().flatten().map(|&at| &HOLDERS.all[at as usize])
}

/// Whether a name is that of somebody who leads or led a country: the full one or, as the news writes it, the surname alone.
pub fn is_leader(name: &str) -> bool {
    if name.contains(' ') {
        return offices_of(name).any(OfficeHolder::leads_a_country);
    }
    HOLDERS.leaders.contains(&folded(name))
}

/// Those who hold or held an office of a country.
pub fn holders_of(role: &str, country: &str) -> Vec<&'static OfficeHolder> {
    HOLDERS.by_office.get(&(role, country)).into_iter().flatten().map(|&at| &HOLDERS.all[at as usize]).collect()
}

impl Holders {
    fn load() -> Self {
        let mut holders = Self::default();
        for (row, line) in data::OFFICEHOLDERS.rows().zip(1..) {
            let [person, surname, others, role, modifier, country, _, since, until, as_of, record] = row;
            let Some(as_of) = last_day(as_of) else { continue };
            let record = if record == "congress" { OfficeRecord::Congress } else { OfficeRecord::Factbook };
            let (since, until) = (first_day(since), last_day(until));
            let is_acting = !modifier.is_empty();
            holders.add(OfficeHolder { person, surname, role, is_acting, country, since, until, as_of, record, line }, others);
        }
        // The factbook says who leads these countries now, and so that the others don't.
        let as_of = holders.all.iter().filter(|holder| holder.record == OfficeRecord::Factbook).map(|holder| holder.as_of).max();
        for ([person, surname, others, role, country, since, until], line) in data::FORMER_LEADERS.rows().zip(1..) {
            let Some(as_of) = as_of else { break };
            let holder = OfficeHolder {
                person,
                surname,
                role,
                is_acting: false,
                country,
                since: first_day(since),
                until: last_day(until),
                as_of,
                record: OfficeRecord::FormerLeaders,
                line,
            };
            holders.add(holder, others);
        }
        holders
    }

    fn add(&mut self, holder: OfficeHolder, others: &'static str) {
        let at = self.all.len() as u32;
        let mut keys: Vec<String> = std::iter::once(holder.person).chain(others.split('|')).map(name_key).collect();
        keys.sort();
        keys.dedup();
        // One word alone is anybody's name.
        for key in keys.into_iter().filter(|key| key.contains(' ')) {
            self.by_name.entry(key).or_default().push(at);
        }
        if holder.leads_a_country() && !holder.surname.contains(' ') {
            self.leaders.insert(folded(holder.surname));
        }
        self.by_office.entry((holder.role, holder.country)).or_default().push(at);
        self.all.push(holder);
    }
}

/// The first day of an ISO date of some precision.
fn first_day(written: &str) -> Option<Date> {
    match written.len() {
        4 => format!("{written}-01-01").parse().ok(),
        7 => format!("{written}-01").parse().ok(),
        _ => written.parse().ok(),
    }
}

fn last_day(written: &str) -> Option<Date> {
    let first = first_day(written)?;
    Some(match written.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_by_holder_and_holders_by_office() {
        let day = jiff::civil::date;
        let offices: Vec<_> = offices_of("Emmanuel Macron").map(|holder| (holder.role, holder.country, holder.since)).collect();
        assert_eq!(offices, [("president", "FR", Some(day(2017, 5, 14)))]);
        let holders: Vec<_> = holders_of("president", "FR").into_iter().map(|holder| (holder.surname, holder.until)).collect();
        assert!(holders.contains(&("Macron", None)) && holders.contains(&("Sarkozy", Some(day(2012, 5, 15)))), "{holders:?}");
        assert_eq!(offices_of("Macron").count(), 0);
    }

    #[test]
    fn terms_are_sound_and_no_leader_of_the_past_is_still_in_office() {
        for holder in &HOLDERS.all {
            assert!(holder.since.is_none_or(|since| since <= holder.until.unwrap_or(holder.as_of)), "{holder:?}");
            if holder.record == OfficeRecord::FormerLeaders {
                assert!(holder.until < Some(holder.as_of), "{holder:?}");
                for now in holders_of(holder.role, holder.country).into_iter().filter(|other| other.until.is_none()) {
                    // Records differ by days over when one term ended and the next began.
                    let after = now.since.zip(holder.until).is_none_or(|(since, until)| (until - since).get_days() <= 31);
                    assert!(now.person != holder.person && after, "{holder:?} {now:?}");
                }
            }
        }
    }
}
