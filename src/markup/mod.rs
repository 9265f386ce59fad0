//! What is prose in Markdown, HTML and plain text: blocks of text as a person reads them, each with its way back to the
//! source; front matter and stet marks.

mod block;
mod decode;
mod front_matter;
mod head_names;
mod html;
mod markdown;
mod plain;
mod stet;

pub use block::{Block, BlockBuilder, BlockKind};
pub use decode::{Charset, NotText, decode};
pub use front_matter::{FrontMatter, date_of_entry};
pub use stet::Stet;

use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Markdown,
    Plain,
    Html,
    /// The text of a Word document, a paragraph a line. What kinds of paragraphs they are only the document itself says.
    Word,
}

/// The endings of texts' names, each with the format that it says.
pub const ENDINGS: &[(&str, Format)] = &[
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdown", Format::Markdown),
    ("mkd", Format::Markdown),
    ("txt", Format::Plain),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
];

impl Format {
    /// Whether what stands in a document is its file's own text, so that an edit of it is one of the file.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Word)
    }

    /// The format that a file's name says; plain text where it says none.
    pub fn of_path(path: &str) -> Self {
        path.rsplit('.').next().and_then(Self::of_ending).unwrap_or(Self::Plain)
    }

    /// The format of files with this ending; none where they are no texts.
    pub fn of_ending(ending: &str) -> Option<Self> {
        ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
    }
}

/// What a source text consists of.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// Prose in reading order.
    pub blocks: Vec<Block>,
    pub front_matter: FrontMatter,
    pub stets: Vec<Stet>,
    /// Faults in the markup that a person should hear of: bytes of the source, and what is wrong there.
    pub problems: Vec<(Span, String)>,
    has_headline: bool,
}

impl Markup {
    fn add(&mut self, block: Option<Block>) {
        self.has_headline |= block.as_ref().is_some_and(|block| block.kind == BlockKind::Headline);
        self.blocks.extend(block);
    }
}

/// Splits a source into its prose and what is not; never fails.
pub fn parse(source: &str, format: Format) -> Markup {
    let mut markup = match format {
        Format::Markdown => markdown::parse(source),
        Format::Html => html::parse(source),
        Format::Plain => plain::parse(source),
        Format::Word => plain::parse_lines(source),
    };
    if markup.blocks.iter().any(|block| block.text.len() > LONGEST_BLOCK) {
        cut_long_blocks(&mut markup);
    }
    let front = &mut markup.front_matter;
    // What was changed on a day says what it said on that day.
    front.date = front.date.or_else(|| front_matter::date_line(&markup.blocks)).or(front.modified);
    markup
}

impl Markup {
    /// Prose that is known from elsewhere than a text's own markup.
    pub fn of(mut blocks: Vec<Block>, front_matter: FrontMatter) -> Self {
        if blocks.iter().any(|block| block.text.len() > LONGEST_BLOCK) {
            blocks = blocks.into_iter().flat_map(|block| block.in_parts(LONGEST_BLOCK)).collect();
        }
        Self { blocks, front_matter, ..Self::default() }
    }
}

/// Splits a text that stands in another source as the text of `outer`, behind escapes: its blocks lead back to that source.
pub fn parse_within(outer: &Block, format: Format) -> Markup {
    let markup = parse(&outer.text, format);
    let blocks = markup.blocks.iter().filter_map(|block| block.through(outer)).collect();
    // Marks and faults are for who edits a draft.
    Markup { blocks, front_matter: FrontMatter { source: Span::default(), ..markup.front_matter }, ..Markup::default() }
}

/// The longest block, in bytes of its text: some 2,500 words, ten times a long paragraph.
const LONGEST_BLOCK: usize = 16 << 10;

/// Cuts blocks that are longer; a stet mark goes on speaking of the first part of its block.
fn cut_long_blocks(markup: &mut Markup) {
    let mut starts = Vec::with_capacity(markup.blocks.len() + 1);
    let mut blocks = Vec::with_capacity(markup.blocks.len() + 1);
    for block in std::mem::take(&mut markup.blocks) {
        starts.push(blocks.len());
        blocks.extend(block.in_parts(LONGEST_BLOCK));
    }
    starts.push(blocks.len());
    for stet in &mut markup.stets {
        stet.block = starts.get(stet.block).copied().unwrap_or(blocks.len());
    }
    markup.blocks = blocks;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of all three formats, so that each meets what the others are made of.
    const SOUP: &str = "(# |## |\\*|> |- |1\\. |`|\\[|\\]\\(x\\)|\\[\\^1\\]|---\n|\\+\\+\\+\n|date: |<!-- stet -->|\\[stet\\]|<p>|</p>|<b>|</b>|<br>|<td>|</td>|\
        <table>|<article>|</article>|<main>|<h1>|</h1>|<a href=x>|</a>|<nav>|<div class=comments>|</div>|<title>|\
        <script type='application/ld\\+json'>|</script>|\\{\"@type\":\"Article\"|\\}|&amp;|&#x41;|&bogus|\\||\u{feff}|[a-zé—😀 \r\n\t-]|<|>|&){0,50}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn blocks_lead_back_to_the_source_in_order(source in SOUP) {
            for format in [Format::Markdown, Format::Plain, Format::Html] {
                let markup = parse(&source, format);
                let mut end = 0;
                for block in &markup.blocks {
                    prop_assert!(block.source.start >= end && block.source.end >= block.source.start, "{format:?}: out of order");
                    prop_assert!(source.get(block.source.range()).is_some(), "{format:?}: inside a character");
                    end = block.source.end;
                    for (at, c) in block.text.char_indices() {
                        let span = Span::of(at..at + c.len_utf8());
                        let there = block.to_source(span);
                        prop_assert!(block.source.covers(there), "{format:?}: {there:?} is outside of its block");
                        prop_assert!(source.get(there.range()).is_some(), "{format:?}: {there:?} is inside a character");
                        if block.is_verbatim(span) {
                            prop_assert_eq!(there.text(&source), span.text(&block.text));
                            prop_assert_eq!(block.from_source(there.start), Some(span.start), "{:?}: there and not back", format);
                        }
                    }
                }
                prop_assert!(markup.stets.iter().all(|stet| stet.block <= markup.blocks.len()));
            }
        }
    }

    #[test]
    fn headings_without_words_take_no_time() {
        let markup = parse(&"a\n\n#\n\n".repeat(50_000), Format::Markdown);
        assert_eq!(markup.blocks.len(), 50_000);
        let markup = parse(&"<div>a</div>\n\n".repeat(50_000), Format::Markdown);
        assert_eq!(markup.blocks.len(), 50_000);
    }

    #[test]
    fn a_table_may_have_more_rows_than_are_counted() {
        let markup = parse(&format!("| a |\n| - |\n{}", "| 1 |\n".repeat(70_000)), Format::Markdown);
        let headers = markup.blocks.iter().filter(|block| matches!(block.kind, BlockKind::TableCell { header: true, .. }));
        assert_eq!((headers.count(), markup.blocks.len()), (1, 70_001));
    }
}
