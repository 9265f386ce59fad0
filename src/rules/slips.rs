//! Slips of the hand in a number: digits that changed places, one that is another, one too many, a million for a billion.

use rust_decimal::Decimal;

use super::thresholds::{DIGIT_MORE, LONG_NUMBER, MOST_OF_A_SLIP, OF_ONE_KIND, OTHER_SCALE, SHORT_SWAP};
use crate::reader::{Agreement, Dimension, Figure, compare, is_of_another_unit};
use crate::text::edit_distance;

/// What a hand has done to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Two neighbouring digits changed places.
    Swapped,
    /// One digit is another.
    Changed,
    /// One digit is too many, or is missing; a nought as well.
    Digit,
    /// One word of scale stands for the next.
    Scale,
    /// A number that ends in "-teen" stands for the one that ends in "-ty", or the other way round: fourteen and forty.
    Sound,
    /// The number is the same, and its unit another: pounds for euros, per cent for points, miles for kilometres.
    Unit,
}

/// A slip that makes one number of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slip {
    pub(super) kind: Kind,
    /// How many digits the shorter one has. The noughts at either end don't count: of the numbers that people write most are round.
    digits: usize,
}

impl Slip {
    /// The one that makes the first number of the second; none where it takes more than one.
    pub(super) fn between(first: &Figure, second: &Figure) -> Option<Self> {
        let (one, other) = (digits(first), digits(second));
        if is_of_another_unit(first, second) || is_in_another_unit(first, second) {
            return Some(Self { kind: Kind::Unit, digits: one.len() });
        }
        let (few, most) = (one.len().min(other.len()), one.len().max(other.len()));
        // A nought counts where it changed places: 104 and 140.
        if few != most && are_swapped(&whole(first), &whole(second)) {
            return Some(Self { kind: Kind::Swapped, digits: most });
        }
        let kind = match () {
            () if sound_alike(first, second) => Kind::Sound,
            () if few < 2 => return None,
            () if one == other => scale(first, second)?,
            () if edit_distance(&one, &other, 1).is_none() => return None,
            () if few != most => (few >= LONG_NUMBER).then_some(Kind::Digit)?,
            () if sorted(&one) == sorted(&other) => Kind::Swapped,
            () => Kind::Changed,
        };
        Some(Self { kind, digits: few })
    }

    /// Whether a hand makes it in a number written in words, which has no digits.
    pub(super) const fn is_of_words(self) -> bool {
        matches!(self.kind, Kind::Scale | Kind::Sound | Kind::Unit)
    }

    /// Whether few other numbers are the same but for this.
    pub(super) const fn is_of_long_number(self) -> bool {
        self.digits >= LONG_NUMBER
    }

    /// How much speaks for the one number's having become the other by it, against its being another number of as many digits, in nats.
    pub(super) fn tells(self) -> f64 {
        let digits = f64::from(self.digits as u32);
        let of_chance = |so_close: f64| (OF_ONE_KIND * 0.9 * 10f64.powf(digits) / so_close).ln().clamp(0.0, MOST_OF_A_SLIP);
        match self.kind {
            Kind::Scale => OTHER_SCALE,
            Kind::Digit => DIGIT_MORE,
            Kind::Swapped if self.is_of_long_number() => of_chance(digits - 1.0),
            Kind::Swapped | Kind::Sound => SHORT_SWAP,
            Kind::Changed => of_chance(9.0 * digits),
            Kind::Unit => of_chance(1.0),
        }
    }
}

/// Whether both have the same number, in two units of a dimension in which it is not the same: 12 miles and 12 kilometres.
fn is_in_another_unit(one: &Figure, other: &Figure) -> bool {
    let units = one.written.measure.zip(other.written.measure).is_some_and(|(unit, second)| unit.name != second.name);
    units
        && one.dimension == other.dimension
        && one.written.value == other.written.value
        && digits(one).len() > 1
        && compare(one, other) == Agreement::Differ
}

/// A nought too many, or one word of scale for the next: in one unit, as "1.3 tons" are no slip of "1.3t".
fn scale(one: &Figure, other: &Figure) -> Option<Kind> {
    let (low, high) = if one.value.abs() < other.value.abs() { (one, other) } else { (other, one) };
    let unit = |figure: &Figure| figure.written.measure.filter(|unit| unit.dimension != Dimension::Number).map(|unit| unit.name);
    let times = high.value.checked_div(low.value).filter(|_| unit(one) == unit(other) && one.dimension == other.dimension)?.normalize();
    match () {
        () if times == Decimal::TEN => Some(Kind::Digit),
        () if times == Decimal::ONE_THOUSAND => Some(Kind::Scale),
        () => None,
    }
}

/// The digits as written; of what is written in two units, "4min 3.18sec", those that it comes to.
fn whole(figure: &Figure) -> String {
    let written = figure.written.value;
    let is_of_two_units = figure.dimension == Dimension::Duration && written.normalize().scale() > MOST_PLACES;
    let number = if is_of_two_units { figure.value } else { written };
    number.abs().normalize().to_string().replace('.', "")
}

/// Nobody writes a part of a minute or an hour to more places than this.
const MOST_PLACES: u32 = 2;

/// The same without the noughts at either end.
fn digits(figure: &Figure) -> String {
    whole(figure).trim_matches('0').to_owned()
}

/// Whether one is so many teen and the other so many times ten, or both as many thousands or millions.
fn sound_alike(one: &Figure, other: &Figure) -> bool {
    let (low, high) = if one.written.value < other.written.value { (one, other) } else { (other, one) };
    let (of_low, of_high) = (digits(low), digits(high));
    let is_near = high.written.value.checked_div(low.written.value).is_some_and(|times| times < Decimal::TEN);
    is_near && matches!(of_high.as_str(), "3" | "4" | "5" | "6" | "7" | "8" | "9") && of_low.strip_prefix('1') == Some(&of_high)
}

/// Whether two neighbours changed places.
fn are_swapped(one: &str, other: &str) -> bool {
    one.len() == other.len() && one != other && sorted(one) == sorted(other) && edit_distance(one, other, 1).is_some()
}

fn sorted(digits: &str) -> Vec<u8> {
    let mut digits = digits.as_bytes().to_vec();
    digits.sort_unstable();
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::markup::Format;
    use crate::reader::{MentionKind, read};

    fn slip(one: &str, other: &str) -> Option<Slip> {
        let figure = |words: &str| {
            let reading = read(&Document::parse(format!("It cost {words} in all.").into(), Format::Plain));
            let figure = reading.mentions.iter().find_map(|mention| match &mention.kind {
                MentionKind::Figure(figure) => Some(figure.figure.clone()),
                _ => None,
            });
            figure.expect("a figure")
        };
        Slip::between(&figure(one), &figure(other))
    }

    fn tells(one: &str, other: &str) -> f64 {
        slip(one, other).expect("a slip").tells()
    }

    #[test]
    fn the_longer_a_number_the_more_a_slip_tells() {
        assert!(tells("£473", "£437") > tells("£47", "£74"));
        assert!(tells("£473", "£437") > tells("£473", "£478"));
        assert!(tells("£473", "£478") > tells("£47", "£48"));
    }

    #[test]
    fn what_takes_more_than_one_slip_is_none() {
        for (one, other) in [("£4", "£5"), ("£473", "£912"), ("£20", "£200"), ("£12", "£112")] {
            assert!(slip(one, other).is_none(), "{one} {other}");
        }
    }

    #[test]
    fn a_lost_digit_and_another_scale_are_slips() {
        assert_eq!(slip("£5,412", "£54,412").map(|slip| slip.kind), Some(Kind::Digit));
        assert_eq!(slip("£18.5m", "£18.5bn").map(|slip| slip.kind), Some(Kind::Scale));
    }

    #[test]
    fn the_same_number_in_another_unit_is_a_slip() {
        for (one, other) in
            [("£31m", "€31m"), ("$4.5bn", "4.5bn euros"), ("12 miles", "12 km"), ("2.5 per cent", "2.5 percentage points"), ("45C", "45F")]
        {
            assert_eq!(slip(one, other).map(|slip| slip.kind), Some(Kind::Unit), "{one} {other}");
        }
        // One number of few digits; dollars of whatever country; what is the same in both.
        for (one, other) in [("£30m", "€30m"), ("$31m", "A$31m"), ("1.3 tons", "1.3 tonnes"), ("12 miles", "12 miles")] {
            assert!(slip(one, other).is_none_or(|slip| slip.kind != Kind::Unit), "{one} {other}");
        }
    }

    #[test]
    fn what_ends_in_teen_sounds_like_what_ends_in_ty() {
        for (one, other) in [("£14m", "£40m"), ("60 miles", "16 miles"), ("£13", "£30")] {
            assert_eq!(slip(one, other).map(|slip| slip.kind), Some(Kind::Sound), "{one} {other}");
        }
        for (one, other) in [("£12", "£20"), ("£14", "£50"), ("£11", "£10")] {
            assert!(slip(one, other).is_none_or(|slip| slip.kind != Kind::Sound), "{one} {other}");
        }
    }

    #[test]
    fn a_time_in_two_units_has_the_digits_of_both() {
        assert_eq!(slip("4min 3.18sec", "4min 3.81sec").map(|slip| slip.kind), Some(Kind::Swapped));
    }

    #[test]
    fn a_nought_may_change_places() {
        assert_eq!(slip("£104bn", "£140bn").map(|slip| slip.kind), Some(Kind::Swapped));
        assert!(slip("£104bn", "£140bn").is_some_and(Slip::is_of_long_number));
        assert!(slip("£10.4bn", "£140bn").is_none());
    }
}
