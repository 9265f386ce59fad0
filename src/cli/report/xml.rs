//! What XML may hold, for the reports that are XML.

use std::fmt::Write as _;

use crate::text::shown;

/// Words as the value of an attribute. What XML can't hold at all is shown as text, like all that acts where it is shown.
pub(super) fn attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => drop(write!(escaped, "{}", c.escape_unicode())),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn an_attribute_ends_where_it_is_meant_to() {
        assert_eq!(attribute("\"R&D\" < 3\n\u{1b}[0m\u{ffff}"), "&quot;R&amp;D&quot; &lt; 3\\n\\u{1b}[0m\\u{ffff}");
    }
}
