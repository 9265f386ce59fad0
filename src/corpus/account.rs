//! What a text says as a whole, as far as it takes to see whether another one tells of the same event or was written from it.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::facts::{Fact, Said};
use crate::gazetteer::common_forms::how_rare;
use crate::reader::{Agreement, DateMention, Dimension, Figure, MentionKind, Reading, compare_dates, compare_on, days_between};
use crate::text::stable_hash;

/// What a text says as a whole, with each value and date that it gives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub gist: Gist,
    pub(super) figures: Box<[Arc<Figure>]>,
    pub(super) dates: Box<[DateMention]>,
}

/// Of what a text says as much as it takes to hold two of them against each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    /// Hashes of its words, those of names among them, and of the parts of the names of people, places and bodies.
    pub(super) words: Words,
    pub(super) names: Words,
    /// Hashes of the values it gives, in ascending order, each once; small whole numbers, which meet by chance, left out.
    pub(super) values: Box<[u32]>,
    /// How many words there are, each counted once for every block.
    pub(super) length: u32,
    /// Its own date.
    pub(super) published: Option<Date>,
}

/// Words of one text, and what they tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Words {
    /// Their hashes, in ascending order, each once.
    pub(super) hashes: Box<[u32]>,
    /// The sum of [`tells`] over them.
    pub(super) tell: f64,
}

/// An account as it is kept beside the facts of the same source: it gives most of its values by them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeanAccount {
    gist: Gist,
    figures: Vec<Given<Figure>>,
    dates: Vec<Given<DateMention>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Given<T> {
    /// What a fact says, by its index.
    ByFact(u32),
    Here(T),
}

impl LeanAccount {
    /// Of a source whose figures and dates are these of its facts.
    pub fn of(account: &Account, values: Range<u32>, facts: &[Arc<Fact>]) -> Self {
        let numbered = || values.clone().filter_map(|at| Some((at, &facts.get(at as usize)?.said)));
        let figures = numbered().filter_map(|(at, said)| if let Said::Figure(said) = said { Some((at, &*said.figure)) } else { None });
        let dates = numbered().filter_map(|(at, said)| if let Said::Date(said) = said { Some((at, &said.date)) } else { None });
        Self {
            gist: account.gist.clone(),
            figures: lean(account.figures.iter().map(|figure| &**figure), figures),
            dates: lean(account.dates.iter(), dates),
        }
    }

    /// The facts by which it gives values.
    pub fn facts(&self) -> impl Iterator<Item = u32> {
        let dates = self.dates.iter().filter_map(Given::fact);
        self.figures.iter().filter_map(Given::fact).chain(dates)
    }

    /// The account with what some facts say, among which are those of [`Self::facts`]; none where one is missing.
    pub fn whole<'f>(self, fact: impl Fn(u32) -> Option<&'f Fact>) -> Option<Account> {
        let figure = |given| match given {
            Given::Here(figure) => Some(Arc::new(figure)),
            Given::ByFact(at) => {
                if let Said::Figure(said) = &fact(at)?.said {
                    Some(said.figure.clone())
                } else {
                    None
                }
            }
        };
        let date = |given| match given {
            Given::Here(date) => Some(date),
            Given::ByFact(at) => {
                if let Said::Date(said) = &fact(at)?.said {
                    Some(said.date)
                } else {
                    None
                }
            }
        };
        let figures = self.figures.into_iter().map(figure).collect::<Option<_>>()?;
        Some(Account { gist: self.gist, figures, dates: self.dates.into_iter().map(date).collect::<Option<_>>()? })
    }
}

impl<T> Given<T> {
    const fn fact(&self) -> Option<u32> {
        match self {
            Self::ByFact(at) => Some(*at),
            Self::Here(_) => None,
        }
    }
}

/// Values in their order, by those among the facts' that are the same. Both are in the order of the text.
fn lean<'a, T: Clone + PartialEq + 'a>(values: impl Iterator<Item = &'a T>, facts: impl Iterator<Item = (u32, &'a T)>) -> Vec<Given<T>> {
    let facts: Vec<(u32, &T)> = facts.collect();
    let mut from = 0;
    let given = |value: &T| {
        let found = facts.iter().skip(from).position(|(_, fact)| *fact == value);
        found.map_or_else(
            || Given::Here(value.clone()),
            |behind| {
                from += behind + 1;
                Given::ByFact(facts[from - 1].0)
            },
        )
    };
    values.map(given).collect()
}

impl Account {
    /// The account of a text that was `published` on a day.
    pub fn of(reading: &Reading, published: Option<Date>) -> Self {
        let figures = figures(reading).map(|figure| Arc::new(figure.clone()));
        let dates =
            reading.mentions.iter().filter_map(|mention| if let MentionKind::Date(date) = &mention.kind { Some(*date) } else { None });
        Self { gist: Gist::of(reading, published), figures: figures.collect(), dates: dates.collect() }
    }

    /// Whether it gives this value, of whatever, which is told `today`.
    pub fn gives_figure(&self, figure: &Figure, today: Option<Date>) -> bool {
        self.figures.iter().any(|other| compare_on(figure, today, other, self.gist.published) == Agreement::Agree)
    }

    /// Whether it gives this date, which is told from `today`.
    pub fn gives_date(&self, date: &DateMention, today: Option<Date>) -> bool {
        self.dates.iter().any(|other| compare_dates(date, today, other, self.gist.published) == Agreement::Agree)
    }
}

impl Gist {
    /// The gist of a text that was `published` on a day.
    pub fn of(reading: &Reading, published: Option<Date>) -> Self {
        let words: Vec<u32> = reading.blocks.iter().flat_map(|block| block.word_hashes()).collect();
        let parts = reading.subjects.iter().flat_map(|subject| subject.key.split(' '));
        let names = parts.filter(|part| part.chars().nth(SHORTEST - 1).is_some()).map(|part| stable_hash(&[part]) as u32);
        Self {
            length: words.len() as u32,
            words: Words::of(words),
            names: Words::of(names.collect()),
            values: sorted(figures(reading).filter_map(value_hash).collect()),
            published,
        }
    }

    /// How many days lie between the two.
    pub fn days_from(&self, other: &Self) -> Option<i32> {
        days_between(self.published, other.published)
    }
}

fn figures(reading: &Reading) -> impl Iterator<Item = &Figure> {
    reading.mentions.iter().filter_map(|mention| if let MentionKind::Figure(figure) = &mention.kind { Some(&figure.figure) } else { None })
}

impl Words {
    fn of(hashes: Vec<u32>) -> Self {
        let hashes = sorted(hashes);
        Self { tell: hashes.iter().map(|&word| tells(word)).sum(), hashes }
    }

    /// Those that stand among others too.
    pub(super) fn shared<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = u32> + 'a {
        in_both(&self.hashes, &others.hashes)
    }
}

/// The numbers that stand in two lists, each of them in ascending order.
pub(super) fn in_both<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    // The longer list is searched, lest a long draft be gone through for every short source.
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut from = 0;
    few.iter().copied().filter(move |number| {
        from += many[from..].partition_point(|other| other < number);
        many.get(from) == Some(number)
    })
}

fn sorted(mut hashes: Vec<u32>) -> Box<[u32]> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}

/// Shorter parts of a name, "al" and "de", are in many.
const SHORTEST: usize = 3;

/// Whole numbers up to this of mere things are in every text.
const SMALL: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// A value whatever it is of, by the dimension in which it may be compared.
fn value_hash(figure: &Figure) -> Option<u32> {
    let (kind, value) = match figure.dimension {
        Dimension::Count | Dimension::Number => (Dimension::Number, figure.value),
        Dimension::Ratio => (Dimension::Percent, figure.value.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(2)),
        Dimension::Ordinal | Dimension::Age => return None,
        dimension => (dimension, figure.value),
    };
    let is_small = kind == Dimension::Number && value.abs() <= SMALL;
    (!is_small).then(|| stable_hash(&[kind.name(), &value.normalize().to_string()]) as u32)
}

/// How much it tells of two texts that they share a word, from nought to one.
pub(super) fn tells(word: u32) -> f64 {
    how_rare(word).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::read;

    fn account(text: &str) -> Account {
        Account::of(&read(&Document::parse(text.into(), Format::Plain)), None)
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

    #[test]
    fn words_are_shared_whichever_list_is_the_longer() {
        let words = |hashes: &[u32]| Words::of(hashes.to_vec());
        let (few, many) = (words(&[9, 4, 4]), words(&[1, 4, 7, 9, 12]));
        assert!(few.shared(&many).eq([4, 9]) && many.shared(&few).eq([4, 9]));
        assert_eq!(few.shared(&words(&[])).count(), 0);
    }

    #[test]
    fn names_are_counted_apart() {
        let report = account("Mara Aasland left Larsund in a heavy swell.").gist;
        assert_eq!((report.words.hashes.len(), report.names.hashes.len(), report.length), (6, 2, 6));
    }
}
