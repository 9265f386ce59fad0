//! Reference tables built in: countries and cities, units, roles, names. Read-only, without any text of an article.

mod english;
mod folded_names;
mod geography;
mod name_words;
pub mod holidays;
pub mod nations;
mod nicknames;
mod office_holders;
mod organisations;
mod past_words;
mod person_names;
pub mod phrase_table;
pub mod phrases;
mod places;
pub mod roles;
pub mod terms;
pub mod units;
mod romanisation;

pub use english::English;
pub use geography::{is_claimed, is_romanised, position_in_country, share_place_names};
pub use name_words::{WordClass, word_class};
pub use nicknames::may_be_one_given_name;
pub use office_holders::{OfficeHolder, OfficeRecord, holders_of, is_leader, offices_of};
pub use organisations::{acronyms_of, is_known_organisation, is_metonym};
pub use past_words::is_past_word;
pub use person_names::{NameUse, Sex, differ_in_sex, name_use, sex_of, surname_ending, surname_language};
pub use places::{Place, PlaceKind, country_of_code, exonyms, is_demonym, near_place, places};
pub use romanisation::{Script, Skeleton, is_whole_romanisation, same_name, script_of};

/// The first columns of a table's row; those it doesn't have are empty.
fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = [""; N];
    let mut rest = Some(line);
    for column in &mut columns {
        let Some(line) = rest else { break };
        let end = line.bytes().position(|byte| byte == b'\t');
        *column = &line[..end.unwrap_or(line.len())];
        rest = end.map(|end| &line[end + 1..]);
    }
    columns
}

/// The lines of a table that hold something.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The rows of a table: its lines without comments, split at tabs.
fn rows(table: &'static str) -> impl Iterator<Item = std::str::Split<'static, char>> {
    lines(table).map(|line| line.split('\t'))
}
