//! Whether one text was written from another, as a rewrite of agency copy or a summary is: then what it says was taken from there.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::reader::{Agreement, DateMention, Figure, MentionKind, Reading, compare_dates, compare_on, days_between};
use crate::thresholds::{DAYS_TO_WRITE_FROM, LONG_DRAFT, SHARED_BY_CHANCE, WORDS_TO_BELIEVE, WRITTEN_FROM};

/// What a text says, as far as it takes to see whether another one retells it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Hashes of its words, in ascending order.
    words: Box<[u32]>,
    figures: Box<[Arc<Figure>]>,
    dates: Box<[DateMention]>,
    /// Its own date.
    published: Option<Date>,
}

impl Account {
    /// The account of a draft; none for one so long that nobody wrote it from a single source.
    pub fn of_draft(reading: &Reading, today: Option<Date>) -> Option<Self> {
        let words: usize = reading.blocks.iter().map(|block| block.word_hashes().count()).sum();
        (words <= LONG_DRAFT).then(|| Self::of(reading, today))
    }

    pub fn of(reading: &Reading, published: Option<Date>) -> Self {
        let mut words: Vec<u32> = reading.blocks.iter().flat_map(|block| block.word_hashes()).collect();
        words.sort_unstable();
        words.dedup();
        let (mut figures, mut dates) = (Vec::new(), Vec::new());
        for mention in &reading.mentions {
            match &mention.kind {
                MentionKind::Figure(figure) => figures.push(Arc::new(figure.figure.clone())),
                MentionKind::Date(date) => dates.push(*date),
                _ => {}
            }
        }
        Self { words: words.into(), figures: figures.into(), dates: dates.into(), published }
    }

    /// How far it was written from `source`, by its words: from nought to one. Not from one of another month, where the days are known.
    pub fn retells(&self, source: &Self) -> f64 {
        if days_between(self.published, source.published).is_some_and(|days| days > DAYS_TO_WRITE_FROM) {
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
            (count(shared) + SHARED_BY_CHANCE * WORDS_TO_BELIEVE) / (count(self.words.len()) + WORDS_TO_BELIEVE)
        };
        // A long text can't be from a short one, whatever its words.
        let most = part(source.words.len());
        if most < WRITTEN_FROM.0 { most } else { part(in_both(&self.words, &source.words)) }
    }

    /// Whether it gives this value, of whatever, which is told `today`.
    pub fn gives_figure(&self, figure: &Figure, today: Option<Date>) -> bool {
        self.figures.iter().any(|other| compare_on(figure, today, other, self.published) == Agreement::Agree)
    }

    /// Whether it gives this date, which is told from `today`.
    pub fn gives_date(&self, date: &DateMention, today: Option<Date>) -> bool {
        self.dates.iter().any(|other| compare_dates(date, today, other, self.published) == Agreement::Agree)
    }
}

/// How many numbers stand in both lists, each in ascending order.
fn in_both(one: &[u32], other: &[u32]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while left < one.len() && right < other.len() {
        let (a, b) = (one[left], other[right]);
        count += usize::from(a == b);
        left += usize::from(a <= b);
        right += usize::from(b <= a);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::read;

    const REPORT: &str = "The lightship at Larsund will be moved ashore in spring, the harbour board decided. Rust has eaten into her \
        keel, director Siv Aasland said, and lifting her takes a crane that is booked until April.";

    fn account(text: &str) -> Account {
        Account::of(&read(&Document::parse(text.into(), Format::Plain)), None)
    }

    #[test]
    fn nobody_writes_from_a_report_of_another_month() {
        let on = |day: &str| Account { published: day.parse().ok(), ..account(REPORT) };
        let retells = |day: &str| on(day).retells(&on("2024-03-01")) > 0.0;
        assert!(retells("2024-03-01") && retells("2024-03-20") && retells("2024-02-20"));
        assert!(!retells("2024-05-01") && !retells("2023-03-01"));
    }

    #[test]
    fn a_summary_has_its_words_from_what_it_summarises() {
        let summary = account("Rust has eaten into the keel of the Larsund lightship, which will be moved ashore by crane in April.");
        let other =
            account("Divers found the wreck off Larsund in April, with holes in her keel and no trace of the crew that took to the boats.");
        assert!(summary.part_from(&account(REPORT)) > 0.65);
        assert!(other.part_from(&account(REPORT)) < 0.5);
    }

    #[test]
    fn few_words_tell_little() {
        let (short, whole) = (account("Rust has eaten into her keel."), account(REPORT));
        assert!((Account::default().part_from(&whole) - SHARED_BY_CHANCE).abs() < 1e-9);
        assert!(short.part_from(&whole) < whole.part_from(&whole));
    }

    #[test]
    fn a_value_is_known_however_it_is_written() {
        let report = account("It cost 90 billion kroner and took two hours on 3 May 2024.");
        let draft = account("It cost 90bn kroner, or some say 80bn; it took 120 minutes in May 2024 or June 2024.");
        let known: Vec<bool> = draft.figures.iter().map(|figure| report.gives_figure(figure, None)).collect();
        assert_eq!(known, [true, false, true]);
        let known: Vec<bool> = draft.dates.iter().map(|date| report.gives_date(date, None)).collect();
        assert_eq!(known, [true, false]);
    }
}
