//! Invariants over arbitrary texts: characters at random, and pieces of news put together at random. `PROPTEST_CASES=10000` tries as many of
//! each; the ordinary run tries 256.

#[expect(unreachable_pub, reason = "the fuzz targets see them from outside")]
mod invariants;
#[expect(unreachable_pub, reason = "as above")]
mod pieces;
mod written;

use copydesk::markup::Format;
use proptest::prelude::*;

use invariants::{ARTICLES, FORMATS, comes_to_rest, is_checked_soundly, is_read_soundly, is_reread_soundly};

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&pieces::ALL[..]).prop_flat_map(prop::sample::select)
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// Single words and whatever else there is, with and without blanks between.
fn worded() -> impl Strategy<Value = String> {
    let words = prop::sample::select(pieces::WORDS).prop_map(str::to_owned);
    let piece = prop_oneof![8 => words, 1 => "\\PC{0,6}", 1 => "[a-zA-Z0-9]{1,8}"];
    prop::collection::vec((piece, prop_oneof![3 => Just(" "), 1 => Just("")]), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, joint)| piece + joint).collect())
}

/// One of the articles with a few pieces put in.
fn edited() -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, piece()), 0..5);
    (prop::sample::select(&ARTICLES[..]), edits).prop_map(|(article, edits)| {
        let mut text = article.to_owned();
        for (at, length, piece) in edits {
            let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let start = boundary(at.index(text.len() + 1));
            let end = boundary(start + length);
            text.replace_range(start..end.max(start), piece);
        }
        text
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![2 => soup(), 2 => edited(), 3 => worded(), 1 => "\\PC{0,80}", 1 => any::<String>()]
}

fn any_format() -> impl Strategy<Value = Format> {
    prop::sample::select(&FORMATS[..])
}

proptest! {
    #[test]
    fn what_is_read_lies_in_the_text(text in any_text()) {
        for format in FORMATS {
            is_read_soundly(&text, format);
        }
    }

    #[test]
    fn an_edited_text_is_read_as_if_anew(text in worded(), typed in worded(), at in 0_usize..400) {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let edited = format!("{}{typed}{}", &text[..at], &text[at..]);
        for format in FORMATS {
            is_reread_soundly(&text, &edited, format);
        }
    }

    #[test]
    fn what_is_found_lies_in_the_text(text in any_text(), format in any_format()) {
        is_checked_soundly(&text, format);
    }

    #[test]
    fn fixes_come_to_rest(text in prop_oneof![soup(), edited()], format in any_format()) {
        comes_to_rest(&text, format);
    }

    #[test]
    fn what_is_written_reads_to_what_was_meant(said in written::said()) {
        written::is_written_true(&said)?;
    }
}
