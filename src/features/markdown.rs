//! Markdown for hovers. Words from a draft or a source are untrusted: escaped, they can bring in no link, image or markup.

use std::fmt::Write as _;
use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::corpus::Citation;

/// `text` so that Markdown shows it letter for letter, on one line. Only what would be markup where it stands is escaped: an editor that
/// shows Markdown as it is written shows a backslash wherever there is one.
pub fn escaped(text: &str) -> String {
    let words: Vec<char> = text.trim_start().chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    let mut out = String::with_capacity(text.len() + 8);
    let numbered = words.iter().take_while(|c| c.is_ascii_digit()).count();
    for (at, &c) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
        let behind = words.get(at + 1).copied();
        let is_markup = match c {
            '\\' => behind.is_none_or(|behind| behind.is_ascii_punctuation()),
            '`' | '~' => true,
            // Between two blanks it is a sign of its own.
            '*' => !(is_blank(before) && is_blank(behind)),
            '_' => !(is_blank(before) && is_blank(behind) || is_of_word(before) && is_of_word(behind)),
            // A heading, a quotation, a list or a rule, where it stands first.
            '#' | '>' | '+' | '-' | '=' | '|' => at == 0,
            '.' | ')' => numbered > 0 && at == numbered && is_blank(behind),
            // "[sic]" is none; "[here](address)" is, and "[here]: address" at the start.
            '[' => at == 0 || opens_link(&words[at..]) || before == Some('!'),
            ']' => matches!(behind, None | Some('(' | '[')),
            '<' => behind.is_some_and(|behind| behind.is_ascii_alphabetic() || matches!(behind, '/' | '!' | '?')),
            '&' => is_entity(&words[at + 1..]),
            // What some editors make a link of without being asked to.
            ':' => words[at + 1..].starts_with(&['/', '/']),
            '@' => is_of_word(before) && is_of_word(behind),
            _ => false,
        };
        let is_bare_address = c == '.' && at >= 3 && words[at - 3..at].iter().all(|c| c.eq_ignore_ascii_case(&'w')) && is_of_word(behind);
        if is_markup || is_bare_address {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The same within the words of a link, which a bracket would end.
fn escaped_in_link(text: &str) -> String {
    let mut out = String::new();
    for c in escaped(text).chars() {
        if matches!(c, '[' | ']') && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_of_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether a bracket closes with an address or a reference behind it.
fn opens_link(words: &[char]) -> bool {
    words.windows(2).any(|two| two[0] == ']' && matches!(two[1], '(' | '['))
}

/// Whether the words behind an ampersand make one character with it: "amp;", "#38;".
fn is_entity(words: &[char]) -> bool {
    let name = words.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && words.get(name) == Some(&';')
}

/// Markdown of ours as an editor shows it that knows none: without marks, and with its links' words alone.
pub fn plain_text(markdown: &str) -> String {
    let mut out = String::new();
    let (mut in_item, mut is_first) = (false, false);
    let start_block = |out: &mut String, gap: &str| {
        if !out.is_empty() {
            out.truncate(out.trim_end().len());
            out.push_str(gap);
        }
    };
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Rule => start_block(&mut out, "\n\n---\n\n"),
            Event::Start(Tag::Item) => {
                start_block(&mut out, if is_first { "\n\n" } else { "\n" });
                out.push_str("- ");
                (in_item, is_first) = (true, false);
            }
            Event::End(TagEnd::Item) => in_item = false,
            Event::Start(Tag::List(_)) => is_first = true,
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) if !in_item => start_block(&mut out, "\n\n"),
            _ => {}
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
    let words = escaped_in_link(&citation.source.attribution());
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
    use pulldown_cmark::Options;

    use super::*;

    /// The words of Markdown, and what else there is in it beside a paragraph.
    fn shown(markdown: &str) -> (String, Vec<Event<'_>>) {
        let (mut words, mut markup) = (String::new(), Vec::new());
        for event in Parser::new_ext(markdown, Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => markup.push(other),
            }
        }
        (words, markup)
    }

    #[test]
    fn a_source_can_bring_in_no_markup() {
        let hostile = [
            "![x](https://evil.example/a.png) <img src=x> **b**\n# h `c`",
            "[a]: https://evil.example",
            "[a][b] and [c](d) and ![e]",
            "# a heading",
            "> quoted",
            "- an item",
            "+ an item",
            "12. an item",
            "1) an item",
            "===",
            "---",
            "~~struck~~ and ~so~",
            "*a* _b_ __c__ a_b_c * d *",
            "&lt;b&gt; &#60; AT&T",
            "<!-- hidden --> <https://evil.example> 3 < 4",
            "\\*a\\* and a\\b \\",
            "|a|b|",
        ];
        for text in hostile {
            let escaped = escaped(text);
            assert!(!escaped.contains('\n'));
            assert_eq!(shown(&escaped), (text.replace('\n', " ").trim_end().to_owned(), Vec::new()), "{escaped}");
        }
        let link = format!("[{}](a.md)", escaped_in_link("The [Old] Paper] x"));
        assert_eq!(shown(&link).0, "The [Old] Paper] x");
    }

    #[test]
    fn prose_is_left_as_it_is() {
        let prose = "Mr O'Brien (ISW) said 270.7 sq km – about 4% – was “US-based” [sic]: it's 10:30, #1 & so on! Q&A/FAQ = $5 + 3-4 * 2.";
        assert_eq!(escaped(prose), prose);
        assert_eq!(
            escaped("see https://a.example or www.a.example, write a@b.example"),
            r"see https\://a.example or www\.a.example, write a\@b.example"
        );
    }

    #[test]
    fn plain_text_has_no_marks() {
        let markdown = "**Anna Quill** — person, 2 sources\n\n- mayor: [The Courier](file:///a.md#L3)\n- head\n\n> It rained\\. — [Gazette](b)\n\n---\n\nmore\n";
        let plain = "Anna Quill — person, 2 sources\n\n- mayor: The Courier\n- head\n\nIt rained. — Gazette\n\n---\n\nmore";
        assert_eq!(plain_text(markdown), plain);
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
