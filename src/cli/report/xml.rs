//! What XML and HTML may hold, for the reports that are written in them.

use std::fmt::Write as _;

use crate::text::shown;

/// Words as text or as the value of an attribute. What XML can't hold at all is shown as text, like all that acts where it is shown.
pub(in crate::cli) fn escaped(text: &str) -> String {
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
    // Otherwise the guard would put a backslash into what a runner might take for a command.
    if escaped.contains("##") { escaped.replace("##", "#&#35;") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_end_where_they_are_meant_to() {
        assert_eq!(escaped("##[x] ###"), "#&#35;[x] #&#35;#");
        assert_eq!(escaped("\"R&D\" < 3\n\u{1b}[0m\u{ffff}"), "&quot;R&amp;D&quot; &lt; 3\\n\\u{1b}[0m\\u{ffff}");
    }
}
