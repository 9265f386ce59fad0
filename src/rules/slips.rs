//! Slips of the hand in a number: digits that changed places, one that is another, one too many, a million for a billion.

use rust_decimal::Decimal;

use crate::reader::{Dimension, Figure};
use crate::text::edit_distance;

/// Of a hundred wrong numbers so many come of one kind of slip.
const OF_ALL: f64 = 0.3;
/// However long a number is, a slip tells no more than this; in nats.
const MOST: f64 = 4.0;
/// What a digit too many or too few tells in a number of three and more, and what the same digits at another power of ten do; in nats.
const DIGIT_MORE: f64 = 2.0;
const OTHER_SCALE: f64 = 3.0;

/// How much speaks for one number's having become the other by a slip, against its being another number of as many digits, in nats; nought
/// where nothing does. The noughts at either end don't count: of the numbers that people write most are round.
pub(super) fn slip(first: &Figure, second: &Figure) -> f64 {
    let (one, other) = (digits(first), digits(second));
    let (few, most) = (one.len().min(other.len()), one.len().max(other.len()));
    if few < 2 {
        return 0.0;
    }
    if one == other {
        return if is_other_scale(first, second) { OTHER_SCALE } else { 0.0 };
    }
    if edit_distance(&one, &other, 1).is_none() {
        return 0.0;
    }
    let (length, numbers) = (f64::from(few as u32), 0.9 * 10f64.powf(f64::from(few as u32)));
    let of_chance = |numbers_so_close: f64| (OF_ALL * numbers / numbers_so_close).ln().clamp(0.0, MOST);
    match () {
        () if few != most => {
            if few >= 3 {
                DIGIT_MORE
            } else {
                0.0
            }
        }
        () if sorted(&one) == sorted(&other) => of_chance(length - 1.0),
        () => of_chance(9.0 * length),
    }
}

/// Whether a nought too many, or one word of scale for the next, makes one of the other: in one unit, as "1.3 tons" are no slip of "1.3t".
fn is_other_scale(one: &Figure, other: &Figure) -> bool {
    let (low, high) = if one.value.abs() < other.value.abs() { (one, other) } else { (other, one) };
    let times = high.value.checked_div(low.value).map(|times| times.normalize());
    let unit = |figure: &Figure| figure.written.measure.filter(|unit| unit.dimension != Dimension::Number).map(|unit| unit.name);
    unit(one) == unit(other) && times.is_some_and(|times| times == Decimal::TEN || times == Decimal::ONE_THOUSAND)
}

/// The digits as written, without the noughts at either end.
fn digits(figure: &Figure) -> String {
    figure.written.value.abs().normalize().to_string().replace('.', "").trim_matches('0').to_owned()
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

    fn between(one: &str, other: &str) -> f64 {
        let figure = |words: &str| {
            let reading = read(&Document::parse(format!("It cost {words} in all.").into(), Format::Plain));
            let figure = reading.mentions.iter().find_map(|mention| match &mention.kind {
                MentionKind::Figure(figure) => Some(figure.figure.clone()),
                _ => None,
            });
            figure.expect("a figure")
        };
        slip(&figure(one), &figure(other))
    }

    #[test]
    fn the_longer_a_number_the_more_a_slip_tells() {
        assert!(between("£473", "£437") > between("£47", "£74"));
        assert!(between("£473", "£437") > between("£473", "£478"));
        assert!(between("£473", "£478") > between("£47", "£48"));
    }

    #[test]
    fn what_is_no_slip_tells_nothing() {
        for (one, other) in [("£4", "£5"), ("£473", "£912"), ("£20", "£200"), ("£12", "£112")] {
            assert!(between(one, other).abs() < 1e-9, "{one} {other}");
        }
    }

    #[test]
    fn a_lost_digit_and_another_scale_are_slips() {
        assert!(between("£5,412", "£54,412") > 0.0);
        assert!(between("£18.5m", "£18.5bn") > 2.0);
    }
}
