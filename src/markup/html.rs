//! HTML, whole pages and fragments within Markdown: prose by the tokenizer's spans, so that every character finds its way back.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::{BlockBuilder, BlockKind, Markup, Stet, front_matter};
use crate::text::Span;

/// Parses a whole HTML text.
pub(super) fn parse(source: &str) -> Markup {
    let mut markup = Markup::default();
    let (front, problem) = front_matter::parse(source);
    let from = front.source.end;
    markup.front_matter = front;
    markup.problems.extend(problem);
    parse_fragment(source, Span::new(from, source.len() as u32), &mut markup);
    markup
}

/// Adds the prose of `source[part]` to `markup`.
pub(super) fn parse_fragment(source: &str, part: Span, markup: &mut Markup) {
    let mut reader = HtmlReader { source, markup, builder: BlockBuilder::default(), open: Vec::new(), skipped: 0, row: 0, column: 0 };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(part.text(source), emitter) {
        let Ok(token) = token;
        let at = |span: html5gum::Span<usize>| Span::of(span.start..span.end).shifted(part.start);
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |key: &str| {
                    let value = tag.attributes.get(key.as_bytes())?;
                    Some(String::from_utf8_lossy(value).into_owned())
                };
                reader.start_tag(&name, tag.self_closing, attribute, at(tag.span));
            }
            Token::EndTag(tag) => reader.end_tag(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(at(text.span)),
            Token::Comment(comment) => {
                let block = reader.markup.blocks.len();
                let stet = Stet::parse(&String::from_utf8_lossy(&comment), at(comment.span), block);
                reader.markup.stets.extend(stet);
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.flush();
}

struct HtmlReader<'a> {
    source: &'a str,
    markup: &'a mut Markup,
    builder: BlockBuilder,
    /// Open block elements, the innermost last.
    open: Vec<(String, BlockKind)>,
    /// How many elements without prose are open.
    skipped: u32,
    row: u16,
    column: u16,
}

/// Elements whose text is no prose of the article.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "code"
            | "pre"
            | "kbd"
            | "samp"
            | "nav"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "button"
            | "form"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "figure"
            | "figcaption"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "address"
            | "body"
            | "html"
            | "head"
            | "title"
            | "hr"
            | "summary"
            | "details"
    )
}

impl HtmlReader<'_> {
    fn start_tag(&mut self, name: &str, self_closing: bool, attribute: impl Fn(&str) -> Option<String>, span: Span) {
        if is_skipped(name) {
            self.skipped += u32::from(!self_closing);
            return;
        }
        match name {
            "meta" => {
                if let (Some(key), Some(value)) =
                    (attribute("name").or_else(|| attribute("property")).or_else(|| attribute("itemprop")), attribute("content"))
                {
                    self.markup.front_matter.set(&key, &value);
                }
                return;
            }
            "link" if attribute("rel").as_deref() == Some("canonical") => {
                self.markup.front_matter.set("canonical", &attribute("href").unwrap_or_default());
                return;
            }
            "br" => {
                if !self.builder.is_empty() && self.skipped == 0 {
                    self.builder.push_standing_for(" ", span);
                }
                return;
            }
            _ => {}
        }
        if !is_block(name) {
            return;
        }
        self.flush();
        let kind = match name {
            "h1" if self.markup.blocks.iter().all(|block| block.kind != BlockKind::Headline) => BlockKind::Headline,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "li" | "dd" | "dt" => BlockKind::ListItem,
            "blockquote" => BlockKind::BlockQuote,
            "caption" | "figcaption" => BlockKind::Caption,
            "address" => BlockKind::Byline,
            "table" => {
                (self.row, self.column) = (0, 0);
                self.kind()
            }
            "tr" => {
                self.column = 0;
                self.kind()
            }
            "td" | "th" => BlockKind::TableCell { row: self.row, column: self.column, header: name == "th" },
            "p" | "div" | "section" => match self.kind() {
                kind @ (BlockKind::BlockQuote | BlockKind::ListItem | BlockKind::Caption | BlockKind::TableCell { .. }) => kind,
                _ => BlockKind::Paragraph,
            },
            _ => self.kind(),
        };
        // An open paragraph ends where the next block starts.
        if self.open.last().is_some_and(|(open, _)| open == "p" || (open == name && matches!(name, "li" | "td" | "th" | "tr"))) {
            self.open.pop();
        }
        if !self_closing && name != "hr" {
            self.open.push((name.to_owned(), kind));
        }
    }

    fn end_tag(&mut self, name: &str) {
        if is_skipped(name) {
            self.skipped = self.skipped.saturating_sub(1);
        } else if is_block(name) {
            if name == "title" {
                let title = self.builder.text().trim().to_owned();
                self.markup.front_matter.set("title", &title);
                self.builder = BlockBuilder::default();
            }
            self.flush();
            if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                self.open.truncate(at);
            }
            match name {
                "td" | "th" => self.column += 1,
                "tr" => self.row += 1,
                _ => {}
            }
        }
    }

    fn kind(&self) -> BlockKind {
        self.open.last().map_or(BlockKind::Paragraph, |&(_, kind)| kind)
    }

    /// Adds text as it stands, with entities decoded and each run of white space one blank.
    fn text(&mut self, span: Span) {
        if self.skipped > 0 {
            return;
        }
        let mut at = span.start as usize;
        let end = span.end as usize;
        while at < end {
            let rest = &self.source[at..end];
            let plain = rest.find(|c: char| c == '&' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            self.builder.push_verbatim(self.source, Span::of(at..at + plain));
            at += plain;
            let rest = &self.source[at..end];
            if let Some(name) = rest.strip_prefix('&') {
                let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(rest.len(), |n| n + 1);
                let length = if rest[length..].starts_with(';') { length + 1 } else { length };
                self.builder.push_standing_for(&decoded(&rest[..length]), Span::of(at..at + length));
                at += length;
            } else if !rest.is_empty() {
                let blanks = rest.len() - rest.trim_ascii_start().len();
                if !self.builder.is_empty() && !self.builder.text().ends_with(' ') {
                    if &rest[..blanks] == " " {
                        self.builder.push_verbatim(self.source, Span::of(at..at + 1));
                    } else {
                        self.builder.push_standing_for(" ", Span::of(at..at + blanks));
                    }
                }
                at += blanks;
            }
        }
    }

    fn flush(&mut self) {
        let kind = self.kind();
        self.markup.blocks.extend(self.builder.finish(kind));
    }
}

/// The character that an entity stands for, or the entity as written when it is none.
fn decoded(entity: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(entity) {
        let Ok(token) = token;
        if let Token::String(part) = token {
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_where_it_stands() {
        let source = "<h1>Grief &amp; hope</h1>\n<p>Ukraine&rsquo;s\n  <b>president</b> spoke.<script>var x = 'no';</script>\n<p>Next<br>line<table><tr><th>Night</th><td>18</td></tr></table>";
        let markup = parse(source);
        let texts: Vec<&str> = markup.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!(texts, ["Grief & hope", "Ukraine’s president spoke.", "Next line", "Night", "18"]);
        assert_eq!(markup.blocks[0].kind, BlockKind::Headline);
        assert_eq!(markup.blocks[4].kind, BlockKind::TableCell { row: 0, column: 1, header: false });
        let president = Span::new("Ukraine’s ".len() as u32, "Ukraine’s president".len() as u32);
        assert_eq!(markup.blocks[1].to_source(president).text(source), "president");
        assert!(!markup.blocks[1].is_verbatim(Span::new(0, 10)));
    }

    #[test]
    fn comments_may_be_stet_marks() {
        let markup = parse("<p>One.</p><!-- stet: figure-conflict \"9\" --><p>Two.</p><!-- not so -->");
        assert_eq!(markup.stets.len(), 1);
        assert_eq!(markup.stets[0].block, 1);
    }

    #[test]
    fn the_head_tells_date_and_title() {
        let markup = parse(
            "<html><head><title>A day</title><meta property='article:published_time' content='2025-12-03T08:00:00Z'></head><body><p>Text",
        );
        assert_eq!(markup.front_matter.headline.as_deref(), Some("A day"));
        assert!(markup.front_matter.date.is_some());
        assert_eq!(markup.blocks.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_input_panics_and_spans_hold(source in "(<p>|</p>|<b>|</td>|<table>|&amp;|&#x41;|&bogus|<!-- stet -->|[a-zé \r\n]|<|>|&){0,30}") {
            for block in parse(&source).blocks {
                for (at, c) in block.text.char_indices() {
                    let span = block.to_source(Span::of(at..at + c.len_utf8()));
                    proptest::prop_assert!(source.get(span.range()).is_some());
                }
            }
        }
    }
}
