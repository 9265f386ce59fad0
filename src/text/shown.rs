//! Text of others, as it may be shown: what would act on a terminal or hide from a reader is shown as text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character does something where it is shown, in place of being seen: control characters, the marks that turn the
/// direction of writing, and the line breaks of Unicode.
pub fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The text with each active character as its escape: `\u{1b}`, and for a line break `\n`.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_active) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_shown(c, &mut shown);
    }
    Cow::Owned(shown)
}

/// Adds a character as [`shown`] has it.
pub fn push_shown(c: char, to: &mut String) {
    if is_active(c) {
        // A string takes all that is written to it.
        let _ = write!(to, "{}", c.escape_default());
    } else {
        to.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_shown_as_text_and_the_rest_as_it_is() {
        assert!(matches!(shown("Zürich’s “5 km” \u{1f600} שלום"), Cow::Borrowed(_)));
        let hostile = "a\u{1b}]0;b\u{7}\r\n\t\u{9b}1m\u{202e}c\u{2066}\u{2028}\u{200f}";
        assert_eq!(shown(hostile), "a\\u{1b}]0;b\\u{7}\\r\\n\\t\\u{9b}1m\\u{202e}c\\u{2066}\\u{2028}\\u{200f}");
        assert!(!shown(hostile).contains(is_active));
    }
}
