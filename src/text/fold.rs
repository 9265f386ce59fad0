//! Folding: what two spellings share when case, accents and kinds of marks are set aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, curly marks straightened and all dashes and hyphens `-`: a key to compare by, never to show.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// `word` with its ASCII letters in lower case, without allocating; none when it is longer than any word of a table.
pub fn lower_ascii<'a>(word: &'a str, buffer: &'a mut [u8; 24]) -> Option<&'a str> {
    if !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return Some(word);
    }
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

/// Whether no letter of a text is in lower case: "ADA QUILL", "UN", "42".
pub fn is_upper(text: &str) -> bool {
    text.chars().all(|c| !c.is_lowercase())
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else {
        fold_mixed(text, out);
    }
}

/// Most of what is not ASCII in news is a curly mark or a dash among words that are: these are no composition of anything.
fn fold_mixed(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| !c.is_ascii() || c == '`') {
        let start = out.len();
        out.push_str(&rest[..at]);
        out[start..].make_ascii_lowercase();
        let mut chars = rest[at..].chars();
        let Some(c) = chars.next() else { return };
        if matches!(c, '’' | '‘' | '“' | '”' | '–' | '—' | '`') {
            fold_char(c, out);
        } else {
            fold_decomposed(c, out);
        }
        rest = chars.as_str();
    }
    let start = out.len();
    out.push_str(rest);
    out[start..].make_ascii_lowercase();
}

/// Marks that combine with a letter are dropped, so that each character can be taken by itself.
fn fold_decomposed(c: char, out: &mut String) {
    for c in std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c)) {
        fold_char(c, out);
    }
}

/// Whether two spellings that fold alike have other accents or letters, and not only capitals or marks of another kind.
pub fn differ_in_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String { text.nfc().flat_map(char::to_lowercase).map(|c| straight(c).unwrap_or(c)).collect() };
    letters(one) != letters(other)
}

/// The plain mark that stands for one.
const fn straight(mark: char) -> Option<char> {
    match mark {
        '’' | '‘' | 'ʼ' | '′' | '`' | '´' | 'ʻ' | 'ʿ' | 'ʾ' => Some('\''),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Some('-'),
        '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(' '),
        _ => None,
    }
}

/// Appends the folded form of one decomposed character.
pub fn fold_char(c: char, out: &mut String) {
    if let Some(mark) = straight(c) {
        return out.push(mark);
    }
    match c {
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => {}
        'ß' => out.push_str("ss"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        'ı' => out.push('i'),
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_folded_as_texts_are() {
        let character = |number: &str| u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a character's number");
        for line in include_str!("../../tests/folding.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (text, wanted) = line.split_once('\t').expect("two columns");
            let mut parts = text.split(['<', '>']);
            let mut read = parts.next().unwrap_or_default().to_owned();
            while let (Some(number), Some(behind)) = (parts.next(), parts.next()) {
                read.push(character(number));
                read.push_str(behind);
            }
            assert_eq!(folded(&read), wanted, "{text}");
        }
    }

    #[test]
    fn capitals_and_marks_are_no_other_letters() {
        for (one, other) in
            [("TÓRSHAVN", "Tórshavn"), ("O’Shaughnessy", "O'Shaughnessy"), ("Å", "A\u{30a}"), ("Saint‑Cloud", "Saint-Cloud")]
        {
            assert!(!differ_in_letters(one, other), "{one} {other}");
        }
        for (one, other) in [("Torshavn", "Tórshavn"), ("Síle", "Sile"), ("Straße", "Strasse")] {
            assert!(differ_in_letters(one, other), "{one} {other}");
        }
    }

    #[test]
    fn folding_sets_case_accents_and_marks_aside() {
        assert_eq!(folded("Élysée"), "elysee");
        assert_eq!(folded("O’Brien–Łukasz"), "o'brien-lukasz");
        assert_eq!(folded("STRASSE"), folded("Straße"));
    }

    proptest::proptest! {
        #[test]
        fn taking_each_character_by_itself_changes_nothing(text in "[a-zA-Z`’“é\u{301}ﬁ½Å가-힣\\PC]{0,40}") {
            // A text of ASCII alone keeps its grave accents, as it always has.
            proptest::prop_assume!(!text.is_ascii());
            let mut whole = String::new();
            text.nfkd().filter(|&c| !is_combining_mark(c)).for_each(|c| fold_char(c, &mut whole));
            proptest::prop_assert_eq!(folded(&text), whole);
        }
    }
}
