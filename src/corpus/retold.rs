//! Whether one text was written from another, as a rewrite of agency copy or a summary is: then what it says was taken from there.

use super::Gist;
use crate::reader::days_between;
use crate::thresholds::{DAYS_TO_WRITE_FROM, LONG_DRAFT, SHARED_BY_CHANCE, WORDS_TO_BELIEVE, WRITTEN_FROM};

impl Gist {
    /// How far it was written from `source`, by its words: from nought to one. Not from one of another month, where the days are known.
    pub fn retells(&self, source: &Self) -> f64 {
        let other_month = days_between(self.published, source.published).is_some_and(|days| days > DAYS_TO_WRITE_FROM);
        if other_month || self.length > LONG_DRAFT {
            return 0.0;
        }
        let (from, to) = WRITTEN_FROM;
        ((self.part_from(source) - from) / (to - from)).clamp(0.0, 1.0)
    }

    /// What part of the words of this text stand in `source` too, or the most that can; from nought to one. The fewer there are, the closer
    /// it comes to what reports of one event share by chance.
    fn part_from(&self, source: &Self) -> f64 {
        let part = |shared: usize| {
            let count = |words: usize| f64::from(words as u32);
            (count(shared) + SHARED_BY_CHANCE * WORDS_TO_BELIEVE) / (count(self.words.hashes.len()) + WORDS_TO_BELIEVE)
        };
        // A long text can't be from a short one, whatever its words.
        let most = part(source.words.hashes.len());
        if most < WRITTEN_FROM.0 { most } else { part(self.words.shared(&source.words).count()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::read;

    const REPORT: &str = "The lightship at Larsund will be moved ashore in spring, the harbour board decided. Rust has eaten into her \
        keel, director Siv Aasland said, and lifting her takes a crane that is booked until April.";

    fn gist(text: &str) -> Gist {
        Gist::of(&read(&Document::parse(text.into(), Format::Plain)), None)
    }

    #[test]
    fn nobody_writes_from_a_report_of_another_month() {
        let on = |day: &str| Gist { published: day.parse().ok(), ..gist(REPORT) };
        let retells = |day: &str| on(day).retells(&on("2024-03-01")) > 0.0;
        assert!(retells("2024-03-01") && retells("2024-03-20") && retells("2024-02-20"));
        assert!(!retells("2024-05-01") && !retells("2023-03-01"));
    }

    #[test]
    fn a_summary_has_its_words_from_what_it_summarises() {
        let summary = gist("Rust has eaten into the keel of the Larsund lightship, which will be moved ashore by crane in April.");
        let other =
            gist("Divers found the wreck off Larsund in April, with holes in her keel and no trace of the crew that took to the boats.");
        assert!(summary.part_from(&gist(REPORT)) > 0.65);
        assert!(other.part_from(&gist(REPORT)) < 0.5);
    }

    #[test]
    fn few_words_tell_little() {
        let (short, whole) = (gist("Rust has eaten into her keel."), gist(REPORT));
        assert!((Gist::default().part_from(&whole) - SHARED_BY_CHANCE).abs() < 1e-9);
        assert!(short.part_from(&whole) < whole.part_from(&whole));
    }
}
