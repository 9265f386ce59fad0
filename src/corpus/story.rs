//! Whether two texts tell of one event: by the rare words and the names that they share, and by their days. What only looks alike, the same
//! desk's report of another flight, quarter or poll, has names and a day of its own.
//!
//! How much each sign counts was fitted to reports of one event and of others, `data/fit_story.py`.

use std::sync::LazyLock;

use crate::data;
use crate::reader::days_between;
use crate::thresholds::ONE_EVENT;

use super::Gist;
use super::account::{Words, in_both, tells};

/// What speaks for or against two texts telling of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorySign {
    /// One for any two.
    Given,
    /// Of the words of the text that has the fewer, by what they tell, the part that stands in the other; a logarithm.
    Shared,
    /// The same of the words of names, as a part.
    Names,
    /// How much the shared words of names tell in all, a logarithm.
    Naming,
    /// How many values both give, and how many more than one both could: reports of one event share most of theirs, and a slip in one is what
    /// is looked for. Logarithms.
    Agreed,
    Unshared,
    /// Their days lie in one week, or in one month, but not in three days; or farther apart. That one of them has none says nothing.
    Week,
    Month,
    Apart,
}

impl StorySign {
    pub const ALL: [Self; 9] =
        [Self::Given, Self::Shared, Self::Names, Self::Naming, Self::Agreed, Self::Unshared, Self::Week, Self::Month, Self::Apart];

    /// As the table of weights names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Shared => "shared",
            Self::Names => "names",
            Self::Naming => "naming",
            Self::Agreed => "agreed",
            Self::Unshared => "unshared",
            Self::Week => "week",
            Self::Month => "month",
            Self::Apart => "apart",
        }
    }
}

/// Each sign as far as it was seen.
pub type StorySigns = [f64; StorySign::ALL.len()];

/// So many parts of names are more than a reader's mistake.
const SEVERAL_NAMES: usize = 2;
/// As much of what words tell as it takes to believe the part that is shared as much as what any two texts share.
const FEW: f64 = 8.0;
const FEW_NAMES: f64 = 2.0;
/// The part of either that any two texts share.
const BY_CHANCE: f64 = 0.08;
const NAMES_BY_CHANCE: f64 = 0.1;

impl Gist {
    /// How much speaks for both telling of one event, a logarithm of odds.
    pub fn tells_of_the_same(&self, other: &Self) -> f64 {
        static WEIGHTS: LazyLock<StorySigns> = LazyLock::new(|| data::STORY.weights(StorySign::ALL.map(StorySign::name)));
        self.story_signs(other).iter().zip(&*WEIGHTS).map(|(sign, weight)| sign * weight).sum()
    }

    /// Whether both may tell of one event.
    pub fn may_be_one_event_with(&self, other: &Self) -> bool {
        !self.is_of_others_than(other) && self.tells_of_the_same(other) >= ONE_EVENT
    }

    /// Whether both name people, places or bodies, and none in common: however alike they are in all else, each tells of its own.
    pub fn is_of_others_than(&self, other: &Self) -> bool {
        let names_some = |gist: &Self| gist.names.hashes.len() >= SEVERAL_NAMES;
        names_some(self) && names_some(other) && self.names.shared(&other.names).next().is_none()
    }

    /// What that is reckoned from.
    pub fn story_signs(&self, other: &Self) -> StorySigns {
        let part = |one: &Words, other: &Words, few: f64, by_chance: f64| {
            let shared: f64 = one.shared(other).map(tells).sum();
            (shared, (shared + few * by_chance) / (one.tell.min(other.tell) + few))
        };
        let (_, words) = part(&self.words, &other.words, FEW, BY_CHANCE);
        let (naming, names) = part(&self.names, &other.names, FEW_NAMES, NAMES_BY_CHANCE);
        let mut signs = [0.0; StorySign::ALL.len()];
        let mut set = |sign: StorySign, value: f64| signs[sign as usize] = value;
        set(StorySign::Given, 1.0);
        set(StorySign::Shared, words.ln());
        set(StorySign::Names, names);
        set(StorySign::Naming, naming.ln_1p());
        let agreed = in_both(&self.values, &other.values).count();
        let most = self.values.len().min(other.values.len());
        set(StorySign::Agreed, f64::from(agreed as u32).ln_1p());
        set(StorySign::Unshared, f64::from(most.saturating_sub(agreed + 1) as u32).ln_1p());
        match days_between(self.published, other.published) {
            None | Some(..=3) => {}
            Some(..=14) => set(StorySign::Week, 1.0),
            Some(..=45) => set(StorySign::Month, 1.0),
            Some(_) => set(StorySign::Apart, 1.0),
        }
        signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::read;

    const REPORT: &str = "The ferry Sorrel ran aground off Larsund on Monday with 212 passengers, the coastguard said. Captain Siv Aasland \
        blamed a buoy that had drifted in the gale. Lifeboats from Tarbeg took everybody ashore.";
    const RETOLD: &str = "A drifting buoy led the Sorrel on to the rocks at Larsund, Captain Aasland told a hearing. Boats from Tarbeg took \
        off all who were aboard.";
    const SIBLING: &str = "The ferry Bramble ran aground off Ostvik on Monday with 96 passengers, the coastguard said. Captain Jens Moe \
        blamed a buoy that had drifted in the gale. Lifeboats from Brenna took everybody ashore.";

    fn gist(text: &str, day: &str) -> Gist {
        Gist::of(&read(&Document::parse(text.into(), Format::Plain)), day.parse().ok())
    }

    #[test]
    fn the_table_weighs_the_signs_that_there_are() {
        let mut signs = StorySign::ALL.map(StorySign::name);
        signs.sort_unstable();
        assert!(data::STORY.rows().map(|[name, _]| name).eq(signs));
    }

    #[test]
    fn one_event_is_known_in_other_words_and_another_in_the_same() {
        let report = gist(REPORT, "2024-03-04");
        let (retold, sibling) = (gist(RETOLD, "2024-03-06"), gist(SIBLING, "2024-03-04"));
        assert!(report.tells_of_the_same(&retold) > ONE_EVENT && report.may_be_one_event_with(&retold));
        assert!(report.is_of_others_than(&sibling) && sibling.is_of_others_than(&report) && !report.may_be_one_event_with(&sibling));
    }

    #[test]
    fn the_same_again_on_another_day_is_another_event() {
        let report = gist(REPORT, "2024-03-04");
        let on = |day: &str| report.tells_of_the_same(&gist(RETOLD, day));
        assert!(on("2024-03-05") > on("2024-04-01") && on("2024-04-01") > on("2025-03-04"));
        assert!((on("") - on("2024-03-05")).abs() < 1e-9, "that a text has no day says nothing");
    }

    #[test]
    fn it_is_the_same_from_either_side() {
        let (one, other) = (gist(REPORT, "2024-03-04"), gist(RETOLD, "2024-03-06"));
        assert!((one.tells_of_the_same(&other) - other.tells_of_the_same(&one)).abs() < 1e-9);
    }
}
