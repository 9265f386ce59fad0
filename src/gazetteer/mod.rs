//! Reference tables built in: countries and cities, units, roles, names. Read-only, without any text of an article.

pub mod calendar;
pub mod common_forms;
pub mod contrasts;
mod english;
mod folded_names;
mod geography;
mod name_words;
pub mod stored;
pub mod holidays;
pub mod nations;
mod nicknames;
mod office_holders;
mod ordinals;
mod organisations;
mod past_words;
mod person_names;
pub mod phrase_table;
pub mod phrases;
mod places;
pub mod roles;
mod seas;
pub mod terms;
mod title_keys;
pub mod units;
mod romanisation;
mod romanised_words;

pub use english::English;
pub use geography::{
    is_claimed, is_county, is_disputed, is_romanised, position_in_country, share_place_names, shortened_state, takes_article,
};
pub use name_words::{WordClass, may_have_class, token_class, word_class};
pub use nicknames::may_be_one_given_name;
pub use office_holders::{OfficeHolder, OfficeRecord, holders_of, is_leader, offices_of};
pub use ordinals::is_ordinal_ending;
pub use organisations::{acronyms_of, is_known_organisation, is_metonym};
pub use past_words::is_past_word;
pub use person_names::{NameUse, Sex, differ_in_sex, name_use, sex_of, surname_ending, surname_language};
pub use places::{Place, PlaceKind, country_of_code, exonyms, is_demonym, near_place, places};
pub use romanisation::{Romanised, Script, Skeleton, is_whole_romanisation, same_name, script_of};
pub use romanised_words::without_prefix;
pub use seas::body_of_water;
pub use title_keys::title_keys;
