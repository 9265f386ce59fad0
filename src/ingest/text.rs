//! Files that are one text each: Markdown, plain text and web pages, as drafts are.

use std::sync::Arc;

use super::{Article, Format, Input, Item, Read, Take};
use crate::corpus::SourceHeader;
use crate::document::Document;
use crate::markup::{self, Charset};

pub(super) static FORMAT: Format = Format { name: "Markdown, plain text and web pages", endings: &ENDINGS, read: Read::Whole(read) };

/// Those of all markups.
const ENDINGS: [&str; markup::ENDINGS.len()] = {
    let mut endings = [""; markup::ENDINGS.len()];
    let mut at = 0;
    while at < endings.len() {
        endings[at] = markup::ENDINGS[at].0;
        at += 1;
    }
    endings
};

fn read(input: &Input<'_>, text: Arc<str>, charset: Charset, take: Take<'_>) {
    let document = Document::parse(text, markup::Format::of_path(input.path)).written_in(charset);
    take(Item::Article(Box::new(Article { within: String::new(), header: SourceHeader::default(), document, is_plain: true })));
}
