//! What must hold of comments in a Word document, whatever it is made of: they stand on their words, and all else of the file is as it was.

use std::io::{Cursor, Read as _};

use copydesk::ingest::{Author, Comment, annotated, word_document};
use copydesk::text::Span;
use roxmltree::{Document as Xml, Node};
use zip::ZipArchive;

pub const AUTHOR: Author<'_> = Author { name: "A & B", initials: "ab" };

/// How what is said of words begins that have no comments of their own.
const ELSEWHERE: [&str; 3] = ["In the note, on ", "In the text box, on ", "In what stands here, on "];

/// Writes comments on words, halves of words and words that reach over others, and returns how many.
pub fn are_written_soundly(bytes: &[u8]) -> usize {
    let Ok(document) = word_document(bytes) else { return 0 };
    let mut comments = Vec::new();
    let source = document.source().clone();
    for block in document.blocks().iter().take(20) {
        let words: Vec<Span> = block
            .source
            .text(&source)
            .split_whitespace()
            .map(|word| {
                let at = word.as_ptr().addr() - source.as_ptr().addr();
                Span::of(at..at + word.len())
            })
            .take(12)
            .collect();
        let half = |span: &Span| span.start + span.text(&source).chars().next().map_or(0, |c| c.len_utf8() as u32);
        comments.extend(words.iter().copied());
        comments.extend(
            words
                .windows(2)
                .map(|pair| Span::new(half(&pair[0]), pair[1].end))
                .filter(|span| span.text(&source).trim() == span.text(&source)),
        );
        comments.extend(words.first().zip(words.last()).map(|(first, last)| Span::new(first.start, half(last))));
    }
    let comments: Vec<Comment> = comments
        .into_iter()
        .map(|at| Comment { at, paragraphs: vec![format!("On “{}” & <w:t>\u{1b}", at.text(&source)), String::new()] })
        .collect();
    let Ok(after) = annotated(bytes, &comments, AUTHOR, None) else { return 0 };
    assert_eq!(annotated(bytes, &comments, AUTHOR, None).as_ref(), Ok(&after), "twice the same");
    let again = word_document(&after).expect("is a document still");
    let read = |document: &copydesk::document::Document| {
        document.blocks().iter().map(|block| (block.kind, block.text.clone())).collect::<Vec<_>>()
    };
    assert_eq!(read(&again), read(&document));
    if !comments.is_empty() {
        is_as_it_was(bytes, &after);
        stand_on_their_words(bytes, &after, &comments, &source);
    }
    comments.len()
}

/// The bytes that a file is packed in, and those that it is, by name.
pub fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("is a zip file");
    (0..archive.len())
        .map(|index| {
            let (mut packed, mut plain) = (Vec::new(), Vec::new());
            let mut raw = archive.by_index_raw(index).expect("is there");
            let name = raw.name().expect("has a name").into_owned();
            raw.read_to_end(&mut packed).expect("can be read");
            drop(raw);
            // What is packed in a way that nobody knows here is copied all the same.
            let _ = archive.by_index(index).map(|mut file| file.read_to_end(&mut plain));
            (name, packed, plain)
        })
        .collect()
}

/// Whether all of one is in the other, in its order.
fn is_within(one: &[u8], other: &[u8]) -> bool {
    let mut rest = other.iter();
    one.iter().all(|byte| rest.any(|next| next == byte))
}

fn is_as_it_was(before: &[u8], after: &[u8]) {
    let after = files(after);
    for (name, packed, plain) in files(before) {
        let (_, packed_now, plain_now) = after.iter().find(|(known, ..)| *known == name).expect("is there still");
        assert!(packed == *packed_now || is_within(&plain, plain_now), "{name} has lost something");
        let may_change = name.contains("_rels/") || name == "[Content_Types].xml" || name.contains("document") || name.contains("comments");
        assert!(packed == *packed_now || may_change, "{name} is another");
    }
}

fn part<'f>(files: &'f [(String, Vec<u8>, Vec<u8>)], name: &str) -> &'f str {
    files.iter().find(|(known, ..)| known == name).map_or("", |(.., plain)| std::str::from_utf8(plain).unwrap_or_default())
}

/// Whether a reader sees what stands there.
fn is_seen(node: Node<'_, '_>) -> bool {
    !node.ancestors().any(|above| matches!(above.tag_name().name(), "del" | "moveFrom" | "txbxContent" | "Fallback"))
}

fn stand_on_their_words(before: &[u8], after: &[u8], comments: &[Comment], source: &str) {
    let (before, after) = (files(before), files(after));
    // What was no sound XML before can't be so now.
    if Xml::parse(part(&before, "word/document.xml")).is_err() {
        return;
    }
    let text = part(&after, "word/document.xml");
    let xml = Xml::parse(text).expect("the text is sound XML still");
    let said = Xml::parse(part(&after, "word/comments.xml")).expect("the comments are sound XML");
    let own: Vec<Node<'_, '_>> =
        said.root_element().children().filter(|node| node.attributes().any(|said| said.value() == AUTHOR.name)).collect();
    assert_eq!(own.len(), comments.len());
    let id = |node: &Node<'_, '_>| node.attributes().find(|said| said.name() == "id").map(|said| said.value().to_owned());
    for (comment, node) in comments.iter().zip(&own) {
        let number = id(node).expect("has a number");
        assert_eq!(said.root_element().children().filter(|other| id(other).as_ref() == Some(&number)).count(), 1, "{number} is somebody's");
        let of = |name: &str| {
            let mut found = xml.descendants().filter(|node| node.tag_name().name() == name && id(node).as_ref() == Some(&number));
            let first = found.next().expect("is there").range();
            assert!(found.next().is_none(), "{name} {number} is there twice");
            first
        };
        let (start, end, reference) = (of("commentRangeStart").end, of("commentRangeEnd").start, of("commentReference").start);
        assert!(start < end && end < reference, "{number}");
        let told: String = node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
        let words = comment.at.text(source);
        assert!(told.contains("<w:t>\\u{1b}"), "{told}");
        if ELSEWHERE.iter().any(|start| told.starts_with(start)) {
            continue;
        }
        let there: String = xml
            .descendants()
            .filter(|node| {
                node.is_text()
                    && (start..end).contains(&node.range().start)
                    && node.parent().is_some_and(|node| node.tag_name().name() == "t")
                    && is_seen(*node)
            })
            .filter_map(|node| node.text())
            .collect();
        let plain = |words: &str| words.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
        let (words, there) = (plain(words).replace('\u{2011}', ""), plain(&there));
        assert!(is_within(words.as_bytes(), there.as_bytes()), "“{words}” is not in “{there}”: {text}");
        // Words whose ends Word leaves out aren't cut, nor what has marks of its own in it.
        let is_plain = ["vanish", "CDATA", "<!--", "&#", "<w:t>"].iter().all(|other| !part(&before, "word/document.xml").contains(other));
        if is_plain {
            assert_eq!(words, there, "{text}");
        }
    }
}
