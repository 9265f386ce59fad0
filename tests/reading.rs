//! What holds for the reading of any text whatever: places lie on characters and inside their block, mentions are in order, what they
//! call each other by is there, and a text read block by block after an edit is as if read anew.

use std::sync::Arc;

use copydesk::document::Document;
use copydesk::markup::Format;
use copydesk::reader::{BlockReading, Mention, MentionKind, Reading, link, read, read_block};
use copydesk::text::Span;
use proptest::prelude::*;

const FORMATS: [Format; 3] = [Format::Markdown, Format::Html, Format::Plain];

/// Pieces that make names, titles, figures, dates, quotations and markup of each other, and whatever else there is.
fn texts() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(vec![
        "Anna",
        "Brandvold",
        "Mr",
        "Dr.",
        "President",
        "the president",
        "foreign minister of",
        "former",
        "Kenya",
        "Kenya's",
        "al-Rashid",
        "von der",
        "Larsund",
        "Institute",
        "(LI)",
        "U.S.",
        "MPs",
        "said",
        "told",
        "who",
        "and",
        "of",
        "the",
        "a",
        "in",
        "on",
        "by",
        "to",
        "half",
        "one hundred",
        "twenty-first",
        "million",
        "€",
        "$5bn",
        "3.5%",
        "1,234",
        "12",
        "½",
        "km",
        "sq miles",
        "years ago",
        "aged",
        "old",
        "Monday",
        "3 May",
        "2024",
        "last month",
        "2024-02-30",
        "yesterday",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        ",",
        ".",
        "?",
        ":",
        "—",
        "-",
        "(",
        ")",
        "…",
        "\n",
        "\n\n",
        "# ",
        "> ",
        "- ",
        "* ",
        "**",
        "`",
        "| a | b |\n| --- | --- |\n| c | d |\n",
        "<p>",
        "</p>",
        "<h1>",
        "<b>",
        "<td>",
        "<tr>",
        "<table>",
        "&amp;",
        "&#x1F600;",
        "<!-- stet -->",
        "---\ndate: 2024-03-01\n---\n",
        "\u{a0}",
        "\u{200d}",
        "e\u{301}",
        "ß",
        "İ",
        "ǅ",
        "互",
        "😀",
        "\r\n",
        "\t",
        "\u{0}",
    ]);
    let piece = prop_oneof![8 => words.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[a-zA-Z0-9]{1,8}"];
    proptest::collection::vec((piece, prop_oneof![3 => Just(" "), 1 => Just("")]), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, joint)| piece + joint).collect())
}

fn assert_sound(document: &Document, reading: &Reading) -> Result<(), TestCaseError> {
    prop_assert_eq!(document.blocks().len(), reading.blocks.len());
    for (block, read) in document.blocks().iter().zip(&reading.blocks) {
        assert_block_sound(&block.text, read)?;
    }
    let place = |mention: &Mention| (mention.at.block, mention.at.span.start, std::cmp::Reverse(mention.at.span.end));
    prop_assert!(reading.mentions.is_sorted_by_key(place), "in the order of the text");
    let is_name = |id: copydesk::reader::MentionId| matches!(reading.mentions[id.index()].kind, MentionKind::Name(_));
    for (id, mention) in reading.iter() {
        let text = &document.block(mention.at).text;
        assert_place(text, mention.at.span, "a mention")?;
        prop_assert!(!mention.at.span.is_empty(), "{:?} is of nothing", mention.kind);
        prop_assert!(reading.sentence(mention.at).span.covers(mention.at.span));
        let source = document.to_source(mention.at);
        assert_place(document.source(), source, "a mention's source")?;
        match &mention.kind {
            MentionKind::Name(name) => {
                prop_assert!(reading.subjects[name.subject.index()].mentions.contains(&id), "a name's subject has it");
                let title = name.title.map(|title| &reading.mentions[title.index()].kind);
                prop_assert!(title.is_none_or(|title| matches!(title, MentionKind::Title(_))));
            }
            MentionKind::Title(title) => prop_assert!(title.holder.is_none_or(is_name), "a title's holder has a name"),
            MentionKind::Quote(quote) => prop_assert!(quote.speaker.is_none_or(is_name), "a speaker has a name"),
            MentionKind::Figure(figure) => {
                assert_place(text, figure.number, "a number")?;
                prop_assert!(mention.at.span.covers(figure.number));
                if let Some(of) = figure.of {
                    assert_place(text, of, "what is counted")?;
                }
            }
            MentionKind::Date(_) => {}
        }
    }
    for subject in &reading.subjects {
        prop_assert!(!subject.mentions.is_empty() && subject.mentions.is_sorted(), "a subject is mentioned, in order");
        for &id in &subject.mentions {
            let MentionKind::Name(name) = &reading.mentions[id.index()].kind else { return Err(TestCaseError::fail("no name")) };
            prop_assert!(reading.subject(name.subject).mentions == subject.mentions);
        }
    }
    Ok(())
}

fn assert_block_sound(text: &str, read: &BlockReading) -> Result<(), TestCaseError> {
    for token in &read.tokens {
        assert_place(text, token.span, "a token")?;
    }
    let ends = read.sentences.iter().flat_map(|sentence| [sentence.start, sentence.end]);
    prop_assert!(ends.clone().is_sorted() && ends.last().unwrap_or(0) as usize == read.tokens.len(), "sentences cover the tokens");
    Ok(())
}

fn assert_place(text: &str, span: Span, what: &str) -> Result<(), TestCaseError> {
    prop_assert!(span.start <= span.end && text.get(span.range()).is_some(), "{what} at {span:?} of {} bytes", text.len());
    Ok(())
}

/// Read as an editor does: of the blocks that were there before, what was read of them then.
fn reread(document: &Document, before: &Document, known: &[Arc<BlockReading>]) -> Reading {
    let of_before = |block: &copydesk::markup::Block| {
        let same = before.blocks().iter().position(|other| other.kind == block.kind && other.text == block.text)?;
        Some(known[same].clone())
    };
    let blocks = document.blocks().iter().map(|block| of_before(block).unwrap_or_else(|| Arc::new(read_block(block)))).collect();
    link(document, blocks)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_read_soundly(text in texts()) {
        for format in FORMATS {
            let document = Document::parse(text.as_str().into(), format);
            assert_sound(&document, &read(&document))?;
        }
    }

    #[test]
    fn an_edited_text_is_read_as_if_anew(text in texts(), typed in texts(), at in 0usize..400) {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let edited = format!("{}{typed}{}", &text[..at], &text[at..]);
        for format in FORMATS {
            let before = Document::parse(text.as_str().into(), format);
            let known = read(&before).blocks;
            let document = Document::parse(edited.as_str().into(), format);
            let (again, anew) = (reread(&document, &before, &known), read(&document));
            prop_assert_eq!(format!("{:?} {:?}", again.mentions, again.subjects), format!("{:?} {:?}", anew.mentions, anew.subjects));
        }
    }
}
