//! Page furniture: cookie banners, subscription lines, photo credits and comment boxes that were collected with an
//! article. Whatever they say must not become a fact.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::data;
use crate::document::Document;
use crate::markup::{Block, BlockKind};
use crate::text::folded;

/// A longer block is an article's paragraph, whatever else it mentions.
const LONGEST: usize = 400;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Starts,
    Holds,
    All,
    Rest,
}

struct Phrases {
    places: Vec<(Where, usize)>,
    finder: AhoCorasick,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let rows: Vec<(Where, &str)> = data::FURNITURE
        .rows()
        .map(|[place, phrase]| {
            let place = match place {
                "starts" => Where::Starts,
                "all" => Where::All,
                "rest" => Where::Rest,
                _ => Where::Holds,
            };
            (place, phrase)
        })
        .collect();
    Phrases {
        places: rows.iter().map(|&(place, phrase)| (place, phrase.len())).collect(),
        finder: AhoCorasick::new(rows.iter().map(|(_, phrase)| phrase)).expect("the table is small"),
    }
});

/// Who took a photo, at the end of its caption: `Name Surname/AFP`, `REUTERS/Name Surname`, `(Photo by Name Surname)`.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    let agencies = data::PHOTO_AGENCIES.words().map(regex::escape).collect::<Vec<_>>().join("|");
    let start = r"(?:^|[.!?]\s+|\s)";
    Regex::new(&format!(
        r"{start}/?(?:\p{{Lu}}[\p{{L}}.’'-]*\s){{0,4}}[\p{{L}}’'-]*/(?:\p{{L}}[\p{{L}} ]*/)?(?:{agencies})\.?$|{start}(?:{agencies})/\p{{Lu}}[\p{{L}}.’'-]*(?:\s\p{{Lu}}[\p{{L}}.’'-]*){{0,3}}(?:/[Ff]ile [Pp]hoto)?\.?$|{start}\((?:(?:{agencies}) )?(?:Photo|Foto|Picture|Image)s?(?: by |: ?|/)[^()]{{1,100}}\)\.?$"
    ))
    .expect("a valid pattern")
});

/// A photo's place in a gallery: `Hide caption 12 of 59`, `Image 3 of 12`, `[1/5]` before its caption, `4 of 20` alone.
static GALLERY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:caption|image|photo|picture|slide)\s+\d{1,4}\s*(?:of|/)\s*\d{1,4}\b|^\[\d{1,3}/\d{1,3}\]|^\d{1,3}\s*(?:of|/)\s*\d{1,3}$",
    )
    .expect("a valid pattern")
});

/// The document without its furniture: blocks that are none of the article, bylines, and credits at the end of captions.
pub(super) fn cleared(document: Document) -> Document {
    let keep = article_blocks(document.blocks());
    document.map_blocks(|index, block| {
        if !keep[index] {
            return None;
        }
        match credit(block) {
            Some(at) => block.truncated(at as u32).map(|block| block.of_kind(BlockKind::Caption)),
            None => Some(block.clone()),
        }
    })
}

/// For each block whether it is the article's.
fn article_blocks(blocks: &[Block]) -> Vec<bool> {
    let mut keep = Vec::with_capacity(blocks.len());
    let mut over = false;
    // Above the first sentence, lines of nothing but names are bylines, or what is left of them.
    let mut at_head = true;
    for block in blocks {
        let judged = judge(block);
        over |= judged == Verdict::Over;
        keep.push(!over && judged == Verdict::Article && !(at_head && is_bare(block)));
        at_head &= is_bare(block) || judged == Verdict::Furniture;
    }
    keep
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Article,
    Furniture,
    /// The article ends here.
    Over,
}

fn judge(block: &Block) -> Verdict {
    if block.kind == BlockKind::Byline {
        return Verdict::Furniture;
    }
    if block.text.len() > LONGEST {
        return Verdict::Article;
    }
    let text = folded(block.text.trim());
    let letters = block.text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = block.text.chars().filter(|c| c.is_alphabetic() && (*c as u32) < 0x250).count();
    if letters > 0 && latin * 2 < letters {
        return Verdict::Furniture;
    }
    let mut verdict = if GALLERY.is_match(block.text.trim()) { Verdict::Furniture } else { Verdict::Article };
    for found in PHRASES.finder.find_overlapping_iter(&text) {
        let (place, length) = PHRASES.places[found.pattern().as_usize()];
        let ends_a_word = !text[found.end()..].starts_with(|c: char| c.is_alphanumeric());
        let hit = ends_a_word
            && match place {
                Where::Starts | Where::Rest => found.start() == 0,
                Where::Holds => true,
                Where::All => length == text.len(),
            };
        if hit && place == Where::Rest {
            return Verdict::Over;
        }
        if hit {
            verdict = Verdict::Furniture;
        }
    }
    verdict
}

/// The photo credit at the end of a block, as a byte offset into its text where it starts; what stands before it is a caption.
fn credit(block: &Block) -> Option<usize> {
    let text = block.text.trim_end();
    // No credit is without these, and to look for one takes longer than to read the block.
    if !text.contains('/') && !text.trim_end_matches('.').ends_with(')') {
        return None;
    }
    let found = CREDIT.find(text)?;
    let skip = found.as_str().find(|c: char| !c.is_whitespace() && !matches!(c, '.' | '!' | '?'))?;
    Some(found.start() + skip)
}

/// Nothing but two to four capitalised words. A headline like that goes with the bylines: it says little that the article
/// doesn't repeat.
fn is_bare(block: &Block) -> bool {
    let is_name_like =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '’' | '\'' | '-'));
    let words = block.text.split_whitespace().count();
    matches!(block.kind, BlockKind::Headline | BlockKind::Paragraph | BlockKind::Byline)
        && (2..=4).contains(&words)
        && block.text.split_whitespace().all(is_name_like)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markup::Format;

    fn cleared_texts(source: &str) -> Vec<String> {
        let document = cleared(Document::parse(Arc::from(source), Format::Plain));
        document.blocks().iter().map(|block| block.text.to_string()).collect()
    }

    #[test]
    fn banners_credits_bylines_and_comment_boxes_are_no_article() {
        let prose = "Mayor Ines Tarrow opened the bridge on Friday, in front of a crowd that had waited for four years and that cheered her for four minutes.";
        let source = format!(
            "By continuing to browse our pages you agree to our use of cookies.\nIda Morrow\nPaul Quince\n{prose}\n\
             A diver below the new bridge. Lena Osk/AFP\nSign up here for our letters.\nLeave a Reply\nAnna Bell likes this.\n"
        );
        assert_eq!(cleared_texts(&source), [prose, "A diver below the new bridge."]);
    }

    #[test]
    fn galleries_and_credits_are_no_article() {
        let prose = "Mayor Ines Tarrow opened the bridge on Friday, in front of a crowd that had waited for four years and cheered.";
        let source = format!(
            "{prose}\n\nA diver below the bridge in 2019. Hide caption 12 of 59\n\nImage 3 of 12\n\n4 of 20\n\n[2/5]Divers in 2019. REUTERS/Lena Osk\n\n\
             Divers rest on the bank in May. (Photo by Lena Osk / AFP)\n\nDivers dive. REUTERS/Lena Osk/File Photo\n\nShe counted 3 of 12 boats.\n"
        );
        assert_eq!(cleared_texts(&source), [prose, "Divers rest on the bank in May.", "Divers dive.", "She counted 3 of 12 boats."]);
    }

    #[test]
    fn an_article_about_newsletters_stays() {
        let prose = "The newsletter that the ministry sends out had four subscribers. ".repeat(8);
        assert_eq!(cleared_texts(&prose).len(), 1);
    }
}
