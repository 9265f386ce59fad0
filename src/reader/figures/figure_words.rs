//! The words beside a number that say how it is to be read, as `data/figure_words.tsv` has them.

use crate::text::word_classes;

word_classes! {
    pub(super) static FIGURE_WORDS: FigureWords from data::FIGURE_WORDS;
    vague,
    before_part,
    comparing,
    one_of_two,
    behind_half,
    before_second,
    spanning,
    before_unit,
    currency_or_not,
    of_angle,
    of_length,
    of_mass,
    unit_or_not,
    of_whole,
    of_others,
    before_pronoun,
    pointing_back,
    clock,
    to_come,
    over,
    differing,
    change_noun,
    changing,
    bounding,
    tallying,
    amounting,
    behind_amounting,
    turning_age,
    clause_opener,
    auxiliary,
}
