//! The words and phrases that rules look for in a draft, as `data/rule_words.tsv` has them.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

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

/// Phrases that are looked for in each sentence, all of a kind at once.
pub(super) static STOCK_PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| finder(RULE_WORDS.stock_phrase.iter()));
pub(super) static TRADING: LazyLock<AhoCorasick> = LazyLock::new(|| finder(RULE_WORDS.trading.iter()));

fn finder(phrases: impl Iterator<Item = &'static str>) -> AhoCorasick {
    AhoCorasick::new(phrases).expect("the table is small")
}
