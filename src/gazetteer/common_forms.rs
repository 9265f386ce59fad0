//! How common the words of news are: two texts that share a rare one are sooner about one thing than two that share "government".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::text::stable_hash;

/// The part of all articles in which a word is taken to stand that the table hasn't.
const UNHEARD_OF: f64 = 0.004;

/// How rare a word in lower case is in articles of news, by its hash: from nought, for one that stands in all, to one.
pub fn how_rare(word: u32) -> f64 {
    static FORMS: LazyLock<FxHashMap<u32, f64>> = LazyLock::new(|| {
        let rare = |percent: f64| (1.0 / (percent / 100.0 + UNHEARD_OF)).ln().max(0.0) / (1.0 / UNHEARD_OF).ln();
        let row = |[form, percent]: [&str; 2]| Some((stable_hash(&[form]) as u32, rare(percent.parse().ok()?)));
        data::COMMON_FORMS.rows().filter_map(row).collect()
    });
    FORMS.get(&word).copied().unwrap_or(1.0)
}

/// The same of a word as it is written, in lower case.
pub fn how_rare_is(word: &str) -> f64 {
    how_rare(stable_hash(&[word]) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_every_report_is_common() {
        assert!(how_rare_is("the") < 0.05 && how_rare_is("government") < how_rare_is("howitzer"));
        assert!((how_rare_is("larsund") - 1.0).abs() < 1e-9);
    }
}
