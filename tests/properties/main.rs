//! Invariants over arbitrary texts, settings, sources and messages: characters at random, and pieces put together at random. Each test
//! tries as many as the environment's `PROPTEST_CASES` says, or else some hundreds.

#[expect(unreachable_pub, reason = "the fuzz targets see them from outside")]
mod comments;
mod documents;
#[expect(unreachable_pub, reason = "as above")]
mod invariants;
#[expect(unreachable_pub, reason = "as above")]
mod pieces;
#[expect(unreachable_pub, reason = "as above")]
mod requests;
#[expect(unreachable_pub, reason = "as above")]
mod settings;
#[expect(unreachable_pub, reason = "as above")]
mod sources;
mod other_words;
mod written;

use copydesk::markup::Format;
use proptest::prelude::*;

use invariants::{ARTICLES, FORMATS, are_compared_soundly, comes_to_rest, is_checked_soundly, is_read_soundly, is_reread_soundly};

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

/// Lines of the three files, right and wrong, well-formed and not.
fn toml() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(pieces::TOML).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<String>()];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn front_matter() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        6 => prop::sample::select(pieces::FRONT_MATTER).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => piece().prop_map(str::to_owned),
    ];
    let lines = prop::collection::vec(line, 0..16).prop_map(|lines| lines.join("\n"));
    (prop::sample::select(&["---", "+++"][..]), lines, soup()).prop_map(|(fence, lines, body)| format!("{fence}\n{lines}\n{fence}\n{body}"))
}

/// Texts in several encodings, and what is no text.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let utf_16 = |text: String| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    prop_oneof![
        4 => prop_oneof![any_text(), front_matter()].prop_map(String::into_bytes),
        1 => any_text().prop_map(utf_16),
        1 => any_text().prop_map(|text| text.chars().filter_map(|c| u8::try_from(c).ok()).collect()),
        1 => prop::collection::vec(any::<u8>(), 0..80),
    ]
}

fn frames() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(pieces::FRAMES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

fn messages() -> impl Strategy<Value = Vec<String>> {
    let parts = (prop::sample::select(requests::IDS), prop::sample::select(requests::METHODS), prop::sample::select(requests::PARAMS));
    prop::collection::vec(parts, 0..12)
        .prop_map(|parts| parts.into_iter().enumerate().map(|(n, (id, method, params))| requests::message(n, id, method, params)).collect())
}

/// What a fuzzer found that did not hold once: bytes behind which the server was deaf, and a draft whose fixes went round in circles.
#[test]
fn what_did_not_hold_once_holds() {
    let header = "Content-Length: 37\r\n\r";
    requests::is_heard_behind(format!("{header}d\":\"x\"}}").as_bytes());
    requests::is_heard_behind(header.as_bytes());
    let left = "130 people had left";
    let draft = format!("{}one hundred{}a week<!-- stet -->{}\n{left}{left}", left.repeat(4), left.repeat(7), left.repeat(8));
    for format in FORMATS {
        comes_to_rest(&draft, format);
    }
}

proptest! {
    #[test]
    fn comments_stand_on_their_words_and_nothing_else_changes(bytes in documents::documents()) {
        comments::are_written_soundly(&bytes);
    }

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

    #[test]
    fn said_in_other_words_it_is_the_same((draft, source) in other_words::twice()) {
        other_words::is_the_same(&draft, &source)?;
    }

    #[test]
    fn sources_on_other_things_contradict_nothing((draft, source, others) in other_words::twice_beside_others()) {
        other_words::others_contradict_nothing(&draft, &source, &others)?;
    }

    #[test]
    fn sources_on_other_things_have_no_say((draft, source, others) in other_words::said_beside_others()) {
        other_words::others_have_no_say(&draft, &source, &others)?;
    }

    #[test]
    fn counterparts_in_like_words_are_two_things((one, other, value, second) in other_words::counterparts()) {
        other_words::counterparts_are_two(one, other, value, second)?;
    }

    #[test]
    fn what_is_wrong_with_settings_is_told_on_its_line(text in toml()) {
        settings::is_a_configuration_or_faulty(&text);
        settings::is_a_stylebook_but_for_its_faults(&text);
        settings::is_a_listing_but_for_its_faults(&text);
        settings::takes_names_in_once(&text);
    }

    #[test]
    fn what_changed_lies_in_both_versions(old in any_text(), new in any_text(), edited in edited(), format in any_format()) {
        are_compared_soundly(&old, &new, format);
        for article in ARTICLES {
            are_compared_soundly(article, &edited, format);
        }
    }

    #[test]
    fn front_matter_is_read_like_the_rest(text in front_matter(), format in any_format()) {
        is_read_soundly(&text, format);
        is_checked_soundly(&text, format);
    }

    #[test]
    fn sources_say_the_same_whenever_they_are_read(bytes in any_bytes(), name in prop::sample::select(&sources::NAMES[..])) {
        sources::is_attested_soundly(&bytes, name);
    }

    #[test]
    fn the_next_request_is_heard_whatever_came_before(bytes in frames()) {
        requests::is_heard_behind(&bytes);
    }

    #[test]
    fn each_request_is_answered_once(messages in messages()) {
        requests::is_answered_once(&messages);
    }
}
