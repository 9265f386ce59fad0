//! The words in names and beside them that are compared as they are written, as `data/beside_names.tsv` has them. Those that are compared in
//! lower case are [`crate::gazetteer::WordClass`]es.

use crate::text::word_classes;

word_classes! {
    pub(super) static BESIDE_NAMES: BesideNames from data::BESIDE_NAMES;
    no_particle,
    no_first_particle,
    capital_particle,
    given_or_calendar,
    opening,
    determiner,
    of_person,
    before_apposition,
    no_syllable,
    given_syllable,
    hungarian_given,
    body,
    owner,
    no_initial,
    address_of_man,
    address_of_woman,
}
