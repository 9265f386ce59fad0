//! Writes a value the way another one is written: in words or digits, with its separators and its scale.

use rust_decimal::Decimal;

use crate::gazetteer::units::{FigureTables, NumberKind};

/// Up to this, what is written in words stays so.
const IN_WORDS: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// `value` written as `pattern` is, which is a number alone, such as "95bn", "1,250" or "Nine". `value` is in the same unit
/// as the pattern's number; none where it has no short form with the pattern's scale.
pub fn write_like(pattern: &str, value: Decimal) -> Option<String> {
    let has_digits = pattern.bytes().any(|b| b.is_ascii_digit());
    // "An hour": the article goes with the singular behind it.
    if pattern.eq_ignore_ascii_case("a") || pattern.eq_ignore_ascii_case("an") {
        return None;
    }
    if is_ordinal(pattern, has_digits) {
        return write_ordinal(pattern, has_digits, value);
    }
    let (head, scale_words) = split_scale(pattern, has_digits);
    let scale = match scale_words.rsplit([' ', '-']).next().filter(|word| !word.is_empty()) {
        Some(word) => FigureTables::get().number_word(word)?.value,
        None => Decimal::ONE,
    };
    let mantissa = value.checked_div(scale)?.round_dp(3).normalize();
    if mantissa.is_sign_negative()
        || mantissa.checked_mul(scale)?.checked_sub(value)?.abs() > value.abs().checked_div(Decimal::from(500))?
    {
        return None;
    }
    if has_digits {
        let grouped = head.contains(',') || mantissa >= Decimal::from(10_000) || !head.contains(',') && head.len() < 4;
        return Some(format!("{}{scale_words}", in_digits(mantissa, grouped)));
    }
    let in_words = FigureTables::get().in_words(mantissa, false).filter(|_| mantissa <= IN_WORDS);
    let words = in_words.map_or_else(|| in_digits(mantissa, true), str::to_owned);
    Some(format!("{}{scale_words}", with_capital_of(head, words)))
}

/// "13th", "thirteenth", "twenty-first".
fn is_ordinal(pattern: &str, has_digits: bool) -> bool {
    if has_digits {
        let lower = pattern.to_ascii_lowercase();
        return ["st", "nd", "rd", "th"].iter().any(|suffix| lower.ends_with(suffix));
    }
    let last = pattern.rsplit([' ', '-']).next().unwrap_or(pattern);
    FigureTables::get().number_word(last).is_some_and(|word| word.kind == NumberKind::Ordinal)
}

fn write_ordinal(pattern: &str, has_digits: bool, value: Decimal) -> Option<String> {
    let place: u64 = Some(value).filter(|value| value.fract().is_zero())?.try_into().ok()?;
    let word = FigureTables::get().in_words(value, true).filter(|_| !has_digits && value <= IN_WORDS);
    let words = word.map_or_else(|| format!("{}{}", in_digits(value, true), ordinal_suffix(place)), str::to_owned);
    Some(with_capital_of(pattern, words))
}

fn ordinal_suffix(place: u64) -> &'static str {
    match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn with_capital_of(pattern: &str, words: String) -> String {
    if pattern.starts_with(char::is_uppercase) { capitalised(&words) } else { words }
}

/// Splits "95 billion" before its scale, the blank going with the scale.
fn split_scale(pattern: &str, has_digits: bool) -> (&str, &str) {
    let at = if has_digits {
        pattern.rfind(|c: char| c.is_ascii_digit()).map_or(pattern.len(), |at| at + 1)
    } else {
        let last = pattern.rfind([' ', '-']).map_or(0, |at| at + 1);
        let scale = FigureTables::get().number_word(&pattern[last..]).is_some_and(|word| matches!(word.kind, NumberKind::Scale));
        if scale && last > 0 { last - 1 } else { pattern.len() }
    };
    pattern.split_at(at)
}

fn in_digits(value: Decimal, grouped: bool) -> String {
    let digits = value.normalize().to_string();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, c) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_the_pattern_s_style() {
        let write = |pattern: &str, value: i64| write_like(pattern, Decimal::from(value));
        assert_eq!(write("95bn", 90_000_000_000).as_deref(), Some("90bn"));
        assert_eq!(write("95 billion", 1_500_000_000).as_deref(), Some("1.5 billion"));
        assert_eq!(write("nine", 8).as_deref(), Some("eight"));
        assert_eq!(write("Nine", 8).as_deref(), Some("Eight"));
        assert_eq!(write("nine", 41).as_deref(), Some("41"));
        assert_eq!(write("1,250", 980).as_deref(), Some("980"));
        assert_eq!(write("950", 12_400).as_deref(), Some("12,400"));
        assert_eq!(write("an", 2), None);
        assert_eq!(write("two million", 3_000_000).as_deref(), Some("three million"));
        assert_eq!(write("third", 4).as_deref(), Some("fourth"));
        assert_eq!(write("Third", 21).as_deref(), Some("21st"));
        assert_eq!(write("13th", 6).as_deref(), Some("6th"));
        assert_eq!(write("13TH", 31).as_deref(), Some("31st"));
        assert_eq!(write("thirty-first", 112).as_deref(), Some("112th"));
    }
}
