//! What two figures, or two dates, have in common in the words around them: what speaks for their being of the same thing.
//! How much each sign counts was fitted to reports of the same events, `data/fit_figure_likeness.py`.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::cues::Cues;
use super::telling::{Sums, Telling, closeness, weight_of};
use crate::data;
use crate::gazetteer::contrasts::exclude;
use crate::gazetteer::terms::TermKey;
use crate::reader::{Context, Hedge, PartialDate, days_between};

macro_rules! signs {
    ($($(#[$doc:meta])* $sign:ident = $name:literal,)*) => {
        /// What speaks for or against two contexts being of one thing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Sign { $($(#[$doc])* $sign,)* }

        impl Sign {
            pub const ALL: &[Self] = &[$(Self::$sign,)*];

            /// As the table of weights names it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$sign => $name,)* }
            }
        }
    };
}

signs! {
    /// One for any attestation.
    Given = "given",
    /// Of the words around both, weighted by rarity and closeness, the part that they share.
    Shared = "shared",
    /// The same whatever the closeness.
    Sentence = "sentence",
    /// How much the shared words tell in all, a logarithm.
    Telling = "telling",
    /// How far that is below what a single word would tell that stood nowhere else in the corpus. It has no weight, as
    /// [`Self::Deeds`].
    Vague = "vague",
    /// The part of the words close to the second that the first lacks, and the other way round.
    CloseLacking = "close-lacking",
    OwnCloseLacking = "own-close-lacking",
    /// How many words of what is counted are shared, lacking from the first, lacking from the second.
    Counted = "counted",
    CountedLacking = "counted-lacking",
    OwnCountedLacking = "own-counted-lacking",
    /// They are told of two members of a set, women and men. It has no weight, as the next: no rule goes past it.
    Excluded = "excluded",
    /// Something is shared besides what is counted. It has no weight: some rules ask for it.
    Besides = "besides",
    /// How many words stand in the same order just before both, and just behind.
    Before = "before",
    Behind = "behind",
    /// The part of the few words before both, and behind both, that they share in whatever order.
    BeforeShared = "before-shared",
    BehindShared = "behind-shared",
    /// How much the shared names tell, a logarithm.
    Names = "names",
    /// How much the shared words that are no names tell, a logarithm. It has no weight: some rules ask for it.
    Deeds = "deeds",
    /// The part of the second one's words that are names which the first one lacks, and the other way round.
    NamesLacking = "names-lacking",
    OwnNamesLacking = "own-names-lacking",
    /// One of them alone is out of more: "three of the".
    Part = "part",
    /// One of them alone comes on top of others: "another three".
    Additional = "additional",
    /// One of them alone is of what was said before: "the three".
    Known = "known",
    /// One of them alone is a floor, or a ceiling. For fitting alone, as the next: values agree the more easily.
    Bound = "bound",
    /// The words beside both say the same of how a span of time lies: "ago"; and they say different things.
    SameCue = "same-cue",
    OtherCue = "other-cue",
    /// Both say a year or a month in common; the second alone says one, the first alone.
    Period = "period",
    PeriodLacking = "period-lacking",
    OwnPeriodLacking = "own-period-lacking",
    /// How many other values stand in both sentences, a small one for a half; and of these the second one's, and the first one's, that the
    /// other lacks.
    Values = "values",
    ValuesLacking = "values-lacking",
    OwnValuesLacking = "own-values-lacking",
    /// Both say the same fate.
    Fate = "fate",
    /// One alone says what is counted.
    NounLacking = "noun-lacking",
    /// How many other values of the kind stand in the second one's sentence, and in the first one's, logarithms.
    Rivals = "rivals",
    OwnRivals = "own-rivals",
    /// The second is a small number.
    Chance = "chance",
    /// What kind of figure is asked for.
    Money = "money",
    Percent = "percent",
    Duration = "duration",
    Age = "age",
    Bare = "bare",
    Measured = "measured",
    /// How many other values of the kind stand in the second one's source.
    Crowd = "crowd",
    /// How many days lie between the two articles, a logarithm.
    Days = "days",
}

/// How many signs there are.
const COUNT: usize = Sign::ALL.len();

/// Each sign as far as it was seen, nought where it was not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs([f64; COUNT]);

impl Default for Signs {
    fn default() -> Self {
        Self([0.0; COUNT])
    }
}

/// What is asked for: each has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    Figure,
    Date,
}

impl Signs {
    pub fn set(&mut self, sign: Sign, value: f64) {
        self.0[sign as usize] = value;
    }

    pub fn get(&self, sign: Sign) -> f64 {
        self.0[sign as usize]
    }

    /// The same for articles of two days.
    #[must_use]
    pub fn on(mut self, one: Option<Date>, other: Option<Date>) -> Self {
        if let Some(apart) = days_apart(one, other) {
            self.set(Sign::Days, apart);
        }
        self
    }

    /// How much speaks for one thing, a logarithm of odds against its being nothing that the sources speak of.
    pub fn likeness(&self, matter: Matter) -> f64 {
        self.0.iter().zip(&WEIGHTS[matter as usize]).map(|(sign, weight)| sign * weight).sum()
    }
}

/// How much speaks for what a source gives being of what a draft asks about.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// Whatever the days of the two articles.
    signs: Signs,
    /// What these come to.
    sum: f64,
    matter: Matter,
    /// The source's own day.
    published: Option<Date>,
}

impl Likeness {
    pub fn new(signs: Signs, matter: Matter, published: Option<Date>) -> Self {
        Self { sum: signs.likeness(matter), signs, matter, published }
    }

    /// Of this sign there is so much.
    pub fn sign(&self, sign: Sign) -> f64 {
        self.signs.get(sign)
    }

    /// The signs, for a draft of that day.
    pub fn signs_on(&self, today: Option<Date>) -> Signs {
        self.signs.on(today, self.published)
    }

    /// What they come to, for a draft of that day.
    pub fn on(&self, today: Option<Date>) -> f64 {
        let apart = days_apart(today, self.published);
        self.sum + apart.map_or(0.0, |apart| apart * WEIGHTS[self.matter as usize][Sign::Days as usize])
    }
}

/// As [`Sign::Days`].
fn days_apart(one: Option<Date>, other: Option<Date>) -> Option<f64> {
    days_between(one, other).map(|days| f64::from(days).ln_1p())
}

static WEIGHTS: LazyLock<[[f64; COUNT]; 2]> = LazyLock::new(weights);

fn weights() -> [[f64; COUNT]; 2] {
    let mut weights = [[0.0; COUNT]; 2];
    for [name, figure, date] in data::FIGURE_LIKENESS.rows() {
        if let Some(sign) = Sign::ALL.iter().find(|sign| sign.name() == name) {
            for (matter, weight) in [(Matter::Figure, figure), (Matter::Date, date)] {
                weights[matter as usize][*sign as usize] = weight.parse().unwrap_or_default();
            }
        }
    }
    weights
}

fn part(some: f64, all: f64) -> f64 {
    if all > 0.0 { some / all } else { 0.0 }
}

/// A context, and what its words tell.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'a> {
    pub context: &'a Context,
    pub telling: &'a Telling,
}

/// Compares two contexts; none where they cannot be of the same thing.
pub fn signs(one: Weighed<'_>, other: Weighed<'_>) -> Option<Signs> {
    let (a, b) = (one.context, other.context);
    let of_people = a.head.as_deref() == Some("people") || b.head.as_deref() == Some("people");
    let fates_part = match (a.fate, b.fate) {
        (Some(one), Some(other)) => one != other,
        (None, None) => false,
        _ => of_people,
    };
    if fates_part || periods_part(&a.periods, &b.periods) {
        return None;
    }
    let mut signs = Signs::default();
    if !words_in_common(&mut signs, one, other) {
        return None;
    }
    signs.set(Sign::Given, 1.0);
    signs.set(Sign::Before, in_order(&a.before, &b.before));
    signs.set(Sign::Behind, in_order(&a.behind, &b.behind));
    signs.set(Sign::BeforeShared, in_any_order(&a.before, &b.before));
    signs.set(Sign::BehindShared, in_any_order(&a.behind, &b.behind));
    signs.set(Sign::Fate, truth(a.fate.is_some() && a.fate == b.fate));
    signs.set(Sign::NounLacking, truth(a.head.is_some() != b.head.is_some()));
    signs.set(Sign::OwnRivals, f64::from(a.company).ln_1p());
    let shares_period = a.periods.iter().any(|one| b.periods.iter().any(|other| shares_part(*one, *other)));
    signs.set(Sign::Period, truth(shares_period));
    signs.set(Sign::PeriodLacking, truth(a.periods.is_empty() && !b.periods.is_empty()));
    signs.set(Sign::OwnPeriodLacking, truth(b.periods.is_empty() && !a.periods.is_empty()));
    signs.set(Sign::Bound, truth(bound(a.hedge) != bound(b.hedge)));
    signs.set(Sign::Excluded, truth(exclude(&a.told, &b.told)));
    compare_cues(&mut signs, one.telling.cues, other.telling.cues);
    compare_values(&mut signs, one, other);
    Some(signs)
}

fn truth(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// Looks at the words that both have; false where they have nothing in common.
fn words_in_common(signs: &mut Signs, a: Weighed<'_>, b: Weighed<'_>) -> bool {
    let (mut near, mut sentence) = (0.0, 0.0);
    // Of what all words of each come to, what the shared ones do.
    let (mut own, mut others) = (Sums::default(), Sums::default());
    let (mut telling, mut names, mut deeds, mut besides, mut counted) = (0f64, 0f64, 0f64, false, 0u8);
    let (left, right) = (&a.context.terms, &b.context.terms);
    let (mut at_left, mut at_right) = (0, 0);
    while at_left < left.len() && at_right < right.len() {
        let (x, y) = (&left[at_left], &right[at_right]);
        if x.word == y.word {
            let tells = a.telling.terms[at_left];
            let (close_x, close_y) = (closeness(x.distance), closeness(y.distance));
            own.add(x, tells * close_x);
            others.add(y, tells * close_y);
            near += tells * close_x * tells * close_y;
            sentence += tells * tells;
            telling += tells * (close_x * close_y).sqrt();
            if x.name || y.name {
                names += tells;
            } else {
                deeds += tells;
            }
            counted = counted.saturating_add(u8::from(x.counted && y.counted));
            besides |= !(x.counted && y.counted);
        }
        // Both at once where they are equal; without a branch that nobody can foresee.
        let (one, other) = (x.word, y.word);
        at_left += usize::from(one <= other);
        at_right += usize::from(other <= one);
    }
    let same_before = a.context.before.first().is_some_and(|word| b.context.before.first() == Some(word));
    signs.set(Sign::Shared, alike(near, a.telling.near_squares, b.telling.near_squares));
    signs.set(Sign::Sentence, alike(sentence, a.telling.squares, b.telling.squares));
    signs.set(Sign::Telling, logarithm(telling));
    signs.set(Sign::Names, logarithm(names));
    signs.set(Sign::Deeds, logarithm(deeds));
    signs.set(Sign::CloseLacking, lacking(others.close, b.telling.sums.close, b.telling.sums.close));
    signs.set(Sign::OwnCloseLacking, lacking(own.close, a.telling.sums.close, a.telling.sums.close));
    signs.set(Sign::NamesLacking, lacking(others.names, b.telling.sums.names, b.telling.sums.all));
    signs.set(Sign::OwnNamesLacking, lacking(own.names, a.telling.sums.names, a.telling.sums.all));
    signs.set(Sign::Counted, f64::from(counted.min(3)));
    signs.set(Sign::CountedLacking, f64::from(b.telling.sums.counted.saturating_sub(others.counted).min(3)));
    signs.set(Sign::OwnCountedLacking, f64::from(a.telling.sums.counted.saturating_sub(own.counted).min(3)));
    signs.set(Sign::Besides, truth(besides || same_before));
    besides || counted > 0 || same_before
}

/// Nought of nothing, which is the case more often than not.
fn logarithm(much: f64) -> f64 {
    if much > 0.0 { much.ln_1p() } else { 0.0 }
}

/// Of what two lists of weighted words come to, the part that they share.
fn alike(product: f64, first: f64, second: f64) -> f64 {
    part(product, (first * second).sqrt()).sqrt()
}

/// What is left of some words without the shared ones, as a part of all.
fn lacking(shared: f64, some: f64, all: f64) -> f64 {
    part((some - shared).max(0.0), all)
}

/// How many words stand in the same order, the closest first.
fn in_order(a: &[TermKey], b: &[TermKey]) -> f64 {
    f64::from(a.iter().zip(b).take_while(|(one, other)| one == other).count() as u32)
}

/// The part of the words of both that stand among the other's.
fn in_any_order(a: &[TermKey], b: &[TermKey]) -> f64 {
    let shared = a.iter().filter(|word| b.contains(word)).count();
    part(f64::from(shared as u32), f64::from(a.len().max(b.len()) as u32))
}

/// Which way a hedged value is open.
fn bound(hedge: Hedge) -> i8 {
    match hedge {
        Hedge::Exact | Hedge::About => 0,
        Hedge::MoreThan | Hedge::AtLeast => 1,
        Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => -1,
    }
}

fn compare_cues(signs: &mut Signs, one: Cues, other: Cues) {
    signs.set(Sign::Part, truth(one.part != other.part));
    signs.set(Sign::Additional, truth(one.additional != other.additional));
    signs.set(Sign::Known, truth(one.known != other.known));
    signs.set(Sign::SameCue, truth(one.time.is_some() && one.time == other.time));
    signs.set(Sign::OtherCue, truth(one.time != other.time));
}

/// Looks at what else is told in figures beside both.
fn compare_values(signs: &mut Signs, a: Weighed<'_>, b: Weighed<'_>) {
    let (own, others) = (&a.context.values, &b.context.values);
    let shared = if others.is_empty() { 0.0 } else { own.iter().filter(|value| others.binary_search(value).is_ok()).map(weight_of).sum() };
    signs.set(Sign::Values, shared);
    signs.set(Sign::ValuesLacking, b.telling.values - shared);
    signs.set(Sign::OwnValuesLacking, a.telling.values - shared);
}

fn shares_part(one: PartialDate, other: PartialDate) -> bool {
    one.shares_year(other) || one.month.is_some() && one.month == other.month
}

/// Whether the years, or the months, said on both sides have none in common.
fn periods_part(a: &[PartialDate], b: &[PartialDate]) -> bool {
    let parted = |says: fn(&PartialDate) -> bool, shares: fn(PartialDate, PartialDate) -> bool| {
        let (one, other) = (a.iter().filter(|date| says(date)), b.iter().filter(|date| says(date)));
        one.clone().next().is_some()
            && other.clone().next().is_some()
            && !one.clone().any(|one| other.clone().any(|other| shares(*one, *other)))
    };
    parted(|date| date.year.is_some(), PartialDate::shares_year)
        || parted(|date| date.month.is_some(), |one, other| one.month == other.month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{Figure, FigureMention, MentionKind, read};

    /// The sign between the last figures of two sentences, each word of which tells the same.
    fn sign_between(sign: Sign, one: &str, other: &str) -> f64 {
        let figure = |text: &str| -> std::sync::Arc<FigureMention> {
            let reading = read(&Document::parse(text.into(), Format::Plain));
            let mut figures = reading.mentions.iter().rev().filter_map(|mention| match &mention.kind {
                MentionKind::Figure(figure) => Some(figure.clone()),
                _ => None,
            });
            figures.next().expect("a figure")
        };
        let (one, other) = (figure(one), figure(other));
        let telling = |figure: &Figure| Telling::new(&figure.context, vec![1.0; figure.context.terms.len()].into());
        let (own, others) = (telling(&one), telling(&other));
        let weighed = (Weighed { context: &one.context, telling: &own }, Weighed { context: &other.context, telling: &others });
        signs(weighed.0, weighed.1).expect("of one kind").get(sign)
    }

    #[test]
    fn the_table_weighs_the_signs_that_there_are() {
        let unweighed = [Sign::Excluded, Sign::Vague, Sign::Besides, Sign::Deeds, Sign::Bound, Sign::Chance];
        let mut signs: Vec<&str> = Sign::ALL.iter().filter(|sign| !unweighed.contains(sign)).map(|sign| sign.name()).collect();
        signs.sort_unstable();
        assert!(data::FIGURE_LIKENESS.rows().map(|[name, ..]| name).eq(signs));
    }

    #[test]
    fn other_values_of_the_sentence_are_compared() {
        let one = "The ferry with 61 cars on two decks took on 340 sacks of mail.";
        let other = "The ferry took on 61 cars, 1,200 crates and 290 sacks of mail.";
        for (sign, much) in [(Sign::Values, 1.0), (Sign::OwnValuesLacking, 0.5), (Sign::ValuesLacking, 1.0)] {
            assert!((sign_between(sign, one, other) - much).abs() < 1e-9, "{sign:?}");
        }
    }
}
