//! What is prose in Markdown, HTML and plain text: blocks of text as a person reads them, each with its way back to the
//! source; front matter and stet marks.

mod block;
mod front_matter;
mod head_names;
mod html;
mod markdown;
mod plain;
mod stet;

pub use block::{Block, BlockBuilder, BlockKind};
pub use front_matter::FrontMatter;
pub use stet::Stet;

use crate::text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Markdown,
    Plain,
    Html,
}

impl Format {
    /// The format that a file's name says; plain text where it says none.
    pub fn of_path(path: &str) -> Self {
        let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            _ => Self::Plain,
        }
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
    };
    if markup.blocks.iter().any(|block| block.text.len() > LONGEST_BLOCK) {
        cut_long_blocks(&mut markup);
    }
    let front = &mut markup.front_matter;
    // What was changed on a day says what it said on that day.
    front.date = front.date.or_else(|| front_matter::date_line(&markup.blocks)).or(front.modified);
    markup
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
