//! How much two figures seem to measure the same thing, by the words around them.

use crate::reader::{Context, PartialDate, Role};

/// How alike two contexts are, in thousandths; and how much the words they share tell in all, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness {
    pub share: u32,
    pub telling: u32,
    /// How many words they share, that of what is counted included.
    pub words: u32,
    /// Names they share.
    pub names: u32,
    /// Words they share that stand near both figures.
    pub near: u32,
}

const fn part(role: Role) -> f64 {
    match role {
        Role::Counted => 1.4,
        Role::Near => 1.0,
        Role::Far => 0.5,
    }
}

/// Compares two contexts; none where they cannot be of the same thing. `weight` says how much a word tells.
pub fn likeness(a: &Context, b: &Context, weight: impl Fn(&str) -> f64) -> Option<Likeness> {
    let of_people = a.head.as_deref() == Some("people") || b.head.as_deref() == Some("people");
    let fates_part = match (a.fate, b.fate) {
        (Some(one), Some(other)) => one != other,
        (None, None) => false,
        _ => of_people,
    };
    if fates_part || periods_part(&a.periods, &b.periods) {
        return None;
    }
    let (mut shared, mut alone) = (0.0, 0.0);
    let (mut words, mut names, mut near) = (0, 0, 0);
    let (mut left, mut right) = (a.terms.iter().peekable(), b.terms.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some(x), Some(y)) if x.word == y.word => {
                shared += weight(&x.word) * (part(x.role) * part(y.role)).sqrt();
                words += 1;
                names += u32::from(x.name && y.name);
                near += u32::from(x.role != Role::Far && y.role != Role::Far);
                left.next();
                right.next();
            }
            (Some(x), Some(y)) if x.word < y.word => {
                alone += missing(weight(&x.word), x.role);
                left.next();
            }
            (_, Some(y)) => {
                alone += missing(weight(&y.word), y.role);
                right.next();
            }
            (Some(x), None) => {
                alone += missing(weight(&x.word), x.role);
                left.next();
            }
            (None, None) => break,
        }
    }
    if words == 0 {
        return None;
    }
    let share = shared / (shared + alone);
    Some(Likeness { share: thousandths(share), telling: thousandths(shared / 10.0), words, names, near })
}

/// What a word that only one of the two has counts against them.
fn missing(weight: f64, role: Role) -> f64 {
    weight
        * match role {
            Role::Counted => 0.5,
            Role::Near => 0.3,
            Role::Far => 0.1,
        }
}

#[expect(clippy::cast_sign_loss, reason = "sums of weights are never negative")]
fn thousandths(value: f64) -> u32 {
    (value * 1000.0).round() as u32
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
