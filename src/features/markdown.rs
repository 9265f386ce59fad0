//! Markdown for hovers. Words from a draft or a source are untrusted: escaped, they can bring in no link, image or markup.

use std::fmt::Write as _;
use std::path::Path;

use crate::corpus::Citation;

/// `text` so that Markdown shows it letter for letter, on one line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '+' | '-' | '.' | '!' | '|' | '~' | '&'
            | '$' | ':' | '@' | '=' | '"' | '\'' | '/' => {
                // Letters and digits beside a full stop or colon are enough for some editors to make a link of them.
                out.push('\\');
                out.push(c);
            }
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The `file:` address of a file, escaped so that it can stand in Markdown and in a protocol message.
pub fn file_uri(path: &Path) -> Option<String> {
    if !path.is_absolute() {
        return None;
    }
    let path = path.to_str()?;
    let mut uri = String::from("file://");
    if !path.starts_with('/') {
        // `C:\drafts` is `file:///C%3A/drafts`.
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    Some(uri)
}

/// `The Courier, 3 March 2024`, as a link to the cited line where there is a file, else to the article's own address.
pub(super) fn cited(citation: &Citation) -> String {
    let words = escaped(&citation.source.attribution());
    let file = citation.source.file.as_deref().and_then(file_uri).map(|uri| format!("{uri}#L{}", citation.start.line + 1));
    match file.or_else(|| citation.source.url.as_deref().and_then(web_address)) {
        Some(address) => format!("[{words}]({address})"),
        None => words,
    }
}

/// An address as a link may hold it; none for anything but the web.
pub fn web_address(url: &str) -> Option<String> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b';' | b'=' | b'?' | b'@' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_can_bring_in_no_markup() {
        let hostile = "![x](https://evil.example/a.png) <img src=x> **b**\n# h `c`";
        let shown = escaped(hostile);
        assert!(!shown.contains('\n'));
        let events: Vec<_> = pulldown_cmark::Parser::new(&shown).collect();
        let text: String = events
            .iter()
            .filter_map(|event| match event {
                pulldown_cmark::Event::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(text, hostile.replace('\n', " "));
        assert!(events.iter().all(|event| matches!(
            event,
            pulldown_cmark::Event::Text(_)
                | pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph)
                | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph)
        )));
    }

    #[test]
    fn addresses_of_files_are_escaped() {
        assert_eq!(file_uri(Path::new("/a b/ü(1).md")).as_deref(), Some("file:///a%20b/%C3%BC%281%29.md"));
        assert_eq!(file_uri(Path::new("relative.md")), None);
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://a.example/x) [y](z").as_deref(), Some("https://a.example/x%29%20%5By%5D%28z"));
    }
}
