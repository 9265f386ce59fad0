//! The words and phrases that rules look for in a draft, as `data/rule_words.tsv` has them.

use crate::text::word_classes;

word_classes! {
    pub(super) static RULE_WORDS: RuleWords from data::RULE_WORDS;
    small,
    everybodys,
    turning,
    partial,
    part_of,
    stating_change,
    single,
    stating_age,
    when_of_age,
    to_year,
    stating_years,
    taking_up,
    belonging,
    telling_of_words,
    stock_phrase,
    denying,
    of_change,
    opening_whole,
    taking_rest,
    leaving_rest,
    remaining,
    in_all,
    making,
    summing,
    leaving_office,
    trading,
    knights_address,
    mans_address,
    womans_address,
}
