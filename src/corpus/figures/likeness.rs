//! What two figures, or two dates, have in common in the words around them: what speaks for their being of the same thing.

use std::cmp::Ordering;

use crate::reader::{Context, FARTHEST, PartialDate};

/// What two contexts have in common, each sign nought where they have nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// Of the words around both, weighted by rarity and closeness, the part that they share: from nought to one.
    pub shared: f64,
    /// How much the shared words tell in all.
    pub telling: f64,
    /// How many words stand in the same order just before both, and just behind.
    pub before: f64,
    pub behind: f64,
    /// The part of the second one's words that are names which the first one lacks: from nought to one.
    pub lacking: f64,
    /// How many other values of the kind stand in the second one's sentence.
    pub rivals: u32,
}

impl Signs {
    /// How much the words alone speak for one thing: what answers are sorted by, and weighed against each other with.
    /// The weights were fitted to good drafts of news, where figures in like words mostly agree.
    pub fn at_first_sight(&self) -> f64 {
        1.2 * self.shared.sqrt() + 0.8 * self.telling + 0.5 * self.before + 0.55 * self.behind
            - 2.0 * self.lacking
            - 0.9 * f64::from(self.rivals).ln_1p()
    }

    /// The same once it is known how much speaks for others, a logarithm of odds: above nought one thing is likelier than not.
    /// `others` sums up the first sights of all values that may be meant, this one's included, against this one's.
    pub fn on_balance(&self, others: f64) -> f64 {
        2.2 * self.shared.sqrt() + 0.2 * self.telling + 0.25 * self.before + 0.35 * self.behind - 0.6 * self.lacking - 0.7 * others - 1.5
    }
}

/// How much a word counts for its distance: all of it beside the figure, half six words off.
fn closeness(distance: u8) -> f64 {
    6.0 / (6.0 + f64::from(distance.min(FARTHEST)))
}

/// Compares two contexts; none where they cannot be of the same thing. `weight` says how much a word tells.
pub fn signs(a: &Context, b: &Context, weight: impl Fn(&str) -> f64) -> Option<Signs> {
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
    let (mut product, mut first, mut second, mut of_second, mut names_lacking) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut words = 0;
    let (mut left, mut right) = (a.terms.iter().peekable(), b.terms.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some(x), Some(y)) => x.word.cmp(&y.word),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        let x = if order == Ordering::Greater { None } else { left.next() };
        let y = if order == Ordering::Less { None } else { right.next() };
        let Some(word) = x.or(y).map(|term| &term.word) else { break };
        let tells = weight(word);
        let one = x.map_or(0.0, |x| tells * closeness(x.distance));
        let other = y.map_or(0.0, |y| tells * closeness(y.distance));
        product += one * other;
        first += one * one;
        second += other * other;
        of_second += other;
        match (x, y) {
            (Some(x), Some(y)) => {
                signs.telling += tells * (closeness(x.distance) * closeness(y.distance)).sqrt();
                words += 1;
            }
            (None, Some(y)) if y.name => names_lacking += other,
            _ => {}
        }
    }
    let same_before = a.before.first().is_some_and(|word| b.before.first() == Some(word));
    if words == 0 && !same_before {
        return None;
    }
    let part = |some: f64, all: f64| if all > 0.0 { some / all } else { 0.0 };
    signs.shared = part(product, (first * second).sqrt());
    signs.telling = signs.telling.ln_1p();
    signs.before = in_order(&a.before, &b.before);
    signs.behind = in_order(&a.behind, &b.behind);
    signs.lacking = part(names_lacking, of_second);
    Some(signs)
}

/// How many words stand in the same order, the closest first.
fn in_order(a: &[Box<str>], b: &[Box<str>]) -> f64 {
    f64::from(a.iter().zip(b).take_while(|(one, other)| one == other).count() as u32)
}

/// Whether the years, or the months, said on both sides have none in common.
fn periods_part(a: &[PartialDate], b: &[PartialDate]) -> bool {
    fn parted<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> bool {
        let (a, b): (Vec<T>, Vec<T>) = (a.collect(), b.collect());
        !a.is_empty() && !b.is_empty() && !a.iter().any(|one| b.contains(one))
    }
    parted(a.iter().filter_map(|date| date.year), b.iter().filter_map(|date| date.year))
        || parted(a.iter().filter_map(|date| date.month), b.iter().filter_map(|date| date.month))
}
