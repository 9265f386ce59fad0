//! An article as it comes out of a file, and its making: words with their places, and what the file says of it.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, tz::TimeZone};

use crate::corpus::SourceHeader;
use crate::data;
use crate::document::Document;
use crate::markup::{self, Block, BlockKind, Format, FrontMatter, Markup, date_of_entry};
use crate::text::Position;

/// What a file holds.
#[derive(Debug)]
pub enum Item {
    Article(Box<Article>),
    /// An article that can't be read: which one, and why.
    Fault {
        which: String,
        why: String,
    },
    /// What is no article to read, by what it is, in the plural: "pictures".
    Skipped(String),
}

/// An article of a file.
#[derive(Debug)]
pub struct Article {
    /// Which of the file's it is, to be put behind the file's name: `#urn:tide:17`, `/2024/storm.md`. Empty for a file that is one article.
    pub within: String,
    /// What the file says of it; its id is for who knows what the file is called.
    pub header: SourceHeader,
    pub document: Document,
    /// Whether whoever opens the file sees the article's words at the places of its evidence.
    pub is_plain: bool,
}

/// An article in the making.
#[derive(Debug)]
pub(super) struct Making<'a> {
    /// The part of the file that it is, and where that starts. All blocks lead there.
    part: &'a str,
    start: Position,
    pub(super) header: SourceHeader,
    blocks: Vec<Block>,
    front: FrontMatter,
}

impl<'a> Making<'a> {
    pub(super) fn new(part: &'a str, start: Position) -> Self {
        Self { part, start, header: SourceHeader::default(), blocks: Vec::new(), front: FrontMatter::default() }
    }

    /// Adds the headline, which may have markup.
    pub(super) fn add_headline(&mut self, words: Option<Block>, format: Format) {
        let Some(words) = words else { return };
        let block = match format {
            Format::Html => markup::parse_within(&words, format).blocks.into_iter().next(),
            _ => Some(words),
        };
        let Some(block) = block.filter(|block| !block.text.trim().is_empty()) else { return };
        self.header.headline.get_or_insert_with(|| plain(&block.text));
        self.blocks.push(block.of_kind(BlockKind::Headline));
    }

    /// Adds prose that stands in the part as the text of `words`.
    pub(super) fn add_text(&mut self, words: &Block, format: Format) {
        let markup = markup::parse_within(words, format);
        self.blocks.extend(markup.blocks);
        if self.front == FrontMatter::default() {
            self.front = markup.front_matter;
        }
    }

    /// Adds prose whose blocks are known.
    pub(super) fn add_blocks(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }

    /// The line of its file that it starts on, from 1.
    pub(super) fn line(&self) -> u32 {
        self.start.line.saturating_add(1)
    }

    pub(super) fn has_prose(&self) -> bool {
        self.blocks.iter().any(|block| block.kind != BlockKind::Headline)
    }

    /// The article, called `which` among those of its file; or why it is none to read.
    pub(super) fn finish(self, which: &str) -> Item {
        if let Some(other) = self.header.language.as_deref().filter(|language| !may_be_english(language)) {
            return Item::Skipped(format!("articles in {}", other.to_lowercase()));
        }
        let is_killed = self.header.edition.killed;
        if !is_killed && !self.has_prose() {
            return Item::Skipped("articles without text".to_owned());
        }
        // What was taken back is only known to be so.
        let (part, blocks) = if is_killed { ("", Vec::new()) } else { (self.part, self.blocks) };
        let document = Document::of_markup(part.into(), Format::Plain, Markup::of(blocks, self.front)).starting_at(self.start);
        Item::Article(Box::new(Article { within: format!("#{which}"), header: self.header, document, is_plain: true }))
    }
}

/// Whether a text in this language is for an English reader; of one that isn't told it may be.
fn may_be_english(language: &str) -> bool {
    let primary = language.split(['-', '_', ',', ' ']).next().unwrap_or_default().to_lowercase();
    matches!(primary.as_str(), "" | "en" | "eng" | "english" | "und" | "mul" | "mis" | "x" | "i")
}

/// What a status says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Counts,
    Killed,
    Unpublished,
}

impl Status {
    /// By the word itself, or what stands behind the colon or slash of a code: `stat:canceled`.
    pub(super) fn of(word: &str) -> Self {
        let word = word.rsplit([':', '/']).next().unwrap_or_default().trim().to_lowercase();
        match data::ARTICLE_STATUSES.rows().find(|[status, _]| *status == word) {
            Some([_, "killed"]) => Self::Killed,
            Some(_) => Self::Unpublished,
            None => Self::Counts,
        }
    }
}

/// Words on one line.
pub(super) fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same where there are some.
pub(super) fn words(words: &str) -> Option<String> {
    Some(plain(words)).filter(|words| !words.is_empty())
}

/// The day that a file gives, as it was where the article appeared.
pub(super) fn day(written: &str) -> Option<Date> {
    date_of_entry(written.trim())
}

/// The moment that a file gives, in seconds since 1970; without a zone it is taken to be of Greenwich.
pub(super) fn moment(written: &str) -> Option<i64> {
    let written = written.trim();
    let zoned = written.parse::<Timestamp>().ok();
    let by_mail = || jiff::fmt::rfc2822::parse(written).ok().map(|zoned| zoned.timestamp());
    let in_utc = |civil: DateTime| civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let unzoned = || written.parse::<DateTime>().ok().and_then(in_utc);
    let of_day = || day(written).and_then(|day| in_utc(day.at(0, 0, 0, 0)));
    zoned.or_else(by_mail).or_else(unzoned).or_else(of_day).map(Timestamp::as_second)
}

/// An address on the web.
pub(super) fn address(written: &str) -> Option<String> {
    let written = written.trim();
    (written.starts_with("https://") || written.starts_with("http://")).then(|| written.to_owned())
}

/// Whether a name is one that nobody else gives to something of his own: an address, a URN, a tag.
pub(super) fn is_global(name: &str) -> bool {
    let scheme = name.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_uuid = || {
        name.len() == 36
            && name
                .bytes()
                .enumerate()
                .all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() })
    };
    scheme.len() > 1 && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || is_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_read_as_the_standards_write_them() {
        for written in ["2025-12-03T23:30:00-05:00", "20251203T233000-0500", "Wed, 03 Dec 2025 23:30:00 -0500"] {
            assert_eq!((day(written), moment(written)), (Some(Date::constant(2025, 12, 3)), Some(1_764_822_600)), "{written}");
        }
        assert_eq!(moment("2025-12-04 04:30:00"), Some(1_764_822_600));
        assert_eq!(moment("2025-12-04"), Some(1_764_806_400));
        assert_eq!((day("yesterday"), moment("yesterday")), (None, None));
    }

    #[test]
    fn a_status_is_read_with_and_without_its_scheme() {
        for (word, status) in [
            ("stat:canceled", Status::Killed),
            ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", Status::Killed),
            ("usable", Status::Counts),
            ("Draft", Status::Unpublished),
            ("", Status::Counts),
        ] {
            assert_eq!(Status::of(word), status, "{word}");
        }
    }

    #[test]
    fn languages_and_names_that_are_anybodys() {
        assert!(["en-GB", "EN_us", "eng", "", "und"].into_iter().all(may_be_english));
        assert!(!["nb-NO", "de", "fr_FR"].into_iter().any(may_be_english));
        assert!(
            ["urn:newsml:tide.example:20250301:7", "https://tide.example/7", "8d19cf88-b3ab-4972-8fec-1207599f2872"]
                .into_iter()
                .all(is_global)
        );
        assert!(!["17", "story-17", "c:17", ""].into_iter().any(is_global));
    }
}
