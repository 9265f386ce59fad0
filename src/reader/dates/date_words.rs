//! The words that say that what stands behind them is a date, as `data/date_words.tsv` has them.

use crate::text::word_classes;

word_classes! {
    pub(super) static DATE_WORDS: DateWords from data::DATE_WORDS;
    opener,
    before_month,
    before_year,
    surely_before_year,
    before_old_year,
    before_day_and_month,
    before_holiday,
    other_church,
    joining,
}
