//! What must hold for any quotation: how it is set makes no finding, and a word that is another always does.

use copydesk::finding::Finding;
use proptest::prelude::*;

use crate::example::Example;

/// Words that say something by themselves, no two of them spelt alike.
const WORDS: &[&str] = &[
    "harbour",
    "lantern",
    "orchard",
    "saddle",
    "thunder",
    "velvet",
    "window",
    "blanket",
    "cartwheel",
    "doorbell",
    "engine",
    "feather",
    "garden",
    "hammer",
    "island",
    "jacket",
    "kettle",
    "ladder",
    "meadow",
    "needle",
    "oyster",
    "pillow",
    "quarry",
    "ribbon",
    "shutter",
    "teacup",
    "umbrella",
    "village",
    "whistle",
    "bridge",
    "candle",
    "dragon",
    "farmer",
    "gravel",
    "hedgehog",
];
const SMALL: &[&str] = &["the", "of", "and", "in", "we", "with", "a", "to", "for", "on"];

/// Eight to twelve small words around one that says something.
fn small_talk() -> impl Strategy<Value = (Vec<&'static str>, usize)> {
    (proptest::collection::vec(0..SMALL.len(), 8..12), 0..8_usize, 0..WORDS.len()).prop_map(|(small, at, word)| {
        let mut words: Vec<&str> = small.into_iter().map(|index| SMALL[index]).collect();
        words[at] = WORDS[word];
        (words, at)
    })
}

/// Eight words or more, at least five of them content, none of these twice.
fn utterance() -> impl Strategy<Value = Vec<&'static str>> {
    (Just(WORDS.to_vec()).prop_shuffle(), proptest::collection::vec((0..SMALL.len(), any::<bool>()), 8..14)).prop_map(|(content, shape)| {
        let mut content = content.into_iter();
        let word = |(index, (small, wanted)): (usize, (usize, bool))| {
            if wanted && index % 2 == 1 { SMALL[small] } else { content.next().unwrap_or("finally") }
        };
        shape.into_iter().enumerate().map(word).collect()
    })
}

fn findings(attested: &str, draft: &str) -> Vec<Finding> {
    let mut example = Example { draft_name: "draft.md".to_owned(), draft: draft.to_owned(), ..Example::default() };
    let source = format!("“{attested},” the engineer told the council.");
    example.add_source("corpus/a.md", "outlet=Courier published=2024-03-01", source);
    example.findings().into_iter().filter(|finding| finding.rule.name.starts_with("quote-")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn marks_case_ellipses_and_brackets_make_no_finding(words in utterance(), at in 1..7_usize, marks in 0..6_usize) {
        let attested = words.join(" ");
        let (open, close) = [("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“")][marks];
        let capital = format!("{}{}", attested[..1].to_uppercase(), &attested[1..]);
        let cut = format!("{} … {}", words[..at].join(" "), words[at + 1..].join(" "));
        let put_in = format!("{} [by then] {}", words[..at].join(" "), words[at..].join(" "));
        for quotation in [&attested, &capital, &cut, &put_in] {
            let draft = format!("The engineer told the council: {open}{quotation}{close}.");
            prop_assert!(findings(&attested, &draft).is_empty(), "{}", draft);
        }
    }

    #[test]
    fn a_changed_word_always_makes_one_that_points_at_it(words in utterance(), at in 0..8_usize) {
        prop_assume!(WORDS.contains(&words[at]));
        let attested = words.join(" ");
        let mut changed = words.clone();
        changed[at] = "parliament";
        let draft = format!("The engineer told the council: “{}”.", changed.join(" "));
        let found = findings(&attested, &draft);
        prop_assert_eq!(found.len(), 1, "{}", draft);
        prop_assert_eq!(found[0].span.text(&draft), "parliament");
        let mended = copydesk::text::apply(&draft, &found[0].fixes[0].edits);
        prop_assert!(mended.contains(&attested), "{}", mended);
    }

    #[test]
    fn a_changed_word_among_small_ones_always_makes_one((words, at) in small_talk()) {
        let attested = words.join(" ");
        let mut changed = words.clone();
        changed[at] = "parliament";
        let draft = format!("The engineer told the council: “{}”.", changed.join(" "));
        let found = findings(&attested, &draft);
        prop_assert_eq!(found.len(), 1, "{} / {}", draft, attested);
        prop_assert_eq!(found[0].span.text(&draft), "parliament");
    }
}
